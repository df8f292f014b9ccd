"""The Book page as a CSM uses it: sort, fold, filter, tick, change many at once, export, undo."""

import csv
import io
from datetime import date
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit

from csplanner.book.book import Book
from csplanner.domain.account import Tier
from csplanner.domain.filters import View, parse_filter
from csplanner.ui.actions import Actions
from csplanner.ui.book.bulk_forms import BulkArchiveForm, BulkStepForm, BulkTierForm
from csplanner.ui.book.columns import Col
from csplanner.ui.book.page import BookPage
from csplanner.ui.book.rows import BookRow
from csplanner.ui.book.view_form import ViewForm
from csplanner.ui.session import BookSession

Key = Qt.Key
POISON = "<img src=x><b>Bold</b> & Sons"


def lines(page: BookPage) -> list[str]:
    """What the table shows, headings in brackets."""
    found = []
    for line in range(page.model.rowCount()):
        row = page.model.at(line)
        found.append(row.name if isinstance(row, BookRow) else f"[{row.title}]")
    return found


def headings(page: BookPage) -> int:
    return sum(line.startswith("[") for line in lines(page))


def settle(qtbot, session: BookSession) -> None:
    qtbot.waitUntil(lambda: session.idle)


def test_accounts_stand_below_their_tier_with_its_sums(page: BookPage):
    assert lines(page) == [
        "[High touch]", "Merrow Telecom", "Tidewater Health Network", "[Medium touch]",
        "Corvane Bank", "[Low touch]", "Okapi Mobility",
    ]  # fmt: skip
    assert "2 accounts  ·  $300k" in page.model.at(0).note
    assert page.foot.text().startswith("4 shown, $600k · €400k without a rate")


def test_the_model_keeps_the_rules_of_qt(qtbot, page: BookPage):
    tester = QAbstractItemModelTester(
        page.model, QAbstractItemModelTester.FailureReportingMode.Warning
    )
    page.show_view(View(sort="name"))
    page.show_view(View(group="tier"))
    page.model.fold(Tier.HIGH)
    page.model.tick(page.model.ids, on=True)
    page.clear_filters()
    tester.deleteLater()


def test_a_click_on_a_head_sorts_and_another_turns_it_round(qtbot, page: BookPage):
    page.show_view(View(sort="name"))
    head = page.table.head
    place = QPoint(head.left_of(Col.ARR) + 20, 10)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (page.view.sort, page.view.descending) == ("arr", True)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (page.view.sort, page.view.descending) == ("arr", False)
    assert lines(page)[0] == "Tidewater Health Network"


def test_the_account_stays_current_while_the_order_changes(page: BookPage):
    page.table.go_to(4)
    page.show_view(View(sort="name"))
    assert lines(page)[page.table.line] == "Corvane Bank"
    assert page.current_account == "a3"


def test_a_group_folds_by_key_and_by_click(qtbot, page: BookPage):
    page.table.go_to(0)
    qtbot.keyClick(page.table, Key.Key_Left)
    assert lines(page)[:2] == ["[High touch]", "[Medium touch]"]
    rect = page.table.visualRect(page.model.index(0, 1))
    qtbot.mouseClick(
        page.table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(300, rect.center().y())
    )
    assert lines(page)[1] == "Merrow Telecom"


def test_enter_opens_the_account_and_the_order_is_known(qtbot, page: BookPage):
    page.table.go_to(1)
    with qtbot.waitSignal(page.navigate) as asked:
        qtbot.keyClick(page.table, Key.Key_Return)
    assert asked.args == ["account", ("a2", "", ["a2", "a1", "a3", "a4"])]


def test_space_peeks_and_closes_again(qtbot, page: BookPage, session: BookSession):
    page.table.go_to(1)
    assert page.inspector() is None
    qtbot.keyClick(page.table, Key.Key_Space)
    peek = page.inspector()
    assert peek is not None
    assert page.peeked == "a2"
    qtbot.keyClick(page.table, Key.Key_Down)
    assert page.peeked == "a1"
    settle(qtbot, session)
    assert peek.account_id == "a1"
    qtbot.keyClick(page.table, Key.Key_Space)
    assert page.inspector() is None


def test_a_sentence_filters_and_its_chip_takes_the_filter_away(qtbot, page: BookPage):
    page.tools.add_button.click()
    form = page.tools._form
    form.sentence.field.setText("tier is high and arr at least 150000")
    qtbot.keyClick(form.sentence.field, Key.Key_Return)
    assert lines(page) == ["[High touch]", "Merrow Telecom"]
    chips = page.tools.chips
    assert [chip.accessibleName() for chip in chips] == ["Tier is High", "ARR at least 150,000"]
    assert page.tools.save_button.isVisible()
    chips[1].removed.emit()
    assert len(page.model.ids) == 2


