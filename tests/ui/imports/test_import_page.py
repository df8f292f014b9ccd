"""Importing as you do it: choose files, match columns, decide, apply, take back."""

import sqlite3
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLabel

from csplanner.domain.account import Account, AccountId
from csplanner.domain.money import Money
from csplanner.domain.value import fact
from csplanner.ui.imports.mapping_table import CHECK, GOAL, RULE
from csplanner.ui.imports.page import APPLY, COLUMNS, FILE, RESULT, REVIEW, ImportPage
from csplanner.ui.imports.review_words import KEEP, TAKE, UNDECIDED, Group, Line
from csplanner.ui.imports.table import LineTable
from tests.ui.imports.conftest import ACME, BETA, HEADS, POISON

AT_ONCE = 0.2
"""Seconds within which a cancelled reading has ended."""
OTHER_CITY = ("1", "Acme", "Trondheim", "Energy", "1200", "2026-06-30", "Maren")


def lines(page: ImportPage) -> dict[str, Line]:
    model = page.review.model
    found = [model.line(row) for row in range(model.rowCount())]
    return {line.label: line for line in found if isinstance(line, Line)}


def row_of(page: ImportPage, label: str) -> int:
    model = page.review.model
    for row in range(model.rowCount()):
        line = model.line(row)
        if isinstance(line, Line) and line.label == label:
            return row
    raise AssertionError(label)


def account(session, name: str):
    found = session.read.accounts.find(name)
    assert found, name
    return found[0]


def labels(page: ImportPage) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def staging_folders() -> set[str]:
    return {p.name for p in Path(tempfile.gettempdir()).glob(".csplanner-import-*")}


# The way through


def test_a_first_snapshot_goes_from_files_to_today(
    page, window, session, read, on, export, qtbot
) -> None:
    read(export(ACME, BETA))
    assert page.step == COLUMNS
    assert page.breadcrumb() == ["Import snapshot", "Match columns"]
    assert "accounts-2026-03-10.csv, 2 rows, 7 columns" in labels(page)
    on()
    assert page.step == REVIEW
    assert page.foot.on.text().startswith("Apply 2 new accounts")
    assert "Accounts 0 → 2" in page.review.effect.facts.words()
    assert "Recorded ARR unknown → $4k" in page.review.effect.facts.words()
    on()
    assert page.step == RESULT
    assert "2 new accounts" in page.result.title.text()
    # The page says it: nothing covers its list to say it again.
    assert window.toast.text == ""
    assert "2 new accounts" in page.result.title.text()
    assert {a.name for a in session.read.accounts.all()} == {"Acme", "Beta"}
    page.result.today.click()
    assert window.current_page().key == "today"


def test_nothing_is_written_before_apply(page, session, read, on, export) -> None:
    read(export(ACME))
    on()
    assert session.read.accounts.all() == []
    page.cancel()
    assert page.step == FILE
    assert "unchanged" in page.file.trouble.sentence
    assert session.read.history() == []


def test_only_what_you_take_is_written(page, session, bring_in, read, on, export) -> None:
    bring_in(export(ACME, BETA))
    read(export(OTHER_CITY, BETA, day="2026-03-11"))
    on()
    assert page.review.sections.key == "changed"
    assert set(lines(page)) == {"City", "ARR"}  # that of the term goes with it
    page.review.table.setCurrentIndex(page.review.model.index(row_of(page, "City"), 0))
    press(page.review.table, Qt.Key.Key_K)
    assert lines(page)["City"].state == KEEP
    assert page.foot.on.text() == "Apply 1 change"
    on()
    acme = account(session, "Acme")
    assert acme.city == "Oslo"
    assert acme.arr.value.minor == 120_000


def press(widget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)


