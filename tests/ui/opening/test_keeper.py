"""Backups that nobody asks for: while a book changes, when it closes, and when they fail."""

from datetime import UTC, datetime, timedelta
from threading import Event

import pytest

from csplanner.book.backup import Why, shelf
from csplanner.book.dump import dumps_in
from csplanner.book.shelf import folder_of
from csplanner.errors import UserError
from csplanner.ui.opening.finishing import finish
from csplanner.ui.widgets.format import shortly
from tests.lending import lent
from tests.ui.opening.conftest import answer


@pytest.fixture
def opened(frame, small_book, settle):
    """The window on the small book."""
    assert frame.open_book(lent(small_book))
    settle(frame)
    return frame


def rename(frame, settle, name):
    frame.session.write(lambda book: book.accounts.update("a1", name=name))
    settle(frame)


def test_closing_a_changed_book_keeps_a_backup_and_the_week_s_lines(opened, settle):
    path = opened.session.path
    rename(opened, settle, "Mine")
    opened.close_book()
    assert [kept.why for kept in shelf(path)] == [Why.CLOSE]
    assert len(dumps_in(folder_of(path))) == 1


def test_closing_a_book_nobody_changed_keeps_nothing(opened):
    path = opened.session.path
    opened.close_book()
    assert shelf(path) == []


def test_a_changed_book_is_backed_up_every_half_hour(opened, settle):
    path = opened.session.path
    keeper = opened.facts.keeper
    rename(opened, settle, "Mine")
    now = datetime.now(UTC)
    keeper.look(now)
    settle(opened)
    assert [kept.why for kept in shelf(path)] == [Why.INTERVAL]
    assert opened.state().backup_text.startswith("Backup ")
    rename(opened, settle, "Again")
    keeper.look(now + timedelta(minutes=10))
    settle(opened)
    assert len(shelf(path)) == 1
    keeper.look(now + timedelta(minutes=31))
    settle(opened)
    assert len(shelf(path)) == 2


def test_a_backup_that_fails_is_said_as_long_as_it_fails_and_holds_no_closing_up(
    opened, settle, monkeypatch
):
    path = opened.session.path
    rename(opened, settle, "Mine")
    opened.facts.keeper.last = datetime(2026, 3, 3, 12, tzinfo=UTC)

    def refuse(*_args, **_named):
        raise UserError("There is no room for the backup: it needs 3 MB. Free some space.")

    monkeypatch.setattr("csplanner.book.backup.put", refuse)
    opened.facts.keeper.look()
    settle(opened)
    assert opened.state().backup_failed
    assert opened.state().backup_text == "No backup since 3 Mar: there is no room for the backup"
    assert opened.state().saved_text.startswith("Saved")
    opened.close_book()
    assert opened.session is None
    assert shelf(path) == []


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        ("The disk is full. Free some space, then try again.", "the disk is full"),
        ("The copy could not be written: Input/output error. Check it.", "input/output error"),
        (
            "There is no room for it: it needs 3 MB and 1 MB are free in /x. F.",
            "there is no room for it",
        ),
    ],
)
def test_a_failure_is_said_shortly(sentence, short):
    assert shortly(sentence) == short


def test_a_backup_by_hand_is_noticed(opened, settle):
    assert opened.state().backup_text == ""
    assert opened.commands.run("book.backup")
    settle(opened)
    assert opened.state().backup_text.startswith("Backup ")


def test_a_long_last_backup_is_waited_for_and_said(opened, settle, monkeypatch):
    monkeypatch.setattr("csplanner.ui.opening.finishing.QUIET_MS", 0)
    told = []
    go = Event()
    opened.session.write(lambda book: book.accounts.update("a1", name="Last"))
    why = finish(
        opened.session, lambda _book: go.wait(10), lambda: (told.append("Keeping"), go.set())
    )
    assert (why, told) == ("", ["Keeping"])
    assert opened.session.read.accounts.get("a1").name == "Last"
    refused = finish(opened.session, _refuse, lambda: None)
    assert refused == "There is no room."


def _refuse(_book):
    raise UserError("There is no room.")


@pytest.fixture
def unkept(frame, small_book, settle, tmp_path, monkeypatch):
    """A window with a changed book, where a file stands in the place of the backups."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "backups").write_text("no folder")
    assert frame.open_book(lent(small_book))
    settle(frame)
    monkeypatch.setenv("CSPLANNER_HOME", str(tmp_path / "full"))
    frame.verbs.pin("a2")
    settle(frame)
    return frame


def test_a_window_whose_backup_cannot_be_made_says_so_and_closes(unkept):
    assert not unkept.close()
    assert unkept.session is not None
    answer(unkept, "Saved, but not backed up", "close")
    assert unkept.session is None
    assert unkept.isHidden()


def test_a_book_whose_backup_cannot_be_made_closes_and_the_start_page_says_so(unkept):
    unkept.close_book()
    assert unkept.session is None
    assert "is saved, but it was not backed up: The folder for backups" in unkept.status.note()
