"""The plan for the 30 days after somebody who mattered left, as tasks."""

from datetime import timedelta
from typing import TYPE_CHECKING

from csplanner.book.ids import new_id
from csplanner.domain.account import AccountId
from csplanner.domain.coverage import unfilled_departures
from csplanner.domain.departed import has_plan, plan
from csplanner.domain.departure import departure
from csplanner.domain.index import FileIndex
from csplanner.domain.person import Person
from csplanner.domain.task import Task
from csplanner.domain.wording import day_text
from csplanner.errors import UserError
from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.book.book import Book


class Departures:
    """What is to be done where a champion, a sponsor or a decision maker left."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def what_would_have_broken(self, account_id: str, person_id: str) -> str:
        """What the map of the day before said would be lost without somebody who left; empty
        where the day is not known or they were not on it.
        """
        person = self._book.people.get(person_id)
        if person.left_on is None:
            return ""
        before = self._book.relation_map.read(account_id, day=person.left_on - timedelta(days=1))
        key = f"p:{person_id}"
        if key not in before.by_key():
            return ""
        return departure(before, key).sentence

    def plan(self, account_id: str) -> int:
        """Make the tasks of the next 30 days for the first departure nobody has taken over.

        One step that can be undone; returns how many tasks it made. Raises UserError where
        nobody left, or where the steps were planned already.
        """
        book = self._book
        index = FileIndex(book.accounts.file(AccountId(account_id)), book.as_of())
        left = unfilled_departures(index)
        if not left:
            raise UserError(
                tr(
                    "No champion, sponsor or decision maker left here without a successor. Mark "
                    "who left on the relationship map first."
                )
            )
        found = [d for d in left if not has_plan(index, d[1])]
        if not found:
            raise UserError(
                tr("The days after this departure are planned already. Look at the tasks.")
            )
        role, person = found[0]
        note = self._note(account_id, person)
        steps = plan(index, role, person)
        with book.change(tr("Plan the 30 days after {0} left").format(person.name)):
            for step in steps:
                due = book.today + timedelta(days=step.day)
                book.tasks.add(
                    Task(
                        new_id(), AccountId(account_id), step.title, due=due, note=note,
                        person_id=person.id,
                    )
                )  # fmt: skip
        return len(steps)

    def _note(self, account_id: str, person: Person) -> str:
        left = tr("{0} left.").format(person.name)
        if person.left_on is not None:
            left = tr("{0} left on {1}.").format(
                person.name, day_text(person.left_on, self._book.as_of())
            )
        return " ".join(filter(None, (left, self.what_would_have_broken(account_id, person.id))))