def test_what_you_set_is_kept_until_you_take_the_new(
    page, session, bring_in, read, on, export, qtbot
) -> None:
    bring_in(export(ACME, BETA))
    mine = account(session, "Acme").id
    session.write(lambda book: book.accounts.update(mine, city="My own"))
    qtbot.waitUntil(lambda: session.idle)
    read(export(OTHER_CITY, BETA, day="2026-03-11"))
    on()
    city = lines(page)["City"]
    assert (city.state, city.was, city.becomes) == (UNDECIDED, "My own", "Trondheim")
    assert "You set this" in city.note
    assert "1 of 2 decided" in labels(page)
    assert "Undecided fields keep your value" in page.foot._open.text()
    page.review.model.decide(row_of(page, "City"), take=True)
    assert lines(page)["City"].state == TAKE
    assert "2 of 2 decided" in labels(page)
    on()
    assert account(session, "Acme").city == "Trondheim"


def test_keys_take_keep_turn_and_fold(page, bring_in, read, on, export) -> None:
    bring_in(export(ACME, BETA))
    read(export(OTHER_CITY, BETA, day="2026-03-11"))
    on()
    table, model = page.review.table, page.review.model
    table.setCurrentIndex(model.index(0, 0))
    assert isinstance(model.line(0), Group)
    press(table, Qt.Key.Key_K)
    assert {line.state for line in lines(page).values()} == {KEEP}
    press(table, Qt.Key.Key_Left)
    assert model.rowCount() == 1
    press(table, Qt.Key.Key_Right)
    assert model.rowCount() == 3
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Space)
    assert sorted(line.state for line in lines(page).values()) == [KEEP, TAKE]
    press(table, Qt.Key.Key_A)
    page.review.take_all.click()
    assert {line.state for line in lines(page).values()} == {TAKE}
    page.review.keep_all.click()
    assert {line.state for line in lines(page).values()} == {KEEP}


def test_a_click_decides_takes_all_and_folds(page, bring_in, read, on, export, qtbot) -> None:
    bring_in(export(ACME, BETA))
    read(export(OTHER_CITY, BETA, day="2026-03-11"))
    on()
    table, model = page.review.table, page.review.model

    def click(spot: QPoint) -> None:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)

    keep = table.segments(table.row_rect(1))[1]
    click(keep.center().toPoint())
    assert model.line(1).state == KEEP
    click(table.take_all_rect(table.row_rect(0)).center().toPoint())
    assert {line.state for line in lines(page).values()} == {TAKE}
    click(QPoint(16, table.row_rect(0).center().y()))
    assert model.rowCount() == 1


def test_the_same_snapshot_again_has_nothing_new(page, bring_in, read, on, export) -> None:
    path = export(ACME, BETA)
    bring_in(path)
    read(path)
    on()
    assert page.foot.on.text() == "Nothing new"
    assert not page.foot.on.isEnabled()


def test_an_unchanged_snapshot_of_a_later_day_can_be_kept(
    page, session, bring_in, read, on, export
) -> None:
    bring_in(export(ACME, BETA))
    read(export(ACME, BETA, day="2026-03-11"))
    on()
    assert page.foot.on.text() == "Keep as seen on 11 Mar 2026"
    on()
    assert session.read.snapshots.newest().as_of.isoformat() == "2026-03-11"


def test_accounts_absent_from_a_full_export_are_marked(
    page, session, bring_in, read, on, export
) -> None:
    bring_in(export(ACME, BETA))
    read(export(ACME, day="2026-03-11"))
    page.whole.whole["account"].setChecked(True)
    on()
    page.review.sections.choose("missing")
    assert page.review.list.model().index(0, 0).data() == "Beta"
    assert page.foot.on.text() == "Apply 1 missing account"
    on()
    assert account(session, "Beta").missing_since is not None


# Columns


