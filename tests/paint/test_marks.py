"""Marks, chips and bars carry their meaning by shape, letter and line, not by colour alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from csplanner.paint.bars import Points, draw_coverage, draw_influence, draw_pill, draw_points
from csplanner.paint.bars import draw_touch_bar as touch_bar
from csplanner.paint.chips import chip_size, draw_chip, draw_tier, tier_size
from csplanner.paint.marks import SIZES, draw_mark, mark_words
from csplanner.paint.shadow import draw_panel
from csplanner.paint.sparks import Spark, draw_spark
from csplanner.paint.tokens import theme

LIGHT = theme("light")
pytestmark = pytest.mark.usefixtures("qapp")


def drawn(width: int, height: int, draw: Callable[[QPainter, QRectF], None]) -> QImage:
    """Return what `draw` leaves on nothing."""
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        draw(painter, QRectF(0, 0, width, height))
    return image


def mark(band: str, form: str = "filled", size: int = 20) -> QImage:
    return drawn(size, size, lambda p, r: draw_mark(p, r, band=band, theme=LIGHT, form=form))


def silhouette(image: QImage) -> bytes:
    """Return which pixels are inked, whatever their colour."""
    return bytes(
        image.pixelColor(x, y).alpha() > 127
        for y in range(image.height())
        for x in range(image.width())
    )


def inked(image: QImage) -> int:
    return sum(silhouette(image))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("form", ["filled", "hollow"])
def test_bands_differ_by_shape_without_colour(size: int, form: str) -> None:
    shapes = {silhouette(mark(band, form, size)) for band in ("good", "watch", "risk", "none")}
    assert len(shapes) == 4


def test_measured_is_filled_judged_is_hollow_and_missing_is_dashed() -> None:
    filled, hollow, dashed = (mark("good", form, 12) for form in ("filled", "hollow", "dashed"))
    assert filled.pixelColor(6, 6).alpha() == 255
    assert hollow.pixelColor(6, 6).alpha() == 0
    assert dashed.pixelColor(6, 6).alpha() == 0
    assert inked(dashed) < inked(hollow) < inked(filled)


def test_unknown_is_never_drawn_as_measured() -> None:
    assert mark("none", "filled") == mark("none", "dashed")


def test_small_marks_have_no_letter() -> None:
    small, large = mark("good", "filled", 12), mark("good", "filled", 14)
    letter = LIGHT.colour("on-good")
    assert not has_colour(small, letter)
    assert has_colour(large, letter)


def has_colour(image: QImage, colour: QColor) -> bool:
    return any(
        _near(image.pixelColor(x, y), colour)
        for y in range(3, image.height() - 3)
        for x in range(3, image.width() - 3)
    )


def _near(one: QColor, other: QColor) -> bool:
    parts = zip(one.getRgb(), other.getRgb(), strict=True)
    return all(abs(a - b) < 60 for a, b in parts)


def test_marks_speak_in_words() -> None:
    assert mark_words("risk") == "at risk"
    assert mark_words("watch", "hollow") == "your judgement: watch"
    assert mark_words("none", "hollow") == "unknown"


def test_a_chip_is_as_wide_as_its_words() -> None:
    assert chip_size("At risk").width() < chip_size("Better than it looks").width()
    size = chip_size("At risk", "risk")
    image = drawn(
        size.width(),
        size.height(),
        lambda p, r: draw_chip(p, r, text="At risk", theme=LIGHT, kind="risk"),
    )
    assert image.pixelColor(3, 10) == LIGHT.colour("risk-tint")


def test_an_outlined_tier_differs_from_a_filled_one() -> None:
    size = tier_size("H", "letter")

    def tier(form: str) -> QImage:
        return drawn(
            size.width(),
            size.height(),
            lambda p, r: draw_tier(p, r, tier="H", theme=LIGHT, form=form),
        )

    assert tier("letter").pixelColor(9, 2) == LIGHT.colour("tier-h")
    assert tier("outline").pixelColor(9, 2) != LIGHT.colour("tier-h")


def test_coverage_dots_differ_without_colour() -> None:
    def dot(seat: str) -> bytes:
        return silhouette(
            drawn(12, 12, lambda p, r: draw_coverage(p, r, seats=[seat], theme=LIGHT))
        )

    assert len({dot(seat) for seat in ("in_touch", "quiet", "nobody")}) == 3


def test_a_late_touch_turns_red_and_an_unknown_one_is_dashed() -> None:
    def bar(days: int | None) -> QImage:
        return drawn(44, 12, lambda p, r: touch_bar(p, r, days=days, cadence=28, theme=LIGHT))

    assert bar(41).pixelColor(6, 6) == LIGHT.colour("risk")
    assert bar(10).pixelColor(6, 6) == LIGHT.colour("text2")
    assert inked(bar(None)) < inked(bar(0))


def test_influence_grows_with_its_level() -> None:
    def bars(level: int) -> int:
        image = drawn(20, 12, lambda p, r: draw_influence(p, r, level=level, theme=LIGHT))
        return sum(
            image.pixelColor(x, y) == LIGHT.colour("text2") for x in range(20) for y in range(12)
        )

    assert [bars(level) for level in range(5)] == sorted({bars(level) for level in range(5)})


def test_a_pill_is_filled_by_its_share() -> None:
    image = drawn(100, 5, lambda p, r: draw_pill(p, r, share=0.5, theme=LIGHT))
    assert image.pixelColor(40, 2) == LIGHT.colour("accent")
    assert image.pixelColor(60, 2) == LIGHT.colour("grid")


def test_points_end_where_points_are_lost() -> None:
    parts = [Points(40), Points(30, "tier-m")]
    image = drawn(200, 30, lambda p, r: draw_points(p, r, parts=parts, theme=LIGHT))
    assert image.pixelColor(10, 4) == LIGHT.colour("accent")
    assert image.pixelColor(90, 4) == LIGHT.colour("tier-m")
    assert image.pixelColor(190, 4) == LIGHT.colour("none-tint")


def test_a_missing_tail_is_dashed_and_a_missing_head_is_empty() -> None:
    def spark(*values: int | None) -> QImage:
        return drawn(
            68, 22, lambda p, r: draw_spark(p, r, spark=Spark(values, "good"), theme=LIGHT)
        )

    known = spark(*[60] * 13)
    tail = spark(*[60] * 7, *[None] * 6)
    head = spark(*[None] * 6, *[60] * 7)
    assert inked(tail) < inked(known)
    row = next(y for y in range(22) if _is_line(known.pixelColor(30, y)))
    assert not _is_line(head.pixelColor(10, row))
    assert any(_is_line(tail.pixelColor(x, row)) for x in range(40, 60))


def _is_line(colour: QColor) -> bool:
    return colour.alpha() > 100 and colour.lightness() < 140


def test_an_empty_spark_draws_only_its_level() -> None:
    empty = drawn(68, 22, lambda p, r: draw_spark(p, r, spark=Spark([]), theme=LIGHT))
    assert not any(_is_line(empty.pixelColor(x, y)) for x in range(68) for y in range(22))


def test_a_panel_stands_on_a_shadow() -> None:
    image = drawn(160, 120, lambda p, _r: draw_panel(p, QRectF(40, 30, 80, 50), theme=LIGHT))
    below, above = image.pixelColor(80, 90).alpha(), image.pixelColor(80, 20).alpha()
    assert image.pixelColor(80, 55) == LIGHT.colour("raised")
    assert 0 < above < below < 255
