"""Meetings of an iCalendar file become touches and tasks: matched, looked at, kept once."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

import pytest

from csplanner.book.book import Book
from csplanner.book.check import check
from csplanner.book.erase import erase
from csplanner.crm.calendar import CalendarReview, What, keep, review
from csplanner.crm.calendar_file import Span, read_calendar
from csplanner.crm.calendar_text import MOST_BYTES
from csplanner.domain.account import Account, AccountId
from csplanner.domain.person import Person, Side
from csplanner.domain.task import TaskKind
from csplanner.domain.touch import Channel
from csplanner.errors import UserError
from tests.book.digest import digest

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 3, 12, 12, tzinfo=BERLIN)
TIDE, NORTH = AccountId("tide"), AccountId("north")
Write = Callable[..., Path]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, today: date) -> Iterator[Book]:
    """Two accounts and their people; only looked at."""
    with Book.create(tmp_path_factory.mktemp("made") / "shared.csbook", today=today) as book:
        with book.change("Furnish"):
            book.accounts.insert(
                [
                    Account(TIDE, "Tidewater", domain="tidewater.example"),
                    Account(NORTH, "Northwind", domain="northwind.example"),
                ]
            )
            book.people.insert(
                [
                    Person("dana", TIDE, "Dana Kellerman", email="Dana@tidewater.example"),
                    Person("kim", NORTH, "Kim Lee", email="kim@northwind.example"),
                    Person("ben", TIDE, "Ben Ours", Side.OURS, email="ben@us.example"),
                ]
            )
        yield book


@pytest.fixture
def stocked(shared: Book, tmp_path: Path, today: date) -> Iterator[Book]:
    """The same in a book of one's own."""
    path = tmp_path / "own.csbook"
    with sqlite3.connect(path) as copy:
        shared.connection.backup(copy)
    copy.close()
    with Book.open(path, today=today) as book:
        yield book


def event(uid: str, start: str, *lines: str, guests: str = "dana@tidewater.example") -> list[str]:
    asked = [f"ATTENDEE;CN=Guest:mailto:{g}" for g in guests.split()]
    return [
        "BEGIN:VEVENT", f"UID:{uid}", start, "ORGANIZER:mailto:me@us.example", *asked, *lines,
        "END:VEVENT",
    ]  # fmt: skip


def calendar(write: Write, *events: list[str], head: str = "VERSION:2.0") -> Path:
    lines = ["BEGIN:VCALENDAR", head, *(line for e in events for line in e), "END:VCALENDAR"]
    return write("my.ics", *lines, end="\r\n")


def look(book: Book, path: Path) -> CalendarReview:
    return review(book, path, now=NOON, zone=BERLIN)


PAST = "DTSTART;TZID=Europe/Berlin:20260310T140000"
AHEAD = "DTSTART:20260316T083000Z"


def test_what_is_over_is_a_touch_and_what_lies_ahead_a_task(stocked: Book, write: Write) -> None:
    path = calendar(
        write,
        event("1", PAST, "DURATION:PT45M", "SUMMARY:QBR with\\, Tidewater"),
        event("2", AHEAD, "DTEND:20260316T090000Z", "SUMMARY:Next steps",
              guests="kim@northwind.example"),
    )  # fmt: skip
    before = digest(stocked)
    found = look(stocked, path)
    assert digest(stocked) == before
    assert keep(stocked, found).touches == 1
    (touch,) = stocked.touches.of(TIDE)
    assert (touch.on, touch.minutes, touch.channel) == (date(2026, 3, 10), 45, Channel.QBR)
    assert (touch.topic, touch.person_ids, touch.two_way) == (
        "QBR with, Tidewater",
        ("dana",),
        True,
    )
    (task,) = stocked.tasks.of(NORTH)
    assert (task.kind, task.due, task.at) == (TaskKind.MEETING, date(2026, 3, 16), "09:30")
    assert (task.minutes, task.person_id) == (30, "kim")
    assert check(stocked) == []
    stocked.undo()
    assert digest(stocked) == before


def test_the_same_file_again_changes_nothing(stocked: Book, write: Write) -> None:
    path = calendar(write, event("1", PAST), event("2", AHEAD))
    keep(stocked, look(stocked, path))
    after = digest(stocked)
    again = look(stocked, path)
    assert {p.what for p in again.proposals} == {What.NOTHING}
    keep(stocked, again)
    assert digest(stocked) == after


