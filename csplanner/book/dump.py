"""The weekly plain dump: the whole book as lines of JSON beside its backups, readable without
SQLite, from which the book can be made again.
"""

import json
import re
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.book.export_tables import FORMAT, Copy, private_copy
from csplanner.book.outgoing import placing
from csplanner.book.shelf import folder_of
from csplanner.errors import UserError

if TYPE_CHECKING:
    from csplanner.book.book import Book

EVERY = timedelta(days=7)
"""A dump is made when none is younger than this."""

KEPT_DUMPS = 8
"""So many dumps stay; an older one goes when a newer one is in its place."""

_NAME = re.compile(r"(\d{4}-\d\d-\d\d)\.jsonl")


def write_lines(copy: Copy, path: Path) -> None:
    """Write the book to `path`: a line that says what it is, with the columns of each table, then
    a line for each row: the name of its table, then its cells.
    """
    tables = copy.tables(conveniences=False)
    columns = {t.name: list(t.columns) for t in tables}
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(encode({"format": FORMAT, **asdict(copy.head), "columns": columns}) + "\n")
        for table in tables:
            name = (table.name,)
            stream.writelines(encode(name + row) + "\n" for row in copy.rows(table))


def dump(book: "Book", folder: Path | None = None, *, now: datetime | None = None) -> Path:
    """Write `DATE.jsonl` (in UTC) into the folder of the book's backups, or `folder`, and return
    its path; of older dumps the newest stay. A dump of the same day gives way.

    Raises UserError when the folder cannot be written to, or when the book is encrypted: plain
    text beside it would give away what it keeps.
    """
    if book.is_encrypted:
        raise UserError("An encrypted book has no plain dumps. Keep its backups instead.")
    folder = folder or folder_of(book.path)
    day = (now or datetime.now(UTC)).date()
    with private_copy(book) as copy, placing(folder, f"{day}.jsonl", over=True) as placement:
        write_lines(copy, placement.temporary)
    for old in dumps_in(folder)[KEPT_DUMPS:]:
        old.unlink(missing_ok=True)
    return placement.path


def dumps_in(folder: Path) -> list[Path]:
    """The dumps in a folder, newest first."""
    return sorted((p for p in folder.glob("*.jsonl") if _NAME.fullmatch(p.name)), reverse=True)


def _day(path: Path) -> date:
    try:
        return date.fromisoformat(path.stem)
    except ValueError:
        return date.min


def needs_dump(path: Path, now: datetime, folder: Path | None = None) -> bool:
    """Whether the book at `path` has changed since its newest dump, and a week has passed.

    The book is not opened: the moments its file and the dumps were written are compared. Whoever
    asks knows that it is not encrypted.
    """
    dumps = dumps_in(folder or folder_of(path))
    if not dumps:
        return True
    # A clock that once ran ahead must not put off all further dumps.
    made = [day for p in dumps if (day := _day(p)) <= now.date()]
    if made and now.date() - made[0] < EVERY:
        return False
    return path.stat().st_mtime_ns > max(p.stat().st_mtime_ns for p in dumps)


def dump_when_due(book: "Book", *, now: datetime | None = None) -> Path | None:
    """A dump when a week has passed and the book changed; never of an encrypted book."""
    moment = now or datetime.now(UTC)
    if book.is_encrypted or not needs_dump(book.path, moment):
        return None
    return dump(book, now=moment)
