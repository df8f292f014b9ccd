"""A few exclusive choices that answer to one key each: `c` for a call, `1` to `5` for a pulse."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, REGULAR, font
from csplanner.paint.marks import draw_mark
from csplanner.ui.look import theme_of
from csplanner.ui.style_drawing import panel

_MARK = 14
_PAD = 8


class Choice(NamedTuple):
    """One choice: its key, its words, the letter that takes it, and a judged mark when given."""

    key: str
    words: str
    letter: str
    band: str = ""


class LetterChoices(QWidget):
    """One Tab stop; arrows move, the letter shown chooses. Nothing is chosen at first.

    `chosen(key)` is emitted whenever another choice is made.
    """

    chosen = Signal(str)

    refused = Signal(str)
    """A digit typed that is none of the choices."""

    def __init__(
        self,
        choices: Sequence[Choice],
        parent: QWidget | None = None,
        *,
        name: str = "",
        upright: bool = False,
    ) -> None:
        """Offer `choices` in a row, or one below the other when `upright`."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._buttons: dict[str, _Option] = {}
        self._letters: dict[str, str] = {}
        line = QVBoxLayout(self) if upright else QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for choice in choices:
            button = _Option(choice._replace(words=tr(choice.words)), self)
            button.clicked.connect(lambda _on=False, key=choice.key: self.choose(key))
            self._buttons[choice.key] = button
            self._letters[choice.letter.casefold()] = choice.key
            line.addWidget(button)
        if not upright:
            line.addStretch(1)
        self._key = ""
        self._select("")

    @property
    def key(self) -> str:
        """The key of the choice made, or nothing."""
        return self._key

    def choose(self, key: str) -> None:
        """Choose by key (empty for nothing) and tell whoever listens when it is another."""
        if key != self._key:
            self._select(key)
            self.chosen.emit(key)

    def step(self, by: int) -> None:
        """Move to the next or previous choice and give it the keyboard."""
        keys = list(self._buttons)
        at = keys.index(self._key) + by if self._key in keys else 0
        self.choose(keys[at % len(keys)])
        self._buttons[self._key].setFocus(Qt.FocusReason.TabFocusReason)

    def take_letter(self, text: str) -> bool:
        """Choose by letter; say whether one of the choices has it."""
        key = self._letters.get(text.casefold())
        if key is None and text.isdecimal():
            self.refused.emit(text)
            return True
        if not text or key is None:
            return False
        self.choose(key)
        self._buttons[key].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _select(self, key: str) -> None:
        self._key = key
        stop = key if key in self._buttons else next(iter(self._buttons), "")
        for other, button in self._buttons.items():
            button.setChecked(other == key)
            on = other == stop
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if on else Qt.FocusPolicy.ClickFocus)
        # The key of a choice may be empty: unknown is a choice as well.
        if stop in self._buttons:
            self.setFocusProxy(self._buttons[stop])


class _Option(QPushButton):
    """One choice: its letter in a frame, a mark when it has one, its words."""

    def __init__(self, choice: Choice, owner: LetterChoices) -> None:
        super().__init__(choice.words.replace("&", "&&"), owner)
        self._choice, self._owner = choice, owner
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(choice.words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(font(13, MEDIUM)).horizontalAdvance(self._choice.words)
        mark = _MARK + 6 if self._choice.band else 0
        return QSize(words + mark + 2 * _PAD + self._letter_room(), 28)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _letter_room(self) -> int:
        same = self._choice.letter == self._choice.words
        return 0 if same else QFontMetrics(font(11)).horizontalAdvance(self._choice.letter) + 7

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1,
        }  # fmt: skip
        by = steps.get(Qt.Key(event.key()))
        if by is not None:
            self._owner.step(by)
            return
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if not (plain and self._owner.take_letter(event.text())):
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, rect, on = theme_of(self), QRectF(self.rect()), self.isChecked()
        fill = "selected" if on else "hover" if self.underMouse() else "surface"
        panel(painter, rect, fill=fill, border="accent" if on else "line", theme=look)
        left = float(_PAD)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        if self._letter_room():
            painter.setFont(font(11, REGULAR))
            painter.setPen(look.colour("text3"))
            painter.drawText(QRectF(left, 0, 40, rect.height()), middle, self._choice.letter)
            left += self._letter_room()
        if self._choice.band:
            box = QRectF(left, (rect.height() - _MARK) / 2, _MARK, _MARK)
            draw_mark(painter, box, band=self._choice.band, theme=look, form="hollow")
            left += _MARK + 6
        painter.setFont(font(13, MEDIUM))
        painter.setPen(look.colour("accent-text" if on else "text"))
        painter.drawText(rect.adjusted(left, 0, 0, 0), middle, self._choice.words)
        painter.end()
