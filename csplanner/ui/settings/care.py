"""Backups of the book and its check, with results in words."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from csplanner.book.book import Book
from csplanner.book.check import Finding
from csplanner.ui.actions import Actions
from csplanner.ui.session import BookSession
from csplanner.ui.settings.rows import findings_text, mended_text
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.format import number
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Pane

_SHOWN = 8


class CarePane(Pane):
    """Makes backups, lists them, and checks the book."""

    def __init__(self, session: BookSession, actions: Actions) -> None:
        super().__init__(actions.tr("Backups and check"))
        self._session, self._actions = session, actions
        row = QHBoxLayout()
        row.setSpacing(8)
        self.back_up_button = Button(self.tr("Back up now"), icon="database-backup")
        self.back_up_button.clicked.connect(self.back_up)
        self.open_folder = Button(self.tr("Open the folder"), kind="quiet", icon="external-link")
        self.open_folder.clicked.connect(self._open_folder)
        self.check_button = Button(self.tr("Check the book"), icon="check")
        self.check_button.clicked.connect(self.check)
        self.mend_button = Button(self.tr("Mend what can be mended"), kind="quiet")
        self.mend_button.clicked.connect(self.mend)
        self.mend_button.hide()
        for button in (self.back_up_button, self.open_folder, self.check_button, self.mend_button):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.result = PlainLabel("", colour="text")
        self.result.setWordWrap(True)
        self.result.hide()
        self.body.addWidget(self.result)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self.body.addLayout(self._list)

    def refresh(self) -> None:
        """Show the backups there are."""
        from csplanner.book.backup import backups_of

        while self._list.count():
            item = self._list.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        found = backups_of(self._session.path)
        self.open_folder.setEnabled(bool(found))
        lines = [_words(path) for path in found[:_SHOWN]]
        if len(found) > _SHOWN:
            lines.append(self.tr("and {0} older").format(number(len(found) - _SHOWN)))
        for line in lines or [self.tr("No backup yet. A backup is a verified copy elsewhere.")]:
            self._list.addWidget(PlainLabel(line, px=12, colour="text2"))

    def back_up(self) -> None:
        """Make a verified copy in the backups folder."""
        from csplanner.book.backup import backup

        self._session.write(backup, self._backed_up, failed=self._actions.refuse)

    def check(self) -> None:
        """Check the file and the rules, and say what was found."""
        from csplanner.book.check import check

        self._tell(self.tr("Checking…"))
        self._session.write(check, self._checked, failed=self._actions.refuse)

    def mend(self) -> None:
        """Mend what can be mended, as one step, and check again."""
        from csplanner.book.check import repair

        def work(book: Book) -> str:
            return mended_text(repair(book))

        self._session.write(work, self._mended, failed=self._actions.refuse)

    def _backed_up(self, path: Path) -> None:
        self._actions.say(self.tr("Backed up as {0}").format(path.name), undo=False)
        self.refresh()

    def _checked(self, findings: list[Finding]) -> None:
        self._tell(findings_text(findings))
        can_mend = any(finding.repairable for finding in findings)
        self.mend_button.setVisible(can_mend and self._actions.can_write)

    def _mended(self, text: str) -> None:
        self._actions.say(text)
        self.check()

    def _tell(self, words: str) -> None:
        self.result.setText(words)
        self.result.show()

    def _open_folder(self) -> None:
        from csplanner.book.backup import backups_of

        found = backups_of(self._session.path)
        if found:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(found[0].parent)))


def _words(path: Path) -> str:
    """`2026-03-12 09.41.07 UTC, 1.2 MB`."""
    try:
        size = f"{number(path.stat().st_size / 1_000_000, 1)} MB"
    except OSError:
        size = "no longer there"
    return f"{path.stem[:19]} UTC, {size}"
