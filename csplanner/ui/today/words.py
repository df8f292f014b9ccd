"""What a signal and a source are called and look like: words, icons and ink."""

from datetime import date

from csplanner.domain.wording import one_line
from csplanner.language import noted, tr
from csplanner.ui import veil
from csplanner.ui.widgets import format as words

_SIGNALS = {
    "notice_given": ("octagon-alert", noted("Notice given")),
    "renewal_near": ("clock-alert", noted("Renewal near")),
    "renewal_undecided": ("calendar-x", noted("Renewal undecided")),
    "deal_overdue": ("calendar-clock", noted("Deal overdue")),
    "cases_urgent": ("life-buoy", noted("Urgent cases")),
    "cases_many": ("life-buoy", noted("Many cases")),
    "invoice_overdue": ("receipt", noted("Invoice overdue")),
    "exit_cause": ("log-out", noted("Cause of leaving not written down")),
    "person_left": ("user-x", noted("Somebody left")),
    "newcomer": ("user-plus", noted("New and not met")),
    "nobody_known": ("user-search", noted("Nobody known")),
    "role_missing": ("user-search", noted("Role with nobody")),
    "touch_overdue": ("timer", noted("Touch overdue")),
    "next_step_due": ("list-checks", noted("Next step due")),
    "missing": ("circle-question-mark", noted("Missing from the snapshot")),
    "yeah_but": ("message-circle-warning", noted("Yeah, but…")),
    "better_than_it_looks": ("eye", noted("Better than it looks")),
    "health_fell": ("trending-down", noted("Health fell")),
    "health_at_risk": ("activity", noted("Health at risk")),
    "blind_spot": ("eye-off", noted("Blind spot")),
    "detractor": ("message-square-warning", noted("Detractor")),
    "stagnant": ("equal", noted("Stagnant")),
    "cost_potential": ("scale", noted("Cost against potential")),
    "potential_above_tier": ("trending-up", noted("Potential above the tier")),
    "override_expired": ("calendar-clock", noted("Tier due for review")),
    "arr_unknown": ("circle-question-mark", noted("ARR unknown")),
    "pulse_old": ("heart-pulse", noted("Sentiment is old")),
    "arr_fell": ("trending-down", noted("ARR fell")),
    "crm_moved": ("git-compare", noted("The CRM changed")),
    "cases_rising": ("life-buoy", noted("More cases than before")),
    "deal_closing": ("handshake", noted("Deal closing")),
    "onboarding_late": ("timer", noted("Onboarding late")),
    "part_left": ("log-out", noted("Part of them left")),
    "unsatisfied": ("message-square-warning", noted("Dissatisfied")),
    "use_fell": ("trending-down", noted("Use fell")),
}
"""Icon and words of each kind of signal."""
_SOURCE_ICONS = {
    "people": "user-x",
    "relationship map": "user-search",
    "contract": "calendar-clock",
    "touch log": "phone",
    "deals": "handshake",
    "support cases": "life-buoy",
    "your pulse": "heart-pulse",
    "your placement": "pyramid",
    "your assessment": "pyramid",
    "tier rule": "pyramid",
    "your plan": "list-checks",
    "objectives": "target",
    "import": "file-input",
    noted("CRM snapshot"): "git-compare",
    "book": "book-open",
    "exit record": "log-out",
}
_JUDGED = (
    "yeah_but", "better_than_it_looks", noted("your pulse"), noted("your placement"),
)  # fmt: skip
"""Signals and sources that are a judgement of yours, and not measured."""
SEVERITY_INK = {"risk": "risk-ink", "watch": "watch-ink", "good": "good-ink"}


def signal_icon(kind: str) -> str:
    """Return the icon of a kind of signal."""
    return _SIGNALS[kind][0] if kind in _SIGNALS else "circle-alert"


def signal_words(kind: str) -> str:
    """Return what a kind of signal is called in a list of verdicts."""
    if kind in _SIGNALS:
        return tr(_SIGNALS[kind][1])
    return kind.replace("_", " ").capitalize()


def shown_words(about: str, text: str) -> str:
    """Return what a signal of the kind `about`, or evidence of that source, may say now.

    What you felt or wrote is hidden whole, of anything else the amounts and feelings in it.
    """
    if about in _JUDGED or about in {tr(source) for source in _JUDGED}:
        return veil.note(one_line(text))
    return veil.sentence(one_line(text))


def source_icon(source: str) -> str:
    """Return the icon of where evidence comes from; anything measured is an activity."""
    return _SOURCE_ICONS.get(source, "activity")


def source_line(source: str, on: date | None, as_of: date) -> str:
    """Return `24 Feb · people`; without a day only the source."""
    parts = [words.day(on, as_of)] if on else []
    return " · ".join([*parts, tr(source)] if source else parts)
