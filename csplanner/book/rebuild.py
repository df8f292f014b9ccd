"""A book made again from what was exported, or from its weekly dump: equal, in a new file."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from csplanner.book.book import Book
from csplanner.book.check import Finding, check
from csplanner.book.check_values import unreadable
from csplanner.book.connection import connect, create_file, sqlite_in_words
from csplanner.book.export_tables import CONVENIENCES, KEPT, Head, Table, tables_of
from csplanner.book.key import Key
from csplanner.book.outgoing import disk_in_words, sync_file, take_name
from csplanner.book.rows import Cell
from csplanner.book.schema import IMAGED, create_schema
from csplanner.book.seal import seal
from csplanner.book.search import note_all
from csplanner.book.sources import REFUSALS, Source, SourceTable, damaged, open_source
from csplanner.book.unfinished import PREFIX, hold, let_go, sweep
from csplanner.errors import UserError

_MOST_ROWS = 50_000_000


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The new book: where it stands, rows by table, and what its reader must know."""

    path: Path
    rows: dict[str, int]
    notes: tuple[str, ...]


def rebuild(source: Path, target: Path, *, today: date, key: Key | None = None) -> Rebuilt:
    """Make the book `target` of an export or a weekly dump; every record, reading and change of it
    is as it was; with a `key` it is encrypted. Derived lines are those of the day of the export,
    of `today` when it names none.

    The file appears when it is whole and checked. Raises UserError when `target` is there
    already, or when the source is no whole export of csplanner, newer than it, or altered so that
    a row cannot be.
    """
    if target.exists() or target.is_symlink():
        raise _taken(target)
    with _reading(source), open_source(source) as opened, _room_beside(target) as part:
        create_file(part)
        with closing(connect(part, key=key)) as connection:
            rows = _fill(connection, opened, source.name)
            notes = _finish(connection, part, opened.head, today)
        with disk_in_words(target.parent):
            sync_file(part)
            try:
                take_name(part, target)
            except FileExistsError:
                raise _taken(target) from None
    # What was known of another file in this place does not hold for the new one.
    seal(target)
    return Rebuilt(target, rows, notes)


def _taken(target: Path) -> UserError:
    return UserError(f"{target.name} is already there. Choose another name.")