def test_a_task_follows_its_meeting(stocked: Book, write: Write) -> None:
    keep(
        stocked,
        look(stocked, calendar(write, event("1", AHEAD), event("2", AHEAD), event("3", AHEAD))),
    )
    path = calendar(
        write,
        event("1", "DTSTART:20260317T090000Z"),
        event("2", PAST, "DURATION:PT1H"),
        event("3", AHEAD, "STATUS:CANCELLED"),
    )
    found = look(stocked, path)
    assert [p.what for p in found.proposals] == [What.TOUCH, What.CANCELLED, What.MOVED]
    kept = keep(stocked, found)
    assert (kept.touches, kept.moved, kept.removed) == (1, 1, 1)
    (touch,) = stocked.touches.of(TIDE)
    ended, moved = sorted(stocked.tasks.of(TIDE), key=lambda task: task.is_open)
    assert (ended.done_on, ended.touch_id) == (date(2026, 3, 10), touch.id)
    assert (moved.due, moved.at) == (date(2026, 3, 17), "10:00")


def test_a_series_is_written_out_with_what_was_moved_and_cancelled(
    stocked: Book, write: Write
) -> None:
    path = calendar(
        write,
        event("s", "DTSTART;TZID=W. Europe Standard Time:20260302T100000", "DURATION:PT30M",
              "RRULE:FREQ=WEEKLY;UNTIL=20260413T080000Z",
              "EXDATE;TZID=Europe/Berlin:20260309T100000"),
        event("s", "DTSTART;TZID=Europe/Berlin:20260318T150000",
              "RECURRENCE-ID;TZID=Europe/Berlin:20260316T100000"),
        event("s", "DTSTART;TZID=Europe/Berlin:20260323T100000", "STATUS:CANCELLED",
              "RECURRENCE-ID;TZID=Europe/Berlin:20260323T100000"),
    )  # fmt: skip
    found = look(stocked, path)
    # Summer time begins on the 29th: the clock of the series stays.
    assert [(p.meeting.on.isoformat()[5:], p.meeting.at) for p in found.proposals] == [
        ("03-02", "10:00"), ("03-18", "15:00"), ("03-30", "10:00"), ("04-06", "10:00"),
        ("04-13", "10:00"),
    ]  # fmt: skip
    keep(stocked, found)
    assert {p.what for p in look(stocked, path).proposals} == {What.NOTHING}


def test_a_guest_of_a_known_domain_leads_to_the_account(shared: Book, write: Write) -> None:
    path = calendar(write, event("1", PAST, guests="new@mail.tidewater.example"))
    (found,) = look(shared, path).proposals
    assert (found.what, found.account, found.person_ids) == (What.TOUCH, "Tidewater", ())
    assert found.strangers == ("new@mail.tidewater.example",)


def test_a_meeting_of_two_accounts_or_none_waits_for_a_word(stocked: Book, write: Write) -> None:
    path = calendar(
        write,
        event("1", PAST, guests="dana@tidewater.example kim@northwind.example"),
        event("2", PAST, guests="who@gmail.com"),
    )
    found = look(stocked, path)
    assert {p.what for p in found.proposals} == {What.UNMATCHED}
    both = next(p for p in found.proposals if p.may_be)
    assert set(both.may_be) == {TIDE, NORTH}
    assert keep(stocked, found).touches == 0
    assert keep(stocked, found, accounts={both.key: NORTH}).touches == 1
    (touch,) = stocked.touches.of(NORTH)
    assert touch.person_ids == ("kim",)


def test_meetings_among_ourselves_are_left_out(shared: Book, write: Write) -> None:
    path = calendar(
        write,
        event("1", PAST),
        event("2", PAST, guests="ben@us.example colleague@us.example"),
        event("3", PAST, guests=""),
    )
    found = look(shared, path)
    assert (len(found.proposals), found.inside) == (1, 2)


@pytest.mark.parametrize(
    ("asked_by", "guests"),
    [
        ("ada@calder.example", "ada@calder.example"),
        ("ada@calder.example", "me@us.example ada@calder.example"),
        ("dana@tidewater.example", "dana@tidewater.example"),
        ("kim@northwind.example", "me@us.example kim@northwind.example"),
    ],
)
def test_a_customer_in_every_meeting_is_not_taken_for_one_of_us(
    asked_by: str, guests: str, shared: Book, write: Write
) -> None:
    lines = [f"ATTENDEE:mailto:{g}" for g in guests.split()]
    path = calendar(write, *(
        ["BEGIN:VEVENT", f"UID:{uid}", start, "RRULE:FREQ=WEEKLY;COUNT=3",
         f"ORGANIZER:mailto:{asked_by}", *lines, "END:VEVENT"]
        for uid, start in (("1", PAST), ("2", AHEAD))
    ))  # fmt: skip
    found = look(shared, path)
    assert (len(found.proposals), found.inside) == (6, 0)
    is_known = not asked_by.startswith("ada")
    assert {p.what is What.UNMATCHED for p in found.proposals} == {not is_known}


