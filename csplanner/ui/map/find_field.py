"""Finding somebody on the map by name, title or role: what is typed is chosen at once."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from csplanner.domain.likeness import plain
from csplanner.domain.map_lens import role_words
from csplanner.domain.map_model import RelationMap
from csplanner.language import tr
from csplanner.ui.widgets.fields import SearchField

_WIDTH = 180


class FindField(SearchField):
    """`found(key)`: somebody to be chosen. Enter goes on to the next, Shift Enter back, Esc ends
    it.
    """

    found = Signal(str)
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Find on the map"), parent)
        self.setFixedWidth(_WIDTH)
        self._shown: RelationMap | None = None
        self._at = 0
        self.textChanged.connect(lambda _text: self._go(0))

    def look_in(self, shown: RelationMap) -> None:
        """Look for people of this map."""
        self._shown = shown

    def matches(self) -> list[str]:
        """The keys of whoever holds every word typed, ours included, those on the map first."""
        words = plain(self.text()).split()
        if not words or self._shown is None:
            return []
        cards = sorted(self._shown.cards, key=lambda c: c.parked)
        named = [(c.key, f"{c.name} {c.title} {role_words(c)}") for c in cards]
        named += [(o.key, f"{o.name} {o.function}") for o in self._shown.ours]
        return [key for key, text in named if all(word in plain(text) for word in words)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._go(self._at - 1 if back else self._at + 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.ended.emit()
        else:
            super().keyPressEvent(event)

    def _go(self, at: int) -> None:
        keys = self.matches()
        if keys:
            self._at = at % len(keys)
            self.found.emit(keys[self._at])
