"""Without any colour, states still differ: by shape, by letter, by being filled or not."""

from collections.abc import Callable
from itertools import combinations

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from csplanner.paint.bars import draw_coverage, draw_touch_bar
from csplanner.paint.chips import draw_tier
from csplanner.paint.marks import HIDDEN, LETTERS, WORDS, draw_mark, mark_words
from csplanner.paint.sparks import Spark, draw_spark
from csplanner.paint.tokens import Theme, themes

SCALE, STRONG = 4, 24
"""Drawn four times as large; a pixel counts as ink when its grey is that far from the ground."""
ENOUGH = 40
"""So many pixels of the picture differ between two states."""


@pytest.fixture(params=sorted(themes()))
def look(request: pytest.FixtureRequest) -> Theme:
    return themes()[request.param]


def inked(
    look: Theme, size: tuple[int, int], draw: Callable[[QPainter, QRectF], object]
) -> set[int]:
    """Where a drawing leaves anything at all on the ground, whatever its colour."""
    image = QImage(size[0] * SCALE, size[1] * SCALE, QImage.Format.Format_RGB32)
    image.fill(look.colour("surface"))
    with QPainter(image) as painter:
        painter.scale(SCALE, SCALE)
        draw(painter, QRectF(0, 0, *size))
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    plain = grey.pixelColor(0, 0).red()
    width = grey.width()
    return {
        y * width + x
        for y in range(grey.height())
        for x in range(width)
        if abs(grey.pixelColor(x, y).red() - plain) > STRONG
    }


def alike(pictures: dict[str, set[int]]) -> list[str]:
    """The pairs whose ink stands in nearly the same places."""
    return [
        f"{one} and {other}"
        for (one, a), (other, b) in combinations(pictures.items(), 2)
        if len(a ^ b) < ENOUGH
    ]


def test_marks_differ_by_shape_and_fill(qapp, look: Theme) -> None:
    states = [(band, form) for band in ("good", "watch", "risk") for form in ("filled", "hollow")]
    states += [("none", "dashed"), (HIDDEN, "hollow")]
    for size in (12, 16):
        pictures = {
            f"{band} {form} {size}": inked(
                look,
                (size, size),
                lambda p, r, band=band, form=form: draw_mark(
                    p, r, band=band, theme=look, form=form
                ),
            )
            for band, form in states
        }
        assert alike(pictures) == []
    assert len(set(LETTERS.values())) == len(set(WORDS.values())) == 4
    assert len({mark_words(band, form) for band, form in states}) == len(states)


def test_seats_tiers_and_touches_differ_without_colour(qapp, look: Theme) -> None:
    seats = {
        seat: inked(
            look, (62, 12), lambda p, r, seat=seat: draw_coverage(p, r, seats=[seat], theme=look)
        )
        for seat in ("in_touch", "quiet", "nobody")
    }
    tiers = {
        tier: inked(
            look,
            (16, 16),
            lambda p, r, tier=tier: draw_tier(p, r, tier=tier, theme=look, form="outline"),
        )
        for tier in "HMLD"
    }
    touches = {
        str(days): inked(
            look,
            (44, 12),
            lambda p, r, days=days: draw_touch_bar(p, r, days=days, cadence=28, theme=look),
        )
        for days in (2, 20, 41, None)
    }
    sparks = {
        name: inked(
            look,
            (68, 22),
            lambda p, r, values=values: draw_spark(p, r, spark=Spark(values, "good"), theme=look),
        )
        for name, values in (("whole", (60,) * 13), ("ends", (60,) * 7 + (None,) * 6))
    }
    assert [*alike(seats), *alike(tiers), *alike(touches), *alike(sparks)] == []
