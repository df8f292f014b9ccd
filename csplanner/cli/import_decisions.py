"""Single items of a snapshot that are kept out, or taken, when it is imported by command."""

from argparse import Namespace
from collections.abc import Iterable

from csplanner.book.accounts import fold
from csplanner.book.staging_pages import FieldChange, StagedPages
from csplanner.book.staging_shapes import SHAPES
from csplanner.errors import UserError

_ALL = -1


def decide(pages: StagedPages, options: Namespace) -> None:
    """Keep or take what the options name; raises UserError for what the files do not bring."""
    for name in options.keep_account:
        _keep_account(pages, name)
    for text in options.leave_out:
        _leave_out(pages, text)
    for flag, given, take in (("--keep", options.keep, False), ("--take", options.take, True)):
        for text in given:
            pages.decide(_fields(pages, text, flag), take=take)


def _fields(pages: StagedPages, text: str, flag: str) -> list[int]:
    """The changed fields meant by `person:Dana Kovač:title`, by id or by title."""
    object_, sign, rest = text.partition(":")
    row, second, field = rest.rpartition(":")
    if not (sign and second and row and field and object_ in SHAPES):
        raise UserError(
            f"“{text}” is no OBJECT:ID:FIELD. Write such as {flag} account:Acme:city; "
            "--dry-run --json lists them under “changed_fields”."
        )
    found = [
        change
        for change in pages.fields(limit=_ALL)
        if (change.object, change.field) == (object_, field) and _is(row, _names(change))
    ]
    rows = {change.row_id for change in found}
    if not found:
        raise UserError(
            f"These files change no {object_}.{field} of “{row}”. --dry-run --json lists what "
            "they change under “changed_fields”. Nothing was changed."
        )
    _need_one(rows, row)
    return [change.id for change in found]


def _names(change: FieldChange) -> tuple[str, ...]:
    return change.row_id, change.title, change.account if change.object == "account" else ""


def _is(text: str, names: Iterable[str]) -> bool:
    """Whether a record is called so."""
    return fold(text) in {fold(name) for name in names if name}


def _need_one(rows: set[str], text: str) -> None:
    if len(rows) > 1:
        ids = ", ".join(sorted(rows)[:5])
        raise UserError(
            f"“{text}” could be {len(rows)} records: {ids}. Give the id of one. "
            "Nothing was changed."
        )


def _leave_out(pages: StagedPages, text: str) -> None:
    """Let a new record out, leave one that was deleted in the CRM in, or two that it merged
    apart.
    """
    object_, sign, row = text.partition(":")
    if not (sign and row and object_ in SHAPES):
        kinds = ", ".join(SHAPES)
        raise UserError(
            f"“{text}” is no OBJECT:ID. Write such as --leave-out account:Acme, with one of "
            f"{kinds}."
        )
    new = [n for n in pages.new(object_, limit=_ALL) if _is(row, (n.row_id, n.title))]
    gone = [
        g for g in pages.gone(limit=_ALL) if g.object == object_ and _is(row, (g.row_id, g.title))
    ]
    merged = [m for m in pages.merges() if m.object == object_ and _is(row, (m.loser_id, m.loser))]
    if not (new or gone or merged):
        raise UserError(
            f"These files bring no new {object_} “{row}”, and none was deleted or merged. "
            "--dry-run --json lists them under “new”, “deleted” and “merged”. Nothing was changed."
        )
    rows = {n.row_id for n in new} | {g.row_id for g in gone} | {m.loser_id for m in merged}
    _need_one(rows, row)
    pages.decide_new([n.row_id for n in new], take=False, object_=object_)
    pages.decide_gone([g.id for g in gone], take=False)
    pages.decide_merges([m.id for m in merged], take=False)


def _keep_account(pages: StagedPages, name: str) -> None:
    """Take nothing of an account: no changed field, no new record, no deletion, no merging."""
    fields, gone, merged = pages.fields(limit=_ALL), pages.gone(limit=_ALL), pages.merges()
    titles = [(f.account_id, f.account) for f in fields] + [(g.account_id, g.account) for g in gone]
    titles += [(n.row_id, n.title) for n in pages.new("account", limit=_ALL)]
    for how in ("", "id"):
        titles += [(m.account_id, m.account) for m in pages.matches(how=how, limit=_ALL)]
    for m in merged:
        if m.object == "account":
            titles += [(m.loser_id, m.loser), (m.master_id, m.master)]
    found = {i for i, title in titles if i and _is(name, (i, title))}
    if not found:
        raise UserError(
            f"No account of these files is called “{name}”. --dry-run lists what they change. "
            "Nothing was changed."
        )
    _need_one(found, name)
    (account,) = found
    pages.decide([f.id for f in fields if f.account_id == account], take=False)
    pages.decide_new(take=False, account_id=account)
    pages.decide_gone([g.id for g in gone if g.account_id == account], take=False)
    both = [m.id for m in merged if account in (m.loser_id, m.master_id)]
    pages.decide_merges(both, take=False)
