"""Small parts of the panel beside the map: sections, rows to press, links and bars."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csplanner.domain.reading import Band
from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, SEMIBOLD
from csplanner.ui.account.parts import RowButton, one_tab_stop
from csplanner.ui.look import theme_of
from csplanner.ui.widgets.buttons import Button, changing
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel, set_plain_tooltip
from csplanner.ui.widgets.panes import PADDING, Hairline

TOP = Qt.AlignmentFlag.AlignTop
_ICONS = {Band.RISK: "circle-alert", Band.WATCH: "triangle-alert", Band.GOOD: "circle-check"}
_INKS = {Band.RISK: "risk-ink", Band.WATCH: "watch-ink", Band.GOOD: "good-ink"}


class SideSection(QWidget):
    """A titled part over the whole width: a hairline above, a note beside the title, a body."""

    def __init__(self, title: str, note: str = "", *, right: bool = False) -> None:
        """`right` puts the note at the right end instead of behind the title."""
        super().__init__()
        give_way(self)
        self.setAccessibleName(title)
        head = QHBoxLayout()
        head.setContentsMargins(PADDING, 0, PADDING, 0)
        head.setSpacing(8)
        self._title = PlainLabel(title, weight=SEMIBOLD)
        head.addWidget(self._title)
        self._note = PlainLabel(note, px=12, colour="text2" if right else "text3")
        if right:
            head.addStretch(1)
        head.addWidget(self._note)
        if not right:
            head.addStretch(1)
        self._head = head
        holder = QWidget()
        holder.setFixedHeight(36)
        holder.setLayout(head)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(PADDING, 0, PADDING, 12)
        self.body.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline())
        column.addWidget(holder)
        column.addLayout(self.body)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)
        self.setAccessibleName(title)

    def set_note(self, note: str) -> None:
        """Change the note."""
        self._note.setText(note)

    def add_action(self, widget: QWidget) -> None:
        """Put a button at the right end of the title."""
        self._head.addWidget(widget)


def give_way(part: QWidget) -> None:
    """Let a part be as narrow as the panel: one that insists on the width of its longest line is
    given the height of fewer lines than it has.
    """
    part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)


def wrapped(text: str, *, px: int = 12, colour: str = "text2") -> PlainLabel:
    """Return text that wraps."""
    label = PlainLabel(text, px=px, colour=colour)
    label.setWordWrap(True)
    return label


def link(words: str, run: Callable[[], object], *, writes: bool = False) -> Button:
    """Return a verb that looks like a link; `writes` where it changes the book."""
    button = Button(words, kind="link", small=True)
    if writes:
        changing(button)
    button.clicked.connect(lambda: run())
    return button


def flag_icon(flag: Band, *, px: int = 16) -> IconLabel:
    """Return the sign of a flag: at risk, to watch, fine, or nothing known."""
    return IconLabel(_ICONS.get(flag, "circle-dashed"), colour=_INKS.get(flag, "none-ink"), px=px)


def flag_ink(flag: Band) -> str:
    """Return the ink of a flagged value; plain where nothing is wrong."""
    return _INKS[flag] if flag in (Band.RISK, Band.WATCH) else "text"


class PressRow(RowButton):
    """A row to press that stands in a box of its own; the arrows go on to the next of `among`."""

    def __init__(self, name: str, *, run: Callable[[], object], line: str = "") -> None:
        super().__init__(name, run=run, line=line)
        self.among: Sequence[PressRow] = (self,)
        self.setProperty("tightFocus", True)
        give_way(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if by is None:
            super().keyPressEvent(event)
            return
        place = max(0, min(len(self.among) - 1, self.among.index(self) + by))
        self.among[place].setFocus(Qt.FocusReason.TabFocusReason)


def one_stop(rows: Sequence[PressRow]) -> None:
    """Let Tab stop at the first of the rows, and the arrows go through all."""
    one_tab_stop(rows)
    for row in rows:
        row.among = tuple(rows)


class FactRow(QWidget):
    """What it is, how it stands, and why: pressed, it shows on the map whom it is about."""

    def __init__(
        self, title: str, value: str, sentence: str, *, flag: Band, run: Callable[[], object] | None
    ) -> None:
        super().__init__()
        give_way(self)
        said = f"{title}: {value}. {sentence}"
        press = PressRow(said, run=run or bool)
        if run is None:
            press.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            press.setCursor(Qt.CursorShape.ArrowCursor)
            press.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        head = QHBoxLayout()
        head.setSpacing(6)
        head.addWidget(ElidedLabel(title, weight=MEDIUM), 1)
        head.addWidget(PlainLabel(value, weight=MEDIUM, colour=flag_ink(flag)))
        if flag in (Band.RISK, Band.WATCH):
            head.addWidget(flag_icon(flag, px=14))
        column = QVBoxLayout()
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(0)
        column.addLayout(head)
        if sentence:
            column.addWidget(wrapped(sentence))
        press.take(column)
        self.press = press
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(press)


class Steps(QWidget):
    """Short bars of which the first are filled; dashed where nothing is known."""

    def __init__(self, filled: int | None, most: int) -> None:
        super().__init__()
        self._filled, self._most = filled, most
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._most * 20, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look = theme_of(self)
            for step in range(self._most):
                box = QRectF(step * 20, 4, 17, 6)
                if self._filled is None:
                    pen = QPen(look.colour("none-ink"), 1.2)
                    pen.setDashPattern([2, 2])
                    painter.setPen(pen)
                    painter.drawLine(QPointF(box.left(), 7), QPointF(box.right(), 7))
                else:
                    token = "accent" if step < self._filled else "grid"
                    painter.fillRect(box, look.colour(token))


class Fading(QWidget):
    """How fresh a judgement still is: a short bar that shortens with age."""

    def __init__(self, share: float, *, old: bool) -> None:
        super().__init__()
        self._share, self._old = max(0.0, min(1.0, share)), old
        self.setFixedSize(36, 12)
        told = tr("{0}% of it still counts").format(round(self._share * 100))
        self.setAccessibleName(told)
        set_plain_tooltip(self, told)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look = theme_of(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("grid"))
            painter.drawRoundedRect(QRectF(0, 4, 36, 4), 2, 2)
            painter.setBrush(look.colour("watch" if self._old else "text3"))
            painter.drawRoundedRect(QRectF(0, 4, max(4.0, 36 * self._share), 4), 2, 2)


@contextmanager
def keyboard_kept(ground: QWidget) -> Iterator[None]:
    """While parts of `ground` are made anew: who had the keyboard has it again once they stand."""
    holder = QApplication.focusWidget()
    named = _name(holder) if holder is not None and ground.isAncestorOf(holder) else ""
    yield
    if named:
        QTimer.singleShot(0, ground, lambda: _give_keyboard(ground, named))


def _give_keyboard(ground: QWidget, named: str) -> None:
    for widget in ground.findChildren(QWidget):
        able = widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if able and _name(widget) == named:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            return


def _name(widget: QWidget) -> str:
    return widget.objectName() or widget.accessibleName()


def leaned(*buttons: QWidget) -> QWidget:
    """Return links side by side, at the left."""
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return box


def alone(holder: QWidget, section: QWidget) -> None:
    """Fill a widget with one section."""
    give_way(holder)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(section)
