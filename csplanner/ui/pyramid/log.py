"""The override log: every placement where you chose another tier than the rule, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from csplanner.book.book import Changed
from csplanner.domain.glossary import meaning
from csplanner.domain.placement import Placement
from csplanner.domain.wording import day_text, tier_word
from csplanner.language import noted, tr
from csplanner.ui.pyramid.cells import PaddedCells
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.empty import EmptyState, draw_dashed_rows
from csplanner.ui.widgets.labels import tooltip_of
from csplanner.ui.widgets.panes import Ground

Index = QModelIndex | QPersistentModelIndex
_COLUMNS = ((noted("Day"), 96), (noted("Account"), 220), (noted("You chose"), 100),
            (noted("Rule said"), 100),
            (noted("Review on"), 150), (noted("Reason"), 240))  # fmt: skip
_SHOWN = 1000


@dataclass(frozen=True, slots=True)
class Logged:
    """One override in words."""

    account_id: str
    cells: tuple[str, ...]


def logged(placements: Sequence[Placement], names: dict[str, str], as_of: date) -> list[Logged]:
    """The overrides among `placements` of the accounts in `names`, newest first."""
    found = [p for p in placements if p.is_override and p.account_id in names]
    newest: dict[str, str] = {}
    for each in placements:
        newest[each.account_id] = each.id
    found.sort(key=lambda p: p.on, reverse=True)
    return [
        Logged(
            p.account_id,
            (
                day_text(p.on, as_of),
                names[p.account_id],
                tier_word(p.tier),
                tier_word(p.rule_tier),
                _review(p, as_of, in_force=newest[p.account_id] == p.id),
                p.reason or tr("no reason given"),
            ),
        )
        for p in found
    ]


def _review(placement: Placement, as_of: date, *, in_force: bool) -> str:
    if not in_force:
        return tr("replaced since")
    if placement.review_on is None:
        return tr("no day set")
    when = day_text(placement.review_on, as_of)
    return tr("{0}, overdue").format(when) if placement.review_on < as_of else when


class LogModel(QAbstractTableModel):
    """The lines of the log."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: Sequence[Logged] = ()

    def show_lines(self, lines: Sequence[Logged]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self._lines = lines
        self.endResetModel()

    def account_of(self, row: int) -> str:
        """Whose override a row is; empty beyond the end."""
        return self._lines[row].account_id if 0 <= row < len(self._lines) else ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

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
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        words = self._lines[index.row()].cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(_COLUMNS[index.column()][0])} {words}"
        return None


class OverrideTab(Ground):
    """The log; `chosen(id)` as rows are stepped through, `opened(id)` on Enter."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, session: BookSession, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._session = session
        self._logged: list[Logged] | None = None
        self._beyond = 0
        self.model = LogModel(self)
        self.table = QTableView(self)
        self.table.setModel(self.model)
        self._set_up()
        nothing = EmptyState(
            self.tr("No override yet"),
            self.tr("Where you choose another tier than the rule, your reason is kept here."),
            drawing=draw_dashed_rows,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        session.changed.connect(self._forget)

    def _set_up(self) -> None:
        table = self.table
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setItemDelegate(PaddedCells(table))
        table.setAccessibleName(self.tr("Override log"))
        table.verticalHeader().setDefaultSectionSize(30)
        table.verticalHeader().hide()
        for column, (_, width) in enumerate(_COLUMNS):
            table.setColumnWidth(column, width)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setHighlightSections(False)
        table.selectionModel().currentRowChanged.connect(
            lambda now, _was: self.chosen.emit(self.model.account_of(now.row()))
        )
        table.activated.connect(lambda index: self.opened.emit(self.model.account_of(index.row())))

    def refresh_count(self) -> int:
        """How many overrides are logged; read again only after the book's placements changed."""
        if self._logged is None:
            self._logged = self._read()
        return len(self._logged) + self._beyond

    def refresh(self) -> None:
        """Show the log as it is now."""
        self.refresh_count()
        lines = self._logged or []
        self.model.show_lines(lines)
        self._stack.setCurrentIndex(0 if lines else 1)

    def _forget(self, changed: Changed) -> None:
        if changed.tables & {"placement", "account"}:
            self._logged = None

    def _read(self) -> list[Logged]:
        book = self._session.read
        placements = [p for group in book.placements.grouped().values() for p in group]
        overrides = sorted((p for p in placements if p.is_override), key=lambda p: p.on)
        self._beyond = max(0, len(overrides) - _SHOWN)
        wanted = {p.account_id for p in overrides[-_SHOWN:]}
        names: dict[str, str] = {
            key: line.name for key in wanted if (line := book.overview.one(key)) is not None
        }
        return logged(placements, names, book.as_of())[:_SHOWN]
