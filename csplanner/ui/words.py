"""How the window says what the book holds: tiers, sentiment, amounts of money and hours."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from csplanner.domain.account import Tier
from csplanner.domain.money import Money
from csplanner.domain.overview import Overview
from csplanner.domain.sentiment import Sentiment
from csplanner.domain.worth import Worth
from csplanner.language import Spoken, current, noted, tr
from csplanner.ui import veil
from csplanner.ui.widgets.format import (
    UNKNOWN,
    day,
    money,
    money_full,
    number,
    plural,
    signed,
)

TIER_LETTERS = {Tier.HIGH: "H", Tier.MEDIUM: "M", Tier.LOW: "L", Tier.DIGITAL: "D"}
TIER_TITLES: Mapping[Tier | None, str] = Spoken(
    {
        Tier.HIGH: noted("High touch"),
        Tier.MEDIUM: noted("Medium touch"),
        Tier.LOW: noted("Low touch"),
        Tier.DIGITAL: noted("Digital"),
        None: noted("Not placed"),
    }
)
NOT_PLACED = "?"
QUARTER_HOLDS = {"week": 13, "month": 3, "quarter": 1}
"""How many weeks or months a quarter of planned hours is spread over."""
_SENTIMENT_BANDS = {
    Sentiment.CONFIDENT: "good",
    Sentiment.COMFORTABLE: "good",
    Sentiment.UNSURE: "watch",
    Sentiment.UNEASY: "risk",
    Sentiment.ALARMED: "risk",
}


def tier_letter(tier: Tier | None) -> str:
    """Return H, M, L or D, or `?` for Not placed."""
    return TIER_LETTERS[tier] if tier else NOT_PLACED


def sentiment_band(sentiment: Sentiment | None) -> str:
    """Return the band whose hollow mark a sentiment carries; `none` when nobody said."""
    return veil.band(_SENTIMENT_BANDS[sentiment]) if sentiment else "none"


def sentiment_word(sentiment: Sentiment | None) -> str:
    """Return the word of a sentiment as it may be shown; empty when nobody said."""
    return veil.judged(sentiment.word) if sentiment else ""


def gap_text(gap: int | None) -> str:
    """Return score minus sentiment with its sign, as it may be shown; empty when unknown."""
    return veil.judged(signed(gap))


def amount(value: Money | None) -> str:
    """Return `$412k`, or `unknown`."""
    return money(value.minor, value.currency) if value else tr(UNKNOWN)


def amount_full(value: Money | None) -> str:
    """Return `$412,000.00`, or `unknown`."""
    return money_full(value.minor, value.currency) if value else tr(UNKNOWN)


def amounts(values: Sequence[Money]) -> str:
    """Return `$4.82M + €120k`: currencies are never added up; empty without any."""
    return " + ".join(amount(value) for value in values)


def amounts_full(values: Sequence[Money]) -> str:
    """Return the same in full, for tooltips and copying."""
    return " + ".join(amount_full(value) for value in values)


def worth_text(worth: Worth, of: str = "ARR") -> str:
    """Return `$4.82M ARR · €310k without a rate`; `of` may be empty; empty without any amount."""
    whole = f"{amounts(worth.whole)} {of}".strip()
    if not worth.apart:
        return whole if worth.whole else ""
    return tr("{0} · {1} without a rate").format(whole, amounts(worth.apart))


def worth_full(worth: Worth, as_of: date) -> str:
    """Return the same in full, and by which rates what was converted, a line each."""
    lines = [amounts_full(worth.whole)]
    lines += [
        tr("of which {0} at {1} on {2}").format(
            amount(c.source), rate_text(c.rate), day(c.on, as_of)
        )
        for c in worth.converted
    ]
    if worth.apart:
        lines.append(tr("{0} has no rate and is not added").format(amounts_full(worth.apart)))
    return "\n".join(line for line in lines if line)


def rate_text(rate: Fraction) -> str:
    """Return a rate to six figures at most: `1.08`, `0.006711`."""
    places = 6 if rate < 1 else 4
    text = f"{float(rate):,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def renewal_words(line: Overview, as_of: date) -> str:
    """Return `notice by 1 May, 50 days left; ends 30 Jun`; empty when no term is known."""
    if line.decision_on is None:
        return ""
    on, left = day(line.decision_on, as_of), left_words(line.decision_on, as_of)
    if line.term_end is None or line.term_end == line.decision_on:
        said = tr("ends {0}, {1}") if line.decision_on >= as_of else tr("ended {0}, {1}")
        return said.format(on, left)
    return tr("notice by {0}, {1}; ends {2}").format(on, left, day(line.term_end, as_of))


def left_words(on: date, as_of: date) -> str:
    """Return `50 days left`, `today` or `3 days ago`."""
    left = (on - as_of).days
    if left == 0:
        return tr("today")
    return (
        tr("{0} left").format(plural(left, "day"))
        if left > 0
        else tr("{0} ago").format(plural(-left, "day"))
    )


def hours(quarter: int, per: str = "quarter", *, places: int = 1) -> str:
    """Return thousandths of an hour a quarter as `11.2 h` a week, month or quarter.

    A needless `.0` is left out.
    """
    text = number(quarter / 1000 / QUARTER_HOLDS[per], places)
    return tr("{0} h").format(text.removesuffix(current().digits(".0")))


def isolated(name: str) -> str:
    """A name as it may stand beside a number: one that runs from right to left stays by itself.

    Else the digits and signs beside it would be drawn in its order.
    """
    turns = any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in name)
    return f"\u2068{name}\u2069" if turns else name
