"""A large made-up book in seconds, for speed and for looking at screens.

python -m benchmarks.big_book PATH [ACCOUNTS]
"""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

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
    Tier,
)
from csplanner.domain.measurement import Measurement
from csplanner.domain.measures import EQUIPPED_ITEMS, POTENTIAL_ITEMS, SELF_SERVICE_PROOF
from csplanner.domain.money import Money
from csplanner.domain.objective import Objective, ObjectiveStatus
from csplanner.domain.person import REQUIRED_ROLES, Person, Seat
from csplanner.domain.placement import Placement
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.domain.settings import BookSettings
from csplanner.domain.snapshot import Snapshot
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import UNKNOWN, Fact

TODAY = date(2026, 3, 12)
_BATCH = 1000
_READINGS = 12
_WORDS = [
    "Amber",
    "Birch",
    "Cedar",
    "Delta",
    "Ember",
    "Fjord",
    "Grove",
    "Harbor",
    "Iris",
    "Juniper",
    "Kestrel",
    "Linden",
    "Maple",
    "North",
    "Opal",
    "Pine",
    "Quartz",
    "River",
    "Slate",
    "Tidal",
    "Umber",
    "Vale",
    "Willow",
    "Yarrow",
    "Zephyr",
]
_KINDS = [
    "Foods",
    "Logistics",
    "Clinics",
    "Energy",
    "Bank",
    "Software",
    "Hotels",
    "Retail",
    "Labs",
    "Transit",
]
_NAMES = [
    "Ada",
    "Bruno",
    "Celia",
    "Dario",
    "Elif",
    "Farid",
    "Greta",
    "Hugo",
    "Ines",
    "Jonas",
    "Keiko",
    "Lars",
    "Mira",
    "Nils",
]
_CHANNELS = (Channel.CALL, Channel.MEETING, Channel.EMAIL, Channel.CALL, Channel.QBR)


def make_big_book(
    path: Path, *, accounts: int = 10_000, today: date = TODAY, seed: int = 1
) -> Book:
    """A new, open and judged book of so many accounts; the same for the same arguments.

    About 30 records an account and a year of monthly readings; a tenth of the accounts has hardly
    any data, and about a third is not placed.
    """
    book = Book.create(path, BookSettings(name="Big book", csm="Sam Reyes"), today=today)
    origin = derived_id("big", str(seed), str(accounts))
    snapshot = Snapshot(origin, "Salesforce", today, datetime(2026, 3, 12, tzinfo=UTC))
    with book.change("Import a big book", kind="import", batch=origin):
        book.snapshots.add(snapshot)
        for start in range(0, accounts, _BATCH):
            made = [
                _Made(n, today, Random(f"{seed} {n}"))
                for n in range(start, min(accounts, start + _BATCH))
            ]
            _keep(book, made, origin)
    _keep_readings(book, accounts, today, seed)
    book.refresh()
    return book


