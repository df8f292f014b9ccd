"""Builders: values of a block of rows to the staged columns of each record they hold."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import compress
from typing import TYPE_CHECKING, Any

from csplanner.book.accounts import fold
from csplanner.book.ids import derived_id
from csplanner.book.rows import Cell
from csplanner.crm.fields import WIDE_FIELDS
from csplanner.crm.words import is_renewal
from csplanner.domain.money import minor_digits
from csplanner.domain.snapshot import Quarantined
from csplanner.domain.touch import TWO_WAY

if TYPE_CHECKING:
    from csplanner.crm.rows import Ledger

Cells = list[Cell]
Staged = tuple[str, dict[str, Cells]]
"""An object and the columns staged for it."""
_TWO_WAY = frozenset(c.value for c in TWO_WAY)


@dataclass(slots=True)
class Block:
    """A block of rows: their numbers and, per target, their values."""

    file: str
    numbers: list[int]
    values: dict[str, Cells]
    ledger: "Ledger"

    def get(self, key: str) -> Cells:
        """The values of a target; all None when no column has it."""
        return self.values.get(key) or [None] * len(self.numbers)

    def has(self, key: str) -> bool:
        """Whether a column has that target."""
        return key in self.values

    def refuse(self, at: int, reason: str) -> None:
        """Report a row that is not taken in."""
        self.ledger.staging.quarantine([Quarantined(self.file, self.numbers[at], "", "", reason)])


def _ids(block: Block, object_: str, exts: Cells) -> Cells:
    source = block.ledger.source
    return [None if e is None else derived_id(source, object_, str(e)) for e in exts]


def _base(block: Block, object_: str, exts: Cells) -> dict[str, Cells]:
    return {
        "file": [block.file] * len(block.numbers),
        "row": list(block.numbers),
        "ext": exts,
        "id": _ids(block, object_, exts),
        "gone": [1 if g else 0 for g in block.get(f"{object_}.gone")],
    }


def _kept(columns: dict[str, Cells], keep: list[bool]) -> dict[str, Cells]:
    if all(keep):
        return columns
    return {name: list(compress(cells, keep)) for name, cells in columns.items()}


def _copy(block: Block, object_: str, *fields: str) -> dict[str, Cells]:
    """The columns of fields that are stored as they are read, where a column has them."""
    return {f: block.get(f"{object_}.{f}") for f in fields if block.has(f"{object_}.{f}")}


def _money(block: Block, object_: str, field: str) -> dict[str, Cells]:
    """Minor units and currency of an amount read in thousandths."""
    if not block.has(f"{object_}.{field}"):
        return {}
    amounts = block.get(f"{object_}.{field}")
    own = block.ledger.currency
    currencies = [c or own for c in block.get(f"{object_}.currency")]
    minor: Cells = [
        None if a is None else _minor(int(a), str(c))
        for a, c in zip(amounts, currencies, strict=True)
    ]
    kept: Cells = [None if a is None else c for a, c in zip(minor, currencies, strict=True)]
    return {field: minor, f"{field}_currency": kept}


def _minor(thousandths: int, currency: str) -> int:
    digits = minor_digits(currency)
    return thousandths if digits == 3 else round(thousandths / 10 ** (3 - digits))


def _account_refs(block: Block, object_: str) -> Cells:
    """The CRM's id of each row's account, else its name as an id."""
    ids, names = block.get(f"{object_}.account"), block.get(f"{object_}.account_name")
    if not block.has(f"{object_}.account_name"):
        return ids
    return [
        i if i is not None else None if n is None else "name:" + fold(str(n))
        for i, n in zip(ids, names, strict=True)
    ]


def _named_accounts(block: Block, object_: str, refs: Cells) -> Iterator[Staged]:
    """Accounts that rows of another object name: one staged row each, marked as weak."""
    if not block.has(f"{object_}.account_name"):
        return
    seen = block.ledger.weak_seen
    picked = []
    for at, (ref, name) in enumerate(
        zip(refs, block.get(f"{object_}.account_name"), strict=True)
    ):
        if ref is not None and name is not None and ref not in seen:
            seen.add(str(ref))
            picked.append((at, ref, name))
    exts: Cells = [ref for _, ref, _ in picked]
    yield (
        "account",
        {
            "file": [block.file] * len(picked),
            "row": [block.numbers[at] for at, _, _ in picked],
            "ext": exts,
            "id": _ids(block, "account", exts),
            "gone": [0] * len(picked),
            "weak": [1] * len(picked),
            "name": [name for _, _, name in picked],
            "name_key": [fold(str(name)) for _, _, name in picked],
        },
    )


def _exts(block: Block, object_: str, *identity: Cells) -> Cells:
    """The CRM's ids; for rows without one, an id made of what tells them apart."""
    ids = block.get(f"{object_}.id")
    if None not in ids:
        return ids
    made: Cells = []
    for ext, *parts in zip(ids, *identity, strict=True):
        if ext is not None or all(p is None for p in parts):
            made.append(ext)
            continue
        key = derived_id(object_, *(str(p) for p in parts))
        count = block.ledger.occurrences.get(key, 0)
        block.ledger.occurrences[key] = count + 1
        made.append(f"row:{key}" if not count else f"row:{key}#{count}")
    return made


