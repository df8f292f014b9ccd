"""Salvage: everything that can still be read of a damaged book, as a new book beside it."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from csplanner.book import schema
from csplanner.book.book import Book
from csplanner.book.connection import connect, create_file, delete_journal, sqlite_in_words
from csplanner.book.pages import TABLE_INNER, TABLE_LEAF, Pages, Row, Tree, Value
from csplanner.book.salvage_mend import (
    merge_backup,
    open_backup,
    quiet_journal,
    remake_from_journal,
    settle_links,
    stand_in,
    stand_in_changes,
)
from csplanner.book.salvage_rows import Kept, Loader, LostAndFound
from csplanner.book.search import _SOURCES
from csplanner.errors import UserError

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all and what is being done; what it raises stops the work."""

_SIDES = ("-journal", "-wal")
_STEPS = 6


@dataclass(frozen=True, slots=True)
class TableSalvage:
    """What became of one table: rows as they were read, remade from the journal, from the backup.

    `stand_ins` are rows made up of what lists knew; `aside` went to lost and found. `expected` is
    what the damaged file says was there; more may have been when `at_least`.
    """

    table: str
    expected: int
    read: int
    remade: int = 0
    merged: int = 0
    stand_ins: int = 0
    aside: int = 0
    at_least: bool = False

    @property
    def lost(self) -> int:
        """Rows known to have been there and not in the new book."""
        return max(0, self.expected - self.read - self.remade - self.merged)


@dataclass(frozen=True, slots=True)
class Salvage:
    """A new book at `path` and what could not be put into it, in the file `beside` when any."""

    path: Path
    tables: tuple[TableSalvage, ...]
    beside: Path | None = None
    notes: tuple[str, ...] = ()

    @property
    def read(self) -> int:
        """Rows in the new book as they were, from the damaged file alone."""
        return sum(t.read + t.remade for t in self.tables)

    @property
    def merged(self) -> int:
        """Rows that came from the backup."""
        return sum(t.merged for t in self.tables)

    @property
    def expected(self) -> int:
        """Rows the damaged file says were there."""
        return sum(t.expected for t in self.tables)

    @property
    def lost(self) -> int:
        """Rows known to have been there and not in the new book."""
        return sum(t.lost for t in self.tables)

    @property
    def words(self) -> str:
        """The result in sentences."""
        said = [f"{self.read:,} of {self.expected:,} rows were read."]
        if self.merged:
            said.append(f"{self.merged:,} came from the backup.")
        said.append(_rows_lost(self.lost))
        if unsure := sum(t.at_least for t in self.tables):
            said.append(
                f"More may be: the file no longer tells how many rows {unsure} of its tables had."
            )
        if self.beside is not None:
            said.append(f"What could not be put in its place stands in {self.beside.name}.")
        return " ".join([*said, *self.notes])


def _rows_lost(rows: int) -> str:
    if rows == 0:
        return "No row is known to be lost."
    return "1 row is lost." if rows == 1 else f"{rows:,} rows are lost."


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
        with TemporaryDirectory(dir=out.parent, prefix=".csplanner-") as folder, sqlite_in_words():
            db = _empty_book(part)
            try:
                work = _Work(Loader(db, LostAndFound(beside)), progress)
                done = work.run(_copy(path, Path(folder)), backup, Path(folder))
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
    if not path.is_file():
        raise UserError(f"There is no book called {path.name}. Check the path.")
    shutil.copyfile(path, copy)
    sides = [side for side in _SIDES if path.with_name(path.name + side).exists()]
    if not sides:
        return copy
    for side in sides:
        shutil.copyfile(path.with_name(path.name + side), folder / f"{copy.name}{side}")
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


