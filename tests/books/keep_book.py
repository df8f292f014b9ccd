"""Writes the book that stands in `tests/books/` for the present schema, to be kept for ever.

Run once for each schema, by the version that introduced it: `python -m tests.books.keep_book`.
A book that is there already is left alone: it was made by the version it stands for.
"""

import json
from datetime import UTC, date, datetime
from pathlib import Path

from csplanner.book.book import Book
from csplanner.book.schema import SCHEMA_VERSION
from csplanner.crm.importing import apply, stage
from csplanner.domain.account import Account, AccountId, Exit, Opportunity, Subscription, Tier
from csplanner.domain.alternative import Alternative, AlternativeKind
from csplanner.domain.archived import ArchivedRecord, PersonAccount
from csplanner.domain.attention import Attention, Verdict
from csplanner.domain.definition import DefinitionChange, DefinitionPart
from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.exported import Exported
from csplanner.domain.inspection import Answer, Inspection, InspectionItem
from csplanner.domain.map_record import AccountMap, MapAnswer, MapPlace, MapVerdict
from csplanner.domain.note import Note
from csplanner.domain.objective import Objective
from csplanner.domain.person import (
    Adaptability,
    Orientation,
    Outside,
    Politics,
    Relation,
    Role,
    Seat,
    Side,
)
from csplanner.domain.placement import Placement
from csplanner.domain.promise import Promise
from csplanner.domain.raci import Letter, RaciCell
from csplanner.domain.rate import Rate
from csplanner.domain.rating import Rating, Scale
from csplanner.domain.reading import Band
from csplanner.domain.recipe import Meaning, Recipe, Whose
from csplanner.domain.scorecard import Grader, Scorecard, ScorecardFactor, ScorecardGrade
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.domain.settings import BookSettings
from csplanner.domain.snapshot import Quarantined, Snapshot
from csplanner.domain.task import Task, TaskKind
from csplanner.domain.tie import Tie, TieKind
from csplanner.domain.time_entry import TimeEntry
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import NOT_APPLICABLE, fact
from csplanner.errors import UserError
from csplanner.resources import resource
from tests.book.digest import digest

TODAY = date(2026, 3, 12)
BOOKS = Path(__file__).resolve().parent


def keep_book() -> Path:
    """Make the book and the list of its rows; raises UserError when it is there already."""
    path = BOOKS / f"schema-{SCHEMA_VERSION}.csbook"
    if path.exists():
        raise UserError(f"{path.name} is there already and is kept as it is.")
    BOOKS.mkdir(exist_ok=True)
    with Book.create(path, BookSettings(name="Kept"), today=TODAY) as book:
        _fill(book, path)
        book.refresh()
        rows = digest(book)
    path.with_suffix(".json").write_text(
        json.dumps(rows, ensure_ascii=False, indent=0) + "\n", encoding="utf-8"
    )
    return path


def _fill(book: Book, path: Path) -> None:
    """One snapshot, then something of every kind that only a person records."""
    first = sorted(p for p in resource("sample").iterdir() if p.is_dir())[0]
    staged = stage([first], path)
    apply(book, staged)
    staged.discard()
    book.refresh()
    account = book.accounts.all()[0].id
    book.accounts.add(Account(AccountId(""), "Łódź <b>& Co</b>", criticality=NOT_APPLICABLE))
    book.accounts.update(account, next_step="Call Dana", pinned=True)
    book.pulses.add(Pulse("", account, TODAY, Sentiment.UNEASY, "They went quiet"))
    people = tuple(p.id for p in book.people.of(account)[:2])
    book.touches.add(Touch("", account, TODAY, Channel.CALL, "Prices", person_ids=people))
    book.objectives.add(
        Objective("", account, "Calls answered", "%", fact(62000), fact(81000), fact(85000))
    )
    book.placements.add(Placement("", account, TODAY, Tier.HIGH, "They grow", Tier.MEDIUM))
    book.exits.add(Exit("", account, TODAY, "downgraded", "", "price", "Their letter"))
    book.attention.set(Attention(account, "touch_overdue", Verdict.SNOOZED, "d"), "Snooze")
    book.views.add("Mine", {"sort": "arr"})
    _fill_judgement(book, account, people)
    _fill_jottings(book, account, people)
    _fill_imports(book, account, people)
    _fill_maps(book, account, people)
    book.accounts.update(account, name="Undone name")
    book.undo()


