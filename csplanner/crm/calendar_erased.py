"""Keeps people who were erased from coming back by the title of a meeting."""

import re
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
_AROUND = ".,:;()[]<>\"“”„'’!?+&"
_APART = re.compile(r"[-–—/_|]")
_ADDRESS = re.compile(r"[^\s@<>()\[\]:;,\"]+@[^\s@<>()\[\]:;,\"]*[^\s@<>()\[\]:;,\".!?]")


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
        gone = self._named(words, tuple(account_ids)) | self._addresses(words)
        gone |= self._guests(words, meeting)
        if not gone:
            return meeting
        kept = " ".join(word.text for word in words_of_line(meeting.title)
                        if word.start not in gone)  # fmt: skip
        title = kept.strip(" ,;:+&-–—/|()") or tr("Meeting")
        return replace(meeting, title=title)

    def known_by(self, email: str) -> bool:
        """Whether that address is one of somebody erased."""
        return bool(self._listed) and self._listed.holds(key_of_email(email))

    def _named(self, words: list[Word], account_ids: tuple[str, ...]) -> set[int]:
        """The places of the words that are the whole name of somebody erased, however ordered:
        `Ada Moss`, `Moss, Ada`, `Ada-Moss`.
        """
        bare = [(at, w.text.strip(_AROUND)) for at, w in enumerate(words)]
        whole = [(at, text) for at, text in bare if text]
        split = [(at, piece) for at, text in whole for piece in _APART.split(text) if piece]
        gone: set[int] = set()
        for pieces in (whole, split) if split != whole else (whole,):
            for count in range(_MOST_WORDS, 1, -1):
                for at in range(len(pieces) - count + 1):
                    some = pieces[at : at + count]
                    if self._is_name([text for _, text in some], account_ids):
                        gone |= {w.start for w in words[some[0][0] : some[-1][0] + 1]}
        return gone

    def _is_name(self, said: list[str], account_ids: tuple[str, ...]) -> bool:
        """Whether the words are a name, as they stand or with the family name in front."""
        orders = (said, said[1:] + said[:1], said[-1:] + said[:-1])
        names = dict.fromkeys(" ".join(order) for order in orders)
        return self._listed.holds_any(key_of_name(a, name) for a in account_ids for name in names)

    def _addresses(self, words: list[Word]) -> set[int]:
        """The places of the words that are an address of somebody erased."""
        found = {w.start: _ADDRESS.search(w.text) for w in words if "@" in w.text}
        return {at for at, match in found.items() if match and self.known_by(match[0])}

    def _guests(self, words: list[Word], meeting: Meeting) -> set[int]:
        """The places of the words by which guests are called whose address was erased."""
        gone: set[int] = set()
        for guest in meeting.guests:
            if self.known_by(guest.email):
                called = set(plain_words(guest.name))
                called |= set(plain_words(guest.email.partition("@")[0].replace(".", " ")))
                gone |= {word.start for word in words if word.plain in called}
        return gone
