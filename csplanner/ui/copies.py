"""Verified copies of the open book: to the backups folder, or to a place you choose."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


def back_up(window: "BookWindow") -> None:
    """Make a verified copy in the backups folder."""
    from csplanner.book.backup import backup

    session = window.session
    if session is None:
        return

    def told(_made: Path) -> None:
        window.say(window.tr("Backed up {0}").format(session.path.name), undo=False)
        window.refresh_page()
        if window.facts is not None:
            window.facts.keeper.note_backup()

    def refused(sentence: str) -> None:
        window.say(sentence, undo=False, failed=True)
        if window.facts is not None:
            window.facts.keeper.note_failure(sentence)

    session.copy(backup, told, refused)


def save_copy(window: "BookWindow") -> None:
    """Ask where, and write a verified copy of the open book there."""
    from csplanner.book.backup import backup

    path = window.files.ask_copy(window.session.path) if window.session is not None else None
    if window.session is None or path is None:
        return

    def told(made: Path) -> None:
        window.say(window.tr("Saved a copy as {0}").format(made), undo=False)

    window.session.copy(lambda book: backup(book, path), told)