def _fill_judgement(book: Book, account: AccountId, people: tuple[str, ...]) -> None:
    """A row in every table that the second schema brought, and in those left empty before."""
    told = Evidence(EvidenceKind.TOLD, "Dana", "On the phone", TODAY)
    seat = book.seats.add(Seat("", account, Role.SPONSOR, people[0], title="Head of rail")).id
    below = book.seats.add(Seat("", account, Role.INFLUENCER, reports_to=seat)).id
    book.seats.update(seat, influence=fact(4), on_evidence=told)
    book.seats.fill(seat, people[1], on=TODAY, on_evidence=told)
    book.ties.add(
        Tie("", account, TieKind.INFLUENCES, from_seat_id=below, to_seat_id=seat, as_of=TODAY)
    )
    touch = book.touches.of(account)[-1].id
    book.promises.add(Promise("", account, "Send the plan", Side.OURS, due=TODAY, touch_id=touch))
    book.ratings.add(Rating("", account, TODAY, "bill", Scale.NPS, fact(3), people[0]))
    card = book.scorecards.add(Scorecard("", account, "2026-Q1", TODAY)).id
    factor = book.scorecard_factors.add(ScorecardFactor("", account, card, "On time", fact(400))).id
    book.scorecard_grades.add(ScorecardGrade("", account, factor, Grader.SENIOR, fact(80_000)))
    book.raci.add(RaciCell("", account, "renewal", "CSM", Letter.ACCOUNTABLE, person_id=people[0]))
    items = (InspectionItem("buyer", Answer.NO, "Nobody met them"),)
    book.inspections.add(Inspection("", account, TODAY, None, "Ben", items, Band.WATCH))
    book.opportunities.add(Opportunity("", account, "More seats", close_on=TODAY))
    book.subscriptions.add(Subscription("", account, "Core", TODAY, seats=40))
    book.alternatives.add(Alternative("", account, "Spreadsheets", AlternativeKind.IN_HOUSE))
    book.time_entries.add(TimeEntry("", account, TODAY, "call", 25, touch))
    book.definition_log.add(DefinitionChange("", TODAY, DefinitionPart.TIERS, "Cuts", "Too many"))
    book.rates.set(Rate("EUR", "USD", TODAY, 1_080_000))
    book.export_log.add(Exported("", "qbr", TODAY, "Łódź.pptx", account, "2026-Q1", {"a": "b"}))
    # What an erasure leaves, made up: no change takes it back, and nobody stands behind it.
    book.connection.execute(
        "insert into suppressed values ('s', '00', ?, ?)", ("0" * 64, TODAY.isoformat())
    )
    book.connection.execute("insert into erasure values ('e', ?, 2, 1)", (TODAY.isoformat(),))


def _fill_jottings(book: Book, account: AccountId, people: tuple[str, ...]) -> None:
    """A row in every table that the third schema brought."""
    touch = book.touches.of(account)[-1].id
    book.tasks.add(
        Task("", account, "Call Łukasz", TaskKind.TOUCH, TODAY, "14:30", 20, None, "Ask of QBR",
             people[0], touch)
    )  # fmt: skip
    book.tasks.done(book.tasks.add(Task("", None, "File the expenses")).id)
    book.notes.add(
        Note("", account, TODAY, "# Prices\nThey **wait** for us", people[1], pinned=True)
    )
    book.tags.add(account, "Ausschreibung 2026")


def _fill_imports(book: Book, account: AccountId, people: tuple[str, ...]) -> None:
    """A row in every table that the fourth schema brought."""
    columns = {"columns": [{"header": "Näme", "target": "account.name", "rule": ""}]}
    book.recipes.add(Recipe("", "CRM", "account", "0" * 20, "Weekly CRM export", columns, 9, TODAY))
    book.meanings.add(Meaning("", "CRM", "oppstate", "verbal", "Verbal", "won"))
    book.field_rules.set("account", "city", Whose.MINE)
    book.archived_records.add(
        ArchivedRecord("", account, "term", "k9", "Term to 2026", {"id": "k9", "end": "x"}, TODAY)
    )
    book.person_accounts.add(PersonAccount("", book.accounts.all()[1].id, people[0]))
    with book.change("Import", kind="import", batch="made-up"):
        cell = Quarantined("a.csv", 3, "ARR", "much", "No amount.", {"Näme": "Łódź", "ARR": "much"})
        at = datetime(2026, 3, 12, 9, tzinfo=UTC)
        book.snapshots.add(Snapshot("made-up", "CRM", TODAY, at), (cell,))
        book.connection.execute(
            "insert into news values ('w1', ?, ?, 'left', 40, '{\"name\": \"Dana\"}', 'person', "
            "'p1', 'made-up')",
            (account, TODAY.isoformat()),
        )
        book.connection.execute(
            "insert into refusal values ('r1', 'account', ?, 'city', 'value', 'Łódź', 'CRM', ?, "
            "'made-up')",
            (account, TODAY.isoformat()),
        )


def _fill_maps(book: Book, account: AccountId, people: tuple[str, ...]) -> None:
    """A row in every table that the fifth schema brought, and a value in every column."""
    part = book.maps.add(AccountMap("", account, "Łódź division"))
    book.map_places.add(MapPlace("", account, person_id=people[0], parked=True))
    book.map_places.add(MapPlace("", account, part.id, people[1], x=-40, y=96))
    book.map_answers.add(MapAnswer("", account, "joined:p1", MapVerdict.REFUSED, TODAY))
    book.people.update(
        people[1], outside=Outside.PARTNER, company="Öst & Co", politics=Politics.INNER,
        adaptability=Adaptability.PRAGMATIST, orientation=Orientation.FINANCIAL,
        relation_now=Relation.VENDOR, relation_wanted=Relation.ADVISOR,
    )  # fmt: skip
    seat = book.seats.of(account)[0].id
    book.seats.update(seat, has_power=True, sells_for_us=False, has_interest=None)
    book.ties.add(
        Tie(
            "", account, TieKind.PAIRED, people[0], people[1], as_of=TODAY, label="budget",
            weight=3, due=TODAY, ours_did="Sent the plan", they_asked="Fewer tickets",
        )
    )  # fmt: skip


if __name__ == "__main__":
    keep_book()
