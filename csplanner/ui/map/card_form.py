"""Somebody new on the map: name, title, role and whom they report to."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from csplanner.book.map_edit import NewPerson
from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.map_model import RelationMap
from csplanner.domain.person import Level, Role
from csplanner.domain.wording import begin
from csplanner.language import Spoken, noted, tr
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.actions.pick import Pick
from csplanner.ui.actions.typed import required
from csplanner.ui.map import writing
from csplanner.ui.map.ends import above_choices
from csplanner.ui.map.namesake import Namesake
from csplanner.ui.session import BookSession

LEVELS = Spoken({
    Level.UNKNOWN: noted("Not known"), Level.EXEC: noted("Executive"),
    Level.DIRECTOR: noted("Director"), Level.MANAGER: noted("Manager"), Level.USER: noted("User"),
})  # fmt: skip
"""How high somebody stands, as it is chosen."""


class CardForm(Form):
    """Adds a person of theirs and puts them on the map shown; who is known is only put there."""

    def __init__(
        self, session: BookSession, parent: QWidget | None, *,
        shown: RelationMap, above: str = "", role: Role | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            session, parent, title=tr("Add a person to the map"), verb=tr("Add person")
        )
        self._shown = shown
        typed = QLineEdit()
        self.name = self.field(tr("Name"), typed)
        self.job = self.field(tr("Title"))
        self.add_row(self.name, self.job)
        self.namesake = Namesake(shown.cards)
        self.body.addWidget(self.namesake)
        typed.textChanged.connect(self.namesake.ask_about)
        self.department = self.field(tr("Department. Optional"))
        self.level = Pick([(level.value, LEVELS[level]) for level in LEVELS])
        self.add_row(self.department, self.field(tr("How high they stand"), self.level))
        roles = [Role.MEMBER, *(r for r in Role if r is not Role.MEMBER)]
        self.role = Pick([(r.value, begin(ROLE_WORDS[r])) for r in roles])
        self.role.choose((role or Role.MEMBER).value)
        self.above = Pick(above_choices(shown))
        self.above.choose(above)
        self.add_row(
            self.field(tr("Role in the account"), self.role),
            self.field(tr("Reports to"), self.above),
        )
        self.begin_at(self.name.field)

    def collect(self) -> Work | None:
        name = self.read(self.name, lambda text: required(text, tr("Type the person's name.")))
        role, above = Role(self.role.key), self.above.key or None
        if self.namesake.key:
            return partial(
                writing.put_known, account_id=self._shown.account_id, map_id=self._shown.map_id,
                key=self.namesake.key, above=above,
            )  # fmt: skip
        new = NewPerson(
            name or "", text_of(self.job).strip(), text_of(self.department).strip(),
            Level(self.level.key), role if role is not Role.MEMBER else None,
        )  # fmt: skip
        return partial(
            writing.add_card, account_id=self._shown.account_id, map_id=self._shown.map_id,
            new=new, above=above,
        )  # fmt: skip
