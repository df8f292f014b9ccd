"""Two maps made one: who stands twice, where the two disagree, and whether a circle would come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from csplanner.domain.likeness import plain
from csplanner.domain.map_model import Card, RelationMap
from csplanner.domain.person import CHAMPIONS, Level

FIELDS = ("title", "department", "email", "phone", "level", "politics", "adaptability",
          "orientation", "relation_now", "relation_wanted")  # fmt: skip
"""What is kept with a person and may differ."""
JUDGED = ("influence", "mood")
"""What is kept with a seat and may differ."""
YESES = ("has_power", "sells_for_us", "has_interest")
"""What is kept with the seat of a champion or coach and may differ."""
ABOVE = "above"


class Keep(StrEnum):
    """Which of two values stands after a merge."""

    INTO = "into"
    FROM = "from"


@dataclass(frozen=True, slots=True)
class Twin:
    """One person who stands on both maps as two; `gone` becomes part of `kept`."""

    kept: Card
    gone: Card


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something the two maps say differently of one person, in words; empty for nobody."""

    key: str
    """What a choice is given for."""
    field: str
    name: str
    """Of the person."""
    into: str
    gone: str
    """What the map says that goes."""


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What a merge does; it is refused while there are circles."""

    twins: tuple[Twin, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    circles: tuple[str, ...] = ()
    """Each as `Ann → Bob → Ann`."""
    comes: tuple[str, ...] = ()
    """Cards that come onto the map, by key."""


def plan_merge(
    source: RelationMap, into: RelationMap, choices: Mapping[str, Keep] | None = None
) -> MergePlan:
    """What merging `source` into `into` does, with those choices for conflicts.

    The cards of both tell whom they report to even where those are on neither map. Without a
    choice what `into` says stands. Two cards are one person where they share an e-mail
    address or a name. The same map twice finds who stands on it twice.
    """
    chosen = choices or {}
    twins = tuple(_twins(source, into))
    above = _above(source, into, twins, chosen)
    circles = tuple(_circles(above))
    names = {c.key: c.name for c in (*source.cards, *into.cards)}
    caught = {key for circle in circles for key in circle}
    conflicts = tuple(
        c for twin in twins for c in _conflicts(twin, names, is_caught=twin.kept.key in caught)
    )
    alias = {t.gone.key: t.kept.key for t in twins}
    there = {c.key for c in into.placed()}
    comes = {alias.get(c.key, c.key) for c in source.placed()} - there
    return MergePlan(
        twins,
        conflicts,
        tuple(" → ".join(names[k] for k in (*circle, circle[0])) for circle in circles),
        tuple(sorted(comes)),
    )


def chosen_above(twin: Twin, choices: Mapping[str, Keep]) -> str | None:
    """Whom the person reports to after the merge, before keys of twins are put in their place."""
    said = choices.get(conflict_key(twin, ABOVE))
    if said is not None:
        return twin.gone.above if said is Keep.FROM else twin.kept.above
    return twin.kept.above or twin.gone.above


def conflict_key(twin: Twin, field: str) -> str:
    """What a choice about that field of that person is given for."""
    return f"{twin.kept.key}:{field}"


def gone_wins(twin: Twin, field: str, choices: Mapping[str, Keep]) -> bool:
    """Whether what the card that goes says of a field stands after the merge."""
    if value_of(twin.gone, field) is None:
        return False
    said = choices.get(conflict_key(twin, field))
    return value_of(twin.kept, field) is None or said is Keep.FROM


def value_of(card: Card, field: str) -> object:
    """What a card says of a field; None where nobody knows."""
    if field in JUDGED:
        return (card.influence if field == "influence" else card.mood).value
    if field in YESES:
        seat = next((s for s in card.seats if s.role in CHAMPIONS), None)
        return None if seat is None else getattr(seat, field)
    value = getattr(card.person, field)
    return None if value in ("", Level.UNKNOWN) else value


def _twins(source: RelationMap, into: RelationMap) -> Iterator[Twin]:
    found: dict[str, list[Card]] = {}
    taken: set[str] = set()
    keeping: set[str] = set()
    here, there = ({c.key for c in shown.placed()} for shown in (source, into))
    for card in sorted(into.placed(), key=_worth):
        for mark in _marks(card):
            found.setdefault(mark, []).append(card)
    for card in sorted(source.placed(), key=_worth):
        others = (c for mark in _marks(card) for c in found.get(mark, ()) if c.key != card.key)
        if card.key in there:
            # Of two who both stand on both, the first of them stays.
            others = (c for c in others if c.key not in here or _worth(c) < _worth(card))
        kept = next(others, None)
        if kept is None or kept.key in taken or card.key in taken | keeping:
            continue
        taken.add(card.key)
        keeping.add(kept.key)
        yield Twin(kept, card)


def _worth(card: Card) -> tuple[bool, int, int, str]:
    """The one with more behind it comes first."""
    return (not card.is_active, -len(card.seats), -card.contacts_90, card.key)


def _marks(card: Card) -> list[str]:
    if card.person is None:
        return []
    name = " ".join(plain(card.name).split())
    return [m for m in (card.person.email.casefold(), ":".join(("name", name))) if m]


def _conflicts(twin: Twin, names: Mapping[str, str], *, is_caught: bool) -> Iterator[Conflict]:
    for field in (*FIELDS, *JUDGED, *YESES):
        into, gone = value_of(twin.kept, field), value_of(twin.gone, field)
        if into is not None and gone is not None and into != gone:
            key = conflict_key(twin, field)
            yield Conflict(key, field, twin.kept.name, str(into), str(gone))
    high, other = twin.kept.above, twin.gone.above
    if high != other and (is_caught or (high is not None and other is not None)):
        yield Conflict(
            conflict_key(twin, ABOVE), ABOVE, twin.kept.name, names.get(high or "", ""),
            names.get(other or "", ""),
        )  # fmt: skip


def _above(
    source: RelationMap, into: RelationMap, twins: tuple[Twin, ...], choices: Mapping[str, Keep]
) -> dict[str, str | None]:
    alias = {t.gone.key: t.kept.key for t in twins}
    found: dict[str, str | None] = {}
    for card in (*into.cards, *source.cards):
        found[card.key] = found.get(card.key) or card.above
    for twin in twins:
        found[twin.kept.key] = chosen_above(twin, choices)
        found.pop(twin.gone.key, None)
    return {k: alias.get(a, a) if a is not None else None for k, a in found.items()}


def _circles(above: Mapping[str, str | None]) -> Iterator[tuple[str, ...]]:
    settled: set[str] = set()
    for start in sorted(above):
        path: list[str] = []
        at: str | None = start
        while at is not None and at not in settled and at not in path:
            path.append(at)
            at = above.get(at)
        if at is not None and at in path:
            yield tuple(path[path.index(at) :])
        settled.update(path)
