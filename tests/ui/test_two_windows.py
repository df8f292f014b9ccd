"""A book deleted, replaced or changed by another window while it is open here."""

import shutil

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


def test_what_another_window_wrote_is_noticed_and_not_undone_unseen(
    qtbot, small_book, session, told, today
):
    rename(session, "Mine")
    settle(qtbot, session)
    heard = []
    session.changed.connect(heard.append)
    with Book.open(session.path, today=today) as other:
        other.accounts.update("a2", name="Theirs")
    session.undo()
    settle(qtbot, session)
    assert "Another window" in told[0]
    assert heard
    assert session.read.accounts.get("a2").name == "Theirs"
    session.undo()
    settle(qtbot, session)
    assert len(told) == 1
    assert session.read.accounts.get("a2").name == "Merrow Telecom"


def test_looking_tells_once_of_a_change_from_elsewhere(qtbot, small_book, session, today):
    heard = []
    session.changed.connect(heard.append)
    with Book.open(session.path, today=today) as other:
        other.accounts.update("a2", name="Theirs")
    for _ in range(2):
        session.look()
        settle(qtbot, session)
    assert len(heard) == 1


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
