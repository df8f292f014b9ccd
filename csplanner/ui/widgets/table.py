"""A wide table that paints whole rows itself, with first columns that stay in place."""

from typing import Protocol

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QStyle, QStyleOption, QTableView, QWidget

from csplanner.paint.cells import Cells
from csplanner.ui.look import theme_of
from csplanner.ui.widgets.panes import Ground
from csplanner.ui.widgets.table_header import TableHeader

Place = tuple[int, int, int]
"""A column as (number, left, width) in the viewport."""
Index = QModelIndex | QPersistentModelIndex


class RowPainter(Protocol):
    """Draws the rows of a table."""

    def ground(self, row: int, *, hovered: bool) -> str:
        """Return the colour token of a row's ground."""

    def spans(self, row: int) -> bool:
        """Say whether the row is one heading across all columns."""

    def heading(self, cells: Cells, *, row: int, rect: QRect) -> None:
        """Draw a heading."""

    def row(self, cells: Cells, *, row: int, top: int, places: list[Place]) -> None:
        """Draw the cells of a row at those places."""


class Table(QTableView):
    """A table of rows of one height; the model's cells are asked for words, never while painting.

    `opened` is emitted for a double click or Enter on a row, `peeked` for Space.
    """

    opened = Signal(int)
    peeked = Signal(int)
    folded = Signal(int)

    def __init__(self, frozen: int, row_height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.frozen = frozen
        self.artist: RowPainter
        self._cells: Cells | None = None
        self._hovered = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.head = TableHeader(frozen, self)
        self.setHorizontalHeader(self.head)
        upright = self.verticalHeader()
        upright.setSectionResizeMode(upright.ResizeMode.Fixed)
        upright.setMinimumSectionSize(row_height)
        upright.setDefaultSectionSize(row_height)
        upright.hide()
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(Ground("surface", self))
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(row_height)
        self.head.sectionResized.connect(self._repaint)
        self.head.sectionMoved.connect(self._repaint)

    @property
    def row_height(self) -> int:
        """The height of every row."""
        return self.verticalHeader().defaultSectionSize()

    # Geometry

    def places(self) -> tuple[list[Place], list[Place]]:
        """Return the columns that stay and those that scroll, as far as they can be seen."""
        head, width = self.head, self.viewport().width()
        edge = head.frozen_width()
        still: list[Place] = []
        moving: list[Place] = []
        for visual in range(head.count()):
            logical = head.logicalIndex(visual)
            size = head.sectionSize(logical)
            if not size:
                continue
            left = head.left_of(logical)
            if visual < self.frozen:
                still.append((logical, left, size))
            elif left < width and left + size > edge:
                moving.append((logical, left, size))
        return still, moving

    def visualRect(self, index: Index) -> QRect:
        """Return where a cell is; a heading takes the whole row."""
        if not index.isValid():
            return QRect()
        top = self.rowViewportPosition(index.row())
        if self.artist.spans(index.row()):
            return QRect(0, top, self.viewport().width(), self.row_height)
        left = self.head.left_of(index.column())
        return QRect(left, top, self.head.sectionSize(index.column()), self.row_height)

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the cell at a point of the viewport."""
        row = self.rowAt(point.y())
        if row < 0:
            return QModelIndex()
        for places in self.places():
            for column, left, width in places:
                if left <= point.x() < left + width:
                    return self.model().index(row, column)
        return QModelIndex()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a cell into view, out from under the columns that stay."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        stays = self.head.visualIndex(index.column()) < self.frozen
        if stays or self.artist.spans(index.row()):
            bar.setValue(before)
            return
        hidden = self.head.frozen_width() - self.visualRect(index).left()
        if hidden > 0:
            bar.setValue(bar.value() - hidden)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if dx:
            self._repaint()
        if dy:
            self._hover(-1)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        area = event.rect()
        painter = QPainter(self.viewport())
        cells = self._fresh_cells()
        painter.fillRect(area, cells.theme.colour("surface"))
        first = self.rowAt(area.top())
        if first >= 0:
            last = self.rowAt(area.bottom())
            last = self.model().rowCount() - 1 if last < 0 else last
            self._draw_rows(painter, cells, range(first, last + 1))
            self._draw_ring(painter)
        painter.end()

    def _draw_rows(self, painter: QPainter, cells: Cells, rows: range) -> None:
        artist, height, view = self.artist, self.row_height, self.viewport().rect()
        still, moving = self.places()
        tops = {row: self.rowViewportPosition(row) for row in rows}
        hair = cells.pen("hair")
        for row, top in tops.items():
            token = artist.ground(row, hovered=row == self._hovered)
            if token != "surface":
                painter.fillRect(0, top, view.width(), height, cells.theme.colour(token))
        self.draw_ground(painter, cells, tops)
        painter.setPen(hair)
        for top in tops.values():
            painter.drawLine(0, top + height - 1, view.right(), top + height - 1)
        clipped = self.horizontalScrollBar().value() > 0
        lines = [row for row in rows if not artist.spans(row)]
        if clipped:
            painter.setClipRect(view.adjusted(self.head.frozen_width(), 0, 0, 0))
        cells.begin(painter)
        for row in lines:
            artist.row(cells, row=row, top=tops[row], places=moving)
        painter.setClipping(False)
        for row in lines:
            artist.row(cells, row=row, top=tops[row], places=still)
        if clipped:
            self._draw_edge(painter, cells, [tops[row] for row in lines])
            cells.begin(painter)
        for row in rows:
            if artist.spans(row):
                rect = QRect(0, tops[row], view.width(), height)
                artist.heading(cells, row=row, rect=rect)

    def draw_ground(self, painter: QPainter, cells: Cells, tops: dict[int, int]) -> None:
        """Draw below the cells of some rows, each at its top; nothing unless a table does."""

    def _draw_edge(self, painter: QPainter, cells: Cells, tops: list[int]) -> None:
        """Show where the columns that stay end while others have gone below them."""
        edge = self.head.frozen_width() - 1
        painter.setPen(cells.pen("line"))
        for top in tops:
            painter.drawLine(edge, top, edge, top + self.row_height - 1)

    def _draw_ring(self, painter: QPainter) -> None:
        index = self.currentIndex()
        if not index.isValid() or not self.hasFocus():
            return
        option = QStyleOption()
        option.initFrom(self)
        option.rect = self.visualRect(index)
        if self.head.visualIndex(index.column()) >= self.frozen:
            edge = self.head.frozen_width()
            painter.setClipRect(self.viewport().rect().adjusted(edge, 0, 0, 0))
        ring = QStyle.PrimitiveElement.PE_FrameFocusRect
        self.style().drawPrimitive(ring, option, painter, self)

    def _fresh_cells(self) -> Cells:
        look, ratio = theme_of(self), self.devicePixelRatioF()
        if self._cells is None or self._cells.theme is not look or self._cells.ratio != ratio:
            self._cells = Cells(look, ratio)
        return self._cells

    # Mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def repaint_row(self, row: int) -> None:
        """Draw one row again."""
        top = self.rowViewportPosition(row)
        self.viewport().update(0, top, self.viewport().width(), self.row_height)

    def _hover(self, row: int) -> None:
        if row == self._hovered:
            return
        before, self._hovered = self._hovered, row
        for each in (before, row):
            if each >= 0:
                self.repaint_row(each)

    def _repaint(self, *_: object) -> None:
        self.viewport().update()
