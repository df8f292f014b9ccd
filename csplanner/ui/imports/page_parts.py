"""The parts of the Import page, the step it shows, and its foot."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from csplanner.crm.options import Options
from csplanner.language import noted, tr
from csplanner.ui.actions import Actions
from csplanner.ui.imports.file_step import FileStep
from csplanner.ui.imports.flow import Flow
from csplanner.ui.imports.foot import Foot
from csplanner.ui.imports.foot_words import say_columns, say_decisions
from csplanner.ui.imports.mapping_step import MappingStep
from csplanner.ui.imports.parts import StepBar
from csplanner.ui.imports.past import Past
from csplanner.ui.imports.result import ResultStep
from csplanner.ui.imports.review_step import ReviewStep
from csplanner.ui.imports.time_left import TimeLeft
from csplanner.ui.imports.undoing import Undoing
from csplanner.ui.news.panel import NewsPanel
from csplanner.ui.session import BookSession
from csplanner.ui.session_page import SessionPage
from csplanner.ui.widgets.empty import EmptyState, draw_dashed_rows
from csplanner.ui.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from csplanner.crm.staged import Staged

FILE, COLUMNS, REVIEW, APPLY, RESULT = range(5)
_LIVE_MS = 600
PLACES = "import.recent"
MOST_LIVE = 200_000
"""Rows above which the preview is brought up to date only with the next step."""


class PageParts(SessionPage):
    """Builds the steps and shows one of them; what they do is up to the page."""

    key = "import"
    title = noted("Import snapshot")

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, actions, parent)
        self._argument: object = None
        self.steps = (self.tr("File"), self.tr("Match columns"), self.tr("Review changes"),
                      self.tr("Apply"))  # fmt: skip
        self.bar = StepBar(self.steps)
        self.file = FileStep(session.today)
        self.whole = self.file.found.whole
        self.columns = MappingStep()
        self.review = ReviewStep(session.today)
        self._reviewed: Staged | None = None
        self._applying = EmptyState(
            self.tr("Writing into your book"),
            self.tr("All of it comes in one step, or none of it. You can undo it afterwards."),
            drawing=draw_dashed_rows,
        )
        self._brought = ""
        self.result = ResultStep(NewsPanel())
        self.progress = ProgressLine()
        self.writing = ProgressLine(cancellable=False)
        self.foot = Foot()
        self.flow = Flow(session, self)
        self.flow.has_decisions = lambda: self.review.has_decisions
        self.reading = self.flow.reading
        self._time = TimeLeft()
        self._live = QTimer(self)
        self._live.setSingleShot(True)
        self._live.setInterval(_LIVE_MS)
        self.undoing = Undoing(session, actions, self)
        self.past = Past(session, actions, self)
        self._lay_out()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for part in (self.file, self.columns, self.review, self._applying, self.result):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self.progress)
        column.addWidget(self.writing)
        column.addWidget(self.foot)

    def breadcrumb(self) -> list[str]:
        return [tr(self.title), self.steps[min(self.step, APPLY)]]

    @property
    def step(self) -> int:
        """The step shown: FILE, COLUMNS, REVIEW, APPLY while writing, or RESULT."""
        return self._stack.currentIndex()

    def _places(self) -> list[str]:
        kept = self._session.memory.get(PLACES)
        return [p for p in kept if isinstance(p, str)] if isinstance(kept, list) else []

    def _say(self, sentence: str, *, failed: bool = True) -> None:
        """Say in one sentence what is wrong or was stopped, at the step it concerns."""
        here = self.file.trouble if self.step == FILE else self.foot.trouble
        for line in (*self.file.troubles, self.foot.trouble):
            line.say(sentence if line is here else "", failed=failed)

    def _go(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.bar.show_step(min(step, APPLY))
        if step == REVIEW:
            self._show_review()
        self.heading_changed.emit()
        part = (self.file, self.columns, self.review, self._applying, self.result)[step]
        self.setFocusProxy(part)
        if self.isVisible():
            part.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_foot()

    def _show_review(self) -> None:
        staged, pages = self.reading.snapshot, self.reading.pages
        if staged is not None and staged is not self._reviewed:
            self.review.show_staged(staged, pages, self._session.read)
            self.review.has_decisions = bool(self.flow.decisions)
            self._reviewed = staged

    def _wanted(self) -> Options:
        """What was said of the snapshot and its columns; UserError when a field is wrong."""
        whole = self.whole
        return Options(
            source=whole.typed_source,
            as_of=whole.typed_day(),
            currency=whole.typed_currency(),
            complete=whole.complete,
            within=whole.owner,
            blanks=whole.blanks,
            today=self._session.today,
            meanings=self.columns.words.meanings,
            mappings=dict(self.columns.edited),
        )

    def _show_foot(self) -> None:
        foot, step = self.foot, self.step
        busy = self.reading.is_busy and not self.flow.is_live
        has = self.reading.snapshot is not None or bool(self.flow.draft)
        foot.setVisible(step not in (FILE, RESULT) or (step == FILE and has))
        foot.cancel.setVisible(step in (COLUMNS, REVIEW) or has)
        foot.cancel.setEnabled(step != APPLY)
        foot.back.setVisible(step in (COLUMNS, REVIEW))
        foot.on.setVisible(step in (COLUMNS, REVIEW) or (step == FILE and has))
        foot.on.setEnabled(not busy and self._can_go_on())
        foot.back.setEnabled(not busy)
        if step == COLUMNS:
            say_columns(foot, self.columns)
        elif step == REVIEW and self.reading.snapshot is not None:
            say_decisions(foot, self.reading, self._session.read, busy=busy)
        else:
            foot.say("")
            foot.on.set_text(self.tr("Match columns"))

    def _can_go_on(self) -> bool:
        if self.step == FILE and self.flow.draft:
            return bool(self.columns.edited)
        return True

    def _let_review_go(self) -> None:
        self._reviewed = None
        self.review.show_staged(None, None, self._session.read)

    def _drop(self) -> None:
        self._live.stop()
        self._let_review_go()
        self.flow.drop()
        self.columns.forget()
        self.whole.forget()
        self._say("")
        self.bar.show_files("")
