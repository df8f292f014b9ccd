"""Backups and plain dumps that still hold an erased person: found, and rewritten without them.

Who was erased is nowhere kept. A backup tells it by itself: the hash of a person in it is on the
book's list.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.book import search
from csplanner.book.cell_search import cells_hold
from csplanner.book.connection import create_file, is_open_here, key_of, sqlite_in_words
from csplanner.book.copies import examine, remove_with_sidecars, sync_file
from csplanner.book.dump import dumps_in
from csplanner.book.erase import holds, needles_of, take_out
from csplanner.book.erase_dumps import dump_holds, rewrite_dump
from csplanner.book.key import is_encrypted
from csplanner.book.mentions import Mark
from csplanner.book.person_marks import Known, bearers_of, known
from csplanner.book.shelf import entry_of, folder_of, rewriting, shelf
from csplanner.book.suppress import Suppressed, carry_over, key_of_id, suppressed
from csplanner.errors import UserError

if TYPE_CHECKING:
    import re

    from csplanner.book.book import Book

_PEOPLE = (
    "select id from person union select row_id from change_row "
    "where tbl = 'person' and row_id is not null"
)


def backups_holding(book: "Book", marks: Iterable[Mark] = ()) -> list[Path]:
    """Backups, books set aside by a restore and plain dumps that still hold an erased person.

    `marks` are those of a person just erased, if any; everybody erased before is found by the
    book's list alone. A file that cannot be read is named too: nobody knows what it holds.
    """
    listed = suppressed(book.connection)
    needles = needles_of(marks)
    return [path for path in copies_of(book.path) if _holds(book, path, (listed, needles))]


def copies_of(path: Path) -> list[Path]:
    """Every copy of the book at `path` that csplanner made and that is not open here."""
    aside = sorted(path.resolve().parent.glob(f"{_literal(path.stem)} before restore */*.csbook"))
    files = [*(kept.path for kept in shelf(path)), *aside, *dumps_in(folder_of(path))]
    return [file for file in files if not is_open_here(file)]


def title_of(path: Path) -> str:
    """What a file that holds somebody is called for people: when and why it was made."""
    if path.suffix == ".jsonl":
        return f"Plain weekly copy of {path.stem}"
    entry = entry_of(path)
    if entry is None:
        return f"{path.name} in {path.parent.name}"
    return f"Backup of {entry.made_at.astimezone():%Y-%m-%d %H:%M}, {entry.why.words}"


def _literal(text: str) -> str:
    return "".join(f"[{c}]" if c in "*?[" else c for c in text)


def _holds(book: "Book", path: Path, sought: "tuple[Suppressed, re.Pattern[bytes] | None]") -> bool:
    listed, needles = sought
    try:
        if needles is not None and not is_encrypted(path) and holds(path, needles):
            return True
        if path.suffix == ".jsonl":
            return dump_holds(path, listed)
        with closing(book.connect(path, read_only=True)) as db:
            if needles is not None and key_of(db) is not None and cells_hold(db, needles):
                return True
            return bool(erased_in(db, listed))
    except (OSError, ValueError, UserError, sqlite3.Error):
        return True


def erased_in(db: sqlite3.Connection, listed: Suppressed) -> list[str]:
    """Ids of people in the records or the journal who are on the list."""
    if not listed:
        return []
    return [i for (i,) in db.execute(_PEOPLE) if listed.holds(key_of_id(i))]


def rewrite_all(
    book: "Book", paths: Iterable[Path], marks: Iterable[Mark] = ()
) -> list[tuple[Path, str]]:
    """Rewrite each file; returns those that could not be, with the sentence that says why."""
    marks = tuple(marks)
    failed = []
    for path in paths:
        try:
            rewrite_backup(book, path, marks)
        except UserError as error:
            failed.append((path, str(error)))
    return failed


def rewrite_backup(book: "Book", path: Path, marks: Iterable[Mark] = ()) -> None:
    """Erase in a backup or dump whoever was erased from the book; its name and time stay.

    What takes its place is verified first: no record, image or byte names them. Raises UserError
    when it cannot be rewritten; then it stays as it was.
    """
    marks = tuple(marks)
    found = path.stat()
    listed = suppressed(book.connection)
    if path.suffix == ".jsonl":
        rewrite_dump(path, listed, marks)
    else:
        with in_its_place(path) as part, sqlite_in_words():
            _take_out_of(part, book, listed, marks)
    os.utime(path, ns=(found.st_atime_ns, found.st_mtime_ns))


def _take_out_of(part: Path, book: "Book", listed: Suppressed, marks: tuple[Mark, ...]) -> None:
    on = book.today.isoformat()
    told: list[Mark] = list(marks)
    with closing(book.connect(part)) as db:
        db.execute("begin immediate")
        carry_over(book.connection, db)
        for person_id in erased_in(db, listed):
            who = known(db, person_id)
            told += who.marks
            take_out(db, who, on=on, also_shared=False)
        if marks:
            take_out(db, _nobody(db, marks), on=on, also_shared=False)
        search.rebuild(db)
        db.execute("commit")
        db.execute("vacuum")
        left = bool(erased_in(db, listed))
        needles = needles_of(told)
        if needles is not None and key_of(db) is not None:
            left = left or cells_hold(db, needles)
    if left or (needles is not None and holds(part, needles)):
        raise UserError(
            "Not every trace of the person could be taken out of this backup; it stays as it was. "
            "Remove it by hand, or keep it knowingly."
        )


def _nobody(db: sqlite3.Connection, marks: tuple[Mark, ...]) -> Known:
    """Marks without a row: mentions of somebody whose record is not in this backup."""
    return Known("", "", "", marks, (), bearers_of(db, "", marks)[1])


@contextmanager
def in_its_place(path: Path) -> Iterator[Path]:
    """A private copy that takes the place of the backup once it is verified."""
    if path.parent == folder_of_shelf(path):
        with rewriting(path) as part:
            yield part
        return
    part = path.with_name(f"{path.stem} {os.getpid()}.part")
    create_file(part)
    try:
        part.write_bytes(path.read_bytes())
        yield part
        if not examine(part).sound:
            raise UserError(f"{path.name} could not be rewritten and stays as it was.")
        sync_file(part)
        part.replace(path)
    finally:
        remove_with_sidecars(part)


def folder_of_shelf(path: Path) -> Path | None:
    """The folder of the shelf a backup lies on, None for a book set aside elsewhere."""
    from csplanner.paths import backups_dir

    return path.parent if backups_dir() in path.parents else None
