"""Notes of an account: kept as they are typed, read safely, and turned into tasks and promises."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from csplanner.book.jottings import Notes
from csplanner.domain.note import LONGEST_NOTE, Note
from csplanner.errors import UserError
from csplanner.ui.notes.reader import NoteReader
from csplanner.ui.shown_page import page_widget
from csplanner.ui.widgets.buttons import Button
from tests.lending import lent

Key = Qt.Key


@pytest.fixture
def opened(qtbot, frame, small_book, today):
    """A window at the notes of an account with one old and one pinned note."""
    old = today - timedelta(days=30)
    small_book.notes.add(Note("old", "a1", old, "## Seats\nThey want **20** more by 1 Apr"))
    small_book.notes.add(Note("pin", "a1", old, "Never call on Fridays", pinned=True))
    assert frame.open_book(lent(small_book))
    frame.show_place("account", ("a1", "notes"))
    settle(qtbot, frame)
    return frame


def settle(qtbot, frame):
    qtbot.waitUntil(lambda: frame.session.idle)


def tab_of(frame):
    return page_widget(frame, "account").notes


def texts(frame, account="a1"):
    return [note.text for note in frame.session.read.notes.of(account)]


def titles(frame):
    return [row.title for row in tab_of(frame).list.rows()]


def test_a_note_is_kept_as_it_is_typed_and_taken_back_in_one_step(qtbot, opened):
    opened.commands.run("note.add")
    settle(qtbot, opened)
    tab = tab_of(opened)
    assert opened.focusWidget() is tab.editor
    qtbot.keyClicks(tab.editor, "Rosa asked")
    tab.keep()
    qtbot.keyClicks(tab.editor, " for a plan")
    qtbot.waitUntil(lambda: "Rosa asked for a plan" in texts(opened))
    settle(qtbot, opened)
    assert titles(opened) == ["Never call on Fridays", "Rosa asked for a plan", "Seats"]
    assert tab.editor.textCursor().atEnd()
    opened.commands.run("edit.undo")
    settle(qtbot, opened)
    assert titles(opened) == ["Never call on Fridays", "Seats"]


def test_what_was_kept_stays_where_the_rest_cannot_be_kept(qtbot, opened, monkeypatch):
    opened.commands.run("note.add")
    settle(qtbot, opened)
    tab = tab_of(opened)
    qtbot.keyClicks(tab.editor, "Important words")
    tab.keep()
    settle(qtbot, opened)
    with monkeypatch.context() as patch:

        def refuse(*_args, **_fields):
            raise UserError("The disk is full.")

        patch.setattr(Notes, "add", refuse)
        patch.setattr(Notes, "update", refuse)
        qtbot.keyClicks(tab.editor, " and more")
        tab.keep()
        settle(qtbot, opened)
        assert "Important words" in texts(opened)
        assert tab.editor.toPlainText() == "Important words and more"
        assert tab.state.text() == "Not kept yet"
    tab.keep()
    settle(qtbot, opened)
    assert "Important words and more" in texts(opened)


def test_two_windows_that_write_in_one_note_keep_both_texts(qtbot, opened):
    opened.commands.run("note.add")
    settle(qtbot, opened)
    tab = tab_of(opened)
    qtbot.keyClicks(tab.editor, "Shared")
    tab.keep()
    settle(qtbot, opened)
    [note] = [n for n in opened.session.read.notes.of("a1") if n.text == "Shared"]
    qtbot.keyClicks(tab.editor, " here")
    opened.session.write(lambda book: book.notes.update(note.id, text="Shared there"))
    tab.keep()
    settle(qtbot, opened)
    assert {"Shared here", "Shared there"} <= set(texts(opened))
    assert tab.editor.toPlainText() == "Shared here"


def test_a_great_table_is_shown_as_it_was_written(qtbot):
    reader = NoteReader()
    qtbot.addWidget(reader)
    table = "\n".join("|".join("x" * 60) for _ in range(60))
    reader.show_text(table)
    assert reader.toPlainText() == table
    reader.show_text("**few** words")
    assert reader.toPlainText() == "few words"


def test_more_than_a_note_holds_is_not_pasted(qtbot, opened):
    opened.commands.run("note.add")
    settle(qtbot, opened)
    tab, data = tab_of(opened), QMimeData()
    data.setText("x" * LONGEST_NOTE)
    with qtbot.waitSignal(tab.editor.refused) as told:
        tab.editor.insertFromMimeData(data)
    assert told.args == ["A note holds 100,000 characters. Paste less, or write several notes."]
    assert tab.editor.toPlainText() == ""


def test_nothing_typed_is_lost_when_one_goes_elsewhere_or_closes(qtbot, opened, small_book):
    path = opened.session.path
    opened.commands.run("note.add")
    settle(qtbot, opened)
    qtbot.keyClicks(tab_of(opened).editor, "First")
    opened.show_place("today")
    settle(qtbot, opened)
    assert "First" in texts(opened)
    opened.show_place("account", ("a1", "notes"))
    settle(qtbot, opened)
    opened.commands.run("note.add")
    qtbot.keyClicks(tab_of(opened).editor, "Second")
    opened.close_book()
    assert opened.open_book(path)
    settle(qtbot, opened)
    assert "Second" in texts(opened)


def test_notes_are_searched_pinned_and_removed(qtbot, opened):
    tab = tab_of(opened)
    qtbot.keyClicks(tab.search, "SEATS")
    assert titles(opened) == ["Seats"]
    tab.search.clear()
    tab._choose("old")
    tab.pin_button.click()
    settle(qtbot, opened)
    assert opened.session.read.notes.get("old").pinned
    tab.list.setFocus()
    qtbot.keyClick(tab.list, Key.Key_Delete)
    settle(qtbot, opened)
    assert titles(opened) == ["Never call on Fridays"]


def choose_words(tab, words):
    cursor = tab.editor.document().find(words)
    assert isinstance(cursor, QTextCursor)
    tab.editor.setTextCursor(cursor)


def test_chosen_words_become_a_task_or_a_promise_with_the_day_they_name(qtbot, opened, today):
    tab = tab_of(opened)
    tab._choose("old")
    choose_words(tab, "20** more by 1 Apr")
    assert opened.commands.run("note.task")
    form = opened.verbs.form
    assert form.what.field.text() == "20** more by 1 Apr"
    form.save()
    settle(qtbot, opened)
    (task,) = opened.session.read.tasks.of("a1")
    assert (task.due.month, task.due.day, task.due >= today) == (4, 1, True)
    assert opened.commands.run("note.promise")
    form = opened.verbs.form
    form.save()
    settle(qtbot, opened)
    (promise,) = opened.session.read.promises.of("a1")
    assert (promise.what, promise.due) == ("20** more by 1 Apr", task.due)


def test_a_note_reads_as_markdown_and_fetches_nothing(qtbot):
    reader = NoteReader()
    qtbot.addWidget(reader)
    reader.show_text("# Head\n<b>bold</b> ![x](file:///etc/passwd) [there](https://example.com/a)")
    shown = reader.document().toPlainText()
    assert shown.startswith("Head")
    assert "<b>bold</b>" in shown
    assert reader.loadResource(2, QUrl("file:///etc/passwd")) is None
    reader.ask_to_open(QUrl("https://example.com/a"))
    dialog = reader.asked
    assert dialog.findChild(QPlainTextEdit).toPlainText() == "https://example.com/a"
    verbs = [button.text() for button in dialog.findChildren(Button)]
    assert verbs == ["Stay here", "Copy the address", "Open it"]
    dialog.reject()
    reader.ask_to_open(QUrl("file:///etc/passwd"))
    assert "Open it" not in [button.text() for button in reader.asked.findChildren(Button)]
    reader.asked.reject()


def test_pasted_text_is_plain(qtbot, opened):
    editor = tab_of(opened).editor
    data = QMimeData()
    data.setHtml("<b>bold</b>")
    data.setText("bold")
    assert not editor.acceptRichText()
    editor.selectAll()
    editor.insertFromMimeData(data)
    assert editor.toPlainText() == "bold"
