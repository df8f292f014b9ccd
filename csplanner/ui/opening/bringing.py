"""Getting a book from somewhere else than its file: from a backup, or from an export."""

from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.book.shelf import Kept, Shelf
from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.ui.opening.ahead import Request
from csplanner.ui.opening.notices import moment_words
from csplanner.ui.shell.banner import Notice
from csplanner.ui.tasks import Cancelled, Progress

if TYPE_CHECKING:
    from csplanner.book.rebuild import Rebuilt
    from csplanner.book.salvage_result import Salvage
    from csplanner.ui.book_window import BookWindow


def bring_back(window: "BookWindow", shelf: Shelf, place: Path) -> None:
    """Put the newest good backup of a shelf at `place`, where nothing stands, and open it."""

    def work(_: Progress) -> Kept:
        from csplanner.book.restoring import restore
        from csplanner.book.shelf import newest_good_of

        if place.exists():
            raise UserError(tr("{0} is already there. Choose another name.").format(place.name))
        kept = newest_good_of(shelf)
        if kept is None:
            raise UserError(
                tr("No backup of {0} is good any more. Its folder is {1}.").format(
                    shelf.book, shelf.folder
                )
            )
        restore(place, kept.path, other_book=True)
        return kept

    def done(kept: Kept) -> None:
        window.books.open(Request(place))
        when = moment_words(kept.made_at, window.today)
        said = window.tr("This is the backup of {0}. What was changed after that is not in it.")
        window.banners.show_notice(Notice("restored", said.format(when)))

    window.books.run_beside(work, done, words=window.tr("Putting the backup in place…"))


def make_without_code(window: "BookWindow") -> None:
    """Make a book of the records of the one shown, without the code that is not csplanner's.

    The book shown is closed meanwhile; it stays as it is, and is shown again when that fails.
    """
    session = window.session
    out = window.files.ask_without_code(session.path) if session is not None else None
    if session is None or out is None:
        return
    path, today = session.path, window.today

    def work(handle: Progress) -> "Salvage":
        from csplanner.book.key import is_encrypted
        from csplanner.book.salvage import salvage

        if is_encrypted(path):
            raise UserError(
                tr(
                    "{0} is encrypted, so its records can only be taken out on "
                    "the command line: "
                    "csplanner export BOOK --out FOLDER, then csplanner new NEW --encrypted "
                    "--from FOLDER."
                ).format(path.name)
            )
        return salvage(path, out, today=today, progress=handle.step)

    def done(made: "Salvage") -> None:
        window.books.open(Request(made.path))
        said = window.tr("Made of {0}, without the code. {1}").format(path.name, made.words)
        window.banners.show_notice(Notice("restored", said))

    def failed(error: UserError | Cancelled) -> None:
        window.books.open(Request(path))
        window.say(str(error), undo=False, failed=True)

    window.show_start()
    words = window.tr("Making a book without the code…")
    window.books.run_beside(work, done, failed=failed, words=words)


def open_export(window: "BookWindow") -> None:
    """Ask for an export and a place, and make an equal book of it there."""
    source = window.files.ask_export()
    target = window.files.ask_new() if source is not None else None
    if source is None or target is None:
        return

    def work(_: Progress) -> "Rebuilt":
        from csplanner.book.rebuild import rebuild

        return rebuild(source, target, today=window.today)

    def done(made: "Rebuilt") -> None:
        window.books.open(Request(made.path))
        said = " ".join((window.tr("Made from {0}.").format(source.name), *made.notes))
        window.banners.show_notice(Notice("restored", said))

    window.books.run_beside(
        work, done, words=window.tr("Making a book of {0}…").format(source.name)
    )
