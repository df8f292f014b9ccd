"""Backups: verified before they count, listed, thinned, never displaced by a damaged book."""

import json
import os
import shutil
import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from csplanner.book import backup as backups
from csplanner.book import shelf as shelf_module
from csplanner.book.backup import (
    Why,
    backup,
    backup_if_changed,
    backup_when_due,
    backups_of,
    newest_good,
    shelf,
    shelves,
    thin,
)
from csplanner.book.book import Book
from csplanner.book.copies import digest as file_digest
from csplanner.book.schema import JOURNALLED, SCHEMA_VERSION
from csplanner.book.shelf import folder_of, rewriting
from csplanner.domain.account import Account, AccountId
from csplanner.errors import UserError
from tests.book.digest import digest

NOW = datetime(2026, 3, 12, 18, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def acme(book: Book) -> AccountId:
    """The account of a book with one."""
    return book.accounts.add(Account(AccountId(""), "Acme")).id


def manifest_of(book: Book) -> Path:
    return folder_of(book.path) / "manifest.json"


def damage(path: Path, *, page: int = 2) -> None:
    """Fill one page with noise; the file keeps its size."""
    with path.open("r+b") as stream:
        stream.seek(4096 * page)
        stream.write(b"\xff" * 4096)


def damage_inside(book: Book) -> None:
    """Wipe the page the accounts lie on, as a failing disk would while the book is closed."""
    root = book.connection.execute(
        "select rootpage from sqlite_master where name = 'account'"
    ).fetchone()[0]
    book.close()
    damage(book.path, page=root - 1)


# --- making ---


def test_a_backup_is_listed_with_what_it_holds(book: Book, acme: AccountId) -> None:
    made = backup(book, why=Why.IMPORT, now=NOW)
    (kept,) = shelf(book.path)
    records = sum(
        book.connection.execute(f"select count(*) from {table}").fetchone()[0]
        for table in JOURNALLED
    )
    assert (kept.path, kept.why, kept.made_at, kept.number) == (made, Why.IMPORT, NOW, 1)
    assert (kept.size, kept.sha256) == (made.stat().st_size, file_digest(made))
    assert (kept.rows, kept.schema, kept.sound) == (records, SCHEMA_VERSION, True)
    assert made.name == "2026-03-12 18.00.00 0001-import.csbook"


def test_backups_and_their_manifest_are_for_their_owner_only(book: Book, tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        made, copy = backup(book), backup(book, tmp_path / "copy.csbook")
        for path in (made, copy, manifest_of(book)):
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    finally:
        os.umask(old)
    assert {p.name for p in made.parent.iterdir()} == {made.name, "manifest.json"}


def test_a_book_in_write_ahead_logging_gives_one_plain_file(book: Book, acme: AccountId) -> None:
    book.accounts.update(acme, city="Norfolk")
    book.connection.execute("pragma journal_mode = wal")
    made = backup(book)
    assert [p for p in made.parent.iterdir() if p.name.startswith(made.name)] == [made]
    with sqlite3.connect(made) as copy:
        assert copy.execute("pragma journal_mode").fetchone()[0] == "delete"
        assert copy.execute("select city from account").fetchone()[0] == "Norfolk"
    copy.close()


def test_a_copy_does_not_take_the_place_of_a_file(book: Book, tmp_path: Path) -> None:
    there = tmp_path / "there.csbook"
    there.write_text("mine")
    with pytest.raises(UserError, match="already there"):
        backup(book, there)
    assert there.read_text() == "mine"
    assert [p.name for p in tmp_path.glob("there*")] == ["there.csbook"]


def test_writing_beside_a_backup_is_in_it_whole_or_not_at_all(
    book: Book, acme: AccountId, monkeypatch: pytest.MonkeyPatch
) -> None:
    from csplanner.book import copies

    beside, counted = Book.open(book.path, read_only=True), copies._counts
    tried = []

    def write_after_counting(db: sqlite3.Connection) -> dict[str, int]:
        counts = counted(db)
        if db is beside.connection:
            book.connection.execute("pragma busy_timeout = 0")
            with pytest.raises(UserError, match="in use"):
                book.accounts.add(Account(AccountId(""), "Late"))
            tried.append(True)
        return counts

    monkeypatch.setattr(copies, "_counts", write_after_counting)
    with beside:
        made = backup(beside)
    assert tried
    with Book.open(made, read_only=True) as copy:
        assert [a.name for a in copy.accounts.all()] == ["Acme"]


def test_no_room_is_said_with_what_is_needed(
    book: Book, acme: AccountId, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(book)
    before = sorted(folder_of(book.path).iterdir())
    usage = shutil.disk_usage(book.path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=100_000))
    with pytest.raises(UserError, match=r"it needs \d\.\d MB and 0\.1 MB are free in") as refused:
        backup(book)
    assert "the book is unchanged" in str(refused.value)
    assert sorted(folder_of(book.path).iterdir()) == before


def test_a_copy_counts_though_the_manifest_could_not_be_written(
    book: Book, acme: AccountId, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as failing:
        failing.setattr(os, "replace", fail)
        made = backup(book)
    assert [kept.path for kept in shelf(book.path)] == [made]
    assert not list(folder_of(book.path).glob("*.part*"))


@pytest.mark.parametrize("name", ["fsync", "rename"])
def test_a_disk_that_fails_on_the_way_leaves_no_litter(
    book: Book, acme: AccountId, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    backup(book)
    good = newest_good(book.path)
    before = sorted(p.name for p in folder_of(book.path).iterdir())

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as failing:
        failing.setattr(os, name, fail)
        with pytest.raises(UserError, match="No space left"):
            backup(book)
    # A file that had its name already is whole and counts once it is looked at.
    extra = [k for k in shelf(book.path) if k.path.name not in before]
    assert all(kept.sound for kept in extra)
    assert not list(folder_of(book.path).glob("*.part*"))
    assert good in shelf(book.path)


# --- a damaged book ---


def test_a_damaged_book_makes_no_backup_and_removes_none(book: Book, acme: AccountId) -> None:
    for number in range(8):
        backup(book, now=NOW - (80 - number) * DAY, why=Why.CLOSE)
    before = sorted(p.name for p in folder_of(book.path).iterdir())
    connection = book.connection
    damage_inside(book)
    book.connection = sqlite3.connect(book.path, isolation_level=None)
    try:
        for _ in range(3):
            with pytest.raises(UserError, match="damaged"):
                backup(book, now=NOW)
    finally:
        book.connection.close()
        book.connection = connection
    assert sorted(p.name for p in folder_of(book.path).iterdir()) == before


def test_a_book_with_rows_that_point_nowhere_is_backed_up_beside_the_last_without(
    book: Book, acme: AccountId, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = backup(book, now=NOW - 500 * DAY, why=Why.CLOSE)
    book.connection.execute("pragma foreign_keys = off")
    with book.change("Break a link"):
        book.connection.execute(
            "insert into seat (id, account_id, role) values ('s', 'nobody', 'sponsor')"
        )
    monkeypatch.setattr(backups, "MOST_BYTES", 1)
    for number in range(4):
        backup(book, now=NOW + number * DAY, why=Why.CLOSE)
    found = shelf(book.path)
    assert [kept.flaws for kept in found] == ["1 rows point nowhere", ""]
    assert [kept.sound for kept in found] == [True, True]
    assert found[1].path == whole


# --- when something changed ---


def test_nothing_is_made_when_nothing_changed(book: Book, acme: AccountId) -> None:
    assert backup_if_changed(book, Why.CLOSE)
    assert backup_if_changed(book, Why.CLOSE) is None
    book.refresh()
    assert backup_if_changed(book, Why.IMPORT) is None
    book.accounts.update(acme, city="Norfolk")
    assert backup_if_changed(book, Why.CLOSE)
    book.undo()
    assert backup_if_changed(book, Why.CLOSE)
    assert len(shelf(book.path)) == 3


def test_a_rotten_newest_backup_is_made_anew_though_nothing_changed(
    book: Book, acme: AccountId
) -> None:
    damage(backup(book))
    again = backup_if_changed(book, Why.CLOSE)
    assert again is not None
    assert [kept.sound for kept in shelf(book.path)] == [True, False]
    assert newest_good(book.path).path == again


def test_the_command_line_makes_one_when_the_newest_is_30_minutes_old(
    book: Book, acme: AccountId
) -> None:
    assert backup_when_due(book, Why.CLOSE, now=NOW)
    book.accounts.update(acme, city="Norfolk")
    assert backup_when_due(book, Why.CLOSE, now=NOW + 29 * MINUTE) is None
    assert backup_when_due(book, Why.CLOSE, now=NOW + 31 * MINUTE)
    assert backup_when_due(book, Why.CLOSE, now=NOW + 90 * MINUTE) is None
    # The clock was set back by a day: nothing changed, then something did.
    assert backup_when_due(book, Why.CLOSE, now=NOW - DAY) is None
    book.accounts.update(acme, city="Bergen")
    late = backup_when_due(book, Why.CLOSE, now=NOW - DAY)
    assert shelf(book.path)[0].path == late
    assert newest_good(book.path).path == late


# --- the manifest ---


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"{",
        b"[]",
        b'{"backups": 7}',
        b'{"backups": [{"file": 1}]}',
        b"\xff",
        b"[" * 99999,
    ],
)
def test_a_lost_or_garbled_manifest_is_made_again_from_the_files(
    book: Book, acme: AccountId, content: bytes | None
) -> None:
    for number, why in enumerate((Why.HAND, Why.IMPORT, Why.CLOSE)):
        book.accounts.update(acme, city=str(number))
        backup(book, why=why, now=NOW - number * DAY)  # the clock runs backwards
    before = shelf(book.path)
    manifest_of(book).unlink()
    if content is not None:
        manifest_of(book).write_bytes(content)
    assert shelf(book.path) == before
    assert json.loads(manifest_of(book).read_text())["backups"][0]["why"] == "close"
    assert backup_if_changed(book, Why.CLOSE) is None


def test_a_damaged_file_without_a_manifest_is_known_as_damaged(book: Book, acme: AccountId) -> None:
    good, bad = backup(book, now=NOW), backup(book, now=NOW + DAY)
    manifest_of(book).unlink()
    root = book.connection.execute(
        "select rootpage from sqlite_master where name = 'account'"
    ).fetchone()[0]
    damage(bad, page=root - 1)
    (folder_of(book.path) / "list.csbook").write_text("no book")
    assert {k.path.name: k.sound for k in shelf(book.path)} == {
        good.name: True, bad.name: False, "list.csbook": False
    }  # fmt: skip
    assert newest_good(book.path).path == good


def test_one_changed_bit_makes_a_backup_no_good(book: Book, acme: AccountId) -> None:
    older, newer = backup(book, now=NOW), backup(book, now=NOW + MINUTE)
    whole = bytearray(newer.read_bytes())
    whole[len(whole) // 2] ^= 1
    newer.write_bytes(whole)
    assert newest_good(book.path).path == older
    assert [kept.sound for kept in shelf(book.path)] == [False, True]
    older.write_bytes(older.read_bytes()[:-4096])
    assert newest_good(book.path) is None


def test_a_backup_of_a_newer_csplanner_is_kept_and_not_offered(book: Book, acme: AccountId) -> None:
    older, newer = backup(book, now=NOW), backup(book, now=NOW + MINUTE)
    with sqlite3.connect(newer) as other:
        other.execute(f"pragma user_version = {SCHEMA_VERSION + 1}")
    other.close()
    manifest_of(book).unlink()
    assert shelf(book.path)[0].sound
    assert newest_good(book.path).path == older


def test_looking_into_a_backup_leaves_it_good(book: Book, acme: AccountId) -> None:
    made = backup(book)
    with Book.open(made) as copy:
        assert copy.read_only_because == "it is a backup"
        copy.refresh()
    kept = newest_good(book.path)
    assert kept is not None
    assert kept.path == made


def test_backups_of_before_had_plainer_names(book: Book) -> None:
    new = backup(book)
    for name in ("2025-01-02 03.04.05", "2025-01-02 03.04.05 2", "mine"):
        shutil.copy(new, new.with_name(f"{name}.csbook"))
    found = shelf(book.path)
    assert found[0].path == new
    assert {k.number for k in found[1:]} == {0}
    assert found[-1].made_at == datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_a_book_that_moved_or_is_lost_still_finds_its_backups(book: Book, tmp_path: Path) -> None:
    made = backup(book)
    book.close()
    moved = tmp_path / "elsewhere.csbook"
    book.path.rename(moved)
    assert backups_of(moved) == []
    (found,) = shelves()
    assert (found.book, found.place) == ("book", book.path.resolve())
    assert [kept.path for kept in found.kept] == [made]
    assert found.size == made.stat().st_size


def test_an_unfinished_copy_goes_when_it_is_old(book: Book) -> None:
    folder = backup(book).parent
    old, young = folder / "1 9.part", folder / "2 9.part"
    for part in (old, young, folder / "1 9.part-journal"):
        part.touch()
    os.utime(old, (0, 0))
    backup(book)
    assert sorted(p.name for p in folder.glob("*.part*")) == ["2 9.part"]


# --- thinning ---


@pytest.fixture
def filled(book: Book, acme: AccountId) -> Book:
    """A book with one backup, whose copies stand for many."""
    backup(book, now=NOW - 1000 * DAY, why=Why.CLOSE)
    return book


def stock(book: Book, *made: tuple[datetime, Why]) -> list[Path]:
    """Copies of the first backup as if made then and for that; the oldest first."""
    there = shelf(book.path)
    first, paths = there[-1], []
    for number, (moment, why) in enumerate(made, there[0].number + 1):
        name = f"{moment:%Y-%m-%d %H.%M.%S} {number:04d}-{why}.csbook"
        paths.append(Path(shutil.copy(first.path, first.path.with_name(name))))
    return paths


def test_thinning_removes_what_the_rule_says_and_writes_it_down(filled: Book) -> None:
    first = backups_of(filled.path)[0]
    a, b, c = stock(
        filled, (NOW - 5 * DAY, Why.CLOSE), (NOW - 5 * DAY + MINUTE, Why.CLOSE), (NOW, Why.CLOSE)
    )
    newest = backup(filled, now=NOW + DAY)
    assert not a.exists()
    assert backups_of(filled.path) == [newest, c, b, first]
    listed = json.loads(manifest_of(filled).read_text())["backups"]
    assert {entry["file"] for entry in listed} == {p.name for p in backups_of(filled.path)}
    assert thin(filled.path, NOW) == []


def test_those_made_by_hand_stay_for_90_days(filled: Book) -> None:
    young, _ = stock(filled, (NOW - 89 * DAY, Why.HAND), (NOW - 89 * DAY + MINUTE, Why.CLOSE))
    old, _ = stock(filled, (NOW - 91 * DAY, Why.HAND), (NOW - 91 * DAY + MINUTE, Why.CLOSE))
    for extra in (1, 2):
        stock(filled, (NOW - extra * DAY, Why.CLOSE))
    assert thin(filled.path, NOW) == [old]
    assert young.exists()


def test_the_one_before_the_last_upgrade_stays(filled: Book) -> None:
    made = stock(
        filled,
        (NOW - 200 * DAY, Why.MIGRATION), (NOW - 200 * DAY + MINUTE, Why.CLOSE),
        (NOW - 100 * DAY, Why.MIGRATION), (NOW - 100 * DAY + MINUTE, Why.CLOSE),
        (NOW - DAY, Why.CLOSE), (NOW, Why.CLOSE),
    )  # fmt: skip
    assert thin(filled.path, NOW) == [made[0]]


def test_above_the_limit_the_damaged_and_the_oldest_go(
    filled: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = shelf(filled.path)[0].size
    made = stock(
        filled,
        (NOW - 3 * DAY, Why.MIGRATION), (NOW - 2 * DAY, Why.HAND), (NOW - DAY, Why.CLOSE),
        (NOW - MINUTE, Why.CLOSE), (NOW, Why.CLOSE),
    )  # fmt: skip
    damage(made[3])
    assert newest_good(filled.path).path == made[4]
    shelf_module.is_unchanged(shelf(filled.path)[1])
    monkeypatch.setattr(backups, "MOST_BYTES", 3 * size)
    first = next(k.path for k in shelf(filled.path) if k.number == 1)
    assert thin(filled.path, NOW) == [made[3], first, made[1]]
    monkeypatch.setattr(backups, "MOST_BYTES", 1)
    assert thin(filled.path, NOW) == [made[2]]
    assert backups_of(filled.path) == [made[4], made[0]]


def test_where_no_backup_is_sound_none_is_removed(filled: Book) -> None:
    stock(filled, (NOW - 200 * DAY, Why.CLOSE), (NOW - 100 * DAY, Why.CLOSE))
    for kept in shelf(filled.path):
        damage(kept.path)
    assert newest_good(filled.path) is None
    assert thin(filled.path, NOW) == []


def test_a_clock_that_jumps_for_a_session_costs_no_backup(book: Book, acme: AccountId) -> None:
    for number in range(4):
        book.accounts.update(acme, city=str(number))
        backup(book, why=Why.INTERVAL, now=NOW + 30 * number * MINUTE)
    for now in (NOW + 1500 * DAY, NOW + 1500 * DAY + MINUTE, NOW - 20000 * DAY, NOW + DAY):
        backup(book, why=Why.INTERVAL, now=now)
    assert [kept.number for kept in shelf(book.path)] == [8, 7, 6, 5, 4, 3, 2, 1]


# --- rewriting, as an erasure needs it ---


def test_a_rewritten_backup_counts_as_good_and_keeps_its_moment(
    book: Book, acme: AccountId
) -> None:
    made = backup(book, now=NOW, why=Why.IMPORT)
    with rewriting(made) as part:
        with sqlite3.connect(part) as db:
            db.execute("update account set name = 'Nobody'")
        db.close()
    kept = newest_good(book.path)
    assert (kept.path, kept.made_at, kept.why) == (made, NOW, Why.IMPORT)
    with Book.open(made, read_only=True) as copy:
        assert [a.name for a in copy.accounts.all()] == ["Nobody"]
    assert stat.S_IMODE(made.stat().st_mode) == 0o600


def test_a_backup_that_cannot_be_rewritten_stays_as_it_was(book: Book, acme: AccountId) -> None:
    made = backup(book)
    before, content = shelf(book.path), digest(book)
    with pytest.raises(UserError, match="stays as it was"), rewriting(made) as part:
        damage(part, page=0)
    assert shelf(book.path) == before
    assert newest_good(book.path) is not None
    assert not list(made.parent.glob("*.part*"))
    with Book.open(made, read_only=True) as copy:
        assert digest(copy) == content
