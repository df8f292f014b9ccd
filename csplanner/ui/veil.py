"""What a shared screen must not show: money, sentiment and what you wrote, hidden by one key.

The veil changes what is drawn and spoken, never what is copied, exported or kept.
"""

import re
from functools import cache

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter

from csplanner.domain.sentiment import Sentiment
from csplanner.language import current, noted, tr
from csplanner.paint.fonts import font
from csplanner.paint.tokens import Theme

DOTS = "•••"
HIDDEN_BAND = "hidden"
"""The band whose mark says that there is a judgement, and not which."""
_CODES = (
    "AED|ARS|AUD|BGN|BHD|BRL|CAD|CHF|CLP|CNY|COP|CZK|DKK|EGP|EUR|GBP|HKD|HUF|IDR|ILS|INR|ISK|JPY|"
    "KES|KRW|KWD|MAD|MXN|MYR|NGN|NOK|NZD|PEN|PHP|PKR|PLN|QAR|RON|RSD|SAR|SEK|SGD|THB|TND|TRY|TWD|"
    "UAH|USD|UYU|VND|ZAR"
)
_MARKS = rf"(?:A\$|C\$|[$€£¥₹]|\b(?:{_CODES})(?=[\s\u00a0]?\d))"
_NAMED = r"(?:[Dd]ollars?|[Ee]uros?|[Pp]ounds|[Ff]rancs?|Franken)"
_NUMBER = r"[−+-]?\d[\d.,’\u00a0\u202f]*\d|\d"
_UNIT = r"(?:[\s\u00a0]?(?:k|M|B|Tsd\.|Mio\.|Mrd\.))?"
_MONEY = re.compile(
    rf"[−-]?{_MARKS}[\s\u00a0]?(?:{_NUMBER}){_UNIT}"
    rf"|(?:{_NUMBER}){_UNIT}[\s\u00a0](?:[$€£¥₹]|(?:{_CODES})\b|{_NAMED}\b)"
)
_GAP = re.compile(r"\b([Gg]ap)( of)? [+−-]?\d+")


_NAMING = (
    noted("Add the task {0}"), noted("Remove the task {0}"), noted("Done: {0}"),
    noted("Not done: {0}"), noted("Added the task {0}"), noted("Changed the task {0}"),
    noted("Removed the task {0}"),
)  # fmt: skip
"""Sentences of what was done that say what you wrote down."""


class Veil(QObject):
    """Whether money, sentiment and notes are hidden; `changed` says so when that changes."""

    changed = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._on = False

    @property
    def on(self) -> bool:
        """Whether they are hidden. A start of the application hides nothing."""
        return self._on

    def turn(self, *, on: bool) -> None:
        """Hide them, or show them again."""
        if on != self._on:
            self._on = on
            self.changed.emit(on)


@cache
def veil() -> Veil:
    """Return the one veil of the application, over all its windows."""
    return Veil()


def is_on() -> bool:
    """Whether money, sentiment and notes are hidden now."""
    return veil().on


def money(text: str) -> str:
    """Return an amount as it may be shown."""
    return DOTS if text and is_on() else text


def judged(text: str) -> str:
    """Return a sentiment, or a gap to it, as it may be shown."""
    return DOTS if text and is_on() else text


def note(text: str) -> str:
    """Return what you wrote as it may be shown."""
    return DOTS if text and is_on() else text


def band(name: str) -> str:
    """Return the band of a judgement's mark as it may be shown."""
    return HIDDEN_BAND if name != "none" and is_on() else name


def sentence(text: str) -> str:
    """Return a sentence with the amounts, sentiments and gaps in it hidden."""
    if not text or not is_on():
        return text
    text = _GAP.sub(rf"\1 {DOTS}", _MONEY.sub(DOTS, text))
    text = _feelings(current().code).sub(DOTS, text)
    return _titles(current().code).sub(DOTS, text)


def draw_cover(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Draw what stands in the place of a chart while it is hidden."""
    painter.fillRect(rect, theme.colour("subtle"))
    painter.setFont(font(12))
    painter.setPen(theme.colour("text2"))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), cover_words())


def cover_words() -> str:
    """Return what is said of a chart while it is hidden."""
    return tr("Hidden with money, sentiment and notes")


@cache
def _titles(_language: str) -> re.Pattern[str]:
    """What you wrote within the sentences that name it, in the language in force."""
    whole = {each for naming in _NAMING for each in (naming, tr(naming))}
    parts = (sentence.partition("{0}") for sentence in sorted(whole))
    found = "|".join(
        f"(?<={re.escape(before)}).+?(?={re.escape(after)}$|{re.escape(after)}[.] )"
        for before, _, after in parts
    )
    return re.compile(found, re.IGNORECASE)


@cache
def _feelings(_language: str) -> re.Pattern[str]:
    """The words of sentiment in the language in force, whatever their first letter."""
    words = {each.word for each in Sentiment} | {tr(each.word) for each in Sentiment}
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(words))) + r")\b", re.IGNORECASE)
