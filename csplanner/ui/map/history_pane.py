"""The history of a map: who joined, left and turned, and every judgement with its evidence."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.domain.map_figures import MapChange
from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM
from csplanner.ui.account.parts import clear
from csplanner.ui.map.beside import Beside
from csplanner.ui.map.differences import visible
from csplanner.ui.map.history_rows import PastRow, past_rows
from csplanner.ui.map.side_parts import (
    TOP,
    PressRow,
    SideSection,
    leaned,
    one_stop,
    wrapped,
)
from csplanner.ui.widgets.buttons import Button, Segmented
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.format import month, number
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import PADDING

_STEP = 40
_ALL, _ONE = "all", "one"


class HistoryPane(QWidget):
    """Months of events, those of who is selected where that is asked; `cards_asked(keys)`."""

    cards_asked = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self._beside, self._today = Beside(), date.min
        self._key = self._name = ""
        self._room = _STEP
        self._scope = Segmented(((_ALL, tr("Everybody")), (_ONE, tr("Selected"))), name=tr("Whose"))
        self._scope.chosen.connect(lambda _key: self._restart())
        self._head = SideSection(tr("What changed"))
        self._head.add_action(self._scope)
        self._changes = QVBoxLayout()
        self._changes.setSpacing(4)
        self._head.body.addLayout(self._changes)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addLayout(self._list)
        column.addStretch(1)

    def show_past(self, beside: Beside, today: date, changes: MapChange | None) -> None:
        """Show another past, and how the map of that day differs from now where it is not now."""
        self._beside, self._today = beside, today
        clear(self._changes)
        changes = visible(changes)
        if changes is not None:
            said = tr("From {0} until now").format(month(changes.since))
            self._changes.addWidget(wrapped(f"{said}: {changes.sentence}", px=13, colour="text"))
            for change in changes.changes:
                self._changes.addWidget(wrapped(change.sentence))
        self._restart()

    def show_chosen(self, key: str, name: str) -> None:
        """Know who is selected; empty for nobody."""
        if (key, name) == (self._key, self._name):
            return
        self._key, self._name = key, name
        self._scope.setEnabled(bool(key))
        if not key:
            self._scope.choose(_ALL)
        elif self._scope.key == _ONE:
            self._restart()

    def _restart(self) -> None:
        self._room = _STEP
        self._fill()

    def _more(self) -> None:
        self._room += _STEP
        self._fill()

    def _fill(self) -> None:
        clear(self._list)
        only = self._key if self._scope.key == _ONE else ""
        rows = past_rows(self._beside, self._today, only)
        self._head.set_note(number(len(rows)))
        made: list[PressRow] = []
        for title, group in _by_month(rows[: self._room]):
            section = SideSection(title)
            section.body.setContentsMargins(0, 0, 0, 4)
            section.body.setSpacing(0)
            for row in group:
                press = _past_row(row, self._show(row))
                section.body.addWidget(press)
                made.append(press)
            self._list.addWidget(section)
        one_stop(made)
        if not rows:
            self._list.addWidget(self._nothing())
        elif len(rows) > self._room:
            older = Button(tr("Show older"), kind="link", small=True)
            older.clicked.connect(self._more)
            self._list.addWidget(leaned(older))

    def _show(self, row: PastRow) -> Callable[[], object]:
        return lambda: self.cards_asked.emit(row.keys)

    def _nothing(self) -> QWidget:
        said = tr("Nothing is known of how this map came to be.")
        if self._scope.key == _ONE:
            said = tr("Nothing is known of how {0} came to be here.").format(self._name)
        nothing = wrapped(said)
        nothing.setContentsMargins(PADDING, 4, PADDING, 12)
        return nothing


def _by_month(rows: Sequence[PastRow]) -> list[tuple[str, list[PastRow]]]:
    found: list[tuple[str, list[PastRow]]] = []
    for row in rows:
        title = month(row.on)
        if not found or found[-1][0] != title:
            found.append((title, []))
        found[-1][1].append(row)
    return found


def _past_row(row: PastRow, run: Callable[[], object]) -> PressRow:
    """An icon, the fact, how it is known, and the day at the right."""
    press = PressRow(f"{row.day}: {'. '.join((row.title, *row.notes))}", run=run)
    said = QVBoxLayout()
    said.setSpacing(0)
    title = wrapped(row.title, colour="text")
    face = title.font()
    face.setWeight(face.Weight(MEDIUM))
    title.setFont(face)
    said.addWidget(title)
    for note in row.notes:
        said.addWidget(wrapped(note))
    line = QHBoxLayout()
    line.setContentsMargins(PADDING, 5, PADDING, 5)
    line.setSpacing(8)
    line.addWidget(IconLabel(row.icon, colour=row.ink, px=14), 0, TOP)
    line.addLayout(said, 1)
    line.addWidget(PlainLabel(row.day, px=12, colour="text3"), 0, TOP)
    press.take(line)
    return press
