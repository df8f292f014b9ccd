"""Builders for what an account is: its row, its people, its measurements, its terms."""

from collections.abc import Iterator
from datetime import date, timedelta

from csplanner.book.accounts import fold
from csplanner.book.rows import Cell
from csplanner.crm.block import (
    Block,
    Cells,
    Staged,
    account_refs,
    as_read,
    base_columns,
    external_ids,
    in_order,
    kept_rows,
    money_columns,
    named_accounts,
)  # fmt: skip
from csplanner.crm.fields import WIDE_FIELDS


def account_records(block: Block) -> Iterator[Staged]:
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
        columns = base_columns(block, "account", exts)
        columns["weak"] = [0] * len(names)
        columns["name"] = names
        columns["name_key"] = [None if n is None else fold(str(n)) for n in names]
        columns |= as_read(block, "account", "sector", "city", "country", "domain", "owner",
                         "segment", "criticality", "customer_since", "first_value_on")  # fmt: skip
        columns |= money_columns(block, "account", "arr")
        yield "account", kept_rows(columns, keep)
    yield from _current_terms(block, exts)
    yield from _wide_measures(block, exts, [None] * len(exts))


def _current_terms(block: Block, refs: Cells) -> Iterator[Staged]:
    """The running term of each account, from dates in the account's own row."""
    if not block.has("term.end"):
        return
    ends = block.get("term.end")
    exts: Cells = [None if r is None else f"current:{r}" for r in refs]
    columns = base_columns(block, "term", exts) | {"account_ref": refs, "end": ends}
    columns |= as_read(block, "term", "notice_deadline")
    if block.has("account.arr"):
        columns |= money_columns(block, "account", "arr")
    keep = [e is not None and r is not None for e, r in zip(ends, refs, strict=True)]
    yield "term", kept_rows(columns, keep)


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
        columns |= as_read(block, "measurement", "note")
        yield "measurement", kept_rows(columns, keep)


def measurement_records(block: Block) -> Iterator[Staged]:
    refs = account_refs(block, "measurement")
    days = block.get("measurement.as_of")
    if block.has("measurement.id"):
        block.ledger.staging.note_ids(
            block.file, zip(block.numbers, block.get("measurement.id"), strict=True)
        )
    yield from _wide_measures(block, refs, days)
    if not block.has("measurement.measure"):
        return
    columns: dict[str, Cells] = {
        "file": [block.file] * len(refs),
        "row": list(block.numbers),
        "account_ref": refs,
        "as_of": days,
    }
    columns |= as_read(block, "measurement", "measure", "value", "dimension", "note")
    columns["subscription_ref"] = block.get("measurement.subscription")
    keep = [
        m is not None and v is not None
        for m, v in zip(
            block.get("measurement.measure"), block.get("measurement.value"), strict=True
        )
    ]
    yield "measurement", kept_rows(columns, keep)


def people_records(block: Block) -> Iterator[Staged]:
    refs = account_refs(block, "person")
    yield from named_accounts(block, "person", refs)
    names = _person_names(block)
    mails: Cells = [m.casefold() if isinstance(m, str) else None for m in block.get("person.email")]
    keys: Cells = [m if m is not None else n for m, n in zip(mails, names, strict=True)]
    exts = external_ids(block, "person", refs, keys)
    columns = base_columns(block, "person", exts) | {"account_ref": refs, "name": names}
    columns["reports_ref"] = block.get("person.reports_to")
    columns |= as_read(block, "person", "title", "email", "department", "side", "left_on",
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
    yield "person", kept_rows(columns, keep)
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


def seat_records(block: Block) -> Iterator[Staged]:
    """Roles of people, from files that hold nothing else."""
    refs = account_refs(block, "seat")
    people, gone = block.get("seat.person"), block.get("seat.gone")
    rows = [
        (at, role)
        for at, roles in enumerate(block.get("seat.role"))
        if roles and people[at] is not None and not gone[at]
        for role in str(roles).split(";")
    ]
    yield (
        "seat",
        {
            "file": [block.file] * len(rows),
            "row": [block.numbers[at] for at, _ in rows],
            "account_ref": [refs[at] for at, _ in rows],
            "person_ref": [people[at] for at, _ in rows],
            "role": [role for _, role in rows],
        },
    )


def term_records(block: Block) -> Iterator[Staged]:
    refs = account_refs(block, "term")
    ends = _term_ends(block)
    exts = external_ids(block, "term", refs, block.get("term.start"), ends)
    columns = base_columns(block, "term", exts) | {"account_ref": refs, "end": ends}
    columns |= as_read(block, "term", "start", "ordinal", "outcome", "notice_given")
    columns |= money_columns(block, "term", "arr")
    columns["notice_deadline"] = [
        deadline or _before(end, days)
        for deadline, end, days in zip(
            block.get("term.notice_deadline"), ends, block.get("term.notice_days"), strict=True
        )
    ]
    yield "term", kept_rows(columns, in_order(block, block.get("term.start"), ends, needs_end=True))


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
