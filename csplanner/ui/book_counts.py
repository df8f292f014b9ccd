"""The counts the frame shows of the open book, kept up to date beside the window."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from csplanner.ui.book_state import Counts, count, need_you
from csplanner.ui.session import BookSession


class BookCounts(QObject):
    """Holds what was counted last; `changed` says that something is another number now."""

    changed = Signal()

    def __init__(self, session: BookSession) -> None:
        super().__init__(session)
        self._session = session
        self.counts = Counts()
        session.need_you.connect(self._take_need)

    def ask(self, *, today_shown: bool) -> None:
        """Count anew; where Today is shown it tells by itself how many need you."""
        self._session.ask(self, count, self._take, about="counts")
        if not today_shown:
            self._session.ask(self, need_you, self._take_need, about="need you", later=True)

    def _take(self, counts: Counts) -> None:
        self._keep(replace(counts, need_you=self.counts.need_you))

    def _take_need(self, total: int) -> None:
        self._keep(replace(self.counts, need_you=total))

    def _keep(self, counts: Counts) -> None:
        if counts != self.counts:
            self.counts = counts
            self.changed.emit()
