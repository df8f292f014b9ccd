"""Deleting an account for good: what goes with it is said first, and undo brings all of it back."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from csplanner.book.belongings import Belongings, belongings
from csplanner.book.book import Book
from csplanner.book.history import KEPT_DAYS
from csplanner.domain.wording import one_line
from csplanner.language import tr
from csplanner.ui.widgets.dialogs import Dialog, confirmation
from csplanner.ui.widgets.format import number, plural

if TYPE_CHECKING:
    from csplanner.ui.actions.actions import Actions

_NAMED = 5


def going_words(found: Belongings) -> str:
    """What goes with an account and how it can come back, in sentences."""
    named = [f"{number(count)} {words}" for count, words in found.counts[:_NAMED]]
    rest = sum(count for count, _ in found.counts[_NAMED:])
    if rest:
        named.append(plural(rest, "more record"))
    *first, last = named or [tr("nothing else")]
    listed = tr("{0} and {1}").format(", ".join(first), last) if first else last
    return tr(
        "{0}{1} {2} with it, from every list, sum and search. Undo "
        "brings all of it "
        "back for {3} days. A later import that still holds the account adds it "
        "again as a new one: to keep it away, archive it instead."
    ).format(listed[:1].upper(), listed[1:], tr("go") if named else tr("goes"), KEPT_DAYS)


def ask_to_delete(
    actions: "Actions", window: QWidget | None, account_id: str, then: Callable[[], None]
) -> None:
    """Say what would go, and delete the account when that is wanted; `then` runs once it is."""
    if not actions.may_write():
        return
    actions.session.ask(
        actions,
        lambda book: belongings(book, account_id),
        lambda found: _ask(actions, window, found, then),
        about="deleting an account",
        failed=lambda error: actions.refuse(str(error)),
    )


def _ask(
    actions: "Actions", window: QWidget | None, found: Belongings, then: Callable[[], None]
) -> None:
    dialog: Dialog = confirmation(
        window,
        actions.tr("Delete {0} for good?").format(one_line(found.name)),
        sentence=going_words(found),
        verb=actions.tr("Delete the account"),
        keep=actions.tr("Keep it"),
    )

    def answered(_code: int) -> None:
        if dialog.choice == "do":
            actions.write(partial(delete, account_id=found.account_id), then)
        dialog.deleteLater()

    dialog.finished.connect(answered)
    if actions.form is None:
        actions.show_dialog(dialog)
    else:
        dialog.open()


def delete(book: Book, *, account_id: str) -> str:
    """Delete an account with all that belongs to it, and return the line to say."""
    name = book.accounts.get(account_id).name
    book.accounts.delete(account_id)
    return tr("Deleted {0}").format(one_line(name))
