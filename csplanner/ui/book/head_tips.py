"""What is said of a column of the Book while its head is hovered, or asked for by a reader."""

from csplanner.domain import glossary
from csplanner.language import tr
from csplanner.ui.book.columns import Column

TERMS = {
    "account": "account", "tier": "tier", "health": "score", "change": "score", "spark": "score",
    "sentiment": "sentiment", "gap": "gap", "arr": "arr", "renewal": "renewal", "touch": "touch",
    "coverage": "roles", "step": "step", "stage": "stage", "criticality": "criticality",
    "equipped": "equipped", "potential": "potential", "promised": "hours", "spent": "spent",
}  # fmt: skip
"""The term of the trade each column is about, by the column's key."""


def head_tip(column: Column) -> str:
    """What the column shows, where its head says it shortly, and what the term means."""
    term = TERMS.get(column.key, "")
    told = [tr(column.spoken)] if column.spoken else []
    return "\n".join([*told, glossary.tip(term)] if term else told)