def test_a_column_goes_where_you_say(page, session, read, on, export) -> None:
    read(export(ACME))
    table, model = page.columns.table, page.columns.model
    row = next(r for r in range(model.rowCount()) if model.column(r).header == "Owner")
    table.setCurrentIndex(model.index(row, 0))
    press(table, Qt.Key.Key_Return)
    chooser = page.columns._chooser
    assert chooser.field.hasFocus()
    QTest.keyClicks(chooser.field, "segm")
    assert chooser.keys()[:1] == ["account.segment"]
    press(chooser.field, Qt.Key.Key_Return)
    assert model.column(row).target == "account.segment"
    assert model.index(row, CHECK).data() == "tiers stay yours"
    on()
    on()
    assert account(session, "Acme").segment == "Maren"


def test_delete_leaves_a_column_out_and_going_back_keeps_that(
    page, session, read, on, export
) -> None:
    read(export(ACME))
    table, model = page.columns.table, page.columns.model
    row = next(r for r in range(model.rowCount()) if model.column(r).header == "City")
    table.setCurrentIndex(model.index(row, 0))
    press(table, Qt.Key.Key_Delete)
    assert model.index(row, GOAL).data() == "Leave out"
    on()
    page.foot.back.click()
    assert page.step == COLUMNS
    assert [c.target for c in page.columns.model.mapping.columns if c.header == "City"] == [""]
    on()
    on()
    assert account(session, "Acme").city == ""


def test_decisions_stay_when_a_column_is_changed_afterwards(
    page, bring_in, read, on, export
) -> None:
    bring_in(export(ACME, BETA))
    read(export(OTHER_CITY, BETA, day="2026-03-11"))
    on()
    page.review.model.decide(row_of(page, "ARR"), take=False)
    page.go_back()
    model = page.columns.model
    row = next(r for r in range(model.rowCount()) if model.column(r).header == "Owner")
    model.choose(row, "")
    on()
    assert lines(page)["ARR"].state == KEEP
    assert lines(page)["City"].state == TAKE


def test_the_order_of_day_and_month_can_be_changed(page, session, read, on, export) -> None:
    twisted = (*ACME[:5], "13/06/2026", ACME[6])
    read(export(twisted, (*BETA[:5], "05/06/2026", BETA[6])))
    model = page.columns.model
    row = next(r for r in range(model.rowCount()) if model.column(r).header == "Renewal Date")
    page.columns.table.setCurrentIndex(model.index(row, 0))
    assert model.index(row, RULE).data() == "day/month/year"
    monthly = next(b for b in page.columns.column.rules if b.property("rule") == "mdy")
    monthly.click()
    assert model.column(row).rule == "mdy"
    on()
    assert [q.value for q in page.reading.pages.quarantined()] == ["13/06/2026"]


def test_dates_that_read_both_ways_are_asked_at_their_column(
    page, session, read, on, export, qtbot
) -> None:
    read(export((*ACME[:5], "05/06/2026", ACME[6])))
    assert page.step == COLUMNS
    model = page.columns.model
    row = model.row_of("Renewal Date")
    assert page.columns.table.currentIndex().row() == row
    assert model.index(row, CHECK).data() == "day or month first?"
    assert [b.isChecked() for b in page.columns.column.rules] == [False, False]
    assert "05/06/2026 is 5 Jun" in page.columns.column.rules[0].accessibleName()
    page.foot.on.click()
    assert page.step == COLUMNS
    assert "Say first how the marked columns are read." in page.foot.trouble.sentence
    page.columns.column.rules[0].click()
    assert model.index(row, CHECK).data() == "read as day/month"
    on()
    assert page.step == REVIEW
    on()
    terms = session.read.terms.of(account(session, "Acme").id)
    assert terms[0].end.isoformat() == "2026-06-05"


def test_a_day_nothing_tells_is_asked(page, session, on, tmp_path, qtbot) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text("Account ID,Account Name\n1,Acme\n")
    page.read_files([path])
    qtbot.waitUntil(lambda: page.file.shows_files, timeout=20_000)
    assert page.step == FILE
    day = page.whole.as_of_field
    assert day.field.text() == ""
    page.foot.on.click()
    assert "Type the day" in day.error
    qtbot.keyClicks(day.field, "31/02/2026")
    page.foot.on.click()
    assert "February has no 31st day" in day.error
    assert day.field.text() == "31/02/2026"
    day.field.clear()
    qtbot.keyClicks(day.field, "10 Mar 2026")
    on()
    assert page.step == COLUMNS
    assert page.whole.as_of.text() == "10 Mar 2026"
    on()
    on()
    assert session.read.snapshots.newest().as_of.isoformat() == "2026-03-10"


