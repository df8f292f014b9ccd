"""Filters over change as SQL: what an account was before, from readings, pulses and histories."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from csplanner.book.overview_filter_scope import Part, Scope, measured
from csplanner.book.rows import Cell
from csplanner.domain.filters_change import Change, change_of
from csplanner.domain.filters_condition import Condition
from csplanner.domain.filters_fields import field_of
from csplanner.domain.filters_values import day_at
from csplanner.domain.sentiment import Sentiment

_BAND_RANK = "case {0} when 'risk' then 1 when 'watch' then 2 when 'good' then 3 end"
_TIER_RANK = "case {0} when 'digital' then 1 when 'low' then 2 when 'medium' then 3 else 4 end"


@dataclass(frozen=True, slots=True)
class _Kept:
    """Where the states of a field are kept: table, day and value there, value on the line now."""

    table: str
    day: str
    value: str
    now: str
    rank: str = "{0}"
    scale: int = 1


_KEPT = {
    "health": _Kept("reading", "as_of", "band", "overview.band", _BAND_RANK),
    "score": _Kept("reading", "as_of", "score", "overview.score", scale=1000),
    "sentiment": _Kept("pulse", '"on"', "sentiment", "overview.sentiment"),
}


def past_sql(c: Condition, scope: Scope) -> Part:
    """A condition over change; what was not known then never matches."""
    change = change_of(c.value)
    start = change.start(scope.as_of)
    if c.field in _KEPT:
        kept = _KEPT[c.field]
        if c.operator == "moved":
            return _moved(c, change, kept, start)
        then, values = _then(kept, start)
        now = f"{kept.rank.format(kept.now)} * {kept.scale}"
        return _by_amount(c.operator, change, (then, now, kept.scale), (values, []))
    kind = field_of(c.field).kind
    if kind == "measure":
        return _measured(c, change, start)
    if kind == "seat":
        return _left(c, start) if c.operator == "left" else _seat_changed(c, start)
    return _BY_FIELD.get(c.field, _account_changed)(c, change, (start, scope.as_of))


def _then(kept: _Kept, start: date) -> Part:
    """The state at the end of a day, or the first one known after it."""
    value = kept.rank.format(kept.value)
    known = f"account_id = overview.account_id and {value} is not null"
    look = f"select {value} from {kept.table} where {known} and {kept.day}"
    on = start.isoformat()
    return (
        (
            f"coalesce(({look} <= ? order by {kept.day} desc, rowid desc limit 1), "
            f"({look} > ? order by {kept.day}, rowid limit 1))"
        ),
        [on, on],
    )


def _by_amount(
    operator: str,
    change: Change,
    sides: tuple[str, str, int],
    values: tuple[list[Cell], list[Cell]],
) -> Part:
    """Whether a number fell or rose, by at least the amount where one is said."""
    then, now, scale = sides
    of_then, of_now = values
    first, second = (then, now) if operator == "fell" else (now, then)
    ordered = [*of_then, *of_now] if operator == "fell" else [*of_now, *of_then]
    if not change.amount:
        return f"{first} > {second}", ordered
    if not change.is_percent:
        return f"{first} - {second} >= ?", [*ordered, round(float(change.amount) * scale)]
    part = round(float(change.amount) * 1000)
    return f"(({first} - {second}) * 100000.0 >= ? * abs({then}) and {then} <> 0)", [
        *ordered, part, *of_then, *of_then
    ]  # fmt: skip


def _moved(c: Condition, change: Change, kept: _Kept, start: date) -> Part:
    """Whether the state is another than one it had at the start or since."""
    was, became = (_stored(c.field, text) for text in (change.was, change.became))
    of_account = f"from {kept.table} where account_id = overview.account_id and {kept.value} "
    is_band = c.field == "health"
    known = "<> 'none'" if is_band and was != "none" else "is not null"
    now = f"{kept.now} * {kept.scale}" if kept.scale != 1 else kept.now
    other = f"{known} and {kept.value} is not {now}"
    values: list[Cell] = [start.isoformat()]
    if was:
        other += f" and cast({kept.value} as text) = ?"
        values.append(was)
    latest = f"(select max({kept.day}) {of_account}is not null and {kept.day} <= ?)"
    sql = f"exists (select 1 {of_account}{other} and {kept.day} >= coalesce({latest}, ''))"
    values = [*values[1:], values[0]]
    if became:
        return f"({sql} and cast({kept.now} as text) = ?)", [*values, became]
    certain = f"{kept.now} <> 'none'" if is_band else f"{kept.now} is not null"
    return f"({sql} and {certain})", values


def _stored(field: str, word: str) -> str:
    if field == "sentiment" and word:
        return str(next(int(s) for s in Sentiment if s.name.casefold() == word))
    return word


def _measured(c: Condition, change: Change, start: date) -> Part:
    now, of_now = measured(c.field, None)
    before, of_before = measured(c.field, start)
    first, of_first = measured(c.field, start, after=True)
    then = f"coalesce({before}, {first})"
    return _by_amount(c.operator, change, (then, now, 1000), ([*of_before, *of_first], of_now))


def _left(c: Condition, start: date) -> Part:
    """Whether somebody who holds or held the seat has left since."""
    said = (
        "select 1 from field_history where tbl = 'person' and row_id = p.id "
        "and field = 'status' and became = 'left' and as_of > ?"
    )
    held = "s.person_id = p.id or p.id in (select person_id from tenure where seat_id = s.id)"
    sql = (
        "account_id in (select p.account_id from person p where (p.left_on > ? or "
        f"(p.left_on is null and p.status = 'left' and exists ({said}))) and exists (select 1 "
        f"from seat s where s.account_id = p.account_id and s.role = ? and ({held})))"
    )
    return sql, [start.isoformat(), start.isoformat(), c.field]


def _seat_changed(c: Condition, start: date) -> Part:
    """Whether the seat went from one person to another, or was given up."""
    return (
        (
            "exists (select 1 from seat where account_id = overview.account_id and role = ? and "
            "(exists (select 1 from field_history where tbl = 'seat' and row_id = seat.id and "
            "field = 'person_id' and was is not null and was is not became and as_of > ?) or "
            "exists (select 1 from tenure where seat_id = seat.id and until > ?)))"
        ),
        [c.field, start.isoformat(), start.isoformat()],
    )


_Span = tuple[date, date]
"""The last day of the former state, and the day the book is judged on."""


def _tier_changed(c: Condition, change: Change, span: _Span) -> Part:
    """Placements since, each beside the one before it or the rule it set aside."""
    asked, values = ['"on" > ?', "was is not tier"], list[Cell]([span[0].isoformat()])
    if c.operator != "moved":
        was, now = _TIER_RANK.format("was"), _TIER_RANK.format("tier")
        asked.append(f"{now} {'<' if c.operator == 'fell' else '>'} {was}")
    for column, wanted in (("was", change.was), ("tier", change.became)):
        if wanted:
            asked.append(f"{column} {'is null' if wanted == 'not placed' else '= ?'}")
            values += [] if wanted == "not placed" else [wanted]
    return (
        (
            'account_id in (select account_id from (select account_id, "on", tier, coalesce('
            'lag(tier) over (partition by account_id order by "on", rowid), rule_tier) as was '
            f"from placement) where {' and '.join(asked)})"
        ),
        values,
    )


def _term_moved(c: Condition, change: Change, span: _Span) -> Part:
    """Whether the end of a term, or the day to give notice, was put on another day."""
    fields = "('end')" if c.field == "end" else "('end', 'notice_deadline')"
    asked = "h.as_of > ? and h.was is not null and h.became is not h.was"
    values: list[Cell] = [span[0].isoformat()]
    if c.operator != "moved":
        asked += f" and h.became {'<' if c.operator == 'fell' else '>'} h.was"
    for column, wanted in (("was", change.was), ("became", change.became)):
        if wanted:
            asked += f" and h.{column} = ?"
            values.append(day_at(wanted, span[1]).isoformat())
    return (
        (
            "exists (select 1 from term join field_history h on h.tbl = 'term' "
            f"and h.row_id = term.id and h.field in {fields} "
            f"where term.account_id = overview.account_id and {asked})"
        ),
        values,
    )


_HISTORY = "field_history where tbl = 'account' and row_id = overview.account_id and field = ?"


def _account_changed(c: Condition, change: Change, span: _Span) -> Part:
    """Whether a field of the account itself was changed."""
    values: list[Cell] = [c.field, span[0].isoformat()]
    asked = "as_of > ? and coalesce(was, '') <> coalesce(became, '')"
    for column, wanted in (("was", change.was), ("became", change.became)):
        if wanted:
            asked += f" and lower({column}) = lower(?)"
            values.append(wanted)
    return f"exists (select 1 from {_HISTORY} and {asked})", values


def _number_changed(c: Condition, change: Change, span: _Span) -> Part:
    """The same of an amount: its history notes it in front of its currency."""
    if c.operator == "moved":
        return _account_changed(c, change, span)
    then = (
        f"(select cast(was as integer) from {_HISTORY} and as_of > ? and was is not null "
        "order by as_of, rowid limit 1)"
    )
    values: list[Cell] = [c.field, span[0].isoformat()]
    scale = 100 if c.field == "arr" else 1
    return _by_amount(c.operator, change, (then, c.field, scale), (values, []))


_BY_FIELD: Mapping[str, Callable[[Condition, Change, _Span], Part]] = {
    "tier": _tier_changed, "renewal": _term_moved, "end": _term_moved, "arr": _number_changed,
    "criticality": _number_changed,
}  # fmt: skip
