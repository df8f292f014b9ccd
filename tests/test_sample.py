"""The sample book: its story, laid beside what it should tell; the same every time, at any date."""

import re
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from csplanner.book.backup import shelf
from csplanner.book.book import Book
from csplanner.domain.care import care
from csplanner.domain.divergence import Divergence
from csplanner.domain.index import FileIndex
from csplanner.domain.journey import journey
from csplanner.domain.judgement import Judgement
from csplanner.domain.loyalty import Bond, loyalty
from csplanner.domain.objective import Objective
from csplanner.domain.overview import Overview
from csplanner.domain.reading import Band
from csplanner.resources import resource
from csplanner.sample import STORY_DAY, make_sample_book, shift_for, shifted
from tools.sample.accounts import Profile, profiles

MONTHS = re.compile(
    r"\b(January|February|March|April|June|July|August|September|October|November|December|Easter)\b"
)
NOT_COMPARED = {"change": {"at"}, "snapshot": {"imported_at"}, "field_history": {"id"}}
"""Moments of making, and the random ids of field history; the journal repeats them."""


@pytest.fixture(scope="module")
def book(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    path = tmp_path_factory.mktemp("sample") / "sample.csbook"
    shutil.copyfile(sample_file, path)
    with Book.open(path, today=STORY_DAY) as made:
        yield made


@pytest.fixture(scope="module")
def rows(book: Book) -> dict[str, Overview]:
    return {row.name: row for row in book.overview.all()}


@pytest.fixture(scope="module")
def judged(book: Book) -> dict[str, Judgement]:
    return {file.account.name: judgement for file, judgement in book.derived.judge_all()}


@pytest.fixture(scope="module")
def told() -> dict[str, Profile]:
    return {profile.name: profile for profile in profiles()}


def test_every_account_of_the_story_is_there(rows, told):
    assert set(rows) == set(told)
    assert sum(row.arr.minor for row in rows.values()) == 482_400_000


def test_scores_come_near_the_story(rows, told):
    apart = {name: abs(rows[name].score - p.score) for name, p in told.items() if p.score}
    assert max(apart.values()) <= 8
    assert sum(apart.values()) / len(apart) <= 1.5


def test_scores_run_as_the_story_does(rows, told):
    turned = [n for n, p in told.items() if p.change and abs(p.change) >= 6]
    assert all((rows[n].change_90d > 0) == (told[n].change > 0) for n in turned)
    old = [n for n, p in told.items() if p.score and p.since < date(2025, 3, 11)]
    assert all(None not in rows[n].spark for n in old)


def test_tier_sentiment_renewal_roles_and_last_touch_are_those_of_the_story(rows, told):
    for name, profile in told.items():
        row = rows[name]
        assert (row.tier, row.sentiment, row.term_end, row.year, row.roles) == (
            profile.tier, profile.sentiment, profile.renewal, profile.year, profile.roles,
        ), name  # fmt: skip
        assert row.last_touch == profile.last_touch, name


def test_hours_spent_match_the_story(rows, told):
    spent = {name: row.hours_spent / 3000 for name, row in rows.items()}
    assert sum(spent.values()) == pytest.approx(127, abs=2)
    assert all(abs(spent[name] - profile.hours) <= 0.5 for name, profile in told.items())


def test_at_most_a_fifth_of_the_placements_differ_from_the_rule(book, rows):
    differing = [row for row in rows.values() if row.is_override]
    assert 0 < len(differing) <= len(rows) / 5
    reasons = {p.account_id for found in book.placements.grouped().values() for p in found
               if p.reason}  # fmt: skip
    assert all(row.account_id in reasons for row in differing)


def test_tidewater_scores_well_and_worries(book, judged, rows):
    row = rows["Tidewater Health Network"]
    judgement = judged["Tidewater Health Network"]
    assert row.score >= 75
    assert judgement.divergence is Divergence.YEAH_BUT
    kinds = [signal.kind for signal in judgement.signals]
    assert kinds[0] == "yeah_but"
    assert "person_left" in kinds
    people = {person.name: person for person in book.people.of(row.account_id)}
    assert people["Rosa Delgado"].left_on == date(2026, 2, 24)
    assert people["Amara Nwosu"].last_activity_on is None
    figures = {o.title: _figures(o) for o in book.objectives.of(row.account_id)}
    assert figures["Calls answered within 20 seconds"] == (62, 81, 85)
    assert figures["Agent turnover in a year"] == (41, 33, 30)
    assert figures["Cost of a booked appointment"] == (9.1, 7.85, 7.5)


def test_tidewater_tells_its_journey_promises_and_who_looks_after_what(book, rows):
    account = rows["Tidewater Health Network"].account_id
    index = FileIndex(book.accounts.file(account), STORY_DAY)
    stops = {
        s.touchpoint: s for s in journey(index, book.ratings.of(account), book.raci.of(account))
    }
    billing = stops["Billing"]
    assert (billing.value, billing.answers, billing.function, billing.person) == (
        2.9, 4, "Finance", "Marcus Feld",
    )  # fmt: skip
    assert billing.loop is not None
    assert stops["Renewal"].value is None
    kept = care(index, book.raci.of(account))
    people = [k.person for k in (kept.sold, kept.renewing, kept.more, kept.interlock)]
    assert people == ["Maren Oduya", "Priya Raman", "Tomas Lindqvist", "Maren Oduya"]
    late = [p for p in book.promises.of(account) if p.state == "open" and p.due < STORY_DAY]
    assert [p.what for p in late] == ["Corrected invoices for both months"]


@pytest.mark.parametrize(
    ("name", "bond"),
    [
        ("Corvane Bank", Bond.LOYAL),
        ("Solace Insurance Group", Bond.STUCK),
        ("Merrow Telecom", Bond.LEAVING),
        ("Tidewater Health Network", Bond.UNKNOWN),
    ],
)
def test_loyal_or_stuck_as_the_story_has_it(book, rows, name, bond):
    account = rows[name].account_id
    index = FileIndex(book.accounts.file(account), STORY_DAY)
    assert loyalty(index, book.ratings.of(account)).bond is bond


def _figures(objective: Objective) -> tuple[float | None, ...]:
    facts = (objective.baseline, objective.actual, objective.target)
    return tuple(None if f.value is None else f.value / 1000 for f in facts)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Merrow Telecom", "renewal_near"),
        ("Merrow Telecom", "invoice_overdue"),
        ("Calder County Council", "renewal_near"),
        ("Kestrel Freight", "touch_overdue"),
        ("Tern Airways", "detractor"),
        ("Ostrava Transit", "blind_spot"),
        ("Solace Insurance Group", "stagnant"),
        ("Grantley Brokers", "cost_potential"),
        ("Bluebell Nurseries", "cost_potential"),
        ("Delphine Cosmetics", "potential_above_tier"),
        ("Lantern Crisis Line", "better_than_it_looks"),
    ],
)
def test_each_story_is_among_the_signals(judged, name, kind):
    assert kind in {signal.kind for signal in judged[name].signals}


