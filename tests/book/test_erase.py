"""Erasing a person: nothing of the file names them, undo never brings them back, seats stay."""

import json
import sqlite3
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.book.connection import connect
from csplanner.book.erase import STAGED, erase
from csplanner.book.mentions import ERASED, Mentions, folded, marks_of
from csplanner.book.person_marks import known
from csplanner.book.unfinished import PREFIX
from csplanner.domain.account import Account, AccountId
from csplanner.domain.person import Person
from csplanner.errors import UserError
from csplanner.paths import config_dir, log_dir
from tests.book.digest import digest
from tests.book.people_of_acme import EMAIL, NAME, PHONE, TODAY, add_namesake

MENTIONS = Mentions(marks_of([NAME], [EMAIL, "zoe@old.example"], [PHONE]))


def cells(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Every text cell of every table, the index of the search included."""
    found = []
    for (table,) in db.execute(
        "select name from sqlite_master where type = 'table' and sql is not null"
    ).fetchall():
        for row in db.execute(f'select * from "{table}"').fetchall():
            found += [(table, cell) for cell in row if isinstance(cell, str)]
    return found


def named_in(db: sqlite3.Connection) -> list[tuple[str, str]]:
    return [(t, c) for t, c in cells(db) if MENTIONS.count(c)]


def in_bytes(content: bytes) -> list[str]:
    spellings = (NAME, NAME.lower(), NAME.upper(), folded(NAME), EMAIL, EMAIL.upper(), "lukasik",
                 "zoe@old.example")  # fmt: skip
    return [s for s in spellings if s.encode() in content]


@pytest.fixture
def book(acme_book: Book) -> Book:
    return acme_book


@pytest.fixture
def zoe() -> str:
    return "zoe"


def test_no_cell_and_no_byte_names_an_erased_person(book: Book, zoe: str) -> None:
    assert named_in(book.connection)
    done = erase(book, zoe)
    assert named_in(book.connection) == []
    assert done.traces == 0
    assert done.left == 0
    assert done.rows > 3
    path = book.path
    book.close()
    assert in_bytes(path.read_bytes()) == []
    assert not path.with_name(f"{path.name}-journal").exists()


@pytest.mark.parametrize("depth", [500, 100_000])
def test_a_note_of_many_brackets_is_erased_as_plain_text(depth: int) -> None:
    text = "[" * depth + json.dumps(NAME, ensure_ascii=False) + "]" * depth
    becomes, count = MENTIONS.erase(text)
    assert (count, NAME in becomes) == (1, False)


def test_what_is_not_the_person_stays(book: Book, zoe: str) -> None:
    before = {t: len(rows) for t, rows in digest(book).items()}
    erase(book, zoe)
    after = {t: len(rows) for t, rows in digest(book).items()}
    assert {t for t in before if before[t] != after[t]} == {
        "account_person", "archived_record", "person", "touch_person",
    }  # fmt: skip
    seats = book.seats.of("acme")
    assert len(seats) == 2
    assert [s.person_id for s in seats].count(None) == 1
    touches = book.touches.of("acme")
    assert len(touches) == 11
    assert {t.person_ids for t in touches} == {("ben",), ()}
    ben = book.people.get("ben")
    assert (ben.reports_to, ben.title) == (None, f"Assistant to {ERASED}")
    assert touches[0].note == f"Spoke with {ERASED}, and Zoë was glad."
    assert book.cases.of("acme")[0].subject == f"{ERASED} cannot log in"
    assert book.views.all()[0].spec == {"conditions": [["owner", "is", ERASED]]}
    assert book.connection.execute("pragma foreign_key_check").fetchall() == []


def test_undoing_everything_never_brings_the_person_back(book: Book, zoe: str) -> None:
    erase(book, zoe)
    steps = 0
    while book.can_undo is not None:
        book.undo()
        steps += 1
        assert named_in(book.connection) == []
        assert book.connection.execute("pragma foreign_key_check").fetchall() == []
    assert steps > 10
    assert book.accounts.all() == []
    while book.can_redo is not None:
        book.redo()
        assert named_in(book.connection) == []
    assert [p.id for p in book.people.of("acme")] == ["ben"]


def test_older_changes_can_still_be_taken_back_one_by_one(book: Book, zoe: str) -> None:
    erase(book, zoe)
    for change in book.history():
        if change.state == "done":
            book.undo_change(change.id)
            assert named_in(book.connection) == []


def test_a_deletion_undone_before_cannot_come_again(book: Book, zoe: str) -> None:
    book.people.remove(zoe)
    book.undo()
    erase(book, zoe)
    assert book.can_redo is None


def test_a_person_deleted_earlier_is_erased_from_the_journal(book: Book, zoe: str) -> None:
    book.people.remove(zoe, label="Remove a person")
    assert named_in(book.connection)
    erase(book, zoe)
    assert named_in(book.connection) == []


def test_the_erasure_is_recorded_without_saying_whose(book: Book, zoe: str) -> None:
    done = erase(book, zoe)
    newest = book.history(1)[0]
    assert (newest.label, newest.state) == ("Erase a person", "dropped")
    kept = book.connection.execute('select "on", "rows", mentions from erasure').fetchall()
    assert kept == [(TODAY.isoformat(), done.rows, done.mentions)]
    assert book.connection.execute("select count(*) from suppressed").fetchone()[0] >= 4


def test_search_finds_neither_the_person_nor_their_mail(book: Book, zoe: str) -> None:
    assert book.search("lukasik")
    erase(book, zoe)
    assert book.search("lukasik") == []
    assert book.search("zoe.lukasik") == []
    assert [f.id for f in book.search("Ben Ito")] == ["ben"]


def test_listeners_hear_of_the_accounts_touched(book: Book, zoe: str) -> None:
    heard = []
    book.subscribe(heard.append)
    erase(book, zoe)
    assert heard[0].accounts == {"acme", "other"}
    assert book.overview.all()[0].next_step == "Write to Ben"


def test_a_namesake_keeps_their_own_record_and_the_words_that_may_mean_them(
    book: Book, zoe: str
) -> None:
    two = add_namesake(book)
    who = known(book.connection, zoe)
    assert [m.kind for m in who.shared] == ["name", "number"]
    assert who.namesakes == 1
    done = erase(book, zoe)
    assert done.left > 10
    assert done.traces == 0
    assert book.people.get(two.id) == two
    emails = Mentions(marks_of([], [EMAIL], [PHONE]))
    assert [c for _, c in cells(book.connection) if emails.count(c)] == []


def test_words_that_may_mean_a_namesake_go_when_you_say_so(book: Book, zoe: str) -> None:
    two = add_namesake(book)
    done = erase(book, zoe, also_shared=True)
    assert done.left == 0
    assert book.people.get(two.id) == two
    assert {t for t, _ in named_in(book.connection)} <= {
        "person", "change_row", "search", "search_text", "search_content",
    }  # fmt: skip
    while book.can_undo is not None:
        book.undo()


def test_an_account_that_bears_the_name_keeps_it(book: Book, zoe: str) -> None:
    book.accounts.add(Account(AccountId("firm"), f"{NAME} GmbH"))
    erase(book, zoe, also_shared=True)
    assert book.accounts.get("firm").name == f"{NAME} GmbH"
    assert book.accounts.find(NAME)[0].id == "firm"


def test_a_name_of_one_word_is_left_in_texts(book: Book) -> None:
    acme = book.accounts.add(Account(AccountId(""), "New", next_step="Will call"))
    will = book.people.add(Person("", acme.id, "Will"))
    assert erase(book, will.id).left == 1
    assert book.accounts.get(acme.id).next_step == "Will call"


def test_a_failure_half_way_leaves_the_book_as_it_was(
    book: Book, zoe: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object) -> None:
        raise sqlite3.OperationalError("no")

    before = digest(book)
    monkeypatch.setattr("csplanner.book.search.rebuild", fails)
    with pytest.raises(sqlite3.OperationalError):
        erase(book, zoe)
    assert digest(book) == before
    assert book.connection.execute("select count(*) from suppressed").fetchone()[0] == 0


def test_a_read_only_book_refuses(book: Book, zoe: str) -> None:
    with Book.open(book.path, read_only=True, today=TODAY) as shut, pytest.raises(UserError):
        erase(shut, zoe)


def test_an_unknown_person_is_refused(book: Book) -> None:
    with pytest.raises(UserError, match="no longer in the book"):
        erase(book, "nobody")


def test_files_beside_the_book_are_cleaned(
    book: Book, zoe: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    waiting = tmp_path / f"{PREFIX}{STAGED}-x"
    waiting.mkdir()
    (waiting / "staging.sqlite").write_bytes(b"..." + NAME.encode() + b"...")
    settings = config_dir() / "settings.json"
    settings.write_text(json.dumps({"recent": [f"/home/{NAME}/b.csbook"]}))
    log = log_dir() / "csplanner.log"
    log.write_text(f"12:00 {EMAIL} failed\n12:01 fine\n")
    done = erase(book, zoe)
    assert done.thrown_away == 1
    assert not waiting.exists()
    assert json.loads(settings.read_text()) == {"recent": [f"/home/{ERASED}/b.csbook"]}
    assert log.read_text() == f"12:00 {ERASED} failed\n12:01 fine\n"


def test_a_table_nobody_thought_of_is_covered_by_its_own_schema(book: Book, zoe: str) -> None:
    path = book.path
    book.close()
    db = connect(path)
    db.execute(
        "create table extra (id text primary key, who text references person(id) "
        "on delete set null, words text not null) strict"
    )
    db.execute("insert into extra values ('x', ?, ?)", (zoe, f"{NAME} said so"))
    from csplanner.book.erase import take_out

    db.execute("begin")
    take_out(db, known(db, zoe), on="2026-03-12", also_shared=False)
    db.execute("commit")
    assert db.execute("select who, words from extra").fetchone() == (None, f"{ERASED} said so")
    db.close()
