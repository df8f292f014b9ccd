"""Inter, the one typeface, with the features the figures and letters of the product need."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from csplanner.resources import resource

FAMILIES = ["Inter", "Noto Sans"]
FEATURES = ("tnum", "calt", "cv05", "ss03")
REGULAR, MEDIUM, SEMIBOLD = 400, 500, 600
_readable: ContextVar[bool] = ContextVar("readable", default=False)
LINE_HEIGHTS = {28: 34, 20: 26, 15: 20, 13: 18, 12: 16, 11: 14}


@cache
def load_fonts() -> tuple[str, ...]:
    """Make Inter known to Qt and return the families found; needs a QGuiApplication."""
    families: list[str] = []
    for face in ("Regular", "Medium", "SemiBold"):
        number = QFontDatabase.addApplicationFont(str(resource(f"fonts/Inter-{face}.otf")))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return tuple(families)


def font(px: int = 13, weight: int = REGULAR) -> QFont:
    """Return Inter at a whole pixel size with tabular figures; weight is 400, 500 or 600."""
    return QFont(_font(px, weight) if not _readable.get() else _readable_font(px, weight))


@contextmanager
def readable_letters() -> Iterator[None]:
    """Have `font` choose no other shapes of letters and figures within.

    A PDF keeps such a shape without its letter: it can be seen, and neither found nor copied.
    """
    kept = _readable.set(True)
    try:
        yield
    finally:
        _readable.reset(kept)


@cache
def exact_font(px: int = 13, weight: int = REGULAR) -> QFont:
    """The same with every letter as it stands in a file: `12x00` does not become `12×00`."""
    made = font(px, weight)
    made.setFeature(QFont.Tag("calt"), 0)
    return made


@cache
def _readable_font(px: int, weight: int) -> QFont:
    made = QFont(_font(px, weight))
    for feature in FEATURES:
        made.setFeature(QFont.Tag(feature), 0)
    return made


@cache
def _font(px: int, weight: int) -> QFont:
    load_fonts()
    made = QFont(FAMILIES)
    made.setPixelSize(px)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for feature in FEATURES:
        made.setFeature(QFont.Tag(feature), 1)
    return made
