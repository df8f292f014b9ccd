"""Somebody the CRM moved to another account left the one and came to the other."""

from datetime import date

import pytest

from csplanner.book import as_of
from csplanner.book.check import check
from csplanner.crm.importing import Options, apply, stage
from csplanner.domain.news_words import sentence

TERN, CORVANE = "001Nq00000J1Mpf", "001Nq00000J1Mpe"
DANA = "003Nq00000A1aaa"
FIRST, LATER = date(2026, 3, 1), date(2026, 3, 8)
HEAD = "Id,AccountId,LastName,Title,Email,Contact Role"


@pytest.fixture
def staged(book, write):
    made = []

    def run(account, day=LATER, title="Head of IT", **options):
        files = [
            write("Account.csv", "Id,Name", f"{TERN},Tern", f"{CORVANE},Corvane"),
            write("Contact.csv", HEAD, f"{DANA},{account},Whitfield,{title},,Champion"),
        ]
        made.append(stage(files, book.path, Options(as_of=day, **options)))
        return made[-1]

    yield run
    for found in made:
        found.discard()


def people(book):
    return book.connection.execute(
        "select a.name, p.status, p.left_on, p.title from person p join account a "
        "on a.id = p.account_id order by a.name"
    ).fetchall()


def seats(book):
    return book.connection.execute(
        "select a.name, s.role, p.account_id = s.account_id from seat s join account a "
        "on a.id = s.account_id join person p on p.id = s.person_id order by a.name"
    ).fetchall()


def test_who_moved_has_left_and_stands_at_the_new_account_from_then_on(book, staged):
    apply(book, staged(TERN, day=FIRST))
    found = staged(CORVANE, title="CIO")
    with found.pages() as pages:
        told = {c.field: (c.account, c.was, c.becomes, c.how) for c in pages.fields()}
    assert told["account_id"] == ("Tern", "Tern", "Corvane", "moved")
    snapshot = apply(book, found)
    assert people(book) == [
        ("Corvane", "active", None, "CIO"),
        ("Tern", "left", "2026-03-08", "Head of IT"),
    ]
    assert seats(book) == [("Corvane", "champion", 1), ("Tern", "champion", 1)]
    news = book.connection.execute(
        "select n.kind, a.name from news n join account a on a.id = n.account_id "
        "where n.snapshot_id = ? order by 1",
        (snapshot.id,),
    ).fetchall()
    assert news == [("joined", "Corvane"), ("left", "Tern")]
    assert check(book) == []
    # The same again changes nothing, nor does a later day.
    assert apply(book, staged(CORVANE, title="CIO")) is None
    again = staged(CORVANE, title="CIO", day=date(2026, 3, 15))
    assert not again.is_new


def test_kept_they_stay_and_take_no_role_elsewhere(book, staged):
    apply(book, staged(TERN, day=FIRST))
    found = staged(CORVANE, title="CIO")
    with found.pages() as pages:
        pages.decide([c.id for c in pages.fields() if c.field == "account_id"], take=False)
    apply(book, found)
    assert people(book) == [("Tern", "active", None, "CIO")]
    assert seats(book) == [("Tern", "champion", 1)]
    with staged(CORVANE, title="CIO").pages() as pages:
        assert [c.field for c in pages.fields()] == ["account_id"]


def test_who_moves_back_is_who_they_were(book, staged):
    apply(book, staged(TERN, day=FIRST))
    apply(book, staged(CORVANE))
    apply(book, staged(TERN, day=date(2026, 3, 15)))
    assert people(book) == [
        ("Corvane", "left", "2026-03-15", "Head of IT"),
        ("Tern", "active", None, "Head of IT"),
    ]
    assert check(book) == []
    assert not staged(TERN, day=date(2026, 3, 22)).is_new


def test_an_undone_move_leaves_them_where_they_were(book, staged):
    apply(book, staged(TERN, day=FIRST))
    apply(book, staged(CORVANE))
    book.undo()
    assert people(book) == [("Tern", "active", None, "Head of IT")]
    with staged(CORVANE).pages() as pages:
        assert [c.field for c in pages.fields()] == ["account_id"]


def test_as_of_a_day_before_they_are_where_they_were(book, staged):
    apply(book, staged(TERN, day=FIRST))
    apply(book, staged(CORVANE))
    past = as_of.look_here(book.path, FIRST, today=date(2026, 3, 12))
    try:
        with past.open() as shown:
            assert people(shown) == [("Tern", "active", None, "Head of IT")]
            assert seats(shown) == [("Tern", "champion", 1)]
    finally:
        past.close()


def test_who_moved_is_told_so_at_both_accounts(book, staged):
    apply(book, staged(TERN, day=FIRST))
    apply(book, staged(CORVANE))
    lines = book.news.of(book.news.latest().id)
    assert {sentence(told, LATER) for told in lines} >= {
        "Whitfield, champion at Tern, has moved to Corvane",
        "Whitfield, champion at Corvane, is new, from Tern",
    }
    tern = book.accounts.only("Tern").id
    book.today = date(2026, 3, 12)
    (proposal,) = book.map_proposals.of(tern)
    assert proposal.headline == "Snapshot of 8 Mar: Whitfield moved to Corvane."