def test_a_wrong_as_of_day_says_so_at_the_field(page, read, export, qtbot) -> None:
    read(export(ACME))
    whole = page.whole
    whole.as_of.clear()
    qtbot.keyClicks(whole.as_of, "30 Feb 2026")
    page.foot.on.click()
    assert page.step == FILE
    assert "February has no 30th day" in whole.as_of_field.error
    assert whole.as_of.text() == "30 Feb 2026"


def test_source_and_day_are_yours_to_say(page, session, read, on, export, qtbot) -> None:
    read(export(ACME))
    whole = page.whole
    for field, text in ((whole.source, "Our CRM"), (whole.as_of, "1 Mar 2026")):
        field.clear()
        qtbot.keyClicks(field, text)
    on()
    on()
    newest = session.read.snapshots.newest()
    assert (newest.source, newest.as_of.isoformat()) == ("Our CRM", "2026-03-01")


# What goes wrong


def test_a_file_that_is_no_export_is_one_sentence_in_place(page, read, tmp_path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Nothing to see here\n")
    read(path)
    assert page.step == FILE
    assert "notes.txt" in page.file.trouble.sentence
    assert page.file.trouble.isVisible()
    read(tmp_path / "gone.csv")
    assert "There is no file gone.csv" in page.file.trouble.sentence


def test_cancelled_reading_ends_at_once_and_leaves_nothing_behind(
    page, apart, read, export, qtbot, monkeypatch
) -> None:
    started: list[subprocess.Popen[str]] = []

    class Seen(subprocess.Popen):  # type: ignore[type-arg]
        """The process itself, so that its end is seen."""

        def __init__(self, *args: object, **named: object) -> None:
            super().__init__(*args, **named)  # type: ignore[call-overload]
            started.append(self)

    monkeypatch.setattr(subprocess, "Popen", Seen)
    before = staging_folders()
    rows = [(str(n), f"Company {n}", *ACME[2:]) for n in range(20_000)]
    with qtbot.waitSignal(page.reading.progressed, timeout=20_000):
        page.read_files([export(*rows)])
    began = monotonic()
    page.progress.cancelled.emit()
    assert not page.reading.is_busy
    assert "Cancelled" in page.file.trouble.sentence
    qtbot.waitUntil(lambda: page.reading._tasks.idle, timeout=5_000)
    took = monotonic() - began
    (process,) = started
    assert process.returncode is not None
    assert took <= AT_ONCE
    assert page.step == FILE
    assert page.file.isEnabled()
    assert staging_folders() == before
    read(export(ACME))
    assert page.step == COLUMNS


def test_the_staging_file_goes_with_the_page(page, window, read, export, qtbot) -> None:
    before = staging_folders()
    read(export(ACME))
    assert len(staging_folders() - before) == 1
    window._pages.pop("import")
    page.setParent(None)
    page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert staging_folders() == before


def test_a_write_that_fails_shows_the_review_again(
    page, session, bring_in, read, on, export, qtbot
) -> None:
    bring_in(export(ACME, BETA))
    read(export(OTHER_CITY, BETA, day="2026-03-11"))
    on()
    page.review.model.decide(row_of(page, "ARR"), take=False)
    session._writer.connection.execute("pragma busy_timeout = 100")
    with closing(sqlite3.connect(session.path, isolation_level=None)) as other:
        other.execute("begin immediate")
        page.foot.on.click()
        assert page.step == APPLY
        qtbot.waitUntil(lambda: page.step == REVIEW, timeout=20_000)
    assert page.foot.trouble.sentence
    assert lines(page)["ARR"].state == KEEP
    assert account(session, "Acme").city == "Oslo"


def test_a_read_only_book_takes_no_import(
    qtbot, session, actions, window, export, monkeypatch
) -> None:
    monkeypatch.setattr(session, "read_only", True)
    page = ImportPage(session, actions)
    window.add_page(page)
    window.show_place("import", [export(ACME)])
    assert "read-only" in page.file.trouble.sentence
    assert not page.file.drop.files.isEnabled()
    assert not page.reading.is_busy
    page.reading.close()


# Undo, history


def test_an_import_is_undone_from_the_list_after_asking(
    page, window, session, bring_in, export, qtbot
) -> None:
    bring_in(export(ACME, BETA))
    window.show_place("import")
    found = page.file.history._shown
    assert [(e.title, e.change is None) for e in found] == [("CRM export, 10 Mar 2026", False)]
    page.file.history.undo_asked.emit(found[0])
    dialog = page.undoing.dialog
    assert dialog.focusWidget().text() == "Keep import"
    dialog._close_with("keep")
    assert len(session.read.accounts.all()) == 2
    page.file.history.undo_asked.emit(found[0])
    page.undoing.dialog._close_with("do")
    qtbot.waitUntil(lambda: session.idle)
    assert session.read.accounts.all() == []
    assert page.file.history._shown[0].change is None
    assert "Undone" in window.toast.text


def test_an_older_import_is_undone_and_later_edits_stay(
    page, window, session, bring_in, export, qtbot
) -> None:
    bring_in(export(ACME, BETA))
    mine = account(session, "Acme").id
    session.write(lambda book: book.accounts.update(mine, city="My own"))
    qtbot.waitUntil(lambda: session.idle)
    window.show_place("import")
    page.file.history.undo_asked.emit(page.file.history._shown[0])
    page.undoing.dialog._close_with("do")
    qtbot.waitUntil(lambda: session.idle)
    assert [a.name for a in session.read.accounts.all()] == ["Acme"]
    assert "1 later edit is kept" in window.toast.text
    assert page.file.history._shown[0].change is None


def test_going_back_to_the_page_keeps_what_is_being_decided(
    page, window, session, export, qtbot
) -> None:
    path = export(ACME)
    window.show_place("import", [path])
    qtbot.waitUntil(lambda: page.step == COLUMNS, timeout=20_000)
    page.columns.model.choose(2, "")
    window.show_place("today")
    window.go(-1)
    assert not page.reading.is_busy
    assert page.step == COLUMNS
    assert page.columns.model.column(2).target == ""


# Plain text, models


def test_names_made_to_be_read_as_markup_stay_text(page, read, on, export) -> None:
    heads = (POISON, *HEADS)
    read(export(("x", "1", POISON, *ACME[2:]), heads=heads))
    on()
    for label in page.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText
    for table in page.findChildren(LineTable):
        model = table.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole) or ""
                assert "<img" not in tip
                assert "<b>" not in tip