def test_four_say_yeah_but_and_two_are_better_than_they_look(judged):
    found = [judgement.divergence for judgement in judged.values()]
    assert found.count(Divergence.YEAH_BUT) == 4
    assert found.count(Divergence.BETTER_THAN_IT_LOOKS) == 2


def test_meridian_has_no_score(rows):
    row = rows["Meridian Notaries"]
    assert row.score is None
    assert row.band is Band.NONE


def test_lantern_is_life_critical_and_high_touch_by_the_rule(rows):
    row = rows["Lantern Crisis Line"]
    assert row.criticality == 3
    assert not row.is_override


def test_it_came_in_thirteen_snapshots_and_can_be_undone_step_by_step(book):
    snapshots = book.snapshots.all()
    assert len(snapshots) == 13
    assert {s.scope for s in snapshots} == {"partial"}
    assert book.can_undo.label == "Set next step, Merrow Telecom"
    imports = [c for c in book.history(500) if c.kind == "import"]
    assert len(imports) == 13


@pytest.mark.soak
def test_making_it_twice_gives_the_same_book(book, tmp_path):
    with make_sample_book(tmp_path / "again.csbook", today=STORY_DAY) as again:
        assert _content(again) == _content(book)
    assert shelf(tmp_path / "again.csbook") == []


def _content(book: Book) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, in an order that does not depend on how it was made."""
    db = book.connection
    names = [n for (n,) in db.execute("select name from sqlite_master where type = 'table'")]
    found = {}
    for name in names:
        if name.startswith(("sqlite_", "_sqlite", "search_")):
            continue
        columns = [c for _, c, *_ in db.execute(f"pragma table_info({name})")]
        kept = ", ".join(f'"{c}"' for c in columns if c not in NOT_COMPARED.get(name, ()))
        only = "where tbl not in ('snapshot', 'field_history')" if name == "change_row" else ""
        rows = db.execute(f"select {kept} from {name} {only}").fetchall()
        found[name] = sorted(rows, key=repr)
    return found


@pytest.mark.soak
def test_a_year_later_it_tells_the_same_story(rows, tmp_path):
    today = date(2027, 4, 9)
    by = shift_for(today)
    with make_sample_book(tmp_path / "later.csbook", today=today) as later:
        found = {row.name: row for row in later.overview.all()}
        newest = later.snapshots.newest()
    assert newest.as_of == date(2027, 4, 6)
    # The day of the week differs, so that freshness may move a score by a point or two.
    assert all(r.score is None or abs(r.score - rows[n].score) <= 3 for n, r in found.items())
    assert all(found[n].term_end == rows[n].term_end + by for n in rows)


@pytest.mark.parametrize("days", range(14))
def test_on_any_day_the_newest_snapshot_is_less_than_a_week_old(days):
    today = date(2026, 8, 3) + timedelta(days=days)
    newest = date(2026, 3, 10) + shift_for(today)
    assert 0 <= (today - newest).days <= 6
    assert newest.weekday() == date(2026, 3, 10).weekday()


def test_dates_are_moved_wherever_they_stand():
    text = '{"on":"2026-02-24"}\n001,2026-03-10,No 12-2026-0'
    assert shifted(text, timedelta(weeks=1)) == '{"on":"2026-03-03"}\n001,2026-03-17,No 12-2026-0'


def test_no_text_names_a_month_that_would_not_move():
    folder = resource("sample")
    files = [p for p in folder.rglob("*") if p.is_file()]
    assert not [p.name for p in files if MONTHS.search(p.read_text(encoding="utf-8"))]
    assert sum(p.stat().st_size for p in files) < 1_500_000


def test_the_shipped_files_are_what_the_generator_writes(tmp_path: Path):
    from tools.make_sample import write

    write(tmp_path)
    shipped = resource("sample")
    made = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    here = {p.relative_to(shipped): p.read_bytes() for p in shipped.rglob("*") if p.is_file()}
    assert made == here
