"""The page What changed: the news of the snapshot brought in last, or of any before it."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.language import noted, tr
from csplanner.ui.actions import Actions
from csplanner.ui.actions.pick import Pick
from csplanner.ui.news.panel import NewsPanel
from csplanner.ui.news.rows import Seen, look
from csplanner.ui.session import BookSession
from csplanner.ui.session_page import SessionPage
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground

_NAME_SIGNS = 26
"""Room for the name of a snapshot before its names are known."""


class NewsPage(SessionPage):
    """Shows the panel of news below a choice of snapshots; opened with the id of one, or None."""

    key = "news"
    title = noted("What changed")

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, actions, parent)
        self._snapshot = ""
        self.panel = NewsPanel()
        self.panel.opened.connect(self.navigate)
        self.panel.said.connect(actions.say)
        self.choice = Pick([])
        self.choice.setMinimumContentsLength(_NAME_SIGNS)
        self.choice.setAccessibleName(self.tr("Snapshot"))
        self.choice.currentIndexChanged.connect(self._choose)
        bar = Ground("window", lines="b")
        line = QHBoxLayout(bar)
        line.setContentsMargins(16, 8, 16, 8)
        line.setSpacing(8)
        label = PlainLabel(self.tr("Snapshot"), px=12, colour="text2")
        label.setBuddy(self.choice)
        line.addWidget(label)
        line.addWidget(self.choice)
        line.addStretch(1)
        self._bar = bar
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self.panel, 1)
        self.setFocusProxy(self.panel)

    def breadcrumb(self) -> list[str]:
        """Return Import and What changed."""
        return [tr("Import snapshot"), tr(self.title)]

    def open(self, argument: object) -> None:
        """Show the news of the snapshot of that id, of the last one without."""
        self._snapshot = argument if isinstance(argument, str) else ""

    def read_book(self) -> None:
        """Ask for the news; what is shown stays until the answer comes."""
        self.ask_book(partial(look, snapshot_id=self._snapshot), self._show)

    def _show(self, seen: Seen) -> None:
        if seen.snapshot is None and self._snapshot:
            # That import was taken back meanwhile.
            self._snapshot = ""
            self.read_book()
            return
        self.choice.blockSignals(True)
        self.choice.clear()
        for key, name in seen.others:
            self.choice.addItem(name, key)
        self.choice.choose(seen.snapshot.id if seen.snapshot else "")
        self.choice.blockSignals(False)
        self._bar.setVisible(bool(seen.others))
        self.panel.show_news(seen)

    def _choose(self) -> None:
        self._snapshot = self.choice.key
        self.refresh()
