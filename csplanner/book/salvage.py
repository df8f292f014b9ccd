"""Salvage: everything that can still be read of a damaged book, as a new book beside it."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from csplanner.book import schema
from csplanner.book.book import Book
from csplanner.book.connection import (
    connect,
    create_file,
    delete_journal,
    is_open_here,
    sqlite_in_words,
)
from csplanner.book.file_kind import header_of
from csplanner.book.key import is_encrypted
from csplanner.book.pages import INDEX_INNER, INDEX_LEAF, TABLE_LEAF, Pages
from csplanner.book.salvage_result import Salvage
from csplanner.book.salvage_rows import Loader, LostAndFound
from csplanner.book.salvage_work import Progress, Work, find_roots, need_ours
from csplanner.book.sidecars import look_beside
from csplanner.book.unfinished import PREFIX, hold, let_go, sweep
from csplanner.errors import UserError

_SIDES = ("-journal", "-wal")


def salvage(
    path: Path,
    out: Path,
    *,
    backup: Path | None = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> Salvage:
    """A new book at `out` of what can be read of the damaged one at `path`, which stays as it is.

    No connection of this process may have `path` open. Lost rows come from the book's journal
    where that still has them, then from `backup`, but none that was deleted since. Raises
    UserError when `out` exists, when the file is no book of ours, or when nothing can be read.
    """
    done = _recover(path, out, backup=backup, progress=progress or _silent)
    with Book.open(out, today=today) as book:
        try:
            book.refresh()
        except UserError as error:
            # A value no csplanner writes: what was salvaged stays, and a check names the rows.
            return Salvage(done.path, done.tables, done.beside, (*done.notes, str(error)))
    return done


def _silent(_done: int, _of: int, _words: str) -> None:
    """Tell nobody."""


def _recover(path: Path, out: Path, *, backup: Path | None, progress: Progress) -> Salvage:
    """Salvage without bringing judgements and the search index up to date."""
    if out.exists():
        raise UserError(f"{out.name} is already there. Choose another name.")
    part = out.with_name(out.name + ".part")
    beside = out.with_name(f"{out.stem} lost and found.jsonl")
    for place in (part, beside):
        if place is beside and place.exists():
            raise UserError(f"{place.name} is already there. Move it, or choose another name.")
        place.unlink(missing_ok=True)
    create_file(part)
    try:
        with _disk_in_words(path, out), _room(out.parent) as folder, sqlite_in_words():
            db = _empty_book(part)
            try:
                work = Work(Loader(db, LostAndFound(beside)), progress)
                done = work.run(_copy(path, folder), backup, folder)
            finally:
                db.close()
            with part.open("rb") as stream:
                os.fsync(stream.fileno())
            part.rename(out)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    finally:
        part.unlink(missing_ok=True)
    return Salvage(out, done[0], beside if beside.exists() else None, done[1])


@contextmanager
def _room(folder: Path) -> Iterator[Path]:
    """A private place to work in; all in it is gone in the end."""
    sweep(folder)
    with TemporaryDirectory(dir=folder, prefix=PREFIX) as room:
        held = hold(Path(room))
        try:
            yield Path(room)
        finally:
            let_go(held)


@contextmanager
def _disk_in_words(path: Path, out: Path) -> Iterator[None]:
    """Say which disk is full: what is written is the new book."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            raise
        raise UserError(
            f"The new book could not be written to {out.resolve().parent}: {error.strerror}. Free "
            f"some space there, or choose another folder; {path.name} is as it was."
        ) from error


def _empty_book(part: Path) -> sqlite3.Connection:
    db = connect(part)
    schema.create_schema(db)
    # Nobody reads it before it is whole and synced.
    for pragma in ("foreign_keys = 0", "synchronous = off", "cache_spill = 1"):
        db.execute(f"pragma {pragma}")
    return db


def _copy(path: Path, folder: Path) -> Path:
    """A copy to read, after SQLite took back on it what a crash left half-written."""
    copy = folder / "damaged.csbook"
    _need_closed(path)
    create_file(copy)  # for its owner only, which copying into it keeps
    shutil.copyfile(path, copy)
    if not _is_unfinished(path):
        return copy
    for side in _SIDES:
        beside = path.with_name(path.name + side)
        if beside.exists():
            create_file(folder / f"{copy.name}{side}")
            shutil.copyfile(beside, folder / f"{copy.name}{side}")
    try:
        with sqlite_in_words():
            db = connect(copy)
            try:
                db.execute("select count(*) from sqlite_master").fetchone()
                delete_journal(db)
            finally:
                db.close()
    except (UserError, sqlite3.Error):
        shutil.copyfile(path, copy)
    return copy


def _need_closed(path: Path) -> None:
    if not path.is_file():
        raise UserError(f"There is no book called {path.name}. Check the path.")
    if is_open_here(path):
        raise UserError(f"{path.name} is open here. Close it, then salvage it.")
    if is_encrypted(path):
        raise UserError(
            f"{path.name} is encrypted, or nothing of its beginning is left; salvage reads the "
            "pages of plain books only. Put its newest backup in its place instead."
        )


def _is_unfinished(path: Path) -> bool:
    """Whether a crash left a change half-written; a journal of another book does not count."""
    try:
        return look_beside(path, header_of(path), is_sealed=False).unfinished
    except UserError:
        # Without its header nothing can tell whether what lies beside is its own.
        return False


@dataclass(frozen=True, slots=True)
class Readable:
    """How many rows of a table can be read by following its pages.

    `expected` is what the index of its keys says there are, None where that is damaged too.
    """

    table: str
    rows: int
    expected: int | None


def readable(path: Path) -> list[Readable]:
    """What can be read of a damaged book that is not open, table by table; writes nothing.

    A salvage brings back more: pages that nothing leads to, and rows the journal still has.
    Raises UserError when the file is no book of ours.
    """
    _need_closed(path)
    found = []
    with Pages(path) as pages:
        need_ours(pages)
        roots, _, _ = find_roots(pages)
        for name in schema.IMAGED:
            if name not in roots:
                continue
            rows = _counted(pages, roots[name], (TABLE_LEAF,))[0]
            root = roots.get(f"sqlite_autoindex_{name}_1", 0)
            keys, is_whole = _counted(pages, root, (INDEX_LEAF, INDEX_INNER))
            found.append(Readable(name, rows, max(keys, rows) if is_whole else None))
    return found


def _counted(pages: Pages, root: int, kinds: tuple[int, ...]) -> tuple[int, bool]:
    """Cells below a root on pages of those kinds, and whether every page could be reached."""
    tree = pages.tree(root)
    numbers = [n for n in (*tree.leaves, *tree.inner) if pages.kind(n) in kinds]
    return sum(pages.cell_count(n) for n in numbers), not tree.broken
