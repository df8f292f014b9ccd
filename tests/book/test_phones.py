"""Phones are known by their digits, and those written another way are told as perhaps meant."""

from datetime import date

import pytest

from csplanner.book.book import Book
from csplanner.book.erase import erase
from csplanner.book.mentions import ERASED, Mentions, marks_of
from csplanner.domain.account import Account, AccountId, Case
from csplanner.domain.person import Person


@pytest.mark.parametrize(
    ("phone", "written"),
    [
        ("+44 20 7946 0991", "020 7946 0991"),
        ("+44 20 7946 0991", "(020) 7946-0991"),
        ("+44 20 7946 0991", "+44 (0)20 7946 0991"),
        ("+44 20 7946 0991", "0044 20 79460991"),
        ("+44 20 7946 0991", "7946 0991"),
        ("020 7946 0991", "+44 20 7946 0991"),
    ],
)
def test_a_phone_written_another_way_may_be_meant(phone: str, written: str) -> None:
    marks = marks_of([], [], [phone])
    loose = Mentions(m for m in marks if m.is_vague)
    assert loose.erase(f"Call {written}, then wait") == (f"Call {ERASED}, then wait", 1)
    # As the book has it, it is meant for sure, and not counted twice.
    assert loose.count(f"Call {phone}") == 0
    assert Mentions(m for m in marks if not m.is_vague).count(f"Call {phone}") == 1
    assert Mentions(marks).count(f"Call {phone} or {written}") == 2


@pytest.mark.parametrize(
    "text", ["020 7946 0992", "order A79460991", "79460991234", "2026-03-12", "0991"]
)
def test_another_number_is_not_taken_for_theirs(text: str) -> None:
    assert Mentions(marks_of([], [], ["+44 20 7946 0991"])).count(text) == 0


def test_erasing_counts_and_takes_what_may_be_their_phone_when_that_is_said(book: Book) -> None:
    account = book.accounts.add(Account(AccountId(""), "Acme")).id
    for name in ("Petra Xanthos", "Quentin Yarrow"):
        book.people.add(Person("", account, name, phone="+44 20 7946 0991"))
        subject = "Please call 020 7946 0991"
        case = book.cases.add(Case("", account, f"C {name}", subject, opened_on=date(2026, 3, 1)))
        person = next(p for p in book.people.of(account) if p.name == name)
        also = name == "Quentin Yarrow"
        done = erase(book, person.id, also_shared=also)
        assert done.left == (0 if also else 1)
        expected = f"Please call {ERASED}" if also else subject
        assert book.cases.get(case.id).subject == expected
