"""The grid of who knows whom: a row for each of theirs, a column for each of ours."""

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, REGULAR, SEMIBOLD, font
from csplanner.ui.look import row_height, theme_of
from csplanner.ui.map.coverage_dots import draw_contact, draw_ground
from csplanner.ui.map.coverage_rows import Cell, Head, Matrix, Row
from csplanner.ui.widgets.labels import tooltip_of

_Index = QModelIndex | QPersistentModelIndex
ROW, COLUMN = 26, 28
_NARROWEST = 96
"""Room for the names at least; they have what the columns leave."""
CELL_ROLE = Qt.ItemDataRole.UserRole + 1


class MatrixModel(QAbstractTableModel):
    """The cells of a matrix; spoken, each names both people and how they stand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix = Matrix()

    def show_matrix(self, matrix: Matrix) -> None:
        """Show other people."""
        self.beginResetModel()
        self.matrix = matrix
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.matrix.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.matrix.heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Vertical:
            name = self.matrix.rows[section].name
            return name if role in _SAID else tooltip_of(name) if role == _TIP else None
        head = self.matrix.heads[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return head.short
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return head.name
        return tooltip_of(head.name) if role == _TIP else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row, head = self.matrix.rows[index.row()], self.matrix.heads[index.column()]
        cell = row.cells[index.column()]
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.AccessibleTextRole or role == _TIP:
            said = tr("{0} and {1}: {2}").format(row.name, head.name, cell.words)
            return said if role == Qt.ItemDataRole.AccessibleTextRole else tooltip_of(said)
        return None


_TIP = Qt.ItemDataRole.ToolTipRole
_SAID = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class _Names(QHeaderView):
    """The names at the left, the chosen one on the ground of a selection."""

    def __init__(self, grid: "CoverageGrid") -> None:
        super().__init__(Qt.Orientation.Vertical, grid)
        self._grid = grid
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        return QSize(self._grid.names_width(), super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, place: int) -> None:
        grid, theme = self._grid, theme_of(self)
        row = grid.matrix.rows[place]
        chosen = row.key in grid.chosen
        draw_ground(painter, rect, theme, chosen=chosen, ends="l")
        face = font(12, SEMIBOLD if chosen else REGULAR)
        painter.setFont(face)
        painter.setPen(theme.colour("text"))
        room = rect.adjusted(4, 0, -4, 0)
        shown = painter.fontMetrics().elidedText(
            row.name, Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)


class _Heads(QHeaderView):
    """The initials at the top; yours in the colour of your own."""

    def __init__(self, grid: "CoverageGrid") -> None:
        super().__init__(Qt.Orientation.Horizontal, grid)
        self._grid = grid
        self.setFixedHeight(26)
        self.setMinimumSectionSize(COLUMN)
        self.setDefaultSectionSize(COLUMN)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, place: int) -> None:
        theme, head = theme_of(self), self._grid.matrix.heads[place]
        painter.fillRect(rect, theme.colour("window"))
        painter.setFont(font(11, MEDIUM if head.is_you else REGULAR))
        painter.setPen(theme.colour("accent-text" if head.is_you else "text2"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, head.short)


class _Dots(QStyledItemDelegate):
    """Filled in touch, hollow quiet, dashed planned, a speck for nothing; size is strength."""

    def __init__(self, grid: "CoverageGrid") -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme = theme_of(option.palette)
        key = self._grid.matrix.rows[index.row()].key
        painter.save()
        last = index.column() == len(self._grid.matrix.heads) - 1
        chosen = key in self._grid.chosen
        draw_ground(painter, option.rect, theme, chosen=chosen, ends="r" if last else "")
        cell = index.data(CELL_ROLE)
        if isinstance(cell, Cell):
            draw_contact(painter, QRectF(option.rect).center(), cell, theme)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(2, 2, -2, -2), 4, 4)
        painter.restore()


class CoverageGrid(QTableView):
    """Arrows walk the cells, Space chooses the person of the row, Enter opens the two of a cell."""

    chosen_row = Signal(str)
    """The key of one of theirs."""
    pair_asked = Signal(str, str)
    """The keys of one of ours and one of theirs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = MatrixModel(self)
        self.chosen: frozenset[str] = frozenset()
        self.setModel(self._model)
        self.setItemDelegate(_Dots(self))
        self.setVerticalHeader(_Names(self))
        self.setHorizontalHeader(_Heads(self))
        self.setAccessibleName(tr("Who knows whom"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCornerButtonEnabled(False)
        for corner in self.findChildren(QAbstractButton):
            corner.setMaximumSize(0, 0)
        self.setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(lambda at: self.chosen_row.emit(self._row(at.row()).key))
        self.doubleClicked.connect(self._open)
        self.verticalHeader().sectionClicked.connect(
            lambda place: self.chosen_row.emit(self._row(place).key)
        )
        self.fit_rows()

    @property
    def matrix(self) -> Matrix:
        """What is shown."""
        return self._model.matrix

    def show_matrix(self, matrix: Matrix) -> None:
        """Show other people, keeping the current cell where both are still there."""
        at = self._current()
        self._model.show_matrix(matrix)
        self._keep(at)
        self._fit_height()

    def show_chosen(self, keys: frozenset[str]) -> None:
        """Mark the rows of those people."""
        if keys != self.chosen:
            self.chosen = keys
            self.viewport().update()
            self.verticalHeader().viewport().update()

    def fit_rows(self) -> None:
        """Give rows the height asked for."""
        self.verticalHeader().setMinimumSectionSize(row_height(ROW))
        self.verticalHeader().setDefaultSectionSize(row_height(ROW))
        self._fit_height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex()
        key = Qt.Key(event.key())
        if at.isValid() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(at)
        elif at.isValid() and key == Qt.Key.Key_Space:
            self.chosen_row.emit(self._row(at.row()).key)
        else:
            super().keyPressEvent(event)

    def _row(self, place: int) -> Row:
        return self.matrix.rows[place]

    def _head(self, place: int) -> Head:
        return self.matrix.heads[place]

    def _open(self, at: QModelIndex) -> None:
        self.pair_asked.emit(self._head(at.column()).key, self._row(at.row()).key)

    def _current(self) -> tuple[str, str] | None:
        at = self.currentIndex()
        return (self._row(at.row()).key, self._head(at.column()).key) if at.isValid() else None

    def _keep(self, at: tuple[str, str] | None) -> None:
        rows = [row.key for row in self.matrix.rows]
        heads = [head.key for head in self.matrix.heads]
        if at is not None and at[0] in rows and at[1] in heads:
            index = self._model.index(rows.index(at[0]), heads.index(at[1]))
            self.setCurrentIndex(index)
        elif rows and heads:
            self.setCurrentIndex(self._model.index(0, 0))

    def names_width(self) -> int:
        """How wide the names are: what the columns leave."""
        room = self.width() - len(self.matrix.heads) * COLUMN
        return max(_NARROWEST, room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit_height()
        super().resizeEvent(event)

    def _fit_height(self) -> None:
        wide = len(self.matrix.heads) * COLUMN + self.names_width() > max(self.width(), 1)
        bars = Qt.ScrollBarPolicy
        self.setHorizontalScrollBarPolicy(
            bars.ScrollBarAsNeeded if wide else bars.ScrollBarAlwaysOff
        )
        if self.verticalHeader().width() != self.names_width():
            self.verticalHeader().setFixedWidth(self.names_width())
        self.updateGeometries()
        rows = len(self.matrix.rows) * self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar().sizeHint().height() if wide else 0
        self.setFixedHeight(self.horizontalHeader().height() + rows + bar)
