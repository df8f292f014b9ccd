"""Short ways to make the records of one account, all around 12 March 2026."""

from datetime import date, timedelta

from csplanner.domain.account import Account, AccountId, ContractTerm
from csplanner.domain.account_file import AccountFile
from csplanner.domain.measurement import Measurement
from csplanner.domain.money import Money
from csplanner.domain.objective import Objective, ObjectiveStatus
from csplanner.domain.person import REQUIRED_ROLES, Person, Seat
from csplanner.domain.reading import Band, Reading
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import Fact, fact

TODAY = date(2026, 3, 12)
ACME = AccountId("acme")


def ago(days: int) -> date:
    """The day so many days before today."""
    return TODAY - timedelta(days=days)


def account(**fields: object) -> Account:
    """Acme: $412k, a customer for 500 days with confirmed first value."""
    known = {
        "arr": fact(Money(412_000_00, "USD")),
        "customer_since": fact(ago(500)),
        "first_value_on": fact(ago(400)),
    }
    return Account(ACME, "Acme", **{**known, **fields})


def measured(measure: str, value: float, days: int = 3, dimension: str = "") -> Measurement:
    """A measurement taken so many days ago."""
    number = f"{measure}/{dimension}/{days}"
    return Measurement(
        number, ACME, measure, Fact(round(value * 1000)), ago(days), dimension, "usage report"
    )


def touch(days: int, *people: str, channel: Channel = Channel.CALL, minutes: int = 30) -> Touch:
    """A touch so many days ago."""
    return Touch(
        f"touch{days}", ACME, ago(days), channel, topic="Check-in", minutes=minutes,
        person_ids=people,
    )  # fmt: skip


def objective(share: float = 0.8, days: int = 10) -> Objective:
    """An agreed objective, so far along, with a figure so many days old."""
    return Objective(
        f"o{share}", ACME, "Calls answered in 20 seconds", "%", Fact(0),
        Fact(round(share * 100_000)),
        Fact(100_000), ago(days), agreed_on=ago(100), status=ObjectiveStatus.AGREED,
    )  # fmt: skip


def pulse(sentiment: Sentiment, days: int = 10) -> Pulse:
    """What the CSM felt so many days ago."""
    return Pulse(f"pulse{days}", ACME, ago(days), sentiment)


def term(days: int, **fields: object) -> ContractTerm:
    """A running term that ends so many days from now."""
    return ContractTerm("term", ACME, ago(-days), **{"ordinal": 2, **fields})


def reading(days: int, score: float | None, band: Band, caps: tuple[str, ...] = ()) -> Reading:
    """A stored reading so many days ago."""
    raw = Band.NONE
    if score is not None:
        raw = Band.GOOD if score >= 75 else Band.WATCH if score >= 50 else Band.RISK
    points = None if score is None else round(1000 * score)
    return Reading(f"r{days}", ACME, ago(days), points, 0, 100_000, 900, raw, band, caps)


def people() -> tuple[tuple[Person, ...], tuple[Seat, ...]]:
    """One person in each of the five roles."""
    names = ("Ann", "Ben", "Cleo", "Dan", "Eve")
    return (
        tuple(Person(n.lower(), ACME, n) for n in names),
        tuple(
            Seat(f"s{n}", ACME, role, n.lower())
            for n, role in zip(names, REQUIRED_ROLES, strict=True)
        ),
    )


def healthy(**fields: object) -> AccountFile:
    """An account where everything is known and goes well."""
    persons, seats = people()
    known: dict[str, object] = {
        "account": account(),
        "people": persons,
        "seats": seats,
        "touches": (touch(50, "ann", "eve"), touch(20, "ben", "cleo"), touch(5, "cleo", "dan")),
        "measurements": (
            measured("usage.events", 100, 120),
            measured("usage.events", 110, 20),
            measured("usage.seats_bought", 100),
            measured("usage.seats_active", 95),
            measured("usage.modules_bought", 4),
            measured("usage.modules_used", 4),
            measured("voice.csat", 4.5, 5, "support"),
            measured("voice.nps", 50, 5),
            measured("commercial.invoice_overdue_days", 0),
        ),
        "objectives": (objective(0.9),),
        "terms": (term(250),),
    }
    return AccountFile(**{**known, **fields})


def rated_axes(
    equipped: tuple[float, ...], potential: tuple[float, ...], days: int = 30
) -> tuple[Measurement, ...]:
    """Answers 0 to 4 to the first items of both axes."""
    able = ("owner", "trained", "process", "integrated", "self_solving", "backing", "resilience")
    room = ("whitespace", "growth", "fit", "strategic", "appetite")
    return (
        *(measured(f"equipped.{i}", v, days) for i, v in zip(able, equipped, strict=False)),
        *(measured(f"potential.{i}", v, days) for i, v in zip(room, potential, strict=False)),
    )
