"""Which backups stay: tables of dates with the exact answer, and what must hold for any dates."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplanner.book.backup import due
from csplanner.book.thinning import DAILY, MONTHLY, RECENT, WEEKLY, keep

NOW = datetime(2026, 3, 12, 18, 0, tzinfo=UTC)  # a Thursday


def days(*words: str) -> set[date]:
    return {date.fromisoformat(word) for word in words}


def at_work(since: datetime, until: datetime, hours: tuple[int, ...] = (9, 12, 17)):
    """Moments at those hours of every day, oldest first."""
    found, day = [], since
    while day <= until:
        found += [day.replace(hour=hour) for hour in hours]
        day += timedelta(days=1)
    return [moment for moment in found if moment <= until]


def test_of_400_days_exactly_these_stay() -> None:
    made = at_work(NOW - timedelta(days=400), NOW)
    kept = keep(made, NOW)
    recent = {m for m in made if m > NOW - RECENT or m.date() >= date(2026, 3, 11)}
    assert len(recent) == 6
    # The newest of the day, the week, the month.
    older = days(
        *(f"2026-03-{day:02}" for day in range(1, 11)), "2026-02-28", "2026-02-27",
        "2026-02-22", "2026-02-15", "2026-02-08", "2026-02-01", "2026-01-25",
        "2026-01-18", "2026-01-11", "2026-01-04", "2025-12-28", "2025-12-21",
        "2025-11-30", "2025-10-31", "2025-09-30", "2025-08-31", "2025-07-31",
        "2025-06-30", "2025-05-31", "2025-04-30", "2025-03-31",
    )  # fmt: skip
    assert kept - recent == {m for m in made if m.hour == 17 and m.date() in older}
    assert recent <= kept
    assert len(older) == DAILY + WEEKLY + MONTHLY


def test_a_shelf_thinned_at_every_closing_for_400_days_reaches_as_far_back() -> None:
    shelf: list[datetime] = []
    for moment in at_work(NOW - timedelta(days=400), NOW):
        shelf.append(moment)
        stay = keep(shelf, moment)
        shelf = [m for m in shelf if m in stay]
    assert len(shelf) == 6 + DAILY + WEEKLY + MONTHLY
    sundays = [m for m in shelf if date(2025, 12, 21) <= m.date() <= date(2026, 2, 22)]
    assert [m.isoweekday() for m in sundays] == [7] * WEEKLY
    # The last Sunday of each month, as only Sundays had stayed until then.
    months = [m for m in shelf if m.date() < date(2025, 12, 21)]
    assert [m.month for m in months] == [3, 4, 5, 6, 7, 8, 9, 10, 11]
    assert all((m + timedelta(days=7)).month != m.month for m in months)


TABLE: dict[str, tuple[list[str], str, list[str]]] = {
    # name: moments in the order made, now, those that go
    "nothing": ([], "2026-03-12T18:00", []),
    "one old": (["2020-01-01T09:00"], "2026-03-12T18:00", []),
    "Friday is whole on Monday": (
        ["2026-03-05T09:00", "2026-03-05T17:00", "2026-03-06T09:00", "2026-03-06T17:00",
         "2026-03-09T09:00"],
        "2026-03-09T09:00", ["2026-03-05T09:00"],
    ),
    "a leap day is a day": (
        ["2024-02-28T09:00", "2024-02-29T09:00", "2024-02-29T10:00", "2024-03-01T09:00",
         "2024-03-04T09:00", "2024-03-05T09:00"],
        "2024-03-05T09:00", ["2024-02-29T09:00"],
    ),
    "the clock jumped ahead four years for an hour": (
        ["2026-03-12T09:00", "2026-03-12T09:30", "2026-03-12T10:00", "2030-03-12T10:30"],
        "2030-03-12T10:30", [],
    ),
    "what was made while the clock was ahead stays in the future": (
        ["2026-03-12T10:00", "2030-03-12T10:30", "2030-03-12T10:40", "2026-03-12T11:00"],
        "2026-03-12T11:00", [],
    ),
    "the clock jumped back to 1970": (
        ["2026-03-12T09:00", "2026-03-12T09:30", "1970-01-01T00:00", "1970-01-01T00:30"],
        "1970-01-01T00:30", [],
    ),
    "the newest of a day is the one made last, whatever the clock said": (
        ["2026-02-02T10:00", "2026-02-02T09:00", "2026-03-11T09:00", "2026-03-12T09:00"],
        "2026-03-12T09:00", ["2026-02-02T10:00"],
    ),
    "an hour that daylight saving repeats is two hours": (
        ["2026-10-25T02:30+02:00", "2026-10-25T02:30+01:00", "2026-11-02T09:00",
         "2026-11-03T09:00"],
        "2026-11-03T09:00", ["2026-10-25T02:30+02:00"],
    ),
    "a week goes across the new year": (
        [f"2025-12-{day:02}T09:00" for day in (29, 30, 31)]
        + [f"2026-01-{day:02}T09:00" for day in range(1, 19)],
        "2026-01-18T09:00", ["2025-12-29T09:00", "2025-12-30T09:00", "2025-12-31T09:00",
                             "2026-01-01T09:00", "2026-01-02T09:00", "2026-01-03T09:00"],
    ),
}  # fmt: skip


def moment(word: str) -> datetime:
    found = datetime.fromisoformat(word)
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


@pytest.mark.parametrize("name", TABLE)
def test_the_table_of_clocks(name: str) -> None:
    made, now, gone = TABLE[name]
    moments = [moment(word) for word in made]
    assert set(moments) - keep(moments, moment(now)) == {moment(word) for word in gone}


def between(first: str, last: str):
    lowest, highest = datetime.fromisoformat(first), datetime.fromisoformat(last)
    return st.datetimes(lowest, highest).map(lambda m: m.replace(tzinfo=UTC))


moments = st.lists(between("2024-01-01", "2026-12-31"), unique=True, max_size=120)
nows = between("2024-06-01", "2027-01-31")


@given(moments, nows)
def test_thinning_again_removes_nothing(made: list[datetime], now: datetime) -> None:
    kept = keep(made, now)
    assert keep([m for m in made if m in kept], now) == kept


@given(moments, nows)
def test_the_newest_and_all_recent_and_future_ones_stay(
    made: list[datetime], now: datetime
) -> None:
    kept = keep(made, now)
    assert set(made[-1:]) <= kept
    assert {m for m in made if m > now - RECENT} <= kept


@given(moments, nows)
def test_never_more_than_the_bounds(made: list[datetime], now: datetime) -> None:
    past_days = list(dict.fromkeys(m.date() for m in reversed(made) if m <= now))[:2]
    older = {m for m in keep(made, now) if m <= now - RECENT and m.date() not in past_days}
    assert len(older) <= DAILY + WEEKLY + MONTHLY


@given(moments, nows, between("2023-01-01", "2026-12-31"))
def test_one_made_earlier_never_removes_one_made_later(
    made: list[datetime], now: datetime, extra: datetime
) -> None:
    if extra not in made:
        assert keep(made, now) <= keep([extra, *made], now)


@given(moments, nows, st.integers(-12, 14))
def test_the_time_zone_of_a_moment_changes_nothing(
    made: list[datetime], now: datetime, hours: int
) -> None:
    zone = timezone(timedelta(hours=hours))
    assert keep([m.astimezone(zone) for m in made], now.astimezone(zone)) == keep(made, now)


def test_a_backup_is_due_when_something_changed_and_the_last_is_30_minutes_old() -> None:
    minute = timedelta(minutes=1)
    assert not due(None, None, NOW)
    assert due(None, NOW, NOW)
    assert not due(NOW - 29 * minute, NOW, NOW)
    assert due(NOW - 30 * minute, NOW, NOW)
    assert not due(NOW - 31 * minute, NOW - 32 * minute, NOW)
    assert due(NOW + 60 * minute, NOW - minute, NOW)
    assert not due(NOW + 60 * minute, None, NOW)