def _accounts(block: Block) -> Iterator[Staged]:
    names, ids = block.get("account.name"), block.get("account.id")
    exts: Cells = [
        i if i is not None else None if n is None else "name:" + fold(str(n))
        for i, n in zip(ids, names, strict=True)
    ]
    if block.has("account.name"):
        keep = [n is not None for n in names]
        for at, kept in enumerate(keep):
            if not kept:
                block.refuse(at, "It has no account name.")
        columns = _base(block, "account", exts)
        columns["weak"] = [0] * len(names)
        columns["name"] = names
        columns["name_key"] = [None if n is None else fold(str(n)) for n in names]
        columns |= _copy(block, "account", "sector", "city", "country", "domain", "owner",
                         "segment", "criticality", "customer_since", "first_value_on")  # fmt: skip
        columns |= _money(block, "account", "arr")
        yield "account", _kept(columns, keep)
    yield from _current_terms(block, exts)
    yield from _wide_measures(block, exts, [None] * len(exts))


def _current_terms(block: Block, refs: Cells) -> Iterator[Staged]:
    """The running term of each account, from dates in the account's own row."""
    if not block.has("term.end"):
        return
    ends = block.get("term.end")
    exts: Cells = [None if r is None else f"current:{r}" for r in refs]
    columns = _base(block, "term", exts) | {"account_ref": refs, "end": ends}
    columns |= _copy(block, "term", "notice_deadline")
    if block.has("account.arr"):
        columns |= _money(block, "account", "arr")
    keep = [e is not None and r is not None for e, r in zip(ends, refs, strict=True)]
    yield "term", _kept(columns, keep)


def _wide_measures(block: Block, refs: Cells, days: Cells) -> Iterator[Staged]:
    """One measurement per row and measure column."""
    subscriptions = block.get("measurement.subscription")
    parts = block.get("measurement.dimension")
    for key, figures in block.values.items():
        object_, _, name = key.partition(".")
        if object_ != "measurement" or name not in WIDE_FIELDS:
            continue
        measure = name.partition(":")[0]
        keep = [f is not None for f in figures]
        if measure == "usage.errors":
            keep = [bool(f) for f in figures]
        columns: dict[str, Cells] = {
            "file": [block.file] * len(figures),
            "row": list(block.numbers),
            "account_ref": refs,
            "subscription_ref": subscriptions,
            "measure": [measure] * len(figures),
            "dimension": parts,
            "value": figures,
            "as_of": days,
        }
        yield "measurement", _kept(columns, keep)


def _measurements(block: Block) -> Iterator[Staged]:
    refs = _account_refs(block, "measurement")
    days = block.get("measurement.as_of")
    yield from _wide_measures(block, refs, days)
    if not block.has("measurement.measure"):
        return
    columns: dict[str, Cells] = {
        "file": [block.file] * len(refs),
        "row": list(block.numbers),
        "account_ref": refs,
        "as_of": days,
    }
    columns |= _copy(block, "measurement", "measure", "value", "dimension", "note")
    columns["subscription_ref"] = block.get("measurement.subscription")
    keep = [
        m is not None and v is not None
        for m, v in zip(block.get("measurement.measure"), block.get("measurement.value"), strict=True)
    ]
    yield "measurement", _kept(columns, keep)


def _people(block: Block) -> Iterator[Staged]:
    refs = _account_refs(block, "person")
    yield from _named_accounts(block, "person", refs)
    names = _person_names(block)
    mails: Cells = [m.casefold() if isinstance(m, str) else None for m in block.get("person.email")]
    keys: Cells = [
        m if m is not None else n for m, n in zip(mails, names, strict=True)
    ]
    exts = _exts(block, "person", refs, keys)
    columns = _base(block, "person", exts) | {"account_ref": refs, "name": names}
    columns["reports_ref"] = block.get("person.reports_to")
    columns |= _copy(block, "person", "title", "email", "department", "side", "left_on",
                     "last_activity_on")  # fmt: skip
    if block.has("person.phone") or block.has("person.mobile"):
        columns["phone"] = [
            p or m
            for p, m in zip(block.get("person.phone"), block.get("person.mobile"), strict=True)
        ]
    if block.has("person.left") or block.has("person.status"):
        columns["status"] = [
            "left" if left else status if status else "active" if left == 0 else None
            for left, status in zip(
                block.get("person.left"), block.get("person.status"), strict=True
            )
        ]
    keep = [n is not None and e is not None for n, e in zip(names, exts, strict=True)]
    for at, kept in enumerate(keep):
        if not kept and not (refs[at] and block.has("person.account_name") and not mails[at]):
            block.refuse(at, "It has no name of a person.")
    yield "person", _kept(columns, keep)
    yield from _seats(block, exts, refs, keep)


