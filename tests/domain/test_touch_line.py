"""One typed line becomes a touch: everything read is told with its place, nothing is guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplanner.domain.account import AccountId
from csplanner.domain.line_days import Days, read_length, read_time
from csplanner.domain.line_names import known
from csplanner.domain.line_words import PartKind, words_of_line
from csplanner.domain.person import Person, PersonStatus
from csplanner.domain.task import TaskKind
from csplanner.domain.touch import Channel
from csplanner.domain.touch_line import TouchLine, parse_touch

TODAY = date(2026, 3, 12)  # a Thursday
TIDE, NORTH, BLUE = AccountId("tide"), AccountId("north"), AccountId("blue")
KNOWN = known(
    [
        Person("dana", TIDE, "Dana Kellerman", email="dana@tidewater.example"),
        Person("marcus", TIDE, "Marcus Webb"),
        Person("marcus2", NORTH, "Marcus Olin"),
        Person("kim", NORTH, "Kim Sørensen"),
        Person("paula", TIDE, "Paula Price"),
        Person("gone", TIDE, "Dana Moss", status=PersonStatus.LEFT),
    ],
    [(TIDE, "Tidewater Logistics GmbH"), (NORTH, "Northwind Rail"), (BLUE, "Blue Harbor")],
)


def read(line: str, account: str | None = None) -> TouchLine:
    return parse_touch(line, TODAY, KNOWN, account_id=account)


def test_a_touch_that_lies_ahead_is_planned() -> None:
    line = read("call Dana 20m renewal pricing tomorrow")
    assert (line.channel, line.account_id, line.person_ids) == (Channel.CALL, TIDE, ("dana",))
    assert (line.minutes, line.on, line.topic) == (20, date(2026, 3, 13), "renewal pricing")
    assert line.is_planned
    task = line.planned(TIDE)
    assert (task.kind, task.title, task.due) == (
        TaskKind.TOUCH, "Call Dana: renewal pricing", line.on,
    )  # fmt: skip
    assert (task.minutes, task.person_id) == (20, "dana")


def test_those_named_together_tell_whom_a_first_name_means() -> None:
    line = read("email marcus + kim 10 Mar: invoice")
    assert (line.channel, line.account_id) == (Channel.EMAIL, NORTH)
    assert line.person_ids == ("marcus2", "kim")
    assert (line.on, line.topic, line.unclear) == (date(2026, 3, 10), "invoice", ())
    assert not line.two_way


def test_what_follows_a_mark_is_a_task_with_its_own_day() -> None:
    line = read("met Tidewater yesterday 1h re QBR !followup send deck fri !ask kim by 1 apr")
    touch = line.touch(TIDE)
    assert (touch.channel, touch.on, touch.minutes) == (Channel.MEETING, date(2026, 3, 11), 60)
    assert (touch.topic, touch.two_way) == ("QBR", True)
    assert [(t.title, t.due) for t in line.tasks(TIDE)] == [
        ("send deck", date(2026, 3, 13)), ("ask kim", date(2026, 4, 1)),
    ]  # fmt: skip


def test_a_name_nobody_has_stays_in_the_topic_and_hides_no_length() -> None:
    line = read("met Zoe Quill yesterday 1h re seats")
    assert (line.minutes, line.on, line.person_ids) == (60, date(2026, 3, 11), ())
    assert line.topic == "Zoe Quill seats"
    assert read("call Zoe 20m renewal").minutes == 20
    assert read("call Pricing Review 8h SLA").topic == "Pricing Review SLA"
    assert read("Pricing 20m seats").minutes is None


def test_german_is_read_too() -> None:
    line = read("Anruf mit Dana K gestern 1,5h Preise todo: Angebot schicken bis 20.3.")
    assert (line.channel, line.person_ids, line.minutes) == (Channel.CALL, ("dana",), 90)
    assert (line.on, line.topic) == (date(2026, 3, 11), "Preise")
    assert [(f.title, f.due) for f in line.followups] == [("Angebot schicken", date(2026, 3, 20))]


def test_a_name_of_several_is_given_back_with_all_of_them() -> None:
    line = read("call marcus about the invoice")
    assert (line.account_id, line.person_ids) == (None, ())
    (unclear,) = line.unclear
    assert (unclear.kind, set(unclear.ids)) == (PartKind.PERSON, {"marcus", "marcus2"})
    assert line.text[unclear.start : unclear.end] == "marcus"
    assert read("call marcus", TIDE).person_ids == ("marcus",)


def test_somebody_of_another_account_is_not_taken_for_one_of_this() -> None:
    line = read("call kim about prices", TIDE)
    assert (line.account_id, line.person_ids) == (TIDE, ())
    assert line.unclear[0].ids == ("kim",)
    elsewhere = read("call kim at northwind rail about prices", TIDE)
    assert (elsewhere.account_id, elsewhere.person_ids) == (NORTH, ("kim",))


def test_who_left_is_meant_only_where_nobody_else_is() -> None:
    assert read("call dana").person_ids == ("dana",)
    assert read("call dana moss").person_ids == ("gone",)


def test_a_word_of_the_topic_is_no_second_person() -> None:
    line = read("call dana price increase")
    assert (line.person_ids, line.topic) == (("dana",), "price increase")
    assert read("call dana and price increase").person_ids == ("dana", "paula")


def test_names_and_channels_are_found_in_the_middle() -> None:
    line = read("pricing call with Dana Kellerman and Paula next tue 14:30 30 min")
    assert (line.channel, line.topic) == (Channel.CALL, "pricing")
    assert (line.person_ids, line.minutes, line.at) == (("dana", "paula"), 30, "14:30")
    assert line.on == date(2026, 3, 17)


def test_after_a_colon_stands_a_text() -> None:
    line = read("call dana: meet fri 20m", TIDE)
    assert (line.topic, line.minutes, line.on) == ("meet fri 20m", None, TODAY)


def test_initials_and_mail_addresses_name_people() -> None:
    assert read("DK call 1:30").person_ids == ("dana",)
    assert read("mail dana@tidewater.example prices").person_ids == ("dana",)


@pytest.mark.parametrize(
    ("line", "doubtful"),
    [
        ("call dana 20m on 31/2/2026", ["31/2/2026"]),
        ("met dana 03/25/2026 re seats", ["03/25/2026"]),
        ("call dana 31 feb", ["31 feb"]),
        ("call dana prices 2026-02-30 20m", ["2026-02-30"]),
        ("call dana 99999999999m", ["99999999999m"]),
        ("call dana prices 30 hours", ["30 hours"]),
        ("call dana: 31/2/2026", []),
        ("call dana 80/20 split", []),
        ("call dana growth to 2000M", []),
        ("call dana 45 mar", []),
        ("call dana 20m 28/2/2026", []),
    ],
)
def test_a_day_or_length_that_is_none_is_told(line: str, doubtful: list[str]) -> None:
    found = read(line)
    assert [line[p.start : p.end] for p in found.doubtful] == doubtful


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", 0), ("gestern", -1), ("tomorrow", 1), ("übermorgen", 2), ("fri", -6),
        ("thursday", 0), ("last thu", -7), ("next thu", 7), ("this fri", 1), ("10 Mar", -2),
        ("Mar 10th", -2), ("10. März 2026", -2), ("10.3.", -2), ("10.03.2026", -2), ("10/3", -2),
        ("2026-03-10", -2), ("in 3 days", 3), ("vor 2 tagen", -2), ("two weeks ago", -14),
        ("+3d", 3), ("next week", 4), ("am", None), ("10.3", None), ("31 feb", None),
        ("2500-01-01", None), ("so", None), ("so.", -4),
    ],
)  # fmt: skip
def test_days_are_read_as_people_say_them(words: str, day: int | None) -> None:
    found = Days(TODAY).read(words_of_line(words))
    assert found == (None if day is None else TODAY + timedelta(days=day))


def test_the_day_of_a_task_lies_ahead() -> None:
    days = Days(TODAY, ahead=True)
    assert days.read(words_of_line("thu")) == date(2026, 3, 19)
    assert days.read(words_of_line("1 mar")) == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("words", "minutes", "time"),
    [
        ("20m", 20, ""), ("1h", 60, ""), ("1:30", 90, ""), ("1.5h", 90, ""), ("1,5h", 90, ""),
        ("1h30", 90, ""), ("30 min", 30, ""), ("half an hour", 30, ""), ("14:30", None, "14:30"),
        ("2pm", None, "14:00"), ("at 9", None, "09:00"), ("um 14 Uhr", None, "14:00"),
        ("25h", None, ""), ("20", None, ""), ("13pm", None, ""), ("0m", None, ""),
    ],
)  # fmt: skip
def test_lengths_and_times_are_told_apart(words: str, minutes: int | None, time: str) -> None:
    found = words_of_line(words)
    assert (read_length(found), read_time(found)) == (minutes, time)


_PIECES = st.sampled_from(
    ["call", "Dana", "marcus", "+", "kim", ",", "tomorrow", "fri", "10.3.", "20m", "1:30", ":",
     "re", "!", "todo", "!!send", "with", "Tidewater", "at 9", "QBR", "the", "prices:", "mit", "é"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.lists(_PIECES, max_size=12).map(" ".join), st.text(max_size=60)))
def test_every_sign_of_any_line_is_told_once(text: str) -> None:
    line = read(text)
    at = 0
    for part in line.parts:
        assert at <= part.start < part.end
        assert not text[at : part.start].strip()
        at = part.end
    assert not text[at:].strip()
    assert line.is_planned == (line.on > TODAY)
    for unclear in line.unclear:
        assert len(unclear.ids) != 1 or KNOWN.account_of.get(unclear.ids[0]) != line.account_id
    for word in line.topic.split():
        assert word in text
    assert all(f.title for f in line.followups)
