"""The backups of every book there ever was on this computer, each with a way to bring it back."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.book.shelf import Shelf, shelves
from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM
from csplanner.ui.opening.bringing import bring_back
from csplanner.ui.opening.notices import moment_words
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.dialogs import Dialog
from csplanner.ui.widgets.format import plural
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import Hairline, Scroll

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_WIDTH, _MOST_HEIGHT = 620, 420


class BackupsDialog(Dialog):
    """Lists the books that have backups, also those that moved or are lost."""

    def __init__(self, window: "BookWindow") -> None:
        super().__init__(
            window.tr("Your backups"),
            window.tr(
                "Books that were backed up on this computer. Bringing one back makes a new file "
                "of its newest good backup; nothing is overwritten."
            ),
            window,
        )
        self.setMinimumWidth(_WIDTH)
        self._frame = window
        self._is_over = False
        self.buttons: list[Button] = []
        self._state = PlainLabel(self.tr("Looking for backups…"), colour="text2")
        self.body.addWidget(self._state)
        self.add_verb(self.tr("Close"), key="close").setDefault(True)
        window.books.run_beside(lambda _: shelves(), self._show)

    def done(self, code: int) -> None:
        """Close for good: an answer that comes later finds nobody."""
        self._is_over = True
        super().done(code)
        self.deleteLater()

    def _show(self, found: list[Shelf]) -> None:
        if self._is_over:
            return
        self._state.setVisible(not found)
        self._state.setText(self.tr("No book was backed up on this computer yet."))
        if not found:
            return
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        for one in sorted(found, key=lambda one: one.kept[0].made_at, reverse=True):
            column.addWidget(Hairline())
            column.addWidget(self._row(one))
        scroll = Scroll(rows)
        scroll.setFixedHeight(min(_MOST_HEIGHT, rows.sizeHint().height()))
        self.body.addWidget(scroll)
        scroll.show()  # else it is shown later, and takes no room until then
        self.adjustSize()

    def _row(self, shelf: Shelf) -> QWidget:
        newest = moment_words(shelf.kept[0].made_at, self._frame.today)
        kept = tr("{0}, the newest of {1}").format(plural(len(shelf.kept), "backup"), newest)
        gone = shelf.place is not None and not shelf.place.exists()
        where = str(shelf.place.parent) if shelf.place is not None else str(shelf.folder)
        text = QVBoxLayout()
        text.setSpacing(2)
        title = tr("{0} — not found any more").format(shelf.book) if gone else shelf.book
        text.addWidget(PlainLabel(title, weight=MEDIUM))
        text.addWidget(ElidedLabel(f"{kept} · {where}", px=12, colour="text2"))
        button = Button(self.tr("Bring it back…"))
        button.setAccessibleDescription(shelf.book)
        button.clicked.connect(partial(self._bring, shelf))
        self.buttons.append(button)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(text, 1)
        row.addWidget(button)
        return line

    def _bring(self, shelf: Shelf) -> None:
        usual = shelf.place or Path.home() / f"{shelf.book}.csbook"
        place = self._frame.files.ask_from_backup(usual)
        if place is not None:
            self.accept()
            bring_back(self._frame, shelf, place)
