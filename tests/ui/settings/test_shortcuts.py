"""Shortcuts: the list where each can be changed, the sheet, and what holds after a start."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csplanner.settings import AppSettings, load_settings
from csplanner.ui.settings.shortcuts import ShortcutEditor, edit_shortcuts
from csplanner.ui.shell.shortcut_sheet import print_sheet, shortcut_groups
from tests.lending import lent

Key, Mod = Qt.Key, Qt.KeyboardModifier


def test_a_shortcut_is_changed_kept_and_brought_back(qtbot, frame, small_book):
    assert frame.open_book(lent(small_book))
    qtbot.waitUntil(lambda: frame.session.idle)
    assert frame.commands.run("help.shortcuts.change")
    editor = frame.findChild(ShortcutEditor)
    editor.choose("touch.log")
    qtbot.keyClick(editor.keys, Key.Key_L, Mod.ControlModifier | Mod.AltModifier)
    editor.keys.editingFinished.emit()
    assert frame.commands.get("touch.log").shortcut == "Ctrl+Alt+L"
    assert load_settings().shortcuts == {"touch.log": "Ctrl+Alt+L"}
    qtbot.waitUntil(lambda: "1 shortcut is" in pane(frame).said.text())
    editor.none.click()
    assert frame.commands.action("touch.log").shortcut().isEmpty()
    editor.first.click()
    assert frame.commands.get("touch.log").shortcut == "Ctrl+L"
    assert load_settings().shortcuts == {}
    editor.reject()


def pane(frame):
    frame.show_place("settings")
    return getattr(frame.page("settings"), "page", frame.page("settings")).panes["keys"]


def test_keys_that_are_taken_are_said_at_the_field_and_can_be_taken(qtbot, frame):
    editor = edit_shortcuts(frame)
    editor.choose("book.new")
    assert not editor.try_keys("Ctrl+K")
    assert editor.field.error.startswith("Ctrl K is the shortcut of “Find anything…”")
    assert frame.commands.get("book.new").shortcut == ""
    assert not editor.take.isHidden()
    editor.take_keys()
    assert frame.commands.get("book.new").shortcut == "Ctrl+K"
    assert frame.commands.get("go.palette").shortcut == ""
    assert not editor.try_keys("F2")
    assert editor.field.error.startswith("F2 is kept for lists")
    editor._reset_all()
    assert frame.commands.get("go.palette").shortcut == "Ctrl+K"
    editor.reject()


def test_a_key_before_another_is_taken_too(qtbot, frame, small_book):
    assert frame.open_book(lent(small_book))
    editor = edit_shortcuts(frame)
    editor.choose("book.new")
    assert not editor.try_keys("G")
    assert "G then" not in editor.field.error.split("is the shortcut")[0]
    assert editor.field.error.startswith("G is the shortcut of “Account:")
    editor.search.setText("sentiment")
    assert editor.table.rowCount() >= 1
    editor.search.setText("ctrl j")
    editor.choose("pulse.set")
    assert editor.chosen.id == "pulse.set"
    editor.reject()


def test_escape_leaves_the_list_from_the_field_too(qtbot, frame):
    editor = edit_shortcuts(frame)
    editor.keys.setFocus()
    qtbot.keyClick(editor.keys, Key.Key_Escape)
    QApplication.processEvents()
    assert not editor.isVisible()


def test_the_sheet_groups_finds_and_prints_every_shortcut(qtbot, frame, small_book, tmp_path):
    assert frame.open_book(lent(small_book))
    groups = dict(shortcut_groups(frame.commands))
    assert ("Log a touch…", "Ctrl L") in groups["Account"]
    assert ("Peek at what is chosen", "Space") in groups["In lists and scenes"]
    assert ("Today: finish what is chosen", "E") in groups["Account"]
    for command in frame.commands.all():
        shown = [text for lines in groups.values() for text, _ in lines]
        assert (command.text in shown) or not command.shortcut, command.id
    assert dict(shortcut_groups(frame.commands, "ctrl l"))["Account"][0][0] == "Log a touch…"
    place = tmp_path / "shortcuts.pdf"
    print_sheet(shortcut_groups(frame.commands), place)
    assert place.read_bytes()[:5] == b"%PDF-"


def test_settings_of_another_hand_do_no_harm(frame):
    odd = AppSettings(shortcuts={"touch.log": "Ctrl+Nonsense+", "no.such": "Ctrl+L"})
    frame.change_settings(odd)
    assert frame.commands.get("go.palette").shortcut == "Ctrl+K"
