"""People and seats: who reports to whom, who holds a seat, and who held it before."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from csplanner.book.ids import new_id
from csplanner.book.records import Records, records_of
from csplanner.book.seat_judgements import carry
from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.evidence import Evidence
from csplanner.domain.person import Person, Role, Seat, Side, is_gone
from csplanner.domain.tenure import Tenure, incumbent
from csplanner.domain.value import UNKNOWN
from csplanner.errors import UserError
from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.book.book import Book
    from csplanner.book.map_circles import Ends


class People(Records[Person]):
    """The people of a book. Who leaves stays, and so do the seat and its lines."""

    def __init__(self, book: "Book") -> None:
        super().__init__(book, records_of(Person))

    def add(self, record: Person, label: str = "") -> Person:
        """Keep a person and return what was kept."""
        if record.id == record.reports_to or self._has_below(record.id):
            _refuse_circle(self._book, "person", record.id, record.reports_to, record.name)
        return super().add(record, label)

    def _has_below(self, person_id: str) -> bool:
        sql = "select exists (select 1 from person where reports_to = ?)"
        return bool(self._book.connection.execute(sql, (person_id,)).fetchone()[0])

    def _may_set(self, record_id: str, fields: dict[str, object]) -> dict[str, object]:
        """Refuse a manager who reports to the person."""
        if fields.get("reports_to"):
            person, above = self.get(record_id), str(fields["reports_to"])
            _refuse_circle(self._book, "person", record_id, above, person.name)
            _refuse_on_map(self._book, person.account_id, (record_id, None), (above, None))
        return fields

    def remove(self, record_id: str, *, label: str = "") -> None:
        """Delete a person with history, ties and part in touches; their seats become vacant.

        One undoable step. For somebody who left, set the status instead.
        """
        super().remove(record_id, label=label or tr("Remove {0}").format(self.get(record_id).name))


class Seats(Records[Seat]):
    """The seats of a book: roles apart from the people who hold them."""

    def __init__(self, book: "Book") -> None:
        super().__init__(book, records_of(Seat))
        self._tenures = Records(book, records_of(Tenure))

    def add(self, record: Seat, label: str = "") -> Seat:
        """Keep a seat and return what was kept."""
        _refuse_circle(self._book, "seat", record.id, record.reports_to, _seat_name(record))
        return super().add(record, label)

    def update(
        self,
        record_id: str,
        *,
        label: str = "",
        on_evidence: Evidence | None = None,
        **fields: object,
    ) -> None:
        """Set `fields` of a seat; another holder ends the tenure of the one before.

        What was judged in the seat was of the former holder: influence, mood and the three
        answers about a champion become unknown unless they are given too. What the seat meant on
        the map is the new holder's: its place, its lines, and who reported to somebody who left.
        """
        seat = self.get(record_id)
        if fields.get("reports_to"):
            above = str(fields["reports_to"])
            _refuse_circle(self._book, "seat", record_id, above, _seat_name(seat))
            _refuse_on_map(self._book, seat.account_id, (None, record_id), (None, above))
        with self._book.change(label or tr("Change a seat")):
            if "person_id" in fields and fields["person_id"] != seat.person_id:
                on = (on_evidence and on_evidence.on) or self._book.today
                start = on if fields["person_id"] else None
                fields = {"since": start, **_let_go(seat), **fields}
                self._end_tenure(seat, on)
            super().update(record_id, label=label, on_evidence=on_evidence, **fields)
            holder = fields.get("person_id")
            if holder is not None and holder != seat.person_id:
                self._settle(seat, self._book.people.get(str(holder)))

    def _settle(self, seat: Seat, holder: Person) -> None:
        """Give a person what the seat they have taken meant on the map; `seat` as it was."""
        if holder.side is Side.OURS:
            return
        if seat.person_id is None:
            self._book.map_edit.settle_filled(seat.account_id, seat.id, holder)
        former = self._former(seat)
        if former is not None and is_gone(former, self._book.today):
            self._book.map_edit.settle_succeeded(seat.account_id, former, holder)

    def fill(
        self,
        seat_id: str,
        person_id: str,
        *,
        on: date | None = None,
        on_evidence: Evidence | None = None,
    ) -> None:
        """Put a person into a seat from the day `on` (today when None).

        Who sat there before becomes its predecessor; where they have left, whoever reported to
        them reports to the person from now on. Raises UserError for a person of another account,
        one of ours and one who left.
        """
        seat, person = self.get(seat_id), self._book.people.get(person_id)
        day = on or self._book.today
        if person.account_id != seat.account_id:
            words = tr("{0} is at another account. Add the person here, then fill the seat.")
            raise UserError(words.format(person.name))
        if person.side is Side.OURS:
            raise UserError(tr("{0} is one of ours. Choose one of theirs.").format(person.name))
        if is_gone(person, day):
            raise UserError(tr("{0} has left. Choose somebody who is there.").format(person.name))
        said = replace(on_evidence or Evidence(), on=day) if on_evidence or on else None
        label = tr("Give {0} the seat {1}").format(person.name, _seat_name(seat))
        if seat.person_id == person_id:
            return
        with self._book.change(label):
            self._keep_judged(seat, day)
            self.update(seat_id, on_evidence=said, person_id=person_id, since=day)

    def vacate(self, seat_id: str, *, on: date | None = None, why: str = "") -> None:
        """Note that nobody holds the seat from the day `on` (today when None).

        Somebody who left need not be taken off a seat: it is vacant, and remembers whom it misses.
        What was judged of somebody who stays goes along, to a seat without a role where they have
        no other one.
        """
        seat = self.get(seat_id)
        if seat.person_id is None:
            return
        day = on or self._book.today
        with self._book.change(tr("Vacate the seat {0}").format(_seat_name(seat))):
            self._keep_judged(seat, day)
            self.update(seat_id, on_evidence=Evidence(note=why, on=day), person_id=None)
            if why:
                self._tenures.update(self.predecessors(seat_id)[0].id, why=why)

    def give_up(self, seat_id: str) -> None:
        """Remove a seat of somebody who has another one, where what was judged of them stays."""
        seat = self.get(seat_id)
        with self._book.change(tr("Remove the seat {0}").format(_seat_name(seat))):
            self._keep_judged(seat, self._book.today)
            self.remove(seat_id)

    def predecessors(self, seat_id: str) -> tuple[Tenure, ...]:
        """Who held the seat before its present holder, newest first."""
        return tuple(reversed(self._tenures._where("seat_id = ?", (seat_id,))))  # noqa: SLF001

    def vacant(self, account_id: str) -> tuple[Seat, ...]:
        """The seats of an account that nobody holds who is there, judged on the book's day."""
        people = {p.id: p for p in self._book.people.of(account_id)}
        day = self._book.as_of()
        return tuple(s for s in self.of(account_id) if incumbent(s, people, day) is None)

    def _keep_judged(self, seat: Seat, on: date) -> None:
        """Leave influence and mood with who stays, who is to lose the seat."""
        judged = [f for f in ("influence", "mood") if getattr(seat, f).is_known]
        if seat.person_id is None or not judged:
            return
        person = self._book.people.get(seat.person_id)
        if is_gone(person, on):
            return
        held = [s for s in self.of(seat.account_id) if s.person_id == person.id and s.id != seat.id]
        if not held:
            held = [self.add(Seat(new_id(), seat.account_id, Role.MEMBER, person.id))]
        for field in judged:
            if not any(getattr(other, field).is_known for other in held):
                carry(self._book, "seat", held[0].id, seat.id, field)

    def _former(self, seat: Seat) -> Person | None:
        """Who holds the seat, or held it last."""
        if seat.person_id is not None:
            return self._book.people.get(seat.person_id)
        before = self.predecessors(seat.id)
        return self._book.people.get(before[0].person_id) if before else None

    def _end_tenure(self, seat: Seat, on: date) -> None:
        if seat.person_id is None:
            return
        person = self._book.people.get(seat.person_id)
        gone = is_gone(person, on)
        until = person.left_on if gone and person.left_on is not None else on
        # Who is said to have left before they came held it on that day alone.
        until = max(until, seat.since or until)
        self._tenures.add(
            Tenure(
                new_id(), seat.account_id, seat.id, person.id, seat.since, until,
                why="left" if gone else "",
            )
        )  # fmt: skip


