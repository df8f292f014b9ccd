"""The overview of an account: three columns of panes, two where the window is narrow."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from csplanner.ui.account.event_rows import EventRow, TableRow
from csplanner.ui.account.people_panes import OpenPane, PeoplePane, StepPane, TimelinePane
from csplanner.ui.account.people_rows import PersonRow, RolesView
from csplanner.ui.account.plan_panes import ObjectivesPane, PlacePane, UsePane, VoicePane
from csplanner.ui.account.plan_rows import ObjectiveRow, PlaceView, UseRow, VoiceRow
from csplanner.ui.account.score_panes import CurvePane, LossPane, ScorePane
from csplanner.ui.account.score_rows import CurveView, ScoreView
from csplanner.ui.account.seat_rows import VacancyRow
from csplanner.ui.widgets.panes import Ground, Hairline, Scroll

_THREE_FROM = 1060


@dataclass(frozen=True, slots=True)
class OverviewView:
    """Everything the overview shows."""

    score: ScoreView
    curve: CurveView
    objectives: list[ObjectiveRow]
    agreed: str
    use: list[UseRow]
    voice: list[VoiceRow]
    place: PlaceView
    people: list[PersonRow]
    vacant: list[VacancyRow]
    roles: RolesView
    step: tuple[str, str, bool]
    cases: list[TableRow]
    deals: list[TableRow]
    events: list[EventRow]
    touches: int


class Overview(Scroll):
    """The first tab: why the score, what they want, who they are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.score, self.curve, self.losses = ScorePane(), CurvePane(), LossPane()
        self.objectives, self.use, self.voice = ObjectivesPane(), UsePane(), VoicePane()
        self.place = PlacePane()
        self.people, self.step, self.open = PeoplePane(), StepPane(), OpenPane()
        self.timeline = TimelinePane()
        inner = Ground("surface")
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self.measured = _column("surface", self.score, self.curve, self.losses)
        wanted = _column("surface", self.objectives, self.use, self.voice, self.place)
        self._side = _column("window", self.people, self.step, self.open, self.timeline, last=True)
        self._grid.addWidget(self.measured, 0, 0)
        self._grid.addWidget(wanted, 0, 1)
        self._three: bool | None = None
        self._shown: OverviewView | None = None
        super().__init__(inner, parent)
        self._arrange(three=True)

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
            (("use",), self.use.show_rows),
            (("voice",), self.voice.show_rows),
            (("place",), self.place.show_view),
            (("people", "vacant", "roles"), self.people.show_rows),
            (("step",), self._show_step),
            (("cases", "deals"), self.open.show_rows),
            (("events", "touches"), self.timeline.show_rows),
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
            "experience": self.voice,
            "objectives": self.objectives,
            "people": self.people,
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
            self._grid.addWidget(self._side, 0, 2)
        else:
            self._grid.addWidget(self._side, 1, 0, 1, 2)
        for column, stretch in enumerate((412, 412, 352 if three else 0)):
            self._grid.setColumnStretch(column, stretch)


def _column(token: str, *panes: QWidget, last: bool = False) -> Ground:
    ground = Ground(token, lines="" if last else "r")
    column = QVBoxLayout(ground)
    column.setContentsMargins(0, 6, 0 if last else 1, 8)
    column.setSpacing(0)
    for place, pane in enumerate(panes):
        if place and token == "window":
            column.addWidget(Hairline())
        column.addWidget(pane)
    column.addStretch(1)
    ground.setMinimumWidth(280)
    return ground
