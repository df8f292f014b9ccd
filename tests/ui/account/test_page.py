"""The account page as you use it: read it, open what is behind a number, go on to the next."""

from datetime import datetime, timedelta
from html import unescape

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csplanner.domain.objective import Objective
from csplanner.ui.account.event_rows import TableRow
from csplanner.ui.account.head import FigureButton
from csplanner.ui.account.lists import ListPane, StackedLists
from csplanner.ui.account.parts import EvidencePopover, RowButton, row_buttons
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel


def words_of(widget) -> str:
    QApplication.processEvents()
    labels = widget.findChildren(PlainLabel)
    return "\n".join(label.text() for label in labels if label.isVisible())


def test_it_tells_the_account_at_a_glance(page) -> None:
    words = words_of(page.head)
    for part in ("Tidewater Health Network", "Health system, Norfolk, Virginia", "$412k", "Uneasy"):
        assert part in words
    assert page.breadcrumb() == ["Book", "Tidewater Health Network"]


def test_every_figure_opens_what_it_rests_on(page, window) -> None:
    for button in page.head.findChildren(FigureButton):
        button.click()
        popover = window.findChildren(EvidencePopover)[-1]
        assert popover.isVisible()
        assert words_of(popover)
        popover.close_popover()


def test_space_opens_why_a_bucket_scores_as_it_does(page, qtbot, window) -> None:
    row = page.overview.score.findChildren(RowButton)[0]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Space)
    popover = window.findChild(EvidencePopover)
    assert "Progress on their objectives" in words_of(popover)
    qtbot.keyClick(popover, Qt.Key.Key_Escape)
    assert not popover.isVisible()


def test_the_reason_of_a_bucket_stands_beside_it_and_in_full_when_pointed_at(page) -> None:
    shown = {row.why for row in page.overview._shown.score.buckets}
    labels = {x.text() for x in page.overview.score.findChildren(ElidedLabel) if x.isVisible()}
    assert shown <= labels
    rows = page.overview.score.findChildren(RowButton)
    assert all(any(why in unescape(row.toolTip()) for row in rows) for why in shown)


def test_why_tells_how_sure_the_score_is(page) -> None:
    pane = page.overview.score
    sentence = page._seen.judgement.health.band_reason
    assert sentence not in words_of(pane)
    pane.why.click()
    assert sentence in words_of(pane)
    pane.why.click()
    assert sentence not in words_of(pane)


def test_a_table_of_more_rows_gets_more_of_the_height(qtbot) -> None:
    short, long = (ListPane(name, ("A", "B"), 1) for name in ("Short", "Long"))
    lists = StackedLists([short, long])
    qtbot.addWidget(lists)
    lists.resize(600, 800)
    lists.show()
    short.show_rows([TableRow("1", ("a", "b"))])
    long.show_rows([TableRow(str(n), ("a", "b")) for n in range(30)])
    QApplication.processEvents()
    assert long.height() > 1.5 * short.height()


def test_arrows_move_between_rows_of_a_pane(page, qtbot) -> None:
    row = page.overview.score.findChildren(RowButton)[0]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Down)
    assert row_buttons(row.parentWidget())[1].hasFocus()


def test_the_chart_steps_with_the_arrows_and_says_where_it_is(page, qtbot) -> None:
    curve = page.overview.curve.curve
    qtbot.keyClick(curve, Qt.Key.Key_Left)
    qtbot.keyClick(curve, Qt.Key.Key_Left)
    assert "score 75" in curve.accessibleDescription()
    assert curve.text_table().startswith("day\tscore\tsentiment\n")


def test_the_chart_opens_what_stands_behind_the_gap(page, qtbot, window) -> None:
    qtbot.keyClick(page.overview.curve.curve, Qt.Key.Key_Return)
    words = words_of(window.findChildren(EvidencePopover)[-1])
    assert f"Gap {page._seen.judgement.gap}" in words
    assert "Score, measured" in words
    assert "Rosa left and the new COO has not met us" in words


