"""What stays when a change is taken back, in words: later edits, and rows that others need."""

import sqlite3

from csplanner.book import history
from csplanner.book.history import Change
from csplanner.book.history_names import Names
from csplanner.book.taking_back import Plan
from csplanner.domain.wording import count_text, list_text, number_text, quoted
from csplanner.language import ntr, tr

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
        kept = (
            ntr("{0} later value is kept.", "{0} later values are kept.", found.edits_kept)
            if _by_imports(db, found)
            else ntr("{0} later edit is kept.", "{0} later edits are kept.", found.edits_kept)
        )
        sentences.append(f"{kept}{_by(db, found)}")
    if found.rows_needed:
        stay = ntr(
            "{0} record stays because what came later needs it: {1}.",
            "{0} records stay because what came later needs them: {1}.",
            found.rows_needed,
        )
        sentences.append(stay.replace("{1}", _needed(db, found)))
    return tuple(sentences)


def later_words(db: sqlite3.Connection, change: Change) -> str:
    """`Your 2 later changes stay.`: all that followed an import; empty when nothing did."""
    if change.kind != "import":
        return ""
    row = db.execute(
        "select count(*) from change where id > ? and state = 'done' and kind = 'edit'",
        (change.id,),
    ).fetchone()
    count = int(row[0])
    return (
        ntr("Your {0} later change stays.", "Your {0} later changes stay.", count) if count else ""
    )


def _set_back(db: sqlite3.Connection, found: Plan) -> str:
    count = found.set_back
    setter = history.find(db, found.setter) if found.setter is not None else None
    if setter is None:
        return ntr("{0} field was set back already.", "{0} fields were set back already.", count)
    return ntr(
        "{0} field was set back already, by {1}.",
        "{0} fields were set back already, by {1}.",
        count,
    ).replace("{1}", _named(setter))


def _named(change: Change) -> str:
    return tr("{0} (change {1})").format(quoted(change.label), change.id)


def _by(db: sqlite3.Connection, found: Plan) -> str:
    most = sorted(found.later, key=lambda number: (-found.later[number], -number))
    named = [history.find(db, number) for number in most[:_CHANGES]]
    words = [_named(change) for change in named if change is not None]
    if not words:
        return ""
    if len(most) > _CHANGES:
        words.append(count_text(len(most) - _CHANGES, "other change"))
    is_one = found.edits_kept == 1
    if _by_imports(db, found):
        said = tr(" It was set by {0}.") if is_one else tr(" They were set by {0}.")
    else:
        said = tr(" It was made by {0}.") if is_one else tr(" They were made by {0}.")
    return said.format(list_text(words))


def _by_imports(db: sqlite3.Connection, found: Plan) -> bool:
    """Whether imports made some of the later values."""
    changes = (history.find(db, number) for number in found.later)
    return any(change is not None and change.kind == "import" for change in changes)


def _needed(db: sqlite3.Connection, found: Plan) -> str:
    names = Names(db)
    words = [names.of(table, row_id) for table, row_id in found.needed[:_NAMED]]
    more = found.rows_needed - len(words)
    return list_text([*words, tr("{0} more").format(number_text(more))] if more else words)
