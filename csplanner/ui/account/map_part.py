"""The place of the relationship map on the account page; it is loaded when it is first shown."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csplanner.ui.actions import Actions
from csplanner.ui.session import BookSession

if TYPE_CHECKING:
    from csplanner.ui.map.page import MapTab


class MapPart(QWidget):
    """Stands for the map until it is asked for, and passes on what it tells."""

    navigate = Signal(str, object)
    chosen_changed = Signal()

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._actions = session, actions
        self._tab: MapTab | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)

    @property
    def tab(self) -> "MapTab":
        """The map itself."""
        if self._tab is None:
            from csplanner.ui.map.page import MapTab

            self._tab = MapTab(self._session, self._actions)
            self._tab.navigate.connect(self.navigate)
            self._tab.chosen_changed.connect(self.chosen_changed)
            self.layout().addWidget(self._tab)  # type: ignore[union-attr]
            self.setFocusProxy(self._tab)
        return self._tab

    def show_account(self, account_id: str) -> None:
        """Show the map of an account as the book holds it now."""
        self.tab.show_account(account_id)

    @property
    def side(self) -> QWidget:
        """What explains the map."""
        return self.tab.side

    def chosen_text(self) -> str:
        """Whom the map holds, and how many of them are chosen."""
        return self._tab.chosen_text() if self._tab is not None else ""
