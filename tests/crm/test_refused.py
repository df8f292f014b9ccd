"""New records that are refused while a snapshot is reviewed stay out, with what hangs on them."""

from datetime import date

import pytest

from csplanner.crm.importing import Options, apply, stage

DAY = date(2026, 3, 1)
ACCOUNTS = (
    "Id,Name,ARR__c,CurrencyIsoCode",
    "001Nq00000J1MpfIAF,Acme,1000,EUR",
    "001Nq00000J1MpeIAF,Apex,2000,EUR",
)
CONTACTS = (
    "Id,AccountId,FirstName,LastName,Email,ReportsToId",
    "003Nq00000A1aaa,001Nq00000J1MpfIAF,Ann,Lee,ann@acme.test,",
    "003Nq00000A1bbb,001Nq00000J1MpfIAF,Bob,Ray,bob@acme.test,003Nq00000A1aaa",
    "003Nq00000A1ccc,001Nq00000J1MpeIAF,Cleo,Orr,cleo@apex.test,",
)
CASES = (
    "Id,CaseNumber,AccountId,ContactId,Subject,Status,Priority,CreatedDate,IsClosed",
    "500Nq00000C1aaa,1,001Nq00000J1MpfIAF,003Nq00000A1aaa,Slow,New,High,2026-02-01,false",
    "500Nq00000C1ccc,2,001Nq00000J1MpeIAF,003Nq00000A1ccc,Down,New,High,2026-02-02,false",
)


@pytest.fixture
def staged(book, write):
    made = []

    def run(day=DAY):
        files = [
            write("Account.csv", *ACCOUNTS),
            write("Contact.csv", *CONTACTS),
            write("Case.csv", *CASES),
        ]
        made.append(stage(files, book.path, Options(as_of=day)))
        return made[-1]

    yield run
    for found in made:
        found.discard()


def _all(book, table):
    return {n for (n,) in book.connection.execute(f"select {table[1]} from {table[0]}")}


def _held(book):
    return (
        _all(book, ("account", "name")),
        _all(book, ("person", "name")),
        _all(book, ("support_case", "subject")),
    )


def _id_of(pages, object_, title):
    return next(r.row_id for r in pages.new(object_) if r.title == title)


def test_a_refused_account_stays_out_with_all_that_hangs_on_it_and_is_offered_again(book, staged):
    found = staged()
    with found.pages() as pages:
        apex = _id_of(pages, "account", "Apex")
        pages.decide_new([apex], take=False)
        assert [r.title for r in pages.new("account") if not r.take] == ["Apex"]
        assert [r.title for r in pages.new("person") if not r.take] == ["Cleo Orr"]
        assert pages.new_counts()["person"] == (3, 2)
        assert pages.new_arr() == [("EUR", 100000)]
    snapshot = apply(book, found)
    assert _held(book) == ({"Acme"}, {"Ann Lee", "Bob Ray"}, {"Slow"})
    assert snapshot.counts["account new"] == 1
    assert not _all(book, ("external_ref", "external_id")) & {"001Nq00000J1MpeIAF"}

    again = staged()
    with again.pages() as pages:
        assert [r.title for r in pages.new("account")] == ["Apex"]
        assert not pages.new("account")[0].take
        assert pages.new_count(taken=True) == 0
    assert apply(book, again) is None
    third = staged()
    with third.pages() as pages:
        pages.decide_new([apex], take=True)
    apply(book, third)
    assert _held(book) == ({"Acme", "Apex"}, {"Ann Lee", "Bob Ray", "Cleo Orr"}, {"Slow", "Down"})


def test_taken_again_an_account_brings_its_own_back_but_not_who_was_refused_alone(book, staged):
    found = staged()
    with found.pages() as pages:
        acme = _id_of(pages, "account", "Acme")
        pages.decide_new([_id_of(pages, "person", "Ann Lee")], take=False)
        pages.decide_new(take=False, object_="account", account_id=acme)
        assert pages.new_count(taken=False) == 4
        pages.decide_new(take=True, object_="account")
        assert pages.new_count(taken=False) == 1
    apply(book, found)
    accounts, people, cases = _held(book)
    assert people == {"Bob Ray", "Cleo Orr"}
    assert (len(accounts), len(cases)) == (2, 2)
    # Nobody who stayed out is named.
    assert book.connection.execute(
        "select count(*) from person where reports_to is not null"
    ).fetchone() == (0,)
    assert book.connection.execute(
        "select count(*) from support_case where person_id is not null"
    ).fetchone() == (1,)


def test_all_of_a_kind_or_of_an_account_can_be_refused_and_staged_again_stays_so(book, staged):
    found = staged()
    with found.pages() as pages:
        pages.decide_new(take=False, object_="case")
        pages.decide_new(take=False, account_id=_id_of(pages, "account", "Apex"))
        made = pages.decisions()
    again = staged()
    with again.pages() as pages:
        pages.decide_again(made)
        assert {k: n[1] for k, n in pages.new_counts().items()} == {
            "account": 1, "person": 2, "case": 0
        }  # fmt: skip
    before = book.connection.execute("select count(*) from change").fetchone()
    apply(book, again)
    assert _held(book) == ({"Acme"}, {"Ann Lee", "Bob Ray"}, set())
    assert book.connection.execute("select count(*) from change").fetchone()[0] == before[0] + 1