def test_an_account_with_nothing_known_looks_unknown(page, window, id_of, settle) -> None:
    window.show_place("account", id_of("Nothing Known"))
    settle()
    words = words_of(page)
    assert "The score is unknown" in words
    assert "Nobody is known here yet." in words
    assert "Nobody wrote down what they want" in words
    assert "No use is known" in words_of(page.overview.use)
    assert "Nobody was asked how it went" in words_of(page.overview.journey)
    assert page.overview.journey.strip.isHidden()


def test_a_section_opens_its_tab(page, window, id_of) -> None:
    account = id_of("Tidewater")
    for section, tab in (("touches", "touches"), ("cases", "deals"), ("health", "overview")):
        window.show_place("account", (account, section))
        assert page.head.tabs.key == tab


def test_the_next_account_follows_the_order_of_the_list(page, window, id_of) -> None:
    order = [id_of("Tidewater"), id_of("Merrow"), id_of("Corvane")]
    window.show_place("account", (order[0], "", order))
    assert page.breadcrumb() == ["Book", "Account 1 of 3"]
    page.step(1)
    assert page.current_account == order[1]
    assert page.breadcrumb() == ["Book", "Account 2 of 3"]
    page.step(-1)
    page.step(-1)
    assert page.current_account == order[0]


def test_without_a_list_accounts_follow_by_name(page, id_of) -> None:
    page.step(1)
    assert page.current_account == id_of("Veridian")


def test_a_change_elsewhere_shows_at_once(page, settle) -> None:
    account = page.current_account
    page.story_session.write(
        lambda book: book.objectives.add(Objective("", account, "Fewer no-shows", "%"))
    )
    settle()
    assert "Fewer no-shows" in words_of(page.overview.objectives)


def test_a_touch_can_be_taken_out_of_the_log_and_back(page, settle, qtbot) -> None:
    page.head.tabs.choose("touches")
    before = page.lists.touches.table.rows.rowCount()
    qtbot.keyClick(page.lists.touches.table, Qt.Key.Key_Delete)
    settle()
    assert page.lists.touches.table.rows.rowCount() == before - 1
    page.story_actions.undo()
    settle()
    assert page.lists.touches.table.rows.rowCount() == before


def test_the_history_names_what_was_changed(page, settle) -> None:
    page.story_actions.pin(page.current_account)
    settle()
    page.head.tabs.choose("history")
    cells = [page.lists.history.table.rows.index(0, c).data() for c in range(5)]
    assert any("Tidewater" in str(cell) for cell in cells)
    now = datetime.now().astimezone()
    assert abs(datetime.fromisoformat(cells[0]).astimezone() - now) < timedelta(minutes=2)
    assert cells[2:4] == ["Edit", "2 records"]


def test_the_score_hides_while_you_say_how_you_feel(page) -> None:
    score = str(page._seen.judgement.overview.score)
    page.story_actions.set_pulse(page.current_account)
    assert score not in words_of(page.head)
    assert page.overview.measured.isHidden()
    page.story_actions.form.reject()
    assert score in words_of(page.head)


def test_an_account_that_is_gone_is_said_to_be_gone(page, window, settle) -> None:
    window.show_place("account", "no-such-id")
    settle()
    assert "This account is not in the book" in words_of(page)


def test_names_are_shown_as_they_are(page, settle) -> None:
    account = page.current_account
    page.story_session.write(
        lambda book: book.accounts.update(account, name="<img src=x><b>", sector="<script>")
    )
    settle()
    assert page.head.name.text() == "<img src=x><b>"
    assert not page.grab().isNull()


@pytest.mark.parametrize(("look", "width"), [("light", 1440), ("dark", 1024)])
def test_it_is_painted_in_both_looks(page, window, themes, look: str, width: int) -> None:
    window.resize(width, 700)
    themes.choose(look)
    QApplication.processEvents()
    assert not page.grab().isNull()
