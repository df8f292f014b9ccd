"""Builders for what happens around an account: deals, cases, subscriptions, exits, touches."""

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
    in_order,
    kept_rows,
    money_columns,
    named_accounts,
)  # fmt: skip
from csplanner.crm.words import is_renewal
from csplanner.domain.touch import TWO_WAY

_TWO_WAY = frozenset(c.value for c in TWO_WAY)


def opportunity_records(block: Block) -> Iterator[Staged]:
    refs = account_refs(block, "opportunity")
    yield from named_accounts(block, "opportunity", refs)
    names = block.get("opportunity.name")
    closes = block.get("opportunity.close_on")
    exts = external_ids(block, "opportunity", refs, names, block.get("opportunity.created"), closes)
    columns = base_columns(block, "opportunity", exts) | {"account_ref": refs, "name": names}
    columns |= as_read(block, "opportunity", "stage", "probability", "next_step", "loss_reason")
    columns |= money_columns(block, "opportunity", "amount")
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
    yield "opportunity", kept_rows(columns, keep)


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


def case_records(block: Block) -> Iterator[Staged]:
    refs = account_refs(block, "case")
    yield from named_accounts(block, "case", refs)
    numbers = block.get("case.number")
    exts = external_ids(block, "case", refs, numbers, block.get("case.subject"))
    columns = base_columns(block, "case", exts) | {"account_ref": refs}
    columns["person_ref"] = block.get("case.person")
    columns |= as_read(block, "case", "number", "subject", "status", "priority", "opened_on",
                     "closed_on", "escalated", "satisfaction")  # fmt: skip
    closed = block.get("case.is_closed")
    statuses = block.get("case.status")
    ends = block.get("case.closed_on")
    columns["is_closed"] = [
        1 if c or e is not None or _says_closed(s) else 0
        for c, s, e in zip(closed, statuses, ends, strict=True)
    ]
    yield "case", kept_rows(columns, [e is not None for e in exts])


def _says_closed(status: Cell) -> bool:
    return isinstance(status, str) and fold(status) in ("closed", "resolved", "solved")


def subscription_records(block: Block) -> Iterator[Staged]:
    refs = account_refs(block, "subscription")
    plans = block.get("subscription.plan")
    exts = external_ids(block, "subscription", refs, plans, block.get("subscription.start"))
    columns = base_columns(block, "subscription", exts) | {"account_ref": refs}
    columns["is_plan"] = [int(block.has("subscription.plan"))] * len(refs)
    columns["product"] = [
        p or q for p, q in zip(plans, block.get("subscription.product"), strict=True)
    ]
    columns |= as_read(block, "subscription", "start", "end", "seats", "is_trial", "auto_renew")
    columns |= money_columns(block, "subscription", "arr")
    starts, ends = block.get("subscription.start"), block.get("subscription.end")
    fits = in_order(block, starts, ends)
    yield "subscription", kept_rows(columns, [
        e is not None and f for e, f in zip(exts, fits, strict=True)
    ])  # fmt: skip


def exit_records(block: Block) -> Iterator[Staged]:
    refs = account_refs(block, "exit")
    days = block.get("exit.on")
    exts = external_ids(block, "exit", refs, days)
    columns = base_columns(block, "exit", exts) | {"account_ref": refs, "on": days}
    columns |= as_read(block, "exit", "outcome", "cause", "destination", "evidence",
                     "is_reactivation")  # fmt: skip
    for at, day in enumerate(days):
        if day is None:
            block.refuse(at, "It has no date.")
    yield "exit", kept_rows(columns, [d is not None for d in days])


def touch_records(block: Block) -> Iterator[Staged]:
    refs = account_refs(block, "touch")
    days = block.get("touch.on")
    topics = block.get("touch.topic")
    people = block.get("touch.person")
    exts = external_ids(block, "touch", refs, days, topics, people)
    channels: Cells = [
        c or s or _default_channel(e)
        for c, s, e in zip(block.get("touch.type"), block.get("touch.subtype"), exts, strict=True)
    ]
    columns = base_columns(block, "touch", exts) | {
        "account_ref": refs,
        "on": days,
        "topic": topics,
    }
    columns["person_ref"] = people
    columns["channel"] = channels
    columns |= as_read(block, "touch", "note", "meaningful")
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
    yield "touch", kept_rows(columns, keep)


def _default_channel(ext: Cell) -> str:
    """Events of Salesforce are meetings; a task that says nothing may be anything."""
    return "meeting" if isinstance(ext, str) and ext.startswith("00U") else "other"
