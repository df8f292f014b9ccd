"""What happened with an account, newest first: every kind of record in one list."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from csplanner.book.history import Change
from csplanner.domain.index import FileIndex, is_open
from csplanner.domain.journey import CHOOSE_AGAIN, is_poor
from csplanner.domain.money import Money
from csplanner.domain.news import NewsKind
from csplanner.domain.news_words import sentence
from csplanner.domain.person import Person
from csplanner.domain.promise import Promise, PromiseState
from csplanner.domain.rating import Rating
from csplanner.domain.touch import Touch
from csplanner.domain.wording import one_line
from csplanner.language import noted, tr
from csplanner.ui import veil
from csplanner.ui.account.event_rows import CHANNEL_ICONS, channel_word
from csplanner.ui.account.journey_rows import answer_words
from csplanner.ui.account.kept import Kept
from csplanner.ui.account.promise_rows import is_late, side_word, state_words
from csplanner.ui.change_words import label_shown
from csplanner.ui.news.rows import mark
from csplanner.ui.notes.rows import plain_line
from csplanner.ui.widgets import format as words
from csplanner.ui.words import amount


class EventKind(StrEnum):
    """What an event is about."""

    TOUCH = "touch"
    PEOPLE = "people"
    CASE = "case"
    RATING = "rating"
    PULSE = "pulse"
    PROMISE = "promise"
    NOTE = "note"
    TASK = "task"
    DEAL = "deal"
    IMPORT = "import"
    FIELD = "field"
    NEWS = "news"


KIND_WORDS = {
    EventKind.TOUCH: noted("Touches"),
    EventKind.PEOPLE: noted("People"),
    EventKind.CASE: noted("Cases"),
    EventKind.RATING: noted("Answers"),
    EventKind.PULSE: noted("Your sentiment"),
    EventKind.PROMISE: noted("Promises"),
    EventKind.NOTE: noted("Notes"),
    EventKind.TASK: noted("Tasks"),
    EventKind.DEAL: noted("Renewals and exits"),
    EventKind.IMPORT: noted("Imports"),
    EventKind.FIELD: noted("Field changes"),
    EventKind.NEWS: noted("CRM"),
}
QUIET = frozenset({EventKind.IMPORT, EventKind.FIELD})
"""Kinds that the short timeline of the overview leaves out."""

_FIELDS = {
    "name": noted("Name"), "sector": noted("Sector"), "city": noted("City"),
    "country": noted("Country"), "owner": noted("Owner"), "segment": noted("Segment"),
    "arr": noted("ARR"), "criticality": noted("How critical we are"),
    "regrettable": noted("Losing them regrettable"), "stage_override": noted("Stage"),
    "customer_since": noted("Customer since"), "first_value_on": noted("First value"),
    "next_step": noted("Next step"), "next_step_due": noted("Next step due"),
    "success": noted("What success is"),
}  # fmt: skip
_NEWS_FIELDS = {NewsKind.ARR: "arr", NewsKind.OWNER: "owner", NewsKind.RENAMED: "name"}
_WRITTEN = frozenset({"next_step", "success"})
_DAYS = frozenset({"customer_since", "first_value_on", "next_step_due"})


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened; `record` is the id of its record, `people` the ids of who it names.

    `title` is the fact, `note` the line below it, `ink` the token of its icon.
    """

    on: date
    kind: EventKind
    icon: str
    title: str
    note: str = ""
    record: str = ""
    people: tuple[str, ...] = ()
    ink: str = "text2"
    news: str = ""
    """The id of the line of news it is."""


def timeline(index: FileIndex, kept: Kept, changes: Sequence[Change] = ()) -> list[Event]:
    """Return everything up to the day of the book, newest first."""
    found = [
        *_news(index, kept), *_touches(index), *_people(index), *_cases(index),
        *_exits(index), *_pulses(index), *_ratings(index, kept.ratings),
        *_promises(index, kept.promises), *_notes(kept), *_tasks(kept),
        *_imports(changes, kept), *_fields(index, kept),
    ]  # fmt: skip
    shown = [e for e in found if e.on <= index.as_of or e.kind in _OWN]
    return sorted(shown, key=lambda e: e.on, reverse=True)


_OWN = QUIET | {EventKind.NEWS, EventKind.NOTE, EventKind.TASK}
"""What you do yourself may be newer than the newest fact of the book."""


