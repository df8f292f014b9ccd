"""A newer figure of a measure the account already has is a change one takes or refuses."""

from datetime import date

import pytest

from csplanner.crm.importing import Options, apply, stage

HEAD = "Account ID,Account Name,NPS"
FIRST, LATER = date(2026, 3, 1), date(2026, 3, 8)


@pytest.fixture
def staged(book, write):
    made = []

    def run(*lines, day, head=HEAD):
        options = Options(as_of=day, source="Surveys")
        made.append(stage([write("NPS.csv", head, *lines)], book.path, options))
        return made[-1]

    yield run
    for found in made:
        found.discard()


def figures(book):
    return book.connection.execute(
        "select a.name, m.value / 1000, m.as_of from measurement m join account a "
        "on a.id = m.account_id order by a.name, m.as_of"
    ).fetchall()


@pytest.fixture
def known(book, staged, bring_in, write):
    accounts = write("Account.csv", "Id,Name", "A1,Acme", "B1,Beta", "C1,Cora")
    bring_in(accounts, source="Surveys", as_of=FIRST)
    apply(book, staged("A1,Acme,31", "B1,Beta,7", day=FIRST))
    assert figures(book) == [("Acme", 31, "2026-03-01"), ("Beta", 7, "2026-03-01")]


def test_a_newer_figure_is_a_change_with_both_days_and_can_be_refused(book, known, staged):
    found = staged("A1,Acme,34", "B1,Beta,7", day=LATER)
    assert found.counts["measurement"] == {"new": 0, "changed": 1, "same": 0, "more": 1}
    with found.pages() as pages:
        (change,) = pages.fields()
        assert (change.account, change.was, change.becomes) == ("Acme", "31000", "34000")
        assert (change.how, change.day_before, change.day) == (
            "figure", "2026-03-01", "2026-03-08"
        )  # fmt: skip
        assert change.take
        assert pages.new("measurement") == []
        pages.decide([change.id], take=False)
    apply(book, found)
    assert figures(book)[0] == ("Acme", 31, "2026-03-01")
    # What says the same as before is kept with its day.
    assert figures(book)[1:] == [("Beta", 7, "2026-03-01"), ("Beta", 7, "2026-03-08")]
    again = staged("A1,Acme,34", "B1,Beta,7", day=LATER)
    with again.pages() as pages:
        assert [(c.becomes, c.take) for c in pages.fields()] == [("34000", False)]
        pages.decide(None, take=True)
    apply(book, again)
    assert figures(book)[:2] == [("Acme", 31, "2026-03-01"), ("Acme", 34, "2026-03-08")]
    assert apply(book, staged("A1,Acme,34", "B1,Beta,7", day=LATER)) is None
    # Each stands beside the other: the past needs no history of its own.
    assert not book.connection.execute("select * from field_history").fetchall()


def test_of_many_days_the_newest_is_the_change_and_the_others_follow(book, known, staged):
    head = "Account ID,Account Name,Date,NPS"
    lines = [f"A1,Acme,2026-03-0{day},{30 + day}" for day in range(2, 8)]
    found = staged(*lines, "C1,Cora,2026-03-02,5", day=LATER, head=head)
    assert found.counts["measurement"] == {"new": 1, "changed": 1, "same": 0, "more": 5}
    with found.pages() as pages:
        (change,) = pages.fields()
        assert (change.becomes, change.day) == ("37000", "2026-03-07")
        pages.decide(None, take=False)
    apply(book, found)
    assert [f for f in figures(book) if f[0] == "Acme"] == [("Acme", 31, "2026-03-01")]
    again = staged(*lines, day=LATER, head=head)
    with again.pages() as pages:
        pages.decide(None, take=True)
    apply(book, again)
    assert len([f for f in figures(book) if f[0] == "Acme"]) == 7


def test_an_older_file_adds_to_the_past_and_changes_nothing(book, known, staged):
    older = staged("A1,Acme,20", day=date(2026, 2, 1))
    with older.pages() as pages:
        assert pages.fields() == []
    assert older.is_new
    apply(book, older)
    assert figures(book)[:2] == [("Acme", 20, "2026-02-01"), ("Acme", 31, "2026-03-01")]


def test_a_figure_that_file_after_file_leaves_out_is_kept_and_said(book, write, bring_in):
    def accounts(day, *seats):
        names = ("Acme", "Beta")
        lines = [f"{n[0]}1,{n},{s}" for n, s in zip(names, seats, strict=True)]
        path = write("Account.csv", "Id,Name,Monthly Active Users", *lines)
        return stage([path], book.path, Options(as_of=day, source="Surveys"))

    def listed(found):
        with found.pages() as pages:
            return [(c.account, c.reason, c.times, c.take) for c in pages.fields() if c.times]

    for week, day in enumerate((FIRST, LATER, date(2026, 3, 15))):
        found = accounts(day, "212" if week == 0 else "", str(40 + week))
        said = [("Acme", "2nd file without a value.", 2, False)]
        assert listed(found) == (said if week == 2 else [])
        apply(book, found)
        found.discard()
    assert [f[1:] for f in figures(book) if f[0] == "Acme"] == [(212, "2026-03-01")]
    last = accounts(date(2026, 3, 22), "", "43")
    assert listed(last) == [("Acme", "3rd file without a value.", 3, False)]
    with last.pages() as pages:
        pages.decide([c.id for c in pages.fields() if c.times], take=True)
    apply(book, last)
    last.discard()
    assert [f[1:] for f in figures(book) if f[0] == "Acme"] == [
        (212, "2026-03-01"), (None, "2026-03-22")
    ]  # fmt: skip
    # It is said once, and the same files again say nothing.
    for day in (date(2026, 3, 22), date(2026, 3, 29)):
        again = accounts(day, "", "43")
        assert listed(again) == []
        again.discard()
