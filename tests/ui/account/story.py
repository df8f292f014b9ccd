"""A small book with a rich account, a poor one and an empty one, told on 12 March 2026."""

from dataclasses import dataclass
from datetime import date, timedelta

from csplanner.book.book import Book
from csplanner.book.ids import derived_id
from csplanner.domain.account import (
    Account,
    AccountId,
    Case,
    CasePriority,
    ContractTerm,
    Opportunity,
    OpportunityKind,
    Subscription,
    Tier,
)
from csplanner.domain.measurement import Measurement
from csplanner.domain.measures import EQUIPPED_ITEMS, POTENTIAL_ITEMS
from csplanner.domain.money import Money
from csplanner.domain.objective import Objective, ObjectiveStatus
from csplanner.domain.person import Person, PersonStatus, Role, Seat
from csplanner.domain.placement import Placement
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import fact

TODAY = date(2026, 3, 12)


@dataclass(frozen=True)
class Plain:
    """An account of the story in a line."""

    name: str
    sector: str
    arr: int
    tier: Tier
    sentiment: Sentiment
    renewal: date
    last_touch: int


LINES = (
    Plain("Merrow Telecom", "Telecom", 470, Tier.HIGH, Sentiment.ALARMED, date(2026, 4, 30), 2),
    Plain("Calder County Council", "Local government", 176, Tier.MEDIUM, Sentiment.UNSURE,
          date(2026, 3, 31), 13),
    Plain("Kestrel Freight", "Logistics", 198, Tier.MEDIUM, Sentiment.UNEASY,
          date(2026, 4, 22), 61),
    Plain("Brightwell Energy", "Utility", 388, Tier.HIGH, Sentiment.UNSURE, date(2026, 5, 14), 9),
    Plain("Veridian Labs", "Diagnostics", 142, Tier.MEDIUM, Sentiment.COMFORTABLE,
          date(2026, 6, 9), 12),
    Plain("Tallow & Wick", "Home goods", 17, Tier.DIGITAL, Sentiment.UNEASY, date(2026, 4, 2), 55),
    Plain("Bluebell Nurseries", "Garden centres", 44, Tier.LOW, Sentiment.ALARMED,
          date(2026, 4, 19), 17),
    Plain("Corvane Bank", "Retail bank", 526, Tier.HIGH, Sentiment.CONFIDENT,
          date(2026, 10, 31), 4),
)  # fmt: skip


def back(days: int) -> date:
    """The day so many days before the story's today."""
    return TODAY - timedelta(days=days)


def tell(book: Book) -> AccountId:
    """Write the whole story into `book`; returns the id of Tidewater, the rich account."""
    with book.change("Tell the story"):
        rich = add_tidewater(book)
        for line in LINES:
            add_plain(book, line)
    book.refresh()
    return rich


def add_plain(book: Book, line: Plain) -> AccountId:
    """An account with a term, a person, a touch, a pulse and a placement."""
    arr = Money(line.arr * 100_000, "USD")
    kept = book.accounts.add(
        Account(AccountId(""), line.name, sector=line.sector, arr=fact(arr))
    ).id
    book.terms.add(ContractTerm("", kept, line.renewal, start=back(300), ordinal=2))
    person = book.people.add(Person("", kept, f"Kim of {line.name.split()[0]}"))
    book.seats.add(Seat("", kept, Role.DAY_TO_DAY, person.id))
    on = back(line.last_touch)
    book.touches.add(
        Touch("", kept, on, Channel.CALL, "Catch-up", minutes=45, person_ids=(person.id,))
    )
    book.pulses.add(Pulse("", kept, back(20), line.sentiment))
    book.placements.add(Placement("", kept, back(40), line.tier))
    return kept


def add_tidewater(book: Book) -> AccountId:
    """The account of the pictures: good by its score, uneasy by judgement."""
    kept = book.accounts.add(
        Account(
            AccountId(""), "Tidewater Health Network", sector="Health system",
            city="Norfolk", country="Virginia", arr=fact(Money(41_200_000, "USD")),
            criticality=fact(2), customer_since=fact(date(2024, 6, 30)),
            first_value_on=fact(date(2024, 10, 4)),
            next_step="Ask Dr Lena Park to introduce Amara Nwosu", next_step_due=date(2026, 3, 13),
        )
    ).id  # fmt: skip
    book.terms.add(
        ContractTerm("", kept, date(2026, 6, 30), start=date(2025, 7, 1), ordinal=2,
                     notice_deadline=fact(date(2026, 5, 1)))
    )  # fmt: skip
    people = add_people(book, kept)
    add_touches(book, kept, people)
    add_measurements(book, kept)
    add_objectives(book, kept)
    for days, sentiment, because in (
        (300, Sentiment.COMFORTABLE, ""),
        (180, Sentiment.CONFIDENT, "The new wards went live on time"),
        (90, Sentiment.COMFORTABLE, ""),
        (16, Sentiment.UNEASY, "Rosa left and the new COO has not met us"),
    ):
        book.pulses.add(Pulse("", kept, back(days), sentiment, because))
    book.placements.add(Placement("", kept, back(60), Tier.HIGH, "Largest in health"))
    book.cases.add(
        Case("", kept, "00412", "Roster export drops night shifts", "Open",
             CasePriority.HIGH, back(11))
    )  # fmt: skip
    book.opportunities.add(
        Opportunity("", kept, "Renewal 2026", "Proposal", kind=OpportunityKind.RENEWAL,
                    amount=fact(Money(43_000_000, "USD")), close_on=date(2026, 6, 15))
    )  # fmt: skip
    book.subscriptions.add(
        Subscription("", kept, "Voice", date(2025, 7, 1), date(2026, 6, 30), 1240,
                     fact(Money(41_200_000, "USD")))
    )  # fmt: skip
    add_readings(book, kept)
    return kept


