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
    before: str | None = None
    """The text before this writing began; None for a note that was not there."""
    change_id: int | None = None

    @classmethod
    def of(cls, note: Note) -> "Draft":
        """Go on with a note."""
        return cls(str(note.account_id), note.on, note.id, note.text, False, note.text)

    def begun(self) -> "Draft":
        """The same with an id, to be kept for the first time."""
        self.note_id = self.note_id or new_id()
        return self


def keep_draft(book: Book, draft: Draft, text: str) -> int | None:
    """Bring the book to hold `text`, taking the place of the step that kept this draft last.

    Nothing is kept of a text without a word; a note that was there goes. Returns the step.
    """
    newest = book.can_undo
    if draft.change_id is not None and newest is not None and newest.id == draft.change_id:
        book.undo()
    there = {note.id for note in book.notes.of(draft.account_id)}
    name = book.accounts.get(draft.account_id).name
    words = text.strip()
    if draft.note_id in there and not words:
        book.notes.remove(draft.note_id, label=f"Remove a note, {name}")
    elif draft.note_id in there:
        book.notes.update(draft.note_id, label=tr("Write a note, {0}").format(name), text=words)
    elif words:
        note = Note(draft.note_id, AccountId(draft.account_id), draft.on, words)
        book.notes.add(note, tr("Write a note, {0}").format(name))
    else:
        return None
    return book.can_undo.id if book.can_undo is not None else None
