"""Whom somebody reports to, chosen by name: what a drag does, for the keyboard."""

from functools import partial

from PySide6.QtWidgets import QWidget

from csplanner.domain.map_model import RelationMap
from csplanner.domain.wording import list_text
from csplanner.language import tr
from csplanner.ui.actions.form import Form, Work
from csplanner.ui.actions.pick import Pick
from csplanner.ui.map import writing
from csplanner.ui.map.ends import above_choices, name_of
from csplanner.ui.session import BookSession


class ReportForm(Form):
    """Asks whom the cards given report to; those below them are not offered."""

    def __init__(
        self, session: BookSession, parent: QWidget | None, *,
        shown: RelationMap, keys: tuple[str, ...],
    ) -> None:  # fmt: skip
        named = list_text([name_of(shown, key) for key in keys[:4]])
        super().__init__(
            session, parent,
            title=tr("Who does {0} report to?").format(named)
            if len(keys) == 1
            else tr("Who do they report to?"),
            sentence="" if len(keys) == 1 else named,
        )  # fmt: skip
        self._account_id, self._keys = shown.account_id, keys
        self.above = Pick(above_choices(shown, keys))
        self.above.choose(shown.by_key()[keys[0]].above or "")
        self.add(tr("Reports to"), self.above)

    def collect(self) -> Work | None:
        return partial(
            writing.report_to, account_id=self._account_id, keys=self._keys,
            above=self.above.key or None,
        )  # fmt: skip
