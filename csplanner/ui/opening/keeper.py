"""Backs the open book up by itself: every 30 minutes while it changes, and when it is closed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from csplanner.book.book import Book, Changed
from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.format import day, shortly

_LOOK_MS = 60_000
_FIRST_MS = 3_000
_AGAIN = timedelta(minutes=5)


class Keeper(QObject):
    """Knows when the open book was last backed up, and sees to the next backup.

    `changed` tells that `words` are others.
    """

    changed = Signal()

    def __init__(self, session: BookSession, changed_at: datetime | None) -> None:
        """`changed_at` is when the book was last changed, by whomever."""
        super().__init__(session)
        self._session = session
        self.last: datetime | None = None
        """When the newest sound backup was made, None when there is none or nobody looked yet."""
        self.failure = ""
        """Why the last attempt failed."""
        self._changed_at = changed_at
        self._wrote = False
        self._is_busy = False
        self._not_before: datetime | None = None
        session.changed.connect(self._note)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._ask)
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.timeout.connect(self._ask)

    def begin(self) -> None:
        """Look at the backups there are once the window is at rest, and then every minute: others
        make some as well, such as before an import.
        """
        self._first.start(_FIRST_MS)
        self._timer.start(_LOOK_MS)

    def look(self, now: datetime | None = None) -> None:
        """Make a backup when one is due; it is made on the writer's thread."""
        from csplanner.book.backup import due

        moment = now or datetime.now(UTC)
        waits = self._not_before is not None and moment < self._not_before
        if waits or self._is_busy or not self._may_write():
            return
        if due(self.last, self._changed_at, moment):
            self._is_busy = True
            self._session.copy(_keep_while_working, self._kept, self._failed)

    def at_closing(self) -> Callable[[Book], None] | None:
        """What is to be done with the book before it is closed; None when nothing is."""
        return _keep_at_closing if self._wrote and self._may_write() else None

    def words(self, today: date) -> str:
        """`Backup 9:30`, `Backup 3 Mar`, `No backup since 3 Mar: there is no room`; may be ''."""
        if self.failure:
            since = tr(" since {0}").format(_when(self.last, today)) if self.last else ""
            return tr("No backup{0}: {1}").format(since, self.failure)
        return tr("Backup {0}").format(_when(self.last, today)) if self.last else ""

    def note_backup(self) -> None:
        """A backup was made by hand or by something that began with one."""
        if self.failure:
            self.failure = ""
            self.changed.emit()
        self._ask()

    def note_failure(self, sentence: str) -> None:
        """A backup asked for by hand could not be made, for the reason in `sentence`."""
        self.failure = shortly(sentence)
        self.changed.emit()

    def _may_write(self) -> bool:
        return not self._session.read_only and not self._session.lost_because

    def _ask(self) -> None:
        self._session.ask(self, _newest, self._found, failed=lambda _: None)

    def _found(self, last: datetime | None) -> None:
        if last != self.last:
            self.last = last
            self.changed.emit()
        self.look()

    def _note(self, changed: Changed) -> None:
        if changed.tables - {"overview"}:
            self._wrote = True
            self._changed_at = datetime.now(UTC)
            if changed.tables & {"snapshot"}:
                self._ask()

    def _kept(self, made_at: datetime | None) -> None:
        self._is_busy = False
        self.failure = ""
        self._not_before = None
        self.last = made_at or self.last
        self._changed_at = None
        self.changed.emit()

    def _failed(self, sentence: str) -> None:
        self._is_busy = False
        self.failure = shortly(sentence)
        self._not_before = datetime.now(UTC) + _AGAIN
        self.changed.emit()


def _newest(book: Book) -> datetime | None:
    from csplanner.book.backup import shelf

    return next((kept.made_at for kept in shelf(book.path) if kept.sound), None)


def _keep_while_working(book: Book) -> datetime | None:
    from csplanner.book.backup import Why, backup_if_changed

    with _disk_in_words():
        backup_if_changed(book, Why.INTERVAL)
        return _newest(book)


def _keep_at_closing(book: Book) -> None:
    """A backup if anything changed, and the week's plain lines; one failing stops the other not."""
    from csplanner.book.backup import Why, backup_if_changed
    from csplanner.book.dump import dump_when_due

    with _disk_in_words():
        try:
            backup_if_changed(book, Why.CLOSE)
        finally:
            dump_when_due(book)


@contextmanager
def _disk_in_words() -> Iterator[None]:
    """Raise UserError where the folder for backups cannot be made or read."""
    try:
        yield
    except OSError as error:
        where = tr(" in {0}").format(error.filename) if error.filename else ""
        raise UserError(f"{error.strerror or error}{where}.") from error


def _when(moment: datetime, today: date) -> str:
    local = moment.astimezone()
    if local.date() == today:
        return f"{local.hour}:{local.minute:02}"
    return day(local.date(), today)
