"""The Import page: File, Match columns, Review changes, Apply. Nothing is written before Apply."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from csplanner.book.overview_values import values_of
from csplanner.crm.importing import apply
from csplanner.crm.options import Options
from csplanner.crm.question import Question
from csplanner.crm.staged import Staged
from csplanner.domain.snapshot import Snapshot
from csplanner.errors import UserError
from csplanner.language import noted, ntr, tr
from csplanner.ui.actions import Actions
from csplanner.ui.imports.file_step import FileStep, paths_of
from csplanner.ui.imports.flow import Flow
from csplanner.ui.imports.foot import Foot
from csplanner.ui.imports.foot_words import say_columns, say_decisions, what_comes
from csplanner.ui.imports.found import draft_files, files_of, found_of
from csplanner.ui.imports.history import imports_of
from csplanner.ui.imports.mapping_step import CURRENCY, Found, MappingStep
from csplanner.ui.imports.parts import StepBar
from csplanner.ui.imports.past import Past
from csplanner.ui.imports.recent import with_recent
from csplanner.ui.imports.result import ResultStep
from csplanner.ui.imports.review_step import ReviewStep
from csplanner.ui.imports.said import DAY
from csplanner.ui.imports.time_left import TimeLeft
from csplanner.ui.imports.undoing import Undoing
from csplanner.ui.imports.words import files_words, one_line
from csplanner.ui.news.panel import NewsPanel
from csplanner.ui.news.rows import look
from csplanner.ui.session import BookSession
from csplanner.ui.session_page import SessionPage
from csplanner.ui.widgets.empty import EmptyState, draw_dashed_rows
from csplanner.ui.widgets.progress import ProgressLine

FILE, COLUMNS, REVIEW, APPLY, RESULT = range(5)
_RECENT = 8
_LIVE_MS = 600
_PLACES = "import.recent"
_MOST_LIVE = 200_000
"""Rows above which the preview is brought up to date only with the next step."""


class ImportPage(SessionPage):
    """Brings a CRM snapshot in, step by step; going back keeps what was chosen."""

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
        self._connect()
        self._go(FILE)

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

    def _connect(self) -> None:
        self._connect_steps()
        self.foot.cancel.clicked.connect(self.cancel)
        self.foot.back.clicked.connect(self.go_back)
        self.foot.on.clicked.connect(self.go_on)
        self.progress.cancelled.connect(self._stop_reading)
        self._live.timeout.connect(self._read_live)
        self.reading.progressed.connect(self._show_progress)
        self.reading.closing.connect(self._let_review_go)
        self.flow.began.connect(self._begin_reading)
        self.flow.taken.connect(self._take)
        self.flow.drafted.connect(self._take_draft)
        self.flow.asked.connect(self._ask)
        self.flow.refused.connect(self._refuse)
        flow = self.flow
        self.destroyed.connect(lambda: flow.close())

    def _connect_steps(self) -> None:
        file, columns, review, result = self.file, self.columns, self.review, self.result
        file.chosen.connect(self.read_files)
        file.added.connect(lambda paths: self.read_files([*self.flow.paths, *paths]))
        file.pasted.connect(self.paste)
        file.answered.connect(self.flow.answer)
        file.history.undo_asked.connect(self.undoing.ask)
        file.found.object_said.connect(self._say_object)
        file.found.encoding_said.connect(self._say_encoding)
        self.whole.changed.connect(self._whole_changed)
        columns.changed.connect(self._columns_changed)
        columns.whole_asked.connect(lambda: self._go(FILE))
        columns.currency_said.connect(self.whole.take_currency)
        columns.account_asked.connect(lambda key: self.navigate.emit("account", key))
        review.effect.history.undo_asked.connect(self.undoing.ask)
        review.decided.connect(self._show_foot)
        review.restage_wanted.connect(self._restage)
        review.save_asked.connect(lambda: self.past.ask_save(review.problems_csv()))
        for history in (file.history, review.effect.history):
            self.past.join(history)
        review.account_asked.connect(lambda key: self.navigate.emit("account", key))
        result.undo_asked.connect(self._undo_newest)
        result.more_asked.connect(self.cancel)
        result.today_asked.connect(lambda: self.navigate.emit("today", None))
        result.news.opened.connect(self.navigate)  # type: ignore[attr-defined]
        result.news.said.connect(self._actions.say)  # type: ignore[attr-defined]

    # The page

    def breadcrumb(self) -> list[str]:
        return [tr(self.title), self.steps[min(self.step, APPLY)]]

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
        self.file.show_recent(self._places())
        if self.step == RESULT:
            self._show_news()
        if not can:
            self._say(self.tr("This book is open read-only. Save a copy to import into it."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter goes on, Ctrl+PageUp and Ctrl+PageDown turn files; Escape stops reading."""
        key, control = Qt.Key(event.key()), Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & control:
            self.go_on()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and event.modifiers() & control:
            self.columns.files.step(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Escape and self.reading.is_busy:
            self._stop_reading()
        else:
            super().keyPressEvent(event)

    @property
    def step(self) -> int:
        """The step shown: FILE, COLUMNS, REVIEW, APPLY while writing, or RESULT."""
        return self._stack.currentIndex()

    def _places(self) -> list[str]:
        kept = self._session.memory.get(_PLACES)
        return [p for p in kept if isinstance(p, str)] if isinstance(kept, list) else []

    # Reading

    def read_files(self, paths: list[Path], *, pasted: bool = False) -> None:
        """Read these files and show their columns."""
        if self._session.read_only or self.step == APPLY:
            return
        self._drop()
        self.file.ask(None)
        self.file.show_files(on=False)
        if not pasted:
            self._session.memory.keep(_PLACES, with_recent(self._places(), paths))
        self._go(FILE)
        self.flow.begin(paths, COLUMNS)

    def paste(self) -> None:
        """Read the table on the clipboard."""
        if self._session.read_only or self.step != FILE:
            return
        try:
            kept = self.flow.paste(QGuiApplication.clipboard().text())
        except UserError as error:
            self._say(str(error))
            return
        self.read_files(kept, pasted=True)

    def _begin_reading(self, shows: bool) -> None:
        self._time.begin()
        self._live.stop()
        if shows:
            self._say("")
            self.progress.begin(self.tr("Reading"))
        self._show_foot()

    def _show_progress(self, done: int, total: int, words: str) -> None:
        if not self.flow.is_live:
            self.progress.step(done, total, self._time.words(done, total, words))

    def _stop_reading(self) -> None:
        self.flow.stop()
        self.progress.end()
        self._say(self.tr("Cancelled. Your book is unchanged."), failed=False)
        self._show_foot()

    def _take(self, then: int) -> None:
        self.progress.end()
        if self.flow.reading.snapshot is None:
            return
        if DAY in self.flow.said.for_now and not self.whole.was_said("as_of"):
            self.whole.ask_day()
        if CURRENCY in self.flow.said.for_now and not self.whole.was_said("currency"):
            self.whole.ask_currency(self.flow.said.choices[CURRENCY])
        self._show_staged()
        if self.whole.is_asking_day:
            then = FILE
        elif then == REVIEW and self.columns.open:
            then = COLUMNS
        self._go(then)
        if then == COLUMNS:
            self.columns.show_open()

    def _show_staged(self) -> None:
        staged, pages = self.reading.snapshot, self.reading.pages
        if staged is None or pages is None:
            return
        book = self._session.read
        waiting = self.flow.said.open_places(list(staged.mappings), self.columns.answered)
        choices = self.flow.said.choices.get(CURRENCY, ())
        found = found_of(staged, pages, book, waiting=waiting, currencies=choices)
        self.columns.show_found(found)
        self.whole.show_staged(staged, values_of(book, "owner"))
        self.columns.say_whole(self.whole.headline(staged.as_of_why))
        self.file.found.show_files(files_of(staged))
        self.file.show_files(on=True)
        rows = sum(m.rows for m in staged.mappings)
        names = [m.file for m in staged.mappings]
        self.bar.show_files(files_words(names, rows, self.columns.used()[1]))

    def _take_draft(self) -> None:
        """Show files none of whose columns is known, to be told what their rows are."""
        self.progress.end()
        self._show_draft()
        self.file.show_files(on=True)
        self._go(FILE)
        self._say(self.tr("None of these columns is known. Choose what the rows of a file are."))

    def _show_draft(self) -> None:
        edited = dict(self.columns.edited)
        self.file.found.show_files(draft_files(self.flow.draft, edited))
        self.columns.show_found(Found(tuple(edited.values())))
        self.columns.say_whole(self.whole.headline())
        self._say("")
        self._show_foot()

    def _ask(self, question: Question) -> None:
        self.progress.end()
        self.file.ask(question)
        self._go(FILE)

    def _refuse(self, sentence: str) -> None:
        self.progress.end()
        if self.reading.snapshot is None and not self.flow.draft:
            self.file.ask(None)
            self.file.show_files(on=False)
            self._go(FILE)
        self._say(sentence)
        self._show_foot()

    def _say(self, sentence: str, *, failed: bool = True) -> None:
        """Say in one sentence what is wrong or was stopped, at the step it concerns."""
        here = self.file.trouble if self.step == FILE else self.foot.trouble
        for line in (*self.file.troubles, self.foot.trouble):
            line.say(sentence if line is here else "", failed=failed)

    # What is said of the files

    def _say_object(self, file: str, object_: str) -> None:
        """Read a file as records of another kind, or leave it out."""
        staged, columns = self.reading.snapshot, self.columns
        known = [*self.flow.draft, *(() if staged is None else (*staged.mappings, *staged.unused))]
        mapping = next((m for m in known if m.file == file), None)
        if mapping is None:
            return
        if self.flow.draft and not object_:
            columns.edited.pop(file, None)
        else:
            columns.edited[file] = (
                mapping.with_object(object_) if object_ else replace(mapping, object="")
            )
        if self.flow.draft:
            self._show_draft()
        else:
            self._read_or_point(FILE)

    def _say_encoding(self, file: str, encoding: str) -> None:
        self.flow.said.encodings[file] = encoding
        if not encoding:
            del self.flow.said.encodings[file]
        self._read_or_point(FILE)

    def _whole_changed(self) -> None:
        self.columns.say_whole(self.whole.headline())
        self._show_foot()

    def _columns_changed(self) -> None:
        self._say("")
        self._show_foot()
        staged = self.reading.snapshot
        if staged is not None and sum(m.rows for m in staged.mappings) <= _MOST_LIVE:
            self._live.start()

    def _read_live(self) -> None:
        """Bring what is shown of the columns up to date with what was chosen."""
        if self.step != COLUMNS or self.reading.snapshot is None:
            return
        try:
            wanted = self._wanted()
        except UserError:
            return
        if not self.flow.is_current(wanted) and not (self.reading.is_busy):
            self.flow.read(wanted, COLUMNS, live=True)

    def _restage(self, wanted: dict[str, object]) -> None:
        """Read again as the review asks: with matches, corrected cells and the like."""
        self.flow.said.take(wanted)
        self._read_or_point(REVIEW)

    def _read_or_point(self, then: int) -> bool:
        """Read with everything said so far; False where a field is wrong, which then says so."""
        try:
            self.flow.read(self._wanted(), then)
        except UserError:
            self._go(FILE)
            self.whole.show_wrong()
            return False
        return True

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

    # Steps

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

    def go_on(self) -> None:
        """Take the next step."""
        if not self.foot.on.isEnabled():
            return
        if self.step == FILE:
            self._match_columns()
        elif self.step == COLUMNS:
            self._review()
        elif self.step == REVIEW and not self.reading.is_busy:
            self._apply()

    def go_back(self) -> None:
        """Take the step before again; nothing chosen is lost."""
        if self.step in (COLUMNS, REVIEW) and (not self.reading.is_busy or self.flow.is_live):
            self._go(self.step - 1)

    def cancel(self) -> None:
        """Put the import away; the book is unchanged."""
        was_done = self.step == RESULT
        self.progress.end()
        self._drop()
        self.file.show_files(on=False)
        self._go(FILE)
        if not was_done:
            self._say(self.tr("Cancelled. Your book is unchanged."), failed=False)

    def _match_columns(self) -> None:
        if self.reading.snapshot is None:
            self._go(COLUMNS)
            return
        self._on_to(COLUMNS)

    def _review(self) -> None:
        if self.columns.open:
            self._say(self.tr("Say first how the marked columns are read."))
            self.columns.show_open()
            return
        self._on_to(REVIEW)

    def _on_to(self, step: int) -> None:
        """Go to a step with everything said taken into account."""
        try:
            wanted = self._wanted()
        except UserError:
            self._go(FILE)
            self.whole.show_wrong()
            return
        if self.flow.is_current(wanted):
            self.flow.stop()
            self._go(step)
        else:
            self.flow.read(wanted, step)

    # Applying

    def _apply(self) -> None:
        staged, pages = self.reading.snapshot, self.reading.pages
        if staged is None or pages is None or self.review.flush():
            return
        words = what_comes(staged, pages)
        self._let_review_go()
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
        self.file.show_files(on=False)
        if snapshot is None:
            self._go(FILE)
            self._say(self.tr("Nothing new: your book already holds all of it."))
            return
        said = words or self.tr("nothing changed")
        told = self.tr("Imported from {0}: {1}").format(one_line(staged.source), said)
        twice = ""
        if staged.doubled:
            twice = ntr("{0} name stands twice", "{0} names stand twice", staged.doubled)
            twice += self.tr(": Book menu, Review doubled names")
        self.result.show_result(told, twice, can_undo=True)
        self._session.refresh()
        self._brought = snapshot.id
        self._show_news()
        self._go(RESULT)
        self._actions.say(f"{told}. {twice}" if twice else told)

    def _show_news(self) -> None:
        news = self.result.news
        if isinstance(news, NewsPanel):
            news.show_news(look(self._session.read, self._brought))
        newest = imports_of(self._session.read, self._session.today, 1)
        self.result.undo.setVisible(bool(newest and newest[0].change is not None))

    def _undo_newest(self) -> None:
        newest = imports_of(self._session.read, self._session.today, 1)
        if newest and newest[0].change is not None:
            self.undoing.ask(newest[0])

    def _not_applied(self, sentence: str) -> None:
        """Show the review again with every decision, and why it could not be written."""
        self.writing.end()
        self.reading.reopen()
        self._go(REVIEW)
        self._say(sentence)

    # The foot

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

    # Letting go

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
