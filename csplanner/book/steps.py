"""The one door to change a book: transaction, journal entry, what is derived, and who is told."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csplanner.book import history, journal
from csplanner.book.connection import sqlite_in_words
from csplanner.book.history import Change, Undone
from csplanner.domain.wording import quoted
from csplanner.errors import UserError
from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.book.book import Book

_NAMED = 500
"""Accounts a change names; of more, everything counts as touched."""
_MANY = 20_000
"""Rows from which taking back and bringing again gets more memory."""
_UNFIT = (ValueError, LookupError, TypeError, AttributeError, sqlite3.IntegrityError)
"""What comes of an image that is none, or of another row."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What a finished change touched."""

    tables: frozenset[str]
    accounts: frozenset[str] | None
    """None when too many to name: take all as touched."""


class Steps:
    """Makes, takes back and brings again the steps of one book."""

    def __init__(self, book: "Book", tables: tuple[journal.Table, ...]) -> None:
        self._book = book
        self._tables = tables
        self._depth = 0
        self.listeners: list[Callable[[Changed], None]] = []

    @property
    def _db(self) -> sqlite3.Connection:
        return self._book.connection

    @property
    def is_open(self) -> bool:
        """Whether a change is being made: what is done now joins it."""
        return self._depth > 0

    @contextmanager
    def change(self, label: str, kind: str, batch: str | None) -> Iterator[None]:
        """One undoable step, see `Book.change`."""
        db = self._db
        with sqlite_in_words(), self.transaction():
            number = history.start(db, label, kind, batch)
            journal.begin(db, self._tables, number, batch=batch)
            yield
            if batch is not None:
                journal.note_batches(db, self._tables, number, batch)
                history.thin_images(db, self._book.today)
            changed = self._changed_by(number, batch)
            journal.end(db)
            history.finish(db, number, bool(changed.tables))
            self._book.derive(changed, batch)
        self._tell(changed)

    @contextmanager
    def change_anew(self, number: int, label: str) -> Iterator[None]:
        """One undoable step in place of the newest one, see `Book.change_anew`."""
        db = self._db
        with sqlite_in_words(), self.transaction():
            former = history.find(db, number)
            assert former is not None
            journal.begin(db, self._tables, number, replay=True)
            tables = self._replay_one(former, forward=False)
            accounts = self._touched()
            journal.end(db)
            new = history.start(db, label, "edit", None)
            journal.begin(db, self._tables, new)
            yield
            made = self._changed_by(new, None)
            journal.end(db)
            history.finish(db, new, bool(made.tables))
            both = _joined(accounts, made.accounts)
            changed = Changed(made.tables | tables, both)
            self._book.derive(changed)
        self._tell(changed)

    @contextmanager
    def final_change(self, label: str) -> Iterator[set[str]]:
        """One step that cannot be taken back, see `Book.final_change`."""
        db = self._db
        with sqlite_in_words(), self.transaction():
            number = history.start(db, label, "edit", None)
            journal.begin(db, self._tables, number, replay=True)
            tables: set[str] = set()
            yield tables
            accounts = self._touched()
            journal.end(db)
            history.close_for_good(db, number)
            changed = Changed(frozenset(tables), accounts)
            self._book.derive(changed)
        self._tell(changed)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is written together or not at all."""
        db = self._db
        self._book.need_own_file()
        db.execute("begin immediate")
        self._depth += 1
        is_ours = False
        try:
            # Seen again now that nobody else can write.
            self._book.need_own_file()
            is_ours = True
            yield
            self._commit()
            self._book.note_file()
        except BaseException as error:
            try:
                if db.in_transaction:
                    db.execute("rollback")
            finally:
                self._book.forget_settings()
                if is_ours:
                    self._book.doubt_file(error)
            raise
        finally:
            self._depth -= 1

    def _commit(self) -> None:
        """Commit; where the drive failed after the change was in the file, have it kept for sure.

        SQLite's last act is to remove its journal and bring the folder to the disk. When only
        that fails, the change stands, and a journal made and removed once more confirms it.
        """
        db = self._db
        written = history.stamp(db)
        try:
            db.execute("commit")
        except sqlite3.Error:
            if db.in_transaction or history.stamp(db) != written:
                raise
            db.execute("update change set rows = rows where id = (select max(id) from change)")

    def _changed_by(self, number: int, batch: str | None) -> Changed:
        found = self._db.execute(
            "select distinct tbl from change_row where change_id = ?", (number,)
        )
        tables = frozenset(row[0] for row in found)
        return Changed(tables, None if batch is not None else self._touched())

    def _touched(self) -> frozenset[str] | None:
        found = self._db.execute(f"select account_id from temp.touched limit {_NAMED + 1}")
        accounts = frozenset(account for (account,) in found)
        return None if len(accounts) > _NAMED else accounts

    def _tell(self, changed: Changed) -> None:
        self._book.forget_settings()
        if changed.tables:
            for listener in list(self.listeners):
                listener(changed)

    # --- undoing ---

    def undo(self) -> Undone:
        """Take the newest change back, exactly; raises UserError when there is none."""
        change = history.newest_done(self._db)
        if change is None:
            raise UserError(tr("There is nothing to undo."))
        self._replay([change], forward=False)
        return Undone(change.label)

    def redo(self) -> Undone:
        """Bring again what was undone last, see `Book.redo`; UserError when there is nothing."""
        change = history.next_again(self._db)
        if change is None:
            raise UserError(tr("There is nothing to redo."))
        if change.state == "undone":
            self._replay([change], forward=True)
            return Undone(change.label)
        # An older change was taken back by a change of its own: that one goes, exactly.
        newest = history.newest_done(self._db)
        assert newest is not None
        self._replay([newest], forward=False, for_good=True)
        return Undone(change.label)

    def undo_back_to(self, number: int) -> list[Undone]:
        """Take back every change newer than that one, see `Book.undo_back_to`."""
        if number and (number >= 2**63 or history.find(self._db, number) is None):
            raise UserError(
                tr("There is no change {0}. See the history for its number.").format(number)
            )
        newer = history.newer_than(self._db, number)
        if not newer:
            raise UserError(tr("Nothing was changed after that."))
        self._replay(newer, forward=False)
        return [Undone(change.label) for change in newer]

    def undo_change(self, number: int) -> Undone:
        """Take an older change back as a new change, see `Book.undo_change`."""
        newest = self._book.can_undo
        if newest is not None and newest.id == number:
            return self.undo()
        from csplanner.book.history_kept import later_words, stays_words

        target = self._in_force(number)
        label = tr("Undo: {0}").format(target.label)
        with _journal_in_words(target), self._book.change(label, kind="undo"):
            found = history.revert(self._db, self._tables, target)
            is_nothing = bool(found.kept) and not found.does_something
            stays = stays_words(self._db, found) or later_words(self._db, target)
        return Undone(target.label, found.kept, stays, is_nothing)

    def _in_force(self, number: int) -> Change:
        target = history.find(self._db, number) if 0 < number < 2**63 else None
        if target is None:
            raise UserError(
                tr("There is no change {0}. See the history for its number.").format(number)
            )
        refused = history.why_not(target)
        if refused:
            raise UserError(refused)
        return target

    def _replay(self, changes: list[Change], *, forward: bool, for_good: bool = False) -> None:
        """Take changes back or bring them again in that order, all or none of them.

        What is taken back `for_good` does not come again.
        """
        self._book.need_writable()
        for change in changes:
            if change.thinned:
                raise UserError(history.too_old(change))
        with sqlite_in_words(), self._room_for(changes), self.transaction():
            # Opened once for all of them: what any of them touched is indexed and judged anew.
            journal.begin(self._db, self._tables, changes[0].id, replay=True)
            tables: set[str] = set()
            for change in changes:
                tables |= self._replay_one(change, forward=forward)
                if for_good:
                    history.drop(self._db, change.id)
            accounts = self._touched()
            journal.end(self._db)
            changed = Changed(frozenset(tables), accounts)
            self._book.derive(changed)
        self._tell(changed)

    @contextmanager
    def _room_for(self, changes: list[Change]) -> Iterator[None]:
        """More memory for pages while many rows are written, which lie all over the file."""
        db = self._db
        if sum(change.rows for change in changes) < _MANY and all(
            change.batch is None for change in changes
        ):
            yield
            return
        usual = db.execute("pragma main.cache_size").fetchone()[0]
        db.execute("pragma main.cache_size = -65536")
        db.execute("pragma cache_spill = 1")
        try:
            yield
        finally:
            # A drive that just failed may refuse this.
            with suppress(sqlite3.OperationalError):
                db.execute("pragma cache_spill = 0")
                db.execute(f"pragma main.cache_size = {usual}")

    def _replay_one(self, change: Change, *, forward: bool) -> set[str]:
        db = self._db
        if not forward:
            journal.expand_batches(db, self._tables, change.id)
        with _journal_in_words(change):
            tables = journal.replay(db, self._tables, change.id, forward=forward)
        history.mark(db, change, "done" if forward else "undone")
        return tables


def _joined(some: frozenset[str] | None, others: frozenset[str] | None) -> frozenset[str] | None:
    """The accounts of two changes; None, which means all, when either touched too many to name."""
    return None if some is None or others is None else some | others


@contextmanager
def _journal_in_words(change: Change) -> Iterator[None]:
    """Say it where what the journal keeps of a change does not fit the book."""
    try:
        yield
    except _UNFIT as error:
        raise UserError(
            tr(
                "{0} cannot be taken back or brought again: what the history keeps of it "
                "does not fit the book, which is unchanged. Run csplanner check on it."
            ).format(quoted(change.label))
        ) from error
