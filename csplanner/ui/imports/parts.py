"""Small parts of the import: the bar of steps, the list of sections, text drawn into a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from csplanner.paint.fonts import MEDIUM, REGULAR, SEMIBOLD, exact_font, font
from csplanner.paint.icons import draw_icon
from csplanner.paint.tokens import Theme
from csplanner.ui.look import theme_of
from csplanner.ui.style_drawing import panel
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import Ground

Face = tuple[int, int]
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_DOT = 20
_ROLE = Qt.ItemDataRole.UserRole


def write(
    painter: QPainter, box: QRectF, text: str, *, face: Face = (13, REGULAR), right: bool = False
) -> float:
    """Draw one line with the painter's pen, with “…” where it must end; return its width."""
    face_font = exact_font(*face)
    painter.setFont(face_font)
    metrics = QFontMetricsF(face_font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(box, int(_MIDDLE | side | Qt.TextFlag.TextSingleLine), shown)
    return metrics.horizontalAdvance(shown)


class StepBar(Ground):
    """The four steps with the one you are at, and what is being imported at its right end."""

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="b")
        self._steps = _Steps(steps)
        self._icon = IconLabel("file-spreadsheet", px=14)
        self._files = ElidedLabel("", px=12, colour="text2")
        self._files.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addWidget(self._steps)
        row.addStretch(1)
        row.addWidget(self._icon)
        row.addWidget(self._files)
        self.setFixedHeight(44)
        self.show_files("")

    def show_step(self, at: int) -> None:
        """Light a step, counted from 0."""
        self._steps.show_step(at)

    def show_files(self, words: str) -> None:
        """Say what is being imported."""
        self._files.setText(words)
        self._icon.setVisible(bool(words))

    @property
    def at(self) -> int:
        """The step lit, counted from 0."""
        return self._steps.at