def _touches(index: FileIndex) -> Iterable[Event]:
    for touch in index.touches:
        yield _touch(touch, index)


def _touch(touch: Touch, index: FileIndex) -> Event:
    who = [index.people[p].name for p in touch.person_ids if p in index.people]
    title = channel_word(touch.channel)
    if len(who) == 1:
        title = tr("{0} with {1}").format(title, who[0])
    elif who:
        title = tr("{0} with {1} and {2} more").format(title, who[0], words.number(len(who) - 1))
    note = veil.note(one_line(touch.topic or touch.note))
    icon = CHANNEL_ICONS[touch.channel]
    return Event(touch.on, EventKind.TOUCH, icon, title, note, touch.id, touch.person_ids)


def _people(index: FileIndex) -> Iterable[Event]:
    for person in index.file.people:
        if not person.is_theirs:
            continue
        if person.left_on is not None:
            yield _person(person, person.left_on, tr("{0} left", "a person"), "user-x", "risk-ink")
        if person.joined_on is not None:
            yield _person(person, person.joined_on, tr("{0} joined"), "users", "text2")


def _person(person: Person, on: date, said: str, icon: str, ink: str) -> Event:
    title = said.format(one_line(person.name))
    return Event(
        on, EventKind.PEOPLE, icon, title, one_line(person.title), person.id, (person.id,), ink
    )


def _cases(index: FileIndex) -> Iterable[Event]:
    for case in index.file.cases:
        people = (case.person_id,) if case.person_id else ()
        what = tr("Case {0}").format(case.number) if case.number else tr("Case")
        subject = one_line(case.subject)
        # Of one day the closing comes first: the newest stands on top.
        if case.closed_on is not None and case.closed_on <= index.as_of:
            yield Event(
                case.closed_on, EventKind.CASE, "circle-check", tr("{0} closed").format(what),
                subject, case.id, people,
            )  # fmt: skip
        if case.opened_on is not None:
            ink = "watch-ink" if is_open(case, index.as_of) else "text2"
            yield Event(
                case.opened_on, EventKind.CASE, "life-buoy", tr("{0} opened").format(what),
                subject, case.id, people, ink,
            )  # fmt: skip


def _exits(index: FileIndex) -> Iterable[Event]:
    for leaving in index.file.exits:
        verb = tr("They came back") if leaving.is_reactivation else tr("They left")
        cause = veil.note(leaving.cause)
        yield Event(leaving.on, EventKind.DEAL, "log-out", verb, cause, leaving.id, (), "risk-ink")
    for term in index.file.terms:
        if term.outcome_on is not None:
            until = words.day(term.end, index.as_of)
            title = tr("Term to {0}: {1}").format(until, term.outcome.value.replace("_", " "))
            yield Event(term.outcome_on, EventKind.DEAL, "calendar-sync", title, "", term.id)


def _pulses(index: FileIndex) -> Iterable[Event]:
    for pulse in index.file.pulses:
        title = tr("You were {0}").format(veil.judged(pulse.sentiment.word.lower()))
        because = veil.note(one_line(pulse.because))
        yield Event(pulse.on, EventKind.PULSE, "heart-pulse", title, because, pulse.id)


def _ratings(index: FileIndex, ratings: Iterable[Rating]) -> Iterable[Event]:
    for rating in ratings:
        person = index.people.get(rating.person_id or "")
        what = tr("Would choose us again") if rating.touchpoint == CHOOSE_AGAIN else ""
        title = f"{what or tr(rating.touchpoint)}: {answer_words(rating)}"
        told = [one_line(person.name) if person else "", veil.note(one_line(rating.words))]
        note = ": ".join(part for part in told if part)
        ink = "risk-ink" if is_poor(rating) else "text2"
        people = (rating.person_id,) if rating.person_id else ()
        yield Event(
            rating.on, EventKind.RATING, "gauge", title, note, rating.id, people, ink
        )  # fmt: skip
        if rating.closed_on is not None:
            closed = tr("{0}: loop closed").format(tr(rating.touchpoint))
            note = veil.note(one_line(rating.fix))
            yield Event(
                rating.closed_on, EventKind.RATING, "circle-check", closed, note, rating.id, people
            )


