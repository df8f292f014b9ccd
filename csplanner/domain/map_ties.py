"""The lines of a relationship map: contact, planned pairs, influence and doubt."""

from collections.abc import Iterator
from dataclasses import dataclass

from csplanner.domain.map_ground import Ground, person_key
from csplanner.domain.map_model import YOU, Line, LineKind, TieState
from csplanner.domain.person import Level, Person, Side
from csplanner.domain.tie import Tie, TieKind
from csplanner.domain.tie_strength import Contact, state_of, stated_now, strength

_DRAWN = {TieKind.INFLUENCES: LineKind.INFLUENCES, TieKind.DOUBTS: LineKind.DOUBTS}


@dataclass(frozen=True, slots=True)
class _Ends:
    """A line that is kept, with its ends turned so that ours, or the outsider, comes first."""

    tie: Tie
    start: str
    end: str


def lines(ground: Ground) -> tuple[Line, ...]:
    """All but who reports to whom, by kind and key."""
    kept = tuple(_turned(ground))
    found = [*_between(kept), *_known(ground, kept), *_paired(ground, kept), *_rivals(ground, kept)]
    return tuple(sorted(found, key=lambda line: (line.kind.value, line.key)))


def _rank(ground: Ground, key: str) -> int:
    person = ground.person_of(key)
    if person is None:
        return 2
    return 0 if person.side is Side.OURS else 2 if person.outside is None else 1


def _turned(ground: Ground) -> Iterator[_Ends]:
    for tie in ground.of.ties:
        start, end = ground.ends(tie)
        if start is None or end is None or start == end:
            continue
        if tie.kind in (TieKind.KNOWS, TieKind.PAIRED) and _rank(ground, start) > _rank(
            ground, end
        ):
            start, end = end, start
        yield _Ends(tie, start, end)


def _between(kept: tuple[_Ends, ...]) -> Iterator[Line]:
    for found in kept:
        tie, kind = found.tie, _DRAWN.get(found.tie.kind)
        if kind is not None:
            yield Line(
                f"t:{tie.id}", kind, found.start, found.end, tie.id,
                weight=tie.weight, label=tie.label, evidence=tie.evidence, on=tie.as_of,
            )  # fmt: skip


def _of_kind(ground: Ground, kept: tuple[_Ends, ...], kind: TieKind) -> dict[tuple[str, str], Tie]:
    """Lines between one of ours and a card, the newest of each pair."""
    return {
        (k.start, k.end): k.tie
        for k in sorted(kept, key=lambda k: (k.tie.as_of is not None, k.tie.as_of, k.tie.id))
        if k.tie.kind is kind and _rank(ground, k.start) == 0 and _rank(ground, k.end) == 2
    }


def _known(ground: Ground, kept: tuple[_Ends, ...]) -> Iterator[Line]:
    stated = _of_kind(ground, kept, TieKind.KNOWS)
    pairs = {
        (_our_key(us), person_key(them)): contact
        for (us, them), contact in ground.contacts.items()
        if contact.last is not None and ground.people[them].is_theirs
    }
    for start, end in sorted(pairs.keys() | stated.keys()):
        yield _tie(ground, (start, end), pairs.get((start, end)), stated.get((start, end)))


def _our_key(us: str) -> str:
    return YOU if us == YOU else person_key(us)


def _tie(ground: Ground, ends: tuple[str, str], contact: Contact | None, tie: Tie | None) -> Line:
    level = _level(ground.person_of(ends[1]))
    said = tie.strength.value if tie else None
    counts = strength(contact, level, ground.day) if contact else None
    if counts is None and said is not None and tie is not None:
        counts = stated_now(said, tie.as_of, level, ground.day)
    return Line(
        f"k:{ends[0]}:{ends[1]}",
        LineKind.TIE,
        *ends,
        tie_id=tie.id if tie else None,
        strength=counts,
        stated=said,
        state=state_of(counts),
        label=tie.label if tie else "",
        last=contact.last if contact else None,
        evidence=tie.evidence if tie else "",
        on=tie.as_of if tie else None,
    )


def _level(person: Person | None) -> Level:
    return person.level if person is not None else Level.UNKNOWN


def _paired(ground: Ground, kept: tuple[_Ends, ...]) -> Iterator[Line]:
    planned: dict[tuple[str, str], Tie | None] = {
        (person_key(p.id), person_key(p.sponsor_of)): None
        for p in ground.ours
        if p.sponsor_of in ground.people and ground.people[p.sponsor_of].is_theirs
    }
    planned |= _of_kind(ground, kept, TieKind.PAIRED)
    for (start, end), tie in sorted(planned.items(), key=lambda found: found[0]):
        us = ground.you if start == YOU else start[2:]
        contact = ground.contacts.get((us, end[2:]))
        counts = strength(contact, _level(ground.person_of(end)), ground.day) if contact else None
        line = Line(f"e:{start}:{end}", LineKind.PAIRED, start, end, strength=counts,
                    state=state_of(counts), last=contact.last if contact else None)  # fmt: skip
        yield line if tie is None else _said(line, tie)


def _said(line: Line, tie: Tie) -> Line:
    return Line(
        f"t:{tie.id}", line.kind, line.start, line.end, tie.id, line.strength, None, line.state,
        tie.weight, tie.label, tie.due, line.last, tie.evidence, tie.as_of,
    )  # fmt: skip


def _rivals(ground: Ground, kept: tuple[_Ends, ...]) -> Iterator[Line]:
    for found in kept:
        tie = found.tie
        is_rival = _rank(ground, found.start) == 1 and _rank(ground, found.end) == 2
        if tie.kind is TieKind.KNOWS and is_rival:
            said = tie.strength.value
            level = _level(ground.person_of(found.end))
            counts = None if said is None else stated_now(said, tie.as_of, level, ground.day)
            yield Line(
                f"t:{tie.id}", LineKind.RIVAL, found.start, found.end, tie.id, counts, said,
                TieState.NONE if counts is None else state_of(counts), tie.weight, tie.label,
                evidence=tie.evidence, on=tie.as_of,
            )  # fmt: skip
