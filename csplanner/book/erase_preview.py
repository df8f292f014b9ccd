"""What erasing a person would do, before it is done."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csplanner.book.erase_rules import PERSON, rules_of
from csplanner.book.person_marks import known
from csplanner.book.person_mentions import places

if TYPE_CHECKING:
    from csplanner.book.book import Book


@dataclass(frozen=True, slots=True)
class Preview:
    """What goes with a person, and what cannot be told apart from others."""

    name: str
    account_id: str
    mentions: int
    """Mentions in notes, titles, the history and all other words, which become `[erased]`."""
    doubtful: int
    """Mentions that may mean others too."""
    namesakes: int
    """Other people who share a name, an e-mail or a phone with them."""
    accounts_named: int
    """Accounts that bear their name, which stays."""
    linked: dict[str, int]
    """How many rows of each table lead to them."""


def preview(book: "Book", person_id: str) -> Preview:
    """What erasing would do; raises UserError when there is no such person."""
    db = book.connection
    who = known(db, person_id)
    linked: Counter[str] = Counter()
    for rules in rules_of(db).values():
        for link in rules.links:
            if link.parent == PERSON:
                sql = f'select count(*) from {rules.name} where "{link.column}" = ?'
                linked[rules.name] += db.execute(sql, (person_id,)).fetchone()[0]
    return Preview(
        who.name,
        who.account_id,
        sum(p.count for p in places(db, who.marks, without=person_id)),
        sum(p.count for p in places(db, who.shared, without=person_id)),
        who.namesakes,
        len(who.borne_by["account"]),
        {name: count for name, count in linked.items() if count},
    )
