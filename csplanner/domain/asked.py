"""Questions of time in a CSM's words, as filters: `renewing in May`, `not touched in 60 days`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from csplanner.domain.filters import Condition, View
from csplanner.domain.likeness import plain
from csplanner.domain.period import add_months, quarter_of
from csplanner.domain.wording import day_text
from csplanner.language import current, tr

_UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
_LONGEST = 3_660
_SPAN = r"(\d{1,4}) (day|week|month|quarter|year)s?"
_RENEWS = re.compile(
    r"(?:up for )?(?:renew(?:s|ing|al|als)?|expir(?:es|ing)|ending)\b(?: (.*))?", re.ASCII
)
_UNTOUCHED = re.compile(
    r"(?:not (?:been )?(?:touched|contacted|met)|no (?:touch|touches|contact)|untouched|quiet"
    r"|silent)\b(?: (.*))?"
)
_TOUCHED = re.compile(r"(?:touched|contacted|met)\b(?: (.*))?")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question means: a title that says it back, and the view that answers it."""

    title: str
    view: View


@dataclass(frozen=True, slots=True)
class _Span:
    """The days a question is about, both counted, and how they are said."""

    first: date | None
    last: date | None
    words: str


def asked(text: str, today: date, fiscal_start: int = 1) -> tuple[Asked, ...]:
    """What the text asks of renewals and touches; empty when it asks nothing of the kind.

    A question that is not finished yet gets the usual ways to go on.
    """
    said = " ".join(plain(text).replace("’", "'").split())
    if len(said) < 4:
        return ()
    found = list(_answers(said, today, fiscal_start))
    return tuple({answer.title: answer for answer in found}.values())


def _answers(said: str, today: date, fiscal_start: int) -> Iterator[Asked]:
    if "overdue".startswith(said) or said in ("overdue touches", "touch overdue", "late touches"):
        yield Asked(tr("Overdue for a touch"), View((Condition("overdue", "is", "yes"),), "touch"))
    renews = _RENEWS.fullmatch(said)
    if renews or "renewing".startswith(said):
        rest = (renews[1] or "") if renews else ""
        for span in _spans(rest, today, fiscal_start):
            yield Asked(tr("Renewing {0}").format(span.words), _renewing(span))
        return
    if untouched := _UNTOUCHED.fullmatch(said):
        for day, words in _since(untouched[1] or "", today):
            yield Asked(tr("Not touched {0}").format(words), _untouched(day))
    elif touched := _TOUCHED.fullmatch(said):
        for day, words in _since(touched[1] or "", today):
            since = Condition("touch", "after", (day - timedelta(days=1)).isoformat())
            yield Asked(tr("Touched {0}").format(words), View((since,), "touch", True))


def _renewing(span: _Span) -> View:
    conditions = []
    if span.first is not None:
        before = span.first - timedelta(days=1)
        conditions.append(Condition("renewal", "after", before.isoformat()))
    if span.last is not None:
        after = span.last + timedelta(days=1)
        conditions.append(Condition("renewal", "before", after.isoformat()))
    return View(tuple(conditions))


def _untouched(day: date) -> View:
    never = Condition("touch", "is unknown")
    return View((Condition("touch", "before", day.isoformat(), either=(never,)),), "touch")


def _spans(rest: str, today: date, fiscal_start: int) -> Iterator[_Span]:
    """The spans of days that `rest` names, or the usual ones while it names none."""
    words = re.sub(r"^(?:in the next|within|in|during|on|the)\s+", "", rest).strip()
    named = _named_span(words, today, fiscal_start) or _open_span(words, today)
    if named is not None:
        yield named
        return
    for usual in ("90 days", "this month", "this quarter", "next quarter"):
        if not words or usual.startswith(words):
            span = _named_span(usual, today, fiscal_start)
            if span is not None:
                yield span


def _named_span(words: str, today: date, fiscal_start: int) -> _Span | None:
    if found := re.fullmatch(r"(this|next|last) (week|month|quarter|year)", words):
        return _calendar_span(found[1], found[2], today, fiscal_start)
    if found := re.fullmatch(r"(?:next )?" + _SPAN, words):
        days = min(int(found[1]) * _UNIT_DAYS[found[2]], _LONGEST)
        last = today + timedelta(days=days)
        return _Span(today, last, tr("in the next {0} days").format(days))
    if found := re.fullmatch(r"([a-z]{3,9})\.?(?: (\d{4}))?", words):
        return _month_span(found[1], found[2], today)
    if found := re.fullmatch(r"(\d{4})", words):
        year = int(found[1])
        if 1990 <= year <= 2200:
            return _Span(date(year, 1, 1), date(year, 12, 31), tr("in {0}").format(year))
    return None


