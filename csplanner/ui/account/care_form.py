"""Who looks after what: one activity, the party accountable and the person behind it."""

from dataclasses import fields, replace
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from csplanner.book.book import Book
from csplanner.domain.care import ACTIVITIES, PARTIES
from csplanner.domain.person import Person, Side
from csplanner.domain.raci import Letter, RaciCell, RaciSide
from csplanner.language import Spoken, noted, tr
from csplanner.ui.account.rating_form import with_words
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.actions.pick import Pick
from csplanner.ui.actions.typed import read_day, required
from csplanner.ui.session import BookSession

_LETTERS = Spoken(
    {
        Letter.ACCOUNTABLE: noted("Accountable"),
        Letter.RESPONSIBLE: noted("Responsible"),
        Letter.CONSULTED: noted("Consulted"),
        Letter.INFORMED: noted("Informed"),
    }
)
_KEYS = frozenset({"id", "account_id"})


class CareForm(Form):
    """Agrees who looks after something, or changes it when `cell_id` is given."""

    def __init__(
        self,
        session: BookSession,
        parent: QWidget | None = None,
        *,
        account_id: str,
        activity: str = "",
        cell_id: str = "",
    ) -> None:
        account = session.read.accounts.get(account_id)
        super().__init__(
            session,
            parent,
            title=tr("Who looks after what at {0}").format(account.name),
            sentence=tr("Exactly one is accountable for each activity, and has a name."),
            verb=tr("Save"),
        )
        empty = RaciCell("", account.id, activity, "", Letter.ACCOUNTABLE, agreed_on=session.today)
        self._was = session.read.raci.get(cell_id) if cell_id else empty
        self._people = session.read.people.of(account_id)
        self._cells = session.read.raci.of(account_id)
        self._lay_out()
        self.begin_at(self.party.field if self._was.activity else self.activity.field)

    def _lay_out(self) -> None:
        was = self._was
        self.activity = self.add(tr("What"), with_words(QLineEdit(was.activity), ACTIVITIES))
        self.party = self.field(tr("Function"), with_words(QLineEdit(was.party), PARTIES))
        named = self._people_of(was.side)
        person = next((p.name for p in self._people if p.id == was.person_id), "")
        self.person = self.field(tr("Person"), with_words(QLineEdit(person), named))
        self.letter = Pick([(letter.value, tr(said)) for letter, said in _LETTERS.items()])
        self.letter.choose(was.letter.value)
        self.add_row(self.party, self.person, self.field(tr("They are"), self.letter))
        self.note = self.field(tr("How, or when you meet about it"), text=was.note)
        self.agreed = self.day_field(tr("Agreed or last held on"), was.agreed_on)
        self.add_row(self.note, self.agreed)

    def _people_of(self, side: RaciSide) -> list[str]:
        wanted = Side.OURS if side is RaciSide.INTERNAL else Side.THEIRS
        return [p.name for p in self._people if p.side is wanted]

    def collect(self) -> Work | None:
        activity = self.read(
            self.activity, lambda text: required(text, tr("Say what is looked after."))
        )
        party = self.read(
            self.party, lambda text: required(text, tr("Name a function, such as Sales."))
        )
        agreed = self.read(self.agreed, lambda text: read_day(text, self.session.today))
        letter = Letter(self.letter.key)
        cell = replace(
            self._was, activity=activity or "", party=party or "", letter=letter,
            agreed_on=agreed, note=text_of(self.note).strip(), person_id=None,
        )  # fmt: skip
        if letter is Letter.ACCOUNTABLE and self._is_taken(cell):
            self.fault(
                self.activity,
                tr("Somebody is accountable for this already. Change that line instead."),
            )
        return partial(save_care, cell=cell, person=text_of(self.person).strip())

    def _is_taken(self, cell: RaciCell) -> bool:
        return any(
            c.id != cell.id and c.letter is Letter.ACCOUNTABLE and c.side is cell.side
            and c.activity.casefold() == cell.activity.casefold()
            for c in self._cells
        )  # fmt: skip


def save_care(book: Book, *, cell: RaciCell, person: str) -> str:
    """Keep a line as one step, with a new person of ours where the name is new."""
    name = book.accounts.get(cell.account_id).name
    label = tr("Say who looks after {0}, {1}").format(cell.activity, name)
    with book.change(label):
        kept = replace(cell, person_id=_person_id(book, cell, person))
        if not kept.id:
            book.raci.add(kept)
        else:
            changed = {
                f.name: getattr(kept, f.name) for f in fields(RaciCell) if f.name not in _KEYS
            }  # fmt: skip
            book.raci.update(kept.id, **changed)
    return tr("{0} looks after {1} at {2}").format(person or cell.party, cell.activity, name)


def _person_id(book: Book, cell: RaciCell, name: str) -> str | None:
    """The person of that name on our side, added where there is none."""
    if not name:
        return None
    side = Side.OURS if cell.side is RaciSide.INTERNAL else Side.THEIRS
    for person in book.people.of(cell.account_id):
        if person.side is side and person.name.casefold() == name.casefold():
            return person.id
    return book.people.add(Person("", cell.account_id, name, side, cell.party)).id
