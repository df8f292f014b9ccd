"""What the cells chosen come to, said in the foot of the Book: how many, and the sum of ARR."""

from PySide6.QtCore import QObject, QTimer

from csplanner.book.book import Book
from csplanner.language import tr
from csplanner.ui.book.columns import Col
from csplanner.ui.book.foot import TotalsFoot
from csplanner.ui.book.table import BookTable
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.format import plural
from csplanner.ui.words import hours, worth_text

_WAIT_MS = 80


class ChosenTotals(QObject):
    """Counts beside the window what is chosen, once the mouse or the keys rest for a moment."""

    def __init__(self, session: BookSession, table: BookTable, foot: TotalsFoot) -> None:
        super().__init__(table)
        self._session, self._table, self._foot = session, table, foot
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_WAIT_MS)
        self._wait.timeout.connect(self.count)
        table.chosen_changed.connect(self._changed)

    def _changed(self) -> None:
        if self._table.chosen.is_many:
            self._wait.start()
        else:
            self._wait.stop()
            self._foot.show_chosen("")

    def count(self) -> None:
        """Ask for the sums of what is chosen now, and show them."""
        self._wait.stop()
        chosen, columns = self._table.chosen, self._table.chosen_columns()
        ids = self._table.chosen_ids()
        if not chosen.is_many or not ids or not columns:
            self._foot.show_chosen("")
            return

        def work(book: Book) -> str:
            return _words(book, ids, columns)

        def done(text: str) -> None:
            if self._table.chosen == chosen:
                self._foot.show_chosen(text)

        self._session.ask(self, work, done)


def _words(book: Book, ids: list[int], columns: list[int]) -> str:
    parts = [plural(len(ids) * len(columns), "cell"), plural(len(ids), "account")]
    if not {Col.ARR, Col.HEALTH, Col.PROMISED, Col.SPENT} & set(columns):
        return " · ".join(parts)
    totals, unit = book.overview.totals_of(ids), book.settings.hours_per
    if Col.ARR in columns:
        parts.append(worth_text(totals.worth) or tr("ARR unknown"))
    if Col.HEALTH in columns and totals.mean_score is not None:
        parts.append(tr("mean score {0}").format(totals.mean_score))
    if Col.PROMISED in columns:
        parts.append(tr("{0} promised").format(hours(totals.hours_promised, unit)))
    if Col.SPENT in columns:
        parts.append(tr("{0} spent").format(hours(totals.hours_spent, unit)))
    return " · ".join(parts)
