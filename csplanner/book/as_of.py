"""The book as of a past day: a private copy turned back, to be looked at and thrown away.

What a day shows:

- Records that came with a snapshot are there from the day of that snapshot, with the values that
  snapshots up to the day gave them. Records the CRM deleted later are back.
- What you recorded with a day of its own (a touch, pulse, placement, note, answer, promise …) is
  there from that day, whenever you typed it. Your other changes count from the newest day their
  records name, else from the day you made them. What you took back counts as never made.
- What ended later had not ended: tasks done later are open, promises kept later are not kept.
- A value you judged, or any of an account, is what the history of the field says of the day, also
  where the change itself is too old to be turned back.
- Score, tier, Today and every other derived figure are judged anew as of the day. A reading that
  was stored on the day stays what it was: the line of health is never told with hindsight.
- Before the first snapshot the records are as that snapshot told them, without what is dated later.
- On or after the day the book is judged on, it is the book as it stands.

What cannot come back: somebody who was erased, records deleted by changes whose images are no
longer kept, and what such changes wrote where no history of the field exists. `Past.lost` counts
those changes. Saved views and remembered mappings are today's.
"""

from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csplanner.book.beside_work import Cancel, Progress, work_beside
from csplanner.book.book import Book
from csplanner.book.rewind import rewind
from csplanner.book.room import Room, copy_of, in_passing
from csplanner.errors import UserError
from csplanner.language import ntr, tr

if TYPE_CHECKING:
    import sqlite3

    from csplanner.domain.snapshot import Snapshot

__all__ = ["Past", "days", "look", "look_here", "make"]


@dataclass(frozen=True, slots=True)
class Past:
    """A book as of a day, in a private file. `open` it, and `close` removes it."""

    room: Room
    path: Path
    day: date
    judged_on: date
    """The day everything in it is judged on: the day, or its newest fact's where that is old."""
    sources: tuple[str, ...] = ()
    """Where the newest snapshots up to the day came from, of those of one day."""
    snapshot_on: date | None = None
    """The day of that snapshot; None before the first."""
    accounts: int = 0
    lost: int = 0
    """Later changes that could not be turned back exactly."""

    def open(self) -> Book:
        """The copy, read-only, with the day as its today; close it before this."""
        from csplanner.book.connection import connect

        # It was made here a moment ago, of a sound book: nothing is to be looked over.
        return Book(connect(self.path, read_only=True), self.path, read_only=True, today=self.day)

    def close(self) -> None:
        """Remove the copy; again is no error."""
        self.room.close()

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be known of it, one sentence each."""
        said = []
        if self.snapshot_on is None:
            said.append(tr("There was no snapshot yet: records are as the first one told them."))
        if self.lost:
            said.append(
                ntr(
                    "{0} later change is too old to be turned back exactly.",
                    "{0} later changes are too old to be turned back exactly.",
                    self.lost,
                )
            )
        return tuple(said)


def days(book: Book) -> "list[tuple[date, tuple[Snapshot, ...]]]":
    """The days of the book's snapshots, newest first, each with its snapshots."""
    found: dict[date, list[Snapshot]] = {}
    for snapshot in book.snapshots.all():
        found.setdefault(snapshot.as_of, []).append(snapshot)
    return [(day, tuple(snapshots)) for day, snapshots in found.items()]


def check_day(book: Book, day: date) -> None:
    """Raise UserError when nothing can be seen of that day: it lies ahead, or before any fact."""
    if day > book.today:
        raise UserError(tr("That day lies ahead. Choose one up to today."))
    first = book.derived.first_day()
    if first is None:
        raise UserError(tr("This book holds nothing yet. Import a snapshot first."))
    if day < first:
        raise UserError(
            tr("The book knows nothing before {0}. Choose a later day.").format(first.isoformat())
        )


