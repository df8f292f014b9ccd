"""What a snapshot shows of people on the map, one proposal at a time, each with its answers."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from csplanner.domain.map_proposals import Answer, Choice, Proposal
from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, font
from csplanner.ui import veil
from csplanner.ui.account.parts import clear
from csplanner.ui.widgets.buttons import Button, IconButton, changing
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import PlainLabel, set_plain_tooltip
from csplanner.ui.widgets.menus import Menu
from csplanner.ui.widgets.panes import Ground

_LEAST = 90
"""So much of the sentence is always seen."""
_SPARE = 4
"""Text cut and whole is measured some pixels apart."""
_SEVERAL = 2
"""From so many answers of one kind on they are a menu."""


class Sentence(Button):
    """What is proposed, cut where there is no room; pressing it shows the card."""

    def __init__(self, words: str) -> None:
        super().__init__(words, kind="link")
        self._words = words
        self.setAccessibleDescription(tr("Shows the card"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        size, metrics = super().sizeHint(), QFontMetrics(font(13, MEDIUM))
        shown = metrics.horizontalAdvance(self.text().replace("&&", "&"))
        wide = size.width() - shown + metrics.horizontalAdvance(self._words) + _SPARE
        return QSize(wide, size.height())

    def minimumSizeHint(self) -> QSize:
        size = self.sizeHint()
        return QSize(min(_LEAST, size.width()), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for, who and what before when; the tooltip says all."""
        super().resizeEvent(event)
        metrics = QFontMetrics(font(13, MEDIUM))
        around = self.sizeHint().width() - _SPARE - metrics.horizontalAdvance(self._words)
        room = max(0, self.width() - around)
        words = self._words
        if metrics.horizontalAdvance(words) > room:
            words = words.partition(": ")[2] or words
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        set_plain_tooltip(self, self._words if shown != self._words else "")


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
        self._answers = QHBoxLayout()
        self._answers.setSpacing(8)
        steps = QHBoxLayout()
        steps.setSpacing(2)
        for part in (self._count, self.earlier, self.later):
            steps.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(8)
        row.addWidget(IconLabel("git-compare", colour="accent-text"))
        row.addLayout(self._answers, 1)
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
        sentence = Sentence(proposal.headline)
        sentence.clicked.connect(self._show_card)
        kinds: dict[Answer, list[Choice]] = {}
        for choice in proposal.choices:
            kinds.setdefault(choice.answer, []).append(choice)
        buttons: list[Button] = [sentence]
        for choices in kinds.values():
            if len(choices) >= _SEVERAL:
                buttons.append(self._several(proposal, choices))
            else:
                buttons += [self._answer(_words(choice), proposal, choice) for choice in choices]
        buttons.append(self._answer(tr("Leave it"), proposal, None, kind="quiet"))
        clear(self._answers)
        for button in buttons:
            self._answers.addWidget(button)
            button.show()
        self._answers.addStretch(1)
        self.updateGeometry()

    def _several(self, proposal: Proposal, choices: Sequence[Choice]) -> Button:
        """One button for answers that differ only in who or what: it opens a menu of them."""
        given = choices[0].answer is Answer.GIVE
        button = Button(tr("Give it to…") if given else tr("Which one…"), small=True)
        changing(button)
        button.clicked.connect(lambda: self._open(button, proposal, choices))
        return button

    def _open(self, button: Button, proposal: Proposal, choices: Sequence[Choice]) -> None:
        menu = Menu(button, button.accessibleName())
        for choice in choices:
            action = menu.addAction(choice.words.replace("&", "&&"))
            action.triggered.connect(
                lambda _on=False, choice=choice: self.answered.emit(proposal, choice)
            )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))

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


def _words(choice: Choice) -> str:
    """What an answer is called; on a shared screen without the role we gave somebody."""
    if veil.is_on() and choice.answer in (Answer.KEEP_OPEN, Answer.STEP_DOWN):
        return tr("Keep the seat open")
    return choice.words
