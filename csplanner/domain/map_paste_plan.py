"""What pasting a list onto a map would do: who is new, who is known, and who reports to whom."""

from collections.abc import Mapping
from dataclasses import dataclass

from csplanner.domain.likeness import plain
from csplanner.domain.map_chiefs import circle_above
from csplanner.domain.map_model import Card, RelationMap
from csplanner.domain.map_paste import Pasted, PastedRow
from csplanner.language import tr


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One person of the list as it will stand on the map."""

    row: PastedRow
    key: str
    """Of the card; `new:` and the place in the list for who is not known yet."""
    known: Card | None = None
    above: str | None = None
    """The card they will report to, where the list says so and it may be."""


@dataclass(frozen=True, slots=True)
class PastePlan:
    """Everything pasting does, parents before children, and what it leaves out."""

    rows: tuple[PlannedRow, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def new(self) -> int:
        """How many people the account did not know."""
        return sum(1 for r in self.rows if r.known is None)


def plan_paste(pasted: Pasted, shown: RelationMap) -> PastePlan:
    """Find the known people of a list by e-mail or name, and refuse each link in a circle."""
    by_mail, by_name = _known(shown)
    cards = [by_mail.get(r.email.casefold()) or by_name.get(_key(r.name)) for r in pasted.rows]
    keys = [c.key if c else f"new:{n}" for n, c in enumerate(cards)]
    above: dict[str, str | None] = {c.key: c.above for c in shown.cards}
    notes, chiefs = list(pasted.notes), dict[int, str]()
    for at, row in enumerate(pasted.rows):
        chief = _chief(row, keys, by_name)
        if chief is None:
            if row.above_name:
                notes.append(
                    tr("Nobody is called {0}: {1} reports to nobody for now.").format(
                        row.above_name, row.name
                    )
                )
        elif chief == keys[at] or circle_above(above, keys[at], chief):
            notes.append(
                tr("{0} would report to themselves in a circle; that link was left out.").format(
                    row.name
                )
            )
        else:
            above[keys[at]] = chief
            chiefs[at] = chief
    rows = [
        PlannedRow(row, key, card, chiefs.get(at))
        for at, (row, key, card) in enumerate(zip(pasted.rows, keys, cards, strict=True))
    ]
    return PastePlan(tuple(sorted(rows, key=lambda r: _depth(above, r.key))), tuple(notes))


def _known(shown: RelationMap) -> tuple[dict[str, Card], dict[str, Card]]:
    by_mail: dict[str, Card] = {}
    by_name: dict[str, Card] = {}
    for card in sorted(shown.cards, key=lambda c: not c.is_active):
        if card.person is not None:
            by_name.setdefault(_key(card.name), card)
            if card.person.email:
                by_mail.setdefault(card.person.email.casefold(), card)
    by_mail.pop("", None)
    return by_mail, by_name


def _chief(row: PastedRow, keys: list[str], by_name: Mapping[str, Card]) -> str | None:
    if row.above is not None:
        return keys[row.above]
    card = by_name.get(_key(row.above_name)) if row.above_name else None
    return card.key if card else None


def _depth(above: Mapping[str, str | None], key: str) -> int:
    depth, at = 0, above.get(key)
    while at is not None:
        depth, at = depth + 1, above.get(at)
    return depth


def _key(text: str) -> str:
    return " ".join(plain(text).split())
