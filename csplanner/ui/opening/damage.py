"""The dialog about a damaged book: in words what was found, and three ways on."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from csplanner.errors import UserError
from csplanner.paint.fonts import MEDIUM
from csplanner.ui.opening.ahead import Request
from csplanner.ui.opening.notices import moment_words
from csplanner.ui.opening.rescue import (
    Rescue,
    details,
    look_for_rescue,
    restore_title,
    restore_words,
)
from csplanner.ui.opening.same_file import is_same
from csplanner.ui.shell.banner import Notice
from csplanner.ui.tasks import Cancelled, Progress
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.dialogs import Dialog
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Hairline
from csplanner.ui.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from csplanner.book.salvage_result import Salvage
    from csplanner.ui.book_window import BookWindow

_WIDTH = 620


def show_damage(window: "BookWindow", path: Path, found: str) -> "DamageDialog":
    """Say that the book at `path` is damaged and offer what can be done; `found` says how.

    The book may be the one shown: it is closed before anything is done with its file. Nothing
    that is offered changes or deletes the damaged file.
    """
    session = window.session
    if session is not None and is_same(session.path, path):
        session.note_damage(found)
    dialog = DamageDialog(window, path, found)
    dialog.open()
    return dialog


class DamageDialog(Dialog):
    """Offers to restore a backup, to recover what can be read, and to look."""

    def __init__(self, window: "BookWindow", path: Path, found: str) -> None:
        super().__init__(
            window.tr("{0} is damaged").format(path.name),
            window.tr(
                "Part of the file is not as csplanner wrote it: {0}. Nothing was changed, and "
                "nothing offered here deletes the file. You can close this and come back."
            ).format(_within(found)),
            window,
        )
        self.setMinimumWidth(_WIDTH)
        self._is_over = False
        self._frame, self._path, self._found = window, path, found
        self.rescue: Rescue | None = None
        self._work: Progress | None = None
        self._lay_out_ways()
        self._lay_out_foot()
        window.books.run_beside(
            lambda _: look_for_rescue(path), self._show_rescue, failed=self._show_failure
        )

    def _lay_out_ways(self) -> None:
        """What can be done, one below the other."""
        self._ways = QWidget()
        column = QVBoxLayout(self._ways)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        self.restore = _Way(
            self.tr("Put a backup in its place"),
            self.tr("Looking for backups…"),
            self.tr("Restore it"),
            self._restore,
        )
        self.restore.button.setEnabled(False)
        self.recover = _Way(
            self.tr("Recover what can be read"),
            self.tr(
                "Makes a new book of it and says what is missing. What the backup still has is "
                "filled in from there."
            ),
            self.tr("Recover…"),
            self._recover,
        )
        self.look = self._look_way()
        for way in (self.restore, self.recover, self.look):
            column.addWidget(Hairline())
            column.addWidget(way)
        self.body.addWidget(self._ways)

    def _lay_out_foot(self) -> None:
        """How it goes, the details, and the way out."""
        self.progress = ProgressLine()
        self.progress.cancelled.connect(self._cancel)
        self.body.addWidget(self.progress)
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setAccessibleName(self.tr("Details"))
        self._details.setFixedHeight(120)
        self._details.hide()
        self.body.addWidget(self._details)
        self.details_button = Button(self.tr("Show details"), self, kind="quiet")
        self.details_button.clicked.connect(self._toggle_details)
        self.foot.insertWidget(0, self.details_button)
        self._close = self.add_verb(self.tr("Close"), key="close")
        self._close.setDefault(True)
        self._close.setFocus(Qt.FocusReason.TabFocusReason)

    def reject(self) -> None:
        """Close, unless something is being done with the file."""
        if self._work is None:
            super().reject()

    def done(self, code: int) -> None:
        """Close for good: an answer that comes later finds nobody."""
        self._is_over = True
        super().done(code)
        self.deleteLater()

    # What is offered

    def _look_way(self) -> "_Way":
        if self._is_shown():
            return _Way(
                self.tr("Go on looking at it"),
                self.tr("It stays open, read-only. Some of it may not be shown."),
                self.tr("Go on"),
                self.accept,
            )
        return _Way(
            self.tr("Look at it first"),
            self.tr("Opens what can still be followed, read-only. Some of it may be missing."),
            self.tr("Open read-only"),
            self._look_at_it,
        )

    def _show_rescue(self, rescue: Rescue) -> None:
        if self._is_over:
            return
        self.rescue = rescue
        kept = rescue.backup
        if kept is not None:
            self.restore.title.setText(restore_title(kept, self._frame.today))
            self.restore.button.setEnabled(self._work is None)
        self.restore.words.setText(restore_words(rescue))
        self._details.setPlainText(details(self._path, self._found, rescue))
        self.adjustSize()

    def _show_failure(self, error: UserError | Cancelled) -> None:
        if not self._is_over:
            self.restore.words.setText(str(error))

    def _toggle_details(self) -> None:
        shown = self._details.isHidden()
        self._details.setVisible(shown)
        words = self.tr("Hide details") if shown else self.tr("Show details")
        self.details_button.set_text(words)
        self.adjustSize()

    # What is done

    def _look_at_it(self) -> None:
        self.accept()
        self._frame.books.open(Request(self._path, despite_damage=True))

    def _restore(self) -> None:
        kept = self.rescue.backup if self.rescue is not None else None
        if kept is None:
            return
        path, frame = self._path, self._frame

        def work(_: Progress) -> tuple[Path | None, str]:
            from csplanner.book.backup import restore
            from csplanner.book.restoring_erased import returning

            back = returning(path, kept.path).words()
            return restore(path, kept.path), back

        def done(made: tuple[Path | None, str]) -> None:
            aside, back = made
            self._end()
            self.accept()
            frame.books.open(Request(path))
            said = frame.tr("The backup of {0} is in place.").format(
                moment_words(kept.made_at, frame.today)
            )
            if aside is not None:
                said += frame.tr(" The damaged file is kept in “{0}”.").format(aside.parent.name)
            frame.banners.show_notice(Notice("restored", f"{said} {back}".rstrip()))

        self._begin(self.tr("Putting the backup in place…"))
        self._work = frame.books.run_beside(work, done, failed=self._failed)

    def _recover(self) -> None:
        out = self._frame.files.ask_recovered(self._path)
        if out is None:
            return
        path, today = self._path, self._frame.today
        kept = self.rescue.backup if self.rescue is not None else None

        def work(handle: Progress) -> "Salvage":
            from csplanner.book.salvage import salvage

            backup = kept.path if kept is not None else None
            return salvage(path, out, backup=backup, today=today, progress=handle.step)

        self._begin(self.tr("Recovering what can be read…"))
        self._work = self._frame.books.run_beside(
            work, self._recovered, failed=self._failed, progress=self.progress.step
        )

    def _recovered(self, done: "Salvage") -> None:
        self._end()
        self._ways.hide()
        report = PlainLabel(done.words)
        report.setWordWrap(True)
        self.body.insertWidget(0, report)
        title = PlainLabel(self.tr("Recovered as {0}").format(done.path.name), weight=MEDIUM)
        self.body.insertWidget(0, title)
        opener = self.add_verb(self.tr("Open the recovered book"), kind="primary", key="open")
        opener.clicked.connect(lambda: self._frame.books.open(Request(done.path)))
        opener.setFocus(Qt.FocusReason.TabFocusReason)
        self.adjustSize()

    def _begin(self, words: str) -> None:
        """Take the file for this work alone: the book is closed when it is shown."""
        if self._is_shown():
            self._frame.show_start()
        for part in (self.restore, self.recover, self.look):
            part.button.setEnabled(False)
        self._close.setEnabled(False)
        self.progress.begin(words)

    def _end(self) -> None:
        self._work = None
        self.progress.end()
        for part in (self.restore, self.recover, self.look):
            part.button.setEnabled(True)
        self._close.setEnabled(True)
        kept = self.rescue.backup if self.rescue is not None else None
        self.restore.button.setEnabled(kept is not None)

    def _cancel(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _failed(self, error: UserError | Cancelled) -> None:
        self._end()
        cancelled = self.tr("Cancelled. The file is as it was.")
        words = cancelled if isinstance(error, Cancelled) else str(error)
        self.recover.words.setText(words)
        self.adjustSize()

    def _is_shown(self) -> bool:
        session = self._frame.session
        return session is not None and is_same(session.path, self._path)


def _within(found: str) -> str:
    """A finding as it stands in a sentence: a first word such as “SQLite” stays as it is."""
    return found[:1].lower() + found[1:] if found[1:2].islower() else found


class _Way(QWidget):
    """One way on: what it is, what it does, and its button."""

    def __init__(self, title: str, words: str, verb: str, run: Callable[[], object]) -> None:
        super().__init__()
        self.title = PlainLabel(title, weight=MEDIUM)
        self.words = PlainLabel(words, colour="text2")
        for label in (self.title, self.words):
            label.setWordWrap(True)
        self.button = Button(verb)
        self.button.setAccessibleDescription(title)
        self.button.clicked.connect(lambda: run())
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(self.title)
        text.addWidget(self.words)
        text.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(text, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
