"""What people do with csplanner, from beginning to end, each scene in a process of its own:
`python -m tests.privacy.scenes SCENE FOLDER UMASK` writes what was seen into FOLDER/report.json.
"""

import json
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path

from tests.privacy.watch import Modes, forbid_network

DAY = date(2026, 3, 12)
_TODAY = ("--today", DAY.isoformat())
_PASSPHRASE = "correct horse battery"


def run(*words: object, code: int = 0) -> None:
    """Run a verb; it must end with `code`."""
    from csplanner.cli.main import main

    with redirect_stdout(StringIO()) as said:
        ended = main([*map(str, words), *_TODAY])
    assert ended == code, (words, ended, said.getvalue())


def verbs(work: Path, modes: Modes) -> None:
    """Every verb that reads or writes, on a plain book and on encrypted ones."""
    from csplanner.resources import resource

    book = work / "book.csbook"
    run("new", book)
    run("import", book, resource("sample/2026-03-10"), "--as-of", "2026-03-10")
    for reading in ("accounts", "health", "tiers", "today", "history"):
        run(reading, book)
    run("account", book, "Merrow Telecom")
    run("import", book, resource("sample/2026-03-10"), "--dry-run")
    run("import", book, _csv(work), "--as-of", DAY)
    run("check", book)
    run("qbr", book, "Merrow Telecom", "--out", work / "qbr", "--workbook")
    for kind in ("csv", "csv-exact", "json", "jsonl", "xlsx"):
        run("export", book, "--out", work / kind, "--format", kind)
    run("new", work / "rebuilt.csbook", "--from", next((work / "json").iterdir()))
    person = _anybody(book)
    run("person", book, person, "--export", work / "person")
    run("undo", book)
    run("backup", book)
    run("backup", book, "--out", work / "copy.csbook")
    run("backup", book, "--list")
    run("person", book, person, "--erase", "--yes", "--rewrite-backups")
    run("restore", book)
    _spoil(book, work / "damaged.csbook")
    run("salvage", work / "damaged.csbook", "--out", work / "salvaged.csbook", "--backup", book)
    _encrypted(work)


def _encrypted(work: Path) -> None:
    os.environ["CSPLANNER_PASSPHRASE"] = _PASSPHRASE
    os.environ["CSPLANNER_NEW_PASSPHRASE"] = f"{_PASSPHRASE} staple"
    book = work / "secret.csbook"
    run("new", book, "--encrypted")
    run("passphrase", book, "--copies", "rewrite")
    run("backup", book)
    os.environ["CSPLANNER_PASSPHRASE"] = f"{_PASSPHRASE} staple"
    run("decrypt", book, "--copies", "rewrite")
    run("encrypt", book, "--copies", "rewrite")


def change(work: Path, modes: Modes) -> None:
    """A change of which nothing is settled yet: the journal of the book lies beside it."""
    from csplanner.book.book import Book
    from csplanner.domain.account import Account, AccountId

    with Book.create(work / "book.csbook", today=DAY) as book:
        with book.change("Add accounts"):
            for number in range(50):
                book.accounts.add(Account(AccountId(""), f"Account {number}"))
            assert (work / "book.csbook-journal").exists()
            modes.walk()
        modes.walk()
    run("import", work / "book.csbook", _csv(work), "--as-of", DAY)
    run("export", work / "book.csbook", "--out", work / "out")
    run("backup", work / "book.csbook")


def window(work: Path, modes: Modes) -> None:
    """The window on a book of one snapshot: every page, a change, a fault, a copy, closing."""
    from csplanner.resources import resource

    book = work / "book.csbook"
    run("new", book)
    run("import", book, resource("sample/2026-03-10"), "--as-of", "2026-03-10")
    _show(book, modes)


def pictures(work: Path, modes: Modes) -> None:
    """The window on the whole sample book, and the pictures of it."""
    book = work / "book.csbook"
    run("new", book, "--sample")
    _show(book, modes)
    from csplanner.app import take_pictures

    for _ in take_pictures(book, work / "pictures", today=DAY):
        pass


