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
_SIGNAL_ICONS = {
    "notice_given": "octagon-alert",
    "renewal_near": "clock-alert",
    "renewal_undecided": "calendar-x",
    "deal_overdue": "calendar-clock",
    "cases_urgent": "life-buoy",
    "cases_many": "life-buoy",
    "invoice_overdue": "receipt",
    "exit_cause": "log-out",
    "person_left": "user-x",
    "nobody_known": "user-search",
    "role_missing": "user-search",
    "touch_overdue": "timer",
    "next_step_due": "list-checks",
    "missing": "circle-question-mark",
    "yeah_but": "message-circle-warning",
    "better_than_it_looks": "eye",
    "health_fell": "trending-down",
    "health_at_risk": "activity",
    "blind_spot": "eye-off",
    "detractor": "message-square-warning",
    "stagnant": "equal",
    "cost_potential": "scale",
    "potential_above_tier": "trending-up",
    "override_expired": "calendar-clock",
    "arr_unknown": "circle-question-mark",
    "pulse_old": "heart-pulse",
}
_SIGNAL_WORDS = {
    "notice_given": "Notice given",
    "renewal_near": "Renewal near",
    "renewal_undecided": "Renewal undecided",
    "deal_overdue": "Deal overdue",
    "cases_urgent": "Urgent cases",
    "cases_many": "Many cases",
    "invoice_overdue": "Invoice overdue",
    "exit_cause": "Cause of leaving not written down",
    "person_left": "Somebody left",
    "nobody_known": "Nobody known",
    "role_missing": "Role with nobody",
    "touch_overdue": "Touch overdue",
    "next_step_due": "Next step due",
    "missing": "Missing from the snapshot",
    "yeah_but": "Yeah, but…",
    "better_than_it_looks": "Better than it looks",
    "health_fell": "Health fell",
    "health_at_risk": "Health at risk",
    "blind_spot": "Blind spot",
    "detractor": "Detractor",
    "stagnant": "Stagnant",
    "cost_potential": "Cost against potential",
    "potential_above_tier": "Potential above the tier",
    "override_expired": "Tier due for review",
    "arr_unknown": "ARR unknown",
    "pulse_old": "Sentiment is old",
}
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
    return _SIGNAL_ICONS.get(kind, "circle-alert")


def signal_words(kind: str) -> str:
    """Return what a kind of signal is called in a list of verdicts."""
    return _SIGNAL_WORDS.get(kind, kind.replace("_", " ").capitalize())


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
