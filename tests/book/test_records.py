"""Every kind of record is kept, changed, removed, undone and exported alike."""

import json
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from csplanner.book.book import Book
from csplanner.book.export import export_book
from csplanner.book.journal import belonging
from csplanner.book.records import Rows, records_of
from csplanner.book.schema import JOURNALLED
from csplanner.domain.account import (
    Account,
    AccountId,
    ArrUnit,
    Case,
    ContractTerm,
    Exit,
    Expectation,
    IcpFit,
    Opportunity,
    Subscription,
    TermOutcome,
    Tier,
)
from csplanner.domain.alternative import Alternative, AlternativeKind
from csplanner.domain.archived import ArchivedRecord, PersonAccount
from csplanner.domain.definition import DefinitionChange, DefinitionPart
from csplanner.domain.exported import Exported
from csplanner.domain.inspection import Answer, Inspection, InspectionItem
from csplanner.domain.map_record import AccountMap, MapAnswer, MapPlace, MapVerdict
from csplanner.domain.measurement import Measurement
from csplanner.domain.money import Money
from csplanner.domain.note import Note
from csplanner.domain.objective import Objective
from csplanner.domain.outcome import Control, ExitKind, Foreseen, ToldBy
from csplanner.domain.person import Level, Person, Role, Seat, Side
from csplanner.domain.placement import Placement
from csplanner.domain.promise import Promise, PromiseState
from csplanner.domain.raci import Letter, RaciCell, RaciSide
from csplanner.domain.rate import Rate
from csplanner.domain.rating import Rating, Respondent, Scale
from csplanner.domain.reading import Band
from csplanner.domain.recipe import FieldRule, Meaning, Recipe, Whose
from csplanner.domain.scorecard import Grader, Scorecard, ScorecardFactor, ScorecardGrade
from csplanner.domain.sentiment import ButWhat, GutVerdict, Pulse, Sentiment
from csplanner.domain.task import Task, TaskKind
from csplanner.domain.tenure import Tenure
from csplanner.domain.tie import Tie, TieKind
from csplanner.domain.time_entry import TimeEntry
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import NOT_APPLICABLE, UNKNOWN, fact
from csplanner.errors import UserError
from tests.book.digest import digest

ACME = AccountId("acme")
DAY, LATER = date(2026, 3, 1), date(2026, 3, 9)
EURO = fact(Money(5_000_00, "EUR"))


@dataclass(frozen=True)
class Kind:
    """A shelf of the book with a record that says everything, and a change to it."""

    shelf: str
    record: Any
    change: dict[str, object]


