"""Deleting an account: told what goes first, gone from every list, and back with undo."""

import pytest
from PySide6.QtWidgets import QApplication

from csplanner.book.belongings import Belongings
from csplanner.errors import UserError
from csplanner.ui.actions.deleting import going_words
from csplanner.ui.widgets.dialogs import Dialog


@pytest.fixture
def said(actions):
    """The lines the toast would show."""
    lines = []
    actions.said.connect(lambda text, undo, failed: lines.append((text, undo, failed)))
    return lines


def asked(qtbot, actions):
    """Wait for the question and return it."""
    qtbot.waitUntil(lambda: actions.form is not None)
    return actions.form


def test_what_goes_is_counted_before_anything_is_deleted(qtbot, actions, small_book):
    actions.delete_account("a1")
    words = asked(qtbot, actions).accessibleDescription()
    assert words.startswith("1 person, 1 touch, 1 contract term, 1 sentiment")
    assert "Undo brings all of it back" in words
    actions.form._close_with("keep")
    qtbot.waitUntil(lambda: actions.session.idle)
    assert actions.session.read.accounts.get("a1").name == "Tidewater Health Network"


def test_a_deleted_account_is_gone_and_undo_brings_all_of_it_back(qtbot, actions, small_book, said):
    read = actions.session.read
    actions.delete_account("a1")
    asked(qtbot, actions)._close_with("do")
    qtbot.waitUntil(lambda: actions.session.idle and bool(said))
    assert said[-1] == ("Deleted Tidewater Health Network", True, False)
    with pytest.raises(UserError):
        read.accounts.get("a1")
    actions.undo()
    qtbot.waitUntil(lambda: actions.session.idle)
    assert [p.name for p in read.people.of("a1")] == ["Rosa Delgado"]
    assert len(read.touches.of("a1")) == 1


def test_an_archived_account_can_be_deleted_from_the_list_of_them(qtbot, actions, small_book):
    actions.archive("a2")
    qtbot.waitUntil(lambda: actions.session.idle)
    actions.show_archived()
    listing = actions.form
    listing.delete_buttons["a2"].click()
    qtbot.waitUntil(lambda: bool(listing.findChildren(Dialog)))
    listing.findChildren(Dialog)[0]._close_with("do")
    qtbot.waitUntil(lambda: actions.session.idle and not listing.buttons)
    QApplication.processEvents()
    assert not actions.session.read.accounts.any_archived()


def test_an_account_that_holds_nothing_says_so():
    assert going_words(Belongings("a", "A", ())).startswith("Nothing else goes with it")
    many = tuple((n, "things") for n in range(1, 8))
    assert "5 things and 13 more records go with it" in going_words(Belongings("a", "A", many))
