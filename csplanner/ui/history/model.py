"""The changes as a Qt model that asks for more while it is scrolled."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal

from csplanner.ui.history.rows import Heading, Line, Row
from csplanner.ui.widgets.headed_list import HeadedModel, Index


class HistoryModel(HeadedModel[Heading, Row]):
    """Headings and rows in the order shown; `more_wanted` asks for the next page."""

    row_kind = Row
    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._has_more = False
        self._is_asking = False

    def show_lines(self, lines: Sequence[Line], *, has_more: bool) -> None:
        """Show other lines."""
        self._is_asking = False
        self._has_more = has_more
        if list(lines) != self._lines:
            self.replace_lines(lines)

    def add_lines(self, lines: Sequence[Line], *, has_more: bool) -> None:
        """Show more lines below those shown."""
        self._is_asking = False
        self._has_more = has_more
        if lines:
            known = len(self._lines)
            self.beginInsertRows(QModelIndex(), known, known + len(lines) - 1)
            self._lines += lines
            self.endInsertRows()

    def index_of(self, number: int) -> QModelIndex:
        """Return where a change stands, invalid when it is not listed."""
        for place, line in enumerate(self._lines):
            if isinstance(line, Row) and line.number == number:
                return self.index(place)
        return QModelIndex()

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._has_more and not self._is_asking

    def wait(self) -> None:
        """Ask for no further page meanwhile: everything that is left was asked for."""
        self._is_asking = True

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._is_asking = True
            self.more_wanted.emit()

    def words(self, line: Line) -> tuple[str, str]:
        if isinstance(line, Heading):
            return line.title, line.title
        return line.label, line.spoken
