"""The shelf of a book: its folder of backups, and the manifest that says what each one is.

`manifest.json` holds nothing that the files and their names do not tell, except the digest each
file had when it was verified. So it can be lost: what it does not list is examined anew.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path

from csplanner.book.connection import create_file, is_open_here
from csplanner.book.copies import (
    LOCKED,
    Facts,
    Source,
    digest,
    examine,
    remove_with_sidecars,
    sync_file,
    sync_folder,
    write_copy,
)
from csplanner.book.schema import SCHEMA_VERSION
from csplanner.errors import UserError
from csplanner.language import noted, tr
from csplanner.paths import backups_dir

MANIFEST = "manifest.json"
_MOMENT = "%Y-%m-%d %H.%M.%S"
_NAME = re.compile(r"(\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d)(?: (\d{1,9})-([a-z]+)| \d+)?")
_STALE_SECONDS = 3600


class Why(StrEnum):
    """What a backup was made for."""

    HAND = "hand"
    CLOSE = "close"
    INTERVAL = "interval"
    IMPORT = "import"
    MIGRATION = "migration"
    RESTORE = "restore"
    BULK = "bulk"
    REPAIR = "repair"
    ERASE = "erase"

    @property
    def words(self) -> str:
        """`before an import`."""
        return tr(_WORDS[self])


_WORDS = {
    Why.HAND: noted("by hand"),
    Why.CLOSE: noted("on closing"),
    Why.INTERVAL: noted("while you worked"),
    Why.IMPORT: noted("before an import"),
    Why.MIGRATION: noted("before an upgrade"),
    Why.RESTORE: noted("before a restore"),
    Why.BULK: noted("before a large change"),
    Why.REPAIR: noted("before a repair"),
    Why.ERASE: noted("before an erasure"),
}


@dataclass(frozen=True, slots=True)
class Kept:
    """One backup: where it lies, when (UTC) and why it was made, and what it holds.

    `rows` counts records; `sound` is false once the file was found damaged or changed. `number`
    counts up by one for each backup of the book, whatever the clock says; 0 when not known.
    `flaws` says what a check of the book would have said then; empty in most.
    """

    path: Path
    made_at: datetime
    why: Why
    size: int
    sha256: str
    schema: int
    rows: int
    stamp: str
    sound: bool
    number: int = 0
    flaws: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The backups of one book, newest first, with the book's name and where it last lay.

    `base` is the number of the backup the book was last the same as, 0 when not known.
    """

    folder: Path
    book: str
    place: Path | None
    kept: tuple[Kept, ...]
    base: int = 0

    @property
    def size(self) -> int:
        """Bytes of all its backups."""
        return sum(kept.size for kept in self.kept)


def folder_of(path: Path) -> Path:
    """The folder for the backups of the book at `path`; it need not exist.

    One per book: its name, and its place hashed so that namesakes stay apart. A link to a book
    leads to the same folder.
    """
    real = path.resolve()
    place = sha256(os.fsencode(real)).hexdigest()[:8]
    return _all_backups() / f"{re.sub(r'[^A-Za-z0-9_-]+', '-', real.stem)[:40]}-{place}"


def barred(path: Path) -> str:
    """Why the backups of the book at `path` cannot be looked at; empty when they can, or when
    there never were any.
    """
    folder = folder_of(path)
    try:
        next(folder.iterdir(), None)
    except FileNotFoundError:
        return ""
    except OSError as error:
        return (
            f"The backups of {path.name} cannot be read: {folder}: {error.strerror}. Make the "
            "folder yours to read again."
        )
    return ""


def shelf(path: Path) -> list[Kept]:
    """The backups of the book at `path`, newest first."""
    return list(look(folder_of(path)).kept)


def _all_backups() -> Path:
    """The folder of all shelves; UserError where it cannot be made."""
    try:
        return backups_dir()
    except OSError as error:
        raise UserError(
            f"The folder for backups cannot be made ({error.strerror}, {error.filename}). Free "
            "some space there, or give that place to csplanner."
        ) from error


