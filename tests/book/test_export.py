"""The whole book goes out in documented formats and comes back the same."""

import csv
import json
import stat
import zipfile

import pytest

from csplanner.book.book import Book
from csplanner.book.export import EXPORT_MARK, GUARD_MARK, export_book, guarded, unguarded
from csplanner.book.outgoing import Cleaner, place, safe_file_name
from csplanner.domain.account import Account
from csplanner.domain.touch import Channel, Touch
from csplanner.errors import UserError

POISON = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", "'quoted", "''", "=cmd|' /C calc'!A0",
    '"=1+1"', ";=1+1", "a,b", 'say "hi"', "line\nbreak", "https://example.com", "12",
    "Łódź 東京 😀", "%0A=1", "|calc", "<img src=x>",
]  # fmt: skip


@pytest.fixture
def poisoned(new_book, tmp_path, today):
    """A book whose names try everything a spreadsheet might run."""
    with new_book(tmp_path / "poison.csbook") as book:
        with book.change("Fill"):
            for name in POISON:
                kept = book.accounts.add(Account("", name, sector=name, next_step=name))
                book.touches.add(Touch("", kept.id, today, Channel.CALL, topic=name))
        yield book


def read_csv(path):
    """Heading and rows as any CSV reader sees them."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    return rows[0], rows[1:]


def of(exported, name):
    """The file of a table."""
    return next(p for p in exported.files if p.stem == name)


def test_safe_csv_holds_no_cell_a_spreadsheet_would_run(poisoned, tmp_path):
    exported = export_book(poisoned, tmp_path / "out")
    for path in exported.files:
        heading, rows = read_csv(path)
        assert heading[-1] == GUARD_MARK
        for row in rows:
            for cell in row:
                is_number = cell.lstrip("-").isdigit()
                assert is_number or not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


def test_safe_csv_reads_back_exactly(poisoned, tmp_path):
    heading, rows = read_csv(of(export_book(poisoned, tmp_path / "out"), "account"))
    at = heading.index("name")
    assert sorted(unguarded(row[at]) for row in rows) == sorted(POISON)


def test_exact_csv_is_exact(poisoned, tmp_path):
    heading, rows = read_csv(of(export_book(poisoned, tmp_path / "out", "csv-exact"), "account"))
    assert GUARD_MARK not in heading
    assert sorted(row[heading.index("name")] for row in rows) == sorted(POISON)


def test_guarding_can_always_be_undone():
    for text in [*POISON, "", "plain", "'", "'='"]:
        assert unguarded(guarded(text)) == text


def test_json_holds_every_record_exactly(poisoned, tmp_path):
    (path,) = export_book(poisoned, tmp_path / "out", "json").files
    document = json.loads(path.read_text(encoding="utf-8"))
    assert (document["format"], document["version"]) == ("csplanner-book", 2)
    for name, table in document["tables"].items():
        count = poisoned.connection.execute(f'select count(*) from "{name}"').fetchone()[0]
        assert len(table["rows"]) == count
        assert all(len(row) == len(table["columns"]) for row in table["rows"])
    account = document["tables"]["account"]
    at = account["columns"].index("name")
    assert sorted(row[at] for row in account["rows"]) == sorted(POISON)


def test_xlsx_has_text_but_no_formula_and_no_link(poisoned, tmp_path):
    from python_calamine import CalamineWorkbook

    (path,) = export_book(poisoned, tmp_path / "out", "xlsx").files
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            part = package.read(name)
            assert b"<f>" not in part
            assert b"<hyperlink" not in part
            assert b'TargetMode="External"' not in part
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("account").to_python()
    at = rows[0].index("name")
    assert sorted(str(row[at]) for row in rows[1:]) == sorted(POISON)


@pytest.mark.parametrize("fmt", ["csv", "csv-exact", "json", "xlsx"])
def test_an_export_leaves_the_book_as_it_was_and_private_files(poisoned, tmp_path, fmt):
    before = poisoned.path.read_bytes()
    exported = export_book(poisoned, tmp_path / "out", fmt)
    assert poisoned.path.read_bytes() == before
    for path in exported.files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {p.name for p in (tmp_path / "out").iterdir()} == {p.name for p in exported.files}


def test_nothing_is_overwritten(poisoned, tmp_path):
    first = export_book(poisoned, tmp_path / "out", "json").files[0]
    second = export_book(poisoned, tmp_path / "out", "json").files[0]
    assert (first.name, second.name) == ("poison.json", "poison (2).json")


@pytest.mark.parametrize("fmt", ["csv", "csv-exact"])
def test_every_exported_table_says_that_it_is_ours(poisoned, tmp_path, fmt):
    for path in export_book(poisoned, tmp_path / "out", fmt).files:
        heading, rows = read_csv(path)
        assert heading[0] == EXPORT_MARK == "csplanner_export"
        assert {row[0] for row in rows} <= {path.stem}
        assert all(len(row) == len(heading) for row in rows)


def test_every_sheet_of_an_exported_workbook_says_that_it_is_ours(poisoned, tmp_path):
    from python_calamine import CalamineWorkbook

    (path,) = export_book(poisoned, tmp_path / "out", "xlsx").files
    workbook = CalamineWorkbook.from_path(str(path))
    for name in workbook.sheet_names:
        heading, *rows = workbook.get_sheet_by_name(name).to_python()
        assert heading[0] == EXPORT_MARK
        assert {row[0] for row in rows} <= {name}


def test_an_empty_book_exports_headings(tmp_path, today):
    with Book.create(tmp_path / "empty.csbook", today=today) as book:
        exported = export_book(book, tmp_path / "out")
    assert exported.rows["account"] == 0
    assert read_csv(of(exported, "account"))[0][:2] == [EXPORT_MARK, "id"]


def test_an_unknown_format_or_folder_is_one_sentence(tmp_path, today):
    with Book.create(tmp_path / "b.csbook", today=today) as book:
        with pytest.raises(UserError, match="no export format word"):
            export_book(book, tmp_path, "word")
        (tmp_path / "file").write_text("x")
        with pytest.raises(UserError, match="could not be written"):
            export_book(book, tmp_path / "file", "json")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("CON", "_CON"), ("aux.txt", "_aux.txt"), ("a/b", "a b"), ("..", "account"),
        ("x" * 300, "x" * 120), ("Acme.", "Acme"), ("a\u202egnp.exe", "agnp.exe"), ("", "account"),
        ("nul", "_nul"), ("COM¹", "_COM¹"), ("a:b*c?", "a b c"), ("  lead", "lead"),
        ("\x00", "account"),
        ("é" * 100, "é" * 60), ("a\\..\\b", "a .. b"), ("<b>", "b"), ('"q"', "q"), ("a|b", "a b"),
        ("\ud800x", "x"), ("-rf", "rf"), ("~", "~"), (".hidden", "hidden"),
        ("LPT9.txt", "_LPT9.txt"),
        ("a\nb", "a b"), ("東京", "東京"), ("a\u200bb", "ab"), ("console", "console"),
        ("prn ", "_prn"),
        ("a/../../etc/passwd", "a .. .. etc passwd"), ("tab\there", "tab here"),
    ],
)  # fmt: skip
def test_file_names_are_safe_everywhere(text, name):
    assert safe_file_name(text) == name


def test_a_hostile_name_stays_in_the_folder(tmp_path):
    path = place(tmp_path / "out", f"{safe_file_name('../../../etc/x')}.pptx", b"x")
    assert path.parent == tmp_path / "out"


def test_what_no_document_can_hold_is_left_out_and_counted():
    cleaner = Cleaner()
    assert cleaner.text("a\x00b\x1f\ud800\uffff\u202ec") == "abc"
    assert cleaner.removed == 5
    assert cleaner.text("y" * 40_000).endswith("…")
    assert len(cleaner.text("東" * 40_000)) == 32_767
    words = " ".join(cleaner.warnings())
    assert "5 characters" in words
    assert "2 texts were too long" in words
    assert "Chinese, Japanese or Korean" in words
