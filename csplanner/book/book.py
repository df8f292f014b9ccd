"""The book: open, change through one door, undo, redo, and tell who listens what changed."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Self

from csplanner.book import history, journal, open_file, opening
from csplanner.book.connection import connect, key_of, sqlite_in_words
from csplanner.book.derived import Derived
from csplanner.book.history import Change, Undone
from csplanner.book.key import Key
from csplanner.book.open_file import OpenFile, Opening, Wish
from csplanner.book.overview import Overviews
from csplanner.book.search import Search
from csplanner.book.searched import Searched
from csplanner.book.settings import Settings
from csplanner.book.steps import Changed, Steps
from csplanner.book.watch import Watch
from csplanner.domain.settings import BookSettings
from csplanner.errors import DamagedBook, UserError

__all__ = ["Book", "Changed"]


class Book(Searched):
    """One open `.csbook` file.

    Use it from one thread at a time. Every write happens inside `change`; each area
    (`accounts`, `people`, `touches`, …) offers its own verbs.
    """

    backs_up = True
    """Whether large changes make a backup first; not while a book is only being made."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path, *, read_only: bool, today: date
    ) -> None:
        self.connection = connection
        self.path = path
        self.read_only = read_only
        self.opened = Opening()
        self.today = today
        self._file = OpenFile(path, path, connection, self.opened, read_only)
        self._watch = Watch(connection, path, writes=not read_only)
        self._is_looked_over = False
        self._steps = Steps(self, () if read_only else journal.install(connection))
        super().__init__()
        self.overview = Overviews(self)
        self.derived = Derived(self)
        self._settings = Settings(self)
        self._search = Search(self)

    # --- opening and closing ---

    @classmethod
    def create(
        cls,
        path: Path,
        settings: BookSettings | None = None,
        *,
        today: date | None = None,
        key: Key | None = None,
    ) -> Self:
        """A new, empty book at `path`, encrypted when there is a `key`; raises UserError when the
        file is already there.
        """
        book = cls._of(opening.create(path, key), today or date.today())  # noqa: DTZ011
        book.set_settings(settings or BookSettings(), "Create the book")
        book.connection.execute("delete from change")
        book.note_file()
        return book

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        today: date | None = None,
        take_over: bool = False,
        prove_later: bool = False,
        despite_damage: bool = False,
    ) -> Self:
        """The book at `path`; `opened` tells what was found.

        Raises UserError when it is no book, newer than this program, or cannot be opened,
        NeedsPassphrase when it is encrypted (`key.unlock` it, then open it again), and DamagedBook
        when SQLite cannot follow it. A book that somebody else has open, that may not
        be written, or that holds code no csplanner wrote is read-only (`read_only_because` says
        why); `take_over` opens one that another computer left locked. An old one is upgraded,
        after a backup. The whole file is compared with the one closed last: at once, or with
        `prove_later` by `prove`. A damaged one can be looked at as far as it can be followed, with
        `read_only` and `despite_damage`.
        """
        day = today or date.today()  # noqa: DTZ011
        wish = Wish(read_only, take_over, prove_later, despite_damage)
        return cls._of(
            opening.open_file(path, wish, lambda found: cls._copy_first(found, day)), day
        )

    @classmethod
    def _of(cls, found: OpenFile, today: date) -> Self:
        try:
            with sqlite_in_words():
                book = cls(found.connection, found.file, read_only=found.read_only, today=today)
        except BaseException:
            open_file.close(found)
            raise
        book.path, book.opened, book._file = found.path, found.opening, found
        return book

    @classmethod
    def _copy_first(cls, found: OpenFile, day: date) -> Path:
        from csplanner.book.backup import Why, backup

        old = cls(found.connection, found.path, read_only=True, today=day)
        return backup(old, why=Why.MIGRATION)

    @property
    def read_only_because(self) -> str:
        """Why the book cannot be written, to follow “because”; empty when nothing forbids it."""
        return self.opened.read_only_because

    def beside(self) -> "Book":
        """A second, read-only view of the same file, for another thread.

        The file itself is not opened again by Python: closing such a handle would drop the locks
        SQLite holds on the book.
        """
        connection = connect(self._file.file, read_only=True)
        return Book(connection, self.path, read_only=True, today=self.today)

    def private(self) -> "Book":
        """A copy of the book as it is now, brought up to date, read-only, and gone when closed.

        For who may only read a book whose judgements are of another day.
        """
        with sqlite_in_words():
            book = Book._of(open_file.private(self._file), self.today)
        book.refresh()
        book.read_only = True
        return book

    def connect(self, path: Path, *, read_only: bool = False) -> sqlite3.Connection:
        """A connection to another file, a copy of this book, with this book's driver and rules."""
        return connect(path, read_only=read_only, key=self.key)

    @property
    def key(self) -> Key | None:
        """What opens the book's file, None when that is not encrypted."""
        return key_of(self.connection)

    @property
    def is_encrypted(self) -> bool:
        """Whether the file can only be read with a passphrase."""
        return self.key is not None

    def prove(self) -> Opening:
        """What was found at opening, once the whole file was compared with the one closed last.

        Where that was put off (`prove_later`) it waits for another process to read the file;
        every change does so first. Call it on the writer's thread after the first paint. Raises
        DamagedBook, and the book is read-only from then on, when SQLite cannot follow the file.
        """
        if self._file.is_unproved:
            try:
                self.opened = open_file.prove(self._file)
            except DamagedBook as error:
                self.read_only = True
                because = f"it is damaged ({error.found})"
                self.opened = replace(self.opened, read_only_because=because)
                raise
        return self.opened

    def close(self) -> None:
        """Close the file and seal it; using the book afterwards is an error."""
        is_own = not self.read_only and self._watch.is_untouched()
        open_file.close(self._file, is_own=is_own)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- changing ---

    @contextmanager
    def change(
        self, label: str, *, kind: str = "edit", batch: str | None = None, many: bool = False
    ) -> Iterator[None]:
        """One undoable step: transaction, journal entry and one notice to all who subscribed.

        Nested use joins the outer change. On an error nothing is written. A change that altered
        nothing leaves no trace. `batch` is the snapshot id of an import. Before an import
        (`kind`) and before a change of `many` rows a backup is made, unless nothing changed
        since the last one.
        """
        if self._steps.is_open:
            yield
            return
        self.need_writable()
        if (many or kind == "import") and self.backs_up:
            self.need_own_file()
            self._back_up_first(is_import=kind == "import")
        with self._steps.change(label, kind, batch):
            yield

    @contextmanager
    def change_anew(self, number: int | None, label: str) -> Iterator[None]:
        """As `change`, in place of step `number` where that is the newest: it is taken back and
        the new one made together or not at all. So what is kept while it is typed is one step.
        """
        newest = self.can_undo
        if number is None or newest is None or newest.id != number or newest.thinned:
            with self.change(label):
                yield
            return
        self.need_writable()
        with self._steps.change_anew(number, label):
            yield

    @contextmanager
    def final_change(self, label: str) -> Iterator[set[str]]:
        """One step that cannot be taken back: its rows leave no images, and what was undone
        before cannot come again. On an error nothing is written.

        Who makes it adds the tables it touches to the set that is given.
        """
        self.need_writable()
        with self._steps.final_change(label) as tables:
            yield tables

    def _back_up_first(self, *, is_import: bool) -> None:
        from csplanner.book.backup import Why, backup_if_changed

        backup_if_changed(self, Why.IMPORT if is_import else Why.BULK)

    def derive(self, changed: Changed, batch: str | None = None) -> None:
        """Bring along, in the open transaction, what rests on what was changed."""
        self._search.refresh(changed, batch)
        self.derived.after(changed, batch)

    def need_writable(self) -> None:
        """Raise UserError, with the reason, when the book is read-only."""
        if self.read_only:
            because = f", because {self.read_only_because}" if self.read_only_because else ""
            way_out = self.opened.way_out or (
                "Save a copy to change it (csplanner backup BOOK --out COPY on the command line)."
            )
            raise UserError(f"This book is open read-only{because}. {way_out}")

    def trouble(self) -> str:
        """One sentence when others moved, replaced or wrote to the file; empty when none did."""
        return self._watch.trouble()

    def need_own_file(self) -> None:
        """Raise UserError when others touched the file, so that nothing of theirs is overwritten;
        DamagedBook when it turns out to be damaged (see `prove`).
        """
        self.prove()
        trouble = self.trouble()
        if trouble:
            raise UserError(
                f"{trouble} Your change was not written. Save a copy of what is open here, "
                "then open the book again."
            )

    def note_file(self) -> None:
        """Take the file as it is now for ours: after each own write."""
        self._watch.note()

    def doubt_file(self, error: BaseException) -> None:
        """Look again later at what a failed write of our own has left."""
        self._watch.doubt(error)

    def subscribe(self, listener: Callable[[Changed], None]) -> Callable[[], None]:
        """Call `listener` after every finished change, undo and redo; returns how to stop."""
        self._steps.listeners.append(listener)
        return lambda: self._steps.listeners.remove(listener)

    # --- undoing ---

    @property
    def can_undo(self) -> Change | None:
        """The change that `undo` would take back; None when its images are no longer kept."""
        found = history.newest_done(self.connection)
        return None if found is None or found.thinned else found

    @property
    def can_redo(self) -> Change | None:
        """The change that `redo` would bring again; None when its images are no longer kept."""
        found = history.next_again(self.connection)
        return None if found is None or found.thinned else found

    def undo(self) -> Undone:
        """Take the newest change back, exactly; raises UserError when there is none."""
        return self._steps.undo()

    def redo(self) -> Undone:
        """Bring again what was undone last, be it by `undo_change`; UserError when nothing is."""
        return self._steps.redo()

    def undo_change(self, number: int) -> Undone:
        """Take an older change back as a new change, keeping what was edited since.

        A field reverts only where nothing changed it since and a row with later dependants
        stays; `Undone.kept` counts both. Raises UserError when there is no such change.
        """
        return self._steps.undo_change(number)

    def undo_back_to(self, number: int) -> list[Undone]:
        """Take back every change newer than that one, newest first and exactly, or none.

        `redo` brings them again one by one. Raises UserError when there is no such change, when
        nothing is newer, or when what one of them needs is no longer kept.
        """
        return self._steps.undo_back_to(number)

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
            self.forget_settings()

    def as_of(self) -> date:
        """The day everything is judged on: today, or the newest fact's day in an old book."""
        return self.derived.as_of()

    def refresh(
        self, *, any_language: bool = False, told: Callable[[int, int], object] | None = None
    ) -> int:
        """Bring derived rows and search up to date and store the day's readings; returns accounts
        judged, `told` hears how far. With `any_language` sentences of another one spoken stay.
        """
        if self.read_only:
            return 0
        with sqlite_in_words():
            self.need_own_file()
            if self.opened.changed_outside and not self._is_looked_over:
                with self._steps.transaction():
                    self.derived.doubt_all()
                    self._search.doubt_all()
                self._is_looked_over = True
            self._search.catch_up()
            judged = self.derived.refresh(any_language=any_language, told=told)
            self.note_file()
            return judged

    def written_elsewhere(self) -> int:
        """A number that moves when another connection than this one has written to the file."""
        with sqlite_in_words():
            return int(self.connection.execute("pragma data_version").fetchone()[0])

    def reread(self) -> None:
        """Forget what was read before another connection changed the file."""
        self.forget_settings()
        self.derived.forget()

    def forget_settings(self) -> None:
        """Read the settings anew when next asked."""
        self.__dict__.pop("settings", None)
