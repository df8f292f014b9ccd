"""Figures before and after an import, and the accounts whose health it moves."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from csplanner.domain.trial import ScoreMove
from csplanner.paint.fonts import REGULAR, SEMIBOLD, font
from csplanner.paint.icons import draw_icon
from csplanner.paint.marks import draw_mark, mark_words
from csplanner.paint.tokens import Theme
from csplanner.ui.imports.parts import write
from csplanner.ui.imports.words import one_line
from csplanner.ui.look import theme_of
from csplanner.ui.style_drawing import panel
from csplanner.ui.widgets.format import UNKNOWN, number
from csplanner.ui.widgets.labels import set_plain_tooltip, tooltip_of

ROW = 27
_ROLE = Qt.ItemDataRole.UserRole
_ARROW = 22


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure before and after; `is_old` while it is being worked out anew."""

    title: str
    before: str
    after: str
    is_old: bool = False

    @property
    def words(self) -> str:
        """`Accounts 39 → 41`, or the figure alone where it stays."""
        moved = f"{self.before} → {self.after}" if self.before != self.after else self.before
        return f"{self.title} {moved}"


class Figures(QWidget):
    """Figures one below the other: name, before, arrow, after."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figures: tuple[Figure, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these in place of the former ones."""
        self._figures = tuple(figures)
        self.setFixedHeight(sum(self._height(f) for f in figures) or 1)
        self.setAccessibleName(", ".join(f.words for f in figures))
        set_plain_tooltip(self, "")
        self.update()

    def words(self) -> list[str]:
        """Every figure in words, in order."""
        return [figure.words for figure in self._figures]

    def _height(self, figure: Figure) -> int:
        """Two lines where several currencies stand beside each other."""
        return ROW if self._fits(figure) else 2 * ROW - 6

    def _fits(self, figure: Figure) -> bool:
        plain, bold = QFontMetricsF(font(13, REGULAR)), QFontMetricsF(font(13, SEMIBOLD))
        wide = plain.horizontalAdvance(figure.title + figure.before) + _ARROW + 8
        return wide + bold.horizontalAdvance(figure.after) <= max(self.width(), 230)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            theme, top = theme_of(self), 0.0
            for figure in self._figures:
                box = QRectF(0, top, self.width(), ROW)
                painter.setPen(theme.colour("text2"))
                write(painter, box, figure.title)
                if not self._fits(figure):
                    box.moveTop(top + ROW - 6)
                self._draw(painter, box, figure)
                top += self._height(figure)

    def _draw(self, painter: QPainter, box: QRectF, figure: Figure) -> None:
        theme = theme_of(self)
        painter.setPen(theme.colour("text3" if figure.is_old else "text"))
        wide = write(painter, box, figure.after, face=(13, SEMIBOLD), right=True)
        if figure.before == figure.after:
            return
        arrow = QRectF(box.right() - wide - _ARROW, box.top(), _ARROW, box.height())
        draw_icon(painter, arrow, name="arrow-right", colour=theme.colour("text3"), px=14)
        painter.setPen(theme.colour("text2"))
        write(painter, box.adjusted(0, 0, -wide - _ARROW, 0), figure.before, right=True)


class MoveList(QListWidget):
    """Accounts whose score or band moves; Enter or a click emits `chosen` with the account."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Scores that move"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setItemDelegate(_MoveDelegate(self))
        self.setMouseTracking(True)
        self.setProperty("ownFocus", True)
        self.itemClicked.connect(lambda item: self.chosen.emit(item.data(_ROLE).account_id))

    def show_moves(self, moves: Sequence[ScoreMove]) -> None:
        """Show these in place of the former ones, as high as they need."""
        self.clear()
        for move in moves:
            item = QListWidgetItem()
            item.setData(_ROLE, move)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words_of(move))
            item.setToolTip(tooltip_of(""))
            self.addItem(item)
        self.setFixedHeight(max(1, len(moves) * ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if enter and item is not None:
            self.chosen.emit(item.data(_ROLE).account_id)
            return
        super().keyPressEvent(event)


def words_of(move: ScoreMove) -> str:
    """`Merrow Telecom, at risk 43 → at risk 41`."""
    before = f"{mark_words(move.band_before.value)} {_score(move.before)}"
    after = f"{mark_words(move.band_after.value)} {_score(move.after)}"
    because = f". {move.because}" if move.because else ""
    return f"{one_line(move.name)}, {before} → {after}{because}"


def _score(value: int | None) -> str:
    return number(value) if value is not None else UNKNOWN


class _MoveDelegate(QStyledItemDelegate):
    def sizeHint(
        self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(120, ROW)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        move, theme = index.data(_ROLE), theme_of(option.palette)
        box, state = QRectF(option.rect), option.state
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.colour("hover"))
        painter.setPen(theme.colour("hair"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.setPen(theme.colour("text"))
        after = (move.after, move.band_after.value, SEMIBOLD)
        right = _figure(painter, QRectF(box), after, theme)
        arrow = QRectF(right - 20, box.top(), 18, box.height())
        draw_icon(painter, arrow, name="arrow-right", colour=theme.colour("text3"), px=14)
        painter.setPen(theme.colour("text2"))
        before = (move.before, move.band_before.value, REGULAR)
        rest = QRectF(box)
        rest.setRight(right - 22)
        right = _figure(painter, rest, before, theme)
        painter.setPen(theme.colour("text"))
        room = QRectF(box.left(), box.top(), right - box.left() - 8, box.height())
        write(painter, room, one_line(move.name))
        if state & QStyle.StateFlag.State_HasFocus:
            panel(painter, box.adjusted(0, 0, -1, -1), fill="", border="focus", theme=theme)


def _figure(
    painter: QPainter, box: QRectF, shown: tuple[int | None, str, int], theme: Theme
) -> float:
    """Draw a mark with its score at the right end of `box`; return where they begin."""
    score, band, weight = shown
    words = number(score) if score is not None else "–"
    room = QRectF(box.right() - 24, box.top(), 24, box.height())
    write(painter, room, words, face=(13, weight), right=True)
    mark = QRectF(box.right() - 38, box.top(), 14, box.height())
    draw_mark(painter, mark, band=band, theme=theme)
    return box.right() - 40
