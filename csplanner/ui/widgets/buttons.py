"""Buttons: one filled verb a view, quiet ones beside it, icons with a name."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, font
from csplanner.ui.look import theme_of
from csplanner.ui.style_drawing import ICON, KIND, SMALL, panel
from csplanner.ui.widgets.labels import set_plain_tooltip

WRITES = "writes"
"""The property of a button that changes the book."""
BARRED = "barred"
"""The property of a window, or of a part of one, that says why nothing in it can be changed; empty
where it can.
"""


def changing(*buttons: "Button") -> None:
    """Mark buttons that change the book: where a window bars that, they tell why instead."""
    for button in buttons:
        button.setProperty(WRITES, True)


def why_barred(widget: QWidget) -> str:
    """Why the book cannot be changed from there: the window says so, or a part of it; empty where
    it can.
    """
    at: QWidget | None = widget
    while at is not None:
        if why := at.property(BARRED):
            return str(why)
        at = None if at.isWindow() else at.parentWidget()
    return ""


class Button(QPushButton):
    """A push button; `kind` is primary, secondary, quiet, link or danger."""

    def __init__(
        self,
        text: str,
        parent: QWidget | None = None,
        *,
        kind: str = "secondary",
        icon: str = "",
        small: bool = False,
    ) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setProperty(KIND, kind)
        self.setProperty(ICON, icon)
        self.setProperty(SMALL, small)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def set_text(self, text: str) -> None:
        """Change the words, for eyes and for screen readers."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)

    def setEnabled(self, on: bool) -> None:
        """Let it be pressed, unless it changes the book and the window bars that."""
        super().setEnabled(on and not self._barred())

    def showEvent(self, event: QShowEvent) -> None:
        """Say why it cannot be pressed where its window bars changes."""
        super().showEvent(event)
        why = self._barred()
        if why:
            super().setEnabled(False)
            set_plain_tooltip(self, why)

    def _barred(self) -> str:
        return why_barred(self) if self.property(WRITES) else ""

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class IconButton(Button):
    """A 28 px button that is an icon alone, with its name in the tooltip and for screen readers."""

    def __init__(
        self, icon: str, name: str, parent: QWidget | None = None, *, keys: str = ""
    ) -> None:
        super().__init__("", parent, kind="icon", icon=icon)
        self.set_name(name, keys)

    def set_name(self, name: str, keys: str = "") -> None:
        """Change what the button is called and the shortcut its tooltip tells."""
        self.setAccessibleName(name)
        set_plain_tooltip(self, f"{name}  {keys}" if keys else name)


class Segmented(QWidget):
    """A few exclusive choices in one frame: one Tab stop, arrow keys inside."""

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None, *, name: str = ""
    ) -> None:
        """Show `choices` as (key, words) and choose the first; `name` says what is chosen."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, _Segment] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        for key, words in choices:
            segment = _Segment(tr(words), self, step=self._step)
            segment.clicked.connect(lambda _on=False, key=key: self.choose(key))
            self._group.addButton(segment)
            self._buttons[key] = segment
            row.addWidget(segment)
        self._key = ""
        if choices:
            self._select(choices[0][0])

    @property
    def key(self) -> str:
        """The key of the choice in force."""
        return self._key

    def choose(self, key: str) -> None:
        """Choose by key and tell whoever listens, when it is another choice."""
        if key != self._key:
            self._select(key)
            self.chosen.emit(key)

    def set_words(self, key: str, words: str) -> None:
        """Change what a choice is called."""
        button = self._buttons[key]
        button.setText(words.replace("&", "&&"))
        button.setAccessibleName(words)
        button.updateGeometry()

    def _select(self, key: str) -> None:
        self._key = key
        for other, button in self._buttons.items():
            button.setChecked(other == key)
            on = other == key
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)

    def _step(self, by: int) -> None:
        keys = list(self._buttons)
        self.choose(keys[(keys.index(self._key) + by) % len(keys)])
        self._buttons[self._key].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look = theme_of(self)
            panel(painter, self.rect().toRectF(), fill="subtle", border="line", theme=look)


class _Segment(QPushButton):
    """One choice of a segmented control."""

    def __init__(self, text: str, parent: QWidget, *, step: Callable[[int], None]) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self._step = step
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        text = self.text().replace("&&", "&")
        return QSize(metrics.horizontalAdvance(text) + 22, max(24, metrics.height() + 6))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(-1 if event.key() == Qt.Key.Key_Left else 1)
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look, on = theme_of(self), self.isChecked()
            if on:
                panel(painter, self.rect().toRectF(), fill="surface", border="line", theme=look)
            painter.setFont(font(12, MEDIUM))
            ink = "text" if on or self.underMouse() else "text2"
            painter.setPen(look.colour(ink if self.isEnabled() else "disabled"))
            text = self.text().replace("&&", "&")
            room = self.rect().adjusted(6, 0, -6, 0)
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, room.width()
            )
            if shown != text and not self.toolTip():
                set_plain_tooltip(self, text)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, shown)
