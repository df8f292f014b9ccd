"""What the panel beside the map asks for: the steps of risks, and verbs of cards."""

from typing import TYPE_CHECKING

from csplanner.domain.map_figures import MapVerb
from csplanner.domain.map_model import LineKind, RelationMap
from csplanner.domain.person import Role
from csplanner.language import tr
from csplanner.ui.actions import Actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from csplanner.ui.map.page import MapTab
    from csplanner.ui.map.verbs import MapVerbs


class MapAsked:
    """Turns words of the panel into verbs of the map."""

    def __init__(self, page: "MapTab", actions: Actions, verbs: "MapVerbs") -> None:
        self._page, self._actions, self._verbs = page, actions, verbs

    @property
    def _shown(self) -> RelationMap | None:
        return self._page.shown

    def act(self, verb: str, keys: tuple[str, ...] = ()) -> None:
        """Do what a verb of the panel says to the cards given."""
        name, _, detail = verb.partition(":")
        first = keys[0] if keys else ""
        plain: dict[str, Callable[[], object]] = {
            MapVerb.LOG_TOUCH: lambda: self.plan(keys),
            MapVerb.CONNECT: lambda: self._connect(keys),
            MapVerb.PAIR: lambda: self._pair(keys),
            MapVerb.JUDGE: lambda: self._verbs.judge(first, detail),
            MapVerb.SHOW: lambda: self._page.select(keys),
            MapVerb.INTRODUCE: lambda: self.introduce(keys),
            MapVerb.CHOOSE_ROLE: lambda: self._choose_role(keys, detail),
            MapVerb.FIND_PERSON: lambda: self._find(first, detail),
        }
        run = plain.get(name)
        if run is not None:
            run()
        else:
            self.more(name, detail, keys)

    def more(self, name: str, detail: str, keys: tuple[str, ...]) -> None:
        """Do what is asked of single cards and lines."""
        verbs, (first, second) = self._verbs, (*keys, "", "")[:2]
        runs: dict[str, Callable[[], object]] = {
            "touch": lambda: verbs.log_touch(first),
            "confirm": lambda: verbs.confirm(first, detail),
            "fill": lambda: verbs.open_card(first),
            "edit": lambda: verbs.edit_person(first),
            "line": lambda: verbs.open_line(first),
            "draw": lambda: verbs.draw_line(first, "", ""),
            "tie": lambda: verbs.draw_line(first, second, LineKind.TIE),
            "line_up": lambda: self._page.view.line_up(detail),
            "spread": self._page.view.spread,
            "reports": verbs.ask_above,
            "new_map": verbs.new_map,
            "park": lambda: verbs.park(keys),
            "plan_days": self._plan_days,
            "export": verbs.export,
            "to_qbr": verbs.to_qbr,
        }
        runs[name]()

    def _plan_days(self) -> None:
        if self._shown is not None:
            self._actions.plan_departure(self._shown.account_id)

    def _pair(self, keys: tuple[str, ...]) -> None:
        """Open what is planned between one of ours and one of theirs, or plan it."""
        shown = self._shown
        if shown is None:
            return
        known = {o.key for o in shown.ours}
        ours = next((key for key in keys if key in known), "")
        theirs = next((key for key in keys if key not in known), "")
        lines = (self._page.whole or shown).of_kind(LineKind.PAIRED)
        line = next((x for x in lines if (x.start, x.end) == (ours, theirs)), None)
        if line is not None:
            self._verbs.open_line(line.key)
        else:
            self._verbs.draw_line(ours, theirs, LineKind.PAIRED)

    def plan(self, keys: tuple[str, ...]) -> None:
        """Open the meeting planned between the two, or write contact with the first down as your
        next step: a contact is logged once it has been.
        """
        shown = self._shown
        if shown is None or not keys:
            return
        line = self._line_of(LineKind.PAIRED, keys)
        if line:
            self._verbs.open_line(line)
            return
        names = {c.key: c.name for c in shown.cards}
        colleague = next((o for o in shown.ours if o.key in keys and not o.is_you), None)
        words = tr("Plan a meeting with {0}").format(names.get(keys[0], ""))
        if colleague is not None:
            words = tr("Bring {0} together with {1}").format(colleague.name, names[keys[0]])
        self._actions.set_next_step(shown.account_id, typed=words)

    def _connect(self, keys: tuple[str, ...]) -> None:
        """Open the line between the two; else plan who of ours meets the first, or, with nobody
        else named, say who knows them.
        """
        line = self._line_of(LineKind.TIE, keys)
        kind = LineKind.PAIRED if len(keys) > 1 else LineKind.TIE
        if line:
            self._verbs.open_line(line)
        elif keys:
            self._verbs.draw_line(_you(self._shown), keys[0], kind)

    def _line_of(self, kind: LineKind, keys: tuple[str, ...]) -> str:
        """The line of that kind between the first two; empty where there is none."""
        whole = self._page.whole
        lines = whole.of_kind(kind) if whole is not None else ()
        pair = frozenset(keys[:2])
        return next((x.key for x in lines if {x.start, x.end} == pair), "")

    def introduce(self, keys: tuple[str, ...]) -> None:
        """Write the introduction down as your next step, ready to be dated."""
        shown = self._shown
        if shown is None or len(keys) < 2:
            return
        cards = shown.by_key()
        if keys[0] in cards and keys[1] in cards:
            through, goal = cards[keys[0]].name, cards[keys[1]]
            words = tr("Ask {0} to introduce {1}").format(through, goal.name)
            if goal.person is None:
                words = tr("Ask {0} who holds the seat: {1}").format(through, goal.name)
            self._actions.set_next_step(shown.account_id, typed=words)

    def _choose_role(self, keys: tuple[str, ...], role: str) -> None:
        """Judge the role of the card selected or named; with nobody, add somebody for it."""
        card = self._verbs.one_card()
        known = self._shown.by_key() if self._shown is not None else {}
        able = [k for k in keys if k in known and known[k].is_active]
        if able or (card is not None and card.is_active):
            self._verbs.judge(able[0] if able else card.key, "role")  # type: ignore[union-attr]
        else:
            self._find("", role)

    def _find(self, key: str, role: str) -> None:
        """Fill a vacant seat, or add a person for a role."""
        card = self._shown.by_key().get(key) if self._shown is not None else None
        if card is not None and card.seats and not card.is_active:
            self._verbs.open_card(key)
        else:
            self._verbs.add_card(role=Role(role) if role in set(Role) else None)


def _you(shown: RelationMap | None) -> str:
    """The key of you on the map."""
    return next((o.key for o in shown.ours if o.is_you), "") if shown is not None else ""
