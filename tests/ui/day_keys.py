"""Two hands on a keyboard: keys go to the window that has the keyboard, never to a widget."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

_ASCII = 128
_WAITS, _PAUSE = 4000, 0.005
_OVERDUE_MS = 20_000


@dataclass(frozen=True)
class Step:
    """One thing done in the day: what it was, and the keys it took."""

    title: str
    keys: int


@dataclass
class Hands:
    """Presses keys and types; waits, as a person does, until what was asked for is there.

    `home` is the window worked in, `is_busy` says that it still works; `look` is
    called with the title after each step.
    """

    home: Callable[[], QWidget]
    is_busy: Callable[[], bool]
    look: Callable[[str], object] = lambda _: None
    steps: list[Step] = field(default_factory=list)
    pressed: int = 0
    _troubles: list[BaseException] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        """Press keys written portably, such as `Ctrl+K` or `Down`, one after the other."""
        for each in keys:
            if each == "Alt":
                self._send(Qt.Key.Key_Alt, Qt.KeyboardModifier.NoModifier)
                continue
            combination = QKeySequence(each)[0]
            self._send(combination.key(), combination.keyboardModifiers())

    def type(self, text: str) -> None:
        """Type text, letter by letter."""
        for letter in text:
            if ord(letter) < _ASCII:
                self._send(ord(letter), Qt.KeyboardModifier.NoModifier)
            else:
                self._send_letter(letter)

    def settle(self) -> None:
        """Wait until nothing is being read, written or laid out any more."""
        calm = 0
        for _ in range(_WAITS):
            QApplication.processEvents()
            # What an answer puts into work is waited for as well.
            calm = 0 if self.is_busy() else calm + 1
            if calm > 1:
                break
            if not calm:
                time.sleep(_PAUSE)  # QTest.qWait would keep other threads from working
        assert calm, "the window does not come to rest"
        self._window()
        assert_has_keyboard()

    def until(self, what: Callable[[], object]) -> None:
        """Wait until something is so."""
        for _ in range(_WAITS):
            if what():
                break
            QApplication.processEvents()
            time.sleep(_PAUSE)
        assert what(), "what was waited for did not come"
        self.settle()

    def answering(self, act: Callable[[], object], *keys: str) -> None:
        """Press keys that open a dialog which waits for its answer, and `act` while it is open."""
        QTimer.singleShot(0, lambda: self._answer(act, _WAITS))
        self.press(*keys)
        if self._troubles:
            raise self._troubles.pop()

    def give_path(self, path: object, *keys: str) -> None:
        """Press keys that open a dialog for a file, and paste the path into it."""

        def write() -> None:
            QGuiApplication.clipboard().setText(str(path))
            self.press("Ctrl+A", "Ctrl+V", "Return")

        self.answering(write, *keys)

    @contextmanager
    def step(self, title: str, *, most: int) -> Iterator[None]:
        """One step of the day, which takes at most so many keys."""
        before = self.pressed
        yield
        self.settle()
        used = self.pressed - before
        self.steps.append(Step(title, used))
        assert used <= most, f"{title}: {used} keys, not {most}"
        self.look(title)

    def _answer(self, act: Callable[[], object], left: int) -> None:
        dialog = QApplication.activeModalWidget()
        if (dialog is None or not dialog.isVisible()) and left:
            QTimer.singleShot(5, lambda: self._answer(act, left - 1))
            return
        try:
            assert dialog is not None, "no dialog opened"
            self._window()
            assert_has_keyboard()
            act()
            QTimer.singleShot(_OVERDUE_MS, dialog, lambda: self._give_up(dialog))
        except BaseException as error:  # noqa: BLE001 - raised again where the keys were pressed
            self._troubles.append(error)
            self._give_up(dialog)

    def _give_up(self, dialog: QWidget | None) -> None:
        """Close a dialog that did not take its answer, so that the day ends with a word."""
        if isinstance(dialog, QDialog) and dialog.isVisible():
            self._troubles.append(AssertionError(f"{dialog.windowTitle()} took no answer"))
            for each in (QApplication.activeModalWidget(), dialog):
                if isinstance(each, QDialog):
                    each.reject()

    def _window(self) -> QWindow:
        """The window that has the keyboard; after a dialog closed, as a desktop would have it."""
        if QGuiApplication.focusWindow() is None:
            (QApplication.activeModalWidget() or self.home()).activateWindow()
            QApplication.processEvents()
        found = QGuiApplication.focusWindow()
        assert found is not None, "no window has the keyboard"
        return found

    def _send(self, key: int, modifiers: Qt.KeyboardModifier) -> None:
        window = self._window()
        self.pressed += 1
        QTest.keyClick(window, key, modifiers)

    def _send_letter(self, letter: str) -> None:
        """Send a letter that is on no key of its own."""
        window = self._window()
        self.pressed += 1
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QCoreApplication.sendEvent(window, event)


def assert_has_keyboard() -> QWidget:
    """Return what has the keyboard, which must be in sight."""
    holder = QApplication.activePopupWidget() or QApplication.focusWidget()
    assert holder is not None, "nothing has the keyboard"
    assert holder.isVisible(), f"what has the keyboard is out of sight: {holder}"
    return holder
