"""What a band, a tier, a signal and a source look like: names of marks, letters and icons."""

from datetime import date

from csplanner.domain.account import Tier
from csplanner.domain.money import Money
from csplanner.domain.sentiment import Sentiment
from csplanner.ui.widgets import format as words

TIER_LETTERS = {Tier.HIGH: "H", Tier.MEDIUM: "M", Tier.LOW: "L", Tier.DIGITAL: "D"}
NOT_PLACED = "?"
_SENTIMENT_BANDS = {
    Sentiment.CONFIDENT: "good",
    Sentiment.COMFORTABLE: "good",
    Sentiment.UNSURE: "watch",
    Sentiment.UNEASY: "risk",
    Sentiment.ALARMED: "risk",
}
_SIGNALS = {
    "notice_given": ("octagon-alert", "Notice given"),
    "renewal_near": ("clock-alert", "Renewal near"),
    "renewal_undecided": ("calendar-x", "Renewal undecided"),
    "deal_overdue": ("calendar-clock", "Deal overdue"),
    "cases_urgent": ("life-buoy", "Urgent cases"),
    "cases_many": ("life-buoy", "Many cases"),
    "invoice_overdue": ("receipt", "Invoice overdue"),
    "exit_cause": ("log-out", "Cause of leaving not written down"),
    "person_left": ("user-x", "Somebody left"),
    "nobody_known": ("user-search", "Nobody known"),
    "role_missing": ("user-search", "Role with nobody"),
    "touch_overdue": ("timer", "Touch overdue"),
    "next_step_due": ("list-checks", "Next step due"),
    "missing": ("circle-question-mark", "Missing from the snapshot"),
    "yeah_but": ("message-circle-warning", "Yeah, but…"),
    "better_than_it_looks": ("eye", "Better than it looks"),
    "health_fell": ("trending-down", "Health fell"),
    "health_at_risk": ("activity", "Health at risk"),
    "blind_spot": ("eye-off", "Blind spot"),
    "detractor": ("message-square-warning", "Detractor"),
    "stagnant": ("equal", "Stagnant"),
    "cost_potential": ("scale", "Cost against potential"),
    "potential_above_tier": ("trending-up", "Potential above the tier"),
    "override_expired": ("calendar-clock", "Tier due for review"),
    "arr_unknown": ("circle-question-mark", "ARR unknown"),
    "pulse_old": ("heart-pulse", "Sentiment is old"),
    "arr_fell": ("trending-down", "ARR fell"),
    "cases_rising": ("life-buoy", "More cases than before"),
    "deal_closing": ("handshake", "Deal closing"),
    "onboarding_late": ("timer", "Onboarding late"),
    "part_left": ("log-out", "Part of them left"),
    "unsatisfied": ("message-square-warning", "Dissatisfied"),
    "use_fell": ("trending-down", "Use fell"),
}
"""Icon and words of each kind of signal."""
_SOURCE_ICONS = {
    "people": "user-x",
    "relationship map": "user-search",
    "contract": "calendar-clock",
    "touch log": "phone",
    "opportunities": "handshake",
    "support cases": "life-buoy",
    "your pulse": "heart-pulse",
    "your placement": "pyramid",
    "your assessment": "pyramid",
    "tier rule": "pyramid",
    "your plan": "list-checks",
    "objectives": "target",
    "import": "file-input",
    "book": "book-open",
    "exit record": "log-out",
}
SEVERITY_INK = {"risk": "risk-ink", "watch": "watch-ink", "good": "good-ink"}


def tier_letter(tier: Tier | None) -> str:
    """Return H, M, L or D, or `?` for Not placed."""
    return TIER_LETTERS[tier] if tier else NOT_PLACED


def sentiment_band(sentiment: Sentiment | None) -> str:
    """Return the band whose hollow mark a sentiment carries; `none` when nobody said."""
    return _SENTIMENT_BANDS[sentiment] if sentiment else "none"


def signal_icon(kind: str) -> str:
    """Return the icon of a kind of signal."""
    return _SIGNALS[kind][0] if kind in _SIGNALS else "circle-alert"


def signal_words(kind: str) -> str:
    """Return what a kind of signal is called in a list of verdicts."""
    if kind in _SIGNALS:
        return _SIGNALS[kind][1]
    return kind.replace("_", " ").capitalize()


def source_icon(source: str) -> str:
    """Return the icon of where evidence comes from; anything measured is an activity."""
    return _SOURCE_ICONS.get(source, "activity")


def amount(value: Money | None) -> str:
    """Return `$412k`, or `unknown`."""
    return words.money(value.minor, value.currency) if value else words.UNKNOWN


def amount_full(value: Money | None) -> str:
    """Return `$412,000.00`, or `unknown`."""
    return words.money_full(value.minor, value.currency) if value else words.UNKNOWN


def amounts(values: tuple[Money, ...]) -> str:
    """Return `$4.82M + €120k`: currencies are never added up; empty without any."""
    return " + ".join(amount(v) for v in values)


def source_line(source: str, on: date | None, as_of: date) -> str:
    """Return `24 Feb · people`; without a day only the source."""
    parts = [words.day(on, as_of)] if on else []
    return " · ".join([*parts, source] if source else parts)


def hours(thousandths: int, places: int = 1) -> str:
    """Return `11.2 h` of thousandths of an hour, without a needless `.0`."""
    text = words.number(thousandths / 1000, places)
    return f"{text.removesuffix('.0')} h"
