"""Why the book shown cannot be changed, as the sentence that answers a key or a button."""

from csplanner.language import tr
from csplanner.ui.opening.notices import holder_words
from csplanner.ui.session import BookSession


def read_only_words(session: BookSession) -> str:
    """Why nothing can be changed and what to do about it; empty for a book that can be changed."""
    if not session.read_only:
        return ""
    opened, because = session.opened, session.read_only_because
    if opened.holder is not None:
        who = holder_words(opened.holder, session.today)
        return tr(
            "Read-only: open in csplanner by {0}. Close it there, or save a copy to change."
        ).format(who)
    if opened.foreign:
        return tr("Read-only: it holds code that csplanner did not write. Make a book without it.")
    if because.startswith("it is damaged"):
        return tr(
            "This book is open read-only, because it is damaged. The "
            "notice above offers "
            "what can be done."
        )
    reason = tr(", because {0}").format(because) if because else ""
    return tr("This book is open read-only{0}. Save a copy to change it.").format(reason)