def add_people(book: Book, kept: AccountId) -> dict[str, str]:
    """Six people with their seats; returns their ids by first name."""
    found = {}
    for name, title, role, influence, mood in (
        ("Amara Nwosu", "Chief operating officer", Role.DECIDES, 5, None),
        ("Lena Park", "Chief medical officer", Role.SPONSOR, 4, 1),
        ("Victor Hale", "VP finance", Role.FINANCE, 4, 0),
        ("Priscilla Ong", "Head of IT", Role.SCEPTIC, 3, -2),
        ("Joel Baptiste", "Patient access", Role.DAY_TO_DAY, 2, 2),
        ("Rosa Delgado", "Director of access", Role.CHAMPION, 3, 2),
    ):
        left = name.startswith("Rosa")
        person = book.people.add(
            Person(
                "", kept, name, title=title,
                status=PersonStatus.LEFT if left else PersonStatus.ACTIVE,
                left_on=date(2026, 2, 24) if left else None,
            )
        )  # fmt: skip
        found[name.split()[0]] = person.id
        book.seats.add(
            Seat("", kept, role, person.id, fact(influence), fact(mood), since=back(400))
        )
    return found


def add_touches(book: Book, kept: AccountId, people: dict[str, str]) -> None:
    """The touch log of a year."""
    for days, channel, topic, who, minutes in (
        (6, Channel.CALL, "Access targets move to the COO’s office", ("Lena",), 60),
        (3, Channel.MESSAGE, "Roster export", ("Joel",), 10),
        (21, Channel.MEETING, "Budget for next year", ("Victor", "Joel"), 120),
        (42, Channel.QBR, "QBR: 7 of us, 4 of them", ("Lena", "Victor", "Joel", "Rosa"), 480),
        (64, Channel.MEETING, "Security review", ("Priscilla",), 120),
        (80, Channel.CALL, "Hand-over of the wards", ("Rosa", "Joel"), 240),
        (130, Channel.VISIT, "Go-live of six wards", ("Rosa", "Joel"), 300),
        (170, Channel.CALL, "Outage follow-up", ("Rosa",), 45),
    ):
        book.touches.add(
            Touch("", kept, back(days), channel, topic, minutes=minutes,
                  two_way=channel is Channel.MESSAGE,
                  person_ids=tuple(people[w] for w in who))
        )  # fmt: skip


def add_measurements(book: Book, kept: AccountId) -> None:
    """Usage, voice, payment, and the answers of the assessment."""

    def add(measure: str, value: int, days: int, part: str = "", source: str = "usage.csv") -> None:
        book.measurements.add(Measurement("", kept, measure, fact(value), back(days), part, source))

    add("usage.seats_bought", 1_240_000, 2)
    add("usage.seats_active", 1_180_000, 2)
    for part, share in (("Voice", 100), ("Messaging", 82), ("Workforce", 64), ("Quality", 35),
                        ("Knowledge", 0)):  # fmt: skip
        add("usage.module_share", share * 1000, 2, part)
    for days in (20, 50, 110, 150):
        add("usage.events", 9_000_000 if days < 90 else 8_800_000, days, "calls")
    for part, grade in (("Support", 4800), ("Training", 4700), ("Billing", 2900)):
        add("voice.csat", grade, 30, part, "survey.csv")
    add("voice.nps", 34_000, 40, "", "survey.csv")
    add("commercial.invoice_overdue_days", 0, 2, "", "erp.csv")
    for place, item in enumerate(EQUIPPED_ITEMS):
        add(item, (1 + place % 3) * 1000, 60, "", "you")
    for item in POTENTIAL_ITEMS:
        add(item, 3000, 60, "", "you")


def add_objectives(book: Book, kept: AccountId) -> None:
    """Four objectives in the customer's metrics, one of them stale and without an owner."""
    for title, unit, start, now, goal, owner, days in (
        ("Calls answered within 20 seconds", "%", 62_000, 81_000, 85_000, "Joel Baptiste", 20),
        ("Patients helped in one call", "%", 54_000, 69_000, 72_000, "Joel Baptiste", 20),
        ("Agent turnover in a year", "%", 41_000, 33_000, 30_000, "Kim Sato", 45),
        ("Cost of a booked appointment", "$", 9_100, 7_850, 7_500, "", 200),
    ):
        book.objectives.add(
            Objective(
                "", kept, title, unit, fact(start), fact(now), fact(goal), back(days),
                "their ops report", date(2026, 6, 30), owner, date(2026, 1, 29),
                ObjectiveStatus.AGREED,
            )
        )  # fmt: skip


def add_readings(book: Book, kept: AccountId) -> None:
    """Thirteen months of stored readings."""
    scores = (58, 61, 60, 64, 66, 69, 71, 72, 74, 75, 74, 75, 76)
    for number, score in enumerate(scores[:-1]):
        on = back(30 * (12 - number))
        band = "good" if score >= 75 else "watch"
        book.connection.execute(
            "insert into reading (id, account_id, as_of, score, low, high, coverage, raw_band, "
            "band, caps, definition, origin) values (?, ?, ?, ?, ?, ?, ?, ?, ?, '[]', 1, 'day')",
            (
                derived_id("story", kept, on.isoformat()), kept, on.isoformat(), score * 1000,
                score * 1000 - 6000, score * 1000 + 5000, 900, band, band,
            ),
        )  # fmt: skip


def add_blank(book: Book) -> AccountId:
    """An account of which only the name is known."""
    kept = book.accounts.add(Account(AccountId(""), "Nothing Known Ltd")).id
    book.refresh()
    return kept
