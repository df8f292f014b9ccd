"""Filters as text: read as people write them, written so that they come back the same."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplanner.domain.filters import Condition, Sort, View, filter_text, parse_filter
from csplanner.domain.filters_change import Change, change_of
from csplanner.domain.filters_fields import BARE, BY_KEY, CHANGES, LISTED, FilterField, operators_of
from csplanner.domain.filters_groups import GROUPS
from csplanner.domain.filters_view import SORTABLE, ViewText, parse_view, view_text

_TEXTS = st.text(min_size=1, max_size=14).map(str.strip).filter(bool)
_DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(date.isoformat)
_NUMBERS = st.integers(-(10**9), 10**9).map(str) | st.sampled_from(["0.5", "59.25", "-3.75"])


def _value(found: FilterField, operator: str) -> st.SearchStrategy[str]:
    if operator == "within":
        return st.integers(0, 3000).map(str)
    if found.kind == "date":
        return _DAYS | st.sampled_from(["today", "in 30 days", "7 days ago"])
    if found.kind in ("number", "measure"):
        return _NUMBERS
    return st.sampled_from(found.words) if found.words else _TEXTS


@st.composite
def _changes(draw: st.DrawFn, found: FilterField, operator: str) -> str:
    days = draw(st.integers(1, 900))
    since = draw(st.none() | st.dates(date(2000, 1, 1), date(2090, 1, 1)))
    was = became = amount = ""
    percent = False
    if operator == "moved" and found.kind == "word":
        was = draw(st.sampled_from(["", *found.words]))
        became = draw(st.sampled_from(["", *found.words]))
    elif operator in ("fell", "rose") and found.kind in ("number", "measure"):
        amount = draw(st.sampled_from(["", "10", "2.5"]))
        percent = bool(amount) and draw(st.booleans())
    return str(Change(was, became, amount, percent, since, 90 if since else days))


@st.composite
def _sides(draw: st.DrawFn) -> Condition:
    found = draw(st.sampled_from([*BY_KEY.values()]))
    operator = draw(st.sampled_from(operators_of(found)))
    if operator in BARE:
        if "none" in found.words:
            return Condition(found.key, "is", "none")
        return Condition(found.key, operator)
    if operator in CHANGES:
        return Condition(found.key, operator, draw(_changes(found, operator)))
    first = draw(_value(found, operator))
    many = operator in LISTED and found.kind in ("word", "text", "number", "seat")
    also = draw(st.lists(_value(found, operator), max_size=2)) if many else []
    return Condition(found.key, operator, first, tuple(also))


@st.composite
def _conditions(draw: st.DrawFn) -> Condition:
    first, *others = draw(st.lists(_sides(), min_size=1, max_size=2))
    return Condition(first.field, first.operator, first.value, first.also, tuple(others))


@settings(max_examples=80, deadline=None)
@given(st.lists(_conditions(), min_size=1, max_size=3))
def test_every_filter_comes_back_from_its_text(conditions: list[Condition]):
    text = filter_text(conditions)
    assert parse_filter(text) == tuple(conditions), text
    if all(c.isascii() for c in text):
        assert parse_filter(f"  {text}  ") == tuple(conditions)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(_conditions(), max_size=2),
    st.lists(
        st.builds(Sort, st.sampled_from(SORTABLE), st.booleans()),
        min_size=1, max_size=3, unique_by=lambda sort: sort.field,
    ),
    st.sampled_from(["", *GROUPS]),
)  # fmt: skip
def test_every_view_comes_back_from_its_text(conditions, sorts, group):
    view = View(tuple(conditions), sorts=tuple(sorts), group=group)
    found = parse_view(view_text(view, ("account", "arr")))
    assert found == ViewText(view, ("account", "arr"))
    assert parse_view(str(view)).view == view
    assert parse_filter(str(view)) == view.conditions


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=40) | st.sampled_from([f.name for f in BY_KEY.values()]))
def test_no_text_makes_reading_fail_in_another_way_than_in_words(text: str):
    for words in (text, f"name contains {text}", f"tier moved {text}", f"arr at least {text}"):
        try:
            parse_filter(words)
        except ValueError as error:
            assert str(error).endswith((".", "?")), str(error)  # noqa: PT017 - or none is raised


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Tier IS NOT Digital", "tier is not digital"),
        ("tier high or medium", "tier is high or medium"),
        ("tier is any of high, low", "tier is high or low"),
        ("tier isn't H", "tier is not high"),
        ("accounts whose health is at risk", "health is risk"),
        ("arr > 100k", "arr above 100000"),
        ("ARR ≥ $1.5M", "arr at least 1500000"),
        ("arr at least 1,250,000.50", "arr at least 1250000.5"),
        ("renewal before 30 Apr 2027", "renewal before 2027-04-30"),
        ("renewal before 30.04.2027", "renewal before 2027-04-30"),
        ("renewal date no later than April 30, 2027", "renewal by 2027-04-30"),
        ("renewal within 3 months", "renewal within 90 days"),
        ("renewal in the next 2 weeks", "renewal within 14 days"),
        ("sector is “Retail bank”", 'sector is "Retail bank"'),
        ("sector in Bank, Retail bank", 'sector is Bank or "Retail bank"'),
        ("score fell 10 in 90 days", "score fell 10 in 90 days"),
        ("usage dropped by 20% in the last 60 days", "usage fell 20 % in 60 days"),
        ("health moved from good to watch since 1 March 2026",
         "health moved from good to watch since 2026-03-01"),
        ("health went red", "health moved to risk"),
        ("renewal date moved since 2026-03-01", "renewal moved since 2026-03-01"),
        ("owner changed since 01.01.2026", "owner changed since 2026-01-01"),
        ("champion left in 120 days", "champion left in 120 days"),
        ("sponsor is nobody or quiet", "sponsor is nobody or quiet"),
        ("task due before in 30 days", "task due before in 30 days"),
        ("tag is x", "tag is x"),
        ("not pinned and overdue", "pinned is no and overdue is yes"),
        ("tier is high or health is risk and arr > 5",
         "tier is high or health is risk and arr above 5"),
        ("health is unknown", "health is none"),
        ("next step is empty", "next step is unknown"),
    ],
)  # fmt: skip
def test_what_people_write_is_understood(written: str, kept: str):
    assert filter_text(parse_filter(written)).removesuffix(" in 90 days") == kept.removesuffix(
        " in 90 days"
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("teir is high", "Did you mean “tier”?"),
        ("tier is banana", "Say one of: digital, low, medium, high, not placed."),
        ("tier", "After “tier” say one of: is, is not"),
        ("arr at least lots", "Write it like 250 or 100k."),
        ("arr at least 100.000", "Write 100000 or 100."),
        ("renewal before 30 Apr", "Say it too, like 30 Apr 2027."),
        ("renewal before 03/04/2027", "Write 2027-04-03 or 2027-03-04."),
        ("renewal before 31.02.2027", "Check day and month."),
        ("tier is high or", "Say what comes after “or”"),
        ("gap at least 5 or more", "Begin it with a field"),
        ("usage fell from 3 to 2", "Say by how much usage fell"),
        ("renewal moved sideways", "Write it like renewal moved since 1 Mar 2026, or in 90 days."),
        ("score fell 10 since", "Say since when, like since 1 Mar 2026 or in 90 days."),
        ("tier is unknown today", "Nothing can follow"),
    ],
)
def test_what_is_wrong_says_what_to_write_instead(written: str, said: str):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - its words are what is looked at
        parse_filter(written)
    assert said in str(error.value)


def test_a_change_since_a_day_counts_what_happened_on_that_day():
    day = date(2026, 3, 1)
    assert change_of("since 2026-03-01").start(day) == day - timedelta(days=1)
    assert change_of("10 in 60 days").start(day) == day - timedelta(days=60)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("health moved from good to watch since 1 March",
         "health moved from good to watch since 2026-03-01"),
        ("health moved from good to watch since 1 December",
         "health moved from good to watch since 2025-12-01"),
        ("health fell since March", "health fell since 2026-03-01"),
        ("renewal before 30 Jun", "renewal before 2027-06-30"),
        ("renewal by 31 Dec", "renewal by 2026-12-31"),
        ("last touch before 1 March", "last touch before 2026-03-01"),
        ("last touch after 1 Dec", "last touch after 2025-12-01"),
        ("contract end by 29 Feb", "contract end by 2028-02-29"),
        ("renewal in may", "renewal from 2027-05-01 and renewal by 2027-05-31"),
        ("renewal in November", "renewal from 2026-11-01 and renewal by 2026-11-30"),
        ("last touch in December", "last touch from 2025-12-01 and last touch by 2025-12-31"),
        ("renewal in Q4", "renewal from 2026-10-01 and renewal by 2026-12-31"),
        ("renewal is in 2028", "renewal from 2028-01-01 and renewal by 2028-12-31"),
        ("renewal before may", "renewal before 2027-05-01"),
        ("renewal after Feb 2028", "renewal after 2028-02-29"),
        ("renewal between 1 Oct and 31 Dec",
         "renewal from 2026-10-01 and renewal by 2026-12-31"),
        ("last touch between 1 Dec and 15 Jan",
         "last touch from 2025-12-01 and last touch by 2026-01-15"),
        ("arr between 50k and 200k and tier is high",
         "arr at least 50000 and arr at most 200000 and tier is high"),
        ("score is between 75 and 50", "score at least 50 and score at most 75"),
        ("sentiment worse than unsure", "sentiment is alarmed or uneasy"),
        ("sentiment is better than unsure", "sentiment is comfortable or confident"),
        ("sentiment uneasy or worse", "sentiment is uneasy or alarmed"),
        ("tier above low", "tier is medium or high"),
        ("tier at least medium or health worse than good",
         "tier is medium or high or health is risk or watch"),
        ("score worse than 50", "score below 50"),
        ("last touch more than 30 days ago", "last touch before 30 days ago"),
        ("last touch was over 2 weeks ago", "last touch before 14 days ago"),
        ("last touch less than 30 days ago", "last touch within 30 days"),
        ("renewal in less than 60 days", "renewal within 60 days"),
        ("renewal more than 60 days away", "renewal after in 60 days"),
        ("step due more than 3 days ago", "step due before 3 days ago"),
    ],
)  # fmt: skip
def test_what_people_say_of_a_day_a_range_or_an_order_is_understood(written: str, kept: str):
    conditions = parse_filter(written, date(2026, 11, 22))
    assert filter_text(conditions).removesuffix(" in 90 days") == kept
    assert parse_filter(filter_text(conditions)) == conditions


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("sentiment worse than alarmed", "The order is: alarmed, uneasy"),
        ("tier above not placed", "Name one of: digital, low, medium, high."),
        ("arr between 50k", "arr between 50 and 200."),
        ("renewal soon", "Such as renewal before 30 Jun 2027"),
        ("sentiment rather bad", "Say one of: alarmed"),
        ("renewal in may or tier is high", "cannot stand beside “or”"),
        ("tier is high or arr between 5 and 9", "cannot stand beside “or”"),
        ("not tier is high", "Put “not” behind the field"),
        ("renewal before 31 Feb", "Check day and month."),
        (" or ".join(["tier is high"] * 600), "too much at once"),
        (" and ".join(["arr > 3"] * 301), "too much at once"),
        ("sector is " + " or ".join(f"x{n}" for n in range(40_000)), "too much at once"),
        ("name contains \ud800", "no text"),
    ],
)
def test_a_phrase_that_cannot_be_says_what_to_write(written: str, said: str):
    with pytest.raises(ValueError) as error:  # noqa: PT011 - its words are what is looked at
        parse_filter(written, date(2026, 11, 22))
    assert said in str(error.value)
