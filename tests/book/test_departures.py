"""The 30 days after a champion left: tasks with what broke, in one step, once."""

import shutil
from datetime import timedelta

import pytest

from csplanner.book.book import Book
from csplanner.errors import UserError
from csplanner.sample import STORY_DAY
from tests.book.digest import digest


@pytest.fixture
def book(sample_file, tmp_path):
    path = tmp_path / "sample.csbook"
    shutil.copyfile(sample_file, path)
    with Book.open(path, today=STORY_DAY) as opened:
        yield opened


def test_the_days_after_a_champion_left_are_planned_in_one_step_and_once(book):
    account = book.accounts.find("Tidewater Health Network")[0].id
    before = digest(book)
    made = book.departures.plan(account)
    rosa = next(p for p in book.people.of(account) if p.name == "Rosa Delgado")
    tasks = [t for t in book.tasks.of(account) if t.person_id == rosa.id]
    assert made == len(tasks) == 6
    titles = [t.title for t in sorted(tasks, key=lambda t: t.due)]
    assert titles[0] == "Ask Joel Baptiste who takes over from Rosa Delgado"
    assert "Meet Amara Nwosu" in " ".join(titles)
    assert max(t.due for t in tasks) == STORY_DAY + timedelta(days=30)
    assert tasks[0].note.startswith("Rosa Delgado left on 24 Feb. If Rosa Delgado left: roles")
    signals = {s.kind: s for s in book.derived.judge(account)[1].signals}
    assert signals["person_left"].verb.label == "Find a champion"
    with pytest.raises(UserError, match="planned already"):
        book.departures.plan(account)
    book.undo()
    assert digest(book) == before


def test_the_finding_of_the_sample_says_what_broke_and_who_is_new(book):
    account = book.accounts.find("Tidewater Health Network")[0].id
    signals = {s.kind: s for s in book.derived.judge(account)[1].signals}
    said = [e.text for e in signals["person_left"].evidence]
    assert "Roles in touch 3 → 2 of 5" in said
    assert any(words.endswith("were with Rosa Delgado") for words in said)
    assert signals["person_left"].verb.label == "Plan the next 30 days"
    assert signals["newcomer"].headline == "Amara Nwosu is new and has not met you"


def test_where_nobody_left_there_is_nothing_to_plan(book):
    account = book.accounts.find("Corvane Bank")[0].id
    with pytest.raises(UserError, match="without a successor"):
        book.departures.plan(account)
