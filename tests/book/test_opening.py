"""Opening: what is no book, what is damaged, what lies beside a book, how it is named."""

import os
import random
import shutil
import socket
import sqlite3
import stat
import unicodedata
from contextlib import closing
from datetime import date
from pathlib import Path
from time import monotonic

import pytest

from csplanner.book.book import Book
from csplanner.book.file_kind import LONGEST_NAME
from csplanner.domain.account import Account, AccountId
from csplanner.domain.filters import View
from csplanner.domain.money import Money
from csplanner.domain.value import fact
from csplanner.errors import DamagedBook, UserError


@pytest.fixture
def path(book: Book) -> Path:
    """A closed book with some accounts."""
    with book.change("Add accounts"):
        for number in range(40):
            book.accounts.add(Account(AccountId(f"a{number}"), f"Account {number}" * 20))
    book.close()
    return book.path


def names(path: Path, today: date) -> list[str]:
    with Book.open(path, today=today, read_only=True) as book:
        return [a.name for a in book.accounts.all()]


# --- what is no book ---

_HEADER = b"SQLite format 3\0"
_NO_BOOKS: dict[str, bytes] = {
    "empty": b"",
    "one byte": b"S",
    "text": b"name,arr\nAcme,1\n",
    "utf-16": "name\tarr\n".encode("utf-16"),
    "zip": b"PK\x03\x04" + b"\0" * 600,
    "empty zip": b"PK\x05\x06" + b"\0" * 18,
    "gzip": b"\x1f\x8b\x08" + b"\0" * 600,
    "pdf": b"%PDF-1.7\n" + b"x" * 600,
    "png": b"\x89PNG\r\n\x1a\n" + b"\0" * 600,
    "old office": b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    "random": random.Random(1).randbytes(8192),
    "zeros": bytes(8192),
    "only a header": _HEADER,
    "a short header": _HEADER + b"\x10\x00" + b"\0" * 70,
}


@pytest.mark.parametrize("kind", _NO_BOOKS)
def test_what_is_no_book_is_said_in_one_sentence_and_left_alone(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "x.csbook"
    path.write_bytes(_NO_BOOKS[kind])
    with pytest.raises(UserError, match="not a csplanner book"):
        Book.open(path)
    assert path.read_bytes() == _NO_BOOKS[kind]
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith((".", "x."))] == ["x.csbook"]


def _folder(path: Path) -> None:
    path.mkdir()


def _loop(path: Path) -> None:
    path.symlink_to(path.name)


def _broken_link(path: Path) -> None:
    path.symlink_to("gone.csbook")


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.fspath(path))


def _other_program(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("create table t (x)")


@pytest.mark.skipif(os.name == "nt", reason="POSIX kinds of files")
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_folder, "a folder"),
        (os.mkfifo, "a device or a pipe"),
        (_device, "a device or a pipe"),
        (_socket, "a device or a pipe"),
        (_loop, "cannot be reached"),
        (_broken_link, "a link to a file that is gone"),
        (_other_program, "database of another program"),
    ],
)
def test_what_is_no_file_is_said_without_waiting(make, words: str, tmp_path: Path) -> None:
    path = tmp_path / "x"
    make(path)
    began = monotonic()
    with pytest.raises(UserError, match=words):
        Book.open(path)
    assert monotonic() - began < 1


def test_a_path_that_is_none_and_a_name_too_long_are_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not a path"):
        Book.open(Path("a\0b.csbook"))
    with pytest.raises(UserError, match="cannot be reached"):
        Book.open(tmp_path / ("n" * 300))


def test_a_book_whose_making_was_cut_short_is_said(tmp_path: Path) -> None:
    path = tmp_path / "half.csbook"
    with closing(sqlite3.connect(path)) as db:
        db.execute(f"pragma application_id = {0x43535042}")
    with pytest.raises(UserError, match="never finished"):
        Book.open(path)


# --- damage while closed ---


def _wipe(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data) // 4096) * 4096
    data[at : at + 4096] = bytes(4096)


def _flip(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(1, len(data)) :]


def _noticed(path: Path, whole: bytes, harm, seed: int) -> bool:
    data = bytearray(whole)
    harm(data, random.Random(seed))
    if bytes(data) == whole:
        return True
    times = path.stat()
    path.write_bytes(data)
    # As silent damage does, it leaves the time of the last write.
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    try:
        with Book.open(path, read_only=True) as book:
            return book.opened.changed_outside
    except UserError:
        return True


@pytest.mark.parametrize("harm", [_wipe, _flip, _cut])
def test_damage_to_a_closed_book_is_always_noticed(harm, path: Path) -> None:
    whole = path.read_bytes()
    assert all(_noticed(path, whole, harm, seed) for seed in range(12))


