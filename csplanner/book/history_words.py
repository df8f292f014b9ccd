"""What tables, columns and cells of the journal are called for people."""

import json
import re
from collections.abc import Mapping
from datetime import date

from csplanner.book.staging_shapes import SHAPES
from csplanner.domain.account import Tier
from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.measures import MEASURES, WATCHED
from csplanner.domain.money import Money
from csplanner.domain.person import Role
from csplanner.domain.sentiment import Sentiment
from csplanner.domain.wording import full_day_text, money_full_text, number_text, tier_word

Cell = str | int | None
Cells = Mapping[str, Cell]

UNKNOWN = "unknown"
NOT_APPLICABLE = "does not apply"
_ISO = re.compile(r"\d{4}-\d\d-\d\d\Z")

TABLES: dict[str, tuple[str, str]] = {
    **{shape.table: (shape.one, shape.many) for shape in SHAPES.values()},
    "setting": ("setting", "settings"),
    "snapshot": ("snapshot", "snapshots"),
    "touch_person": ("person at a touch", "people at touches"),
    "external_ref": ("CRM number", "CRM numbers"),
    "pulse": ("sentiment", "sentiments"),
    "objective": ("objective", "objectives"),
    "placement": ("tier decision", "tier decisions"),
    "attention": ("decision in Today", "decisions in Today"),
    "quarantine": ("cell set aside", "cells set aside"),
    "saved_view": ("saved view", "saved views"),
    "promise": ("promise", "promises"),
    "rating": ("rating", "ratings"),
    "scorecard": ("scorecard", "scorecards"),
    "scorecard_factor": ("scorecard factor", "scorecard factors"),
    "scorecard_grade": ("scorecard grade", "scorecard grades"),
    "raci": ("responsibility", "responsibilities"),
    "inspection": ("second look", "second looks"),
    "tie": ("tie between people", "ties between people"),
    "alternative": ("alternative", "alternatives"),
    "time_entry": ("time entry", "time entries"),
    "definition_log": ("change of the rules", "changes of the rules"),
    "rate": ("exchange rate", "exchange rates"),
    "export_log": ("export", "exports"),
    "tenure": ("time in a seat", "times in seats"),
    "task": ("task", "tasks"),
    "note": ("note", "notes"),
    "tag": ("tag", "tags"),
}
"""What one row of a table, and several, are called."""

_COLUMNS: dict[str, str] = {
    "account_id": "Account", "person_id": "Person", "touch_id": "Touch", "seat_id": "Seat",
    "objective_id": "Objective", "term_id": "Contract term", "scorecard_id": "Scorecard",
    "factor_id": "Factor", "stage_override": "Stage set by you", "regrettable": "Loss regrettable",
    "next_step": "Next step", "next_step_due": "Next step due", "pinned": "Pinned",
    "archived": "Archived", "missing_since": "Missing from the CRM since", "mood": "Mood",
    "rule_tier": "Tier by the rule", "review_on": "Review on", "because": "Because",
    "blind": "Said before seeing the score", "actual": "Now", "baseline": "Start",
    "target": "Goal", "actual_on": "Now as of", "actual_source": "Source", "agreed_on": "Agreed on",
    "signal": "Signal", "until": "Until", "reports_to": "Reports to", "verdict": "Verdict",
    "icp_fit": "Fit", "arr_unit": "Unit of ARR", "acquired_by": "Sold by",
    "acquired_promise": "Promised at the sale", "on": "On", "spec": "Filter and columns",
    "done_on": "Done on", "at": "Time", "word": "Tag", "text": "Text",
}  # fmt: skip
_OF_TABLE: dict[tuple[str, str], str] = {
    (shape.table, column.name): column.label
    for shape in SHAPES.values()
    for column in shape.columns
}
_SETTINGS = {
    "name": "Name of the book", "csm": "Your name", "currency": "Currency",
    "time_zone": "Time zone", "fiscal_start_month": "First month of the fiscal year",
    "week_start": "First day of the week", "hours_a_quarter": "Hours promised a quarter",
    "available_a_quarter": "Hours you have a quarter", "overdue_days": "Days between touches",
    "watch_from": "Watch from", "good_from": "Good from", "equipped_cuts": "Cuts of equipped",
    "potential_cuts": "Cuts of potential", "hours_per": "Hours shown per",
}  # fmt: skip
_HOURS = frozenset({"hours_a_quarter", "available_a_quarter"})

