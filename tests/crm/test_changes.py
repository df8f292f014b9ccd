"""What a later snapshot changes, what stays yours, and what is only marked."""

import sqlite3
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csplanner.crm.importing import Options, apply, stage
from csplanner.domain.account import Account, AccountId
from csplanner.domain.money import Money
from csplanner.domain.person import Person
from csplanner.domain.settings import BookSettings

HEAD = "Id,Name,Industry,ARR__c,CurrencyIsoCode,Website"
ACME = "001Nq00000J1MpfIAF,Acme,Energy,1000,EUR,https://www.acme.test/about"
APEX = "001Nq00000J1MpeIAF,Apex,Retail,2000,EUR,"
DAY = date(2026, 3, 1)


@pytest.fixture
def staged(book, write):
    """Stages lines of an account file without applying them."""
    made = []

    def run(*lines, day=DAY, **options):
        path = write("Account.csv", HEAD, *lines)
        found = stage([path], book.path, Options(as_of=day, **options))
        made.append(found)
        return found

    yield run
    for found in made:
        found.discard()


def _one(book, name):
    return book.accounts.only(name)


def test_a_changed_value_is_shown_applied_and_remembered(book, staged):
    apply(book, staged(ACME, APEX))
    later = staged(ACME.replace("1000", "1250.50"), APEX, day=DAY + timedelta(days=7))
    with later.pages() as pages:
        (change,) = pages.fields()
    assert (change.account, change.label, change.was, change.becomes) == (
        "Acme",
        "ARR",
        "100000 EUR",
        "125050 EUR",
    )
    assert change.take
    assert not change.is_conflict
    apply(book, later)
    assert _one(book, "Acme").arr.value == Money(125050, "EUR")
    history = book.connection.execute(
        "select field, was, became, source, as_of from field_history"
    ).fetchall()
    assert history == [("arr", "100000 EUR", "125050 EUR", "Salesforce", "2026-03-08")]
    assert book.history(1)[0].label == "Import Salesforce 2026-03-08"


def test_a_value_you_set_stays_unless_you_take_the_new_one(book, staged):
    apply(book, staged(ACME))
    book.accounts.update(_one(book, "Acme").id, sector="Utilities")
    again = staged(ACME, day=DAY + timedelta(days=7))
    assert again.conflicts == 1
    with again.pages() as pages:
        (change,) = pages.fields(conflicts=True)
        assert change.reason == "Unchanged in the CRM since you set it."
    apply(book, again)
    assert _one(book, "Acme").sector == "Utilities"
    third = staged(ACME, day=DAY + timedelta(days=14))
    with third.pages() as pages:
        pages.decide([pages.fields()[0].id], take=True)
    apply(book, third)
    assert _one(book, "Acme").sector == "Energy"


def test_a_value_a_snapshot_set_after_you_is_the_snapshots(book, staged):
    apply(book, staged(ACME))
    book.accounts.update(_one(book, "Acme").id, sector="Utilities")
    second = staged(ACME, day=DAY + timedelta(days=7))
    with second.pages() as pages:
        pages.decide(None, take=True)
    apply(book, second)
    third = staged(ACME.replace("Energy", "Power"), day=DAY + timedelta(days=14))
    assert third.conflicts == 0


def test_an_edit_made_while_you_decide_is_not_overwritten(book, staged):
    apply(book, staged(ACME))
    later = staged(ACME.replace("Energy", "Power"), day=DAY + timedelta(days=7))
    book.accounts.update(_one(book, "Acme").id, sector="Utilities")
    apply(book, later)
    assert _one(book, "Acme").sector == "Utilities"


def test_an_empty_cell_keeps_the_value(book, staged):
    apply(book, staged(ACME))
    apply(book, staged(ACME.replace("Energy", ""), day=DAY + timedelta(days=7)))
    assert _one(book, "Acme").sector == "Energy"


def test_a_full_snapshot_marks_what_it_lacks_and_a_partial_one_never(book, staged):
    apply(book, staged(ACME, APEX))
    apply(book, staged(ACME, day=DAY + timedelta(days=7)))
    assert _one(book, "Apex").missing_since is None
    full = staged(ACME, day=DAY + timedelta(days=14), scope="full")
    with full.pages() as pages:
        assert [name for _, name in pages.missing()] == ["Apex"]
    apply(book, full)
    assert _one(book, "Apex").missing_since == DAY + timedelta(days=14)
    apply(book, staged(ACME, APEX, day=DAY + timedelta(days=21)))
    assert _one(book, "Apex").missing_since is None


def test_an_older_snapshot_changes_nothing_the_book_knows(book, staged):
    apply(book, staged(ACME.replace("Energy", "Power"), day=DAY + timedelta(days=7)))
    apply(book, staged(ACME, APEX, day=DAY))
    assert _one(book, "Acme").sector == "Power"
    assert _one(book, "Apex").sector == "Retail"


def test_short_and_long_ids_are_the_same_account(book, staged):
    apply(book, staged(ACME))
    short = staged(ACME.replace("001Nq00000J1MpfIAF", "001Nq00000J1Mpf"))
    assert short.counts["account"] == {"new": 0, "changed": 0, "same": 1, "absent": 0}


def test_ids_that_differ_in_case_are_two_accounts(book, staged):
    apply(book, staged("001Nq00000J1Mpf,One,,,,", "001Nq00000J1MpF,Two,,,,"))
    assert sorted(a.name for a in book.accounts.all()) == ["One", "Two"]


