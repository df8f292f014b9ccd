"""The overview of an account: three columns of panes, two where the window is narrow."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from csplanner.ui.account.care_panes import CarePane, PromisesPane
from csplanner.ui.account.care_rows import CareRow
from csplanner.ui.account.event_rows import TableRow
from csplanner.ui.account.journey_pane import JourneyPane
from csplanner.ui.account.journey_rows import JourneyView
from csplanner.ui.account.lens_pane import LensPane
from csplanner.ui.account.lens_rows import LensRow
from csplanner.ui.account.people_panes import OpenPane, PeoplePane, StepPane, TimelinePane
from csplanner.ui.account.people_rows import PersonRow, RolesView
from csplanner.ui.account.plan_panes import ObjectivesPane, PlacePane, UsePane
from csplanner.ui.account.plan_rows import ObjectiveRow, PlaceView, UseRow
from csplanner.ui.account.promise_rows import PromiseRow
from csplanner.ui.account.score_panes import CurvePane, LossPane, ScorePane
from csplanner.ui.account.score_rows import CurveView, ScoreView
from csplanner.ui.account.seat_rows import VacancyRow
from csplanner.ui.account.timeline_rows import Event
from csplanner.ui.widgets.panes import Ground, Hairline, Scroll

_THREE_FROM = 1060


@dataclass(frozen=True, slots=True)
class OverviewView:
    """Everything the overview shows."""

    score: ScoreView
    curve: CurveView
    objectives: list[ObjectiveRow]
    agreed: str
    lenses: list[LensRow]
    use: list[UseRow]
    journey: JourneyView
    place: PlaceView
    people: list[PersonRow]
    vacant: list[VacancyRow]
    roles: RolesView
    care: list[CareRow]
    promises: list[PromiseRow]
    promised: str
    promise_count: int
    step: tuple[str, str, bool]
    cases: list[TableRow]
    deals: list[TableRow]
    events: list[Event]
    event_count: int
    today: date


class Overview(Scroll):
    """The first tab: why the score, what they want, how it went, who they are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.score, self.curve, self.losses = ScorePane(), CurvePane(), LossPane()
        self.objectives, self.use, self.lenses = ObjectivesPane(), UsePane(), LensPane()
        self.journey, self.place, self.promises = JourneyPane(), PlacePane(), PromisesPane()
        self.people, self.step, self.open = PeoplePane(), StepPane(), OpenPane()
        self.care, self.timeline = CarePane(), TimelinePane()
        inner = Ground("surface")
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self.measured = _column("surface", self.score, self.curve)
        wanted = _column("surface", self.objectives, self.lenses, self.use)
        went = Ground("surface", lines="rtb")
        strip = QVBoxLayout(went)
        strip.setContentsMargins(0, 1, 1, 1)
        strip.addWidget(self.journey)
        self._lost = _column("surface", self.losses)
        planned = _column("surface", self.promises, self.place)
        self._side = _column(
            "window", self.people, self.care, self.step, self.timeline, self.open, last=True
        )
        self._grid.addWidget(self.measured, 0, 0)
        self._grid.addWidget(wanted, 0, 1)
        self._grid.addWidget(went, 1, 0, 1, 2)
        self._grid.addWidget(self._lost, 2, 0)
        self._grid.addWidget(planned, 2, 1)
        self._grid.setRowStretch(2, 1)
        self._three: bool | None = None
        self._shown: OverviewView | None = None
        super().__init__(inner, parent)
        self._arrange(three=True)

    def hide_measured(self, *, hidden: bool) -> None:
        """Take what is measured out of sight."""
        self.measured.setVisible(not hidden)
        self._lost.setVisible(not hidden)

    def show_view(self, view: OverviewView) -> None:
        """Show another account, or another state of it; panes with nothing new stay as they are."""
        was, self._shown = self._shown, view
        for fields, show in self._panes():
            values = [getattr(view, field) for field in fields]
            if was is None or values != [getattr(was, field) for field in fields]:
                show(*values)

    def _panes(self) -> tuple[tuple[tuple[str, ...], Callable[..., None]], ...]:
        """What each pane shows of a view, by the names of the view's fields."""
        return (
            (("score",), self._show_score),
            (("curve",), self.curve.show_view),
            (("objectives", "agreed"), self.objectives.show_rows),
            (("lenses",), self.lenses.show_rows),
            (("use",), self.use.show_rows),
            (("journey",), self.journey.show_view),
            (("place",), self.place.show_view),
            (("people", "vacant", "roles"), self.people.show_rows),
            (("care",), self.care.show_rows),
            (("promises", "promised", "promise_count"), self.promises.show_rows),
            (("step",), self._show_step),
            (("cases", "deals"), self.open.show_rows),
            (("events", "event_count", "today"), self.timeline.show_rows),
        )

    def _show_score(self, score: ScoreView) -> None:
        self.score.show_view(score)
        self.losses.show_rows(score.losses)

    def _show_step(self, step: tuple[str, str, bool]) -> None:
        text, due, is_late = step
        self.step.show_step(text, due, is_late=is_late)

    def reveal(self, section: str) -> None:
        """Scroll to a part of the overview."""
        parts: dict[str, QWidget] = {
            "health": self.score,
            "experience": self.journey,
            "objectives": self.objectives,
            "people": self.people,
            "care": self.care,
            "promises": self.promises,
        }
        part = parts.get(section)
        if part is not None and part.isVisible():
            self.ensureWidgetVisible(part, 0, 0)
        elif not section:
            self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(three=self.width() >= _THREE_FROM)

    def _arrange(self, *, three: bool) -> None:
        """Put the people beside the rest, or under it."""
        if three == self._three:
            return
        self._three = three
        self._grid.removeWidget(self._side)
        if three:
            self._grid.addWidget(self._side, 0, 2, 3, 1)
        else:
            self._grid.addWidget(self._side, 3, 0, 1, 2)
        for column, stretch in enumerate((412, 412, 352 if three else 0)):
            self._grid.setColumnStretch(column, stretch)


def _column(token: str, *panes: QWidget, last: bool = False) -> Ground:
    ground = Ground(token, lines="" if last else "r")
    column = QVBoxLayout(ground)
    column.setContentsMargins(0, 2, 0 if last else 1, 2)
    column.setSpacing(0)
    for place, pane in enumerate(panes):
        if place and token == "window":
            column.addWidget(Hairline())
        column.addWidget(pane)
    column.addStretch(1)
    ground.setMinimumWidth(280)
    return ground
