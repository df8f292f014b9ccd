"""Past imports: their day looked at, their news, and what they could not bring in."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from csplanner.book.outgoing import place
from csplanner.language import tr
from csplanner.ui.actions import Actions
from csplanner.ui.imports.history import HistoryList, Import
from csplanner.ui.session_page import SessionPage


class Past(QObject):
    """Does what the lists of imports ask for, on behalf of the Import page."""

    def __init__(self, actions: Actions, page: SessionPage) -> None:
        super().__init__(page)
        self._actions, self._page = actions, page

    def join(self, history: HistoryList) -> None:
        """Hear what a list of imports asks for."""
        history.news_asked.connect(self._show_news)

    def _show_news(self, entry: Import) -> None:
        self._page.navigate.emit("news", entry.snapshot)

    def ask_save(self, text: str) -> None:
        """Ask where the problems go as CSV, and write them."""
        start = str(Path.home() / "problems.csv")
        window: QWidget = self._page.window()
        name, _ = QFileDialog.getSaveFileName(
            window, tr("Save what could not be read"), start,
            tr("Table for spreadsheets (*.csv)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if name:
            self.save(text, Path(name).with_suffix(".csv"))

    def save(self, text: str, path: Path) -> None:
        """Write the problems; where a file has that name the new one is numbered."""
        # The mark at the start tells spreadsheets that the text is UTF-8.
        kept = place(path.parent, path.name, text.encode("utf-8-sig"))
        said = tr("Saved what could not be read to {0}").format(kept.name)
        self._actions.say(said, undo=False)
