"""Every verb of the window stands in a menu, in the palette, with words, and can be taken back."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from csplanner.ui.commands import Command, CommandRegistry, is_letter
from csplanner.ui.menu_order import MENUS, ORDER, in_order
from csplanner.ui.shell.hits import command_hits
from csplanner.ui.widgets.buttons import Button
from tests.lending import lent

# What a button of a page may say that is no verb of its own: it answers, chooses or leads within
# the page it stands on.
_OF_THE_PAGE = frozenset({
    "Save", "Close", "Cancel", "Show more", "Check now", "Check the book", "Back up now",
})  # fmt: skip


@pytest.fixture
def opened(qtbot, frame, small_book):
    assert frame.open_book(lent(small_book))
    qtbot.waitUntil(lambda: frame.session.idle)
    qtbot.waitUntil(lambda: len(frame.menuBar().actions()) == len(MENUS))
    frame._fill_menus()
    return frame


def in_menus(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        if action.menu() is not None:
            yield from in_menus(action.menu())
        elif not action.isSeparator():
            yield action


def test_every_verb_is_in_exactly_one_menu_and_in_the_palette(opened):
    listed = [a for top in opened.menuBar().actions() for a in in_menus(top.menu())]
    names = [action.objectName() for action in listed if action.objectName()]
    assert sorted(names) == sorted(command.id for command in opened.commands.all())
    for command in opened.commands.all():
        shown = opened.commands.text(command.id)
        assert command.menu in MENUS, command.id
        assert shown[:1].isupper(), command.id
        hits = command_hits(opened.commands, f"> {shown}", "Do")
        assert shown in [hit.text for hit in hits], command.id


def test_no_action_of_the_window_is_a_verb_of_its_own(opened):
    """A shortcut that only a widget knows is in no menu and in no palette."""
    known = {id(opened.commands.action(command.id)) for command in opened.commands.all()}
    for place in ("today", "book", "pyramid", "settings", "history"):
        opened.show_place(place)
    strange = [
        action.text()
        for action in opened.actions()
        if id(action) not in known and not action.isSeparator() and not action.menu()
    ]
    assert strange == []


def test_what_cannot_run_says_why_in_the_palette(opened):
    opened.show_place("settings")
    hits = command_hits(opened.commands, ">", "Do")
    resting = [hit for hit in hits if hit.group == "Not now"]
    assert len(hits) == len(opened.commands.all())
    assert resting
    assert all(hit.why.endswith((".", "…")) for hit in resting)


def test_no_two_verbs_share_keys_nor_begin_alike(opened):
    held: dict[str, str] = {}
    for command in opened.commands.all():
        sequence = QKeySequence(command.shortcut)
        strokes = sequence.toString(QKeySequence.SequenceFormat.PortableText)
        if strokes:
            assert strokes not in held, (command.id, held.get(strokes))
            held[strokes] = command.id
    for strokes in held:
        first = strokes.split(", ")[0]
        assert first == strokes or first not in held, strokes


def test_menus_are_parted_by_lines_and_name_only_what_there_is(opened):
    for menu in MENUS:
        names = [c.id for c in opened.commands.all() if c.menu == menu]
        shown = in_order(menu, names)
        assert sorted(name for name in shown if name) == sorted(names)
        entries = [_entry(opened, name) for name in shown]
        entries = [e for n, e in enumerate(entries) if e == "|" or e not in entries[:n]]
        runs = " ".join(entries).split("|")
        assert max(len(run.split()) for run in runs) <= 10, menu
        assert shown[0]
        assert shown[-1]
    for menu, order in ORDER.items():
        assert len(set(filter(None, order))) == len([name for name in order if name]), menu


def _entry(opened, name: str) -> str:
    """What stands in the menu itself for a command: its menu within, where it has one."""
    command = opened.commands.get(name)
    inner = command.submenu.replace(" ", "_") if command is not None else ""
    return inner or name or "|"


def test_lines_never_stand_alone_nor_twice():
    assert in_order("Edit", ["edit.redo", "odd.one"]) == ["edit.redo", "", "odd.one"]
    assert in_order("Go", ["go.palette", "go.qbr"]) == ["go.palette", "", "go.qbr"]
    assert in_order("Book", []) == []


def test_the_buttons_of_every_page_that_do_something_are_verbs_too(opened, qtbot):
    """A button whose words are those of a verb runs it: what has no verb is told here."""
    words = {_bare(c.text) for c in opened.commands.all()}
    words |= {_bare(opened.commands.text(c.id)) for c in opened.commands.all()}
    missing = set()
    for place in ("today", "book"):
        opened.show_place(place)
        qtbot.waitUntil(lambda: opened.session.idle)
        page = opened.current_page()
        assert isinstance(page, QWidget)
        for button in page.findChildren(Button):
            text = button.text()
            if text.endswith("…") and button.isVisibleTo(page) and _bare(text) not in words:
                missing.add(text)
    assert missing <= _OF_THE_PAGE


def _bare(text: str) -> str:
    return text.replace("…", "").casefold().strip()


def test_own_keys_hold_and_letters_can_rest(window):
    registry = CommandRegistry(window)
    registry.add(
        Command("a", "One", lambda: None, shortcut="G, H"),
        Command("b", "Two", lambda: None, shortcut="Ctrl+B"),
    )
    registry.set_keys({"b": "Ctrl+Shift+B"}, letters=False)
    assert registry.get("a").shortcut == ""
    assert registry.action("b").shortcut() == QKeySequence("Ctrl+Shift+B")
    assert registry.given_keys("a") == "G, H"
    registry.add(Command("c", "Three", lambda: None, shortcut="G, K"))
    assert registry.get("c").shortcut == ""
    registry.set_keys({}, letters=True)
    assert registry.get("a").shortcut == "G, H"
    assert is_letter("G, H")
    assert not is_letter("?")
    assert not is_letter("Ctrl+G")
