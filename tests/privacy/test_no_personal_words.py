"""What is kept or copied when something goes wrong holds nothing of a book and no folder of yours.

Every name, e-mail and value here is a canary: it must not turn up in a log, on stderr (unless you
typed it yourself) or in the details of a dialog.
"""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from csplanner.book.backup import backup
from csplanner.book.book import Book
from csplanner.cli.main import main
from csplanner.domain.account import Account, AccountId
from csplanner.domain.money import Money
from csplanner.domain.person import Person
from csplanner.domain.value import fact
from csplanner.settings import AppSettings
from csplanner.ui import faults as faults_module
from csplanner.ui.book_window import BookWindow
from csplanner.ui.faults import Faults

NAME, EMAIL, VALUE, WORDS = "Quillfeather", "zq@heron.example", "7731337", "Marmalade"
CANARIES = (NAME, EMAIL, VALUE, WORDS)
FOLDER = "Peregrine"
"""A folder of the user's; its name must not be kept either."""
TODAY = ("--today", "2026-03-12")


@pytest.fixture
def path(tmp_path: Path, today: date) -> Path:
    """A closed book of canaries in a folder whose name is one too."""
    folder = tmp_path / FOLDER
    folder.mkdir()
    with Book.create(folder / "book.csbook", today=today) as book:
        with book.change(f"Add {NAME}"):
            for number in range(60):
                name = f"{NAME} {number}"
                arr = fact(Money(int(VALUE), "USD"))
                made = book.accounts.add(
                    Account(AccountId(f"a{number}"), name, owner=NAME, next_step=WORDS, arr=arr)
                )
                book.people.add(Person("", made.id, NAME, email=EMAIL, title=WORDS))
        book.refresh()
        backup(book)
    return folder / "book.csbook"


@pytest.fixture
def log(home: Path) -> Iterator[Path]:
    """The log of this test, begun anew."""
    logger = logging.getLogger("csplanner")
    for handler in logger.handlers:  # of a test before
        handler.close()
    logger.handlers.clear()
    yield home / "log" / "csplanner.log"
    for handler in logger.handlers:
        handler.close()
    logger.handlers.clear()
    logger.propagate = True


def clean(text: str, *, folder: bool = True) -> None:
    """Fail when a canary is in the text."""
    found = [c for c in (*CANARIES, *((FOLDER,) if folder else ())) if c in text]
    assert not found, text


def spoilt(path: Path, page: int) -> Path:
    """A copy with one page overwritten."""
    raw = bytearray(path.read_bytes())
    raw[page * 4096 : (page + 1) * 4096] = b"\xff" * 4096
    made = path.with_name(f"spoilt-{page}.csbook")
    made.write_bytes(raw)
    return made


def wrong_files(folder: Path) -> list[Path]:
    """Snapshots that cannot be read, each with canaries in it."""
    row = f"1,{NAME},{EMAIL},{VALUE}\n"
    heads = "Account ID,Account Name,Email,ARR\n"
    contents: dict[str, bytes] = {
        "nul.csv": heads.encode() + row.encode() + b"\0\0",
        "latin.csv": heads.encode() + f"2,{NAME} \xe9,{EMAIL},x\n".encode("latin-1"),
        "ragged.csv": (heads + row + f'3,"{NAME}\n').encode(),
        "foreign.csv": f"{NAME},{WORDS}\n{EMAIL},{VALUE}\n".encode(),
        "dates.csv": f"Account ID,Account Name,Renewal Date\n1,{NAME},{VALUE}x\n".encode(),
        "broken.json": f'{{"accounts": [{{"name": "{NAME}"'.encode(),
        "deep.json": b"[" * 5000 + NAME.encode(),
        "broken.xlsx": b"PK\x03\x04" + NAME.encode() * 50,
        "broken.zip": b"PK\x05\x06" + NAME.encode(),
    }  # fmt: skip
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def test_no_refusal_of_the_command_line_tells_what_you_did_not_type(
    path: Path, capsys: pytest.CaptureFixture[str], log: Path
) -> None:
    folder = path.parent
    book = str(path)
    tries: list[tuple[object, ...]] = [
        *(("import", book, file, "--as-of", "2026-03-10") for file in wrong_files(folder)),
        *(("new", folder / "x.csbook", "--from", file) for file in wrong_files(folder)),
        *((verb, spoilt(path, page)) for page in (0, 1, 4, 9) for verb in ("check", "accounts")),
        ("import", book, folder / "none.csv"),
        ("import", book, path),
        ("account", book, "nobody"),
        ("accounts", book, "--filter", "nothing is"),
        ("accounts", book, "--view", "none"),
        ("undo", book, "999"),
        ("history", book, "--change", "999"),
        ("restore", book, folder / "nul.csv"),
        ("export", book, "--out", path),
        ("qbr", book, "nobody", "--out", folder),
        ("qbr", book, "a1", "--out", path),
        ("qbr", book, "a1", "--out", folder, "--template", folder / "broken.xlsx"),
        ("backup", book, "--out", path),
        ("salvage", folder / "nul.csv", "--out", folder / "y.csbook"),
    ]
    for words in tries:
        code = main([*map(str, words), *TODAY])
        said = capsys.readouterr().err
        assert code in (0, 1), words
        assert "Traceback" not in said
        # A path you typed is said back to you; on stderr nothing is kept.
        clean(said, folder=False)
    assert not log.exists()


