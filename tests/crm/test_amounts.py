"""Amounts and their currencies: read as they were meant, or set aside with the reason."""

import json

import pytest

from csplanner.crm.importing import Options, look, stage
from csplanner.crm.mapping import from_json
from csplanner.crm.question import Question
from csplanner.domain.money import Money
from csplanner.errors import UserError

HEAD = "Account Name,ARR"


def arr_of(book):
    return {a.name: a.arr.value for a in book.accounts.all() if a.arr.is_known}


def reasons(staged):
    with staged.pages() as pages:
        return {(q.row, q.value): q.reason for q in pages.quarantined()}


@pytest.fixture
def read(write, book):
    """Stages lines of a file as of a day, without applying; discards it afterwards."""
    made = []

    def run(*lines, **options):
        path = write("accounts 2026-03-01.csv", *lines)
        made.append(stage([path], book.path, Options(**options)))
        return made[-1]

    yield run
    for staged in made:
        staged.discard()


def test_a_column_that_reads_both_ways_is_asked_for(write, book, bring_in):
    path = write("accounts.csv", HEAD, "Acme,1.234", "Bolt,2.500")
    with pytest.raises(Question) as asked:
        look([path])
    assert (asked.value.flag, asked.value.choices) == ("--decimal", (".", ","))
    bring_in(path, decimal=",")
    assert arr_of(book) == {"Acme": Money(123400, "USD"), "Bolt": Money(250000, "USD")}


@pytest.mark.parametrize(
    ("cells", "minor"),
    [
        (("1.234", '"1,5"'), (123400, 150)),
        (('"1,234"', "2.5"), (123400, 250)),
        (("1234.567", "1.234"), (123457, 123)),
        (("0.125", "5"), (12, 500)),
        (('"1,23,456.50"', "7"), (12345650, 700)),
        (("35'000.00", "1 234.50"), (3500000, 123450)),
    ],
)
def test_one_cell_tells_the_sign_of_its_column(write, book, bring_in, cells, minor):
    bring_in(write("accounts.csv", HEAD, f"Acme,{cells[0]}", f"Bolt,{cells[1]}"))
    assert tuple(m.minor for m in arr_of(book).values()) == minor


def test_groups_that_do_not_fit_are_set_aside(read):
    staged = read(HEAD, "A,1000.50", 'B,"1,2"', "C,1_000", 'D,"12,34,56"', "E,$5k", "F,1 2")
    assert set(reasons(staged)) == {(n, v) for n, v in (
        (3, "1,2"), (4, "1_000"), (5, "12,34,56"), (6, "$5k"), (7, "1 2"))}  # fmt: skip


def test_arr_below_zero_is_set_aside(read):
    staged = read(HEAD, 'A,"(500)"', "B,-1", "C,1")
    assert set(reasons(staged).values()) == {"This cannot be below zero."}
    assert staged.quarantined == 2


def test_whole_numbers_read_their_groups(write, book, bring_in):
    account = write("Account.csv", "Account ID,Account Name", "1,Acme")
    path = write("subscriptions.csv", "Subscription ID,Account ID,Start Date,Seats,ARR",
                 "S1,1,2026-01-01,1.200,10", 'S2,1,2026-02-01,"3,400",10')  # fmt: skip
    bring_in(account, path)
    (of_acme,) = book.subscriptions.grouped().values()
    assert [s.seats for s in of_acme] == [1200, 3400]


def test_a_currency_beside_the_amount_counts(write, book, bring_in):
    bring_in(write("accounts.csv", HEAD, "A,€ 1000", "B,CHF 5", "C,$7", "D,9 EUR"))
    assert arr_of(book) == {
        "A": Money(100000, "EUR"), "B": Money(500, "CHF"), "C": Money(700, "USD"),
        "D": Money(900, "EUR"),
    }  # fmt: skip


def test_an_amount_in_an_unreadable_currency_is_never_the_books(book, write, bring_in):
    path = write("accounts.csv", HEAD + ",Currency", "A,5,Taler", "B,6,EUR", "C,7,")
    staged = bring_in(path)
    assert arr_of(book) == {"B": Money(600, "EUR"), "C": Money(700, "USD")}
    assert staged.quarantined == 2


def test_only_a_known_currency_can_be_said(read):
    with pytest.raises(UserError, match="“QQQ” is no currency"):
        read(HEAD, "A,5", currency="QQQ")


@pytest.mark.parametrize(
    "column",
    [
        {"header": 5, "target": ""},
        {"header": "ARR", "target": 5},
        {"header": "ARR", "target": ["account.arr"]},
        {"header": "ARR", "target": "account.arr", "rule": 7},
        {"header": "ARR", "target": "account.arr", "rule": "!"},
        {"header": "ARR", "target": "account.arr", "samples": 3},
        "ARR",
    ],
)
def test_a_mapping_of_the_wrong_kind_is_one_sentence(column):
    with pytest.raises(UserError, match="The mapping cannot be read"):
        from_json(json.loads(json.dumps({"file": "a", "object": "account", "columns": [column]})))
