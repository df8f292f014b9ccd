"""Sources from elsewhere: refused in one sentence, bounded, and nothing is left behind."""

import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from csplanner.book.book import Book
from csplanner.book.export import export_book
from csplanner.book.rebuild import rebuild
from csplanner.book.schema import SCHEMA_VERSION
from csplanner.domain.account import Account, AccountId
from csplanner.errors import UserError
from tests.book.whole import whole

TODAY = date(2026, 3, 12)
Document = dict[str, Any]
LINES = (
    '{"format": "csplanner-book", "version": 2, "rows": {"account": 1}, '
    '"columns": {"account": ["id"]}}\n'
)


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One book, and its exports in every format, each in a folder of its own."""
    folder = tmp_path_factory.mktemp("exported")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CSPLANNER_HOME", str(folder / "home"))
        with Book.create(folder / "book.csbook", today=TODAY) as book:
            kept = book.accounts.add(Account(AccountId(""), "Acme", city="a\x00b"))
            book.accounts.update(kept.id, next_step="Call")
            for form in ("csv", "csv-exact", "json", "jsonl", "xlsx"):
                export_book(book, folder / "out" / form, form)
    return folder


@pytest.fixture
def exported(made_once: Path, tmp_path: Path) -> Path:
    """A copy of the exports, to be altered."""
    return Path(shutil.copytree(made_once / "out", tmp_path / "out"))


@pytest.fixture
def book(made_once: Path, tmp_path: Path) -> Iterator[Book]:
    """A copy of the book that was exported."""
    path = Path(shutil.copy(made_once / "book.csbook", tmp_path / "book.csbook"))
    with Book.open(path, today=TODAY) as opened:
        yield opened


@pytest.fixture
def refused(tmp_path: Path) -> Callable[[Path], str]:
    """The sentence a source is refused with; nothing may be left where the book would stand."""

    def try_it(source: Path) -> str:
        place = tmp_path / "place"
        place.mkdir(exist_ok=True)
        with pytest.raises(UserError) as raised:
            rebuild(source, place / "new.csbook", today=TODAY)
        assert list(place.iterdir()) == []
        words = str(raised.value)
        assert words.endswith(".")
        assert "\n" not in words
        return words

    return try_it


@pytest.fixture
def altered(exported: Path, refused: Callable[[Path], str]) -> Callable[..., str]:
    """The sentence for the JSON export after `change` had its way with the document."""

    def try_it(change: Callable[[Document], object]) -> str:
        path = exported / "json" / "book.json"
        document = json.loads(path.read_text(encoding="utf-8"))
        change(document)
        path.write_text(json.dumps(document), encoding="utf-8")
        return refused(path)

    return try_it


def first(document: Document, table: str) -> list[Any]:
    """The first row of a table."""
    row: list[Any] = document["tables"][table]["rows"][0]
    return row


def set_cell(table: str, column: str, value: object) -> Callable[[Document], object]:
    """A change of one cell in the first row of a table."""

    def change(document: Document) -> None:
        at = document["tables"][table]["columns"].index(column)
        first(document, table)[at] = value

    return change


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(version=3), "newer csplanner"),
        (lambda d: d.update(schema=SCHEMA_VERSION + 1), "newer csplanner"),
        (lambda d: d.update(version="two"), "altered"),
        (lambda d: d.update(version=-1), "altered"),
        (lambda d: d.update(format="other"), "no export of csplanner"),
        (lambda d: d.update(rows=[]), "altered"),
        (lambda d: d["rows"].update(account=7), "the table account has 1 rows and should have 7"),
        (lambda d: d["tables"].pop("person"), "not complete"),
        (lambda d: d["tables"].update(extra={"columns": ["a"], "rows": []}), "a table extra"),
        (lambda d: d["tables"]["account"].update(rows=[]), "should have 1"),
        (lambda d: d["tables"]["account"]["columns"].append("x"), "a column x"),
        (lambda d: d["tables"]["change"]["columns"].__setitem__(1, "drop table"), "a column drop"),
        (lambda d: d["tables"]["change"]["columns"].__setitem__(1, "id"), "a column twice"),
        (lambda d: first(d, "account").append(1), "Row 1 of the table account has"),
        (lambda d: d["tables"]["account"]["rows"].append(first(d, "account")), "UNIQUE"),
        (set_cell("account", "pinned", "yes"), "Row 1 of the table account cannot be: .*TEXT"),
        (set_cell("account", "pinned", 7), "Row 1 of the table account cannot be: CHECK"),
        (set_cell("account", "name", None), "Row 1 of the table account cannot be: NOT NULL"),
        (set_cell("account", "name", [1]), "Row 1 of the table account cannot be"),
        (set_cell("account", "name", "\ud800"), "Row 1 of the table account cannot be"),
        (set_cell("account", "arr", 2**70), "Row 1 of the table account cannot be"),
        (set_cell("change_row", "tbl", "sqlite_master"), "history of changes"),
        (set_cell("change_row", "after", "{"), "history of changes"),
        (set_cell("change_row", "after", "[1]"), "history of changes"),
        (set_cell("change_row", "change_id", 99), "point to rows it does not hold"),
    ],
)
def test_an_altered_document_is_refused_in_a_sentence(
    altered: Callable[..., str], change: Callable[[Document], object], words: str
) -> None:
    assert re.search(words, altered(change))


@pytest.mark.parametrize(
    "text",
    [
        '{"format": "csplanner-book", "version": 2',
        '{"format": "csplanner-book", "version": NaN, "tables": {}}',
        '{"format": "csplanner-book", "format": "csplanner-book", "tables": {}}',
        '{"format": "csplanner-book", "version": ' + "9" * 5_000 + ', "tables": {}}',
        '{"a": ' + "[" * 100_000,
        '{"format": "csplanner-book", "version": 2, "rows": {"account": 0}, "tables": {}}',
        '{"format": "csplanner-book", "version": 2, "rows": {}, "columns": {"account": ["id"]}}\n',
        LINES + '["account", "a"',
        LINES + '["person", "a"]',
        LINES + '[["account"], "a"]',
        '{"format": "csplanner-book", "version": 2, "rows": {"account": 1}, "columns": 5}',
        '{"x": "' + "\\ud800" + '"}',
        "{}",
        "{",
    ],
    ids=range(14),
)
def test_text_that_is_no_export_is_refused(
    tmp_path: Path, refused: Callable[[Path], str], text: str
) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    refused(path)


@pytest.mark.parametrize("form", ["csv", "json", "jsonl", "xlsx"])
def test_a_file_cut_off_anywhere_is_refused(
    exported: Path, refused: Callable[[Path], str], form: str
) -> None:
    path = next((exported / form).glob("account.csv" if form == "csv" else "*"))
    content = path.read_bytes()
    for part in (1, 3, 5, 7):
        path.write_bytes(content[: len(content) * part // 8])
        refused(path.parent if form == "csv" else path)


def test_files_that_are_no_exports_are_named(
    book: Book, tmp_path: Path, refused: Callable[[Path], str]
) -> None:
    assert "There is no file" in refused(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    assert "no export of csplanner" in refused(tmp_path / "empty")
    for name, content in (("a.csv", b"name\nAcme\n"), ("b", b""), ("c", b"\xff\xfe\0")):
        (tmp_path / name).write_bytes(content)
        assert "no export of csplanner" in refused(tmp_path / name)
    (tmp_path / "d.zip").write_bytes(b"PK\x03\x04 no zip")
    assert "not complete" in refused(tmp_path / "d.zip")
    other = shutil.copy(book.path, tmp_path / "copy.csbook")
    assert "a database, not an export" in refused(Path(other))


def test_a_folder_that_misses_a_table_or_holds_two_exports_is_refused(
    book: Book, exported: Path, refused: Callable[[Path], str]
) -> None:
    (exported / "csv" / "touch.csv").unlink()
    assert "touch.csv is missing" in refused(exported / "csv")
    export_book(book, exported / "csv-exact", "csv-exact")
    assert "twice" in refused(exported / "csv-exact")


def test_exact_texts_that_fit_nowhere_are_refused(
    exported: Path, refused: Callable[[Path], str]
) -> None:
    path = exported / "csv" / "exact_texts.csv"
    text = path.read_text(encoding="utf-8-sig")
    for wrong in (
        text.replace('"city"', '"nothing"'),
        text.replace('"account"', '"person"'),
        text.replace(',1,"', ',2,"', 1),
        text.replace("\\u0000", "\\uXXXX"),
    ):
        assert wrong != text
        path.write_text(wrong, encoding="utf-8")
        assert "exact_texts" in refused(exported / "csv")
    path.unlink()
    assert "exact_texts.csv is missing" in refused(exported / "csv")


def test_a_csv_row_longer_than_any_is_refused(
    exported: Path, refused: Callable[[Path], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("csplanner.book.source_csv.MAX_RECORD", 10_000)
    with (exported / "csv" / "account.csv").open("a", encoding="utf-8") as stream:
        stream.write('"account","' + "x" * 20_000)
    assert "row longer than any" in refused(exported / "csv")


def test_harmful_workbooks_are_refused_before_they_are_parsed(
    exported: Path, tmp_path: Path, refused: Callable[[Path], str]
) -> None:
    source = exported / "xlsx" / "book.xlsx"
    bomb = '<!DOCTYPE l [<!ENTITY a "aaaa">]><sst>&a;</sst>'
    for name, content, words in (
        ("xl/sharedStrings.xml", bomb, "markup no workbook needs"),
        ("../evil.xml", "<a/>", "unsafe name"),
        ("xl/big.bin", "\0" * (101 << 20), "may be harmful"),
        ("xl/worksheets/sheet99.xml", '<row r="1048576"><c r="XFD1048576"/></row>', "far outside"),
    ):
        path = Path(shutil.copy(source, tmp_path / "bad.xlsx"))
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        assert words in refused(path)


def test_an_export_of_the_first_format_comes_in_without_what_undo_needs(
    book: Book, exported: Path, tmp_path: Path
) -> None:
    path = exported / "json" / "book.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    old = json.loads((Path(__file__).parent.parent / "books" / "schema-1.json").read_text("utf-8"))
    tables = {t: document["tables"][t] for t in (*old, "reading", "change", "overview")
              if t in document["tables"]}  # fmt: skip
    for name, column in (("change", "thinned"), ("account", "icp_fit"), ("person", "level")):
        at = tables[name]["columns"].index(column)
        for row in (tables[name]["columns"], *tables[name]["rows"]):
            del row[at]
    path.write_text(json.dumps({
        "format": "csplanner-book", "version": 1, "as_of": "2026-03-12", "tables": tables
    }))  # fmt: skip
    made = rebuild(path, tmp_path / "new.csbook", today=TODAY)
    assert "older csplanner" in made.notes[0]
    with Book.open(made.path, today=TODAY) as back:
        assert [a.name for a in back.accounts.all()] == ["Acme"]
        assert [c.label for c in back.history()] == [c.label for c in book.history()]
        assert back.can_undo is None
        assert {**whole(back), "change": [], "change_row": []} == {
            **whole(book), "change": [], "change_row": []
        }  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "csv-exact"])
@pytest.mark.parametrize("cut", ["pulse", "reading", "change_row", "schema"])
def test_contents_that_do_not_tell_of_a_table_are_refused(
    form: str, cut: str, exported: Path, refused: Callable[[Path], str]
) -> None:
    folder = exported / form
    contents = folder / "contents.csv"
    lines = contents.read_text(encoding="utf-8").splitlines(keepends=True)
    contents.write_text("".join(x for x in lines if f'"{cut}"' not in x), encoding="utf-8")
    (folder / f"{cut}.csv").unlink(missing_ok=True)
    assert "altered" in refused(folder)


@pytest.mark.parametrize("form", ["json", "jsonl", "xlsx"])
def test_a_folder_with_one_export_in_it_stands_for_that(
    form: str, exported: Path, tmp_path: Path
) -> None:
    made = rebuild(exported / form, tmp_path / "new.csbook", today=TODAY)
    assert made.rows["account"] == 1


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda text: text.replace(b"Acme", b"Ac\xffe"), "account.csv is not text in UTF-8"),
        (lambda text: text.replace(b'Acme"', b"Acme"), "account.csv"),
    ],
)
def test_a_file_that_is_there_but_spoilt_is_not_called_missing(
    spoil: Callable[[bytes], bytes], said: str, exported: Path, refused: Callable[[Path], str]
) -> None:
    file = exported / "csv" / "account.csv"
    file.write_bytes(spoil(file.read_bytes()))
    words = refused(exported / "csv")
    assert said in words
    assert "missing" not in words


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("name", 5, "has a number for its name"),
        ("first_value_on", "2026-99-99", "in the table account, the row with the id"),
    ],
)
def test_a_value_that_is_none_of_its_column_is_named_with_its_row(
    column: str, value: object, said: str, exported: Path, refused: Callable[[Path], str]
) -> None:
    (file,) = (exported / "json").iterdir()
    document = json.loads(file.read_text(encoding="utf-8"))
    account = document["tables"]["account"]
    row = account["rows"][0]
    row[account["columns"].index(column)] = value
    if f"{column}_state" in account["columns"]:
        row[account["columns"].index(f"{column}_state")] = "known"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert said in refused(file)


def test_a_setting_that_cannot_be_read_comes_in_and_is_told(exported: Path, tmp_path: Path) -> None:
    (file,) = (exported / "json").iterdir()
    document = json.loads(file.read_text(encoding="utf-8"))
    setting = document["tables"]["setting"]
    for row in setting["rows"]:
        if "week_start" in row:
            row[setting["columns"].index("value")] = "{bad"
    file.write_text(json.dumps(document), encoding="utf-8")
    made = rebuild(file, tmp_path / "new.csbook", today=TODAY)
    assert "1 settings that cannot be read" in " ".join(made.notes)
