"""Keeps people who were erased from coming back by the title of a meeting."""

from collections.abc import Iterable
from dataclasses import replace

from csplanner.book.book import Book
from csplanner.book.suppress import Suppressed, key_of_email, key_of_name, suppressed
from csplanner.crm.calendar_file import Meeting
from csplanner.domain.line_words import Word, plain_words, words_of_line
from csplanner.language import tr

_MOST_WORDS = 4
_LONGEST = 40
"""Words of a title that are looked at."""


class Erased:
    """Knows by their hashes who was erased, and shortens titles that name them."""

    def __init__(self, book: Book) -> None:
        self._listed: Suppressed = suppressed(book.connection)

    def without(self, meeting: Meeting, account_ids: Iterable[str]) -> Meeting:
        """The meeting without the names of erased people in its title.

        Names are known for the accounts it may be of; of a guest whose address was erased every
        word of their name goes.
        """
        if not self._listed:
            return meeting
        words = words_of_line(meeting.title)[:_LONGEST]
        gone = self._named(words, tuple(account_ids)) | self._guests(words, meeting)
        if not gone:
            return meeting
        kept = " ".join(word.text for word in words_of_line(meeting.title)
                        if word.start not in gone)  # fmt: skip
        title = kept.strip(" ,;:+&-–—/|()") or tr("Meeting")
        return replace(meeting, title=title)

    def _named(self, words: list[Word], account_ids: tuple[str, ...]) -> set[int]:
        """The places of the words that are the whole name of somebody erased."""
        gone: set[int] = set()
        for count in range(_MOST_WORDS, 1, -1):
            for at in range(len(words) - count + 1):
                some = words[at : at + count]
                name = " ".join(word.text.strip(".,:;()") for word in some)
                keys = (key_of_name(account, name) for account in account_ids)
                if self._listed.holds_any(keys):
                    gone |= {word.start for word in some}
        return gone

    def _guests(self, words: list[Word], meeting: Meeting) -> set[int]:
        """The places of the words by which guests are called whose address was erased."""
        gone: set[int] = set()
        for guest in meeting.guests:
            if self._listed.holds(key_of_email(guest.email)):
                called = set(plain_words(guest.name))
                called |= set(plain_words(guest.email.partition("@")[0].replace(".", " ")))
                gone |= {word.start for word in words if word.plain in called}
        return gone
