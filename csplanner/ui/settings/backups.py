"""The backups of the book: what was kept, which stay, and a way back to each."""

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from csplanner.book.book import Book
from csplanner.book.shelf import Kept, Shelf
from csplanner.ui.actions import Actions
from csplanner.ui.session import BookSession
from csplanner.ui.settings.kept_rows import (
    KeptRow,
    day_now,
    folder_words,
    kept_rows,
    note_of,
    rule_words,
)
from csplanner.ui.settings.line_grid import LineGrid
from csplanner.ui.settings.restoring import Restoring
from csplanner.ui.widgets.buttons import Button, IconButton
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel, set_plain_tooltip
from csplanner.ui.widgets.panes import Pane

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_SHOWN = 8


class BackupsPane(Pane):
    """Lists the backups, newest first, makes one, and restores one or saves a copy of it."""

    def __init__(self, session: BookSession, actions: Actions, frame: "BookWindow") -> None:
        super().__init__(actions.tr("Backups"))
        self._session, self._actions, self._frame = session, actions, frame
        self._found: Shelf | None = None
        self._all = self._had_keyboard = False
        self.rows: list[KeptRow] = []
        self.restore_buttons: list[Button] = []
        self.copy_buttons: list[Button] = []
        self.back_up_button = Button(self.tr("Back up now"), icon="database-backup", small=True)
        self.back_up_button.clicked.connect(self.back_up)
        self.open_folder = Button(
            self.tr("Open the folder"), kind="quiet", icon="external-link", small=True
        )
        self.open_folder.clicked.connect(self._open_folder)
        self.add_action(self.open_folder)
        self.add_action(self.back_up_button)
        self._nothing = PlainLabel(
            self.tr("No backup yet. A backup is a verified copy outside the book’s own folder."),
            colour="text2",
        )
        self._grid = LineGrid(
            [
                self.tr("When"), self.tr("Made"), self.tr("State"), self.tr("Records"),
                self.tr("Size"), "",
            ],
            right=(3, 4), wide=1, name=self.tr("Backups, newest first"),
        )  # fmt: skip
        self._more = Button("", kind="link", small=True)
        self._more.clicked.connect(self._show_all)
        self._rule = PlainLabel(rule_words(), px=12, colour="text2")
        self._rule.setWordWrap(True)
        self._where = ElidedLabel("", px=12, colour="text3")
        for widget in (self._nothing, self._grid, self._more, self._rule, self._where):
            self.body.addWidget(widget)
            widget.setVisible(widget is self._rule)
        # One for the window: a restore goes on while the book and this page are gone.
        known = frame.findChild(Restoring)
        self.restoring = known if isinstance(known, Restoring) else Restoring(frame)
        if frame.facts is not None:
            frame.facts.keeper.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Read anew which backups there are, beside the window."""

        def work(book: Book) -> Shelf:
            from csplanner.book.shelf import folder_of, look

            return look(folder_of(book.path))

        self._session.ask(
            self, work, self._show, about="list", failed=lambda e: self._refuse(str(e))
        )

    def back_up(self) -> None:
        """Make a verified copy in the backups folder."""
        from csplanner.book.backup import backup

        self._had_keyboard = self.window().focusWidget() is self.back_up_button
        self.back_up_button.setEnabled(False)
        self._session.copy(backup, self._backed_up, self._not_backed_up)

    def save_copy(self, kept: Kept) -> None:
        """Ask where, and put a verified copy of a backup there."""
        path = self._frame.files.ask_copy(self._session.path)
        if path is None:
            return
        if path.exists():
            self._refuse(self.tr("{0} is already there. Choose another name.").format(path.name))
            return

        def work(_book: Book) -> Path:
            from csplanner.book.restoring import restore

            restore(path, kept.path, other_book=True)
            return path

        def told(made: Path) -> None:
            self._actions.say(self.tr("Saved the backup as {0}").format(made), undo=False)

        self._session.ask(self, work, told, about="copy", failed=lambda e: self._refuse(str(e)))

    # Inside

    def _show(self, found: Shelf) -> None:
        self._found = found
        self.rows = kept_rows(found, day_now())
        self.set_title(self.tr("Backups"), note_of(found))
        listed = self.rows if self._all else self.rows[:_SHOWN]
        self.restore_buttons, self.copy_buttons = [], []
        self._grid.show_rows([self._widgets(row) for row in listed])
        self._order_tabs()
        self._grid.setVisible(bool(listed))
        self._nothing.setVisible(not listed)
        self._more.set_text(self.tr("Show all {0}").format(len(self.rows)))
        self._more.setVisible(len(listed) < len(self.rows))
        self._where.setText(self.tr("They lie in {0}").format(folder_words(found.folder)))
        self._where.setVisible(bool(listed))
        self.open_folder.setVisible(bool(listed))

    def _order_tabs(self) -> None:
        """Tab goes through the rows where they stand, however late they were made."""
        rows = zip(self.copy_buttons, self.restore_buttons, strict=True)
        verbs = [button for row in rows for button in row]
        for one, other in pairwise([self.open_folder, self.back_up_button, *verbs, self._more]):
            QWidget.setTabOrder(one, other)

    def _widgets(self, row: KeptRow) -> list[QWidget]:
        state = QWidget()
        line = QHBoxLayout(state)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(IconLabel(row.icon, colour=row.state_ink, px=14))
        line.addWidget(PlainLabel(row.state, px=12, colour=row.state_ink))
        set_plain_tooltip(state, row.detail)
        verbs = QWidget()
        both = QHBoxLayout(verbs)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(4)
        copy = IconButton("copy", self.tr("Save a copy of it…"))
        back = Button(self.tr("Restore…"), kind="link", small=True)
        self._verb(copy, row, self.save_copy)
        self._verb(back, row, self.restoring.ask)
        self.copy_buttons.append(copy)
        self.restore_buttons.append(back)
        both.addWidget(self.copy_buttons[-1])
        both.addWidget(self.restore_buttons[-1])
        return [
            PlainLabel(row.when), ElidedLabel(row.why, colour="text2"), state,
            PlainLabel(row.records), PlainLabel(row.size), verbs,
        ]  # fmt: skip

    def _verb(self, button: Button, row: KeptRow, run: Callable[[Kept], None]) -> None:
        name = button.accessibleName().removesuffix("…")
        button.setAccessibleName(f"{name}, {row.when}, {row.why}")
        button.setEnabled(row.kept.sound)
        button.clicked.connect(lambda _on=False, kept=row.kept: run(kept))

    def _show_all(self) -> None:
        self._all = True
        if self._found is not None:
            self._show(self._found)

    def _backed_up(self, _made: Path) -> None:
        self._offer_again()
        self._actions.say(self.tr("Backed up {0}").format(self._session.path.name), undo=False)
        if self._frame.facts is not None:
            self._frame.facts.keeper.note_backup()
        self.refresh()

    def _not_backed_up(self, sentence: str) -> None:
        self._offer_again()
        self._refuse(sentence)
        if self._frame.facts is not None:
            self._frame.facts.keeper.note_failure(sentence)

    def _offer_again(self) -> None:
        """Give the keyboard back to the button, which lost it as it could not be pressed."""
        self.back_up_button.setEnabled(True)
        if self._had_keyboard:
            self.back_up_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuse(self, sentence: str) -> None:
        self._actions.refuse(sentence)

    def _open_folder(self) -> None:
        if self._found is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._found.folder)))
