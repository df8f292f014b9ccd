"""Where the cards of a past day stand: where they stand today, so that only people move."""

from dataclasses import replace

from csplanner.domain.map_layout import Places, Spot, places
from csplanner.domain.map_model import Card, RelationMap


def past_places(then: RelationMap, now: RelationMap) -> Places:
    """The places of a past day: who is on both maps stands where they stand today, who held a seat
    stands where it stands today, and for the others the layout finds room.
    """
    today = places(now)
    found = places(replace(then, cards=_where_today(then, now, today)))
    above = {c.key: c.above for c in now.placed()}
    rails = {
        card.key: today.rails[card.key]
        for card in then.placed()
        if card.key in today.rails and above[card.key] == card.above
        and all(found.at.get(k) == today.at.get(k) for k in (card.key, card.above or ""))
    }  # fmt: skip
    return replace(found, rails={**found.rails, **rails})


def standing_as_today(then: RelationMap, now: RelationMap) -> RelationMap:
    """The map of a past day with its cards put where they stand today, for a picture beside one
    of today.
    """
    return replace(then, cards=_where_today(then, now, places(now)))


def _where_today(then: RelationMap, now: RelationMap, today: Places) -> tuple[Card, ...]:
    """The cards of the past day, told to stand where they or their seats stand today."""
    here = {c.key for c in then.placed()}
    of_seat = {s.id: c.key for c in now.placed() for s in c.seats if c.key not in here}
    free = set(of_seat.values())
    kept = []
    for card in then.cards:
        spot: Spot | None = today.at.get(card.key)
        if spot is None and not card.parked:
            seat = next((of_seat[s.id] for s in card.seats if of_seat.get(s.id) in free), None)
            free.discard(seat or "")
            spot = today.at.get(seat or "")
        kept.append(card if spot is None or card.parked else replace(card, at=spot))
    return tuple(kept)
