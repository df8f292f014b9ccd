"""Backups: when one is made, which stay, and how one comes back."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.book.copies import Source, disk_in_words, sync_folder, write_copy
from csplanner.book.history import stamp
from csplanner.book.restoring import lost_by, restore
from csplanner.book.shelf import (
    Kept,
    Shelf,
    Why,
    drop,
    folder_of,
    look,
    newest_good,
    newest_good_of,
    put,
    shelf,
    shelves,
)
from csplanner.book.thinning import keep
from csplanner.errors import UserError

if TYPE_CHECKING:
    from csplanner.book.book import Book

__all__ = [
    "INTERVAL", "MOST_BYTES", "SMALL_BYTES", "Kept", "Shelf", "Why", "backup", "backup_if_changed",
    "backup_on_closing", "backup_when_due", "backups_of", "due", "lost_by", "newest_good",
    "restore", "shelf", "shelves", "thin",
]  # fmt: skip

INTERVAL = timedelta(minutes=30)
"""While a book changes, a backup is made this often."""

MOST_BYTES = 2_000_000_000
"""What the backups of one book may take together, unless its newest alone takes more."""

SMALL_BYTES = 50_000_000
"""A book up to this size is copied at the end of every command that changed it."""

_BY_HAND = timedelta(days=90)


def backup(
    book: "Book", out: Path | None = None, *, why: Why = Why.HAND, now: datetime | None = None
) -> Path:
    """A verified copy of the open book; returns where it stands.

    Without `out` it goes on the book's shelf, outside the book's own folder, and older backups
    are thinned once it stands. Raises DamagedBook, so that a damaged book displaces no backup,
    and UserError when the place has no room or cannot be written. A book with rows that a check
    would report is backed up, or it could not be mended; the last without any stays beside it.
    """
    source, moment = Source.of(book), now or datetime.now(UTC)
    with disk_in_words("The copy could not be written"):
        if out is not None:
            return _copy_to(source, out)
        kept = put(source, why, moment)
    if why is not Why.RESTORE:  # the one to come back may be old
        thin(book.path, moment)
    return kept.path


def backup_if_changed(book: "Book", why: Why, *, now: datetime | None = None) -> Path | None:
    """A backup, unless nothing was done to the book since it was last the same as a good one."""
    found = look(folder_of(book.path))
    if is_on(found, stamp(book.connection)):
        return None
    return backup(book, why=why, now=now)


def backup_when_due(book: "Book", why: Why, *, now: datetime | None = None) -> Path | None:
    """A backup when the book changed and the newest one is older than 30 minutes."""
    moment = now or datetime.now(UTC)
    newest = next((kept.made_at for kept in shelf(book.path) if kept.sound), None)
    if not due(newest, moment, moment):
        return None
    return backup_if_changed(book, why, now=moment)


def backup_on_closing(book: "Book", *, now: datetime | None = None) -> Path | None:
    """A backup of a book that a command changed, unless its newest backup has that state already.

    Of a book above 50 MB, which takes long to copy, only when the newest is 30 minutes old.
    """
    if book.path.stat().st_size > SMALL_BYTES:
        return backup_when_due(book, Why.CLOSE, now=now)
    return backup_if_changed(book, Why.CLOSE, now=now)


def due(last_backup_at: datetime | None, last_change_at: datetime | None, now: datetime) -> bool:
    """Whether a backup should be made now: something changed, and the last is 30 minutes old.

    A last backup in the future tells nothing, as the clock was set back: then it is due as well.
    """
    if last_change_at is None:
        return False
    if last_backup_at is None or last_backup_at > now:
        return True
    return last_change_at > last_backup_at and now - last_backup_at >= INTERVAL


def backups_of(path: Path) -> list[Path]:
    """Where the backups of the book at `path` lie, newest first."""
    return [kept.path for kept in shelf(path)]


def thin(path: Path, now: datetime) -> list[Path]:
    """Remove the backups of a book that are too many; returns those that are gone.

    What stays says `thinning.keep`, and in any case: the newest sound one, the newest without
    flaws, the one made before the last upgrade, and for 90 days those made by hand and those
    found damaged, which may still be of use to a rescue. Above 2 GB the damaged go first, then
    the oldest, those made by hand among them; never the first three.
    """
    kept = shelf(path)
    sound = [one for one in kept if one.sound]
    if not sound:
        return []
    moments = keep([one.made_at for one in reversed(sound)], now)
    needed = {sound[0].path, *_newest_flawless(sound), *_before_upgrade(sound)}
    gone = [
        one
        for one in kept
        if one.path not in needed
        and not (one.sound and one.made_at in moments)
        and not ((one.why is Why.HAND or not one.sound) and one.made_at > now - _BY_HAND)
    ]
    left = [one for one in kept if one not in gone]
    return drop([*gone, *_over_the_limit(left, needed)])


def _newest_flawless(sound: list[Kept]) -> list[Path]:
    return [one.path for one in sound if not one.flaws][:1]


def _before_upgrade(sound: list[Kept]) -> list[Path]:
    return [one.path for one in sound if one.why is Why.MIGRATION][:1]


def _over_the_limit(left: list[Kept], needed: set[Path]) -> list[Kept]:
    """What must go until the rest takes no more than it may."""
    total = sum(one.size for one in left)
    gone = []
    for one in sorted(left, key=lambda one: (one.sound, one.number, one.made_at)):
        if total <= MOST_BYTES:
            break
        if one.path not in needed:
            gone.append(one)
            total -= one.size
    return gone


def is_on(found: Shelf, word: str) -> bool:
    """Whether the state of a book with that stamp is on its shelf, in a backup that is good.

    Asked of the backup the book was last the same as (after a restore that is an older one), or
    of the newest when that one is gone.
    """
    bases = [kept for kept in found.kept if kept.number == found.base and found.base]
    kept = bases[0] if bases else next((one for one in found.kept if one.sound), None)
    if kept is None or kept.stamp != word:
        return False
    return newest_good_of(Shelf(found.folder, found.book, found.place, (kept,))) is not None


def _copy_to(source: Source, out: Path) -> Path:
    if out.exists():
        raise UserError(f"{out.name} is already there. Choose another name.")
    part = out.with_name(out.name + ".part")
    part.unlink(missing_ok=True)
    write_copy(source, part)
    try:
        os.link(part, out)  # unlike a rename, this never takes the place of a file
    except FileExistsError:
        raise UserError(f"{out.name} is already there. Choose another name.") from None
    except OSError:
        part.rename(out)  # a disk without links, such as a memory stick
    finally:
        part.unlink(missing_ok=True)
    try:
        sync_folder(out.parent)
    except OSError:
        # It may be gone after a power cut: better to make it again than to believe in it.
        out.unlink(missing_ok=True)
        raise
    return out
