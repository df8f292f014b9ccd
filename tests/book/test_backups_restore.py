"""Restoring: byte for byte, with the present book kept, and a whole book at every moment."""

import json
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from csplanner.book.backup import (
    Why,
    backup,
    backup_if_changed,
    lost_by,
    newest_good,
    restore,
    shelf,
)
from csplanner.book.book import Book
from csplanner.book.erase import erase
from csplanner.book.lock import lock_path
from csplanner.book.restoring_erased import returning
from csplanner.book.schema import SCHEMA_VERSION
from csplanner.book.suppress import key_of_id, suppressed
from csplanner.domain.account import Account, AccountId
from csplanner.errors import UserError
from tests.book.people_of_acme import NAME, fill


@dataclass(frozen=True)
class Stand:
    """A closed book with “Acme” and “Later” in it, and a backup from when there was only Acme."""

    path: Path
    copy: Path

    @property
    def names(self) -> list[str]:
        """The accounts of the book in its place."""
        return names_in(self.path)

    @property
    def aside(self) -> list[Path]:
        """The folders with books that were moved aside."""
        return sorted(self.path.parent.glob("book before restore*"))


def names_in(path: Path) -> list[str]:
    db = sqlite3.connect(path)
    try:
        assert db.execute("pragma integrity_check").fetchone()[0] == "ok"
        return [name for (name,) in db.execute("select name from account order by name")]
    finally:
        db.close()


@pytest.fixture
def stand(book: Book) -> Stand:
    """The book and its older backup."""
    book.accounts.add(Account(AccountId(""), "Acme"))
    copy = backup(book)
    book.accounts.add(Account(AccountId(""), "Later"))
    book.close()
    return Stand(book.path, copy)


