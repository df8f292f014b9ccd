"""Reads the touch of a typed line from both ends: what is left in the middle is its topic."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from csplanner.domain.line_channels import ANYWHERE, CHANNELS, MOST_CHANNEL_WORDS
from csplanner.domain.line_days import MOST_WORDS as MOST_DAY_WORDS
from csplanner.domain.line_days import Days, is_too_long, read_length, read_time
from csplanner.domain.line_names import MOST_WORDS as MOST_NAME_WORDS
from csplanner.domain.line_names import Known
from csplanner.domain.line_words import PartKind, set_of, words_of_line

if TYPE_CHECKING:
    from csplanner.domain.touch import Channel

_WITH = set_of("with mit w/ w")
_TO_NAMES = _WITH | set_of("to an from von at bei @ + & , ; and und for fur")
_TO_DAYS = set_of("on am vom for fur by , ; -")
_TO_TOPIC = set_of("re about regarding concerning wegen betreff betr uber topic thema - –")


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name in the line: the words from `start` up to `end`, and whom they may mean."""

    kind: PartKind
    start: int
    end: int
    ids: tuple[str, ...]


class Reader:
    """What one line says; `run` reads it."""

    def __init__(self, text: str, today: date, known: Known, account_id: str | None) -> None:
        self._text = text
        self._words = words_of_line(text)
        self._kinds: list[tuple[PartKind, int] | None] = [None] * len(self._words)
        self._known = known
        self._days = Days(today)
        self._typed_at = account_id
        self._mentions: list[_Mention] = []
        self._doubtful: list[tuple[PartKind, int, int]] = []
        self.channel: Channel | None = None
        self.minutes: int | None = None
        self.time = ""
        self.day: date | None = None
        self.account: str | None = None

    def run(self) -> None:
        """Read the line: from its start as far as it goes, then from its end."""
        at, count = 0, len(self._words)
        is_text = False
        while at < count and not is_text and (taken := self._take(at) or self._pass_name(at)):
            at += taken
            is_text = self._words[at - 1].ends_head
        if at < count and not is_text and self._words[at].plain in _TO_TOPIC:
            is_text = self._words[at].ends_head
            self._mark(PartKind.JOIN, at, at + 1)
            at += 1
        if not is_text:
            self._take_from_end(at)
            self._take_company(at)
            self._take_channel_within(at)
        self._settle_account()

    @property
    def parts(self) -> Iterator[tuple[PartKind, int, int]]:
        """Every part with its place; neighbouring words of one kind and origin are one part."""
        places = range(len(self._words))
        for kind, group in groupby(places, key=lambda i: self._kinds[i] or (PartKind.TOPIC, -1)):
            run = list(group)
            yield kind[0], self._words[run[0]].start, self._words[run[-1]].end

    def topic(self) -> str:
        """What is left, with single blanks."""
        pieces = (self._text[a:b].strip(" ,;:") for kind, a, b in self.parts
                  if kind is PartKind.TOPIC)  # fmt: skip
        return " ".join(" ".join(pieces).split())

    def people(self) -> tuple[str, ...]:
        """The people who are clearly meant."""
        clear = (self._meant(m) for m in self._of(PartKind.PERSON))
        return tuple(dict.fromkeys(ids[0] for ids in clear if len(ids) == 1))

    def unclear(self) -> Iterator[tuple[PartKind, int, int, tuple[str, ...]]]:
        """The names that may mean several, or somebody elsewhere, with all of them."""
        for mention in self._mentions:
            ids = self._meant(mention)
            if len(ids) != 1:
                words = self._words
                yield (
                    mention.kind,
                    words[mention.start].start,
                    words[mention.end - 1].end,
                    (ids or mention.ids),
                )

    def doubtful(self) -> Iterator[tuple[PartKind, int, int]]:
        """What stands where a day or a length does and is written as one, but is none."""
        seen = 0
        for kind, start, end in sorted(self._doubtful, key=lambda d: (d[1], -d[2])):
            if start >= seen and not any(self._kinds[start:end]):
                seen = end
                yield kind, self._words[start].start, self._words[end - 1].end

    # --- from the start ---

    def _take(self, at: int) -> int:
        """How many words from there on are read, 0 when none is."""
        return (
            self._take_channel(at)
            or self._take_when(at)
            or self._take_joined(at)
            or (self._take_name(at, joined=False))
        )

    def _pass_name(self, at: int) -> int:
        """A name nobody in the book has, and the length or day behind it: it stays in the topic.

        `call Dana 20m renewal` is 20 minutes, whether Dana is known or not.
        """
        for end in range(at + 1, min(at + MOST_NAME_WORDS, len(self._words) - 1) + 1):
            last = self._words[end - 1]
            if self.channel is None or last.ends_head or not last.text[:1].isupper():
                return 0
            if taken := self._take_when(end):
                return end - at + taken
        return 0

    def _take_channel(self, at: int) -> int:
        for count in range(min(MOST_CHANNEL_WORDS, len(self._words) - at), 0, -1):
            channel = CHANNELS.get(" ".join(w.plain for w in self._words[at : at + count]))
            if channel is not None and self.channel is None:
                self.channel = channel
                return self._mark(PartKind.CHANNEL, at, at + count)
        return 0

    def _take_when(self, at: int) -> int:
        """A length, a time or a day, the longest that these words say."""
        most = min(MOST_DAY_WORDS, len(self._words) - at)
        return next((n for n in range(most, 0, -1) if self._take_exactly(at, at + n)), 0)

    def _take_exactly(self, start: int, end: int) -> int:
        """The same of just these words."""
        words = self._words[start:end]
        if any(w.ends_head for w in words[:-1]):
            return 0
        if self.minutes is None and (minutes := read_length(words)):
            self.minutes = minutes
            return self._mark(PartKind.MINUTES, start, end)
        if not self.time and (time := read_time(words)):
            self.time = time
            return self._mark(PartKind.TIME, start, end)
        if self.day is None and (day := self._days.read(words)):
            self.day = day
            return self._mark(PartKind.DAY, start, end)
        if self._days.names_none(words):
            self._doubtful.append((PartKind.DAY, start, end))
        elif is_too_long(words):
            self._doubtful.append((PartKind.MINUTES, start, end))
        return 0

    def _take_joined(self, at: int) -> int:
        """A word that joins, with the name or day behind it; a lone comma."""
        word, after = self._words[at].plain, at + 1
        if self._words[at].ends_head:
            return 0
        taken = 0
        if after < len(self._words):
            if word in _TO_NAMES:
                taken = self._take_name(after, joined=True)
            if not taken and word in _TO_DAYS:
                taken = self._take_when(after)
        if taken or word in (",", ";"):
            self._mark(PartKind.JOIN, at, after)
            return taken + 1
        return 0

    def _take_name(self, at: int, *, joined: bool) -> int:
        """A person, or the account; a second person only after a word that joins."""
        may_be_person = joined or not self._of(PartKind.PERSON)
        may_be_account = not self._of(PartKind.ACCOUNT)
        is_short = self._typed_at is None and (joined or self._words[at].text[:1].isupper())
        for count in range(min(MOST_NAME_WORDS, len(self._words) - at), 0, -1):
            words = self._words[at : at + count]
            if any(w.ends_head for w in words[:-1]):
                continue
            ids = self._known.people_called(words) if may_be_person else ()
            kind = PartKind.PERSON if ids else PartKind.ACCOUNT
            if not ids and may_be_account:
                ids = self._known.accounts_called(words, also_short=is_short)
            if ids:
                self._mentions.append(_Mention(kind, at, at + count, ids))
                return self._mark(kind, at, at + count)
        return 0

    # --- from the end, and in between ---

    def _take_from_end(self, start: int) -> None:
        """Lengths, times and days at the end of the line, with the word that leads to them."""
        end = len(self._words)
        while end > start:
            most = min(MOST_DAY_WORDS, end - start)
            taken = next((n for n in range(most, 0, -1) if self._take_exactly(end - n, end)), 0)
            if not taken:
                return
            end -= taken
            if end > start and self._words[end - 1].plain in _TO_DAYS:
                self._mark(PartKind.JOIN, end - 1, end)
                end -= 1

    def _take_company(self, start: int) -> None:
        """`with Dana and Kim` in the middle."""
        at = start
        while at < len(self._words) - 1:
            joins = _TO_NAMES if self._kinds[at - 1 : at] and self._is_person(at - 1) else _WITH
            free = self._kinds[at] is None and self._kinds[at + 1] is None
            if free and self._words[at].plain in joins and self._take_name(at + 1, joined=True):
                self._mark(PartKind.JOIN, at, at + 1)
            at += 1

    def _is_person(self, at: int) -> bool:
        kind = self._kinds[at]
        return kind is not None and kind[0] is PartKind.PERSON

    def _take_channel_within(self, start: int) -> None:
        if self.channel is not None:
            return
        for at in range(start, len(self._words)):
            if self._kinds[at] is None and self._words[at].plain in ANYWHERE:
                self.channel = CHANNELS[self._words[at].plain]
                self._mark(PartKind.CHANNEL, at, at + 1)
                return

    def _mark(self, kind: PartKind, start: int, end: int) -> int:
        for at in range(start, end):
            self._kinds[at] = (kind, start)
        return end - start

    # --- who is meant ---

    def _of(self, kind: PartKind) -> Sequence[_Mention]:
        return [m for m in self._mentions if m.kind is kind]

    def _settle_account(self) -> None:
        """The account that is named, else the one it is typed at, else that of all people."""
        named = next((m.ids for m in self._of(PartKind.ACCOUNT)), ())
        own = (self._typed_at,) if self._typed_at is not None else ()
        may_be = set(named or own)
        for mention in self._of(PartKind.PERSON):
            theirs = {self._known.account_of[p] for p in mention.ids}
            may_be = (may_be & theirs or may_be) if may_be else theirs
        self.account = next(iter(may_be)) if len(may_be) == 1 else None

    def _meant(self, mention: _Mention) -> tuple[str, ...]:
        of: Callable[[str], str | None] = (
            self._known.account_of.get if mention.kind is PartKind.PERSON else str
        )
        if self.account is None:
            return mention.ids
        return tuple(i for i in mention.ids if of(i) == self.account)