def test_a_sentence_that_means_nothing_says_why_and_stays(qtbot, page: BookPage):
    page.tools.add_button.click()
    form = page.tools._form
    form.sentence.field.setText("moon is full")
    qtbot.keyClick(form.sentence.field, Key.Key_Return)
    assert "There is no field “moon”" in form.sentence.error
    assert form.sentence.field.text() == "moon is full"
    assert form.isVisible()


def test_parts_are_chosen_by_keyboard_and_say_how_many_they_leave(
    qtbot, page: BookPage, session: BookSession
):
    page.tools.add_button.click()
    form = page.tools._form
    line, offers = form.sentence.field, form.offers
    assert offers.texts()[:2] == ["Tier, tier", "Health, health"]
    qtbot.keyClick(line, Key.Key_Return)
    assert line.text() == "tier "
    qtbot.keyClick(line, Key.Key_Tab)
    assert line.text() == "tier is "
    settle(qtbot, session)
    assert offers.texts() == ["Digital, 0", "Low, 1", "Medium, 1", "High, 2", "not placed, 0"]
    qtbot.keyClicks(line, "me")
    qtbot.keyClick(line, Key.Key_Tab)
    assert line.text() == "tier is medium"
    settle(qtbot, session)
    assert form._hint.text() == "1 account matches"
    qtbot.keyClick(line, Key.Key_Return)
    assert lines(page) == ["[Medium touch]", "Corvane Bank"]


def test_filters_in_force_are_walked_changed_and_removed_by_keyboard(qtbot, page: BookPage):
    page.show_view(View(parse_filter("arr at least 1 and tier is high and pinned is no")))
    first = page.tools.chips[0]
    first.setFocus()
    qtbot.keyClick(first, Key.Key_Right)
    assert page.tools.chips[1].hasFocus()
    qtbot.keyClick(page.tools.chips[1], Key.Key_Return)
    form = page.tools._form
    assert form.sentence.field.text() == "tier is high"
    form.sentence.field.setText("tier is not high")
    qtbot.keyClick(form.sentence.field, Key.Key_Return)
    assert str(page.view.conditions[1]) == "tier is not high"
    page.tools.chips[1].setFocus()
    qtbot.keyClick(page.tools.chips[1], Key.Key_Delete)
    assert [str(c) for c in page.view.conditions] == ["arr at least 1", "pinned is no"]
    assert page.tools.chips[1].hasFocus()


def test_the_filter_that_excludes_most_is_named_when_nothing_is_left(page: BookPage):
    page.show_view(View(parse_filter("arr at least 1 and tier is digital and tier is not low")))
    assert "Clear the tier filter" in page._nothing.focusProxy().text()
    page._nothing.focusProxy().click()
    assert [str(c) for c in page.view.conditions] == ["arr at least 1", "tier is not low"]


def test_filters_that_leave_nothing_offer_to_be_cleared(page: BookPage):
    page.show_view(View(parse_filter("tier is digital"), group="tier"))
    assert page._nothing.accessibleName() == "No account matches."
    assert page._nothing.isVisible()
    page._nothing.focusProxy().click()
    assert len(page.model.ids) == 4
    assert page.table.isVisible()


def test_an_empty_book_says_how_to_begin(open_page):
    page = open_page()
    assert page._nothing.accessibleName() == "Your book is empty"
    assert not page.table.isVisible()


