"""Whether the book is encrypted, and the ways to change that: the window closes the book, has its
file made anew beside, and opens it again.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QHBoxLayout

from csplanner.book.book import Book
from csplanner.book.key import is_locked
from csplanner.errors import UserError
from csplanner.language import ntr
from csplanner.ui.actions import Actions
from csplanner.ui.opening.passphrase import NewPassphraseDialog, ask_passphrase
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.dialogs import Dialog, confirmation
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Pane

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_AGAIN_MS, _TRIES = 50, 200

Work = Callable[[Path], object]


class Remaking(QObject):
    """Has the file of a window's book made anew while the book is closed; it outlives the pages
    of a book.
    """

    def __init__(self, frame: "BookWindow") -> None:
        super().__init__(frame)
        self._frame = frame

    def run(self, work: Work, words: str, said: str) -> None:
        """Close the book, do `work` on its file, open it again and say so."""
        session = self._frame.session
        if session is not None:
            path = session.path
            self._frame.close_book()
            self._once_closed(path, work, (words, said), _TRIES)

    def _once_closed(self, path: Path, work: Work, told: tuple[str, str], tries: int) -> None:
        """Closing may take a moment, as it may back the book up."""
        from csplanner.book.connection import is_open_here

        if is_open_here(path) and tries:
            again = partial(self._once_closed, path, work, told, tries - 1)
            QTimer.singleShot(_AGAIN_MS, self, again)
            return
        words, said = told
        self._frame.books.run_beside(
            lambda _: work(path),
            lambda _: self._over(path, said),
            words=words,
            failed=lambda error: self._over(path, str(error), failed=True),
        )

    def _over(self, path: Path, said: str, *, failed: bool = False) -> None:
        self._frame.open_book(path)
        if self._frame.session is not None:  # else it is looked over first, or refused
            self._frame.show_place("settings", "passphrase")
        self._frame.say(said, undo=False, failed=failed)


class PassphrasePane(Pane):
    """Says whether the book is encrypted; encrypts it, changes its passphrase, decrypts it, and
    names copies that do not open with it. `dialog` is what it asks, while it asks.
    """

    def __init__(self, session: BookSession, actions: Actions, frame: "BookWindow") -> None:
        super().__init__(actions.tr("Passphrase"))
        self._session, self._actions, self._frame = session, actions, frame
        self.dialog: Dialog | None = None
        self._copies: list[Path] = []
        self.words = PlainLabel("", colour="text2")
        self.words.setWordWrap(True)
        self.body.addWidget(self.words)
        is_encrypted = session.read.is_encrypted
        self._lay_out_verbs(is_encrypted=is_encrypted)
        self._lay_out_copies()
        self._show_copies([])
        self.words.setText(
            self.tr(
                "The book and its backups can only be read with your passphrase. Nobody can open "
                "them without it. Exports, decks and briefs are not encrypted."
            )
            if is_encrypted
            else self.tr(
                "Anybody who can read the file can read the book. An encrypted disk protects it "
                "and everything else; a passphrase protects the book and its backups alone."
            )
        )

    def _lay_out_verbs(self, *, is_encrypted: bool) -> None:
        may = not self._session.read_only
        row = QHBoxLayout()
        row.setSpacing(8)
        self.encrypt_button = Button(self.tr("Encrypt this book…"), self, small=True)
        self.change_button = Button(self.tr("Change the passphrase…"), self, small=True)
        self.decrypt_button = Button(self.tr("Decrypt this book…"), self, small=True)
        for button, ask, fits in (
            (self.encrypt_button, self.ask_encrypt, not is_encrypted),
            (self.change_button, self.ask_change, is_encrypted),
            (self.decrypt_button, self.ask_decrypt, is_encrypted),
        ):
            button.clicked.connect(ask)
            button.setVisible(fits)
            button.setEnabled(may)
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)

    def _lay_out_copies(self) -> None:
        """Copies that do not open with the passphrase of the book, and what can be done."""
        self.copy_words = PlainLabel("", colour="text2")
        self.copy_words.setWordWrap(True)
        self.body.addWidget(self.copy_words)
        copies = QHBoxLayout()
        copies.setSpacing(8)
        self.rewrite_button = Button(self.tr("Rewrite these copies"), small=True)
        self.remove_button = Button(self.tr("Delete these copies…"), small=True)
        self.rewrite_button.clicked.connect(self.rewrite)
        self.remove_button.clicked.connect(self.ask_remove)
        for button in (self.rewrite_button, self.remove_button):
            copies.addWidget(button)
        copies.addStretch(1)
        self.body.addLayout(copies)

    def refresh(self) -> None:
        """Look beside for copies that do not open with the book's passphrase."""

        def found(book: Book) -> list[Path]:
            from csplanner.book.encrypting import other_copies

            return other_copies(book.path)

        self._session.ask(self, found, self._show_copies, about="copies")

    def ask_encrypt(self) -> None:
        """Ask for a passphrase, then encrypt the book."""
        from csplanner.book.cipher import need_driver

        try:
            need_driver()
        except UserError as error:
            self._actions.refuse(str(error))
            return
        self._ask_new(
            self.tr("Encrypt this book?"),
            self.tr(
                "The book closes, is written anew and opens again. Backups made before stay as "
                "they are until you rewrite or delete them below."
            ),
            self.tr("Encrypt the book"),
            self._encrypt,
        )

    def ask_change(self) -> None:
        """Ask for another passphrase, then give it to the book."""
        self._ask_new(
            self.tr("Change the passphrase?"),
            self.tr("Backups made before open with the present one until you rewrite them below."),
            self.tr("Change it"),
            self._change,
        )

    def ask_decrypt(self) -> None:
        """Ask, then make the book a plain one."""
        self._ask_first(
            self.tr("Decrypt this book?"),
            self.tr("Anybody who can read its file can then read the book."),
            self.tr("Decrypt the book"),
            self._decrypt,
        )

    def ask_remove(self) -> None:
        """Ask, then delete the copies named."""
        self._ask_first(
            self.tr("Delete these copies?"),
            self.tr("They cannot be brought back: {0}.").format(_count(len(self._copies))),
            self.tr("Delete them"),
            lambda: self._see_to(is_removal=True),
        )

    def rewrite(self) -> None:
        """Bring the copies named to the book's passphrase; asks for an earlier one they have."""
        books = [copy for copy in self._copies if copy.suffix == ".csbook"]
        locked = next((copy for copy in books if is_locked(copy)), None)
        if locked is not None:
            ask_passphrase(self._frame, locked, self.rewrite)
        else:
            self._see_to(is_removal=False)

    def _encrypt(self, passphrase: str) -> None:
        def work(path: Path) -> object:
            from csplanner.book.encrypting import encrypt

            return encrypt(path, passphrase)

        said = self.tr("The book is encrypted. Write the passphrase down.")
        remaking_of(self._frame).run(work, self.tr("Encrypting the book…"), said)

    def _change(self, passphrase: str) -> None:
        def work(path: Path) -> object:
            from csplanner.book.encrypting import change_passphrase

            return change_passphrase(path, passphrase)

        said = self.tr("The book opens with the new passphrase only. Write it down.")
        remaking_of(self._frame).run(work, self.tr("Changing the passphrase…"), said)

    def _decrypt(self) -> None:
        def work(path: Path) -> None:
            from csplanner.book.encrypting import decrypt

            decrypt(path)

        said = self.tr("The book is not encrypted any more.")
        remaking_of(self._frame).run(work, self.tr("Decrypting the book…"), said)

    def _see_to(self, *, is_removal: bool) -> None:
        copies = self._copies

        def work(book: Book) -> list[tuple[Path, str]]:
            from csplanner.book.encrypting import remove_copies, rewrite_copies

            return remove_copies(copies) if is_removal else rewrite_copies(book.path, copies)

        def done(failed: list[tuple[Path, str]]) -> None:
            if failed:
                self._actions.refuse(failed[0][1])
            self.refresh()

        self.rewrite_button.setEnabled(False)
        self.remove_button.setEnabled(False)
        self._session.ask(self, work, done, about="rewriting")

    def _show_copies(self, copies: list[Path]) -> None:
        self._copies = copies
        for part in (self.copy_words, self.rewrite_button, self.remove_button):
            part.setVisible(bool(copies))
            part.setEnabled(True)
        how = (
            self.tr("not opened by this passphrase: plain ones can be read by anybody")
            if self._session.read.is_encrypted
            else self.tr("still encrypted")
        )
        verb = self.tr("is") if len(copies) == 1 else self.tr("are")
        self.copy_words.setText(f"{_count(len(copies))} {verb} {how}." if copies else "")

    def _ask_new(self, title: str, sentence: str, verb: str, go: Callable[[str], None]) -> None:
        dialog = NewPassphraseDialog(title, sentence, verb=verb, parent=self._frame)
        self._open(dialog, lambda: go(dialog.passphrase))

    def _ask_first(self, title: str, sentence: str, verb: str, go: Callable[[], None]) -> None:
        keep = self.tr("Leave it as it is")
        dialog = confirmation(self._frame, title, sentence=sentence, verb=verb, keep=keep)
        self._open(dialog, go)

    def _open(self, dialog: Dialog, go: Callable[[], None]) -> None:
        self.dialog = dialog

        def answered() -> None:
            self.dialog = None
            chosen = dialog.choice == "do"
            dialog.deleteLater()
            if chosen:
                go()

        dialog.finished.connect(answered)
        dialog.open()


def remaking_of(frame: "BookWindow") -> Remaking:
    """The one of a window."""
    found = frame.findChild(Remaking)
    return found if isinstance(found, Remaking) else Remaking(frame)


def _count(copies: int) -> str:
    return ntr("{0} copy made before", "{0} copies made before", copies)
