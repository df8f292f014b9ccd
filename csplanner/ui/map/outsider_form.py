"""Somebody at the account who is none of theirs: a partner, a consultant, a competitor."""

from functools import partial

from PySide6.QtWidgets import QWidget

from csplanner.book.map_edit import NewPerson
from csplanner.domain.map_model import RelationMap
from csplanner.domain.person import Outside
from csplanner.language import Spoken, noted, tr
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.actions.pick import Pick
from csplanner.ui.actions.typed import required
from csplanner.ui.map import writing
from csplanner.ui.map.ends import their_choices
from csplanner.ui.session import BookSession

OUTSIDE = Spoken({
    Outside.PARTNER: noted("A partner"), Outside.CONSULTANT: noted("A consultant"),
    Outside.COMPETITOR: noted("A competitor"),
})  # fmt: skip


class OutsiderForm(Form):
    """Adds an outsider, and whom they are in contact with."""

    def __init__(
        self, session: BookSession, parent: QWidget | None, *,
        shown: RelationMap, close_to: str = "",
    ) -> None:  # fmt: skip
        super().__init__(
            session, parent, title=tr("Add somebody from outside"),
            sentence=tr(
                "They count for no role and in no figure. No export for the customer holds them."
            ),
            verb=tr("Add to the map"),
        )  # fmt: skip
        self._shown = shown
        self.name = self.field(tr("Name"))
        self.job = self.field(tr("Title"))
        self.add_row(self.name, self.job)
        self.kind = Pick([(o.value, OUTSIDE[o]) for o in Outside])
        self.company = self.field(tr("Company"))
        self.add_row(self.field(tr("They are"), self.kind), self.company)
        self.close_to = Pick([("", tr("Nobody known")), *their_choices(shown)])
        self.close_to.choose(close_to)
        self.add(tr("In contact with"), self.close_to)
        self.begin_at(self.name.field)

    def collect(self) -> Work | None:
        name = self.read(
            self.name, lambda text: required(text, tr("Type a name, or the company's."))
        )
        new = NewPerson(
            name or "", text_of(self.job).strip(), outside=Outside(self.kind.key),
            company=text_of(self.company).strip(),
        )  # fmt: skip
        return partial(
            writing.add_outsider, account_id=self._shown.account_id, map_id=self._shown.map_id,
            new=new, close_to=self.close_to.key or None,
        )  # fmt: skip
