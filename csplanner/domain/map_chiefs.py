"""Who reports to whom on a relationship map: one chief each, and never a circle."""

from collections.abc import Mapping

from csplanner.domain.map_ground import Ground, person_key, seat_key
from csplanner.domain.tie import Tie, TieKind


def chiefs(ground: Ground) -> dict[str, tuple[str, str | None]]:
    """Per card the one above it, and the id of the line that says so where one does.

    What an import brought in a circle loses one link of it.
    """
    return _without_circles(said(ground))


def said(ground: Ground) -> dict[str, tuple[str, str | None]]:
    """The same as it is kept, circles included.

    A line that is kept wins over what a seat says, that over what a person says.
    """
    found = _by_lines(ground)
    for seats in (*ground.held.values(), ground.vacant):
        for seat in seats:
            child, above = ground.end(None, seat.id), ground.end(None, seat.reports_to)
            if child is not None and above is not None and seat.reports_to is not None:
                found.setdefault(child, (above, None))
    for person in ground.others:
        above = ground.end(person.reports_to, None)
        if above is not None:
            found.setdefault(person_key(person.id), (above, None))
    cards = {person_key(p.id) for p in ground.others} | {seat_key(s.id) for s in ground.vacant}
    return {c: a for c, a in found.items() if c in cards and a[0] in cards and a[0] != c}


def _by_lines(ground: Ground) -> dict[str, tuple[str, str | None]]:
    said: dict[str, tuple[str, str | None]] = {}
    for tie in sorted(ground.of.ties, key=_newest_first):
        child, above = ground.ends(tie)
        if tie.kind is TieKind.REPORTS and child is not None and above is not None:
            said.setdefault(child, (above, tie.id))
    return said


def _newest_first(tie: Tie) -> tuple[int, str]:
    return (-tie.as_of.toordinal() if tie.as_of else 0, tie.id)


def _without_circles(
    said: Mapping[str, tuple[str, str | None]],
) -> dict[str, tuple[str, str | None]]:
    kept = dict(said)
    settled: set[str] = set()
    for start in sorted(said):
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at in kept and at not in settled and at not in path:
            path[at] = None
            at = kept[at][0]
        if at is not None and at in path:
            # The last link of the walk closes the circle.
            del kept[next(reversed(path))]
        settled.update(path)
    return kept


def circle_above(above: Mapping[str, str | None], child: str, chief: str) -> tuple[str, ...]:
    """The keys from `chief` up to `child` where `chief` reports to `child`; empty where not."""
    path: dict[str, None] = {}
    at: str | None = chief
    while at is not None and at not in path:
        path[at] = None
        if at == child:
            return tuple(path)
        at = above.get(at)
    return ()
