"""Verbs that look after a book: check, and salvage when it is damaged."""

import sys
from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from shlex import quote

from csplanner.book.book import Book
from csplanner.book.check import Finding
from csplanner.book.history import stamp
from csplanner.cli.backups import back_up_after_writing
from csplanner.cli.books import tell
from csplanner.cli.output import one_line, print_json, print_table, refuse
from csplanner.errors import DamagedBook, UserError

_SHOWN = 5


def check(options: Namespace) -> int:
    """Check, and repair when asked; exit 1 while something is wrong."""
    from csplanner.book.check import check as find

    try:
        # Not brought up to date first: a book that cannot be judged can still be checked.
        with Book.open(options.book, today=options.today, take_over=options.take_over) as book:
            tell(book.opened)
            mended = _mended(book) if options.repair else []
            findings = find(book)
    except DamagedBook as error:
        return _damaged(options, error)
    if options.json:
        print_json({"mended": mended, "findings": findings})
        return 1 if findings else 0
    for finding in mended:
        print(f"Mended: {finding.count} {finding.words}.")
    for finding in findings:
        _tell(finding)
    if not findings:
        print("The book is sound.")
    elif not options.repair and any(f.repairable for f in findings):
        print(f"To mend what can be mended: csplanner check {_word(options.book)} --repair")
    if any(f.key == "damage" for f in findings):
        _next_steps(options.book)
    return 1 if findings else 0


def _mended(book: Book) -> list[Finding]:
    from csplanner.book.check import repair

    before = stamp(book.connection)
    mended = repair(book)
    back_up_after_writing(book, before)
    return mended


def _tell(finding: Finding) -> None:
    print(f"Wrong: {finding.count} {finding.words}.")
    if finding.fix:
        print(f"  {'Repair' if finding.repairable else 'What to do'}: {finding.fix}")
    for place in finding.rows[:_SHOWN]:
        account = f" of account {place.account_id}" if place.account_id else ""
        print(one_line(f"  {place.table} {place.id}{account}"))
    if finding.count > _SHOWN and finding.rows:
        print(f"  and {finding.count - _SHOWN} more")


def _damaged(options: Namespace, error: DamagedBook) -> int:
    """Say what is wrong, what of each table can still be read, and what to do next."""
    from csplanner.book.salvage import readable

    try:
        tables = [t for t in readable(options.book) if t.rows or t.expected != 0]
    except UserError:
        tables = []
    if options.json:
        print_json({"damaged": error.found, "readable": tables})
        return refuse(str(error))
    print(one_line(f"{options.book.name} is damaged: {error.found}."))
    if tables:
        print("By following its pages can be read (a salvage may find more):")
        rows = [
            (t.table, f"{t.rows:,}", "unknown" if t.expected is None else f"{t.expected:,}")
            for t in tables
        ]
        print_table(("Table", "Rows", "Of"), rows, "lrr")
    _next_steps(options.book)
    return 1


def _next_steps(book: Path) -> None:
    """Name the commands that lead on, with the newest good backup in them when there is one."""
    from csplanner.book.shelf import newest_good

    kept = newest_good(book)
    new = _word(book.with_name(f"{book.stem} salvaged.csbook"))
    if kept is None:
        print("There is no good backup of it in the backups folder.")
        print(f"To save what can be read: csplanner salvage {_word(book)} --out {new}")
        return
    print(f"The newest good backup is of {kept.made_at:%Y-%m-%d %H:%M} UTC.")
    print(f"To put it in the book’s place: csplanner restore {_word(book)} {_word(kept.path)}")
    print(
        "To save what can be read and take only what is lost from the backup: "
        f"csplanner salvage {_word(book)} --out {new} --backup {_word(kept.path)}"
    )


def _word(path: Path) -> str:
    return one_line(quote(str(path)))


def salvage(options: Namespace) -> int:
    """Make a new book of what can be read; exit 1 when rows are known to be lost."""
    from csplanner.book.salvage import salvage as save
    from csplanner.book.shelf import newest_good

    told: list[str] = []

    def tell(_done: int, _of: int, words: str) -> None:
        if not options.json and sys.stderr.isatty() and words not in told:
            told.append(words)
            print(f"{words}…", file=sys.stderr)

    kept = None if options.backup or options.no_backup else newest_good(options.book)
    backup = kept.path if kept is not None else options.backup
    done = save(options.book, options.out, backup=backup, today=options.today, progress=tell)
    tables = [t for t in done.tables if t.expected or t.merged]
    if options.json:
        short = replace(done, tables=tuple(tables))
        print_json({"path": str(done.path), "words": done.words, "tables": short.tables,
                    "backup": str(backup) if backup else None,
                    "beside": str(done.beside) if done.beside else None})  # fmt: skip
        return 0
    rows = [
        (t.table, f"{t.expected:,}", f"{t.read:,}", f"{t.remade:,}", f"{t.merged:,}", f"{t.lost:,}")
        for t in tables
    ]
    print_table(("Table", "Expected", "Read", "Journal", "Backup", "Lost"), rows, "lrrrrr")
    print(one_line(done.words))
    if kept is not None and any(t.merged for t in done.tables):
        moment = f"{kept.made_at:%Y-%m-%d %H:%M} UTC"
        print(one_line(f"The backup they came from is of {moment}: {kept.path}"))
    print(one_line(f"The new book is {options.out}. {options.book.name} is as it was."))
    return 0
