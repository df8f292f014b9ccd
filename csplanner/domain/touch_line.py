"""A touch in one typed line: `call Dana 20m renewal pricing tomorrow !send deck fri`.

What is read is returned with its place in the text, so that a form can show it before it is kept.
Nothing is guessed: a name that may mean several comes back with all of them.
"""

from dataclasses import dataclass, replace
from datetime import date

from csplanner.domain.account import AccountId
from csplanner.domain.line_names import Known
from csplanner.domain.line_reader import Reader
from csplanner.domain.line_tasks import Followup, parted
from csplanner.domain.line_words import PartKind
from csplanner.domain.task import Task, TaskKind
from csplanner.domain.touch import TWO_WAY, Channel, Touch

__all__ = ["Followup", "Part", "PartKind", "TouchLine", "Unclear", "parse_touch"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the line, from `start` up to `end`, and what it was read as."""

    kind: PartKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unclear:
    """A name that may mean several: `ids` of people or of accounts, by its kind."""

    kind: PartKind
    start: int
    end: int
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TouchLine:
    """What a line says. What was not said is empty, the day today, the channel `other`."""

    text: str
    on: date
    channel: Channel = Channel.OTHER
    account_id: str | None = None
    person_ids: tuple[str, ...] = ()
    minutes: int | None = None
    at: str = ""
    topic: str = ""
    is_planned: bool = False
    """Whether it lies ahead: a task to be in touch, no touch yet."""
    followups: tuple[Followup, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    doubtful: tuple[Part, ...] = ()
    """Written as a day or a length, but none there is: part of the topic as it stands."""
    parts: tuple[Part, ...] = ()
    """In the order of the text, without gaps but for blanks and without overlap."""

    @property
    def two_way(self) -> bool:
        """Whether both sides spoke, by the channel."""
        return self.channel in TWO_WAY

    def words_of(self, kind: PartKind) -> tuple[str, ...]:
        """The pieces of the text that were read as `kind`."""
        return tuple(self.text[p.start : p.end] for p in self.parts if p.kind is kind)

    def touch(self, account_id: str) -> Touch:
        """The touch to keep, of a line that is not planned."""
        return Touch(
            "", AccountId(account_id), self.on, self.channel, self.topic,
            minutes=self.minutes, two_way=self.two_way, person_ids=self.person_ids,
        )  # fmt: skip

    def planned(self, account_id: str, title: str = "") -> Task:
        """The task to keep of a line that is planned; `title` where the line names nobody."""
        kind = TaskKind.MEETING if self.channel in _MEETINGS and self.at else TaskKind.TOUCH
        return Task(
            "", AccountId(account_id), title or self.title, kind, self.on, self.at, self.minutes,
            person_id=self.person_ids[0] if self.person_ids else None,
        )  # fmt: skip

    @property
    def title(self) -> str:
        """What a planned touch is called: `Call Dana: renewal pricing`."""
        said = {PartKind.CHANNEL, PartKind.PERSON, PartKind.ACCOUNT}
        named = " ".join(self.text[p.start : p.end].strip(" ,:") for p in self.parts
                         if p.kind in said)  # fmt: skip
        title = ": ".join(filter(None, (named, self.topic))) or self.text.strip()
        return title[:1].upper() + title[1:]

    def tasks(self, account_id: str, touch_id: str | None = None) -> tuple[Task, ...]:
        """The tasks to keep beside the touch."""
        return tuple(
            Task("", AccountId(account_id), f.title, TaskKind.TASK, f.due, touch_id=touch_id)
            for f in self.followups
        )


_MEETINGS = frozenset({Channel.MEETING, Channel.QBR, Channel.VISIT})


def parse_touch(
    text: str, today: date, known: Known, *, account_id: str | None = None
) -> TouchLine:
    """What the line says, `account_id` being the account it is typed at, if any.

    Never raises. Days without a year or week lie behind, those of follow-ups ahead.
    """
    end, markers, followups = parted(text, today)
    reader = Reader(text[:end], today, known, account_id)
    reader.run()
    parts = [Part(PartKind(kind), a, b) for kind, a, b in (*reader.parts, *markers)]
    on = reader.day or today
    line = TouchLine(
        text, on, reader.channel or Channel.OTHER, reader.account, reader.people(),
        reader.minutes, reader.time, reader.topic(), on > today, followups,
        tuple(Unclear(PartKind(kind), a, b, ids) for kind, a, b, ids in reader.unclear()),
        tuple(Part(kind, a, b) for kind, a, b in reader.doubtful()),
    )  # fmt: skip
    return replace(line, parts=tuple(sorted(parts, key=lambda p: p.start)))
