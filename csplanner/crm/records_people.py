"""Builders for people: who they are, the roles they hold, the accounts they also belong to."""

from collections.abc import Iterator

from csplanner.book.rows import Cell
from csplanner.crm.block import (
    Block,
    Cells,
    Staged,
    account_refs,
    as_read,
    base_columns,
    external_ids,
    kept_rows,
    name_key,
    named_accounts,
)  # fmt: skip


def people_records(block: Block) -> Iterator[Staged]:
    refs, further = _accounts(block)
    yield from named_accounts(block, "person", refs)
    names = _person_names(block)
    mails: Cells = [m.casefold() if isinstance(m, str) else None for m in block.get("person.email")]
    keys: Cells = [m if m is not None else n for m, n in zip(mails, names, strict=True)]
    exts = external_ids(block, "person", refs, keys)
    columns = base_columns(block, "person", exts) | {"account_ref": refs, "name": names}
    if block.is_beside("person"):
        columns["weak"] = [1] * len(refs)
    columns["reports_ref"] = block.get("person.reports_to")
    columns |= as_read(block, "person", "title", "email", "department", "side", "left_on",
                     "last_activity_on", "merged_into", "merged_ids")  # fmt: skip
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
        named = refs[at] and block.has("person.account_name") and not mails[at]
        if not kept and not named and not block.joined:
            block.refuse(at, "It has no name of a person.")
    yield "person", kept_rows(columns, keep)
    yield from _seats(block, exts, refs, keep)
    yield from _further(block, exts, further)


def _accounts(block: Block) -> tuple[Cells, Cells]:
    """The account of each person, and further ones joined by `;`."""
    refs = account_refs(block, "person")
    more = block.get("person.accounts")
    firsts: Cells = []
    others: Cells = []
    for ref, given in zip(refs, more, strict=True):
        listed = [*(ref.split(";") if isinstance(ref, str) else []),
                  *(given.split(";") if isinstance(given, str) else [])]  # fmt: skip
        distinct = list(dict.fromkeys(listed))
        firsts.append(distinct[0] if distinct else None)
        others.append(";".join(distinct[1:]) or None)
    if not block.has("person.accounts") and block.has("person.accounts_names"):
        others = [
            ";".join(k for n in str(names).split(";")[1:] if (k := name_key(n))) if names else None
            for names in block.get("person.accounts_names")
        ]
    return firsts, others


def _further(block: Block, people: Cells, further: Cells) -> Iterator[Staged]:
    """One link per further account of a person."""
    rows = [
        (at, ref)
        for at, refs in enumerate(further)
        if refs and people[at] is not None
        for ref in str(refs).split(";")
    ]
    if rows:
        yield (
            "account_person",
            {
                "file": [block.file] * len(rows),
                "row": [block.numbers[at] for at, _ in rows],
                "account_ref": [ref for _, ref in rows],
                "person_ref": [people[at] for at, _ in rows],
            },
        )


def _person_names(block: Block) -> Cells:
    firsts, lasts = block.get("person.first"), block.get("person.last")
    made: Cells = []
    for whole, first, last, mail in zip(
        block.get("person.name"), firsts, lasts, block.get("person.email"), strict=True
    ):
        parts = [str(p) for p in (first, last) if p]
        made.append(_in_order(whole) or " ".join(parts) or mail or None)
    return made


def _in_order(name: Cell) -> Cell:
    """A full name; `Last, First` as some systems write it is turned round."""
    if not isinstance(name, str) or name.count(",") != 1:
        return name
    last, first = (part.strip() for part in name.split(","))
    suffixes = ("jr", "sr", "phd", "md", "mba", "esq", "ii", "iii", "iv")
    if not first or not last or first.rstrip(".").casefold() in suffixes:
        return name
    return f"{first} {last}"


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
    ended = block.get("seat.inactive")
    rows = [
        (at, role)
        for at, roles in enumerate(block.get("seat.role"))
        if roles and people[at] is not None and not gone[at] and not ended[at]
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
