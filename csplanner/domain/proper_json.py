"""JSON that reads one way only: no key stands twice, and no number is endless or none."""

import json
from typing import Any, Never


def _refuse(constant: str) -> Never:
    raise ValueError(constant)


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


PROPER = json.JSONDecoder(parse_constant=_refuse, object_pairs_hook=_without_doubles)
"""Decodes such JSON; raises ValueError for other text, RecursionError for what is too deep."""
