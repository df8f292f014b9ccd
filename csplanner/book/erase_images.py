"""One row without an erased person: links emptied, words replaced, or nothing left of it."""

import json
from collections import defaultdict

from csplanner.book.erase_rules import IDENTITY, PERSON, Link, Rules
from csplanner.book.mentions import Mentions
from csplanner.book.person_marks import Known
from csplanner.book.seat_judgements import EMPTY

ARCHIVED = "archived_record"
"""Its rows hold the image of another table's row."""
MEANING = "meaning"
"""Its rows keep a word twice: as it is written, and as its key."""
_ERASED_KEY = "erased:"
SEAT = "seat"
"""Its rows keep what is judged of who holds them."""
ANSWER = "map_answer"
"""Its rows name whom a proposal was about in the key of the proposal."""
NEWS = "news"
"""Its rows speak of a row by `object` and `row_id`."""
Image = dict[str, str | int | None]
"""A row as column and cell."""


class Eraser:
    """What is known of the person and of the rows that go with them, by table."""

    def __init__(self, rules: dict[str, Rules], who: Known, *, also_shared: bool) -> None:
        self.rules = rules
        self.who = who
        self.mentions = Mentions((*who.marks, *(who.shared if also_shared else ())))
        self.doomed: dict[str, set[str]] = defaultdict(set, {PERSON: {who.id}})
        self._parents = {link.parent for r in rules.values() for link in r.links}

    def count(self) -> int:
        """How many rows are known to go."""
        return sum(map(len, self.doomed.values()))

    def parents_doomed(self) -> tuple[str, ...]:
        """Ids of rows that go and that others may lead to."""
        return tuple(i for table in self._parents for i in self.doomed.get(table, ()))

    def doom(self, name: str, row_id: str, image: Image) -> None:
        """Let a row go when it cannot be without one that goes."""
        is_linked = any(
            k.goes and image.get(k.column) in self.doomed[k.parent] for k in self._links(name)
        )
        if is_linked or (name == ANSWER and self.who.id in str(image.get("proposal"))):
            self.doomed[name].add(row_id)

    def image(self, name: str, row_id: str, image: Image) -> Image | None:
        """The row without the person; None when it goes."""
        rules = self.rules.get(name)
        if rules is None or row_id in self.doomed.get(name, ()):
            return None
        if rules.points and image.get("row_id") in self.doomed.get(str(image.get("tbl")), ()):
            return None
        if name == NEWS and self._tells_of_doomed(image):
            return None
        if name == ARCHIVED:
            inner = self.kept_whole(image)
            if inner is None:
                return None
            image = {**image, "image": inner}
        empty: Image = {
            k.column: None
            for k in rules.links
            if image.get(k.column) in self.doomed.get(k.parent, ())
        }
        if rules.points:
            # A change of a link keeps the id of whom it led to.
            empty |= {c: None for c in ("was", "became") if image.get(c) == self.who.id}
        if name == SEAT and "person_id" in empty:
            empty |= {c: cell for c, cell in EMPTY.items() if c in image}
        words, _ = self.words(rules, {"row_id": row_id, **image}, row_id)
        return {**image, **empty, **words}

    def _tells_of_doomed(self, image: Image) -> bool:
        return any(
            image.get("object") == news_object(table) and image.get("row_id") in ids
            for table, ids in self.doomed.items()
        )

    def kept_whole(self, row: Image) -> str | None:
        """The image inside a record that the CRM deleted, without the person; None when it goes."""
        inner = self.image(str(row["tbl"]), str(row["row_id"]), json.loads(str(row["image"])))
        return None if inner is None else json.dumps(inner, ensure_ascii=False)

    def words(self, rules: Rules, row: Image, row_id: str) -> tuple[dict[str, str], int]:
        """The cells of a row that change, and how many mentions were in them.

        `row["row_id"]` is the record it is, or speaks of.
        """
        changed, count = {}, 0
        for column in self._columns(rules, row):
            cell = row.get(column)
            if isinstance(cell, str):
                becomes, found = self.mentions.erase(cell)
                if found:
                    unique = f" {row_id[:8]}" if column in rules.unique else ""
                    changed[column] = becomes + unique
                    count += found
        if rules.name == MEANING and "word" in changed:
            # Its key is the same word without blanks and signs; nothing is called so any more.
            changed["word_key"] = f"{_ERASED_KEY}{row_id[:8]}"
        return changed, count

    def _links(self, name: str) -> tuple[Link, ...]:
        rules = self.rules.get(name)
        return rules.links if rules else ()

    def _columns(self, rules: Rules, row: Image) -> tuple[str, ...]:
        """The columns whose words may go: not those another bearer of the name is known by."""
        table = str(row.get("tbl")) if rules.points else rules.name
        bearers = self.who.borne_by.get("account" if table == "overview" else table, ())
        if row["row_id"] not in bearers:
            return rules.texts
        if rules.points:
            return () if row.get("field", "name") in IDENTITY[table] else rules.texts
        return tuple(c for c in rules.texts if c not in IDENTITY[table])


def news_object(table: str) -> str:
    """What news call the records of a table."""
    return "case" if table == "support_case" else table
