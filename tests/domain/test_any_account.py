"""Whatever an import brings, judging it answers, repeats itself and keeps its promises."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from csplanner.domain.account import (
    Account,
    Case,
    CasePriority,
    ContractTerm,
    Exit,
    Opportunity,
    OpportunityState,
    Subscription,
    TermOutcome,
    Tier,
)
from csplanner.domain.account_file import AccountFile
from csplanner.domain.context import BookContext
from csplanner.domain.judgement import judge, reading_of
from csplanner.domain.measurement import Measurement
from csplanner.domain.measures import WATCHED
from csplanner.domain.money import Money
from csplanner.domain.objective import Objective, ObjectiveStatus
from csplanner.domain.person import Person, PersonStatus, Role, Seat
from csplanner.domain.placement import Placement
from csplanner.domain.reading import Band, Reading
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.domain.settings import BookSettings
from csplanner.domain.today import rank
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import NOT_APPLICABLE, UNKNOWN, Fact, State
from tests.domain.build import ACME, TODAY

days = st.integers(-400, 900).map(lambda n: TODAY - timedelta(n))
maybe_day = st.none() | days
ids = st.integers(0, 5).map(str)


def facts(values):
    """Known, unknown or not applicable."""
    return values.map(Fact) | st.just(UNKNOWN) | st.just(NOT_APPLICABLE)


money = st.builds(Money, st.integers(-100, 10**11), st.sampled_from(["USD", "EUR", "JPY"]))


def several(strategy, key=None):
    """A few records, oldest first."""
    return st.lists(strategy, max_size=6).map(
        lambda rows: tuple(sorted(rows, key=key) if key else rows)
    )


accounts = st.builds(
    Account, st.just(ACME), st.just("Acme"), arr=facts(money), criticality=facts(st.integers(0, 3)),
    customer_since=facts(days), first_value_on=facts(days), missing_since=maybe_day,
    next_step=st.sampled_from(["", "Call"]), next_step_due=maybe_day,
)  # fmt: skip
terms = st.builds(
    ContractTerm, ids, st.just(ACME), days, notice_deadline=facts(days),
    ordinal=st.none() | st.integers(1, 5), outcome=st.sampled_from(TermOutcome),
    notice_given=st.booleans(),
)  # fmt: skip
persons = st.builds(
    Person, ids, st.just(ACME), st.just("Ann"), status=st.sampled_from(PersonStatus),
    left_on=maybe_day, last_activity_on=maybe_day,
)  # fmt: skip
seats = st.builds(Seat, ids, st.just(ACME), st.sampled_from(Role), st.none() | ids)
deals = st.builds(
    Opportunity, ids, st.just(ACME), st.just("Deal"), state=st.sampled_from(OpportunityState),
    amount=facts(money), close_on=maybe_day, probability=st.none() | st.integers(0, 100),
)  # fmt: skip
cases = st.builds(
    Case, ids, st.just(ACME), priority=st.sampled_from(CasePriority), opened_on=maybe_day,
    closed_on=maybe_day, is_closed=st.booleans(), escalated=st.booleans(),
    satisfaction=facts(st.integers(1, 5)),
)  # fmt: skip
subscriptions = st.builds(
    Subscription, ids, st.just(ACME), start=maybe_day, end=maybe_day,
    seats=st.none() | st.integers(0, 50), arr=facts(money), superseded=st.booleans(),
)  # fmt: skip
touches = st.builds(
    Touch, ids, st.just(ACME), days, st.sampled_from(Channel),
    minutes=st.none() | st.integers(0, 90), person_ids=st.lists(ids, max_size=3).map(tuple),
)  # fmt: skip
measurements = st.builds(
    Measurement, ids, st.just(ACME), st.sampled_from(sorted(WATCHED)),
    facts(st.integers(-100_000, 200_000)), days, st.sampled_from(["", "billing"]),
)  # fmt: skip
objectives = st.builds(
    Objective, ids, st.just(ACME), st.just("Faster"), st.just("%"), facts(st.integers(0, 100_000)),
    facts(st.integers(0, 100_000)), facts(st.integers(0, 100_000)), maybe_day,
    agreed_on=maybe_day, status=st.sampled_from(ObjectiveStatus),
)  # fmt: skip
readings = st.builds(
    Reading, ids, st.just(ACME), days, st.none() | st.integers(0, 100_000), st.just(0),
    st.just(100_000), st.integers(0, 1000), st.sampled_from(Band), st.sampled_from(Band),
    st.sampled_from([(), ("A cap.",)]),
)  # fmt: skip
files = st.builds(
    AccountFile,
    accounts,
    several(terms),
    several(persons),
    several(seats),
    several(deals),
    several(cases),
    several(subscriptions),
    several(st.builds(Exit, ids, st.just(ACME), days), key=lambda e: e.on),
    several(touches, key=lambda t: t.on),
    st.lists(measurements, max_size=40).map(lambda m: tuple(sorted(m, key=lambda x: x.as_of))),
    several(st.builds(Pulse, ids, st.just(ACME), days, st.sampled_from(Sentiment)),
            key=lambda p: p.on),
    several(objectives),
    several(st.builds(Placement, ids, st.just(ACME), days, st.sampled_from(Tier)),
            key=lambda p: p.on),
    several(readings, key=lambda r: r.as_of),
)  # fmt: skip
contexts = st.builds(
    BookContext, *[st.booleans()] * 4, st.just({"USD": 10**7}), usage_through=maybe_day
)


@settings(max_examples=60, deadline=None)
@given(files, contexts)
def test_any_account_can_be_judged_and_its_numbers_hold_together(file, context):
    judged = judge(file, BookSettings(), as_of=TODAY, context=context)
    health = judged.health
    assert 0 <= health.low <= health.high <= 100
    assert 0 <= health.coverage <= 1
    if health.score is not None:
        assert health.low - 1e-6 <= health.score <= health.high + 1e-6
        assert abs(sum(x.lost for x in health.lines) - (100 - health.score)) < 1e-6
    for line in health.lines:
        assert (line.score is None) == (line.state is not State.KNOWN)
        assert line.why
    assert (health.band is Band.NONE) == (judged.overview.score is None)
    assert health.band_reason.endswith(".")
    assert len(judged.overview.spark) == 13
    for signal in judged.signals:
        assert signal.headline
        assert signal.evidence
        assert not signal.headline.endswith((".", "!"))
        assert signal.why.endswith((".", "?"))
    assert judge(file, BookSettings(), as_of=TODAY, context=context) == judged
    listed = rank([(judged.overview, judged.signals)], (), TODAY)
    assert len(listed.entries) == min(1, len(judged.signals))
    reading_of(health, ACME, reading_id="r")


@settings(max_examples=25, deadline=None)
@given(files)
def test_what_is_dated_later_does_not_exist_yet(file):
    early = date(2020, 1, 1)
    judged = judge(file, BookSettings(), as_of=early)
    assert judged.overview.sentiment is None
    assert judged.overview.last_touch is None
    assert judged.overview.tier is None
