"""Tasks, notes and tags: kept, found, judged, told in the history, erased and exported alike."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from csplanner.book.backup import Why, shelf
from csplanner.book.book import Book
from csplanner.book.check import check, repair
from csplanner.book.erase import erase
from csplanner.book.export import export_book
from csplanner.book.history_details import details
from csplanner.book.person_export import person_file
from csplanner.book.rebuild import rebuild
from csplanner.domain.account import Account, AccountId
from csplanner.domain.note import Note
from csplanner.domain.person import Person
from csplanner.domain.tag import tag_word
from csplanner.domain.task import Task
from csplanner.errors import UserError
from csplanner.language import speaking
from tests.book.whole import whole

ACME, TWIN = AccountId("acme"), AccountId("twin")
DAY = date(2026, 3, 12)
BOOKS = Path(__file__).resolve().parent.parent / "books"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, today: date) -> Path:
    """A closed book with two accounts and some of everything."""
    path = tmp_path_factory.mktemp("made") / "made.csbook"
    with Book.create(path, today=today) as book, book.change("Furnish"):
        acme = Account(ACME, "Acme", owner="Mia", segment="Rail", country="NO", city="Oslo")
        book.accounts.insert([acme, Account(TWIN, "Twin")])
        book.people.insert([Person("zoe", ACME, "Zoë Łukasik", email="zoe@acme.example")])
        call = Task("t1", ACME, "Call Zoë Łukasik", due=date(2026, 3, 20), person_id="zoe")
        book.tasks.add(call)
        book.tasks.add(Task("t2", ACME, "Send the deck", due=date(2026, 3, 14), at="09:30"))
        book.tasks.add(Task("t3", None, "File the expenses"))
        book.notes.add(Note("n1", ACME, DAY, "Zoë Łukasik *waits* for prices", "zoe"))
        book.notes.add(Note("n2", ACME, date(2026, 3, 1), "Ask first", pinned=True))
        book.tags.set([ACME, TWIN], "Tender 2026")
    return path


@pytest.fixture
def stocked(made: Path, tmp_path: Path, today: date) -> Iterator[Book]:
    """The same in a book of one's own."""
    with Book.open(Path(shutil.copy(made, tmp_path / "own.csbook")), today=today) as book:
        book.refresh()
        yield book


def test_the_line_of_an_account_holds_its_tags_and_tasks(stocked: Book) -> None:
    line = stocked.overview.one(ACME)
    assert line is not None
    assert (line.owner, line.segment, line.country, line.city) == ("Mia", "Rail", "NO", "Oslo")
    assert (line.tags, line.open_tasks, line.task_due) == (("Tender 2026",), 2, date(2026, 3, 14))
    stocked.tasks.done("t2")
    stocked.tags.remove(ACME, "tender 2026")
    line = stocked.overview.one(ACME)
    assert line is not None
    assert (line.tags, line.open_tasks, line.task_due) == ((), 1, date(2026, 3, 20))


def test_open_tasks_stand_by_day_and_those_put_away_are_left_out(stocked: Book) -> None:
    assert [t.id for t in stocked.tasks.open()] == ["t2", "t1", "t3"]
    assert [t.id for t in stocked.tasks.open(date(2026, 3, 14))] == ["t2"]
    stocked.tasks.done("t3")
    assert [t.id for t in stocked.tasks.done_since(stocked.today)] == ["t3"]
    stocked.accounts.archive(ACME)
    assert stocked.tasks.open() == ()


def test_notes_that_are_pinned_stand_last(stocked: Book) -> None:
    assert [n.id for n in stocked.notes.of(ACME)] == ["n1", "n2"]
    stocked.notes.pin("n2", pinned=False)
    assert [n.id for n in stocked.notes.of(ACME)] == ["n2", "n1"]


def test_what_says_nothing_is_refused(stocked: Book) -> None:
    with pytest.raises(UserError, match="title"):
        stocked.tasks.update("t1", title=" \n")
    with pytest.raises(UserError, match="empty"):
        stocked.notes.update("n1", text=" \n")


def test_a_task_that_moves_to_another_account_counts_there_alone(stocked: Book) -> None:
    stocked.tasks.update("t2", account_id=TWIN)
    open_tasks = {o.account_id: o.open_tasks for o in stocked.overview.all()}
    assert open_tasks == {ACME: 1, TWIN: 1}
    assert [f.account_id for f in stocked.search("deck")] == [TWIN]
    stocked.undo()
    assert [f.account_id for f in stocked.search("deck")] == [ACME]
    assert check(stocked) == []


@pytest.mark.parametrize("word", ["", " # ", "a, b", "x" * 41])
def test_what_is_no_tag_is_refused(word: str) -> None:
    with pytest.raises(UserError):
        tag_word(word)


