"""The strip: marks where their day is, names that never lie over each other."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from csplanner.paint.timeline import HEIGHT, Strip, StripMark, lay_out

pytestmark = pytest.mark.usefixtures("qapp")
START = date(2026, 3, 12)
RECT = QRectF(0, 0, 860, HEIGHT)


@given(st.lists(st.tuples(st.integers(0, 112), st.floats(0, 1)), max_size=30))
def test_names_never_overlap(found: list[tuple[int, float]]) -> None:
    marks = [
        StripMark(START + timedelta(days=days), "good", weight, f"Customer {days} $100k")
        for days, weight in found
    ]
    placed = lay_out(Strip(START, marks), RECT)
    labels = [p.label for p in placed if p.label is not None]
    assert not any(one.intersects(other) for one, other in combinations(labels, 2))
    assert all(RECT.contains(label) for label in labels)


def test_the_heaviest_mark_keeps_its_name() -> None:
    marks = [StripMark(START + timedelta(days=50), "good", w / 10, "A long name") for w in range(5)]
    placed = lay_out(Strip(START, marks), RECT)
    assert placed[-1].label is not None
    assert placed[0].label is None


def test_a_later_day_stands_further_right() -> None:
    marks = [StripMark(START + timedelta(days=days), "good") for days in (1, 30, 112)]
    places = [p.mark.center().x() for p in lay_out(Strip(START, marks), RECT)]
    assert places == sorted(places)
    assert places[-1] < RECT.right()


def test_more_value_is_a_larger_mark() -> None:
    small, large = lay_out(
        Strip(START, [StripMark(START, "good", 0.1), StripMark(START, "good", 1.0)]), RECT
    )
    assert large.mark.width() > small.mark.width()


def test_marks_of_one_day_stand_side_by_side() -> None:
    marks = [StripMark(START + timedelta(days=50), "good", w / 3) for w in range(4)]
    boxes = [p.mark for p in lay_out(Strip(START, marks), RECT)]
    assert not any(one.intersects(other) for one, other in combinations(boxes, 2))
    alone = lay_out(Strip(START, marks[:1]), RECT)[0].mark.center().x()
    assert (boxes[0].left() + boxes[-1].right()) / 2 == pytest.approx(alone)


def test_large_marks_of_neighbouring_days_part_and_keep_their_order() -> None:
    marks = [StripMark(START + timedelta(days=day), "risk", 1.0) for day in (49, 50)]
    first, second = (p.mark for p in lay_out(Strip(START, marks), RECT))
    assert first.right() <= second.left() + 0.01


@given(st.lists(st.integers(0, 112), min_size=1, max_size=60))
def test_marks_stay_near_their_day(days: list[int]) -> None:
    marks = [StripMark(START + timedelta(days=day), "good", 0.5) for day in days]
    parted = lay_out(Strip(START, marks), RECT)
    alone = [lay_out(Strip(START, [mark]), RECT)[0] for mark in marks]
    assert all(
        abs(one.mark.center().x() - other.mark.center().x()) <= 80
        for one, other in zip(parted, alone, strict=True)
    )
