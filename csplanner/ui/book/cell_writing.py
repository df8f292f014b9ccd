"""Writes changed cells into the book: all of them are one change, one step to undo."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from csplanner.book.book import Book
from csplanner.domain.account import AccountId, ContractTerm
from csplanner.domain.overview import Overview
from csplanner.domain.placement import Placement
from csplanner.domain.sentiment import Pulse
from csplanner.domain.tiers import refusal
from csplanner.domain.value import fact
from csplanner.domain.wording import count_text
from csplanner.errors import UserError
from csplanner.language import noted, tr, within
from csplanner.ui.book.cell_values import Choice, Feeling
from csplanner.ui.book.columns import COLUMNS, Col
from csplanner.ui.book.editing import Edit

REVIEW_AFTER = timedelta(days=90)
_MANY = 50
_NAMES = {
    Col.ACCOUNT: "name", Col.SECTOR: "sector", Col.OWNER: "owner", Col.SEGMENT: "segment",
    Col.COUNTRY: "country", Col.CITY: "city", Col.STEP: "next_step", Col.STEP_DUE: "next_step_due",
    Col.ARR: "arr", Col.CRITICALITY: "criticality",
}  # fmt: skip
_FACTS = (Col.ARR, Col.CRITICALITY)


def write_cells(book: Book, edits: Sequence[Edit], reason: str = "") -> str:
    """Write the values and return the line to say.

    `reason` explains tiers other than the rule's that have none. Raises UserError, and writes
    nothing, when an account has gone or must not have its value.
    """
    by_account: dict[str, dict[int, Any]] = {}
    for edit in edits:
        by_account.setdefault(edit.account_id, {})[edit.column] = edit.value
    label = _label(book, edits, by_account)
    with book.change(label, many=len(by_account) > _MANY):
        for account_id, values in by_account.items():
            _write_account(book, account_id, values, reason)
    return label


def _label(book: Book, edits: Sequence[Edit], by_account: dict[str, dict[int, Any]]) -> str:
    columns = {edit.column for edit in edits}
    who = count_text(len(by_account), "account")
    if len(by_account) == 1:
        who = book.accounts.get(edits[0].account_id).name
    if len(columns) == 1:
        title = noted("Name") if Col.ACCOUNT in columns else COLUMNS[columns.pop()].title
        what = within(tr(title))
    else:
        what = count_text(len(edits), "cell")
    return tr("Set {0} of {1}").format(what, who)


def _write_account(book: Book, account_id: str, values: dict[int, Any], reason: str) -> None:
    fields = {name: values[at] for at, name in _NAMES.items() if at in values}
    for at in _FACTS:
        if at in values:
            fields[_NAMES[at]] = fact(values[at])
    if fields.get("next_step") == "":
        fields["next_step_due"] = None
    if fields:
        book.accounts.update(account_id, **fields)
    if Col.TIER in values:
        _place(book, account_id, values[Col.TIER], reason)
    if Col.SENTIMENT in values:
        feeling: Feeling = values[Col.SENTIMENT]
        book.pulses.add(
            Pulse("", AccountId(account_id), book.today, feeling.sentiment, feeling.because,
                  blind=False)
        )  # fmt: skip
    if Col.RENEWAL in values:
        _move_renewal(book, account_id, values)
    if Col.TAGS in values:
        _set_tags(book, account_id, values[Col.TAGS])


def _place(book: Book, account_id: str, choice: Choice, reason: str) -> None:
    line = _line(book, account_id)
    barred = refusal(line, choice.tier)
    if barred:
        raise UserError(barred)
    is_other = line.rule_tier is not None and line.rule_tier is not choice.tier
    why = choice.reason or (reason if is_other else "")
    review = book.today + REVIEW_AFTER if is_other else None
    book.placements.add(
        Placement("", line.account_id, book.today, choice.tier, why.strip(), line.rule_tier, review)
    )


def _line(book: Book, account_id: str) -> Overview:
    line = book.overview.one(account_id)
    if line is None:
        raise UserError(tr("That account is no longer in the book. Refresh the page."))
    return line


def _move_renewal(book: Book, account_id: str, values: dict[int, Any]) -> None:
    """Let the renewal be decided on another day; the time to give notice stays as long as it is."""
    day, terms = values[Col.RENEWAL], book.terms.of(account_id)
    if not terms:
        account = book.accounts.get(account_id)
        book.terms.add(ContractTerm("", account.id, day, arr=account.arr))
        return
    # The cell shows the term that counts: the one whose day it shows.
    shown = _line(book, account_id).decision_on
    term = next((t for t in terms if t.decision_date == shown), terms[-1])
    moved = day - term.decision_date
    notice = term.notice_deadline
    if notice.value is not None:
        notice = replace(notice, value=notice.value + moved)
    book.terms.update(term.id, end=term.end + moved, notice_deadline=notice)


def _set_tags(book: Book, account_id: str, words: tuple[str, ...]) -> None:
    had = book.tags.of(account_id)
    for word in had:
        if word not in words:
            book.tags.remove(account_id, word)
    for word in words:
        if word not in had:
            book.tags.add(account_id, word)
