"""Who is known at the account and not on the map: drag them onto it, or press Enter."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from csplanner.domain.map_model import Card
from csplanner.language import tr
from csplanner.ui.map.canvas import CARD_MIME
from csplanner.ui.widgets.buttons import Button, changing
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground

_WIDTH = 220


class ParkingList(QListWidget):
    """The names and titles; several can be chosen and dragged at once."""

    wanted = Signal(tuple)
    """Those cards shall stand on the map."""
    chosen = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Not on the map"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(lambda _item: self.place_chosen())
        self.itemSelectionChanged.connect(lambda: self.chosen.emit(self.keys()))

    def show_cards(self, cards: Sequence[Card]) -> None:
        """Show these cards; those chosen stay chosen."""
        kept = set(self.keys())
        blocked = self.blockSignals(True)
        self.clear()
        for card in cards:
            item = QListWidgetItem(f"{card.name}, {card.title}" if card.title else card.name)
            item.setData(Qt.ItemDataRole.UserRole, card.key)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(
                text for text in (card.name, card.title, tr("not on the map")) if text
            ))  # fmt: skip
            self.addItem(item)
            item.setSelected(card.key in kept)
        self.blockSignals(blocked)

    def keys(self) -> tuple[str, ...]:
        """The keys of those chosen."""
        return tuple(str(i.data(Qt.ItemDataRole.UserRole)) for i in self.selectedItems())

    def place_chosen(self) -> None:
        """Ask for those chosen, or the current one, to stand on the map."""
        keys = self.keys()
        current = self.currentItem()
        if not keys and current is not None:
            keys = (str(current.data(Qt.ItemDataRole.UserRole)),)
        if keys:
            self.wanted.emit(keys)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.place_chosen()
            return
        super().keyPressEvent(event)

    def mimeTypes(self) -> list[str]:
        return [CARD_MIME]

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        data = QMimeData()
        keys = [str(item.data(Qt.ItemDataRole.UserRole)) for item in items]
        data.setData(CARD_MIME, "\n".join(keys).encode())
        return data


class Parking(Ground):
    """The list with its title and a button to put those chosen on the map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="rt")
        self.setFixedWidth(_WIDTH)
        self.list = ParkingList()
        title = PlainLabel(tr("Not on the map"), weight=600)
        told = PlainLabel(tr("Drag them onto the map, or choose and press Enter."), px=12,
                          colour="text2")  # fmt: skip
        told.setWordWrap(True)
        self.button = Button(tr("Put on the map"), small=True)
        changing(self.button)
        self.button.clicked.connect(self.list.place_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(6)
        column.addWidget(title)
        column.addWidget(told)
        column.addWidget(self.list, 1)
        column.addWidget(self.button)
        self.setFocusProxy(self.list)