@pytest.mark.parametrize("section", ["new", "changed", "conflicts", "missing", "unchanged"])
def test_the_models_keep_the_rules_of_models(
    section: str, page, bring_in, read, on, export
) -> None:
    bring_in(export(ACME, BETA))
    read(export(OTHER_CITY, ("3", *BETA[1:]), day="2026-03-11"))
    on()
    page.review.sections.choose(section)
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    testers = [
        QAbstractItemModelTester(table.model(), fatal) for table in page.findChildren(LineTable)
    ]
    if section == "changed":
        page.review.model.fold(0, folded=True)
        page.review.model.decide_shown(take=False)
    page.columns.model.choose(1, "")
    del testers


def test_every_row_can_be_heard(page, bring_in, read, on, export) -> None:
    bring_in(export(ACME, BETA))
    read(export(OTHER_CITY, BETA, day="2026-03-11"))
    heard = Qt.ItemDataRole.AccessibleTextRole
    columns = page.columns.model
    said = [columns.index(row, 0).data(heard) for row in range(columns.rowCount())]
    assert "City goes to City, read as text, filled 2 of 2, such as Trondheim, Bergen" in said
    on()
    model = page.review.model
    assert model.index(0, 0).data(heard) == (
        "Acme, health unknown, 2 fields, $1k, renewal to decide by 30 Jun, 110d, open"
    )
    assert "Oslo in your book, Trondheim in the file, take new" in " ".join(
        model.index(row, 0).data(heard) for row in (1, 2)
    )
    assert page.bar._steps.accessibleName() == "Step 3 of 4: Review changes"


