"""What a row's fields would hold without one of the changes that wrote them.

A field holds what the last change in force gave it, or, where none is in force, what stood there
before the first of them. Steps that take a change back are no writers of their own: they turn the
change they are about, on or off. So taking changes back, in whatever order, ends where the book
would be if they had never been made.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

Cells = dict[str, object]
Group = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Write:
    """What one change did to a row; no `before` when it brought the row, no `after` when it took
    it away, neither when the images are no longer kept.
    """

    change_id: int
    in_force: bool
    is_turn: bool
    """Whether the change only took another one back."""
    before: Cells | None
    after: Cells | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a field should hold now, what it would without the change, and who wrote it last."""

    now: Group
    without: Group
    last: int | None


def root_of(db: sqlite3.Connection, change_id: int) -> int:
    """The change that is turned on or off when that one is taken back: itself, or the one it took
    back, or the one that took back.
    """
    found = change_id
    while True:
        row = db.execute("select kind, reverts from change where id = ?", (found,)).fetchone()
        if row is None or row[0] != "undo" or row[1] is None:
            return found
        found = row[1]


def writes_of(db: sqlite3.Connection, table: str, row_id: str) -> list[Write]:
    """All that changes did to a row, oldest first, those taken back among them."""
    rows = db.execute(
        "select c.id, c.state = 'done', c.kind = 'undo', r.before, r.after from change_row r "
        "join change c on c.id = r.change_id where r.tbl = ? and r.row_id = ? "
        "and c.state in ('done', 'reverted') order by c.id, r.id",
        (table, row_id),
    )
    return [
        Write(number, bool(done), bool(turn), _cells(before), _cells(after))
        for number, done, turn, before, after in rows
    ]


def _cells(image: str | None) -> Cells | None:
    return json.loads(image) if image is not None else None


def together(columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Columns that hold one value: a value with its currency and state, a name with its key."""
    groups: dict[str, list[str]] = {}
    for column in columns:
        head = column
        for tail in ("_state", "_currency", "_key"):
            if column.endswith(tail) and column.removesuffix(tail) in columns:
                head = column.removesuffix(tail)
        groups.setdefault(head, []).append(column)
    return [tuple(group) for group in groups.values()]


def standing(writes: Sequence[Write], columns: tuple[str, ...], root: int) -> Standing | None:
    """What the columns hold with the changes as they stand, and with `root` turned the other way.

    None when nothing that is known wrote them.
    """
    line = _Line(root)
    for write in writes:
        if write.before is None and write.after is not None:
            line.came(write, _group(write.after, columns))
        elif write.before is not None and write.after is not None:
            line.moved(write, _group(write.before, columns), _group(write.after, columns))
    return line.standing


def _group(cells: Cells, columns: tuple[str, ...]) -> Group | None:
    """The values of columns, None when the image is of a schema that lacked one."""
    if any(column not in cells for column in columns):
        return None
    return tuple(cells[column] for column in columns)


class _Line:
    """One field, write after write."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._was: Group | None = None
        self.standing: Standing | None = None

    def came(self, write: Write, after: Group | None) -> None:
        if after is not None and not (write.is_turn and self.standing is not None):
            self.standing = Standing(after, after, write.change_id)
        self._was = after

    def moved(self, write: Write, before: Group | None, after: Group | None) -> None:
        if before is None or after is None or before == after:
            return
        if self.standing is None or self._was != before:
            # Something wrote here that is no longer known: it stands.
            self.standing = Standing(before, before, None)
        self._was = after
        if write.is_turn:
            return
        found = self.standing
        turned = write.in_force != (write.change_id == self._root)
        self.standing = Standing(
            after if write.in_force else found.now,
            after if turned else found.without,
            write.change_id if write.in_force else found.last,
        )
