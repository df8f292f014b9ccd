"""What the sample's CSM wrote down for herself: notes, tasks and meetings planned."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from csplanner.book.book import Book
from csplanner.domain.account import AccountId
from csplanner.domain.note import Note
from csplanner.domain.task import Task, TaskKind

Step = Mapping[str, Any]


class Jotted:
    """Records one step each; `place` is an id that no other step of the sample has."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def note(self, account: AccountId, step: Step, place: str) -> None:
        """A note about an account."""
        on = date.fromisoformat(step["on"])
        self._book.notes.add(Note(place, account, on, step["text"], pinned=step["pinned"]))

    def task(self, account: AccountId | None, step: Step, place: str) -> None:
        """A task, a planned touch or a meeting, with an account or none."""
        self._book.tasks.add(
            Task(
                place, account, step["title"], TaskKind(step["kind"]),
                date.fromisoformat(step["due"]), step["at"], step["minutes"],
            )
        )  # fmt: skip
