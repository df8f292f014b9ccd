"""How the map stands: its figures, the goals of its roles, the ladder, and who meets whom."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.domain.map_figures import (
    Figure,
    Goal,
    Headcount,
    Ladder,
    MapMetrics,
    MapRisk,
    Measure,
    RiskKind,
)
from csplanner.domain.map_model import Meeting
from csplanner.domain.person import Role
from csplanner.domain.reading import Band
from csplanner.domain.wording import one_line
from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM
from csplanner.ui import veil
from csplanner.ui.account.parts import CoverageDots, Verb, clear
from csplanner.ui.map.side_parts import (
    FactRow,
    PressRow,
    SideSection,
    Steps,
    alone,
    give_way,
    leaned,
    link,
    one_stop,
    wrapped,
)
from csplanner.ui.widgets.format import day, share
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel

_TOP_STEP = 3
_MISSING = (
    RiskKind.NO_SPONSOR, RiskKind.ROLE_MISSING, RiskKind.CHAMPION_GONE, RiskKind.CHAMPION_UNPROVEN,
)  # fmt: skip
"""Risks that somebody for a role is missing."""
_ELSEWHERE = (Measure.HEADCOUNT, Measure.ALIGNMENT)
"""Figures with a section of their own."""
_COUNTED = (Measure.THREADS, Measure.EFFECTIVE, Measure.LEVELS, Measure.NEWCOMERS)
"""Figures that rest on nothing that is judged of anybody."""


class MetricsPane(QWidget):
    """Each figure with its sentence; `cards_asked(keys)` whom it is about."""

    cards_asked = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self._section = SideSection(tr("How the map stands"))
        self._section.body.setSpacing(2)
        alone(self, self._section)

    def show_metrics(self, metrics: MapMetrics, *, part: bool = False) -> None:
        """Show other figures; beside a further map, a `part`, they say that they are of the whole
        account.
        """
        clear(self._section.body)
        self._section.set_note(tr("of the whole account") if part else "")
        rows = []
        for figure in metrics.figures:
            if figure.measure in _ELSEWHERE:
                continue
            row = self._row(figure)
            self._section.body.addWidget(row)
            if figure.cards:
                rows.append(row.press)
        one_stop(rows)

    def _row(self, figure: Figure) -> FactRow:
        run = (lambda: self.cards_asked.emit(figure.cards)) if figure.cards else None
        shown, sentence = figure.shown, figure.sentence
        if figure.measure not in _COUNTED and veil.is_on():
            shown, sentence = veil.DOTS, ""
        flag = Band.NONE if shown == veil.DOTS else figure.flag
        return FactRow(figure.title, shown, sentence, flag=flag, run=run)


class GoalsPane(QWidget):
    """A line for each role an account of this tier needs: how many of how many."""

    cards_asked = Signal(tuple)
    role_asked = Signal(str)
    """The role that somebody has to be found for."""
    mend_asked = Signal(object)
    """The risk that a missing role is, whose step finds somebody for it."""

    def __init__(self) -> None:
        super().__init__()
        self._section = SideSection(tr("Role goals"))
        self._section.body.setSpacing(2)
        alone(self, self._section)

    def show_goals(self, goals: Sequence[Goal], risks: Sequence[MapRisk] = ()) -> None:
        """Show other goals; where a risk is about a missing role, its step is offered."""
        clear(self._section.body)
        if veil.is_on():
            self._section.set_note("")
            self._section.body.addWidget(wrapped(veil.cover_words()))
            return
        steps = {r.role: r for r in reversed(risks) if r.role is not None and r.kind in _MISSING}
        met = sum(goal.is_met for goal in goals)
        self._section.set_note(share(met, len(goals)) if goals else "")
        rows = [_GoalRow(g, show=self._show(g), step=self._step(g, steps)) for g in goals]
        for row in rows:
            self._section.body.addWidget(row)
        one_stop([row.press for row in rows])
        if not goals:
            self._section.body.addWidget(wrapped(tr("This tier asks for no role.")))

    def _show(self, goal: Goal) -> Callable[[], object]:
        return lambda: self.cards_asked.emit(goal.cards)

    def _step(self, goal: Goal, steps: Mapping[Role, MapRisk]) -> Verb:
        risk = steps.get(goal.role)
        if risk is None:
            return tr("Add a person"), lambda: self.role_asked.emit(goal.role.value)
        return risk.action, lambda: self.mend_asked.emit(risk)


class _GoalRow(QWidget):
    """The role, a dot for each person wanted, `1 of 1`, and what is missing."""

    def __init__(self, goal: Goal, *, show: Callable[[], object], step: Verb) -> None:
        super().__init__()
        give_way(self)
        counted = share(min(goal.covered, goal.wanted), goal.wanted)
        self.press = PressRow(f"{goal.title}: {counted}. {goal.sentence}", run=show)
        dots = CoverageDots()
        seats = ["in_touch"] * min(goal.covered, goal.wanted)
        seats += ["quiet"] * min(max(goal.present - goal.covered, 0), goal.wanted - len(seats))
        seats += ["nobody"] * (goal.wanted - len(seats))
        dots.show_seats(seats, goal.sentence)
        dots.setFixedWidth(13 * goal.wanted)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(ElidedLabel(goal.title, weight=MEDIUM), 1)
        head.addWidget(dots)
        head.addWidget(PlainLabel(counted, px=12, colour="text2"))
        column = QVBoxLayout()
        column.setContentsMargins(0, 4, 0, 2)
        column.setSpacing(0)
        column.addLayout(head)
        if not goal.is_met:
            column.addWidget(wrapped(goal.sentence))
        self.press.take(column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self.press)
        if goal.present < goal.wanted:
            button = link(*step, writes=True)
            button.setAccessibleDescription(goal.title)
            outer.addWidget(leaned(button))


class LadderPane(QWidget):
    """How far the map is, 0 to 3, and what the next step needs."""

    cards_asked = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self._section = SideSection(tr("How far you are"), right=True)
        alone(self, self._section)

    def show_ladder(self, ladder: Ladder) -> None:
        """Show another step."""
        clear(self._section.body)
        self._section.set_note(tr("step {0}").format(share(ladder.step, _TOP_STEP)))
        steps = Steps(ladder.step, _TOP_STEP)
        steps.setAccessibleName(tr("Step {0}").format(share(ladder.step, _TOP_STEP)))
        self._section.body.addWidget(steps)
        self._section.body.addWidget(wrapped(veil.judged(ladder.sentence)))
        if ladder.cards:
            show = link(tr("Show who"), lambda: self.cards_asked.emit(ladder.cards))
            self._section.body.addWidget(leaned(show))


class HeadcountPane(QWidget):
    """How many of us met how many of them; meetings where we were too many."""

    def __init__(self) -> None:
        super().__init__()
        self._section = SideSection(tr("Who is in the room"), right=True)
        alone(self, self._section)

    def show_headcount(self, headcount: Headcount, today: date) -> None:
        """Show other meetings."""
        clear(self._section.body)
        count = len(headcount.meetings)
        self._section.set_note(tr("meetings in 90 days: {0}").format(count) if count else "")
        self._section.body.addWidget(wrapped(headcount.sentence))
        for meeting in headcount.crowded[:3]:
            self._section.body.addWidget(_meeting_row(meeting, today))


def _meeting_row(meeting: Meeting, today: date) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    topic = veil.note(one_line(meeting.topic)) or tr("Meeting")
    told = tr("{0} of us, {1} of them").format(meeting.ours, meeting.theirs)
    row.addWidget(PlainLabel(day(meeting.on, today), px=12, colour="text2"))
    row.addWidget(ElidedLabel(topic, px=12), 1)
    row.addWidget(PlainLabel(told, px=12, colour="watch-ink"))
    box.setAccessibleName(f"{day(meeting.on, today)}, {topic}: {told}")
    return box
