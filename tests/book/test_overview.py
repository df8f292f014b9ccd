"""The lines of the Book: order, filters and totals come from SQL and agree with plain Python."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csplanner.book.book import Book
from csplanner.book.overview_order import INDEXED, order_of
from csplanner.domain.account import Account, AccountId, Tier
from csplanner.domain.filters import View, parse_filter
from csplanner.domain.money import Money
from csplanner.domain.overview import Overview
from csplanner.domain.reading import Band
from csplanner.domain.sentiment import Sentiment

DAY = date(2026, 3, 12)

LINES = (
    Overview(
        AccountId("a"), "Merrow Telecom", "Telecom", tier=Tier.HIGH, rule_tier=Tier.HIGH,
        score=41, band=Band.RISK, sentiment=Sentiment.ALARMED, gap=41, coverage=80,
        arr=Money(47_000_000, "USD"), decision_on=date(2026, 4, 30), year=1,
        last_touch=DAY - timedelta(days=30), cadence_days=28, hours_promised=16_000,
        hours_spent=20_000, spark=(None, 50, 41), next_step="Recovery plan",
    ),
    Overview(
        AccountId("b"), "Łódź Trams", "Transit", tier=Tier.MEDIUM, rule_tier=Tier.LOW,
        is_override=True, score=80, band=Band.GOOD, sentiment=Sentiment.UNEASY, gap=55,
        coverage=40, arr=Money(1_200_000, "EUR"), decision_on=date(2026, 12, 1), year=2,
        last_touch=DAY - timedelta(days=28), cadence_days=28, hours_promised=6_000,
    ),
    Overview(
        AccountId("c"), "Calder Council", tier=Tier.HIGH, score=60, band=Band.WATCH, coverage=90,
        arr=Money(5_000, "JPY"), decision_on=date(2026, 3, 12), pinned=True, criticality=3,
    ),
    Overview(AccountId("d"), "Blank"),
)  # fmt: skip


def fill(book: Book, lines: tuple[Overview, ...]) -> Book:
    """Put made-up lines into a book, as judging would."""
    with book.change("Fill"):
        book.accounts.insert([Account(line.account_id, line.name) for line in lines])
    book.connection.execute("begin immediate")
    book.overview.write(((line, 0) for line in lines), DAY)
    book.connection.execute("commit")
    return book


@pytest.fixture
def lines(book: Book) -> Book:
    return fill(book, LINES)


def names(book: Book, view: View) -> list[str]:
    return [line.account_id for line in book.overview.all(view)]


def test_a_line_comes_back_as_it_was_written(lines: Book):
    assert {line.account_id: line for line in lines.overview.all()} == {
        line.account_id: line for line in LINES
    }


@pytest.mark.parametrize(
    ("sort", "descending", "expected"),
    [
        ("renewal", False, "cabd"),
        ("renewal", True, "bacd"),
        ("name", False, "dcba"),
        ("arr", True, "abcd"),
        ("health", False, "acbd"),
        ("sentiment", False, "abdc"),
        ("tier", False, "cabd"),
    ],
)
def test_sorting_puts_unknown_last_either_way(
    lines: Book, sort: str, descending: bool, expected: str
):
    assert "".join(names(lines, View(sort=sort, descending=descending))) == expected


def test_grouping_keeps_the_order_inside_each_tier_and_leaves_empty_tiers_out(lines: Book):
    listing = lines.overview.listing(View(group="tier"))
    found = [line.account_id for line in lines.overview.rows(listing.ids)]
    assert found == ["c", "a", "b", "d"]
    assert [(g.title, size) for g, size in listing.groups] == [
        ("High touch", 2), ("Medium touch", 1), ("Not placed", 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tier is high", "ac"),
        ("tier is not high", "bd"),
        ("tier is not placed", "d"),
        ("health is risk", "a"),
        ("sentiment is uneasy", "b"),
        ("renewal before 2026-04-30", "c"),
        ("renewal after 2026-04-30", "b"),
        ("renewal within 90", "ac"),
        ("renewal within 0", "c"),
        ("renewal is unknown", "d"),
        ("touch within 29", "b"),
        ("arr at least 12000", "ab"),
        ("arr at most 5000", "c"),
        ("arr is 470000", "a"),
        ("coverage at most 59", "bd"),
        ("score at least 59.5", "bc"),
        ("year is 1", "a"),
        ("gap at least 25", "ab"),
        ("sector contains TEL", "a"),
        ("name contains lodz", "b"),
        ("next_step contains plan", "a"),
        ("pinned is yes", "c"),
        ("override is yes", "b"),
        ("criticality at least 3", "c"),
        ("overdue is yes", "a"),
        ("overdue is no", "bcd"),
        ("tier is high and gap at least 25", "a"),
    ],
)
def test_a_filter_finds_what_its_sentence_says(lines: Book, text: str, expected: str):
    view = View(parse_filter(text), sort="name")
    assert "".join(sorted(names(lines, view))) == expected
    assert lines.overview.count(view) == len(expected)


def test_totals_keep_currencies_apart_and_unknown_out(lines: Book):
    totals = lines.overview.totals()
    expected = (Money(47_000_000, "USD"), Money(1_200_000, "EUR"), Money(5_000, "JPY"))
    assert totals.arr == expected
    assert (totals.accounts, totals.mean_score) == (4, 60)
    assert (totals.good, totals.watch, totals.risk, totals.unknown) == (1, 1, 1, 1)
    assert (totals.overdue, totals.hours_promised, totals.hours_spent) == (1, 22_000, 20_000)


def test_totals_by_tier_add_up_to_the_whole(lines: Book):
    whole, by_tier = lines.overview.tally_by_tier()
    assert sum(t.accounts for t in by_tier.values()) == whole.accounts
    assert by_tier[Tier.HIGH].accounts == 2
    assert by_tier[Tier.DIGITAL].accounts == 0
    assert by_tier[Tier.DIGITAL].mean_score is None


def test_totals_of_chosen_accounts_count_only_those(lines: Book):
    ids = lines.overview.ids(View(sort="name"))
    totals = lines.overview.totals_of(ids[:2])
    assert (totals.accounts, totals.arr) == (2, (Money(5_000, "JPY"),))
    assert lines.overview.totals_of([]).accounts == 0


def test_accounts_behind_row_ids_keep_their_order(lines: Book):
    ids = list(lines.overview.ids(View(sort="name")))
    assert lines.overview.account_ids(ids[::-1]) == ["a", "b", "c", "d"]
    assert lines.overview.account_ids([*ids, 999]) == ["d", "c", "b", "a"]


def test_listing_any_sort_walks_an_index_and_never_sorts_the_book(lines: Book):
    for sort in INDEXED:
        plan = lines.connection.execute(
            "explain query plan select id, tier_rank from overview where archived = 0 "
            f"order by {order_of(View(sort=sort))}"
        ).fetchall()
        assert "COVERING INDEX" in plan[0][3], sort
        assert len(plan) == 1, sort


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    path = tmp_path_factory.mktemp("overview") / "many.csbook"
    with Book.create(path, today=DAY) as made:
        yield made


_LINES = st.lists(
    st.builds(
        Overview,
        account_id=st.uuids().map(lambda u: AccountId(str(u))),
        name=st.text(min_size=1, max_size=8).filter(str.strip),
        tier=st.sampled_from([*Tier, None]),
        score=st.none() | st.integers(0, 100),
        band=st.sampled_from(Band),
        arr=st.none() | st.builds(Money, st.integers(0, 10**12), st.sampled_from(["USD", "EUR"])),
        hours_promised=st.integers(0, 90_000),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda line: line.account_id,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made=_LINES, sort=st.sampled_from(["arr", "score", "tier"]), down=st.booleans())
def test_every_account_is_listed_once_and_totals_agree(shared: Book, made, sort, down):
    with shared.change("Empty"):
        shared.connection.execute("delete from account")
    book = fill(shared, tuple(made))
    view = View(sort=sort, descending=down, group="tier")
    listing = book.overview.listing(view)
    assert sorted(book.overview.account_ids(listing.ids)) == sorted(x.account_id for x in made)
    assert sum(size for _, size in listing.groups) == len(made)
    totals = book.overview.totals()
    assert totals.hours_promised == sum(line.hours_promised for line in made)
    assert sum(m.minor for m in totals.arr) == sum(x.arr.minor for x in made if x.arr)
