"""What a book remembers of imports: mappings, meanings of words, and who owns a field."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

_OF_COLUMN = ("header", "target", "rule")


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the files of one source with the same columns were read last time."""

    id: str
    source: str
    object: str
    headers_key: str
    """A digest of the columns' names, whatever their order."""
    name: str
    mapping: dict[str, Any]
    """`columns`: a list of header, target and rule of each column; no cell of any file."""
    used: int
    """How many imports used it."""
    last_used: date
    """The as-of date of the newest of them."""


def is_mapping(found: object) -> bool:
    """Whether that can be the `mapping` of a recipe."""
    columns = found.get("columns") if isinstance(found, dict) else None
    return isinstance(columns, list) and all(
        isinstance(c, dict) and all(isinstance(c.get(name), str) for name in _OF_COLUMN)
        for c in columns
    )


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word of one source's picklist means."""

    id: str
    source: str
    kind: str
    """The kind of value, such as `oppstate` or `roles`."""
    word_key: str
    word: str
    """As the CRM writes it."""
    meaning: str


class Whose(StrEnum):
    """Whose value always wins."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One field that always keeps the CSM's value, or always takes the CRM's."""

    id: str
    object: str
    field: str
    whose: Whose
    source: str = ""
    """The CRM it is about; empty: every one."""
