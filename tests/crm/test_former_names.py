"""An account somebody renamed is still found by the name the CRM calls it."""

from datetime import date

import pytest

from csplanner.crm.importing import Options, apply, stage

ACME = "001Nq00000J1MpfIAF"
USAGE = ("Customer,Date,Active users", "Acme AG,2026-02-28,40", "Other Ltd,2026-02-28,7")


@pytest.fixture
def renamed(book, write, bring_in):
    """Acme AG of the CRM, called otherwise by the CSM."""
    bring_in(write("Account.csv", "Id,Name", f"{ACME},Acme AG", "001Nq00000J1MpeIAF,Other Ltd"))
    account = next(a for a in book.accounts.all() if a.name == "Acme AG")
    book.accounts.update(account.id, name="Acme (Kliniken)")
    return account.id


def _bring(book, write, *lines):
    staged = stage([write("usage.csv", *lines)], book.path, Options(as_of=date(2026, 3, 8)))
    apply(book, staged)
    with staged.pages() as pages:
        assert pages.fields() == []
        set_aside = pages.quarantined()
    staged.discard()
    return set_aside


def _measured(book):
    return set(book.connection.execute("select account_id, value from measurement"))


def test_rows_that_name_an_account_as_the_crm_does_find_it(book, write, renamed):
    assert _bring(book, write, *USAGE) == []
    assert (renamed, 40000) in _measured(book)
    assert len(book.accounts.all()) == 2


def test_a_name_another_account_bears_now_is_that_account(book, write, renamed):
    other = next(a for a in book.accounts.all() if a.name == "Other Ltd")
    book.accounts.update(other.id, name="Acme AG")
    assert _bring(book, write, *USAGE[:2]) == []
    assert _measured(book) == {(other.id, 40000)}


def test_a_touch_that_names_an_account_as_the_crm_does_is_of_it(book, write, renamed):
    lines = ("Date,Subject,Company", "2026-03-02,Prices,Acme AG")
    staged = stage([write("touches.csv", *lines)], book.path, Options(as_of=date(2026, 3, 8)))
    apply(book, staged)
    staged.discard()
    assert len(book.touches.of(renamed)) == 1
