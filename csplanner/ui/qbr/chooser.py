"""Choosing whose review to prepare: accounts by their next decision, found by name."""

from array import array
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from csplanner.domain.filters import Condition, View
from csplanner.domain.glossary import meaning
from csplanner.domain.wording import count_text
from csplanner.language import noted, tr
from csplanner.paint.marks import mark_words
from csplanner.ui.pyramid.cells import BAND_ROLE, dress_rows
from csplanner.ui.qbr.rows import AccountRow, account_row
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.fields import SearchField
from csplanner.ui.widgets.labels import PlainLabel, tooltip_of
from csplanner.ui.widgets.panes import Ground

Index = QModelIndex | QPersistentModelIndex
_PAGE = 64
_ARR = 2
_COLUMNS = (
    (noted("Account"), 300),
    (noted("Health"), 120),
    (noted("ARR"), 110),
    (noted("Next decision"), 300),
)


class ChooserModel(QAbstractTableModel):
    """Accounts by next decision; rows are read by the page as they are looked at."""

    def __init__(self, session: BookSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ids: array[int] = array("q")
        self._pages: dict[int, list[AccountRow]] = {}

    def show_matching(self, text: str) -> None:
        """Show the accounts whose name holds `text`."""
        self.beginResetModel()
        conditions = (Condition("name", "contains", text.strip()),) if text.strip() else ()
        self._ids = self._session.read.overview.ids(View(conditions, sort="renewal"))
        self._pages.clear()
        self.endResetModel()

    def row_at(self, row: int) -> AccountRow | None:
        """The account of a row."""
        page = row // _PAGE
        if row < 0:
            return None
        if page not in self._pages:
            book = self._session.read
            ids = self._ids[page * _PAGE : (page + 1) * _PAGE]
            as_of = book.as_of()
            self._pages[page] = [account_row(line, as_of) for line in book.overview.rows(ids)]
        lines = self._pages[page]
        return lines[row % _PAGE] if row % _PAGE < len(lines) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt takes what the role asks for
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(_COLUMNS[section][0])
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_of(meaning(tr(_COLUMNS[section][0]))) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        if role == Qt.ItemDataRole.TextAlignmentRole and index.isValid():
            return _side(index.column())
        row = self.row_at(index.row()) if index.isValid() else None
        if row is not None and role == BAND_ROLE and index.column() == 1:
            return row.band
        if row is None or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        return (row.name, mark_words(row.band), row.arr, row.renewal)[index.column()]


def _side(column: int) -> int:
    """Amounts stand at the right of their column, words at the left."""
    right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
    return int((right if column == _ARR else left) | Qt.AlignmentFlag.AlignVCenter)


class AccountChooser(Ground):
    """A field that finds and a list; `chosen(account id)` on Enter or a double click."""

    chosen = Signal(str)

    def __init__(self, session: BookSession, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.model = ChooserModel(session, self)
        self.field = SearchField(self.tr("Find an account"))
        self.field.setFixedWidth(300)
        self.field.textChanged.connect(self.model.show_matching)
        self.table = _Table(self)
        self.table.setModel(self.model)
        for at, (_, width) in enumerate(_COLUMNS):
            self.table.setColumnWidth(at, width)
        self.table.horizontalHeader().setStretchLastSection(True)
        self._words = PlainLabel("", colour="text2")
        bar = Ground("window", lines="b")
        bar.setFixedHeight(44)
        line = QHBoxLayout(bar)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(12)
        line.addWidget(self.field)
        line.addWidget(self._words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.table, 1)
        self.table.doubleClicked.connect(lambda index: self.take(index.row()))
        self.field.returnPressed.connect(lambda: self.take(max(0, self.table.currentIndex().row())))
        self.model.modelReset.connect(self._count)
        self.setFocusProxy(self.table)

    def refresh(self) -> None:
        """Ask the book again."""
        row = self.table.currentIndex().row()
        self.model.show_matching(self.field.text())
        if self.model.rowCount():
            self.table.selectRow(min(max(row, 0), self.model.rowCount() - 1))

    def take(self, row: int) -> None:
        """Choose the account of a row."""
        found = self.model.row_at(row)
        if found is not None:
            self.chosen.emit(found.account_id)

    def _count(self) -> None:
        count = count_text(self.model.rowCount(), "account")
        words = self.tr("{0} by next decision. Enter prepares the review.")
        nothing = self.tr("No account matches. Clear the field to see all.")
        self._words.setText(words.format(count) if self.model.rowCount() else nothing)


class _Table(QTableView):
    """A list of accounts; Enter chooses."""

    def __init__(self, owner: AccountChooser) -> None:
        super().__init__(owner)
        self._owner = owner
        dress_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(self.tr("Accounts by next decision"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._owner.take(self.currentIndex().row())
            return
        super().keyPressEvent(event)
