"""The changed fields under their accounts, read in pages; decisions go straight to the staging."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt, Signal

from csplanner.book.book import Book
from csplanner.book.staged_review import ChangedAccount, Review, ReviewedField, Wanted, is_open
from csplanner.book.staging_pages import FieldChange
from csplanner.domain.glossary import meaning
from csplanner.language import Spoken, noted, tr
from csplanner.ui.imports.review_words import Group, Line, group_of, line_of
from csplanner.ui.imports.table import PAGE, ROOT, Index
from csplanner.ui.imports.words import one_line
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
_LONGEST_ID, _END_OF_ID = 12, 8
"""Ids of a CRM differ at their end."""


class ReviewModel(QAbstractTableModel):
    """Lines of the review: a heading per account, the largest effect first, then its fields.

    `tell_apart` gives words by id for accounts of one name.
    `decided` is emitted after decisions were made or taken back.
    """

    decided = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._review: Review | None = None
        self._wanted = Wanted()
        self._accounts: list[ChangedAccount] = []
        self._starts: list[int] = []
        self._folded: set[str] = set()
        self.tell_apart: Callable[[list[str]], dict[str, str]] = lambda _ids: {}
        self._details: dict[str, str] = {}
        self._lines = 0
        self._read: dict[tuple[str, int], list[ReviewedField]] = {}

    def show(self, review: Review | None, wanted: Wanted) -> None:
        """Show the changed fields that are wanted; without a review nothing is shown."""
        self.beginResetModel()
        self._review, self._wanted = review, wanted
        self._read.clear()
        self._folded.clear()
        self._accounts = review.accounts(wanted) if review is not None else []
        self._details = self.tell_apart(self._doubled()) if self._accounts else {}
        self._measure()
        self.endResetModel()

    def _doubled(self) -> list[str]:
        """The accounts that share their name with another one shown."""
        seen = Counter(account.name for account in self._accounts)
        return [a.account_id for a in self._accounts if seen[a.name] > 1]

    @property
    def accounts(self) -> int:
        """How many accounts are shown."""
        return len(self._accounts)

    @property
    def wanted(self) -> Wanted:
        """Which fields are shown."""
        return self._wanted

    def line(self, row: int) -> Group | Line | None:
        """What stands in a row; None when there is no such row."""
        field = self.field_at(row)
        if field is not None:
            return line_of(field, self._today)
        group = self._group_of(row)
        if group is None:
            return None
        account = self._accounts[group]
        is_open = account.account_id not in self._folded
        detail = self._details.get(account.account_id, "")
        return group_of(account, self._today, is_open=is_open, detail=detail)

    def account_at(self, row: int) -> str:
        """The account a row belongs to; empty when there is no such row."""
        group = self._group_of(row)
        return "" if group is None else self._accounts[group].account_id

    def change_at(self, row: int) -> FieldChange | None:
        """The field in a row; None for a heading."""
        field = self.field_at(row)
        return None if field is None else field.change

    def field_at(self, row: int) -> ReviewedField | None:
        """The same with what is known of its past."""
        group = self._group_of(row)
        if group is None or self._starts[group] == row:
            return None
        return self._field(self._accounts[group].account_id, row - self._starts[group] - 1)

    def heading_row(self, row: int) -> int:
        """The row of the heading above a row."""
        group = self._group_of(row)
        return -1 if group is None else self._starts[group]

    def row_of(self, account_id: str) -> int:
        """The row of an account's heading; −1 when it is not shown."""
        for start, account in zip(self._starts, self._accounts, strict=True):
            if account.account_id == account_id:
                return start
        return -1

    def fold(self, row: int, *, folded: bool) -> None:
        """Fold an account away, or open it."""
        account = self.account_at(row)
        if not account or (account in self._folded) == folded:
            return
        self.beginResetModel()
        self._folded ^= {account}
        self._measure()
        self.endResetModel()

    def next_open(self, row: int) -> int:
        """The next row after `row` with an undecided conflict, going round; −1 when none is."""
        if self._review is None or not self._lines:
            return -1
        wanted = replace(self._wanted, is_open=True)
        ids = {account.account_id for account in self._review.accounts(wanted)}
        found = [at for at in self._rows_of(ids) if self._is_open(at)]
        return next((at for at in found if at > row), found[0] if found else -1)

    def _rows_of(self, ids: Container[str]) -> Iterator[int]:
        """The rows of fields of those accounts, without folded ones."""
        for start, account in zip(self._starts, self._accounts, strict=True):
            if account.account_id in ids and account.account_id not in self._folded:
                yield from range(start + 1, start + 1 + account.fields)

    def _is_open(self, row: int) -> bool:
        change = self.change_at(row)
        return change is not None and is_open(change)

    # Decisions

    def decide(self, row: int, *, take: bool) -> None:
        """Decide the field of a row, or every field shown of the account whose heading it is."""
        change = self.change_at(row)
        if self._review is None:
            return
        if change is not None:
            self._review.decide(Wanted(), take=take, field=change.id)
            self._changed()
        elif self.account_at(row):
            self._review.decide(self._wanted, take=take, account_id=self.account_at(row))
            self._changed()

    def decide_shown(self, *, take: bool) -> None:
        """Decide every field that is shown, also those not read yet."""
        if self._review is not None:
            self._review.decide(self._wanted, take=take)
            self._changed()

    def always(self, change: FieldChange, whose: str) -> None:
        """Let `mine` or `theirs` hold for that field from now on."""
        if self._review is not None:
            self._review.always(change, whose)
            self._changed()

    def take_back(self) -> bool:
        """Undo the last decision; False when there is none."""
        if self._review is None or not self._review.can_take_back():
            return False
        self._review.take_back()
        self._changed()
        return True

    def _changed(self) -> None:
        self._read.clear()
        if self._wanted.is_open:
            self.show(self._review, self._wanted)
        elif self._lines:
            last = self.index(self._lines - 1, len(HEADS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.decided.emit()

    # Reading

    def _measure(self) -> None:
        self._starts = []
        line = 0
        for account in self._accounts:
            self._starts.append(line)
            line += 1 if account.account_id in self._folded else account.fields + 1
        self._lines = line

    def _group_of(self, row: int) -> int | None:
        if not 0 <= row < self._lines:
            return None
        return bisect_right(self._starts, row) - 1

    def _field(self, account_id: str, place: int) -> ReviewedField | None:
        number, inside = divmod(place, PAGE)
        page = self._read.get((account_id, number))
        if page is None and self._review is not None:
            page = self._read[account_id, number] = self._review.fields(
                account_id, self._wanted, offset=number * PAGE, limit=PAGE
            )
        return page[inside] if page and inside < len(page) else None

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


def told_apart(book: Book, ids: Sequence[str]) -> dict[str, str]:
    """City and the CRM's id of accounts that share a name."""
    found: dict[str, str] = {}
    for key in ids:
        account, known = book.accounts.get(key), book.accounts.external_ids(key)
        crm = one_line(known[0]) if known else account.id
        end = f"…{crm[-_END_OF_ID:]}" if len(crm) > _LONGEST_ID else crm
        found[account.id] = ", ".join(filter(None, (one_line(account.city), end)))
    return found
