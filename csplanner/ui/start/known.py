"""What can be said of the books opened before without opening them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from csplanner.book.connection import is_open_here
from csplanner.book.file_kind import NewerBook, header_of
from csplanner.book.lock import holder_of
from csplanner.book.place import is_remote
from csplanner.book.schema import SCHEMA_VERSION
from csplanner.errors import DamagedBook, UserError
from csplanner.language import ntr, tr
from csplanner.ui.book_memory import kept_of
from csplanner.ui.widgets.format import day

KNOWN = "known"
"""The key under which a book's memory keeps how many accounts it held and when it was opened."""


@dataclass(frozen=True, slots=True)
class Recent:
    """A book opened before: its name, where it lies and when it was changed, in words.

    `mark` says what is special about it (encrypted, open elsewhere, newer) with an `icon`, and
    `known` what it held when it was open here last; both may be empty.
    """

    path: Path
    name: str
    where: str
    state: str
    there: bool
    mark: str = ""
    icon: str = "book-open"
    known: str = ""
    pinned: bool = False

    @property
    def words(self) -> str:
        """Everything in one line, for screen readers."""
        pinned = tr("pinned") if self.pinned else ""
        parts = (self.name, self.mark, pinned, self.where, self.known, self.state)
        return ", ".join(part for part in parts if part)


def backup_words(newest: datetime | None, today: date) -> str:
    """`backup 9:30`, `backup 3 Mar`, `no backup`."""
    if newest is None:
        return tr("no backup")
    local = newest.astimezone()
    is_today = local.date() == today
    when = f"{local.hour}:{local.minute:02}" if is_today else day(local.date(), today)
    return tr("backup {0}").format(when)


def newest_backups(paths: Sequence[Path]) -> dict[Path, datetime | None]:
    """When each book was last backed up; reads the shelves, for another thread."""
    from csplanner.book.shelf import shelf

    return {
        path: next((kept.made_at for kept in shelf(path) if kept.sound), None) for path in paths
    }


def recent_books(paths: Sequence[str], today: date, *, pinned: Sequence[str] = ()) -> list[Recent]:
    """What can be said of books without opening them; reads the beginning of each local file.

    For the thread that opens books: a file read beside an open connection drops its locks.
    """
    return [_recent(Path(path), today, pinned=path in pinned) for path in paths]


def _recent(path: Path, today: date, *, pinned: bool) -> Recent:
    where, home = str(path.parent), str(Path.home())
    if where.startswith(home):
        where = f"~{where[len(home) :]}"
    known = _known(path, today)
    try:
        changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
    except OSError:
        gone = tr("not found there")
        return Recent(
            path, path.stem, where, gone, False, icon="circle-question-mark", known=known,
            pinned=pinned,
        )  # fmt: skip
    mark, icon = _mark(path)
    state = tr("changed {0}").format(_ago(changed, today))
    return Recent(path, path.stem, where, state, True, mark, icon, known, pinned)


def _known(path: Path, today: date) -> str:
    """`41 accounts · opened yesterday`, as far as it is known."""
    kept = kept_of(path).get(KNOWN)
    if not isinstance(kept, dict):
        return ""
    accounts, opened = kept.get("accounts"), kept.get("opened")
    parts = []
    if isinstance(accounts, int) and not isinstance(accounts, bool) and accounts >= 0:
        parts.append(ntr("{0} account", "{0} accounts", accounts))
    if isinstance(opened, str):
        try:
            when = datetime.fromisoformat(opened).astimezone().date()
        except ValueError:
            return " · ".join(parts)
        parts.append(tr("opened {0}").format(_ago(when, today)))
    return " · ".join(parts)


def _mark(path: Path) -> tuple[str, str]:
    """What is special about the file of a book, in words and as an icon."""
    if is_open_here(path):
        return tr("open in another window"), "external-link"
    if is_remote(path.resolve()):
        return tr("on a network drive"), "book-open"
    try:
        header = header_of(path)
        if holder_of(path) is not None:
            return tr("open elsewhere"), "lock"
    except NewerBook:
        return tr("made by a newer csplanner"), "triangle-alert"
    except DamagedBook:
        return tr("damaged"), "triangle-alert"
    except (UserError, OSError):
        return tr("not a book"), "triangle-alert"
    if header.salt:
        return tr("encrypted"), "lock"
    if 0 < header.user_version < SCHEMA_VERSION:
        return tr("of an older csplanner, upgraded when opened"), "book-open"
    return "", "book-open"


def _ago(moment: date, today: date) -> str:
    days = (today - moment).days
    if days == 0:
        return tr("today")
    return tr("yesterday") if days == 1 else tr("on {0}").format(day(moment, today))
