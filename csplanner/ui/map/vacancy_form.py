"""A seat nobody holds yet: “we need a COO”."""

from functools import partial

from PySide6.QtWidgets import QWidget

from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.map_model import RelationMap
from csplanner.domain.person import Role
from csplanner.domain.wording import begin
from csplanner.language import tr
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.actions.pick import Pick
from csplanner.ui.map import writing
from csplanner.ui.map.ends import above_choices
from csplanner.ui.session import BookSession


class VacancyForm(Form):
    """Adds a vacant seat to the map."""

    def __init__(
        self, session: BookSession, parent: QWidget | None, *,
        shown: RelationMap, above: str = "", role: Role | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            session, parent, title=tr("Add a seat nobody holds"),
            sentence=tr("It stands on the map as a reminder until you know who sits there."),
            verb=tr("Add the seat"),
        )  # fmt: skip
        self._shown = shown
        self.role = Pick([(r.value, begin(ROLE_WORDS[r])) for r in Role])
        self.role.choose((role or Role.DECIDES).value)
        self.job = self.field(tr("What it is called, such as “COO”. Optional"))
        self.above = Pick(above_choices(shown))
        self.above.choose(above)
        self.add(tr("Role in the account"), self.role)
        self.body.addWidget(self.job)
        self.add(tr("Reports to"), self.above)
        self.begin_at(self.job.field)

    def collect(self) -> Work | None:
        return partial(
            writing.add_vacancy, account_id=self._shown.account_id,
            map_id=self._shown.map_id, role=Role(self.role.key),
            title=text_of(self.job).strip(), above=self.above.key or None,
        )  # fmt: skip
