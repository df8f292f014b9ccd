"""Puts a pasted list of people on a relationship map, as one step."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from csplanner.book.ids import new_id
from csplanner.book.map_keys import end_of
from csplanner.book.map_people import MapPeople
from csplanner.book.suppress import key_of_email, key_of_name, suppressed
from csplanner.domain.account import AccountId
from csplanner.domain.map_ground import person_key
from csplanner.domain.person import Person, Role, Seat
from csplanner.errors import UserError
from csplanner.language import ntr, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csplanner.domain.map_paste import Pasted, PastedRow
    from csplanner.domain.map_paste_plan import PastePlan, PlannedRow


class MapPasting(MapPeople):
    """The verb that draws a first map in a minute."""

    def plan_paste(self, account_id: str, pasted: "Pasted", *, map_id: str = "") -> "PastePlan":
        """What pasting would do, and what it would leave out; changes nothing."""
        from csplanner.domain.map_paste_plan import plan_paste

        plan = plan_paste(pasted, self._whole(account_id, map_id))
        erased = self._erased_before(account_id, [r.row for r in plan.rows if r.known is None])
        return replace(plan, notes=(*plan.notes, *erased))

    def _erased_before(self, account_id: str, rows: "Iterable[PastedRow]") -> "Iterator[str]":
        """A sentence for each new person who was erased before."""
        listed = suppressed(self._book.connection)
        for row in rows if listed else ():
            keys = [key_of_name(account_id, row.name)]
            keys += [key_of_email(row.email)] if row.email else []
            if listed.holds_any(keys):
                words = tr("You erased {0} before; imports go on leaving them out.")
                yield words.format(row.name)

    def paste_people(self, account_id: str, pasted: "Pasted", *, map_id: str = "") -> "PastePlan":
        """Put the people of a list on a map and let them report as it says; returns what was done.

        Who is known stays who they are and gains what was not known of them. Raises UserError for
        a list without a name in it.
        """
        plan = self.plan_paste(account_id, pasted, map_id=map_id)
        if not plan.rows:
            raise UserError(
                tr("There is no name in what you pasted. Paste one person a line: Name, Title.")
            )
        count = ntr("Paste {0} person", "Paste {0} people", len(plan.rows))
        with self._book.change(count, many=len(plan.rows) > 50):
            keys: dict[str, str] = {}
            for found in plan.rows:
                above = keys.get(found.above, found.above) if found.above else None
                keys[found.key] = self._take(account_id, found, above)
            ends = [end_of(self._book, account_id, key) for key in keys.values()]
            self._keep_on(account_id, map_id, ends)
        return plan

    def _take(self, account_id: str, found: "PlannedRow", above: str | None) -> str:
        """Keep one person of the list; returns their key."""
        if found.known is not None:
            self._fill_in(account_id, found)
            if above is not None and found.known.above != above:
                self.report_to(account_id, found.key, above)
            return found.key
        row = found.row
        chief = end_of(self._book, account_id, above) if above else None
        person = Person(
            new_id(), AccountId(account_id), row.name, title=row.title,
            department=row.department, email=row.email,
            reports_to=chief.person_id if chief else None,
        )  # fmt: skip
        self._book.people.add(person)
        if chief is not None and chief.person is None:
            self.report_to(account_id, person_key(person.id), chief.key)
        self._seat(person, row.role)
        return person_key(person.id)

    def _fill_in(self, account_id: str, found: "PlannedRow") -> None:
        row, person = found.row, end_of(self._book, account_id, found.key).person
        if person is None:
            return
        missing: dict[str, Any] = {
            name: said
            for name, said in (
                ("title", row.title), ("department", row.department), ("email", row.email),
            )
            if said and not getattr(person, name)
        }  # fmt: skip
        if missing:
            self._book.people.update(person.id, **missing)
        held = found.known.seats if found.known else ()
        if row.role not in [seat.role for seat in held]:
            self._seat(person, row.role)

    def _seat(self, person: Person, role: Role | None) -> None:
        if role is not None:
            self._book.seats.add(Seat(new_id(), person.account_id, role, person.id))
