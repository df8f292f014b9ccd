"""What a window does about a book that could not be opened: ask, offer ways out, or say why."""

from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.book.key import NeedsPassphrase
from csplanner.errors import DamagedBook, UserError
from csplanner.language import tr
from csplanner.ui.opening.ahead import Request
from csplanner.ui.shell.banner import Notice
from csplanner.ui.tasks import Cancelled

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_TOLD = 4096
"""Bytes of the beginning of a file that tell whether it is empty."""


def refused(window: "BookWindow", request: Request, error: UserError | Cancelled) -> None:
    """Ask for what is missing, offer what can be done, or say why a book could not be opened.

    What asks answers by opening the request again, or another one.
    """
    if isinstance(error, DamagedBook):
        from csplanner.ui.opening.damage import show_damage

        show_damage(window, request.path, error.found)
    elif _is_emptied(request.path):
        _offer_backups(window, request.path, error)
    elif isinstance(error, NeedsPassphrase):
        from csplanner.ui.opening.passphrase import ask_passphrase

        ask_passphrase(window, error.path, lambda: window.books.open(request))
    else:
        _tell(window, error)


def _tell(window: "BookWindow", error: UserError | Cancelled) -> None:
    """Say why a book was refused: for a while over another one, else as a lasting strip."""
    if window.session is not None:
        window.say(str(error), undo=False, failed=True)
    else:
        window.banners.show_notice(Notice("refused", str(error), gravity="watch"))


def _offer_backups(window: "BookWindow", path: Path, error: UserError | Cancelled) -> None:
    """A sync program may empty a book: offer its backups, or say why it was refused."""
    from csplanner.book.shelf import shelf
    from csplanner.ui.opening.damage import show_damage

    def found(has_backup: bool) -> None:
        if has_backup:
            show_damage(window, path, tr("the file is empty"))
        else:
            _tell(window, error)

    window.books.run_beside(lambda _: any(kept.sound for kept in shelf(path)), found)


def _is_emptied(path: Path) -> bool:
    """Whether what has the name of a book holds nothing at all, or nothing but zeros."""
    try:
        if path.suffix.casefold() != ".csbook" or not path.is_file():
            return False
        with path.open("rb") as stream:
            return not stream.read(_TOLD).strip(b"\0")
    except OSError:
        return False
