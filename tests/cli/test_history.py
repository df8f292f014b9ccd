"""The history from the command line: find changes, show one, take it back, go back to one."""

import json
from datetime import date
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.cli.main import main
from csplanner.domain.account import Account, AccountId
from csplanner.domain.sentiment import Pulse, Sentiment

TODAY = ["--today", "2026-03-12"]


@pytest.fixture
def path(book: Book) -> Path:
    """A closed book in which a city was changed twice and a sentiment said."""
    acme = book.accounts.add(Account(AccountId("a"), "Acme", city="Oslo"))
    book.accounts.add(Account(AccountId("b"), "Brightwell"))
    book.accounts.update("a", city="Bergen", sector="Rail")
    book.accounts.update("a", city="Lund")
    book.pulses.add(Pulse("", acme.id, date(2026, 3, 1), Sentiment.UNEASY))
    book.close()
    return book.path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main([*(str(w) for w in words), *TODAY])
    said = capsys.readouterr()
    return code, said.out, said.err


def changes(capsys: pytest.CaptureFixture[str], path: Path, *words: str) -> list[dict[str, object]]:
    _, out, _ = run(capsys, "history", path, "--json", *words)
    found: list[dict[str, object]] = json.loads(out)["changes"]
    return found


def test_changes_are_listed_by_account_kind_and_words(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    of_acme = changes(capsys, path, "--account", "acme")
    assert [c["label"] for c in of_acme] == [
        "Add a pulse", "Change Acme", "Change Acme", "Add Acme"
    ]  # fmt: skip
    assert (of_acme[1]["accounts"], of_acme[1]["touched"]) == (["Acme"], "1 account changed")
    assert changes(capsys, path, "--kind", "imports") == []
    assert len(changes(capsys, path, "--text", "add br")) == 1


def test_one_change_is_told_before_and_after_with_what_undo_would_do(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    number = changes(capsys, path, "--text", "change")[1]["id"]
    code, out, _ = run(capsys, "history", path, "--change", number)
    assert code == 0
    assert "Acme (account) changed" in out
    assert "    City: Oslo → Bergen" in out
    assert "Taking it back now: 1 field goes back. 1 later edit is kept. It was made by" in out
    _, out, _ = run(capsys, "history", path, "--change", number, "--json")
    document = json.loads(out)
    assert document["rows"][0]["fields"][0]["after"] == "Rail"
    assert document["if_undone"]["edits_kept"] == 1
    assert run(capsys, "history", path, "--change", 99)[0] == 1


def test_everything_after_a_change_is_taken_back(
    path: Path, capsys: pytest.CaptureFixture[str], today: date
) -> None:
    number = changes(capsys, path, "--text", "change")[1]["id"]
    code, out, _ = run(capsys, "undo", path, "--back-to", number)
    assert (code, out) == (0, f"Undone: 2 changes, back to {number}.\n")
    with Book.open(path, read_only=True, today=today) as book:
        assert book.accounts.get("a").city == "Bergen"
    code, _, err = run(capsys, "undo", path, "--back-to", number)
    assert (code, err) == (1, "Nothing was changed after that.\n")
    assert run(capsys, "undo", path, number, "--back-to", number)[0] == 1


def test_what_was_undone_comes_again_by_the_verb_redo(
    path: Path, capsys: pytest.CaptureFixture[str], today: date
) -> None:
    numbers = [c["id"] for c in changes(capsys, path)]
    run(capsys, "undo", path, "--back-to", numbers[-1])
    code, _, err = run(capsys, "undo", path, numbers[0])
    assert (code, err) == (1, "This was undone already. Redo brings it again.\n")
    assert run(capsys, "redo", path)[1] == "Brought again: Add Brightwell.\n"
    assert run(capsys, "redo", path, "--all")[1] == "Brought again: 3 changes.\n"
    assert run(capsys, "redo", path)[2] == "There is nothing to redo.\n"
    with Book.open(path, read_only=True, today=today) as book:
        assert book.accounts.get("a").city == "Lund"
    for number in (0, 999, 10**20):
        code, _, err = run(capsys, "undo", path, number)
        assert (code, err) == (1, f"There is no change {number}. See the history for its number.\n")


def test_a_change_that_later_ones_cover_is_not_taken_back_and_named(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "undo", path)
    newest, older = changes(capsys, path, "--text", "change")
    run(capsys, "undo", path, newest["id"])
    with Book.open(path) as book:
        book.accounts.update("a", city="Rome", sector="Sea")
    later = changes(capsys, path, "--text", "change")[0]["id"]
    code, out, err = run(capsys, "undo", path, older["id"])
    assert (code, out) == (1, "")
    assert err == (
        "Nothing of “Change Acme” could be taken back. 2 later edits are kept. They were made by "
        f"“Change Acme” (change {later}). Take back what came later first.\n"
    )
    states = {c["id"]: c["state"] for c in changes(capsys, path)}
    assert states[older["id"]] == "done"


def test_redo_takes_the_undo_of_an_older_change_back_once(
    path: Path, capsys: pytest.CaptureFixture[str], today: date
) -> None:
    number = changes(capsys, path, "--text", "add br")[0]["id"]
    assert run(capsys, "undo", path, number)[0] == 0
    code, out, _ = run(capsys, "redo", path, "--all")
    assert (code, out) == (0, "Brought again: Add Brightwell.\n")
    with Book.open(path, read_only=True, today=today) as book:
        assert [a.name for a in book.accounts.all()] == ["Acme", "Brightwell"]
    assert run(capsys, "redo", path)[0] == 1
