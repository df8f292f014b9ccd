"""Exports of real systems, where they are on the machine."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.crm.importing import Options, Staged, apply, stage

GENAI, RAVENSTACK = "salesforce-genai-demo", "ravenstack-saas"
DYNAMICS = "dynamics-contoso-coffee"


@pytest.fixture(scope="module")
def brought(
    tmp_path_factory, crm_data: Path, new_book: Callable[[Path], Book]
) -> Callable[[str], tuple[Path, Staged]]:
    """A closed book with that folder in it, made once: copy it or only read it."""
    made: dict[str, tuple[Path, Staged]] = {}

    def of(name: str) -> tuple[Path, Staged]:
        if name not in made:
            path = tmp_path_factory.mktemp("brought") / "my.csbook"
            with new_book(path) as book:
                staged = stage([crm_data / name], path, Options())
                apply(book, staged)
            staged.discard()
            made[name] = path, staged
        return made[name]

    return of


@pytest.fixture
def with_folder(brought, tmp_path, today) -> Iterator[Callable[[str], tuple[Book, Staged]]]:
    """Opens a copy of the book with that folder in it; tells what was staged."""
    opened = []

    def of(name: str) -> tuple[Book, Staged]:
        path, staged = brought(name)
        copy = Path(shutil.copy(path, tmp_path / f"{name}.csbook"))
        opened.append(Book.open(copy, today=today))
        return opened[-1], staged

    yield of
    for book in opened:
        book.close()


def _count(book: Book, table: str, where: str = "1") -> int:
    return book.connection.execute(f"select count(*) from {table} where {where}").fetchone()[0]


def _content(book: Book) -> dict[str, list[tuple]]:
    tables = ("account", "person", "opportunity", "support_case", "subscription", "exit",
              "measurement", "external_ref", "term", "seat", "touch", "field_history")  # fmt: skip
    found = {}
    for table in tables:
        names = [r[1] for r in book.connection.execute(f"pragma table_info({table})")]
        kept = ", ".join(f'"{n}"' for n in names if n != "snapshot_id")
        found[table] = sorted(book.connection.execute(f"select {kept} from {table}"), key=repr)
    return found


def test_a_salesforce_export_comes_in_whole(with_folder):
    book, staged = with_folder(GENAI)
    assert staged.source == "Salesforce"
    assert staged.as_of == date(2024, 7, 11)
    assert _count(book, "account") == 94
    assert _count(book, "person") == 64
    assert _count(book, "opportunity") == 58
    assert _count(book, "support_case") == 40
    assert _count(book, "support_case", "person_id is not null") == 38
    assert any("Leads are not used; 14 rows" in left.reason for left in staged.left_out)


def test_its_doubled_names_are_offered_and_never_merged(with_folder):
    book, staged = with_folder(GENAI)
    assert staged.doubled == 47
    assert len(book.accounts.doubled_names()) == 47
    assert _count(book, "account", "archived = 1") == 0


def test_a_folder_of_subscriptions_and_usage_comes_in_whole(with_folder, crm_data):
    book, staged = with_folder(RAVENSTACK)
    assert staged.as_of == date(2024, 12, 31)
    assert _count(book, "account") == 500
    assert _count(book, "subscription") == 5000
    assert _count(book, "support_case") == 2000
    assert _count(book, "exit") == 600
    assert {m.file: m.rows for m in staged.mappings}["ravenstack_feature_usage.csv"] == 25_000
    assert any(note.startswith("21 ids stand") for note in staged.notes)
    events = book.connection.execute(
        "select sum(value) from measurement where measure = 'usage.events'"
    ).fetchone()[0]
    assert events == 1000 * _sum_of(crm_data / "ravenstack-saas", "usage_count")


def _sum_of(folder, column):
    import csv

    with (folder / "ravenstack_feature_usage.csv").open(encoding="utf-8", newline="") as stream:
        return sum(int(row[column]) for row in csv.DictReader(stream))


def test_revenue_is_never_the_sum_of_superseded_subscriptions(with_folder):
    book, _ = with_folder(RAVENSTACK)
    rows = book.connection.execute(
        "select a.arr, (select max(s.arr) from subscription s where s.account_id = a.id "
        'and s.superseded = 0 and s.is_trial = 0 and (s."end" is null or s."end" > \'2024-12-31\')'
        "), (select count(*) from subscription s where s.account_id = a.id and s.superseded = 0 "
        'and s.is_trial = 0 and (s."end" is null or s."end" > \'2024-12-31\')) from account a'
    ).fetchall()
    assert all(count <= 1 for _, _, count in rows)
    assert all(arr == one for arr, one, _ in rows)


@pytest.mark.parametrize("folder", [GENAI, RAVENSTACK])
def test_the_same_export_again_leaves_no_trace(with_folder, crm_data, folder):
    book, _ = with_folder(folder)
    before = book.path.read_bytes()
    staged = stage([crm_data / folder], book.path, Options())
    assert not staged.is_new
    assert apply(book, staged) is None
    staged.discard()
    assert book.path.read_bytes() == before


def test_files_in_any_order_give_the_same_book(tmp_path, crm_data, new_book):
    folder = crm_data / GENAI
    names = ["Account.csv", "Contact.csv", "Opportunity.csv", "Case.csv"]
    contents = []
    for number, order in enumerate((names, names[::-1])):
        with new_book(tmp_path / f"{number}.csbook") as made:
            staged = stage([folder / n for n in order], made.path, Options())
            apply(made, staged)
            staged.discard()
            contents.append(_content(made))
    assert contents[0] == contents[1]


def test_files_one_after_the_other_give_the_same_book(tmp_path, crm_data, new_book):
    folder = crm_data / GENAI
    names = ["Account.csv", "Contact.csv", "Case.csv"]
    contents = []
    for name, parts in (("together", [names]), ("apart", [[n] for n in names])):
        with new_book(tmp_path / f"{name}.csbook") as made:
            for part in parts:
                staged = stage([folder / n for n in part], made.path, Options())
                apply(made, staged)
                staged.discard()
            contents.append(_content(made))
    assert contents[0] == contents[1]


def test_undoing_an_import_takes_all_of_it_back(book, with_folder):
    before = _content(book)
    book, _ = with_folder(RAVENSTACK)
    assert _content(book) != before
    book.undo()
    assert _content(book) == before
    assert book.snapshots.all() == []


def test_an_import_undone_can_be_brought_in_again(with_folder, crm_data):
    book, _ = with_folder(GENAI)
    first = _content(book)
    book.undo()
    staged = stage([crm_data / GENAI], book.path, Options())
    apply(book, staged)
    staged.discard()
    assert _content(book) == first


def test_ids_that_differ_in_case_alone_stay_apart(book, crm_data, bring_in):
    bring_in(crm_data / "salesforce-dataloader", as_of=None)
    assert _count(book, "account") == 423
    assert _count(book, "opportunity") == 38


def test_rows_with_shifted_columns_make_no_account(with_folder):
    book, _ = with_folder(DYNAMICS)
    assert _count(book, "account") == 33
    assert _count(book, "opportunity") == 5229
    assert _count(book, "person") == 192
    assert book.accounts.find("Forde") == []
    found = book.connection.execute("select file, count(*) from quarantine group by file")
    assert dict(found.fetchall()) == {"Contact.csv": 7, "Emails.csv": 10}
    assert _count(book, "touch") == 78


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("report1736331676543.csv", 58),
        ("report1736331676544.xls", 58),
        ("Active Accounts 1-8-2026 11-21-16 AM.xlsx", 33),
        ("comptes_francais_cp1252_semicolon.csv", 120),
    ],
)
def test_shapes_of_exports_are_told_by_content(book, crm_data, bring_in, name, rows):
    staged = bring_in(crm_data / "export-shapes" / name)
    assert staged.mappings[0].rows == rows


def test_accents_of_a_french_export_survive(book, crm_data, bring_in):
    bring_in(crm_data / "export-shapes" / "comptes_francais_cp1252_semicolon.csv")
    cities = {a.city for a in book.accounts.all()}
    assert any("é" in city for city in cities)


def test_a_weekly_export_matches_the_same_accounts_as_the_api(with_folder, crm_data):
    book, _ = with_folder(GENAI)
    staged = stage([crm_data / "export-shapes" / "WE_00DXX0000000001_1"], book.path, Options())
    staged.discard()
    assert staged.counts["account"]["new"] == 0
    assert staged.counts["opportunity"]["new"] == 0


def test_a_report_with_short_ids_matches_them_too(with_folder, crm_data):
    book, _ = with_folder(GENAI)
    report = crm_data / "export-shapes" / "report1736331676543.csv"
    asked = Options(source="Salesforce", as_of=date(2026, 3, 1))
    staged = stage([report], book.path, asked)
    staged.discard()
    assert staged.counts["opportunity"]["new"] == 0
    assert staged.counts.get("account", {}).get("new", 0) == 0


def test_a_tree_of_records_keeps_its_links(book, crm_data, bring_in):
    folder = crm_data / "sfdx-tree-lwc-recipes"
    files = [folder / f"{n}.json" for n in ("Accounts", "Contacts", "Opportunities")]
    bring_in(*files)
    assert _count(book, "account") == 10
    assert _count(book, "person") == 6
    assert _count(book, "opportunity") == 20


@pytest.mark.parametrize("folder", [GENAI, RAVENSTACK, DYNAMICS])
def test_a_book_is_whole_after_an_import(brought, folder):
    _see_whole(brought(folder)[0])


@pytest.mark.soak
def test_a_book_is_whole_after_several_imports(book, crm_data, bring_in):
    for folder in (GENAI, RAVENSTACK, DYNAMICS):
        bring_in(crm_data / folder, as_of=None)
    book.close()
    _see_whole(book.path)


def _see_whole(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("pragma integrity_check").fetchone() == ("ok",)
        assert other.execute("pragma foreign_key_check").fetchall() == []
    with Book.open(path, read_only=True) as book:
        assert all(json.loads(json.dumps(s.counts)) for s in book.snapshots.all())
