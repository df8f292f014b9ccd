"""The Book's table: from the start of a process to the first rows painted, and large books."""

import os
import sqlite3
import subprocess
import sys
from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from benchmarks.big_book import TODAY, make_big_book
from benchmarks.runner import Benchmark, Operation
from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId, Tier
from csplanner.domain.filters import View
from csplanner.domain.money import Money
from csplanner.domain.overview import Overview
from csplanner.domain.reading import Band
from csplanner.domain.sentiment import Sentiment

_OURS = """
import sys
from csplanner.app import begin
begin()
from datetime import date
from pathlib import Path
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from csplanner.settings import AppSettings
from csplanner.ui.book_window import BookWindow
from csplanner.ui.theme import ThemeController
import os
place = Path(sys.argv[1])
kept = {p: p.read_bytes() for p in Path(os.environ["CSPLANNER_HOME"], "data", "seals").iterdir()}
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            watched.repaint()
            # Leave the book as a window that was closed does, for the next run.
            for seal, content in kept.items():
                seal.write_bytes(content)
            place.with_name(f".{place.name}.lock").unlink()
            os._exit(0)
        return False
app = QApplication([])
window = BookWindow(ThemeController(app, "light"), AppSettings(), today=date(2026, 3, 12))
window.start_with(place)
painted = Painted()
table = window.current_page().page.table.viewport()
table.installEventFilter(painted)
window.show()
app.exec()
"""

# Where a window was in a book is remembered for it: the one that is measured comes back there.
_LEFT_IN_THE_BOOK = """
import sys
from datetime import date
from pathlib import Path
from PySide6.QtWidgets import QApplication
from csplanner.settings import AppSettings
from csplanner.ui.book_window import BookWindow
from csplanner.ui.theme import ThemeController
app = QApplication([])
window = BookWindow(ThemeController(app, "light"), AppSettings(), today=date(2026, 3, 12))
window.start_with(Path(sys.argv[1]))
window.show()
window.show_place("book")
app.processEvents()
window.close()
"""

_FLOOR = """
import gc, os, sys
gc.disable()
from PySide6.QtCore import QAbstractTableModel, QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
class Rows(QAbstractTableModel):
    def rowCount(self, parent=None):
        return 10000
    def columnCount(self, parent=None):
        return 14
    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return "Tidewater" if role == Qt.ItemDataRole.DisplayRole else None
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            watched.repaint()
            os._exit(0)
        return False
app = QApplication([])
window = QMainWindow()
model, view = Rows(), QTableView()
view.setModel(model)
window.setCentralWidget(view)
window.resize(1440, 900)
painted = Painted()
view.viewport().installEventFilter(painted)
window.show()
app.exec()
"""


_JUDGED = 10_000
"""Accounts up to which a book is really judged; a larger one has lines as judging writes them."""


def _start(accounts: int, folder: Path) -> tuple[Operation, Operation]:
    path = folder / "big.csbook"
    if accounts > _JUDGED:
        book_of_lines(path, accounts)
    else:
        make_big_book(path, accounts=accounts).close()
    home = {
        "QT_QPA_PLATFORM": "offscreen",
        "CSPLANNER_HOME": str(folder / "home"),
        # An installed program has its bytecode; the run that warms up leaves it here.
        "PYTHONDONTWRITEBYTECODE": "",
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
    }
    run = partial(subprocess.run, check=True, env={**os.environ, **home}, capture_output=True)
    run([sys.executable, "-c", _LEFT_IN_THE_BOOK, str(path)])
    ours = [sys.executable, "-c", _OURS, str(path)]
    return partial(run, ours), partial(run, [sys.executable, "-c", _FLOOR])


def book_of_lines(path: Path, count: int) -> Path:
    """A book of accounts with lines as judging would write them, and nothing else, in seconds."""
    with Book.create(path, today=TODAY) as book:
        with book.change("Fill", kind="import", batch="bench"):
            book.accounts.insert([Account(x.account_id, x.name) for x in _lines(count)], "bench")
        db = book.connection
        db.execute("begin immediate")
        book.overview.write(((line, 0) for line in _lines(count)), TODAY)
        db.execute("delete from derived_dirty")
        db.execute("commit")
    return path


def _lines(count: int) -> Iterator[Overview]:
    tiers, feelings = list(Tier), list(Sentiment)
    plain = Overview(AccountId(""), "", sector="Transport", next_step="Ask what is next")
    for n in range(count):
        spread = n * 7_919 % 100_003
        yield replace(
            plain, account_id=AccountId(f"a{n:08}"), name=f"Account {spread:06} {n}",
            tier=tiers[n % 4], score=spread % 101, band=Band.WATCH, sentiment=feelings[n % 5],
            arr=Money(spread * 100, "USD"), decision_on=_day(spread % 700),
            last_touch=_day(-(spread % 90)), cadence_days=28, spark=(50,) * 13,
        )  # fmt: skip


def _day(days: int) -> date:
    return TODAY + timedelta(days=days)


def _open(folder: Path) -> tuple[Operation, Operation]:
    path = book_of_lines(folder / "lines.csbook", 100_000)

    def ours() -> None:
        with Book.open(path, today=TODAY) as book:
            beside = book.beside()
            ids = beside.overview.listing(View(group="tier")).ids
            beside.overview.rows(ids[:64])
            beside.close()

    return ours, partial(_bare_ids, path, "tier_rank, decision_on is null, decision_on, name_key")


def _sort(folder: Path) -> tuple[Operation, Operation]:
    path = book_of_lines(folder / "lines.csbook", 100_000)
    book = Book.open(path, read_only=True, today=TODAY)
    view = View(sort="arr", descending=True)

    def ours() -> None:
        ids = book.overview.ids(view)
        book.overview.rows(ids[:64])

    return ours, partial(_bare_ids, path, "arr desc")


def _bare_ids(path: Path, order: str) -> None:
    db = sqlite3.connect(path)
    array("q", (i for (i,) in db.execute(f"select id from overview order by {order}")))  # noqa: S608
    db.close()


BENCHMARKS = [
    Benchmark(
        "table: start to first rows, 10,000 accounts", goal=1.2, prepare=partial(_start, 10_000)
    ),
    Benchmark(
        "table: start to first rows, 100,000 accounts", goal=1.3, prepare=partial(_start, 100_000)
    ),
    Benchmark("table: open 100,000 accounts, first page", goal=2.0, prepare=_open),
    Benchmark("table: sort 100,000 accounts by ARR", goal=2.0, prepare=_sort),
]
