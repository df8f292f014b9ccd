"""What the panel beside the map reads of the book: planned pairs, and what changed on the map."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csplanner.book.book import Book
from csplanner.domain.evidence import EvidenceKind, FieldChange
from csplanner.domain.map_model import LineKind, RelationMap
from csplanner.domain.person import Person, Seat, Side
from csplanner.domain.tie import Tie, TieKind
from csplanner.domain.wording import one_line

_TIES = {
    TieKind.INFLUENCES: LineKind.INFLUENCES,
    TieKind.DOUBTS: LineKind.DOUBTS,
    TieKind.KNOWS: LineKind.TIE,
    TieKind.PAIRED: LineKind.PAIRED,
    TieKind.REPORTS: LineKind.REPORTS,
}


class PastKind(StrEnum):
    """What an event of the map is about."""

    JOINED = "joined"
    LEFT = "left"
    SEAT = "seat"
    """Somebody gave up a seat."""
    FIELD = "field"
    LINE = "line"
    SNAPSHOT = "snapshot"


@dataclass(frozen=True, slots=True)
class Past:
    """One thing that happened on the map; `keys` are the cards it is about."""

    on: date
    kind: PastKind
    keys: tuple[str, ...] = ()
    name: str = ""
    other: str = ""
    """The seat given up, or the other end of a line."""
    field: str = ""
    was: str | None = None
    became: str | None = None
    """The same as `was` where a value was confirmed."""
    evidence: EvidenceKind = EvidenceKind.UNSAID
    said_by: str = ""
    source: str = ""
    note: str = ""
    line: LineKind | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """An executive of ours and one of theirs who are to meet (methods §5.5)."""

    line: str
    """The key of the line between them."""
    ours_name: str
    theirs_name: str
    due: date | None = None
    last: date | None = None
    """The day the two last met."""
    ours_did: str = ""
    they_asked: str = ""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the map, besides its figures."""

    pairs: tuple[Pair, ...] = ()
    past: tuple[Past, ...] = ()
    """Newest first, up to the day of the map."""
    csm: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """People and seats of the account by id, and how the map names them."""

    people: Mapping[str, Person]
    seats: Mapping[str, Seat]
    ours: Mapping[str, str]
    """Keys of ours on the map by person id."""

    def person(self, person_id: str) -> tuple[str, str]:
        """Key and name of somebody."""
        person = self.people.get(person_id)
        key = self.ours.get(person_id, f"p:{person_id}")
        return key, one_line(person.name) if person else ""

    def seat(self, seat_id: str) -> tuple[str, str]:
        """Key and name of who holds a seat, or of the seat."""
        seat = self.seats.get(seat_id)
        if seat is not None and seat.person_id:
            return self.person(seat.person_id)
        return f"s:{seat_id}", one_line(seat.title) if seat else ""


def look_beside(book: Book, seen: RelationMap, whole: RelationMap | None = None) -> Beside:
    """Read the pairs of an account, whose `whole` map is given for a further one, and the past of
    a map: of a further map, that of who stands on it.
    """
    account = seen.account_id
    people = {p.id: p for p in book.people.of(account)}
    seats = {s.id: s for s in book.seats.of(account)}
    ours = {o.person.id: o.key for o in seen.ours if o.person is not None}
    known = _Known(people, seats, ours)
    ties = book.ties.of(account)
    found = (
        *_people(known), *_tenures(book, known, account), *_fields(book, known),
        *_lines(book, known, ties),
    )  # fmt: skip
    on_it = {c.key for c in seen.placed()}
    past = [e for e in found if e.on <= seen.day and (not seen.map_id or on_it & set(e.keys))]
    past += _snapshots(book, past, seen.day)
    past.sort(key=lambda e: e.on, reverse=True)
    return Beside(_pairs(whole or seen, ties), tuple(past), book.settings.csm)


