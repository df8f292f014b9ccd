"""Lists in which each row takes one of two answers: who is who, what goes, what is merged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QRect, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, REGULAR
from csplanner.paint.tokens import Theme
from csplanner.ui.imports import segments
from csplanner.ui.imports.parts import write
from csplanner.ui.imports.table import PAGE, ROOT, STRETCH, Index, LineTable, Role
from csplanner.ui.imports.words import one_line

FIRST, SECOND = 0, 1
_LEAST = 190
"""So many pixels the first column has at least before another is left out."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One row: what it is about, its cells, and which answer holds (None: not answered)."""

    key: Any
    cells: tuple[str, ...]
    chosen: int | None
    place: str = ""
    """Where it stands in the files, told in a tooltip."""


@dataclass(frozen=True, slots=True)
class Verb:
    """What else can be done from a row, and how it is called."""

    words: str
    do: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list of choices: heads with widths, the two answers, how rows are read and answered.

    `load(offset, limit)` reads rows; `answer(row, place)` takes an answer, for all when the row
    is None.
    """

    title: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    verbs: tuple[str, str]
    total: int
    load: Callable[[int, int], Sequence[Choice]]
    answer: Callable[[Choice | None, int], None]
    all_verbs: tuple[str, str] = ("", "")
    more: Callable[[Choice], Sequence[Verb]] | None = None
    """What else a row's menu offers."""
    spare: int = -1
    """The column that is left to the tooltips where there is no room."""


class ChoiceModel(QAbstractTableModel):
    """The rows of a sheet, read in pages; `answered` after each answer."""

    answered = Signal()

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet
        self._total = sheet.total
        self._pages: dict[int, Sequence[Choice]] = {}

    def let_go(self) -> None:
        """Show nothing from here on: what the rows were read from is about to close."""
        self.beginResetModel()
        self._total = 0
        self._pages.clear()
        self.endResetModel()

    def choice(self, row: int) -> Choice | None:
        """What stands in a row."""
        if not 0 <= row < self._total:
            return None
        number, inside = divmod(row, PAGE)
        if number not in self._pages:
            self._pages[number] = self.sheet.load(number * PAGE, PAGE)
        page = self._pages[number]
        return page[inside] if inside < len(page) else None

    def answer(self, row: int | None, place: int) -> None:
        """Give an answer for a row, or for all of them."""
        choice = None if row is None else self.choice(row)
        if row is not None and choice is None:
            return
        self.sheet.answer(choice, place)
        self.read_again()

    def do(self, verb: Verb) -> None:
        """Do what a row's menu offers."""
        verb.do()
        self.read_again()

    def verbs_of(self, row: int) -> Sequence[Verb]:
        """What else a row's menu offers."""
        choice = self.choice(row)
        more = self.sheet.more
        return () if choice is None or more is None else more(choice)

    def read_again(self) -> None:
        """Show the rows as they are decided now."""
        self._pages.clear()
        if self._total:
            last = self.index(self._total - 1, len(self.sheet.heads))
            self.dataChanged.emit(self.index(0, 0), last)
        self.answered.emit()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.sheet.heads) + 1

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401
        choice = self.choice(index.row()) if index.isValid() else None
        if choice is None or role not in (
            Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole
        ):  # fmt: skip
            return None
        if role == Role.AccessibleTextRole:
            return self._spoken(choice)
        cells = (*choice.cells, self._said(choice))
        text = one_line(cells[index.column()])
        if role == Role.ToolTipRole:
            lines = cells if index.column() == 0 else (text,)
            told = [escape(one_line(line)) for line in (*lines, choice.place) if line]
            return f"<qt>{'<br>'.join(told)}</qt>" if told else None
        return text

    def _said(self, choice: Choice) -> str:
        return tr("Not decided") if choice.chosen is None else self.sheet.verbs[choice.chosen]

    def _spoken(self, choice: Choice) -> str:
        pairs = zip(self.sheet.heads, choice.cells, strict=True)
        cells = [f"{head} {one_line(cell)}" for head, cell in pairs if cell]
        return ", ".join(filter(None, (*cells, choice.place, self._said(choice))))

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:  # noqa: ANN401
        heads = (*self.sheet.heads, tr("Decision"))
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(heads):
            return None
        last = section == len(heads) - 1
        if role == Role.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if last else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return heads[section] if role == Role.DisplayRole else None


