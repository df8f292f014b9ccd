"""Judging 10,000 accounts, the book as of a past day, and the trial of a snapshot, each beside a
copy of the file and a plain reading of the rows that it rests on.
"""

import csv
import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import timedelta
from functools import cache
from pathlib import Path

from benchmarks.big_book import TODAY, make_big_book
from benchmarks.runner import Benchmark, Operation
from csplanner.book import trial
from csplanner.book.as_of import make
from csplanner.book.book import Book
from csplanner.book.room import Room
from csplanner.crm.importing import Options, stage

ACCOUNTS, CHANGED = 10_000, 2_000
_BACK = timedelta(days=25)
_RESTS_ON = (
    "account", "term", "person", "seat", "opportunity", "support_case", "subscription", "exit",
    "touch", "touch_person", "measurement", "pulse", "objective", "placement", "reading", "task",
    "tag", "news",
)  # fmt: skip


@cache
def _made() -> tuple[tempfile.TemporaryDirectory[str], Path]:
    """One book for all of them, gone with the process."""
    folder = tempfile.TemporaryDirectory(prefix="csplanner-bench-past-")
    path = Path(folder.name) / "big.csbook"
    make_big_book(path, accounts=ACCOUNTS, today=TODAY).close()
    return folder, path


def _book_in(folder: Path) -> Path:
    return Path(shutil.copy(_made()[1], folder / "big.csbook"))


def _plain(book: Path, folder: Path) -> Operation:
    """Copies the file, reads every row with every cell, and writes each line of the overview."""
    copied = folder / "floor.sqlite"

    def least() -> object:
        copied.unlink(missing_ok=True)
        with closing(sqlite3.connect(book)) as source, closing(sqlite3.connect(copied)) as copy:
            source.backup(copy)
            selects = (f"select * from {table}" for table in _RESTS_ON)  # noqa: S608 - our tables
            rows = sum(len(copy.execute(select).fetchall()) for select in selects)
            copy.execute("update overview set as_of = as_of, score = score")
            copy.commit()
        return rows

    return least


def _judging(folder: Path) -> tuple[Operation, Operation]:
    path = _book_in(folder)

    def ours() -> object:
        with Book.open(path, today=TODAY) as book:
            with book.change("Doubt every line"):
                book.derived.doubt_all()
            return book.refresh()

    return ours, _plain(path, folder)


def _past(folder: Path) -> tuple[Operation, Operation]:
    path = _book_in(folder)

    def ours() -> object:
        room = Room()
        try:
            return make(path, room.path, TODAY - _BACK, TODAY, lambda *_: None)
        finally:
            room.close()

    return ours, _plain(path, folder)


def _trial(folder: Path) -> tuple[Operation, Operation]:
    path = _book_in(folder)
    with closing(sqlite3.connect(path)) as db:
        names = db.execute("select name from account order by id limit ?", (CHANGED,)).fetchall()
    file = folder / "Account.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("Name", "Industry", "ARR__c", "CurrencyIsoCode"))
        writer.writerows((name, "Energy", 5_000 + at, "EUR") for at, (name,) in enumerate(names))
    staged = stage([file], path, Options(as_of=TODAY, today=TODAY))

    def ours() -> object:
        room = Room()
        try:
            return trial.compute(path, staged.path, room.path, TODAY, lambda *_: None)
        finally:
            room.close()

    return ours, _plain(path, folder)


BENCHMARKS = [
    Benchmark(f"judging {ACCOUNTS:,} accounts", goal=10, prepare=_judging, repeats=1),
    Benchmark(f"{ACCOUNTS:,} accounts as of a past day", goal=12, prepare=_past, repeats=1),
    Benchmark(
        f"trial of {CHANGED:,} changed accounts of {ACCOUNTS:,}", goal=5, prepare=_trial, repeats=1
    ),
]
