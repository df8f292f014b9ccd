"""Prints results as one line each: what, ours, floor, ratio, goal, peak memory."""

from collections.abc import Iterable

from benchmarks.runner import Result

_HEAD = ("what", "ours", "floor", "ratio", "goal", "peak memory", "")
_WIDTHS = (50, 10, 10, 7, 8, 12, 8)


def lines(results: Iterable[Result]) -> Iterable[str]:
    """The heading, then a line per result as soon as it is there."""
    yield _line(_HEAD)
    for result in results:
        yield _line(
            (
                result.what,
                duration(result.ours),
                duration(result.floor),
                f"{result.ratio:.2f}×",
                f"≤ {result.goal:g}×",
                "unknown" if result.peak_bytes is None else f"{result.peak_bytes / 2**20:.0f} MB",
                "" if result.reached else "slower",
            )
        )


def duration(seconds: float) -> str:
    """A time in the unit that shows three figures or so: `1.25 s`, `31.4 ms`, `820 µs`."""
    if seconds >= 1:
        return f"{seconds:.2f} s"
    if seconds >= 1e-3:
        return f"{seconds * 1e3:.1f} ms"
    return f"{seconds * 1e6:.0f} µs"


def _line(cells: tuple[str, ...]) -> str:
    first = cells[0].ljust(_WIDTHS[0])
    others = (cell.rjust(width) for cell, width in zip(cells[1:], _WIDTHS[1:], strict=True))
    return " ".join((first, *others)).rstrip()
