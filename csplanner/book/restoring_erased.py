"""Whom a restore brings back: people erased since the backup was made, who are told and kept out.

The list of the erased goes along with the restore, so that imports go on leaving them out and one
command erases them again.
"""

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from csplanner.book.copies import reading, sidecars_of
from csplanner.book.suppress import Suppressed, carry_over, suppressed
from csplanner.domain.wording import count_text, list_text, one_line
from csplanner.errors import UserError

_NAMED = 5


@dataclass(frozen=True, slots=True)
class Returning:
    """How many erased people are in a backup, whether it has a list of the erased, and what those
    with a record there are called.
    """

    people: int
    has_list: bool
    names: tuple[str, ...] = ()

    def words(self, book: Path | None = None) -> str:
        """What a restore means for them, and what to do, with a command where `book` is given;
        empty when it brings nobody back.
        """
        if not self.people:
            return ""
        who = count_text(self.people, "person", "people")
        are = "is" if self.people == 1 else "are"
        if not self.has_list:
            return (
                f"{who} you erased {are} in the book again{self._named}. The backup is older than "
                "the list of the erased, so imports may bring them back too: erase them once more "
                "by name."
            )
        said = (
            f"{who} you erased {are} in the book again; imports go on leaving them out"
            f"{self._named}."
        )
        if book is None:
            return f"{said} Erase them once more on the page of their account."
        return (
            f"{said} To erase them from it and from backups: csplanner person {book} "
            "--rewrite-backups"
        )

    @property
    def _named(self) -> str:
        """`: Ana Ruiz and 2 more`, so that they can be found and erased once more."""
        shown = [one_line(name) for name in self.names[:_NAMED]]
        more = self.people - len(shown)
        return f": {list_text([*shown, f'{more} more'] if more else shown)}" if shown else ""


def returning(place: Path, backup: Path) -> Returning:
    """The people erased from the book who are in a backup; nobody when either cannot be read."""
    with suppress(UserError, OSError, sqlite3.Error):
        listed = _listed(place)
        with closing(reading(backup)) as old:
            found = _erased(old, listed)
            return Returning(len(found), _has_list(old), _names(old, found))
    return Returning(0, has_list=True)


def carry_erased(place: Path, part: sqlite3.Connection) -> int:
    """Bring the list of the erased of the present book, if it can be read, into a copy that is to
    take its place; returns how many lines came.
    """
    with suppress(UserError, OSError, sqlite3.Error):
        if place.exists() and not sidecars_of(place) and _has_list(part):
            with closing(reading(place)) as present:
                return _carry(present, part)
    return 0


def _carry(present: sqlite3.Connection, part: sqlite3.Connection) -> int:
    part.execute("begin immediate")
    try:
        came = carry_over(present, part)
    except BaseException:
        part.execute("rollback")
        raise
    # Nothing new leaves the copy as it is, byte for byte.
    part.execute("commit" if came else "rollback")
    return came


def _listed(place: Path) -> Suppressed:
    if not place.is_file() or sidecars_of(place):
        return Suppressed({})
    with closing(reading(place)) as present:
        return suppressed(present)


def _erased(db: sqlite3.Connection, listed: Suppressed) -> list[str]:
    from csplanner.book.erase_backups import erased_in

    return erased_in(db, listed)


def _names(db: sqlite3.Connection, found: list[str]) -> tuple[str, ...]:
    """What they are called in their records there; some are in its history alone."""
    rows = (db.execute("select name from person where id = ?", (i,)).fetchone() for i in found)
    return tuple(row[0] for row in rows if row is not None)


def _has_list(db: sqlite3.Connection) -> bool:
    sql = "select 1 from sqlite_master where type = 'table' and name = 'suppressed'"
    return db.execute(sql).fetchone() is not None
