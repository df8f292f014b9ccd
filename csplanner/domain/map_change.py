"""How a map differs from the same map on an earlier day: who turned, joined, left or moved."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.map_figures import Change, ChangeKind, MapChange
from csplanner.domain.map_lens import MOOD_WORDS
from csplanner.domain.map_model import Card, RelationMap, Standing, TieState
from csplanner.domain.map_reach import number_of
from csplanner.domain.tie_strength import state_of
from csplanner.domain.wording import day_text, list_text, quoted
from csplanner.language import ntr, tr

_HEAT = {TieState.LIVE: 2, TieState.COOLING: 1}
_ORDER = (
    ChangeKind.LEFT,
    ChangeKind.VACATED,
    ChangeKind.TURNED_AGAINST,
    ChangeKind.JOINED,
    ChangeKind.FILLED,
    ChangeKind.TURNED_FOR,
    ChangeKind.ROLE,
    ChangeKind.MOVED,
    ChangeKind.COOLER,
    ChangeKind.WARMER,
    ChangeKind.INFLUENCE,
    ChangeKind.MOOD_KNOWN,
    ChangeKind.TITLE,
)
_JUDGED = frozenset({
    ChangeKind.TURNED_AGAINST, ChangeKind.TURNED_FOR, ChangeKind.ROLE, ChangeKind.INFLUENCE,
    ChangeKind.MOOD_KNOWN,
})  # fmt: skip


def compare(before: RelationMap, after: RelationMap) -> MapChange:
    """What became of everybody between two readings of one map; `before` is the earlier one."""
    changes = [
        *_people(before, after),
        *_seats(before, after),
        *(c for card, now in _both(before, after) for c in _of_one(card, now, before, after)),
    ]
    changes.sort(key=lambda c: (_ORDER.index(c.kind), c.name, c.key))
    return MapChange(before.day, after.day, tuple(changes), _summary(changes))


def without_judgements(changes: MapChange) -> MapChange:
    """The same without what was judged of people: moods, influence and roles."""
    kept = [each for each in changes.changes if each.kind not in _JUDGED]
    return replace(changes, changes=tuple(kept), sentence=_summary(kept))


def _both(before: RelationMap, after: RelationMap) -> Iterator[tuple[Card, Card]]:
    """The same person there on both days."""
    now = after.by_key()
    for card in before.cards:
        later = now.get(card.key)
        if card.is_active and later is not None and later.is_active:
            yield card, later


def _people(before: RelationMap, after: RelationMap) -> Iterator[Change]:
    """Who joined and who left; on a further map only who is still to be seen counts as left."""
    then, now = before.by_key(), after.by_key()
    for card in after.cards:
        known = then.get(card.key)
        if card.is_active and (known is None or not known.is_active):
            joined = card.person.joined_on if card.person is not None else None
            yield _change(ChangeKind.JOINED, card, "", _day(joined, after), _joined(card, after))
    for card in before.cards:
        later = now.get(card.key)
        if not card.is_active or (later is not None and later.is_active):
            continue
        if later is None and after.map_id:
            continue
        left = later.person.left_on if later is not None and later.person is not None else None
        said = tr("{0} is there no more.").format(card.name)
        if left is not None:
            said = tr("{0} left on {1}.").format(card.name, day_text(left, after.day))
        yield _change(ChangeKind.LEFT, card, _held(card), _day(left, after), said)


def _joined(card: Card, after: RelationMap) -> str:
    joined = card.person.joined_on if card.person is not None else None
    if joined is None:
        return tr("{0} is new on the map.").format(card.name)
    return tr("{0} joined on {1}.").format(card.name, day_text(joined, after.day))


def _day(day: date | None, after: RelationMap) -> str:
    return "" if day is None else day_text(day, after.day)


def _seats(before: RelationMap, after: RelationMap) -> Iterator[Change]:
    """Vacant seats that somebody took over, and held seats that are vacant."""
    was_vacant = {c.key: c for c in before.cards if c.standing is Standing.VACANT}
    is_vacant = {c.key: c for c in after.cards if c.standing is Standing.VACANT}
    held_then = {f"s:{s.id}": c for c in before.cards if c.is_active for s in c.seats}
    held_now = {f"s:{s.id}": c for c in after.cards if c.is_active for s in c.seats}
    for key, seat in was_vacant.items():
        if key not in is_vacant and key in held_now:
            card = held_now[key]
            said = tr("{0} took over: {1}.").format(card.name, seat.name)
            yield _change(ChangeKind.FILLED, card, seat.name, card.name, said)
    for key, seat in is_vacant.items():
        if key not in was_vacant and key in held_then:
            card = held_then[key]
            said = tr("Nobody holds it any more: {0}, until then {1}.").format(seat.name, card.name)
            yield _change(ChangeKind.VACATED, seat, card.name, "", said)


def _of_one(card: Card, now: Card, before: RelationMap, after: RelationMap) -> Iterator[Change]:
    yield from _mood(card, now)
    if set(card.roles) != set(now.roles):
        was, became = _held(card), _held(now)
        said = tr("{0} is now {1}, before {2}.").format(now.name, became, was)
        yield _change(ChangeKind.ROLE, now, was, became, said)
    if card.above != now.above:
        yield _moved(card, now, before, after)
    yield from _strength(card, now)
    was_heard, is_heard = number_of(card.influence), number_of(now.influence)
    if was_heard != is_heard and is_heard is not None:
        was, became = _number(was_heard), _number(is_heard)
        said = tr("The influence of {0} is {1} of 5, before {2}.").format(now.name, became, was)
        yield _change(ChangeKind.INFLUENCE, now, was, became, said)
    if card.title != now.title and now.title:
        was = card.title or tr("unknown")
        said = tr("{0} is now called {1}, before {2}.").format(now.name, now.title, was)
        yield _change(ChangeKind.TITLE, now, was, now.title, said)


def _mood(card: Card, now: Card) -> Iterator[Change]:
    was, became = number_of(card.mood), number_of(now.mood)
    if became is None or was == became:
        return
    after = MOOD_WORDS[became]
    if was is None:
        said = tr("The mood of {0} is known now: {1}.").format(now.name, after)
        yield _change(ChangeKind.MOOD_KNOWN, now, tr("unknown"), after, said)
        return
    kind = ChangeKind.TURNED_FOR if became > was else ChangeKind.TURNED_AGAINST
    said = tr("{0} turned from {1} to {2}.").format(
        now.name, quoted(MOOD_WORDS[was]), quoted(after)
    )
    yield _change(kind, now, MOOD_WORDS[was], after, said)


def _moved(card: Card, now: Card, before: RelationMap, after: RelationMap) -> Change:
    then, today = before.by_key().get(card.above or ""), after.by_key().get(now.above or "")
    was = tr("nobody") if then is None else then.name
    became = tr("nobody") if today is None else today.name
    said = tr("{0} reports to {1}, before to {2}.").format(now.name, became, was)
    return _change(ChangeKind.MOVED, now, was, became, said)


def _strength(card: Card, now: Card) -> Iterator[Change]:
    """Only what crosses a limit of methods §5.3 is told: live, cooling, cold."""
    was, became = _heat(card.strength), _heat(now.strength)
    if was == became:
        return
    kind = ChangeKind.WARMER if became > was else ChangeKind.COOLER
    first, second = _number(card.strength), _number(now.strength)
    said = tr("The contact with {0} cooled: strength {1}, before {2}.")
    if kind is ChangeKind.WARMER:
        said = tr("The contact with {0} grew: strength {1}, before {2}.")
    yield _change(kind, now, first, second, said.format(now.name, second, first))


def _heat(strength: int | None) -> int:
    return _HEAT.get(state_of(strength), 0)


def _held(card: Card) -> str:
    return list_text([ROLE_WORDS[r] for r in card.roles]) or tr("without a role")


def _number(value: int | None) -> str:
    return tr("unknown") if value is None else str(value)


def _change(kind: ChangeKind, card: Card, before: str, after: str, sentence: str) -> Change:
    return Change(kind, card.key, card.name, before, after, sentence)


def _summary(changes: list[Change]) -> str:
    """`1 joined, 1 left, 2 turned.`"""
    counts = {
        ChangeKind.JOINED: _people_of(changes, ChangeKind.JOINED),
        ChangeKind.LEFT: _people_of(changes, ChangeKind.LEFT),
        ChangeKind.TURNED_FOR: _people_of(
            changes, ChangeKind.TURNED_FOR, ChangeKind.TURNED_AGAINST
        ),
        ChangeKind.MOVED: _people_of(changes, ChangeKind.MOVED),
    }
    told = [count_words(kind, count) for kind, count in counts.items() if count]
    if told:
        return f"{', '.join(told)}."
    if changes:
        return ntr("{0} smaller change.", "{0} smaller changes.", len(changes))
    return tr("Nothing changed on this map.")


def count_words(kind: ChangeKind, count: int) -> str:
    """How many people joined, left, turned (either way) or moved: `2 turned`."""
    if kind is ChangeKind.JOINED:
        return ntr("{0} joined", "{0} joined", count)
    if kind is ChangeKind.LEFT:
        return ntr("{0} left", "{0} left", count)
    if kind is ChangeKind.MOVED:
        return ntr("{0} moved", "{0} moved", count)
    return ntr("{0} turned", "{0} turned", count)


def _people_of(changes: list[Change], *kinds: ChangeKind) -> int:
    return len({c.key for c in changes if c.kind in kinds})