_HIDDEN = frozenset({"id", "account_id", "name_key", "snapshot_id", "digest", "position", "shapes"})
FLAGS = frozenset(
    {"pinned", "archived", "notice_given", "is_closed", "escalated", "is_trial", "auto_renew",
     "superseded", "is_reactivation", "two_way", "meaningful", "blind", "must_have"}
)  # fmt: skip
_THOUSANDTHS = frozenset(
    {("measurement", "value"), ("objective", "baseline"), ("objective", "actual"),
     ("objective", "target"), ("scorecard", "meets"), ("scorecard_grade", "grade")}
)  # fmt: skip
_FREE = frozenset(
    {"name", "title", "note", "next_step", "because", "reason", "topic", "subject", "words",
     "what", "sector", "city", "segment", "owner", "domain", "email", "phone", "department",
     "product", "stage", "number", "dimension", "source", "evidence", "cause", "destination",
     "file", "loss_reason", "unit", "country", "value", "text", "word", "at"}
)  # fmt: skip
"""Columns that hold what somebody typed: shown as it is."""
_NONE = {
    "next_step": "none", "next_step_due": "none", "note": "none", "reason": "none",
    "because": "none", "review_on": "none", "until": "none", "left_on": "not left",
    "closed_on": "not closed", "missing_since": "not missing", "stage_override": "none",
    "person_id": "nobody", "reports_to": "nobody", "topic": "none", "unit": "none",
    "dimension": "whole account", "outcome_on": "none", "loss_reason": "none",
    "done_on": "not done", "at": "no time",
}  # fmt: skip
"""What an empty cell means where it does not mean that nobody knows."""
_CRITICALITY = ("convenience", "important", "business-critical", "mission-critical")


def table_word(name: str, count: int = 1) -> str:
    """What `count` rows of a table are called: `account`, `people`."""
    one, many = TABLES.get(name, (name.replace("_", " "), name.replace("_", " ")))
    return one if count == 1 else many


def column_word(table: str, column: str) -> str:
    """What a column is called."""
    found = _OF_TABLE.get((table, column)) or _COLUMNS.get(column)
    return found or column.removesuffix("_id").replace("_", " ").capitalize()


def is_shown(table: str, column: str, columns: Cells) -> bool:
    """Whether people are told of a column; states and currencies stand with their value."""
    if column in _HIDDEN or table == "setting":
        return column == "value"
    if table == "snapshot" and column in ("files", "counts"):
        return False
    for tail in ("_state", "_currency"):
        if column.endswith(tail) and column.removesuffix(tail) in columns:
            return False
    return True


def setting_word(name: str) -> str:
    """What a setting of the book is called."""
    return _SETTINGS.get(name, name.replace("_", " ").capitalize())


def measure_word(measure: str) -> str:
    """What a measure is called."""
    known = MEASURES.get(measure)
    return known.title if known else WATCHED.get(measure, measure)


def day_words(text: str) -> str:
    """`12 Mar 2026` of an ISO date; anything else as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return full_day_text(day)


def value_words(table: str, column: str, cells: Cells) -> str:
    """What a cell of a row says, unless it names another row."""
    cell = cells.get(column)
    if table == "setting":
        return _setting_value(str(cells.get("id")), str(cell))
    if cell is None or cell == "":
        return _empty(column, cells)
    if f"{column}_currency" in cells:
        return money_full_text(Money(int(cell), str(cells[f"{column}_currency"])), cents=False)
    if column in FLAGS:
        return "yes" if cell else "no"
    if (table, column) in _THOUSANDTHS:
        unit = str(cells.get("unit") or "")
        return f"{number_text(int(cell) / 1000, 3)} {unit}".strip()
    return _plain(table, column, cell)


def _plain(table: str, column: str, cell: str | int) -> str:
    if table == "saved_view" and column == "spec":
        return "as saved"
    if isinstance(cell, int):
        return _number(column, cell)
    if column in ("tier", "rule_tier"):
        return tier_word(Tier(cell)) if cell in tuple(Tier) else cell
    if column == "role":
        return ROLE_WORDS[Role(cell)] if cell in tuple(Role) else cell
    if column == "measure":
        return measure_word(cell)
    if _ISO.match(cell):
        return day_words(cell)
    return cell if column in _FREE else cell.replace("_", " ")


def _number(column: str, cell: int) -> str:
    if column == "sentiment" and 1 <= cell <= len(Sentiment):
        return Sentiment(cell).word
    if column == "criticality" and 0 <= cell < len(_CRITICALITY):
        return _CRITICALITY[cell]
    if column == "probability":
        return f"{cell} %"
    if column == "millionths":
        return number_text(cell / 1_000_000, 6)
    if column == "mood" and cell > 0:
        return f"+{cell}"
    return number_text(cell)


def _empty(column: str, cells: Cells) -> str:
    if cells.get(f"{column}_state") == "not_applicable":
        return NOT_APPLICABLE
    return _NONE.get(column, UNKNOWN)


def _setting_value(name: str, text: str) -> str:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    if isinstance(value, dict):
        parts = (f"{tier.capitalize()} {_amount(name, n)}" for tier, n in value.items())
        return ", ".join(parts)
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _amount(name, value)
    return str(value) or UNKNOWN


def _amount(name: str, value: object) -> str:
    if name in _HOURS and isinstance(value, int):
        return f"{number_text(value / 1000, 1)} h"
    return str(value)
