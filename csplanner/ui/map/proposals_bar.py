"""What a snapshot shows of people on the map, one proposal at a time, each with its answers."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from csplanner.domain.map_proposals import Choice, Proposal
from csplanner.language import tr
from csplanner.ui.account.parts import clear
from csplanner.ui.book.flow import Flow
from csplanner.ui.widgets.buttons import Button, IconButton, changing
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground


class ProposalsBar(Ground):
    """Nothing changes before you choose; an answer is one step that can be undone."""

    answered = Signal(object, object)
    """The proposal, and the choice taken; None leaves the map as it is."""
    keys_asked = Signal(tuple)
    """The cards a proposal is about."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="b")
        self.setAccessibleName(tr("What a snapshot shows of people on the map"))
        self._proposals: tuple[Proposal, ...] = ()
        self._at = 0
        self._count = PlainLabel("", px=12, colour="text2")
        self.earlier = IconButton("chevron-left", tr("The proposal before"))
        self.later = IconButton("chevron-right", tr("The next proposal"))
        self.earlier.clicked.connect(lambda: self.step(-1))
        self.later.clicked.connect(lambda: self.step(1))
        held = QWidget()
        self._answers = Flow(held, row=26)
        steps = QHBoxLayout()
        steps.setSpacing(2)
        for part in (self._count, self.earlier, self.later):
            steps.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(IconLabel("git-compare", colour="accent-text"))
        row.addWidget(held, 1)
        row.addLayout(steps)

    def show_proposals(self, proposals: Sequence[Proposal]) -> None:
        """Show these, the one that is shown staying so; with none the bar is gone."""
        shown = self.shown
        self._proposals = tuple(proposals)
        keys = [p.key for p in self._proposals]
        self._at = keys.index(shown.key) if shown is not None and shown.key in keys else 0
        self.setVisible(bool(self._proposals))
        self._fill()

    @property
    def shown(self) -> Proposal | None:
        """The proposal that can be answered now."""
        return self._proposals[self._at] if self._at < len(self._proposals) else None

    def step(self, by: int) -> None:
        """Show the next proposal (1) or the one before (−1)."""
        if self._proposals:
            self._at = (self._at + by) % len(self._proposals)
            self._fill()

    def _fill(self) -> None:
        proposal = self.shown
        if proposal is None:
            return
        several = len(self._proposals) > 1
        self._count.setText(
            tr("{0} of {1}").format(self._at + 1, len(self._proposals)) if several else ""
        )
        for step in (self.earlier, self.later):
            step.setVisible(several)
        sentence = Button(proposal.headline, kind="link")
        sentence.setAccessibleDescription(tr("Shows the card"))
        sentence.clicked.connect(self._show_card)
        buttons = [
            sentence,
            *(self._answer(choice.words, proposal, choice) for choice in proposal.choices),
            self._answer(tr("Leave it"), proposal, None, kind="quiet"),
        ]
        clear(self._answers)
        for button in buttons:
            self._answers.addWidget(button)
            button.show()
        self.updateGeometry()

    def _answer(
        self, words: str, proposal: Proposal, choice: Choice | None, *, kind: str = "secondary"
    ) -> Button:
        button = Button(words, kind=kind, small=True)
        changing(button)
        button.clicked.connect(lambda: self.answered.emit(proposal, choice))
        return button

    def _show_card(self) -> None:
        if self.shown is not None:
            self.keys_asked.emit((self.shown.card,))
