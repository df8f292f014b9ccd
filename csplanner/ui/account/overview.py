"""The overview of an account: three columns of panes, two where the window is narrow."""

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
        super().__init__(inner, parent)
        self._arrange(three=True)

    def show_view(self, view: OverviewView) -> None:
        """Show another account."""
        self.score.show_view(view.score)
        self.curve.show_view(view.curve)
        self.losses.show_rows(view.score.losses)
        self.objectives.show_rows(view.objectives, view.agreed)
        self.use.show_rows(view.use)
        self.voice.show_rows(view.voice)
        self.place.show_view(view.place)
        self.people.show_rows(view.people, view.roles)
        step, due, late = view.step
        self.step.show_step(step, due, is_late=late)
        self.open.show_rows(view.cases, view.deals)
        self.timeline.show_rows(view.events, view.touches)

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
