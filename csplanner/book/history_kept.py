"""What stays when a change is taken back, in words: later edits, and rows that others need."""

import sqlite3

from csplanner.book import history
from csplanner.book.history_names import Names
from csplanner.book.taking_back import Plan
from csplanner.domain.wording import count_text, list_text

_CHANGES, _NAMED = 2, 3


def stays_words(db: sqlite3.Connection, found: Plan) -> str:
    """`1 later edit is kept. It was made by “Change Acme”.`; empty when nothing stays or was set
    back already.
    """
    return " ".join(stays_lines(db, found))


def stays_lines(db: sqlite3.Connection, found: Plan) -> tuple[str, ...]:
    """The same, a line for each reason."""
    sentences = [_set_back(db, found)] if found.set_back else []
    if found.edits_kept:
        # What an import brings is no edit.
        what = "later value" if _by_imports(db, found) else "later edit"
        kept = count_verb(found.edits_kept, what, "is kept", "are kept")
        sentences.append(f"{kept}.{_by(db, found)}")
    if found.rows_needed:
        stay = count_verb(found.rows_needed, "record", "stays", "stay")
        need = "needs it" if found.rows_needed == 1 else "needs them"
        sentences.append(f"{stay} because what came later {need}: {_needed(db, found)}.")
    return tuple(sentences)


def _set_back(db: sqlite3.Connection, found: Plan) -> str:
    held = count_verb(found.set_back, "field", "was", "were")
    setter = history.find(db, found.setter) if found.setter is not None else None
    by = f", by “{setter.label}” (change {setter.id})" if setter is not None else ""
    return f"{held} set back already{by}."


def count_verb(count: int, one: str, verb: str, verbs: str) -> str:
    """`1 field goes back`, `2 fields go back`; empty for none."""
    return f"{count_text(count, one)} {verb if count == 1 else verbs}" if count else ""


def _by(db: sqlite3.Connection, found: Plan) -> str:
    most = sorted(found.later, key=lambda number: (-found.later[number], -number))
    named = [history.find(db, number) for number in most[:_CHANGES]]
    words = [f"“{change.label}” (change {change.id})" for change in named if change is not None]
    if not words:
        return ""
    if len(most) > _CHANGES:
        words.append(count_text(len(most) - _CHANGES, "other change"))
    was = "It was" if found.edits_kept == 1 else "They were"
    if _by_imports(db, found):
        return f" {was} set by {list_text(words)}."
    return f" {was} made by {list_text(words)}."


def _by_imports(db: sqlite3.Connection, found: Plan) -> bool:
    """Whether imports made some of the later values."""
    changes = (history.find(db, number) for number in found.later)
    return any(change is not None and change.kind == "import" for change in changes)


def _needed(db: sqlite3.Connection, found: Plan) -> str:
    names = Names(db)
    words = [names.of(table, row_id) for table, row_id in found.needed[:_NAMED]]
    more = found.rows_needed - len(words)
    return list_text([*words, f"{more:,} more"] if more else words)
