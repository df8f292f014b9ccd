"""The inspector of the pyramid: why an account is where it is, or what a what-if would change."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, SEMIBOLD
from csplanner.ui.look import theme_of
from csplanner.ui.pyramid.moves import Effect, Move
from csplanner.ui.pyramid.rows import Hours, letter_of
from csplanner.ui.pyramid.why import Answer, Answers, Why
from csplanner.ui.widgets.buttons import Button, IconButton
from csplanner.ui.widgets.chips import MarkWidget, TierChip
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import Inspector

_MOST = 4


class PyramidInspector(Inspector):
    """Shows a Why or an Effect. `asked(verb)`: tier, assess, open, apply or discard.

    `removed(account id)`: a move is taken out of the what-if; `chosen(account id)`: look at it.
    """

    asked = Signal(str)
    removed = Signal(str)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setMinimumWidth(288)

    def show_nothing(self) -> None:
        """Say that no account is chosen."""
        self.clear()
        self.set_title(self.tr("No account chosen"))
        self.add_widget(_wrapped(self.tr("Choose an account to see why it stands where it does.")))

    def show_why(self, why: Why) -> None:
        """Explain one account's tier."""
        self.clear()
        self.set_title(why.name)
        self.add_widget(_Head(why))
        rule = self.add_section(self.tr("What the rule says"))
        rule.addWidget(_wrapped(why.sentence, colour="text"))
        for floor in why.floors:
            rule.addWidget(_Fact("arrow-up", floor))
        if why.choice:
            yours = self.add_section(self.tr("Your choice"))
            for text in why.choice:
                yours.addWidget(_wrapped(text, colour="text"))
        for answers in (why.equipped, why.potential):
            self._add_answers(answers)
        rest = self.add_section(self.tr("Hours"))
        for text in why.hours:
            rest.addWidget(_wrapped(text, colour="text"))
        critical = self.add_section(self.tr("If we stopped working"))
        critical.addWidget(_wrapped(why.criticality, colour="text"))
        self._add_verb("tier", self.tr("Set tier…"), kind="primary")
        self._add_verb("assess", self.tr("Answer the questions"))
        self._actions.addStretch(1)

    def show_what_if(
        self, effect: Effect, moves: Sequence[Move], hours: Hours, *, can_suggest: bool
    ) -> None:
        """Show what the moves collected would change, and each of them."""
        self.clear()
        self.set_title(self.tr("What if"))
        self.add_widget(_EffectGrid(effect, hours.unit))
        count = len(moves)
        note = self.tr("{0}, none applied yet").format(count) if count else ""
        listed = self.add_section(self.tr("Moves"), note)
        listed.setSpacing(12)
        if not moves:
            listed.addWidget(
                _wrapped(
                    self.tr(
                        "Drag accounts to other tiers, or press H, M, L or D on one. "
                        "Nothing changes until you apply."
                    )
                )
            )
        for move in moves:
            row = _MoveRow(move, hours)
            row.removed.connect(self.removed)
            row.chosen.connect(self.chosen)
            listed.addWidget(row)
        if can_suggest:
            suggest = Button(self.tr("Suggest moves that fit the hours"), kind="link", small=True)
            suggest.clicked.connect(lambda: self.asked.emit("suggest"))
            listed.addWidget(suggest)
        if effect.advice:
            self.add_widget(_Fact("circle-alert", effect.advice, colour="watch-ink"))
        if moves:
            word = self.tr("Apply 1 move") if count == 1 else self.tr("Apply {0} moves")
            self._add_verb("apply", word.format(count), kind="primary")
            self._add_verb("discard", self.tr("Discard"))
        else:
            self._add_verb("discard", self.tr("Leave what if"))
        self._actions.addStretch(1)

    def clear(self) -> None:
        """Take everything away, stretches of the foot included."""
        super().clear()
        while self._actions.count():
            self._actions.takeAt(0)

    def _add_answers(self, answers: Answers) -> None:
        body = self.add_section(f"{answers.title}  {answers.value}", answers.known)
        body.setSpacing(4)
        for answer in answers.lines:
            body.addWidget(_AnswerRow(answer))

    def _add_verb(self, verb: str, words: str, *, kind: str = "secondary") -> None:
        button = Button(words, kind=kind)
        button.clicked.connect(lambda: self.asked.emit(verb))
        self.add_action(button)


