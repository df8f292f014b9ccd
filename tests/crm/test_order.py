"""Snapshots that come in another order than they were made."""

from datetime import date

import pytest

from csplanner.crm.importing import Options, stage
from csplanner.errors import UserError

ACCOUNTS = ("Id,Name", "001Nq00000J1MpfIAF,Acme")
CASES = ("Id,CaseNumber,AccountId,Subject,Status", "500Nq00000CBxte,1,001Nq00000J1MpfIAF,Down,New")
NEWER, OLDER = date(2026, 3, 8), date(2026, 3, 1)


def deals(close_on, stage="Open"):
    return ("Id,AccountId,Name,StageName,CloseDate",
            f"006Nq00000BGi8P,001Nq00000J1MpfIAF,Deal,{stage},{close_on}")  # fmt: skip


def test_an_older_snapshot_brings_the_first_close_date(book, write, bring_in):
    bring_in(write("Account.csv", *ACCOUNTS), as_of=NEWER)
    bring_in(write("Opportunity.csv", *deals("2026-06-30", "Won")), as_of=NEWER)
    older = bring_in(write("Opportunity.csv", *deals("2026-05-31")), as_of=OLDER)
    (deal,) = book.opportunities.of(book.accounts.only("Acme").id)
    assert (deal.close_on, deal.first_close_on) == (date(2026, 6, 30), date(2026, 5, 31))
    assert deal.stage == "Won"
    assert any("an older snapshot only adds what is not there" in n for n in older.notes)
    history = book.connection.execute("select field, was, became, as_of from field_history")
    assert set(history.fetchall()) == {
        ("first_close_on", "2026-06-30", "2026-05-31", "2026-03-01"),
        ("close_on", "2026-05-31", "2026-06-30", "2026-03-08"),
        ("stage", "Open", "Won", "2026-03-08"),
        ("state", "open", "won", "2026-03-08"),
    }
    book.undo()
    (deal,) = book.opportunities.of(book.accounts.only("Acme").id)
    assert deal.first_close_on == date(2026, 6, 30)


def test_an_older_snapshot_never_puts_the_first_close_date_later(book, write, bring_in):
    bring_in(write("Account.csv", *ACCOUNTS), as_of=NEWER)
    bring_in(write("Opportunity.csv", *deals("2026-05-31")), as_of=NEWER)
    bring_in(write("Opportunity.csv", *deals("2026-06-30")), as_of=OLDER)
    (deal,) = book.opportunities.of(book.accounts.only("Acme").id)
    assert deal.first_close_on == date(2026, 5, 31)


def test_what_hangs_on_accounts_is_refused_before_them(book, write, bring_in):
    cases = write("Case.csv", *CASES)
    before = book.path.read_bytes()
    with pytest.raises(UserError, match="none of its 1 rows names an account of this book"):
        stage([cases], book.path, Options(as_of=OLDER))
    assert book.path.read_bytes() == before
    bring_in(write("Account.csv", *ACCOUNTS))
    bring_in(cases)
    assert len(book.cases.of(book.accounts.only("Acme").id)) == 1


def test_what_has_no_account_yet_can_come_again(book, write, bring_in):
    bring_in(write("Account.csv", *ACCOUNTS))
    other = CASES[1].replace(
        "500Nq00000CBxte,1,001Nq00000J1Mpf", "500Nq00000CBxtf,2,001Nq00000J1Mpe"
    )
    cases = write("Case.csv", *CASES, other)
    staged = bring_in(cases)
    assert any("Import these files again after the accounts." in n for n in staged.notes)
    bring_in(write("Account.csv", "Id,Name", "001Nq00000J1MpeIAF,Apex"))
    bring_in(cases)
    assert len(book.cases.of(book.accounts.only("Apex").id)) == 1


def test_a_damaged_book_is_said_in_words(book, write, bring_in):
    rows = [f"A{n},Name {n},{'x' * 300}" for n in range(400)]
    path = write("accounts.csv", "Account ID,Account Name,Industry", *rows)
    bring_in(path)
    place = book.path
    root = book.connection.execute("select rootpage from sqlite_master where name = 'account'")
    page, size = root.fetchone()[0], book.connection.execute("pragma page_size").fetchone()[0]
    book.close()
    data = bytearray(place.read_bytes())
    data[(page - 1) * size : page * size] = b"\xa5" * size
    place.write_bytes(bytes(data))
    with pytest.raises(UserError, match="damaged"):
        stage([path], place, Options(as_of=NEWER))
