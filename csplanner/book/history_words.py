"""What tables, columns and cells of the journal are called for people."""

import json
import re
from collections.abc import Mapping
from datetime import date

from csplanner.book.history_terms import COLUMNS, OF_TABLE, SETTINGS, TABLES
from csplanner.domain.account import Tier
from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.measures import measure_title
from csplanner.domain.money import Money
from csplanner.domain.person import Role
from csplanner.domain.sentiment import Sentiment
from csplanner.domain.wording import full_day_text, money_full_text, number_text, tier_word
from csplanner.language import noted, tr

Cell = str | int | None
Cells = Mapping[str, Cell]

UNKNOWN = noted("unknown")
NOT_APPLICABLE = noted("does not apply")
_ISO = re.compile(r"\d{4}-\d\d-\d\d\Z")

_HOURS = frozenset({"hours_a_quarter", "available_a_quarter"})

_HIDDEN = frozenset(
    {
        "id",
        "account_id",
        "name_key",
        "snapshot_id",
        "digest",
        "position",
        "shapes",
        "mapping",
        "headers_key",
        "word_key",
        "facts",
        "image",
        "cells",
        "fixed_by",
        "weight",
    }
)
FLAGS = frozenset(
    {
        "pinned",
        "archived",
        "notice_given",
        "is_closed",
        "escalated",
        "is_trial",
        "auto_renew",
        "superseded",
        "is_reactivation",
        "two_way",
        "meaningful",
        "blind",
        "must_have",
        "has_power",
        "sells_for_us",
        "has_interest",
        "parked",
    }
)
_THOUSANDTHS = frozenset(
    {
        ("measurement", "value"),
        ("objective", "baseline"),
        ("objective", "actual"),
        ("objective", "target"),
        ("scorecard", "meets"),
        ("scorecard_grade", "grade"),
    }
)
_FREE = frozenset(
    {
        "name",
        "title",
        "note",
        "next_step",
        "because",
        "reason",
        "topic",
        "subject",
        "words",
        "what",
        "sector",
        "city",
        "segment",
        "owner",
        "domain",
        "email",
        "phone",
        "department",
        "product",
        "stage",
        "number",
        "dimension",
        "source",
        "evidence",
        "cause",
        "destination",
        "file",
        "loss_reason",
        "unit",
        "country",
        "value",
        "text",
        "word",
        "at",
        "meaning",
        "company",
        "label",
        "ours_did",
        "they_asked",
    }
)
"""Columns that hold what somebody typed: shown as it is."""
_NONE = {
    "next_step": noted("none"),
    "next_step_due": noted("none"),
    "note": noted("none"),
    "reason": noted("none"),
    "because": noted("none"),
    "review_on": noted("none"),
    "until": noted("none"),
    "left_on": noted("not left"),
    "closed_on": noted("not closed"),
    "missing_since": noted("not missing"),
    "stage_override": noted("none"),
    "person_id": noted("nobody"),
    "map_id": noted("everybody"),
    "outside": noted("none of them"),
    "x": noted("where the layout puts it"),
    "y": noted("where the layout puts it"),
    "label": noted("none"),
    "ours_did": noted("nothing"),
    "they_asked": noted("nothing"),
    "reports_to": noted("nobody"),
    "topic": noted("none"),
    "unit": noted("none"),
    "dimension": noted("whole account"),
    "outcome_on": noted("none"),
    "loss_reason": noted("none"),
    "done_on": noted("not done"),
    "at": noted("no time"),
}
"""What an empty cell means where it does not mean that nobody knows."""
_CODES = {
    "call": noted("Call"),
    "meeting": noted("Meeting"),
    "email": noted("Email"),
    "visit": noted("Visit"),
    "message": noted("Message"),
    "campaign": noted("Campaign"),
    "done": noted("done"),
    "snoozed": noted("snoozed"),
    "dismissed": noted("dismissed"),
    "open": noted("open"),
    "closed": noted("closed"),
    "active": noted("active"),
    "kept": noted("kept"),
    "broken": noted("broken"),
    "theirs": noted("theirs"),
    "ours": noted("ours"),
    "undecided": noted("undecided"),
    "task": noted("task"),
    "onboarding": noted("Onboarding"),
    "adoption": noted("Adopting"),
    "mature": noted("Mature"),
    "partner": noted("partner"),
    "consultant": noted("consultant"),
    "competitor": noted("competitor"),
    "outside": noted("outside"),
    "structure": noted("in the structure"),
    "inner": noted("inner circle"),
    "innovator": noted("innovator"),
    "visionary": noted("visionary"),
    "pragmatist": noted("pragmatist"),
    "conservative": noted("conservative"),
    "laggard": noted("laggard"),
    "financial": noted("money"),
    "technical": noted("technology"),
    "relationship": noted("relationship"),
    "business": noted("business"),
    "vendor": noted("vendor"),
    "credible": noted("credible source"),
    "solver": noted("problem solver"),
    "advisor": noted("trusted advisor"),
    "reports": noted("reports to"),
    "influences": noted("influences"),
    "doubts": noted("doubts"),
    "knows": noted("knows"),
    "paired": noted("planned pair"),
    "taken": noted("taken"),
    "refused": noted("refused"),
}
"""What the codes of the book say that are seen most; the others read as they are kept."""
_CRITICALITY = (
    noted("convenience"),
    noted("important"),
    noted("business-critical"),
    noted("mission-critical"),
)


