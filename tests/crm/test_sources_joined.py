"""Rows that hold several records: split, each record once, and told where rows disagree."""

from datetime import date

import pytest

from csplanner.domain.account import OpportunityState
from csplanner.domain.money import Money
from csplanner.domain.person import Role

HEAD = (
    "Account: Account Name,Account: Industry,Account Owner,Opportunity Name,Stage,Close Date,"
    "Amount,Amount Currency,Amount (converted),Amount (converted) Currency,"
    "Contact: First Name,Contact: Last Name,Contact: Email,Contact Role"
)
ROWS = (
    (
        "Alder,Retail,Maren,Alder 2027,Proposal,2026-06-30,100,EUR,110,USD,Ana,Lind,ana@a.example,"
        "Decision Maker"
    ),
    "Alder,Retail,Maren,Alder 2027,Proposal,2026-06-30,100,EUR,110,USD,Bo,Holm,bo@a.example,",
    "Alder,Retail,Maren,Alder add-on,Closed Won,2026-02-01,50,GBP,62,USD,Ana,Lind,ana@a.example,",
    "Birch,,Maren,Birch pilot,Prospecting,2026-05-01,7,EUR,8,USD,,,,",
)


def test_a_report_of_deals_with_people_and_accounts_is_split(book, write, bring_in):
    staged = bring_in(write("report1.csv", HEAD, *ROWS))
    assert staged.quarantined == 0
    alder, birch = sorted(book.accounts.all(), key=lambda a: a.name)
    assert (alder.sector, alder.owner, birch.sector) == ("Retail", "Maren", "")
    deals = {o.name: o for o in book.opportunities.of(alder.id)}
    assert {n: o.amount.value for n, o in deals.items()} == {
        "Alder 2027": Money(10000, "EUR"), "Alder add-on": Money(5000, "GBP"),
    }  # fmt: skip
    assert deals["Alder add-on"].state is OpportunityState.WON
    people = {p.email: p for p in book.people.of(alder.id)}
    assert {p.name for p in people.values()} == {"Ana Lind", "Bo Holm"}
    assert [(s.role, s.person_id) for s in book.seats.of(alder.id)] == [
        (Role.DECIDES, people["ana@a.example"].id)
    ]
    assert not book.people.of(birch.id)


def test_the_same_report_twice_changes_nothing(book, write, bring_in):
    bring_in(write("report1.csv", HEAD, *ROWS))
    again = bring_in(write("report2.csv", HEAD, *reversed(ROWS)))
    assert not again.is_new


def test_rows_that_disagree_about_a_record_are_told(book, write, bring_in):
    other = ROWS[1].replace("Alder,Retail", "Alder,Finance")
    staged = bring_in(write("report1.csv", HEAD, ROWS[0], other))
    assert book.accounts.only("Alder").sector == "Finance"
    assert staged.quarantined == 1


def test_people_of_a_report_are_those_of_the_file_of_people(book, write, bring_in):
    bring_in(
        write("Account.csv", "Account ID,Account Name", "1,Alder"),
        write("Contact.csv", "Contact ID,Account ID,First Name,Last Name,Email",
              "9,1,Ana,Lind,Ana@a.example"),
        write("report of deals.csv",
              "Account ID,Account Name,Opportunity ID,Opportunity Name,Stage,Close Date,"
              "Contact: First Name,Contact: Last Name,Contact: Email,Contact Role",
              "1,Alder,7,Alder 2027,Proposal,2026-06-30,Ana,Lind,ana@a.example,Champion"),
    )  # fmt: skip
    alder = book.accounts.only("Alder")
    (ana,) = book.people.of(alder.id)
    assert [(s.role, s.person_id) for s in book.seats.of(alder.id)] == [(Role.CHAMPION, ana.id)]


def test_a_list_of_people_tells_their_accounts(book, write, bring_in):
    bring_in(
        write("my contacts.csv",
              "First Name,Last Name,Email,Company,Industry,ARR,Currency,Renewal date,Account Owner",
              "Ana,Lind,ana@a.example,Alder,Retail,1200,EUR,2026-09-30,Maren",
              "Bo,Holm,bo@a.example,Alder,Retail,1200,EUR,2026-09-30,Maren"),
        currency="EUR",
    )  # fmt: skip
    (alder,) = book.accounts.all()
    assert (alder.sector, alder.owner, alder.arr.value) == ("Retail", "Maren", Money(120000, "EUR"))
    assert [t.end for t in book.terms.of(alder.id)] == [date(2026, 9, 30)]
    assert len(book.people.of(alder.id)) == 2


@pytest.mark.parametrize("name", ["Accounts-Contacts.csv"])
def test_a_joined_report_with_short_rows(book, crm_data, bring_in, name):
    staged = bring_in(crm_data / "sfdx-tree-lwc-recipes" / name)
    accounts = book.accounts.all()
    assert len({a.name for a in accounts}) == len(accounts)
    people = [p for a in accounts for p in book.people.of(a.id)]
    assert staged.mappings[0].rows == 14
    assert len(people) + staged.quarantined >= 6
    assert "Amy Taylor" in {p.name for p in people}


def test_a_report_of_deals_with_an_address_brings_its_accounts(book, write, bring_in):
    bring_in(
        write("report2.csv", "Account Name,Opportunity Name,Stage,Close Date,Contact: Email",
              "Alder,Alder 2027,Proposal,2026-06-30,ana@a.example")
    )  # fmt: skip
    alder = book.accounts.only("Alder")
    assert [o.name for o in book.opportunities.of(alder.id)] == ["Alder 2027"]
    assert [p.email for p in book.people.of(alder.id)] == ["ana@a.example"]


def test_several_companies_in_a_cell_rename_none(book, write, bring_in):
    people = write(
        "contacts.csv", "Record ID,First Name,Last Name,Associated Company IDs,Associated Company",
        "71,Ana,Lind,9001;9002,Alder;Birch",
    )  # fmt: skip
    bring_in(people)
    assert [a.name for a in book.accounts.all()] == ["Alder"]
    bring_in(write("companies.csv", "Record ID,Company name", "9001,Alder Ltd", "9002,Birch"))
    bring_in(people)
    assert sorted(a.name for a in book.accounts.all()) == ["Alder Ltd", "Birch"]
