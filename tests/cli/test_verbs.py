"""The verbs as a user or a script runs them: exit codes, one JSON document, sentences on stderr."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.cli.main import VERBS, main
from csplanner.domain.account import Account, AccountId, ContractTerm
from csplanner.domain.money import Money
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.domain.value import fact

TODAY = ["--today", "2026-03-12"]


@pytest.fixture
def path(book: Book) -> Path:
    """A closed book with two accounts, one with a hostile name."""
    acme = book.accounts.add(Account(AccountId(""), "Acme", arr=fact(Money(412_000_00, "USD"))))
    book.terms.add(ContractTerm("", acme.id, date(2026, 4, 1), ordinal=1))
    book.pulses.add(Pulse("", acme.id, date(2026, 3, 1), Sentiment.UNEASY))
    book.accounts.add(Account(AccountId(""), "<b>Bad\x1b[31m</b>"))
    book.close()
    return book.path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main([str(w) for w in words])
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_has_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([verb, "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "--today" in said
    assert VERBS[verb][0].split(",")[0] in said


def test_wrong_usage_exits_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["accounts", "--nonsense"])
    assert ended.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_new_makes_a_book_and_refuses_to_make_it_twice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "new", tmp_path / "b.csbook")[0] == 0
    code, out, err = run(capsys, "new", tmp_path / "b.csbook")
    assert (code, out) == (1, "")
    assert "already there" in err
    assert err.count("\n") == 1


def test_accounts_as_json_names_unknown_as_null(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "accounts", path, "--json", *TODAY)
    assert (code, err) == (0, "")
    rows = {row["name"]: row for row in json.loads(out)["accounts"]}
    assert rows["Acme"]["arr"] == {"minor": 41200000, "currency": "USD"}
    assert rows["Acme"]["renewal_on"] == "2026-04-01"
    assert rows["Acme"]["sentiment"] == "Uneasy"
    assert rows["<b>Bad\x1b[31m</b>"]["arr"] is None
    assert rows["<b>Bad\x1b[31m</b>"]["score"] is None


def test_no_name_can_move_the_cursor(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for verb in ("accounts", "health", "tiers", "today", "history"):
        code, out, _ = run(capsys, verb, path, *TODAY)
        assert code == 0
        assert "\x1b" not in out


def test_filters_are_sentences_and_wrong_ones_are_explained(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = "renewal before 1 May and sentiment worse than unsure"
    _, out, _ = run(capsys, "accounts", path, "--filter", wanted, "--json", *TODAY)
    assert [r["name"] for r in json.loads(out)["accounts"]] == ["Acme"]
    _, out, _ = run(capsys, "accounts", path, "--filter", "name is Acme", *TODAY)
    assert "1 account as of" in out
    code, _, err = run(capsys, "accounts", path, "--filter", "colour is red", *TODAY)
    assert code == 1
    assert "Filter by one of" in err
    code, _, err = run(capsys, "accounts", path, "--view", "none", *TODAY)
    assert code == 1
    assert "No saved view" in err


def test_one_account_whole_and_an_unknown_one_refused(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "account", path, "acme", "--json", *TODAY)
    document = json.loads(out)
    assert code == 0
    assert document["account"]["name"] == "Acme"
    assert [c["label"] for c in document["history"]][-1] == "Add Acme"
    code, _, err = run(capsys, "account", path, "nobody", *TODAY)
    assert code == 1
    assert "No account is called" in err


def test_health_tiers_and_today_say_what_is_not_known(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "health", path, "Acme", "--explain", "--json", *TODAY)
    row = json.loads(out)["accounts"][0]
    assert row["band"] == "none"
    assert row["score"] is None
    assert row["measures"]
    _, out, _ = run(capsys, "tiers", path, "--json", *TODAY)
    assert {r["tier"] for r in json.loads(out)["accounts"]} == {None}
    _, out, _ = run(capsys, "today", path, "--json", *TODAY)
    first = json.loads(out)["accounts"][0]
    assert first["name"] == "Acme"
    assert first["evidence"]


def test_undo_by_number_and_of_the_newest(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "undo", path, *TODAY)
    assert "Undone: Add <b>Bad" in out
    _, out, _ = run(capsys, "history", path, "--json", *TODAY)
    assert json.loads(out)["changes"][0]["state"] == "undone"
    code, _, err = run(capsys, "undo", path, "99", *TODAY)
    assert code == 1
    assert "no change 99" in err


def test_check_backup_and_restore(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(capsys, "check", path, *TODAY)[:2] == (0, "The book is sound.\n")
    copy = tmp_path / "copy.csbook"
    assert run(capsys, "backup", path, "--out", copy, *TODAY)[0] == 0
    run(capsys, "undo", path, *TODAY)
    code, out, _ = run(capsys, "restore", path, copy, *TODAY)
    assert code == 0
    assert "The book as it was" in out
    _, out, _ = run(capsys, "accounts", path, "--json", *TODAY)
    assert len(json.loads(out)["accounts"]) == 2


def test_a_file_that_is_no_book_is_one_sentence_for_every_verb(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "x.csv"
    other.write_text("a,b\n1,2\n")
    for verb in ("accounts", "today", "tiers", "health", "undo", "history", "check", "backup"):
        code, out, err = run(capsys, verb, other, *TODAY)
        assert (code, out) == (1, "")
        assert "not a csplanner book" in err
        assert err.count("\n") == 1
    assert other.read_text() == "a,b\n1,2\n"


@pytest.mark.parametrize(
    "words",
    [
        ["accounts", "--today", "0001-01-01"],
        ["accounts", "--today", "2026-02-31"],
        ["health", "--as-of", "9999-12-31"],
    ],
)
def test_days_that_are_none_are_wrong_usage(path: Path, words: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([words[0], str(path), *words[1:]])
    assert ended.value.code == 2


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["undo", "BOOK", "99999999999999999999"], "no change"),
        (["account", "BOOK", ""], "No account is called"),
        (["accounts", "BOOK", "--filter", "tier is banana"], "is no tier"),
        (["health", "BOOK", "--as-of", "2020-01-01"], "knows nothing before"),
        (["health", "BOOK", "--as-of", "2030-01-01"], "That day lies ahead"),
        (["qbr", "BOOK", "Acme", "--out", "OUT", "--quarter", "9999Q4"], "not a quarter"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    path: Path,
    tmp_path: Path,
    words: list[str],
    sentence: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    named = {"BOOK": path, "OUT": tmp_path / "out"}
    main(["accounts", str(path), *TODAY])
    capsys.readouterr()
    before = path.read_bytes()
    code, out, err = run(capsys, *(named.get(w, w) for w in words), *TODAY)
    assert (code, out) == (1, "")
    assert sentence in err
    assert err.count("\n") == 1
    assert path.read_bytes() == before


def test_an_unknown_verb_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["nosuchverb"])
    assert ended.value.code == 2


def test_units_are_the_same_in_every_verb(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "accounts", path, "--json", *TODAY)
    listed = {r["name"]: r for r in json.loads(out)["accounts"]}["Acme"]
    _, out, _ = run(capsys, "health", path, "Acme", "--json", *TODAY)
    assert listed["coverage"] == pytest.approx(json.loads(out)["accounts"][0]["coverage"], abs=0.01)
    assert listed["coverage"] < 1


def test_a_terminal_of_another_alphabet_and_a_full_disk(path: Path) -> None:
    words = [sys.executable, "-m", "csplanner", "today", str(path), *TODAY]
    narrow = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(words, env=narrow, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