KINDS = [
    Kind("people", Person("x", ACME, "Łucja", Side.OURS, "CFO", "l@acme.org", level=Level.EXEC,
                          function="Finance", joined_on=DAY, sponsor_of="dana", reports_to="dana"),
         {"level": Level.DIRECTOR, "sponsor_of": None}),
    Kind("seats", Seat("x", ACME, Role.CHAMPION, None, fact(4), NOT_APPLICABLE, DAY, "Head of rail",
                       "seat"),
         {"title": "", "influence": UNKNOWN, "reports_to": None}),
    Kind("tenures", Tenure("x", ACME, "seat", "dana", DAY, LATER, "promoted", "Her note"),
         {"until": None}),
    Kind("ties", Tie("x", ACME, TieKind.INFLUENCES, from_seat_id="seat", to_person_id="dana",
                     strength=fact(40), evidence="Said so", as_of=DAY),
         {"strength": UNKNOWN, "kind": TieKind.DOUBTS, "weight": 3, "due": DAY}),
    Kind("maps", AccountMap("x", ACME, "Schiene", 2), {"name": "Straße", "position": 0}),
    Kind("map_places", MapPlace("x", ACME, None, None, "seat", 40, -8),
         {"x": None, "y": None, "parked": True}),
    Kind("map_answers", MapAnswer("x", ACME, "left:dana", MapVerdict.TAKEN, DAY),
         {"verdict": MapVerdict.REFUSED}),
    Kind("terms", ContractTerm("x", ACME, LATER, DAY, ordinal=2, outcome=TermOutcome.RENEWED,
                               outcome_on=DAY, arr_after=EURO, escalator=NOT_APPLICABLE),
         {"outcome_on": LATER, "arr_after": UNKNOWN}),
    Kind("opportunities", Opportunity("x", ACME, "More seats", amount=EURO), {"probability": 30}),
    Kind("cases", Case("x", ACME, "1", "Slow", opened_on=DAY, person_id="dana"),
         {"satisfaction": fact(2)}),
    Kind("subscriptions", Subscription("x", ACME, "Core", DAY, arr=EURO), {"seats": 40}),
    Kind("exits", Exit("x", ACME, DAY, "opted out", "Rival", "Value not realised", "Letter",
                       kind=ExitKind.NO_EXPANSION, contributing=("Price", "Überraschung"),
                       first_signal="Silence", first_signal_on=DAY, controllable=Control.BY_US,
                       foreseen=Foreseen.YES, band_before="good", evidence_on=DAY,
                       told_by=ToldBy.SENIOR, function="Product", term_id="term", arr=EURO),
         {"contributing": (), "band_before": None, "arr": UNKNOWN}),
    Kind("touches", Touch("x", ACME, DAY, Channel.CALL, "Prices", person_ids=("dana",)),
         {"meaningful": fact(value=True)}),
    Kind("time_entries", TimeEntry("x", ACME, DAY, "call", 25, "touch", "Prices"), {"minutes": 30}),
    Kind("measurements", Measurement("x", ACME, "usage.events", fact(5000), DAY),
         {"value": NOT_APPLICABLE}),
    Kind("pulses", Pulse("x", ACME, DAY, Sentiment.UNEASY, "Quiet", category=ButWhat.POLITICS,
                         measure="Sponsor", review_on=LATER, verdict=GutVerdict.GUT),
         {"verdict": GutVerdict.OPEN, "category": ButWhat.UNSAID}),
    Kind("objectives", Objective("x", ACME, "Fewer delays", "%", fact(8000), problem="Fines",
                                 affects="Riders", sponsor="Dana", metric="Delay", read_by="Board",
                                 baseline_on=DAY, contribution="Plans", criteria="Below 2 %",
                                 risks="Budget", appetite="High", agreed_by="Dana",
                                 confirmed_by="Ben"),
         {"actual": fact(5000), "confirmed_by": ""}),
    Kind("promises", Promise("x", ACME, "Send the plan", Side.OURS, "Mia", "Dana", DAY, LATER,
                             touch_id="touch", objective_id="goal"),
         {"state": PromiseState.KEPT, "kept_on": DAY}),
    Kind("ratings", Rating("x", ACME, DAY, "bill", Scale.NPS, fact(3), "dana", Respondent.SENIOR,
                           "Is it right?", "Finance", "Ben", "billing", "New layout", LATER),
         {"value": UNKNOWN, "closed_on": None}),
    Kind("scorecards", Scorecard("x", ACME, "2026-Q1", DAY, LATER, 80_000, "First"),
         {"returned_on": None}),
    Kind("scorecard_factors", ScorecardFactor("x", ACME, "card", "On time", fact(300),
                                              must_have=True, position=2, same_as="f0"),
         {"weight": UNKNOWN}),
    Kind("scorecard_grades", ScorecardGrade("x", ACME, "factor", Grader.SENIOR, fact(80_000),
                                            "dana", "Good", DAY),
         {"grade": UNKNOWN}),
    Kind("raci", RaciCell("x", ACME, "renewal", "CSM", Letter.ACCOUNTABLE, RaciSide.CUSTOMER,
                          "dana", DAY, "Agreed"),
         {"letter": Letter.INFORMED, "person_id": None}),
    Kind("inspections", Inspection("x", ACME, DAY, "term", "Ben",
                                   (InspectionItem("buyer", Answer.NO, "„Nobody“ met"),
                                    InspectionItem("paper")),
                                   Band.RISK, "Three reasons", "The CFO stays", LATER),
         {"items": (), "band": None}),
    Kind("alternatives", Alternative("x", ACME, "Rival", AlternativeKind.IN_HOUSE, DAY, "Dana",
                                     "Half built"),
         {"kind": AlternativeKind.NOTHING}),
    Kind("placements", Placement("x", ACME, DAY, Tier.HIGH, "Grows"), {"tier": Tier.LOW}),
    Kind("definition_log", DefinitionChange("x", DAY, DefinitionPart.TIERS, "Cuts", "Too many",
                                            "[1]", "[2]", "Mia"),
         {"why": "Too few"}),
    Kind("export_log", Exported("x", "qbr", DAY, "Acme.pptx", ACME, "2026-Q1",
                                {"Titel ä": "d1"}),
         {"shapes": {}, "account_id": None}),
    Kind("tasks", Task("x", ACME, "Call Łucja", TaskKind.TOUCH, LATER, "14:30", 20, None, "Prices",
                       "dana", "touch"),
         {"done_on": LATER, "at": "", "account_id": None}),
    Kind("notes", Note("x", ACME, DAY, "# Prices\nThey **wait**", "dana", pinned=True),
         {"text": "They signed", "pinned": False, "person_id": None}),
    Kind("recipes", Recipe("x", "CRM", "account", "k", "Weekly", {"columns": [["Näme", ""]]}, 2,
                           DAY),
         {"name": "Monthly", "used": 3, "last_used": LATER}),
    Kind("meanings", Meaning("x", "CRM", "oppstate", "verbal", "Verbal", "won"),
         {"meaning": "open"}),
    Kind("field_rules", FieldRule("x", "account", "city", Whose.MINE, "CRM"),
         {"whose": Whose.THEIRS}),
    Kind("archived_records", ArchivedRecord("x", ACME, "task", "t1", "Cäll", {"id": "t1"}, DAY),
         {"gone_on": LATER}),
    Kind("person_accounts", PersonAccount("x", ACME, "dana", "Buyer"), {"role": ""}),
]  # fmt: skip


