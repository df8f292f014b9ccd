"""Saved views of the Book table: filter, grouping, sort and columns under a name."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from csplanner.book.ids import new_id

if TYPE_CHECKING:
    from csplanner.book.book import Book


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named view; `spec` is plain data the Book page understands."""

    id: str
    name: str
    spec: dict[str, Any]


class SavedViews:
    """The saved views of a book."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def all(self) -> list[SavedView]:
        """Every saved view in its order."""
        return [
            SavedView(i, name, json.loads(spec))
            for i, name, spec in self._book.connection.execute(
                "select id, name, spec from saved_view order by position, rowid"
            )
        ]

    def add(self, name: str, spec: dict[str, Any]) -> SavedView:
        """Keep a view under `name`."""
        view = SavedView(new_id(), name, spec)
        with self._book.change(f"Save the view {name}"):
            self._book.connection.execute(
                "insert into saved_view select ?, ?, ?, coalesce(max(position), 0) + 1 "
                "from saved_view",
                (view.id, name, json.dumps(spec)),
            )
        return view

    def remove(self, view_id: str) -> None:
        """Delete a view (undo brings it back)."""
        with self._book.change("Remove a saved view"):
            self._book.connection.execute("delete from saved_view where id = ?", (view_id,))
