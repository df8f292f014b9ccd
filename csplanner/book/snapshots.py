"""The snapshots a book was fed with, and what they could not bring in."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from csplanner.book.ids import derived_id
from csplanner.domain.snapshot import Quarantined, Snapshot, SnapshotFile
from csplanner.errors import UserError

if TYPE_CHECKING:
    from csplanner.book.book import Book


class Snapshots:
    """The snapshots of a book."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def add(self, snapshot: Snapshot, quarantined: tuple[Quarantined, ...] = ()) -> None:
        """Keep a snapshot and its quarantined cells inside the import's open change."""
        db = self._book.connection
        db.execute(
            "insert into snapshot values (?, ?, ?, ?, ?, ?, ?)",
            (
                snapshot.id, snapshot.source, snapshot.as_of.isoformat(),
                snapshot.imported_at.isoformat(timespec="seconds"), snapshot.scope,
                json.dumps([asdict(f) for f in snapshot.files]), json.dumps(snapshot.counts),
            ),
        )  # fmt: skip
        db.executemany(
            'insert into quarantine (id, file, "row", "column", value, reason, snapshot_id, cells) '
            "values (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (derived_id(snapshot.id, str(n)), q.file, q.row, q.column, q.value, q.reason,
                 snapshot.id, cells_text(q.cells))
                for n, q in enumerate(quarantined)
            ),
        )  # fmt: skip

    def all(self) -> list[Snapshot]:
        """Every snapshot, newest first."""
        rows = self._book.connection.execute(
            "select id, source, as_of, imported_at, scope, files, counts from snapshot "
            "order by as_of desc, imported_at desc, rowid desc"
        )
        return [
            Snapshot(
                i, source, _moment(as_of).date(), _moment(at), scope,
                files_of(files), counts_of(counts),
            )
            for i, source, as_of, at, scope, files, counts in rows
        ]  # fmt: skip

    def newest(self) -> Snapshot | None:
        """The snapshot with the newest as-of date."""
        found = self.all()
        return found[0] if found else None

    def sources(self) -> list[str]:
        """The sources whose accounts the book knows by id."""
        return [
            source
            for (source,) in self._book.connection.execute(
                "select distinct source from external_ref where object = 'account' order by 1"
            )
        ]

    def quarantined(self, snapshot_id: str) -> list[Quarantined]:
        """What a snapshot could not bring in."""
        rows = self._book.connection.execute(
            'select file, "row", "column", value, reason, cells, fixed_by, id from quarantine '
            "where snapshot_id = ? order by rowid",
            (snapshot_id,),
        )
        return [
            Quarantined(file, row, column, value, reason, cells_of(cells), fixed_by, i)
            for file, row, column, value, reason, cells, fixed_by, i in rows
        ]

    def open_problems(self) -> dict[str, int]:
        """By snapshot how much it could not bring in and nobody brought in since."""
        return dict(
            self._book.connection.execute(
                "select snapshot_id, count(*) from quarantine where fixed_by is null "
                "group by snapshot_id"
            ).fetchall()
        )


def cells_text(cells: Mapping[str, str]) -> str:
    """The cells of a row as they are stored; empty for none."""
    return json.dumps(cells, ensure_ascii=False) if cells else ""


def cells_of(text: str) -> dict[str, str]:
    """The cells of a stored row; none where they were not kept or cannot be read."""
    found = _json(text)
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def counts_of(text: str) -> dict[str, int]:
    """The stored counts of a snapshot; none where they cannot be read."""
    found = _json(text)
    return _whole(found) if isinstance(found, dict) else {}


def files_of(text: str) -> tuple[SnapshotFile, ...]:
    """The stored files of a snapshot, without those that cannot be read."""
    found = _json(text)
    return tuple(_file(f) for f in found if _is_file(f)) if isinstance(found, list) else ()


def is_snapshot(files: str | bytes, counts: str | bytes) -> bool:
    """Whether all of what a snapshot says of its files and counts can be read."""
    listed, counted = _json(files), _json(counts)
    return (
        isinstance(listed, list)
        and all(map(_is_file, listed))
        and isinstance(counted, dict)
        and len(_whole(counted)) == len(counted)
    )


def _json(text: str | bytes) -> object:
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None


def _whole(counts: Mapping[str, object]) -> dict[str, int]:
    return {name: n for name, n in counts.items() if isinstance(n, int)}


def _is_file(found: object) -> bool:
    return (
        isinstance(found, dict)
        and all(isinstance(found.get(name), str) for name in ("name", "sha256", "object"))
        and isinstance(found.get("records"), int)
    )


def _file(found: Mapping[str, Any]) -> SnapshotFile:
    return SnapshotFile(found["name"], found["sha256"], found["object"], found["records"])


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise UserError(
            "The book holds an import of a day that cannot be read. Run csplanner check, or "
            "restore the newest backup."
        ) from None
