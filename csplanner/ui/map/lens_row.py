"""The row above the map: what it is looked at for, the day, which map, and what can be added."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from csplanner.domain.map_lens import LENS_TITLES
from csplanner.domain.map_model import Lens
from csplanner.language import tr
from csplanner.ui.book.flow import Flow
from csplanner.ui.map.find_field import FindField
from csplanner.ui.widgets.buttons import Button, Segmented, changing
from csplanner.ui.widgets.labels import set_plain_tooltip
from csplanner.ui.widgets.menus import Menu
from csplanner.ui.widgets.panes import Ground

_LONGEST = 18
"""Of the name of a map; all of it is told on hover."""


class LensRow(Ground):
    """Emits what is asked for; the page does it. Menus are filled when they open."""

    lens_chosen = Signal(str)
    past_asked = Signal(bool)
    parking_asked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self.lenses = Segmented(
            [(lens.value, LENS_TITLES[lens]) for lens in Lens], name=tr("What the map shows")
        )
        self.lenses.chosen.connect(self.lens_chosen)
        self.day = Button(tr("As of today"), icon="history")
        self.day.setCheckable(True)
        self.day.clicked.connect(self.past_asked)
        self.maps = Button(tr("Everybody"), icon="chevrons-up-down")
        set_plain_tooltip(self.maps, tr("Which map of the account"))
        self.parking = Button("")
        self.parking.setCheckable(True)
        self.parking.clicked.connect(self.parking_asked)
        self.add = Button(tr("Add"), icon="plus")
        changing(self.add)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 16, 6)
        held = QWidget()
        parts = Flow(held, spacing=6, row=28)
        self.finder = FindField()
        self.finder.hide()
        for part in (self.lenses, self.day, self.maps, self.add, self.parking, self.finder):
            parts.addWidget(part)
        row.addWidget(held, 1)

    def fill_menus(
        self, maps: Callable[[QMenu], object], adding: Callable[[QMenu], object]
    ) -> None:
        """Say what fills the menus of the maps and of what can be added, each time they open."""
        for button, fill in ((self.maps, maps), (self.add, adding)):
            button.clicked.connect(lambda _on=False, b=button, f=fill: _open(b, f))

    def show_lens(self, lens: Lens) -> None:
        """Mark the lens in force."""
        self.lenses.choose(lens.value)

    def show_day(self, words: str, *, past: bool) -> None:
        """Tell the day the map is of."""
        self.day.set_text(words)
        self.day.setChecked(past)

    def show_map_name(self, name: str) -> None:
        """Tell which map of the account it is; empty for the map of everybody."""
        shown = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
        self.maps.set_text(shown or tr("Everybody"))
        self.maps.setAccessibleName(name or tr("Everybody"))
        told = tr("Which map of the account")
        set_plain_tooltip(self.maps, told if shown == name else f"{told}: {name}")

    def show_parking(self, count: int, *, shown: bool) -> None:
        """Tell how many people are known and not on the map."""
        self.parking.set_text(tr("Off the map: {0}").format(count))
        self.parking.setVisible(count > 0 or shown)
        self.parking.setChecked(shown)


def _open(button: Button, fill: Callable[[QMenu], object]) -> None:
    menu = Menu(button, button.accessibleName())
    fill(menu)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))
