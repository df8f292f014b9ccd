"""A damaged book gives back what can be read of it, in a new book, and says what it could not."""

import json
import shutil
import sqlite3
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

import pytest

from benchmarks.big_book import make_big_book
from csplanner.book.backup import backup
from csplanner.book.book import Book
from csplanner.book.check import check
from csplanner.book.pages import Pages
from csplanner.book.salvage import Salvage, _recover, salvage
from csplanner.book.schema import JOURNALLED
from csplanner.domain.account import Account, AccountId
from csplanner.domain.person import Person
from csplanner.domain.touch import Channel, Touch
from csplanner.errors import UserError
from tests.book.digest import digest

PAGE = 4096
TODAY = date(2026, 3, 12)
OLD = Path(__file__).resolve().parent.parent / "books" / "schema-1.csbook"
Held = dict[str, set[tuple[object, ...]]]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed book of thirty accounts with a year of readings and some edits."""
    path = tmp_path_factory.mktemp("sound") / "book.csbook"
    with make_big_book(path, accounts=30, today=TODAY) as book:
        for account in book.accounts.all()[:25]:
            book.touches.add(Touch("", account.id, TODAY, Channel.CALL, note="Met " * 900))
            book.accounts.update(account.id, city="Norfolk")
        book.people.remove(next(iter(book.people.grouped().values()))[0].id)
    return path


def held(path: Path) -> Held:
    """The rows of every table that is not derived, as they stand in the file."""
    db = sqlite3.connect(path)
    tables = (*JOURNALLED, "reading", "change", "change_row")
    found = {t: set(db.execute(f"select * from {t}")) for t in tables}
    db.close()
    return found


def wiped(source: Path, target: Path, pages: list[int]) -> Path:
    """A copy with those pages (from 0) full of zeros."""
    whole = bytearray(source.read_bytes())
    for page in pages:
        whole[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    target.write_bytes(whole)
    return target


def pages_of(path: Path, name: str) -> list[int]:
    """The leaf pages (from 0) of a table or index."""
    db = sqlite3.connect(path)
    root = db.execute("select rootpage from sqlite_master where name = ?", (name,)).fetchone()[0]
    db.close()
    with Pages(path) as pages:
        return [number - 1 for number in pages.tree(root).leaves]


def is_sound(path: Path) -> bool:
    db = sqlite3.connect(path)
    try:
        is_whole = db.execute("pragma integrity_check").fetchone()[0] == "ok"
        return is_whole and not db.execute("pragma foreign_key_check").fetchall()
    finally:
        db.close()


def trial(source: Path, folder: Path, seed: int, count: int = 3) -> float:
    """Wipe random pages, salvage, and return the share of rows that came out as they were."""
    before = held(source)
    pages = Random(seed).sample(range(source.stat().st_size // PAGE), count)
    damaged = wiped(source, folder / "damaged.csbook", pages)
    out = folder / f"out-{seed}.csbook"
    # Without judging every account anew, which is no part of what is measured.
    _recover(damaged, out, backup=None, progress=lambda *_: None)
    assert is_sound(out)
    after = held(out)
    # What may be undone is marked anew, so changes are told apart by number alone.
    before["change"] = {row[:1] for row in before["change"]}
    after["change"] = {row[:1] for row in after["change"]}
    return sum(len(before[t] & after[t]) for t in before) / sum(map(len, before.values()))


def mean(source: Path, folder: Path, trials: int) -> float:
    return sum(trial(source, folder, seed) for seed in range(trials)) / trials


def test_with_three_pages_wiped_nearly_every_row_comes_out(sound: Path, tmp_path: Path) -> None:
    assert mean(sound, tmp_path, 12) >= 0.95


@pytest.mark.soak
def test_three_hundred_damaged_sample_books_give_nearly_every_row(
    sample_file: Path, tmp_path: Path
) -> None:
    assert mean(sample_file, tmp_path, 300) >= 0.95


@pytest.mark.soak
def test_a_hundred_damaged_large_books_give_nearly_every_row(tmp_path: Path) -> None:
    make_big_book(tmp_path / "large.csbook", accounts=2000, today=TODAY).close()
    assert mean(tmp_path / "large.csbook", tmp_path, 100) >= 0.95


def test_pages_are_read_as_sqlite_reads_them(sound: Path) -> None:
    db = sqlite3.connect(sound)
    with Pages(sound) as pages:
        for name, root in db.execute(
            "select name, rootpage from sqlite_master where type = 'table' and rootpage > 0 "
            "and sql not like '%without rowid%'"
        ).fetchall():
            mine = [
                (r.rowid, *(v for v in r.values if v is not None))
                for leaf in pages.tree(root).leaves
                for r in pages.rows(leaf)
            ]
            columns = db.execute(f"pragma table_info({name})").fetchall()
            numbered = {c[1] for c in columns if c[5] and c[2].lower() == "integer"}
            listed = ", ".join(f'"{c[1]}"' for c in columns if c[1] not in numbered)
            rows = db.execute(f"select rowid, {listed} from {name} not indexed order by rowid")
            assert mine == [tuple(v for v in row if v is not None) for row in rows], name
    db.close()


def zero(start: int, end: int) -> Callable[[bytearray], None]:
    def damage(whole: bytearray) -> None:
        whole[start:end] = bytes(end - start)

    return damage


@pytest.mark.parametrize("damage", [zero(0, 16), zero(0, 100), zero(0, PAGE)])
def test_a_lost_first_page_costs_no_row(
    sound: Path, tmp_path: Path, damage: Callable[[bytearray], None]
) -> None:
    whole = bytearray(sound.read_bytes())
    damage(whole)
    (tmp_path / "damaged.csbook").write_bytes(whole)
    done = salvage(tmp_path / "damaged.csbook", tmp_path / "out.csbook", today=TODAY)
    assert done.lost == 0
    assert held(tmp_path / "out.csbook") == held(sound)


def test_with_every_first_page_of_a_table_gone_the_rows_are_known_by_their_looks(
    sound: Path, tmp_path: Path
) -> None:
    db = sqlite3.connect(sound)
    roots = [r - 1 for (r,) in db.execute("select rootpage from sqlite_master where rootpage > 0")]
    db.close()
    salvage(wiped(sound, tmp_path / "d.csbook", roots), tmp_path / "out.csbook", today=TODAY)
    before, after = held(sound), held(tmp_path / "out.csbook")
    large = [t for t in before if t != "change" and len(pages_of(sound, t)) > 1]
    assert len(large) > 5
    for table in large:
        assert len(after[table] & before[table]) >= 0.95 * len(before[table]), table


def cut(path: Path, target: Path, length: int) -> Path:
    target.write_bytes(path.read_bytes()[:length])
    return target


@pytest.mark.parametrize("seed", range(8))
def test_a_file_cut_anywhere_gives_what_is_left_or_one_sentence(
    sound: Path, tmp_path: Path, seed: int
) -> None:
    length = (
        seed * PAGE // 2 if seed < 4 else Random(seed).randrange(6 * PAGE, sound.stat().st_size)
    )
    damaged = cut(sound, tmp_path / "d.csbook", length)
    if length < 6 * PAGE:
        with pytest.raises(UserError, match="Nothing can be read"):
            salvage(damaged, tmp_path / "out.csbook", today=TODAY)
        assert list(tmp_path.iterdir()) == [damaged]
    else:
        done = salvage(damaged, tmp_path / "out.csbook", today=TODAY)
        assert done.read
        assert is_sound(tmp_path / "out.csbook")


@pytest.mark.parametrize("seed", range(3))
def test_bytes_strewn_over_the_file_never_end_in_a_crash(
    sound: Path, tmp_path: Path, seed: int
) -> None:
    rng, whole = Random(seed), bytearray(sound.read_bytes())
    for _ in range(60):
        at = rng.randrange(len(whole) - 400)
        whole[at : at + 400] = rng.randbytes(400)
    (tmp_path / "d.csbook").write_bytes(whole)
    salvage(tmp_path / "d.csbook", tmp_path / "out.csbook", today=TODAY)
    assert is_sound(tmp_path / "out.csbook")


@pytest.mark.parametrize("seed", range(3))
def test_a_salvaged_book_can_be_undone_to_its_beginning(
    sound: Path, tmp_path: Path, seed: int
) -> None:
    pages = Random(seed).sample(range(sound.stat().st_size // PAGE), 12)
    salvage(wiped(sound, tmp_path / "d.csbook", pages), tmp_path / "out.csbook", today=TODAY)
    with Book.open(tmp_path / "out.csbook", today=TODAY) as book:
        assert book.can_redo is None
        while book.can_undo is not None:
            book.undo()
        assert not book.connection.execute("pragma foreign_key_check").fetchall()
        book.accounts.add(Account(AccountId(""), "Works on"))


def test_the_damaged_file_stays_as_it_was_and_nothing_is_left_beside(
    sound: Path, tmp_path: Path
) -> None:
    damaged = wiped(sound, tmp_path / "d.csbook", [9, 20])
    before = damaged.read_bytes()
    done = salvage(damaged, tmp_path / "out.csbook", today=TODAY)
    assert damaged.read_bytes() == before
    expected = {damaged, done.path} | ({done.beside} if done.beside else set())
    assert {p for p in tmp_path.iterdir() if p.name != "home"} == expected
    assert stat.S_IMODE(done.path.stat().st_mode) == 0o600


def test_stopping_leaves_nothing(sound: Path, tmp_path: Path) -> None:
    class StopError(Exception):
        pass

    def stop(step: int, _of: int, _words: str) -> None:
        if step == 2:
            raise StopError

    with pytest.raises(StopError):
        salvage(wiped(sound, tmp_path / "d.csbook", [9]), tmp_path / "out.csbook", progress=stop)
    assert [p.name for p in tmp_path.iterdir()] == ["d.csbook"]


def test_a_place_that_is_taken_and_files_of_others_are_refused(sound: Path, tmp_path: Path) -> None:
    taken = tmp_path / "taken.csbook"
    taken.write_text("mine")
    with pytest.raises(UserError, match="already there"):
        salvage(sound, taken)
    assert taken.read_text() == "mine"
    for sql, words in (
        ("pragma application_id = 7", "another program"),
        ("pragma user_version = 99", "newer csplanner"),
    ):
        other = Path(shutil.copy(sound, tmp_path / "other.csbook"))
        db = sqlite3.connect(other)
        db.execute(sql)
        db.close()
        with pytest.raises(UserError, match=words):
            salvage(other, tmp_path / "out.csbook")
    with pytest.raises(UserError, match="no book called"):
        salvage(tmp_path / "none.csbook", tmp_path / "out.csbook")


def test_an_old_book_is_salvaged_into_the_present_schema(tmp_path: Path) -> None:
    damaged = wiped(OLD, tmp_path / "d.csbook", [0])
    salvage(damaged, tmp_path / "out.csbook", today=TODAY)
    upgraded = Path(shutil.copy(OLD, tmp_path / "old.csbook"))
    with Book.open(upgraded, today=TODAY) as book:
        expected = digest(book)
    with Book.open(tmp_path / "out.csbook", today=TODAY) as book:
        assert digest(book) == expected


# --- lost rows: from the journal, from a backup, apart ---


def table(done: Salvage, name: str):
    return next(t for t in done.tables if t.table == name)


@pytest.fixture
def story(book: Book, tmp_path: Path) -> tuple[Path, Path, dict[str, str]]:
    """A closed book and a backup made midway, and ids: of what stayed, went and came later.

    What stood before the backup is old enough to be in no journal, as after a year.
    """
    ids = {"stays": book.accounts.add(Account(AccountId(""), "Stays")).id}
    for name in ("kept", "removed"):
        ids[name] = book.people.add(Person("", ids["stays"], name.title())).id
    with book.change("Let the journal go"):
        book.accounts.update(ids["stays"], city="Lodz")
    forget(book)
    copy = backup(book, tmp_path / "backup.csbook")
    book.people.remove(ids["removed"])
    ids["later"] = book.people.add(Person("", ids["stays"], "Later")).id
    book.close()
    return book.path, copy, ids


def forget(book: Book) -> None:
    """Thin every change, as time does."""
    book.connection.execute("delete from change_row")
    book.connection.execute("update change set thinned = 1")


def people(path: Path) -> set[str]:
    with Book.open(path, today=TODAY) as book:
        return {p.name for rows in book.people.grouped().values() for p in rows}


def test_lost_rows_come_from_the_journal_first(
    story: tuple[Path, Path, dict[str, str]], tmp_path: Path
) -> None:
    path, _, _ = story
    damaged = wiped(path, tmp_path / "d.csbook", pages_of(path, "person"))
    done = salvage(damaged, tmp_path / "out.csbook", today=TODAY)
    assert (table(done, "person").remade, table(done, "person").lost) == (1, 1)
    assert people(done.path) == {"Later"}
    assert "1 row is lost" in done.words


def test_a_backup_gives_what_was_lost_but_nothing_that_was_deleted(
    story: tuple[Path, Path, dict[str, str]], tmp_path: Path
) -> None:
    path, copy, _ = story
    lost = [*pages_of(path, "person"), *pages_of(path, "sqlite_autoindex_person_1")]
    before = copy.read_bytes()
    done = salvage(
        wiped(path, tmp_path / "d.csbook", lost), tmp_path / "out.csbook", backup=copy, today=TODAY
    )
    assert people(done.path) == {"Kept", "Later"}
    assert (table(done, "person").merged, done.merged, done.lost) == (1, 1, 0)
    assert "1 came from the backup" in done.words
    assert copy.read_bytes() == before


def test_with_nothing_left_the_backup_gives_the_book(
    story: tuple[Path, Path, dict[str, str]], tmp_path: Path
) -> None:
    _, copy, _ = story
    (tmp_path / "d.csbook").write_bytes(b"")
    with pytest.raises(UserError, match="Nothing can be read"):
        salvage(tmp_path / "d.csbook", tmp_path / "out.csbook", today=TODAY)
    salvage(tmp_path / "d.csbook", tmp_path / "out.csbook", backup=copy, today=TODAY)
    assert people(tmp_path / "out.csbook") == {"Kept", "Removed"}


def test_nothing_is_taken_from_a_backup_older_than_an_erasure(
    story: tuple[Path, Path, dict[str, str]], tmp_path: Path
) -> None:
    path, copy, _ = story
    db = sqlite3.connect(path)
    db.execute("insert into erasure values ('e', '2026-03-12', 1, 0)")
    db.commit()
    db.close()
    damaged = wiped(path, tmp_path / "d.csbook", pages_of(path, "person"))
    done = salvage(damaged, tmp_path / "out.csbook", backup=copy, today=TODAY)
    assert done.merged == 0
    assert "because a person was erased since" in done.words


def test_a_damaged_backup_is_refused_and_nothing_is_left(
    story: tuple[Path, Path, dict[str, str]], tmp_path: Path
) -> None:
    path, copy, _ = story
    broken = wiped(copy, tmp_path / "broken.csbook", pages_of(copy, "account"))
    with pytest.raises(UserError, match=r"broken\.csbook is damaged"):
        salvage(path, tmp_path / "out.csbook", backup=broken)
    assert not (tmp_path / "out.csbook").exists()


def test_an_account_known_by_name_alone_keeps_its_records(book: Book, tmp_path: Path) -> None:
    account = book.accounts.add(Account(AccountId(""), "Acme")).id
    book.touches.add(Touch("", account, book.today, Channel.CALL))
    forget(book)
    book.close()
    damaged = wiped(book.path, tmp_path / "d.csbook", pages_of(book.path, "account"))
    done = salvage(damaged, tmp_path / "out.csbook", today=TODAY)
    assert (table(done, "account").stand_ins, table(done, "account").lost) == (1, 1)
    with Book.open(done.path, today=TODAY) as found:
        assert [a.name for a in found.accounts.all()] == ["Acme"]
        assert len(found.touches.of(account)) == 1
        assert found.search("acme")
        assert check(found) == []


def test_what_cannot_be_put_in_its_place_stands_in_lost_and_found(
    book: Book, tmp_path: Path
) -> None:
    account = book.accounts.add(Account(AccountId(""), "Acme")).id
    person = book.people.add(Person("", account, "Dana")).id
    touch = book.touches.add(Touch("", account, book.today, Channel.CALL, person_ids=(person,)))
    forget(book)
    book.close()
    db = sqlite3.connect(book.path)
    db.execute("pragma ignore_check_constraints = 1")
    db.execute("update touch set minutes = -5")
    db.commit()
    db.close()
    done = salvage(book.path, tmp_path / "out.csbook", today=TODAY)
    assert done.beside is not None
    lines = [json.loads(line) for line in done.beside.read_text().splitlines()]
    assert {(line["table"], line["row"].get("id") == touch.id) for line in lines} == {
        ("touch", True),
        ("touch_person", False),
    }
    assert stat.S_IMODE(done.beside.stat().st_mode) == 0o600
    assert table(done, "touch").lost == 1
    assert done.beside.name in done.words


def test_a_change_without_all_its_images_is_told_but_not_offered_for_undo(
    book: Book, tmp_path: Path
) -> None:
    with book.change("Add many"):
        for n in range(300):
            book.accounts.add(Account(AccountId(""), f"Account {n}"))
    book.close()
    damaged = wiped(book.path, tmp_path / "d.csbook", pages_of(book.path, "change_row")[:1])
    done = salvage(damaged, tmp_path / "out.csbook", today=TODAY)
    with Book.open(done.path, today=TODAY) as found:
        assert [c.label for c in found.history()] == ["Add many"]
        assert found.can_undo is None
        assert len(found.accounts.all()) == 300
    assert table(done, "change_row").lost > 0
    assert "1 change in the history can no longer be undone" in done.words
