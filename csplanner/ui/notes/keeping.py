"""Keeps a note while it is typed: the whole writing of it is one step to take back."""

from dataclasses import dataclass
from datetime import date

from csplanner.book.book import Book
from csplanner.book.ids import new_id
from csplanner.domain.account import AccountId
from csplanner.domain.note import Note
from csplanner.language import tr


@dataclass(slots=True)
class Draft:
    """The note being written: what the book holds of it, and by which step it got there."""

    account_id: str
    on: date
    note_id: str = ""
    text: str = ""
    """As it was kept last."""
    is_new: bool = True
    change_id: int | None = None
    base: str = ""
    """What the book held of it when it was last read or kept."""
    parted: bool = False
    """Whether somebody else wrote in the note meanwhile, so that this became one beside it."""
    waiting: int = 0
    """How many texts of it the book has not answered for yet."""

    @classmethod
    def of(cls, note: Note) -> "Draft":
        """Go on with a note."""
        return cls(str(note.account_id), note.on, note.id, note.text, False, base=note.text)

    def begun(self) -> "Draft":
        """The same with an id, to be kept for the first time."""
        self.note_id = self.note_id or new_id()
        return self


def keep_draft(book: Book, draft: Draft, text: str) -> int | None:
    """Bring the book to hold `text`, taking the place of the step that kept this draft last.

    Nothing is kept of a text without a word; a note that was there goes. Where another window
    wrote in it meanwhile, both texts stay: this one as a note of its own. Returns the step.
    """
    name, words = book.accounts.get(draft.account_id).name, text.strip()
    held = next((n.text for n in book.notes.of(draft.account_id) if n.id == draft.note_id), None)
    if held is not None and held.strip() not in (draft.base.strip(), words):
        draft.note_id, draft.change_id, draft.parted = new_id(), None, True
    label = tr("Write a note, {0}") if words else tr("Remove a note, {0}")
    with book.change_anew(draft.change_id, label.format(name)):
        there = {note.id for note in book.notes.of(draft.account_id)}
        if draft.note_id in there and not words:
            book.notes.remove(draft.note_id)
        elif draft.note_id in there:
            book.notes.update(draft.note_id, text=words)
        elif words:
            book.notes.add(Note(draft.note_id, AccountId(draft.account_id), draft.on, words))
    draft.base = words
    return book.can_undo.id if book.can_undo is not None else None
