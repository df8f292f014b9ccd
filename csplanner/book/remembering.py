"""What an import leaves to be remembered: written down while staging, kept when it is applied."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import astuple
from datetime import date
from typing import TYPE_CHECKING, Any

from csplanner.book.recipes import Used

if TYPE_CHECKING:
    from csplanner.book.book import Book

FACT = "remember"
"""Its name among the facts of a staging file."""


def to_remember(
    used: Sequence[Used],
    meanings: Mapping[str, Mapping[str, tuple[str, str]]],
    mended: Sequence[str] = (),
) -> dict[str, Any]:
    """The fact: mappings, what words mean (kind → key → word and meaning), ids of rows mended."""
    return {
        "recipes": [astuple(one) for one in used],
        "meanings": meanings,
        "mended": list(mended),
    }


def keep_remembered(book: "Book", facts: Mapping[str, Any], snapshot_id: str) -> None:
    """Remember what the staged facts say, inside the import's open change."""
    said = facts.get(FACT)
    if said is None:
        return
    day = date.fromisoformat(facts["as_of"])
    for recipe in said["recipes"]:
        book.recipes.remember(Used(*recipe), day, snapshot_id)
    words = {
        kind: {key: (word, meaning) for key, (word, meaning) in kept.items()}
        for kind, kept in said["meanings"].items()
    }
    book.meanings.remember(facts["source"], words, snapshot_id)
    if said["mended"]:
        book.connection.execute(
            "update quarantine set fixed_by = ? where id in (select value from json_each(?))",
            (snapshot_id, json.dumps(said["mended"])),
        )
