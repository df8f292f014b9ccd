"""Every page by keyboard and by ear: names, roles, a visible focus, large enough targets."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from csplanner.ui.shell.pane_cycle import first_reachable, takes_tab
from tests.lending import lent

PAGES = ("today", "book", "account", "pyramid", "qbr", "import", "history", "settings")
SMALLEST, MOST_STOPS = 24, 400
FORMS = (
    "log_touch", "set_pulse", "set_tier", "assess", "edit_account", "edit_renewal",
    "set_next_step", "add_person", "add_objective", "delete_account",
)  # fmt: skip


@pytest.fixture
def opened(qtbot, frame, small_book):
    """The window on the small book."""
    assert frame.open_book(lent(small_book))
    settle(qtbot, frame)
    return frame


def settle(qtbot, frame) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(lambda: frame.session is None or frame.session.idle)
    QApplication.processEvents()


def show(qtbot, frame, key: str) -> None:
    frame.show_place(key, "a1" if key in ("account", "qbr") else None)
    settle(qtbot, frame)


def reachable(window: QWidget) -> list[QWidget]:
    """What Tab can stop at."""
    return [each for each in window.findChildren(QWidget) if takes_tab(each, window)]


def unspoken(window: QWidget) -> list[str]:
    """What takes the keyboard or the mouse and tells a screen reader no name or no role."""
    found = []
    for widget in window.findChildren(QWidget):
        takes = widget.focusPolicy() & Qt.FocusPolicy.ClickFocus or takes_tab(widget, window)
        inner = widget.focusProxy() is not None or widget.parent() is None
        if not takes or inner or not widget.isVisibleTo(window) or is_inner(widget):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        name = told.text(QAccessible.Text.Name) if told is not None else ""
        role = told.role() if told is not None else QAccessible.Role.NoRole
        if not name.strip() or role == QAccessible.Role.NoRole:
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}: {role}")
    return found


def is_inner(widget: QWidget) -> bool:
    """The line inside a field of numbers or choices speaks for its field."""
    return widget.objectName().startswith("qt_")


class Flashes(QObject):
    """Notices widgets that are shown as windows of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if shown and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def too_small(window: QWidget) -> list[str]:
    """Buttons a finger misses; Escape clears a field as its own button does."""
    return [
        f"{each.accessibleName()!r} {each.width()}×{each.height()}"
        for each in window.findChildren(QAbstractButton)
        if each.isVisibleTo(window)
        and not isinstance(each, QCheckBox | QRadioButton)
        and not isinstance(each.parent(), QLineEdit)
        and min(each.width(), each.height()) < SMALLEST
    ]


def test_whatever_takes_the_keyboard_says_what_it_is(qtbot, opened) -> None:
    found = {}
    flashes = Flashes()
    QApplication.instance().installEventFilter(flashes)
    for key in PAGES:
        show(qtbot, opened, key)
        found[key] = (unspoken(opened), too_small(opened))
    opened.show_start()
    found["start"] = (unspoken(opened), too_small(opened))
    QApplication.instance().removeEventFilter(flashes)
    assert flashes.seen == [], "a part was shown before it had a parent"
    assert {key: told for key, told in found.items() if told != ([], [])} == {}


def test_tab_visits_all_and_leaves_all(qtbot, opened) -> None:
    missed = {}
    for key in PAGES:
        show(qtbot, opened, key)
        seen = {id(each) for each in stops(opened)}
        left = [each for each in reachable(opened) if id(each) not in seen]
        missed[key] = [f"{type(each).__name__} {each.accessibleName()}" for each in left]
    assert {key: left for key, left in missed.items() if left} == {}


def stops(window: QWidget) -> Iterator[QWidget]:
    """Where Tab goes from the first row of the sidebar until it is there again."""
    first = first_reachable(window.sidebar)
    assert first is not None
    first.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(MOST_STOPS):
        here = window.focusWidget()
        yield here
        here.setFocus(Qt.FocusReason.TabFocusReason)
        assert window.focusNextPrevChild(True)
        if window.focusWidget() is first:
            return
    raise AssertionError("Tab never comes round")


def test_a_form_speaks_takes_tab_everywhere_and_closes_with_escape(qtbot, opened) -> None:
    for verb in FORMS:
        getattr(opened.verbs, verb)("a1")
        settle(qtbot, opened)
        form = opened.verbs.form or QApplication.activeModalWidget()
        assert form is not None, verb
        assert unspoken(form) == [], verb
        left = {id(each): each for each in reachable(form)}
        for _ in range(len(left) * 2 + 4):
            left.pop(id(form.focusWidget()), None)
            qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
        assert [each.accessibleName() for each in left.values()] == [], verb
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda form=form: not form.isVisible())
        settle(qtbot, opened)


def test_the_keyboard_is_seen_wherever_it_is(qtbot, opened, themes) -> None:
    opened.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened)
    ring = themes.theme.colour("focus")
    unseen = []
    for key in ("today", "account"):
        show(qtbot, opened, key)
        for here in stops(opened):
            with_it = coloured(opened.grab().toImage(), ring)
            opened.content.setFocus()
            if with_it - coloured(opened.grab().toImage(), ring) < 20:
                unseen.append(f"{key}: {type(here).__name__} {here.accessibleName()}")
    assert unseen == []


def coloured(image: QImage, colour) -> int:
    """How many pixels of a picture have exactly that colour."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    wanted = (colour.rgb() & 0xFFFFFFFF).to_bytes(4, "little")
    return bytes(plain.constBits()).count(wanted)
