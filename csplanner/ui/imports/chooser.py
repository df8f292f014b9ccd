"""A choice among many: typed to filter, grouped under headings, each with a line of meaning."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from csplanner.paint.fonts import MEDIUM, REGULAR, SEMIBOLD
from csplanner.paint.icons import draw_icon
from csplanner.ui.imports.parts import write
from csplanner.ui.look import theme_of
from csplanner.ui.style_drawing import panel
from csplanner.ui.widgets.fields import SearchField
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.popover import Popover

_ROLE = Qt.ItemDataRole.UserRole
_WIDTH, _TALLEST = 380, 420
_HEADING, _PLAIN, _NOTED = 28, 30, 44


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose; `words` are further words it is found by."""

    key: str
    title: str
    note: str = ""
    group: str = ""
    words: str = ""

    def fits(self, wanted: Sequence[str]) -> bool:
        """Whether every wanted word stands somewhere in it."""
        text = f"{self.title} {self.note} {self.group} {self.words}".casefold()
        return all(word in text for word in wanted)

    def distance(self, typed: str) -> tuple[int, int]:
        """How far its title is from what was typed: the same, begun so, a word begun so, or none;
        of two alike the shorter is nearer.
        """
        title = self.title.casefold()
        near = (
            title == typed,
            title.startswith(typed),
            any(word.startswith(typed) for word in _WORDS.split(title)),
            True,
        )
        return near.index(True), len(title)


_WORDS = re.compile(r"[\W_]+")


class Chooser(Popover):
    """Opened with `offer`; Enter or a click chooses, Escape leaves everything as it was."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.field = SearchField(self.tr("Type to find"))
        self.list = _ChoiceList(self.tr("Choices"))
        self._none = PlainLabel(self.tr("Nothing fits these words."), px=12, colour="text2")
        self._none.setContentsMargins(8, 4, 8, 8)
        self._none.hide()
        self._done: Callable[[str], None] | None = None
        self._choices: Sequence[Choice] = ()
        for part in (self.field, self.list, self._none):
            self.body.addWidget(part)
        self.field.textEdited.connect(lambda _text: self._filter())
        self.field.textChanged.connect(self._cleared)
        self.list.itemClicked.connect(lambda item: self._take(item))

    def offer(
        self,
        choices: Sequence[Choice],
        at: QPoint,
        done: Callable[[str], None],
        *,
        chosen: str = "",
        name: str = "",
    ) -> None:
        """Open with its corner at `at` of the window and call `done` with the key chosen."""
        self._choices, self._done = choices, done
        self.setAccessibleName(name)
        self.list.setAccessibleName(name)
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self._show(choices, chosen)
        self.list.setFixedSize(_WIDTH, min(_TALLEST, self.list.content_height()))
        self.open_at(at)
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def choose(self, key: str) -> None:
        """Choose by key, as a click does."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            choice = item.data(_ROLE)
            if isinstance(choice, Choice) and choice.key == key:
                self._take(item)
                return

    def keys(self) -> list[str]:
        """The keys shown, in order."""
        shown = (self.list.item(row).data(_ROLE) for row in range(self.list.count()))
        return [choice.key for choice in shown if isinstance(choice, Choice)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the list while you type; Enter chooses."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.list.currentItem() is not None:
                self._take(self.list.currentItem())
            return
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            page = key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)
            down = key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown)
            self.list.step((8 if page else 1) * (1 if down else -1))
            return
        super().keyPressEvent(event)

    def _cleared(self, text: str) -> None:
        if not text:
            self._filter()

    def _filter(self) -> None:
        typed = self.field.text().casefold().strip()
        fitting = [c for c in self._choices if c.fits(typed.split())]
        best = min(fitting, key=lambda c: c.distance(typed), default=None) if typed else None
        self._show(fitting, best.key if best is not None else "")

    def _show(self, choices: Sequence[Choice], chosen: str) -> None:
        self.list.show_choices(choices, chosen)
        self.list.setVisible(bool(choices))
        self._none.setVisible(not choices)
        if self.isVisible():
            self.list.setFixedHeight(min(_TALLEST, self.list.content_height()))
            self._fit()

    def _take(self, item: QListWidgetItem) -> None:
        choice, done = item.data(_ROLE), self._done
        if isinstance(choice, Choice) and done is not None:
            self._done = None
            self.close_popover()
            done(choice.key)


class _ChoiceList(QListWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setItemDelegate(_ChoiceDelegate(self))
        self.setMouseTracking(True)
        self.setProperty("ownFocus", True)

    def show_choices(self, choices: Sequence[Choice], chosen: str) -> None:
        self.clear()
        group, first, at = "", -1, -1
        for choice in choices:
            if choice.group != group:
                group = choice.group
                self._heading(group)
            item = QListWidgetItem()
            item.setData(_ROLE, choice)
            spoken = ", ".join(filter(None, (choice.title, choice.note, choice.group)))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            item.setData(Qt.ItemDataRole.ToolTipRole, f"<qt>{escape(spoken)}</qt>")
            self.addItem(item)
            first = self.count() - 1 if first < 0 else first
            at = self.count() - 1 if choice.key == chosen else at
        self.setCurrentRow(at if at >= 0 else first)

    def content_height(self) -> int:
        return sum(self.sizeHintForRow(row) for row in range(self.count())) + 2

    def step(self, by: int) -> None:
        """Move by so many choices, over headings, and stop at the ends."""
        row, way = self.currentRow(), 1 if by > 0 else -1
        for _ in range(abs(by)):
            after = row + way
            while 0 <= after < self.count() and not self._can(after):
                after += way
            if not 0 <= after < self.count():
                break
            row = after
        self.setCurrentRow(row)

    def _can(self, row: int) -> bool:
        return isinstance(self.item(row).data(_ROLE), Choice)

    def _heading(self, words: str) -> None:
        item = QListWidgetItem()
        item.setData(_ROLE, words)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.addItem(item)


class _ChoiceDelegate(QStyledItemDelegate):
    def sizeHint(
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        choice = index.data(_ROLE)
        if not isinstance(choice, Choice):
            return QSize(120, _HEADING)
        return QSize(120, _NOTED if choice.note else _PLAIN)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        choice, look = index.data(_ROLE), theme_of(option.palette)
        box = QRectF(option.rect).adjusted(2, 1, -2, -1)
        if not isinstance(choice, Choice):
            painter.setPen(look.colour("text3"))
            write(painter, box.adjusted(8, 4, -8, 0), str(choice), face=(12, SEMIBOLD))
            return
        state = option.state
        on = bool(state & QStyle.StateFlag.State_Selected)
        if on or state & QStyle.StateFlag.State_MouseOver:
            panel(painter, box, fill="selected" if on else "hover", border="", theme=look)
        if on:
            mark = QRectF(box.right() - 26, box.top(), 18, box.height())
            draw_icon(painter, mark, name="check", colour=look.colour("accent-text"), px=14)
        room = box.adjusted(8, 0, -32, 0)
        painter.setPen(look.colour("text"))
        if not choice.note:
            write(painter, room, choice.title, face=(13, MEDIUM if on else REGULAR))
            return
        upper = QRectF(room.left(), room.top() + 2, room.width(), 21)
        lower = QRectF(room.left(), room.top() + 21, room.width(), 18)
        write(painter, upper, choice.title, face=(13, MEDIUM))
        painter.setPen(look.colour("text2"))
        write(painter, lower, choice.note, face=(12, REGULAR))
