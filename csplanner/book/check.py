"""Checking a book: SQLite's own checks, then the rules no column can state, with counts.

After Anki's “Check Database”: every fault is counted, its rows are named, and what can be mended
is mended in one undoable step, after a backup.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csplanner.book.audit import foreign_code, without_code
from csplanner.book.check_rule import Place, Rule
from csplanner.book.check_rules import rules
from csplanner.book.check_values import unreadable
from csplanner.book.connection import sqlite_in_words
from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.book.book import Book

Progress = Callable[[int, int, str], None]
"""Called with rules done, rules in all and what is being looked for; what it raises stops it."""

_NAMED = 5
SHOWN = 20
"""Rows that a finding names."""

_OF_VALUE = re.compile(r"CHECK constraint failed in|NULL value in|(?:non-\w+|\w+) value in")
_RESTORE = (
    "Put the newest backup in its place with csplanner restore, or save what can be read with "
    "csplanner salvage."
)


_UNREADABLE = Rule(
    "unreadable",
    "records with a value that cannot be read",
    lambda _db: [],
    "Open each, or take its row from a backup with csplanner salvage.",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that does not hold, with how many rows, what can be done, and the first rows.

    `fix` says what mending does, or what you can do yourself where `repairable` is false.
    """

    key: str
    words: str
    count: int
    repairable: bool
    fix: str = ""
    rows: tuple[Place, ...] = ()


def check(book: "Book", progress: Progress | None = None) -> list[Finding]:
    """What is wrong with the book; empty when everything holds."""
    db = book.connection
    with sqlite_in_words():
        listed = rules(db)
        _tell(progress, 0, listed, "Reading every page")
        found = [*_of_file(db), *_of_code(db)]
        is_damaged = any(f.key == "damage" for f in found)
        known: set[Place] = set()
        for number, rule in enumerate(listed, 1):
            _tell(progress, number, listed, f"Looking for {rule.words}")
            with _bearing(is_damaged):
                places = rule.find(db)
                known.update(places)
                found += _finding(rule, places)
        _tell(progress, len(listed) + 1, listed, "Reading every record")
        with _bearing(is_damaged):
            found += _finding(_UNREADABLE, unreadable(db, frozenset(known)))
    return found


def _tell(progress: Progress | None, done: int, listed: tuple[Rule, ...], words: str) -> None:
    if progress is not None:
        progress(done, len(listed) + 2, words)


@contextmanager
def _bearing(is_damaged: bool) -> Iterator[None]:
    """Go on to the next rule where damage, which is told already, hides what one looks at."""
    try:
        yield
    except sqlite3.DatabaseError:
        if not is_damaged:
            raise


def _finding(rule: Rule, places: list[Place]) -> list[Finding]:
    if not places:
        return []
    can_mend = rule.mend is not None
    return [Finding(rule.key, rule.words, len(places), can_mend, rule.fix, tuple(places[:SHOWN]))]


def _of_file(db: sqlite3.Connection) -> list[Finding]:
    """What SQLite itself finds: damage, also of indexes, and values the tables do not allow."""
    try:
        said = [r[0] for r in db.execute("pragma integrity_check(1000)") if r[0] != "ok"]
    except sqlite3.DatabaseError as error:
        said = [str(error)]
    value = [words for words in said if _OF_VALUE.search(words)]
    damage = len(said) - len(value)
    found = []
    if damage:
        found.append(Finding("damage", "damaged places in the file", damage, False, _RESTORE))
    if value:
        words = "values that the book does not allow"
        found.append(Finding("bad_value", words, len(value), False, _RESTORE))
    return found


def _of_code(db: sqlite3.Connection) -> list[Finding]:
    """What another program put into the file, which may act on the records."""
    foreign = foreign_code(db)
    if not foreign:
        return []
    named = ", ".join(foreign[:_NAMED]) + (" and more" if len(foreign) > _NAMED else "")
    pieces = "piece" if len(foreign) == 1 else "pieces"
    words = f"{pieces} of code that csplanner did not write: {named}"
    return [Finding("foreign_code", words, len(foreign), False, without_code(db))]


def repair(book: "Book") -> list[Finding]:
    """Mend what can be mended in one undoable change and return what was mended.

    A backup is made first. What is derived from the records is made anew and leaves no trace in
    the history. Raises UserError when the book cannot be written or is damaged.
    """
    mended = [f for f in check(book) if f.repairable]
    keys = {f.key for f in mended}
    db = book.connection
    if keys:
        with book.change(tr("Repair the book"), many=True):
            for rule in rules(db):
                if rule.key in keys and rule.mend is not None:
                    rule.mend(db, rule.find(db))
    book.refresh()
    return mended