def test_who_is_in_most_meetings_is_one_of_us_with_the_colleagues(
    shared: Book, write: Write
) -> None:
    path = calendar(
        write,
        event("1", PAST, guests="ada@calder.example"),
        event("2", PAST, guests="dana@tidewater.example colleague@us.example"),
    )
    found = look(shared, path)
    assert sorted(p.strangers for p in found.proposals) == [(), ("ada@calder.example",)]


def test_what_is_on_today_is_over_when_it_has_ended(shared: Book, write: Write) -> None:
    path = calendar(
        write,
        event("1", "DTSTART:20260312T090000Z", "DURATION:PT1H"),
        event("2", "DTSTART:20260312T100000Z", "DURATION:PT2H"),
    )
    assert [p.what for p in look(shared, path).proposals] == [What.TOUCH, What.TASK]


def test_who_declined_and_rooms_were_not_there(shared: Book, write: Write) -> None:
    path = calendar(write, [
        "BEGIN:VEVENT", "UID:1", PAST, "ATTENDEE;PARTSTAT=DECLINED:mailto:dana@tidewater.example",
        "ATTENDEE;CUTYPE=ROOM:mailto:room@northwind.example",
        "ATTENDEE;CN=\"Lee, Kim\":MAILTO:Kim@Northwind", " .example", "BEGIN:VALARM",
        "TRIGGER:-PT5M", "END:VALARM", "END:VEVENT",
    ])  # fmt: skip
    (found,) = look(shared, path).proposals
    assert found.person_ids == ("kim",)


def test_a_zone_nobody_knows_is_said_and_taken_as_local(shared: Book, write: Write) -> None:
    path = calendar(write, event("1", "DTSTART;TZID=Customized Zone:20260310T140000"))
    found = look(shared, path)
    assert (found.proposals[0].meeting.at, found.zones) == ("14:00", ("Customized Zone",))


@pytest.mark.parametrize(
    "lines",
    [
        ["DTSTART:20260301T000000Z", "RRULE:FREQ=SECONDLY"],
        ["DTSTART:19000101T000000Z", "RRULE:FREQ=DAILY"],
        ["DTSTART:20260301T000000Z", "RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2"],
        ["DTSTART:99999999T000000Z"],
        ["DTSTART:"],
        ["SUMMARY:No day"],
        ["DTSTART:20260301T000000Z", "RRULE:FREQ=NEVER;COUNT=x"],
    ],
)
def test_an_event_that_is_none_is_counted_and_passed_over(
    lines: list[str], shared: Book, write: Write
) -> None:
    path = calendar(write, ["BEGIN:VEVENT", "UID:x", *lines, "END:VEVENT"], event("1", PAST))
    found = look(shared, path)
    assert (len(found.proposals), found.unreadable) == (1, 1)


def test_a_rule_without_end_has_one(write: Write) -> None:
    path = calendar(
        write,
        event("1", "DTSTART:19710101T080000Z", "RRULE:FREQ=DAILY"),
        event("2", "DTSTART:20000101T080000Z", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31"),
        event("3", "DTSTART:20260302T080000Z", "RRULE:FREQ=WEEKLY;COUNT=2;BYDAY=MO"),
    )
    found = read_calendar(path, Span(date(2026, 3, 1), date(2026, 3, 31), BERLIN))
    assert (len(found.meetings), found.unreadable) == (33, 0)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYSETPOS=5;BYDAY=MO",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=-30",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=DAILY;BYSETPOS=5;COUNT=9",
        "FREQ=DAILY;INTERVAL=0;BYMONTH=1",
        "FREQ=DAILY;BYDAY=MO;BYSETPOS=" + ",".join(map(str, range(2, 366))),
    ],
)
def test_a_rule_that_never_comes_again_is_no_search_through_all_years(
    rule: str, write: Write
) -> None:
    path = calendar(write, event("1", "DTSTART:20260302T080000Z", f"RRULE:{rule}"))
    began = process_time()
    found = read_calendar(path, Span(date(2026, 3, 1), date(2026, 6, 30), BERLIN))
    assert process_time() - began < 1.0
    assert len(found.meetings) + found.unreadable == 1


