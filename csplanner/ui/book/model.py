"""The table's model: an array of ids in order, rows read by id in pages of 32."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from csplanner.book.overview import Totals
from csplanner.domain.filters_groups import Group
from csplanner.domain.overview import Overview
from csplanner.language import tr
from csplanner.ui.book.cell_values import FIELDS
from csplanner.ui.book.columns import COLUMNS, Col
from csplanner.ui.book.folding import Folding
from csplanner.ui.book.head_tips import head_tip
from csplanner.ui.book.rows import BookRow, GroupRow, Reader, full, group_row, plain, spoken
from csplanner.ui.widgets.labels import tooltip_of

PAGE = 32
_PAGES_KEPT = 48
_ROWS_KEPT = 1024
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ROOT = QModelIndex()
Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Shown:
    """What the table shows: ids in order, their groups, and how to read lines by id."""

    ids: "array[int]" = field(default_factory=lambda: array("q"))
    groups: tuple[tuple[Group, int], ...] = ()
    totals: Mapping[Group, Totals] = field(default_factory=dict)
    read: Callable[[Sequence[int]], dict[int, Overview]] = lambda _: {}
    reader: Reader | None = None


class BookModel(QAbstractTableModel):
    """Accounts and the headings of their groups, and which accounts are ticked.

    `ticked` is emitted when other accounts are ticked.
    """

    ticked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shown = Shown()
        self._folding = Folding(0, (), frozenset())
        self._headings: list[GroupRow] = []
        self._pages: OrderedDict[int, dict[int, Overview]] = OrderedDict()
        self._rows: dict[int, BookRow] = {}
        self._ticked: set[int] = set()
        self._unsaved: dict[int, tuple[int, Overview]] = {}
        self._drafts = 0

    # What is shown

    def show(self, shown: Shown) -> None:
        """Show other content; ticks of accounts that are still there stay."""
        same = shown.ids == self._shown.ids and shown.groups == self._shown.groups
        if same and self._shown.reader is not None:
            self._shown = shown
            self._read_again()
        else:
            self.beginResetModel()
            self._shown = shown
            self._fold(self._folding.folded)
            self._forget_rows()
            self.endResetModel()
        if self._ticked and not self._ticked.issubset(shown.ids):
            self._ticked.intersection_update(shown.ids)
            self.ticked.emit()

    def fold(self, group: Group) -> None:
        """Fold a group away, or open it again."""
        self.beginResetModel()
        self._fold(self._folding.folded ^ {group})
        self.endResetModel()

    def at(self, line: int) -> BookRow | GroupRow | None:
        """Return the row on a line; None when its account has gone since."""
        place = self._folding.at(line)
        if place.position < 0:
            return self._headings[place.group]
        row_id = self._shown.ids[place.position]
        row = self._rows.get(row_id)
        return self._read_row(place.position, row_id) if row is None else row

    def account_at(self, line: int) -> BookRow | None:
        """Return the account on a line; None for a heading or when there is no such line."""
        if not 0 <= line < self._folding.lines:
            return None
        row = self.at(line)
        return row if isinstance(row, BookRow) else None

    def is_heading(self, line: int) -> bool:
        """Say whether a line is the heading of a group."""
        return bool(self._folding.groups) and self._folding.at(line).position < 0

    def heading_group(self, line: int) -> Group:
        """Return the group of the heading on a line."""
        return self._folding.groups[self._folding.at(line).group][0]

    def line_of(self, row_id: int) -> int:
        """Return the line of an account by its row id; −1 when it is not shown."""
        try:
            return self._folding.line_of(self._shown.ids.index(row_id))
        except ValueError:
            return -1

    def id_at(self, line: int) -> int | None:
        """Return the row id on a line without reading its page; None for a heading."""
        position = self._folding.at(line).position
        return None if position < 0 else self._shown.ids[position]

    @property
    def ids(self) -> "array[int]":
        """The row ids in order."""
        return self._shown.ids

    def _fold(self, folded: frozenset[Group]) -> None:
        shown = self._shown
        self._folding = Folding(len(shown.ids), shown.groups, folded)
        self._headings = self._new_headings()

    def _new_headings(self) -> list[GroupRow]:
        shown, folded = self._shown, self._folding.folded
        if shown.reader is None:
            return []
        unit = shown.reader.settings.hours_per
        return [
            group_row(group, shown.totals[group], unit=unit, is_open=group not in folded)
            for group, _ in shown.groups
        ]

    def _read_again(self) -> None:
        self._forget_rows()
        self._headings = self._new_headings()
        self._tell_all()

    def _forget_rows(self) -> None:
        self._pages.clear()
        self._rows.clear()

    def _read_row(self, position: int, row_id: int) -> BookRow | None:
        """Make the row when it is first looked at; its line is read with its page."""
        shown, number = self._shown, position // PAGE
        page = self._pages.get(number)
        if page is None:
            ids = shown.ids[number * PAGE : (number + 1) * PAGE]
            page = self._pages[number] = shown.read(ids)
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        line, reader = page.get(row_id), shown.reader
        if row_id in self._unsaved:
            line = self._unsaved[row_id][1]
        if line is None or reader is None:
            return None
        if len(self._rows) >= _ROWS_KEPT:
            self._rows.clear()
        row = self._rows[row_id] = reader.row(row_id, line)
        return row

    # What is being saved

    def show_unsaved(self, lines: Mapping[int, Overview]) -> int:
        """Show lines, by row id, as they will be once they are saved; returns a number to settle
        them by.
        """
        self._drafts += 1
        for row_id, line in lines.items():
            self._unsaved[row_id] = (self._drafts, line)
            self._rows.pop(row_id, None)
        self._tell_all()
        return self._drafts

    def settle(self, draft: int) -> None:
        """Show again what the book says of lines shown as unsaved under that number."""
        for row_id in [i for i, (number, _) in self._unsaved.items() if number == draft]:
            del self._unsaved[row_id]
            self._rows.pop(row_id, None)
        self._tell_all()

    def _tell_all(self) -> None:
        if self._folding.lines:
            last = self.index(self._folding.lines - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # Ticks

    @property
    def ticks(self) -> frozenset[int]:
        """Row ids of the accounts ticked."""
        return frozenset(self._ticked)

    @property
    def has_ticks(self) -> bool:
        """Whether any account is ticked."""
        return bool(self._ticked)

    def is_ticked(self, row_id: int) -> bool:
        """Say whether an account is ticked."""
        return row_id in self._ticked

    def tick(self, row_ids: Iterable[int], *, on: bool) -> None:
        """Tick accounts, or take their ticks away."""
        before = len(self._ticked)
        if on:
            self._ticked.update(row_ids)
        else:
            self._ticked.difference_update(row_ids)
        if len(self._ticked) != before:
            self._tell_ticks()

    def tick_lines(self, first: int, last: int) -> None:
        """Tick all accounts from one line to another."""
        low, high = sorted((first, last))
        ids = (self.id_at(line) for line in range(low, high + 1))
        self.tick((i for i in ids if i is not None), on=True)

    def _tell_ticks(self) -> None:
        if self._folding.lines:
            end = self.index(self._folding.lines - 1, Col.CHECK)
            self.dataChanged.emit(self.index(0, Col.CHECK), end, [Role.CheckStateRole])
        self.ticked.emit()

    # Qt

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._folding.lines

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.is_heading(index.row()):
            return flags
        if index.column() == Col.CHECK:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if index.column() in FIELDS:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        row = self.at(index.row())
        if isinstance(row, GroupRow):
            return _heading_data(row, index.column(), role)
        return None if row is None else self._cell(row, index.column(), role)

    def _cell(self, row: BookRow, column: int, role: int) -> object:
        if role == Role.DisplayRole:
            return shown_text(row, column)
        if role in (Role.AccessibleTextRole, Role.AccessibleDescriptionRole):
            return spoken(row, column)
        if role == Role.ToolTipRole:
            text = full(row, column)
            return f"<qt>{escape(text)}</qt>" if text else None
        if role == Role.EditRole:
            return plain(row, column)
        if role == Role.CheckStateRole and column == Col.CHECK:
            on = row.id in self._ticked
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == Role.TextAlignmentRole:
            return _RIGHT if COLUMNS[column].right else _LEFT
        return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        row = self.account_at(index.row()) if index.isValid() else None
        if row is None:
            return False
        if role == Role.CheckStateRole and index.column() == Col.CHECK:
            self.tick([row.id], on=Qt.CheckState(value) is Qt.CheckState.Checked)
            return True
        return False

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:  # noqa: ANN401
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(COLUMNS):
            return None
        column = COLUMNS[section]
        if role == Role.DisplayRole:
            return tr(column.title)
        if role == Role.TextAlignmentRole:
            return _RIGHT if column.right else _LEFT
        if role == Role.AccessibleTextRole:
            return tr(column.spoken or column.title)
        if role == Role.ToolTipRole:
            return tooltip_of(head_tip(column)) or None
        if role == Role.AccessibleDescriptionRole:
            return head_tip(column) or None
        return None


def _heading_data(row: GroupRow, column: int, role: int) -> object:
    if role == Role.DisplayRole:
        return row.title if column == Col.ACCOUNT else ""
    if role == Role.AccessibleTextRole:
        return f"{row.title}, {row.note}, {'open' if row.is_open else 'folded'}"
    return None


def shown_text(row: BookRow, column: int) -> str:
    """What a cell shows as one text."""
    texts = {
        Col.ACCOUNT: row.name,
        Col.TIER: f"{row.tier} {row.rule}".strip(),
        Col.HEALTH: row.score,
        Col.CHANGE: row.change,
        Col.SENTIMENT: row.feeling,
        Col.GAP: row.gap,
        Col.ARR: row.arr,
        Col.RENEWAL: f"{row.renewal} {row.left}".strip(),
        Col.YEAR: row.year,
        Col.TOUCH: row.touch,
        Col.STEP: row.step,
    }
    text = texts.get(Col(column))
    return row.more(column).text if text is None else text
