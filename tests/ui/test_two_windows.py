"""A book deleted, replaced or changed by another window while it is open here."""

import shutil
import sqlite3
from contextlib import closing

import pytest

from csplanner.book.book import Book
from csplanner.ui.session import BookSession


def settle(qtbot, session):
    qtbot.waitUntil(lambda: session.idle)


@pytest.fixture
def told(session):
    """The sentences of refusal, in order."""
    sentences = []
    session.refused.connect(sentences.append)
    return sentences


def rename(session, name):
    session.write(lambda book: book.accounts.update("a1", name=name))


@pytest.mark.parametrize("how", ["deleted", "moved", "replaced", "emptied"])
def test_a_book_gone_from_its_place_takes_no_change(
    qtbot, small_book, session, told, tmp_path, how
):
    place = session.path
    if how == "replaced":
        shutil.copy(place, tmp_path / "other")
        (tmp_path / "other").replace(place)
    elif how == "emptied":
        place.unlink()
        place.touch()
    elif how == "moved":
        place.rename(tmp_path / "elsewhere.csbook")
    else:
        place.unlink()
    lost = []
    session.lost.connect(lost.append)
    rename(session, "Gone")
    settle(qtbot, session)
    assert "no longer where it was" in told[0]
    assert "was not written" in told[0]
    assert str(place) in lost[0]
    assert session.read.accounts.get("a1").name == "Tidewater Health Network"


def test_a_book_back_in_its_place_is_written_again(qtbot, small_book, session, told, tmp_path):
    away = session.path.rename(tmp_path / "away.csbook")
    session.look()
    settle(qtbot, session)
    assert session.lost_because
    away.rename(session.path)
    rename(session, "Back")
    settle(qtbot, session)
    assert (told, session.lost_because) == ([], "")
    assert session.read.accounts.get("a1").name == "Back"


@pytest.fixture
def second(qtbot, session, today):
    """A second window's session on the same book."""
    made = BookSession(session.path, today=today)
    yield made
    made.close()


def test_a_second_window_reads_and_says_who_holds_the_book(
    qtbot, small_book, session, second, today
):
    holder = second.read_only_because
    assert (session.read_only, second.read_only) == (False, True)
    assert "open in csplanner by" in holder
    refused = []
    second.refused.connect(refused.append)
    rename(second, "Theirs")
    settle(qtbot, second)
    assert holder in refused[0]
    assert second.read.accounts.get("a1").name == "Tidewater Health Network"


def test_a_second_window_follows_what_the_first_one_writes(qtbot, small_book, session, second):
    heard = []
    second.changed.connect(heard.append)
    rename(session, "Mine")
    settle(qtbot, session)
    for _ in range(2):
        second.look()
        settle(qtbot, second)
    assert len(heard) == 1
    assert second.read.accounts.get("a1").name == "Mine"


def test_the_book_can_be_written_again_once_the_first_window_is_closed(
    qtbot, small_book, session, today
):
    session.close()
    with Book.open(session.path, today=today) as book:
        assert not book.read_only
        book.accounts.update("a1", name="Next")


def test_what_another_program_wrote_is_not_overwritten_unseen(qtbot, small_book, session, told):
    rename(session, "Mine")
    settle(qtbot, session)
    with closing(sqlite3.connect(session.path)) as other:
        other.execute("update account set name = 'Theirs' where id = 'a2'")
        other.commit()
    lost = []
    session.lost.connect(lost.append)
    rename(session, "Over it")
    settle(qtbot, session)
    assert "Another program has changed" in told[0]
    assert lost
    assert session.read.accounts.get("a1").name == "Mine"
    assert session.read.accounts.get("a2").name == "Theirs"


def test_undo_pressed_twice_takes_both_own_changes(qtbot, small_book, session, told):
    rename(session, "One")
    rename(session, "Two")
    session.undo()
    session.undo()
    settle(qtbot, session)
    assert told == []
    assert session.read.accounts.get("a1").name == "Tidewater Health Network"


def test_a_copy_is_saved_from_a_deleted_book(qtbot, small_book, session, tmp_path, today):
    from csplanner.book.backup import backup

    session.path.unlink()
    made = []
    session.copy(lambda book: backup(book, tmp_path / "copy.csbook"), made.append)
    settle(qtbot, session)
    with Book.open(made[0], today=today) as copy:
        assert copy.accounts.get("a1").name == "Tidewater Health Network"
    assert isinstance(session, BookSession)
