"""The seal: written when a book is closed, compared when it is opened, by whoever may read it."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from csplanner.book import opening
from csplanner.book.book import Book
from csplanner.book.connection import connect, is_open_here
from csplanner.book.seal import digest_of, matches, prove_beside, seal, sealed
from csplanner.domain.account import Account, AccountId
from csplanner.errors import DamagedBook, UserError


@pytest.fixture
def path(book: Book) -> Path:
    """A closed, sealed book."""
    with book.change("Add accounts"):
        for number in range(40):
            book.accounts.add(Account(AccountId(f"a{number}"), f"Account {number}" * 20))
    book.close()
    return book.path


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every book is so large that its proof is put off."""
    monkeypatch.setattr(opening, "READ_AT_ONCE", 0)


def test_a_closed_book_is_sealed_and_an_open_one_is_not(path: Path, home: Path) -> None:
    known = sealed(path)
    assert known is not None
    assert matches(path)
    (file,) = (home / "data" / "seals").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with Book.open(path):
        assert sealed(path) is None
    again = sealed(path)
    assert again is not None
    assert again.sha256 == known.sha256


@pytest.mark.parametrize("left", ["", "[]", '{"sha256": "0", "size": 1e999}', "[" * 100_000])
def test_a_seal_that_makes_no_sense_is_none(path: Path, home: Path, left: str) -> None:
    (file,) = (home / "data" / "seals").iterdir()
    file.write_text(left)
    assert sealed(path) is None
    with Book.open(path) as book:
        assert not book.read_only


def test_the_file_of_an_open_book_is_never_read_here(path: Path) -> None:
    with Book.open(path) as book:
        assert is_open_here(path)
        assert seal(path) is None
        with pytest.raises(RuntimeError, match="locks"):
            digest_of(path)
        book.beside().close()
        assert is_open_here(path)
    assert not is_open_here(path)


def test_a_book_is_not_read_for_its_seal_while_a_reader_has_it_open(path: Path) -> None:
    book = Book.open(path)
    book.accounts.update("a1", name="Changed")
    second = book.beside()
    book.close()
    assert sealed(path) is None
    second.close()
    with Book.open(path) as again:
        assert not again.opened.changed_outside


def test_opening_a_book_twice_leaves_sqlites_locks_alone(path: Path, today: date) -> None:
    with Book.open(path, today=today) as book, book.change("Hold it"):
        book.accounts.update("a1", name="Held")
        Book.open(path, today=today).close()
        probe = (
            "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], timeout=0)\n"
            "try: db.execute('begin immediate')\nexcept sqlite3.OperationalError: print('locked')"
        )
        said = subprocess.run(
            [sys.executable, "-c", probe, path], capture_output=True, text=True, check=True
        )
        assert said.stdout == "locked\n"


def test_another_process_proves_the_open_file(path: Path) -> None:
    known = sealed(path)
    assert known is not None
    with Book.open(path, read_only=True):
        assert prove_beside(path, known).answer() is True
    path.write_bytes(path.read_bytes()[:-1] + b"\xff")
    assert prove_beside(path, known).answer() is False
    path.unlink()
    assert prove_beside(path, known).answer() is None


def quietly(path: Path, data: bytes) -> None:
    """Put other bytes in the file's place under the same time, as silent damage does."""
    times = path.stat()
    path.write_bytes(data)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def test_a_proof_put_off_is_waited_for_by_the_first_change(
    path: Path, today: date, large: None
) -> None:
    with Book.open(path, today=today, prove_later=True) as book:
        assert sealed(path) is not None
        book.accounts.update("a1", name="Changed")
        assert sealed(path) is None
        assert not book.opened.changed_outside
    assert matches(path)


def test_damage_found_by_a_proof_put_off_stops_every_change(
    path: Path, today: date, large: None
) -> None:
    with closing(sqlite3.connect(path)) as db:
        page = db.execute("select rootpage from sqlite_master where name = 'touch'").fetchone()[0]
    data = bytearray(path.read_bytes())
    data[(page - 1) * 4096 : page * 4096] = bytes(4096)
    quietly(path, bytes(data))
    with Book.open(path, today=today, prove_later=True) as book:
        assert not book.read_only
        with pytest.raises(DamagedBook):
            book.accounts.update("a1", name="Changed")
        assert "damaged" in book.read_only_because
        with pytest.raises(UserError, match="read-only"):
            book.accounts.update("a1", name="Changed")
    assert path.read_bytes() == bytes(data)


def test_a_swap_found_by_a_proof_put_off_is_told(path: Path, today: date, large: None) -> None:
    data = bytearray(path.read_bytes())
    at = data.rindex(b"Account 7")
    data[at : at + 7] = b"Xccount"
    quietly(path, bytes(data))
    with Book.open(path, today=today, prove_later=True) as book:
        assert book.prove().changed_outside
        assert not book.read_only


def test_a_crash_is_not_taken_for_a_change_by_others(path: Path, today: date) -> None:
    program = (
        "import os, sys; from pathlib import Path; from csplanner.book.book import Book\n"
        "book = Book.open(Path(sys.argv[1])); book.accounts.update('a1', name='Kept')\n"
        "os._exit(1)"
    )
    subprocess.run([sys.executable, "-c", program, path], check=False)
    with Book.open(path, today=today) as book:
        assert book.accounts.get("a1").name == "Kept"
        assert (book.read_only, book.opened.changed_outside) == (False, False)


_WRITES = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("update account set city = 'X'")
db.commit()
"""


@pytest.mark.parametrize("way", ["replaced", "overwritten", "cut", "written", "gone"])
def test_an_edit_from_outside_is_noticed_before_the_next_write(
    way: str, path: Path, today: date
) -> None:
    older = path.with_name("older")
    shutil.copy(path, older)
    book = Book.open(path, today=today)
    book.accounts.update("a1", name="Mine")
    # By other processes: opening the file in this one would drop the book's locks.
    ways = {
        "replaced": ["mv", older, path],
        "overwritten": ["cp", older, path],
        "cut": ["truncate", "-s", "-4096", path],
        "gone": ["mv", path, path.with_name("away")],
        "written": [
            sys.executable, "-c",
            _WRITES, path,
        ],
    }  # fmt: skip
    subprocess.run(ways[way], check=True)
    there = path.read_bytes() if way == "replaced" else None
    with pytest.raises(UserError, match="was not written"), book.change("Over theirs"):
        raise AssertionError
    book.close()
    assert there is None or path.read_bytes() == there
    assert sealed(path) is None


def test_a_book_moved_away_and_back_is_written_again(path: Path, today: date) -> None:
    with Book.open(path, today=today) as book:
        away = path.rename(path.with_name("away"))
        with pytest.raises(UserError, match="no longer where it was"):
            book.accounts.update("a1", name="Gone")
        away.rename(path)
        book.accounts.update("a1", name="Back")
    with Book.open(path, today=today) as book:
        assert book.accounts.get("a1").name == "Back"
        assert not book.opened.changed_outside


def test_every_setting_of_a_connection_took(path: Path) -> None:
    db = connect(path)
    for name, value in {"synchronous": 3, "secure_delete": 1, "trusted_schema": 0}.items():
        assert db.execute(f"pragma {name}").fetchone()[0] == value
    assert db.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) == 64_000_000
    db.close()
