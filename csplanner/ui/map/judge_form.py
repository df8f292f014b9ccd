"""Judging somebody: questions that lead to an answer, or a choice among written anchors."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.map_anchors import GUIDES, guide
from csplanner.domain.map_guide import Verdict
from csplanner.domain.map_model import Card, RelationMap
from csplanner.domain.person import Role
from csplanner.language import tr
from csplanner.ui import veil
from csplanner.ui.account.parts import clear
from csplanner.ui.actions.choices import Choice, LetterChoices
from csplanner.ui.actions.evidence_line import EvidenceLine
from csplanner.ui.actions.form import Form, Work
from csplanner.ui.actions.pick import Pick
from csplanner.ui.actions.typed import read_day
from csplanner.ui.map import writing
from csplanner.ui.map.guide_box import GuideBox
from csplanner.ui.map.judged import key_of, read_value
from csplanner.ui.map.role_place import RolePlace
from csplanner.ui.map.value_words import is_secret, value_words
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Scroll

_OFFERED = ("influence", "mood", "role", "champion", *GUIDES)
_YESES = ("has_power", "sells_for_us", "has_interest")
_LETTERS = "abcdefghijklmnop"
"""Of the anchors: the answers to the questions have the digits."""
_WIDE, _LEAST, _MOST = 600, 120, 260
_REST = 640
"""What the form needs besides the anchors, on a screen that has room for all of them."""


class JudgeForm(Form):
    """Asks about one field of one person; the answer is kept with why, by whom and when."""

    def __init__(
        self, session: BookSession, parent: QWidget | None, *,
        shown: RelationMap, card: Card, field: str = "",
    ) -> None:  # fmt: skip
        super().__init__(
            session, parent, title=tr("Help me decide: {0}").format(card.name),
            sentence=tr("Answer what you saw or heard. A title or silence proves nothing."),
            verb=tr("Keep it"),
        )  # fmt: skip
        self.setMinimumWidth(_WIDE)
        self._account_id, self._card = shown.account_id, card
        self._verdict: Verdict | None = None
        self._was = ""
        wanted = "champion" if field in _YESES else field
        offered = list(dict.fromkeys(_OFFERED))
        self.what = Pick([(key, guide(key).title) for key in offered])
        self.what.choose(wanted if wanted in GUIDES else "influence")
        self.what.currentIndexChanged.connect(lambda _: self._show_field())
        self.on = self.day_field(tr("As of"), session.today)
        self.add_row(self.field(tr("What do you judge?"), self.what), self.on)
        self._now = PlainLabel("", px=12, colour="text2")
        self._now.setWordWrap(True)
        self.body.addWidget(self._now)
        self.guide = GuideBox()
        self.guide.decided.connect(self._decided)
        self.body.addWidget(self.guide)
        self._choices = QVBoxLayout()
        self.body.addLayout(self._choices)
        self.place = RolePlace(card)
        self.body.addWidget(self.place)
        self.evidence = EvidenceLine()
        self.known = self.add(tr("How do you know? Optional"), self.evidence)
        self.choices = LetterChoices(())
        self._show_field()
        self.begin_at(self.guide)

    # Showing

    def _show_field(self) -> None:
        """Begin with the field chosen: what is known, its first question, its anchors."""
        self._verdict = None
        asked = guide(self.what.key)
        self._now.setText(self._known_words())
        self.guide.begin(self.what.key)
        clear(self._choices)
        self.choices = LetterChoices(
            [
                Choice(_key(anchor.value), f"{anchor.title}: {anchor.words}", letter)
                for anchor, letter in zip(asked.anchors, _LETTERS, strict=False)
            ],
            name=asked.title, upright=True,
        )  # fmt: skip
        self._was = key_of(self._card, self.what.key)
        if not (veil.is_on() and self._is_secret):
            self.choices.choose(self._was)
        self.choices.chosen.connect(self._chosen)
        self._ask_place()
        if not asked.anchors:
            return
        self._choices.addWidget(PlainLabel(tr("Or choose yourself"), px=12, colour="text2"))
        scroll = _Anchors(self.choices)
        self._choices.addWidget(scroll)
        self.choices.show()

    def _known_words(self) -> str:
        keys = [key_of(self._card, self.what.key)]
        if self._field == "role":
            keys = [s.role.value for s in self._card.seats]
        said = [value_words(self._field, key) for key in keys if key]
        return tr("Known now: {0}").format(", ".join(said) or tr("unknown"))

    @property
    def _is_secret(self) -> bool:
        return is_secret(self._field) or self._was == Role.SCEPTIC.value

    @property
    def _field(self) -> str:
        """What is kept: champion or coach is a role."""
        return "role" if self.what.key == "champion" else self.what.key

    def _ask_place(self) -> None:
        self.place.ask_about(self.choices.key if self._field == "role" else "")

    def _decided(self, verdict: Verdict) -> None:
        """Take over what the answers say; it can still be changed before it is kept."""
        self.choices.choose(_key(verdict.value))
        self._verdict = verdict
        if not self.evidence.note.text().strip() and not verdict.wants_note:
            self.evidence.kind.choose(EvidenceKind.OBSERVED.value)
            self.evidence.note.setText(verdict.because)
        self.save_button.setFocus(Qt.FocusReason.OtherFocusReason)
        if verdict.wants_note:
            self.evidence.note.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chosen(self, key: str) -> None:
        """Another choice is your own: the verdict of the questions no longer stands behind it."""
        if self._verdict is not None and key != _key(self._verdict.value):
            self._verdict = None
        self._ask_place()

    # Saving

    def collect(self) -> Work | None:
        on = self.read(self.on, lambda text: read_day(text, self.session.today))
        said = self.evidence.evidence
        if on is not None and on > self.session.today:
            self.fault(self.on, tr("That day is still to come. Type the day you saw or heard it."))
        verdict = self._verdict
        if verdict is not None and verdict.wants_note and not self.evidence.note.text().strip():
            self.fault(self.known, tr("Write down what they said or did against us."))
        if verdict is None and self.choices.key in ("", self._was) and said is None:
            missing = tr("Answer the questions or choose yourself; or say how you still know it.")
            self.fault(self.known, missing)
        elif verdict is None and not self.choices.key:
            self.fault(self.known, tr("Answer the questions, or choose yourself."))
        evidence = replace(said or Evidence(), on=on)
        return partial(
            writing.judge, account_id=self._account_id, key=self._card.key, values=self._values(),
            evidence=evidence, seat=self.place.seat,
        )  # fmt: skip

    def _values(self) -> Mapping[str, object]:
        values: dict[str, object] = {self._field: read_value(self._field, self.choices.key)}
        if self._verdict is not None:
            values |= {name: said for name, said in self._verdict.notes if said is not None}
        return values


class _Anchors(Scroll):
    """The anchors, scrolled where there are many."""

    def __init__(self, choices: LetterChoices) -> None:
        # Whatever room there is, the choices keep together at its top.
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(choices)
        column.addStretch(1)
        super().__init__(held)
        high = choices.sizeHint().height() + 4
        room = self.screen().availableGeometry().height() - _REST
        self.setMinimumHeight(min(high, max(_LEAST, min(room, _MOST))))
        self._high = min(high, _MOST)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._high)


def _key(value: int | str | None) -> str:
    return "" if value is None else str(value)
