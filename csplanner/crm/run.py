"""One run of an import: files to tables, tables to staged records, these compared with the book."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic

from csplanner.book.connection import sqlite_in_words
from csplanner.book.recipes import Used
from csplanner.book.remembering import FACT, to_remember
from csplanner.book.staging import Staging
from csplanner.book.staging_cells import keep_cells
from csplanner.book.staging_diff import compare, staged_beside
from csplanner.book.staging_frame import Frame
from csplanner.book.staging_pages import StagedPages
from csplanner.book.staging_settle import settle
from csplanner.crm import currencies
from csplanner.crm.currency_asked import need_currency
from csplanner.crm.days import as_of_day, check_said, latest_day, need_later
from csplanner.crm.deciding import Answers
from csplanner.crm.detect import NOT_USED
from csplanner.crm.fields import CATALOGUE
from csplanner.crm.fixing import cells_of_rows, with_fixes
from csplanner.crm.known import Known, known_of
from csplanner.crm.mapping import FileMapping
from csplanner.crm.options import Cancel, Options, Progress
from csplanner.crm.proposing import fitted, propose
from csplanner.crm.question import Cancelled
from csplanner.crm.read import read_tables
from csplanner.crm.remembered import Memory, headers_key, name_for, plain
from csplanner.crm.rows import Ledger, stage_table
from csplanner.crm.run_words import (
    came_before,
    decisions,
    lower,
    no_rows,
    nothing,
    scope_of,
    source_of,
)
from csplanner.crm.sources import Mapped, of_one
from csplanner.crm.staged import Staged, UnknownWord
from csplanner.crm.table import Chunk, LeftOut, Table
from csplanner.errors import UserError

_READING, _SETTLED = 0.6, 0.8
"""How much of the work is done once everything is read, and once it is known who is who."""
_BEAT = 0.5
"""Seconds after which a long comparison says that it goes on."""
_INSTRUCTIONS = 20_000
"""Steps of SQLite between two looks at whether it was cancelled: a few milliseconds."""


class UnknownColumns(UserError):  # noqa: N818 - said where nothing of a file is known
    """None of the files' columns is known. `mappings` waits for somebody to say what they are."""

    def __init__(self, mappings: tuple[FileMapping, ...]) -> None:
        self.mappings = mappings
        super().__init__(
            f"{mappings[0].file} cannot be used: none of its columns is known. Save its columns "
            "with --dry-run --json > mapping.json, say under “target” what they become, such as "
            "account.name, and import with --mapping mapping.json."
        )


def mapped_as(table: Table, options: Options, memory: Memory | None) -> FileMapping:
    """How a table is read: as said, as last time, or as proposed; Question where that is open."""
    given = options.mappings.get(table.file)
    answers = Answers(options.date_order, options.decimal)
    if given is None:
        return replace(propose(table, answers, memory), encoding=table.encoding)
    return replace(fitted(table, given, answers), encoding=table.encoding)


def unused(table: Table, mapping: FileMapping) -> LeftOut:
    """A table that is not used, and why."""
    records = sum(len(rows) for _, rows in table.chunks())
    if mapping.object in NOT_USED:
        words = mapping.object.capitalize()
        return LeftOut(table.file, f"{words} are not used; {records:,} rows left out.", records)
    return LeftOut(table.file, mapping.reason, records)