def shelves() -> list[Shelf]:
    """The backups of every book there ever was here, also of books that moved or are lost."""
    found = [look(folder) for folder in sorted(_all_backups().iterdir()) if folder.is_dir()]
    return [one for one in found if one.kept]


def look(folder: Path) -> Shelf:
    """What lies in a folder of backups; files the manifest does not know are examined."""
    document = _read_manifest(folder)
    known = _known(document.get("backups"))
    kept, news = [], False
    for file in folder.glob("*.csbook"):
        with suppress(OSError):  # removed meanwhile
            entry = known.get(file.name)
            kept.append(_still(file, entry) if entry else _examined(file))
            news = news or (entry is None and kept[-1].flaws != LOCKED)
    kept.sort(key=lambda one: (one.number, one.made_at, one.path.name), reverse=True)
    place, base = document.get("path"), document.get("base")
    found = Shelf(
        folder,
        str(document.get("book") or re.sub(r"-[0-9a-f]{8}$", "", folder.name)),
        Path(place) if isinstance(place, str) and place else None,
        tuple(kept),
        base if isinstance(base, int) else 0,
    )
    if news:
        with suppress(OSError, UserError):
            _write_manifest(found)
    return found


def newest_good(path: Path) -> Kept | None:
    """The newest backup of the book at `path` that is as it was when it was verified."""
    return newest_good_of(look(folder_of(path)))


def newest_good_of(found: Shelf) -> Kept | None:
    """The newest backup on a shelf whose digest is still right and that can be opened here.

    One whose bytes changed is marked as not sound.
    """
    for kept in found.kept:
        if kept.sound and kept.schema <= SCHEMA_VERSION and is_unchanged(kept):
            return kept
    return None


def is_unchanged(kept: Kept) -> bool:
    """Whether a backup has the digest it was verified with; marks it as not sound if not."""
    if is_open_here(kept.path):
        return False  # reading it would drop SQLite's locks
    try:
        same = digest(kept.path) == kept.sha256
    except OSError:
        return False  # cannot be read now, which says nothing about what it holds
    if not same:
        with suppress(OSError, UserError):
            record(kept.path.parent, replace(kept, sound=False))
    return same


def entry_of(backup: Path) -> Kept | None:
    """What is known of a file, when it lies on a shelf."""
    if not (backup.parent / MANIFEST).is_file():
        return None
    return next((k for k in look(backup.parent).kept if k.path.name == backup.name), None)


def put(source: Source, why: Why, now: datetime) -> Kept:
    """A verified copy on the shelf of the book; raises UserError when it cannot be made."""
    folder = folder_of(source.path)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _clear_unfinished(folder)
    moment = now.astimezone(UTC).replace(microsecond=0)
    part = folder / f"{moment.strftime(_MOMENT)} {os.getpid()}.part"
    facts = write_copy(source, part)
    try:
        before = look(folder)
        number = 1 + max((kept.number for kept in before.kept), default=0)
        target = folder / f"{moment.strftime(_MOMENT)} {number:04d}-{why}.csbook"
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(folder)
    kept = _kept(target, facts)
    real = source.path.resolve()
    named = replace(before, book=real.stem, place=real, base=number)
    with suppress(OSError):  # the copy stands and tells all of this by itself
        _write_manifest(replace(named, kept=(kept, *before.kept)))
    return kept


def record(folder: Path, *changed: Kept, base: int | None = None) -> None:
    """Write down what is now known of some backups, and which one the book is the same as."""
    found = look(folder)
    news = {kept.path.name: kept for kept in changed}
    kept = tuple(news.get(one.path.name, one) for one in found.kept)
    _write_manifest(replace(found, kept=kept, base=found.base if base is None else base))


def drop(kept: Iterable[Kept]) -> list[Path]:
    """Remove backups of one shelf; returns those that are gone."""
    gone = []
    for one in kept:
        with suppress(OSError):  # open elsewhere: it goes another time
            one.path.unlink()
            gone.append(one.path)
    if gone:
        with suppress(OSError):
            record(gone[0].parent)
    return gone


