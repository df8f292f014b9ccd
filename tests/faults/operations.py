"""What is interrupted: each operation works on a folder and acknowledges every finished step."""

import json
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from csplanner.book.backup import backup, backups_of, restore
from csplanner.book.book import Book
from csplanner.book.connection import sqlite_in_words
from csplanner.book.export import export_book
from csplanner.book.staging_apply import apply_staged
from csplanner.domain.account import Account, AccountId
from csplanner.domain.touch import Channel, Touch
from csplanner.errors import UserError

Acknowledge = Callable[[object], None]

TODAY = date(2026, 3, 12)
BOOK = "book.csbook"
STAGED = "staging.sqlite"
EDITS = 12
BACKUPS = 3
FORMATS = ("csv", "json", "xlsx")


def warm_up() -> None:
    """Load everything the operations use, so that no trial spends its time on it."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        made = Book.create(Path(folder) / BOOK, today=TODAY)
        edit(made, 1)
        made.undo()
        for fmt in FORMATS:
            export_book(made, Path(folder), fmt)
        backup(made, Path(folder) / "copy.csbook")
        datetime.strptime("2026", "%Y")  # noqa: DTZ007 - for what it loads
        made.close()
        with Book.open(made.path, today=TODAY):
            pass


def edit(book: Book, number: int) -> None:
    """One change that touches two tables, which must never be seen apart."""
    accounts = book.accounts.all()
    topic = f"Step {number}"
    with book.change(topic):
        if accounts:
            account = accounts[number % len(accounts)].id
            book.accounts.update(account, next_step=topic)
        else:
            account = book.accounts.add(Account(AccountId("acme"), "Acme", next_step=topic)).id
        # An id of its own number, so that two runs come to the same book.
        book.touches.add(Touch(f"step-{number}", account, TODAY, Channel.CALL, topic))


def take_in(book: Book, staged: Path) -> None:
    """Bring a staged snapshot in, as the import does once it was looked at."""
    with sqlite_in_words():
        apply_staged(book, staged)


def editing(folder: Path, acknowledge: Acknowledge) -> None:
    with Book.open(folder / BOOK, today=TODAY) as book:
        for number in range(1, EDITS + 1):
            edit(book, number)
            acknowledge(number)


def importing(folder: Path, acknowledge: Acknowledge) -> None:
    with Book.open(folder / BOOK, today=TODAY) as book:
        take_in(book, folder / STAGED)
        acknowledge("applied")
        book.refresh()
        acknowledge("judged")


def undoing(folder: Path, acknowledge: Acknowledge) -> None:
    with Book.open(folder / BOOK, today=TODAY) as book:
        book.undo()
        acknowledge("undone")


def backing_up(folder: Path, acknowledge: Acknowledge) -> None:
    with Book.open(folder / BOOK, today=TODAY) as book:
        for number in range(1, BACKUPS + 1):
            edit(book, number)
            acknowledge([number, ""])
            acknowledge([number, str(backup(book))])


def restoring(folder: Path, acknowledge: Acknowledge) -> None:
    path = folder / BOOK
    aside = restore(path, backups_of(path)[0])
    acknowledge(str(aside))


def migrating(folder: Path, acknowledge: Acknowledge) -> None:
    with Book.open(folder / BOOK, today=TODAY):
        acknowledge("opened")


def exporting(folder: Path, acknowledge: Acknowledge) -> None:
    with Book.open(folder / BOOK, today=TODAY, read_only=True) as book:
        for fmt in FORMATS:
            done = export_book(book, folder / "out" / fmt, fmt)
            acknowledge([str(path) for path in done.files])


def obeying(folder: Path, acknowledge: Acknowledge) -> None:
    """Open, edit and close as told on standard input, one line of JSON a command."""
    book: Book | None = None
    for line in sys.stdin:
        match json.loads(line):
            case ["open"]:
                book = Book.open(folder / BOOK, today=TODAY)
                acknowledge({"read_only": book.read_only, "because": book.read_only_because})
            case ["edit", int(number)] if book is not None:
                try:
                    edit(book, number)
                    acknowledge(number)
                except UserError as error:
                    acknowledge({"words": str(error)})
            case ["close"] if book is not None:
                book.close()
                acknowledge("closed")


def in_words(operation: Callable[[Path, Acknowledge], None]) -> Callable[[Path, Acknowledge], None]:
    """The same operation; a sentence for the user is acknowledged instead of raised."""

    def run(folder: Path, acknowledge: Acknowledge) -> None:
        try:
            operation(folder, acknowledge)
            acknowledge("done")
        except UserError as error:
            acknowledge({"words": str(error)})

    return run


OPERATIONS: dict[str, Callable[[Path, Acknowledge], None]] = {
    "editing": editing,
    "importing": importing,
    "undoing an import": undoing,
    "backing up": backing_up,
    "restoring": restoring,
    "migrating": migrating,
    "exporting": exporting,
    "obeying": obeying,
}
OPERATIONS |= {f"{name} in words": in_words(done) for name, done in OPERATIONS.items()}
