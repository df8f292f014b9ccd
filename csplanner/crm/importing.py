"""The one door for bringing a snapshot in: look, stage, read the difference, decide, apply.

`look` proposes mappings. `stage` reads the files into a private staging file and compares them
with the book, which it only reads. `Staged.pages` shows the difference and takes decisions.
`apply` writes them into the book in one change. Call `book.refresh()` afterwards.
"""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from csplanner.book.book import Book
from csplanner.book.connection import sqlite_in_words
from csplanner.book.ids import derived_id
from csplanner.book.staging import Staging
from csplanner.book.staging_apply import apply_staged
from csplanner.book.staging_diff import compare, staged_beside
from csplanner.book.staging_erased import is_about_erased
from csplanner.book.staging_frame import Frame
from csplanner.book.staging_pages import StagedPages
from csplanner.book.staging_settle import settle
from csplanner.crm import currencies
from csplanner.crm.days import as_of_day, check_said, latest_day
from csplanner.crm.detect import NOT_USED
from csplanner.crm.fields import CATALOGUE
from csplanner.crm.mapping import Answers, FileMapping, fitted, propose
from csplanner.crm.options import Cancel, Options, Progress
from csplanner.crm.question import Cancelled
from csplanner.crm.read import read_tables
from csplanner.crm.rows import Ledger, stage_table
from csplanner.crm.staged import Staged
from csplanner.crm.table import LeftOut, Table
from csplanner.domain.snapshot import Snapshot
from csplanner.errors import UserError

__all__ = ["Look", "Options", "Staged", "UnknownColumns", "apply", "look", "stage", "stage_into"]


class UnknownColumns(UserError):  # noqa: N818 - said where nothing of a file is known
    """None of the files' columns is known. `mappings` waits for somebody to say what they are."""

    def __init__(self, mappings: tuple[FileMapping, ...]) -> None:
        self.mappings = mappings
        super().__init__(
            f"{mappings[0].file} cannot be used: none of its columns is known. Save its columns "
            "with --dry-run --json > mapping.json, say under “target” what they become, such as "
            "account.name, and import with --mapping mapping.json."
        )


@dataclass(frozen=True, slots=True)
class Look:
    """What the files are and how they would be read."""

    mappings: tuple[FileMapping, ...]
    left_out: tuple[LeftOut, ...]


def look(paths: Sequence[Path], options: Options | None = None) -> Look:
    """The proposed mapping of every file; UserError, or Question where dates read both ways."""
    options = options or Options()
    tables, left = read_tables(paths)
    mapped = [(t, _mapping(t, options)) for t in tables]
    used = tuple(m for _, m in mapped if m.object in CATALOGUE)
    left.extend(_unused(t, m) for t, m in mapped if m.object not in CATALOGUE)
    return Look(used, tuple(left))


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
    folder = Path(tempfile.mkdtemp(prefix="csplanner-import-"))
    try:
        return stage_into(
            folder / "staging.sqlite", paths, book, options, progress=progress, cancelled=cancelled
        )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
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
    work = _Work(options or Options(), progress or _silent, cancelled or _never)
    return work.run(paths, book, path)


def apply(book: Book, staged: Staged) -> Snapshot | None:
    """Write what was decided into the book in one undoable change; None when nothing was new."""
    with sqlite_in_words():
        return apply_staged(book, staged.path)


