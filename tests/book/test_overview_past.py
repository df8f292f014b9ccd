"""Filters over change: what an account was before is found in the histories the book keeps."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId, ContractTerm, Tier
from csplanner.domain.filters import View, parse_filter
from csplanner.domain.measurement import Measurement
from csplanner.domain.money import Money
from csplanner.domain.person import Person, PersonStatus, Role, Seat
from csplanner.domain.placement import Placement
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.domain.value import fact

DAY = date(2026, 3, 12)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """Two accounts: of the first everything changed lately, of the second nothing did."""
    path = tmp_path_factory.mktemp("past") / "past.csbook"
    with Book.create(path, today=DAY) as book:
        with book.change("Fill"):
            for name in ("new", "old"):
                _fill(book, AccountId(name), lately=name == "new")
        book.refresh()
        for at, band, score in ((100, "good", 80_000), (40, "watch", 60_000)):
            for name in ("new", "old"):
                same = name == "old"
                book.connection.execute(
                    "insert into reading (id, account_id, as_of, score, low, high, coverage, "
                    "raw_band, band, caps, definition, origin) values "
                    "(?, ?, ?, ?, 0, 100000, 1000, ?, ?, '[]', 1, 'day')",
                    (f"{name}{at}", name, ago(at).isoformat(), 50_000 if same else score,
                     "watch", "watch" if same else band),
                )  # fmt: skip
        book.connection.execute("update overview set band = 'watch', score = 50")
        yield book


def _fill(book: Book, key: AccountId, *, lately: bool) -> None:
    book.accounts.add(Account(key, key, owner="Ann", arr=fact(Money(100_000, "USD"))))
    book.placements.add(Placement("", key, ago(200), Tier.HIGH, "Known"))
    book.pulses.add(Pulse("", key, ago(100), Sentiment.CONFIDENT))
    term = book.terms.add(ContractTerm("", key, DAY + timedelta(days=90)))
    person = book.people.add(Person("", key, "Rosa"))
    book.seats.add(Seat("", key, Role.CHAMPION, person.id))
    for at, value in ((100, 1000), (10, 700 if lately else 1000)):
        book.measurements.add(
            Measurement("", key, "usage.events", fact(value * 1000), ago(at), "search")
        )
    if lately:
        book.placements.add(Placement("", key, ago(20), Tier.LOW, "Quiet"))
        book.pulses.add(Pulse("", key, ago(15), Sentiment.UNEASY))
        book.terms.update(term.id, end=DAY + timedelta(days=120))
        book.people.update(person.id, status=PersonStatus.LEFT, left_on=ago(12))
        book.accounts.update(key, owner="Bob", arr=fact(Money(80_000, "USD")))


@pytest.mark.parametrize(
    "text",
    [
        "health moved from good to watch in 120 days",
        "health fell in 120 days",
        "health moved in 120 days",
        "score fell 10 in 120 days",
        "score fell 30 % in 120 days",
        "usage fell 20 % in 60 days",
        "usage fell 300 in 60 days",
        "usage.events below 800",
        "renewal moved since 2026-03-01",
        "renewal rose in 10 days",
        "sentiment fell in 60 days",
        "sentiment moved from confident to uneasy in 60 days",
        "tier changed since 2026-02-01",
        "tier fell in 60 days",
        "tier changed from high to low in 60 days",
        "champion left in 120 days",
        "owner changed since 2026-03-01",
        "owner changed from ann to Bob in 5 days",
        "arr fell in 5 days",
        "arr fell 20 % in 5 days",
    ],
)
def test_a_change_is_found_where_it_happened_and_nowhere_else(past: Book, text: str):
    lines = past.overview.all(View(parse_filter(text)))
    assert [line.account_id for line in lines] == ["new"]


@pytest.mark.parametrize(
    "text",
    [
        "health moved from risk in 120 days",
        "score fell 11 in 20 days",
        "score rose in 120 days",
        "usage fell 31 % in 60 days",
        "renewal fell in 10 days",
        "sentiment fell in 10 days",
        "tier changed in 10 days",
        "champion left in 10 days",
        "sponsor left in 120 days",
        "owner changed from Bob in 5 days",
        "arr fell 21 % in 5 days",
        "nps fell in 90 days",
    ],
)
def test_what_did_not_change_so_much_or_so_lately_is_not_found(past: Book, text: str):
    assert past.overview.count(View(parse_filter(text))) == 0


def test_what_was_found_of_the_past_is_found_anew_after_a_change(past: Book):
    view = View(parse_filter("segment changed in 5 days"))
    assert past.overview.count(view) == 0
    past.accounts.update("old", segment="Large")
    assert [line.account_id for line in past.overview.all(view)] == ["old"]
    past.undo()
    assert past.overview.count(view) == 0


@pytest.mark.parametrize(("start", "title"), [(1, "Q2 2026"), (4, "Q1 2027"), (7, "Q4 2026")])
def test_quarters_of_renewal_are_those_of_the_fiscal_year(past: Book, start: int, title: str):
    past.set_settings(replace(past.settings, fiscal_start_month=start))
    (old,) = past.overview.all(View(parse_filter("name is old")))
    assert old.decision_on == date(2026, 6, 10)
    listing = past.overview.listing(View(parse_filter("name is old"), group="quarter"))
    assert [group.title for group, _ in listing.groups] == [title]