def hot_journal(path: Path) -> None:
    """Leave the book as a crash does: half written, with the journal that mends it."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("pragma cache_size = 5")
    db.execute("pragma cache_spill = 1")
    db.execute("begin immediate")
    db.execute("create table filler (x text)")
    db.executemany("insert into filler values (?)", [("x" * 2000,)] * 200)
    db.execute("update account set name = 'Half'")
    db.executemany("insert into filler values (?)", [("x" * 2000,)] * 200)
    crashed = path.with_name("crashed")
    journal = path.with_name(path.name + "-journal")
    shutil.copy(path, crashed)
    shutil.copy(journal, path.with_name("crashed-journal"))
    db.execute("rollback")
    db.close()
    crashed.replace(path)
    path.with_name("crashed-journal").replace(journal)


def test_what_is_restored_is_the_backup_byte_for_byte(stand: Stand) -> None:
    before = stand.path.read_bytes()
    stand.path.chmod(0o644)
    aside = restore(stand.path, stand.copy)
    assert stand.path.read_bytes() == stand.copy.read_bytes()
    assert stat.S_IMODE(stand.path.stat().st_mode) == 0o600
    assert aside is not None
    assert aside.read_bytes() == before
    assert stat.S_IMODE(aside.parent.stat().st_mode) == 0o700
    assert {p.name for p in stand.path.parent.iterdir()} == {
        "home", "book.csbook", aside.parent.name
    }  # fmt: skip


def test_the_present_book_is_backed_up_first_when_it_has_something_new(stand: Stand) -> None:
    restore(stand.path, stand.copy)
    assert [kept.why for kept in shelf(stand.path)] == [Why.RESTORE, Why.HAND]
    assert names_in(shelf(stand.path)[0].path) == ["Acme", "Later"]
    restore(stand.path, stand.copy)
    assert len(shelf(stand.path)) == 2  # nothing was new
    restore(stand.path, shelf(stand.path)[0].path)
    assert stand.names == ["Acme", "Later"]


def test_after_a_restore_new_work_is_backed_up_though_the_numbers_repeat(stand: Stand) -> None:
    restore(stand.path, stand.copy)
    with Book.open(stand.path) as book:
        assert backup_if_changed(book, Why.CLOSE) is None
        book.accounts.add(Account(AccountId(""), "Later"))
        assert backup_if_changed(book, Why.CLOSE)


def test_what_a_restore_takes_away_is_named(stand: Stand) -> None:
    assert lost_by(stand.path, stand.copy) == ["Add Later"]
    with Book.open(stand.path) as book:
        book.undo()
    assert lost_by(stand.path, stand.copy) == []
    stand.path.write_bytes(b"\0" * 9000)
    assert lost_by(stand.path, stand.copy) is None


def test_what_was_undone_since_is_taken_away_too(stand: Stand, tmp_path: Path) -> None:
    with Book.open(stand.path) as book:
        newer = backup(book, tmp_path / "newer.csbook")
        book.undo()
    assert lost_by(stand.path, newer) == ["Undo: Add Later"]
    with Book.open(stand.path) as book:
        older = backup(book, tmp_path / "older.csbook")
        book.redo()
    assert lost_by(stand.path, older) == ["Redo: Add Later"]
    with Book.open(stand.path) as book, book.final_change("Erase a person"):
        pass
    assert lost_by(stand.path, newer) == ["Erase a person"]


def test_a_restored_book_opens_without_complaint(stand: Stand) -> None:
    restore(stand.path, stand.copy)
    with Book.open(stand.path) as book:
        assert not book.read_only
        assert not book.opened.changed_outside
        assert [a.name for a in book.accounts.all()] == ["Acme"]


# --- what is refused ---


def test_a_backup_with_one_bit_changed_is_not_restored(stand: Stand) -> None:
    whole = bytearray(stand.copy.read_bytes())
    whole[-100] ^= 1
    stand.copy.write_bytes(whole)
    before = stand.path.read_bytes()
    with pytest.raises(UserError, match="damaged and was not used"):
        restore(stand.path, stand.copy)
    assert stand.path.read_bytes() == before
    assert newest_good(stand.path) is None
    assert stand.aside == []


def test_a_damaged_file_from_elsewhere_is_not_restored(stand: Stand, tmp_path: Path) -> None:
    elsewhere = Path(shutil.copy(stand.copy, tmp_path / "elsewhere.csbook"))
    with elsewhere.open("r+b") as stream:
        stream.seek(4096 * 3)
        stream.write(b"\xff" * 4096 * 10)
    before = stand.path.read_bytes()
    with pytest.raises(UserError, match="damaged"):
        restore(stand.path, elsewhere)
    assert stand.path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"name\nAcme\n", b"SQLite format 3\0" + b"\0" * 200])
def test_what_is_no_book_is_not_restored(stand: Stand, tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "other.csbook"
    other.write_bytes(content)
    before = stand.path.read_bytes()
    with pytest.raises(UserError, match="not a csplanner book"):
        restore(stand.path, other)
    with pytest.raises(UserError, match="no book called"):
        restore(stand.path, tmp_path / "none.csbook")
    with pytest.raises(UserError, match="the book itself"):
        restore(stand.path, stand.path)
    assert stand.path.read_bytes() == before


def test_neither_a_newer_backup_nor_over_a_newer_book(stand: Stand, tmp_path: Path) -> None:
    copy = Path(shutil.copy(stand.copy, tmp_path / "copy.csbook"))
    for newer in (copy, stand.path):
        db = sqlite3.connect(newer)
        db.execute(f"pragma user_version = {SCHEMA_VERSION + 1}")
        db.close()
        before = stand.path.read_bytes()
        with pytest.raises(UserError, match="newer csplanner"):
            restore(stand.path, copy)
        assert stand.path.read_bytes() == before
        db = sqlite3.connect(newer)
        db.execute(f"pragma user_version = {SCHEMA_VERSION}")
        db.close()


def test_another_book_is_restored_only_when_that_is_meant(stand: Stand, tmp_path: Path) -> None:
    with Book.create(tmp_path / "other.csbook") as other:
        other.accounts.add(Account(AccountId(""), "Other"))
        # A second apart, as no two books share the moment of a change.
        other.connection.execute("update change set at = '2001-01-01T00:00:00+00:00'")
        copy = backup(other)
    with pytest.raises(UserError, match="of another book"):
        restore(stand.path, copy)
    assert stand.names == ["Acme", "Later"]
    aside = restore(stand.path, copy, other_book=True)
    assert stand.names == ["Other"]
    assert names_in(aside) == ["Acme", "Later"]
    # Neither an empty place nor an empty book is another book.
    assert restore(tmp_path / "new.csbook", copy) is None
    Book.create(tmp_path / "empty.csbook").close()
    assert restore(tmp_path / "empty.csbook", copy)


def test_an_open_book_does_not_give_way(stand: Stand) -> None:
    with Book.open(stand.path) as book:
        with pytest.raises(UserError, match="is open in this window"):
            restore(stand.path, stand.copy)
        book.accounts.add(Account(AccountId(""), "More"))
    assert stand.names == ["Acme", "Later", "More"]


def test_a_book_open_elsewhere_does_not_give_way(stand: Stand) -> None:
    place = lock_path(stand.path)
    said = {"pid": 1, "host": "far", "user": "anna", "program": "csplanner",
            "since": "2026-03-12T09:41:00+00:00"}  # fmt: skip
    place.write_text(json.dumps(said))
    with pytest.raises(UserError, match="is open: anna on far since"):
        restore(stand.path, stand.copy)
    assert stand.names == ["Acme", "Later"]
    restore(stand.path, stand.copy, take_over=True)
    assert stand.names == ["Acme"]
    assert not place.exists()


def test_a_file_of_something_else_does_not_give_way(stand: Stand, tmp_path: Path) -> None:
    for name, content in (("list.csv", b"a,b\n"), ("notes.csbook", b"SQLite format 3\0" * 99)):
        other = tmp_path / name
        other.write_bytes(content)
        with pytest.raises(UserError):
            restore(other, stand.copy)
        assert other.read_bytes() == content
    with pytest.raises(UserError, match="not a file"):
        restore(tmp_path, stand.copy)


def test_without_room_nothing_changes(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    before = stand.path.read_bytes()
    usage = shutil.disk_usage(stand.path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=10))
    with pytest.raises(UserError, match="no room for the restored book: it needs"):
        restore(stand.path, stand.copy)
    assert (stand.path.read_bytes(), stand.aside) == (before, [])


# --- damage, crashes and failing disks ---


@pytest.mark.parametrize("damage", ["emptied", "zeros", "cut", "noise"])
def test_a_damaged_book_gives_way_and_is_kept(stand: Stand, damage: str) -> None:
    whole = stand.path.read_bytes()
    content = {
        "emptied": b"", "zeros": b"\0" * len(whole), "cut": whole[:5000],
        "noise": whole[:4096] + b"\xff" * (len(whole) - 4096),
    }[damage]  # fmt: skip
    stand.path.write_bytes(content)
    aside = restore(stand.path, stand.copy)
    assert aside.read_bytes() == content
    assert stand.names == ["Acme"]
    assert [kept.path for kept in shelf(stand.path)] == [stand.copy]


def test_a_book_that_is_gone_comes_back_and_its_journal_is_not_played_in(stand: Stand) -> None:
    hot_journal(stand.path)
    stand.path.unlink()
    assert restore(stand.path, stand.copy) is None
    assert stand.names == ["Acme"]
    assert [p.name for p in stand.aside[0].iterdir()] == ["book.csbook-journal"]


def test_a_crashed_book_is_kept_with_its_journal_as_it_was(stand: Stand) -> None:
    hot_journal(stand.path)
    journal = stand.path.with_name("book.csbook-journal")
    before, beside = stand.path.read_bytes(), journal.read_bytes()
    aside = restore(stand.path, stand.copy)
    assert not journal.exists()
    assert stand.names == ["Acme"]
    assert aside.read_bytes() == before
    assert aside.with_name("book.csbook-journal").read_bytes() == beside
    assert names_in(aside) == ["Acme", "Later"]


@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
def test_a_stale_file_beside_the_book_is_not_played_into_the_restored_one(
    stand: Stand, suffix: str
) -> None:
    stale = stand.path.with_name(stand.path.name + suffix)
    stale.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + b"\xff" * 8000)
    aside = restore(stand.path, stand.copy)
    assert not stale.exists()
    assert aside.with_name(stale.name).stat().st_size == 8008
    assert stand.path.read_bytes() == stand.copy.read_bytes()


def test_a_backup_that_was_not_closed_is_not_restored(stand: Stand, tmp_path: Path) -> None:
    crashed = Path(shutil.copy(stand.path, tmp_path / "crashed.csbook"))
    hot_journal(crashed)
    with pytest.raises(UserError, match=r"was not closed: crashed\.csbook-journal"):
        restore(stand.path, crashed)
    assert stand.names == ["Acme", "Later"]


STEPS = ("fsync", "link", "replace", "mkdir", "unlink", "open")


def failing_at(k: int, name: str, real: Callable[..., object]) -> Callable[..., object]:
    """The system call `name`, failing at its k-th use."""
    calls = 0

    def call(*args: object, **options: object) -> object:
        nonlocal calls
        calls += 1
        if calls == k:
            raise OSError(5, "Input/output error")
        return real(*args, **options)

    return call


@pytest.mark.parametrize("crashed", [False, True])
@pytest.mark.parametrize("name", STEPS)
def test_whatever_call_of_the_system_fails_a_whole_book_stands(
    stand: Stand, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, crashed: bool
) -> None:
    home = Path(os.environ["CSPLANNER_HOME"])
    kept = Path(shutil.copytree(home, tmp_path / "kept home"))
    if crashed:
        hot_journal(stand.path)
    whole = {p.name: p.read_bytes() for p in stand.path.parent.glob("book.csbook*")}
    done = 0
    for k in range(1, 60):  # until the call is used less often than that
        for folder in stand.aside:
            shutil.rmtree(folder)
        shutil.rmtree(home)
        shutil.copytree(kept, home)
        for beside in stand.path.parent.glob("book.csbook*"):
            beside.unlink()
        for file, content in whole.items():
            stand.path.with_name(file).write_bytes(content)
        failed = False
        with monkeypatch.context() as failing:
            failing.setattr(os, name, failing_at(k, name, getattr(os, name)))
            try:
                restore(stand.path, stand.copy)
            except UserError:
                failed = True
        assert not list(stand.path.parent.glob("*.part*"))
        assert stand.path.exists()
        if failed:
            assert stand.names == ["Acme", "Later"]
        else:
            assert stand.path.read_bytes() == stand.copy.read_bytes()
            assert names_in(stand.aside[0] / "book.csbook") == ["Acme", "Later"]
            done += 1
            if done > 3:
                return
    pytest.fail("The call never stopped failing.")


def test_killed_at_any_step_the_name_leads_to_a_whole_book(stand: Stand, tmp_path: Path) -> None:
    """A process that dies is gone with no clean-up: what stands after every call is looked at."""
    if not hasattr(os, "fork"):
        pytest.skip("This system cannot fork.")
    whole = stand.path.read_bytes()
    seen = set()
    for k in range(1, 80):
        for folder in stand.aside:
            shutil.rmtree(folder)
        for part in stand.path.parent.glob("book.csbook.part*"):
            part.unlink()
        stand.path.write_bytes(whole)
        ended = _restore_and_die_at(k, stand)
        seen.add(tuple(stand.names))
        if ended == 0:
            break
    assert seen == {("Acme", "Later"), ("Acme",)}
    assert ended == 0


def _restore_and_die_at(k: int, stand: Stand) -> int:
    """Restore in a process that dies before its k-th call that changes the disk."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        child = os.fork()
    if child == 0:
        left = k

        def dying(real: Callable[..., object]) -> Callable[..., object]:
            def call(*args: object, **options: object) -> object:
                nonlocal left
                left -= 1
                if not left:
                    os._exit(9)
                return real(*args, **options)

            return call

        for name in (*STEPS, "rename"):
            setattr(os, name, dying(getattr(os, name)))
        try:
            restore(stand.path, stand.copy)
            os._exit(0)
        finally:
            os._exit(7)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_the_list_of_the_erased_goes_along_with_a_restore(book: Book) -> None:
    fill(book)
    kept = backup(book)
    same = kept.read_bytes()
    erase(book, "zoe")
    path = book.path
    book.close()
    back = returning(path, kept)
    assert (back.people, back.has_list) == (1, True)
    assert f"leaving them out: {NAME}." in back.words()
    restore(path, kept)
    with Book.open(path) as again:
        assert again.people.get("zoe").name == NAME
        assert suppressed(again.connection).holds(key_of_id("zoe"))
    assert kept.read_bytes() == same
