"""Every rule of the check, in the order in which they are mended."""

import sqlite3

from csplanner.book.check_derived import derived_rules
from csplanner.book.check_links import link_rules
from csplanner.book.check_rule import Rule
from csplanner.book.check_values import value_rules


def rules(db: sqlite3.Connection) -> tuple[Rule, ...]:
    """Every rule of the book's schema, in the order in which they are mended."""
    loose, *links = link_rules(db)
    return (loose, *value_rules(db), *links, *derived_rules())
