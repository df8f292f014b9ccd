"""The Book as a spreadsheet: choosing cells, typing into them, filling, clearing, copying."""

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from csplanner.book.book import Book
from csplanner.domain.account import AccountId, ContractTerm, Tier
from csplanner.domain.filters import View
from csplanner.domain.measurement import Measurement
from csplanner.domain.measures import EQUIPPED_ITEMS, POTENTIAL_ITEMS
from csplanner.domain.money import Money
from csplanner.domain.sentiment import Sentiment
from csplanner.domain.value import fact
from csplanner.ui.actions import Actions
from csplanner.ui.book.change_form import ChangeForm
from csplanner.ui.book.clipboard import grid_of
from csplanner.ui.book.columns import COLUMNS, Col
from csplanner.ui.book.page import BookPage
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.labels import PlainLabel

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
offscreen = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""Menus pop up where no screen is."""


@pytest.fixture
def grid(page: BookPage) -> BookPage:
    """The four accounts by name, ungrouped: Corvane, Merrow, Okapi, Tidewater."""
    page.show_view(View(sort="name"))
    page.table.go_to(0, Col.ACCOUNT)
    return page


def settle(qtbot, session: BookSession) -> None:
    qtbot.waitUntil(lambda: session.idle)


def editor(page: BookPage) -> QLineEdit:
    found = page.table.viewport().findChild(QLineEdit)
    assert found is not None
    return found


def type_over(qtbot, page: BookPage, line: int, column: Col, text: str, *, end=Key.Key_Return):
    """Type a text over a cell, as letters that come to the table and then to the editor."""
    page.columns.show(COLUMNS[column].key, True)
    page.table.go_to(line, column)
    qtbot.keyClicks(page.table, text[0])
    qtbot.keyClicks(editor(page), text[1:])
    if end is not None:
        qtbot.keyClick(editor(page), end)


def test_typing_over_cells_keeps_each_value_and_goes_on(qtbot, grid, session: BookSession):
    type_over(qtbot, grid, 0, Col.SECTOR, "Retail bank")
    assert grid.table.line == 1
    assert grid.model.account_at(0).line.sector == "Retail bank"
    type_over(qtbot, grid, 0, Col.ARR, "1.2m EUR")
    type_over(qtbot, grid, 0, Col.STEP, "Renew", end=Key.Key_Tab)
    assert (grid.table.line, grid.table.column) == (0, Col.SECTOR)
    type_over(qtbot, grid, 0, Col.STEP_DUE, "in 2 weeks")
    type_over(qtbot, grid, 0, Col.CRITICALITY, "2")
    type_over(qtbot, grid, 0, Col.SENTIMENT, "uneasy, new COO")
    type_over(qtbot, grid, 0, Col.TAGS, "board, expansion")
    type_over(qtbot, grid, 0, Col.OWNER, "Kim")
    settle(qtbot, session)
    book = session.read
    account = book.accounts.get("a3")
    assert (account.sector, account.owner) == ("Retail bank", "Kim")
    assert account.arr.value == Money(120_000_000, "EUR")
    assert (account.next_step, account.next_step_due) == ("Renew", date(2026, 3, 26))
    assert account.criticality.value == 2
    pulse = book.pulses.of("a3")[-1]
    assert (pulse.sentiment, pulse.because) == (Sentiment.UNEASY, "new COO")
    assert book.tags.of("a3") == ("board", "expansion")
    assert book.can_undo.label == "Set owner of Corvane Bank"


def test_what_cannot_be_read_stands_at_the_cell_and_nothing_typed_is_lost(
    qtbot, grid, session: BookSession
):
    type_over(qtbot, grid, 0, Col.ARR, "4l2k")
    assert "“4l2k” is not an amount" in grid.table.editing.note
    assert editor(grid).text() == "4l2k"
    rect = grid.table.visualRect(grid.model.index(2, Col.ACCOUNT))
    qtbot.mouseClick(grid.table.viewport(), LEFT, pos=rect.center())
    assert editor(grid).text() == "4l2k"
    assert grid.table.line == 0
    qtbot.keyClick(editor(grid), Key.Key_Escape)
    assert not grid.table.editing.is_open
    assert session.read.accounts.get("a3").arr.value == Money(30_000_000, "USD")


def test_a_tier_other_than_the_rules_asks_for_a_reason_beside_it(qtbot, grid, session: BookSession):
    def ready(book: Book) -> None:
        book.accounts.update("a3", criticality=fact(3))
        _assess(book)

    session.write(ready)
    settle(qtbot, session)
    assert session.read.overview.one("a3").rule_tier is not None
    type_over(qtbot, grid, 0, Col.TIER, "d")
    assert "cannot go to digital touch" in grid.table.editing.note
    editor(grid).setText("low")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    assert grid.table.editing.note.startswith("The rule says")
    assert editor(grid).text() == ""
    qtbot.keyClicks(editor(grid), "They asked for it")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    assert grid.model.account_at(0).tier == "L"
    settle(qtbot, session)
    line = session.read.overview.one("a3")
    assert line.tier is Tier.LOW
    assert session.read.placements.of("a3")[-1].reason == "They asked for it"


def test_a_renewal_typed_moves_the_term_and_keeps_the_time_to_give_notice(
    qtbot, grid, session: BookSession
):
    def terms(book: Book) -> None:
        end, notice = date(2026, 6, 30), date(2026, 5, 1)
        book.terms.add(ContractTerm("t", AccountId("a3"), end, notice_deadline=fact(notice)))

    session.write(terms)
    settle(qtbot, session)
    type_over(qtbot, grid, 0, Col.RENEWAL, "31.5.")
    settle(qtbot, session)
    term = session.read.terms.of("a3")[0]
    assert (term.end, term.notice_deadline.value) == (date(2026, 7, 30), date(2026, 5, 31))
    grid.table.go_to(1, Col.RENEWAL)
    qtbot.keyClick(grid.table, Key.Key_F2)
    qtbot.keyClicks(editor(grid), "in 90 days")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    settle(qtbot, session)
    assert session.read.overview.one("a2").decision_on == date(2026, 6, 10)


def test_computed_cells_say_why_they_cannot_be_typed_into(qtbot, grid):
    grid.table.go_to(0, Col.HEALTH)
    qtbot.keyClick(grid.table, Key.Key_F2)
    assert grid.table.editing.note == "Health is computed: press Space to see why."
    assert not grid.table.editing.is_open


def test_cells_are_chosen_by_mouse_and_by_keys_with_their_totals(qtbot, grid, session: BookSession):
    table, view = grid.table, grid.table.viewport()
    first = table.visualRect(grid.model.index(0, Col.ARR)).center()
    last = table.visualRect(grid.model.index(2, Col.ARR)).center()
    qtbot.mousePress(view, LEFT, pos=first)
    qtbot.mouseMove(view, last)
    move = QMouseEvent(
        QEvent.Type.MouseMove, QPointF(last), QPointF(view.mapToGlobal(last)),
        Qt.MouseButton.NoButton, LEFT, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(view, move)
    qtbot.mouseRelease(view, LEFT, pos=last)
    assert (list(table.chosen.lines), table.chosen_columns()) == ([0, 1, 2], [Col.ARR])
    grid.totals.count()
    settle(qtbot, session)
    assert grid.foot.chosen == "3 cells · 3 accounts · $500k ARR · €400k without a rate"
    qtbot.keyClick(table, Key.Key_Up, SHIFT)
    qtbot.keyClick(table, Key.Key_Left, SHIFT)
    assert (list(table.chosen.lines), len(table.chosen_columns())) == ([0, 1], 2)
    qtbot.mouseClick(view, LEFT, SHIFT, pos=last + QPoint(0, 30))
    assert list(table.chosen.lines) == [0, 1, 2, 3]
    qtbot.keyClick(table, Key.Key_Space, CTRL)
    assert list(table.chosen.lines) == [0, 1, 2, 3]
    qtbot.keyClick(table, Key.Key_Escape)
    qtbot.keyClick(table, Key.Key_Space, SHIFT)
    assert table.chosen_columns()[0] == Col.ACCOUNT
    assert len(table.chosen_columns()) == 13
    qtbot.keyClick(table, Key.Key_A, CTRL)
    assert len(table.chosen_ids()) == 4
    grid.grab()


def test_copied_cells_go_out_safe_and_come_back(qtbot, grid, session: BookSession):
    session.write(lambda book: book.accounts.update("a3", next_step="=1+1"))
    settle(qtbot, session)
    grid.columns.show("sector", True)
    grid.table.go_to(0, Col.STEP)
    qtbot.keyClick(grid.table, Key.Key_Right, SHIFT)
    qtbot.keyClick(grid.table, Key.Key_C, CTRL | SHIFT)
    settle(qtbot, session)
    assert QGuiApplication.clipboard().text() == "Next step\tSector\n'=1+1\tSector"
    grid.table.go_to(1, Col.STEP)
    qtbot.keyClick(grid.table, Key.Key_V, CTRL)
    settle(qtbot, session)
    assert session.read.accounts.get("a2").next_step == "=1+1"


def test_pasting_over_accounts_says_first_what_it_comes_to_and_what_stays(
    qtbot, grid, session: BookSession, actions: Actions
):
    QGuiApplication.clipboard().setText("330k\t3 Apr\nlots\t4 Apr\n150000\t\n")
    grid.table.go_to(0, Col.ARR)
    qtbot.keyClick(grid.table, Key.Key_V, CTRL)
    settle(qtbot, session)
    form = grid.edits.form
    assert isinstance(form, ChangeForm)
    assert form.preview == "3 accounts, 4 cells, −€250k ARR, +$30k ARR"
    reasons = [refused.reason for refused in form.plan.refused]
    assert len(reasons) == 2
    form.save()
    settle(qtbot, session)
    assert session.read.accounts.get("a3").arr.value == Money(33_000_000, "USD")
    assert session.read.overview.one("a2").decision_on == date(2026, 4, 4)
    actions.undo()
    settle(qtbot, session)
    assert session.read.accounts.get("a3").arr.value == Money(30_000_000, "USD")
    assert session.read.terms.of("a2") == ()


def test_what_a_paste_cannot_place_or_would_empty_is_said_first(
    qtbot, grid, session: BookSession, actions: Actions
):
    def pasted(text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        grid.table.go_to(0, Col.STEP)
        qtbot.keyClick(grid.table, Key.Key_V, CTRL)
        settle(qtbot, session)

    session.write(lambda book: book.accounts.update("a2", next_step="Ask Kim"))
    settle(qtbot, session)
    pasted("First\t+7\n\n")
    form = grid.edits.form
    assert form.plan.beyond == 1
    shown = " ".join(label.text() for label in form.findChildren(PlainLabel))
    assert "In Next step" in shown
    assert "1 cell pasted lies outside the table and is left out" in shown
    form.reject()
    pasted("First\n\nThird")
    assert grid.edits.form.plan.emptied == 1
    grid.edits.form.reject()
    pasted("x" * 40_000)
    assert grid.edits.form is None
    pasted("\t".join(["x"] * 20_001))
    assert grid.edits.form is None
    assert session.read.accounts.get("a2").next_step == "Ask Kim"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('"open\t3\nz\t4', [['"open', "3"], ["z", "4"]]),
        ('"Big" Co\t5', [['"Big" Co', "5"]]),
        ('"two\nlines"\t"say ""hi"""\n\nend', [["two\nlines", 'say "hi"'], [""], ["end"]]),
        ("a\t\tb\t", [["a", "", "b", ""]]),
        ("'=1+1\t'tis", [["=1+1", "'tis"]]),
        ("A\nB\n\n\n", [["A"], ["B"], [""], [""]]),
        ("A\r\n", [["A"]]),
        ("\n", [[""]]),
        ("", []),
    ],
)
def test_cells_are_read_as_spreadsheets_copy_them(text: str, cells: list[list[str]]):
    assert grid_of(text) == cells


