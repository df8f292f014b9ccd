"""What the verbs of the map share: what is shown and chosen, and how they write and ask."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from csplanner.book.book import Book
from csplanner.domain.map_model import Card, RelationMap
from csplanner.language import tr
from csplanner.ui.actions import Actions

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from csplanner.ui.actions.form import Form
    from csplanner.ui.map.page import MapTab


class MapDesk:
    """Knows the map a page shows and what is selected on it; writes, and says what is refused."""

    def __init__(self, page: "MapTab", actions: Actions) -> None:
        self._page, self._actions = page, actions

    # What it works on

    @property
    def shown(self) -> RelationMap | None:
        """The map that is shown."""
        return self._page.shown

    def chosen_cards(self) -> tuple[Card, ...]:
        """The cards selected, in their order."""
        if self.shown is None:
            return ()
        cards = self.shown.by_key()
        return tuple(cards[key] for key in self._page.selected if key in cards)

    def one_card(self) -> Card | None:
        """The card selected, where it is a single one."""
        chosen = self.chosen_cards()
        return chosen[0] if len(chosen) == 1 else None

    @property
    def can_change(self) -> bool:
        """Whether the map shown can be changed: the book allows it, and it is the map of now."""
        return self.shown is not None and self._actions.can_write and not self._page.is_past

    def _may(self) -> bool:
        """Whether it can be changed; says why where it cannot."""
        if self._page.is_past:
            self._actions.refuse(tr("This is the past. Go back to today to change the map."))
            return False
        return self.shown is not None and self._actions.may_write()

    def _write(self, work: Callable[[Book], str], at: str = "") -> None:
        """Write; what the book refuses is said at the card `at`."""
        if not self._may():
            return

        def refused(sentence: str) -> None:
            if at:
                self._page.view.say(at, sentence)
            else:
                self._actions.refuse(sentence)

        self._actions.session.write(
            work, lambda text: self._actions.say(text) if text else None, failed=refused
        )

    def _open(self, make: "Callable[[QWidget | None, RelationMap], Form]") -> None:
        shown = self.shown
        if shown is not None and self._may():
            self._actions.open_form(lambda parent: make(parent, shown))
