"""Touches of one line, tasks, notes, tags and calendars on the command line."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.cli.main import main
from csplanner.domain.account import Account, AccountId
from csplanner.domain.person import Person

TODAY = ["--today", "2026-03-12"]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, today: date) -> Path:
    """A closed book with two accounts and their people."""
    path = tmp_path_factory.mktemp("made") / "made.csbook"
    with Book.create(path, today=today) as book, book.change("Furnish"):
        tide, north = AccountId("tide"), AccountId("north")
        book.accounts.insert(
            [Account(tide, "Tidewater", domain="tide.example"), Account(north, "Northwind")]
        )
        book.people.insert(
            [
                Person("dana", tide, "Dana Kellerman", email="dana@tide.example"),
                Person("m1", tide, "Marcus Webb"),
                Person("m2", north, "Marcus Olin"),
            ]
        )
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "own.csbook"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def words(*said: object) -> tuple[int, str, str]:
        verb, *rest = map(str, said)
        code = main([verb, *rest, *TODAY])
        out = capsys.readouterr()
        return code, out.out, out.err

    return words


def test_a_touch_is_logged_with_its_tasks_in_one_step(path: Path, run: Run) -> None:
    code, out, _ = run("touch", path, "call Dana yesterday 20m pricing !send deck fri")
    assert (code, out.splitlines()) == (0, [
        "Logged: Tidewater, call, Dana Kellerman, 2026-03-11, 20 minutes, pricing",
        "  Task: send deck, due 2026-03-13",
    ])  # fmt: skip
    run("undo", path)
    with Book.open(path, today=date(2026, 3, 12)) as book:
        assert (book.touches.of("tide"), book.tasks.all()) == ((), ())


def test_a_touch_that_lies_ahead_is_planned_and_shown_before(path: Path, run: Run) -> None:
    line = "call Dana tomorrow at 9"
    code, out, _ = run("touch", path, line, "--dry-run", "--json")
    shown = json.loads(out)
    assert (code, shown["kept"], shown["planned"], shown["at"]) == (0, False, True, "09:00")
    run("touch", path, line)
    listed = json.loads(run("tasks", path, "--json")[1])["tasks"]
    assert [(t["title"], t["due"], t["kind"]) for t in listed] == [
        ("Call Dana", "2026-03-13", "touch")
    ]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("call marcus", "could be Marcus Olin (Northwind) and Marcus Webb (Tidewater)"),
        ("lunch", "names no account"),
    ],
)
def test_what_is_not_clear_is_asked_back(line: str, words: str, path: Path, run: Run) -> None:
    code, _, err = run("touch", path, line)
    assert code == 1
    assert words in err
    assert run("touch", path, line, "--account", "Northwind")[0] == 0


@pytest.mark.parametrize("said", ["31/2/2026", "99999999999m"])
def test_a_day_or_length_that_is_none_keeps_nothing(said: str, path: Path, run: Run) -> None:
    code, _, err = run("touch", path, f"call dana prices {said}")
    assert (code, said in err) == (1, True)
    assert run("touch", path, f"call dana: prices {said}")[0] == 0


def test_tasks_are_added_done_and_listed(path: Path, run: Run) -> None:
    run("task", path, "add", "Send the deck", "--account", "Tidewater", "--due", "fri")
    run("task", path, "add", "File the expenses")
    lines = run("tasks", path)[1].splitlines()
    assert [line.split()[0] for line in lines] == ["Due", "2026-03-13", "—"]
    assert run("task", path, "done", "deck")[1] == "Done: Send the deck\n"
    assert "deck" not in run("tasks", path)[1]
    assert "deck" in run("tasks", path, "--all")[1]
    assert run("task", path, "reopen", "deck")[0] == 0
    assert "could be" in run("task", path, "remove", "e")[2]
    assert run("task", path, "add", "x", "--due", "someday")[0] == 1


def test_notes_are_written_and_read(path: Path, run: Run) -> None:
    run("note", path, "tide", "# Prices\nThey wait")
    assert run("note", path, "tide")[1] == "2026-03-12\n  # Prices\n  They wait\n"
    assert run("note", path, "north")[1] == "There is no note about Northwind.\n"


def test_tags_are_put_on_taken_off_and_renamed(path: Path, run: Run) -> None:
    run("tag", path, "add", "Tender", "tide", "north")
    run("tag", path, "add", "rail", "tide")
    run("tag", path, "remove", "tender", "north")
    assert run("tag", path)[1].split() == ["Tag", "Accounts", "rail", "1", "Tender", "1"]
    run("tag", path, "rename", "rail", "Harbour")
    assert json.loads(run("tag", path, "--json")[1])["tags"][0]["word"] == "Harbour"
    assert run("tag", path, "add", "x")[0] == 1


@pytest.mark.parametrize(
    ("said", "key", "shown"),
    [
        (("task", "add", "Send the deck", "--due", "fri"), "what", "add"),
        (("note", "tide", "They wait"), "account", "Tidewater"),
        (("tag", "add", "rail", "tide"), "accounts", ["Tidewater"]),
    ],
)
def test_what_changes_the_book_answers_with_one_document_too(
    said: tuple[str, ...], key: str, shown: object, path: Path, run: Run
) -> None:
    verb, *rest = said
    code, out, _ = run(verb, path, *rest, "--json")
    assert (code, json.loads(out)[key]) == (0, shown)


def test_a_task_changed_is_shown_as_it_is_then(path: Path, run: Run) -> None:
    run("task", path, "add", "Send the deck")
    days = []
    for what in ("done", "reopen", "remove"):
        task = json.loads(run("task", path, what, "deck", "--json")[1])["task"]
        days.append((task["title"], task["done_on"]))
    assert days == [("Send the deck", "2026-03-12"), *[("Send the deck", None)] * 2]


def test_a_calendar_is_shown_then_kept_once(path: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "my.ics"
    file.write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART:20260310T140000\nDURATION:PT30M\n"
        "SUMMARY:Prices\nATTENDEE:mailto:dana@tide.example\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    assert "Nothing was changed" in run("calendar", path, file, "--dry-run")[1]
    assert "Kept 1 touch and 0 tasks" in run("calendar", path, file)[1]
    again = json.loads(run("calendar", path, file, "--json")[1])
    assert [m["what"] for m in again["meetings"]] == ["nothing"]
