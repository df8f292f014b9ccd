"""The form that asks for a past day and makes the copy that shows it, beside the window."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem

from csplanner.book import as_of
from csplanner.book.as_of import Past
from csplanner.domain.wording import list_text, one_line
from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.ui.actions.day_field import DayField
from csplanner.ui.actions.typed import day_shown, read_day
from csplanner.ui.tasks import Cancelled, Progress
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.dialogs import Dialog
from csplanner.ui.widgets.fields import Field
from csplanner.ui.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_SHOWN = 400
_HEIGHT = 220
_DAY = Qt.ItemDataRole.UserRole


class PastForm(Dialog):
    """Lists the days of the snapshots beside a field for any day.

    `look` makes the copy with progress and a way to stop it; `shown` gets it, and the form closes.
    """

    def __init__(
        self,
        window: "BookWindow",
        shown: Callable[[Past], object],
        *,
        at_once: date | None = None,
        about: str = "",
    ) -> None:
        """With `at_once` nothing is asked: that day is looked at as soon as the form is open."""
        title = tr("{0} on a past date").format(about) if about else tr("Look at a past date")
        sentence = tr(
            "The book opens in a second window as it was known on that day. "
            "Your book stays as it is."
        )
        super().__init__(title, sentence, window)
        assert window.session is not None
        self._window, self._session, self._shown = window, window.session, shown
        self._at_once = at_once
        self._work: Progress | None = None
        self._is_over = False
        self.setMinimumWidth(440)
        today = self._session.today
        self.days = QListWidget(self)
        self.days.setAccessibleName(tr("Days of snapshots"))
        self.days.setFixedHeight(_HEIGHT)
        self.days.setSpacing(2)
        self.day = Field(tr("Day"), DayField(today))
        self.progress = ProgressLine(self)
        self.body.addWidget(self.days)
        self.body.addWidget(self.day)
        self.body.addWidget(self.progress)
        self.stop = Button(self.tr("Cancel"), self)
        self.look_button = Button(self.tr("Look"), self, kind="primary")
        self._foot()
        self._fill()

    def _foot(self) -> None:
        self.stop.setAutoDefault(False)
        self.stop.clicked.connect(self.reject)
        self.look_button.clicked.connect(self.look)
        self.look_button.setDefault(True)
        row: QHBoxLayout = self.foot
        row.addWidget(self.stop)
        row.addWidget(self.look_button)
        self.progress.cancelled.connect(self._stop)
        self.days.currentItemChanged.connect(self._take)
        self.days.itemActivated.connect(lambda _item: self.look())
        self.finished.connect(self.deleteLater)

    def _fill(self) -> None:
        for day, snapshots in as_of.days(self._session.read)[:_SHOWN]:
            sources = list_text(list(dict.fromkeys(one_line(s.source) for s in snapshots)))
            item = QListWidgetItem(f"{day_shown(day)}  ·  {sources}")
            item.setData(_DAY, day)
            self.days.addItem(item)
        self.days.setVisible(self.days.count() > 0)
        # The newest is what is shown now, mostly: the one before it is asked for.
        if self.days.count():
            self.days.setCurrentRow(min(1, self.days.count() - 1))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._at_once is None:
            (self.days if self.days.count() else self.day.field).setFocus(
                Qt.FocusReason.OtherFocusReason
            )
            return
        day, self._at_once = self._at_once, None
        self.day.field.setText(day_shown(day))  # type: ignore[attr-defined]
        self.look()

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.day.field.setText(day_shown(item.data(_DAY)))  # type: ignore[attr-defined]
            self.day.show_error("")

    # Looking

    def look(self) -> None:
        """Make the copy of the day in the field, or say what is wrong with it."""
        if self._work is not None:
            return
        today = self._session.today
        try:
            day = read_day(self.day.field.text(), today)  # type: ignore[attr-defined]
            if day is None:
                raise UserError(tr("Say which day."))
            as_of.check_day(self._session.read, day)
        except UserError as error:
            self.day.show_error(str(error))
            self.day.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._say_working(working=True)
        self.progress.begin(tr("Copying your book"))
        self._work = self._window.books.run_beside(
            partial(_made, self._session.path, day, today),
            self._done,
            failed=self._failed,
            progress=self.progress.step,
        )

    def _say_working(self, *, working: bool) -> None:
        for part in (self.days, self.day, self.look_button):
            part.setEnabled(not working)

    def _done(self, past: Past) -> None:
        if self._is_over:
            past.close()
            return
        self._work = None
        self.progress.end()
        self.accept()
        self._shown(past)

    def _failed(self, error: UserError | Cancelled) -> None:
        if self._is_over:
            return
        self._work = None
        self.progress.end()
        self._say_working(working=False)
        if isinstance(error, UserError):
            self.day.show_error(str(error))

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def reject(self) -> None:
        """Stop what is being made, and close."""
        self._stop()
        self._is_over = True
        super().reject()


def _made(book: Path, day: date, today: date, progress: Progress) -> Past:
    past = as_of.look(book, day, today=today, progress=progress.step, cancelled=progress.cancelled)
    if past is None:
        raise Cancelled
    if progress.cancelled():
        past.close()
        raise Cancelled
    return past
