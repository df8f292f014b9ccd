"""The map as a table: every card and line by name, and what a screen reader is told on the way."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from csplanner.domain.map_lens import MOOD_WORDS, contact_words
from csplanner.domain.map_model import Card, LineKind
from csplanner.domain.wording import one_line
from csplanner.language import Spoken, noted, tr
from csplanner.paint.map_lines import line_spoken
from csplanner.ui import veil
from csplanner.ui.map.scene import MapScene
from csplanner.ui.map.value_words import roles_shown
from csplanner.ui.widgets.buttons import Button, Segmented
from csplanner.ui.widgets.panes import Ground

_PEOPLE = (
    noted("Name"), noted("Title"), noted("Role"), noted("Influence"), noted("Mood"),
    noted("Strength"), noted("Last contact"), noted("Reports to"),
)  # fmt: skip
_LINES = (noted("What"), noted("From whom"), noted("To whom"), noted("Strength"), noted("In words"))
_KINDS = Spoken(
    {
        LineKind.REPORTS: noted("reports to"),
        LineKind.INFLUENCES: noted("influences"),
        LineKind.DOUBTS: noted("doubts"),
        LineKind.TIE: noted("in contact"),
        LineKind.PAIRED: noted("planned"),
        LineKind.RIVAL: noted("knows an outsider"),
    }
)
_NARROWEST, _WIDEST = 64, 240
_FORWARDED = (
    Qt.Key.Key_Delete, Qt.Key.Key_Menu, Qt.Key.Key_P, Qt.Key.Key_U, Qt.Key.Key_V,
)  # fmt: skip
Index = QModelIndex | QPersistentModelIndex
Row = tuple[str, tuple[str, ...]]
"""The key of a card or line, and its cells."""


def announce(widget: QWidget, words: str, *, aloud: bool = True) -> None:
    """Let a screen reader say words now when `aloud`, and whenever it asks about the widget."""
    widget.setAccessibleDescription(words)
    if words and aloud and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class MapRows(QAbstractTableModel):
    """Rows of words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles: Sequence[str] = ()
        self.rows: Sequence[Row] = ()

    def show_rows(self, titles: Sequence[str], rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._titles, self.rows = titles, rows
        self.endResetModel()

    def place(self, key: str) -> int:
        """Return the row of a key, −1 for none."""
        return next((at for at, (each, _) in enumerate(self.rows) if each == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(self._titles[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        words = self.rows[index.row()][1][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{tr(self._titles[index.column()])} {words}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<qt>{escape(words)}</qt>"
        return None


class MapTable(Ground):
    """People and lines as rows; choosing a row chooses on the map, Enter opens it."""

    chosen = Signal(str)
    opened = Signal(str)
    closed = Signal()

    def __init__(self, scene: MapScene, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._scene = scene
        self.parts = Segmented(
            [("people", tr("People")), ("lines", tr("Lines"))], name=tr("Rows of the table")
        )
        self.back = Button(tr("Back to the picture"), small=True)
        self.back.clicked.connect(self.closed)
        self.model = MapRows(self)
        self.cells = _Cells(self.model)
        self.parts.chosen.connect(lambda _key: self.refresh())
        self.cells.selectionModel().currentRowChanged.connect(self._choose)
        self.cells.activated.connect(
            lambda index: self.opened.emit(self.model.rows[index.row()][0])
        )
        self.cells.left.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.addWidget(self.parts)
        head.addStretch(1)
        head.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.cells, 1)
        self.setFocusProxy(self.cells)

    def refresh(self) -> None:
        """Show the map as it is now; what is chosen there is chosen here."""
        people = self.parts.key == "people"
        self.cells.setAccessibleName(tr("People of the map") if people else tr("Lines of the map"))
        blocked = self.cells.selectionModel().blockSignals(True)
        if people:
            self.model.show_rows(_PEOPLE, self._people_rows())
        else:
            self.model.show_rows(_LINES, self._line_rows())
        self.cells.fit_columns()
        place = self.model.place(self._scene.current if people else self._scene.line)
        if place >= 0 or self.model.rows:
            self.cells.setCurrentIndex(self.model.index(max(0, place), 0))
        self.cells.selectionModel().blockSignals(blocked)

    def _choose(self, now: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.model.rows[now.row()][0])

    def _people_rows(self) -> list[Row]:
        scene = self._scene
        cards = [(key, self._cells_of(card)) for key, card in scene.cards.items()]
        ours = [
            (key, (scene.look_of_ours(key).name, one_line(each.function), tr("one of us"),
                   "", "", "", "", ""))
            for key, each in scene.ours.items()
        ]  # fmt: skip
        return [*cards, *ours]

    def _cells_of(self, card: Card) -> tuple[str, ...]:
        scene, level, mood = self._scene, card.influence.value, card.mood.value
        look, unknown = scene.look_of(card.key), tr("unknown")
        first = look.name, look.second, roles_shown(card)
        above = scene.seen.names.get(card.above or "", "")
        if card.person is None:
            return (*first, "", "", "", "", above)
        return (
            *first,
            veil.judged(unknown if level is None else tr("{0} of 5").format(level)),
            veil.judged(unknown if mood is None else MOOD_WORDS[int(mood)]),
            tr("no contact") if card.strength is None else str(card.strength),
            contact_words(card, scene.seen.day)[0],
            above,
        )

    def _line_rows(self) -> list[Row]:
        scene = self._scene
        assert scene.shown is not None
        return [
            (
                line.key,
                (
                    tr("a judgement") if _is_hidden(line.kind) else _KINDS[line.kind],
                    scene.seen.name(line.start), scene.seen.name(line.end),
                    "" if line.strength is None else str(line.strength),
                    line_spoken(line, scene.seen, hidden=veil.is_on()),
                ),
            )
            for line in scene.shown.lines
        ]  # fmt: skip


def _is_hidden(kind: LineKind) -> bool:
    return veil.is_on() and kind in (LineKind.INFLUENCES, LineKind.DOUBTS)


class _Cells(QTableView):
    """One stop of the keyboard; Escape and T leave it."""

    left = Signal()
    forwarded = Signal(object)
    """A key that does to what is chosen what it does on the picture."""

    def __init__(self, model: MapRows) -> None:
        super().__init__()
        self.setModel(model)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def fit_columns(self) -> None:
        """Give each column what its words need, within bounds."""
        self.resizeColumnsToContents()
        for column in range(self.model().columnCount() - 1):
            width = self.columnWidth(column) + 12
            self.setColumnWidth(column, max(_NARROWEST, min(_WIDEST, width)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_T) and not event.modifiers():
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.activated.emit(self.currentIndex())
        elif event.key() in _FORWARDED:
            self.forwarded.emit(event)
        else:
            super().keyPressEvent(event)
