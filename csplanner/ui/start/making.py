"""Making a book with a passphrase, and the example anew."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.book.book import Book
from csplanner.ui.book_memory import forget_memory
from csplanner.ui.opening.passphrase import NewPassphraseDialog
from csplanner.ui.start.files import make_sample
from csplanner.ui.widgets.dialogs import confirmation

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


def make_locked(window: "BookWindow") -> NewPassphraseDialog | None:
    """Ask where a new book shall lie and for its passphrase, make it encrypted and open it."""
    path = window.files.ask_new()
    if path is None:
        return None
    dialog = NewPassphraseDialog(
        window.tr("Protect {0} with a passphrase").format(path.name),
        window.tr("The book and its backups can then only be read with it."),
        verb=window.tr("Make the book"),
        parent=window,
    )

    def answered() -> None:
        words = dialog.passphrase if dialog.choice == "do" else ""
        dialog.deleteLater()
        if words:
            _make(window, path, words)

    dialog.finished.connect(answered)
    dialog.open()
    return dialog


def _make(window: "BookWindow", path: Path, passphrase: str) -> None:
    """Make the book beside the window: turning a passphrase into a key takes a moment."""
    from csplanner.book.key import new_key

    today = window.today

    def work(_: object) -> Path:
        Book.create(path, today=today, key=new_key(passphrase)).close()
        return path

    window.books.run_beside(work, partial(_open, window))


def ask_to_reset(window: "BookWindow") -> None:
    """Make the example anew, once you said that what you changed in it may go."""
    dialog = confirmation(
        window,
        window.tr("Make the example anew?"),
        sentence=window.tr(
            "What you changed in the example goes, and undo cannot bring it back. Your own books "
            "stay as they are."
        ),
        verb=window.tr("Make it anew"),
        keep=window.tr("Keep it"),
    )

    def answered() -> None:
        dialog.deleteLater()
        if dialog.choice == "do":
            _reset(window)

    dialog.finished.connect(answered)
    dialog.open()


def _reset(window: "BookWindow") -> None:
    path, today = window.files.sample(), window.today
    shown = window.windows.showing(path)
    if shown is not None:
        shown.close_book()

    def work(_: object) -> Path:
        path.unlink(missing_ok=True)
        forget_memory(path)
        return make_sample(path, today)

    words = window.tr("Making the example, a few seconds…")
    window.books.run_beside(work, partial(_open, window), words=words)


def _open(window: "BookWindow", path: Path) -> None:
    window.open_book(path)
