"""How equipped they are, their potential, how critical we are: answers 0 to 4 with anchors."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from csplanner.book.book import Book
from csplanner.domain.account import AccountId
from csplanner.domain.account_file import AccountFile
from csplanner.domain.evidence import Evidence
from csplanner.domain.measurement import Measurement
from csplanner.domain.measures import EQUIPPED_ITEMS, POTENTIAL_ITEMS, SELF_SERVICE_PROOF
from csplanner.domain.tiers import MIN_EQUIPPED, MIN_POTENTIAL
from csplanner.domain.value import UNKNOWN, fact
from csplanner.errors import UserError
from csplanner.language import noted, tr
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.actions.account_form import CRITICALITY, CRITICALITY_WORDS
from csplanner.ui.actions.anchors import ANCHORS, UNANSWERED
from csplanner.ui.actions.choices import Choice, LetterChoices
from csplanner.ui.actions.evidence_line import EvidenceLine
from csplanner.ui.actions.form import Form, Work
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.fields import Field
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Scroll

SOURCE = noted("your answer")
_ANSWERS = (*(Choice(str(n), str(n), str(n)) for n in range(5)), Choice("", noted("Unknown"), "u"))
_LEAST_HEIGHT, _HEIGHT = 200, 720


class AnswersForm(Form):
    """Asks the twelve questions behind the tier; what is left out stays unknown."""

    def __init__(
        self, session: BookSession, parent: QWidget | None = None, *, account_id: str
    ) -> None:
        file = session.read.accounts.file(account_id)
        super().__init__(
            session,
            parent,
            title=tr("Where does {0} belong?").format(file.account.name),
            sentence=tr(
                "Type 0 to 4, u for unknown; Tab goes on. Four of the seven "
                "and three of the "
                "five are enough for the rule."
            ),
            verb=tr("Save answers"),
        )
        self.setMinimumWidth(640)
        self._account = file.account
        self.questions: dict[str, LetterChoices] = {}
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(8)
        self._ask(self.tr("How equipped they are"), EQUIPPED_ITEMS)
        self._ask(self.tr("Their potential"), POTENTIAL_ITEMS)
        self._ask_criticality()
        # Last, so that a digit and Tab lead from question to question without a stop between.
        self.proof = QCheckBox(self.tr("They completed a task without our help, as seen today"))
        self._column.addWidget(self.proof)
        self.evidence = EvidenceLine()
        self._column.addStretch(1)
        scroll = Scroll(inner)
        scroll.setMinimumHeight(_LEAST_HEIGHT)
        self._scroll = scroll
        self.body.addWidget(scroll)
        self.add(self.tr("How do you know what you changed? Optional"), self.evidence)
        self.count = PlainLabel("", px=12, colour="text2")
        self.body.addWidget(self.count)
        self._was = _answers(file)
        for item, answer in self._was.items():
            self.questions[item].choose(answer)
        self._count()
        room = parent.height() - 40 if parent is not None else _HEIGHT
        self.resize(660, min(_HEIGHT, room))
        self.begin_at(self.questions["equipped.owner"])

    def collect(self) -> Work | None:
        given = {
            item: choice.key
            for item, choice in self.questions.items()
            if choice.key != self._was.get(item, "")
        }
        key = self.criticality.key
        known = self._account.criticality.value
        was = "" if known is None else str(known)
        return partial(
            save_answers,
            account_id=self._account.id,
            given=given,
            proved=self.proof.isChecked(),
            criticality=key if key != was else None,
            said=self.evidence.evidence,
        )

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Keep the question that has the keyboard in sight."""
        moved = super().focusNextPrevChild(forward)
        focused = self.focusWidget()
        if moved and focused is not None and self._scroll.isAncestorOf(focused):
            self._scroll.ensureWidgetVisible(focused, 0, 60)
        return moved

    def _ask(self, title: str, items: Mapping[str, str]) -> None:
        self._column.addWidget(PlainLabel(title, weight=SEMIBOLD))
        for item, question in items.items():
            choices = LetterChoices(_ANSWERS, name=question)
            meaning = PlainLabel(_meaning(item, ""), px=12, colour="text2")
            meaning.setWordWrap(True)
            choices.chosen.connect(partial(_show_anchor, meaning, item))
            choices.chosen.connect(self._count)
            choices.refused.connect(self._refuse_digit)
            self.questions[item] = choices
            self._column.addWidget(Field(question, choices))
            self._column.addWidget(meaning)

    def _ask_criticality(self) -> None:
        self.criticality = LetterChoices(CRITICALITY, name=self.tr("How critical we are to them"))
        meaning = PlainLabel(CRITICALITY_WORDS[""], px=12, colour="text2")
        meaning.setWordWrap(True)
        self.criticality.chosen.connect(lambda key: meaning.setText(CRITICALITY_WORDS[key]))
        self.criticality.refused.connect(self._refuse_digit)
        known = self._account.criticality.value
        self.criticality.choose("" if known is None else str(known))
        self._column.addWidget(Field(self.tr("How critical we are to them"), self.criticality))
        self._column.addWidget(meaning)

    def _refuse_digit(self, text: str) -> None:
        self.count.setText(
            self.tr("{0} is no answer here. Type one of the digits shown, or u.").format(text)
        )

    def _count(self) -> None:
        answered = [item for item, choice in self.questions.items() if choice.key]
        able = sum(1 for item in answered if item in EQUIPPED_ITEMS)
        room = len(answered) - able
        missing = max(0, MIN_EQUIPPED - able) + max(0, MIN_POTENTIAL - room)
        enough = (
            self.tr("Enough for the rule.")
            if not missing
            else self.tr("{0} more for the rule.").format(missing)
        )
        words = self.tr("Answered {0} of 7 and {1} of 5. {2}")
        self.count.setText(words.format(able, room, enough))


