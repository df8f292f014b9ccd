"""The book: open, change through one door, undo, redo, and tell who listens what changed."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Self

from csplanner.book import history, journal, schema
from csplanner.book.accounts import Accounts
from csplanner.book.attention import Attentions
from csplanner.book.audit import foreign_code, need_tables
from csplanner.book.connection import connect, create_file, delete_journal, sqlite_in_words
from csplanner.book.derived import Derived
from csplanner.book.history import Change, Undone
from csplanner.book.overview import Overviews
from csplanner.book.records import Records, Touches, records_of
from csplanner.book.search import Found, Search
from csplanner.book.settings import Settings
from csplanner.book.snapshots import Snapshots
from csplanner.book.views import SavedViews
from csplanner.domain.account import Case, ContractTerm, Exit, Opportunity, Subscription
from csplanner.domain.measurement import Measurement
from csplanner.domain.objective import Objective
from csplanner.domain.person import Person, Seat
from csplanner.domain.placement import Placement
from csplanner.domain.sentiment import Pulse
from csplanner.domain.settings import BookSettings
from csplanner.errors import UserError


@dataclass(frozen=True, slots=True)
class Changed:
    """What a finished change touched."""

    tables: frozenset[str]
    accounts: frozenset[str] | None
    """None when too many to name: take all as touched."""


class Book:
    """One open `.csbook` file.

    Use it from one thread at a time. Every write happens inside `change`; each area
    (`accounts`, `people`, `touches`, …) offers its own verbs.
    """

    def __init__(
        self, connection: sqlite3.Connection, path: Path, *, read_only: bool, today: date
    ) -> None:
        self.connection = connection
        self.path = path
        self.read_only = read_only
        self.read_only_because = ""
        self.today = today
        self._depth = 0
        self._listeners: list[Callable[[Changed], None]] = []
        self._tables: tuple[journal.Table, ...] = ()
        if not read_only:
            self._tables = journal.install(connection)
        self.accounts = Accounts(self)
        self.people = Records(self, records_of(Person))
        self.seats = Records(self, records_of(Seat))
        self.terms = Records(self, records_of(ContractTerm))
        self.opportunities = Records(self, records_of(Opportunity))
        self.cases = Records(self, records_of(Case))
        self.subscriptions = Records(self, records_of(Subscription))
        self.exits = Records(self, records_of(Exit))
        self.touches = Touches(self)
        self.measurements = Records(self, records_of(Measurement))
        self.pulses = Records(self, records_of(Pulse))
        self.objectives = Records(self, records_of(Objective))
        self.placements = Records(self, records_of(Placement))
        self.attention = Attentions(self)
        self.snapshots = Snapshots(self)
        self.views = SavedViews(self)
        self.overview = Overviews(self)
        self.derived = Derived(self)
        self._settings = Settings(self)
        self._search = Search(self)

    # --- opening and closing ---

    @classmethod
    def create(
        cls, path: Path, settings: BookSettings | None = None, *, today: date | None = None
    ) -> Self:
        """A new, empty book at `path`; raises UserError when the file is already there."""
        create_file(path)
        connection = connect(path)
        with sqlite_in_words():
            schema.create_schema(connection)
        book = cls(connection, path, read_only=False, today=today or date.today())  # noqa: DTZ011
        with book._open_change("Create the book", "edit", None):
            book._settings.write(settings or BookSettings())
        connection.execute("delete from change")
        return book

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, today: date | None = None) -> Self:
        """The book at `path`; raises UserError when it is no book, newer than this program, or
        cannot be opened. A file or folder without write permission opens read-only, and so does
        a book that holds code no csplanner wrote (`read_only_because` says why).
        """
        version = schema.read_header(path)
        because = "" if _writable(path) else "you may not write to it"
        shut = read_only or bool(because)
        with sqlite_in_words():
            # Opened for writing where that may be, so that SQLite can finish what a crash left.
            connection = connect(path, read_only=shut)
            need_tables(connection)
            foreign = foreign_code(connection)
            if foreign:
                because = f"it holds code that csplanner did not write ({foreign[0]})"
            if foreign and not shut:
                connection.close()
                connection, shut = connect(path, read_only=True), True
            if not shut:
                delete_journal(connection)
            if not shut and version < schema.SCHEMA_VERSION:
                schema.migrate(connection)
            book = cls(connection, path, read_only=shut, today=today or date.today())  # noqa: DTZ011
        book.read_only_because = because
        return book

    def beside(self) -> "Book":
        """A second, read-only view of the same file, for another thread.

        The file itself is not opened again by Python: closing such a handle would drop the locks
        SQLite holds on the book.
        """
        connection = connect(self.path, read_only=True)
        return Book(connection, self.path, read_only=True, today=self.today)

    def close(self) -> None:
        """Close the file; using the book afterwards is an error."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- changing ---

    @contextmanager
    def change(self, label: str, *, kind: str = "edit", batch: str | None = None) -> Iterator[None]:
        """One undoable step: transaction, journal entry and one notice to all who subscribed.

        Nested use joins the outer change. On an error nothing is written. A change that
        altered nothing leaves no trace. `batch` is the snapshot id of an import.
        """
        if self._depth:
            yield
            return
        if self.read_only:
            raise UserError(self._refusal())
        with self._open_change(label, kind, batch):
            yield

    @contextmanager
    def _open_change(self, label: str, kind: str, batch: str | None) -> Iterator[None]:
        db = self.connection
        with sqlite_in_words(), self._transaction():
            number = history.start(db, label, kind, batch)
            journal.begin(db, number, batch, replay=False)
            yield
            if batch is not None:
                journal.note_batches(db, self._tables, number, batch)
            changed = self._changed_by(number, batch)
            journal.end(db)
            history.finish(db, number, bool(changed.tables))
            self._derive(changed, batch)
        self._tell(changed)

    @contextmanager
    def final_change(self, label: str) -> Iterator[set[str]]:
        """One step that cannot be taken back: its rows leave no images, and what was undone
        before cannot come again. On an error nothing is written.

        Who makes it adds the tables it touches to the set that is given.
        """
        if self.read_only:
            raise UserError(self._refusal())
        db = self.connection
        with sqlite_in_words(), self._transaction():
            number = history.start(db, label, "edit", None)
            journal.begin(db, number, None, replay=True)
            tables: set[str] = set()
            yield tables
            accounts = db.execute("select account_id from temp.touched limit 501").fetchall()
            journal.end(db)
            history.close_for_good(db, number)
            named = None if len(accounts) > 500 else frozenset(a for (a,) in accounts)
            changed = Changed(frozenset(tables), named)
            self._derive(changed)
        self._tell(changed)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        db = self.connection
        db.execute("begin immediate")
        self._depth += 1
        try:
            yield
            db.execute("commit")
        except BaseException:
            if db.in_transaction:
                db.execute("rollback")
            raise
        finally:
            self._depth -= 1

    def _changed_by(self, number: int, batch: str | None) -> Changed:
        db = self.connection
        found = db.execute("select distinct tbl from change_row where change_id = ?", (number,))
        tables = frozenset(row[0] for row in found)
        if batch is not None:
            return Changed(tables, None)
        accounts = db.execute("select account_id from temp.touched limit 501").fetchall()
        return Changed(tables, None if len(accounts) > 500 else frozenset(a for (a,) in accounts))

    def _derive(self, changed: Changed, batch: str | None = None) -> None:
        self._search.refresh(changed, batch)
        self.derived.after(changed)

    def _tell(self, changed: Changed) -> None:
        self.__dict__.pop("settings", None)
        if changed.tables:
            for listener in list(self._listeners):
                listener(changed)

    def _refusal(self) -> str:
        because = f", because {self.read_only_because}" if self.read_only_because else ""
        return f"This book is open read-only{because}. Save a copy to change it."

    def subscribe(self, listener: Callable[[Changed], None]) -> Callable[[], None]:
        """Call `listener` after every finished change, undo and redo; returns how to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # --- undoing ---

    @property
    def can_undo(self) -> Change | None:
        """The change that `undo` would take back; None when its images are no longer kept."""
        found = history.newest_done(self.connection)
        return None if found is None or found.thinned else found

    @property
    def can_redo(self) -> Change | None:
        """The change that `redo` would bring again; None when its images are no longer kept."""
        found = history.oldest_undone(self.connection)
        return None if found is None or found.thinned else found

    def undo(self) -> Undone:
        """Take the newest change back, exactly; raises UserError when there is none."""
        change = history.newest_done(self.connection)
        if change is None:
            raise UserError("There is nothing to undo.")
        self._replay([change], forward=False)
        return Undone(change.label)

    def redo(self) -> Undone:
        """Bring the change undone last again; raises UserError when there is none."""
        change = history.oldest_undone(self.connection)
        if change is None:
            raise UserError("There is nothing to redo.")
        self._replay([change], forward=True)
        return Undone(change.label)

    def _replay(self, changes: list[Change], *, forward: bool) -> None:
        """Take changes back or bring them again in that order, all or none of them."""
        if self.read_only:
            raise UserError(self._refusal())
        for change in changes:
            if change.thinned:
                raise UserError(history.too_old(change))
        db = self.connection
        with sqlite_in_words(), self._transaction():
            tables: set[str] = set()
            accounts: set[str] = set()
            for change in changes:
                tables |= self._replay_one(change, forward=forward)
                found = db.execute("select account_id from temp.touched limit 501")
                accounts |= {account for (account,) in found}
            named = None if len(accounts) > 500 else frozenset(accounts)
            changed = Changed(frozenset(tables), named)
            self._derive(changed)
        self._tell(changed)

    def _replay_one(self, change: Change, *, forward: bool) -> set[str]:
        db = self.connection
        journal.begin(db, change.id, None, replay=True)
        if not forward:
            journal.expand_batches(db, self._tables, change.id)
        tables = journal.replay(db, self._tables, change.id, forward=forward)
        journal.end(db)
        history.mark(db, change, "done" if forward else "undone")
        return tables

    def undo_change(self, number: int) -> Undone:
        """Take an older change back as a new change, keeping what was edited since.

        A field reverts only where nothing changed it since and a row with later dependants
        stays; `Undone.kept` counts both. Raises UserError when there is no such change.
        """
        newest = self.can_undo
        if newest is not None and newest.id == number:
            return self.undo()
        target = self._in_force(number)
        if target.thinned:
            raise UserError(history.too_old(target))
        with self.change(f"Undo: {target.label}", kind="undo"):
            kept = history.revert(self.connection, self._tables, target)
            history.mark_reverted(self.connection, target)
        return Undone(target.label, kept)

    def undo_back_to(self, number: int) -> list[Undone]:
        """Take back every change newer than that one, newest first and exactly, or none.

        `redo` brings them again one by one. Raises UserError when there is no such change, when
        nothing is newer, or when what one of them needs is no longer kept.
        """
        if number and (number >= 2**63 or history.find(self.connection, number) is None):
            raise UserError(f"There is no change {number}. See the history for its number.")
        newer = history.newer_than(self.connection, number)
        if not newer:
            raise UserError("Nothing was changed after that.")
        self._replay(newer, forward=False)
        return [Undone(change.label) for change in newer]

    def _in_force(self, number: int) -> Change:
        target = history.find(self.connection, number) if number < 2**63 else None
        if target is None or target.state != "done":
            raise UserError(f"There is no change {number} to undo. See the history for its number.")
        return target

    def history(self, limit: int = 200, account_id: str | None = None) -> list[Change]:
        """The changes of the book, newest first."""
        return history.changes(self.connection, limit, account_id)

    # --- reading ---

    @cached_property
    def settings(self) -> BookSettings:
        """The settings in force; read again after each change."""
        return self._settings.read()

    def set_settings(
        self, settings: BookSettings, label: str = "Change the book's settings"
    ) -> None:
        """Write the settings in one change."""
        with self.change(label):
            self._settings.write(settings)

    def search(self, text: str, limit: int = 30) -> list[Found]:
        """Accounts, people, touches and objectives that match `text`, best first."""
        return self._search.find(text, limit)

    def as_of(self) -> date:
        """The day everything is judged on: today, or the newest fact's day in an old book."""
        return self.derived.as_of()

    def refresh(self) -> int:
        """Bring derived rows and the search index up to date and store the day's readings;
        returns accounts judged.
        """
        with sqlite_in_words():
            self._search.catch_up()
            return self.derived.refresh()

    def written_elsewhere(self) -> int:
        """A number that moves when another connection than this one has written to the file."""
        with sqlite_in_words():
            return int(self.connection.execute("pragma data_version").fetchone()[0])

    def reread(self) -> None:
        """Forget what was read before another connection changed the file."""
        self.__dict__.pop("settings", None)
        self.derived.forget()


def _writable(path: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return all(
        os.access(place, os.W_OK, effective_ids=effective)
        for place in (path, path.resolve().parent)
    )
