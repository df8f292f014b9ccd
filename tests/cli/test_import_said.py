"""What one may say of an import on the command line, and what is said of it afterwards."""

import csv
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.cli.main import main

TODAY = ["--today", "2026-03-12"]
SEAL = (
    "Id,Name,ARR,BillingCity",
    "0015000000000AB,Acme,12,Oslo",
    "0015000000000AC,Birch,lots,Rome",
)
DEALS = (
    "Id,AccountId,Name,StageName,CloseDate",
    "006500000000001,0015000000000AB,Deal,Verbal: yes,2026-05-20",
)


@pytest.fixture
def book(new_book: Callable[[Path], Book], tmp_path: Path) -> Path:
    path = tmp_path / "my.csbook"
    new_book(path).close()
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    """Runs a command; returns its code and what it said."""

    def told(*words: object) -> tuple[int, str]:
        capsys.readouterr()
        code = main([str(w) for w in (*words, *TODAY)])
        out = capsys.readouterr()
        return code, out.out + out.err

    return told


@pytest.fixture
def bring(run, book: Path, tmp_path: Path):
    """Imports lines as a file; returns what was said."""

    def bring_in(name: str, lines: tuple[str, ...], *words: object) -> str:
        path = tmp_path / name
        path.write_text("\n".join(lines), encoding="utf-8")
        day = [] if "--as-of" in words else ["--as-of", "2026-03-01"]
        code, told = run("import", book, path, *day, *words)
        assert code == 0, told
        return told

    return bring_in


def only(path: Path, name: str):
    with Book.open(path, read_only=True) as opened:
        return opened.accounts.only(name)


def test_an_unknown_word_is_listed_with_the_words_that_explain_it(bring, book, run) -> None:
    bring("Account.csv", SEAL[:2])
    told = bring("Opportunity.csv", DEALS, "--dry-run")
    assert "Unknown word: stage “Verbal: yes” in 1 row, read as open." in told
    assert "--meaning stage:Verbal: yes=open|won|lost|on_hold" in told
    told = bring("Opportunity.csv", DEALS, "--meaning", "stage:Verbal: yes=won")
    assert "Unknown word" not in told
    code, told = run("remembered", book)
    assert code == 0
    assert "stage “Verbal: yes”" in told
    assert "means won" in told


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--meaning", "stage:Verbal=maybe"), "A stage cannot mean “maybe”."),
        (("--meaning", "colour:Red=won"), "“colour” is no kind of word."),
        (("--meaning", "stage=won"), "names no word"),
        (("--fix", "Account.csv:three:ARR=1"), "is no FILE:ROW:HEADER=VALUE"),
        (("--match", "name:acme"), "is no ID=ACCOUNT"),
        (("--always-mine", "account.colour"), "No field is called account.colour."),
        (("--object", "Account.csv=planet"), "“planet” is no kind of record."),
        (("--column", "Account.csv:Nme=account.name"), "has no column “Nme”"),
        (("--column", "Account.csv:Name=account.colour"), "cannot become “account.colour”"),
        (("--object", "Acount.csv=account"), "No file is called Acount.csv."),
        (("--encoding", "Account.csv=nosuch"), "“nosuch” is no encoding."),
        (
            ("--always-mine", "account.city", "--always-theirs", "account.city"),
            "account.city cannot be both always yours and always theirs.",
        ),
    ],
)
def test_what_cannot_be_understood_is_refused_in_a_sentence(
    words, sentence, run, book, tmp_path
) -> None:
    path = tmp_path / "Account.csv"
    path.write_text("\n".join(SEAL))
    code, told = run("import", book, path, "--as-of", "2026-03-01", *words)
    assert (code, sentence in told) == (1, True), told


def test_a_file_of_unknown_kind_comes_in_by_words_alone(bring, book) -> None:
    lines = ("Firma X;Ort X", "Acme;Oslo")
    bring("liste.csv", lines, "--object", "liste.csv=account", "--column",
          "liste.csv:Firma X=account.name", "--column", "liste.csv:Ort X=account.city",
          "--remember-as", "My list")  # fmt: skip
    assert only(book, "Acme").city == "Oslo"
    told = bring("neu.csv", (lines[0], "Birch;Rome"), "--as-of", "2026-03-02")
    assert "As last time: neu.csv by “My list”, used once, last on 2026-03-01." in told
    assert only(book, "Birch").city == "Rome"


def test_a_cell_is_corrected_on_the_way_in(bring, book) -> None:
    told = bring("Account.csv", SEAL, "--fix", "Account.csv:3:ARR=70")
    assert "Quarantined: 0." in told
    assert only(book, "Birch").arr.value.minor == 7_000


