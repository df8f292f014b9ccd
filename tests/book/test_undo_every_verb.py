"""Undo restores the exact book whichever verb made the change; redo brings the change again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csplanner.book.book import Book
from csplanner.book.check import repair
from csplanner.book.recipes import Used
from csplanner.book.schema import JOURNALLED
from csplanner.domain.account import (
    Account,
    AccountId,
    Case,
    ContractTerm,
    Exit,
    Opportunity,
    Subscription,
    Tier,
)
from csplanner.domain.alternative import Alternative
from csplanner.domain.archived import ArchivedRecord, PersonAccount
from csplanner.domain.attention import Attention, Verdict
from csplanner.domain.definition import DefinitionChange, DefinitionPart
from csplanner.domain.exported import Exported
from csplanner.domain.inspection import Inspection
from csplanner.domain.map_record import AccountMap, MapAnswer, MapPlace, MapVerdict
from csplanner.domain.measurement import Measurement
from csplanner.domain.money import Money
from csplanner.domain.note import Note
from csplanner.domain.objective import Objective
from csplanner.domain.person import Person, Role, Seat, Side
from csplanner.domain.placement import Placement
from csplanner.domain.promise import Promise
from csplanner.domain.raci import Letter, RaciCell
from csplanner.domain.rate import Rate
from csplanner.domain.rating import Rating, Scale
from csplanner.domain.recipe import FieldRule, Meaning, Recipe, Whose
from csplanner.domain.scorecard import Grader, Scorecard, ScorecardFactor, ScorecardGrade
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.domain.snapshot import Quarantined, Snapshot
from csplanner.domain.task import Task, TaskKind
from csplanner.domain.tie import Tie, TieKind
from csplanner.domain.time_entry import TimeEntry
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import UNKNOWN, fact
from tests.book.digest import digest

DAY = date(2026, 3, 1)
ACME, TWIN = AccountId("a1"), AccountId("a2")

RECORDS = {
    "people": Person("x", ACME, "Dana"),
    "seats": Seat("x", ACME, Role.SPONSOR),
    "ties": Tie("x", ACME, TieKind.KNOWS, from_person_id="p1", to_seat_id="s1"),
    "maps": AccountMap("x", ACME, "Rail division"),
    "map_places": MapPlace("x", ACME, person_id="p1", x=40, y=80),
    "map_answers": MapAnswer("x", ACME, "left:p1:2026-03-01", MapVerdict.TAKEN, DAY),
    "terms": ContractTerm("x", ACME, DAY, arr=fact(Money(5, "EUR"))),
    "opportunities": Opportunity("x", ACME, "More seats"),
    "cases": Case("x", ACME, person_id="p1"),
    "subscriptions": Subscription("x", ACME),
    "exits": Exit("x", ACME, DAY),
    "time_entries": TimeEntry("x", ACME, DAY, "call", 30),
    "measurements": Measurement("x", ACME, "usage.seats_active", fact(4), DAY),
    "pulses": Pulse("x", ACME, DAY, Sentiment.UNSURE),
    "objectives": Objective("x", ACME, "Faster answers"),
    "promises": Promise("x", ACME, "A workshop", Side.OURS),
    "ratings": Rating("x", ACME, DAY, "Support", Scale.CSAT),
    "scorecards": Scorecard("x", ACME, "2026Q1"),
    "scorecard_factors": ScorecardFactor("x", ACME, "c1", "Speed"),
    "scorecard_grades": ScorecardGrade("x", ACME, "f1", Grader.SENIOR),
    "raci": RaciCell("x", ACME, "Renewal", "CSM", next(iter(Letter))),
    "inspections": Inspection("x", ACME, DAY),
    "alternatives": Alternative("x", ACME, "Rival"),
    "placements": Placement("x", ACME, DAY, Tier.HIGH),
    "definition_log": DefinitionChange("x", DAY, next(iter(DefinitionPart)), "Weights"),
    "export_log": Exported("x", "qbr", DAY, "deck.pptx"),
    "tasks": Task("x", ACME, "Send the deck", due=DAY, person_id="p1"),
    "notes": Note("x", ACME, DAY, "They *like* it"),
    "archived_records": ArchivedRecord("x", ACME, "task", "t9", "Call", {"id": "t9"}, DAY),
    "person_accounts": PersonAccount("x", TWIN, "p3"),
}


def furnish(book: Book) -> None:
    """Two accounts of one name with people, seats and records that others hang on."""
    with book.change("Furnish"):
        book.accounts.insert([Account(ACME, "Acme", city="Oslo"), Account(TWIN, "Acme")])
        for number, account in ((1, ACME), (2, TWIN)):
            book.people.add(Person(f"p{number}", account, "Rosa", email="r@acme.example"))
            book.seats.add(Seat(f"s{number}", account, Role.CHAMPION, f"p{number}"))
            touch = Touch(f"t{number}", account, DAY, Channel.CALL, person_ids=(f"p{number}",))
            book.touches.add(touch)
        book.people.add(Person("p3", ACME, "Ravi"))
        book.tasks.add(Task("k1", None, "File the expenses"))
        book.notes.add(Note("o1", ACME, DAY, "Call first"))
        book.tags.set([ACME, TWIN], "Tender")
        book.tags.add(TWIN, "Rail")
        book.scorecards.add(Scorecard("c1", ACME, "2025Q4"))
        book.scorecard_factors.add(ScorecardFactor("f1", ACME, "c1", "Care"))
        book.rates.set(Rate("EUR", "USD", DAY, 1_080_000))
        book.recipes.add(Recipe("m1", "crm", "person", "k", "Weekly", {"columns": []}, 1, DAY))
        book.meanings.add(Meaning("m2", "crm", "oppstate", "signed", "Signed", "won"))
        book.field_rules.add(FieldRule("m3", "account", "arr", Whose.MINE))
    book.refresh()


def attend(book: Book) -> None:
    book.attention.set(Attention(ACME, "gap", Verdict.DONE, "d"), "Finish")


def bring_in(book: Book) -> None:
    with book.change("Import", kind="import", batch="b1"):
        cell = Quarantined("a.csv", 3, "ARR", "much", "no amount")
        at = datetime(2026, 3, 1, 9)  # noqa: DTZ001
        book.snapshots.add(Snapshot("b1", "crm", DAY, at, "full", (), {}), (cell,))
        book.accounts.insert([Account(AccountId("n1"), "New")], "b1")
        book.people.insert([Person("n2", AccountId("n1"), "Nia")], "b1")
        book.touches.insert(
            [Touch("n3", AccountId("n1"), DAY, Channel.CALL, person_ids=("n2",))], "b1"
        )
        book.connection.execute(
            "insert into external_ref values ('r1', 'crm', 'account', '77', 'account', 'n1', 'b1')"
        )
        book.accounts.update(ACME, sector="Rail", source="crm")
        book.recipes.remember(Used("crm", "account", "k", "", "Weekly", {"columns": []}), DAY, "b1")
        book.meanings.remember("crm", {"oppstate": {"verbal": ("Verbal", "won")}}, "b1")
        book.field_rules.set("account", "city", Whose.MINE, snapshot_id="b1")
        book.connection.execute(
            'insert into news (id, account_id, "on", kind, snapshot_id) '
            "values ('w1', ?, '2026-03-01', 'left', 'b1')",
            (ACME,),
        )
        book.connection.execute(
            "insert into refusal values ('f1', 'account', ?, 'city', 'value', 'Oslo', 'crm', "
            "'2026-03-01', 'b1')",
            (ACME,),
        )
        gone = ArchivedRecord("a1", ACME, "term", "k9", "Term", {"id": "k9"}, DAY)
        book.archived_records.insert([gone], "b1")
        book.person_accounts.insert([PersonAccount("y1", TWIN, "p1")], "b1")


def bulk(book: Book) -> None:
    with book.change("Archive both"):
        for account in (ACME, TWIN):
            book.accounts.update(account, archived=True)


def break_and_repair(book: Book) -> None:
    with book.change("Break"):
        book.connection.execute("update seat set person_id = 'p2' where id = 's1'")
    assert repair(book)


def save_view(book: Book) -> None:
    book.views.add("Mine", {"sort": "name"})


def change_rate(book: Book) -> None:
    book.rates.set(Rate("EUR", "USD", DAY, 1_100_000, source="bank"))


VERBS: dict[str, Callable[[Book], object]] = {
    "account added": lambda b: b.accounts.add(Account(AccountId(""), "Another")),
    "account changed": lambda b: b.accounts.update(ACME, name="Apex", arr=fact(Money(7, "USD"))),
    "account emptied": lambda b: b.accounts.update(ACME, city="", arr=UNKNOWN, next_step="Call"),
    "account archived": lambda b: b.accounts.archive(ACME),
    "account pinned": lambda b: b.accounts.pin(ACME, pinned=True),
    "account deleted": lambda b: b.accounts.delete(ACME),
    "accounts merged": lambda b: b.accounts.merge(ACME, TWIN),
    "person changed": lambda b: b.people.update("p1", title="COO"),
    "person removed": lambda b: b.people.remove("p1"),
    "seat filled by another": lambda b: b.seats.fill("s1", "p3"),
    "seat vacated": lambda b: b.seats.vacate("s1", why="Left for a rival"),
    "seat removed": lambda b: b.seats.remove("s1"),
    "touch logged": lambda b: b.touches.add(
        Touch("", ACME, DAY, Channel.QBR, person_ids=("p1", "p3"))
    ),
    "touch changed": lambda b: b.touches.update("t1", note="They agreed", meaningful=fact(True)),
    "somebody took part in a touch": lambda b: b.touches.took_part(b.touches.of(ACME)[0], ["p3"]),
    "touch removed": lambda b: b.touches.remove("t1"),
    "scorecard removed": lambda b: b.scorecards.remove("c1"),
    "verdict in Today": attend,
    "settings changed": lambda b: b.set_settings(replace(b.settings, name="Ours", watch_from=40)),
    "view saved": save_view,
    "rate changed": change_rate,
    "rate removed": lambda b: b.rates.remove(b.rates.all()[0].id),
    "snapshot imported": bring_in,
    "many archived": bulk,
    "task done": lambda b: b.tasks.done("k1"),
    "task changed": lambda b: b.tasks.update("k1", account_id=ACME, kind=TaskKind.TOUCH),
    "task removed": lambda b: b.tasks.remove("k1"),
    "note pinned": lambda b: b.notes.pin("o1", pinned=True),
    "note removed": lambda b: b.notes.remove("o1"),
    "accounts tagged": lambda b: b.tags.set([ACME, TWIN], "Harbour"),
    "accounts untagged": lambda b: b.tags.unset([ACME, TWIN], "tender"),
    "mapping renamed": lambda b: b.recipes.rename("m1", "Monthly"),
    "mapping forgotten": lambda b: b.recipes.forget("m1"),
    "meaning changed": lambda b: b.meanings.update("m2", meaning="open"),
    "rule for a field": lambda b: b.field_rules.set("account", "city", Whose.THEIRS),
    "rule for a field turned": lambda b: b.field_rules.set("account", "arr", Whose.THEIRS),
    "rule for a field removed": lambda b: b.field_rules.remove("m3"),
    "tag renamed into another": lambda b: b.tags.rename("Rail", "Tender"),
    "book repaired": break_and_repair,
    **{f"{shelf} added": lambda b, s=shelf: getattr(b, s).add(RECORDS[s]) for shelf in RECORDS},
}


@pytest.fixture
def furnished(book: Book) -> Book:
    """A book in which every verb has something to work on."""
    furnish(book)
    return book


def test_every_verb_is_undone_exactly_and_redone(furnished: Book) -> None:
    book, touched = furnished, set[str]()
    for name, verb in VERBS.items():
        first = book.history(1)[0].id
        before = digest(book)
        verb(book)
        after = digest(book)
        steps = sum(1 for change in book.history(9) if change.id > first)
        assert steps, name
        touched |= {table for table in JOURNALLED if before[table] != after[table]}
        for _ in range(steps):
            book.undo()
        assert digest(book) == before, name
        for _ in range(steps):
            book.redo()
        assert digest(book) == after, name
        for _ in range(steps):
            book.undo()
    assert touched == set(JOURNALLED)


def test_twenty_imports_are_taken_back_in_any_order_and_edits_stay(tmp_path: Path) -> None:
    _in_any_order(tmp_path, examples=2)


@pytest.mark.soak
def test_twenty_imports_in_very_many_orders(tmp_path: Path) -> None:
    _in_any_order(tmp_path, examples=200)


def _in_any_order(folder: Path, examples: int) -> None:
    books = count()

    @settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(order=st.permutations(range(20)), edited=st.sets(st.integers(0, 19), max_size=6))
    def check(order: list[int], edited: set[int]) -> None:
        with Book.create(folder / f"{next(books)}.csbook", today=DAY) as book:
            take_back_imports(book, order, edited)

    check()


def take_back_imports(book: Book, order: list[int], edited: set[int]) -> None:
    """Each import adds an account with a person and changes a shared account’s city."""
    shared = book.accounts.add(Account(AccountId("shared"), "Shared", city="city"))
    numbers: dict[int, int] = {}
    for n in sorted(order):
        with book.change(f"Import {n}", kind="import", batch=f"b{n}"):
            book.accounts.insert([Account(AccountId(f"i{n}"), f"Imported {n}")], f"b{n}")
            book.people.insert([Person(f"q{n}", AccountId(f"i{n}"), "Dana")], f"b{n}")
            book.accounts.update(shared.id, next_step=f"step {n}", source="crm")
        assert book.can_undo is not None
        numbers[n] = book.can_undo.id
    kept_ids = {n for n in edited if n in numbers}
    for n in sorted(kept_ids):
        book.people.update(f"q{n}", title="Edited")
    for n in order:
        newest = book.can_undo is not None and book.can_undo.id == numbers[n]
        undone = book.undo_change(numbers[n])
        # The person that was edited, and the account it belongs to.
        own = 2 if n in kept_ids else 0
        shared_step = book.accounts.get(shared.id).next_step
        assert undone.kept in (own, own + 1), (n, shared_step)
        assert newest or undone.kept >= own
    assert {a.id for a in book.accounts.all()} == {"shared", *(f"i{n}" for n in kept_ids)}
    for n in kept_ids:
        assert book.people.get(f"q{n}").title == "Edited"
    assert book.connection.execute("pragma foreign_key_check").fetchall() == []


def test_an_import_lets_images_older_than_ninety_days_go(furnished: Book) -> None:
    book = furnished
    book.accounts.update(ACME, city="Bergen")
    old = (book.today - timedelta(days=91)).isoformat()
    book.connection.execute("update change set at = ?", (f"{old}T00:00:00+00:00",))
    bring_in(book)
    assert [c.thinned for c in book.history(9)] == [False, True, True]
    assert book.can_undo is not None
    book.undo()
    assert book.can_undo is None
