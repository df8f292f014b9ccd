"""`--as-of`: the reading verbs tell what was known on a day, and say so in one line."""

import json
import shutil

import pytest

from csplanner.cli.main import main

NOW = ("--today", "2026-03-12")


@pytest.fixture
def path(sample_file, tmp_path):
    return shutil.copy(sample_file, tmp_path / "sample.csbook")


def told(capsys, *words):
    assert main([str(w) for w in words]) == 0
    return capsys.readouterr().out


def test_each_reading_verb_tells_of_the_day_and_says_so(path, capsys):
    said = {}
    for verb in ("accounts", "today", "tiers", "health"):
        said[verb] = told(capsys, verb, path, "--as-of", "2025-11-11", *NOW)
        assert said[verb].startswith("As of 11 November 2025 (snapshot of Salesforce).\n")
    assert "as of 2025-11-11" in said["accounts"]
    assert said["health"].split("\n", 1)[1] != told(capsys, "health", path, *NOW)
    between = told(capsys, "accounts", path, "--as-of", "2025-11-20", *NOW)
    assert between.startswith(
        "As of 20 November 2025 (newest snapshot then: Salesforce, 2025-11-11)."
    )


def test_an_account_is_told_as_it_was_known(path, capsys):
    listed = json.loads(told(capsys, "accounts", path, "--json", *NOW))["accounts"]
    then = json.loads(told(capsys, "accounts", path, "--json", "--as-of", "2025-06-10", *NOW))
    assert then["as_of"] == "2025-06-10"
    arr = {a["id"]: a["arr"] for a in then["accounts"]}
    changed = next(a for a in listed if arr.get(a["id"], a["arr"]) != a["arr"])
    one = json.loads(
        told(capsys, "account", path, changed["id"], "--json", "--as-of", "2025-06-10", *NOW)
    )
    assert one["overview"]["arr"] == arr[changed["id"]]
    assert all(t["on"] <= "2025-06-10" for t in one["file"]["pulses"])


def test_a_past_day_is_exported_and_makes_a_book_of_that_day(path, capsys, tmp_path):
    day = "2025-06-10"
    out, made = tmp_path / "then", tmp_path / "then.csbook"
    said = told(capsys, "export", path, "--out", out, "--format", "json", "--as-of", day, *NOW)
    assert said.startswith("As of 10 June 2025")
    told(capsys, "new", made, "--from", next(out.iterdir()), "--today", day)
    then = json.loads(told(capsys, "accounts", path, "--json", "--as-of", day, *NOW))
    assert json.loads(told(capsys, "accounts", made, "--json", "--today", day)) == then


def test_any_day_up_to_today_is_answered(path, capsys):
    last = told(capsys, "accounts", path, "--as-of", "2026-03-12", *NOW)
    assert last.startswith("As of 12 March 2026")
    assert last.split("\n", 1)[1] == told(capsys, "accounts", path, *NOW)
    later = told(capsys, "accounts", path, "--as-of", "2026-04-20", "--today", "2026-05-01")
    assert later.split("\n", 1)[1] == told(capsys, "accounts", path, "--today", "2026-04-20")
    assert main(["accounts", str(path), "--as-of", "2026-03-13", *NOW]) == 1
    assert "That day lies ahead" in capsys.readouterr().err
    assert main(["accounts", str(path), "--as-of", "1999-03-13", *NOW]) == 1
    assert "knows nothing before" in capsys.readouterr().err