def test_ticks_follow_keys_and_turn_the_foot_into_the_bulk_bar(qtbot, page: BookPage):
    assert not page.bar.isVisible()
    page.table.go_to(1)
    qtbot.keyClick(page.table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    ctrl_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(page.table, Key.Key_A, ctrl_shift)
    assert page.bar.text().startswith("2 selected $300k ARR")
    qtbot.keyClick(page.table, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(page.table, Key.Key_A, ctrl_shift)
    assert page.table.head.tick is Qt.CheckState.Checked
    qtbot.keyClick(page.table, Key.Key_Escape)
    qtbot.keyClick(page.table, Key.Key_Escape)
    assert not page.bar.isVisible()
    assert page.table.head.tick is Qt.CheckState.Unchecked


def test_a_click_on_the_box_ticks_and_a_click_on_the_name_does_not(qtbot, page: BookPage):
    view, left = page.table.viewport(), Qt.MouseButton.LeftButton
    box = page.table.visualRect(page.model.index(1, Col.CHECK)).center()
    name = page.table.visualRect(page.model.index(2, Col.ACCOUNT)).center()
    qtbot.mouseClick(view, left, pos=box)
    qtbot.mouseClick(view, left, pos=name)
    assert len(page.model.ticks) == 1
    qtbot.mouseClick(view, left, Qt.KeyboardModifier.ControlModifier, pos=name)
    assert len(page.model.ticks) == 2


def test_ticks_of_accounts_no_longer_shown_are_gone(page: BookPage):
    page.table.tick_all()
    page.show_view(View(parse_filter("tier is high")))
    assert len(page.model.ticks) == 2


def test_placing_many_says_the_hours_and_is_one_step_back(
    qtbot, page: BookPage, session: BookSession, actions: Actions
):
    page.table.go_to(4)
    page.model.tick([page.model.id_at(4), page.model.id_at(6)], on=True)
    page.verbs.set_tier()
    form = page.verbs.form
    assert isinstance(form, BulkTierForm)
    form.tiers.choose("high")
    assert form.preview == "2 accounts, €400k + $300k ARR, +24.5 h a quarter"
    form.save()
    settle(qtbot, session)
    assert lines(page)[0] == "[High touch]"
    assert headings(page) == 1
    actions.undo()
    settle(qtbot, session)
    assert headings(page) == 3


def test_a_life_critical_account_is_kept_from_digital(qtbot, page: BookPage, session: BookSession):
    from csplanner.domain.value import fact

    session.write(lambda book: book.accounts.update("a1", criticality=fact(3)))
    settle(qtbot, session)
    page.table.tick_all()
    page.verbs.set_tier()
    form = page.verbs.form
    form.tiers.choose("digital")
    assert "cannot go to digital touch" in form.preview
    form.save()
    settle(qtbot, session)
    assert "cannot go to digital touch" in form.refusal
    assert session.read.overview.one("a3").tier is Tier.MEDIUM
    form.reject()


def test_a_next_step_for_many_is_one_change(qtbot, page: BookPage, session: BookSession):
    page.table.tick_all()
    page.verbs.set_step()
    form = page.verbs.form
    assert isinstance(form, BulkStepForm)
    form.step.field.setText("Ask what is next")
    form.due.field.setText("+7")
    form.save()
    settle(qtbot, session)
    assert {x.next_step for x in session.read.overview.all()} == {"Ask what is next"}
    assert session.read.overview.one("a1").next_step_due == date(2026, 3, 19)
    assert session.read.can_undo.label == "Set next step of 4 accounts"


def test_archiving_says_what_leaves_and_can_be_undone(
    qtbot, page: BookPage, session: BookSession, actions: Actions
):
    page.model.tick([page.model.id_at(1)], on=True)
    page.verbs.archive()
    form = page.verbs.form
    assert isinstance(form, BulkArchiveForm)
    assert form.preview.startswith("1 account with $200k ARR")
    form.save()
    settle(qtbot, session)
    assert len(page.model.ids) == 3
    assert not page.bar.isVisible()
    actions.undo()
    settle(qtbot, session)
    assert len(page.model.ids) == 4


def test_pinning_many_pins_all_then_takes_them_off(qtbot, page: BookPage, session: BookSession):
    page.table.tick_all()
    for expected in (True, False):
        page.verbs.pin()
        settle(qtbot, session)
        assert {x.pinned for x in session.read.overview.all()} == {expected}


def test_a_next_step_is_typed_in_its_cell(qtbot, page: BookPage, session: BookSession):
    page.table.go_to(1, Col.STEP)
    qtbot.keyClick(page.table, Key.Key_F2)
    editor = page.table.viewport().findChild(QLineEdit)
    qtbot.keyClicks(editor, "Call Rosa")
    qtbot.keyClick(editor, Key.Key_Return)
    assert page.model.account_at(1).step == "Call Rosa"
    settle(qtbot, session)
    assert session.read.overview.one("a2").next_step == "Call Rosa"


def test_a_view_is_saved_found_again_and_replaced(qtbot, page: BookPage, session: BookSession):
    page.show_view(View(parse_filter("tier is high"), sort="arr", descending=True))
    for _ in range(2):
        page.save_view()
        form = page.verbs.form
        assert isinstance(form, ViewForm)
        form.name.field.setText("My high ones")
        form.save()
        settle(qtbot, session)
    kept = session.read.views.all()
    assert [view.name for view in kept] == ["My high ones"]
    page.open("whole")
    page.refresh()
    page.open("My high ones")
    page.refresh()
    assert lines(page) == ["Merrow Telecom", "Tidewater Health Network"]
    assert not page.tools.save_button.isVisible()
    page.verbs.remove_view(kept[0].id)
    settle(qtbot, session)
    assert session.read.views.all() == []


def test_views_with_nothing_in_them_have_no_tab(qtbot, page: BookPage):
    qtbot.waitUntil(lambda: page.tabs.tabs.count() > 1)
    titles = [page.tabs.tabs.tabText(i) for i in range(page.tabs.tabs.count())]
    assert titles[0] == "Whole book\t4"
    assert not any(title.startswith("First renewal") for title in titles)


def test_rows_are_exported_safe_and_never_over_a_file(
    qtbot, page: BookPage, session: BookSession, tmp_path: Path
):
    session.write(lambda book: book.accounts.update("a1", next_step="=1+1", name="Łódź"))
    settle(qtbot, session)
    path = tmp_path / "out" / "accounts.csv"
    for _ in range(2):
        page.verbs.export(View(parse_filter("tier is high"), sort="name"), path)
        settle(qtbot, session)
    assert sorted(p.name for p in path.parent.iterdir()) == ["accounts (2).csv", "accounts.csv"]
    text = path.read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["Account"] for row in rows] == ["Łódź", "Merrow Telecom"]
    assert rows[0]["Next step"] == "'=1+1"
    assert (rows[1]["ARR"], rows[1]["Currency"]) == ("200000.00", "USD")


def test_columns_hidden_and_widened_stay_so(page: BookPage, open_page):
    page.columns.show("gap", False)
    page.columns.show("owner", True)
    page.table.head.resizeSection(Col.ARR, 99)
    page.columns.freeze(Col.TIER)
    again = open_page()
    assert again.table.isColumnHidden(Col.GAP)
    assert not again.table.isColumnHidden(Col.OWNER)
    assert again.table.columnWidth(Col.ARR) == 99
    assert again.table.frozen == 3


def test_first_columns_stay_while_the_others_scroll(qtbot, page: BookPage):
    page.resize(700, 500)
    page.table.horizontalScrollBar().setValue(300)
    account = page.table.visualRect(page.model.index(1, Col.ACCOUNT))
    assert account.left() == page.table.columnWidth(Col.CHECK)
    assert page.table.indexAt(account.center()).column() == Col.ACCOUNT
    edge = page.table.head.frozen_width()
    page.table.setCurrentIndex(page.model.index(1, Col.TIER))
    assert page.table.visualRect(page.model.index(1, Col.TIER)).left() >= edge
    page.grab()


def test_names_made_to_be_markup_are_shown_as_they_are(qtbot, small_book: Book, open_page):
    page = open_page()
    page.show_view(View(sort="name"))
    line = lines(page).index(POISON)
    index = page.model.index(line, Col.ACCOUNT)
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;img" in tip
    page.table.go_to(line)
    qtbot.keyClick(page.table, Key.Key_Space)
    page.grab()


def test_a_large_book_reads_only_the_pages_looked_at(two_thousand: Book, open_page):
    page = open_page()
    assert len(page.model.ids) == 2000
    page.table.grab()
    assert len(page.model._pages) <= 2
    page.table.scrollToBottom()
    page.table.grab()
    assert len(page.model._pages) <= 4
    page.table.go_to(page.model.rowCount() - 1)
    assert lines(page)[-1] == "Account 01999"


def test_cells_speak_for_screen_readers(page: BookPage):
    index = page.model.index(1, Col.ARR)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "ARR $200k"
    heading = page.model.index(0, Col.ACCOUNT).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heading.startswith("High touch, 2 accounts")


def test_the_page_is_drawn_in_both_themes_and_small(qtbot, page: BookPage, themes):
    page.table.tick_all()
    for name in ("light", "dark"):
        themes.choose(name)
        for size in ((816, 600), (1232, 800)):
            page.resize(*size)
            assert not page.grab().isNull()


def test_a_change_elsewhere_is_shown_without_losing_the_place(
    qtbot, page: BookPage, session: BookSession
):
    page.table.go_to(4)
    session.write(lambda book: book.accounts.update("a3", name="Corvane Bank AG"))
    settle(qtbot, session)
    assert page.model.account_at(page.table.line).name == "Corvane Bank AG"
