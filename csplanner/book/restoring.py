"""Putting a backup in the place of a book, so that the place holds a whole book at every moment.

The order is what makes it safe: the backup is copied beside the book and verified; the present
book gets a second name in a dated folder; only then does the copy take the book's name, in one
step. Whoever pulls the plug finds either the old book or the new one under its name.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from csplanner.book.connection import connect, create_file, is_open_here, like
from csplanner.book.copies import (
    Source,
    disk_in_words,
    examine,
    need_room,
    reading,
    remove_with_sidecars,
    sidecars_of,
    sync_file,
    sync_folder,
)
from csplanner.book.history import Change, stamp
from csplanner.book.lock import Holder, take
from csplanner.book.restoring_erased import carry_erased
from csplanner.book.schema import read_header
from csplanner.book.seal import seal
from csplanner.book.shelf import Why, entry_of, folder_of, is_unchanged, look, put, record
from csplanner.errors import UserError
from csplanner.language import tr

_SQLITE = b"SQLite format 3\0"
_ANOTHER = (
    "The backup is of another book: it shares no change with {}. Restore it under a name of its "
    "own, or with --other-book in place of this one."
)


def restore(
    path: Path, from_backup: Path, *, other_book: bool = False, take_over: bool = False
) -> Path | None:
    """Put a backup in the place of the book; returns where the present book was moved, if any.

    What stands there afterwards is the backup byte for byte, but for the list of erased people,
    to which that of the present book is added. A sound present book is backed up
    first, unless that is impossible. Raises UserError, with nothing changed, when the backup is
    not sound or was changed, has no room, or is of another book (unless `other_book`); when what
    stands in the place is no book; or when somebody has it open (`take_over`: unless that is on
    another computer, where it cannot be seen whether it is so still).
    """
    place = path.resolve()
    with disk_in_words("The backup could not be put in place"), held(place, take_over=take_over):
        _check_backup(from_backup, place)
        _check_place(place)
        part = place.with_name(place.name + ".part")
        remove_with_sidecars(part)
        _need_room(place, from_backup)
        try:
            _take(from_backup, part)
            is_another = _is_another(place, part)
            if is_another and not other_book:
                raise UserError(_ANOTHER.format(place.name))
            _keep_present(place, part)
            if not is_another:
                with closing(connect(part)) as db:
                    carry_erased(place, db)
            aside = _put_in_place(part, place)
        except BaseException:
            with suppress(OSError):
                remove_with_sidecars(part)
            raise
    seal(place)
    _note(place, from_backup)
    return aside


def lost_by(path: Path, from_backup: Path) -> list[str] | None:
    """What a restore would take away: the changes in force that the backup does not have, and what
    was undone, brought again or done for good since it; newest first. None when the present book
    cannot be read.
    """
    present, old = _changes(path), _changes(from_backup)
    if present is None or old is None:
        return None
    lost = []
    for key in sorted(present, reverse=True):
        now, then = present[key], old.get(key)
        if then is None and (now.state == "done" or now.is_for_good):
            lost.append(now.label)
        elif then is not None and (then.state == "done") != (now.state == "done"):
            lost.append(
                (tr("Undo: {0}") if then.state == "done" else tr("Redo: {0}")).format(now.label)
            )
    return lost


@contextmanager
def held(place: Path, *, take_over: bool = False) -> Iterator[None]:
    """Keep the book to whoever replaces it; raises UserError when somebody has it open."""
    if is_open_here(place):
        raise UserError(f"{place.name} is open in this window. Close it first.")
    try:
        taken = take(place, take_over=take_over)
    except (OSError, UserError):
        taken = None  # a folder that keeps no locks kept none for those who wrote there either
    if isinstance(taken, Holder):
        raise UserError(f"{place.name} is open: {taken.words}. {taken.way_out}")
    try:
        yield
    finally:
        if taken is not None:
            with suppress(OSError):
                taken.release()


def _check_backup(backup: Path, place: Path) -> None:
    read_header(backup)
    if backup.resolve() == place:
        raise UserError(f"{backup.name} is the book itself. Choose one of its backups.")
    if any(beside.stat().st_size for beside in sidecars_of(backup)):
        raise UserError(
            f"{backup.name} was not closed: {sidecars_of(backup)[0].name} lies beside it. Open it "
            "in csplanner once, then restore from it."
        )
    kept = entry_of(backup)
    if kept is not None and not (kept.sound and is_unchanged(kept)):
        raise UserError(f"{backup.name} is damaged and was not used. Choose another backup.")


def _check_place(place: Path) -> None:
    """Only a book gives way, also one so damaged that nothing in it can be read."""
    if not place.exists():
        return
    if place.is_file() and place.suffix == ".csbook":
        with place.open("rb") as stream:
            if stream.read(len(_SQLITE)) != _SQLITE:
                return
    read_header(place)


def _need_room(place: Path, backup: Path) -> None:
    """Room for the new book, and for a copy of the old one where a second name will not do."""
    old = [found for found in (place, *sidecars_of(place)) if found.exists()]
    apart = sum(found.stat().st_size for found in old) if len(old) > 1 else 0
    need_room(place.parent, backup.stat().st_size + apart, "the restored book")


def _take(backup: Path, part: Path) -> None:
    """Copy the backup byte for byte, and verify the copy."""
    _copy_file(backup, part)
    with closing(connect(part)) as db:
        # A book from elsewhere may come in write-ahead logging, which needs files beside it.
        if db.execute("pragma journal_mode").fetchone()[0] != "delete":
            db.execute("pragma journal_mode = delete")
    if not examine(part).sound:
        raise UserError(f"{backup.name} is damaged and was not used. Choose another backup.")


def _is_another(place: Path, part: Path) -> bool:
    """Two books that both have a history but no change in common are not the same book."""
    present, coming = _changes(place), _changes(part)
    return bool(present and coming and not present.keys() & coming.keys())


def _keep_present(place: Path, part: Path) -> None:
    """Back the present book up, unless it is backed up, or the same as what is to come, or
    damaged, or was not closed.
    """
    if not place.exists() or sidecars_of(place):
        return
    with suppress(UserError, sqlite3.Error, OSError), closing(reading(place)) as db:
        source = Source(db, place, like(db))
        word = stamp(db)
        if word == examine(part).stamp:
            return
        newest = next((kept for kept in look(folder_of(place)).kept if kept.sound), None)
        if newest is None or newest.stamp != word or not is_unchanged(newest):
            put(source, Why.RESTORE, datetime.now(UTC))


def _put_in_place(part: Path, place: Path) -> Path | None:
    beside, stood = sidecars_of(place), place.exists()
    folder = _folder_aside(place) if stood or beside else None
    try:
        if folder is not None:
            _set_aside(place, folder, copied=bool(beside))
        if beside:
            _settle(place)
        os.replace(part, place)  # noqa: PTH105
    except BaseException:
        if folder is not None and not beside:  # else it may hold all there is of a journal
            shutil.rmtree(folder, ignore_errors=True)
        raise
    with suppress(OSError):  # either name leads to a whole book, whichever the disk keeps
        sync_folder(place.parent)
    return folder / place.name if folder is not None and stood else None


def _folder_aside(place: Path) -> Path:
    moment = datetime.now(UTC).strftime("%Y-%m-%d %H.%M.%S")
    named = place.parent / f"{place.stem} before restore {moment}"
    for number in count(1):
        folder = named if number == 1 else named.with_name(f"{named.name} {number}")
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            return folder
    raise AssertionError  # pragma: no cover - the numbers do not end


def _set_aside(place: Path, folder: Path, *, copied: bool) -> None:
    """Give the present book a second name in `folder`, or copy it and what lies beside it.

    With a journal beside it SQLite will write into the book once more, so a second name is not
    enough to keep what is there now.
    """
    for found in (place, *sidecars_of(place)):
        if found.exists() and (copied or not _linked(found, folder / found.name)):
            _copy_file(found, folder / found.name)
    sync_folder(folder)
    sync_folder(place.parent)


def _linked(found: Path, target: Path) -> bool:
    """Give a file a second name; false on a disk that knows none, such as a memory stick."""
    try:
        os.link(found, target)
    except OSError:
        return False
    return True


def _settle(place: Path) -> None:
    """Have SQLite finish what the journal beside the present book says, then remove the rest.

    A journal that stayed would be played into the restored book; one removed too early would
    leave the present book half written.
    """
    with suppress(UserError, sqlite3.Error), closing(connect(place)) as db:
        db.execute("select count(*) from sqlite_master").fetchone()
        if db.execute("pragma journal_mode").fetchone()[0] != "delete":
            db.execute("pragma journal_mode = delete")
    for beside in sidecars_of(place):
        beside.unlink()
    sync_folder(place.parent)


def _copy_file(source: Path, target: Path) -> None:
    create_file(target)
    try:
        with source.open("rb") as old, target.open("r+b") as new:
            shutil.copyfileobj(old, new, 1 << 20)
        sync_file(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _changes(path: Path) -> dict[tuple[int, str], Change] | None:
    """Each change by number and moment; None when it cannot be read."""
    if not path.is_file() or sidecars_of(path):
        return None
    try:
        with closing(reading(path)) as db:
            # Of books of every schema: what came later is of no interest here.
            rows = db.execute("select id, label, at, kind, state, rows from change").fetchall()
    except (UserError, sqlite3.Error):
        return None
    found = [Change(*row) for row in rows]
    return {(change.id, change.at): change for change in found}


def _note(place: Path, backup: Path) -> None:
    """Write down on the shelf which backup the book is now the same as."""
    folder = folder_of(place)
    kept = entry_of(backup) if backup.parent == folder else None
    with suppress(UserError, OSError):
        if folder.is_dir():
            record(folder, base=kept.number if kept else 0)
