"""Records of JSON to flat rows: parents beside them, children in tables of their own."""

from sys import intern
from typing import Any

Record = dict[str, Any]
Kept = dict[str, list[dict[str, str]]]
"""Flat rows by type of record."""
_SHOWN = "@OData.Community.Display.V1.FormattedValue"
_LOOKUP = "@Microsoft.Dynamics.CRM.lookuplogicalname"
_MANY = {
    "companies": "Associated Company IDs", "contacts": "Associated Contact IDs",
    "deals": "Associated Deal IDs", "tickets": "Associated Ticket IDs",
}  # fmt: skip
_DEEPEST = 4
"""A parent of a parent is read, and theirs, but not for ever."""


def gathered(kind: str, records: list[Record], kept: Kept) -> None:
    """Move the records to their types in `kept`, and their child records to theirs.

    A child names its parent by id, in the column called after the parent's type. The list is empty
    afterwards: a large file would else be held twice.
    """
    records.reverse()
    while records:
        record = records.pop()
        own = _type_of(record) or kind
        row = flat(record)
        kept.setdefault(own, []).append(row)
        for name, children in _children(record):
            for child in children:
                child.setdefault(f"{_one(own)}Id", row.get("Id", row.get("id", "")))
            gathered(name, children, kept)


def origin_of(records: list[Record]) -> str:
    """The CRM whose way of writing records this is, empty where it is nobody's."""
    first = records[0] if records else {}
    if _type_of(first):
        return "Salesforce"
    if isinstance(first.get("properties"), dict):
        return "HubSpot"
    return "Dynamics 365" if any(str(key).startswith("@odata.") for key in first) else ""


def _one(kind: str) -> str:
    """What one record of a list is called: `account` for `accounts`."""
    if kind.endswith("ies"):
        return kind[:-3] + "y"
    return kind.removesuffix("s") or "Parent"


def _type_of(record: Record) -> str:
    attributes = record.get("attributes")
    return str(attributes.get("type", "")) if isinstance(attributes, dict) else ""


def _children(record: Record) -> list[tuple[str, list[Record]]]:
    """The lists of records within a record, each under its name."""
    found = []
    for key, value in record.items():
        if key == "associations":
            continue
        inner = value.get("records") if isinstance(value, dict) else value
        if isinstance(inner, list) and inner and all(isinstance(r, dict) for r in inner):
            found.append((str(key), [dict(r) for r in inner]))
    return found


def flat(record: Record) -> dict[str, str]:
    """Fields as text; a parent record's fields as `Account.Name`; a reference as the id."""
    row: dict[str, str] = {}
    attributes = record.get("attributes")
    if isinstance(attributes, dict):
        if "Id" not in record and attributes.get("referenceId"):
            row["Id"] = f"@{attributes['referenceId']}"
        elif "Id" not in record and "/sobjects/" in str(attributes.get("url", "")):
            row["Id"] = str(attributes["url"]).rsplit("/", 1)[1]
    properties = record.get("properties")
    if isinstance(properties, dict):
        _fill(row, properties, "", 1)
        row.setdefault("hs_object_id", _text(record.get("id")))
        _associate(row, record.get("associations"))
        return row
    _fill(row, record, "", 1)
    return row


def _fill(row: dict[str, str], record: Record, prefix: str, depth: int) -> None:
    for key, value in record.items():
        if key == "attributes" or key.endswith((_SHOWN, _LOOKUP)) or key.startswith("@odata"):
            continue
        name = intern(f"{prefix}{key}")
        shown = record.get(f"{key}{_SHOWN}")
        if isinstance(value, dict):
            if depth < _DEEPEST and "records" not in value:
                _fill(row, value, f"{name}.", depth + 1)
        elif isinstance(value, list):
            if value and not any(isinstance(v, dict | list) for v in value):
                row[name] = ";".join(map(_text, value))
        elif shown is not None and key.startswith("_") and key.endswith("_value"):
            # A reference of Dynamics: the id, and the name shown for it.
            row[key.removeprefix("_").removesuffix("_value")] = _text(value)
            row[f"{key.removeprefix('_').removesuffix('_value')}name"] = _text(shown)
        else:
            row[name] = _text(value if shown is None else _said(shown, value))


def _said(shown: object, value: object) -> object:
    """What Dynamics shows for a choice; figures stay as they are."""
    text = str(shown)
    is_choice = isinstance(value, int) and text and not any(sign.isdigit() for sign in text)
    return shown if is_choice else value


def _associate(row: dict[str, str], associations: object) -> None:
    """The records HubSpot associates, as its own exports write them."""
    if not isinstance(associations, dict):
        return
    for name, header in _MANY.items():
        found = associations.get(name)
        results = found.get("results") if isinstance(found, dict) else None
        if isinstance(results, list):
            ids = [_text(r.get("id")) for r in results if isinstance(r, dict)]
            row[header] = ";".join(dict.fromkeys(i for i in ids if i))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
