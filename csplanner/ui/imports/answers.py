"""The questions of a staged snapshot: same names, records deleted or merged in the CRM."""

from collections.abc import Callable
from typing import Any

from csplanner.book.staging_answers import NEW, GoneRecord, Match, MergedRecord
from csplanner.book.staging_pages import StagedPages
from csplanner.language import Spoken, noted, tr
from csplanner.ui.imports.choices import FIRST, SECOND, STRETCH, Choice, Sheet
from csplanner.ui.imports.words import kind_of
from csplanner.ui.widgets.format import number

SHARED = Spoken(
    {
        "domain": noted("web domain"),
        "city": noted("city"),
        "country": noted("country"),
        "owner": noted("owner"),
        "sector": noted("sector"),
        "arr": noted("ARR"),
        "people": noted("people"),
    }
)
_HOW = Spoken(
    {
        "id": noted("by its id"),
        "domain": noted("by its web domain"),
        "name": noted("by its name"),
        "chosen": noted("as you said"),
    }
)
_ASKED = ("open", "ambiguous")


def questions(pages: StagedPages) -> int:
    """How many accounts of the files may be one of the book's and wait for your answer."""
    return sum(pages.match_count(state=state) for state in _ASKED)


def answerable(pages: StagedPages) -> int:
    """How many lines of accounts there are that were matched other than by id, or are asked."""
    return int(pages.connection.execute("select count(*) from d_match").fetchone()[0])


def matches(pages: StagedPages, answered: Callable[[dict[str, str]], None]) -> Sheet:
    """Accounts of the files beside those of the book; `answered` hears every answer so far."""

    def load(offset: int, limit: int) -> list[Choice]:
        return [_match(match) for match in pages.matches(offset=offset, limit=limit)]

    def answer(choice: Choice | None, place: int) -> None:
        if choice is None:
            said = _for_all(pages, place)
        else:
            ext, account_id = choice.key
            said = {ext: account_id if place == FIRST else NEW}
        if said:
            answered(pages.answer_matches(said))

    return Sheet(
        tr("Same name?"),
        (tr("In the file"), tr("In your book"), tr("Both have")),
        (STRETCH, 180, 130),
        (tr("Same account"), tr("New account")),
        answerable(pages),
        load,
        answer,
        (tr("Same account for all"), tr("New account for all")),
        spare=2,
    )


def _for_all(pages: StagedPages, place: int) -> dict[str, str]:
    """Every open question; which of several accounts a name is, is never answered so."""
    found = pages.matches(state="open", limit=-1)
    if place == FIRST:
        return {m.ext: m.account_id for m in found}
    return {m.ext: NEW for m in (*found, *pages.matches(state="ambiguous", limit=-1))}


def _match(match: Match) -> Choice:
    shares = ", ".join(SHARED.get(word, word) for word in match.shares)
    if match.state == "ambiguous":
        shares = tr("one of several; {0}").format(shares) if shares else tr("one of several")
    chosen = {"taken": FIRST, "refused": SECOND}.get(match.state)
    how = _HOW.get(match.how, "") if match.state == "taken" else ""
    account = f"{match.account}, {how}" if how and match.account else match.account
    place = tr("{0}, row {1}").format(match.name, number(match.row)) if match.row else match.name
    return Choice((match.ext, match.account_id), (place, account, shares or how), chosen)


def gone(pages: StagedPages) -> Sheet:
    """Records deleted in the CRM: put away with the import, or kept."""

    def load(offset: int, limit: int) -> list[Choice]:
        return [_gone(record) for record in pages.gone(offset=offset, limit=limit)]

    def answer(choice: Choice | None, place: int) -> None:
        pages.decide_gone(None if choice is None else [choice.key], take=place == FIRST)

    return Sheet(
        tr("Deleted in the CRM"),
        (tr("Record"), tr("Kind"), tr("Account")),
        (STRETCH, 130, 190),
        (tr("Archive"), tr("Keep")),
        pages.gone_count(),
        load,
        answer,
        (tr("Archive all"), tr("Keep all")),
    )


def _gone(record: GoneRecord) -> Choice:
    kind = kind_of(record.object)
    cells = (record.title or kind, kind, record.account)
    return Choice(record.id, cells, FIRST if record.take else SECOND)


def merged(pages: StagedPages) -> Sheet:
    """Records the CRM merged: so in the book, or left apart."""
    found = pages.merges()

    def load(offset: int, limit: int) -> list[Choice]:
        return [_merged(record) for record in pages.merges()[offset : offset + limit]]

    def answer(choice: Choice | None, place: int) -> None:
        pages.decide_merges(None if choice is None else [choice.key], take=place == FIRST)

    return Sheet(
        tr("Merged in the CRM"),
        (tr("Was"), tr("Becomes part of"), tr("Kind")),
        (STRETCH, 220, 120),
        (tr("Merge"), tr("Leave apart")),
        len(found),
        load,
        answer,
        (tr("Merge all"), tr("Leave all apart")),
    )


def _merged(record: MergedRecord) -> Choice:
    cells = (record.loser, record.master, kind_of(record.object))
    return Choice(record.id, cells, FIRST if record.take else SECOND)


ASKED: dict[str, Callable[..., Any]] = {"gone": gone, "merged": merged}
"""The sheets that are answered at once, by the key of their section."""
