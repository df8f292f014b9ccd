"""How a column is read, in words: the rule, what to look at, and why."""

from csplanner.book.staging_columns import ColumnFact
from csplanner.crm.deciding import BOTH_DATES
from csplanner.crm.fields import target
from csplanner.crm.mapping import DATES, ColumnMapping, FileMapping
from csplanner.language import Spoken, noted, ntr, tr
from csplanner.ui.imports.words import one_line
from csplanner.ui.widgets.format import number, plural

NOTHING = ColumnFact()
"""Nothing is known of a column."""
_RULES = Spoken(
    {
        "dmy": noted("day/month/year"),
        "mdy": noted("month/day/year"),
        "ymd": noted("year-month-day"),
    }
)
_KINDS = Spoken(
    {
        "id": noted("id"), "ref": noted("id"), "nameref": noted("account name"),
        "email": noted("e-mail"), "bool": noted("yes or no"), "domain": noted("web address"),
        "roles": noted("roles"), "count": noted("whole number"), "percent": noted("percent"),
        "currency": noted("currency"), "months": noted("months"), "days": noted("days"),
        "minutes": noted("minutes"), "seconds": noted("seconds"),
        "asminutes": noted("seconds to minutes"), "measure": noted("measure"),
        "criticality": noted("level"), "influence": noted("1 to 5"), "mood": noted("−2 to 2"),
        "satisfaction": noted("1 to 5"), "ordinal": noted("whole number"),
        "priority": noted("list"), "oppstate": noted("list"), "oppkind": noted("list"),
        "personstatus": noted("list"), "side": noted("list"), "channel": noted("list"),
        "taskstatus": noted("list"), "outcome": noted("list"),
    }
)  # fmt: skip
LISTS = frozenset(
    ("priority", "oppstate", "oppkind", "personstatus", "side", "channel", "taskstatus", "outcome")
)
"""Kinds of columns whose cells are words of a list."""
_QUESTIONS = Spoken(
    {
        "--date-order": noted("day or month first?"),
        "--decimal": noted("point or comma?"),
        "--currency": noted("which currency?"),
    }
)
_SCALES = Spoken(
    {
        "voice.nps": noted("−100 to 100"),
        "voice.csat": noted("1 to 5"),
        "voice.ces": noted("1 to 7"),
    }
)


def kind_of(column: ColumnMapping) -> str:
    """How the column's target is read: date, money, line, …; empty when it is left out."""
    return target(column.target).kind if column.target else ""


def read_as(
    column: ColumnMapping,
    mapping: FileMapping | None = None,
    currency: str = "",
    *,
    different: int = 0,
) -> str:
    """The reading rule of a column in a few words; empty when it is left out.

    `different` is how many values of a list it has, as far as they are counted.
    """
    kind = kind_of(column)
    if not kind:
        return ""
    if kind in DATES:
        return _RULES.get(column.rule, "") or tr("date")
    if kind == "money":
        return _amounts(column, mapping, currency)
    if kind == "thousandths":
        scale = _SCALES.get(target(column.target).field, "")
        return tr("number, 1.234,50") if column.rule == "," else scale or _figure(column)
    if kind in LISTS and different:
        return tr("list of {0}").format(number(different))
    return _KINDS.get(kind, "") or tr("text")


def _amounts(column: ColumnMapping, mapping: FileMapping | None, currency: str) -> str:
    object_ = target(column.target).object
    own = mapping is not None and any(c.target == f"{object_}.currency" for c in mapping.columns)
    if column.rule == ",":
        return tr("amount, 1.234,50")
    return tr("amount in {0}").format(currency) if currency and not own else tr("amount")


def _figure(column: ColumnMapping) -> str:
    whole = all(cell.strip().lstrip("-−").isdigit() for cell in column.samples)
    return tr("whole number") if column.samples and whole else tr("number")


def is_ambiguous(column: ColumnMapping) -> bool:
    """Whether its dates read both ways, so that the order was said or taken from others."""
    return column.rule in ("dmy", "mdy") and bool(column.both_ways or BOTH_DATES in column.why)


def checked(
    column: ColumnMapping,
    mapping: FileMapping | None = None,
    *,
    matched: frozenset[str] = frozenset(),
    open_for: str = "",
    new_words: int = 0,
    fact: ColumnFact = NOTHING,
) -> tuple[str, str]:
    """What to look at in a column, and the kind of its chip (empty: plain words).

    `matched` are the kinds of record of which the book has some by their id; `open_for` is the
    flag of a question that waits for an answer; `new_words` are words nobody explained yet;
    `fact` is what the column turned out to hold.
    """
    kind = kind_of(column)
    if not kind:
        return "", ""
    if open_for:
        return _QUESTIONS.get(open_for, ""), "watch"
    if new_words:
        return plural(new_words, "new word"), "watch"
    if mapping is not None and mapping.rows and not column.filled:
        return tr("all empty"), ""
    if kind == "id":
        found = target(column.target).object in matched
        return (tr("matches records"), "accent") if found else (tr("ID of the record"), "")
    if kind in ("ref", "nameref"):
        return tr("finds the account"), ""
    if is_ambiguous(column):
        return (
            tr("read as day/month") if column.rule == "dmy" else tr("read as month/day")
        ), "watch"
    if column.target == "account.segment":
        return tr("tiers stay yours"), ""
    if fact.known:
        return ntr("{0} known person", "{0} known people", fact.known).format(
            number(fact.known)
        ), ""
    gaps = _gaps(column, mapping)
    return (f"{gaps}: {one_line(fact.lacks)}" if gaps and fact.lacks else gaps), ""


def _gaps(column: ColumnMapping, mapping: FileMapping | None) -> str:
    if mapping is None or not mapping.rows:
        return ""
    missing = mapping.rows - column.filled
    few = 0 < missing * 10 <= mapping.rows
    return tr("{0} empty").format(number(missing)) if few else ""
