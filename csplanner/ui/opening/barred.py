"""Why the book shown cannot be changed, as the sentence that answers a key or a button."""

from csplanner.ui.opening.notices import holder_words
from csplanner.ui.session import BookSession


def read_only_words(session: BookSession) -> str:
    """Why nothing can be changed and what to do about it; empty for a book that can be changed."""
    if not session.read_only:
        return ""
    opened, because = session.opened, session.read_only_because
    if opened.holder is not None:
        who = holder_words(opened.holder, session.today)
        return f"Read-only: open in csplanner by {who}. Close it there, or save a copy to change."
    if opened.foreign:
        return "Read-only: it holds code that csplanner did not write. Make a book without it."
    if because.startswith("it is damaged"):
        return (
            "This book is open read-only, because it is damaged. The notice above offers what can "
            "be done."
        )
    reason = f", because {because}" if because else ""
    return f"This book is open read-only{reason}. Save a copy to change it."