def _promises(index: FileIndex, promises: Iterable[Promise]) -> Iterable[Event]:
    for promise in promises:
        who = side_word(promise.side)
        made = promise.made_on or promise.due
        if made is None:
            continue
        late = is_late(promise, index.as_of)
        ink = "risk-ink" if late else "text2"
        state = state_words(promise, index.as_of)
        title = tr("{0} promised: {1}").format(who, veil.note(one_line(promise.what)))
        yield Event(made, EventKind.PROMISE, "handshake", title, state, promise.id, (), ink)
        done = promise.state in (PromiseState.KEPT, PromiseState.LATE)
        if done and promise.kept_on is not None and promise.kept_on != made:
            title = tr("{0} kept: {1}").format(who, veil.note(one_line(promise.what)))
            yield Event(promise.kept_on, EventKind.PROMISE, "check", title, state, promise.id)


def _notes(kept: Kept) -> Iterable[Event]:
    for note in kept.notes:
        lines = (one_line(plain_line(line)) for line in note.text.splitlines())
        first, *rest = [line for line in lines if line] or [tr("Empty")]
        people = (note.person_id,) if note.person_id else ()
        yield Event(
            note.on, EventKind.NOTE, "sticky-note", veil.note(first),
            veil.note(" ".join(rest)), note.id, people,
        )  # fmt: skip


def _tasks(kept: Kept) -> Iterable[Event]:
    for task in kept.tasks:
        people = (task.person_id,) if task.person_id else ()
        if task.done_on is not None:
            title = tr("Done: {0}").format(veil.note(one_line(task.title)))
            note = veil.note(one_line(task.note))
            yield Event(task.done_on, EventKind.TASK, "list-checks", title, note, task.id, people)


def _imports(changes: Iterable[Change], kept: Kept) -> Iterable[Event]:
    for change in changes:
        if change.kind == "import" and change.state == "done":
            done = datetime.fromisoformat(change.at).astimezone().date()
            on = kept.days.get(change.batch or "", done)
            yield Event(on, EventKind.IMPORT, "file-input", label_shown(change), "", str(change.id))


def _news(index: FileIndex, kept: Kept) -> Iterable[Event]:
    for told in kept.news:
        news = told.news
        icon, ink = mark(news)
        words = sentence(told, index.as_of, is_short=True)
        people = (news.row_id,) if news.object == "person" else ()
        record = f"{news.object}/{news.row_id}"
        source = one_line(told.source)
        yield Event(news.on, EventKind.NEWS, icon, words, source, record, people, ink, news.id)


def _fields(index: FileIndex, kept: Kept) -> Iterable[Event]:
    # What a snapshot's news say of a field is not said again.
    said = {(t.news.on, _NEWS_FIELDS.get(t.news.kind)) for t in kept.news}
    for field in kept.fields:
        if field.was == field.became or field.field not in _FIELDS:
            continue
        if (field.as_of, field.field) in said:
            continue
        was, became = (_shown(field.field, text, index) for text in (field.was, field.became))
        title = tr("{0} changed").format(tr(_FIELDS[field.field]))
        note = tr("from {0} to {1}").format(was, became)
        yield Event(field.as_of, EventKind.FIELD, "pencil", title, note, "")


def _shown(name: str, text: str | None, index: FileIndex) -> str:
    """A value of the history as the window writes it; amounts are kept in minor units."""
    if not text:
        return tr("unknown")
    if name == "arr" and text.isdecimal():
        known = index.file.account.arr.value
        return amount(Money(int(text), known.currency)) if known else text
    if name in _DAYS:
        try:
            return words.day(date.fromisoformat(text), index.as_of)
        except ValueError:
            return text
    return veil.note(one_line(text)) if name in _WRITTEN else one_line(text)


@dataclass(frozen=True, slots=True)
class EventFilter:
    """What of the timeline is shown; empty parts let everything pass."""

    kind: str = ""
    person: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None

    def takes(self, event: Event) -> bool:
        """Whether an event is shown; every word of the text has to stand in it."""
        if self.kind and event.kind.value != self.kind:
            return False
        if self.person and self.person not in event.people:
            return False
        if self.since is not None and event.on < self.since:
            return False
        if self.until is not None and event.on > self.until:
            return False
        whole = f"{event.title} {event.note}".casefold()
        return all(word in whole for word in self.text.casefold().split())

    @property
    def is_empty(self) -> bool:
        """Whether everything passes."""
        return self == EventFilter()
