"""Builders for contact: activities, members of campaigns, and the users and campaigns they name."""

from collections.abc import Iterator

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
    kept_rows,
)  # fmt: skip
from csplanner.crm.records_figures import person_refs
from csplanner.domain.touch import TWO_WAY

_TWO_WAY = frozenset(c.value for c in TWO_WAY)
_PARTIES = ("touch.party", "touch.party_to", "touch.party_from", "touch.account_name")
_MOST_PARTIES = 20


def touch_records(block: Block) -> Iterator[Staged]:
    by_party = any(block.has(key) for key in _PARTIES[:3])
    refs = block.get("touch.account") if by_party else account_refs(block, "touch")
    days: Cells = [
        day or ended
        for day, ended in zip(block.get("touch.on"), block.get("touch.ended"), strict=True)
    ]
    topics = block.get("touch.topic")
    people = person_refs(block, "touch")
    senders = block.get("touch.party_from")
    exts = external_ids(block, "touch", refs, days, topics, people, senders)
    channels: Cells = [
        c or s or _default_channel(e, block.file)
        for c, s, e in zip(block.get("touch.type"), block.get("touch.subtype"), exts, strict=True)
    ]
    columns = base_columns(block, "touch", exts) | {
        "account_ref": refs, "on": days, "topic": topics, "person_ref": people,
        "channel": channels,
    }  # fmt: skip
    columns |= as_read(block, "touch", "note", "meaningful")
    columns["minutes"] = [
        m if m is not None else None if s is None else round(int(s) / 60)
        for m, s in zip(block.get("touch.minutes"), block.get("touch.seconds"), strict=True)
    ]
    columns["two_way"] = [
        t if t is not None else int(c in _TWO_WAY or bool(r))
        for t, c, r in zip(
            block.get("touch.two_way"), channels, block.get("touch.replies"), strict=True
        )
    ]
    done = block.get("touch.status")
    block.ledger.leave("activities that were not done", sum(1 for s in done if s == 0))
    keep = [
        d is not None and s != 0 and e is not None for d, s, e in zip(days, done, exts, strict=True)
    ]
    for at, (day, status) in enumerate(zip(days, done, strict=True)):
        if day is None and status != 0:
            block.refuse(at, "It has no date.")
    if by_party:
        block.ledger.beside.keep("party", _parties(block, exts))
    yield "touch", kept_rows(columns, keep)


def _parties(block: Block, exts: Cells) -> Iterator[tuple[Cell, ...]]:
    """Touch, rank, name and key of every name a touch may be found by."""
    named = [key for key in _PARTIES if block.has(key)]
    for ext, *cells in zip(exts, *(block.get(key) for key in named), strict=True):
        names = [n for cell in cells if isinstance(cell, str) for n in cell.split(";")]
        for rank, name in enumerate(dict.fromkeys(names[:_MOST_PARTIES])):
            yield ext, rank, name, fold(name)


def _default_channel(ext: Cell, file: str) -> str:
    """Events of Salesforce are meetings, as are appointments; a task may be anything."""
    words = file.rpartition(" › ")[0].casefold() or file.casefold()
    for word, channel in (("appointment", "meeting"), ("meeting", "meeting"), ("email", "email"),
                          ("phone", "call"), ("call", "call")):  # fmt: skip
        if word in words:
            return channel
    return "meeting" if isinstance(ext, str) and ext.startswith("00U") else "other"


def member_records(block: Block) -> Iterator[Staged]:
    """Members of campaigns as touches: two-way where they answered, else sent to them alone."""
    refs = account_refs(block, "member")
    people = person_refs(block, "member")
    campaigns = block.get("member.campaign")
    days = block.get("member.on")
    leads = block.get("member.lead")
    exts = external_ids(block, "touch", campaigns, people, leads, refs)
    own = block.get("member.id")
    exts = [f"member:{i}" if i is not None else e for i, e in zip(own, exts, strict=True)]
    fields = ("status", "responded", "clicked", "opened")
    told = [
        _engagement(*said) for said in zip(*(block.get(f"member.{f}") for f in fields), strict=True)
    ]
    columns = base_columns(block, "touch", exts) | {
        "account_ref": [None if p is not None else r for r, p in zip(refs, people, strict=True)],
        "person_ref": people,
        "on": days,
        "topic": block.get("member.campaign_name"),
        "channel": ["campaign"] * len(exts),
        "note": [words for words, _ in told],
        "two_way": [int(words == "Responded") for words, _ in told],
        "meaningful": [meaningful for _, meaningful in told],
    }
    columns["gone"] = [1 if g else 0 for g in block.get("member.gone")]
    block.ledger.beside.keep(
        "touch_campaign",
        ((e, c) for e, c in zip(exts, campaigns, strict=True) if e is not None and c is not None),
    )
    keep = [e is not None for e in exts]
    for at, (person, ref) in enumerate(zip(people, refs, strict=True)):
        if person is None and ref is None:
            keep[at] = False
            block.refuse(at, "It is a lead of no account." if leads[at] else "It names nobody.")
    yield "touch", kept_rows(columns, keep)


def _engagement(status: Cell, responded: Cell, clicked: Cell, opened: Cell) -> tuple[str, Cell]:
    """What a member did, and that merely being sent something is no meaningful contact."""
    if responded or status == "responded":
        return "Responded", None
    if clicked or status == "clicked":
        return "Clicked", None
    return ("Opened" if opened or status == "opened" else "Sent"), 0


def campaign_records(block: Block) -> Iterator[Staged]:
    """Campaigns are kept beside the records: they name what their members took part in."""
    fields = (block.get("campaign.id"), block.get("campaign.name"), block.get("campaign.start"))
    block.ledger.beside.keep(
        "campaign", (row for row in zip(*fields, strict=True) if row[0] is not None and row[1])
    )
    yield from ()


def user_records(block: Block) -> Iterator[Staged]:
    """Users are kept beside the records: they name owners that are ids or e-mails."""
    names = (
        whole or " ".join(str(p) for p in (first, last) if p) or None
        for whole, first, last in zip(
            block.get("user.name"), block.get("user.first"), block.get("user.last"), strict=True
        )
    )
    rows = []
    for ext, mail, name in zip(block.get("user.id"), block.get("user.email"), names, strict=True):
        rows += [(key, name) for key in (ext, mail) if key is not None and name is not None]
    block.ledger.beside.keep("owner_name", rows)
    yield from ()
