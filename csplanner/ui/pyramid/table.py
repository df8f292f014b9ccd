"""The placement table: every account with its tier, the rule's, both axes and its hours."""

from array import array
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from csplanner.domain.account import Tier
from csplanner.domain.filters import View
from csplanner.domain.glossary import meaning
from csplanner.domain.overview import Overview
from csplanner.domain.wording import tier_word
from csplanner.language import noted, tr
from csplanner.ui.pyramid.cells import TIER_ROLE, dress_rows
from csplanner.ui.pyramid.rows import Hours, letter_of
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.format import plural
from csplanner.ui.widgets.labels import PlainLabel, tooltip_of
from csplanner.ui.widgets.panes import Ground
from csplanner.ui.words import amount

PAGE = 64
_MOST_AT_ONCE = 5000
_LETTERS = {
    Qt.Key.Key_H: Tier.HIGH, Qt.Key.Key_M: Tier.MEDIUM, Qt.Key.Key_L: Tier.LOW,
    Qt.Key.Key_D: Tier.DIGITAL,
}  # fmt: skip
_CRITICAL = (
    noted("no"), noted("important"), noted("business-critical"), noted("lives depend on it"),
)  # fmt: skip
Index = QModelIndex | QPersistentModelIndex
Cell = Callable[[Overview, Hours], str]


def _score(value: int | None) -> str:
    return tr("unknown") if value is None else str(value)


COLUMNS: tuple[tuple[str, str, int, bool, Cell], ...] = (
    (noted("Account"), "name", 210, False, lambda o, _: o.name),
    (noted("Tier"), "tier", 90, False, lambda o, _: tier_word(o.tier)),
    (noted("Rule"), "", 90, False,
     lambda o, _: tier_word(o.rule_tier) if o.rule_tier else tr("unknown")),
    (noted("Differs"), "", 70, False, lambda o, _: tr("differs") if o.is_override else ""),
    (noted("Equipped"), "", 84, True, lambda o, _: _score(o.equipped)),
    (noted("Potential"), "", 84, True, lambda o, _: _score(o.potential)),
    (noted("Critical"), "", 140, False,
     lambda o, _: tr("unknown")
     if o.criticality is None else tr(_CRITICAL[min(3, o.criticality)])),
    (noted("ARR"), "arr", 90, True, lambda o, _: amount(o.arr)),
    (noted("Promised"), "", 84, True, lambda o, h: h.text(o.hours_promised)),
    (noted("Spent"), "", 84, True, lambda o, h: h.text(o.hours_spent)),
    (noted("What the rule says"), "", 420, False, lambda o, _: o.tier_reason),
)  # fmt: skip
"""Title, sort field (empty: not sorted by it), width, number, and the words of a cell."""


class PlacementModel(QAbstractTableModel):
    """The accounts in the order of a view; lines are read by the page as they are looked at."""

    def __init__(self, session: BookSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._ids: array[int] = array("q")
        self._pages: dict[int, list[Overview]] = {}
        self._hours = Hours()
        self._view = View(sort="tier")

    def refresh(self) -> None:
        """Ask the book again."""
        self.beginResetModel()
        book = self._session.read
        self._ids = book.overview.ids(self._view)
        self._pages.clear()
        self._hours = Hours(book.settings.hours_per)
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        field = COLUMNS[column][1] if 0 <= column < len(COLUMNS) else ""
        if field:
            self._view = View(sort=field, descending=order == Qt.SortOrder.DescendingOrder)
            self.refresh()

    def line(self, row: int) -> Overview | None:
        """The account of a row."""
        page = row // PAGE
        if page not in self._pages:
            ids = self._ids[page * PAGE : (page + 1) * PAGE]
            self._pages[page] = self._session.read.overview.rows(ids)
        lines = self._pages[page]
        return lines[row % PAGE] if row % PAGE < len(lines) else None

    def accounts(self, rows: Sequence[int]) -> list[str]:
        """Ids of the accounts of many rows."""
        return [line.account_id for row in rows if (line := self.line(row)) is not None]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt takes what the role asks for
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section][0]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_of(meaning(COLUMNS[section][0])) or None
        if role == Qt.ItemDataRole.TextAlignmentRole and 0 <= section < len(COLUMNS):
            return _side(number=COLUMNS[section][3])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        title, _, _, number, words = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words(line, self._hours)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{title} {words(line, self._hours)}"
        if role == TIER_ROLE and title in ("Tier", "Rule"):
            tier = line.tier if title == "Tier" else line.rule_tier
            return letter_of(tier) if tier else None
        if role == Qt.ItemDataRole.ToolTipRole and title in ("Account", "What the rule says"):
            return f"<qt>{escape(words(line, self._hours))}</qt>"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(number=number)
        return None