class _Steps(QWidget):
    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__()
        self._steps = steps
        self.show_step(0)
        self.setFixedSize(self.sizeHint())

    def show_step(self, at: int) -> None:
        self.at = at
        place = self.tr("Step {0} of {1}").format(at + 1, len(self._steps))
        self.setAccessibleName(f"{place}: {self._steps[at]}")
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(font(13, SEMIBOLD))
        words = sum(metrics.horizontalAdvance(s) for s in self._steps)
        return QSize(
            round(words) + len(self._steps) * (_DOT + 12) + (len(self._steps) - 1) * 48, 43
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            look, x = theme_of(self), 0.0
            for place, words in enumerate(self._steps):
                if place:
                    painter.setPen(look.colour("line"))
                    painter.drawLine(round(x + 10), 22, round(x + 38), 22)
                    x += 48
                x = self._draw(painter, look, x, (place, words))

    def _draw(self, painter: QPainter, look: Theme, x: float, step: tuple[int, str]) -> float:
        place, words = step
        dot = QRectF(x, 12, _DOT, _DOT)
        now, past = place == self.at, place < self.at
        fill = "accent" if now else "accent-tint" if past else ""
        panel(painter, dot, fill=fill, border="" if fill else "control", theme=look, radius=10)
        painter.setPen(look.colour("on-accent" if now else "text2"))
        if past:
            draw_icon(painter, dot, name="check", colour=look.colour("accent-text"), px=12)
        else:
            painter.setFont(font(11, SEMIBOLD))
            painter.drawText(dot, int(Qt.AlignmentFlag.AlignCenter), str(place + 1))
        painter.setPen(look.colour("text" if now else "text2"))
        face = (13, SEMIBOLD if now else REGULAR)
        wide = QFontMetricsF(font(*face)).horizontalAdvance(words) + 2
        write(painter, QRectF(x + _DOT + 8, 0, wide, 44), words, face=face)
        return x + _DOT + 8 + wide


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a SideList; `colour` is the ink of its count."""

    key: str
    title: str
    count: str = ""
    note: str = ""
    icon: str = ""
    colour: str = "text2"


class SideList(QListWidget):
    """A short list of sections with counts; `chosen` carries the key of the one now shown."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None, *, px: int = 13) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setItemDelegate(_EntryDelegate(self, px))
        self.setMouseTracking(True)
        self.setProperty("ownFocus", True)
        self.currentRowChanged.connect(self._tell)

    def show_entries(self, entries: Sequence[Entry], key: str = "") -> None:
        """Show other entries; the one with `key` is chosen, else the first."""
        self.blockSignals(True)
        self.clear()
        for entry in entries:
            item = QListWidgetItem()
            item.setData(_ROLE, entry)
            spoken = " ".join(filter(None, (entry.title, entry.count, entry.note)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            self.addItem(item)
        keys = [e.key for e in entries]
        self.setCurrentRow(keys.index(key) if key in keys else 0 if keys else -1)
        self.blockSignals(False)
        self.viewport().update()

    @property
    def key(self) -> str:
        """The key of the entry chosen; empty without one."""
        item = self.currentItem()
        return str(item.data(_ROLE).key) if item is not None else ""

    def choose(self, key: str) -> None:
        """Choose the entry with that key."""
        for row in range(self.count()):
            if self.item(row).data(_ROLE).key == key:
                self.setCurrentRow(row)

    def content_height(self) -> int:
        """The height that shows every entry."""
        return sum(self.sizeHintForRow(row) for row in range(self.count())) + 2

    def _tell(self, _row: int) -> None:
        if self.currentItem() is not None:
            self.chosen.emit(self.key)


class _EntryDelegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget, px: int) -> None:
        super().__init__(parent)
        self._px = px

    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        entry = index.data(_ROLE)
        return QSize(120, 44 if entry.note else 32 if entry.icon else 28)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        entry, look = index.data(_ROLE), theme_of(option.palette)
        box = QRectF(option.rect).adjusted(8, 1, -8, -1)
        state = option.state
        on = bool(state & QStyle.StateFlag.State_Selected)
        if on or state & QStyle.StateFlag.State_MouseOver:
            panel(painter, box, fill="selected" if on else "hover", border="", theme=look)
        left = 8.0
        if entry.icon:
            mark = QRectF(box.left() + 8, box.top(), 16, box.height())
            draw_icon(painter, mark, name=entry.icon, colour=look.colour("text2"), px=16)
            left = 31
        face = font(self._px, SEMIBOLD)
        wide = QFontMetricsF(face).horizontalAdvance(entry.count)
        painter.setPen(look.colour(entry.colour))
        weight = SEMIBOLD if on or entry.colour != "text2" else REGULAR
        count = box.adjusted(0, 0, -8, 0)
        write(painter, count, entry.count, face=(self._px, weight), right=True)
        room = box.adjusted(left, 0, -wide - 16, 0)
        painter.setPen(look.colour("text" if on else "text2"))
        upper = QRectF(room)
        if entry.note:
            upper.setHeight(24)
            lower = QRectF(room.left(), room.top() + 21, room.width(), 17)
            write(painter, upper, entry.title, face=(self._px, MEDIUM if on else REGULAR))
            painter.setPen(look.colour("text2"))
            write(painter, lower, entry.note, face=(12, REGULAR))
        else:
            write(painter, upper, entry.title, face=(self._px, MEDIUM if on else REGULAR))
        if state & QStyle.StateFlag.State_HasFocus:
            panel(painter, box, fill="", border="focus", theme=look)


class TroubleLine(QWidget):
    """One sentence that says what is wrong, or what was stopped; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("circle-alert", colour="risk-ink", px=14)
        self._words = PlainLabel("", colour="risk-ink")
        self._words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def sentence(self) -> str:
        """What is said; empty when nothing is."""
        return self._words.text()

    def say(self, sentence: str, *, failed: bool = True) -> None:
        """Say a sentence; an empty one hides the line."""
        self._words.setText(sentence)
        self._words.set_colour("risk-ink" if failed else "text2")
        self._icon.setVisible(failed)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
