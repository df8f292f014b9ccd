"""F1 in every place of the window: pages, forms, dialogs, popovers, the palette, import steps."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from csplanner.ui.help import handbook
from csplanner.ui.help.places import page_of, pages_named
from csplanner.ui.help.window import HelpWindow
from csplanner.ui.widgets.dialogs import Dialog, confirmation
from tests.lending import lent

PLACES = {
    "today": "today", "book": "book", "account": "account", "pyramid": "pyramid",
    "qbr": "reviews", "import": "snapshots", "history": "history", "settings": "settings",
    "tasks": "tasks",
}  # fmt: skip
FORMS = {
    "log_touch": "touches", "set_pulse": "account#Say how you feel first", "set_tier": "pyramid",
    "assess": "pyramid", "edit_account": "account", "edit_renewal": "account#Objectives",
    "set_next_step": "tasks#The next step", "add_person": "account#People",
    "add_objective": "account#Objectives",
}  # fmt: skip


@pytest.fixture
def opened(qtbot, frame, small_book):
    """The window on the small book."""
    assert frame.open_book(lent(small_book))
    qtbot.waitUntil(lambda: frame.session is None or frame.session.idle)
    QApplication.processEvents()
    return frame


def help_of(widget) -> HelpWindow:
    found = widget.findChild(HelpWindow, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert found is not None, f"no handbook beside {type(widget).__name__}"
    return found


def test_every_page_opens_its_own_page_of_the_handbook(opened):
    for place, key in PLACES.items():
        opened.show_place(place, "a1" if place in ("account", "qbr") else None)
        QApplication.processEvents()
        shown = opened.commands
        shown.run("help.here")
        window = help_of(opened)
        assert window.key == key.partition("#")[0], place
        window.close()


def test_f1_in_a_form_opens_the_page_about_it_above_the_form(qtbot, opened):
    for form, wanted in FORMS.items():
        getattr(opened.verbs, form)("a1")
        dialog = opened.verbs.form
        qtbot.waitUntil(dialog.isActiveWindow)
        focus = dialog.focusWidget() or dialog
        assert page_of(focus) == wanted, form
        if form == "log_touch":
            QTest.keyClick(focus, Qt.Key.Key_F1)
            window = help_of(dialog)
            assert window.isVisible()
            assert window.key == "touches"
            # What stands over a modal dialog must take the keyboard although the dialog is modal.
            assert window.parentWidget() is dialog
            window.close()
        dialog.done(0)
        QApplication.processEvents()


def check_question(qtbot, opened) -> None:
    """A question opens the page of what it is asked on."""
    opened.show_place("settings")
    dialog = confirmation(
        opened.current_page(), "Sure", sentence="It goes.", verb="Do it", keep="Keep it"
    )
    dialog.show()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    assert help_of(dialog).key == "settings"
    dialog.close()


def test_questions_the_palette_the_finder_and_the_sheet_have_their_pages(qtbot, opened):
    opened.show_place("book")
    opened.open_palette()
    field = opened.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClick(field, Qt.Key.Key_F1)
    assert help_of(opened).key == "finding"
    help_of(opened).close()
    opened.palette_overlay.close_palette()
    opened.show_place("settings")
    opened.commands.run("go.find")
    assert page_of(opened.focusWidget()) == "finding#In the screen shown"
    opened.find_bar.put_away()
    for command, wanted in (
        ("help.shortcuts", "keyboard"), ("help.shortcuts.change", "keyboard#Changing them"),
        ("column.choose", "book#Columns"),
    ):  # fmt: skip
        opened.show_place("book")
        opened.commands.run(command)
        dialog = next(d for d in opened.findChildren(Dialog) if d.isVisible())
        assert page_of(dialog.focusWidget() or dialog) == wanted
        dialog.done(0)
        dialog.deleteLater()
        QApplication.processEvents()
    check_question(qtbot, opened)


def test_the_page_opens_at_the_part_that_is_asked_for(opened):
    opened.commands.run("help.handbook")
    window = help_of(opened)
    for place in sorted(pages_named()):
        key, _, heading = place.partition("#")
        window.hide()  # a platform without a screen cannot raise a window and says so
        window.open_at(place)
        assert window.key == key
        if heading:
            assert window.reader.textCursor().block().text().startswith(heading), place
    assert window.reader.go_to("There is no such heading") is False
    window.close()


def test_what_no_page_is_about_opens_the_contents():
    assert page_of(None) == handbook.FIRST
    assert handbook.key_for("nowhere") == handbook.FIRST


def test_every_module_named_is_there():
    from csplanner.ui.help import places

    modules = {
        ".".join(path.relative_to(handbook.resource("csplanner/ui")).with_suffix("").parts)
        for path in handbook.resource("csplanner/ui").rglob("*.py")
    }
    for start in places._OF_MODULE:
        fits = [m for m in modules if re.match(rf"{re.escape(start)}([._]|$)", m)]
        assert fits, start
