"""Where tiers, tokens and points stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from csplanner.paint.pyramid import lay_out
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


def test_equipped_runs_right_and_potential_up(qapp) -> None:
    rect = QRectF(0, 0, 380, 400)
    low, high = place_points([point("a", 0, 0), point("b", 100, 100)], rect)
    field = plot_rect(rect)
    assert low.centre == field.bottomLeft()
    assert high.centre == field.topRight()
