"""Erasing a person for good: in one step, then out of the very bytes of the file, and proved."""

import re
import shutil
import sqlite3
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.book import search, unfinished
from csplanner.book.cell_search import cells_hold, count_in_cells
from csplanner.book.connection import (
    connect,
    create_file,
    is_open_here,
    key_of_file,
    sqlite_in_words,
)
from csplanner.book.erase_rows import Gone, erase_rows
from csplanner.book.ids import new_id
from csplanner.book.mentions import Mark, Mentions, folded
from csplanner.book.person_marks import Known, known
from csplanner.book.room import STAGED
from csplanner.book.suppress import suppress
from csplanner.errors import UserError
from csplanner.paths import backups_dir, config_dir, data_dir, log_dir

if TYPE_CHECKING:
    from csplanner.book.book import Book

LABEL = "Erase a person"
_CHUNK = 1 << 22
_OVERLAP = 512
_SMALL = 8 << 20


@dataclass(frozen=True, slots=True)
class Erased:
    """What erasing a person did. It holds who they were: keep it in memory alone, never on disk."""

    rows: int
    """Rows that went with them."""
    mentions: int
    """Mentions in records and in the words of the history that were replaced."""
    traces: int
    """Places of the file that still hold a name or e-mail of theirs alone; 0 is proved."""
    left: int
    """Mentions left because they may mean others too."""
    thrown_away: int
    """Imports that waited to be applied and named the person."""
    backups_holding: list[Path] = field(default_factory=list)
    """Backups and plain dumps of the book that still hold the person."""
    marks: tuple[Mark, ...] = ()


def erase(book: "Book", person_id: str, *, also_shared: bool = False) -> Erased:
    """Erase a person from the book for good; this cannot be undone.

    Rows and links, every mention of their names, e-mails and phones in any text, the journal and
    the search index, in one transaction; then the file is written anew and its bytes looked
    through. Mentions that may mean others too (a namesake, a name of one word, a shared phone)
    stay unless `also_shared`. Raises UserError when there is no such person, the book is
    read-only, or the file cannot be written anew (then they are erased all the same).
    """
    from csplanner.book.erase_backups import backups_holding

    who = known(book.connection, person_id)
    marks = (*who.marks, *(who.shared if also_shared else ()))
    with book.final_change(LABEL) as tables:
        gone = take_out(book.connection, who, on=book.today.isoformat(), also_shared=also_shared)
        tables |= gone.tables
        search.rebuild(book.connection)
    thrown_away = _clean_beside(marks)
    compact(book)
    return Erased(
        gone.rows,
        gone.mentions,
        traces(book, marks),
        0 if also_shared else _left(book.connection, who),
        thrown_away,
        backups_holding(book, marks),
        marks,
    )


def take_out(db: sqlite3.Connection, who: Known, *, on: str, also_shared: bool) -> Gone:
    """Take a person out of all tables inside an open transaction, and note that it was done."""
    has_list = db.execute(
        "select 1 from sqlite_master where type = 'table' and name = 'suppressed'"
    ).fetchone()
    if has_list:
        suppress(db, who, on)
    gone = erase_rows(db, who, also_shared=also_shared)
    if has_list:
        db.execute(
            'insert into erasure (id, "on", "rows", mentions) values (?, ?, ?, ?)',
            (new_id(), on, gone.rows, gone.mentions),
        )
    return gone


def compact(book: "Book") -> None:
    """Write the file anew, so that no page keeps what was deleted.

    Raises UserError when it cannot be written.
    """
    try:
        book.need_own_file()
        with sqlite_in_words():
            book.connection.execute("vacuum")
        book.note_file()
    except UserError as error:
        raise UserError(
            "The person is erased, but the file could not be written anew, and its unused parts "
            f"may still hold traces. {error} Then erase traces with csplanner person."
        ) from error