def test_a_full_disk_is_refused_without_a_word_of_the_book(path: Path) -> None:
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "from csplanner.cli.main import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    for words in (
        ("import", str(path), str(_snapshot(path.parent)), "--as-of", "2026-03-10"),
        ("export", str(path), "--out", str(path.parent / "out")),
        ("backup", str(path)),
    ):
        ended = subprocess.run(
            [sys.executable, "-c", code, *words, *TODAY], capture_output=True, text=True,
            check=False, timeout=60,
        )  # fmt: skip
        assert ended.returncode == 1, (words, ended.stdout, ended.stderr)
        assert "Traceback" not in ended.stderr
        clean(ended.stderr, folder=False)


def _snapshot(folder: Path) -> Path:
    lines = [f"{n},{NAME} {n} {'x' * 300},{VALUE}\n" for n in range(500)]
    path = folder / "large.csv"
    path.write_text("Account ID,Account Name,ARR\n" + "".join(lines))
    return path


@pytest.fixture
def frame(qtbot, themes, today, path, monkeypatch):
    """The window on the book of canaries, with faults taken as in the application."""
    made = BookWindow(themes, AppSettings(), today=today)
    qtbot.addWidget(made)
    made.show()
    made.start_with(path)
    taken = Faults(made, lambda _: None)
    monkeypatch.setattr(sys, "excepthook", taken.take)
    monkeypatch.setattr(threading, "excepthook", taken._take_from_thread)
    monkeypatch.setattr(sys, "unraisablehook", faults_module._log_unraisable)
    made.faults = taken
    qtbot.waitUntil(lambda: made.session.idle)
    yield made
    if taken.dialog is not None:
        taken.dialog.reject()
    made.close()


def in_a_slot(frame) -> None:
    QTimer.singleShot(0, lambda: int(f"{NAME} {EMAIL}"))


def in_a_page(frame) -> None:
    page = frame.page("book").page
    page.refresh = lambda: {}[frame.session.read.accounts.all()[0]]
    QTimer.singleShot(0, lambda: page.refresh())


def in_a_file(frame) -> None:
    QTimer.singleShot(0, lambda: (frame.session.path.parent / NAME / "x").read_bytes())


def in_a_write(frame) -> None:
    frame.session.write(lambda book: book.connection.execute(f"select '{NAME}' from {WORDS}"))


def in_a_question(frame) -> None:
    frame.session.ask(frame, lambda book: {}[book.people.all()[0]], lambda _: None)


def in_a_thread(frame) -> None:
    threading.Thread(target=lambda: json.loads(f"{NAME} {EMAIL}")).start()


@pytest.mark.parametrize(
    "fault", [in_a_slot, in_a_page, in_a_file, in_a_write, in_a_question, in_a_thread]
)
def test_a_fault_in_the_window_is_kept_as_places_alone(
    qtbot, frame, log, capfd, fault: Callable[[BookWindow], None]
) -> None:
    frame.show_place("book")
    qtbot.waitUntil(lambda: frame.session.idle)
    fault(frame)
    qtbot.waitUntil(lambda: frame.faults.dialog is not None)
    details = frame.faults.dialog.findChild(QPlainTextEdit).toPlainText()
    assert "Error in csplanner" in details
    clean(details)
    clean(log.read_text())
    assert str(Path.home()) not in log.read_text()
    said = capfd.readouterr()
    clean(said.err + said.out)


class Clumsy:
    """Fails where nobody can catch it."""

    def __del__(self) -> None:
        raise ValueError(NAME)


def test_what_nobody_can_catch_is_kept_as_places_alone(frame, log, capfd) -> None:
    del frame
    made = Clumsy()
    del made
    assert "ValueError in csplanner" in log.read_text()
    clean(log.read_text())
    clean(capfd.readouterr().err)


def test_a_log_that_cannot_be_written_says_nothing(frame, log, capfd) -> None:
    log.parent.mkdir(parents=True, exist_ok=True)
    log.mkdir()
    frame.faults.take(ValueError, ValueError(NAME), None)
    QApplication.processEvents()
    assert frame.faults.dialog is not None
    assert capfd.readouterr().err == ""


def test_the_log_is_for_its_owner_only_and_does_not_grow(frame, log) -> None:
    for _ in range(2500):
        faults_module.start_log()
        logging.getLogger("csplanner").error("%s", "x" * 400)
    kept = sorted(log.parent.iterdir())
    assert len(kept) <= 4
    assert all(file.stat().st_size <= 210_000 for file in kept)
    assert {file.stat().st_mode & 0o777 for file in kept} == {0o600}


def test_a_damaged_book_opened_in_the_window_leaves_nothing_in_the_log(
    qtbot, themes, today, path, log
) -> None:
    for page in (1, 4, 9):
        window = BookWindow(themes, AppSettings(), today=today)
        qtbot.addWidget(window)
        with closing(window):
            window.show_start()
            window.open_book(spoilt(path, page))
            qtbot.waitUntil(lambda w=window: w.books.idle, timeout=20_000)
    assert not log.exists() or clean(log.read_text()) is None
