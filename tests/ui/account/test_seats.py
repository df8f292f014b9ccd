"""Seats apart from people: vacant ones with who held them, and how what is judged is known."""

from datetime import date

import pytest

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId
from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.index import FileIndex
from csplanner.domain.person import Person, PersonStatus, Role, Seat
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.domain.value import fact
from csplanner.ui import veil
from csplanner.ui.account.evidence import pulse_evidence
from csplanner.ui.account.people_rows import people_rows, without_vacated
from csplanner.ui.account.said import background, judged_note
from csplanner.ui.account.seat_rows import vacancy_rows

TODAY = date(2026, 3, 12)


@pytest.fixture
def acme(tmp_path) -> Book:
    """An account whose champion Dana may leave."""
    with Book.create(tmp_path / "acme.csbook", today=TODAY) as book:
        book.accounts.add(Account(AccountId("a"), "Acme"))
        book.people.add(Person("dana", AccountId("a"), "Dana Kovač"))
        book.people.add(Person("mira", AccountId("a"), "Mira Sund"))
        book.seats.add(Seat("s", AccountId("a"), Role.CHAMPION, "dana", influence=fact(2)))
        yield book


def index_of(book):
    return FileIndex(book.accounts.file("a"), TODAY)


def test_a_departure_leaves_a_vacant_seat_that_says_who_was_there(acme):
    acme.people.update("dana", status=PersonStatus.LEFT, left_on=date(2026, 3, 3))
    index = index_of(acme)
    (row,) = vacancy_rows(index, background(acme, index))
    assert (row.role, row.was, row.level) == ("Champion", "was Dana Kovač until 3 Mar", 1)
    people = without_vacated(people_rows(index), [row])
    assert [p.name for p in people] == ["Mira Sund"]


def test_the_seat_of_a_user_is_not_missed(acme):
    acme.seats.update("s", role=Role.USER)
    acme.people.update("dana", status=PersonStatus.LEFT)
    index = index_of(acme)
    assert not vacancy_rows(index, background(acme, index))


def test_a_filled_seat_names_its_predecessors(acme):
    acme.people.update("dana", status=PersonStatus.LEFT, left_on=date(2026, 3, 3))
    acme.seats.fill("s", "mira")
    index = index_of(acme)
    behind = background(acme, index)
    assert not vacancy_rows(index, behind)
    mira = people_rows(index, behind)[0]
    assert mira.name == "Mira Sund"
    assert mira.hover == "Before: Dana Kovač until 3 Mar, left"


def test_influence_says_from_whom_it_is_known_and_what_it_was(acme):
    told = Evidence(EvidenceKind.TOLD, by="Dana’s assistant")
    acme.seats.update("s", influence=fact(4), on_evidence=told)
    acme.seats.update("s", mood=fact(-1))
    index = index_of(acme)
    dana = people_rows(index, background(acme, index))[0]
    assert dana.hover.splitlines() == [
        "Influence 4, told by Dana’s assistant, 12 Mar; was 2",
        "Mood doubtful, set by you, 12 Mar",
    ]
    veil.veil().turn(on=True)
    try:
        hidden = people_rows(index, background(acme, index))[0].hover
    finally:
        veil.veil().turn(on=False)
    assert hidden.splitlines()[0] == "Influence •••, told by Dana’s assistant, 12 Mar; was •••"


def test_the_evidence_of_a_sentiment_says_how_it_is_known(acme):
    pulse = acme.pulses.add(Pulse("", AccountId("a"), TODAY, Sentiment.UNEASY, "Quiet"))
    guess = Evidence(EvidenceKind.GUESSED, note="tone")
    acme.pulses.update(pulse.id, sentiment=Sentiment.UNEASY, on_evidence=guess)
    index = index_of(acme)
    (line,) = pulse_evidence(index, background(acme, index)).lines
    assert line.source == "12 Mar · guessed, 12 Mar, “tone”"


def test_the_head_says_how_criticality_is_known(acme):
    acme.accounts.update("a", criticality=fact(2), on_evidence=Evidence(EvidenceKind.OBSERVED))
    note = judged_note(background(acme, index_of(acme)), "a", TODAY)
    assert note == "How critical we are, 0 to 3: 2, observed, 12 Mar"
