"""The changed fields under their accounts, read in pages; decisions go straight to the staging."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt, Signal

from csplanner.book.staging_pages import FieldChange, StagedPages
from csplanner.domain.glossary import meaning
from csplanner.language import Spoken, noted, tr
from csplanner.ui.imports.table import PAGE, ROOT, Index
from csplanner.ui.imports.words import Group, Line, line_of, one_line
from csplanner.ui.widgets.labels import tooltip_of

HEADS = (
    noted("Field"),
    noted("In your book"),
    "",
    noted("In the file"),
    noted("Note"),
    noted("Decision"),
)
_RIGHT = {1, 5}
Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Filter:
    """Which changed fields are shown: only conflicts, or only those of one label."""

    conflicts: bool | None = None
    label: str = ""


class ReviewModel(QAbstractTableModel):
    """Lines of the review: a heading per account, then its fields.

    `tell_apart` gives words by id for accounts of one name.
    `decided` is emitted after decisions, with the ids of the fields (None: of all there are).
    """

    decided = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._pages: StagedPages | None = None
        self._filter = Filter()
        self._accounts: list[tuple[str, str, int]] = []
        self._offsets: list[int] = []
        self._starts: list[int] = []
        self._folded: set[str] = set()
        self.tell_apart: Callable[[list[str]], dict[str, str]] = lambda _ids: {}
        self._details: dict[str, str] = {}
        self._lines = 0
        self._read: dict[int, list[FieldChange]] = {}

    def show(self, pages: StagedPages | None, wanted: Filter) -> None:
        """Show the changed fields of a staged snapshot that the filter lets through."""
        self.beginResetModel()
        self._pages, self._filter = pages, wanted
        self._read.clear()
        self._folded.clear()
        self._accounts = (
            pages.accounts(conflicts=wanted.conflicts, label=wanted.label) if pages else []
        )
        self._details = self.tell_apart(self._doubled()) if pages else {}
        self._measure()
        self.endResetModel()

    def _doubled(self) -> list[str]:
        """The accounts that share their name with another one shown."""
        seen = Counter(name for _, name, _ in self._accounts)
        return [key for key, name, _ in self._accounts if seen[name] > 1]

    @property
    def accounts(self) -> int:
        """How many accounts are shown."""
        return len(self._accounts)

    def line(self, row: int) -> Group | Line | None:
        """What stands in a row; None when there is no such row."""
        change = self.change_at(row)
        if change is not None:
            return line_of(change, self._today)
        group = self._group_of(row)
        if group is None:
            return None
        account_id, name, count = self._accounts[group]
        is_open, detail = account_id not in self._folded, self._details.get(account_id, "")
        return Group(account_id, one_line(name), count, is_open, detail)

    def is_group(self, row: int) -> bool:
        """Whether an account's heading stands in a row."""
        group = self._group_of(row)
        return group is not None and self._starts[group] == row

    def change_at(self, row: int) -> FieldChange | None:
        """The field in a row; None for a heading."""
        group = self._group_of(row)
        if group is None or self._starts[group] == row:
            return None
        return self._field(self._offsets[group] + row - self._starts[group] - 1)

    def heading_row(self, row: int) -> int:
        """The row of the heading above a row."""
        group = self._group_of(row)
        return -1 if group is None else self._starts[group]

    def fold(self, row: int, *, folded: bool) -> None:
        """Fold an account away, or open it."""
        group = self._group_of(row)
        if group is None or (self._accounts[group][0] in self._folded) == folded:
            return
        self.beginResetModel()
        self._folded ^= {self._accounts[group][0]}
        self._measure()
        self.endResetModel()

    # Decisions

    def decide(self, row: int, *, take: bool) -> None:
        """Decide the field of a row, or every field of the account whose heading it is."""
        if self.is_group(row):
            group = self._group_of(row) or 0
            found = self._fields(self._offsets[group], self._accounts[group][2])
            self._decide([f.id for f in found], take=take)
        else:
            change = self.change_at(row)
            if change is not None:
                self._decide([change.id], take=take)

    def decide_shown(self, *, take: bool) -> None:
        """Decide every field the filter lets through, also those not read yet."""
        if self._filter == Filter():
            self._decide(None, take=take)
        else:
            self._decide([f.id for f in self._fields(0, sum(self._counts()))], take=take)

    def _decide(self, ids: list[int] | None, *, take: bool) -> None:
        if self._pages is None:
            return
        self._pages.decide(ids, take=take)
        self._read.clear()
        if self._lines:
            self.dataChanged.emit(
                self.index(0, 0), self.index(self._lines - 1, len(HEADS) - 1)
            )  # fmt: skip
        self.decided.emit(ids)

    # Reading

    def _counts(self) -> Iterable[int]:
        return (count for _, _, count in self._accounts)

    def _measure(self) -> None:
        self._offsets, self._starts = [], []
        offset = line = 0
        for account_id, _, count in self._accounts:
            self._offsets.append(offset)
            self._starts.append(line)
            offset += count
            line += 1 if account_id in self._folded else count + 1
        self._lines = line

    def _group_of(self, row: int) -> int | None:
        if not 0 <= row < self._lines:
            return None
        return bisect_right(self._starts, row) - 1

    def _field(self, offset: int) -> FieldChange | None:
        number, inside = divmod(offset, PAGE)
        page = self._read.get(number)
        if page is None:
            page = self._read[number] = self._fields(number * PAGE, PAGE)
        return page[inside] if inside < len(page) else None

    def _fields(self, offset: int, limit: int) -> list[FieldChange]:
        if self._pages is None:
            return []
        return self._pages.fields(
            offset=offset, limit=limit, conflicts=self._filter.conflicts, label=self._filter.label
        )

    # Qt

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else self._lines

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401
        if not index.isValid() or role not in _ROLES:
            return None
        line = self.line(index.row())
        if line is None:
            return None
        if role == Role.AccessibleTextRole:
            return line.spoken
        if isinstance(line, Group):
            return line.name if index.column() == 0 else ""
        text = _CELLS[index.column()](line)
        if role == Role.ToolTipRole:
            return f"<qt>{escape(text)}</qt>" if text else None
        return text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:  # noqa: ANN401
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(HEADS):
            return None
        if role == Role.TextAlignmentRole:
            right = section in _RIGHT
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ToolTipRole:
            return tooltip_of(meaning(tr(HEADS[section]))) or None
        return tr(HEADS[section]) if role == Role.DisplayRole else None


_ROLES = (Role.DisplayRole, Role.AccessibleTextRole, Role.ToolTipRole)
_STATES = Spoken(
    {"take": noted("Take new"), "keep": noted("Keep mine"), "undecided": noted("Not decided")}
)
_CELLS: tuple[Callable[[Line], str], ...] = (
    lambda line: f"{line.label}, {line.detail}" if line.detail else line.label,
    lambda line: line.was,
    lambda _line: "",
    lambda line: line.becomes,
    lambda line: line.note,
    lambda line: _STATES[line.state],
)