def test_what_was_set_aside_is_listed_written_and_brought_in(bring, book, run, tmp_path) -> None:
    bring("Account.csv", SEAL)
    code, told = run("quarantine", book)
    assert code == 0
    key = told.splitlines()[1].split()[0]
    assert "lots" in told
    assert "To bring a row in" in told
    written = tmp_path / "problems.csv"
    assert run("quarantine", book, "--csv", written)[0] == 0
    assert "Account.csv" in written.read_text(encoding="utf-8-sig")
    code, told = run("quarantine", book, "--fix", f"{key}:ARR=70", "--dry-run")
    assert "this was a dry run" in told
    code, told = run("quarantine", book, "--fix", f"{key}:ARR=70")
    assert code == 0, told
    assert only(book, "Birch").arr.value.minor == 7_000
    assert "Nothing is set aside." in run("quarantine", book)[1]
    assert run("undo", book)[0] == 0
    assert "lots" in run("quarantine", book)[1]
    code, told = run("quarantine", book, "--fix", "zz:ARR=70")
    assert (code, "stands for nothing" in told) == (1, True)


def test_complete_files_mark_what_they_lack_only_within_their_owner(bring, book) -> None:
    head = "Id,Name,Account Owner"
    rows = ("0015000000000AB,Acme,Mia", "0015000000000AC,Birch,Ben", "0015000000000AD,Cedar,Mia")
    bring("Account.csv", (head, *rows))
    told = bring("Account.csv", (head, rows[0]), "--as-of", "2026-03-08", "--complete", "account",
                 "--within", "Mia")  # fmt: skip
    assert "Missing: Cedar" in told
    assert only(book, "Cedar").missing_since is not None
    assert only(book, "Birch").missing_since is None
    told = bring("Account.csv", (head, rows[0]), "--as-of", "2026-03-09", "--complete", "account",
                 "--within", "Nobody")  # fmt: skip
    assert "No account belongs to Nobody, so nothing counts as missing." in told
    assert only(book, "Birch").missing_since is None


@pytest.mark.skipif(os.name != "posix", reason="Only there has a process such a limit.")
def test_files_are_read_in_a_process_with_limits(run, book, tmp_path, monkeypatch, apart) -> None:
    path = tmp_path / "Account.json"
    path.write_text(json.dumps([{"Id": f"{n}", "Name": f"Name {n}"} for n in range(1_000)]))
    monkeypatch.setattr("csplanner.crm.apart._SILENT_FOR", 0.0)
    code, told = run("import", book, path, "--as-of", "2026-03-01")
    assert code == 1
    assert "Reading these files took too long and was stopped." in told


def test_problems_in_a_file_are_no_formulas_behind_any_separator(
    bring, book, run, tmp_path
) -> None:
    values = ("a;=1+1", "=2+2", "x-1")
    rows = (f'0015000000000A{n},Name {n},"{value}",Rome' for n, value in enumerate(values))
    bring("Account.csv", (*SEAL[:2], *rows))
    written = tmp_path / "problems.csv"
    assert run("quarantine", book, "--csv", written)[0] == 0
    lines = written.read_text(encoding="utf-8-sig").splitlines()
    cells = [row["Value"] for row in csv.DictReader(lines)]
    assert cells == ["a;'=1+1", "'=2+2", "x-1"]
    assert all(part.startswith('"') for line in lines for part in line.split(",")[:4])


def test_what_is_remembered_is_renamed_and_forgotten(bring, book, run) -> None:
    bring("Account.csv", SEAL[:2])
    told = run("remembered", book)[1]
    key = told.splitlines()[1].split()[0]
    assert run("remembered", book, "--rename", f"{key}=Weekly CRM export")[0] == 0
    assert "Weekly CRM export" in run("remembered", book)[1]
    told = bring("Account.csv", (SEAL[0], "0015000000000AD,Cedar,1,Rome"), "--as-of", "2026-03-08")
    assert "by “Weekly CRM export”, used once" in told
    assert run("remembered", book, "--forget", key)[0] == 0
    assert "Nothing is remembered yet." in run("remembered", book)[1]
    assert run("remembered", book, "--forget", key)[0] == 1


def test_the_document_names_everything_that_can_be_said(bring) -> None:
    told = json.loads(bring("Account.csv", SEAL, "--json", "--dry-run"))
    assert {"matches", "match_counts", "unknown_words", "notes", "news", "deleted", "merged",
            "absent", "quarantined", "unknown_files"} <= set(told)  # fmt: skip
    (problem,) = told["quarantined"]
    assert problem["cells"]["Name"] == "Birch"


def test_a_rule_for_a_field_keeps_mine_from_then_on(bring, book, run) -> None:
    bring("Account.csv", SEAL[:2])
    with Book.open(book) as opened:
        opened.accounts.update(opened.accounts.only("Acme").id, city="Bergen")
    moved = (SEAL[0], "0015000000000AB,Acme,12,Rome")
    bring("Account.csv", moved, "--as-of", "2026-03-08", "--always-mine", "account.city")
    assert only(book, "Acme").city == "Bergen"
    assert "always yours" in run("remembered", book)[1]
