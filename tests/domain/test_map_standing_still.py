"""What a change leaves where it stood: the picture one has in mind of a map."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random

import pytest

from csplanner.domain.map_layout import Places, places, with_row
from csplanner.domain.map_model import Line, LineKind, RelationMap
from tests.map_making import made_map

SIZES = (3, 9, 14, 30, 60, 120)


def shown_after(changed: RelationMap, before: Places) -> Places:
    return places(replace(changed, stood=before.stood))


def with_one_line_more(made: RelationMap, random: Random, kind: LineKind) -> RelationMap:
    start, end = (card.key for card in random.sample(made.cards, 2))
    if kind is LineKind.TIE:
        start = random.choice(made.ours).key
    return replace(made, lines=(*made.lines, Line("new", kind, start, end, weight=3, strength=80)))


def with_one_line_less(made: RelationMap, random: Random) -> RelationMap:
    others = [line for line in made.lines if line.kind is not LineKind.REPORTS]
    away = random.choice(others)
    return replace(made, lines=tuple(line for line in made.lines if line is not away))


@pytest.mark.parametrize("kind", [LineKind.INFLUENCES, LineKind.DOUBTS, LineKind.TIE])
def test_a_line_drawn_or_removed_moves_no_card(kind):
    for seed, people in enumerate(SIZES):
        random = Random(seed)
        made = made_map(people, seed)
        before = places(made)
        assert shown_after(made, before) == before
        more = shown_after(with_one_line_more(made, random, kind), before)
        assert more.at == before.at
        assert shown_after(with_one_line_less(made, random), more).at == before.at


def families(made: RelationMap) -> dict[str | None, list[str]]:
    found: dict[str | None, list[str]] = {}
    for card in made.cards:
        found.setdefault(card.above, []).append(card.key)
    return found


def turned(
    one: list[str], at: Mapping[str, tuple[int, int]], then: Mapping[str, tuple[int, int]]
) -> list[tuple[str, str]]:
    """Pairs of a family of whom the left one came to stand right of the other, or below."""
    return [
        (a, b)
        for a in one
        for b in one
        if (at[a][0] < at[b][0] and at[a][1] <= at[b][1])
        and (then[a][0] >= then[b][0] and then[a][1] >= then[b][1])
    ]


def moved_under(made: RelationMap, random: Random) -> tuple[RelationMap, set[str | None]]:
    """Somebody reports to somebody else, who is not below them; and the two families."""
    above = {card.key: card.above for card in made.cards}
    key, over = random.sample(sorted(above), 2)
    at: str | None = over
    while at is not None:
        if at == key:
            return made, set()
        at = above[at]
    cards = tuple(replace(c, above=over) if c.key == key else c for c in made.cards)
    lines = tuple(
        line for line in made.lines if line.kind is not LineKind.REPORTS or line.start != key
    )
    report = Line("r:new", LineKind.REPORTS, key, over)
    return replace(made, cards=cards, lines=(*lines, report)), {above[key], over}


def test_who_reports_to_somebody_else_leaves_every_other_family_in_its_order():
    changed = 0
    for seed in range(24):
        random = Random(seed)
        made = made_map(SIZES[seed % len(SIZES)], seed)
        before = places(made)
        other, concerned = moved_under(made, random)
        after = shown_after(other, before)
        concerned |= {card.above for card in made.cards if card.key in concerned}
        for over, one in families(other).items():
            if over not in concerned:
                assert turned(one, before.at, after.at) == [], (seed, over)
        changed += after.at != before.at
    assert changed > 10


def test_our_people_keep_their_order_when_one_more_has_a_line():
    made = made_map(9, 3)
    strangers = tuple(replace(made.ours[0], key=f"p:s{n}", is_you=False) for n in range(6))
    made = replace(made, ours=(*strangers, *made.ours))
    here = places(made)
    few = with_row(made, here, everybody=False)
    tie = Line("t", LineKind.TIE, "p:s3", made.cards[0].key, strength=60)
    known = replace(made, lines=(*made.lines, tie), stood=here.stood)
    now = with_row(known, places(known), everybody=False, before=few)
    assert "p:s3" in now.at.keys() - few.at.keys()
    order = sorted(few.ours, key=lambda key: few.at[key][0])
    assert [k for k in sorted(now.ours, key=lambda k: now.at[k][0]) if k in few.at] == order


def test_who_takes_over_a_seat_stands_where_its_holder_stood():
    made = made_map(14, 3)
    before = places(made)
    gone = made.cards[4]
    heir = replace(gone, key="p:heir")
    cards = tuple(
        heir if c is gone else replace(c, above="p:heir") if c.above == gone.key else c
        for c in made.cards
    )
    after = shown_after(replace(made, cards=cards, lines=()), before)
    stayed = {key: spot for key, spot in before.at.items() if key not in (gone.key, *before.ours)}
    assert stayed.items() <= dict(after.at).items()
    assert after.at["p:heir"] == before.at[gone.key]
