"""The lines of a relationship map: from edge to edge, reporting lines level and upright."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from csplanner.domain.map_bends import crosses, hidden
from csplanner.domain.map_crowd import Crowd
from csplanner.domain.map_layout import Places, Rail, Rect, places
from csplanner.domain.map_model import Line, LineKind
from csplanner.domain.map_routes import Drawn, route, routes
from tests.map_making import made_map


def placed(**at: tuple[int, int]) -> Places:
    return Places(at, Rect(0, 0, 1000, 1000), Rect(0, 900, 1000, 80), frozenset({"us"} & set(at)))


def line(kind: LineKind, start: str, end: str) -> Line:
    return Line(f"{kind}{start}{end}", kind, start, end)


@pytest.mark.parametrize("shape", ["mixed", "chain", "fan"])
def test_reporting_lines_run_level_and_upright_from_card_to_card(shape):
    made = made_map(120, 2, shape=shape)
    here = places(made)
    for each in made.of_kind(LineKind.REPORTS):
        way = routes([each], here)[each.key]
        assert way.kind is Drawn.ELBOW
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(way.points))
        assert all(a != b for a, b in pairwise(way.points))
        below, above = here.rect(each.start), here.rect(each.end)
        assert below is not None
        assert above is not None
        assert on_edge(below, way.points[0])
        assert on_edge(above, way.points[-1])


def on_edge(card: Rect, point: tuple[float, float]) -> bool:
    x, y = point
    level = card.x <= x <= card.right and y in (card.y, card.bottom)
    return level or (card.y <= y <= card.bottom and x in (card.x, card.right))


@pytest.mark.parametrize("shape", ["mixed", "fan"])
def test_no_reporting_line_runs_through_a_card(shape):
    for seed in range(6):
        made = made_map(80, seed, shape=shape)
        here = places(made)
        cards = [box for card in made.cards if (box := here.rect(card.key))]
        for way in routes(made.of_kind(LineKind.REPORTS), here).values():
            for (ax, ay), (bx, by) in pairwise(way.points):
                left, right, top, low = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
                for box in cards:
                    clear = right <= box.x or left >= box.right or low <= box.y or top >= box.bottom
                    assert clear, (seed, way.points, box)


def test_neighbours_are_joined_by_a_level_line_between_the_cards():
    way = route(line(LineKind.INFLUENCES, "b", "a"), placed(a=(0, 0), b=(260, 0)))
    assert way is not None
    assert way.kind is Drawn.STRAIGHT
    assert way.points == ((260, 37), (204, 37))
    assert way.arrow_at == (204, 37)
    assert way.label_at[1] < 37


def test_a_line_over_somebody_between_runs_below_them():
    way = route(line(LineKind.INFLUENCES, "c", "a"), placed(a=(0, 0), b=(260, 0), c=(520, 0)))
    assert way is not None
    assert way.kind is Drawn.CURVE
    assert way.label_at[1] > 74


def test_a_line_between_two_below_each_other_goes_round_the_free_side():
    at = placed(a=(0, 0), b=(0, 128))
    right = route(line(LineKind.DOUBTS, "b", "a"), at)
    crowded = route(line(LineKind.DOUBTS, "b", "a"), replace(at, at={**at.at, "c": (216, 64)}))
    assert right is not None
    assert crowded is not None
    assert right.label_at[0] > 204
    assert crowded.label_at[0] < 0


def test_words_of_a_line_lie_over_no_card():
    at = placed(a=(0, 0), b=(-60, 400), us=(0, 800))
    planned = replace(line(LineKind.PAIRED, "us", "a"), due=date(2026, 3, 27))
    bare, dated = route(line(LineKind.TIE, "us", "a"), at), route(planned, at)
    assert bare is not None
    assert dated is not None
    assert 400 < bare.label_at[1] < 474
    assert not 390 < dated.label_at[1] < 484


def test_ties_rise_from_our_row_and_meet_a_card_apart_from_each_other():
    at = placed(a=(0, 0), us=(300, 900))
    ways = routes(
        [Line(f"t{n}", LineKind.TIE, "us", "a") for n in range(4)]
        + [line(LineKind.TIE, "us", "nobody")],
        at,
    )
    assert len(ways) == 4
    starts = {way.points[0] for way in ways.values()}
    ends = {way.points[-1] for way in ways.values()}
    assert len(starts) == len(ends) == 4
    assert {y for _, y in starts} == {900}
    assert {y for _, y in ends} == {74}
    assert all(abs(x - 102) >= 12 for x, _ in ends)


def test_a_card_that_was_moved_leaves_its_rail():
    at = placed(a=(0, 0), b=(40, 128))
    beside = replace(at, rails={"b": Rail(24, (40, 128), by_side=True)})
    moved = replace(beside, at={**at.at, "b": (400, 300)})
    reports = line(LineKind.REPORTS, "b", "a")
    on_rail, free = route(reports, beside), route(reports, moved)
    assert on_rail is not None
    assert free is not None
    assert on_rail.points[:2] == ((40, 165), (24, 165))
    assert free.points[0] == (502, 300)


@pytest.mark.parametrize("spot", [(400, 0), (-400, 0), (0, -300), (60, 20)])
def test_somebody_beside_or_above_their_manager_is_joined_from_the_side(spot):
    way = route(line(LineKind.REPORTS, "b", "a"), placed(a=(0, 0), b=spot))
    assert way is not None
    assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(way.points))


def test_a_line_bends_past_a_card_where_that_is_little() -> None:
    at = placed(a=(0, 0), b=(80, 200), us=(40, 400))
    way = route(line(LineKind.TIE, "us", "a"), at)
    assert way is not None
    assert hidden(way.points, Crowd(at)) == 0
    assert way.points[0][1] == 400
    hurried = routes((line(LineKind.TIE, "us", "a"),), at, bends=False)
    assert hidden(next(iter(hurried.values())).points, Crowd(at)) > 0


def test_no_bend_leads_a_line_across_another_one_of_the_same_card() -> None:
    for left, right in ((20, 220), (-20, 100), (60, 180)):
        at = placed(a=(108, 0), b=(0, 128), c=(216, 128), us=(left, 320), too=(right, 320))
        here = replace(at, ours=frozenset({"us", "too"}))
        ties = [line(LineKind.TIE, each, "a") for each in ("us", "too")]
        one, other = routes(ties, here).values()
        assert not crosses(one.points, other.points)


def test_a_line_between_shifted_cards_makes_no_hook() -> None:
    at = placed(boss=(200, 0), mia=(300, 128), zoe=(516, 128))
    way = route(line(LineKind.INFLUENCES, "mia", "boss"), at)
    assert way is not None
    assert way.points[0][1] == 128
    assert way.points[-1][1] == 74
    assert way.arrow_at[0] != 302


def test_words_lie_on_no_arrow_and_no_other_words() -> None:
    at = placed(a=(0, 0), b=(0, 300))
    doubts = Line("d", LineKind.DOUBTS, "b", "a")
    sways = Line("i", LineKind.INFLUENCES, "b", "a", label="listens to")
    one, other = routes([doubts, sways], at).values()
    apart = abs(one.label_at[0] - other.label_at[0]), abs(one.label_at[1] - other.label_at[1])
    assert apart[0] > 50 or apart[1] >= 18


def test_words_longer_than_the_gap_go_below_both_cards() -> None:
    at = placed(a=(0, 0), b=(264, 0))
    told = route(Line("i", LineKind.INFLUENCES, "b", "a", label="budget"), at)
    long = route(Line("i", LineKind.INFLUENCES, "b", "a", label="listens to, strongly"), at)
    assert told is not None
    assert long is not None
    assert told.kind is Drawn.STRAIGHT
    assert long.kind is Drawn.CURVE
    assert long.label_at[1] > 74 + 9
