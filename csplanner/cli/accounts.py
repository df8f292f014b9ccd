"""Verbs about accounts: the list, and one account whole."""

from argparse import Namespace

from csplanner.book.book import Book
from csplanner.cli.books import looked
from csplanner.cli.output import day, money, number, one_line, plain, print_json, print_table
from csplanner.domain.account_file import AccountFile
from csplanner.domain.filters import View
from csplanner.domain.filters_view import parse_view, view_of_spec
from csplanner.domain.overview import Overview
from csplanner.domain.wording import count_text
from csplanner.errors import UserError


def accounts(options: Namespace) -> int:
    """List the book's rows in the order of renewal, or as a view that is named or written out."""
    with looked(options) as book:
        lines = book.overview.all(_view(book, options))
        as_of = book.as_of()
    if options.json:
        print_json({"as_of": as_of, "accounts": [_row(line) for line in lines]})
        return 0
    print_table(
        ("Account", "Tier", "Health", "Score", "Sentiment", "ARR", "Renewal", "Last touch"),
        [
            (
                line.name, line.tier.value if line.tier else "not placed", line.band.value,
                number(line.score), line.sentiment.word if line.sentiment else "—",
                money(line.arr), day(line.decision_on), day(line.last_touch),
            )
            for line in lines
        ],
        "lllrlrll",
    )  # fmt: skip
    print(f"{count_text(len(lines), 'account')} as of {as_of}")
    return 0


def _view(book: Book, options: Namespace) -> View:
    if options.filter:
        try:
            return parse_view(options.filter, book.as_of()).view
        except ValueError as error:
            raise UserError(str(error)) from None
    if options.view:
        for view in book.views.all():
            if view.name.casefold() == options.view.casefold():
                return view_of_spec(view.spec)
        names = ", ".join(v.name for v in book.views.all()) or "none yet"
        raise UserError(f"No saved view is called “{options.view}”. There are: {names}.")
    return View()


def _row(line: Overview) -> dict[str, object]:
    return {
        "id": line.account_id, "name": line.name, "sector": line.sector, "tier": line.tier,
        "rule_tier": line.rule_tier, "band": line.band, "score": line.score,
        "low": line.low, "high": line.high, "coverage": line.coverage / 100,
        "change_90d": line.change_90d,
        "sentiment": line.sentiment.word if line.sentiment else None, "gap": line.gap,
        "arr": line.arr, "renewal_on": line.decision_on, "term_end": line.term_end,
        "year": line.year, "last_touch_on": line.last_touch, "next_step": line.next_step,
        "pinned": line.pinned,
    }  # fmt: skip


_THOUSANDTHS = {
    "measurements": ("value",),
    "objectives": ("baseline", "actual", "target"),
    "readings": ("score", "low", "high", "coverage"),
}
"""What the book keeps in integer thousandths, by the list it stands in."""


def _file_row(file: AccountFile) -> dict[str, object]:
    """The records of an account in the units people read."""
    rows = {name: getattr(file, name) for name in file.__dataclass_fields__}
    document = plain(rows)
    assert isinstance(document, dict)
    for name, values in _THOUSANDTHS.items():
        for record in document[name]:
            record.update({v: record[v] / 1000 for v in values if record[v] is not None})
    return document


def account(options: Namespace) -> int:
    """Everything known about one account."""
    with looked(options) as book:
        found = book.accounts.only(options.account)
        file, judgement = book.derived.judge(found.id)
        history = book.history(50, found.id)
    if options.json:
        print_json(
            {"account": file.account, "overview": _row(judgement.overview),
             "file": _file_row(file), "history": history}
        )  # fmt: skip
        return 0
    line = judgement.overview
    print(one_line(line.name))
    facts = (
        ("Sector", line.sector or "—"),
        ("Tier", f"{line.tier or 'not placed'}: {line.tier_reason}"),
        ("Health", f"{line.band}, score {number(line.score)}, {line.band_reason}"),
        ("Sentiment", line.sentiment.word if line.sentiment else "—"),
        ("ARR", money(line.arr)), ("Renewal", day(line.decision_on)),
        ("Last touch", day(line.last_touch)), ("Next step", line.next_step or "—"),
        ("People", str(len(file.people))), ("Open cases", str(line.open_cases)),
        ("Opportunities", str(len(file.opportunities))), ("Objectives", str(len(file.objectives))),
    )  # fmt: skip
    for name, value in facts:
        print(f"  {name:<14}{one_line(str(value))}")
    return 0
