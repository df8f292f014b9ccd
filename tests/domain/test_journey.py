"""The journey, loyalty and who looks after what: what the answers on record come to."""

from datetime import date, timedelta

import pytest

from csplanner.domain.account import Account, AccountId
from csplanner.domain.account_file import AccountFile
from csplanner.domain.care import ADOPTION, EXPANSION, care
from csplanner.domain.index import FileIndex
from csplanner.domain.journey import CHOOSE_AGAIN, answers_in, journey, worst
from csplanner.domain.loyalty import Bond, loyalty
from csplanner.domain.measurement import Measurement
from csplanner.domain.measures import LOYALTY_ITEMS
from csplanner.domain.person import Person, Role, Seat, Side
from csplanner.domain.raci import Letter, RaciCell
from csplanner.domain.rating import Rating, Respondent, Scale
from csplanner.domain.reading import Band
from csplanner.domain.value import UNKNOWN, Fact, fact

TODAY = date(2026, 3, 12)
A = AccountId("a")


def back(days: int) -> date:
    return TODAY - timedelta(days=days)


def index_of(**records) -> FileIndex:
    return FileIndex(AccountFile(Account(A, "Acme"), **records), TODAY)


def survey(value: int, days: int, touchpoint="Billing", note="", measure="voice.csat"):
    return Measurement(
        f"m{days}{touchpoint}", A, measure, fact(value), back(days), touchpoint, "survey.csv", note
    )


def answer(value: int | None, days: int, touchpoint="Billing", scale=Scale.CSAT, **more) -> Rating:
    kept = UNKNOWN if value is None else Fact(value)
    return Rating(f"r{days}{value}{scale}", A, back(days), touchpoint, scale, kept, **more)


def stop(index, ratings=(), name="Billing", cells=()):
    return next(s for s in journey(index, ratings, cells) if s.touchpoint == name)


def test_a_touchpoint_nobody_was_asked_about_is_there_without_a_value():
    stops = journey(index_of(), (), ())
    assert stops[0].touchpoint == "Buying"
    assert stops[-1].touchpoint == "Renewal"
    assert all(s.value is None and s.band is Band.NONE and s.height is None for s in stops)
    assert stop(index_of()).function == "Finance"
    assert not stop(index_of()).is_agreed


def test_a_survey_says_how_many_answered_where_its_note_begins_with_it():
    found = stop(index_of(measurements=(survey(2900, 9, note="4 answers, Finance"),)))
    assert (found.value, found.answers, found.band) == (2.9, 4, Band.RISK)
    assert answers_in("some 4 answers") is None
    assert answers_in("1 answer") == 1


def test_answers_since_a_survey_are_added_to_those_it_counted():
    index = index_of(measurements=(survey(2900, 9, note="4 answers"),))
    found = stop(index, [answer(2, 9), answer(5, 3), answer(4, 1)])
    assert found.answers == 6
    assert found.value == pytest.approx((2.9 * 4 + 5 + 4) / 6)


def test_without_a_count_the_newer_of_survey_and_answers_stands():
    index = index_of(measurements=(survey(2900, 9),))
    assert stop(index, [answer(5, 20)]).value == 2.9
    assert stop(index, [answer(5, 3), answer(4, 2)]).value == 4.5


def test_few_answers_of_0_to_10_are_counted_and_make_no_nps():
    few = [answer(v, d, "Product", Scale.NPS) for v, d in ((9, 5), (10, 4), (3, 3))]
    found = stop(index_of(), few, "Product")
    assert found.is_few
    assert (found.answers, found.band) == (3, Band.WATCH)
    assert found.value == pytest.approx(22 / 3)
    many = [answer(v, d, "Product", Scale.NPS) for d, v in enumerate((9, 10, 3, 8, 9, 9))]
    nps = stop(index_of(), list(reversed(many)), "Product")
    assert not nps.is_few
    assert nps.value == pytest.approx(100 * (4 - 1) / 6)


def test_answers_dated_later_do_not_count():
    assert stop(index_of(), [answer(1, -3)]).value is None


