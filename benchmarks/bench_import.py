"""A first import and a later one of 100,000 accounts, beside `sqlite3 .import` of the same file."""

import csv
import random
import shutil
import subprocess
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks.runner import Benchmark, Operation
from csplanner.book.book import Book
from csplanner.crm.apart import stage_apart
from csplanner.crm.importing import Options, apply

_ROWS = 100_000
_HEAD = (
    "Id", "Name", "Industry", "BillingCity", "BillingCountry", "Website", "ARR__c",
    "CurrencyIsoCode", "Criticality__c", "Customer_Since__c", "First_Value_Date__c", "Segment__c",
    "CSM__c", "IsDeleted", "SystemModstamp", "CreatedDate", "Phone", "Fax", "AccountNumber",
    "Description",
)  # fmt: skip
_SECTORS = ("Energy", "Retail", "Health", "Transport", "Telecom", "NA")


def write_accounts(path: Path, *, later: bool = False, rows: int = _ROWS) -> Path:
    """So many `rows` of 20 cells; the later file lacks 1 %, differs in 8 % and adds 2 %."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_HEAD)
        for number in range(int(rows * (1.02 if later else 1))):
            fate = chance.random()
            if later and number < rows and fate < 0.01:
                continue
            row = _row(number)
            if later and fate < 0.09:
                row[6] = number * 7 % 500_000 + 100
                row[2] = _SECTORS[(number + 1) % len(_SECTORS)]
            writer.writerow(row)
    return path


def _row(number: int) -> list[str | int]:
    return [
        f"A{number:017d}", f"Company {number}", _SECTORS[number % len(_SECTORS)],
        f"City {number % 900}", "Norway", f"https://www.company{number}.test",
        number * 7 % 500_000, "EUR", number % 4, f"20{10 + number % 15}-03-{1 + number % 28:02d}",
        f"20{10 + number % 15}-06-{1 + number % 28:02d}", "Mid", "Maren Oduya", "false",
        "2026-03-01T08:00:00.000Z", "2020-01-01T08:00:00.000Z", f"+47 {number:08d}", "",
        str(number), f"A customer of ours, number {number}",
    ]  # fmt: skip


def _import(path: Path, book: Path) -> None:
    """Stage, in a process of its own as the window does, and apply; judging and indexing for
    search follow in `refresh`, not timed here.
    """
    staged = stage_apart([path], book, Options())
    with Book.open(book, today=date(2026, 3, 12)) as opened:
        apply(opened, staged)
    staged.discard()


def _bare(path: Path, database: Path) -> None:
    database.unlink(missing_ok=True)
    subprocess.run(
        ["sqlite3", str(database), "-cmd", ".mode csv", f".import '{path}' bare"],
        check=True,
        capture_output=True,
    )


def _fresh(book: Path) -> None:
    book.unlink(missing_ok=True)
    Book.create(book, today=date(2026, 3, 12)).close()


def _first(folder: Path) -> tuple[Operation, Operation]:
    path = write_accounts(folder / "Account.csv")

    def ours() -> None:
        _fresh(folder / "my.csbook")
        _import(path, folder / "my.csbook")

    return ours, partial(_bare, path, folder / "bare.db")


def _again(folder: Path) -> tuple[Operation, Operation]:
    (folder / "later").mkdir()
    first = write_accounts(folder / "Account.csv")
    later = write_accounts(folder / "later" / "Account.csv", later=True)
    _fresh(folder / "kept.csbook")
    _import(first, folder / "kept.csbook")

    def ours() -> None:
        shutil.copyfile(folder / "kept.csbook", folder / "my.csbook")
        _import(later, folder / "my.csbook")

    return ours, partial(_bare, later, folder / "bare.db")


def _undo(folder: Path) -> tuple[Operation, Operation]:
    """Undoing the later import, and applying it, each from a copy of the book before."""
    ours, _ = _again(folder)
    ours()
    (folder / "my.csbook").rename(folder / "applied.csbook")

    def undo() -> None:
        shutil.copyfile(folder / "applied.csbook", folder / "my.csbook")
        with Book.open(folder / "my.csbook", today=date(2026, 3, 12)) as opened:
            opened.undo()

    return undo, ours


BENCHMARKS = [
    Benchmark("first import of 100,000 × 20 cells", goal=2.5, prepare=_first, repeats=3),
    Benchmark("later import: 1 % gone, 8 % changed, 2 % new", goal=2.5, prepare=_again, repeats=3),
    Benchmark("undo of that import, beside importing", goal=1.0, prepare=_undo, repeats=3),
]