def _calendar_span(which: str, unit: str, today: date, fiscal_start: int) -> _Span:
    step = {"this": 0, "next": 1, "last": -1}[which]
    if unit == "week":
        first = today - timedelta(days=today.weekday()) + timedelta(days=7 * step)
        last = first + timedelta(days=6)
    elif unit == "quarter":
        now = quarter_of(today, fiscal_start).start(fiscal_start)
        first, last = add_months(now, 3 * step), add_months(now, 3 * step + 3)
        last -= timedelta(days=1)
    else:
        months = 12 if unit == "year" else 1
        start = today.replace(day=1, month=1 if unit == "year" else today.month)
        first = add_months(start, months * step)
        last = add_months(start, months * step + months) - timedelta(days=1)
    words = {
        ("this", "week"): tr("this week"), ("next", "week"): tr("next week"),
        ("last", "week"): tr("last week"), ("this", "month"): tr("this month"),
        ("next", "month"): tr("next month"), ("last", "month"): tr("last month"),
        ("this", "quarter"): tr("this quarter"), ("next", "quarter"): tr("next quarter"),
        ("last", "quarter"): tr("last quarter"), ("this", "year"): tr("this year"),
        ("next", "year"): tr("next year"), ("last", "year"): tr("last year"),
    }  # fmt: skip
    return _Span(first, last, words[which, unit])


def _month_span(name: str, year: str | None, today: date) -> _Span | None:
    """A month by its name; without a year the next one to come, this month counted."""
    month = _month_of(name)
    if month is None:
        return None
    number = int(year) if year else today.year + (month < today.month)
    if not 1990 <= number <= 2200:
        return None
    first = date(number, month, 1)
    shown = current().months[month - 1]
    words = tr("in {0}").format(shown if number == today.year else f"{shown} {number}")
    return _Span(first, add_months(first, 1) - timedelta(days=1), words)


def _month_of(name: str) -> int | None:
    """The month of a name or the beginning of one, in English or the language in force."""
    for months in (_MONTHS, tuple(plain(month) for month in current().months)):
        found = [n for n, month in enumerate(months, 1) if month.startswith(name)]
        if len(found) == 1 and len(name) >= 3:
            return found[0]
    return None


def _open_span(words: str, today: date) -> _Span | None:
    found = re.fullmatch(r"(before|by|until|after|from|since) (.+)", words)
    day = _day(found[2], today) if found else None
    if found is None or day is None:
        return None
    shown = day_text(day, today)
    if found[1] == "before":
        return _Span(None, day - timedelta(days=1), tr("before {0}").format(shown))
    if found[1] in ("by", "until"):
        return _Span(None, day, tr("by {0}").format(shown))
    first = day + timedelta(days=1) if found[1] == "after" else day
    words = tr("after {0}") if found[1] == "after" else tr("from {0}")
    return _Span(first, None, words.format(shown))


def _since(rest: str, today: date) -> Iterator[tuple[date, str]]:
    """Since when, of `in 60 days` or `since March`; the usual spans while none is named."""
    words = re.sub(
        r"^(?:in the last|for the last|for|in|within|the last|last)\s+", "", rest
    ).strip()
    if found := re.fullmatch(_SPAN, words):
        days = min(int(found[1]) * _UNIT_DAYS[found[2]], _LONGEST)
        yield today - timedelta(days=days), tr("in {0} days").format(days)
    elif words.startswith("since "):
        day = _day(words.removeprefix("since "), today, past=True)
        if day is not None:
            yield day, tr("since {0}").format(day_text(day, today))
    else:
        for days in (30, 60, 90):
            if not words or f"{days} days".startswith(words):
                yield today - timedelta(days=days), tr("in {0} days").format(days)


def _day(text: str, today: date, *, past: bool = False) -> date | None:
    """A day as people type it: `30 Jun`, `June 30`, `30.6.`, `2026-06-30`, a month's first day.

    Without a year the next one to come, or the last one gone by when `past`.
    """
    day, month, year = "", 0, ""
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        year, month, day = found[1], int(found[2]), found[3]
    elif found := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.?\s?(\d{4})?", text):
        day, month, year = found[1], int(found[2]), found[3] or ""
    elif found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?\.? ([a-z]{3,9})\.?(?: (\d{4}))?", text):
        day, month, year = found[1], _month_of(found[2]) or 0, found[3] or ""
    elif found := re.fullmatch(r"([a-z]{3,9})\.?(?: (\d{1,2}))?(?: (\d{4}))?", text):
        day, month, year = found[2] or "1", _month_of(found[1]) or 0, found[3] or ""
    try:
        if year:
            return date(int(year), month, int(day))
        there = date(today.year, month, int(day))
        if past:
            return there if there <= today else there.replace(year=there.year - 1)
        return there if there >= today else there.replace(year=there.year + 1)
    except ValueError:
        return None
