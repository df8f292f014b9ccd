"""The Import page: File, Match columns, Review changes, Apply. Nothing is written before Apply."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from csplanner.book.staging_pages import StagedPages
from csplanner.crm.importing import apply
from csplanner.crm.staged import Staged
from csplanner.domain.snapshot import Snapshot
from csplanner.errors import UserError
from csplanner.language import ntr
from csplanner.ui.actions import Actions
from csplanner.ui.imports.answers import questions
from csplanner.ui.imports.currency_kept import keep_currency
from csplanner.ui.imports.file_step import paths_of
from csplanner.ui.imports.foot_words import what_comes
from csplanner.ui.imports.history import imports_of
from csplanner.ui.imports.page_parts import APPLY, COLUMNS, FILE, RESULT, REVIEW
from csplanner.ui.imports.page_reading import ReadingPage
from csplanner.ui.imports.words import one_line
from csplanner.ui.news.panel import NewsPanel
from csplanner.ui.news.rows import look
from csplanner.ui.session import BookSession

_RECENT = 8
__all__ = ["APPLY", "COLUMNS", "FILE", "RESULT", "REVIEW", "ImportPage"]


class ImportPage(ReadingPage):
    """Brings a CRM snapshot in, step by step; going back keeps what was chosen."""

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, actions, parent)
        self._connect()
        self._go(FILE)

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

    def go_on(self) -> None:
        """Take the next step; from the result, on to Today."""
        if self.step == RESULT:
            self.result.today.click()
            return
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
        if self.reading.snapshot is None or self._asks_only_currency():
            self._go(COLUMNS)
            self.columns.show_open()
            return
        self._on_to(COLUMNS)

    def _asks_only_currency(self) -> bool:
        """Whether nothing but the currency waits, which is asked at its column."""
        return self.whole.is_asking_currency and not self.whole.is_asking_day

    def _review(self) -> None:
        if self.columns.open:
            self._say(self.tr("Say first how the marked columns are read."))
            self.columns.show_open()
            return
        if self.columns.show_words():
            self._say(self.tr("These words are new. Say what they mean, or go on as shown."),
                      failed=False)  # fmt: skip
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

    def _apply(self) -> None:
        staged, pages = self.reading.snapshot, self.reading.pages
        if staged is None or pages is None or self._asks_names(pages) or self.review.flush():
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

    def _asks_names(self, pages: StagedPages) -> bool:
        """Ask who is who before anything is written, so that no account comes in twice."""
        asked = questions(pages)
        if not self.review.ask_names():
            return False
        self._say(
            ntr("{0} account of the files may be one of yours. Say first whether it is the same or "
                "new; Shift+A or Shift+K answers for all.",
                "{0} accounts of the files may be some of yours. Say first which are the same and "
                "which are new; Shift+A or Shift+K answers for all.", asked)
        )  # fmt: skip
        return True

    def _applied(self, staged: Staged, words: str, snapshot: Snapshot | None) -> None:
        self.writing.end()
        if self.whole.was_said("currency"):
            keep_currency(self._session.memory, staged.source, self.whole.typed_currency())
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
        if not self.isVisible():
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