def test_the_real_exports_come_in(page, session, crm_data, read, on) -> None:
    read(crm_data / "ravenstack-saas")
    on()
    assert page.foot.on.text() == "Apply 500 new accounts and 65,791 other new records"
    model = page.review.list.model()
    assert model.index(model.rowCount() - 1, 0).data()
    on()
    assert len(session.read.accounts.all()) == 500


def test_lists_let_go_of_a_snapshot_that_is_read_anew(page, read, on, export) -> None:
    read(export(ACME, BETA))
    on()
    page.review.sections.choose("new")
    shown = page.review.list.model()
    assert shown.rowCount() > 0
    page.columns.model.choose(1, "")
    page.reading.forget()
    assert shown.rowCount() == 0


def test_doubled_names_are_offered_once_they_are_in(page, read, on, export) -> None:
    read(export(ACME, ("9", *ACME[1:])))
    on()
    on()
    assert page.result.note.text() == "1 name stands twice: Book menu, Review doubled names"


def test_new_words_are_shown_once_before_the_review(page, read, on, tmp_path) -> None:
    accounts, deals = tmp_path / "Account.csv", tmp_path / "Opportunity.csv"
    accounts.write_text("Id,Name\n001A,Acme\n")
    deals.write_text(
        "Id,AccountId,Name,StageName,CloseDate\n006A,001A,More,Verbal yes,2026-06-30\n"
    )
    read(accounts, deals)
    page.whole.as_of.setText("10 Mar 2026")
    page.whole.as_of.textEdited.emit("10 Mar 2026")
    if page.step == FILE:
        on()
    assert page.step == COLUMNS
    assert page.foot._open.text() == "1 word of StageName is new: say what it means."
    tabs = page.columns.files.tabs
    marked = [tabs.accessibleTabName(n) for n in range(tabs.count())]
    assert [name.endswith("asks something") for name in marked] == [False, True]
    on()
    assert page.step == COLUMNS
    assert list(page.columns.words.picks) == ["Verbal yes"]
    assert page.columns.words.isVisible()
    on()
    assert page.step == REVIEW


def test_the_currency_of_amounts_is_asked_at_their_column(
    page, session, read, on, export, qtbot
) -> None:
    for key, code in (("kept", "EUR"), ("other", "NOK")):
        arr = fact(Money(100_000, code))
        session.write(
            lambda book, key=key, arr=arr: book.accounts.add(Account(AccountId(key), key, arr=arr))
        )
    qtbot.waitUntil(lambda: session.idle)
    read(export(ACME))
    assert page.step == COLUMNS
    model, panel = page.columns.model, page.columns.column
    row = model.row_of("ARR")
    assert page.columns.table.currentIndex().row() == row
    assert model.index(row, CHECK).data() == "which currency?"
    assert [b.isChecked() for b in panel.rules] == [False] * len(panel.rules)
    page.foot.on.click()
    assert page.step == COLUMNS
    next(b for b in panel.rules if "NOK" in b.accessibleName()).click()
    on()
    assert page.step == REVIEW
    on()
    assert account(session, "Acme").arr.value == Money(100_000, "NOK")
    read(export(OTHER_CITY, day="2026-03-11"))
    assert page.columns.open == {}
    assert "read as NOK, as last time" in page.foot.trouble.sentence
    on()
    on()
    assert account(session, "Acme").arr.value == Money(120_000, "NOK")