def _person_names(block: Block) -> Cells:
    firsts, lasts = block.get("person.first"), block.get("person.last")
    made: Cells = []
    for whole, first, last, mail in zip(
        block.get("person.name"), firsts, lasts, block.get("person.email"), strict=True
    ):
        parts = [str(p) for p in (first, last) if p]
        made.append(whole or " ".join(parts) or mail or None)
    return made


def _seats(block: Block, people: Cells, refs: Cells, keep: list[bool]) -> Iterator[Staged]:
    """One seat per role a person holds."""
    if not block.has("person.role"):
        return
    rows = [
        (at, role)
        for at, (roles, kept) in enumerate(zip(block.get("person.role"), keep, strict=True))
        if roles and kept
        for role in str(roles).split(";")
    ]
    influence, mood = block.get("person.influence"), block.get("person.mood")
    yield (
        "seat",
        {
            "file": [block.file] * len(rows),
            "row": [block.numbers[at] for at, _ in rows],
            "account_ref": [refs[at] for at, _ in rows],
            "person_ref": [people[at] for at, _ in rows],
            "role": [role for _, role in rows],
            "influence": [influence[at] for at, _ in rows],
            "mood": [mood[at] for at, _ in rows],
        },
    )


def _opportunities(block: Block) -> Iterator[Staged]:
    refs = _account_refs(block, "opportunity")
    yield from _named_accounts(block, "opportunity", refs)
    names = block.get("opportunity.name")
    closes = block.get("opportunity.close_on")
    exts = _exts(block, "opportunity", refs, names, block.get("opportunity.created"), closes)
    columns = _base(block, "opportunity", exts) | {"account_ref": refs, "name": names}
    columns |= _copy(block, "opportunity", "stage", "probability", "next_step", "loss_reason")
    columns |= _money(block, "opportunity", "amount")
    columns["close_on"] = [
        done or planned
        for done, planned in zip(block.get("opportunity.actual_close"), closes, strict=True)
    ]
    columns["first_close_on"] = closes
    columns["state"] = _states(block)
    columns["kind"] = [
        "renewal" if isinstance(name, str) and is_renewal(name) else kind
        for name, kind in zip(names, block.get("opportunity.kind"), strict=True)
    ]
    keep = [n is not None and e is not None for n, e in zip(names, exts, strict=True)]
    yield "opportunity", _kept(columns, keep)


def _states(block: Block) -> Cells:
    """Open, won or lost: the CRM's own flags win over the words of the stage."""
    flagged = block.has("opportunity.is_closed")
    knows_won = block.has("opportunity.is_won")
    made: Cells = []
    for closed, won, status, stage in zip(
        block.get("opportunity.is_closed"), block.get("opportunity.is_won"),
        block.get("opportunity.status"), block.get("opportunity.stage"), strict=True,
    ):  # fmt: skip
        worded = status or _stage_state(stage)
        if won:
            made.append("won")
        elif closed:
            made.append("lost" if knows_won or worded == "lost" else "won")
        else:
            made.append("open" if flagged else worded)
    return made


def _stage_state(stage: Cell) -> str | None:
    if not isinstance(stage, str):
        return None
    words = fold(stage).replace(" ", "")
    if words in ("closedwon", "won"):
        return "won"
    return "lost" if words in ("closedlost", "lost") else "open"


def _cases(block: Block) -> Iterator[Staged]:
    refs = _account_refs(block, "case")
    yield from _named_accounts(block, "case", refs)
    numbers = block.get("case.number")
    exts = _exts(block, "case", refs, numbers, block.get("case.subject"))
    columns = _base(block, "case", exts) | {"account_ref": refs}
    columns["person_ref"] = block.get("case.person")
    columns |= _copy(block, "case", "number", "subject", "status", "priority", "opened_on",
                     "closed_on", "escalated", "satisfaction")  # fmt: skip
    closed = block.get("case.is_closed")
    statuses = block.get("case.status")
    ends = block.get("case.closed_on")
    columns["is_closed"] = [
        1 if c or e is not None or _says_closed(s) else 0
        for c, s, e in zip(closed, statuses, ends, strict=True)
    ]
    yield "case", _kept(columns, [e is not None for e in exts])


def _says_closed(status: Cell) -> bool:
    return isinstance(status, str) and fold(status) in ("closed", "resolved", "solved")


