"""Whether a staging file is still what was read: others clean folders for temporary files."""

import sqlite3
from contextlib import closing
from pathlib import Path

from csplanner.book.connection import connect
from csplanner.book.key import Key
from csplanner.errors import UserError


def need_whole(staging: Path, key: Key | None) -> None:
    """Raise UserError when the file is gone, cut off or another one; the book is not touched."""
    try:
        with closing(connect(staging, key=key, read_only=True, guarded=False)) as db:
            found = db.execute("select count(*) from fact where name = 'book'").fetchone()[0]
            whole = db.execute("pragma quick_check(1)").fetchone()[0]
            if found == 1 and whole == "ok":
                return
    except (sqlite3.Error, UserError):
        pass
    raise UserError(
        "What was read of these files is gone or damaged, so nothing was brought in and your book "
        "is unchanged. Read the files again."
    )
