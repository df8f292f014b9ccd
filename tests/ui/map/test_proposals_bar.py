"""The bar of proposals: one line, however many answers there are and however narrow it is."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QMenu

from csplanner.domain.map_proposals import Answer, Choice, Proposal, ProposalKind
from csplanner.ui import veil
from csplanner.ui.map.proposals_bar import ProposalsBar, Sentence
from csplanner.ui.widgets.buttons import Button

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagate)")

HEIRS = ("Joel Baptiste", "Kim Sato", "Marcus Bell")


def proposal(heirs: tuple[str, ...] = HEIRS, name: str = "Rosa Delgado") -> Proposal:
    choices = (
        Choice(Answer.KEEP_OPEN, "Keep the seat open: champion", seat_id="s"),
        *(Choice(Answer.GIVE, f"Give it to {heir}", heir, "s") for heir in heirs),
    )
    return Proposal(
        "k", ProposalKind.LEFT, "rosa", name, date(2026, 2, 24), f"{name} left on 24 Feb.", choices
    )


@pytest.fixture
def bar(qtbot, themes) -> ProposalsBar:
    made = ProposalsBar()
    qtbot.addWidget(made)
    made.resize(880, 60)
    made.show()
    return made


def button(bar: ProposalsBar, start: str) -> Button:
    return next(b for b in bar.findChildren(Button) if b.text().startswith(start))


def test_answers_that_differ_in_who_are_a_menu(bar: ProposalsBar, qtbot) -> None:
    bar.show_proposals([proposal()])
    taken: list[tuple[Proposal, Choice | None]] = []
    bar.answered.connect(lambda *told: taken.append(told))
    qtbot.mouseClick(button(bar, "Give it to…"), Qt.MouseButton.LeftButton)
    menu = bar.findChild(QMenu)
    assert menu is not None
    assert [action.text() for action in menu.actions()] == [f"Give it to {h}" for h in HEIRS]
    menu.actions()[1].trigger()
    assert [choice.person_id for _, choice in taken if choice] == ["Kim Sato"]
    menu.close()
    bar.show_proposals([proposal(HEIRS[:1])])
    assert button(bar, "Give it to Joel")


def test_a_long_sentence_is_cut_and_told_whole(bar: ProposalsBar) -> None:
    bar.show_proposals([proposal()])
    QApplication.processEvents()
    sentence = bar.findChild(Sentence)
    assert sentence is not None
    assert sentence.text() == "Rosa Delgado left on 24 Feb."
    high = bar.sizeHint().height()
    name = "Rosa " * 40 + "Delgado"
    bar.show_proposals([proposal(name=name)])
    QApplication.processEvents()
    cut = next(s for s in bar.findChildren(Sentence) if s.isVisible() and s is not sentence)
    assert cut.text().endswith("…")
    assert name in cut.toolTip()
    assert name in cut.accessibleName()
    assert bar.sizeHint().height() == high < 50
    assert button(bar, "Leave it").geometry().right() < bar.width()


def test_who_and_what_is_read_before_when_and_all_of_it_where_there_is_room(
    bar: ProposalsBar,
) -> None:
    told = "Snapshot of 10 Mar: Ravi Shah is no longer in it."
    answers = (
        Choice(Answer.MARK_LEFT, "Ravi Shah has left"),
        Choice(Answer.STILL_THERE, "Ravi Shah is still there"),
    )
    for wide, starts in ((1200, told), (700, "Ravi Shah")):
        bar.resize(wide, bar.height())
        bar.show_proposals([replace(proposal(), headline=told, choices=answers)])
        QApplication.processEvents()
        sentence = next(s for s in bar.findChildren(Sentence) if s.isVisible())
        assert sentence.text().startswith(starts)
        assert (sentence.toolTip() == "") == (wide == 1200)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_shared_screen_says_no_role_of_the_seat_that_is_free(bar: ProposalsBar) -> None:
    bar.show_proposals([proposal()])
    assert "champion" in button(bar, "Keep the seat open").text()
    veil.veil().turn(on=True)
    try:
        bar.show_proposals([proposal()])
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        assert button(bar, "Keep the seat open").text() == "Keep the seat open"
    finally:
        veil.veil().turn(on=False)