def test_long_running_series_keep_their_rhythm(write: Write) -> None:
    path = calendar(
        write,
        event("1", "DTSTART:20200106T080000Z", "RRULE:FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH"),
        event("2", "DTSTART:20191230T090000Z", "RRULE:FREQ=DAILY;INTERVAL=11"),
        event("3", "DTSTART:20200131T100000Z", "RRULE:FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1"),
        event("4", "DTSTART:20200106T080000Z", "RRULE:FREQ=WEEKLY;COUNT=322"),
    )
    found = read_calendar(path, Span(date(2026, 3, 1), date(2026, 3, 31), BERLIN)).meetings
    days = {uid: [m.on.day for m in found if m.uid == uid] for uid in "1234"}
    assert days == {"1": [2, 5, 23, 26], "2": [3, 14, 25], "3": [30], "4": [2]}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Date,Title\r\n", "no iCalendar file"),
        (b"BEGIN:VCALENDAR\0", "no iCalendar file"),
        (b"", "no iCalendar file"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 20_001, "more than 20,000 events"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 100_000, ""),
        (b"BEGIN:VCALENDAR\n" + b"\xff" * 1000, ""),
    ],
)
def test_a_hostile_file_is_refused_in_one_sentence(
    content: bytes, words: str, shared: Book, tmp_path: Path
) -> None:
    path = tmp_path / "bad.ics"
    path.write_bytes(content)
    if not words:
        assert look(shared, path).proposals == ()
        return
    with pytest.raises(UserError, match=words):
        look(shared, path)


def test_too_large_a_file_is_refused_before_it_is_read(shared: Book, tmp_path: Path) -> None:
    path = tmp_path / "large.ics"
    with path.open("wb") as stream:
        stream.truncate(MOST_BYTES + 1)
    with pytest.raises(UserError, match="20 MB"):
        look(shared, path)
    with pytest.raises(UserError, match="not a file"):
        look(shared, tmp_path)


def test_an_invitation_taken_back_takes_its_task(stocked: Book, write: Write) -> None:
    keep(stocked, look(stocked, calendar(write, event("1", AHEAD))))
    found = look(stocked, calendar(write, event("1", AHEAD), head="METHOD:CANCEL"))
    assert [p.what for p in found.proposals] == [What.CANCELLED]
    keep(stocked, found)
    assert stocked.tasks.all() == ()


def test_a_title_does_not_bring_back_somebody_erased(stocked: Book, write: Write) -> None:
    erase(stocked, "dana")
    path = calendar(
        write,
        event("1", PAST, "DURATION:PT45M", "SUMMARY:Plans with Dana Kellerman: seats",
              guests="ben@tidewater.example"),
        event("2", AHEAD, "SUMMARY:Dana and the renewal"),
        event("3", AHEAD, "SUMMARY:Dana Kellerman / onboarding", guests="who@else.example"),
    )  # fmt: skip
    found = look(stocked, path)
    third = next(p.key for p in found.proposals if p.what is What.UNMATCHED)
    keep(stocked, found, accounts={third: str(TIDE)})
    (touch,) = stocked.touches.of(TIDE)
    assert touch.topic == "Plans with seats"
    assert {task.title for task in stocked.tasks.of(TIDE)} == {"and the renewal", "onboarding"}
    again = look(stocked, path)
    assert {p.what for p in again.proposals} == {What.NOTHING}


def test_no_spelling_of_a_name_or_address_brings_back_somebody_erased(
    stocked: Book, write: Write
) -> None:
    becomes = {
        "Prices with dana@tidewater.example": "Prices with",
        "Prices <Dana@Tidewater.example>, seats": "Prices , seats",
        "Dana-Kellerman sync": "sync",
        "Call with Kellerman, Dana: seats": "Call with seats",
        "Kellerman Dana / onboarding": "onboarding",
        "Plans of Dan Kellermann": "Plans of Dan Kellermann",
    }
    erase(stocked, "dana")
    guests = "dana@tidewater.example ben@tidewater.example"
    path = calendar(
        write, *(event(title, PAST, f"SUMMARY:{title}", guests=guests) for title in becomes)
    )
    found = look(stocked, path)
    assert {p.strangers for p in found.proposals} == {("ben@tidewater.example",)}
    keep(stocked, found)
    assert {touch.topic for touch in stocked.touches.of(TIDE)} == set(becomes.values())