class _Work:
    """The steps of one salvage."""

    def __init__(self, loader: Loader, progress: Progress) -> None:
        self.loader = loader
        self.db = loader.db
        self.step = 0
        self.progress = progress
        self.known: dict[str, dict[str, Value]] = {}
        self.images = 0
        """Rows of the journal that the changes say they have."""

    def tell(self, words: str) -> None:
        self.progress(self.step, _STEPS, words)
        self.step += 1

    def run(
        self, copy: Path, backup: Path | None, folder: Path
    ) -> tuple[tuple[TableSalvage, ...], tuple[str, ...]]:
        """Carry out every step and count."""
        loader, notes = self.loader, []
        self.db.execute("begin")
        with Pages(copy) as pages:
            _must_be_ours(pages)
            self.tell("Reading the tables")
            orphans = self._read(pages)
            self.tell("Reading pages that belong to no table")
            self._adopt(pages, orphans)
        if backup is None and not any(self._count(t) for t in loader.tables.values()):
            raise UserError("Nothing can be read of that file. Restore the newest backup.")
        self.tell("Bringing back rows from the journal")
        self._miss()
        remake_from_journal(loader)
        read = {name: self._count(t) - t.remade for name, t in loader.tables.items()}
        if backup is not None:
            self.tell("Bringing back rows from the backup")
            notes += self._merge(backup, folder)
        self.step = 4
        self.tell("Mending links")
        stand_ins = stand_in(loader, self.known)
        stand_in_changes(loader)
        cleared = settle_links(loader)
        if stand_ins:
            notes.append(
                f"Of {_many(stand_ins, 'account')} only the name or the records were left."
            )
        if cleared:
            notes.append(f"{_many(cleared, 'link')} to lost rows went with them.")
        self.images = self._images_told()
        if quieted := quiet_journal(loader):
            notes.append(
                f"{_many(quieted, 'change')} in the history can no longer be undone, because what "
                "stood there before is lost."
            )
        self._finish()
        return self._counted(read, stand_ins), tuple(notes)

    # --- reading ---

    def _read(self, pages: Pages) -> list[list[Row]]:
        """Read the tables by their roots; returns pages that were not of the table they hang on."""
        self.owned = pages.free()
        roots, whole = self._roots(pages)
        strays: list[list[Row]] = []
        for name, root in roots.items():
            tree = pages.tree(root)
            table = self.loader.tables.get(name)
            self.owned.update(tree.leaves, tree.inner)
            if table is not None:
                strays += self._load(pages, tree, table)
            elif name in ("overview", "search_text"):
                self._know(pages, tree, name)
        for name, table in self.loader.tables.items():
            self._expect(pages, table, roots.get(f"sqlite_autoindex_{name}_1"))
            if name not in roots:
                table.broken = not whole
                table.unsure = not whole
        return strays

    def _roots(self, pages: Pages) -> tuple[dict[str, int], bool]:
        """Where each table and index begins, and whether the list of them is whole."""
        listed = pages.tree(1)
        self.owned.update(listed.leaves, listed.inner)
        leaves = list(listed.leaves)
        if listed.broken:
            leaves += [n for n in range(2, pages.count + 1) if pages.kind(n) == TABLE_LEAF]
        roots: dict[str, int] = {}
        for leaf in leaves:
            for row in pages.rows(leaf):
                name, root = _named(row)
                if root:
                    roots.setdefault(name, root)
                    self.owned.add(leaf)
        return roots, not listed.broken

    def _load(self, pages: Pages, tree: Tree, table: Kept) -> list[list[Row]]:
        table.broken = tree.broken
        strays = []
        for number in tree.leaves:
            rows = list(pages.rows(number))
            if len(rows) < pages.cell_count(number):
                table.broken = True
            refused = self.loader.load(table, rows)
            table.broken = table.broken or bool(refused)
            if refused and len(refused) == len(rows):
                strays.append(rows)
            else:
                self.loader.set_aside(table, refused, "the table does not take it, or not twice")
        return strays

    def _know(self, pages: Pages, tree: Tree, name: str) -> None:
        """Remember what derived lists say of accounts, for those whose own row is lost."""
        columns = [r[1] for r in self.db.execute(f"pragma table_info({name})")]
        wanted = {r[1] for r in self.db.execute("pragma table_info(account)")} - {"id"}
        for number in tree.leaves:
            for row in pages.rows(number):
                line = dict(zip(columns, row.values, strict=False))
                key = line.get("account_id")
                if not isinstance(key, str) or not row.is_whole:
                    continue
                if name == "overview":
                    self.known[key] = {c: v for c, v in line.items() if c in wanted}
                elif line.get("kind") == "account" and line.get("title"):
                    title = str(line["title"])
                    self.known.setdefault(key, {"name": title, "name_key": title.lower()})

    def _expect(self, pages: Pages, table: Kept, root: int | None) -> None:
        """Learn from the index of its keys which rows the table had."""
        if root is None or table.numbered:
            table.unsure = table.broken
            return
        tree = pages.tree(root)
        self.owned.update(tree.leaves, tree.inner)
        for number in (*tree.leaves, *tree.inner):
            if pages.kind(number) in (TABLE_LEAF, TABLE_INNER):
                tree.broken = True
                break
            for entry in pages.entries(number):
                if len(entry) == 2 and isinstance(entry[0], str):
                    table.gone.add(entry[0])
        table.unsure = table.broken and tree.broken
        self._leave_only_missing(table)

    def _leave_only_missing(self, table: Kept) -> None:
        if table.gone:
            table.gone -= {i for (i,) in self.db.execute(f"select id from {table.name}")}

    def _miss(self) -> None:
        for table in self.loader.tables.values():
            self._leave_only_missing(table)

    def _adopt(self, pages: Pages, strays: list[list[Row]]) -> None:
        """Find out whose the pages are that no table leads to, and read them."""
        groups = [[n] for n in range(2, pages.count + 1) if self._is_stray(pages, n, TABLE_INNER)]
        for group in groups:
            below = [n for n in pages.children(group[0]) if self._is_stray(pages, n, TABLE_LEAF)]
            self.owned.update(below)
            group[:] = below
        groups += [[n] for n in range(2, pages.count + 1) if self._is_stray(pages, n, TABLE_LEAF)]
        adopted = ([row for number in group for row in pages.rows(number)] for group in groups)
        for rows in (*strays, *adopted):
            if not rows:
                continue
            table = self.loader.of_which(rows)
            if table is not None:
                refused = self.loader.load(table, rows)
                self.loader.set_aside(table, refused, "the table does not take it, or not twice")
            elif not self.loader.is_derived(rows):
                for row in rows:
                    self.loader.found.put("unknown", row.values, "its table is not known")

    def _is_stray(self, pages: Pages, number: int, kind: int) -> bool:
        return number not in self.owned and pages.kind(number) == kind

    # --- the end ---

    def _merge(self, backup: Path, folder: Path) -> list[str]:
        copy = folder / backup.name
        if not backup.is_file():
            raise UserError(f"There is no backup called {backup.name}. Check the path.")
        shutil.copyfile(backup, copy)
        source = open_backup(copy)
        try:
            said = merge_backup(self.loader, source)
        finally:
            source.close()
        return [said] if said else []

    def _finish(self) -> None:
        self.db.execute("insert or ignore into derived_dirty select id from account")
        for kind in _SOURCES:
            self.db.execute("insert into search_dirty select ?, id from account", (kind,))
        self.tell("Writing the new book")
        self.db.execute("commit")

    def _count(self, table: Kept) -> int:
        return int(self.db.execute(f"select count(*) from {table.name}").fetchone()[0])

    def _counted(self, read: dict[str, int], stand_ins: int) -> tuple[TableSalvage, ...]:
        made = []
        for name, table in self.loader.tables.items():
            here = self._count(table)
            extra = stand_ins if name == "account" else 0
            sure = min(read[name], here - extra)
            expected = here - extra + (table.aside if table.numbered else len(table.gone))
            if name == "change_row":
                expected = max(expected, self.images)
            made.append(
                TableSalvage(name, expected, sure, table.remade, table.merged, extra, table.aside,
                             table.unsure)
            )  # fmt: skip
        return tuple(made)

    def _images_told(self) -> int:
        """How many images the changes say they have."""
        sql = (
            "select coalesce(sum(max(rows, (select count(*) from change_row r "
            "where r.change_id = c.id))), 0) from change c where state <> 'dropped' "
            "and thinned = 0"
        )
        return int(self.db.execute(sql).fetchone()[0])


def _many(number: int, one: str) -> str:
    return f"1 {one}" if number == 1 else f"{number:,} {one}s"


def _named(row: Row) -> tuple[str, int]:
    """The name and first page that a row of the list of tables gives; 0 when it is none."""
    if len(row.values) != 5:
        return "", 0
    kind, name, _, root, _ = row.values
    if kind in ("table", "index") and isinstance(name, str) and isinstance(root, int):
        return name, root
    return "", 0


def _must_be_ours(pages: Pages) -> None:
    if not pages.has_header:
        return
    program = int.from_bytes(pages.header[68:72], "big")
    version = int.from_bytes(pages.header[60:64], "big")
    if program not in (0, schema.APPLICATION_ID):
        raise UserError("That file is a database of another program, not a csplanner book.")
    if version > schema.SCHEMA_VERSION:
        raise UserError(
            f"That book was written by a newer csplanner (book version {version}, this program "
            f"knows {schema.SCHEMA_VERSION}). Update csplanner, then salvage it."
        )