def traces(book: "Book", marks: Iterable[Mark]) -> int:
    """How many places of the file's bytes hold a name or an e-mail, in a copy page by page; of an
    encrypted book, whose bytes tell nothing, how many cells.

    The file itself is never opened: closing it would drop the locks SQLite holds on it.
    """
    needles = needles_of(marks)
    if not needles:
        return 0
    if book.is_encrypted:
        with sqlite_in_words():
            return count_in_cells(book.connection, needles)
    folder = Path(tempfile.mkdtemp(prefix="csplanner-proof-", dir=data_dir()))
    path = folder / "pages"
    try:
        create_file(path)
        with sqlite_in_words(), closing(book.connect(path)) as copy:
            book.connection.backup(copy)
        return count_in(path, needles)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def count_in(path: Path, needles: "re.Pattern[bytes]") -> int:
    """How often one of the needles stands in the bytes of a file."""
    return sum(len(set(needles.findall(chunk))) for chunk in _chunks(path))


def holds(path: Path, needles: "re.Pattern[bytes]") -> bool:
    """Whether one of the needles stands in the bytes of a file."""
    return any(needles.search(chunk) for chunk in _chunks(path))


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            yield tail + chunk
            tail = chunk[-_OVERLAP:]


def needles_of(marks: Iterable[Mark]) -> "re.Pattern[bytes] | None":
    """What finds the bytes of names and e-mails in every spelling that a file is likely to hold."""
    found: set[str] = set()
    for mark in marks:
        if mark.kind in ("phone", "number"):
            continue
        text = mark.text
        written = (text, text.lower(), text.upper(), text.title(), folded(text))
        for form in ("NFC", "NFD"):
            found |= {unicodedata.normalize(form, w) for w in written}
    # JSON may write letters beyond ASCII as escapes.
    found |= {w.encode("ascii", "backslashreplace").decode() for w in found}
    both = sorted((w.encode() for w in found), key=len, reverse=True)
    return re.compile(b"|".join(map(re.escape, both))) if both else None


def _left(db: sqlite3.Connection, who: Known) -> int:
    """Mentions that stay because they may mean others too."""
    from csplanner.book.person_mentions import places

    return sum(place.count for place in places(db, who.shared))


# --- what lies beside the book ---


def _clean_beside(marks: tuple[Mark, ...]) -> int:
    """Erase mentions from the application's own small files; throw away waiting imports."""
    mentions = Mentions(marks)
    for folder in (config_dir(), log_dir(), data_dir()):
        for path in folder.rglob("*"):
            if path.is_file() and _may_be_read(path):
                _clean_file(path, mentions)
    needles = needles_of(marks)
    thrown = 0
    for waiting in Path(tempfile.gettempdir()).glob(f"{unfinished.PREFIX}{STAGED}-*"):
        try:
            files = [p for p in waiting.rglob("*") if p.is_file()]
            if needles is not None and any(_names(p, needles) for p in files):
                shutil.rmtree(waiting)
                thrown += 1
        except OSError:
            continue  # somebody else's, or gone meanwhile
    return thrown


def _names(staged: Path, needles: "re.Pattern[bytes]") -> bool:
    """Whether a waiting import names somebody, also one of an encrypted book."""
    try:
        if key_of_file(staged) is None:
            return holds(staged, needles)
        with sqlite_in_words(), closing(connect(staged, read_only=True, guarded=False)) as db:
            return cells_hold(db, needles)
    except (UserError, sqlite3.Error):
        return False  # of another book, or not whole yet


def _may_be_read(path: Path) -> bool:
    """Whether it is a small file of the application's own, and no book that is open."""
    is_apart = backups_dir() in path.parents or path.suffix in (".csbook", ".part")
    return not is_apart and path.stat().st_size <= _SMALL and not is_open_here(path)


def _clean_file(path: Path, mentions: Mentions) -> None:
    """Write a text file without the mentions in it; others are left alone."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return
    becomes, count = mentions.erase(text)
    if count:
        part = path.with_name(f"{path.name}.part")
        part.unlink(missing_ok=True)
        create_file(part)
        part.write_text(becomes, encoding="utf-8")
        part.replace(path)
