"""The ways to a book on the start page: the three most take first, the others in one row."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from csplanner.language import tr
from csplanner.ui.start.making import make_locked
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.empty import EmptyState, Way
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


def first_ways(window: "BookWindow") -> EmptyState:
    """What a book is, and the three ways to a first one."""
    return EmptyState(
        tr("One book, one file, your machine"),
        tr(
            "A book holds your accounts, your judgement and every CRM snapshot you gave it. "
            "Nothing leaves this machine, and changes can be undone."
        ),
        ways=[
            Way(
                tr("Import your CRM list"),
                tr(
                    "CSV or Excel from Salesforce, Dynamics, subscription tables or your own sheet."
                ),
                window.books.import_into_new,
                "file-input",
                tr("Or drop the file here"),
            ),
            Way(
                tr("Start a new book"),
                tr("Choose where it lies, then add accounts one by one."),
                window.books.make_new,
                "plus",
            ),
            Way(
                tr("Look around first"),
                tr("Open a made-up book of 41 accounts. It never mixes with yours."),
                window.books.open_sample,
                "flask-conical",
                tr("Open the example"),
            ),
        ],
    )


def more_ways(window: "BookWindow") -> QWidget:
    """The ways fewer people take, in one row."""
    ways: tuple[tuple[str, str, Callable[[], object]], ...] = (
        (tr("Open a book…"), "book-open", window.books.choose),
        (tr("New book with a passphrase…"), "lock", partial(make_locked, window)),
        (tr("Open an export…"), "file-spreadsheet", partial(_open_export, window)),
        (tr("Find my backups…"), "database-backup", partial(_find_backups, window)),
    )
    line, row = _line()
    for words, icon, run in ways:
        button = Button(words, kind="quiet", icon=icon)
        button.clicked.connect(partial(_run, run))
        row.addWidget(button)
    return line


def promise() -> QWidget:
    """That all of it stays on this machine."""
    line, row = _line()
    row.addWidget(IconLabel("wifi-off", px=14))
    words = tr("No account to create, no network needed.")
    row.addWidget(PlainLabel(words, px=12, colour="text2"))
    return line


def _line() -> tuple[QWidget, QHBoxLayout]:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    return line, row


def _find_backups(window: "BookWindow") -> None:
    from csplanner.ui.start.backups import BackupsDialog

    BackupsDialog(window).open()


def _open_export(window: "BookWindow") -> None:
    from csplanner.ui.opening.bringing import open_export

    open_export(window)


def _run(what: Callable[[], object], _checked: bool = False) -> None:
    what()
