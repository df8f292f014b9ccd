"""What can be done with one person: the menu of a row, and its verbs."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from csplanner.ui.widgets.menus import Menu

if TYPE_CHECKING:
    from csplanner.ui.actions import Actions


class PersonVerbs:
    """The verbs of a person by key: `edit`, `export` or `erase`."""

    def __init__(self, actions: "Actions", edit: Callable[[str], object]) -> None:
        """`edit` opens the form of the person with that id."""
        self._actions = actions
        self._edit = edit

    def run(self, verb: str, person_id: str) -> None:
        """Do what the verb says with a person; of none, nothing."""
        verbs = {
            "edit": self._edit,
            "export": self._actions.person_data.export,
            "erase": self._actions.person_data.ask_to_erase,
        }
        if person_id and verb in verbs:
            verbs[verb](person_id)

    def menu(self, parent: QWidget, person_id: str) -> Menu:
        """The menu of a row, unopened."""
        menu = Menu(parent, parent.tr("Person"))
        for verb, words in (
            ("edit", parent.tr("Edit…")),
            ("export", parent.tr("Export everything about this person…")),
            ("erase", parent.tr("Erase this person…")),
        ):
            if verb == "erase":
                menu.addSeparator()
            action = menu.addAction(words)
            action.triggered.connect(partial(self._chosen, verb, person_id))
        return menu

    def _chosen(self, verb: str, person_id: str, _on: bool = False) -> None:
        self.run(verb, person_id)

    def open_menu(self, parent: QWidget, person_id: str, at: QPoint) -> None:
        """Show the menu at a point of the screen."""
        menu = self.menu(parent, person_id)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)