def _wrapped(text: str, *, colour: str = "text2", px: int = 13) -> PlainLabel:
    label = PlainLabel(text, colour=colour, px=px)
    label.setWordWrap(True)
    return label


class _Fact(QWidget):
    """An icon and a sentence that wraps."""

    def __init__(self, icon: str, text: str, *, colour: str = "text2") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, colour=colour), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(_wrapped(text), 1)


class _Head(QWidget):
    """Mark, score, ARR and tier."""

    def __init__(self, why: Why) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(MarkWidget(why.band, size=18))
        row.addWidget(PlainLabel(why.score, weight=MEDIUM))
        row.addWidget(PlainLabel(why.arr, colour="text2"))
        row.addStretch(1)
        if why.tier:
            row.addWidget(TierChip(why.tier))
        else:
            row.addWidget(PlainLabel(self.tr("Not placed"), px=12, colour="text3"))
        if why.rule:
            row.addWidget(PlainLabel(self.tr("rule"), px=12, colour="text3"))
            row.addWidget(TierChip(why.rule, form="outline"))


class _AnswerRow(QWidget):
    """A question and five steps, filled up to the answer; dashed when nobody said."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(ElidedLabel(answer.title, px=12, colour="text2"), 1)
        row.addWidget(_Steps(answer.points))
        value = "?" if answer.points is None else str(answer.points)
        figure = PlainLabel(value, px=12, weight=MEDIUM)
        figure.setFixedWidth(12)
        figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(figure)
        said = (
            tr("not answered")
            if answer.points is None
            else tr("{0} of {1}").format(answer.points, _MOST)
        )
        self.setAccessibleName(f"{answer.title}: {said}")


class _Steps(QWidget):
    """Four short bars."""

    def __init__(self, points: int | None) -> None:
        super().__init__()
        self._points = points
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(60, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look = theme_of(self)
            if self._points is None:
                pen = QPen(look.colour("none-ink"), 1.2)
                pen.setDashPattern([2, 2])
                painter.setPen(pen)
                painter.drawLine(QPointF(0, 7), QPointF(58, 7))
                return
            for step in range(_MOST):
                token = "accent" if step < self._points else "grid"
                painter.fillRect(QRectF(step * 15, 4, 13, 6), look.colour(token))


class _EffectGrid(QWidget):
    """Before and after, line by line."""

    def __init__(self, effect: Effect, unit: str) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        better = "good-ink" if effect.is_better else "text"
        lines = (
            (self.tr("Promised a {0}").format(unit), effect.promised, "text"),
            (effect.room_title, effect.room, "risk-ink" if effect.is_short else "text"),
            (self.tr("Rule agrees"), effect.agrees, better),
        )
        right = Qt.AlignmentFlag.AlignRight
        for at, (title, (before, after), ink) in enumerate(lines):
            grid.addWidget(PlainLabel(title), at, 0)
            grid.addWidget(PlainLabel(before, colour="text2"), at, 1, right)
            grid.addWidget(IconLabel("arrow-right", colour="text3", px=12), at, 2)
            grid.addWidget(PlainLabel(after, weight=SEMIBOLD, colour=ink), at, 3, right)


class _MoveRow(QWidget):
    """One move: name, from and to, hours, why, and a cross that takes it out."""

    removed = Signal(str)
    chosen = Signal(str)

    def __init__(self, move: Move, hours: Hours) -> None:
        super().__init__()
        was, change = move.line.tier, hours.change(move.hours)
        name = ElidedLabel(move.line.name, weight=MEDIUM)
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(name, 1)
        if was is not None:
            top.addWidget(TierChip(letter_of(was), form="letter"))
        top.addWidget(IconLabel("arrow-right", colour="text3", px=12))
        top.addWidget(TierChip(letter_of(move.tier), form="letter"))
        figure = PlainLabel(change, weight=MEDIUM)
        figure.setMinimumWidth(52)
        figure.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top.addWidget(figure)
        cross = IconButton("x", self.tr("Take {0} out").format(move.line.name))
        cross.clicked.connect(lambda: self.removed.emit(move.account_id))
        top.addWidget(cross)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(top)
        column.addWidget(_wrapped(move.reason, px=12))
        word = self.tr("follows the rule") if move.follows_rule else self.tr("override, yours")
        ink = "text3" if move.follows_rule else "watch-ink"
        column.addWidget(PlainLabel(word, px=12, colour=ink))
        self.setAccessibleName(f"{move.line.name}, {change}: {move.reason}. {word}")
