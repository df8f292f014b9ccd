"""A snapshot that shows somebody gone or new proposes the change of the map, and you decide."""

from datetime import date
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.crm import importing
from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.map_figures import RiskKind
from csplanner.domain.map_proposals import Answer, ProposalKind
from csplanner.domain.map_risks import risks
from csplanner.domain.person import Role, Seat
from csplanner.errors import UserError
from tests.book.digest import digest

ACCOUNTS = "Id,Name\n001A,Northwind\n"
HEAD = "Id,AccountId,FirstName,LastName,Title,ReportsToId,No_Longer_at_Company__c\n"
BEFORE = (
    "003A,001A,Dana,Reed,Head of service,,false\n"
    "003B,001A,Ravi,Shah,Team leader,003A,false\n"
    "003C,001A,Mona,Bauer,Controller,,false\n"
)
AFTER = (
    "003A,001A,Dana,Reed,Head of service,,true\n"
    "003B,001A,Ravi,Shah,Head of service acting,003A,false\n"
    "003C,001A,Mona,Bauer,Controller,,false\n"
    "003D,001A,Iris,Lund,Chief operating officer,,false\n"
)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Two snapshots; Dana champions us and Ravi is in the picture before the second one."""
    made = Book.create(tmp_path / "b.csbook", today=date(2026, 2, 10))
    made.backs_up = False
    _bring(made, tmp_path / "one", BEFORE, date(2026, 2, 10))
    account = made.accounts.find("Northwind")[0].id
    people = {p.name: p.id for p in made.people.of(account)}
    made.seats.add(Seat("s1", account, Role.CHAMPION, people["Dana Reed"]))
    made.seats.add(Seat("s2", account, Role.DAY_TO_DAY, people["Ravi Shah"]))
    made.seats.add(Seat("s3", account, Role.FINANCE, people["Mona Bauer"]))
    made.today = date(2026, 3, 10)
    _bring(made, tmp_path / "two", AFTER, date(2026, 3, 10))
    yield made
    made.close()


def _bring(book: Book, folder: Path, contacts: str, day: date) -> None:
    folder.mkdir()
    (folder / "Account.csv").write_text(ACCOUNTS, encoding="utf-8")
    (folder / "Contact.csv").write_text(HEAD + contacts, encoding="utf-8")
    options = importing.Options(source="Salesforce", as_of=day, scope="partial", today=day)
    staged = importing.stage([folder], book.path, options)
    try:
        importing.apply(book, staged)
    finally:
        staged.discard()


def _found(book: Book):
    account = book.accounts.find("Northwind")[0].id
    return account, {p.kind: p for p in book.map_proposals.of(account)}


def test_a_snapshot_proposes_who_left_who_moved_and_who_came(book):
    _, found = _found(book)
    assert list(found) == [ProposalKind.LEFT, ProposalKind.TITLE, ProposalKind.JOINED]
    left = found[ProposalKind.LEFT]
    assert left.headline == "Snapshot of 10 Mar: Dana Reed left."
    assert [c.words for c in left.choices] == [
        "Keep the seat open: champion", "Give it to Ravi Shah",
    ]  # fmt: skip
    assert "Head of service acting now, no longer Team leader" in found[ProposalKind.TITLE].headline
    assert [c.answer for c in found[ProposalKind.JOINED].choices] == [Answer.ADD, Answer.FILL]


@pytest.mark.parametrize("kind", [ProposalKind.LEFT, ProposalKind.TITLE, ProposalKind.JOINED])
def test_each_answer_is_one_step_and_is_not_asked_again(book, kind):
    account, found = _found(book)
    proposal = found[kind]
    for choice in proposal.choices:
        before = digest(book)
        book.map_proposals.take(account, proposal, choice)
        assert proposal.key not in [p.key for p in book.map_proposals.of(account)]
        book.undo()
        assert digest(book) == before
    book.map_proposals.refuse(account, proposal)
    assert proposal.key not in [p.key for p in book.map_proposals.of(account)]


def test_what_was_answered_cannot_be_answered_again(book):
    account, found = _found(book)
    left = found[ProposalKind.LEFT]
    book.map_proposals.take(account, left, left.choices[0])
    before = digest(book)
    for choice in left.choices:
        with pytest.raises(UserError, match="answered already: Snapshot of 10 Mar: Dana Reed left"):
            book.map_proposals.take(account, left, choice)
    with pytest.raises(UserError, match="answered already"):
        book.map_proposals.refuse(account, left)
    assert digest(book) == before


def test_who_steps_down_stays_on_the_map(book):
    account, found = _found(book)
    moved = found[ProposalKind.TITLE]
    book.map_proposals.take(account, moved, moved.choices[0])
    seen = book.relation_map.read(account)
    assert not seen.by_key()[moved.card].parked
    assert "s:s2" in seen.by_key()


def test_who_steps_down_keeps_what_was_judged_of_them(book):
    account, found = _found(book)
    moved, told = found[ProposalKind.TITLE], Evidence(EvidenceKind.TOLD, note="Runs the rota")
    book.map_edit.judge_all(account, moved.card, {"influence": 4, "mood": -1}, told)
    before = digest(book)
    book.map_proposals.take(account, moved, moved.choices[0])
    seen = next(c for c in book.relation_map.read(account).cards if c.key == moved.card)
    assert (seen.influence.value, seen.influence.note, seen.mood.value) == (4, "Runs the rota", -1)
    assert seen.roles == (Role.MEMBER,)
    assert not book.seats.get("s2").influence.is_known
    book.undo()
    assert digest(book) == before


def test_giving_the_seat_of_who_left_ends_the_finding_about_it(book):
    account, found = _found(book)
    kinds = [s.kind for s in book.derived.judge(account)[1].signals]
    assert "person_left" in kinds
    left = found[ProposalKind.LEFT]
    book.map_proposals.take(account, left, left.choices[1])
    seat = book.seats.get("s1")
    assert book.people.get(seat.person_id).name == "Ravi Shah"
    assert "person_left" not in [s.kind for s in book.derived.judge(account)[1].signals]


def test_who_a_snapshot_brought_to_the_top_is_new_and_not_met(book):
    account, _ = _found(book)
    iris = next(p for p in book.people.of(account) if p.name == "Iris Lund")
    shown = book.relation_map.read(account)
    (found,) = [r for r in risks(shown) if r.kind is RiskKind.NEWCOMER]
    assert found.cards == (f"p:{iris.id}",)
    assert "10 Mar" in found.why
    book.people.update(iris.id, title="Assistant to the chief operating officer")
    shown = book.relation_map.read(account)
    assert RiskKind.NEWCOMER not in {r.kind for r in risks(shown)}
