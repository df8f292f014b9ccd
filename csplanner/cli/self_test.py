"""`csplanner self-test`: what this installation can do, one line each; exit 1 on a failure."""

import os
import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from csplanner.errors import UserError

_STORY_DAY = date(2026, 3, 12)
_PAGE = 4096


def self_test(options: Namespace) -> int:
    """Run every check in a temporary folder and print one line each.

    Of the folders of yours nothing is used but to see that they can be written to.
    """
    del options
    failed = 0
    with tempfile.TemporaryDirectory(prefix="csplanner-") as name:
        for title, run in _CHECKS:
            try:
                detail = _run(run, Path(name))
            except (UserError, ImportError, OSError, RuntimeError) as error:
                failed += 1
                print(f"FAILED  {title}: {type(error).__name__}: {error}")
            else:
                print(f"ok      {title}: {detail}")
    print(f"{len(_CHECKS)} checks, {failed} failed")
    return 1 if failed else 0


def _run(check: Callable[[Path], str], folder: Path) -> str:
    from csplanner.book.connection import sqlite_in_words

    if check is _folders:
        return check(folder)
    with _home_in(folder / "home"), sqlite_in_words():
        return check(folder)


@contextmanager
def _home_in(folder: Path) -> Iterator[None]:
    """Settings, seals and backups in `folder`, so that yours stay as they are."""
    before = os.environ.get("CSPLANNER_HOME")
    os.environ["CSPLANNER_HOME"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["CSPLANNER_HOME"]
        else:
            os.environ["CSPLANNER_HOME"] = before


def _need(holds: bool, words: str) -> None:
    """Raise RuntimeError with `words` unless something holds."""
    if not holds:
        raise RuntimeError(words)


def _folders(folder: Path) -> str:
    del folder
    from csplanner import paths

    found = {
        "books": paths.data_dir(),
        "backups": paths.backups_dir(),
        "settings": paths.config_dir(),
        "log": paths.log_dir(),
    }
    for place in found.values():
        descriptor, name = tempfile.mkstemp(prefix=".csplanner-", dir=place)
        os.close(descriptor)
        Path(name).unlink()
    mine = "yours alone" if _are_private(found.values()) else "open to others on this computer"
    return f"{', '.join(found)} can be written to, {mine}"


def _are_private(folders: Iterable[Path]) -> bool:
    """Whether nobody else may look into them; Windows tells by other means, and keeps them so."""
    return os.name != "posix" or not any(f.stat().st_mode & 0o077 for f in folders)


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
    from csplanner.book.book import Book
    from csplanner.book.check import check
    from csplanner.domain.account import Account, AccountId

    path = folder / "self-test.csbook"
    with Book.create(path, today=_STORY_DAY) as book, book.change("Add accounts"):
        for number in range(200):
            book.accounts.add(Account(AccountId(f"a{number}"), f"Acme {number}"))
    with Book.open(path, today=_STORY_DAY) as book:
        book.accounts.update("a0", name="Apex")
    with Book.open(path, today=_STORY_DAY) as book:
        _need(book.accounts.get("a0").name == "Apex", "the book forgot a change")
        _need(not check(book), "the book is not sound")
    return "made, changed, closed, opened again, sound"


def _undo(folder: Path) -> str:
    from csplanner.book.book import Book

    with Book.open(folder / "self-test.csbook", today=_STORY_DAY) as book:
        book.accounts.update("a1", name="Other")
        book.undo()
        _need(book.accounts.get("a1").name == "Acme 1", "undo left the change")
        book.redo()
        _need(book.accounts.get("a1").name == "Other", "redo did not bring it back")
        book.undo()
    return "a change taken back, brought again, taken back"


def _lock(folder: Path) -> str:
    from csplanner.book.book import Book

    path = folder / "self-test.csbook"
    with Book.open(path, today=_STORY_DAY), Book.open(path, today=_STORY_DAY) as second:
        _need(second.read_only, "two may write to one book at once")
    with Book.open(path, today=_STORY_DAY) as again:
        _need(not again.read_only, "the lock stayed after the book was closed")
    return "a second opening is read-only, until the first is closed"


def _seal(folder: Path) -> str:
    from csplanner.book.book import Book
    from csplanner.book.seal import matches

    path = folder / "sealed.csbook"
    Book.create(path, today=_STORY_DAY).close()
    _need(matches(path), "the closed book was not sealed")
    with path.open("r+b") as stream:
        stream.seek(-1, os.SEEK_END)
        last = stream.read(1)[0]
        stream.seek(-1, os.SEEK_END)
        stream.write(bytes([last ^ 1]))
    _need(not matches(path), "a changed byte was not noticed")
    return "one changed byte of a closed book is noticed"


def _backup(folder: Path) -> str:
    from csplanner.book.backup import backup, restore
    from csplanner.book.book import Book

    path = folder / "self-test.csbook"
    with Book.open(path, today=_STORY_DAY) as book:
        copy = backup(book)
        book.accounts.update("a2", name="Later")
    aside = restore(path, copy)
    with Book.open(path, today=_STORY_DAY) as book:
        _need(book.accounts.get("a2").name == "Acme 2", "the restored book differs")
    _need(aside is not None and aside.is_file(), "the replaced book was not kept")
    return "a verified copy made and put back, the replaced book kept"


def _salvage(folder: Path) -> str:
    from csplanner.book.salvage import salvage

    damaged = folder / "damaged.csbook"
    raw = bytearray((folder / "self-test.csbook").read_bytes())
    middle = len(raw) // _PAGE // 2
    raw[middle * _PAGE : (middle + 1) * _PAGE] = bytes(_PAGE)
    damaged.write_bytes(raw)
    done = salvage(damaged, folder / "salvaged.csbook", today=_STORY_DAY)
    table = next(t for t in done.tables if t.table == "account")
    kept = table.read + table.remade + table.merged
    _need(kept >= 0.95 * 200, f"only {kept} of 200 accounts were salvaged")
    return f"with a page wiped, {kept} of 200 accounts came back"


def _rebuild(folder: Path) -> str:
    from csplanner.book.book import Book
    from csplanner.book.export import export_book
    from csplanner.book.rebuild import rebuild

    with Book.open(folder / "self-test.csbook", today=_STORY_DAY) as book:
        accounts = book.accounts.all()
        made = export_book(book, folder / "whole", "jsonl")
    rebuild(made.files[0], folder / "rebuilt.csbook", today=_STORY_DAY)
    with Book.open(folder / "rebuilt.csbook", today=_STORY_DAY) as book:
        _need(book.accounts.all() == accounts, "the rebuilt book differs")
    return "a book written out whole and made again, equal"


def _encryption(folder: Path) -> str:
    from csplanner.book.book import Book
    from csplanner.book.cipher import need_driver
    from csplanner.book.key import Key, hold, is_encrypted
    from csplanner.domain.account import Account, AccountId

    try:
        need_driver()
    except UserError:
        return "not installed; to have it: pip install 'csplanner[encryption]'"
    path = folder / "secret.csbook"
    key = Key(os.urandom(32), os.urandom(16))
    hold(key)
    with Book.create(path, today=_STORY_DAY, key=key) as book:
        book.accounts.add(Account(AccountId(""), "Tidewater"))
    _need(is_encrypted(path) and b"Tidewater" not in path.read_bytes(), "the file is plain")
    with Book.open(path, today=_STORY_DAY) as book:
        _need(len(book.accounts.all()) == 1, "the encrypted book came back without its account")
    return "installed; a book made with SQLCipher and opened again"


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
    with Book.open(folder / "self-test.csbook", today=_STORY_DAY) as book:
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
    ("Folders", _folders),
    ("Book", _book),
    ("Undo", _undo),
    ("Lock", _lock),
    ("Seal", _seal),
    ("Backup", _backup),
    ("Salvage", _salvage),
    ("Rebuild", _rebuild),
    ("Encryption", _encryption),
    ("Import", _sample),
    # Before the exports: widgets need an application of their own kind.
    ("Window", _window),
    ("Exports", _exports),
)
