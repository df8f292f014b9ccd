"""The window while a snapshot of 10,000 accounts is read, reviewed, applied and taken back."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from benchmarks.bench_import import write_accounts
from benchmarks.bench_window import slow_one, watched, window_on
from benchmarks.big_book import make_big_book
from benchmarks.runner import Benchmark, Operation

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow
    from csplanner.ui.imports.page import ImportPage

_ACCOUNTS = 10_000
_GAP = 0.05
_LONGEST = 120.0


def _importing(folder: Path) -> tuple[Operation, Operation]:
    """The longest gap but for one in a hundred, from choosing the file until it is undone."""
    path = folder / "big.csbook"
    make_big_book(path, accounts=_ACCOUNTS).close()
    files = [write_accounts(folder / "Account.csv", rows=_ACCOUNTS)]
    window = window_on(path)

    def gaps() -> Iterator[float]:
        found: list[float] = []
        watch = watched(found)
        _bring_in(window, files)
        watch()
        yield from found

    return partial(slow_one, gaps, 100), partial(sleep, _GAP)


def _bring_in(window: "BookWindow", files: list[Path]) -> None:
    from csplanner.ui.imports.page import FILE, RESULT, ImportPage

    window.show_place("import", files)
    page = window.findChildren(ImportPage)[0]
    for step in range(FILE, RESULT):
        _until(lambda: page.step > step or _can_go_on(page))  # noqa: B023 - called at once
        if page.step == step:
            page.go_on()
    _until(lambda: page.step == RESULT and window.session is not None and window.session.idle)
    if window.session is not None:
        window.session.undo()
        _until(lambda: window.session is not None and window.session.idle)
    page.cancel()


def _can_go_on(page: "ImportPage") -> bool:
    return page.foot.on.isEnabled() and not page.reading.is_busy


def _until(done: Callable[[], bool]) -> None:
    """Let events come until it is so."""
    from PySide6.QtWidgets import QApplication

    end = perf_counter() + _LONGEST
    while not done():
        QApplication.processEvents()
        if perf_counter() > end:
            raise TimeoutError("The window did not come to an end.")
        sleep(0.001)


BENCHMARKS = [
    Benchmark(
        "window: gaps while 10,000 accounts are imported and undone, p99",
        goal=1.0,
        prepare=_importing,
        repeats=3,
    ),
]
