"""Builders for what an account is: its row, its tags and owner, its measurements, its terms."""

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
    name_key,
)  # fmt: skip
from csplanner.crm.records_figures import wide_measures


def account_records(block: Block) -> Iterator[Staged]:
    names, ids = block.get("account.name"), block.get("account.id")
    exts: Cells = [i if i is not None else name_key(n) for i, n in zip(ids, names, strict=True)]
    if block.has("account.name"):
        keep = [n is not None and e is not None for n, e in zip(names, exts, strict=True)]
        for at, kept in enumerate(keep):
            if not kept and not block.joined:
                block.refuse(at, _NAMELESS if names[at] is None else _DAMAGED)
        columns = base_columns(block, "account", exts)
        columns["weak"] = [int(block.is_beside("account"))] * len(names)
        columns["name"] = names
        columns["name_key"] = [None if n is None else fold(str(n)) for n in names]
        columns |= as_read(block, "account", "sector", "city", "country", "domain", "owner",
                         "segment", "criticality", "customer_since", "first_value_on",
                         "merged_into", "merged_ids")  # fmt: skip
        if block.has("account.inactive"):
            gone = zip(columns["gone"], block.get("account.inactive"), strict=True)
            columns["gone"] = [1 if g or i else 0 for g, i in gone]
        if block.has("account.owner_id"):
            columns["owner"] = _owners(block, exts)
        columns |= money_columns(block, "account", "arr")
        yield "account", kept_rows(columns, keep)
        yield from _tags(block, exts)
    yield from _current_terms(block, exts)
    yield from wide_measures(block, exts, [None] * len(exts))


_NAMELESS = "It has no account name."
_DAMAGED = "Its account’s name lost its letters and it has no id. Export the file as UTF-8."


def _owners(block: Block, exts: Cells) -> Cells:
    """Names of owners; ids and e-mails wait for the file of users."""
    named: Cells = []
    waiting = []
    owners = zip(exts, block.get("account.owner"), block.get("account.owner_id"), strict=True)
    for ext, name, owner in owners:
        is_name = isinstance(owner, str) and "@" not in owner and not any(map(str.isdigit, owner))
        named.append(name or (owner if is_name else None))
        if not named[-1] and owner is not None and ext is not None:
            waiting.append((ext, owner))
    block.ledger.beside.keep("owner_ref", waiting)
    return named


def _tags(block: Block, exts: Cells) -> Iterator[Staged]:
    """One tag per word of every column kept as tags."""
    for key, cells in block.values.items():
        if not key.startswith("account.tag"):
            continue
        rows = [
            (at, word)
            for at, words in enumerate(cells)
            if words and exts[at] is not None
            for word in str(words).split(";")
        ]
        yield (
            "tag",
            {
                "file": [block.file] * len(rows),
                "row": [block.numbers[at] for at, _ in rows],
                "account_ref": [exts[at] for at, _ in rows],
                "word": [word for _, word in rows],
            },
        )


def _current_terms(block: Block, refs: Cells) -> Iterator[Staged]:
    """The running term of each account, from dates in the account's own row."""
    if not block.has("term.end") or block.has("term.id"):
        return
    ends = block.get("term.end")
    exts: Cells = [None if r is None else f"current:{r}" for r in refs]
    columns = base_columns(block, "term", exts) | {"account_ref": refs, "end": ends}
    columns |= as_read(block, "term", "notice_deadline")
    if block.has("account.arr"):
        columns |= money_columns(block, "account", "arr")
    keep = [e is not None and r is not None for e, r in zip(ends, refs, strict=True)]
    yield "term", kept_rows(columns, keep)


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