def test_one_value_is_pasted_into_many_and_cells_are_filled_and_cleared(
    qtbot, grid, session: BookSession, actions: Actions
):
    grid.columns.show("sector", True)
    grid.table.go_to(0, Col.SECTOR)
    qtbot.keyClick(grid.table, Key.Key_Space, CTRL)
    QGuiApplication.clipboard().setText("Banks")
    qtbot.keyClick(grid.table, Key.Key_V, CTRL)
    settle(qtbot, session)
    assert grid.edits.form.preview == "4 accounts, 4 cells"
    grid.edits.form.save()
    settle(qtbot, session)
    assert {line.sector for line in session.read.overview.all()} == {"Banks"}
    grid.table.go_to(0, Col.SECTOR)
    qtbot.keyClick(grid.table, Key.Key_Delete)
    settle(qtbot, session)
    assert session.read.accounts.get("a3").sector == ""
    grid.table.choose_column()
    qtbot.keyClick(grid.table, Key.Key_D, CTRL)
    settle(qtbot, session)
    grid.edits.form.save()
    settle(qtbot, session)
    assert {line.sector for line in session.read.overview.all()} == {""}
    grid.table.go_to(0, Col.HEALTH)
    qtbot.keyClick(grid.table, Key.Key_Delete)
    settle(qtbot, session)
    assert grid.table.editing.note.startswith("Health is computed")


