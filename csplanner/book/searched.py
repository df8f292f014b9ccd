"""What a book finds by words: the part of it that asks the search index."""

import sqlite3
from collections.abc import Iterable

from csplanner.book.search import Search
from csplanner.book.search_find import Found, Wanted, newest_texts, whole_texts
from csplanner.book.shelves import Shelves


class Searched(Shelves):
    """The areas of a book, and what is found in them."""

    connection: sqlite3.Connection
    _search: Search

    def search(self, text: str, limit: int = 30) -> list[Found]:
        """What matches `text`, kind by kind, best first."""
        return self._search.find(Wanted(text, looked_at=20_000))[:limit]

    def find(self, wanted: Wanted) -> list[Found]:
        """What is wanted of the search index, kind by kind, best first."""
        return self._search.find(wanted)

    def texts_of(self, found: Iterable[Found]) -> dict[str, tuple[str, str]]:
        """Of notes and touches found, by id, the topic (empty for a note) and the whole text."""
        return whole_texts(self.connection, found)

    def newest_texts(self, account_id: str, limit: int) -> list[Found]:
        """The notes and touches of an account that were written last."""
        return newest_texts(self.connection, account_id, limit)

    def find_inside(self, text: str, limit: int = 30) -> list[Found]:
        """Records that hold the text anywhere, also within words; looks at each of them."""
        return self._search.inside(text, limit)
