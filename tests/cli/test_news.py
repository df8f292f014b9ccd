"""The news on the command line: of the last snapshot, of one account, since a day."""

import json
import shutil
from pathlib import Path

import pytest

from csplanner.cli.main import main

TODAY = ["--today", "2026-03-12"]


@pytest.fixture
def sample(sample_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sample_file, tmp_path / "sample.csbook"))


def told(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    assert main([*(str(w) for w in words), *TODAY]) == 0
    return capsys.readouterr().out


def test_the_last_snapshot_is_told_ranked(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(capsys, "news", sample).splitlines()
    assert lines[0].endswith("pieces of news came with the snapshot of 10 Mar (Salesforce)")
    assert lines[1].startswith("ARR up $")
    document = json.loads(told(capsys, "news", sample, "--json"))
    weights = [line["weight"] for line in document["news"]]
    assert weights == sorted(weights, reverse=True)
    assert document["as_of"] == "2026-03-10"
    assert document["digest"][0] in lines[2]


def test_an_account_or_a_day_narrows_what_is_told(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ember = told(capsys, "news", sample, "--account", "Ember")
    assert "10 Mar: The contract was renewed" in ember
    since = json.loads(told(capsys, "news", sample, "--since", "2026-02-01", "--json"))
    assert {line["on"] for line in since["news"]} == {"2026-02-10", "2026-03-10"}
    earlier = next(n["snapshot_id"] for n in since["news"] if n["on"] == "2026-02-10")
    named = told(capsys, "news", sample, "--snapshot", earlier)
    assert "snapshot of 10 Feb" in named.splitlines()[0]


def test_a_snapshot_that_is_not_there_is_said(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["news", str(sample), "--snapshot", "zzz", *TODAY]) != 0
    assert "No snapshot has the id zzz." in capsys.readouterr().err


def test_an_import_says_its_first_news(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, file = tmp_path / "b.csbook", tmp_path / "Account.csv"
    told(capsys, "new", book)
    for arr, day in ((1000, "2026-03-01"), (400, "2026-03-08")):
        file.write_text(f"Id,Name,ARR__c,CurrencyIsoCode\n001Nq00000J1Mp1,Tern,{arr},EUR\n")
        said = told(capsys, "import", book, file, "--as-of", day)
    assert (
        "1 piece of news came with the snapshot of 8 Mar\n  Tern: ARR down from €1k to €400" in said
    )
    assert "No snapshot" not in said
