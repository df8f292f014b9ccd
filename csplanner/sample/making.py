"""Makes the sample book: imports the shipped snapshots in order and records the judgements."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from csplanner.book.book import Book
from csplanner.book.ids import derived_id
from csplanner.book.key import Key
from csplanner.crm import importing
from csplanner.domain.account import AccountId, Regrettable, Tier
from csplanner.domain.attention import Attention, Verdict
from csplanner.domain.measurement import Measurement
from csplanner.domain.measures import EQUIPPED_ITEMS, POTENTIAL_ITEMS
from csplanner.domain.objective import Objective, ObjectiveStatus
from csplanner.domain.person import Person, PersonStatus, Side
from csplanner.domain.placement import Placement
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.domain.settings import BookSettings
from csplanner.domain.touch import TWO_WAY, Channel, Touch
from csplanner.domain.value import Fact
from csplanner.resources import resource
from csplanner.sample.answers import Answers
from csplanner.sample.jotted import Jotted
from csplanner.sample.mapped import Mapped, evidence

STORY_DAY = date(2026, 3, 12)
"""The day the story is told on; its newest snapshot is of the Tuesday before."""
NEWEST = date(2026, 3, 10)
_DATE = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_SOURCE = "Salesforce"
_ASSESSED = "your assessment"
Step = Mapping[str, Any]


def sample_settings() -> BookSettings:
    """Maren's book: 9, 4, 1.5 and 0.3 hours a month by tier, 104 to give."""
    return BookSettings(
        name="Maren’s book",
        csm="Maren Oduya",
        currency="USD",
        hours_a_quarter={
            Tier.HIGH: 27_000, Tier.MEDIUM: 12_000, Tier.LOW: 4_500, Tier.DIGITAL: 900,
        },
        available_a_quarter=312_000,
        overdue_days={Tier.HIGH: 14, Tier.MEDIUM: 21, Tier.LOW: 45, Tier.DIGITAL: 120},
        hours_per="month",
    )  # fmt: skip


