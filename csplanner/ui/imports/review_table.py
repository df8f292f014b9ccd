"""The review as a table: what your book says, what the file says, and which of them holds."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, REGULAR, SEMIBOLD, exact_font, font
from csplanner.paint.icons import draw_icon
from csplanner.paint.marks import draw_mark
from csplanner.paint.tokens import Theme
from csplanner.ui.imports import segments
from csplanner.ui.imports.parts import write
from csplanner.ui.imports.review_model import ReviewModel
from csplanner.ui.imports.review_words import KEEP, TAKE, UNDECIDED, Group, Line
from csplanner.ui.imports.table import PAD, STRETCH, LineTable
from csplanner.ui.widgets.format import UNKNOWN, plural

_WIDTHS = (STRETCH, 116, 30, 124, 170, 164)
_SHARES = (31, 18, 0, 20, 31)
"""How Field, In your book, In the file and Note share what arrow and decision leave."""
_ROOM_FOR_NOTES = 430
FIELD, WAS, ARROW, BECOMES, NOTE, DECISION = range(6)
_INDENT = 22
_ROOM_FOR_DETAIL = 40
_ROOM_FOR_NAME, _ROOM_FOR_DAY = 64, 100
_MOST_OF_NOTE = 0.55
"""The share of a note in what it and the file's value stand in, at most."""


