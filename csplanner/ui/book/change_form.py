"""Says what changing many cells comes to, before it is done."""

from functools import partial

from PySide6.QtWidgets import QWidget

from csplanner.language import ntr, tr
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.book.cell_writing import write_cells
from csplanner.ui.book.editing import Plan, refusals_text
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.format import plural
from csplanner.ui.widgets.labels import PlainLabel


class ChangeForm(Form):
    """Shows a plan: how many accounts and cells, the effect, what cannot be set and why."""

    def __init__(self, session: BookSession, parent: QWidget, *, plan: Plan, title: str) -> None:
        count = plural(len(plan.edits), "cell")
        super().__init__(session, parent, title=title, verb=self.tr("Change {0}").format(count))
        self.plan = plan
        self._say(plan.text() if plan.edits else self.tr("Nothing would change."))
        for line in _details(plan):
            self._say(line)
        self.reason = self.field(self.tr("Why, for tiers other than the rule's"))
        self.reason.setVisible(plan.unexplained > 0)
        self.body.addWidget(self.reason)
        if plan.refused:
            left = ntr(
                "{0} cell cannot be set and stays as it is:",
                "{0} cells cannot be set and stay as they are:",
                len(plan.refused),
            )
            self._say(left)
            for line in refusals_text(plan.refused):
                self._say(line, faint=True)
        self.save_button.setEnabled(bool(plan.edits))
        self.setAccessibleDescription(self.preview)

    def _say(self, text: str, *, faint: bool = False) -> None:
        label = PlainLabel(text, colour="text2" if faint else "text", px=12 if faint else 13)
        label.setWordWrap(True)
        self.body.addWidget(label)

    @property
    def preview(self) -> str:
        """What the form says the change comes to."""
        return self.plan.text()

    def collect(self) -> Work | None:
        why = text_of(self.reason).strip()
        if self.plan.unexplained and not why:
            count = plural(self.plan.unexplained, "account")
            sentence = self.tr("{0} go to another tier than the rule says. Say why in a few words.")
            self.fault(self.reason, sentence.format(count))
            return None
        return partial(write_cells, edits=self.plan.edits, reason=why)


def _details(plan: Plan) -> list[str]:
    """Which columns change, what is emptied, and what was pasted beyond the table."""
    found = [tr("In {0}").format(plan.columns)] if plan.edits else []
    if plan.emptied:
        found.append(ntr("{0} of them is emptied", "{0} of them are emptied", plan.emptied))
    if plan.beyond:
        found.append(
            ntr(
                "{0} cell pasted lies outside the table and is left out",
                "{0} cells pasted lie outside the table and are left out",
                plan.beyond,
            )
        )
    return found
