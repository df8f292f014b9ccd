"""The changes as a Qt model that asks for more while it is scrolled."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from csplanner.ui.history.rows import Heading, Line, Row

LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """Headings and rows in the order shown; `more_wanted` asks for the next page."""

    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Line] = []
        self._has_more = False
        self._is_asking = False

    def show_lines(self, lines: Sequence[Line], *, has_more: bool) -> None:
        """Show other lines."""
        self._is_asking = False
        self._has_more = has_more
        if list(lines) == self._lines:
            return
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def add_lines(self, lines: Sequence[Line], *, has_more: bool) -> None:
        """Show more lines below those shown."""
        self._is_asking = False
        self._has_more = has_more
        if lines:
            known = len(self._lines)
            self.beginInsertRows(QModelIndex(), known, known + len(lines) - 1)
            self._lines += lines
            self.endInsertRows()

    def line(self, index: _Index) -> Line | None:
        """Return the line at an index."""
        return self._lines[index.row()] if index.isValid() else None

    def row_at(self, index: _Index) -> Row | None:
        """Return the row at an index, None for a heading or nothing."""
        line = self.line(index)
        return line if isinstance(line, Row) else None

    def index_of(self, number: int) -> QModelIndex:
        """Return where a change stands, invalid when it is not listed."""
        for place, line in enumerate(self._lines):
            if isinstance(line, Row) and line.number == number:
                return self.index(place)
        return QModelIndex()

    def nearest(self, place: int) -> QModelIndex:
        """Return the row at `place` or the nearest one to it, invalid without any."""
        rows = [i for i, line in enumerate(self._lines) if isinstance(line, Row)]
        return self.index(min(rows, key=lambda i: abs(i - place))) if rows else QModelIndex()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    def canFetchMore(self, parent: _Index) -> bool:
        return not parent.isValid() and self._has_more and not self._is_asking

    def fetchMore(self, parent: _Index) -> None:
        if self.canFetchMore(parent):
            self._is_asking = True
            self.more_wanted.emit()

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index)
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title if isinstance(line, Heading) else line.label
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.title if isinstance(line, Heading) else line.spoken
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self.line(index), Row):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags
