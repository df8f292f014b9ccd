"""The steps of a salvage: read by the roots, adopt stray pages, remake, merge, mend, count."""

import shutil
from collections.abc import Callable
from pathlib import Path

from csplanner.book import schema
from csplanner.book.connection import create_file
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
from csplanner.book.salvage_result import TableSalvage, many
from csplanner.book.salvage_rows import Kept, Loader
from csplanner.book.search import note_all
from csplanner.errors import UserError

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all and what is being done; what it raises stops the work."""

_STEPS = 6
_BREATH = 500
"""Pages read between two calls of `progress`, which may stop the work."""


class Work:
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
        """Say what comes next."""
        self.progress(self.step, _STEPS, words)
        self.step += 1

    def run(
        self, copy: Path, backup: Path | None, folder: Path
    ) -> tuple[tuple[TableSalvage, ...], tuple[str, ...]]:
        """Carry out every step and count."""
        loader, notes = self.loader, []
        self.db.execute("begin")
        with Pages(copy) as pages:
            need_ours(pages)
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
            notes.append(f"Of {many(stand_ins, 'account')} only the name or the records were left.")
        if cleared:
            notes.append(f"{many(cleared, 'link')} to lost rows went with them.")
        self.images = self._images_told()
        if quieted := quiet_journal(loader):
            notes.append(
                f"{many(quieted, 'change')} in the history can no longer be undone, because what "
                "stood there before is lost."
            )
        self._finish()
        return self._counted(read, stand_ins), tuple(notes)

    # --- reading ---

    def _read(self, pages: Pages) -> list[list[Row]]:
        """Read the tables by their roots; returns pages that were not of the table they hang on."""
        self.owned = pages.free()
        roots, listing, whole = find_roots(pages)
        self.owned |= listing
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

    def _load(self, pages: Pages, tree: Tree, table: Kept) -> list[list[Row]]:
        table.broken = tree.broken
        strays = []
        for place, number in enumerate(tree.leaves):
            if place % _BREATH == 0:
                self.progress(self.step - 1, _STEPS, "Reading the tables")
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
        create_file(copy)  # for its owner only, which copying into it keeps
        shutil.copyfile(backup, copy)
        source = open_backup(copy)
        try:
            said = merge_backup(self.loader, source)
        finally:
            source.close()
        return [said] if said else []

    def _finish(self) -> None:
        self.db.execute("insert or ignore into derived_dirty select id from account")
        note_all(self.db)
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


def find_roots(pages: Pages) -> tuple[dict[str, int], set[int], bool]:
    """Where each table and index begins, the pages that say so, and whether they are whole."""
    listed = pages.tree(1)
    owned = {*listed.leaves, *listed.inner}
    leaves = list(listed.leaves)
    if listed.broken:
        leaves += [n for n in range(2, pages.count + 1) if pages.kind(n) == TABLE_LEAF]
    roots: dict[str, int] = {}
    for leaf in leaves:
        for row in pages.rows(leaf):
            name, root = _named(row)
            if root:
                roots.setdefault(name, root)
                owned.add(leaf)
    return roots, owned, not listed.broken


def _named(row: Row) -> tuple[str, int]:
    """The name and first page that a row of the list of tables gives; 0 when it is none."""
    if len(row.values) != 5:
        return "", 0
    kind, name, _, root, _ = row.values
    if kind in ("table", "index") and isinstance(name, str) and isinstance(root, int):
        return name, root
    return "", 0


def need_ours(pages: Pages) -> None:
    """Raise UserError for a database of another program, or of a newer csplanner."""
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
