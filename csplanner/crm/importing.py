"""The one door for bringing a snapshot in: look, stage, read the difference, decide, apply.

`look` proposes mappings. `stage` reads the files into a private staging file and compares them
with the book, which it only reads. `Staged.pages` shows the difference and takes decisions.
`apply` writes them into the book in one change. Call `book.refresh()` afterwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from csplanner.book.book import Book
from csplanner.book.connection import sqlite_in_words
from csplanner.book.room import STAGED, new_folder, remove_folder
from csplanner.book.staging_apply import apply_staged
from csplanner.book.staging_whole import need_whole
from csplanner.crm.fields import CATALOGUE
from csplanner.crm.known import known_of
from csplanner.crm.mapping import FileMapping
from csplanner.crm.options import Cancel, Options, Progress
from csplanner.crm.read import read_tables
from csplanner.crm.run import Run, UnknownColumns, mapped_as, unused
from csplanner.crm.staged import Staged
from csplanner.crm.table import LeftOut
from csplanner.domain.snapshot import Snapshot

__all__ = [
    "Look", "Options", "Staged", "UnknownColumns", "apply", "look", "stage", "stage_into",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What the files are and how they would be read."""

    mappings: tuple[FileMapping, ...]
    left_out: tuple[LeftOut, ...]
    unusable: tuple[FileMapping, ...] = ()
    """Tables of which nobody knows what their rows are, with samples and without targets."""


def look(paths: Sequence[Path], options: Options | None = None, book: Path | None = None) -> Look:
    """The proposed mapping of every file; UserError, or Question where dates read both ways.

    With a book, files it knows are mapped as last time.
    """
    options = options or Options()
    tables, left = read_tables(paths, options.encodings)
    memory = known_of(book).memory(options) if book is not None else None
    mapped = [(t, mapped_as(t, options, memory)) for t in tables]
    used = tuple(m for _, m in mapped if m.object in CATALOGUE)
    others = [(t, m) for t, m in mapped if m.object not in CATALOGUE]
    left.extend(unused(t, m) for t, m in others)
    return Look(used, tuple(left), tuple(m for _, m in others))


def stage(
    paths: Sequence[Path],
    book: Path,
    options: Options | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> Staged:
    """Read the files and compare them with the book at that path, which stays untouched.

    Raises UserError in one sentence when they cannot be read, Question when something must be
    said first (its `flag` names the option), Cancelled when `cancelled` said so.
    """
    folder = new_folder(STAGED)
    try:
        return stage_into(
            folder / "staging.sqlite", paths, book, options, progress=progress, cancelled=cancelled
        )
    except BaseException:
        remove_folder(folder)
        raise


def stage_into(
    path: Path,
    paths: Sequence[Path],
    book: Path,
    options: Options | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> Staged:
    """As `stage`, with the staging file at `path`, which stays where it is on an error."""
    return Run(options or Options(), progress, cancelled).run(paths, book, path)


def apply(book: Book, staged: Staged) -> Snapshot | None:
    """Write what was decided into the book in one undoable change; None when nothing was new."""
    need_whole(staged.path, book.key)
    with sqlite_in_words():
        return apply_staged(book, staged.path)