class Run:
    """One run of `stage`."""

    def __init__(
        self, options: Options, progress: Progress | None, cancelled: Cancel | None
    ) -> None:
        self.options = options
        self.today = options.today or date.today()  # noqa: DTZ011 - the user's own day
        self.progress = progress or _silent
        self.cancelled = cancelled or _never
        self.left: list[LeftOut] = []
        self.unused: list[FileMapping] = []
        self.unknown: tuple[UnknownWord, ...] = ()
        self.done = 0
        self.total = 0
        self.told = 0.0

    def run(self, paths: Sequence[Path], book: Path, path: Path) -> Staged:
        """The staged snapshot of those files, with its staging file at `path`."""
        tables, self.left = read_tables(paths, self.options.encodings)
        return self.run_tables(tables, book, path)

    def run_tables(self, tables: list[Table], book: Path, path: Path) -> Staged:
        """As `run`, of tables that were read already."""
        check_said(self.options.as_of, self.today)
        currencies.check_said(self.options.currency)
        with sqlite_in_words():
            known = known_of(book)
            mapped = self._mapped([with_fixes(t, self.options.fixes) for t in tables], known)
            mapped, others = of_one(mapped, self.options)
            self.left += others
            return self._run(mapped, book, path, known)

    def _run(self, mapped: Mapped, book: Path, path: Path, known: Known) -> Staged:
        currency = self.options.currency or known.currencies[0]
        source = self.options.source or source_of(mapped, known.sources)
        notes = need_currency(mapped, self.options.currency, known.currencies)
        staging = Staging.create(path, known.key)
        try:
            scope = scope_of([t for t, _ in mapped])
            meanings = known.meanings_of(source, self.options)
            ledger = Ledger(staging, source, currency, latest_day(self.today), scope, meanings)
            self.total = sum(t.size for t, _ in mapped)
            read = tuple(self._stage(t, m, ledger) for t, m in mapped)
            if not any(m.rows for m in read) and not ledger.set_aside:
                raise UserError(no_rows(read))
            as_of, why = as_of_day(
                self.options.as_of, ledger.days, [t for t, _ in mapped], today=self.today
            )
            need_later(as_of, why, known.newest.get(source), source)
            notes += came_before([t for t, _ in mapped], known.came, source)
            for sentence in (*notes, *(n for t, _ in mapped for n in t.notes), *decisions(read)):
                staging.note(sentence)
            self.unknown = tuple(
                UnknownWord(u.kind, u.word, u.count, u.read_as) for u in ledger.unknown_words()
            )
            staging.set_facts(
                source=source,
                as_of=as_of.isoformat(),
                scope="full" if "account" in self.options.complete_objects else "partial",
                files=[
                    {"name": t.file, "sha256": t.sha256, "object": m.object, "records": m.rows}
                    for (t, _), m in zip(mapped, read, strict=True)
                ],
                **{FACT: self._to_remember(source, read)},
            )
        finally:
            staging.close()
        frame = self._frame(source, as_of, read)
        self._compare(book, path, frame, read)
        self._keep_cells(book, path, mapped, known)
        return self._staged(path, frame, why, read, currency)

    def _mapped(self, tables: list[Table], known: Known) -> Mapped:
        mapped = []
        memory = known.memory(self.options)
        for at, table in enumerate(tables):
            self._check()
            self.progress(at, len(tables), f"Looking at {table.file}")
            mapping = mapped_as(table, self.options, memory)
            if mapping.object in CATALOGUE:
                mapped.append((table, mapping))
            else:
                self.left.append(unused(table, mapping))
                self.unused.append(mapping)
        if not mapped:
            raise self._unusable([m for m in self.unused if not m.object])
        return mapped

    def _unusable(self, unknown: list[FileMapping]) -> UserError:
        if unknown:
            return UnknownColumns(tuple(replace(m, object="account") for m in unknown))
        return UserError(f"{self.left[-1].file} cannot be used: {lower(self.left[-1].reason)}")

    def _stage(self, table: Table, mapping: FileMapping, ledger: Ledger) -> FileMapping:
        before = self.done
        counted = mapping
        rows = 0

        def chunks() -> Iterator[Chunk]:
            nonlocal rows
            for numbers, found in table.chunks():
                rows += len(found)
                yield numbers, found

        # The same list of problems: what is reported while reading is looked for there.
        for read, so_far in stage_table(replace(table, chunks=chunks), mapping, ledger):
            self._check()
            self._tell(before + read, f"Reading {table.file}: {rows:,} rows")
            counted = so_far
        self.done = before + table.size
        return counted

    def _tell(self, done: int, words: str) -> None:
        """Say how far it is: bytes read, of what all of the work is worth in bytes."""
        self.told = monotonic()
        self.progress(done, max(1, int(self.total / _READING)), words)

    def _to_remember(self, source: str, read: tuple[FileMapping, ...]) -> dict[str, object]:
        used: dict[tuple[str, str], Used] = {}
        for mapping in sorted(read, key=lambda m: m.file):
            if mapping.remember and mapping.rows:
                key = headers_key(c.header for c in mapping.columns)
                said, otherwise = mapping.remember_as, name_for(mapping, source)
                made = Used(source, mapping.object, key, said, otherwise, plain(mapping))
                used.setdefault((mapping.object, key), made)
        return to_remember(list(used.values()), self.options.worded, self.options.mended)

    def _frame(self, source: str, as_of: date, read: tuple[FileMapping, ...]) -> Frame:
        """How the snapshot is to be understood, as far as comparing asks."""
        said = self.options
        return Frame(
            source, as_of.isoformat(), said.complete_objects, said.within, said.blanks,
            said.same_names, said.matches,
            {m.file: tuple(c.target for c in m.columns if c.target) for m in read},
        )  # fmt: skip

    def _compare(self, book: Path, path: Path, frame: Frame, read: tuple[FileMapping, ...]) -> None:
        with staged_beside(book, path) as db:
            words = "Finding who is who"

            def still_there() -> int:
                if monotonic() - self.told > _BEAT:
                    self._tell(self.done, words)
                return int(self.cancelled())

            db.set_progress_handler(still_there, _INSTRUCTIONS)
            self._tell(self.done, words)
            try:
                settled = settle(db, frame)
                self._check()
                if settled.is_empty:
                    raise nothing(path, read, settled.without_account)
                words = "Comparing with your book"
                self.done = int(self.total * _SETTLED / _READING)
                self._tell(self.done, words)
                compare(db, frame)
            except Exception:
                self._check()
                raise
        self._tell(int(self.total / _READING), "Compared")

    def _keep_cells(self, book: Path, path: Path, mapped: Mapped, known: Known) -> None:
        """Keep the rows set aside whole, but where somebody was erased: any cell may name them."""
        if not known.has_erased:
            keep_cells(book, path, [(t.file, cells_of_rows(t, m)) for t, m in mapped])

    def _check(self) -> None:
        if self.cancelled():
            raise Cancelled

    def _staged(
        self, path: Path, frame: Frame, why: str, read: tuple[FileMapping, ...], currency: str
    ) -> Staged:
        with StagedPages(path) as pages:
            return Staged(
                path, frame.source, date.fromisoformat(frame.as_of), why, self.options.scope,
                currency, read, tuple(self.left), pages.counts(), pages.notes(),
                sum(n for _, _, n in pages.quarantine_counts()),
                len(pages.doubled()), pages.field_count(conflicts=True), pages.missing_count(),
                self.unknown, tuple(self.unused),
            )  # fmt: skip


def _silent(done: int, total: int, words: str) -> None:
    del done, total, words


def _never() -> bool:
    return False
