"""Splitting an account in two and merging two: what goes where, and back again."""

from datetime import date

import pytest

from csplanner.book.account_parts import REFS, parts_of
from csplanner.book.check import check
from csplanner.crm.importing import Options, apply, stage
from csplanner.domain.account import Account, AccountId, Opportunity
from csplanner.domain.person import Person, Role, Seat
from csplanner.errors import UserError
from tests.book.digest import digest

DAY = date(2026, 3, 1)


@pytest.fixture
def north(book):
    """An account with two people who hold roles, one of whom reports to the other, and deals."""
    account = book.accounts.add(Account(AccountId("a1"), "Acme"))
    boss = book.people.add(Person("p1", account.id, "Ada"))
    book.people.add(Person("p2", account.id, "Bo", reports_to=boss.id))
    for number, person in enumerate(("p1", "p2")):
        book.seats.add(Seat(f"s{number}", account.id, Role.CHAMPION, person))
    book.seats.update("s0", person_id="p2")
    for number in (1, 2):
        book.opportunities.add(Opportunity(f"o{number}", account.id, f"Deal {number}"))
    return account


def test_what_hangs_on_a_person_goes_along_and_no_link_reaches_across(book, north):
    new, moved = book.accounts.split("a1", "Acme Norway", {"person": ["p2"], "opportunity": ["o2"]})
    assert [o.name for o in book.opportunities.of(new.id)] == ["Deal 2"]
    assert [p.reports_to for p in book.people.of(new.id)] == [None]
    assert {s.id for s in book.seats.of(new.id)} == {"s0", "s1"}
    assert moved == {"opportunity": 1, "person": 1, "seat": 2}
    assert [p.name for p in book.people.of("a1")] == ["Ada"]
    assert check(book) == []


def test_a_split_is_one_step_that_undo_takes_back_whole(book, north):
    before = digest(book)
    book.accounts.split("a1", "Acme Norway", {"person": ["p2"], "opportunity": ["o1"]})
    after = digest(book)
    book.undo()
    assert digest(book) == before
    book.redo()
    assert digest(book) == after


@pytest.mark.parametrize(("name", "rows"), [("", {"person": ["p1"]}), ("New", {"person": []})])
def test_a_split_without_a_name_or_anything_to_go_is_refused(book, north, name, rows):
    with pytest.raises(UserError):
        book.accounts.split("a1", name, rows)
    assert len(book.accounts.all()) == 1


def test_the_next_snapshot_follows_the_ids_that_went(book, write_file):
    accounts = write_file("accounts.csv", "account_id,account_name", "A-1,Acme", "A-2,Acme Norway")
    deals = write_file("deals.csv", "opportunity_id,account_id,opportunity_name,stage,close_date",
                       "D-1,A-1,One,Open,2026-06-30", "D-2,A-2,Two,Open,2026-06-30")  # fmt: skip
    bring(book, DAY, accounts, deals)
    acme, norway = (book.accounts.only(name).id for name in ("Acme", "Acme Norway"))
    book.accounts.merge(acme, norway)
    assert len(book.opportunities.of(acme)) == 2
    (ref,) = [r for r, _, ext in book.accounts.refs(acme) if ext == "A-2"]
    new, _ = book.accounts.split(acme, "Norway", {}, [ref])
    bring(book, date(2026, 3, 8), accounts, deals)
    assert [o.name for o in book.opportunities.of(new.id)] == ["Two"]
    assert [o.name for o in book.opportunities.of(acme)] == ["One"]
    assert {a.name for a in book.accounts.all()} == {"Acme", "Norway"}


def test_a_record_you_put_elsewhere_stays_there(book, write_file):
    accounts = write_file("accounts.csv", "account_id,account_name", "A-1,Acme")
    deals = write_file("deals.csv", "opportunity_id,account_id,opportunity_name,stage,close_date",
                       "D-1,A-1,One,Open,2026-06-30")  # fmt: skip
    bring(book, DAY, accounts, deals)
    acme = book.accounts.only("Acme").id
    (deal,) = book.opportunities.of(acme)
    new, _ = book.accounts.split(acme, "Norway", {"opportunity": [deal.id]})
    bring(book, date(2026, 3, 8), accounts, deals)
    assert [o.id for o in book.opportunities.of(new.id)] == [deal.id]


def test_everything_an_account_holds_can_be_chosen(book, north):
    listed = {part.table: [title for _, title in part.rows] for part in parts_of(book, "a1")}
    assert listed == {"person": ["Ada", "Bo"], "opportunity": ["Deal 1", "Deal 2"]}
    assert REFS not in listed


def test_merging_moves_all_and_doubles_no_tag(book, north):
    book.accounts.add(Account(AccountId("a2"), "Acme"))
    for account in ("a1", "a2"):
        book.tags.add(account, "vip")
    before = digest(book)
    book.accounts.merge("a2", "a1")
    assert len(book.people.of("a2")) == 2
    assert list(book.tags.of("a2")) == ["vip"]
    assert check(book) == []
    book.undo()
    assert digest(book) == before


@pytest.fixture
def write_file(tmp_path):
    """Writes lines as a file and returns its path."""

    def run(name, *lines):
        path = tmp_path / name
        path.write_text("\n".join((*lines, "")), encoding="utf-8")
        return path

    return run


def bring(book, day, *paths):
    """Stage and apply files."""
    staged = stage(paths, book.path, Options(as_of=day))
    apply(book, staged)
    staged.discard()