def test_a_poor_answer_nobody_closed_is_the_worst_of_the_journey():
    index = index_of(measurements=(survey(4800, 9, "Support"), survey(3500, 9)))
    closed = answer(1, 30, "Support", closed_on=back(20))
    loop = answer(2, 9, function="Finance", owner="Marcus Feld")
    stops = journey(index, [closed, loop], ())
    found = worst(stops)
    assert (found.touchpoint, found.loop) == ("Billing", loop)
    assert (found.function, found.person) == ("Finance", "Marcus Feld")
    assert worst(journey(index, [closed], ())) is None


def test_heights_of_all_scales_part_at_the_same_two_levels():
    measured = [
        survey(3000, 1, "Buying"), survey(30_000, 1, "Product", measure="voice.nps"),
        survey(4000, 1, "Contract"), survey(0, 1, "Support", measure="voice.nps"),
    ]  # fmt: skip
    heights = {s.touchpoint: s.height for s in journey(index_of(measurements=measured), (), ())}
    assert heights["Buying"] == pytest.approx(1 / 3)
    assert heights["Support"] == pytest.approx(1 / 3)
    assert heights["Contract"] == pytest.approx(2 / 3)
    assert heights["Product"] == pytest.approx(2 / 3)


PEOPLE = (
    Person("p", A, "Priya Raman", Side.OURS),
    Person("t", A, "Tomas Lindqvist", Side.OURS, left_on=back(2)),
    Person("s", A, "Lena Park"),
)


def line(activity: str, person: str | None, letter=Letter.ACCOUNTABLE, **more) -> RaciCell:
    return RaciCell(f"{activity}{person}", A, activity, "Sales", letter, person_id=person, **more)


def test_an_agreed_line_says_who_is_accountable_for_a_touchpoint():
    cells = [line("billing", "p"), line("Billing", "t", Letter.CONSULTED)]
    found = stop(index_of(people=PEOPLE), [answer(1, 3, function="Finance")], cells=cells)
    assert (found.function, found.person, found.is_agreed) == ("Sales", "Priya Raman", True)


def test_care_tells_who_left_who_is_unnamed_and_where_two_are_accountable():
    cells = [
        line(ADOPTION, "t"),
        line(EXPANSION, "p"),
        line(EXPANSION, None),
        line("Escalation", None),
    ]
    found = care(index_of(people=PEOPLE), cells)
    assert found.sold.problem == "left"
    assert found.more.problem == "several"
    assert found.interlock is None
    assert [k.problem for k in found.others] == ["unnamed"]
    assert not care(index_of(people=PEOPLE), [line("Billing", "p")]).others


def held(value: int) -> tuple[Measurement, ...]:
    return tuple(Measurement(item, A, item, fact(value * 1000), back(1)) for item in LOYALTY_ITEMS)


@pytest.mark.parametrize(
    ("asked", "holds", "bond"),
    [
        (9, 1, Bond.LOYAL), (8, 3, Bond.LOCKED), (3, 4, Bond.STUCK), (2, 0, Bond.LEAVING),
        (6, 2, Bond.UNDECIDED),
    ],
)  # fmt: skip
def test_want_and_freedom_say_loyal_or_stuck(asked, holds, bond):
    ratings = [answer(asked, 4, CHOOSE_AGAIN, Scale.NPS)]
    assert loyalty(index_of(measurements=held(holds)), ratings).bond is bond


def test_nobody_asked_concludes_nothing_and_a_senior_answer_comes_first():
    assert loyalty(index_of(measurements=held(4)), ()).bond is Bond.UNKNOWN
    ratings = [
        answer(3, 9, CHOOSE_AGAIN, Scale.NPS, level=Respondent.SENIOR),
        answer(10, 1, CHOOSE_AGAIN, Scale.NPS, level=Respondent.DAY_TO_DAY),
    ]
    found = loyalty(index_of(), ratings)
    assert (found.answer, found.bond) == (3, Bond.UNKNOWN)
    assert not [s for s in journey(index_of(), ratings, ()) if s.value is not None]


def test_the_mood_of_the_sponsor_counts_into_want():
    seat = Seat("x", A, Role.SPONSOR, "s", mood=fact(2))
    found = loyalty(index_of(people=PEOPLE, seats=(seat,)), [answer(5, 1, CHOOSE_AGAIN, Scale.NPS)])
    assert found.want == pytest.approx(75)
