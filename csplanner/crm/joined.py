"""Rows that hold several records each: split, and every record brought once however often it
stands in the file.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from csplanner.book.rows import Cell
from csplanner.crm.block import Block, Cells, Staged
from csplanner.crm.mapping import FileMapping
from csplanner.domain.snapshot import Quarantined

SPLIT = ("account", "person", "opportunity", "case", "subscription", "term")
"""Objects that may stand beside others in a row, accounts first."""
_AT_ONCE = 100_000
"""Records of one kind held back at most: more are staged as they come."""
_SAME = frozenset(("file", "row", "n"))


def objects_in(mapping: FileMapping) -> tuple[str, ...]:
    """The objects the rows of a file hold: its own first; one, unless rows are to be split."""
    own = mapping.object
    keys = {c.target for c in mapping.used}
    named = {key.partition(".")[0] for key in keys}
    if own in ("user", "campaign", "member", "invoice"):
        return (own,)
    if "term.id" not in keys and own != "term":
        # Dates of the running term in an account's row.
        named = (named - {"term"}) | ({"account"} if "term" in named else set())
    return (own, *(o for o in SPLIT if o in named and o != own))


@dataclass(slots=True)
class Gathered:
    """Records of joined rows: the first row of each, what any of its rows says of it."""

    file: str
    records: dict[str, dict[str, dict[str, Cell]]] = field(default_factory=dict)
    others: dict[str, set[tuple[Cell, ...]]] = field(default_factory=dict)

    def take(self, block: Block, found: Staged) -> Iterator[Staged]:
        """Take records in; yields what need not wait, each once."""
        object_, columns = found
        if "ext" in columns:
            self._merge(block, object_, columns)
            if len(self.records[object_]) > _AT_ONCE:
                yield from self._out(object_)
            return
        seen = self.others.setdefault(object_, set())
        names = [n for n in columns if n not in _SAME]
        keep = []
        for row in zip(*(columns[n] for n in names), strict=True):
            keep.append(row not in seen)
            seen.add(row)
        yield object_, _kept(columns, keep)

    def _merge(self, block: Block, object_: str, columns: dict[str, Cells]) -> None:
        known = self.records.setdefault(object_, {})
        names = tuple(columns)
        for values in zip(*columns.values(), strict=True):
            row = dict(zip(names, values, strict=True))
            ext = row["ext"]
            if ext is None:
                continue
            kept = known.setdefault(str(ext), row)
            if kept is not row:
                self._reconcile(block, kept, row)

    def _reconcile(self, block: Block, kept: dict[str, Cell], row: dict[str, Cell]) -> None:
        """Fill what the record lacks; a later row that says something else counts and is told."""
        told = []
        for name, value in row.items():
            if name in _SAME or value is None or kept.get(name) == value:
                continue
            if name == "weak":
                kept[name] = min(int(kept.get(name) or 0), int(value))
                continue
            if kept.get(name) is not None and name not in ("name_key", "gone"):
                told.append(name)
            kept[name] = value
        if told:
            fields = ", ".join(name.replace("_", " ") for name in told)
            block.ledger.staging.quarantine([Quarantined(
                self.file, int(row["row"] or 0), fields, str(kept.get("name") or row["ext"]),
                f"Row {kept['row']} says something else of the same record; this row counts.",
            )])  # fmt: skip

    def rest(self) -> Iterator[Staged]:
        """Everything still held back."""
        for object_ in list(self.records):
            yield from self._out(object_)

    def _out(self, object_: str) -> Iterator[Staged]:
        held = list(self.records.pop(object_, {}).values())
        if held:
            names = dict.fromkeys(name for row in held for name in row)
            yield object_, {name: [row.get(name) for row in held] for name in names}


def _kept(columns: dict[str, Cells], keep: Sequence[bool]) -> dict[str, Cells]:
    return {n: [c for c, k in zip(cells, keep, strict=True) if k] for n, cells in columns.items()}


def spread(block: Block, objects: Sequence[str]) -> Block:
    """The block with the row's account known to every object in it."""
    values = dict(block.values)
    ids = _first(values, ("account.id", *(f"{o}.account" for o in objects)))
    names = _first(values, ("account.name", *(f"{o}.account_name" for o in objects)))
    for object_ in objects:
        own_id, own_name = (
            ("account.id", "account.name") if object_ == "account"
            else (f"{object_}.account", f"{object_}.account_name")
        )  # fmt: skip
        if ids is not None:
            values.setdefault(own_id, ids)
        if names is not None:
            values.setdefault(own_name, names)
    return replace(block, values=values, joined=True, own=objects[0])


def _first(values: dict[str, Cells], keys: Sequence[str]) -> Cells | None:
    return next((values[key] for key in keys if key in values), None)
