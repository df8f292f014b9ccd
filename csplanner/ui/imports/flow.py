"""The course of an import: what is read, what was said of it, and what stands in for answers."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from csplanner.crm.mapping import FileMapping
from csplanner.crm.options import Options
from csplanner.crm.question import Question
from csplanner.crm.sources import SOURCE
from csplanner.ui.imports.decisions import Decisions, decide_again, decisions_of
from csplanner.ui.imports.mapping_step import CURRENCY
from csplanner.ui.imports.pasted import keep_pasted, put_away
from csplanner.ui.imports.reading import Reading
from csplanner.ui.imports.said import DAY, ENCODING, ORDER, SIGN, Said
from csplanner.ui.session import BookSession


class Flow(QObject):
    """Reads files again and again as more is said of them; the book is only read.

    `began` carries whether it shows, `taken` the step to go to with a staged snapshot, `drafted`
    comes where none of the files' columns is known, `asked` carries a question that nothing can
    stand in for, `refused` one sentence.
    """

    began = Signal(bool)
    taken = Signal(int)
    drafted = Signal()
    asked = Signal(object)
    refused = Signal(str)

    def __init__(self, session: BookSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.reading = Reading()
        self.paths: list[Path] = []
        self.said = Said()
        self.options = Options()
        """What the snapshot at hand was read with."""
        self.draft: tuple[FileMapping, ...] = ()
        """Mappings of files none of whose columns is known, while nothing else was read."""
        self.decisions: Decisions = {}
        self._wanted, self._then = Options(), 0
        self._pasted: list[Path] = []
        self.is_live = False
        """Whether the reading under way only brings up to date what is shown."""
        self.reading.staged.connect(self._take)
        self.reading.asked.connect(self._ask)
        self.reading.failed.connect(self._fail)
        self.reading.unknown.connect(self._unknown)

    @property
    def today(self) -> date:
        """The day of the import."""
        return self._session.today

    def begin(self, paths: Sequence[Path], then: int) -> None:
        """Read these files from the beginning, then go to a step."""
        self.paths = list(paths)
        self.read(Options(today=self.today), then)

    def paste(self, text: str) -> list[Path]:
        """Keep a table from the clipboard; UserError when it is none."""
        kept = keep_pasted(text)
        self._pasted.append(kept)
        return [kept]

    def read(self, options: Options, then: int, *, live: bool = False) -> None:
        """Read the files with these options; decisions made so far are made again."""
        pages = self.reading.pages
        if pages is not None and self.has_decisions():
            self.decisions = decisions_of(pages)
        self._wanted, self._then, self.is_live = options, then, live
        self.reading.start(self.paths, self._session.path, self.completed(options))
        self.began.emit(not live)

    has_decisions = staticmethod(lambda: False)
    """Set by the page: whether the review holds decisions."""

    def completed(self, options: Options) -> Options:
        """The options with everything said beside the columns."""
        return self.said.completed(options, self.today)

    def is_current(self, options: Options) -> bool:
        """Whether the snapshot at hand was read with just these options."""
        return self.reading.snapshot is not None and self.completed(options) == self.options

    def go_to(self, step: int) -> None:
        """Go to another step once what is being read is there."""
        self._then, self.is_live = step, False

    def stop(self) -> None:
        """Stop reading at once."""
        self.reading.cancel()
        self.is_live = False

    def drop(self) -> None:
        """Forget the files and everything said of them."""
        self.stop()
        self.reading.forget()
        self.decisions, self.draft = {}, ()
        self.said = Said()

    def put_pasted_away(self) -> None:
        """Remove what was pasted: it is not read again."""
        while self._pasted:
            with suppress(OSError):
                put_away(self._pasted.pop())

    def close(self) -> None:
        """Stop, and leave nothing behind."""
        self.reading.close()
        self.put_pasted_away()

    # What comes of reading

    def _take(self) -> None:
        self.options, self.draft = self.completed(self._wanted), ()
        if self.reading.pages is not None:
            decide_again(self.reading.pages, self.decisions)
        self.is_live = False
        self.taken.emit(self._then)

    def _ask(self, question: Question) -> None:
        """Let something stand in for the answer, so that it is asked where it can be seen."""
        flag = question.flag
        if flag == ENCODING:
            self.said.where[flag] = question.where
        if flag in self.said.for_now or flag not in (ORDER, SIGN, DAY, CURRENCY):
            self.asked.emit(question)
            return
        if flag != DAY and not question.choices:
            self.asked.emit(question)
            return
        self.said.for_now[flag] = question.choices[0] if flag != DAY else DAY
        self.said.choices[flag], self.said.where[flag] = question.choices, question.where
        self.read(self._wanted, self._then)

    def answer(self, flag: str, answer: str) -> None:
        """Take the answer to a question about the whole snapshot, and read again."""
        if flag == ENCODING:
            self.said.encodings[self.said.where[flag]] = answer
        name = {ORDER: "date_order", SIGN: "decimal", CURRENCY: "currency",
                SOURCE: "source"}.get(flag)  # fmt: skip
        given: Mapping[str, Any] = {name: answer} if name else {}
        self.read(replace(self._wanted, **given), self._then)

    def _fail(self, sentence: str) -> None:
        self.is_live = False
        self.refused.emit(sentence)

    def _unknown(self, mappings: tuple[FileMapping, ...]) -> None:
        self.draft = mappings
        self.drafted.emit()
