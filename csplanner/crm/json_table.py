"""JSON exports: trees and query results of Salesforce, and plain lists of records."""

import hashlib
import json
from typing import Any

from csplanner.crm.grid import table_of_records
from csplanner.crm.stored import Stored
from csplanner.crm.table import Table, own_export
from csplanner.domain.proper_json import PROPER
from csplanner.errors import UserError

MAX_FILE = 100 << 20


def read_json(stored: Stored) -> list[Table]:
    """One table per type of record; none where the file holds no records.

    Raises UserError when it is too large, too deep, or no proper JSON.
    """
    name = stored.name
    if stored.size > MAX_FILE:
        raise UserError(f"{name} is larger than 100 MB. Export it in parts.")
    data = stored.read()
    if _is_own_lines(data):
        raise own_export(name)
    root = _parsed(name, data)
    if isinstance(root, dict) and root.get("format") == "csplanner-book":
        raise own_export(name)
    result = root.get("result", root) if isinstance(root, dict) else root
    if isinstance(result, dict) and result.get("done") is False:
        raise UserError(f"{name} holds only the first part of a query. Export all of it.")
    records = result.get("records") if isinstance(result, dict) else result
    if not isinstance(records, list) or not all(isinstance(r, dict) for r in records):
        return []
    by_type: dict[str, list[dict[str, str]]] = {}
    for record in records:
        kind = str((record.get("attributes") or {}).get("type", ""))
        by_type.setdefault(kind, []).append(_flat(record))
    digest = hashlib.sha256(data).hexdigest()
    return [
        _table(f"{name} › {kind}" if len(by_type) > 1 else name, rows, digest, len(data))
        for kind, rows in sorted(by_type.items())
        if any(len(r) > 1 for r in rows)
    ]


def _is_own_lines(data: bytes) -> bool:
    """Whether it is a book in lines of JSON, of which the first says so."""
    try:
        head = json.loads(data.partition(b"\n")[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(head, dict) and head.get("format") == "csplanner-book"


def _parsed(name: str, data: bytes) -> Any:  # noqa: ANN401 - JSON is anything
    try:
        return PROPER.decode(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise UserError(f"{name} is no proper JSON. Export it again, or as CSV.") from None


def _flat(record: dict[str, Any]) -> dict[str, str]:
    """Fields as text; a parent record's fields as `Account.Name`; a reference as the id."""
    flat: dict[str, str] = {}
    attributes = record.get("attributes") or {}
    if "Id" not in record and attributes.get("referenceId"):
        flat["Id"] = f"@{attributes['referenceId']}"
    for key, value in record.items():
        if key == "attributes" or isinstance(value, list):
            continue
        if isinstance(value, dict):
            for inner, deeper in value.items():
                if not isinstance(deeper, dict | list):
                    flat[f"{key}.{inner}"] = _text(deeper)
        else:
            flat[key] = _text(value)
    return flat


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _table(name: str, rows: list[dict[str, str]], digest: str, size: int) -> Table:
    headers = list(dict.fromkeys(key for row in rows for key in row))
    records = [headers, *([row.get(h, "") for h in headers] for row in rows)]
    return table_of_records(name, records, "JSON", sha256=digest, size=size)
