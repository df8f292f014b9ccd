"""Builders for what happens around an account: deals, cases, subscriptions, exits."""

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
    in_order,
    kept_rows,
    money_columns,
    named_accounts,
)  # fmt: skip
from csplanner.crm.records_figures import person_refs
from csplanner.crm.words import is_renewal


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
    columns["state"] = states = _states(block)
    if block.has("opportunity.status_reason"):
        columns["loss_reason"] = [
            given or (reason if state == "lost" else None)
            for given, reason, state in zip(
                block.get("opportunity.loss_reason"),
                block.get("opportunity.status_reason"), states, strict=True,
            )
        ]  # fmt: skip
    columns["kind"] = _kinds(block, names)
    keep = [n is not None and e is not None for n, e in zip(names, exts, strict=True)]
    yield "opportunity", kept_rows(columns, keep)


def _kinds(block: Block, names: Cells) -> Cells:
    """Renewal where its name, pipeline or record type says so, else what its type says."""
    return [
        "renewal" if _says_renewal(name) or _says_renewal(pipeline) else kind
        for name, pipeline, kind in zip(
            names, block.get("opportunity.pipeline"), block.get("opportunity.kind"), strict=True
        )
    ]


def _says_renewal(words: Cell) -> bool:
    return isinstance(words, str) and is_renewal(words)


def _states(block: Block) -> Cells:
    """Open, won or lost: the CRM's own flags win over its status, that over words of the stage."""
    knows_won = block.has("opportunity.is_won")
    statuses = block.get("opportunity.status")
    closed_flags = block.get("opportunity.is_closed")
    won_flags = block.get("opportunity.is_won")
    stages = block.get("opportunity.stage")
    # Only stages that decide are asked about.
    deciding = [
        None if c == 0 or w or (c and knows_won) or s else stage
        for c, w, s, stage in zip(closed_flags, won_flags, statuses, stages, strict=True)
    ]
    worded = block.ledger.read_words("stagestate", deciding)
    made: Cells = []
    for closed, won, status, word in zip(
        closed_flags, won_flags, statuses, worded, strict=True
    ):  # fmt: skip
        if won:
            made.append("won")
        elif closed:
            made.append("lost" if knows_won or "lost" in (status, word) else "won")
        else:
            made.append("open" if closed == 0 else status or word)
    return made


def case_records(block: Block) -> Iterator[Staged]:
    refs = account_refs(block, "case")
    yield from named_accounts(block, "case", refs)
    numbers = block.get("case.number")
    exts = external_ids(block, "case", refs, numbers, block.get("case.subject"))
    columns = base_columns(block, "case", exts) | {"account_ref": refs}
    columns["person_ref"] = person_refs(block, "case")
    columns |= as_read(block, "case", "number", "subject", "status", "priority", "opened_on",
                     "closed_on", "escalated", "satisfaction")  # fmt: skip
    flags, ends = block.get("case.is_closed"), block.get("case.closed_on")
    # Only the status of cases that nothing else says to be closed or open is asked about.
    asked = [
        None if flag is not None or end is not None else status
        for flag, end, status in zip(flags, ends, block.get("case.status"), strict=True)
    ]
    dated = block.has("case.closed_on")
    columns["is_closed"] = [
        1 if flag or end is not None or word == "closed"
        else 0 if flag is not None or status is not None or dated
        else None
        for flag, end, word, status in zip(
            flags, ends, block.ledger.read_words("casestatus", asked), block.get("case.status"),
            strict=True,
        )
    ]  # fmt: skip
    yield "case", kept_rows(columns, [e is not None for e in exts])


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
    over = [
        status == "ended" and (end is None or str(end) > block.ledger.latest.isoformat())
        for status, end in zip(block.get("subscription.status"), ends, strict=True)
    ]
    if any(over):
        # The CRM says it has ended and not when: no running subscription of the book.
        columns["superseded"] = [1 if o else None for o in over]
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