def need_ours(connection: "sqlite3.Connection") -> None:
    """Bring a copy to the present schema; raise UserError where it holds code of others."""
    from csplanner.book.audit import foreign_code, without_code
    from csplanner.book.opening import migrate_whole
    from csplanner.book.schema import SCHEMA_VERSION

    foreign = foreign_code(connection)
    if foreign:
        raise UserError(
            f"This book holds code that csplanner did not write ({foreign[0]}), so it can only be "
            f"shown as it is. {without_code(connection)}"
        )
    if int(connection.execute("pragma user_version").fetchone()[0]) < SCHEMA_VERSION:
        migrate_whole(connection)


def look(
    book: Path,
    day: date,
    *,
    today: date,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> Past | None:
    """The book at `book` as of `day`, made by a process of its own: call it beside the window.

    None when it was cancelled, which takes effect within a tenth of a second. Raises UserError
    when there is nothing to see of that day, or no room for a copy.
    """
    room = Room()
    answer = None
    try:
        order = {"room": str(room.path), "day": day.isoformat(), "today": today.isoformat()}
        answer = work_beside("as_of", book, order, progress=progress, cancelled=cancelled)
    finally:
        if answer is None:
            room.close()
    return None if answer is None else _past(room, answer)


def look_here(book: Path, day: date, *, today: date) -> Past:
    """The same in this process, for the command line."""
    room = Room()
    try:
        return _past(room, make(book, room.path, day, today, lambda *_: None))
    except BaseException:
        room.close()
        raise


def make(book: Path, room: Path, day: date, today: date, tell: Progress) -> dict[str, Any]:
    """Write the copy into the folder `room` and return what `Past` says of it, as plain data."""
    tell(0, 0, tr("Copying your book"))
    file = room / book.name
    connection = copy_of(book, room, file.name)
    try:
        need_ours(connection)
        whole = Book(connection, file, read_only=True, today=today)
        check_day(whole, day)
        is_past = day < whole.as_of()
        tell(0, 0, tr("Turning it back"))
        lost = rewind(connection, day) if is_past else 0
    finally:
        connection.close()
    found = _judged(book, file, day if is_past else today, tell)
    return found | {"day": day.isoformat(), "lost": lost}


def _judged(book: Path, file: Path, day: date, tell: Progress) -> dict[str, Any]:
    from csplanner.book.connection import connect, key_of_file

    connection = connect(file, key=key_of_file(book))
    in_passing(connection)
    with closing(Book(connection, file, read_only=False, today=day)) as copy:
        _keep_readings(copy, tell)
        newest = copy.snapshots.newest()
        same = [] if newest is None else [
            s.source for s in copy.snapshots.all() if s.as_of == newest.as_of
        ]  # fmt: skip
        is_before = newest is not None and newest.as_of > day
        return {
            "file": str(file),
            "judged_on": copy.as_of().isoformat(),
            "sources": [] if is_before else list(dict.fromkeys(same)),
            "snapshot_on": None if newest is None or is_before else newest.as_of.isoformat(),
            "accounts": copy.overview.totals().accounts,
        }


def _keep_readings(copy: Book, tell: Progress) -> None:
    """Judge all accounts; where a reading of the day was stored, it alone stays."""
    db, day = copy.connection, copy.as_of().isoformat()
    db.execute("create temp table stored as select id, account_id from reading where as_of = ?",
               (day,))  # fmt: skip
    tell(0, 0, tr("Judging the accounts"))
    copy.refresh(told=lambda done, total: tell(done, total, tr("Judging the accounts")))
    db.execute(
        "delete from reading where as_of = ? and account_id in (select account_id from "
        "temp.stored) and id not in (select id from temp.stored)",
        (day,),
    )


def _past(room: Room, plain: dict[str, Any]) -> Past:
    on = plain["snapshot_on"]
    return Past(
        room,
        Path(plain["file"]),
        date.fromisoformat(plain["day"]),
        date.fromisoformat(plain["judged_on"]),
        tuple(plain["sources"]),
        None if on is None else date.fromisoformat(on),
        plain["accounts"],
        plain["lost"],
    )