@pytest.mark.soak
@pytest.mark.parametrize("harm", [_wipe, _flip, _cut])
def test_damage_to_a_closed_book_is_noticed_every_time(harm, path: Path) -> None:
    whole = path.read_bytes()
    assert sum(not _noticed(path, whole, harm, seed) for seed in range(400)) == 0


def test_a_wiped_beginning_of_a_known_book_is_damage_and_the_file_stays(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[:4096] = bytes(4096)
    path.write_bytes(data)
    with pytest.raises(DamagedBook, match="csplanner salvage") as error:
        Book.open(path)
    assert error.value.found == "its beginning was overwritten"
    assert path.read_bytes() == bytes(data)


def test_a_whole_book_put_in_its_place_is_told_and_used(path: Path, today: date) -> None:
    with Book.open(path, today=today) as book:
        older = path.with_name("older")
        shutil.copy(path, older)
        book.accounts.update("a0", name="Newer")
    shutil.copy(older, path)
    with Book.open(path, today=today) as book:
        assert (book.read_only, book.opened.changed_outside) == (False, True)
    with Book.open(path, today=today) as book:
        assert not book.opened.changed_outside


def test_a_touched_file_with_the_same_bytes_is_the_same_book(path: Path) -> None:
    os.utime(path, ns=(1, 1))
    with Book.open(path) as book:
        assert not book.opened.changed_outside


# --- what lies beside it ---


def test_the_journal_of_another_book_is_moved_aside_unapplied(path: Path, today: date) -> None:
    other = path.with_name("other.csbook")
    with Book.create(other, today=today) as made:
        made.accounts.add(Account(AccountId("x"), "Other"))
    foreign = _hot_journal_of(other)
    before = path.read_bytes()
    beside = path.with_name(path.name + "-journal")
    beside.write_bytes(foreign)
    with Book.open(path, today=today) as book:
        moved = book.opened.moved_aside
        assert book.accounts.get("a1").name.startswith("Account 1")
    assert moved is not None
    assert (moved / beside.name).read_bytes() == foreign
    assert path.read_bytes() == before


def test_it_is_told_from_its_own_even_without_a_seal(path: Path, today: date, home: Path) -> None:
    other = path.with_name("other.csbook")
    Book.create(other, today=today).close()
    with Book.open(path, today=today) as book:
        for number in range(3):  # it tells its own by how often it was written
            book.accounts.update("a0", next_step=f"Step {number}")
    path.with_name(path.name + "-journal").write_bytes(_hot_journal_of(other))
    shutil.rmtree(home / "data" / "seals")
    before = path.read_bytes()
    with Book.open(path, today=today) as book:
        assert book.opened.moved_aside is not None
    assert path.read_bytes() == before


def _hot_journal_of(path: Path) -> bytes:
    """What a program killed in the middle of writing leaves beside the book at `path`."""
    copy = path.with_name("copy.csbook")
    shutil.copy(path, copy)
    journal = _killed_while_writing(copy)
    copy.unlink()
    return journal


def _killed_while_writing(path: Path) -> bytes:
    """Leave the file as a program leaves it that dies in a transaction; returns its journal,
    which is put by.
    """
    journal = path.with_name(path.name + "-journal")
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("pragma cache_size = 1")
        db.execute("begin immediate")
        db.execute("create table filler (x)")
        for _ in range(400):
            db.execute("insert into filler values (zeroblob(2000))")
        torn, held = path.read_bytes(), journal.read_bytes()
        db.execute("rollback")
    path.write_bytes(torn)
    path.with_name("taken-journal").write_bytes(held)
    return held


def test_the_books_own_journal_takes_back_what_was_not_finished(path: Path, today: date) -> None:
    before = path.read_bytes()
    _killed_while_writing(path)
    path.with_name("taken-journal").rename(path.with_name(path.name + "-journal"))
    assert path.read_bytes() != before
    with Book.open(path, today=today) as book:
        assert book.opened.recovered
        assert book.opened.moved_aside is None
        assert not book.read_only
        tables = book.connection.execute("select name from sqlite_master").fetchall()
        assert ("filler",) not in tables
        assert len(book.accounts.all()) == 40


def test_a_log_beside_a_book_that_uses_none_is_moved_aside(path: Path, today: date) -> None:
    other = path.with_name("other.db")
    with closing(sqlite3.connect(other, isolation_level=None)) as db:
        db.execute("pragma journal_mode = wal")
        db.execute("create table t (x)")
        log = other.with_name("other.db-wal").read_bytes()
    path.with_name(path.name + "-wal").write_bytes(log)
    before = path.read_bytes()
    with Book.open(path, today=today) as book:
        assert book.opened.moved_aside is not None
    assert path.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_an_unfinished_change_where_nothing_may_be_written_is_said(
    plain_user: Path, today: date
) -> None:
    path = plain_user / "b.csbook"
    with Book.create(path, today=today) as book:
        book.accounts.add(Account(AccountId("a"), "Acme"))
    _killed_while_writing(path)
    (plain_user / "taken-journal").rename(plain_user / "b.csbook-journal")
    plain_user.chmod(0o500)
    with pytest.raises(UserError, match="must be taken back before it can be read"):
        Book.open(path)
    plain_user.chmod(0o700)
    with Book.open(path) as book:
        assert [a.name for a in book.accounts.all()] == ["Acme"]


# --- how it is named, and who may read it ---

_NAMES = [
    "plain", "with space", " leading", "trailing ", "it's", 'say "hi"', "percent%20", "hash#1",
    "question?", "amp&", "semi;colon", "back\\slash", "-leading", "--option", ".hidden", "a.b.c",
    "tab\tname", "new\nline", "émile", unicodedata.normalize("NFD", "émile"), "日本語", "Ελλάδα",
    "עברית", "\u202ertl", "🙂", "👩\u200d💻", "ß", "İstanbul", "$HOME", "n" * (LONGEST_NAME - 7),
]  # fmt: skip


@pytest.mark.parametrize("name", _NAMES, ids=range(len(_NAMES)))
def test_a_book_of_any_name_is_made_changed_and_opened(
    name: str, tmp_path: Path, today: date
) -> None:
    path = tmp_path / f"{name}.csbook"
    with Book.create(path, today=today) as book:
        book.accounts.add(Account(AccountId("a"), "Acme"))
    with Book.open(path, today=today) as book:
        assert not book.read_only
        book.accounts.update("a", name="Apex")
        with book.beside() as second:
            assert second.accounts.get("a").name == "Apex"
    with Book.open(path, today=today) as book:
        assert not book.opened.changed_outside
    assert [p for p in tmp_path.iterdir() if p.is_file()] == [path]


def test_a_name_that_leaves_no_room_for_a_journal_is_read_only(path: Path, today: date) -> None:
    long = path.rename(path.with_name("n" * 255))
    with Book.open(long, today=today) as book:
        assert "too long" in book.read_only_because
        assert len(book.accounts.all()) == 40


def test_links_and_relative_paths_are_the_same_book(
    path: Path, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = path.with_name("link.csbook")
    link.symlink_to(path)
    monkeypatch.chdir(path.parent)
    with Book.open(link, today=today) as book:
        book.accounts.update("a1", name="Through a link")
        with Book.open(Path(path.name), today=today) as second:
            assert second.read_only
            assert second.opened.holder is not None
    assert link.is_symlink()
    assert "Through a link" in names(path, today)


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_everything_about_a_book_is_for_its_owner_only(
    tmp_path: Path, today: date, home: Path
) -> None:
    before = os.umask(0o022)
    try:
        with Book.create(tmp_path / "b.csbook", today=today) as book:
            book.accounts.add(Account(AccountId("a"), "Acme"))
            with book.change("Look at the journal"):
                book.accounts.update("a", name="Apex")
                book.connection.execute("pragma cache_flush")
                found = {p.name: p.stat().st_mode for p in tmp_path.iterdir() if p.is_file()}
        found |= {p.name: p.stat().st_mode for p in home.rglob("*") if p.is_file()}
    finally:
        os.umask(before)
    assert {"b.csbook", "b.csbook-journal", ".b.csbook.lock"} <= found.keys()
    assert {stat.S_IMODE(mode) for mode in found.values()} == {0o600}
    assert any(name.endswith(".json") for name in found)


def test_what_another_program_changed_is_judged_and_found_anew(book: Book) -> None:
    book.accounts.add(Account(AccountId(""), "Acme", arr=fact(Money(120_000_00, "USD"))))
    book.refresh()
    book.close()
    with closing(sqlite3.connect(book.path, isolation_level=None)) as db:
        db.execute("update account set name = 'Zenith', name_key = 'zenith', arr_currency = 'EUR'")
    with Book.open(book.path, today=book.today) as opened:
        opened.refresh()
        assert opened.opened.changed_outside
        (line,) = opened.overview.rows(opened.overview.ids(View()))
        assert (line.name, line.arr) == ("Zenith", Money(120_000_00, "EUR"))
        assert [found.title for found in opened.search("zenith")] == ["Zenith"]
        assert opened.search("acme") == []
