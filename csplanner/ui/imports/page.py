"""The Import page: File, Match columns, Review changes, Apply. Nothing is written before Apply."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from csplanner.book.staging_pages import StagedPages
from csplanner.crm.importing import Options, Staged, apply
from csplanner.crm.question import Question
from csplanner.domain.snapshot import Snapshot
from csplanner.errors import UserError
from csplanner.language import noted, tr
from csplanner.ui.actions import Actions
from csplanner.ui.actions.typed import day_shown
from csplanner.ui.imports.decisions import (
    Decisions,
    decide_again,
    decisions_of,
    is_known,
    open_conflicts,
)
from csplanner.ui.imports.file_step import FileStep, paths_of
from csplanner.ui.imports.foot import Foot
from csplanner.ui.imports.history import imports_of
from csplanner.ui.imports.mapping_step import MappingStep
from csplanner.ui.imports.parts import StepBar
from csplanner.ui.imports.reading import Reading
from csplanner.ui.imports.review_step import ReviewStep
from csplanner.ui.imports.undoing import Undoing
from csplanner.ui.imports.words import files_words, news, one_line
from csplanner.ui.session import BookSession
from csplanner.ui.session_page import SessionPage
from csplanner.ui.widgets.empty import EmptyState, draw_dashed_rows
from csplanner.ui.widgets.format import number, plural
from csplanner.ui.widgets.progress import ProgressLine

FILE, COLUMNS, REVIEW, APPLY = range(4)
_RECENT = 8


class ImportPage(SessionPage):
    """Brings a CRM snapshot in, step by step; going back keeps what was chosen."""

    key = "import"
    title = noted("Import snapshot")

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, actions, parent)
        self._argument: object = None
        self._paths: list[Path] = []
        self._asked = self._options = Options()
        self._decisions: Decisions = {}
        self._next = COLUMNS
        self.steps = (self.tr("File"), self.tr("Match columns"), self.tr("Review changes"),
                      self.tr("Apply"))  # fmt: skip
        self.bar = StepBar(self.steps)
        self.file = FileStep(session.today)
        self.columns = MappingStep(session.today)
        self.review = ReviewStep(session.today)
        self._applying = EmptyState(
            self.tr("Writing into your book"),
            self.tr("All of it comes in one step, or none of it. You can undo it afterwards."),
            drawing=draw_dashed_rows,
        )
        self.progress = ProgressLine()
        self.writing = ProgressLine(cancellable=False)
        self.foot = Foot()
        self.reading = Reading()
        self.undoing = Undoing(session, actions, self)
        self._lay_out()
        self._connect()
        self._go(FILE)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        for part in (self.file, self.columns, self.review, self._applying):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self._stack, 1)
        column.addWidget(self.progress)
        column.addWidget(self.writing)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        self.file.chosen.connect(self.read_files)
        self.file.answered.connect(self._answer)
        self.file.history.undo_asked.connect(self.undoing.ask)
        self.review.effect.history.undo_asked.connect(self.undoing.ask)
        self.review.decided.connect(self._show_foot)
        self.columns.changed.connect(self._show_foot)
        self.foot.cancel.clicked.connect(self.cancel)
        self.foot.back.clicked.connect(self.go_back)
        self.foot.on.clicked.connect(self.go_on)
        self.progress.cancelled.connect(self._stop_reading)
        self.reading.progressed.connect(self._show_progress)
        self.reading.staged.connect(self._take)
        self.reading.closing.connect(self.review.let_go)
        self.reading.asked.connect(self._ask)
        self.reading.failed.connect(self._refuse)
        reading = self.reading
        self.destroyed.connect(lambda: reading.close())

    # The page

    def breadcrumb(self) -> list[str]:
        return [tr(self.title), self.steps[self._stack.currentIndex()]]

    def open(self, argument: object) -> None:
        """Read the files named; a page gone back to shows what it showed."""
        paths = paths_of(argument)
        if paths and argument is not self._argument:
            self._argument = argument
            self.read_files(list(paths))

    def read_book(self) -> None:
        """Show the imports the book has had."""
        found = imports_of(self._session.read, self._session.today, _RECENT)
        can = not self._session.read_only
        self.file.history.show_imports(found, can_undo=can)
        self.review.effect.history.show_imports(found[:4], can_undo=can)
        self.file.set_enabled(can)
        if not can:
            self._say(self.tr("This book is open read-only. Save a copy to import into it."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter goes on; Escape stops reading."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape and self.reading.is_busy:
            self._stop_reading()
        else:
            super().keyPressEvent(event)

    @property
    def step(self) -> int:
        """The step shown: FILE, COLUMNS, REVIEW or APPLY."""
        return self._stack.currentIndex()

    # Reading

    def read_files(self, paths: list[Path]) -> None:
        """Read these files and show their columns."""
        if self._session.read_only or self.step == APPLY:
            return
        self._drop()
        self._paths = list(paths)
        self.columns.forget()
        self.file.ask(None)
        self._go(FILE)
        self._read(Options(today=self._session.today), COLUMNS)

    def _read(self, options: Options, then: int) -> None:
        self._asked, self._next = options, then
        self._say("")
        self.progress.begin(self.tr("Reading"))
        self.reading.start(self._paths, self._session.path, options)
        self._show_foot()

    def _show_progress(self, done: int, total: int, words: str) -> None:
        share = f"{words}, {done * 100 // total}%" if 0 < done <= total and total > 2 else words
        self.progress.step(done, total, share)

    def _stop_reading(self) -> None:
        self.reading.cancel()
        self.progress.end()
        self._say(self.tr("Cancelled. Your book is unchanged."), failed=False)
        self._show_foot()

    def _take(self) -> None:
        staged, pages = self.reading.snapshot, self.reading.pages
        if staged is None or pages is None:
            return
        self.progress.end()
        self._options = self._asked
        decide_again(pages, self._decisions)
        self.columns.show_staged(staged, pages, self._session.read.overview.totals().accounts)
        self.review.show_staged(staged, pages, self._session.read)
        self.review.has_decisions = bool(self._decisions)
        rows = sum(m.rows for m in staged.mappings)
        names = [m.file for m in staged.mappings]
        self.bar.show_files(files_words(names, rows, self.columns.used()[1]))
        self._go(self._next)

    def _ask(self, question: Question) -> None:
        self.progress.end()
        self.file.ask(question)
        self._go(FILE)

    def _answer(self, flag: str, answer: str) -> None:
        if flag == "--as-of":
            found = date.fromisoformat(answer)
            self.columns.whole.answer_day(found)
            options = replace(self._asked, as_of=found)
        elif flag == "--decimal":
            options = replace(self._asked, decimal=answer)
        else:
            options = replace(self._asked, date_order=answer)
        self._read(options, self._next)

    def _refuse(self, sentence: str) -> None:
        self.progress.end()
        if self.reading.snapshot is None:
            self.file.ask(None)
            self._go(FILE)
        self._say(sentence)
        self._show_foot()

    def _say(self, sentence: str, *, failed: bool = True) -> None:
        """Say in one sentence what is wrong or was stopped, at the step it concerns."""
        lines = (self.file.trouble, self.foot.trouble)
        here = lines[0] if self.step == FILE else lines[1]
        for line in lines:
            line.say(sentence if line is here else "", failed=failed)

    # Steps

    def _go(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.bar.show_step(step)
        self.heading_changed.emit()
        part = (self.file, self.columns, self.review, self._applying)[step]
        self.setFocusProxy(part)
        if self.isVisible():
            part.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_foot()

    def go_on(self) -> None:
        """Take the next step."""
        if self.reading.is_busy or not self.foot.on.isEnabled():
            return
        if self.step == FILE and self.reading.snapshot is not None:
            self._go(COLUMNS)
        elif self.step == COLUMNS:
            self._review()
        elif self.step == REVIEW:
            self._apply()

    def go_back(self) -> None:
        """Take the step before again; nothing chosen is lost."""
        if self.step in (COLUMNS, REVIEW) and not self.reading.is_busy:
            self._go(self.step - 1)

    def cancel(self) -> None:
        """Put the import away; the book is unchanged."""
        self.reading.cancel()
        self.progress.end()
        self._drop()
        self.columns.forget()
        self._go(FILE)
        self._say(self.tr("Cancelled. Your book is unchanged."), failed=False)

    def _review(self) -> None:
        try:
            wanted = self._wanted()
        except UserError:
            self.columns.whole.as_of.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if wanted == self._options:
            self._go(REVIEW)
            return
        pages = self.reading.pages
        self._decisions = decisions_of(pages) if pages and self.review.has_decisions else {}
        self._read(wanted, REVIEW)

    def _wanted(self) -> Options:
        """What was said of the snapshot and its columns; UserError when a field is wrong."""
        whole = self.columns.whole
        return Options(
            source=whole.typed_source,
            as_of=whole.typed_day(),
            scope=whole.scope,
            date_order=self._asked.date_order,
            decimal=self._asked.decimal,
            today=self._session.today,
            mappings=dict(self.columns.edited),
        )

    # Applying

    def _apply(self) -> None:
        staged, pages = self.reading.snapshot, self.reading.pages
        if staged is None or pages is None:
            return
        words = self._news(staged, pages)
        self.review.show_staged(None, None, self._session.read)
        self.reading.close_pages()
        self._go(APPLY)
        self.writing.begin(self.tr("Writing {0}").format(words).strip())
        self._session.write_long(
            lambda book, _progress: apply(book, staged),
            partial(self._applied, staged, words),
            failed=self._not_applied,
        )

    def _applied(self, staged: Staged, words: str, snapshot: Snapshot | None) -> None:
        self.writing.end()
        self._drop()
        self.columns.forget()
        self._go(FILE)
        self._session.refresh()
        if snapshot is None:
            self._say(self.tr("Nothing new: your book already holds all of it."))
            return
        self.navigate.emit("today", None)
        said = words or self.tr("nothing changed")
        told = self.tr("Imported from {0}: {1}").format(one_line(staged.source), said)
        if staged.doubled:
            twice = self.tr(". {0} stand twice by name: Book menu, Review doubled names")
            told += twice.format(staged.doubled)
        self._actions.say(told)

    def _not_applied(self, sentence: str) -> None:
        """Show the review again with every decision, and why it could not be written."""
        self.writing.end()
        self.reading.reopen()
        self.review.show_staged(self.reading.snapshot, self.reading.pages, self._session.read)
        self._go(REVIEW)
        self._say(sentence)

    # The foot

    def _show_foot(self) -> None:
        foot, step, busy = self.foot, self.step, self.reading.is_busy
        has = self.reading.snapshot is not None
        foot.setVisible(step != FILE or has)
        foot.cancel.setVisible(step in (COLUMNS, REVIEW) or has)
        foot.cancel.setEnabled(step != APPLY)
        foot.back.setVisible(step in (COLUMNS, REVIEW))
        foot.on.setVisible(step in (COLUMNS, REVIEW) or (step == FILE and has))
        foot.on.setEnabled(not busy)
        foot.back.setEnabled(not busy)
        if step == COLUMNS:
            used, there = self.columns.used()
            foot.say(self.tr("{0} of {1} used. Nothing has been changed yet.").format(
                number(used), plural(there, "column")))  # fmt: skip
            foot.on.set_text(self.tr("Review changes"))
        elif step == REVIEW:
            self._show_decisions()
        else:
            foot.say("")
            foot.on.set_text(self.tr("Match columns"))

    def _show_decisions(self) -> None:
        staged, pages, foot = self.reading.snapshot, self.reading.pages, self.foot
        if staged is None or pages is None:
            return
        total, still = pages.field_count(), open_conflicts(pages)
        foot.say_decided(total - still, total, still)
        words = self._news(staged, pages)
        known = not words and is_known(staged, pages, self._session.read.snapshots.all())
        foot.on.setEnabled(not known and not self.reading.is_busy)
        if words:
            foot.on.set_text(self.tr("Apply {0}").format(words))
        else:
            same = self.tr("Keep as seen on {0}").format(day_shown(staged.as_of))
            foot.on.set_text(self.tr("Nothing new") if known else same)

    def _news(self, staged: Staged, pages: StagedPages) -> str:
        missing = len(pages.missing(limit=-1))
        return news(staged.counts, pages.field_count(taken=True), missing)

    # Letting go

    def _let_go(self) -> None:
        self.review.show_staged(None, None, self._session.read)
        self.reading.forget()

    def _drop(self) -> None:
        self._let_go()
        self._decisions = {}
        self._say("")
        self.bar.show_files("")
