"""What a line of the map can begin and end at, as choices by name."""

from csplanner.domain.map_model import Card, LineKind, RelationMap, Standing
from csplanner.language import Spoken, noted, tr

KINDS = Spoken({
    LineKind.INFLUENCES: noted("Influences"), LineKind.DOUBTS: noted("Doubts, or works against"),
    LineKind.TIE: noted("Knows"), LineKind.PAIRED: noted("Is planned to meet"),
    LineKind.RIVAL: noted("Is in contact with"), LineKind.REPORTS: noted("Reports to"),
})  # fmt: skip
"""What a line says between the names of its ends."""


def name_of(shown: RelationMap, key: str) -> str:
    """The name of a card or of one of our people; the key where it is neither."""
    names = {c.key: c.name for c in shown.cards} | {o.key: o.name for o in shown.ours}
    return names.get(key, key)


def their_choices(shown: RelationMap, *, outsiders: bool = False) -> list[tuple[str, str]]:
    """Keys and names of theirs and of vacant seats, those on the map first."""
    found = [c for c in shown.cards if outsiders or not c.outside]
    found.sort(key=lambda c: (c.parked, c.standing is Standing.LEFT, c.name.casefold()))
    return [(c.key, _named(c)) for c in found]


def our_choices(shown: RelationMap) -> list[tuple[str, str]]:
    """Keys and names of our people, you first."""
    ours = sorted(shown.ours, key=lambda o: (not o.is_you, o.name.casefold()))
    return [(o.key, f"{o.name}, {o.function}" if o.function else o.name) for o in ours]


def outsider_choices(shown: RelationMap) -> list[tuple[str, str]]:
    """Keys and names of outsiders."""
    return [(c.key, _named(c)) for c in shown.cards if c.outside]


def above_choices(shown: RelationMap, below: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Whom the cards `below` may report to: nobody, or anybody who is not below them."""
    barred = set(below)
    grew = True
    while grew:
        more = {c.key for c in shown.cards if c.above in barred} - barred
        barred |= more
        grew = bool(more)
    choices = [(k, name) for k, name in their_choices(shown) if k not in barred]
    return [("", tr("Nobody, or not known")), *choices]


def _named(card: Card) -> str:
    if card.standing is Standing.VACANT:
        return tr("{0}, vacant").format(card.name)
    return f"{card.name}, {card.title}" if card.title else card.name
