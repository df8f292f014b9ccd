"""The panel of news: what a snapshot changed, ranked; each line opens its records."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.news.list import NewsList, NewsModel
from csplanner.ui.news.rows import NewsRow, Seen, lines_of, spoken_list
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.empty import EmptyState, draw_dashed_rows
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground

if TYPE_CHECKING:
    from csplanner.domain.news import NewsKind


class NewsPanel(Ground):
    """Shows the news of one snapshot; fill it with `show_news(look(book, snapshot_id))`.

    `opened` carries what a page is opened with: the key of the page and its argument, as
    `PageWidget.navigate` wants them. `said` carries a short notice, such as that text was copied.
    """

    opened = Signal(str, object)
    said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self._seen = Seen()
        self._opened: frozenset[NewsKind] = frozenset()
        self.title = PlainLabel("", px=16, weight=SEMIBOLD)
        self.title.setWordWrap(True)
        self.sums = PlainLabel("", colour="text2")
        self.sums.setWordWrap(True)
        self.copy_button = Button(self.tr("Copy as text"), kind="secondary", small=True)
        self.copy_button.clicked.connect(self.copy_text)
        self.list = NewsList(NewsModel())
        self.list.chosen.connect(self._choose)
        self._nothing = EmptyState(
            self.tr("No news yet"),
            self.tr("After each snapshot you import, what it changed is told here."),
            drawing=draw_dashed_rows,
        )
        self._first = EmptyState(
            self.tr("This is where your book starts"),
            self.tr("From the next snapshot on, what changed since this one is told here."),
            drawing=draw_dashed_rows,
        )
        self._lay_out()
        self.setFocusProxy(self.list)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.sums)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 16, 10)
        head.setSpacing(12)
        head.addLayout(words, 1)
        head.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignTop)
        self._head = QWidget()
        self._head.setLayout(head)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._first)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addWidget(self._stack, 1)

    def show_news(self, seen: Seen) -> None:
        """Show the news of a snapshot; what was unfolded stays so for the same one."""
        before = self._seen.snapshot
        if before is None or seen.snapshot is None or before.id != seen.snapshot.id:
            self._opened = frozenset()
        self._seen = seen
        self._show()

    @property
    def seen(self) -> Seen:
        """What is shown."""
        return self._seen

    def copy_text(self) -> None:
        """Put the digest on the clipboard as Markdown; amounts hidden stay hidden."""
        text = self._seen.markdown()
        if text:
            QGuiApplication.clipboard().setText(text)
            self.said.emit(self.tr("The news are copied as text"))

    def _show(self) -> None:
        seen = self._seen
        self.title.setText(seen.title)
        self.sums.setText(seen.sums)
        self.sums.setVisible(bool(seen.sums))
        self.copy_button.setVisible(bool(seen.entries))
        lines = lines_of(seen, self._opened)
        self.list.setAccessibleDescription(spoken_list(lines))
        self.list.show_lines(lines)
        self._head.setVisible(seen.snapshot is not None)
        empty = self._first if seen.told else self._nothing
        self._stack.setCurrentWidget(self.list if lines else empty)

    def _choose(self, row: NewsRow) -> None:
        if row.can_unfold:
            self._opened = self._opened ^ {row.entry.kind}
            self._show()
        elif row.account_id:
            self.opened.emit("account", (row.account_id, row.target))
