"""The weekly dump: plain lines beside the backups, and an equal book made of them."""

import json
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.book.dump import KEPT_DUMPS, dump, dump_when_due, dumps_in, needs_dump
from csplanner.book.rebuild import rebuild
from csplanner.book.shelf import folder_of
from csplanner.book.unfinished import hold, let_go
from csplanner.domain.account import Account, AccountId
from csplanner.errors import UserError
from tests.book.whole import whole

NOW = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


def written_at(path: Path, moment: datetime) -> None:
    """Let the file be as old as it would be had it been written then."""
    os.utime(path, (moment.timestamp(), moment.timestamp()))


def test_a_dump_is_plain_lines_that_say_what_they_are(book: Book) -> None:
    book.accounts.add(Account(AccountId(""), "Łódź"))
    path = dump(book, now=NOW)
    assert path == folder_of(book.path) / "2026-03-12.jsonl"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    first, *lines = path.read_text(encoding="utf-8").splitlines()
    head = json.loads(first)
    assert (head["format"], head["version"], head["book"]) == ("csplanner-book", 2, "book")
    rows = [json.loads(line) for line in lines]
    assert {t: sum(r[0] == t for r in rows) for t in head["rows"]} == head["rows"]
    (account,) = [r[1:] for r in rows if r[0] == "account"]
    assert account[head["columns"]["account"].index("name")] == "Łódź"
    assert "Łódź" in path.read_text(encoding="utf-8")


def test_a_book_made_of_a_dump_is_equal(book: Book, tmp_path: Path) -> None:
    kept = book.accounts.add(Account(AccountId(""), "Acme"))
    book.accounts.update(kept.id, next_step="=1+1\r\n\0“x”")
    made = rebuild(dump(book, now=NOW), tmp_path / "new.csbook", today=book.today)
    with Book.open(made.path, today=book.today) as back:
        assert whole(back) == whole(book)
        back.undo()
        back.undo()
        assert back.accounts.all() == []


def test_a_dump_is_due_after_a_week_and_only_when_the_book_changed(book: Book) -> None:
    path = book.path
    assert needs_dump(path, NOW)
    made = dump(book, now=NOW)
    written_at(made, NOW)
    written_at(path, NOW + timedelta(hours=1))
    assert not needs_dump(path, NOW + timedelta(days=6))
    assert needs_dump(path, NOW + timedelta(days=7))
    written_at(path, NOW - timedelta(hours=1))
    assert not needs_dump(path, NOW + timedelta(days=30))


def test_a_clock_that_once_ran_ahead_does_not_stop_the_dumps(book: Book) -> None:
    written_at(dump(book, now=NOW + timedelta(days=4000)), NOW)
    written_at(book.path, NOW + timedelta(hours=1))
    assert needs_dump(book.path, NOW + timedelta(days=1))


def test_the_newest_dumps_stay_and_files_of_others_too(book: Book, tmp_path: Path) -> None:
    folder = tmp_path / "dumps"
    folder.mkdir()
    (folder / "mine.jsonl").write_text("x")
    for week in range(KEPT_DUMPS + 2):
        dump(book, folder, now=NOW + timedelta(weeks=week))
    assert [p.stem for p in dumps_in(folder)] == [
        (NOW + timedelta(weeks=week)).date().isoformat() for week in range(KEPT_DUMPS + 1, 1, -1)
    ]
    assert (folder / "mine.jsonl").read_text() == "x"


def test_a_dump_of_the_same_day_gives_way_to_the_newer(book: Book) -> None:
    dump(book, now=NOW)
    book.accounts.add(Account(AccountId(""), "Acme"))
    path = dump(book, now=NOW)
    assert dumps_in(path.parent) == [path]
    assert "Acme" in path.read_text(encoding="utf-8")


def test_an_encrypted_book_has_no_plain_dump(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Book, "is_encrypted", True, raising=False)
    with pytest.raises(UserError, match="no plain dumps"):
        dump(book, now=NOW)
    assert dump_when_due(book, now=NOW) is None
    assert not folder_of(book.path).is_dir() or dumps_in(folder_of(book.path)) == []


@pytest.mark.skipif(os.name == "nt", reason="there it goes after a day")
def test_what_a_killed_dump_has_left_goes_with_the_next_one(book: Book, tmp_path: Path) -> None:
    folder = tmp_path / "dumps"
    folder.mkdir()
    for name in ("left", "written"):
        (folder / f".csplanner-{name}").write_text("half")
    (folder / ".csplanner-folder").mkdir()
    (folder / ".csplanner-folder" / "book.csbook").write_text("half")
    (folder / ".csplanner-empty").touch()
    held = hold(folder / ".csplanner-written")
    dump(book, folder, now=NOW)
    # What somebody writes stays, and what is so new and empty that somebody may be about to.
    stays = [".csplanner-empty", ".csplanner-written", "2026-03-12.jsonl"]
    assert sorted(p.name for p in folder.iterdir()) == stays
    let_go(held)
    yesterday = datetime.now(UTC) - timedelta(days=2)
    written_at(folder / ".csplanner-empty", yesterday)
    dump(book, folder, now=NOW + timedelta(days=8))
    assert not [p for p in folder.iterdir() if p.name.startswith(".csplanner-")]


def test_the_writer_is_not_held_up_while_a_dump_is_written(book: Book, tmp_path: Path) -> None:
    from csplanner.book.export_tables import private_copy

    with private_copy(book) as copy:
        book.accounts.add(Account(AccountId(""), "Meanwhile"))
        assert copy.connection.execute("select count(*) from account").fetchone() == (0,)
        assert stat.S_IMODE((copy.scratch / "copy.csbook").stat().st_mode) == 0o600
    assert not copy.scratch.exists()


def test_a_writing_verb_leaves_a_dump_once_a_week(book: Book) -> None:
    first = dump_when_due(book, now=NOW)
    assert first is not None
    book.accounts.add(Account(AccountId(""), "Acme"))
    assert dump_when_due(book, now=NOW + timedelta(days=2)) is None
    written_at(first, NOW)
    assert dump_when_due(book, now=NOW + timedelta(days=8)) is not None
