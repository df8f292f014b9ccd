"""One question at a time, until the answers say something and why."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csplanner.domain.map_anchors import guide, longest, walk
from csplanner.domain.map_guide import Question, Verdict
from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM
from csplanner.ui.account.parts import clear
from csplanner.ui.actions.choices import Choice, LetterChoices
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground

_INSET = 12


class GuideBox(Ground):
    """`decided(Verdict)` once the answers lead to one. Backspace goes a question back."""

    decided = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("subtle", parent)
        self._field = ""
        self._chosen: list[int] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_INSET, _INSET, _INSET, _INSET)
        self._column.setSpacing(6)
        self.answers: LetterChoices | None = None

    def begin(self, field: str) -> None:
        """Ask the first question of a field."""
        self._field, self._chosen = field, []
        self._show()

    def answer(self, place: int) -> None:
        """Give the answer at that place, from 0."""
        self._chosen.append(place)
        self._show()

    def back(self) -> None:
        """Ask the question before once more."""
        if self._chosen:
            self._chosen.pop()
            self._show()

    @property
    def at(self) -> Question | Verdict:
        """The question asked, or what the answers said."""
        return walk(self._field, self._chosen)

    def _show(self) -> None:
        had_focus = self.answers is not None and self.answers.isAncestorOf(
            self.window().focusWidget() or self
        )
        clear(self._column)
        at = self.at
        if isinstance(at, Verdict):
            self._show_verdict(at)
            self.decided.emit(at)
            return
        count = tr("Question {0} of {1} at most").format(
            len(self._chosen) + 1, longest(self._field)
        )
        self._add(count, px=12, colour="text2")
        self._add(at.words, weight=MEDIUM)
        self.answers = LetterChoices(
            [Choice(str(n), a.words, str(n + 1)) for n, a in enumerate(at.answers)],
            name=at.words, upright=True,
        )  # fmt: skip
        self.answers.chosen.connect(lambda key: self.answer(int(key)))
        self._column.addWidget(self.answers)
        self.answers.show()
        self.setFocusProxy(self.answers)
        if had_focus:
            self.answers.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_way_back()

    def _show_verdict(self, verdict: Verdict) -> None:
        self.answers = None
        anchor = guide(self._field).anchor(verdict.value)
        title = anchor.title if anchor is not None else tr("Not known yet")
        self._add(tr("Your answers say: {0}").format(title), weight=MEDIUM)
        self._add(verdict.because)
        self._show_way_back()

    def _show_way_back(self) -> None:
        if self._chosen:
            back = Button(tr("One question back"), kind="link", small=True)
            back.clicked.connect(self.back)
            self._column.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
            back.show()

    def _add(self, words: str, *, px: int = 13, weight: int = 400, colour: str = "text") -> None:
        label = PlainLabel(words, px=px, weight=weight, colour=colour)
        label.setWordWrap(True)
        self._column.addWidget(label)
        label.show()
