"""The first two steps of an import: what files are, where columns go, who is who."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from csplanner.crm.mapping import ColumnMapping, Reading
from csplanner.ui.imports.column_panel import candidates
from csplanner.ui.imports.found_files import OBJECT
from csplanner.ui.imports.mapping_table import CHECK, RULE
from csplanner.ui.imports.page import COLUMNS, FILE, RESULT, REVIEW
from csplanner.ui.imports.recent import with_recent
from csplanner.ui.imports.time_left import TimeLeft
from tests.ui.imports.conftest import ACME, BETA, HEADS


def choose_goal(page, header: str, typed: str, key: str) -> None:
    """Choose where a column goes as one does: Enter, type, Enter."""
    table = page.columns.table
    table.setCurrentIndex(page.columns.model.index(page.columns.model.row_of(header), 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    chooser = page.columns._chooser
    QTest.keyClicks(chooser.field, typed)
    assert key in set(chooser.keys())
    chooser.choose(key)


@pytest.fixture
def mine(tmp_path):
    """A spreadsheet whose columns nobody knows."""
    path = tmp_path / "mine-2026-03-10.csv"
    path.write_text("Xqz;Wgh\nAcme;13.06.2026\nBeta;14.06.2026\n")
    return path


def test_a_sheet_of_your_own_comes_in_by_saying_what_its_rows_and_columns_are(
    page, session, read, on, mine, qtbot
) -> None:
    read(mine)
    assert page.step == FILE
    assert "None of these columns is known" in page.file.trouble.sentence
    assert not page.foot.on.isEnabled()
    page.file.found.table.ask(0, OBJECT)
    chooser = page.file.found._chooser
    QTest.keyClicks(chooser.field, "one customer a row")
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    on()
    assert page.step == COLUMNS
    assert "Acme, Beta" in page.columns.model.cells(page.columns.model.row_of("Xqz"))
    choose_goal(page, "Xqz", "account", "account.name")
    choose_goal(page, "Wgh", "renewal", "term.end")
    # Read as soon as it is known what names the accounts: what comes of it is seen here.
    qtbot.waitUntil(lambda: page.reading.snapshot is not None, timeout=20_000)
    assert page.step == COLUMNS
    assert "2 of 2" in page.columns.model.cells(page.columns.model.row_of("Wgh"))
    assert page.columns.matching.words()[-4:-2] == ["New in these files", "2"]
    on()
    assert page.step == REVIEW
    on()
    assert page.step == RESULT
    acme = session.read.accounts.find("Acme")[0]
    assert session.read.terms.of(acme.id)[0].end == date(2026, 6, 13)


def test_what_a_file_holds_can_be_changed_and_a_file_left_out(
    page, read, export, tmp_path, qtbot
) -> None:
    second = tmp_path / "contacts-2026-03-10.csv"
    second.write_text("Contact ID,Name,Account ID,Account Name\nc1,Rosa,1,Acme\n")
    read(export(ACME), second)
    page.foot.back.click()
    files = page.file.found.model
    assert {files.file(r).file: files.file(r).object for r in range(2)} == {
        "accounts-2026-03-10.csv": "account", "contacts-2026-03-10.csv": "person",
    }  # fmt: skip
    page.file.found.object_said.emit("contacts-2026-03-10.csv", "")
    qtbot.waitUntil(lambda: not page.reading.is_busy, timeout=20_000)
    assert files.file(files.row_of("contacts-2026-03-10.csv")).object == ""
    assert list(page.columns.mappings) == ["accounts-2026-03-10.csv"]


def test_the_first_rows_are_shown_as_the_records_they_will_be(page, read, export) -> None:
    read(export(ACME, BETA))
    preview = page.columns.preview
    first = preview.tables[0].model()
    assert [first.index(0, c).data() for c in range(2)] == ["Acme", "$1k"]
    terms = preview.tables[1].model()
    assert [terms.index(1, c).data() for c in range(2)] == ["Beta", "30 Sep 2026"]


def test_the_preview_follows_what_is_chosen(page, read, export, qtbot) -> None:
    read(export(ACME, BETA))
    page.columns.model.choose(page.columns.model.row_of("Renewal Date"), "")
    qtbot.waitUntil(lambda: len(page.columns.preview.tables) == 1, timeout=20_000)
    assert page.step == COLUMNS


def test_a_click_on_a_count_lists_its_accounts(page, bring_in, read, export) -> None:
    bring_in(export(ACME, BETA))
    read(export(ACME, ("3", "Gamma", *BETA[2:]), day="2026-03-11"))
    words = page.columns.matching.words()
    assert words[words.index("By account ID") + 1] == "1"
    assert words[words.index("In your book only") + 1] == "1"
    page.columns.matching.buttons["new"].click()
    shown = page.columns._chooser.list
    titles = [shown.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(shown.count())]
    assert any(t.startswith("Gamma") for t in titles)


def test_a_mapping_is_remembered_by_its_name_and_told_next_time(
    page, read, on, export, qtbot
) -> None:
    read(export(ACME, BETA))
    page.columns.remember.name.clear()
    qtbot.keyClicks(page.columns.remember.name, "Weekly CRM export")
    on()
    on()
    read(export(ACME, BETA, day="2026-03-11"))
    assert "Recipe “Weekly CRM export”, used 1 time, last on 10 Mar 2026." in (
        page.foot._words.text()
    )
    assert page.columns.remember.name.text() == "Weekly CRM export"


def test_a_pasted_table_is_read_and_its_file_removed(page, session, on, qtbot) -> None:
    rows = ("\t".join(HEADS), "\t".join(ACME))
    QGuiApplication.clipboard().setText("\n".join(rows))
    page.paste()
    qtbot.waitUntil(lambda: page.file.shows_files, timeout=20_000)
    kept = page.flow._pasted[0]
    qtbot.keyClicks(page.whole.as_of, "10 Mar 2026")
    on()
    on()
    on()
    assert session.read.accounts.find("Acme")
    page.flow.put_pasted_away()
    assert not kept.exists()


def test_a_clipboard_without_a_table_says_so(page) -> None:
    QGuiApplication.clipboard().setText("Hello")
    page.paste()
    assert "The clipboard holds no table" in page.file.trouble.sentence


def test_new_words_of_a_list_are_asked_once(page, session, read, on, tmp_path) -> None:
    def deals(day: str):
        path = tmp_path / f"deals-{day}.csv"
        path.write_text(
            "Opportunity ID,Opportunity Name,Stage,Close Date,Account Name\n"
            "d1,Renewal,Signed in blood,2026-05-01,Acme\n"
        )
        return path

    read(deals("2026-03-10"))
    model = page.columns.model
    row = model.row_of("Stage")
    assert model.index(row, CHECK).data() == "1 new word"
    page.columns.table.setCurrentIndex(model.index(row, 0))
    pick = page.columns.words.picks["Signed in blood"]
    pick.choose("won")
    pick.activated.emit(pick.currentIndex())
    on()
    on()
    assert session.read.opportunities.all()[0].state.value == "won"
    read(deals("2026-03-11"))
    assert model.index(model.row_of("Stage"), CHECK).data() == ""


def test_many_files_are_one_list_to_search(page, read, tmp_path) -> None:
    for n in range(10):
        path = tmp_path / "all" / f"accounts_{n:02}_2026-03-10.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Account ID,Account Name\n{n},Company {n}\n")
    read(tmp_path / "all")
    bar = page.columns.files
    assert bar.many.isVisible()
    QTest.keyClick(page.columns.table, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert bar.key == "accounts_01_2026-03-10.csv"
    bar.many.click()
    QTest.keyClicks(bar._chooser.field, "07")
    QTest.keyClick(bar._chooser.field, Qt.Key.Key_Return)
    assert "Company 7" in page.columns.model.cells(1)[1]


def test_going_on_needs_an_answer_for_each_number_that_reads_two_ways(page, read, export) -> None:
    read(export((*ACME[:4], "1.234", *ACME[5:])))
    model = page.columns.model
    row = model.row_of("ARR")
    assert model.index(row, CHECK).data() == "point or comma?"
    page.columns.column.rules[1].click()
    assert model.column(row).rule == ","
    assert model.index(row, RULE).data() == "amount, 1.234,50"


def test_ways_to_read_tell_an_example_and_what_fails() -> None:
    ways = (
        Reading("dmy", 0, "05/06/2026", "2026-06-05"),
        Reading("mdy", 28, "05/06/2026", "2026-05-06"),
    )
    column = ColumnMapping("close_date", "term.end", rule="dmy", readings=ways)
    assert [way.note for way in candidates(column)] == [
        "05/06/2026 is 5 Jun", "05/06/2026 is 6 May, 28 would fail",
    ]  # fmt: skip


def test_time_left_is_told_once_it_can_be() -> None:
    now = [0.0]
    left = TimeLeft(lambda: now[0])
    assert left.words(1, 100, "Reading") == "Reading, 1 %"
    now[0] = 10.0
    assert left.words(20, 100, "Reading") == "Reading, 20 %, about 40 s left"
    assert left.words(1, 2, "Comparing") == "Comparing"


def test_folders_used_lately_come_first(tmp_path) -> None:
    file = tmp_path / "a.csv"
    file.touch()
    known = with_recent(["/old/"], [tmp_path])
    assert known == [f"{tmp_path}/", "/old/"]
    assert with_recent(known, [file])[0] == str(tmp_path)


def test_escape_leaves_a_choice_as_it_was(page, read, export) -> None:
    read(export(ACME))
    table, model = page.columns.table, page.columns.model
    before = model.mapping
    table.goal_asked.emit(0, QPoint(300, 200))
    QTest.keyClick(page.columns._chooser.field, Qt.Key.Key_Escape)
    assert not page.columns._chooser.isVisible()
    assert model.mapping is before
