"""Every folder of real exports in one command, where they are on the machine."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.cli.main import main

_QUICK = frozenset({"sfdx-tree-lwc-recipes", "snowfakery-recipes/french",
                    "Renewals and new business-2026-01-08-11-21-16.xlsx",
                    "comptes_francais_cp1252_semicolon.csv"})  # fmt: skip
"""Tried with every run of the tests; the others take seconds each."""
DAY = ["--as-of", "2026-03-01", "--today", "2026-03-12"]
FOLDERS = {
    "salesforce-genai-demo": {"Account.csv": 94, "Contact.csv": 64, "Opportunity.csv": 58,
                              "Case.csv": 40},
    "salesforce-dataloader": {"accountData.csv": 423, "opportunityData.csv": 38},
    "sfdx-tree-lwc-recipes": {"Accounts.json": 10, "Contacts.json": 6, "Opportunities.json": 20,
                              "Accounts-Contacts.csv": 14},
    "dynamics-contoso-coffee": {"Account.csv": 33, "Contact.csv": 199, "Opportunity.csv": 5_229},
    "ravenstack-saas": {"ravenstack_accounts.csv": 500, "ravenstack_subscriptions.csv": 5_000,
                        "ravenstack_support_tickets.csv": 2_000,
                        "ravenstack_churn_events.csv": 600, "ravenstack_feature_usage.csv": 25_000},
    "snowfakery-recipes/ocr": {"OpportunityContactRole.csv": 302, "Account.csv": 78},
    "snowfakery-recipes/french": {"Account.csv": 120},
    "export-shapes/WE_00DXX0000000001_1": {},
}  # fmt: skip
NEW = {
    "salesforce-genai-demo": {"account": 94, "person": 64, "opportunity": 58, "case": 40},
    "salesforce-dataloader": {"account": 423, "opportunity": 38},
    "sfdx-tree-lwc-recipes": {"account": 10, "person": 6, "opportunity": 20},
    "dynamics-contoso-coffee": {"account": 33, "person": 192, "opportunity": 5_229},
    "ravenstack-saas": {"account": 500, "subscription": 5_000, "case": 2_000, "exit": 600},
    "snowfakery-recipes/ocr": {"account": 78, "person": 156, "opportunity": 302},
    "snowfakery-recipes/french": {"account": 120},
    "export-shapes/WE_00DXX0000000001_1": {"account": 94, "opportunity": 58, "case": 40},
}
SHAPES = {
    "report1736331676543.csv": "salesforce-genai-demo",
    "report1736331676544.xls": "salesforce-genai-demo",
    "Renewals and new business-2026-01-08-11-21-16.xlsx": "salesforce-genai-demo",
    "WE_00DXX0000000001_1": "salesforce-genai-demo",
    "Active Accounts 1-8-2026 11-21-16 AM.xlsx": "dynamics-contoso-coffee/Account.csv",
    "comptes_francais_cp1252_semicolon.csv": "snowfakery-recipes/french",
}


@pytest.fixture
def command(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    read_here: None,
    new_book: Callable[[Path], Book],
):
    """Imports a folder into a new book by the command line; returns what it printed as JSON."""

    def run(folder: Path, name: str = "real.csbook", *more: str) -> dict:
        book = tmp_path / name
        if not book.exists():
            new_book(book).close()
        assert main(["import", str(book), str(folder), "--json", *DAY, *more]) == 0
        return json.loads(capsys.readouterr().out)

    return run


def slow(names):
    """The names, those that take long marked as such."""
    return [n if n in _QUICK else pytest.param(n, marks=pytest.mark.soak) for n in names]


@pytest.mark.parametrize("name", slow(FOLDERS))
def test_a_folder_comes_in_by_one_command_with_its_counts(name, crm_data, command) -> None:
    told = command(crm_data / name)
    rows = {m["file"]: m["rows"] for m in told["mappings"]}
    assert {file: rows[file] for file in FOLDERS[name]} == FOLDERS[name]
    new = {object_: n["new"] for object_, n in told["counts"].items()}
    assert {object_: new[object_] for object_ in NEW[name]} == NEW[name]
    assert told["applied"] is True
    again = command(crm_data / name)
    assert again["applied"] is False, "the same again changes nothing"
    assert again["changed_fields"] == []


@pytest.mark.soak
def test_contacts_whose_columns_are_shifted_are_set_aside(crm_data, command) -> None:
    told = command(crm_data / "dynamics-contoso-coffee")
    shifted = [q for q in told["quarantined"] if "look shifted" in q["reason"]]
    assert len(shifted) == 6
    assert {q["file"] for q in shifted} == {"Contact.csv"}
    assert all(q["cells"] for q in shifted), "each row is kept whole"


def records(path: Path) -> tuple[set, set]:
    """Accounts by name, deals by what they say (a shape may name another currency), of a book."""
    with Book.open(path, read_only=True) as book:
        accounts = {a.name for a in book.accounts.all()}
        deals = {
            (o.name, o.close_on, o.state, o.amount.value.minor if o.amount.value else None)
            for many in book.opportunities.grouped().values()
            for o in many
        }
    return accounts, deals


@pytest.mark.parametrize("shape", slow(SHAPES))
def test_a_shape_gives_the_accounts_and_deals_of_its_original(
    shape, crm_data, command, tmp_path
) -> None:
    command(crm_data / "export-shapes" / shape, "shape.csbook")
    command(crm_data / SHAPES[shape], "original.csbook")
    accounts, deals = records(tmp_path / "shape.csbook")
    known, dealt = records(tmp_path / "original.csbook")
    assert accounts
    assert accounts <= known
    if deals:
        assert deals == dealt
    else:
        assert accounts == known


@pytest.mark.soak
def test_files_in_any_order_make_the_same_book(crm_data, tmp_path) -> None:
    folder = crm_data / "salesforce-genai-demo"
    files = [str(folder / f"{name}.csv") for name in ("Account", "Contact", "Opportunity", "Case")]
    made = []
    for number, order in enumerate((files, files[::-1], files[2:] + files[:2])):
        book = tmp_path / f"{number}.csbook"
        assert main(["new", str(book), "--today", "2026-03-12"]) == 0
        assert main(["import", str(book), *order, *DAY]) == 0
        made.append(content(book))
    assert made[0] == made[1] == made[2]


def test_a_workbook_makes_the_same_book_as_its_csv(crm_data, tmp_path, read_here) -> None:
    import csv

    import xlsxwriter

    source = crm_data / "snowfakery-recipes" / "french" / "Account.csv"
    (tmp_path / "csv").mkdir()
    (tmp_path / "xlsx").mkdir()
    shutil.copy(source, tmp_path / "csv" / "Account.csv")
    workbook = xlsxwriter.Workbook(str(tmp_path / "xlsx" / "Account.xlsx"))
    sheet = workbook.add_worksheet("Account")
    with source.open(encoding="utf-8-sig", newline="") as stream:
        for at, row in enumerate(csv.reader(stream)):
            for place, cell in enumerate(row):
                sheet.write_string(at, place, cell)
    workbook.close()
    made = []
    for name in ("csv", "xlsx"):
        book = tmp_path / f"{name}.csbook"
        assert main(["new", str(book), "--today", "2026-03-12"]) == 0
        assert main(["import", str(book), str(tmp_path / name), *DAY]) == 0
        made.append(content(book))
    assert made[0] == made[1]


def content(path: Path) -> dict[str, list]:
    """The records of a book without what names the files and the moment of the import."""
    tables = ("account", "person", "opportunity", "support_case", "external_ref", "seat", "term")
    with Book.open(path, read_only=True) as book:
        found = {}
        for table in tables:
            names = [r[1] for r in book.connection.execute(f"pragma table_info({table})")]
            kept = ", ".join(f'"{n}"' for n in names if n != "snapshot_id")
            found[table] = sorted(book.connection.execute(f"select {kept} from {table}"), key=repr)
    return found
