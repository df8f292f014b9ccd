"""The Import page while files are read and told what they are."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from csplanner.book.overview_values import values_of
from csplanner.crm.question import Question
from csplanner.errors import UserError
from csplanner.ui.imports.crm_words import in_words
from csplanner.ui.imports.currency_kept import currency_of
from csplanner.ui.imports.found import draft_files, files_of, found_of
from csplanner.ui.imports.mapping_step import CURRENCY, Found
from csplanner.ui.imports.page_parts import (
    APPLY,
    COLUMNS,
    FILE,
    MOST_LIVE,
    PLACES,
    REVIEW,
    PageParts,
)
from csplanner.ui.imports.recent import with_recent
from csplanner.ui.imports.said import DAY
from csplanner.ui.imports.words import files_words

_NAMES = frozenset(
    ("account.id", "account.name", "person.account", "person.account_name", "opportunity.account",
     "opportunity.account_name", "case.account", "case.account_name", "measurement.account",
     "measurement.account_name")
)  # fmt: skip
"""What names the account of a row."""


class ReadingPage(PageParts):
    """Reads files anew as more is said of them, and shows what they are."""

    _as_last_time = ""
    """The currency taken because it was said before, while that is not told yet."""

    def read_files(self, paths: list[Path], *, pasted: bool = False) -> None:
        """Read these files and show their columns."""
        if self._session.read_only or self.step == APPLY:
            return
        self._drop()
        self.file.ask(None)
        self.file.show_files(on=False)
        if not pasted:
            self._session.memory.keep(PLACES, with_recent(self._places(), paths))
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
            if self._takes_known_currency(then):
                return
            if not self.whole.was_said("currency"):
                self.whole.ask_currency(self.flow.said.choices[CURRENCY])
        self._show_staged()
        if self.whole.is_asking_day:
            then = FILE
        elif then == REVIEW and self.columns.open:
            then = COLUMNS
        self._go(then)
        if then == COLUMNS and self.columns.open:
            self.columns.show_open()
        self._say_known()

    def _takes_known_currency(self, then: int) -> bool:
        """Take the currency said last for amounts of this source; whether files are read again."""
        staged, said = self.reading.snapshot, self.flow.said
        code = currency_of(self._session.memory, staged.source) if staged is not None else ""
        if code not in said.choices[CURRENCY]:
            return False
        self.whole.take_currency(code)
        self._as_last_time = code
        reads_anew = code != said.for_now[CURRENCY] and not self.whole.is_asking_day
        return reads_anew and self._read_or_point(then)

    def _say_known(self) -> None:
        """Say once what was taken as last time, so that nothing is taken in silence."""
        code, self._as_last_time = self._as_last_time, ""
        if code:
            told = self.tr("Amounts that name no currency are read as {0}, as last time.")
            self._say(told.format(code), failed=False)

    def _show_staged(self) -> None:
        staged, pages = self.reading.snapshot, self.reading.pages
        if staged is None or pages is None:
            return
        book = self._session.read
        waiting = self.flow.said.open_places(list(staged.mappings), self.columns.answered)
        if self.whole.was_said("currency"):
            waiting = {place: flag for place, flag in waiting.items() if flag != CURRENCY}
        choices = self.flow.said.choices.get(CURRENCY, ())
        found = found_of(staged, pages, book, waiting=waiting, currencies=choices)
        self.columns.show_found(found)
        self.whole.show_staged(staged, values_of(book, "owner"))
        self.columns.say_whole(self.whole.headline(in_words(staged.as_of_why)))
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
        if staged is None:
            if self._names_accounts():
                self._live.start()
        elif sum(m.rows for m in staged.mappings) <= MOST_LIVE:
            self._live.start()

    def _names_accounts(self) -> bool:
        """Whether enough is said of files nobody knew to read them: what names the accounts."""
        goals = {c.target for m in self.columns.mappings.values() for c in m.used}
        return bool(self.flow.draft) and any(goal in _NAMES for goal in goals)

    def _read_live(self) -> None:
        """Bring what is shown of the columns up to date with what was chosen."""
        if self.step != COLUMNS or (self.reading.snapshot is None and not self._names_accounts()):
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