def _let_go(seat: Seat) -> dict[str, object]:
    """What the seat knows of its holder, emptied."""
    known: dict[str, object] = dict.fromkeys(("influence", "mood"), UNKNOWN)
    known |= dict.fromkeys(("has_power", "sells_for_us", "has_interest"))
    return {field: empty for field, empty in known.items() if getattr(seat, field) != empty}


def _seat_name(seat: Seat) -> str:
    return seat.title or ROLE_WORDS[seat.role]


def _refuse_circle(book: "Book", table: str, start: str, above: str | None, name: str) -> None:
    """Raise UserError when `above` reports to `start`, naming everybody in between."""
    words = "name" if table == "person" else "coalesce(nullif(title, ''), replace(role, '_', ' '))"
    names, seen = [name], set[str]()
    while above is not None and above not in seen:
        if above == start:
            circle = " → ".join((*names, name))
            raise UserError(
                f"{name} would report to {names[-1] if len(names) > 1 else name} in a circle: "
                f"{circle}. Choose somebody outside it."
            )
        seen.add(above)
        row = book.connection.execute(
            f"select reports_to, {words} from {table} where id = ?", (above,)
        ).fetchone()
        if row is None:
            return
        names.append(row[1])
        above = row[0]


def _refuse_on_map(book: "Book", account_id: str, child: "Ends", chief: "Ends") -> None:
    from csplanner.book.map_circles import refuse_with_lines

    refuse_with_lines(book, account_id, child, chief)
