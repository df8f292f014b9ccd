"""Where tiers, tokens and points stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from csplanner.paint.pyramid import TOKEN_WIDTH, lay_out, token_width
from csplanner.paint.scatter import Point, place_points, plot_rect


@settings(max_examples=60, deadline=None)
@given(
    counts=st.lists(st.integers(0, 60), min_size=4, max_size=4),
    shelf=st.integers(0, 60),
    width=st.integers(360, 1400),
    height=st.integers(200, 1000),
)
def test_every_token_has_its_own_place_inside_its_tier(counts, shelf, width, height) -> None:
    layout = lay_out(counts, shelf, width=float(width), height=float(height))
    boxes = list(zip(layout.tiers, counts, strict=True))
    if layout.shelf is not None:
        boxes.append((layout.shelf, shelf))
    everything = []
    for box, count in boxes:
        assert len(box.tokens) == count
        bounds = box.shape.boundingRect()
        assert all(bounds.top() <= t.top() and t.bottom() <= bounds.bottom() for t in box.tokens)
        everything += box.tokens
    corners = {(t.left(), t.top()) for t in everything}
    assert len(corners) == len(everything)


def test_tiers_grow_wider_downwards_and_fill_the_room() -> None:
    layout = lay_out([6, 10, 12, 13], 0, width=540.0, height=620.0)
    widths = [box.shape.boundingRect().width() for box in layout.tiers]
    assert widths == sorted(widths)
    assert layout.height == pytest.approx(620.0)


@given(counts=st.lists(st.integers(0, 60), min_size=4, max_size=4), token=st.integers(82, 124))
@settings(max_examples=60, deadline=None)
def test_no_row_is_narrower_than_the_row_above_it(counts, token) -> None:
    layout = lay_out(counts, 0, width=540.0, height=620.0, token=float(token))
    for box, count in zip(layout.tiers, counts, strict=True):
        tops = [t.top() for t in box.tokens]
        rows = [tops.count(top) for top in sorted(set(tops))]
        assert rows == sorted(rows)
        assert sum(rows) == count


def test_tokens_are_as_wide_as_their_names_need_where_there_is_room(qapp) -> None:
    wanted = token_width(["Corvane", "Westerham House"])
    assert wanted > TOKEN_WIDTH
    roomy = lay_out([3, 3, 4, 4], 0, width=700.0, height=620.0, token=wanted)
    assert roomy.token == wanted
    assert all(t.width() == wanted for box in roomy.tiers for t in box.tokens)
    tight = lay_out([9, 12, 12, 12], 0, width=440.0, height=400.0, token=wanted)
    assert tight.height == lay_out([9, 12, 12, 12], 0, width=440.0, height=400.0).height


def test_a_tier_never_leaves_a_lonely_token_in_its_last_row() -> None:
    box = lay_out([10, 0, 0, 0], 0, width=540.0, height=620.0).tiers[0]
    rows = [t.top() for t in box.tokens]
    assert rows.count(max(rows)) >= 2


def point(key: str, equipped: int, potential: int, **more: object) -> Point:
    return Point(key, f"Account {key}", equipped, potential, "M", **more)  # type: ignore[arg-type]


def test_names_never_cover_each_other_or_a_point(qapp) -> None:
    points = [point(str(n), 10 + n % 5 * 9, 20 + n % 7 * 10, weight=n / 40) for n in range(40)]
    placed = place_points(points, QRectF(0, 0, 380, 400))
    labels = [p.label.adjusted(0, 2, 0, -2) for p in placed if p.label is not None]
    assert labels
    for at, label in enumerate(labels):
        assert not any(label.intersects(other) for other in labels[at + 1 :])


def test_points_of_the_zone_and_of_high_touch_are_named_first(qapp) -> None:
    heavy = [point(f"big {n}", 55 + n % 4 * 10, 40 + n % 5 * 11, weight=1.0) for n in range(30)]
    small = [point("zone", 20, 15), Point("h", "Lantern", 20, 80, "H")]
    placed = place_points([*heavy, *small], QRectF(0, 0, 380, 400))
    assert all(p.label is not None for p in placed[-2:])


def test_no_name_covers_the_title_of_the_zone(qapp) -> None:
    rect = QRectF(0, 0, 380, 400)
    foot = plot_rect(rect).bottomLeft()
    title = QRectF(foot.x(), foot.y() - 34, 120, 34)
    placed = place_points([point(str(n), 4 * n, 5) for n in range(12)], rect)
    assert not any(p.label.adjusted(0, 2, 0, -2).intersects(title) for p in placed if p.label)


def test_equipped_runs_right_and_potential_up(qapp) -> None:
    rect = QRectF(0, 0, 380, 400)
    low, high = place_points([point("a", 0, 0), point("b", 100, 100)], rect)
    field = plot_rect(rect)
    assert low.centre == field.bottomLeft()
    assert high.centre == field.topRight()
