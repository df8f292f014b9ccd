"""Several roles of one person: a further one beside the first, and yeses said of the right one."""

from csplanner.book.book import Book
from csplanner.book.map_roles import ALSO
from csplanner.domain.account import Account, AccountId
from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.person import Person, Role, Seat
from csplanner.domain.value import fact

A = AccountId("a1")
YES = {"has_power": True, "sells_for_us": True, "has_interest": True}


def seats(book: Book) -> dict[Role, Seat]:
    return {s.role: s for s in book.seats.of(A)}


def test_a_role_comes_beside_or_in_place_and_yeses_are_the_champions(book: Book) -> None:
    book.accounts.add(Account(A, "Northwind"))
    book.people.add(Person("joel", A, "Joel"))
    book.seats.add(Seat("s1", A, Role.DECIDES, "joel"))
    judge = book.map_edit.judge_all
    judge(A, "p:joel", {"role": Role.CHAMPION, **YES}, Evidence(), seat=ALSO)
    assert set(seats(book)) == {Role.DECIDES, Role.CHAMPION}
    assert not seats(book)[Role.DECIDES].has_power
    assert seats(book)[Role.CHAMPION].has_power
    card = book.relation_map.read(A).by_key()["p:joel"]
    assert (card.roles, card.unproven) == ((Role.DECIDES, Role.CHAMPION), False)

    # One refused makes a coach of the champion, and leaves who decides alone.
    judge(A, "p:joel", {"role": Role.COACH, "has_interest": False}, Evidence())
    assert set(seats(book)) == {Role.DECIDES, Role.COACH}
    judge(A, "p:joel", {"has_interest": True}, Evidence())
    assert seats(book)[Role.COACH].has_interest

    judge(A, "p:joel", {"role": Role.BUYER}, Evidence(), seat="s1")
    assert set(seats(book)) == {Role.BUYER, Role.COACH}
    # What they are already is not doubled, and nobody keeps "no role" beside a role.
    judge(A, "p:joel", {"role": Role.COACH}, Evidence(), seat=ALSO)
    assert len(book.seats.of(A)) == 2
    while book.can_undo and "Judge" in book.can_undo.label:
        book.undo()
    assert set(seats(book)) == {Role.DECIDES}


def test_a_first_role_takes_the_place_of_none(book: Book) -> None:
    book.accounts.add(Account(A, "Northwind"))
    book.people.add(Person("kim", A, "Kim"))
    book.map_edit.judge(A, "p:kim", "influence", 3, Evidence())
    assert set(seats(book)) == {Role.MEMBER}
    book.map_edit.judge_all(A, "p:kim", {"role": Role.USER}, Evidence(), seat=ALSO)
    assert set(seats(book)) == {Role.USER}


def test_the_newest_judgement_stays_whichever_role_is_given_up(book: Book) -> None:
    _add_kim(book)
    judge, told = book.map_edit.judge_all, Evidence(EvidenceKind.TOLD, note="Said no twice")
    judge(A, "p:kim", {"role": Role.CHAMPION, "influence": 4, "mood": 1, **YES}, Evidence())
    judge(A, "p:kim", {"role": Role.SPONSOR}, Evidence(), seat=ALSO)
    judge(A, "p:kim", {"influence": 2}, told)
    (sponsor,) = (s for s in book.seats.of(A) if s.role is Role.SPONSOR)
    book.seats.remove(sponsor.id)
    kim = book.relation_map.read(A).by_key()["p:kim"]
    assert (kim.influence.value, kim.influence.note, kim.mood.value) == (2, "Said no twice", 1)


def test_a_role_is_given_up_without_naming_its_seat(book: Book) -> None:
    _add_kim(book)
    judge = book.map_edit.judge_all
    book.seats.add(Seat("team", A, Role.MEMBER, "kim"))
    judge(A, "p:kim", {"mood": -1}, Evidence())
    book.seats.add(Seat("pays", A, Role.BUYER, "kim", influence=fact(3)))
    judge(A, "p:kim", {"role": None}, Evidence())
    kim = book.relation_map.read(A).by_key()["p:kim"]
    assert [s.role for s in kim.seats] == [Role.MEMBER]
    assert (kim.influence.value, kim.mood.value) == (3, -1)


def _add_kim(book: Book) -> None:
    book.accounts.add(Account(A, "Northwind"))
    book.people.add(Person("kim", A, "Kim"))
