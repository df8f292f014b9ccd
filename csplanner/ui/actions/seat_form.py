"""Filling a seat nobody holds: by somebody known there, or by somebody new."""

from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book
from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.evidence import Evidence
from csplanner.domain.person import Person, is_gone
from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.ui.actions.evidence_line import EvidenceLine
from csplanner.ui.actions.form import Form, Work
from csplanner.ui.actions.pick import Pick
from csplanner.ui.actions.typed import read_day, required
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.buttons import Button


class SeatForm(Form):
    """Asks who takes a seat, and from which day; or lets the seat go."""

    def __init__(
        self, session: BookSession, parent: QWidget | None = None, *, seat_id: str
    ) -> None:
        book = session.read
        self._seat = book.seats.get(seat_id)
        role = self._seat.title or ROLE_WORDS[self._seat.role]
        account = book.accounts.get(self._seat.account_id)
        super().__init__(
            session,
            parent,
            title=tr("Who is the {0} at {1} now?").format(role, account.name),
            sentence=tr(
                "The seat keeps its influence and its place. Who held it before stays noted."
            ),
            verb=tr("Fill the seat"),
        )
        there = [
            p
            for p in book.people.of(self._seat.account_id)
            if p.is_theirs and not is_gone(p, session.today)
        ]
        self.who = Pick([*((p.id, p.name) for p in there), ("", self.tr("Somebody new"))])
        self.who.currentIndexChanged.connect(lambda _: self._show_name())
        self.name = self.field(self.tr("Name"))
        self.since = self.day_field(self.tr("Since"), session.today)
        self.add_row(self.field(self.tr("Person"), self.who), self.since)
        self.body.addWidget(self.name)
        self.evidence = EvidenceLine()
        self.add(self.tr("How do you know? Optional"), self.evidence)
        gone = Button(self.tr("No longer needed"), self, kind="quiet")
        gone.clicked.connect(self._drop)
        self.foot.insertWidget(0, gone)
        self.drop_button = gone
        # Nobody is taken for the successor by a mere Enter.
        self.who.choose("")
        self._show_name()
        self.begin_at(self.who)

    def collect(self) -> Work | None:
        day = self.read(self.since, lambda text: read_day(text, self.session.today))
        name = ""
        if not self.who.key:
            name = self.read(self.name, lambda t: required(t, tr("Type the person's name."))) or ""
        return partial(
            fill_seat, seat_id=self._seat.id, person_id=self.who.key, name=name,
            on=day or self.session.today, said=self.evidence.evidence,
        )  # fmt: skip

    def _show_name(self) -> None:
        self.name.setVisible(not self.who.key)

    def _drop(self) -> None:
        seat_id = self._seat.id
        self.session.write(
            lambda book: drop_seat(book, seat_id=seat_id), self._saved, failed=self._failed
        )


def fill_seat(
    book: Book, *, seat_id: str, person_id: str, name: str, on: date, said: Evidence | None
) -> str:
    """Put a person into a seat, adding who is new, and return the line to say."""
    seat = book.seats.get(seat_id)
    role = seat.title or ROLE_WORDS[seat.role]
    with book.change(tr("Fill the seat of the {0}").format(role)):
        if not person_id:
            person_id = book.people.add(Person("", seat.account_id, name)).id
        book.seats.fill(seat_id, person_id, on=on, on_evidence=said)
        taken = book.people.get(person_id).name
    return tr("{0} is the {1} now").format(taken, role)


def drop_seat(book: Book, *, seat_id: str) -> str:
    """Take a seat out of the account and return the line to say."""
    seat = book.seats.get(seat_id)
    role = seat.title or ROLE_WORDS[seat.role]
    if seat.person_id is not None and not is_gone(book.people.get(seat.person_id), book.today):
        raise UserError(tr("Somebody holds the seat again. Look at the account once more."))
    book.seats.remove(seat_id)
    return tr("The seat of the {0} is gone").format(role)
