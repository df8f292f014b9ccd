"""One writer at a time: who holds a book is said, and a dead holder holds nothing."""

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from time import monotonic

import pytest

from csplanner.book.book import Book
from csplanner.book.lock import BookLock, Holder, holder_of, lock_path, take
from csplanner.domain.account import Account, AccountId
from csplanner.errors import UserError

ROOT = Path(__file__).resolve().parent.parent.parent

_HOLD = """
import sys
from pathlib import Path
from csplanner.book.book import Book
book = Book.open(Path(sys.argv[1]))
print("read" if book.read_only else "write", flush=True)
sys.stdin.readline()
book.close()
"""

_ADD = """
import random, sys
from pathlib import Path
from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId
chance = random.Random(int(sys.argv[2]))
added = 0
for _ in range(int(sys.argv[3])):
    with Book.open(Path(sys.argv[1])) as book:
        if book.read_only:
            assert book.opened.holder is not None, book.read_only_because
            continue
        for _ in range(chance.randrange(1, 4)):
            book.accounts.add(Account(AccountId(""), f"{sys.argv[2]} {added}"))
            added += 1
print(added)
"""


@pytest.fixture
def path(book: Book) -> Path:
    book.close()
    return book.path


def start(program: str, *words: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, words)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip


def finish(process: "subprocess.Popen[str]") -> str:
    said, _ = process.communicate("\n", timeout=60)
    return said


def test_a_second_program_reads_says_who_holds_it_and_heals_when_it_is_killed(path: Path) -> None:
    first = start(_HOLD, path)
    assert first.stdout is not None
    assert first.stdout.readline() == "write\n"
    with Book.open(path) as book:
        assert book.read_only
        assert book.opened.holder == holder_of(path)
        assert book.opened.holder is not None
        assert book.opened.holder.pid == first.pid
        assert book.read_only_because.startswith("it is open in csplanner by ")
        with pytest.raises(UserError, match=r"open in csplanner by .* since"):
            book.accounts.add(Account(AccountId(""), "Acme"))
    first.send_signal(signal.SIGKILL)
    first.communicate()
    began = monotonic()
    with Book.open(path) as book:
        assert not book.read_only
        assert not book.opened.changed_outside
    assert monotonic() - began < 1
    assert not lock_path(path).exists()


def interleaved(path: Path, rounds: int) -> None:
    workers = [start(_ADD, path, seed, rounds) for seed in (1, 2)]
    added = sum(int(finish(worker)) for worker in workers)
    assert [w.returncode for w in workers] == [0, 0]
    with Book.open(path) as book:
        assert not book.opened.changed_outside
        assert len(book.accounts.all()) == added > 0


def test_two_programs_that_open_edit_and_close_lose_nothing(path: Path) -> None:
    interleaved(path, 15)


@pytest.mark.soak
def test_two_programs_lose_nothing_a_thousand_times(path: Path) -> None:
    interleaved(path, 1000)


def elsewhere(path: Path) -> None:
    said = {
        "pid": 7, "host": "laptop-2", "user": "anna", "program": "csplanner",
        "since": "2026-03-12T09:41:00+00:00",
    }  # fmt: skip
    lock_path(path).write_text(json.dumps(said))


def test_a_lock_left_by_another_computer_is_kept_until_taken_over(path: Path) -> None:
    elsewhere(path)
    with Book.open(path) as book:
        assert "left open in csplanner by anna on laptop-2" in book.read_only_because
        assert book.opened.holder is not None
        assert not book.opened.holder.is_here
    assert lock_path(path).exists()
    with Book.open(path, take_over=True) as book:
        assert not book.read_only
    assert not lock_path(path).exists()


@pytest.mark.parametrize("left", [b"", b"{", b"[]", b"\xff" * 40, b'{"pid": "x"}', b"[" * 4000])
def test_a_lock_file_that_makes_no_sense_locks_nothing(path: Path, left: bytes) -> None:
    lock_path(path).write_bytes(left)
    with Book.open(path) as book:
        assert not book.read_only


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_a_lock_file_that_is_a_link_is_not_followed(path: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    lock_path(path).symlink_to(victim)
    with Book.open(path) as book:
        assert "cannot be locked" in book.read_only_because
    assert victim.read_text() == "mine"


def test_the_file_holds_who_where_and_since_and_nothing_else(path: Path) -> None:
    with Book.open(path):
        said = json.loads(lock_path(path).read_text())
    assert said.keys() == {"pid", "host", "user", "program", "since"}
    assert said["pid"] == os.getpid()


def test_a_lock_is_released_once_and_not_taken_from_the_next(path: Path) -> None:
    first = take(path)
    assert isinstance(first, BookLock)
    first.release()
    second = take(path)
    assert isinstance(second, BookLock)
    first.release()
    assert isinstance(take(path), Holder)
    second.release()


def test_who_only_reads_locks_nobody_out(path: Path, today: date) -> None:
    with Book.open(path, read_only=True) as reader, Book.open(path, today=today) as writer:
        assert not writer.read_only
        writer.accounts.add(Account(AccountId("a"), "Acme"))
        assert [a.name for a in reader.accounts.all()] == ["Acme"]
