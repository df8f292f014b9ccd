"""What could not be read, and the cells of one of those rows, with the corrections typed so far."""

from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt, Signal

from csplanner.book.staged_problems import Problems
from csplanner.crm.options import Fix
from csplanner.domain.snapshot import Quarantined
from csplanner.language import noted, tr
from csplanner.ui.imports.crm_words import in_words
from csplanner.ui.imports.table import PAGE, ROOT, Index, Role, side_of
from csplanner.ui.imports.words import one_line
from csplanner.ui.widgets.format import number

WHY, VALUE, COLUMN, FILE, ROW = range(5)
_HEADS = (noted("What is wrong"), noted("Value"), noted("Column"), noted("File"), noted("Row"))
_CELL_HEADS = (noted("Column"), noted("Value"))
Place = tuple[str, int, str]


class Corrections:
    """Values typed in place of what the files say, by file, row and column."""

    def __init__(self) -> None:
        self._typed: dict[Place, str] = {}

    def get(self, place: Place) -> str | None:
        """What was typed for a cell; None when nothing was."""
        return self._typed.get(place)

    def put(self, place: Place, text: str, was: str) -> None:
        """Keep what was typed; what the file says anyway is no correction."""
        if text == was:
            self._typed.pop(place, None)
        else:
            self._typed[place] = text

    def forget(self) -> None:
        """Keep nothing."""
        self._typed.clear()

    def fixes(self) -> tuple[Fix, ...]:
        """Every correction as the reader takes it."""
        return tuple(Fix(*place, text) for place, text in sorted(self._typed.items()))

    def of_row(self, file: str, row: int) -> int:
        """How many cells of a row are corrected."""
        return sum(1 for f, r, _ in self._typed if (f, r) == (file, row))


class _Table(QAbstractTableModel):
    """A table whose cells are texts; `_text` gives them."""

    heads: tuple[str, ...] = ()
    right: frozenset[int] = frozenset()

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        if role == Role.TextAlignmentRole:
            return side_of(index.column() in self.right)
        if role == Role.AccessibleTextRole and index.column() == 0:
            cells = [one_line(self.text(index.row(), c)) for c in range(len(self.heads))]
            pairs = zip(self.heads, cells, strict=True)
            return ", ".join(f"{tr(head)} {cell}" for head, cell in pairs if cell)
        if role == Role.EditRole:
            return self.text(index.row(), index.column())
        if role not in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
            return None
        text = one_line(self.text(index.row(), index.column()))
        if role == Role.ToolTipRole:
            return f"<qt>{escape(text)}</qt>" if text else None
        return text

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:  # noqa: ANN401
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(self.heads):
            return None
        if role == Role.TextAlignmentRole:
            return side_of(section in self.right)
        return tr(self.heads[section]) if role == Role.DisplayRole else None

    def text(self, row: int, column: int) -> str:
        """What a cell says."""
        raise NotImplementedError


class ProblemModel(_Table):
    """Cells and rows that could not be read, of one reason or of all; `corrected` after typing."""

    heads = _HEADS
    right = frozenset({ROW})
    corrected = Signal()

    def __init__(self, corrections: Corrections) -> None:
        super().__init__()
        self._corrections = corrections
        self._source: Problems | None = None
        self._reason, self._total = "", 0
        self._read: dict[int, list[Quarantined]] = {}

    def show(self, source: Problems | None, reason: str = "") -> None:
        """Show these problems, of one reason or of all; without any nothing."""
        self.beginResetModel()
        self._source, self._reason = source, reason
        self._read.clear()
        self._total = 0
        if source is not None:
            counts = dict(source.reasons())
            self._total = counts.get(reason, 0) if reason else sum(counts.values())
        self.endResetModel()

    def problem(self, row: int) -> Quarantined | None:
        """What stands in a row."""
        if self._source is None or not 0 <= row < self._total:
            return None
        page, inside = divmod(row, PAGE)
        if page not in self._read:
            self._read[page] = self._source.read(self._reason, offset=page * PAGE, limit=PAGE)
        found = self._read[page]
        return found[inside] if inside < len(found) else None

    def is_corrected(self, row: int) -> bool:
        """Whether something was typed for the cell or, where it names none, for its row."""
        q = self.problem(row)
        if q is None:
            return False
        if not q.column:
            return self._corrections.of_row(q.file, q.row) > 0
        return self._corrections.get((q.file, q.row, q.column)) is not None

    def tell(self) -> None:
        """Corrections were typed elsewhere: show them here too."""
        if self._total:
            last = self.index(self._total - 1, len(_HEADS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else self._total

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        q = self.problem(index.row())
        can = index.column() == VALUE and q is not None and bool(q.column)
        return flags | Qt.ItemFlag.ItemIsEditable if can else flags

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        q = self.problem(index.row())
        if q is None or role != Role.EditRole or not q.column:
            return False
        self._corrections.put((q.file, q.row, q.column), str(value), q.value)
        self.dataChanged.emit(index, index)
        self.corrected.emit()
        return True

    def text(self, row: int, column: int) -> str:
        q = self.problem(row)
        if q is None:
            return ""
        typed = self._corrections.get((q.file, q.row, q.column)) if q.column else None
        value = q.value if typed is None else typed
        corrected = self.is_corrected(row)
        why = tr("Corrected. It is read again before anything is applied.") if corrected else ""
        cells = (why or in_words(q.reason), value, q.column, q.file)
        return number(q.row) if column == ROW else cells[column]


class CellsModel(_Table):
    """The mapped cells of one row of a file; each can be typed anew."""

    heads = _CELL_HEADS
    corrected = Signal()

    def __init__(self, corrections: Corrections) -> None:
        super().__init__()
        self._corrections = corrections
        self._of: Quarantined | None = None
        self._cells: list[tuple[str, str]] = []

    def show(self, problem: Quarantined | None) -> None:
        """Show the row a problem stands in."""
        self.beginResetModel()
        self._of = problem
        self._cells = list(problem.cells.items()) if problem is not None else []
        self.endResetModel()

    def wrong_row(self) -> int:
        """The row of the cell that could not be read; −1 where the whole row is wrong."""
        wrong = (row for row in range(len(self._cells)) if self.is_wrong(row))
        return next(wrong, -1)

    def is_wrong(self, row: int) -> bool:
        """Whether this is the cell that could not be read."""
        return self._of is not None and self._cells[row][0] == self._of.column

    def is_corrected(self, row: int) -> bool:
        """Whether another value was typed."""
        return self._corrections.get(self._place(row)) is not None

    def _place(self, row: int) -> Place:
        of = self._of
        return (of.file, of.row, self._cells[row][0]) if of is not None else ("", 0, "")

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._cells)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == 1 else flags

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole or not index.isValid():
            return False
        self._corrections.put(self._place(index.row()), str(value), self._cells[index.row()][1])
        self.dataChanged.emit(index, index)
        self.corrected.emit()
        return True

    def text(self, row: int, column: int) -> str:
        header, cell = self._cells[row]
        typed = self._corrections.get(self._place(row))
        if column == 0:
            return header
        return cell if typed is None else typed