@contextmanager
def rewriting(backup: Path) -> Iterator[Path]:
    """A private copy of a backup to be changed; leaving puts it in the backup's place, verified.

    Raises UserError when what is to take the place is not sound; the backup stays as it was then.
    """
    folder = backup.parent
    part = folder / f"{backup.stem} {os.getpid()}.part"
    create_file(part)
    try:
        part.write_bytes(backup.read_bytes())
        yield part
        facts = examine(part)
        if not facts.sound:
            raise UserError(f"{backup.name} could not be rewritten and stays as it was.")
        sync_file(part)
        _forget(backup)
        part.replace(backup)
        sync_folder(folder)
        look(folder)
    finally:
        remove_with_sidecars(part)


def _forget(backup: Path) -> None:
    """Take a file out of the manifest, so that it is examined at the next look."""
    found = look(backup.parent)
    rest = tuple(kept for kept in found.kept if kept.path.name != backup.name)
    _write_manifest(replace(found, kept=rest))


def _still(file: Path, entry: Kept) -> Kept:
    """A known backup as it is now: another size means that it is another file."""
    same = file.stat().st_size == entry.size
    return replace(entry, path=file, sound=entry.sound and same)


def _examined(file: Path) -> Kept:
    return _kept(file, examine(file))


def _kept(file: Path, facts: Facts) -> Kept:
    moment, number, why = _named(file)
    return Kept(
        file, moment, why, facts.size, facts.sha256, facts.schema, facts.rows, facts.stamp,
        facts.sound, number, facts.flaws,
    )  # fmt: skip


def _named(file: Path) -> tuple[datetime, int, Why]:
    """When, which and why by the name of a file; by its own time when it has another name."""
    match = _NAME.fullmatch(file.stem)
    if match:
        with suppress(ValueError):
            moment = datetime.strptime(match[1], _MOMENT).replace(tzinfo=UTC)
            return moment, int(match[2] or 0), Why(match[3] or "hand")
    return datetime.fromtimestamp(int(file.stat().st_mtime), UTC), 0, Why.HAND


def _clear_unfinished(folder: Path) -> None:
    """Remove what a copy that was interrupted left; one that is under way is younger."""
    now = datetime.now(UTC).timestamp()
    for part in folder.glob("*.part"):
        with suppress(OSError):
            if abs(now - part.stat().st_mtime) > _STALE_SECONDS:
                remove_with_sidecars(part)


def _read_manifest(folder: Path) -> dict[str, object]:
    try:
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _known(listed: object) -> dict[str, Kept]:
    """The entries of a manifest by file name, without those that are garbled."""
    known = {}
    for entry in listed if isinstance(listed, list) else ():
        with suppress(KeyError, TypeError, ValueError):
            known[str(entry["file"])] = Kept(
                Path(entry["file"]),
                datetime.fromisoformat(entry["made_at"]).astimezone(UTC),
                Why(entry["why"]),
                int(entry["size"]),
                str(entry["sha256"]),
                int(entry["schema"]),
                int(entry["rows"]),
                str(entry["stamp"]),
                entry["sound"] is True,
                int(entry["number"]),
                str(entry["flaws"]),
            )
    return known


def _write_manifest(found: Shelf) -> None:
    """Write the manifest whole or not at all, for its owner only."""
    document = {
        "book": found.book,
        "path": str(found.place or ""),
        "base": found.base,
        "backups": [
            {
                "file": kept.path.name, "number": kept.number, "why": kept.why,
                "made_at": kept.made_at.isoformat(), "size": kept.size, "sha256": kept.sha256,
                "schema": kept.schema, "rows": kept.rows, "stamp": kept.stamp,
                "sound": kept.sound, "flaws": kept.flaws,
            }
            for kept in found.kept
            if kept.flaws != LOCKED  # once its passphrase is known it is examined
        ],
    }  # fmt: skip
    part = found.folder / f"{MANIFEST}.{os.getpid()}.part"
    part.unlink(missing_ok=True)
    create_file(part)
    try:
        part.write_text(json.dumps(document, indent=1), encoding="utf-8")
        sync_file(part)
        part.replace(found.folder / MANIFEST)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(found.folder)
