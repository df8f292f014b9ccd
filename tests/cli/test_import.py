"""`csplanner import` as a script runs it: what it prints, what it changes, how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.cli.main import main

TODAY = ["--today", "2026-03-12"]
HEADS = "Account ID,Account Name,City,ARR,Renewal Date"
ACME = "1,Acme,Oslo,1000,2026-06-30"
BETA = "2,Beta,Bergen,2500,2026-09-30"
POISON = "3,<b>Bad\x1b[31m</b>,Rome,10,2026-09-30"


@pytest.fixture
def path(book: Book) -> Path:
    """A closed, empty book."""
    book.close()
    return book.path


def export(folder: Path, *rows: str, day: str = "2026-03-10", heads: str = HEADS) -> Path:
    made = folder / f"accounts-{day}.csv"
    made.write_text("\n".join((heads, *rows)) + "\n", encoding="utf-8")
    return made


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main([str(w) for w in ("import", *words, *TODAY)])
    said = capsys.readouterr()
    return code, said.out, said.err


def names(path: Path) -> list[str]:
    with Book.open(path) as book:
        return [a.name for a in book.accounts.all()]


def labels(path: Path) -> list[str]:
    with Book.open(path) as book:
        return [c.label for c in book.history()]


def test_a_snapshot_comes_in_as_one_undoable_step(path, tmp_path, capsys) -> None:
    code, out, err = run(capsys, path, export(tmp_path, ACME, BETA))
    assert (code, err) == (0, "")
    assert "CRM export, as of 2026-03-10 (The date in the file’s name.)" in out
    assert "Applied in one step" in out
    assert names(path) == ["Acme", "Beta"]
    assert labels(path) == ["Import CRM export 2026-03-10"]
    main(["undo", str(path), *TODAY])
    assert names(path) == []


def test_accounts_are_judged_right_after(path, tmp_path, capsys) -> None:
    run(capsys, path, export(tmp_path, ACME, BETA))
    with Book.open(path) as book:
        assert {o.name for o in book.overview.all()} == {"Acme", "Beta"}


def test_the_same_snapshot_again_says_nothing_new(path, tmp_path, capsys) -> None:
    snapshot = export(tmp_path, ACME)
    run(capsys, path, snapshot)
    before = path.read_bytes()
    code, out, _ = run(capsys, path, snapshot)
    assert code == 0
    assert "Nothing new" in out
    assert path.read_bytes() == before
    _, out, _ = run(capsys, path, snapshot, "--json")
    assert json.loads(out)["applied"] is False


def test_a_dry_run_changes_nothing_and_tells_how_to_save_a_mapping(path, tmp_path, capsys) -> None:
    before = path.read_bytes()
    code, out, _ = run(capsys, path, export(tmp_path, ACME), "--dry-run")
    assert code == 0
    assert "Nothing was changed" in out
    assert "--dry-run --json > mapping.json" in out
    assert "--mapping mapping.json" in out
    assert path.read_bytes() == before


def test_the_difference_is_told_with_its_counts(path, tmp_path, capsys) -> None:
    run(capsys, path, export(tmp_path, ACME, BETA))
    with Book.open(path) as book:
        book.accounts.update(book.accounts.find("Acme")[0].id, city="My own")
    changed = export(
        tmp_path, "1,Acme,Lyon,1200,2026-06-30", "4,Delta,Rome,x,2026-07-01", day="2026-03-11"
    )
    _, out, _ = run(capsys, path, changed, "--scope", "full", "--dry-run")
    assert "Conflicts: 1 (fields you set, your values stay). Missing: 1. Quarantined: 1." in out
    assert "Changed: Acme, City: My own → Lyon — kept: You set this." in out
    assert "Changed: Acme, ARR: 1,000 USD → 1,200 USD" in out
    assert "Missing: Beta" in out
    assert "accounts-2026-03-11.csv, row 3, ARR" in out


def test_one_json_document_with_plain_values(path, tmp_path, capsys) -> None:
    run(capsys, path, export(tmp_path, ACME, BETA))
    changed = export(tmp_path, "1,Acme,Lyon,1200,2026-07-31", day="2026-03-11")
    code, out, err = run(capsys, path, changed, "--scope", "full", "--json")
    document = json.loads(out)
    assert (code, err) == (0, "")
    assert document["applied"] is True
    assert document["snapshot_id"]
    assert document["as_of"] == "2026-03-11"
    fields = {f["label"]: f for f in document["changed_fields"]}
    assert fields["City"]["was"] == "Oslo"
    assert fields["ARR"]["becomes"] == {"minor": 120000, "currency": "USD"}
    assert fields["ARR"]["is_conflict"] is False
    assert [m["name"] for m in document["missing"]] == ["Beta"]
    assert document["mappings"][0]["columns"][0]["target"] == "account.id"


def test_every_change_is_in_the_document(path, tmp_path, capsys) -> None:
    many = [f"{n},Company {n:04},Oslo,10,2026-06-30" for n in range(300)]
    run(capsys, path, export(tmp_path, *many))
    moved = [row.replace("Oslo", "Lyon") for row in many]
    _, out, _ = run(capsys, path, export(tmp_path, *moved, day="2026-03-11"), "--dry-run", "--json")
    assert len(json.loads(out)["changed_fields"]) == 300
    gone = export(tmp_path, many[0], day="2026-03-12")
    _, out, _ = run(capsys, path, gone, "--scope", "full", "--dry-run", "--json")
    assert len(json.loads(out)["missing"]) == 299
    _, out, _ = run(capsys, path, gone, "--scope", "full", "--dry-run")
    assert "Missing: 279 more (all of them with --json)" in out


def test_what_is_left_out_and_doubled_is_said(path, tmp_path, capsys) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    export(folder, ACME, "9,ACME,Rome,5,2026-06-30")
    (folder / "Lead.csv").write_text("Id,LastName,Company,LeadSource,Status\n00Q1,A,B,Web,Open\n")
    _, out, _ = run(capsys, path, folder, "--dry-run")
    assert "Same name, offered for merging: " in out
    assert "(2 accounts)" in out
    assert "Not used: Lead.csv: Leads are not used; 1 rows left out." in out


@pytest.mark.parametrize(
    ("row", "heads", "name", "flag"),
    [
        ("1,Acme,05/06/2026", "Account ID,Account Name,Renewal Date", "a-2026-03-10.csv",
         "--date-order"),
        ("1,Acme,x", "Account ID,Account Name,City", "a.csv", "--as-of"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_names_its_flag(
    row: str, heads: str, name: str, flag: str, path, tmp_path, capsys
) -> None:
    made = tmp_path / name
    made.write_text(f"{heads}\n{row}\n")
    code, out, err = run(capsys, path, made)
    assert (code, out) == (1, "")
    assert flag in err
    assert err.count("\n") == 1
    answer = {"--date-order": "dmy", "--as-of": "2026-03-01"}[flag]
    assert run(capsys, path, made, flag, answer)[0] == 0
    assert names(path) == ["Acme"]


def test_a_saved_mapping_changes_what_columns_become(path, tmp_path, capsys) -> None:
    snapshot = export(tmp_path, ACME)
    _, out, _ = run(capsys, path, snapshot, "--dry-run", "--json")
    saved = tmp_path / "mapping.json"
    document = json.loads(out)
    for column in document["mappings"][0]["columns"]:
        if column["header"] == "City":
            column["target"] = "account.sector"
    for shape in (document, document["mappings"], document["mappings"][0]):
        saved.write_text(json.dumps(shape), encoding="utf-8")
        code, _, err = run(capsys, path, snapshot, "--mapping", saved)
        assert (code, err) == (0, "")
    with Book.open(path) as book:
        acme = book.accounts.find("Acme")[0]
        assert (acme.sector, acme.city) == ("Oslo", "")


def test_a_mapping_fits_the_export_of_another_day(path, tmp_path, capsys) -> None:
    _, out, _ = run(capsys, path, export(tmp_path, ACME), "--dry-run", "--json")
    saved = tmp_path / "mapping.json"
    saved.write_text(out.replace('"account.city"', '"account.sector"'), encoding="utf-8")
    later = export(tmp_path, ACME, day="2026-03-11")
    assert run(capsys, path, later, "--mapping", saved)[0] == 0
    with Book.open(path) as book:
        assert book.accounts.find("Acme")[0].sector == "Oslo"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("not json", "Save one with"),
        ("[]", "Save one with"),
        ('{"rows": 3}', "Save one with"),
        ('{"file": "x.csv", "object": "account", "columns": [{"header": "A", "target": "no.no"}]}',
         "The mapping cannot be read"),
        ('{"file": "x.csv", "object": "account", "columns": [{"header": "A", "target": ""}]}',
         "fits none of these files"),
        (None, "cannot be read"),
    ],
)  # fmt: skip
def test_a_mapping_that_is_none_is_one_sentence(
    text: str | None, words: str, path, tmp_path, capsys
) -> None:
    saved = tmp_path / "mapping.json"
    if text is not None:
        saved.write_text(text)
    code, out, err = run(capsys, path, export(tmp_path, ACME), "--mapping", saved)
    assert (code, out) == (1, "")
    assert words in err
    assert err.count("\n") == 1
    assert names(path) == []


def test_files_that_are_no_exports_leave_the_book_alone(path, tmp_path, capsys) -> None:
    before = path.read_bytes()
    other = tmp_path / "notes.bin"
    other.write_bytes(b"\x00\x01\x02" * 50)
    for given in (other, tmp_path / "gone.csv"):
        code, out, err = run(capsys, path, given)
        assert (code, out) == (1, "")
        assert err.count("\n") == 1
    assert path.read_bytes() == before


def test_no_name_can_move_the_cursor(path, tmp_path, capsys) -> None:
    code, out, _ = run(capsys, path, export(tmp_path, POISON, POISON.replace("3,", "4,", 1)))
    assert code == 0
    assert "\x1b" not in out


def test_the_command_itself_runs(path, tmp_path) -> None:
    words = ["import", str(path), str(export(tmp_path, ACME)), "--json", *TODAY]
    done = subprocess.run(
        [sys.executable, "-m", "csplanner", *words], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["applied"] is True


@pytest.mark.parametrize(
    "name",
    ["salesforce-genai-demo", pytest.param("ravenstack-saas", marks=pytest.mark.soak)],
)
def test_real_exports_come_in_twice_without_a_difference(
    name: str, path, crm_data, capsys, apart
) -> None:
    code, out, _ = run(capsys, path, crm_data / name, "--json")
    assert (code, json.loads(out)["applied"]) == (0, True)
    code, out, _ = run(capsys, path, crm_data / name)
    assert (code, "Nothing new" in out) == (0, True)


def test_unknown_columns_give_a_mapping_to_fill_in(path, tmp_path, capsys) -> None:
    export_ = tmp_path / "kunden-2026-03-10.csv"
    export_.write_text("Klub,Umsatz\nAcme,5\n")
    code, out, err = run(capsys, path, export_, "--dry-run", "--json")
    assert (code, err.count("\n")) == (1, 1)
    assert "--mapping" in err
    document = json.loads(out)
    assert [c["header"] for c in document["mappings"][0]["columns"]] == ["Klub", "Umsatz"]
    document["mappings"][0]["columns"][0]["target"] = "account.name"
    saved = tmp_path / "mapping.json"
    saved.write_text(json.dumps(document))
    code, out, _ = run(capsys, path, export_, "--mapping", saved)
    assert code == 0
    assert "Not used: kunden-2026-03-10.csv, column Umsatz" in out
    assert names(path) == ["Acme"]


def test_the_decimal_sign_is_asked_for_and_said(path, tmp_path, capsys) -> None:
    made = export(tmp_path, "1,Acme,Oslo,1.234,2026-06-30")
    code, out, err = run(capsys, path, made)
    assert (code, out) == (1, "")
    assert "--decimal" in err
    assert run(capsys, path, made, "--decimal", ",")[0] == 0
    with Book.open(path) as book:
        assert book.accounts.only("Acme").arr.value.minor == 123400


@pytest.mark.parametrize("day", ["2026-03-13", "2072-01-10"])
def test_a_day_to_come_is_refused(day: str, path, tmp_path, capsys) -> None:
    before = path.read_bytes()
    code, out, err = run(capsys, path, export(tmp_path, ACME), "--as-of", day)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert path.read_bytes() == before


def test_a_mapping_too_deep_to_read_is_one_sentence(path, tmp_path, capsys) -> None:
    saved = tmp_path / "mapping.json"
    saved.write_text("[" * 100_000)
    code, _, err = run(capsys, path, export(tmp_path, ACME), "--mapping", saved)
    assert (code, err.count("\n")) == (1, 1)


def test_a_book_that_opens_read_only_is_refused_before_anything_is_told(
    path, tmp_path, capsys
) -> None:
    import sqlite3

    with sqlite3.connect(path) as db:
        db.execute("create trigger mine after insert on account begin select 1; end")
    db.close()
    code, out, err = run(capsys, path, export(tmp_path, ACME))
    assert (code, out) == (1, "")
    assert "read-only" in err
