"""The files that were read: what the rows of each are, in which encoding, and what is not used."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from csplanner.crm.fields import CATALOGUE
from csplanner.language import Spoken, noted, tr
from csplanner.paint.fonts import MEDIUM, REGULAR
from csplanner.paint.tokens import Theme
from csplanner.ui.imports.choice_box import choice_box, draw_choice
from csplanner.ui.imports.chooser import Choice
from csplanner.ui.imports.parts import write
from csplanner.ui.imports.table import ROOT, STRETCH, Index, LineTable
from csplanner.ui.imports.targets import heading
from csplanner.ui.imports.words import one_line
from csplanner.ui.widgets.format import number, share

HEADS = (noted("File"), noted("Its rows are"), noted("Rows"), noted("Columns"), noted("Encoding"),
         noted("How it is read"))  # fmt: skip
FILE, OBJECT, ROWS, COLUMNS, ENCODING, NOTE = range(6)
_WIDTHS = (STRETCH, 176, 72, 84, 128, STRETCH)
_ROW, _NARROW = 36, 760
NOT_USED = noted("Not used")
ENCODINGS = (
    "utf-8",
    "cp1252",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "latin-1",
    "cp1250",
    "mac_roman",
)
_MEANS = Spoken(
    {
        "account": noted("One customer a row."),
        "person": noted("One contact a row, with the account."),
        "seat": noted("Who plays which role in which account."),
        "term": noted("Contracts with start, end and notice."),
        "opportunity": noted("Deals and renewals with stage and amount."),
        "case": noted("Support cases."),
        "subscription": noted("Products, licences or assets an account has."),
        "exit": noted("Customers that left, with the cause."),
        "touch": noted("Calls, meetings, e-mails, campaign answers."),
        "measurement": noted("Usage, NPS, CSAT or any figure over time."),
        "invoice": noted("Bills with what is overdue or disputed."),
        "user": noted("Names of owners, for files that name them by id."),
        "campaign": noted("Names of campaigns, for their members."),
        "member": noted("Who was in which campaign, and whether they answered."),
    }
)
Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file as it was read; `object` is empty when it is not used."""

    file: str
    object: str
    rows: int
    used: int = 0
    columns: int = 0
    encoding: str = ""
    note: str = ""
    can_use: bool = True
    """Whether it is a table that could be used if somebody says what its rows are."""


def object_choices() -> Sequence[Choice]:
    """What the rows of a file may be."""
    kinds = [Choice(name, heading(name), _MEANS.get(name, "")) for name in CATALOGUE]
    return [Choice("", tr(NOT_USED), tr("The file changes nothing in your book.")), *kinds]


def encoding_choices() -> Sequence[Choice]:
    """The encodings a text file may be read in."""
    return [Choice("", tr("As the file tells")), *(Choice(e, e.upper()) for e in ENCODINGS)]


class FilesModel(QAbstractTableModel):
    """Rows are files."""

    def __init__(self) -> None:
        super().__init__()
        self._files: Sequence[FoundFile] = ()

    def show_files(self, files: Sequence[FoundFile]) -> None:
        """Show these files."""
        self.beginResetModel()
        self._files = files
        self.endResetModel()

    def file(self, row: int) -> FoundFile | None:
        """The file in a row."""
        return self._files[row] if 0 <= row < len(self._files) else None

    def row_of(self, file: str) -> int:
        """The row of a file; -1 when there is none."""
        return next((n for n, f in enumerate(self._files) if f.file == file), -1)

    def cells(self, row: int) -> tuple[str, ...]:
        """The words of a row."""
        found = self.file(row)
        if found is None:
            return ("",) * len(HEADS)
        kind = heading(found.object) if found.object else tr(NOT_USED)
        columns = share(found.used, found.columns) if found.columns else ""
        # Rows are counted once it is known what they are.
        rows = number(found.rows) if found.rows or found.used else ""
        return (one_line(found.file), kind, rows, columns, found.encoding.upper(),
                one_line(found.note))  # fmt: skip

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._files)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        cells = self.cells(index.row())
        if role == Role.AccessibleTextRole:
            pairs = zip(HEADS, cells, strict=True)
            return ", ".join(f"{tr(head)} {cell}" for head, cell in pairs if cell)
        if role == Role.DisplayRole:
            return cells[index.column()]
        if role == Role.ToolTipRole and cells[index.column()]:
            return f"<qt>{escape(cells[index.column()])}</qt>"
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:  # noqa: ANN401
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(HEADS):
            return None
        if role == Role.TextAlignmentRole:
            right = section in (ROWS, COLUMNS)
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return tr(HEADS[section]) if role == Role.DisplayRole else None


class FilesTable(LineTable):
    """Enter or a click on what a file's rows are asks for it; E asks for the encoding.

    `object_asked` and `encoding_asked` carry the row and where the choice stands in the window.
    """

    object_asked = Signal(int, QPoint)
    encoding_asked = Signal(int, QPoint)

    def __init__(self, model: FilesModel, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Files that were read"), _WIDTHS, parent, row=_ROW)
        self._model = model
        self.setModel(model)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the count of columns out where names would have no room."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        self.setColumnHidden(COLUMNS, narrow)
        head = self.horizontalHeader()
        for column, less in ((OBJECT, 26), (ENCODING, 22)):
            head.resizeSection(column, _WIDTHS[column] - (less if narrow else 0))

    def draw_row(self, painter: QPainter, rect: QRect, row: int, theme: Theme) -> None:
        found = self._model.file(row)
        if found is None:
            return
        cells, on = self._model.cells(row), bool(found.object)
        painter.setPen(theme.colour("text" if on else "text2"))
        write(painter, self.cell(rect, FILE), cells[FILE], face=(13, MEDIUM if on else REGULAR))
        if found.can_use:
            draw_choice(painter, self.box(rect, OBJECT), cells[OBJECT], theme, on=on)
        else:
            write(painter, self.cell(rect, OBJECT), cells[OBJECT])
        painter.setPen(theme.colour("text"))
        for column in (ROWS,) if self.isColumnHidden(COLUMNS) else (ROWS, COLUMNS):
            write(painter, self.cell(rect, column), cells[column], right=True)
        if found.encoding:
            draw_choice(painter, self.box(rect, ENCODING), cells[ENCODING], theme, on=True)
        painter.setPen(theme.colour("text2"))
        write(painter, self.cell(rect, NOTE), cells[NOTE], face=(12, REGULAR))

    def box(self, row: QRect, column: int) -> QRectF:
        """Where a choice stands in a row."""
        return choice_box(self.cell(row, column), row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 ask what the rows are, E asks for the encoding."""
        row, key = self.currentIndex().row(), Qt.Key(event.key())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier or row < 0:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.ask(row, OBJECT)
        elif key == Qt.Key.Key_E:
            self.ask(row, ENCODING)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        spot = event.position()
        index = self.indexAt(spot.toPoint())
        if index.isValid():
            for column in (OBJECT, ENCODING):
                if self.box(self.row_rect(index.row()), column).contains(spot):
                    self.ask(index.row(), column)

    def ask(self, row: int, column: int) -> None:
        """Ask what the rows of a file are, or for its encoding."""
        found = self._model.file(row)
        if found is None or (column == ENCODING and not found.encoding):
            return
        if column == OBJECT and not found.can_use:
            return
        self.setCurrentIndex(self._model.index(row, 0))
        box = self.box(self.row_rect(row), column)
        corner = QPoint(round(box.left()), round(box.bottom()) + 4)
        at = self.viewport().mapTo(self.window(), corner)
        (self.object_asked if column == OBJECT else self.encoding_asked).emit(row, at)
