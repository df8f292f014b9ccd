"""Figures of accounts that a sheet calls by name, and answers that share ids with other files."""

from datetime import date

import pytest

from csplanner.crm.importing import Options, apply, stage

ACME, APEX = "001Nq00000J1MpfIAF", "001Nq00000J1MpeIAF"
LATER = date(2026, 3, 10)


@pytest.fixture
def book_of_two(book, write, bring_in):
    bring_in(write("Account.csv", "Id,Name", f"{ACME},Acme AG", f"{APEX},Apex"), as_of=LATER)
    return book


@pytest.fixture
def bring(book_of_two):
    """Brings files in as they are; what was staged."""
    made = []

    def run(*paths, **options):
        staged = stage(paths, book_of_two.path, Options(today=date(2026, 3, 12), **options))
        made.append(staged)
        apply(book_of_two, staged)
        return staged

    yield run
    for staged in made:
        staged.discard()


def _figures(book):
    return set(
        book.connection.execute(
            "select a.name, m.measure, m.as_of, m.value / 1000 from measurement m "
            "join account a on a.id = m.account_id"
        )
    )


def test_of_a_wide_sheet_each_row_is_the_measure_it_names(book_of_two, write, bring):
    sheet = write(
        "usagewide.csv", "Account,Measure,Jan 2026,Feb 2026",
        "Acme AG,Active users,42,44", "Apex,Active users,12,", "Acme AG,Exports made,400,420",
    )  # fmt: skip
    staged = bring(sheet)
    assert _figures(book_of_two) == {
        ("Acme AG", "usage.seats_active", "2026-01-31", 42),
        ("Acme AG", "usage.seats_active", "2026-02-28", 44),
        ("Apex", "usage.seats_active", "2026-01-31", 12),
        ("Acme AG", "other.exports_made", "2026-01-31", 400),
        ("Acme AG", "other.exports_made", "2026-02-28", 420),
    }
    assert len(book_of_two.accounts.all()) == 2
    # Its days come before the CRM's snapshot, and it is none of that CRM.
    assert staged.source == "Figures by name"
    assert not [note for note in staged.notes if "newer snapshot" in note]


def test_figures_of_a_crm_by_id_are_added_by_their_own_day(book_of_two, write, bring):
    staged = bring(write("usage.csv", "Account ID,Date,Seats active", f"{ACME},2026-02-28,40"))
    assert staged.source == "Salesforce"
    assert not [note for note in staged.notes if "newer snapshot" in note]
    assert _figures(book_of_two) == {("Acme AG", "usage.seats_active", "2026-02-28", 40)}
    again = bring(write("Account.csv", "Id,Name", f"{ACME},Acme SE"), as_of=date(2026, 3, 1))
    assert [note for note in again.notes if "newer snapshot" in note]


@pytest.mark.parametrize("who", ["", ",respondent_email"])
def test_answers_with_the_day_they_were_given_are_nps(book_of_two, write, bring, who):
    head = f"account_id,score,answered_at,comment{who}"
    mail = ",ann@acme.test" if who else ""
    lines = (f"{ACME},9,2026-02-10,Fine{mail}", f"{ACME},3,2026-02-12,Slow{mail}")
    bring(write("nps.csv", head, *lines))
    assert _figures(book_of_two) == {
        ("Acme AG", "voice.nps", "2026-02-10", 100), ("Acme AG", "voice.nps", "2026-02-12", 0)
    }  # fmt: skip


def test_a_file_that_shares_ids_with_another_is_of_its_crm(book_of_two, write, bring):
    hub = write("companies.csv", "Record ID,Company name,Company Domain Name", "9001,Birch,b.test")
    crm = write("Account.csv", "Id,Name", f"{ACME},Acme AG")
    nps = write("nps.csv", "account_id,score,answered_at", "9001,9,2026-02-10")
    staged = bring(hub, crm, nps, source="HubSpot", as_of=LATER)
    assert {m.file for m in staged.mappings} == {"companies.csv", "nps.csv"}
    staged = bring(hub, crm, nps, source="Salesforce", as_of=LATER)
    assert {m.file for m in staged.mappings} == {"Account.csv"}
    assert _figures(book_of_two) == {("Birch", "voice.nps", "2026-02-10", 100)}
