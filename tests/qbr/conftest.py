"""An account as rich as they come, and the same with nothing known."""

from datetime import date, timedelta

import pytest

from csplanner.domain.account import (
    Account,
    AccountId,
    Case,
    CasePriority,
    ContractTerm,
    Opportunity,
    OpportunityKind,
    Regrettable,
    Tier,
)
from csplanner.domain.account_file import AccountFile
from csplanner.domain.measurement import Measurement
from csplanner.domain.money import Money
from csplanner.domain.objective import Objective, ObjectiveStatus
from csplanner.domain.period import Quarter, add_months
from csplanner.domain.person import Person, PersonStatus, Role, Seat, Side
from csplanner.domain.placement import Placement
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.domain.settings import BookSettings
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import Fact, fact

TIDEWATER = AccountId("tidewater")
GOALS = (
    ("Calls answered within 20 seconds", "%", 62, 81, 85, date(2026, 2, 28), "Operations report"),
    ("Patients helped in one call", "%", 54, 69, 72, date(2026, 2, 28), "Operations report"),
    ("Agent turnover in a year", "%", 41, 38, 30, date(2026, 1, 31), "HR"),
    ("Cost of a booked appointment", "$", 9.10, 7.85, 7.50, date(2025, 11, 30), "Finance"),
)
OWNERS = ("Dr Lena Park", "Dr Lena Park", "Joel Baptiste", "Victor Hale")
MODULES = {"Routing": 88, "Callback": 74, "Quality review": 61, "Coaching": 33, "Forecast": 12,
           "Voicebot": 0}  # fmt: skip
NPS = {"Support": (62, 55), "Onboarding": (48, 48), "Training": (35, 20), "Billing": (-20, 5)}
CSAT = {"Support": (4.6, 4.4), "Releases": (3.9, 4.1), "Billing": (2.4, 3.3)}


def measured(measure, value, as_of, dimension="", note=""):
    """A measurement of Tidewater."""
    return Measurement(
        f"{measure}{dimension}{as_of}", TIDEWATER, measure, Fact(round(value * 1000)), as_of,
        dimension, "Usage.csv", note,
    )  # fmt: skip


def usage():
    """Thirteen months of use and answers."""
    for month in range(13):
        day = add_months(date(2025, 3, 5), month)
        yield measured("usage.seats_active", 840 + 22 * month - (30 if month == 8 else 0), day)
        yield measured("usage.seats_bought", 1000 if month < 6 else 1180, day)
    for name, share in MODULES.items():
        yield measured("usage.module_share", share, date(2026, 3, 5), name)
    for measure, answers in (("voice.nps", NPS), ("voice.csat", CSAT)):
        for name, (now, before) in answers.items():
            yield measured(measure, before, date(2025, 11, 20), name)
            yield measured(measure, now, date(2026, 2, 20), name)


def cases():
    """Twenty cases, one escalated and two open for long."""
    for n in range(17):
        opened = date(2026, 1, 4) + timedelta(days=3 * n)
        yield Case(
            f"c{n}", TIDEWATER, f"00{1040 + n}", "Login fails", "Closed", opened_on=opened,
            closed_on=opened + timedelta(days=2 + n % 5), is_closed=True,
            satisfaction=Fact(5 - n % 3),
        )  # fmt: skip
    yield Case("x1", TIDEWATER, "001061", "Reports late", "Open", CasePriority.URGENT,
               date(2026, 3, 2), escalated=True)  # fmt: skip
    yield Case("x2", TIDEWATER, "001032", "Export slow", "Open", opened_on=date(2026, 1, 20))
    yield Case("x3", TIDEWATER, "001035", "Roles", "Open", opened_on=date(2026, 1, 28))


def objectives():
    """Four goals in their own metrics."""
    for n, (title, unit, start, now, goal, on, source) in enumerate(GOALS):
        yield Objective(
            f"o{n}", TIDEWATER, title, unit, Fact(round(start * 1000)), Fact(round(now * 1000)),
            Fact(round(goal * 1000)), on, source, date(2026, 6, 30), OWNERS[n],
            date(2025, 6, 29) if n < 2 else date(2025, 7, 15), ObjectiveStatus.AGREED,
        )  # fmt: skip


@pytest.fixture
def tidewater() -> AccountFile:
    """A large account with everything a deck can be made of."""
    people = (
        Person("p1", TIDEWATER, "Amara Nwosu", title="COO", status=PersonStatus.UNVERIFIED),
        Person("p2", TIDEWATER, "Dr Lena Park", title="Head of contact centre",
               last_activity_on=date(2026, 3, 6)),
        Person("p3", TIDEWATER, "Rosa Delgado", title="Champion", status=PersonStatus.LEFT,
               left_on=date(2026, 2, 24)),
        Person("p4", TIDEWATER, "Helen Marsh", Side.OURS, "Our sponsor"),
    )  # fmt: skip
    return AccountFile(
        account=Account(
            TIDEWATER, "Tidewater Health Network", "Health system", "Norfolk", "US",
            arr=Fact(Money(41_200_000, "USD")), criticality=Fact(2),
            customer_since=Fact(date(2024, 6, 30)), first_value_on=Fact(date(2024, 11, 1)),
            regrettable=Regrettable.YES, next_step="Meet Amara Nwosu",
            next_step_due=date(2026, 3, 20),
        ),
        terms=(
            ContractTerm("t1", TIDEWATER, date(2026, 6, 30), date(2025, 7, 1),
                         fact(date(2026, 4, 30)), 2, Fact(Money(41_200_000, "USD"))),
        ),
        people=people,
        seats=(
            Seat("s1", TIDEWATER, Role.SPONSOR, "p1", Fact(5)),
            Seat("s2", TIDEWATER, Role.DAY_TO_DAY, "p2", Fact(3), Fact(1)),
            Seat("s3", TIDEWATER, Role.CHAMPION, "p3", Fact(4), Fact(2)),
            Seat("s4", TIDEWATER, Role.FINANCE, None),
        ),
        opportunities=(
            Opportunity("op1", TIDEWATER, "Tidewater add voicebot seats", "Proposal",
                        kind=OpportunityKind.EXPANSION, amount=Fact(Money(6_000_000, "USD")),
                        close_on=date(2026, 5, 30), probability=40),
        ),
        cases=tuple(cases()),
        touches=(
            Touch("to1", TIDEWATER, date(2026, 3, 6), Channel.CALL, "Weekly", "Lena is worried",
                  30, True, Fact(value=True), ("p2",)),
        ),
        measurements=tuple(sorted(usage(), key=lambda m: (m.as_of, m.id))),
        pulses=(Pulse("pu1", TIDEWATER, date(2026, 3, 9), Sentiment.UNEASY, "Champion left"),),
        objectives=tuple(objectives()),
        placements=(
            Placement("pl1", TIDEWATER, date(2026, 1, 10), Tier.HIGH, "Mission critical",
                      Tier.MEDIUM),
        ),
    )  # fmt: skip


@pytest.fixture
def bare() -> AccountFile:
    """An account of which only the name is known."""
    return AccountFile(Account(AccountId("bare"), "Meridian Freight"))


@pytest.fixture
def settings() -> BookSettings:
    """The settings of Maren's book."""
    return BookSettings(name="Maren’s book", csm="Maren Oduya")


@pytest.fixture
def quarter() -> Quarter:
    """The quarter under review."""
    return Quarter(2026, 1)


@pytest.fixture(scope="session", autouse=True)
def application(qapp):
    """One Qt application with widgets, before a brief starts one without them."""
    return qapp