def _pairs(seen: RelationMap, ties: tuple[Tie, ...]) -> tuple[Pair, ...]:
    kept = {t.id: t for t in ties}
    names = {c.key: one_line(c.name) for c in seen.cards}
    names |= {o.key: one_line(o.name) for o in seen.ours}
    met = {(x.start, x.end): x.last for x in seen.of_kind(LineKind.TIE)}
    found = []
    for line in seen.of_kind(LineKind.PAIRED):
        tie = kept.get(line.tie_id or "")
        found.append(
            Pair(
                line.key,
                names.get(line.start, ""),
                names.get(line.end, ""),
                line.due,
                line.last or met.get((line.start, line.end)),
                one_line(tie.ours_did) if tie else "",
                one_line(tie.they_asked) if tie else "",
            )
        )
    return tuple(found)


def _people(known: _Known) -> Iterator[Past]:
    for person in known.people.values():
        if person.side is not Side.THEIRS:
            continue
        key, name = known.person(person.id)
        if person.joined_on is not None:
            yield Past(person.joined_on, PastKind.JOINED, (key,), name, one_line(person.title))
        if person.left_on is not None:
            yield Past(person.left_on, PastKind.LEFT, (key,), name, one_line(person.title))


def _tenures(book: Book, known: _Known, account: str) -> Iterator[Past]:
    for tenure in book.tenures.of(account):
        person = known.people.get(tenure.person_id)
        if tenure.until is None or (person is not None and person.left_on == tenure.until):
            continue
        key, name = known.person(tenure.person_id)
        seat = known.seats.get(tenure.seat_id)
        role = seat.role.value if seat else ""
        yield Past(tenure.until, PastKind.SEAT, (key,), name, field=role, note=one_line(tenure.why))


_SHOWN = {
    "person": frozenset({
        "title", "status", "reports_to", "level", "politics", "adaptability", "orientation",
        "relation_now", "relation_wanted",
    }),
    "seat": frozenset({
        "role", "person_id", "influence", "mood", "has_power", "sells_for_us", "has_interest",
    }),
}  # fmt: skip


def _fields(book: Book, known: _Known) -> Iterator[Past]:
    for table, rows in (("person", known.people), ("seat", known.seats)):
        for row_id in rows:
            if table == "person" and known.people[row_id].side is not Side.THEIRS:
                continue
            key, name = known.person(row_id) if table == "person" else known.seat(row_id)
            for change in book.field_history.of(table, row_id):
                if change.field in _SHOWN[table]:
                    yield _field(change, key, name, known)


def _field(change: FieldChange, key: str, name: str, known: _Known) -> Past:
    was, became = change.was, change.became
    if change.field in ("reports_to", "person_id"):
        was, became = (known.person(v)[1] or v if v else v for v in (was, became))
    return Past(
        change.as_of, PastKind.FIELD, (key,), name, field=change.field, was=was, became=became,
        evidence=change.evidence, said_by=change.said_by, source=change.source, note=change.note,
    )  # fmt: skip


def _lines(book: Book, known: _Known, ties: tuple[Tie, ...]) -> Iterator[Past]:
    for tie in ties:
        start = _end(known, tie.from_person_id, tie.from_seat_id)
        end = _end(known, tie.to_person_id, tie.to_seat_id)
        keys, kind = (start[0], end[0]), _TIES[tie.kind]
        label = one_line(tie.label or tie.evidence)
        if tie.as_of is not None:
            yield Past(tie.as_of, PastKind.LINE, keys, start[1], end[1], note=label, line=kind)
        for change in book.field_history.of("tie", tie.id):
            if change.field in ("strength", "weight", "due") and change.was != change.became:
                yield Past(
                    change.as_of, PastKind.LINE, keys, start[1], end[1], field=change.field,
                    was=change.was, became=change.became, note=change.note, line=kind,
                )  # fmt: skip


def _end(known: _Known, person_id: str | None, seat_id: str | None) -> tuple[str, str]:
    return known.person(person_id) if person_id else known.seat(seat_id or "")


def _snapshots(book: Book, past: list[Past], day: date) -> Iterator[Past]:
    """The snapshots that changed something here, and the newest one in any case."""
    days = {e.on for e in past if e.source not in ("", "csm")}
    found = [s for s in book.snapshots.all() if s.as_of <= day]
    newest = max((s.as_of for s in found), default=None)
    for snapshot in found:
        if snapshot.as_of in days or snapshot.as_of == newest:
            yield Past(snapshot.as_of, PastKind.SNAPSHOT, name=one_line(snapshot.source))