@pytest.fixture
def stocked(book: Book) -> Book:
    """A book with one account and what the records of KINDS point to."""
    book.accounts.add(Account(ACME, "Acme"))
    book.people.add(Person("dana", ACME, "Dana"))
    book.seats.add(Seat("seat", ACME, Role.SPONSOR, "dana"))
    book.terms.add(ContractTerm("term", ACME, LATER))
    book.touches.add(Touch("touch", ACME, DAY, Channel.CALL))
    book.objectives.add(Objective("goal", ACME, "Goal"))
    book.scorecards.add(Scorecard("card", ACME, "2025-Q4"))
    book.scorecard_factors.add(ScorecardFactor("factor", ACME, "card", "Answers"))
    return book


@pytest.fixture(params=KINDS, ids=lambda kind: kind.shelf)
def kind(request: pytest.FixtureRequest) -> Kind:
    made: Kind = request.param
    return made


def read(book: Book, kind: Kind) -> Any:
    """The record as it is kept now, None when it is not."""
    shelf = getattr(book, kind.shelf)
    held = shelf.of(ACME) if hasattr(shelf, "of") else shelf.all()
    if isinstance(shelf, Rows):
        held = (*held, *shelf.all())
    return next((r for r in held if r.id == "x"), None)


def test_a_record_is_kept_changed_removed_and_every_step_undone(stocked: Book, kind: Kind) -> None:
    shelf = getattr(stocked, kind.shelf)
    states = [digest(stocked)]
    shelf.add(kind.record)
    assert read(stocked, kind) == kind.record
    states.append(digest(stocked))
    shelf.update("x", **kind.change)
    assert read(stocked, kind) == replace(kind.record, **kind.change)
    states.append(digest(stocked))
    shelf.remove("x")
    assert read(stocked, kind) is None
    states.append(digest(stocked))
    for state in reversed(states[:-1]):
        stocked.undo()
        assert digest(stocked) == state
    for state in states[1:]:
        stocked.redo()
        assert digest(stocked) == state


