"""The verbs of the relationship map, for menus, keys and the palette."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from csplanner.domain.map_lens import LENS_TITLES
from csplanner.domain.map_model import Lens, LineKind
from csplanner.language import noted, tr
from csplanner.ui.commands import Command
from csplanner.ui.shown_page import page_widget
from csplanner.ui.verbs.of_account import of_account

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow
    from csplanner.ui.map.page import MapTab

Run = Callable[["MapTab"], object]
When = Callable[["MapTab"], bool]


def map_commands(window: "BookWindow") -> list[Command]:
    """Everything that can be done with the map of the account shown."""
    return [_way(window), *_changing(window), *_lines(window), *_of_chosen(window),
            *_looking(window),
            *_moving(window), *_maps(window), *_leaving(window)]  # fmt: skip


def shown_map(window: "BookWindow") -> "MapTab | None":
    """The map, where the account page of the window shows it."""
    current = window.current_page()
    if current is None or current.key != "account":
        return None
    page = page_widget(window, "account")
    tab: MapTab | None = getattr(page, "shown_map", None)
    return tab


def _way(window: "BookWindow") -> Command:
    actions = window.verbs
    assert actions is not None
    return of_account(
        window, "account.map", tr("Account: relationship map"),
        lambda account: actions.open_account(account, "map"), menu="Go", shortcut="G, M",
        writes=False, icon="users", keywords="org chart who knows whom decides stakeholders",
    )  # fmt: skip


def _verb(
    window: "BookWindow", name: str, text: str, run: Run, *, when: When | None = None,
    writes: bool = False, shortcut: str = "", icon: str = "", keywords: str = "",
    local: str = "", needs: str = "", menu: str = "Account",
) -> Command:  # fmt: skip
    def go() -> None:
        tab = shown_map(window)
        if tab is not None:
            run(tab)

    def can() -> bool:
        tab = shown_map(window)
        return tab is not None and tab.shown is not None and (when is None or when(tab))

    return Command(
        f"map.{name}", text, go, menu=menu, submenu=tr("Relationship map"),
        shortcut=shortcut, icon=icon, keywords=f"map stakeholder {keywords}", writes=writes,
        enabled=can, local=local,
        needs=needs or tr("Open the relationship map of an account first."),
    )  # fmt: skip


def _changing(window: "BookWindow") -> list[Command]:
    """What is added to a map."""
    verb = partial(_verb, window, writes=True, when=lambda tab: not tab.is_past)
    return [
        verb("person", tr("Map: add a person…"), lambda tab: tab.verbs.add_card(), icon="plus",
             keywords="contact new card"),
        verb("vacancy", tr("Map: add a seat nobody holds…"), lambda tab: tab.verbs.add_vacancy(),
             icon="circle-dashed", keywords="vacant placeholder missing role", local="V"),
        verb("outsider", tr("Map: add somebody from outside…"),
             lambda tab: tab.verbs.add_outsider(), keywords="partner consultant competitor rival"),
        verb("line", tr("Map: draw a line…"), lambda tab: tab.verbs.add_line(),
             icon="git-branch", keywords="influence tie doubts knows pair connect"),
        verb("paste", tr("Map: paste a list of names…"), lambda tab: tab.verbs.paste(),
             icon="users", keywords="people titles clipboard org chart", local="Ctrl+V"),
        verb("tidy", tr("Map: lay out anew"), lambda tab: tab.verbs.tidy(), local="U",
             keywords="automatic layout arrange"),
    ]  # fmt: skip


def _lines(window: "BookWindow") -> list[Command]:
    """Lines drawn from the card chosen: the arrows go to the other end, Enter draws."""
    verb = partial(
        _verb,
        window,
        writes=True,
        when=lambda tab: bool(tab.selected) and not tab.is_past,
        needs=tr(_NEEDS_CARD),
    )
    return [
        verb(f"draw.{kind.value}", tr(words), partial(_begin_line, kind=kind), local=keys,
             keywords="line draw tie")
        for kind, words, keys in _KINDS
    ]  # fmt: skip


_NEEDS_CARD = noted("Choose a card on the map of today first; the past stays as it was.")
_KINDS = (
    (LineKind.REPORTS, noted("Map: draw whom they report to"), "R"),
    (LineKind.INFLUENCES, noted("Map: draw whom they influence"), "L"),
    (LineKind.DOUBTS, noted("Map: draw whom they doubt"), "D"),
    (LineKind.TIE, noted("Map: draw who of us knows them"), "K"),
    (LineKind.PAIRED, noted("Map: plan who of us meets them"), "X"),
)


def _begin_line(tab: "MapTab", *, kind: LineKind) -> None:
    tab.view.begin_line(kind, tab.selected[0])


def _of_chosen(window: "BookWindow") -> list[Command]:
    """What is done with the cards chosen."""
    one, some = _one_person, lambda tab: bool(tab.verbs.chosen_cards()) and not tab.is_past
    verb = partial(_verb, window, writes=True, needs=tr(_NEEDS_CARD))
    return [
        verb("open", tr("Map: change the person, or fill the seat…"),
             lambda tab: tab.verbs.open_card(tab.selected[0]), when=some,
             icon="pencil", keywords="edit"),
        verb("judge", tr("Map: help me decide…"), lambda tab: tab.verbs.judge_chosen(), when=one,
             icon="scale", keywords="judge influence mood sentiment role politics"),
        verb("reports", tr("Map: say whom they report to…"), lambda tab: tab.verbs.ask_above(),
             when=some, keywords="manager boss hierarchy"),
        verb("park", tr("Map: take off the map"),
             lambda tab: tab.verbs.park(tuple(c.key for c in tab.verbs.chosen_cards())),
             when=some, local="P", keywords="parking hide"),
        *(
            verb(f"line_up.{side}", tr(words), partial(_line_up, side=side), when=_several,
                 local=keys, keywords="align edge")
            for side, words, keys in _SIDES
        ),
        verb("spread", tr("Map: same distance between the cards chosen"),
             lambda tab: tab.view.spread(), when=_several, local="S",
             keywords="align distribute space"),
    ]  # fmt: skip


_SIDES = (
    ("left", noted("Map: line cards up at the left"), "Ctrl+Shift+Left"),
    ("right", noted("Map: line cards up at the right"), "Ctrl+Shift+Right"),
    ("top", noted("Map: line cards up at the top"), "Ctrl+Shift+Up"),
    ("bottom", noted("Map: line cards up at the bottom"), "Ctrl+Shift+Down"),
)


def _line_up(tab: "MapTab", *, side: str) -> None:
    tab.view.line_up(side)


def _several(tab: "MapTab") -> bool:
    return len(tab.verbs.chosen_cards()) > 1 and not tab.is_past


def _one_person(tab: "MapTab") -> bool:
    card = tab.verbs.one_card()
    return card is not None and card.person is not None and not tab.is_past


def _looking(window: "BookWindow") -> list[Command]:
    """Through which lens, on which day."""
    verb = partial(_verb, window, menu="View")
    lenses = [
        verb(f"lens.{lens.value}", tr(_LENS_WORDS[lens]), partial(_look, lens=lens), icon="eye",
             keywords=f"lens {LENS_TITLES[lens]}")
        for lens in Lens
    ]  # fmt: skip
    return [
        *lenses,
        verb("past", tr("Map: look at an earlier quarter"), lambda tab: tab.step_time(-1),
             icon="history", keywords="as of time machine before back then"),
        verb("later", tr("Map: look at a later quarter"), lambda tab: tab.step_time(1),
             when=lambda tab: tab.is_past, keywords="as of time machine"),
        verb("today", tr("Map: back to today"), lambda tab: tab.open_time(on=False),
             when=lambda tab: tab.is_past, keywords="now present"),
        verb("parking", tr("Map: show who is not on it"), _turn_parking,
             keywords="parking lot list unplaced"),
        verb("table", tr("Map: show as table"), lambda tab: tab.verbs.show_table(), icon="rows-3",
             local="T",
             keywords="list screen reader"),
    ]  # fmt: skip


_LENS_WORDS = {
    Lens.REPORTING: noted("Map: who reports to whom"),
    Lens.INFLUENCE: noted("Map: who influences whom"),
    Lens.COVERAGE: noted("Map: who knows whom"),
    Lens.SENTIMENT: noted("Map: who is for us"),
    Lens.FRESHNESS: noted("Map: what is to be checked again"),
}


def _look(tab: "MapTab", *, lens: Lens) -> None:
    tab.show_lens(lens)


def _turn_parking(tab: "MapTab") -> None:
    tab.open_parking(on=not tab.parking.isVisible())


def _moving(window: "BookWindow") -> list[Command]:
    """Zoom."""
    verb = partial(_verb, window, menu="View")
    return [
        verb("fit", tr("Map: all of it in sight"), lambda tab: tab.view.fit(), local="F",
             keywords="zoom fit"),
        verb("larger", tr("Map: larger"), lambda tab: tab.view.zoom_by(1), local="Ctrl++",
             keywords="zoom in"),
        verb("smaller", tr("Map: smaller"), lambda tab: tab.view.zoom_by(-1), local="Ctrl+-",
             keywords="zoom out"),
    ]  # fmt: skip


def _maps(window: "BookWindow") -> list[Command]:
    """Several maps of one account."""
    verb = partial(_verb, window, writes=True)
    further = tr("Open a further map of the account first, from the menu above the map.")
    return [
        verb("new", tr("Map: new map of the account…"), lambda tab: tab.verbs.new_map(),
             keywords="division several"),
        verb("rename", tr("Map: rename it…"), lambda tab: tab.verbs.rename_map(),
             when=lambda tab: bool(tab.map_id), needs=further),
        verb("merge", tr("Map: merge maps, or who is there twice…"),
             lambda tab: tab.verbs.merge_maps(), keywords="doubles duplicates join"),
        verb("remove", tr("Map: remove it"), lambda tab: tab.verbs.remove_map(),
             when=lambda tab: bool(tab.map_id), needs=further),
    ]  # fmt: skip


def _leaving(window: "BookWindow") -> list[Command]:
    """What leaves the app."""
    verb = partial(_verb, window)
    return [
        verb("export", tr("Map: export it…"), lambda tab: tab.verbs.export(), icon="download",
             keywords="png svg pdf excel powerpoint picture slide"),
        verb("qbr", tr("Map: put it into the QBR"), lambda tab: tab.verbs.to_qbr(),
             icon="presentation", keywords="deck slide review"),
    ]  # fmt: skip
