"""What stands below the strip of sixteen weeks: reviews planned and scorecards waited for."""

from collections import Counter
from datetime import date, timedelta

from csplanner.book.book import Book
from csplanner.domain.line_channels import CHANNELS
from csplanner.domain.line_words import plain_words
from csplanner.domain.scorecard import Scorecard
from csplanner.domain.touch import Channel
from csplanner.domain.wording import one_line
from csplanner.language import tr
from csplanner.paint.timeline import StripNote

_DAYS = 112
_MOST = 12
_REVIEWS = tuple(words.split() for words, kind in CHANNELS.items() if kind is Channel.QBR)


def below_strip(book: Book, as_of: date) -> tuple[StripNote, ...]:
    """The reviews among what is planned, and the scorecards that have not come back."""
    end = as_of + timedelta(days=_DAYS)
    notes = [
        StripNote(task.due, _review_label(book, task.account_id))
        for task in book.tasks.open(end)
        if task.due is not None and task.due >= as_of and is_review(task.title)
    ]
    waited = Counter(
        due
        for card in book.scorecards.all()
        if card.returned_on is None and (due := card_due(card)) and as_of <= due <= end
    )
    for due, count in waited.items():
        quarter = (due.month + 2) // 3
        words = tr("Q{0} card due") if count == 1 else tr("Q{0} cards due")
        notes.append(StripNote(due, words.format(quarter), filled=False))
    return tuple(sorted(notes, key=lambda note: note.on)[:_MOST])


def is_review(title: str) -> bool:
    """Whether a task or meeting of that title is a QBR, by its words."""
    plain = title.casefold()
    if not any(words[-1] in plain for words in _REVIEWS):
        return False  # cheap, for thousands of tasks
    said = list(plain_words(title))
    return any(said[at : at + len(words)] == words for words in _REVIEWS for at in range(len(said)))


def card_due(card: Scorecard) -> date | None:
    """The end of the quarter of a scorecard such as `2026-Q1`, None of any other name."""
    year, _, quarter = card.quarter.partition("-Q")
    if not (year.isdecimal() and quarter in ("1", "2", "3", "4")):
        return None
    month = 3 * int(quarter)
    return date(int(year) + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _review_label(book: Book, account_id: str | None) -> str:
    if account_id is None:
        return tr("QBR")
    name = one_line(book.accounts.get(account_id).name)
    return tr("QBR {0}").format(name.split()[0] if name else "")
