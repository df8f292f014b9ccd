"""The pyramid as you use it: drag or key, say why, look at the hours, try a what-if."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QAbstractItemModelTester

from csplanner.domain.account import Regrettable, Tier
from csplanner.ui.pyramid.page import PyramidPage
from csplanner.ui.widgets.labels import PlainLabel


def tier_of(page: PyramidPage, account_id: str) -> Tier | None:
    line = page._session.read.overview.one(account_id)
    return line.tier if line else None


def words_of(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(PlainLabel))


def drag(qtbot, page: PyramidPage, account_id: str, tier: Tier) -> None:
    """Take a token with the mouse and let it go over a tier."""
    view = page.map.view
    item = view.item_of(account_id)
    place = [c.tier for c in page.content.tiers].index(tier)
    target = view._layout.tiers[place].shape.boundingRect().center()
    start, end = view.mapFromScene(item.pos() + QPointF(40, 13)), view.mapFromScene(target)
    port = view.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        qtbot.mouseMove(port, start + (end - start) * step / 5)
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


def test_accounts_stand_in_their_tiers_with_hours(page: PyramidPage) -> None:
    shown = {c.tier: [t.name for t in c.tokens] for c in page.content.tiers}
    assert shown[Tier.LOW] == ["Delphine", "Grantley"]
    assert shown[Tier.DIGITAL] == ["Redfern"]
    assert [t.name for t in page.content.shelf.tokens] == ["Meridian"]
    high = page.content.tiers[0].figures
    assert high is not None
    assert high.promised_text.endswith(" h")


def test_dragging_asks_why_and_places(page: PyramidPage, qtbot, settle) -> None:
    drag(qtbot, page, "a2", Tier.MEDIUM)
    popover = page.flow.popover
    assert popover is not None
    assert popover.title.text() == "Move Delphine to medium touch?"
    qtbot.keyClicks(popover.reason, "Forty seats quoted")
    qtbot.keyClick(popover.reason, Qt.Key.Key_Return)
    settle()
    assert tier_of(page, "a2") is Tier.MEDIUM
    placement = page._session.read.placements.of("a2")[-1]
    assert (placement.reason, str(placement.review_on)) == ("Forty seats quoted", "2026-06-10")
    assert page.said == ["Delphine Cosmetics gets medium touch"]


def test_escape_sends_the_token_home(page: PyramidPage, qtbot) -> None:
    drag(qtbot, page, "a2", Tier.HIGH)
    qtbot.keyClick(page.flow.popover.reason, Qt.Key.Key_Escape)
    assert page.flow.popover is None
    item = page.map.view.item_of("a2")
    qtbot.waitUntil(lambda: item.pos() == item.home)
    assert tier_of(page, "a2") is Tier.LOW


def test_a_move_needs_a_reason_and_a_day_to_come(page: PyramidPage, qtbot) -> None:
    page.ask("a2", Tier.MEDIUM)
    popover = page.flow.popover
    popover.submit()
    assert "Say in a few words why" in popover.reason_field.error
    popover.reason.setPlainText("Because")
    popover.review_line.setText("1 Jan 2020")
    popover.submit()
    assert "after today" in popover.review.error
    assert popover.reason.toPlainText() == "Because"
    popover.close_popover()


def test_keys_step_and_move_without_the_mouse(page: PyramidPage, qtbot, settle) -> None:
    view = page.map.view
    view.setFocus()
    view.choose("a2")
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert page.current_account == "a3"
    qtbot.keyClick(view, Qt.Key.Key_Left)
    qtbot.keyClick(view, Qt.Key.Key_M)
    qtbot.keyClicks(page.flow.popover.reason, "By key")
    qtbot.keyClick(page.flow.popover.reason, Qt.Key.Key_Return)
    settle()
    assert tier_of(page, "a2") is Tier.MEDIUM
    page._session.undo()
    settle()
    assert tier_of(page, "a2") is Tier.LOW


def test_a_life_critical_account_is_kept_from_digital(page: PyramidPage) -> None:
    page.ask("a5", Tier.DIGITAL)
    assert page.flow.popover is None
    assert "Lantern Crisis Line cannot go to digital touch" in page.said[-1]


def test_a_what_if_changes_nothing_until_it_is_applied(page: PyramidPage, settle) -> None:
    page.tools.what_if.setChecked(True)
    for key, tier in (("a2", Tier.MEDIUM), ("a1", Tier.MEDIUM)):
        page.ask(key, tier)
        page.flow.popover.reason.setPlainText("Rebalancing")
        page.flow.popover.submit()
    assert tier_of(page, "a2") is Tier.LOW
    assert page.map.view.tier_of("a2") is Tier.MEDIUM
    assert "Apply 2 moves" in [b.text() for b in page.panel.findChildren(type(page.tools.what_if))]
    page.flow.take_out("a1")
    page.panel.asked.emit("apply")
    settle()
    assert tier_of(page, "a2") is Tier.MEDIUM
    assert not page.tools.what_if.isChecked()
    assert page._session.read.can_undo.label == "Move 1 account in the pyramid"


def test_discarding_a_what_if_leaves_the_book_alone(page: PyramidPage) -> None:
    before = page._session.read.can_undo
    page.tools.what_if.setChecked(True)
    page.ask("a2", Tier.HIGH)
    page.flow.popover.reason.setPlainText("Try")
    page.flow.popover.submit()
    page.panel.asked.emit("discard")
    assert not page.flow.moves
    assert page._session.read.can_undo == before


def test_the_inspector_says_why(page: PyramidPage) -> None:
    page.select("a2")
    words = words_of(page.panel)
    assert "You chose Low" in words
    assert "Quarterly calls do" in words
    assert "7 of 7 answered" in words


# The offscreen platform says this for each tooltip.
@pytest.mark.qt_log_ignore("does not support raise")
def test_choosing_a_point_chooses_the_token(page: PyramidPage, qtbot) -> None:
    scatter = page.map.scatter
    at = next(i for i, p in enumerate(scatter.points) if p.key == "a4")
    spot: QPoint = scatter._placed[at].centre.toPoint()
    qtbot.mouseClick(scatter, Qt.MouseButton.LeftButton, pos=spot)
    assert page.map.view.current == "a4"
    qtbot.keyClick(scatter, Qt.Key.Key_Left)
    assert page.current_account != "a4"


def test_regrettable_is_written_and_can_be_undone(page: PyramidPage, settle) -> None:
    row = page.map.eyes.row("a3")
    row.choice.choose("no")
    settle()
    assert page._session.read.accounts.get("a3").regrettable is Regrettable.NO
    assert page.map.eyes.row("a3") is row
    page._session.undo()
    settle()
    assert row.choice.key == "undecided"


def test_the_shelf_is_placed_by_rule(page: PyramidPage, settle) -> None:
    page.map.place_button.click()
    page.flow.popover.submit()
    settle()
    assert page.content.shelf.count == 0
    assert page.said == ["Placed 1 account"]


def test_table_and_log_tell_the_same(page: PyramidPage, qtbot, settle) -> None:
    model = page.table.model
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.tools.tabs.choose("table")
    assert model.rowCount() == 6
    cells = [model.data(model.index(row, 0)) for row in range(6)]
    assert "Meridian <b>Notaries</b>" in cells
    page.table.table.selectAll()
    qtbot.keyClick(page.table.table, Qt.Key.Key_M)
    page.flow.popover.reason.setPlainText("All the same")
    page.flow.popover.submit()
    settle()
    assert {tier_of(page, f"a{n}") for n in range(1, 7)} == {Tier.MEDIUM}
    page.tools.tabs.choose("log")
    reasons = [page.log.model.data(page.log.model.index(r, 5)) for r in range(2)]
    assert "All the same" in reasons
    del tester


def test_an_empty_book_offers_ways_on(qtbot, session, actions, window) -> None:
    made = PyramidPage(session, actions)
    window.add_page(made)
    window.show_place("pyramid")
    assert made.inspector() is None
    assert made.content.totals.accounts == 0
    assert "No account to place yet" in words_of(made)


def test_both_themes_draw(page: PyramidPage, themes) -> None:
    light = page.grab().toImage()
    themes.choose("dark")
    assert page.grab().toImage() != light
