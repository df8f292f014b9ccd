"""The list of Today as a Qt model: headings that cannot be chosen, and rows that can."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from csplanner.ui.today.rows import Heading, Row

LINE_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class TodayModel(QAbstractListModel):
    """Headings and rows in the order they are shown; LINE_ROLE gives either."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Heading | Row] = []

    def show_lines(self, lines: Sequence[Heading | Row]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def line(self, index: _Index) -> Heading | Row | None:
        """Return the line at an index."""
        return self._lines[index.row()] if index.isValid() else None

    def row_at(self, index: _Index) -> Row | None:
        """Return the row at an index, None for a heading or nothing."""
        line = self.line(index)
        return line if isinstance(line, Row) else None

    def nearest(self, place: int) -> QModelIndex:
        """Return the row at `place` or the nearest one to it, invalid without any."""
        rows = [i for i, line in enumerate(self._lines) if isinstance(line, Row)]
        return self.index(min(rows, key=lambda i: abs(i - place))) if rows else QModelIndex()

    def place_of(self, account_id: str, kind: str) -> int | None:
        """Return where an account's signal stands, None when it is not listed."""
        for place, line in enumerate(self._lines):
            if isinstance(line, Row) and (line.account_id, line.kind) == (account_id, kind):
                return place
        return None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index)
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title if isinstance(line, Heading) else line.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.title} {line.count}" if isinstance(line, Heading) else line.spoken
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self.line(index), Row):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags
