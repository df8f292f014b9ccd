"""Pictures of an import for the handbook: a week after the sample, its newest snapshot changed."""

import csv
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, tzinfo
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_WEEK_BEFORE = date(2026, 3, 10)
_MONDAY = date(2026, 3, 17)
_SIZE = (1440, 900)
_PATIENCE = 300.0
_CHANGES = {
    "Account.csv": {
        ("Name", "Brightwell Energy"): {"ARR__c": "420000"},
        ("Name", "Tidewater Health Network"): {"BillingCity": "Hampton"},
    },
    "Contact.csv": {
        ("Email", "v.hale@tidewaterhealth.example"): {"No_Longer_at_Company__c": "true"},
        ("Email", "a.nwosu@tidewaterhealth.example"): {"LastActivityDate": "last week"},
    },
    "Opportunity.csv": {
        ("Name", "Tidewater Health Network: renewal"): {"CloseDate": "2026-07-31"},
        ("Name", "Merrow Telecom: renewal"): {"CloseDate": "2026-06-30"},
        ("Name", "Brightwell Energy: renewal"): {"Amount": "350000"},
    },
}  # fmt: skip
"""What the CRM says otherwise a week later: file, which row, and its cells."""


class _StoryClock(datetime):
    """Tells the Monday of the import, so that pictures of any day are the same."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "_StoryClock":
        found = cls(_MONDAY.year, _MONDAY.month, _MONDAY.day, 9, 4, tzinfo=UTC)
        return found if tz is None else found.astimezone(tz)


def import_pictures(folder: Path) -> Iterator[Path]:
    """Import the snapshot into a sample book in a window; yields a picture of each step."""
    folder.mkdir()
    with (
        patch("csplanner.book.history.datetime", _StoryClock),
        patch("csplanner.book.staging_apply.datetime", _StoryClock),
    ):
        yield from _walk(_window(folder), _snapshot(folder / "weekly"), folder)


def _snapshot(folder: Path) -> Path:
    from csplanner.resources import resource

    shutil.copytree(resource(f"resources/sample/{_WEEK_BEFORE}"), folder)
    for name, changes in _CHANGES.items():
        _rewrite(folder / name, partial(_changed, changes=changes))
    _rewrite(folder / "Usage.csv", lambda row: row | {"AsOf": _MONDAY.isoformat()})
    return folder


def _changed(row: dict[str, str], changes: dict[tuple[str, str], dict[str, str]]) -> dict[str, str]:
    for (column, value), cells in changes.items():
        if row[column] == value:
            row = row | cells
    return row


def _rewrite(path: Path, change: Callable[[dict[str, str]], dict[str, str]]) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = [change(row) for row in csv.DictReader(stream)]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _window(folder: Path) -> "BookWindow":
    from PySide6.QtWidgets import QApplication  # noqa: TID251 - takes pictures of the window

    from csplanner.cli.demo import STORY_DAY
    from csplanner.sample import make_sample_book
    from csplanner.settings import AppSettings
    from csplanner.ui.book_window import BookWindow
    from csplanner.ui.theme import ThemeController

    book = folder / "sample.csbook"
    make_sample_book(book, today=STORY_DAY, shift=False).close()
    app = QApplication.instance() or QApplication(["csplanner"])
    assert isinstance(app, QApplication)
    window = BookWindow(ThemeController(app, "light"), AppSettings(theme="light"), today=_MONDAY)
    window.show()
    window.start_with(book)
    window.resize(*_SIZE)
    return window


def _walk(window: "BookWindow", snapshot: Path, folder: Path) -> Iterator[Path]:
    from csplanner.ui.imports.page import ImportPage

    window.show_place("import", [snapshot])
    page = window.findChild(ImportPage)
    assert page is not None

    def resting() -> bool:
        return not page.reading.is_busy and not page.review.trying.is_busy

    for name in ("match", "review"):
        _settle(window, resting)
        yield _grab(window, folder / f"{name}.png")
        page.foot.on.click()
    _settle(window, resting)
    window.show_place("news")
    _settle(window, resting)
    yield _grab(window, folder / "news.png")
    window.close()


def _settle(window: "BookWindow", resting: Callable[[], bool]) -> None:
    """Wait until nothing is read, compared, tried or written any more."""
    from PySide6.QtWidgets import QApplication  # noqa: TID251 - takes pictures of the window

    quiet, until = 0, time.monotonic() + _PATIENCE
    while quiet < 60:
        QApplication.processEvents()
        time.sleep(0.01)
        at_rest = window.books.idle and (window.session is None or window.session.idle)
        quiet = quiet + 1 if at_rest and resting() else 0
        if time.monotonic() > until:
            raise RuntimeError("The import did not come to rest.")


def _grab(window: "BookWindow", path: Path) -> Path:
    window.resize(*_SIZE)
    window.grab().save(str(path))
    return path