class ChoiceTable(LineTable):
    """Answers with A (the first), K (the second), Space (turn round) or a click; with Shift A and
    K answer for all.
    """

    def __init__(self, sheet: Sheet, parent: QWidget | None = None) -> None:
        self.model_ = ChoiceModel(sheet)
        self._words = sheet.verbs
        decision = round(segments.width_of(sheet.verbs)) + 2 * segments.EDGE
        super().__init__(sheet.title, (*sheet.widths, decision), parent)
        self.model_.setParent(self)
        self.setModel(self.model_)
        if sheet.total:
            self.setCurrentIndex(self.model_.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave what can be spared to the tooltips where the first column would get too narrow."""
        super().resizeEvent(event)
        fixed = sum(width for width in self._widths if width != STRETCH)
        if self.model_.sheet.spare >= 0:
            narrow = self.viewport().width() - fixed < _LEAST
            self.setColumnHidden(self.model_.sheet.spare, narrow)

    def first_open(self) -> int:
        """The first row that waits for an answer; the first of all when none does."""
        rows = range(self.model_.rowCount())
        found = (row for row in rows if (c := self.model_.choice(row)) and c.chosen is None)
        return next(found, 0)

    def segments(self, row: QRect) -> segments.Boxes:
        """Where both answers stand in a row."""
        return segments.boxes(row, self.viewport().width(), self._words)

    def ground(self, row: int) -> str:
        choice = self.model_.choice(row)
        return "watch-tint" if choice is not None and choice.chosen is None else ""

    def draw_row(self, painter: QPainter, rect: QRect, row: int, theme: Theme) -> None:
        choice = self.model_.choice(row)
        if choice is None:
            return
        for column, text in enumerate(choice.cells):
            if self.isColumnHidden(column):
                continue
            is_plain = column == 0 and choice.chosen != SECOND
            painter.setPen(theme.colour("text" if is_plain else "text2"))
            face = (13, MEDIUM if column == 0 else REGULAR)
            write(painter, self.cell(rect, column), one_line(text), face=face)
        where = self.segments(rect)
        segments.draw(painter, where, self._words, chosen=choice.chosen, theme=theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A and K answer and go on to the next row; Space turns an answer round."""
        row, key = self.currentIndex().row(), Qt.Key(event.key())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        choice = self.model_.choice(row)
        if plain and choice is not None and key in (Qt.Key.Key_A, Qt.Key.Key_K):
            for_all = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.model_.answer(None if for_all else row, FIRST if key == Qt.Key.Key_A else SECOND)
        elif plain and choice is not None and key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
            self.model_.answer(row, SECOND if choice.chosen == FIRST else FIRST)
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        row = self.currentIndex().row() if by_key else self.rowAt(event.pos().y())
        menu = self.menu_at(row)
        if menu is None:
            return
        self.setCurrentIndex(self.model_.index(row, 0))
        below = self.row_rect(row).bottomLeft()
        menu.popup(self.viewport().mapToGlobal(below if by_key else event.pos()))

    def menu_at(self, row: int) -> QMenu | None:
        """What can be done from a row; None where there is none."""
        if self.model_.choice(row) is None:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, words in enumerate(self._words):
            self._offer(menu, words, partial(self.model_.answer, row, place))
        more = self.model_.verbs_of(row)
        if more:
            menu.addSeparator()
        for verb in more:
            self._offer(menu, verb.words, partial(self.model_.do, verb))
        return menu

    def _offer(self, menu: QMenu, words: str, do: Callable[[], object]) -> None:
        verb = QAction(words.replace("&", "&&"), menu)
        verb.triggered.connect(lambda _on=False: do())
        menu.addAction(verb)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        spot = event.position()
        row = self.rowAt(spot.toPoint().y())
        if row < 0 or event.button() != Qt.MouseButton.LeftButton:
            return
        for place, box in enumerate(self.segments(self.row_rect(row))):
            if box.contains(spot):
                self.model_.answer(row, place)


__all__ = ["FIRST", "SECOND", "STRETCH", "Choice", "ChoiceModel", "ChoiceTable", "Sheet", "Verb"]