@contextmanager
def _reading(source: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(
            f"{source.name} cannot be read: {error.strerror or error}. Check its rights."
        ) from error


@contextmanager
def _room_beside(target: Path) -> Iterator[Path]:
    """A private place on the disk of the target; all in it is gone in the end."""
    folder = target.resolve().parent
    if not folder.is_dir():
        raise UserError(f"There is no folder {folder.name}. Make it, then try again.")
    with disk_in_words(folder):
        sweep(folder)
        room = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
    held = hold(room)
    try:
        yield room / "book.csbook"
    finally:
        shutil.rmtree(room, ignore_errors=True)
        let_go(held)


def _fill(connection: sqlite3.Connection, source: Source, name: str) -> dict[str, int]:
    """Put every row of the source into a new schema; returns how many by table."""
    with sqlite_in_words():
        # It is thrown away unless it is whole; the file is brought to the disk at the end.
        connection.execute("pragma synchronous = off")
        create_schema(connection)
        connection.execute("pragma foreign_keys = off")
        connection.execute("begin immediate")
    filler = _Filler(connection, source)
    for table in source.tables():
        filler.take(table)
    rows = filler.rows
    for table_name, count in source.head.rows.items():
        if table_name in KEPT and rows.get(table_name, 0) != count:
            raise UserError(
                f"{name} is not complete: the table {table_name} has {rows.get(table_name, 0):,} "
                f"rows and should have {count:,}. Export the book again."
            )
    if not rows.get("setting"):
        raise damaged(name)
    with sqlite_in_words():
        _see_that_it_holds(connection, name)
        _see_that_it_can_be_read(connection, name)
        connection.execute("commit")
        connection.execute("pragma foreign_keys = on")
    return rows


class _Filler:
    """Writes rows as they come, and says of one that cannot be which it is."""

    def __init__(self, connection: sqlite3.Connection, source: Source) -> None:
        self.rows = dict.fromkeys((t for t in source.head.rows if t in KEPT), 0)
        self._connection = connection
        self._source = source
        self._known = {t.name: t for t in tables_of(connection, KEPT)}

    def take(self, table: SourceTable) -> None:
        """Write every row of a table; a derived one is passed over."""
        rows = self._counted(table)
        if table.name in CONVENIENCES:
            for _ in rows:
                continue
            self.rows.pop(table.name, None)
            return
        known = self._known.get(table.name)
        if known is None:
            raise UserError(
                f"The export has a table {_short(table.name)}, which csplanner does not know. "
                "Choose an export that nobody has added to."
            )
        strange = [c for c in table.columns if c not in known.columns]
        if strange or len(set(table.columns)) != len(table.columns):
            what = f"a column {_short(strange[0])}" if strange else "a column twice"
            raise UserError(
                f"The table {table.name} of the export has {what}, which csplanner does not know. "
                "Choose an export that nobody has added to."
            )
        self._write(known, table.columns, rows)

    def _counted(self, table: SourceTable) -> Iterator[Sequence[Cell]]:
        self.rows.setdefault(table.name, 0)
        for row in table.rows:
            self.rows[table.name] += 1
            if self.rows[table.name] > _MOST_ROWS:
                raise UserError(f"The table {table.name} has more rows than any book.")
            yield row

    def _write(
        self, known: Table, columns: tuple[str, ...], rows: Iterator[Sequence[Cell]]
    ) -> None:
        if self._source.blank_is_empty:
            rows = _with_empty_texts(known, columns, rows)
        rows = self._with_texts_for_texts(known, columns, rows)
        listed = ", ".join(f'"{c}"' for c in columns)
        marks = ", ".join("?" * len(columns))
        sql = f'insert into "{known.name}" ({listed}) values ({marks})'
        try:
            self._connection.executemany(sql, rows)
        except REFUSALS as error:
            if isinstance(error, sqlite3.OperationalError):
                with sqlite_in_words():
                    raise
            raise UserError(
                f"Row {self.rows[known.name]:,} of the table {known.name} cannot be: "
                f"{_short(str(error))}. Choose an export that nobody has altered."
            ) from error

    def _with_texts_for_texts(
        self, known: Table, columns: tuple[str, ...], rows: Iterator[Sequence[Cell]]
    ) -> Iterator[Sequence[Cell]]:
        """The rows, of which none has a number for a text: SQLite would make it one."""
        texts = {c for c, is_text in zip(known.columns, known.is_text, strict=True) if is_text}
        at = [i for i, c in enumerate(columns) if c in texts]
        for row in rows:
            for i in at:
                if isinstance(row[i], int | float):
                    raise UserError(
                        f"Row {self.rows[known.name]:,} of the table {known.name} has a number for "
                        f"its {columns[i]}, which is a text. Choose an export that nobody has "
                        "altered."
                    )
            yield row


def _with_empty_texts(
    known: Table, columns: tuple[str, ...], rows: Iterator[Sequence[Cell]]
) -> Iterator[Sequence[Cell]]:
    """The rows with the empty text where a text is needed: cells cannot tell it from none."""
    needed = {
        name
        for name, is_text, is_optional in zip(
            known.columns, known.is_text, known.is_optional, strict=True
        )
        if is_text and not is_optional
    }
    at = [i for i, name in enumerate(columns) if name in needed]
    for row in rows:
        if any(row[i] is None for i in at):
            yield ["" if c is None and i in at else c for i, c in enumerate(row)]
        else:
            yield row


def _short(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 80 else one_line[:79] + "…"


def _see_that_it_holds(connection: sqlite3.Connection, name: str) -> None:
    """Raise UserError when rows point nowhere, or the history could not be used."""
    loose = connection.execute("pragma foreign_key_check").fetchone()
    if loose:
        raise UserError(
            f"{name} has rows in the table {loose[0]} that point to rows it does not hold. "
            "Choose an export that nobody has altered."
        )
    marks = ", ".join("?" * len(IMAGED))
    no_image = "({0} is not null and (not json_valid({0}) or substr({0}, 1, 1) <> '{{'))"
    strange = connection.execute(
        f"select exists (select 1 from change_row where tbl not in ({marks}) "
        f"or {no_image.format('before')} or {no_image.format('after')})",
        IMAGED,
    ).fetchone()[0]
    if strange:
        raise UserError(
            f"The history of changes in {name} was altered. Choose an export that nobody has "
            "altered."
        )


def _see_that_it_can_be_read(connection: sqlite3.Connection, name: str) -> None:
    """Raise UserError for the first record with a value that no csplanner writes."""
    for place in unreadable(connection, frozenset())[:1]:
        raise UserError(
            f"{name} has a value that cannot be read, in the table {place.table}, the row with the "
            f"id {_short(place.id)}. Correct it, or choose an export that nobody has altered."
        )


def _derive(connection: sqlite3.Connection, path: Path, day: date) -> list[Finding]:
    """Judge the book as on the day it was exported; opening it later judges it anew."""
    connection.execute("create temp table exported_reading as select id from reading")
    book = Book(connection, path, read_only=False, today=day)
    book.refresh()
    # The original had no others: those of a later day come with its first opening.
    connection.execute("delete from reading where id not in (select id from exported_reading)")
    return check(book)


def _day(head: Head, today: date) -> date:
    try:
        return date.fromisoformat(head.as_of)
    except ValueError:
        return today


def _finish(connection: sqlite3.Connection, path: Path, head: Head, today: date) -> tuple[str, ...]:
    """Derive what is derived and check the whole; returns what is to be said about it."""
    notes = []
    with sqlite_in_words():
        if head.version == 1:
            connection.execute("update change set thinned = 1")
            notes.append(
                "It was exported by an older csplanner, without what undo needs: the changes in "
                "its history can be read, not taken back."
            )
        note_all(connection)
        findings = _derive(connection, path, _day(head, today))
    for finding in findings:
        if finding.key in ("damage", "loose"):
            raise UserError("The new book did not pass its check. Free some space, then try again.")
        notes.append(f"As in the original, there are {finding.count:,} {finding.words}.")
    return tuple(notes)
