"""A past review shows who held a role and what was known then, not what came since."""

from datetime import date

import pytest

from csplanner.book.as_known import as_known
from csplanner.crm.importing import Options, apply, stage
from csplanner.domain.account import Account, AccountId, ContractTerm
from csplanner.domain.evidence import Evidence
from csplanner.domain.money import Money
from csplanner.domain.period import Quarter
from csplanner.domain.person import Person, Role, Seat
from csplanner.domain.value import fact
from csplanner.paint.document import Grid
from csplanner.qbr.export import prepare_qbr

THEN, SINCE, TODAY = date(2025, 12, 31), date(2026, 2, 3), date(2026, 3, 12)
LAST_QUARTER = Quarter(2025, 4)


@pytest.fixture
def acme(book):
    account = Account(AccountId("a1"), "Acme", arr=fact(Money(100_000_00, "USD")))
    book.accounts.add(account)
    for number, name in enumerate(("Dana Whitfield", "Ola Nordmann"), 1):
        book.people.add(Person(f"p{number}", account.id, name, title="COO"))
    book.seats.add(Seat("s1", account.id, Role.SPONSOR, "p1", since=date(2025, 5, 1)))
    book.terms.add(ContractTerm("t1", account.id, date(2026, 6, 30), ordinal=1))
    return account.id


def test_a_past_review_names_who_held_the_role_then(book, acme):
    book.seats.fill("s1", "p2", on=SINCE)
    then = prepare_qbr(book, acme, quarter=LAST_QUARTER, today=TODAY)
    now = prepare_qbr(book, acme, today=TODAY)
    assert _sponsor(then) == "Dana Whitfield"
    assert _sponsor(now) == "Ola Nordmann"


def _sponsor(prepared):
    """Who stands as the sponsor in the table of people of the brief."""
    rows = (
        row
        for section in prepared.brief.sections
        for part in section.parts
        if isinstance(part, Grid)
        for row in part.rows
    )
    return next((row[0] for row in rows if len(row) > 2 and row[2] == "sponsor"), None)


def test_money_and_dates_are_those_known_then(book, acme):
    book.accounts.update(acme, arr=fact(Money(140_000_00, "USD")), on_evidence=Evidence(on=SINCE))
    book.terms.update("t1", end=date(2026, 9, 30), on_evidence=Evidence(on=SINCE))
    then = prepare_qbr(book, acme, quarter=LAST_QUARTER, today=TODAY)
    now = prepare_qbr(book, acme, today=TODAY)
    assert then.judgement.overview.arr == Money(100_000_00, "USD")
    assert then.judgement.overview.term_end == date(2026, 6, 30)
    assert now.judgement.overview.arr == Money(140_000_00, "USD")
    assert now.judgement.overview.term_end == date(2026, 9, 30)


def test_what_snapshots_brought_and_changed_since_is_not_there(book, tmp_path):
    accounts = "Id,Name,ARR__c,CurrencyIsoCode"
    deals = "Id,AccountId,Name,StageName,Amount,CloseDate,CurrencyIsoCode"
    acme, first = "001Nq0000000001", "006Nq0000000001,001Nq0000000001,Renewal"
    for day, arr, lines in (
        (THEN, 1000, [f"{first},Proposal,500,2026-04-01,EUR"]),
        (
            SINCE,
            900,
            [
                f"{first},Proposal,450,2026-05-15,EUR",
                "006Nq0000000002,001Nq0000000001,More seats,Proposal,70,2026-08-01,EUR",
            ],
        ),
    ):
        folder = tmp_path / day.isoformat()
        folder.mkdir()
        (folder / "Account.csv").write_text(f"{accounts}\n{acme},Acme,{arr},EUR\n")
        (folder / "Opportunity.csv").write_text("\n".join((deals, *lines, "")))
        staged = stage([folder], book.path, Options(as_of=day, today=TODAY))
        apply(book, staged)
        staged.discard()
    account = book.accounts.only("Acme").id
    (file,) = book.accounts.files([account])
    known = as_known(book, file, THEN)
    assert known.account.arr.value == Money(100_000, "EUR")
    (deal,) = known.opportunities
    assert deal.amount.value == Money(50_000, "EUR")
    assert deal.close_on == date(2026, 4, 1)
    assert len(file.opportunities) == 2
    assert as_known(book, file, TODAY) == file