def test_an_account_you_typed_in_is_found_by_its_web_domain(book, staged):
    mine = book.accounts.add(Account(AccountId(""), "ACME Inc", domain="acme.test"))
    later = staged(ACME)
    with later.pages() as pages:
        assert pages.matched() == {"domain": 1}
    apply(book, later)
    assert [a.id for a in book.accounts.all()] == [mine.id]
    assert book.accounts.get(mine.id).arr.value == Money(100000, "EUR")
    assert book.accounts.get(mine.id).name == "ACME Inc"


def test_a_merged_account_stays_merged(book, staged):
    apply(book, staged(ACME, APEX))
    keep, other = _one(book, "Acme"), _one(book, "Apex")
    book.accounts.merge(keep.id, other.id)
    apply(book, staged(ACME, APEX, day=DAY + timedelta(days=7)))
    assert [a.name for a in book.accounts.all()] == ["Acme"]


def test_the_same_id_twice_counts_once_and_is_reported(book, staged):
    found = staged(ACME, ACME.replace("Energy", "Power"))
    with found.pages() as pages:
        (reported,) = pages.quarantined()
    assert reported.reason == "The same id stands again in row 3, taken instead."
    apply(book, found)
    assert _one(book, "Acme").sector == "Power"


def test_a_record_marked_as_deleted_is_left_out(book, write, bring_in):
    staged = bring_in(
        write(
            "Account.csv",
            "Id,IsDeleted,Name",
            "001Nq00000J1MpfIAF,true,Acme",
            "001Nq00000J1MpeIAF,false,Apex",
        )
    )
    assert [a.name for a in book.accounts.all()] == ["Apex"]
    assert staged.notes == ("1 account marked as deleted left out.",)


def test_undoing_an_import_brings_changed_values_back(book, staged):
    apply(book, staged(ACME))
    book.accounts.update(_one(book, "Acme").id, city="Oslo")
    apply(book, staged(ACME.replace("Energy", "Power"), APEX, day=DAY + timedelta(days=7)))
    book.undo()
    assert [(a.name, a.sector, a.city) for a in book.accounts.all()] == [("Acme", "Energy", "Oslo")]
    book.redo()
    assert _one(book, "Acme").sector == "Power"
    assert len(book.accounts.all()) == 2


def test_a_person_you_typed_in_is_found_by_e_mail(book, write, staged, bring_in):
    apply(book, staged(ACME))
    account = _one(book, "Acme")
    mine = book.people.add(Person("", account.id, "Jo", email="Jo@acme.test"))
    bring_in(
        write(
            "Contact.csv",
            "Id,AccountId,LastName,Email,Title",
            "003Nq00000MXh2CIAT,001Nq00000J1Mpf,Jones,jo@ACME.test,CFO",
        )
    )
    (person,) = book.people.of(account.id)
    assert person.id == mine.id
    assert person.title == "CFO"


def test_other_sources_do_not_share_ids(book, write, bring_in):
    path = write("accounts.csv", "account_id,account_name", "1,Acme")
    bring_in(path, source="Billing")
    path = write("accounts.csv", "account_id,account_name", "1,Zenith")
    bring_in(path, source="Support")
    assert sorted(a.name for a in book.accounts.all()) == ["Acme", "Zenith"]


_names = st.sampled_from(["Acme", "Łódź Works", "O'Neil, Inc", 'He said "no"', "=1+1", "B\u00e9la"])
_rows = st.dictionaries(
    st.integers(0, 6),
    st.tuples(_names, st.sampled_from(["Energy", "Retail", "NA"]), st.integers(0, 10**9)),
    min_size=1,
)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=_rows, second=_rows)
def test_applying_the_difference_reaches_the_target(tmp_path_factory, new_book, first, second):
    import csv

    folder = tmp_path_factory.mktemp("diff")
    path = folder / "accounts.csv"
    with new_book(folder / "my.csbook") as book:
        for number, rows in enumerate((first, second)):
            with path.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow(("account_id", "account_name", "industry", "arr"))
                for key, (name, sector, arr) in rows.items():
                    writer.writerow((f"A-{key}", name, sector, arr))
            found = stage([path], book.path, Options(as_of=DAY + timedelta(days=number)))
            apply(book, found)
            found.discard()
        wanted = (first | second).values()
        target = sorted(((n, s, a * 100) for n, s, a in wanted))
        there = book.accounts.all()
        assert sorted((a.name, a.sector, a.arr.value.minor) for a in there) == target


def test_a_write_outside_a_change_is_refused_after_an_import_as_before(book, staged):
    guards = "select name, sql from temp.sqlite_master where type = 'trigger' order by name"
    book.set_settings(BookSettings("Mine"))
    before = book.connection.execute(guards).fetchall()
    apply(book, staged(ACME, APEX))
    assert book.connection.execute(guards).fetchall() == before
    with pytest.raises(sqlite3.IntegrityError, match="outside a change"):
        book.connection.execute("delete from account")
    with pytest.raises(sqlite3.IntegrityError, match="outside a change"):
        book.connection.execute("insert into account (id, name, name_key) values ('x', 'X', 'x')")


def test_a_file_of_one_row_brings_its_account(book, staged):
    apply(book, staged(ACME))
    assert _one(book, "Acme").arr.value == Money(100000, "EUR")