def table_word(name: str, count: int = 1) -> str:
    """What `count` rows of a table are called: `account`, `people`."""
    one, many = TABLES.get(name, (name.replace("_", " "), name.replace("_", " ")))
    return tr(one if count == 1 else many)


def column_word(table: str, column: str) -> str:
    """What a column is called."""
    found = OF_TABLE.get((table, column)) or COLUMNS.get(column)
    return tr(found) if found else column.removesuffix("_id").replace("_", " ").capitalize()


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
    return tr(SETTINGS.get(name, name.replace("_", " ").capitalize()))


def measure_word(measure: str) -> str:
    """What a measure is called."""
    return measure_title(measure)


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
        return tr("yes") if cell else tr("no")
    if (table, column) in _THOUSANDTHS:
        unit = str(cells.get("unit") or "")
        return f"{number_text(int(cell) / 1000, 3)} {unit}".strip()
    return _plain(table, column, cell)


def _plain(table: str, column: str, cell: str | int) -> str:
    if table == "saved_view" and column == "spec":
        return tr("as saved")
    if isinstance(cell, int):
        return _number(column, cell)
    if column in ("tier", "rule_tier"):
        return _tier(cell)
    if column == "role":
        return ROLE_WORDS[Role(cell)] if cell in tuple(Role) else cell
    if column == "measure":
        return measure_word(cell)
    if _ISO.match(cell):
        return day_words(cell)
    return cell if column in _FREE else tr(_CODES.get(cell, cell.replace("_", " ")))


def _tier(key: str) -> str:
    return tier_word(Tier(key)) if key in tuple(Tier) else key


def _number(column: str, cell: int) -> str:
    if column == "sentiment" and 1 <= cell <= len(Sentiment):
        return Sentiment(cell).word
    if column == "criticality" and 0 <= cell < len(_CRITICALITY):
        return tr(_CRITICALITY[cell])
    if column == "probability":
        return tr("{0} %").format(cell)
    if column == "millionths":
        return number_text(cell / 1_000_000, 6)
    if column == "mood" and cell > 0:
        return f"+{cell}"
    return number_text(cell)


def _empty(column: str, cells: Cells) -> str:
    if cells.get(f"{column}_state") == "not_applicable":
        return tr(NOT_APPLICABLE)
    return tr(_NONE.get(column, UNKNOWN))


def _setting_value(name: str, text: str) -> str:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if isinstance(value, dict):
        parts = (f"{_tier(tier)} {_amount(name, n)}" for tier, n in value.items())
        return ", ".join(parts)
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _amount(name, value)
    return str(value) or tr(UNKNOWN)


def _amount(name: str, value: object) -> str:
    if name in _HOURS and isinstance(value, int):
        return tr("{0} h").format(number_text(value / 1000, 1))
    return str(value)