def _show(book: Path, modes: Modes) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from csplanner.settings import load_settings
    from csplanner.ui.book_window import BookWindow
    from csplanner.ui.faults import Faults
    from csplanner.ui.theme import ThemeController

    app = QApplication(["csplanner"])
    shown = BookWindow(ThemeController(app, "light"), load_settings(), today=DAY)
    faults = Faults(shown, lambda _: None)
    faults.install()
    shown.resize(1440, 900)
    shown.show()
    shown.start_with(book)
    _rest(shown)
    _use(shown, book.parent, modes)
    faults.take(ValueError, ValueError("Merrow"), None)
    app.processEvents()
    assert faults.dialog is not None
    faults.dialog.reject()
    shown.close()
    app.processEvents()


def _use(shown, work: Path, modes: Modes) -> None:
    from csplanner.book.backup import backup
    from csplanner.ui.book.columns import Layout
    from csplanner.ui.book.kept_layout import keep_layout

    account = shown.session.read.accounts.all()[0].id
    for key in ("today", "book", "account", "pyramid", "qbr", "import", "history", "settings"):
        shown.show_place(key, account if key in ("account", "qbr") else None)
        _rest(shown)
        shown.grab()
    shown.session.write(lambda held: held.accounts.update(account, next_step="Call"))
    _rest(shown)
    assert shown.session.read.accounts.get(account).next_step == "Call"
    shown.session.copy(lambda held: backup(held, work / "copy.csbook"), lambda _: None)
    shown.undo_asked.emit()
    _rest(shown)
    keep_layout(shown.session.memory, Layout().show("gap", False))
    shown.show_place("import", [_csv(work)])
    _rest(shown)
    modes.walk()


def _rest(shown) -> None:
    """Wait until the window stands still."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    for _ in range(3):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)
        while not (shown.session is None or shown.session.idle):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


def _csv(work: Path) -> Path:
    path = work / "accounts.csv"
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
    os.write(descriptor, b"Account ID,Account Name,ARR\n1,Acme,1200 USD\n2,Apex,10 USD\n")
    os.close(descriptor)
    return path


def _anybody(path: Path) -> str:
    from csplanner.book.book import Book

    with Book.open(path, read_only=True, today=DAY) as book:
        return str(book.connection.execute("select id from person limit 1").fetchone()[0])


def _spoil(book: Path, damaged: Path) -> None:
    """A copy of the book with three pages wiped."""
    raw = bytearray(book.read_bytes())
    for page in (20, 60, 100):
        raw[page * 4096 : (page + 1) * 4096] = bytes(4096)
    os.close(os.open(damaged, os.O_CREAT | os.O_WRONLY, 0o600))
    damaged.write_bytes(raw)


def reach(work: Path, modes: Modes) -> None:
    """The control: a window that does reach for a network."""
    del work, modes
    import socket

    with socket.socket(socket.AF_INET) as made:
        made.connect(("127.0.0.1", 9))


def leave(work: Path, modes: Modes) -> None:
    """The control: files that others may read, one of them gone again."""
    del modes
    for name in ("kept", "gone"):
        (work / name).write_text("a name")
    (work / "gone").unlink()


_SCENES: dict[str, Callable[[Path, Modes], None]] = {
    scene.__name__: scene for scene in (verbs, change, window, pictures, reach, leave)
}


def _main(name: str, folder: str, umask: str) -> None:
    root = Path(folder).resolve()
    os.umask(0o077)
    for part in ("work", "tmp", "user"):
        (root / part).mkdir()
    os.environ.update(
        CSPLANNER_HOME=str(root / "home"), TMPDIR=str(root / "tmp"), HOME=str(root / "user")
    )
    os.umask(int(umask, 8))
    seen: list[str] = []
    sealed = forbid_network(seen)
    modes = Modes(root)
    try:
        _SCENES[name](root / "work", modes)
    finally:
        sys.excepthook = sys.__excepthook__  # what fails here is no fault of the window
    modes.walk()
    report = {"network": seen, "sealed": sealed, "open": modes.open, "looked_at": modes.looked_at}
    (root / "report.json").write_text(json.dumps(report))


if __name__ == "__main__":
    _main(*sys.argv[1:])
