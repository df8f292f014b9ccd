"""`csplanner self-test`: what this installation can do, one line each; exit 1 on a failure."""

import tempfile
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

from csplanner.errors import UserError

_STORY_DAY = date(2026, 3, 12)


def self_test(options: Namespace) -> int:
    """Run every check in a temporary folder and print one line each."""
    del options
    failed = 0
    with tempfile.TemporaryDirectory(prefix="csplanner-") as name:
        for title, run in _CHECKS:
            try:
                detail = run(Path(name))
            except (UserError, ImportError, OSError, RuntimeError) as error:
                failed += 1
                print(f"FAILED  {title}: {type(error).__name__}: {error}")
            else:
                print(f"ok      {title}: {detail}")
    print(f"{len(_CHECKS)} checks, {failed} failed")
    return 1 if failed else 0


def _sqlite(folder: Path) -> str:
    from csplanner.book.connection import sqlite_facts

    return sqlite_facts(folder)


def _resources(folder: Path) -> str:
    del folder
    from csplanner.resources import resource

    names = ("themes/tokens.json", "fonts", "icons", "sample")
    for name in names:
        resource(name)
    return f"{len(names)} kinds found"


def _book(folder: Path) -> str:
    from csplanner.book.backup import backup, restore
    from csplanner.book.book import Book
    from csplanner.domain.account import Account, AccountId

    path = folder / "self-test.csbook"
    with Book.create(path, today=_STORY_DAY) as book:
        account = book.accounts.add(Account(AccountId(""), "Acme"))
        book.accounts.update(account.id, name="Apex")
        book.undo()
        copy = backup(book, folder / "copy.csbook")
    restore(path, copy)
    with Book.open(path, today=_STORY_DAY) as book:
        if [a.name for a in book.accounts.all()] != ["Acme"]:
            raise RuntimeError("the restored book differs")
    return "made, changed, undone, backed up, restored"


def _sample(folder: Path) -> str:
    from csplanner.sample import make_sample_book

    with make_sample_book(folder / "sample.csbook", today=_STORY_DAY, shift=False) as book:
        accounts = book.overview.totals().accounts
        snapshots = len(book.snapshots.all())
        if not book.derived.today().entries:
            raise RuntimeError("the sample asks for nothing today")
    return f"{snapshots} snapshots imported, {accounts} accounts judged"


def _exports(folder: Path) -> str:
    from csplanner.book.book import Book
    from csplanner.book.export import export_book
    from csplanner.qbr.export import export_qbr

    with Book.open(folder / "sample.csbook", today=_STORY_DAY) as book:
        account = book.accounts.all()[0]
        made = export_qbr(book, account.id, folder / "qbr", today=_STORY_DAY, workbook=True)
        for kind in ("csv", "json", "xlsx"):
            export_book(book, folder / kind, kind)
    return ", ".join(sorted({path.suffix[1:] for path in made.files} | {"csv", "json"}))


def _window(folder: Path) -> str:
    del folder
    from csplanner.app import qt_facts

    return qt_facts()


_CHECKS: tuple[tuple[str, Callable[[Path], str]], ...] = (
    ("SQLite", _sqlite),
    ("Resources", _resources),
    ("Book", _book),
    ("Import", _sample),
    # Before the exports: widgets need an application of their own kind.
    ("Window", _window),
    ("Exports", _exports),
)
