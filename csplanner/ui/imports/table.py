"""A table that draws whole rows and reads them out as sentences; and plain lists in pages."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QStyle,
    QStyleOption,
    QTableView,
    QWidget,
)

from csplanner.domain.glossary import meaning
from csplanner.paint.fonts import MEDIUM, font
from csplanner.paint.tokens import Theme
from csplanner.ui.imports.parts import write
from csplanner.ui.look import theme_of
from csplanner.ui.widgets.labels import tooltip_of

ROW, PAD, PAGE = 30, 8, 200
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ROOT = QModelIndex()
STRETCH = 0


class LineTable(QTableView):
    """A flat table of equal rows drawn by `draw_row`; one Tab stop, arrows inside.

    `widths` are the columns' pixels; 0 takes what is left.
    """

    def __init__(
        self, name: str, widths: Sequence[int], parent: QWidget | None = None, *, row: int = ROW
    ) -> None:
        super().__init__(parent)
        self._widths, self._hovered = widths, -1
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QTableView.SelectionMode.NoSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setProperty("ownFocus", True)
        upright = self.verticalHeader()
        upright.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        upright.setMinimumSectionSize(row)
        upright.setDefaultSectionSize(row)
        upright.hide()
        self.verticalScrollBar().setSingleStep(row)
        head = _Head(self)
        self.setHorizontalHeader(head)
        head.setSectionsMovable(False)
        head.setSectionsClickable(False)
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(20)
        head.setFont(font(12, MEDIUM))
        head.setFixedHeight(max(30, head.fontMetrics().height() + 12))
        head.setHighlightSections(False)
        self._tint()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model, with the widths given."""
        super().setModel(model)
        head = self.horizontalHeader()
        for column, width in enumerate(self._widths):
            if width == STRETCH:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
                head.resizeSection(column, width)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        """Keep the heads in the ink of captions."""
        head, ink = self.horizontalHeader(), theme_of(self).colour("text3")
        palette = head.palette()
        if palette.color(QPalette.ColorRole.ButtonText) != ink:
            palette.setColor(QPalette.ColorRole.ButtonText, ink)
            palette.setColor(QPalette.ColorRole.WindowText, ink)
            head.setPalette(palette)

    def cell(self, row: QRect, column: int) -> QRectF:
        """Where a column's text stands in a row."""
        left, width = self.columnViewportPosition(column), self.columnWidth(column)
        inset = PAD if column == 0 else 0
        return QRectF(left + PAD + inset, row.top(), width - 2 * PAD - inset, row.height() - 1)

    def draw_row(self, painter: QPainter, rect: QRect, row: int, theme: Theme) -> None:
        """Draw a row's texts; the ground is drawn already."""
        for column in range(self.model().columnCount()):
            index = self.model().index(row, column)
            right = bool(
                Qt.AlignmentFlag(index.data(Role.TextAlignmentRole) or 0)
                & Qt.AlignmentFlag.AlignRight
            )
            painter.setPen(theme.colour("text" if column == 0 else "text2"))
            write(painter, self.cell(rect, column), str(index.data() or ""), right=right)

    def ground(self, _row: int) -> str:
        """The colour token of a row that is neither current nor hovered."""
        return ""

    def row_rect(self, row: int) -> QRect:
        """Where a row stands in the viewport."""
        top = self.rowViewportPosition(row)
        return QRect(0, top, self.viewport().width(), self.rowHeight(row))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            theme, area = theme_of(self), event.rect()
            painter.fillRect(area, theme.colour("surface"))
            first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
            if first < 0:
                return
            last = self.model().rowCount() - 1 if last < 0 else last
            for row in range(first, last + 1):
                self._paint_row(painter, row, theme)

    def _paint_row(self, painter: QPainter, row: int, theme: Theme) -> None:
        rect, current = self.row_rect(row), row == self.currentIndex().row()
        token = self.ground(row) or ("hover" if row == self._hovered else "")
        token = "selected-row" if current else token
        painter.save()
        if token:
            painter.fillRect(rect, theme.colour(token))
        painter.setPen(theme.colour("hair"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        self.draw_row(painter, rect, row, theme)
        painter.restore()
        if current and self.hasFocus():
            ring = QStyleOption()
            ring.initFrom(self)
            ring.rect = rect
            frame = QStyle.PrimitiveElement.PE_FrameFocusRect
            self.style().drawPrimitive(frame, ring, painter, self)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave single letters to the page; there is no search by typing in a row of drawings."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if plain and event.text().isprintable() and event.text().strip():
            event.ignore()
            return
        super().keyPressEvent(event)


class _Head(QHeaderView):
    """The heads, the first of them set in as far as the title above."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:
        super().paintSection(painter, rect, index)
        if index == 0:
            painter.save()
            painter.fillRect(rect.adjusted(0, 0, 0, -1), theme_of(self).colour("window"))
            painter.setPen(self.palette().color(QPalette.ColorRole.ButtonText))
            title = str(self.model().headerData(0, self.orientation()) or "")
            write(painter, QRectF(rect).adjusted(2 * PAD, 0, 0, -1), title, face=(12, MEDIUM))
            painter.restore()


class ListModel(QAbstractTableModel):
    """Rows of plain texts read in pages of 200 when they come into view."""

    def __init__(
        self,
        heads: Sequence[str],
        total: int,
        load: Callable[[int, int], Sequence[Sequence[str]]],
        *,
        right: frozenset[int] = frozenset(),
    ) -> None:
        """`load(offset, limit)` reads rows; `right` are the columns set to the right."""
        super().__init__()
        self._heads, self._total, self._load, self._right = heads, total, load, right
        self._pages: dict[int, Sequence[Sequence[str]]] = {}

    def let_go(self) -> None:
        """Show nothing from here on: what the rows were read from is about to close."""
        self.beginResetModel()
        self._total = 0
        self._pages.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        if role == Role.TextAlignmentRole:
            return side_of(index.column() in self._right)
        if role not in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
            return None
        cells = self._row(index.row())
        if role == Role.AccessibleTextRole and index.column() == 0:
            pairs = zip(self._heads, cells, strict=True)
            return ", ".join(f"{head} {cell}" for head, cell in pairs if cell)
        text = cells[index.column()]
        if role == Role.ToolTipRole:
            return f"<qt>{escape(text)}</qt>" if text else None
        return text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:  # noqa: ANN401
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(self._heads):
            return None
        if role == Role.TextAlignmentRole:
            return side_of(section in self._right)
        if role == Role.ToolTipRole:
            return tooltip_of(meaning(self._heads[section])) or None
        return self._heads[section] if role == Role.DisplayRole else None

    def _row(self, row: int) -> Sequence[str]:
        number, inside = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._load(number * PAGE, PAGE)
        return page[inside] if inside < len(page) else [""] * len(self._heads)


def side_of(is_right: bool) -> Qt.AlignmentFlag:
    """How the text of a cell stands: on its middle line, at its right or its left end."""
    side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
