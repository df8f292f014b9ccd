"""How much a line of news matters: by its kind, the ARR of the account, and the renewal's nearness.

Nothing here is evidence: the weights order a list and enter no score (methods §3.6).
"""

from collections.abc import Mapping
from datetime import date
from math import sqrt

from csplanner.domain.news import MONEY, NewsKind

NEAR_DAYS = 180
"""A renewal so many days ahead weighs nothing yet; at once it doubles a line."""
PAST_DAYS = 90
"""A renewal so long overdue weighs as if it were today; an older one is bookkeeping."""
SHORT_DAYS = 7
"""A day that moved by less counts half."""
UNKNOWN_ARR = 0.25
"""The share an account without ARR is taken to have, so that it is not lost at the end."""
_KEY_ROLES = {"sponsor": 1.0, "champion": 1.0, "decides": 1.0, "day_to_day": 0.7, "finance": 0.6}
BASE: Mapping[NewsKind, int] = {
    NewsKind.NOTICE_GIVEN: 100, NewsKind.OPTED_OUT: 100, NewsKind.EXIT: 90, NewsKind.LEFT: 90,
    NewsKind.LEAVING: 80, NewsKind.ARCHIVED: 70, NewsKind.MISSING: 50, NewsKind.VANISHED: 60,
    NewsKind.ARR: 70, NewsKind.RENEWAL_MOVED: 65, NewsKind.ESCALATED: 65,
    NewsKind.CASE_URGENT: 65, NewsKind.LOST: 60, NewsKind.SEATS: 55, NewsKind.WON: 55,
    NewsKind.RENEWED: 60, NewsKind.CLOSE_MOVED: 40, NewsKind.AMOUNT: 45, NewsKind.LINE_ARR: 45,
    NewsKind.TERM_ARR: 45, NewsKind.OWNER: 40, NewsKind.MEASURE: 45, NewsKind.TOOK_ROLE: 35,
    NewsKind.JOINED: 35, NewsKind.BACK: 30, NewsKind.NOTICE_MOVED: 50,
    NewsKind.CASE_REOPENED: 40, NewsKind.REOPENED: 35, NewsKind.DEAL_NEW: 30,
    NewsKind.TERM_NEW: 30, NewsKind.ACCOUNT_NEW: 45, NewsKind.FOUND: 30, NewsKind.STAGE: 25,
    NewsKind.GONE: 25, NewsKind.MERGED: 40,
    NewsKind.CASE_CLOSED: 15, NewsKind.RENAMED: 15, NewsKind.CASE_NEW: 12,
    NewsKind.TITLE: 10, NewsKind.FIGURES: 6, NewsKind.TOUCHES: 5, NewsKind.DETAILS: 4,
    NewsKind.SUMMARY: 1_000,
}  # fmt: skip
"""How much a kind matters by itself, 0 to 100; the first summary stands on top."""


def weight_of(kind: NewsKind, factor: float, lift: float = 1.0) -> int:
    """How much a line matters: kind × strength × what its account lifts it by, 0 to 400.

    `factor` 0 to 1 is how strong the line is of its kind, `lift` what `lift_of` says.
    """
    return round(BASE[kind] * factor * lift)


def lift_of(arr: int | None, cut: int | None, days: int | None) -> float:
    """By how much an account lifts its lines, 1 to 4: ARR × nearness of the renewal (methods §3.6).

    `arr` is held against `cut`, what the top fifth of the book has at least: half as much again
    on the cut, twice at four times it. `days` to the decision of the renewal: twice as much on
    the day, nothing more from 180 days on.
    """
    if arr is None or not cut or arr <= 0:
        share = UNKNOWN_ARR if arr is None else 0.0
    else:
        share = min(1.0, 0.5 * sqrt(arr / cut))
    near = 0.0
    if days is not None and -PAST_DAYS <= days <= NEAR_DAYS:
        near = 1 - max(0, days) / NEAR_DAYS
    return (1 + share) * (1 + near)


def role_factor(role: str | None) -> float:
    """How much the coming or going of a person matters by the role they hold."""
    return _KEY_ROLES.get(role or "", 0.5 if role else 0.35)


def move_factor(kind: str, was: str | None, becomes: str | None, times: int) -> float:
    """How strong a move is: later and smaller more than earlier and larger, again more than once.

    `was` and `becomes` are as in the facts: ISO days or `1200000 EUR`.
    """
    if kind in MONEY or kind == NewsKind.SEATS:
        return _by_share(_leading(was), _leading(becomes))
    base = 0.75 if (becomes or "") > (was or "") else 0.6
    if _days(was, becomes) < SHORT_DAYS:
        base = 0.35
    return min(1.0, base + 0.1 * max(0, times - 1))


def _by_share(was: int | None, becomes: int | None) -> float:
    """1 for half lost or more, at least a half; what grew counts two thirds, at least 0.3."""
    if was is None or becomes is None or was <= 0:
        return 0.4
    share = min(1.0, 2 * abs(becomes - was) / was)
    return max(0.5, share) if becomes < was else max(0.3, 0.67 * share)


def _days(was: str | None, becomes: str | None) -> int:
    """How many days lie between two ISO days; as good as many where one is not known."""
    try:
        moved = date.fromisoformat(becomes or "") - date.fromisoformat(was or "")
    except ValueError:
        return SHORT_DAYS
    return abs(moved.days)


def _leading(text: str | None) -> int | None:
    head = (text or "").partition(" ")[0]
    return int(head) if head.removeprefix("-").isdecimal() else None
