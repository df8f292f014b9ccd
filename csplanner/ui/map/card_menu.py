"""The menu of a card, of a line or of the ground: the same verbs as the keys and the palette."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from csplanner.domain.map_model import Card, LineKind, Standing
from csplanner.language import tr
from csplanner.ui.widgets.menus import Menu

if TYPE_CHECKING:
    from csplanner.ui.map.page import MapTab

Entry = tuple[str, Callable[[], object]]


def open_menu(page: "MapTab", key: str, point: QPoint) -> None:
    """Open the menu of what `key` names, or of the ground, at a point of the screen."""
    if page.shown is not None and key in page.shown.by_key() and key not in page.selected:
        page.select((key,))
    menu = menu_of(page, key)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(point)


def menu_of(page: "MapTab", key: str) -> Menu:
    """The menu, not yet shown; entries that change the map rest where it cannot be changed."""
    menu = Menu(page, tr("Relationship map"))
    card = page.shown.by_key().get(key) if page.shown is not None else None
    if card is not None and key in page.selected and len(page.verbs.chosen_cards()) > 1:
        _of_several(page, menu)
    elif card is not None:
        _of_card(page, menu, card)
    elif page.verbs.line(key) is not None:
        _of_line(page, menu, key)
    elif page.shown is not None and any(o.key == key for o in page.shown.ours):
        _of_ours(page, menu, key)
    else:
        _of_ground(page, menu)
    return menu


def _of_card(page: "MapTab", menu: QMenu, card: Card) -> None:
    verbs, key = page.verbs, card.key
    chosen = page.selected if key in page.selected else (key,)
    if card.standing is Standing.VACANT:
        first: list[Entry] = [(tr("Say who it is…"), lambda: verbs.open_card(key))]
    elif card.standing is Standing.LEFT:
        first = [
            (tr("Say who took over…"), lambda: verbs.open_card(key)),
            (tr("Change the person…"), lambda: verbs.edit_person(key)),
        ]
    else:
        first = [
            (tr("Change the person…"), lambda: verbs.edit_person(key)),
            (tr("Help me decide: influence…"), lambda: verbs.judge(key, "influence")),
            (tr("Help me decide: mood…"), lambda: verbs.judge(key, "mood")),
            (tr("Help me decide: role…"), lambda: verbs.judge(key, "role")),
            (tr("Log a touch…"), verbs.log_touch),
        ]
    _add(page, menu, first)
    menu.addSeparator()
    _add(page, menu, [
        (tr("Reports to…"), verbs.ask_above),
        (tr("Draw a line…"), lambda: verbs.draw_line(key, "", "")),
        (tr("Add somebody who reports to them…"), lambda: verbs.add_card(key)),
        (tr("Add a vacant seat below…"), lambda: verbs.add_vacancy(key)),
    ])  # fmt: skip
    menu.addSeparator()
    if card.parked:
        _add(page, menu, [(tr("Put on the map"), lambda: verbs.put_on_map(chosen, None))])
    else:
        _add(page, menu, [
            (tr("Lay out automatically"), verbs.tidy),
            (tr("Take off the map"), lambda: verbs.park(chosen)),
        ])  # fmt: skip
    if card.standing is Standing.VACANT and card.seats:
        _add(page, menu, [(tr("No longer needed"), lambda: verbs.remove_vacancy(key))])


def _of_several(page: "MapTab", menu: QMenu) -> None:
    """What is done with all that are chosen."""
    verbs, view = page.verbs, page.view
    chosen = tuple(card.key for card in verbs.chosen_cards())
    _add(page, menu, [
        (tr("Line up in a row"), lambda: view.line_up("top")),
        (tr("Line up in a column"), lambda: view.line_up("left")),
        (tr("Set them the same distance apart"), view.spread),
        (tr("Lay out automatically"), verbs.tidy),
    ])  # fmt: skip
    menu.addSeparator()
    _add(page, menu, [
        (tr("Reports to…"), verbs.ask_above),
        (tr("Draw a line…"), verbs.add_line),
        (tr("Begin a further map with them"), verbs.new_map),
        (tr("Take off the map"), lambda: verbs.park(chosen)),
    ])  # fmt: skip


def _of_line(page: "MapTab", menu: QMenu, key: str) -> None:
    verbs, line = page.verbs, page.verbs.line(key)
    _add(page, menu, [(tr("Change the line…"), lambda: verbs.open_line(key))])
    if line is not None and (line.tie_id or line.kind is LineKind.REPORTS):
        _add(page, menu, [(tr("Remove the line"), lambda: verbs.remove_line(key))])


def _of_ours(page: "MapTab", menu: QMenu, key: str) -> None:
    verbs = page.verbs
    _add(page, menu, [
        (tr("Whom they know…"), lambda: verbs.draw_line(key, "", LineKind.TIE)),
        (tr("Plan whom they meet…"), lambda: verbs.draw_line(key, "", LineKind.PAIRED)),
        (tr("Change the person…"), lambda: verbs.edit_person(key)),
    ])  # fmt: skip


def _of_ground(page: "MapTab", menu: QMenu) -> None:
    from csplanner.ui.map.maps_menu import fill_adding

    if page.verbs.can_change:
        fill_adding(page.verbs, menu)
        menu.addSeparator()
        _add(page, menu, [(tr("Lay the map out anew"), page.verbs.tidy)])
    for words, run in (
        (tr("Show as table"), page.verbs.show_table),
        (tr("Export map…"), page.verbs.export),
    ):
        menu.addAction(words).triggered.connect(lambda _on=False, run=run: run())


def _add(page: "MapTab", menu: QMenu, entries: list[Entry]) -> None:
    for words, run in entries:
        action = menu.addAction(words)
        action.setEnabled(page.verbs.can_change)
        action.triggered.connect(lambda _on=False, run=run: run())
