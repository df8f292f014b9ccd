"""A line between two of the map: what it says, how strongly, and how you know."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from csplanner.domain.account import AccountId
from csplanner.domain.map_model import YOU, Line, LineKind, RelationMap
from csplanner.domain.map_record import LineSaid
from csplanner.errors import UserError
from csplanner.language import noted, tr
from csplanner.ui.actions.choices import Choice, LetterChoices
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.actions.pick import Pick
from csplanner.ui.actions.typed import read_day, required
from csplanner.ui.map import writing
from csplanner.ui.map.ends import KINDS, our_choices, outsider_choices, their_choices
from csplanner.ui.map.resting import rests_on
from csplanner.ui.map.side_parts import wrapped
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.buttons import Button

if TYPE_CHECKING:
    from csplanner.domain.tie import Tie
    from csplanner.ui.widgets.fields import Field

_WEIGHTS = (
    Choice("1", noted("A little"), "1"), Choice("2", noted("Clearly"), "2"),
    Choice("3", noted("Strongly"), "3"),
)  # fmt: skip
_OFFERED = (
    LineKind.INFLUENCES, LineKind.DOUBTS, LineKind.TIE, LineKind.PAIRED, LineKind.RIVAL,
)  # fmt: skip
_OURS = (LineKind.TIE, LineKind.PAIRED)


class TieForm(Form):
    """Draws a line, or changes the one given; the fields follow what the line says."""

    def __init__(
        self, session: BookSession, parent: QWidget | None, *, shown: RelationMap,
        start: str = "", end: str = "", kind: LineKind | None = None, line: Line | None = None,
    ) -> None:  # fmt: skip
        super().__init__(
            session, parent, title=tr("Change a line") if line else tr("Draw a line"),
            verb=tr("Save") if line else tr("Draw it"),
        )  # fmt: skip
        self._shown, self._line = shown, line
        self._was: Tie | None = (
            session.read.ties.get(line.tie_id) if line is not None and line.tie_id else None
        )
        start, end = (line.start, line.end) if line else (start, end)
        self._start, self._end = start, end
        self._lay_out(line.kind if line else kind or self._likely(start))
        if line is not None and line.tie_id:
            remove = Button(tr("Remove the line"), self, kind="quiet")
            remove.clicked.connect(self._remove)
            self.foot.insertWidget(0, remove)

    def _likely(self, start: str) -> LineKind:
        """What a line from there most probably says."""
        if any(o.key == start for o in self._shown.ours):
            return LineKind.TIE
        card = self._shown.by_key().get(start)
        return LineKind.RIVAL if card is not None and card.outside else LineKind.INFLUENCES

    def _lay_out(self, kind: LineKind) -> None:
        was = self._was
        if self._line is not None and kind is LineKind.TIE:
            self.body.addWidget(wrapped(self._rests_on(self._line)))
        self.kind = Pick([(k.value, KINDS[k]) for k in _OFFERED])
        self.kind.choose(kind.value)
        self.start, self.end = Pick([]), Pick([])
        self.add_row(
            self.field(tr("Who"), self.start), self.field(tr("Does what"), self.kind),
            self.field(tr("Whom"), self.end),
        )  # fmt: skip
        self.weight = LetterChoices(_WEIGHTS, name=tr("How strongly"))
        self.weight.choose(str(was.weight if was else self._line.weight if self._line else 1))
        self.label = self.field(tr("Words beside the line, such as “budget”. Optional"),
                                text=was.label if was else "")  # fmt: skip
        stated = was.strength.value if was is not None and was.strength.is_known else None
        self.strength = self.field(tr("Strength as you see it, 0 to 100. Optional"),
                                   text="" if stated is None else str(stated))  # fmt: skip
        self.due = self.day_field(tr("They meet on"), was.due if was else None)
        self.did = self.field(tr("What ours did since they last met"),
                              text=was.ours_did if was else "")  # fmt: skip
        self.asked = self.field(tr("What theirs asked for"), text=was.they_asked if was else "")
        self.evidence = self.field(tr("How do you know? Optional"),
                                   text=was.evidence if was else "")  # fmt: skip
        self._weighed = self.field(tr("How strongly"), self.weight)
        self.your_name = self.field(tr("Your name, which the book does not know yet"))
        for part in (
            self.your_name, self._weighed, self.label, self.strength, self.due, self.did,
            self.asked, self.evidence,
        ):  # fmt: skip
            self.body.addWidget(part)
        self.kind.currentIndexChanged.connect(lambda _: self._follow())
        self.start.currentIndexChanged.connect(lambda _: self._ask_name())
        self._follow()
        self.begin_at(self._first_field())

    def _rests_on(self, line: Line) -> str:
        """Which touches stand behind a tie; what you say of it is kept beside them."""
        touches = self.session.read.touches.of(AccountId(self._shown.account_id))
        said = rests_on(line, self._shown, touches)
        return said or tr("No contact between the two is logged: it stands as you said.")

    def _first_field(self) -> QWidget:
        """What is asked for first: who, whom, or what an existing line says."""
        if self._line is None:
            if not self.your_name.isHidden() and self._end:
                return self.your_name.field
            return self.end if self._start else self.start
        shown = (self._weighed, self.strength, self.due)
        return next((f.field for f in shown if not f.isHidden()), self.evidence.field)

    def _follow(self) -> None:
        """Offer the ends and the fields that fit what the line says."""
        kind = LineKind(self.kind.key)
        _offer(self.start, self._starts(kind), self.start.key or self._start)
        _offer(self.end, their_choices(self._shown), self.end.key or self._end)
        fields: dict[Field, bool] = {
            self._weighed: kind in (LineKind.INFLUENCES, LineKind.DOUBTS),
            self.label: kind in (LineKind.INFLUENCES, LineKind.DOUBTS),
            self.strength: kind in (LineKind.TIE, LineKind.RIVAL),
            self.due: kind is LineKind.PAIRED, self.did: kind is LineKind.PAIRED,
            self.asked: kind is LineKind.PAIRED,
        }  # fmt: skip
        for field, wanted in fields.items():
            field.setVisible(wanted)
        self._ask_name()
        fixed = self._line is not None
        for pick in (self.start, self.kind, self.end):
            pick.setEnabled(not fixed)

    def _ask_name(self) -> None:
        """Ask who you are where a line begins at you and nobody said so in the settings."""
        unknown = not self.session.read.settings.csm.strip()
        self.your_name.setVisible(unknown and self.start.key == YOU)

    def _starts(self, kind: LineKind) -> list[tuple[str, str]]:
        if kind in _OURS:
            return our_choices(self._shown)
        if kind is LineKind.RIVAL:
            return outsider_choices(self._shown)
        return their_choices(self._shown)

    def collect(self) -> Work | None:
        kind, start, end = LineKind(self.kind.key), self.start.key, self.end.key
        strength = self.read(self.strength, _read_strength)
        due = self.read(self.due, lambda text: read_day(text, self.session.today))
        if not start or not end or start == end:
            self.fault(
                self._weighed if self._weighed.isVisible() else self.evidence,
                tr("A line needs two different people. Choose both."),
            )
        csm = ""
        if not self.your_name.isHidden():
            missing = tr("Type your name: the line begins at you.")
            csm = self.read(self.your_name, lambda text: required(text, missing)) or ""
        told = LineSaid(
            label=text_of(self.label).strip(), weight=int(self.weight.key or "1"),
            strength=strength, due=due, evidence=text_of(self.evidence).strip(),
            ours_did=text_of(self.did).strip(), they_asked=text_of(self.asked).strip(),
        )  # fmt: skip
        if self._was is not None:
            return partial(writing.restate, tie_id=self._was.id, kind=kind, told=told)
        return partial(
            writing.connect, account_id=self._shown.account_id, kind=kind, ends=(start, end),
            told=told, csm=csm,
        )  # fmt: skip

    def _remove(self) -> None:
        assert self._line is not None
        work = partial(
            writing.disconnect, account_id=self._shown.account_id, keys=(self._line.key,)
        )
        self.session.write(work, self._saved, failed=self._failed)


def _offer(pick: Pick, choices: list[tuple[str, str]], key: str) -> None:
    pick.clear()
    for each, words in choices:
        pick.addItem(words, each)
    pick.choose(key)


def _read_strength(text: str) -> int | None:
    words = text.strip().removesuffix("%").strip()
    if not words:
        return None
    if not words.isdecimal() or int(words) > 100:
        raise UserError(tr("Type a number from 0 to 100, or leave it empty."))
    return int(words)
