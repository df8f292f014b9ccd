"""The lines of a box on a slide, cut so that none of them leaves it."""

from collections.abc import Sequence
from math import ceil

_LETTER, _HIGH = 0.51, 1.2
"""About how wide a letter and how high a line of text is, in its size."""


def fitting(
    lines: Sequence[str], sizes: Sequence[float], room: tuple[float, float]
) -> tuple[str, ...]:
    """The lines as they have room, wide and high, all in points; their end is left out where not.

    The first line is never broken; the last one comes before those between, of which it says more.
    """
    wide, high = room
    found = list(lines)
    left = high - _HIGH * sizes[0]
    for at in (0, *range(len(lines) - 1, 0, -1)):
        letters = max(4, int(wide / (sizes[at] * _LETTER)))
        others = sum(sizes[n] * _HIGH for n in range(1, at) if lines[n])
        rows = 1 if at == 0 else max(1, int((left - others) / (sizes[at] * _HIGH)))
        found[at] = _cut(lines[at], letters, rows)
        if at:
            left -= sizes[at] * _HIGH * ceil(len(found[at]) / letters)
    return tuple(found)


def _cut(text: str, letters: int, rows: int) -> str:
    """At most so many letters a row; words that are broken off a row cost some of them."""
    most = letters * rows - (rows - 1) * 4
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
