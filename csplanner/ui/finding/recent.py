"""The accounts and records you were at last, remembered per book by their ids."""

from typing import TYPE_CHECKING

from csplanner.domain.overview import Overview
from csplanner.ui.session import BookSession

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_KEY = "palette.recent"
_MOST = 40
_MOST_ACCOUNTS = 9


def keep_recent(session: BookSession, record_id: str) -> None:
    """Remember that a record was gone to, before all others."""
    others = [other for other in recent_ids(session) if other != record_id]
    session.memory.keep(_KEY, [record_id, *others][:_MOST])


def recent_ids(session: BookSession) -> list[str]:
    """The records gone to, the newest first."""
    kept = session.memory.get(_KEY)
    return [each for each in kept if isinstance(each, str)] if isinstance(kept, list) else []


def recent_accounts(session: BookSession) -> list[Overview]:
    """The lines of the accounts gone to, the newest first, but for those that left the book."""
    found = (session.read.overview.one(each) for each in recent_ids(session))
    return [line for line in found if line is not None][:_MOST_ACCOUNTS]


def note_visit(window: "BookWindow", key: str, _argument: object) -> None:
    """Remember the account whose page was shown."""
    if key == "account" and window.session is not None and window.account_now is not None:
        keep_recent(window.session, window.account_now)
