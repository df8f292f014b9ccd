"""The window at work: frames of a scrolled Book, and how long a click keeps it from answering."""

import os
import statistics
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from benchmarks.bench_table import book_of_lines
from benchmarks.big_book import TODAY, make_big_book
from benchmarks.runner import Benchmark, Operation, Took
from csplanner.domain.filters import View, parse_filter

if TYPE_CHECKING:
    from csplanner.ui.book.page import BookPage
    from csplanner.ui.book_window import BookWindow

_FRAME = 1 / 60
_GAP = 0.05
_FRAMES = 120
_TICK_MS = 10
_SETTLED = 0.4
_AT_WORK = ("today", "book", "account", "pyramid", "history", "settings", "book")


def window_on(path: Path) -> "BookWindow":
    """A window on a book at the size of the pictures, its Book page painted."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["CSPLANNER_HOME"] = str(path.parent / "home")
    from PySide6.QtWidgets import QApplication

    from csplanner.settings import AppSettings
    from csplanner.ui.book_window import BookWindow
    from csplanner.ui.load_ahead import load_pages
    from csplanner.ui.theme import ThemeController

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    window = BookWindow(ThemeController(app, "light"), AppSettings(), today=TODAY)
    window.start_with(path)
    window.resize(1440, 900)
    window.show()
    window.show_place("book")
    load_pages()
    _settle(window)
    return window


def _settle(window: "BookWindow") -> None:
    """Let events come until nothing is written or asked any more, and a little longer."""
    from PySide6.QtWidgets import QApplication

    end = perf_counter() + _SETTLED
    while perf_counter() < end or (window.session is not None and not window.session.idle):
        QApplication.processEvents()
        sleep(0.001)


def _page(window: "BookWindow") -> "BookPage":
    from csplanner.ui.book.page import BookPage

    return window.findChildren(BookPage)[0]


def _scroll(view: View, folder: Path) -> tuple[Operation, Operation]:
    """One of twenty frames may take longer than ours; the floor is what a screen of 60 Hz has."""
    window = window_on(book_of_lines(folder / "lines.csbook", 100_000))
    _page(window).show_view(view)
    _settle(window)
    table = _page(window).table
    bar, area = table.verticalScrollBar(), table.viewport()

    def frames() -> Iterator[float]:
        for at in range(_FRAMES):
            start = perf_counter()
            bar.setValue(bar.maximum() * (at * 37 % _FRAMES) // _FRAMES)
            area.repaint()
            yield perf_counter() - start

    return partial(slow_one, frames, 20), partial(sleep, _FRAME)


def _work(folder: Path) -> tuple[Operation, Operation]:
    """The longest gap but for one in a hundred while pages are visited and a cell is changed."""
    path = folder / "big.csbook"
    make_big_book(path, accounts=10_000).close()
    window = window_on(path)

    def gaps() -> Iterator[float]:
        found: list[float] = []
        watch = watched(found)
        for step in _script(window):
            step()
            _settle(window)
        watch()
        yield from found

    return partial(slow_one, gaps, 100), partial(sleep, _GAP)


def watched(found: list[float]) -> Callable[[], None]:
    """Note the time between ticks of a timer until the function returned is called."""
    from PySide6.QtCore import QTimer

    timer = QTimer()
    last = perf_counter()

    def tick() -> None:
        nonlocal last
        now = perf_counter()
        found.append(now - last)
        last = now

    timer.timeout.connect(tick)
    timer.start(_TICK_MS)
    return timer.stop


def _script(window: "BookWindow") -> Iterator[Callable[[], object]]:
    from csplanner.ui.book.columns import Col

    page = _page(window)
    row = page.model.account_at(2)
    assert row is not None
    assert window.session is not None
    word = f"Call before {perf_counter()}"
    yield lambda: page.edits.take(row.id, Col.STEP, word)
    yield window.session.undo
    for key in _AT_WORK:
        argument: object = (row.account_id, "", []) if key == "account" else None
        yield partial(window.show_place, key, argument)
    for end in range(1, 7):
        yield partial(window.palette_overlay.open, "harbor"[:end])
    yield window.palette_overlay.close_palette


def slow_one(measured: Callable[[], Iterator[float]], of: int) -> Took:
    """The slowest one but for one in `of`."""
    return Took(statistics.quantiles(measured(), n=of)[-1])


BENCHMARKS = [
    Benchmark(
        "window: frames of a sorted Book, 100,000, p95",
        goal=1.0,
        prepare=partial(_scroll, View(sort="arr", descending=True)),
    ),
    Benchmark(
        "window: frames of a filtered Book, 100,000, p95",
        goal=1.0,
        prepare=partial(_scroll, View(parse_filter("score < 60"))),
    ),
    Benchmark("window: gaps at work, 10,000 accounts, p99", goal=1.0, prepare=_work, repeats=3),
]