def save_answers(
    book: Book,
    *,
    account_id: str,
    given: Mapping[str, str],
    proved: bool,
    criticality: str | None,
    said: Evidence | None = None,
) -> str:
    """Keep the answers that changed, dated today, in one step; returns the line to say."""
    if not given and not proved and criticality is None:
        raise UserError(tr("No answer was changed. Change one, or cancel."))
    name = book.accounts.get(account_id).name
    today = [m for m in book.measurements.of(account_id) if m.as_of == book.today]
    with book.change(tr("Answer for the tier, {0}").format(name)):
        values = {item: int(key) * 1000 if key else None for item, key in given.items()}
        if proved:
            values[SELF_SERVICE_PROOF] = 1000
        for item, value in values.items():
            for earlier in [m for m in today if m.measure == item]:
                book.measurements.remove(earlier.id)
            kept = book.measurements.add(
                Measurement("", AccountId(account_id), item, fact(value), book.today, source=SOURCE)
            )
            if said is not None:
                book.measurements.update(kept.id, on_evidence=said, value=kept.value)
        if criticality is not None:
            known = fact(int(criticality)) if criticality else UNKNOWN
            book.accounts.update(account_id, on_evidence=said, criticality=known)
    _, judgement = book.derived.judge(account_id)
    return f"{name}: {judgement.choice.sentence}"


def _answers(file: AccountFile) -> dict[str, str]:
    """The newest answer to each question, as the key of its choice."""
    found = {}
    for each in file.measurements:
        if each.measure in EQUIPPED_ITEMS or each.measure in POTENTIAL_ITEMS:
            value = each.value.value
            found[each.measure] = "" if value is None else str(min(4, max(0, value // 1000)))
    return found


def _show_anchor(meaning: PlainLabel, item: str, key: str) -> None:
    meaning.setText(_meaning(item, key))


def _meaning(item: str, key: str) -> str:
    """What an answer says; before there is one, what the ends of the scale say."""
    if key:
        return tr(ANCHORS[item][int(key)])
    return f"{tr(UNANSWERED)} 0: {tr(ANCHORS[item][0])} 4: {tr(ANCHORS[item][4])}"
