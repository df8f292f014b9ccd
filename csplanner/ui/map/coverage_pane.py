"""Who knows whom, with the legend of its dots; longer lists open on demand."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from csplanner.language import tr
from csplanner.ui.look import theme_of
from csplanner.ui.map.coverage_dots import draw_contact
from csplanner.ui.map.coverage_grid import CoverageGrid
from csplanner.ui.map.coverage_rows import CONTACT_WORDS, Cell, Contact, Matrix, narrowed
from csplanner.ui.map.side_parts import SideSection, leaned, link, wrapped
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.chart_menu import ChartMenu, ChartTable
from csplanner.ui.widgets.format import number
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import PADDING

_MOST, _COLUMNS, _FORWARD = 12, 7, 4


class CoveragePane(QWidget):
    """The grid of a matrix; `chosen(key)` one of theirs, `pair_asked(ours, theirs)` the two."""

    chosen = Signal(str)
    pair_asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix, self._whose, self._all = Matrix(), "", False
        self._forward: frozenset[str] = frozenset()
        self._section = SideSection(tr("Who knows whom"), right=True)
        self.grid = CoverageGrid()
        self.grid.chosen_row.connect(self.chosen)
        self.grid.pair_asked.connect(self.pair_asked)
        self._menu = ChartMenu(self.grid, tr("Who knows whom"), self._table)
        self._nothing = wrapped(
            tr("Nobody is on this map yet. Add a person, or paste a list of names and titles.")
        )
        self._nothing.setContentsMargins(8, 0, 8, 0)
        self._more = Button("", kind="link", small=True)
        self._more.clicked.connect(self._turn)
        self._legend = _legend()
        self._table_link = link(tr("Show as table"), self._menu.show_table)
        foot = leaned(self._more, self._table_link)
        body = self._section.body
        body.setContentsMargins(PADDING // 2, 0, PADDING // 2, 12)
        body.setSpacing(4)
        for part in (self.grid, self._nothing, self._legend, foot):
            body.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._section)

    def show_matrix(self, matrix: Matrix, whose: str = "") -> None:
        """Show other people; from the thirteenth on they wait behind a verb, anew for each map,
        which `whose` tells apart.
        """
        if whose != self._whose:
            self._whose, self._all, self._forward = whose, False, frozenset()
        self._matrix = matrix
        self._section.set_note(matrix.note)
        self._fill()

    def show_chosen(self, keys: frozenset[str]) -> None:
        """Mark people; who waits behind the verb comes forward for as long as they are chosen."""
        late = [row.key for row in self._matrix.rows[_MOST:] if row.key in keys]
        forward = frozenset(late[:_FORWARD])
        if forward != self._forward:
            self._forward = forward
            self._fill()
        self.grid.show_chosen(keys)

    def _turn(self) -> None:
        self._all = not self._all
        self._fill()

    def _fill(self) -> None:
        whole, count = self._matrix, len(self._matrix.rows)
        rows = tuple(
            row for at, row in enumerate(whole.rows) if at < _MOST or row.key in self._forward
        )
        short = narrowed(replace(whole, rows=rows), _COLUMNS)
        self.grid.show_matrix(whole if self._all else short)
        self._more.setVisible(short.heads != whole.heads or count > _MOST)
        every = tr("All {0} people, {1} of ours").format(number(count), number(len(whole.heads)))
        self._more.set_text(tr("Fewer") if self._all else every)
        for part in (self.grid, self._legend, self._table_link):
            part.setVisible(count > 0)
        self._nothing.setVisible(count == 0)

    def _table(self) -> ChartTable:
        """All of it in words."""
        heads = self._matrix.heads
        rows = [(row.name, *(cell.words for cell in row.cells)) for row in self._matrix.rows]
        return ChartTable((tr("Person"), *(head.name for head in heads)), rows)


def _legend() -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(4, 4, 4, 0)
    row.setSpacing(6)
    for contact in (Contact.IN_TOUCH, Contact.QUIET, Contact.PLANNED):
        row.addWidget(_Dot(contact))
        row.addWidget(PlainLabel(CONTACT_WORDS[contact], px=11, colour="text2"))
        row.addSpacing(6)
    row.addStretch(1)
    row.addWidget(PlainLabel(tr("size is strength"), px=11, colour="text2"))
    return box


class _Dot(QWidget):
    """A dot of the legend."""

    def __init__(self, contact: Contact) -> None:
        super().__init__()
        self._cell = Cell(contact, 30, "")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(12, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            draw_contact(painter, QPointF(6, 7), self._cell, theme_of(self))