class _Work:
    """One run of `stage`."""

    def __init__(self, options: Options, progress: Progress, cancelled: Cancel) -> None:
        self.options = options
        self.today = options.today or date.today()  # noqa: DTZ011 - the user's own day
        self.progress = progress
        self.cancelled = cancelled
        self.left: list[LeftOut] = []
        self.done = 0
        self.total = 0

    def run(self, paths: Sequence[Path], book: Path, path: Path) -> Staged:
        check_said(self.options.as_of, self.today)
        currencies.check_said(self.options.currency)
        tables, self.left = read_tables(paths)
        mapped = self._mapped(tables)
        with sqlite_in_words():
            return self._run(mapped, book, path)

    def _run(self, mapped: list[tuple[Table, FileMapping]], book: Path, path: Path) -> Staged:
        with Book.open(book, read_only=True) as opened:
            currency = self.options.currency or opened.settings.currency
            known = opened.snapshots.sources()
            key = opened.key
        source = self.options.source or _source(mapped, known)
        staging = Staging.create(path, key)
        try:
            scope = _scope([t for t, _ in mapped])
            ledger = Ledger(staging, source, currency, latest_day(self.today), scope)
            self.total = sum(t.size for t, _ in mapped)
            read = tuple(self._stage(t, m, ledger) for t, m in mapped)
            if not any(m.rows for m in read) and not ledger.set_aside:
                raise UserError(_no_rows(read))
            as_of, why = as_of_day(
                self.options.as_of, ledger.days, [t for t, _ in mapped], today=self.today
            )
            staging.set_facts(
                source=source,
                as_of=as_of.isoformat(),
                scope=self.options.scope,
                files=[
                    {"name": t.file, "sha256": t.sha256, "object": m.object, "records": m.rows}
                    for (t, _), m in zip(mapped, read, strict=True)
                ],
            )
        finally:
            staging.close()
        self._compare(book, path, self._frame(source, as_of, read), read)
        return self._staged(path, source, as_of, why, read, currency)

    def _mapped(self, tables: list[Table]) -> list[tuple[Table, FileMapping]]:
        mapped = []
        unknown = []
        for table in tables:
            self._check()
            self.progress(0, 1, f"Looking at {table.file}")
            mapping = _mapping(table, self.options)
            if mapping.object in CATALOGUE:
                mapped.append((table, mapping))
            else:
                self.left.append(_unused(table, mapping))
                unknown += [mapping] if not mapping.object else []
        if not mapped:
            raise self._unusable(unknown)
        return mapped

    def _unusable(self, unknown: list[FileMapping]) -> UserError:
        if unknown:
            return UnknownColumns(tuple(replace(m, object="account") for m in unknown))
        return UserError(f"{self.left[-1].file} cannot be used: {_lower(self.left[-1].reason)}")

    def _stage(self, table: Table, mapping: FileMapping, ledger: Ledger) -> FileMapping:
        before = self.done
        counted = mapping
        for read, so_far in stage_table(table, mapping, ledger):
            self._check()
            self.progress(before + read, self.total, f"Reading {table.file}")
            counted = so_far
        self.done = before + table.size
        return counted

    def _nothing(
        self, path: Path, read: tuple[FileMapping, ...], without_account: int
    ) -> UserError:
        """Why nothing of the snapshot can be taken in."""
        rows = sum(m.rows for m in read)
        files = read[0].file if len(read) == 1 else f"These {len(read)} files"
        brings, its = ("brings", "its") if len(read) == 1 else ("bring", "their")
        if without_account:
            return UserError(
                f"{files} {brings} nothing: none of {its} {rows:,} rows names an account of this "
                "book. Import the accounts first, or together with them."
            )
        with StagedPages(path) as pages:
            reasons = pages.quarantine_counts()
            erased = [text for text in pages.notes() if is_about_erased(text)]
        if erased:
            return UserError(f"{files} {brings} nothing else: {_lower(erased[0])}")
        if reasons:
            return UserError(
                f"{files} {brings} nothing: none of {its} {rows:,} rows can be taken in. "
                f"{reasons[0][1]}"
            )
        return UserError(f"{files} {brings} nothing this book keeps. Choose another export.")

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
            db.set_progress_handler(lambda: int(self.cancelled()), 100_000)
            self.progress(0, 2, "Finding who is who")
            try:
                settled = settle(db, frame)
                self._check()
                if settled.is_empty:
                    raise self._nothing(path, read, settled.without_account)
                self.progress(1, 2, "Comparing with your book")
                compare(db, frame)
            except Exception:
                self._check()
                raise
        self.progress(2, 2, "Compared")

    def _check(self) -> None:
        if self.cancelled():
            raise Cancelled

    def _staged(
        self,
        path: Path,
        source: str,
        as_of: date,
        why: str,
        read: tuple[FileMapping, ...],
        currency: str,
    ) -> Staged:
        with StagedPages(path) as pages:
            return Staged(
                path, source, as_of, why, self.options.scope, currency, read, tuple(self.left),
                pages.counts(), pages.notes(),
                sum(n for _, _, n in pages.quarantine_counts()),
                len(pages.doubled()), pages.field_count(conflicts=True), pages.missing_count(),
            )  # fmt: skip


def _mapping(table: Table, options: Options) -> FileMapping:
    given = options.mappings.get(table.file)
    answers = Answers(options.date_order, options.decimal)
    return propose(table, answers) if given is None else fitted(table, given, answers)


def _source(mapped: list[tuple[Table, FileMapping]], known: list[str]) -> str:
    """The source the files tell; of files that only add to accounts, the one the book knows."""
    told = next((m.source for _, m in mapped if m.source), "")
    if not told and len(known) == 1 and all(m.object != "account" for _, m in mapped):
        return known[0]
    return told or "CRM export"


def _no_rows(read: tuple[FileMapping, ...]) -> str:
    if len(read) == 1:
        return f"{read[0].file} holds no rows below its header. Export it again."
    return f"These {len(read)} files hold no rows below their headers. Export them again."


def _scope(tables: list[Table]) -> str:
    """Trees of records number their references anew in every set of files."""
    trees = sorted(t.sha256 for t in tables if t.container == "JSON")
    return derived_id("scope", *trees) if trees else ""


def _unused(table: Table, mapping: FileMapping) -> LeftOut:
    records = sum(len(rows) for _, rows in table.chunks())
    if mapping.object in NOT_USED:
        words = mapping.object.capitalize()
        return LeftOut(table.file, f"{words} are not used; {records:,} rows left out.", records)
    return LeftOut(table.file, mapping.reason, records)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _silent(done: int, total: int, words: str) -> None:
    del done, total, words


def _never() -> bool:
    return False
