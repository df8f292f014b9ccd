"""What other systems call records of the book: looked up and kept one by one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csplanner.book.ids import new_id

if TYPE_CHECKING:
    from csplanner.book.book import Book


@dataclass(frozen=True, slots=True)
class Named:
    """A record of the book that another system knows by a name of its own."""

    table: str
    row_id: str


class OutsideNames:
    """The names other systems have for records, by the source and the kind of object."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def find(self, source: str, kind: str, names: Sequence[str]) -> dict[str, Named]:
        """The records that a source knows by these names, by name."""
        rows = self._book.connection.execute(
            "select external_id, tbl, row_id from external_ref where source = ? and object = ? "
            "and external_id in (select value from json_each(?))",
            (source, kind, json.dumps(list(names))),
        )
        return {name: Named(table, row_id) for name, table, row_id in rows}

    def set(self, source: str, kind: str, name: str, named: Named) -> None:
        """Note inside an open change which record a source knows by that name."""
        self._book.connection.execute(
            "insert into external_ref (id, source, object, external_id, tbl, row_id) "
            "values (?, ?, ?, ?, ?, ?) on conflict (source, object, external_id) "
            "do update set tbl = excluded.tbl, row_id = excluded.row_id",
            (new_id(), source, kind, name, named.table, named.row_id),
        )
