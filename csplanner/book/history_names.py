"""What the rows of a book are called, also when they are gone and only the journal knows them."""

import json
import sqlite3

from csplanner.book.history_words import (
    Cells,
    day_words,
    measure_word,
    setting_word,
    table_word,
    value_words,
)
from csplanner.book.schema import JOURNALLED
from csplanner.domain.account import Tier
from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.person import Role
from csplanner.domain.wording import tier_word
from csplanner.language import noted, tr

_LINKS = {
    "account_id": "account", "person_id": "person", "touch_id": "touch", "seat_id": "seat",
    "objective_id": "objective", "term_id": "term", "scorecard_id": "scorecard",
    "factor_id": "scorecard_factor", "sponsor_of": "person", "from_person_id": "person",
    "to_person_id": "person", "from_seat_id": "seat", "to_seat_id": "seat",
    "map_id": "account_map",
}  # fmt: skip
"""Columns that name a row of another table; `reports_to` names one of its own."""


class Names:
    """What rows are called, looked up once each."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._known: dict[tuple[str, str], str] = {}

    def of(self, table: str, row_id: str | None) -> str:
        """The name of a row of that id, from the book or from the last the journal knows of it."""
        if not row_id or table not in JOURNALLED:
            return tr("a {0}").format(table_word(table))
        key = (table, row_id)
        if key not in self._known:
            self._known[key] = ""  # A row that names itself through others ends here.
            cells = self._cells(table, row_id)
            self._known[key] = self.title(table, cells) if cells else _gone(table)
        return self._known[key]

    def value(self, table: str, column: str, cells: Cells) -> str:
        """What a cell says, the name of the row it names included."""
        linked = table if column == "reports_to" else _LINKS.get(column)
        cell = cells.get(column)
        if linked and isinstance(cell, str) and cell:
            return self.of(linked, cell)
        return value_words(table, column, cells)

    def title(self, table: str, cells: Cells) -> str:
        """What a row with these cells is called."""
        text = {c: str(v) for c, v in cells.items() if v is not None}
        if table == "seat":
            role = text.get("role", "")
            word = ROLE_WORDS[Role(role)] if role in tuple(Role) else role
            who = self.of("person", text["person_id"]) if text.get("person_id") else tr("nobody")
            return f"{word[:1].upper()}{word[1:]}: {who}"
        if table == "map_place":
            table_of = "person" if text.get("person_id") else "seat"
            return self.of(table_of, text.get(f"{table_of}_id"))
        if table == "setting":
            return setting_word(text.get("id", ""))
        if table == "measurement":
            part = text.get("dimension", "")
            return measure_word(text.get("measure", "")) + (f", {part}" if part else "")
        if table == "placement":
            tier = text.get("tier", "")
            return (
                tr("Tier {0}").format(tier_word(Tier(tier))) if tier in tuple(Tier) else tr("Tier")
            )
        made = tr(_TITLES.get(table, ""))
        named = made.format_map(_Shown(text)).strip(" ,·") if made else _first(text)
        return named or tr("a {0}").format(table_word(table))

    def _cells(self, table: str, row_id: str) -> Cells | None:
        found = self._db.execute(f"select * from {table} where id = ?", (row_id,))
        row = found.fetchone()
        if row is not None:
            return dict(zip((c[0] for c in found.description), row, strict=True))
        image = self._db.execute(
            "select coalesce(after, before) from change_row where tbl = ? and row_id = ? "
            "and (before is not null or after is not null) order by id desc limit 1",
            (table, row_id),
        ).fetchone()
        return json.loads(image[0]) if image else None


class _Shown(dict[str, str]):
    """Cells for a title: days in words, what is missing left out."""

    def __getitem__(self, key: str) -> str:
        text = self.get(key, "")
        return (
            day_words(text) if key in _DAYS else text.replace("_", " ") if key in _CODES else text
        )


_DAYS = frozenset({"on", "end", "start", "as_of", "until"})
_CODES = frozenset({"channel", "signal", "kind", "verdict"})
_TITLES = {
    "account": "{name}",
    "person": "{name}",
    "opportunity": "{name}",
    "support_case": "{number} {subject}",
    "subscription": "{product}",
    "term": noted("Term to {end}"),
    "touch": noted("{channel} of {on}"),
    "pulse": noted("Sentiment of {on}"),
    "objective": "{title}",
    "attention": "{signal}",
    "exit": noted("Exit of {on}"),
    "snapshot": "{source}, {as_of}",
    "saved_view": "{name}",
    "account_map": "{name}",
    "promise": "{what}",
    "rating": noted("{touchpoint} of {on}"),
    "scorecard": noted("Scorecard of {quarter}"),
    "scorecard_factor": "{words}",
    "scorecard_grade": noted("Grade of {on}"),
    "raci": "{activity}: {party}",
    "inspection": noted("Second look of {on}"),
    "alternative": "{name}",
    "time_entry": noted("{kind} of {on}"),
    "rate": noted("{from_currency} to {to_currency}, {on}"),
    "export_log": noted("{kind} of {on}"),
    "definition_log": "{what}",
    "task": "{title}",
    "note": noted("Note of {on}"),
    "tag": "{word}",
    "recipe": "{name}",
    "meaning": "{word}",
    "field_rule": "{object}, {field}",
    "news": noted("News of {on}"),
    "archived_record": "{title}",
    "refusal": "{field}",
}


def _first(text: dict[str, str]) -> str:
    return next((text[c] for c in ("name", "title", "what", "words") if text.get(c)), "")


def _gone(table: str) -> str:
    one = table_word(table)
    if one[0] in "aeiou":
        return tr("an {0} no longer in the book").format(one)
    return tr("a {0} no longer in the book").format(one)