def test_a_tag_is_spelled_one_way(stocked: Book) -> None:
    assert stocked.tags.add(ACME, "#tender  2026") == "Tender 2026"
    assert stocked.tags.all() == (("Tender 2026", 2),)
    stocked.tags.add(ACME, "Rail")
    stocked.tags.add(TWIN, "Harbour")
    assert stocked.tags.rename("rail", "harbour") == "Harbour"
    assert stocked.tags.all() == (("Harbour", 2), ("Tender 2026", 2))
    with pytest.raises(UserError, match="No tag"):
        stocked.tags.remove(ACME, "unheard of")


def test_merged_accounts_bear_each_tag_once(stocked: Book) -> None:
    stocked.tags.add(TWIN, "Rail")
    stocked.accounts.merge(ACME, TWIN)
    assert stocked.tags.of(ACME) == ("Rail", "Tender 2026")
    stocked.undo()
    assert stocked.tags.of(TWIN) == ("Rail", "Tender 2026")


def test_the_search_finds_them_and_forgets_what_is_gone(stocked: Book) -> None:
    assert {f.kind for f in stocked.search("lukasik")} == {"person", "task", "note"}
    (found,) = [f for f in stocked.search("expenses") if f.kind == "task"]
    assert (found.id, found.account_id) == ("t3", "")
    assert {f.account_id for f in stocked.search("tender") if f.kind == "tag"} == {ACME, TWIN}
    stocked.tasks.remove("t3")
    assert stocked.search("expenses") == []
    stocked.undo()
    assert [f.id for f in stocked.search("expenses")] == ["t3"]
    stocked.accounts.delete(ACME)
    assert [f.kind for f in stocked.search("tender")] == ["tag"]
    assert check(stocked) == []


def test_the_history_tells_them_in_words(stocked: Book) -> None:
    stocked.tasks.done("t2", on=DAY)
    change = stocked.history(1)[0]
    (row,) = details(stocked.connection, change.id).rows
    assert (change.label, row.table, row.title, row.account) == (
        "Done: Send the deck", "task", "Send the deck", "Acme",
    )  # fmt: skip
    assert [(f.name, f.before, f.after) for f in row.fields] == [
        ("Done on", "not done", "12 Mar 2026")
    ]


def test_erasing_a_person_takes_their_name_out_of_tasks_and_notes(stocked: Book) -> None:
    about = person_file(stocked, "zoe").document["records"]
    assert isinstance(about, dict)
    assert {"task", "note"} <= about.keys()
    erase(stocked, "zoe")
    task, note = stocked.tasks.get("t1"), stocked.notes.get("n1")
    assert (task.title, task.person_id) == ("Call [erased]", None)
    assert (note.text, note.person_id) == ("[erased] *waits* for prices", None)
    assert stocked.search("lukasik") == []
    assert check(stocked) == []


def test_a_task_of_another_accounts_person_is_found_and_mended(stocked: Book) -> None:
    with stocked.change("Break"):
        stocked.connection.execute("update task set account_id = 'twin' where id = 't1'")
    assert [f.key for f in check(stocked)] == ["task.person_id"]
    assert repair(stocked)
    assert stocked.tasks.get("t1").person_id is None
    assert check(stocked) == []


@pytest.mark.parametrize("form", ["csv", "json", "jsonl"])
def test_an_equal_book_is_made_of_an_export(form: str, stocked: Book, tmp_path: Path) -> None:
    stocked.tasks.done("t2")
    files = export_book(stocked, tmp_path / form, form).files
    source = files[0] if form != "csv" else tmp_path / form
    made = rebuild(source, tmp_path / "new.csbook", today=stocked.today)
    with Book.open(made.path, today=stocked.today) as new:
        assert whole(new) == whole(stocked)
        assert new.overview.one(ACME) == stocked.overview.one(ACME)
        assert [f.id for f in new.search("expenses")] == ["t3"]


def test_lines_of_another_language_are_written_anew(stocked: Book) -> None:
    assert stocked.refresh() == 0
    with speaking("de"):
        assert stocked.refresh() == 2
        assert stocked.refresh() == 0
    assert stocked.derived.is_of_the_day
    assert stocked.refresh(any_language=True) == 0
    assert stocked.refresh() == 2


def test_a_book_of_the_second_schema_keeps_its_lines(tmp_path: Path) -> None:
    path = Path(shutil.copy(BOOKS / "schema-2.csbook", tmp_path / "old.csbook"))
    with Book.open(path, today=DAY) as book:
        assert book.opened.upgraded_from == 2
        (kept,) = shelf(path)
        assert (kept.why, kept.schema) == (Why.MIGRATION, 2)
        lines = {line.account_id: line for line in book.overview.all()}
        for account in book.accounts.all():
            assert lines[account.id].owner == account.owner
            assert lines[account.id].city == account.city
        assert not book.derived.is_behind
        assert check(book) == []
