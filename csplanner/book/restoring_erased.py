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
from csplanner.domain.wording import count_text
from csplanner.errors import UserError


@dataclass(frozen=True, slots=True)
class Returning:
    """How many erased people are in a backup, and whether it has a list of the erased."""

    people: int
    has_list: bool

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
                f"{who} you erased {are} in the book again. The backup is older than the list of "
                "the erased, so imports may bring them back too: erase them once more by name."
            )
        said = f"{who} you erased {are} in the book again; imports go on leaving them out."
        if book is None:
            return f"{said} Erase them once more on the page of their account."
        return (
            f"{said} To erase them from it and from backups: csplanner person {book} "
            "--rewrite-backups"
        )


def returning(place: Path, backup: Path) -> Returning:
    """The people erased from the book who are in a backup; nobody when either cannot be read."""
    with suppress(UserError, OSError, sqlite3.Error):
        listed = _listed(place)
        with closing(reading(backup)) as old:
            return Returning(_count(old, listed), _has_list(old))
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


def _count(db: sqlite3.Connection, listed: Suppressed) -> int:
    from csplanner.book.erase_backups import erased_in

    return len(erased_in(db, listed))


def _has_list(db: sqlite3.Connection) -> bool:
    sql = "select 1 from sqlite_master where type = 'table' and name = 'suppressed'"
    return db.execute(sql).fetchone() is not None