def _subscriptions(block: Block) -> Iterator[Staged]:
    refs = _account_refs(block, "subscription")
    plans = block.get("subscription.plan")
    exts = _exts(block, "subscription", refs, plans, block.get("subscription.start"))
    columns = _base(block, "subscription", exts) | {"account_ref": refs}
    columns["is_plan"] = [int(block.has("subscription.plan"))] * len(refs)
    columns["product"] = [
        p or q for p, q in zip(plans, block.get("subscription.product"), strict=True)
    ]
    columns |= _copy(block, "subscription", "start", "end", "seats", "is_trial", "auto_renew")
    columns |= _money(block, "subscription", "arr")
    yield "subscription", _kept(columns, [e is not None for e in exts])


def _exits(block: Block) -> Iterator[Staged]:
    refs = _account_refs(block, "exit")
    days = block.get("exit.on")
    exts = _exts(block, "exit", refs, days)
    columns = _base(block, "exit", exts) | {"account_ref": refs, "on": days}
    columns |= _copy(block, "exit", "outcome", "cause", "destination", "evidence",
                     "is_reactivation")  # fmt: skip
    for at, day in enumerate(days):
        if day is None:
            block.refuse(at, "It has no date.")
    yield "exit", _kept(columns, [d is not None for d in days])


def _terms(block: Block) -> Iterator[Staged]:
    refs = _account_refs(block, "term")
    ends = _term_ends(block)
    exts = _exts(block, "term", refs, block.get("term.start"), ends)
    columns = _base(block, "term", exts) | {"account_ref": refs, "end": ends}
    columns |= _copy(block, "term", "start", "ordinal", "outcome", "notice_given")
    columns |= _money(block, "term", "arr")
    columns["notice_deadline"] = [
        deadline or _before(end, days)
        for deadline, end, days in zip(
            block.get("term.notice_deadline"), ends, block.get("term.notice_days"), strict=True
        )
    ]
    for at, end in enumerate(ends):
        if end is None:
            block.refuse(at, "It has no end date.")
    yield "term", _kept(columns, [e is not None for e in ends])


def _term_ends(block: Block) -> Cells:
    return [
        end or _months_after(start, months)
        for end, start, months in zip(
            block.get("term.end"), block.get("term.start"), block.get("term.months"), strict=True
        )
    ]


def _months_after(start: Cell, months: Cell) -> str | None:
    """The last day of a term of so many months."""
    if not isinstance(start, str) or not isinstance(months, int):
        return None
    first = date.fromisoformat(start)
    at = first.month - 1 + months
    for day in (first.day, 28):
        try:
            follows = date(first.year + at // 12, at % 12 + 1, day)
        except ValueError:
            continue
        return (follows - timedelta(days=1)).isoformat()
    return None


def _before(end: Cell, days: Cell) -> str | None:
    if not isinstance(end, str) or not isinstance(days, int):
        return None
    return (date.fromisoformat(end) - timedelta(days=days)).isoformat()


def _touches(block: Block) -> Iterator[Staged]:
    refs = _account_refs(block, "touch")
    days = block.get("touch.on")
    topics = block.get("touch.topic")
    people = block.get("touch.person")
    exts = _exts(block, "touch", refs, days, topics, people)
    channels: Cells = [
        c or s or _default_channel(e)
        for c, s, e in zip(block.get("touch.type"), block.get("touch.subtype"), exts, strict=True)
    ]
    columns = _base(block, "touch", exts) | {"account_ref": refs, "on": days, "topic": topics}
    columns["person_ref"] = people
    columns["channel"] = channels
    columns |= _copy(block, "touch", "note", "meaningful")
    columns["minutes"] = [
        m if m is not None else None if s is None else round(int(s) / 60)
        for m, s in zip(block.get("touch.minutes"), block.get("touch.seconds"), strict=True)
    ]
    columns["two_way"] = [
        t if t is not None else int(c in _TWO_WAY)
        for t, c in zip(block.get("touch.two_way"), channels, strict=True)
    ]
    done = block.get("touch.status")
    keep = [
        d is not None and s != 0 and e is not None for d, s, e in zip(days, done, exts, strict=True)
    ]
    yield "touch", _kept(columns, keep)


def _default_channel(ext: Cell) -> str:
    """Events of Salesforce are meetings; a task that says nothing may be anything."""
    return "meeting" if isinstance(ext, str) and ext.startswith("00U") else "other"


BUILDERS: dict[str, Callable[[Block], Iterator[Staged]]] = {
    "account": _accounts,
    "term": _terms,
    "person": _people,
    "opportunity": _opportunities,
    "case": _cases,
    "subscription": _subscriptions,
    "exit": _exits,
    "touch": _touches,
    "measurement": _measurements,
}
"""How rows of each kind of file become staged records."""