def _side(*, number: bool) -> int:
    side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


class PlacementTab(Ground):
    """The table and what can be done to the rows chosen in it.

    `chosen(id)`: the current account; `asked([ids], tier)`: move them there (None: ask where).
    """

    chosen = Signal(str)
    opened = Signal(str)
    asked = Signal(object, object)

    def __init__(self, session: BookSession, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.model = PlacementModel(session, self)
        self.table = _Table(self)
        self.table.setModel(self.model)
        self.table.set_up()
        self._words = PlainLabel("", colour="text2")
        self.place_button = Button(self.tr("Place the chosen…"))
        self.place_button.clicked.connect(lambda: self.ask(None))
        bar = Ground("window", lines="t")
        bar.setFixedHeight(44)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(self._words, 1)
        row.addWidget(self.place_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(bar)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _: self._tell(now))
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._count())
        self.table.doubleClicked.connect(lambda _index: self._open())
        self.setFocusProxy(self.table)
        self._count()

    def refresh(self) -> None:
        """Ask the book again, keeping the row and the place."""
        row, top = self.table.currentIndex().row(), self.table.verticalScrollBar().value()
        self.model.refresh()
        self.table.verticalScrollBar().setValue(top)
        if 0 <= row < self.model.rowCount():
            flags = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().setCurrentIndex(self.model.index(row, 0), flags.NoUpdate)
        self._count()

    def rows(self) -> list[int]:
        """The rows chosen, from the top; the current one where none is."""
        chosen = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        current = self.table.currentIndex().row()
        return chosen or ([current] if current >= 0 else [])

    def ask(self, tier: Tier | None) -> None:
        """Ask to move the accounts chosen."""
        ids = self.model.accounts(self.rows()[:_MOST_AT_ONCE])
        if ids:
            self.asked.emit(ids, tier)

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key on the table means; say whether it meant anything."""
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if plain and key in _LETTERS:
            self.ask(_LETTERS[key])
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            return False
        return True

    def _open(self) -> None:
        ids = self.model.accounts([self.table.currentIndex().row()])
        if ids:
            self.opened.emit(ids[0])

    def _tell(self, now: QModelIndex) -> None:
        line = self.model.line(now.row()) if now.isValid() else None
        if line is not None:
            self.chosen.emit(line.account_id)

    def _count(self) -> None:
        count = len(self.table.selectionModel().selectedRows())
        self.place_button.setEnabled(count > 0)
        whole = plural(self.model.rowCount(), "account")
        hint = self.tr("{0}. Choose rows with Shift and Ctrl; H, M, L or D moves them.")
        self._words.setText(
            self.tr("{0} chosen").format(plural(count, "account")) if count else hint.format(whole)
        )


class _Table(QTableView):
    """A table whose letters are verbs."""

    def __init__(self, tab: PlacementTab) -> None:
        super().__init__(tab)
        self._tab = tab
        dress_rows(self)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Placements"))

    def set_up(self) -> None:
        """Set widths and sorting once there is a model."""
        head = self.horizontalHeader()
        head.setSortIndicator(1, Qt.SortOrder.AscendingOrder)
        for column, (_, _, width, _, _) in enumerate(COLUMNS):
            self.setColumnWidth(column, width)
        head.setStretchLastSection(True)
        self.setSortingEnabled(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._tab.key(event):
            super().keyPressEvent(event)