class _Made:
    """One account with its records."""

    def __init__(self, number: int, today: date, rng: Random) -> None:
        self.id = account_id(number)
        self.number = number
        self.today = today
        self.rng = rng
        self.is_bare = number % 10 == 9
        self.level = rng.betavariate(4, 2)
        self.arr = Money(round(4_000 * rng.paretovariate(1.1)) * 100, "USD")
        self.people = [] if self.is_bare else list(self._people())

    def day(self, most: int) -> date:
        """A day up to so many days ago."""
        return self.today - timedelta(days=self.rng.randrange(most))

    def account(self) -> Account:
        """The account itself."""
        rng, number = self.rng, self.number
        name = f"{_WORDS[number % 25]} {_WORDS[number // 25 % 25]} {_KINDS[number // 625 % 10]}"
        since = self.day(2_000)
        return Account(
            self.id, f"{name} {number + 1}" if number >= 6_250 else name, _KINDS[number % 10],
            "Utrecht", "Netherlands", f"a{number}.example", "Sam Reyes", "",
            UNKNOWN if self.is_bare else Fact(self.arr),
            Fact(rng.choices((0, 1, 2, 3), (40, 45, 13, 2))[0]), Fact(since),
            Fact(since + timedelta(days=60)),
        )  # fmt: skip

    def _people(self) -> Iterator[Person]:
        for at in range(self.rng.randint(1, 5)):
            name = f"{_NAMES[(self.number + at) % 14]} {_WORDS[(self.number * 3 + at) % 25]}"
            yield Person(self.key("person", at), self.id, name, title=f"Lead {at + 1}",
                         email=f"p{at}@a{self.number}.example")  # fmt: skip

    def key(self, kind: str, at: int) -> str:
        """The id of one of its records."""
        return derived_id("big", kind, str(self.number), str(at))

    def seats(self) -> Iterator[Seat]:
        """A role for each person, from day-to-day upwards."""
        for at, person in enumerate(self.people):
            role = REQUIRED_ROLES[(3 - at) % 5]
            yield Seat(self.key("seat", at), self.id, role, person.id)

    def terms(self) -> Iterator[ContractTerm]:
        """The running term."""
        end = self.today + timedelta(days=self.rng.randrange(1, 400))
        yield ContractTerm(self.key("term", 0), self.id, end, end - timedelta(days=365),
                           ordinal=self.rng.randint(1, 5), arr=Fact(self.arr))  # fmt: skip

    def touches(self) -> Iterator[Touch]:
        """A few touches of the last half year."""
        for at in range(self.rng.randint(0, 8) if self.people else 0):
            channel = _CHANNELS[(self.number + at) % 5]
            who = self.people[at % len(self.people)].id
            yield Touch(self.key("touch", at), self.id, self.day(200), channel, "Check",
                        minutes=self.rng.choice((15, 30, 60)), person_ids=(who,))  # fmt: skip

    def cases(self) -> Iterator[Case]:
        """Some support cases, now and then one open."""
        for at in range(self.rng.randint(0, 3)):
            opened = self.day(300)
            is_open = self.rng.random() < 0.2
            closed = None if is_open else min(self.today, opened + timedelta(days=9))
            priority = self.rng.choices(list(CasePriority), (3, 5, 2, 0.3))[0]
            yield Case(self.key("case", at), self.id, f"{self.number:05}{at}", "Question", "",
                       priority, opened, closed, not is_open)  # fmt: skip

    def opportunities(self) -> Iterator[Opportunity]:
        """An open deal for some."""
        if self.rng.random() < 0.15:
            yield Opportunity(self.key("deal", 0), self.id, "Renewal", "Proposal",
                              kind=OpportunityKind.RENEWAL, amount=Fact(self.arr),
                              close_on=self.today + timedelta(days=60))  # fmt: skip

    def measurements(self) -> Iterator[Measurement]:
        """Use of two quarters, ratings, payment, and for most the answers that place them."""
        if self.is_bare:
            return
        bought = max(5, self.arr.minor // 30_000)
        for back in range(6):
            on = self.today - timedelta(days=2 + 30 * back)
            active = bought * min(1.0, self.level * self.rng.uniform(0.9, 1.1))
            yield self._measured("usage.events", active * 40, on)
            if back == 0:
                yield self._measured("usage.seats_bought", bought, on)
                yield self._measured("usage.seats_active", active, on)
                yield self._measured("usage.modules_bought", 4, on)
                yield self._measured("usage.modules_used", round(4 * self.level), on)
                yield self._measured("voice.csat", 2 + 3 * self.level, on)
                yield self._measured("commercial.invoice_overdue_days", 0, on)
        if self.rng.random() < 0.7:
            on = self.day(150)
            for item in (*EQUIPPED_ITEMS, *POTENTIAL_ITEMS):
                yield self._measured(item, self.rng.randint(0, 4), on)
            yield self._measured(SELF_SERVICE_PROOF, 1, on)

    def _measured(self, measure: str, value: float, on: date) -> Measurement:
        key = derived_id("big", measure, str(self.number), on.isoformat())
        return Measurement(key, self.id, measure, Fact(round(value * 1000)), on, source="Usage")

    def pulses(self) -> Iterator[Pulse]:
        """How the CSM feels about every second account."""
        if self.rng.random() < 0.5:
            word = Sentiment(min(5, max(1, round(5 * self.level + self.rng.uniform(-1, 1)))))
            yield Pulse(self.key("pulse", 0), self.id, self.day(60), word)

    def objectives(self) -> Iterator[Objective]:
        """One objective for most."""
        if not self.is_bare and self.rng.random() < 0.7:
            yield Objective(
                self.key("objective", 0), self.id, "Answered in a minute", "%", Fact(40_000),
                Fact(round(40_000 + 45_000 * self.level)), Fact(85_000), self.day(40),
                agreed_on=self.day(300), status=ObjectiveStatus.AGREED,
            )  # fmt: skip

    def placements(self) -> Iterator[Placement]:
        """A chosen tier for a few."""
        if self.rng.random() < 0.1:
            tier = self.rng.choices(list(Tier), (1, 3, 6, 10))[0]
            yield Placement(self.key("placement", 0), self.id, self.day(90), tier, "By hand")


def account_id(number: int) -> AccountId:
    """The id of the account with that number."""
    return AccountId(derived_id("big", "account", str(number)))


def _keep(book: Book, made: list[_Made], origin: str) -> None:
    book.accounts.insert([m.account() for m in made], origin)
    book.people.insert((p for m in made for p in m.people), origin)
    book.seats.insert((s for m in made for s in m.seats()), origin)
    book.terms.insert((t for m in made for t in m.terms()), origin)
    book.touches.insert((t for m in made for t in m.touches()), origin)
    book.cases.insert((c for m in made for c in m.cases()), origin)
    book.opportunities.insert((o for m in made for o in m.opportunities()), origin)
    book.measurements.insert((x for m in made for x in m.measurements()), origin)
    book.pulses.insert(p for m in made for p in m.pulses())
    book.objectives.insert(o for m in made for o in m.objectives())
    book.placements.insert(p for m in made for p in m.placements())


def _keep_readings(book: Book, accounts: int, today: date, seed: int) -> None:
    """A year of monthly readings; a book that grows up has them, this one is born old."""

    def rows() -> Iterator[tuple[object, ...]]:
        for number in range(accounts):
            if number % 10 == 9:
                continue
            rng = Random(f"{seed} {number}")
            score = 32 + 48 * rng.betavariate(4, 2)
            for back in range(_READINGS, 0, -1):
                score = min(98.0, max(5.0, score + rng.uniform(-3, 3)))
                on = (today - timedelta(days=30 * back)).isoformat()
                band = "good" if score >= 75 else "watch" if score >= 50 else "risk"
                exact = round(score * 1000)
                key = derived_id("big", "reading", str(number), on)
                bounds = (max(0, exact - 5000), min(100_000, exact + 5000))
                yield (key, account_id(number), on, exact, *bounds, 900, band, band)

    db = book.connection
    db.execute("begin immediate")
    db.executemany(
        "insert into reading (id, account_id, as_of, score, low, high, coverage, raw_band, band, "
        "caps, definition) values (?, ?, ?, ?, ?, ?, ?, ?, ?, '[]', 1)",
        rows(),
    )
    db.execute("commit")


if __name__ == "__main__":
    make_big_book(Path(sys.argv[1]), accounts=int(sys.argv[2]) if len(sys.argv) > 2 else 10_000)
