"""What is said, and what stays, when who reads files, or what was read, comes to an end."""

import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.book.room import STAGED, new_folder, remove_folder
from csplanner.crm import apart, worker
from csplanner.crm.importing import Options, apply, stage
from csplanner.errors import UserError

ROOT = Path(__file__).resolve().parents[2]
_HELD = """
import sys, time
from csplanner.book.room import new_folder
folder = new_folder("import")
(folder / "staging.sqlite").write_bytes(b"plain words of customers")
print(folder, flush=True)
time.sleep(60)
"""
DAY = Options(as_of=date(2026, 3, 1))


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for temporary files of this test alone, for its processes too."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


@pytest.fixture
def other() -> Iterator[Callable[[], "subprocess.Popen[str]"]]:
    """Starts another program that stages, which is killed at the end."""
    started = []

    def start() -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", _HELD]
        started.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="Nothing can be held there.")
def test_what_a_killed_program_read_is_removed_by_the_next_and_what_is_in_use_stays(
    temporary: Path, other: Callable[[], "subprocess.Popen[str]"]
) -> None:
    program = other()
    assert program.stdout is not None
    left = Path(program.stdout.readline().strip())
    own = new_folder(STAGED)
    assert {p.parent for p in (left, own)} == {temporary}
    assert left.stat().st_mode & 0o077 == 0
    assert (left / "staging.sqlite").exists()
    program.kill()
    program.wait()
    (own / "staging.sqlite").touch()
    second = new_folder(STAGED)
    assert sorted(temporary.iterdir()) == sorted((own, second))
    for folder in (own, second):
        remove_folder(folder)
    assert not list(temporary.iterdir())


@pytest.fixture
def ending(write, book, monkeypatch, temporary) -> Callable[[str], str]:
    """Lets a program that ends so read a file; returns what is said, with the book as it was."""
    path = write("Account.csv", "Id,Name", "1,Acme")
    plain = subprocess.Popen

    def run(program: str) -> str:
        class Popen(plain):
            def __init__(self, _command: list[str], **others: object) -> None:
                super().__init__([sys.executable, "-c", program], **others)

        before = book.path.read_bytes()
        monkeypatch.setattr(subprocess, "Popen", Popen)
        with pytest.raises(UserError) as error:
            apart.stage_apart([path], book.path, DAY)
        assert book.path.read_bytes() == before
        assert not list(temporary.iterdir())
        return str(error.value)

    return run


@pytest.mark.skipif(sys.platform == "win32", reason="Signals end no process there.")
@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("import sys; sys.stdin.readline(); sys.exit(7)", r"stopped the part .* \(code 7\)"),
        ("import sys; sys.stdin.readline(); raise SystemError", r"stopped the part .* \(code 1\)"),
        ("import os; os.kill(os.getpid(), 9)", "ended from outside"),
        ("import os; os.close(0); os.kill(os.getpid(), 9)", "ended from outside"),
        ("import os, sys; sys.stdin.readline(); os.abort()", "took more memory than an import may"),
    ],
)
def test_why_reading_ended_is_told_truly(ending, program: str, words: str) -> None:
    assert re.search(words, ending(program))


def test_nothing_goes_on_reading_for_a_program_that_is_gone(write, book, tmp_path) -> None:
    rows = (f"{n:06},Name {n}" for n in range(60_000))
    path = write("Account.csv", "Account ID,Account Name", *rows)
    order = apart.order([path], book.path, DAY, tmp_path / "staging.sqlite")
    process = subprocess.Popen(
        [sys.executable, "-m", "csplanner.crm.worker"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(order + "\n")
    process.stdin.flush()
    assert "progress" in process.stdout.readline()
    process.stdin.close()
    assert '"staged"' not in process.stdout.read()
    assert process.wait(10) == 1
    process.stdout.close()


def spoil_nothing(path: Path) -> None:
    path.unlink()


def spoil_end(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def spoil_all(path: Path) -> None:
    path.write_bytes(b"oh" * 9_000)


def spoil_by_another_database(path: Path) -> None:
    path.unlink()
    db = sqlite3.connect(path)
    db.execute("create table fact (name, value)")
    db.close()


@pytest.mark.parametrize("spoil", [spoil_nothing, spoil_end, spoil_all, spoil_by_another_database])
def test_what_was_read_and_is_no_longer_whole_is_not_brought_in(
    write, book: Book, spoil: Callable[[Path], None]
) -> None:
    staged = stage([write("Account.csv", "Id,Name", "1,Acme")], book.path, DAY)
    before = book.path.read_bytes()
    spoil(staged.path)
    with pytest.raises(UserError, match=r"gone or damaged.* Read the files again\."):
        apply(book, staged)
    staged.discard()
    assert book.path.read_bytes() == before
    assert not book.accounts.all()


@pytest.mark.skipif(sys.platform != "linux", reason="File names are text elsewhere.")
@pytest.mark.parametrize("run", [stage, apart.stage_apart])
def test_a_file_whose_name_is_no_text_comes_in(
    book: Book, tmp_path: Path, run: Callable[..., object]
) -> None:
    path = Path(str(tmp_path)) / b"Kunden-M\xfcller.csv".decode("utf-8", "surrogateescape")
    path.write_text("Account ID,Account Name,ARR\n1,Acme,x\n", encoding="utf-8")
    staged = run([path], book.path, DAY)
    apply(book, staged)
    staged.discard()
    (snapshot,) = book.snapshots.all()
    (problem,) = book.snapshots.quarantined(snapshot.id)
    assert problem.file == snapshot.files[0].name == "Kunden-M�ller.csv"
    assert [a.name for a in book.accounts.all()] == ["Acme"]


_INSTEAD = """
import resource
import csplanner.crm.worker as worker

def instead(*_, **__):
    {}

worker.stage_into = instead
worker.main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="There is no such limit there.")
def test_the_process_that_reads_may_take_so_much_memory_and_no_more(ending) -> None:
    limit = "worker.UserError(str(resource.getrlimit(resource.RLIMIT_AS)[0]))"
    assert 0 < int(ending(_INSTEAD.format(f"raise {limit}"))) <= worker.MEMORY <= 1 << 30
    said = ending(_INSTEAD.format("return bytearray(worker.MEMORY)"))
    assert "need more memory than an import may take" in said


def test_files_and_book_are_read_from_the_folder_one_stands_in(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Account.csv").write_text("Id,Name\n001000000000001AAA,Acme\n")
    monkeypatch.chdir(tmp_path)
    here = [Path("Account.csv")], Path(book.path.name)
    staged = apart.stage_apart(*here, Options(as_of=date(2026, 3, 1), source="Salesforce"))
    assert staged.counts["account"]["new"] == 1
    staged.discard()