def test_an_exported_book_holds_the_record(stocked: Book, kind: Kind, tmp_path: Path) -> None:
    getattr(stocked, kind.shelf).add(kind.record)
    written = export_book(stocked, tmp_path, "json").files[0]
    table = records_of(type(kind.record)).table
    held = json.loads(written.read_text(encoding="utf-8"))["tables"][table]
    ids = [row[held["columns"].index("id")] for row in held["rows"]]
    assert "x" in ids


def test_every_journalled_table_has_its_record_tried() -> None:
    tried = {records_of(type(k.record)).table for k in KINDS}
    others = {
        "account", "attention", "external_ref", "field_history", "news", "quarantine", "rate",
        "refusal", "saved_view", "setting", "snapshot", "tag", "touch_person",
    }  # fmt: skip
    assert tried | others == set(JOURNALLED)


def test_what_nobody_said_is_unknown() -> None:
    account = Account(ACME, "Acme")
    assert (account.icp_fit, account.arr_unit) == (IcpFit.UNKNOWN, ArrUnit.UNKNOWN)
    assert account.expectation is Expectation.UNKNOWN
    assert Person("", ACME, "Dana").level is Level.UNKNOWN
    left = Exit("", ACME, DAY)
    assert (left.controllable, left.foreseen, left.told_by, left.arr) == (
        Control.UNKNOWN, Foreseen.UNKNOWN, ToldBy.UNKNOWN, UNKNOWN,
    )  # fmt: skip


def test_the_fields_an_account_gained_are_read_back(stocked: Book) -> None:
    gained: dict[str, Any] = {
        "icp_fit": IcpFit.PARTIAL, "arr_unit": ArrUnit.MRR, "acquired_by": "Fair",
        "acquired_promise": "Fewer delays", "expectation": Expectation.PARTLY,
        "first_value_promised": DAY, "first_value_by": "Dana", "success": "No fines",
        "success_on": LATER,
    }  # fmt: skip
    stocked.accounts.update(ACME, **gained)
    kept = stocked.accounts.get(ACME)
    assert {name: getattr(kept, name) for name in gained} == gained
    assert gained.keys() <= {f.name for f in fields(Account)}


def test_merging_takes_every_record_along(stocked: Book) -> None:
    for kind in KINDS:
        getattr(stocked, kind.shelf).add(kind.record)
    stocked.accounts.add(Account(AccountId("apex"), "Apex"))
    before = digest(stocked)
    stocked.accounts.merge("apex", ACME)
    db = stocked.connection
    for table in belonging(db):
        left = db.execute(f"select count(*) from {table} where account_id = ?", (ACME,)).fetchone()
        assert left == (0,), table
    stocked.undo()
    assert digest(stocked) == before


def test_a_tie_needs_an_end_on_either_side() -> None:
    with pytest.raises(ValueError, match="at each end"):
        Tie("", ACME, TieKind.KNOWS, from_person_id="dana")
    with pytest.raises(ValueError, match="at each end"):
        Tie("", ACME, TieKind.KNOWS, from_person_id="dana", to_person_id="ben", to_seat_id="seat")


def test_changing_what_is_gone_says_so(stocked: Book) -> None:
    with pytest.raises(UserError, match="promise is no longer in the book"):
        stocked.promises.update("nowhere", what="New")


def test_a_rate_of_the_same_day_takes_the_place_of_the_first(book: Book) -> None:
    book.rates.set(Rate("EUR", "USD", DAY, 1_080_000))
    book.rates.set(Rate("EUR", "USD", DAY, 1_090_000, "Bank"))
    kept = book.rates.set(Rate("EUR", "USD", LATER, 1_100_000))
    assert [(r.on, r.millionths, r.source) for r in book.rates.all()] == [
        (DAY, 1_090_000, "Bank"), (LATER, 1_100_000, ""),
    ]  # fmt: skip
    assert book.rates.table().convert(Money(100, "EUR"), "USD", DAY) == Money(109, "USD")
    book.rates.remove(kept.id)
    book.undo()
    book.undo()
    assert [r.millionths for r in book.rates.all()] == [1_090_000]


def test_a_rate_between_words_is_refused(book: Book) -> None:
    with pytest.raises(UserError, match="no currency code"):
        book.rates.set(Rate("euro", "USD", DAY, 1))