class ReviewTable(LineTable):
    """Decides with A (take new), K (keep mine) or a click; Left and Right fold an account.

    Ctrl+Z takes the last decision back, N goes to the next conflict nobody decided.
    `account_asked` carries an account to open.
    """

    account_asked = Signal(str)

    def __init__(self, model: ReviewModel, parent: QWidget | None = None) -> None:
        self._take, self._keep = tr("Take new"), tr("Keep mine")
        self._decision = round(segments.width_of((self._take, self._keep))) + 2 * segments.EDGE
        super().__init__(tr("Changed fields"), (*_WIDTHS[:DECISION], self._decision), parent)
        self._review = model
        self._at = 0
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._remember_place)
        model.modelReset.connect(self._find_place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width, and leave the notes to the tooltips where there is no room for them."""
        super().resizeEvent(event)
        rest = self.viewport().width() - _WIDTHS[ARROW] - self._decision
        has_notes = rest >= _ROOM_FOR_NOTES
        self.setColumnHidden(NOTE, not has_notes)
        self.setColumnHidden(ARROW, not has_notes)
        whole = sum(_SHARES) - (0 if has_notes else _SHARES[NOTE])
        for column in (WAS, BECOMES, NOTE):
            least = 0 if column == NOTE else self._least(column)
            self.setColumnWidth(column, max(rest * _SHARES[column] // whole, least))

    def _least(self, column: int) -> int:
        """So wide that neither its head nor a day is cut."""
        metrics = self.horizontalHeader().fontMetrics()
        head = str(self._review.headerData(column, Qt.Orientation.Horizontal) or "")
        return max(metrics.horizontalAdvance(head) + 2 * PAD + 4, _ROOM_FOR_DAY)

    def _remember_place(self) -> None:
        self._at = max(self.currentIndex().row(), 0)

    def _find_place(self) -> None:
        """Stay near the row one was at when others are shown."""
        last = self._review.rowCount() - 1
        if last >= 0:
            self.setCurrentIndex(self._review.index(min(self._at, last), 0))

    def segments(self, row: QRect) -> tuple[QRectF, QRectF]:
        """Where “Take new” and “Keep mine” stand in a row."""
        return segments.boxes(row, self.viewport().width(), (self._take, self._keep))

    def take_all_rect(self, row: QRect) -> QRectF:
        """Where “Take all” stands in the heading of an account."""
        wide = QFontMetricsF(font(13, REGULAR)).horizontalAdvance(self.tr("Take all")) + 2
        return QRectF(self.viewport().width() - 12 - wide, row.top(), wide, row.height())

    # Drawing

    def ground(self, row: int) -> str:
        line = self._review.line(row)
        if isinstance(line, Group):
            return "subtle"
        return "watch-tint" if line is not None and line.state == UNDECIDED else ""

    def draw_row(self, painter: QPainter, rect: QRect, row: int, theme: Theme) -> None:
        line = self._review.line(row)
        if isinstance(line, Group):
            self._draw_group(painter, rect, line, theme)
        elif line is not None:
            self._draw_line(painter, rect, line, theme)

    def _draw_group(self, painter: QPainter, rect: QRect, group: Group, theme: Theme) -> None:
        arrow = QRectF(rect.left() + 10, rect.top(), 14, rect.height())
        name = "chevron-down" if group.is_open else "chevron-right"
        draw_icon(painter, arrow, name=name, colour=theme.colour("text2"), px=14)
        mark = QRectF(rect.left() + _INDENT + 8, rect.top(), 14, rect.height() - 1)
        draw_mark(painter, mark, band=group.band, theme=theme)
        link = self.take_all_rect(rect)
        room = QRectF(rect).adjusted(_INDENT + 30, 0, link.left() - rect.right() - 16, -1)
        painter.setPen(theme.colour("text"))
        wide = write(painter, room, group.name, face=(13, SEMIBOLD)) + 8
        painter.setPen(theme.colour("text2"))
        for words in (group.detail, plural(group.fields, "field"), group.worth):
            rest = room.adjusted(wide, 0, 0, 0)
            if words and rest.width() > _ROOM_FOR_DETAIL:
                wide += write(painter, rest, words, face=(12, REGULAR)) + 12
        painter.setPen(theme.colour("accent-text"))
        write(painter, link, self.tr("Take all"), right=True)

    def _draw_line(self, painter: QPainter, rect: QRect, line: Line, theme: Theme) -> None:
        was, becomes, note = self._rooms(rect, line)
        self._draw_name(painter, rect, was.left(), line, theme)
        kept = line.state != TAKE or line.was == UNKNOWN
        painter.setPen(theme.colour("text" if line.state != TAKE else "text2"))
        face = (13, MEDIUM if line.state == KEEP else REGULAR)
        self._value(painter, was, line.was, face, struck=not kept, right=True)
        if not self.isColumnHidden(ARROW):
            arrow = self.cell(rect, ARROW)
            draw_icon(painter, arrow, name="arrow-right", colour=theme.colour("text3"), px=14)
        ink = {TAKE: "accent-text", KEEP: "text2", UNDECIDED: "text"}[line.state]
        painter.setPen(theme.colour(ink))
        face = (13, MEDIUM if line.state == UNDECIDED else REGULAR)
        struck = line.state == KEEP
        self._value(painter, becomes, line.becomes, face, struck=struck)
        self._draw_note(painter, note, line, theme)
        self._draw_segments(painter, rect, line, theme)

    def _rooms(self, rect: QRect, line: Line) -> tuple[QRectF, QRectF, QRectF]:
        """Where both values and the note stand: what one leaves free, its neighbour may take."""
        metrics = QFontMetricsF(exact_font(13, MEDIUM))
        was, becomes = self.cell(rect, WAS), self.cell(rect, BECOMES)
        note = self.cell(rect, NOTE)
        left = self.cell(rect, FIELD).left() + _INDENT
        most = max((was.right() - left) / 2, was.right() - left - _ROOM_FOR_NAME)
        wide = min(metrics.horizontalAdvance(line.was) + 2, most)
        was.setLeft(was.right() - wide)
        right = rect.right() - self._decision
        noted = 0.0
        if line.note and not self.isColumnHidden(NOTE):
            small = QFontMetricsF(exact_font(12, MEDIUM))
            noted = small.horizontalAdvance(line.note) + (22 if line.is_conflict else 2) + 16
        rest = right - becomes.left()
        free = rest - min(noted, rest * _MOST_OF_NOTE)
        becomes.setWidth(min(metrics.horizontalAdvance(line.becomes) + 2, free))
        note.setLeft(max(becomes.right() + 16, min(note.left(), right - noted)))
        note.setRight(right)
        return was, becomes, note

    def _draw_name(
        self, painter: QPainter, rect: QRect, right: float, line: Line, theme: Theme
    ) -> None:
        room = self.cell(rect, FIELD).adjusted(_INDENT - 8, 0, 0, 0)
        room.setRight(right - 14)
        painter.setPen(theme.colour("text"))
        wide = write(painter, room, line.label)
        rest = room.adjusted(wide + 8, 0, 0, 0)
        if line.detail and rest.width() > _ROOM_FOR_DETAIL:
            painter.setPen(theme.colour("text3"))
            write(painter, rest, line.detail, face=(12, REGULAR))

    def _value(
        self, painter: QPainter, box: QRectF, text: str, face: tuple[int, int], *,
        struck: bool, right: bool = False,
    ) -> None:  # fmt: skip
        """Draw a value, struck out when it will not hold."""
        wide = write(painter, box, text, face=face, right=right)
        if struck:
            left = box.right() - wide if right else box.left()
            middle = round(box.center().y()) + 1
            painter.drawLine(round(left), middle, round(left + wide), middle)

    def _draw_note(self, painter: QPainter, room: QRectF, line: Line, theme: Theme) -> None:
        if not line.note or self.isColumnHidden(NOTE):
            return
        ink = "watch-ink" if line.state == UNDECIDED else "text2"
        if line.is_conflict:
            icon = QRectF(room.left(), room.top(), 14, room.height())
            draw_icon(painter, icon, name="git-compare", colour=theme.colour(ink), px=14)
            room.setLeft(room.left() + 20)
        painter.setPen(theme.colour(ink))
        face = (12, MEDIUM if line.state == UNDECIDED else REGULAR)
        write(painter, room, line.note, face=face)

    def _draw_segments(self, painter: QPainter, rect: QRect, line: Line, theme: Theme) -> None:
        chosen = {TAKE: 0, KEEP: 1}.get(line.state)
        words = (self._take, self._keep)
        segments.draw(painter, self.segments(rect), words, chosen=chosen, theme=theme)

    # Keys and clicks

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A takes, K keeps, Space turns a decision round, N finds the next open conflict."""
        row, key = self.currentIndex().row(), Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Undo):
            if not self._review.take_back():
                event.ignore()
            return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if row < 0 or not plain or not self._do(row, key):
            super().keyPressEvent(event)

    def _do(self, row: int, key: Qt.Key) -> bool:
        line = self._review.line(row)
        if key in (Qt.Key.Key_A, Qt.Key.Key_K):
            self._review.decide(row, take=key == Qt.Key.Key_A)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.fold(row, folded=key == Qt.Key.Key_Left)
        elif key == Qt.Key.Key_N:
            self.go_to_open()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(line, Group):
                self.fold(row, folded=line.is_open)
            elif line is not None:
                self._review.decide(row, take=line.state != TAKE)
        else:
            return False
        return True

    def go_to_open(self) -> None:
        """Go to the next conflict that nobody decided."""
        found = self._review.next_open(self.currentIndex().row())
        if found >= 0:
            self.setCurrentIndex(self._review.index(found, 0))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if event.reason() == QContextMenuEvent.Reason.Keyboard or not index.isValid():
            index = self.currentIndex()
        if not index.isValid():
            return
        self.setCurrentIndex(index)
        menu = self.menu_at(index.row())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        below = self.row_rect(index.row()).bottomLeft() + QPoint(_INDENT, 0)
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        menu.popup(self.viewport().mapToGlobal(below if by_key else event.pos()))

    def menu_at(self, row: int) -> QMenu:
        """What can be done with a row."""
        menu = QMenu(self)
        change, account = self._review.change_at(row), self._review.account_at(row)
        words = (self._take, self._keep) if change else (self.tr("Take all"), self.tr("Keep all"))
        for text, take in zip(words, (True, False), strict=True):
            self._verb(menu, text, partial(self._review.decide, row, take=take))
        if change is not None:
            menu.addSeparator()
            for text, whose in (
                (self.tr("Always take theirs for this field"), "theirs"),
                (self.tr("Always keep mine for this field"), "mine"),
            ):
                self._verb(menu, text, partial(self._review.always, change, whose))
        menu.addSeparator()
        self._verb(menu, self.tr("Open the account"), lambda: self.account_asked.emit(account))
        return menu

    def _verb(self, menu: QMenu, text: str, do: Callable[[], object]) -> None:
        verb = QAction(text, menu)
        verb.triggered.connect(lambda _on=False: do())
        menu.addAction(verb)

    def fold(self, row: int, *, folded: bool) -> None:
        """Fold the account of a row away or open it, staying at its heading."""
        heading = self._review.heading_row(row)
        place = self.verticalScrollBar().value()
        self._review.fold(row, folded=folded)
        self.setCurrentIndex(self._review.index(heading, 0))
        self.verticalScrollBar().setValue(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._click(event.position().toPoint())

    def _click(self, spot: QPoint) -> None:
        index = self.indexAt(spot)
        line = self._review.line(index.row())
        rect = self.row_rect(index.row())
        if isinstance(line, Group):
            if self.take_all_rect(rect).contains(spot.toPointF()):
                self._review.decide(index.row(), take=True)
            elif spot.x() < _INDENT + 12:
                self.fold(index.row(), folded=line.is_open)
        elif line is not None:
            take, keep = self.segments(rect)
            if take.contains(spot.toPointF()) or keep.contains(spot.toPointF()):
                self._review.decide(index.row(), take=take.contains(spot.toPointF()))
