"""What Today says of doubled names, of an old snapshot, and below the strip."""

from datetime import date, timedelta

from PySide6.QtCore import QRectF

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId, ContractTerm
from csplanner.domain.scorecard import Scorecard
from csplanner.domain.task import Task, TaskKind
from csplanner.paint.timeline import Strip, StripNote, lay_out_notes
from csplanner.ui.today import rows
from csplanner.ui.today.below import below_strip, is_review


def test_reviews_and_cards_waited_for_stand_below_the_strip(small_book, today):
    day = timedelta(days=1)
    for task in (
        Task("", "a1", "QBR with the board", TaskKind.MEETING, today + 20 * day),
        Task("", "a2", "Business review", TaskKind.TOUCH, today + 40 * day),
        Task("", "a2", "Send the deck", due=today + 4 * day),
        Task("", "a1", "QBR far away", due=today + 200 * day),
    ):
        small_book.tasks.add(task)
    small_book.scorecards.add(Scorecard("", AccountId("a1"), "2026-Q1"))
    small_book.scorecards.add(Scorecard("", AccountId("a2"), "2026-Q1", returned_on=today))
    found = below_strip(small_book, today)
    assert [(note.label, note.filled) for note in found] == [
        ("Q1 card due", False), ("QBR Tidewater", True), ("QBR Merrow", True),
    ]  # fmt: skip
    assert not is_review("Equal rights")


def test_notes_below_the_strip_do_not_cover_each_other(qapp):
    start = date(2026, 3, 12)
    notes = [StripNote(start + timedelta(days=n), "QBR Somewhere long") for n in (1, 2, 60)]
    placed = lay_out_notes(Strip(start, notes=notes), QRectF(0, 0, 800, 120))
    assert [bool(words) for _, words in placed] == [True, False, True]


def test_an_account_imported_twice_is_listed_once_with_the_sentence(book: Book, today):
    for number in (1, 2):
        name = "Twin  Works" if number > 1 else "twin works"
        book.accounts.add(Account(AccountId(f"t{number}"), name))
        end = today + timedelta(days=20)
        book.terms.add(ContractTerm("", AccountId(f"t{number}"), end, today - timedelta(days=340)))
    book.refresh()
    found = book.derived.today(whole=True)
    assert [entry.twins for entry in found.entries] == [1]
    (row,) = [line for line in rows.list_rows(found) if isinstance(line, rows.Row)]
    assert row.why.startswith("2 accounts bear this name and are listed once")


def test_an_old_book_judged_as_of_today_says_why(today):
    old = today - timedelta(days=90)
    assert "the snapshot is from 12 Dec" in rows.moved_note(today, today, old)
    assert rows.moved_note(today, today, today - timedelta(days=9)) == ""
    assert rows.moved_note(today, old, old) == ""
