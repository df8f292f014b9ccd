"""Builders for figures: measures long, wide and over time, answers to surveys, invoices."""

from collections.abc import Iterator

from csplanner.book.rows import Cell
from csplanner.crm.block import (
    Block,
    Cells,
    Staged,
    account_refs,
    as_read,
    kept_rows,
)
from csplanner.crm.fields import is_figure, measure_of

ANSWER = ":answer"
"""Ends measures that are single answers until they are gathered."""


def wide_measures(block: Block, refs: Cells, days: Cells) -> Iterator[Staged]:
    """One measurement per row and column of figures."""
    subscriptions = block.get("measurement.subscription")
    parts = block.get("measurement.dimension")
    for key, figures in block.values.items():
        object_, _, field = key.partition(".")
        if object_ != "measurement" or not is_figure(field):
            continue
        measures, day = _measures(block, field)
        if day is not None and day > block.ledger.latest.isoformat():
            if day[:7] > block.ledger.latest.isoformat()[:7]:
                block.ledger.note(f"The figures of {day[:7]} in {block.file} lie ahead: left out.")
                continue
            # A month that is not over: as far as it is known.
            day = None
        keep = [f is not None and m is not None for f, m in zip(figures, measures, strict=True)]
        if measures and measures[0] == "usage.errors":
            keep = [bool(f) for f in figures]
        columns: dict[str, Cells] = {
            "file": [block.file] * len(figures),
            "row": list(block.numbers),
            "account_ref": refs,
            "person_ref": person_refs(block, "measurement"),
            "subscription_ref": subscriptions,
            "measure": measures,
            "dimension": parts,
            "value": figures,
            "as_of": days if day is None else [day] * len(figures),
        }
        columns |= as_read(block, "measurement", "note")
        if field.endswith(ANSWER):
            columns["note"] = _notes(block, figures)
        yield "measurement", kept_rows(columns, keep)


def _measures(block: Block, field: str) -> tuple[Cells, str | None]:
    """The measure of each row of a column of figures, and the day the column is of."""
    measure, day = measure_of(field)
    if measure == "value":
        return block.get("measurement.measure"), day
    if field.endswith(ANSWER):
        measure = field
    return [measure] * len(block.numbers), day


def _notes(block: Block, grades: Cells) -> Cells:
    """What was answered, with the comment."""
    made: Cells = []
    for grade, comment in zip(grades, block.get("measurement.note"), strict=True):
        said = "" if grade is None else f"{int(grade) / 1000:g}"
        made.append(f"{said}: {comment}" if comment else said)
    return made


def person_refs(block: Block, object_: str) -> Cells:
    """The person of each row: by id, else by e-mail."""
    ids = block.get(f"{object_}.person")
    if not block.has(f"{object_}.person_mail"):
        return ids
    mails = block.get(f"{object_}.person_mail")
    return [
        i if i is not None else None if m is None else f"mail:{m}"
        for i, m in zip(ids, mails, strict=True)
    ]


def measurement_records(block: Block) -> Iterator[Staged]:
    refs = account_refs(block, "measurement")
    days = block.get("measurement.as_of")
    if block.has("measurement.id"):
        block.ledger.staging.note_ids(
            block.file, zip(block.numbers, block.get("measurement.id"), strict=True)
        )
    yield from wide_measures(block, refs, days)
    if not block.has("measurement.measure") or not block.has("measurement.value"):
        return
    columns: dict[str, Cells] = {
        "file": [block.file] * len(refs),
        "row": list(block.numbers),
        "account_ref": refs,
        "as_of": days,
        "person_ref": person_refs(block, "measurement"),
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


def invoice_records(block: Block) -> Iterator[Staged]:
    """Invoices are kept beside the records: what is overdue on the snapshot's day is measured."""
    refs = account_refs(block, "invoice")
    fields = ("gone", "status", "number", "id", "issued", "due", "paid", "amount", "balance",
              "currency")  # fmt: skip
    rows = zip(*(block.get(f"invoice.{f}") for f in fields), strict=True)
    kept = []
    for at, (ref, values) in enumerate(zip(refs, rows, strict=True)):
        invoice = _invoice(dict(zip(fields, values, strict=True)))
        if invoice is None:
            continue
        if ref is None or (invoice[2] and invoice[1] is None):
            block.refuse(at, _NO_ACCOUNT if ref is None else _NO_DUE)
            continue
        number, due, is_open, disputed, issued, owed = invoice
        kept.append(
            (block.file, block.numbers[at], ref, number, due, is_open, disputed, issued, owed)
        )
    block.ledger.beside.keep("invoice", kept)
    yield from ()


_NO_ACCOUNT = "It names no account."
_NO_DUE = "It is open and has no day it is due on."


def _invoice(said: dict[str, Cell]) -> tuple[Cell, Cell, int, int, Cell, str] | None:
    """Number, due day, whether it is open and disputed, its day and what is owed; None if void."""
    if said["gone"] or said["status"] == "void":
        return None
    balance, amount = said["balance"], said["amount"]
    owed = amount if balance is None else balance
    settled = said["status"] == "paid" or balance == 0
    is_open = not settled and (said["paid"] is None or balance is not None)
    currency = said["currency"] or getattr(owed, "currency", "")
    words = "" if owed is None else f", {int(owed) / 1000:,.2f} {currency}".rstrip()
    due = said["due"] or said["issued"]
    number = said["number"] or said["id"]
    return (number, due, int(is_open), int(said["status"] == "disputed"), said["issued"], words)
