"""The touch log: touches with the people who took part."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from csplanner.book.ids import derived_id, new_id
from csplanner.book.records import Records, records_of
from csplanner.domain.evidence import Evidence
from csplanner.domain.touch import Touch
from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.book.book import Book
    from csplanner.book.rows import Cell


class Touches:
    """The touch log: touches with the people who took part."""

    def __init__(self, book: "Book") -> None:
        self._book = book
        self._rows = Records(book, records_of(Touch))

    def add(self, touch: Touch, label: str = "") -> Touch:
        """Keep a touch with its people and return what was kept."""
        kept = touch if touch.id else replace(touch, id=new_id())
        with self._book.change(label or tr("Log a touch")):
            self.insert([kept])
        return kept

    def insert(self, touches: Iterable[Touch], snapshot_id: str | None = None) -> None:
        """Keep many touches inside an open change."""
        many = list(touches)
        self._rows.insert(many, snapshot_id)
        self._take_part(many, snapshot_id)

    def _take_part(self, touches: Iterable[Touch], snapshot_id: str | None = None) -> None:
        self._book.connection.executemany(
            "insert into touch_person (id, touch_id, person_id, snapshot_id) values (?, ?, ?, ?)",
            (
                (derived_id(t.id, p), t.id, p, snapshot_id)
                for t in touches
                for p in dict.fromkeys(t.person_ids)
            ),
        )

    def update(
        self,
        touch_id: str,
        *,
        label: str = "",
        on_evidence: Evidence | None = None,
        **fields: object,
    ) -> None:
        """Set `fields` of one touch (not its people)."""
        label = label or tr("Change a touch")
        self._rows.update(touch_id, label=label, on_evidence=on_evidence, **fields)

    def took_part(self, touch: Touch, person_ids: Iterable[str], *, label: str = "") -> None:
        """Keep who else took part in a touch, one of ours or of theirs; who is named stays."""
        more = tuple(p for p in person_ids if p not in touch.person_ids)
        with self._book.change(label or tr("Say who took part in a touch")):
            self._take_part([replace(touch, person_ids=more)])

    def remove(self, touch_id: str, *, label: str = "") -> None:
        """Delete one touch (undo brings it back)."""
        self._rows.remove(touch_id, label=label or tr("Remove a touch"))

    def of(self, account_id: str) -> tuple[Touch, ...]:
        """The touches of one account, oldest first."""
        return tuple(self.grouped([account_id]).get(account_id, ()))

    def grouped(self, account_ids: Sequence[str] | None = None) -> dict[str, list[Touch]]:
        """The touches of many accounts (all when None), by account id."""
        found = self._rows.grouped(account_ids)
        people: dict[str, list[str]] = defaultdict(list)
        only = ""
        values: tuple[Cell, ...] = ()
        if account_ids is not None:
            marks = ", ".join("?" * len(account_ids))
            only = f"where t.account_id in ({marks})"
            values = tuple(account_ids)
        for touch_id, person_id in self._book.connection.execute(
            "select p.touch_id, p.person_id from touch_person p join touch t on t.id = p.touch_id "
            f"{only} order by p.rowid",
            values,
        ):
            people[touch_id].append(person_id)
        if not people:
            return found
        return {
            account: [
                _with_people(t, tuple(people[t.id])) if t.id in people else t for t in touches
            ]
            for account, touches in found.items()
        }


def _with_people(t: Touch, people: tuple[str, ...]) -> Touch:
    # As `replace` does, which is slow for the many touches of a book.
    return Touch(
        t.id, t.account_id, t.on, t.channel, t.topic, t.note, t.minutes, t.two_way, t.meaningful,
        people,
    )  # fmt: skip
