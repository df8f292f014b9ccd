"""Where blocks stand on a slide: boxes in inches, and how high a text of some length will be."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from csplanner.qbr.slides import (
    Block,
    Chart,
    ChartKind,
    Diagram,
    Figures,
    Note,
    Points,
    Table,
)

# Mean advance of Inter in em. Wider than most typefaces, so a fallback font still fits.
_ADVANCE, _BOLD_ADVANCE = 0.52, 0.55
_LEADING = 1.25
GAP = 0.2
COLUMN_GAP = 0.5
CAPTION = 0.34
TABLE_SIZES = (16, 14, 13, 12, 11, 10, 9)
POINT_SIZES = (20, 18, 16, 14, 12, 11)
FIGURE_SIZES = (28, 24, 20, 18, 16, 14)
FIGURES_HEIGHT = 0.95
_LEAST_CHART = 1.9
_BAR_ROOM = 0.62
_SMALL = 11
_FIGURE_LENGTH = 14
_FIGURES_LEAST, _FIGURE_GAP = 2.6, 0.15
CELL_GAP = {"left": 0.16, "right": 0.28}
"""Inches kept free at the right of a cell, by the side on which its text stands."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in inches."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A block, its box, and the font size in points its text takes there."""

    block: Block
    box: Box
    size: int


def lines(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """How many lines `text` takes in a column of `width` inches at `size` points."""
    fits = _fits(width, size, bold=bold)
    return sum(_wrapped(part.split(), fits) for part in text.split("\n"))


def _fits(width: float, size: float, *, bold: bool = False) -> int:
    """Characters on one line."""
    return max(1, int(width * 72 / (size * (_BOLD_ADVANCE if bold else _ADVANCE))))


def _wrapped(words: list[str], fits: int) -> int:
    """Lines of so many characters that the words fill; a longer word is broken."""
    count, used = 1, 0
    for word in words:
        needed = len(word) + (1 if used else 0)
        if used + needed <= fits:
            used += needed
            continue
        count += ceil(len(word) / fits) - (0 if used else 1)
        used = len(word) % fits or fits
    return count


def line_height(size: float) -> float:
    """The height of one line of text in inches."""
    return size * _LEADING / 72


def row_heights(table: Table, width: float, size: int) -> list[float]:
    """Heights of the heading and every row in inches."""
    widths = _text_widths(table, width)
    padding = size * 0.011
    heading = max(
        (
            lines(c.title, w, size - 1, bold=True)
            for c, w in zip(table.columns, widths, strict=True)
        ),
        default=1,
    )
    heights = [heading * line_height(size - 1) + padding]
    for row in table.rows:
        most = max(
            lines(cell, w, size, bold=n == 0)
            for n, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        heights.append(most * line_height(size) + padding)
    return heights


def _text_widths(table: Table, width: float) -> list[float]:
    total = sum(c.share for c in table.columns)
    return [width * c.share / total - CELL_GAP[c.align] for c in table.columns]


def _breaks(table: Table, width: float, size: int) -> bool:
    """Whether a date or a figure would not fit on one line, or a word had to be broken: then
    smaller text reads better.
    """
    widths = _text_widths(table, width)
    return any(
        (n > 0 and len(cell) <= _FIGURE_LENGTH and lines(cell, w, size) > 1)
        or _longest(cell) > _fits(w, size, bold=n == 0)
        for row in table.rows
        for n, (cell, w) in enumerate(zip(row, widths, strict=True))
    )


def _longest(text: str) -> int:
    return max((len(word) for word in text.split()), default=0)


def figure_boxes(figures: Figures, box: Box) -> tuple[list[Box], int]:
    """The boxes of large figures side by side, and the size at which each fits on one line."""
    width = box.width / max(1, len(figures.figures))
    longest = max((len(f.value) for f in figures.figures), default=1)
    size = FIGURE_SIZES[-1]
    for size in FIGURE_SIZES:
        needed = longest * size * _BOLD_ADVANCE / 72 + _FIGURE_GAP
        if needed <= width:
            break
    width = min(width, max(_FIGURES_LEAST, needed))
    return [
        Box(box.left + n * width, box.top, width - _FIGURE_GAP, box.height)
        for n in range(len(figures.figures))
    ], size


def points_height(points: Points, width: float, size: int) -> float:
    """The height of a numbered list in inches."""
    height = CAPTION if points.title else 0.0
    for item in points.items:
        height += lines(item.text, width - 0.45, size, bold=True) * line_height(size)
        if item.detail:
            height += lines(item.detail, width - 0.45, size - 4) * line_height(size - 4)
        height += size * 0.8 / 72
    return height


def stack(blocks: Sequence[Block], area: Box, *, alone: bool = True) -> list[Placed]:
    """Blocks from top to bottom in `area`; charts and diagrams share what the others leave.

    A chart of bars that stands `alone` gets no higher than its bars need.
    """
    charts = sum(1 for b in blocks if isinstance(b, Chart | Diagram))
    room = area.height - GAP * (len(blocks) - 1)
    sizes = _sizes(blocks, area.width, room - _LEAST_CHART * charts)
    heights = [_height(b, area.width, s) for b, s in zip(blocks, sizes, strict=True)]
    rest = max(0.5, (room - sum(heights)) / charts) if charts else 0.0
    placed = []
    top = area.top
    for block, size, known in zip(blocks, sizes, heights, strict=True):
        height = rest if isinstance(block, Chart | Diagram) else known
        if isinstance(block, Chart) and alone and block.kind is not ChartKind.LINE:
            height = min(height, CAPTION + _BAR_ROOM * len(block.categories) + 0.2)
        placed.append(Placed(block, Box(area.left, top, area.width, height), size))
        top += height + GAP
    return placed


def side_by_side(left: list[Placed], right: list[Placed]) -> list[Placed]:
    """Two stacks of the same kinds of blocks, brought to the same tops and heights."""
    if [type(p.block) for p in left] != [type(p.block) for p in right]:
        return [*left, *right]
    even = []
    for pair in zip(left, right, strict=True):
        top = min(p.box.top for p in pair)
        is_chart = isinstance(pair[0].block, Chart)
        pick = min if is_chart else max
        height = pick(p.box.height for p in pair)
        size = min(p.size for p in pair)
        even += [Placed(p.block, Box(p.box.left, top, p.box.width, height), size) for p in pair]
    return even


def _sizes(blocks: Sequence[Block], width: float, room: float) -> list[int]:
    """The largest font sizes at which everything but the charts fits into `room`."""
    for step in range(len(TABLE_SIZES)):
        sizes = [_size(block, step) for block in blocks]
        needed = sum(_height(b, width, s) for b, s in zip(blocks, sizes, strict=True))
        is_broken = any(
            isinstance(b, Table) and s > _SMALL and _breaks(b, width, s)
            for b, s in zip(blocks, sizes, strict=True)
        )
        if needed <= room and not is_broken:
            break
    return sizes


def _size(block: Block, step: int) -> int:
    if isinstance(block, Table):
        return TABLE_SIZES[step]
    if isinstance(block, Points):
        return POINT_SIZES[min(step, len(POINT_SIZES) - 1)]
    return 14


def _height(block: Block, width: float, size: int) -> float:
    if isinstance(block, Table):
        return sum(row_heights(block, width, size))
    if isinstance(block, Points):
        return points_height(block, width, size)
    if isinstance(block, Figures):
        return FIGURES_HEIGHT
    if isinstance(block, Note):
        return lines(block.text, width, size) * line_height(size) + 0.04
    return 0.0
