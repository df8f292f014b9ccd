"""Where the parts are joined: the window is built here from settings, theme and book."""

import gc
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path


def run_window(book: Path | None, *, today: date | None = None) -> int:
    """Open the window, on `book` or on the start page, and return its exit code.

    Raises UserError when there is no display or `book` cannot be opened.
    """
    begin()
    from csplanner.ui.application import run

    return run(book, today=today)


def begin() -> None:
    """Get ready to load the window; its own thread collects garbage once it stands."""
    # Collecting garbage while everything is loaded and built costs 8 % of the start.
    gc.disable()
    # Of what is loaded after Qt its binding reads each source file, to look for switches of its
    # own: what does without Qt comes first.
    for module in ("book.book", "domain.filters_view", "domain.capacity"):
        import_module(f"csplanner.{module}")


def take_pictures(book: Path, folder: Path, *, today: date) -> Iterator[Path]:
    """Write pictures of every page into `folder`, no display needed; yields each file."""
    from csplanner.ui.pictures import take_pictures as take

    return take(book, folder, today=today)


def qt_facts() -> str:
    """What this installation's Qt can do; raises RuntimeError when something is missing."""
    from csplanner.ui.qt_facts import qt_facts as facts

    return facts()
