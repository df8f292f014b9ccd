"""Single items of a snapshot refused by command, and accounts merged and split by command."""

import json
import shutil
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.cli.main import main
from csplanner.crm.importing import stage

TODAY = ["--today", "2026-03-12"]
ACCOUNTS = (
    "Id,Name,ARR,BillingCity",
    "0015000000000AB,Acme,12,Oslo",
    "0015000000000AC,Birch,70,Rome",
)
LATER = (
    "Id,Name,ARR,BillingCity",
    "0015000000000AB,Acme,15,Bergen",
    "0015000000000AC,Birch,80,Paris",
    "0015000000000AD,Cedar,9,Bonn",
)


@pytest.fixture(scope="module")
def _with_accounts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with the first snapshot in it: copy it."""
    folder = tmp_path_factory.mktemp("items")
    path, export = folder / "my.csbook", folder / "Account.csv"
    export.write_text("\n".join(ACCOUNTS), encoding="utf-8")
    assert main(["new", str(path), *TODAY]) == 0
    options = ["--as-of", "2026-03-01", "--currency", "EUR", *TODAY]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("csplanner.cli.imports.stage_apart", stage)
        assert main(["import", str(path), str(export), *options]) == 0
    return path


@pytest.fixture
def book(_with_accounts: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(_with_accounts, tmp_path / "my.csbook"))


def run(capsys, book: Path, folder: Path, lines, day: str, *words: str) -> tuple[int, str]:
    path = folder / "Account.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    code = main(["import", str(book), str(path), "--as-of", day, "--currency", "EUR", *words,
                 *TODAY])  # fmt: skip
    said = capsys.readouterr()
    return code, said.out + said.err


def facts(path: Path) -> dict[str, tuple[str, int]]:
    with Book.open(path, read_only=True) as book:
        return {a.name: (a.city, a.arr.value.minor // 100) for a in book.accounts.all()}


def test_items_are_refused_one_by_one(book, tmp_path, capsys) -> None:
    code, told = run(
        capsys, book, tmp_path, LATER, "2026-03-10",
        "--keep", "account:acme:arr", "--leave-out", "account:Cedar", "--keep-account", "Birch",
    )  # fmt: skip
    assert code == 0, told
    assert "Acme, ARR: 12 EUR → 15 EUR — kept: Decided by you." in told
    assert facts(book) == {"Acme": ("Bergen", 12), "Birch": ("Rome", 70)}


def test_the_document_lists_items_by_the_ids_that_refuse_them(book, tmp_path, capsys) -> None:
    _, told = run(capsys, book, tmp_path, LATER, "2026-03-10", "--dry-run", "--json")
    found = json.loads(told)
    city = next(c for c in found["changed_fields"] if c["field"] == "city")
    (new,) = found["new"]
    code, told = run(
        capsys, book, tmp_path, LATER, "2026-03-10", "--keep",
        f"{city['object']}:{city['id']}:{city['field']}",
        "--leave-out", f"{new['object']}:{new['row_id']}",
    )  # fmt: skip
    assert code == 0, told
    assert facts(book) == {"Acme": ("Oslo", 15), "Birch": ("Paris", 80)}


def test_one_value_of_the_crm_is_taken_over_mine(book, tmp_path, capsys) -> None:
    with Book.open(book) as opened:
        for account in opened.accounts.all():
            opened.accounts.update(account.id, city="Mine")
    code, told = run(capsys, book, tmp_path, LATER, "2026-03-10", "--take", "account:Acme:city")
    assert code == 0, told
    assert [city for city, _ in facts(book).values()] == ["Bergen", "Mine", "Bonn"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--keep", "account:Acme"), "is no OBJECT:ID:FIELD"),
        (("--keep", "planet:Acme:city"), "is no OBJECT:ID:FIELD"),
        (("--keep", "account:Acme:owner"), "change no account.owner of “Acme”"),
        (("--leave-out", "Cedar"), "is no OBJECT:ID"),
        (("--leave-out", "account:Acme"), "bring no new account “Acme”"),
        (("--keep-account", "Dogwood"), "No account of these files is called “Dogwood”"),
    ],
)
def test_items_the_files_do_not_bring_are_refused(book, tmp_path, capsys, words, sentence) -> None:
    before = facts(book)
    code, told = run(capsys, book, tmp_path, LATER, "2026-03-10", *words)
    assert (code, sentence in told) == (1, True), told
    assert facts(book) == before


def test_accounts_are_merged_and_split_and_both_are_taken_back(book, capsys) -> None:
    def told(*words: str) -> str:
        code = main([words[0], str(book), *words[1:], *TODAY])
        said = capsys.readouterr()
        assert code == 0, said.err
        return said.out

    assert "everything of Birch belongs to Acme now" in told("merge", "Acme", "Birch")
    assert list(facts(book)) == ["Acme"]
    listed = json.loads(told("split", "Acme", "--json"))
    assert {ref["external_id"][:15] for ref in listed["refs"]} == {
        "0015000000000AB", "0015000000000AC"
    }  # fmt: skip
    ref = next(r["external_id"] for r in listed["refs"] if r["external_id"][:15].endswith("AC"))
    assert ref in told("split", "Acme")
    assert "Beech stands apart" in told("split", "Acme", "--name", "Beech", "--ref", ref)
    with Book.open(book, read_only=True) as opened:
        assert [a.name for a in opened.accounts.all()] == ["Acme", "Beech"]
    told("undo")
    told("undo")
    assert list(facts(book)) == ["Acme", "Birch"]


def test_a_split_says_what_it_cannot_find(book, capsys) -> None:
    def refused(*words: str) -> str:
        assert main(["split", str(book), "Acme", *words, *TODAY]) == 1
        return capsys.readouterr().err

    assert "needs a name" in refused("--ref", "0015000000000AB")
    assert "is no id of the account" in refused("--name", "Beech", "--ref", "x")
    assert "is no record of the account" in refused("--name", "Beech", "--record", "person:Dana")
    assert "Nothing would go" in refused("--name", "Beech")
