"""The menus of the row above the map: the maps of the account, and what can be added."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.ui.map.page import MapTab
    from csplanner.ui.map.verbs import MapVerbs


def fill_maps(page: "MapTab", menu: QMenu) -> None:
    """The maps to choose from, then what can be done with them."""
    group = QActionGroup(menu)
    maps = page.seen.maps if page.seen is not None else ()
    for key, name in (("", tr("Everybody")), *((m.id, m.name) for m in maps)):
        action = menu.addAction(name.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(key == page.map_id)
        group.addAction(action)
        action.triggered.connect(lambda _on=False, key=key: page.show_map(key))
    menu.addSeparator()
    verbs = page.verbs
    _add(menu, tr("New map, such as of a division…"), verbs.new_map)
    if page.map_id:
        _add(menu, tr("Rename this map…"), verbs.rename_map)
    _add(menu, tr("Merge maps, or who is there twice…"), verbs.merge_maps)
    if page.map_id:
        _add(menu, tr("Remove this map"), verbs.remove_map)
    menu.addSeparator()
    _add(menu, tr("Lay the map out anew"), verbs.tidy)
    _add(menu, tr("Show as table"), verbs.show_table)
    _add(menu, tr("Export map…"), verbs.export)


def fill_adding(verbs: "MapVerbs", menu: QMenu) -> None:
    """What can be added to the map."""
    for words, run in (
        (tr("Person…"), verbs.add_card),
        (tr("Seat nobody holds…"), verbs.add_vacancy),
        (tr("Somebody from outside…"), verbs.add_outsider),
        (tr("Line…"), verbs.add_line),
        (tr("Paste a list of names…"), verbs.paste),
    ):
        _add(menu, words, run)


def _add(menu: QMenu, words: str, run: object) -> None:
    action = menu.addAction(words)
    action.triggered.connect(lambda _on=False: run())  # type: ignore[operator]
