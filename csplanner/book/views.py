"""Saved views of the Book table: filter, grouping, sort and columns under a name."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from csplanner.book.ids import new_id
from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.book.book import Book


_HIDES = "hides"
"""In the content of a row that stands for no view: the view of the program it hides."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """A named view; `spec` is plain data the Book page understands."""

    id: str
    name: str
    spec: dict[str, Any]


class SavedViews:
    """The saved views of a book, and which of the program's own are hidden in it."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def all(self) -> list[SavedView]:
        """Every saved view in its order."""
        return [view for view in self._rows() if _HIDES not in view.spec]

    def hidden(self) -> frozenset[str]:
        """The keys of the program's own views that are hidden."""
        return frozenset(str(v.spec[_HIDES]) for v in self._rows() if _HIDES in v.spec)

    def _rows(self) -> list[SavedView]:
        return [
            SavedView(i, name, json.loads(spec))
            for i, name, spec in self._book.connection.execute(
                "select id, name, spec from saved_view order by position, rowid"
            )
        ]

    def add(self, name: str, spec: dict[str, Any]) -> SavedView:
        """Keep a view under `name`, after the others."""
        with self._book.change(tr("Save the view {0}").format(name)):
            return self._insert(name, spec)

    def _insert(self, name: str, spec: dict[str, Any]) -> SavedView:
        view = SavedView(new_id(), name, spec)
        self._book.connection.execute(
            "insert into saved_view select ?, ?, ?, coalesce(max(position), 0) + 1 from saved_view",
            (view.id, name, json.dumps(spec)),
        )
        return view

    def update(self, view_id: str, name: str, spec: dict[str, Any] | None = None) -> None:
        """Give a view another name, and other content where `spec` is given."""
        label = tr("Rename a view to {0}") if spec is None else tr("Save the view {0}")
        with self._book.change(label.format(name)):
            self._book.connection.execute(
                "update saved_view set name = ?, spec = coalesce(?, spec) where id = ?",
                (name, None if spec is None else json.dumps(spec), view_id),
            )

    def arrange(self, view_ids: Sequence[str]) -> None:
        """Put the views into that order; those not named stand after them."""
        known = [view.id for view in self.all()]
        order = [i for i in view_ids if i in known]
        order += [i for i in known if i not in order]
        with self._book.change(tr("Put the views in another order")):
            self._book.connection.executemany(
                "update saved_view set position = ? where id = ? and position <> ?",
                [(at, i, at) for at, i in enumerate(order, 1)],
            )

    def hide(self, key: str, title: str) -> None:
        """Hide one of the program's own views."""
        if key not in self.hidden():
            with self._book.change(tr("Hide the view {0}").format(title)):
                self._insert(key, {_HIDES: key})

    def show_hidden(self) -> None:
        """Show all views of the program again."""
        hidden = [view.id for view in self._rows() if _HIDES in view.spec]
        with self._book.change(tr("Show the hidden views")):
            self._book.connection.executemany(
                "delete from saved_view where id = ?", [(i,) for i in hidden]
            )

    def remove(self, view_id: str) -> None:
        """Delete a view (undo brings it back)."""
        with self._book.change(tr("Remove a saved view")):
            self._book.connection.execute("delete from saved_view where id = ?", (view_id,))
