"""JSON exports: trees and query results of Salesforce, answers of other CRMs, plain lists."""

import json
from collections.abc import Iterator
from typing import Any

from csplanner.crm.grid import table_of_records
from csplanner.crm.json_records import Kept, Record, gathered, origin_of
from csplanner.crm.stored import Stored
from csplanner.crm.table import LeftOut, Table, own_export
from csplanner.crm.text import Probe, mended, probe
from csplanner.domain.proper_json import PROPER
from csplanner.errors import UserError

MAX_FILE = 100 << 20
MAX_DEPTH = 50
_MOST_RECORDS, _MOST_VALUES = 2_000_000, 10_000_000
"""Records and lists, at about 200 bytes each, and values, at about 60."""
_LISTS = ("records", "results", "value", "data", "items")
"""Under these names answers hold their records."""
_MORE = (
    ("done", False), ("nextRecordsUrl", None), ("@odata.nextLink", None), ("more_records", True),
    ("more_items_in_collection", True), ("next", None), ("has_more", True), ("hasMore", True),
)  # fmt: skip
"""What says that an answer is cut short: a key, and the value it then has, None: any."""


def read_json(stored: Stored) -> tuple[list[Table], list[LeftOut]]:
    """One table per type of record, child records in tables of their own; none where the file
    holds no records, with the reason.

    Raises UserError when it is too large, too deep, cut short or no proper JSON.
    """
    name = stored.name
    if stored.size > MAX_FILE:
        raise UserError(f"{name} is larger than 100 MB. Export it in parts.")
    found = probe(stored)
    try:
        with found.text(stored) as stream:
            text = stream.read()
    except UnicodeDecodeError:
        raise UserError(f"{name} is no proper JSON. Export it again, or as CSV.") from None
    _refuse_crowded(name, text)
    root = _parsed(name, mended(text) if found.is_garbled else text)
    del text
    _refuse_deep(name, root)
    _refuse_own(name, root)
    if why := _no_snapshot(root):
        return [], [LeftOut(name, why)]
    kept: Kept = {}
    origin = ""
    for kind, records in _lists(name, root):
        origin = origin or origin_of(records)
        gathered(kind, records, kept)
    made = [(kind, rows) for kind, rows in sorted(kept.items()) if any(len(r) > 1 for r in rows)]
    tables = []
    for kind, rows in made:
        shown = f"{name} › {kind}" if len(made) > 1 and kind else name
        table = _table(shown, rows, found)
        table.entity, table.origin = kind, origin
        table.note(found.note)
        tables.append(table)
    return tables, []


def _refuse_crowded(name: str, text: str) -> None:
    """Refuse what would fill the memory although the file is not large: values of a few signs."""
    if text.count("{") + text.count("[") > _MOST_RECORDS or text.count(",") > _MOST_VALUES:
        raise UserError(f"{name} holds millions of records. Export it in parts.")


def _parsed(name: str, text: str) -> Any:  # noqa: ANN401 - JSON is anything
    try:
        return PROPER.decode(text)
    except json.JSONDecodeError as error:
        if not error.msg.startswith("Extra data"):
            raise _improper(name) from None
    except (ValueError, RecursionError):
        raise _improper(name) from None
    try:
        return [PROPER.decode(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError):
        raise _improper(name) from None


def _improper(name: str) -> UserError:
    return UserError(f"{name} is no proper JSON. Export it again, or as CSV.")


def _refuse_deep(name: str, root: object) -> None:
    """Refuse what nests deeper than any record does."""
    layer: list[object] = [root]
    for _ in range(MAX_DEPTH):
        layer = [inner for value in layer for inner in _containers(value)]
        if not layer:
            return
    raise _improper(name)


def _containers(value: object) -> Iterator[object]:
    inner = value.values() if isinstance(value, dict) else value
    if isinstance(value, dict | list):
        for item in inner:  # type: ignore[attr-defined]
            if isinstance(item, dict | list):
                yield item


def _refuse_own(name: str, root: object) -> None:
    first = root[0] if isinstance(root, list) and root else root
    if isinstance(first, dict) and first.get("format") == "csplanner-book":
        raise own_export(name)


def _no_snapshot(root: object) -> str:
    """Why a well-known file is no snapshot; empty for others."""
    first = root[0] if isinstance(root, list) and root else root
    if not isinstance(first, dict):
        return ""
    if isinstance(root, list) and {"sobject", "files"} <= first.keys():
        return "It is the plan of an export: it only names its files. Choose those."
    if "csvw" in str(first.get("@context", "")):
        return "It only describes the columns of other files."
    if "$schema" in first or {"name", "version", "dependencies"} <= first.keys():
        return "It holds settings of a program, no records."
    return ""


def _lists(name: str, root: object) -> Iterator[tuple[str, list[Record]]]:
    """The lists of records in a file with what they are called, empty where it does not say."""
    if isinstance(root, list):
        yield from _listed("", root)
        return
    if not isinstance(root, dict):
        return
    inner = root.get("result", root)
    inner = inner if isinstance(inner, dict) else {"records": inner}
    _refuse_cut(name, root, inner)
    for key in _LISTS:
        if isinstance(inner.get(key), list):
            yield from _listed("", inner[key])
            return
    for key, value in inner.items():
        if isinstance(value, list):
            yield from _listed(str(key), value)


def _listed(kind: str, found: list[Any]) -> Iterator[tuple[str, list[Record]]]:
    """The records of a list, of records or of rows below a row of names."""
    if found and all(isinstance(r, dict) for r in found):
        yield kind, found
    elif len(found) > 1 and all(isinstance(r, list) for r in found):
        names = [str(cell) for cell in found[0]]
        if len(set(names)) == len(names):
            yield kind, [dict(zip(names, row, strict=False)) for row in found[1:]]


def _refuse_cut(name: str, *levels: dict[str, Any]) -> None:
    further = [
        inner
        for level in levels
        for key in ("paging", "info", "pagination", "additional_data")
        if isinstance(inner := level.get(key), dict)
    ]
    further += [i["pagination"] for i in further if isinstance(i.get("pagination"), dict)]
    for level in (*levels, *further):
        for key, value in _MORE:
            if key in level and (level[key] is value or (value is None and level[key])):
                raise UserError(f"{name} holds only the first part of a query. Export all of it.")


def _table(name: str, rows: list[dict[str, str]], found: Probe) -> Table:
    headers = list(dict.fromkeys(key for row in rows for key in row))
    records = [headers]
    rows.reverse()
    while rows:
        row = rows.pop()
        records.append([row.get(h, "") for h in headers])
    return table_of_records(name, records, "JSON", sha256=found.sha256, size=found.size)
