"""How a relationship map takes the room of a slide: boxes large enough to read, gaps as is left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from csplanner.domain.map_layout import Places, Rect
from csplanner.domain.map_model import Line

_PIXEL = 1 / 96
"""Inches of a pixel at full size."""
_WIDE, _HIGH = 11.83, 5.08
"""Inches of a slide that the boxes of a map have."""
_LARGEST, _ROOMY = 1.25 * _PIXEL, 1.2
_GAP, _LEAST_GAP = 0.55, 0.35
"""What is left of the room between rows; less only where text would get too small."""
_PARTS = 40
"""So many parts of a line are looked at."""
_LEAST_ACROSS, _LEAST_DOWN = 0.75 * _PIXEL, _PIXEL / _ROOMY
"""Inches of a pixel from which text of 9 points has room in a box."""


class _Span(NamedTuple):
    """Pixels from the top of the map where boxes stand, and inches where that begins."""

    top: float
    foot: float
    at: float


@dataclass(frozen=True, slots=True)
class Fit:
    """A map as it fills a slide, in pixels of its text: boxes are wider and rows closer there.

    Across all pixels are alike; down, boxes are higher than what is free between their rows.
    """

    left: float
    top: float
    across: float
    """Inches of a pixel of the map, across."""
    down: float
    """Inches of a pixel of a box, down."""
    free: float
    """Inches of a pixel between rows of boxes."""
    spans: tuple[_Span, ...]

    @property
    def text(self) -> float:
        """Inches of a pixel of text: lines stand closer than on a screen."""
        return min(self.across, self.down * _ROOMY)

    @property
    def is_readable(self) -> bool:
        """Whether text of 9 points has room in the boxes."""
        return self.across >= _LEAST_ACROSS and self.down >= _LEAST_DOWN

    def x(self, pixels: float) -> float:
        """How far from the left of the map a place of it stands."""
        return (pixels - self.left) * self.across / self.text

    def y(self, pixels: float) -> float:
        """How far from the top of the map a place of it stands."""
        down = pixels - self.top
        span = next((s for s in reversed(self.spans) if s.top <= down), self.spans[0])
        inside = min(down, span.foot) - span.top
        inches = span.at + inside * self.down + max(0.0, down - span.foot) * self.free
        return inches / self.text


def fit(at: Places) -> Fit:
    """Fit a map that was laid out so to a slide."""
    whole = at.bounds
    rects = [*filter(None, map(at.rect, at.at)), *((at.row,) if at.row.high else ())]
    joined = _joined((r.y - whole.y, r.y - whole.y + r.high) for r in rects)
    joined = joined or [(0.0, float(max(1, whole.high)))]
    across = min(_LARGEST, _WIDE / max(1, whole.wide))
    taken = sum(foot - top for top, foot in joined)
    free = max(0.0, whole.high - taken)
    wanted, most = (min(across, _HIGH / (taken + gap * free)) for gap in (_GAP, _LEAST_GAP))
    down = max(wanted, min(most, _LEAST_DOWN))
    between = min(down, (_HIGH - taken * down) / free) if free else down
    return Fit(whole.x, whole.y, across, down, between, _spans(joined, down, between))


def behind(lines: Iterable[Line], at: Places) -> frozenset[str]:
    """The keys of lines that would run behind a card they do not end at: connectors on a slide do
    not go around, and would be read as that one's.
    """
    rects = {key: rect for key in at.at if (rect := at.rect(key)) is not None}
    drawn = (line for line in lines if {line.start, line.end} <= rects.keys())
    return frozenset(line.key for line in drawn if _behind(line, rects))


def _behind(line: Line, rects: Mapping[str, Rect]) -> bool:
    ends = rects[line.start], rects[line.end]
    upper, lower = sorted(ends, key=lambda rect: rect.y)
    x, y = upper.x + upper.wide / 2, upper.y + upper.high
    far, deep = lower.x + lower.wide / 2 - x, lower.y - y
    others = [rect for rect in rects.values() if rect not in ends]
    way = [(n / _PARTS) for n in range(1, _PARTS)]
    return any(
        o.x < x + far * t * t * (3 - 2 * t) < o.x + o.wide and o.y < y + deep * t < o.y + o.high
        for t in way
        for o in others
    )


def _spans(rows: Sequence[tuple[float, float]], down: float, between: float) -> tuple[_Span, ...]:
    spans, at, last = [], 0.0, 0.0
    for top, foot in rows:
        at += (top - last) * between
        spans.append(_Span(top, foot, at))
        at += (foot - top) * down
        last = foot
    return tuple(spans)


def _joined(rows: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The stretches that any of the rows takes, from the top."""
    found: list[tuple[float, float]] = []
    for top, foot in sorted(rows):
        if found and top <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], foot)
        else:
            found.append((top, foot))
    return found