def test_a_value_the_book_refuses_comes_back_into_its_cell(qtbot, grid, session: BookSession):
    session.write(_assess)
    settle(qtbot, session)
    session.write(lambda book: book.accounts.update("a3", criticality=fact(3)))
    type_over(qtbot, grid, 0, Col.TIER, "d, agreed")
    assert grid.model.account_at(0).tier == "D"
    settle(qtbot, session)
    assert grid.model.account_at(0).tier == "M"
    assert "cannot go to digital touch" in grid.table.editing.note
    assert editor(grid).text() == "d, agreed"
    assert session.read.overview.one("a3").tier is Tier.MEDIUM


def _assess(book: Book) -> None:
    """Answer every question on how equipped they are and what they could become."""
    for measure in (*EQUIPPED_ITEMS, *POTENTIAL_ITEMS):
        book.measurements.add(Measurement("", AccountId("a3"), measure, fact(75_000), book.today))


@offscreen
def test_columns_are_moved_frozen_sorted_hidden_and_chosen_by_keys(
    qtbot, grid, session: BookSession
):
    table, alt_shift = grid.table, Qt.KeyboardModifier.AltModifier | SHIFT
    table.go_to(0, Col.ARR)
    qtbot.keyClick(table, Key.Key_Left, alt_shift)
    order = table.arrangement().order
    assert order.index("arr") == order.index("gap") - 1
    qtbot.keyClick(table, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    menu = grid.columns.menu
    texts = {action.text(): action for action in menu.actions()}
    texts["Sort from the largest"].trigger()
    texts["Let the columns up to here stay in place"].trigger()
    menu.close()
    assert lines(grid)[0] == "Okapi Mobility"
    assert table.frozen == order.index("arr") + 1
    table.go_to(0, Col.TIER)
    grid.columns.sort_also()
    assert [(s.field, s.descending) for s in grid.view.sorts] == [("arr", True), ("tier", False)]
    grid.columns.hide()
    assert table.isColumnHidden(Col.TIER)
    grid.columns.choose()
    chooser = grid.columns.chooser
    chooser.list.setCurrentRow(0)
    qtbot.keyClick(chooser.list, Key.Key_Space)
    qtbot.keyClick(chooser.list, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    chooser.accept()
    assert not table.isColumnHidden(Col.TIER)
    assert table.arrangement().order[2:4] == ("health", "tier")
    grid.columns.fit(int(Col.ACCOUNT))
    assert 150 < table.columnWidth(Col.ACCOUNT) < 330
    grid.columns.reset()
    assert table.frozen == 2


@offscreen
def test_the_menu_of_a_line_does_what_the_keys_do_and_filters_by_a_value(qtbot, grid):
    grid.table.go_to(1, Col.TIER)
    qtbot.keyClick(grid.table, Key.Key_Menu)
    menu = grid.row_menu.menu
    cells = next(action.menu() for action in menu.actions() if action.text() == "Cells")
    only = cells.actions()[-1]
    assert only.text() == "Show only accounts with this value"
    only.trigger()
    menu.close()
    assert sorted(lines(grid)) == ["Merrow Telecom", "Tidewater Health Network"]


def test_touches_are_planned_by_the_cadence_and_tags_put_on_and_taken_off(
    qtbot, grid, session: BookSession, actions: Actions
):
    grid.table.tick_all()
    assert [text for text, _ in grid.verbs.more() if text][:2] == [
        "Set sentiment…", "Set criticality…",
    ]  # fmt: skip
    grid.verbs.plan_touches()
    form = grid.verbs.form
    form.minutes.field.setText("30")
    assert form.preview == "4 touches, 12 Mar, +2 h"
    form.save()
    settle(qtbot, session)
    tasks = session.read.tasks.open()
    assert {(t.kind.value, t.due, t.minutes) for t in tasks} == {("touch", date(2026, 3, 12), 30)}
    grid.verbs.plan_touches()
    assert "4 accounts have one planned already" in grid.verbs.form.preview
    grid.verbs.form.reject()
    for how, tags in (("add", ("board",)), ("off", ())):
        grid.verbs.tag()
        form = grid.verbs.form
        form.word.field.setText("#board")
        form.how.choose(how)
        assert form.preview.startswith("4 accounts")
        form.save()
        settle(qtbot, session)
        assert {line.tags for line in session.read.overview.all()} == {tags}
    grid.verbs.set_sentiment()
    grid.verbs.form.words.choose("2")
    grid.verbs.form.save()
    settle(qtbot, session)
    assert {line.sentiment for line in session.read.overview.all()} == {Sentiment.UNEASY}
    actions.undo()
    settle(qtbot, session)
    assert {line.sentiment for line in session.read.overview.all()} == {None}


def lines(page: BookPage) -> list[str]:
    return [page.model.at(line).name for line in range(page.model.rowCount())]