def shift_for(today: date) -> timedelta:
    """Whole weeks that bring the newest snapshot to the last Tuesday up to `today`."""
    return timedelta(weeks=(today - NEWEST).days // 7)


def shifted(text: str, by: timedelta) -> str:
    """`text` with every ISO date in it moved."""
    if not by:
        return text
    return _DATE.sub(lambda m: (date.fromisoformat(m[0]) + by).isoformat(), text)


def make_sample_book(
    path: Path, *, today: date, shift: bool = True, key: Key | None = None
) -> Book:
    """A new book at `path` with the sample's story, open and judged as of `today`.

    With `shift` every date moves by whole weeks so that the newest snapshot is at most six days
    old; without, the story stays where it was told; with a `key` the
    book is encrypted. Raises UserError when the file is there.
    """
    by = shift_for(today) if shift else timedelta()
    book = Book.create(path, sample_settings(), today=today, key=key)
    book.backs_up = False
    try:
        recorder = _Recorder(book, by)
        for snapshot in sorted(p for p in resource("sample").iterdir() if p.is_dir()):
            _tell(recorder, snapshot)
        book.today = today
        book.refresh()
        recorder.record_until(date.max)
    except BaseException:
        book.close()
        path.unlink(missing_ok=True)
        raise
    book.backs_up = True
    return book


def _tell(recorder: "_Recorder", snapshot: Path) -> None:
    """One snapshot on its day, what was recorded until then, and the readings of that day."""
    book, by = recorder.book, recorder.by
    day = date.fromisoformat(snapshot.name) + by
    book.today = day
    with _moved(snapshot, by) as files:
        _import(book, files, day)
    book.derived.waits = True  # for the refresh of all accounts, which comes in any case
    recorder.record_until(day)
    book.derived.waits = False
    book.refresh()


@contextmanager
def _moved(snapshot: Path, by: timedelta) -> Iterator[Path]:
    """The snapshot's folder, or a copy of it with moved dates."""
    if not by:
        yield snapshot
        return
    with TemporaryDirectory(prefix="csplanner-sample-") as folder:
        copy = Path(folder) / (date.fromisoformat(snapshot.name) + by).isoformat()
        copy.mkdir()
        for file in sorted(snapshot.iterdir()):
            text = shifted(file.read_text(encoding="utf-8"), by)
            (copy / file.name).write_text(text, encoding="utf-8")
        yield copy


def _import(book: Book, folder: Path, day: date) -> None:
    """Import a folder as a user would, as a partial snapshot of that day."""
    options = importing.Options(source=_SOURCE, as_of=day, scope="partial", today=day)
    staged = importing.stage([folder], book.path, options)
    try:
        importing.apply(book, staged)
    finally:
        staged.discard()


class _Recorder:
    """Writes recorded judgements into the book through its verbs, one change for each entry."""

    def __init__(self, book: Book, by: timedelta) -> None:
        self.book = book
        self.by = by
        text = (resource("sample") / "judgements.json").read_text(encoding="utf-8")
        self._entries: list[Step] = json.loads(shifted(text, by))
        self._told = 0
        self._accounts: dict[str, AccountId] = {}
        self._key = ""
        self._steps: dict[str, Callable[[Any, Step], None]] = {
            "answers": self._answers,
            "measure": self._measure,
            "place": self._place,
            "objective": self._objective,
            "figure": self._figure,
            "agree": self._agree,
            "pulse": self._pulse,
            "touch": self._touch,
            "seat": self._seat,
            "left": self._left,
            "ours": self._ours,
            "next_step": self._next_step,
            "pin": self._pin,
            "regrettable": self._regrettable,
            "verdict": self._verdict,
        }
        answers, jotted, mapped = Answers(book), Jotted(book), Mapped(book)
        for name, record in (
            ("rating", answers.rating), ("again", answers.again), ("promise", answers.promise),
            ("care", answers.care), ("value_promised", answers.value_promised),
            ("note", jotted.note), ("task", jotted.task), ("called", mapped.called),
            ("stance", mapped.stance), ("yeses", mapped.yeses), ("vacant", mapped.vacant),
            ("line", mapped.line), ("attended", mapped.attended), ("outsider", mapped.outsider),
            ("further_map", mapped.further_map),
        ):  # fmt: skip
            self._steps[name] = partial(self._answered, record)

    def record_until(self, day: date) -> None:
        """Record the entries up to a day, each as one change."""
        while self._told < len(self._entries):
            entry = self._entries[self._told]
            if entry["on"] > day.isoformat():
                break
            with self.book.change(entry["label"]):
                for at, step in enumerate(entry["do"]):
                    # Ids follow from the place, so that every sample book is the same.
                    self._key = f"{self._told}.{at}"
                    account = self._account(step["account"]) if step["account"] else None
                    self._steps[step["op"]](account, step)
            self._told += 1

    def _account(self, name: str) -> AccountId:
        if name not in self._accounts:
            self._accounts[name] = self.book.accounts.find(name)[0].id
        return self._accounts[name]

    def _id(self, *more: str) -> str:
        return derived_id("sample", self._key, *more)

    def _answered(
        self, record: Callable[[Any, Step, str], None], account: AccountId | None, step: Step
    ) -> None:
        record(account, step, self._id())

    def _answers(self, account: AccountId, step: Step) -> None:
        for kind, items in (("equipped", EQUIPPED_ITEMS), ("potential", POTENTIAL_ITEMS)):
            for measure, answer in zip(items, step[kind], strict=True):
                if answer is not None:
                    self._keep(account, measure, answer * 1000, step)

    def _measure(self, account: AccountId, step: Step) -> None:
        self._keep(account, step["measure"], step["value"], step)

    def _keep(self, account: AccountId, measure: str, value: int, step: Step) -> None:
        self.book.measurements.add(
            Measurement(
                self._id(measure), account, measure, Fact(value), date.fromisoformat(step["on"]),
                source=_ASSESSED, note=step.get("note", ""),
            )
        )  # fmt: skip

    def _place(self, account: AccountId, step: Step) -> None:
        _, judged = self.book.derived.judge(account)
        review = step.get("review_on")
        self.book.placements.add(
            Placement(
                self._id(), account, date.fromisoformat(step["on"]), Tier(step["tier"]),
                step.get("reason", ""), judged.choice.rule,
                None if review is None else date.fromisoformat(review),
            )
        )  # fmt: skip

    def _objective(self, account: AccountId, step: Step) -> None:
        self.book.objectives.add(
            Objective(
                _objective_id(account, step), account, step["title"], step["unit"],
                Fact(step["baseline"]), target=Fact(step["target"]),
                due=date.fromisoformat(step["due"]), owner=step["owner"],
                agreed_on=date.fromisoformat(step["agreed_on"]), status=ObjectiveStatus.AGREED,
            )
        )  # fmt: skip

    def _figure(self, account: AccountId, step: Step) -> None:
        self.book.objectives.update(
            _objective_id(account, step),
            actual=Fact(step["actual"]),
            actual_on=date.fromisoformat(step["on"]),
            actual_source=step["source"],
        )

    def _agree(self, account: AccountId, step: Step) -> None:
        agreed = date.fromisoformat(step["on"])
        self.book.objectives.update(_objective_id(account, step), agreed_on=agreed)

    def _pulse(self, account: AccountId, step: Step) -> None:
        self.book.pulses.add(
            Pulse(
                self._id(), account, date.fromisoformat(step["on"]), Sentiment(step["sentiment"]),
                step.get("because", ""),
            )
        )  # fmt: skip

    def _touch(self, account: AccountId, step: Step) -> None:
        channel = Channel(step["channel"])
        people = tuple(self._person(account, name) for name in step["people"])
        self.book.touches.add(
            Touch(
                self._id(), account, date.fromisoformat(step["on"]), channel, step["topic"],
                step["note"], step["minutes"], channel in TWO_WAY, Fact(True), people,
            )
        )  # fmt: skip

    def _person(self, account: AccountId, name: str) -> str:
        return next(p.id for p in self.book.people.of(account) if p.name == name)

    def _seat(self, account: AccountId, step: Step) -> None:
        person = self._person(account, step["person"])
        seat = next(s for s in self.book.seats.of(account) if s.person_id == person)
        known: dict[str, Any] = {"influence": Fact(step["influence"])}
        if "mood" in step:
            known["mood"] = Fact(step["mood"])
        if "since" in step:
            known["since"] = date.fromisoformat(step["since"])
        self.book.seats.update(seat.id, on_evidence=evidence(step), **known)

    def _left(self, account: AccountId, step: Step) -> None:
        self.book.people.update(
            self._person(account, step["person"]),
            status=PersonStatus.LEFT,
            left_on=date.fromisoformat(step["on"]),
        )

    def _ours(self, account: AccountId, step: Step) -> None:
        person = Person(
            self._id(), account, step["name"], Side.OURS, step["title"], function=step["title"]
        )
        self.book.people.add(person)

    def _next_step(self, account: AccountId, step: Step) -> None:
        due = date.fromisoformat(step["due"])
        self.book.accounts.update(account, next_step=step["text"], next_step_due=due)

    def _pin(self, account: AccountId, step: Step) -> None:
        del step
        self.book.accounts.pin(account, pinned=True)

    def _regrettable(self, account: AccountId, step: Step) -> None:
        self.book.accounts.update(account, regrettable=Regrettable(step["value"]))

    def _verdict(self, account: AccountId, step: Step) -> None:
        """Snoozed or finished on Today, as far as the signal is there."""
        _, judged = self.book.derived.judge(account)
        signal = next((s for s in judged.signals if s.kind == step["signal"]), None)
        if signal is None:
            return
        until = step.get("until")
        attention = Attention(
            account, signal.kind, Verdict(step["verdict"]), signal.digest,
            until=None if until is None else date.fromisoformat(until), reason=step["reason"],
        )  # fmt: skip
        self.book.attention.set(attention, "")


def _objective_id(account: AccountId, step: Step) -> str:
    return derived_id("sample", account, step["key"])
