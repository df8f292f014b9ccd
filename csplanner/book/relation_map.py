"""Reads the relationship map of an account, as it is or as it was known on a past day."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from csplanner.domain.account import Tier
from csplanner.domain.account_file import AccountFile
from csplanner.domain.evidence import EvidenceKind, FieldChange
from csplanner.domain.index import running_term
from csplanner.domain.map_ground import MapMaterial
from csplanner.domain.map_model import RelationMap
from csplanner.domain.map_record import MapPlace
from csplanner.domain.news import NewsKind
from csplanner.domain.person import Person, PersonStatus, Seat
from csplanner.domain.tie import Tie

if TYPE_CHECKING:
    from csplanner.book.book import Book
    from csplanner.book.map_then import Before

_TOLD = """select h.row_id, h.field, h.was, h.became, h.as_of, h.source, h.said_by, h.evidence,
    h.note from {table} r join field_history h on h.tbl = '{table}' and h.row_id = r.id
    where r.account_id = ? and h.as_of <= ? order by h.as_of, h.rowid"""

_BY_HAND = """select r.row_id from change_row r join change c on c.id = r.change_id
    where r.account_id = ? and r.tbl = ? and r.before is null and r.after is not null
    and c.kind = 'edit' and c.state = 'done' and substr(c.at, 1, 10) > ?"""
"""Records you made after a day."""


class RelationMaps:
    """The relationship maps of a book's accounts."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def read(self, account_id: str, *, map_id: str = "", day: date | None = None) -> RelationMap:
        """The map of everybody, or the further map `map_id`, as of `day` (the book's when None).

        Raises UserError when the account or the map is no longer there.
        """
        from csplanner.domain.map_build import build

        return build(self.material(account_id, map_id=map_id, day=day))

    def bones(self, account_id: str) -> MapMaterial:
        """Only what tells who stands on the map of everybody, and what is drawn between them."""
        book = self._book
        return MapMaterial(
            account_id,
            book.accounts.get(account_id).name,
            book.as_of(),
            book.people.of(account_id),
            book.seats.of(account_id),
            book.ties.of(account_id),
            places=self._places(account_id, ""),
            csm=book.settings.csm,
            elsewhere=self._elsewhere(account_id, ""),
        )

    def material(
        self, account_id: str, *, map_id: str = "", day: date | None = None
    ) -> MapMaterial:
        """The records that the map is built of, as they were known on the day."""
        from csplanner.book.map_places import need_of
        from csplanner.book.map_then import before_later

        book = self._book
        on = day or book.as_of()
        file = AccountFile(
            book.accounts.get(account_id),
            terms=book.terms.of(account_id),
            people=book.people.of(account_id),
            seats=book.seats.of(account_id),
            touches=book.touches.of(account_id),
        )
        ties = book.ties.of(account_id)
        places, told = self._places(account_id, map_id), self._told(account_id, on)
        if on < book.as_of():
            before = before_later(book, account_id, on)
            file, ties = self._then(file, ties, on, before)
            places = places if map_id else before.places(places)
            told |= before.told(book.connection, on)
        file = self._with_arrivals(file, on)
        term = running_term(file, on)
        return MapMaterial(
            account_id,
            file.account.name,
            on,
            file.people,
            file.seats,
            ties,
            file.touches,
            places,
            need_of(book, account_id, map_id) if map_id else None,
            told,
            book.settings.csm,
            self._tier(account_id, on),
            term.decision_date if term else None,
            self._elsewhere(account_id, map_id),
        )

    def _places(self, account_id: str, map_id: str) -> tuple[MapPlace, ...]:
        wanted = map_id or None
        return tuple(p for p in self._book.map_places.of(account_id) if p.map_id == wanted)

    def _elsewhere(self, account_id: str, map_id: str) -> tuple[MapPlace, ...]:
        """The places on further maps, for the map of everybody."""
        kept = () if map_id else self._book.map_places.of(account_id)
        return tuple(p for p in kept if p.map_id and not p.parked)

    def _tier(self, account_id: str, day: date) -> Tier | None:
        """The newest placement up to the day, else what the rule says now."""
        newest = None
        for placement in self._book.placements.of(account_id):
            if placement.on <= day:
                newest = placement.tier
        if newest is not None:
            return newest
        row = self._book.connection.execute(
            "select rule_tier from overview where account_id = ?", (account_id,)
        ).fetchone()
        return Tier(row[0]) if row and row[0] else None

    def _with_arrivals(self, file: AccountFile, day: date) -> AccountFile:
        """People of whom nobody said since when came with the snapshot that first held them."""
        account_id = file.account.id
        heard = self._book.news.grouped([account_id]).get(account_id, [])
        came = {n.row_id: n.on for n in heard if n.kind is NewsKind.JOINED and n.on <= day}
        said = {s.person_id for s in file.seats if s.since is not None}
        people = (
            replace(p, joined_on=came[p.id])
            if p.joined_on is None and p.id in came and p.id not in said
            else p
            for p in file.people
        )
        return replace(file, people=tuple(people)) if came else file

    def _told(self, account_id: str, day: date) -> dict[tuple[str, str], FieldChange]:
        """The newest entry of each judged field of people and seats."""
        found: dict[tuple[str, str], FieldChange] = {}
        for table in ("person", "seat"):
            rows = self._book.connection.execute(
                _TOLD.format(table=table), (account_id, day.isoformat())
            )
            for row_id, name, was, became, as_of, source, by, kind, note in rows:
                on = date.fromisoformat(as_of)
                found[row_id, name] = FieldChange(
                    name, was, became, on, source, by, EvidenceKind(kind), note
                )
        return found

    # --- a past day ---

    def _then(
        self, file: AccountFile, ties: tuple[Tie, ...], day: date, before: "Before"
    ) -> tuple[AccountFile, tuple[Tie, ...]]:
        """The records as they were known: of what you made later only what names an older day, and
        with what you removed since.
        """
        from csplanner.book.as_known import as_known, brought_later, one_as_known

        ties = before.ties(ties, day)
        people, seats = (*file.people, *before.gone("person")), (*file.seats, *before.gone("seat"))
        unread = brought_later(self._book, "touch", file.account.id, day)
        touches = tuple(t for t in file.touches if t.id not in unread)
        file = replace(file, people=people, seats=seats, touches=touches)
        held = {s.id: s.person_id for s in file.seats}
        then = as_known(self._book, file, day)
        later = {t: self._made_after(file.account.id, t, day) for t in ("person", "seat")}
        kept = tuple(one_as_known(self._book, "tie", t, day, file.people) for t in ties)
        seats = tuple(
            _seat_then(s, day, held[s.id])
            for s in then.seats
            if s.id not in later["seat"] or (s.since is not None and s.since <= day)
        )
        met = {p for t in file.touches if t.on <= day for p in t.person_ids} | _named(seats, kept)
        people = tuple(
            _person_then(before.person(p), day)
            for p in then.people
            if p.id in met or (p.joined_on <= day if p.joined_on else p.id not in later["person"])
        )
        return replace(then, people=people, seats=seats), kept

    def _made_after(self, account_id: str, table: str, day: date) -> frozenset[str]:
        rows = self._book.connection.execute(_BY_HAND, (account_id, table, day.isoformat()))
        return frozenset(row_id for (row_id,) in rows)


def _named(seats: Iterable[Seat], ties: Iterable[Tie]) -> set[str]:
    """Who holds a seat or has a line, so that they were known."""
    ends = [p for t in ties for p in (t.from_person_id, t.to_person_id)]
    return {p for p in (*(s.person_id for s in seats), *ends) if p is not None}


def _seat_then(seat: Seat, day: date, holder: str | None) -> Seat:
    """A seat that its present holder only took later was nobody's, or the one's before them."""
    if seat.since is not None and seat.since > day:
        before = seat.person_id if seat.person_id != holder else None
        return replace(seat, person_id=before, since=None)
    return seat


def _person_then(person: Person, day: date) -> Person:
    """Who left later had not left."""
    if person.left_on is not None and person.left_on > day:
        status = PersonStatus.ACTIVE if person.status is PersonStatus.LEFT else person.status
        person = replace(person, left_on=None, status=status)
    if person.last_activity_on is not None and person.last_activity_on > day:
        person = replace(person, last_activity_on=None)
    return person
