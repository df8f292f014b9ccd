"""Whether somebody about to be added is known already: asked where the account has the name."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from csplanner.domain.likeness import plain
from csplanner.domain.map_model import Card
from csplanner.domain.wording import one_line
from csplanner.language import tr
from csplanner.ui.actions.pick import Pick
from csplanner.ui.widgets.fields import Field

_OTHER = "other"


class Namesake(Field):
    """Is seen while the name typed is that of somebody known; those of theirs come first."""

    def __init__(self, cards: Iterable[Card], parent: QWidget | None = None) -> None:
        self.pick = Pick([])
        super().__init__(tr("Somebody of that name is known"), self.pick, parent)
        self._known: dict[str, list[Card]] = {}
        for card in cards:
            if card.person is not None:
                self._known.setdefault(_key(card.name), []).append(card)
        self.hide()

    def ask_about(self, name: str) -> None:
        """Ask whether the bearer of a name is meant, where there is one."""
        found = self._known.get(_key(name), []) if name.strip() else []
        if [card.key for card in found] != self._keys():
            self.pick.clear()
            for card in found:
                self.pick.addItem(tr("Put on this map: {0}").format(_said(card)), card.key)
            self.pick.addItem(tr("Add somebody else of the same name"), _OTHER)
        self.setVisible(bool(found))

    @property
    def key(self) -> str:
        """The card meant; empty where somebody new is."""
        return "" if self.isHidden() or self.pick.key == _OTHER else self.pick.key

    def _keys(self) -> list[str]:
        return [str(self.pick.itemData(at)) for at in range(self.pick.count() - 1)]


def _key(name: str) -> str:
    return " ".join(plain(name).split())


def _said(card: Card) -> str:
    return ", ".join(part for part in (one_line(card.name), one_line(card.title)) if part)
