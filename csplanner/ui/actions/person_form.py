"""A person: who they are, the role they hold, their influence and how they feel about us."""

from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book
from csplanner.book.suppress import erased_before
from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.evidence import Evidence
from csplanner.domain.person import Person, PersonStatus, Role, Seat, Side
from csplanner.domain.value import UNKNOWN, fact
from csplanner.domain.wording import begin
from csplanner.language import Spoken, noted, tr
from csplanner.ui.actions.choices import Choice, LetterChoices
from csplanner.ui.actions.evidence_line import EvidenceLine
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.actions.pick import Pick
from csplanner.ui.actions.typed import read_day, required
from csplanner.ui.session import BookSession

MOODS = (
    Choice("-2", noted("Against us"), "1", "risk"), Choice("-1", noted("Doubtful"), "2", "risk"),
    Choice("0", noted("Neutral"), "3", "watch"), Choice("1", noted("For us"), "4", "good"),
    Choice("2", noted("Our advocate"), "5", "good"), Choice("", noted("Unknown"), "u"),
)  # fmt: skip
_INFLUENCE = (
    *(Choice(str(n), str(n), str(n)) for n in range(1, 6)),
    Choice("", noted("Unknown"), "u"),
)
_STATUS = Spoken({
    PersonStatus.ACTIVE: noted("There"), PersonStatus.LEAVING: noted("Leaving"),
    PersonStatus.LEFT: noted("Left"),
    PersonStatus.ON_LEAVE: noted("On leave"), PersonStatus.UNVERIFIED: noted("Not verified"),
})  # fmt: skip


class PersonForm(Form):
    """Adds a person, or changes one when `person_id` is given."""

    def __init__(
        self,
        session: BookSession,
        parent: QWidget | None = None,
        *,
        account_id: str,
        person_id: str | None = None,
    ) -> None:
        account = session.read.accounts.get(account_id)
        super().__init__(
            session,
            parent,
            title=tr("Change a person at {0}").format(account.name)
            if person_id
            else tr("Add a person to {0}").format(account.name),
            verb=tr("Save person") if person_id else tr("Add person"),
        )
        book = session.read
        self._was = book.people.get(person_id) if person_id else Person("", account.id, "")
        held = [s for s in book.seats.of(account_id) if person_id and s.person_id == person_id]
        self._seat = held[0] if held else None
        self._lay_out()
        self.begin_at(self.name.field)

    def _lay_out(self) -> None:
        was, seat, tr = self._was, self._seat, self.tr
        self.name = self.field(tr("Name"), text=was.name)
        self.job = self.field(tr("Title"), text=was.title)
        self.add_row(self.name, self.job)
        self.email = self.field(tr("Email"), text=was.email)
        self.phone = self.field(tr("Phone"), text=was.phone)
        self.add_row(self.email, self.phone)
        self.side = Pick([(Side.THEIRS.value, tr("Theirs")), (Side.OURS.value, tr("Ours"))])
        self.role = Pick(
            [("", tr("No role yet")), *((r.value, begin(ROLE_WORDS[r])) for r in Role)]
        )
        self.add_row(
            self.field(tr("Whose"), self.side), self.field(tr("Role in the account"), self.role)
        )
        self.influence = LetterChoices(_INFLUENCE, name=tr("Influence"))
        self.add(tr("Influence, 1 to 5"), self.influence)
        self.mood = LetterChoices(MOODS, name=tr("Mood"))
        self.add(tr("How they feel about us, your judgement"), self.mood)
        self.evidence = EvidenceLine()
        self.add(tr("How do you know? Optional"), self.evidence)
        self.status = Pick([(s.value, words) for s, words in _STATUS.items()])
        self.left_on = self.day_field(tr("Left on"), was.left_on)
        self.add_row(self.field(tr("Still there?"), self.status), self.left_on)
        self.side.choose(was.side.value)
        self.status.choose(was.status.value)
        self.role.choose(seat.role.value if seat else "")
        if seat is not None and seat.influence.is_known:
            self.influence.choose(str(seat.influence.value))
        if seat is not None and seat.mood.is_known:
            self.mood.choose(str(seat.mood.value))

    def collect(self) -> Work | None:
        name = self.read(
            self.name,
            lambda text: required(text, tr("Type the person's name, or the name you use.")),
        )
        email = text_of(self.email).strip()
        if email and ("@" not in email or " " in email):
            self.fault(self.email, self.tr("An address looks like rosa@tidewater.org."))
        left_on = self.read(self.left_on, lambda text: read_day(text, self.session.today))
        status = PersonStatus(self.status.key)
        if left_on is not None and left_on <= self.session.today:
            status = PersonStatus.LEFT
        has_view = bool(self.influence.key or self.mood.key)
        if has_view and not self.role.key:
            self.role.choose(Role.USER.value)
        person = replace(
            self._was,
            name=name or "",
            title=text_of(self.job).strip(),
            email=email,
            phone=text_of(self.phone).strip(),
            side=Side(self.side.key),
            status=status,
            left_on=left_on,
        )
        return partial(save_person, person=person, seat=self._held(), said=self.evidence.evidence)

    def _held(self) -> Seat | None:
        """The seat as it shall be; None for no role."""
        if not self.role.key:
            return None
        influence, mood = self.influence.key, self.mood.key
        plain = Seat("", self._was.account_id, Role.USER, since=self.session.today)
        return replace(
            self._seat or plain,
            role=Role(self.role.key),
            influence=fact(int(influence)) if influence else UNKNOWN,
            mood=fact(int(mood)) if mood else UNKNOWN,
        )


def save_person(
    book: Book, *, person: Person, seat: Seat | None, said: Evidence | None = None
) -> str:
    """Keep a person with the role they hold and return the line to say.

    `said` is on what influence and mood rest.
    """
    is_new = not person.id
    label = tr("Add {0}") if is_new else tr("Change {0}")
    with book.change(label.format(person.name)):
        if is_new:
            kept = book.people.add(person)
        else:
            kept = person
            book.people.update(
                person.id, name=person.name, title=person.title, email=person.email,
                phone=person.phone, side=person.side, status=person.status, left_on=person.left_on,
            )  # fmt: skip
        _keep_seat(book, kept, seat, said)
    at = book.accounts.get(person.account_id).name
    if not is_new:
        return tr("Changed {0} at {1}").format(person.name, at)
    before = erased_before(
        book.connection, account_id=person.account_id, name=person.name, email=person.email
    )
    return tr("Added {0} at {1}").format(person.name, at) + (f". {before}" if before else "")


def _keep_seat(book: Book, person: Person, seat: Seat | None, said: Evidence | None) -> None:
    seats = book.seats.of(person.account_id)
    held = [s for s in seats if s.person_id == person.id]
    if seat is None:
        for each in held:
            # The form took their influence and mood away too: nothing is left to go along.
            book.seats.update(each.id, influence=UNKNOWN, mood=UNKNOWN)
            book.seats.vacate(each.id)
        return
    # A role nobody holds is filled, so that the vacant seat does not stand beside the new one.
    empty = [s for s in book.seats.vacant(person.account_id) if s.role is seat.role]
    target = seat.id or (empty[0].id if empty else "")
    if target:
        book.seats.update(target, role=seat.role, person_id=person.id)
    else:
        target = book.seats.add(replace(seat, person_id=person.id)).id
    book.seats.update(
        target, on_evidence=judged_on(said, seat), influence=seat.influence, mood=seat.mood
    )


def judged_on(said: Evidence | None, seat: Seat) -> Evidence | None:
    """The evidence, unless nothing was judged that it could be of."""
    return said if seat.influence.is_known or seat.mood.is_known else None
