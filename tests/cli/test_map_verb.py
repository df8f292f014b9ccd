"""`csplanner map`: who is on it, what it says, and the map as a file."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.cli.main import main
from csplanner.domain.account import Account, AccountId
from csplanner.domain.person import Person, Role, Seat
from csplanner.domain.value import fact

DAY = ("--today", "2026-03-12")


@pytest.fixture
def path(book: Book) -> Path:
    """A closed book: Dana reports to Omar, whom you judged; Ellis is known and not on the map."""
    acme = book.accounts.add(Account(AccountId(""), "Acme"))
    book.accounts.add(Account(AccountId(""), "Nobody Ltd"))
    omar = book.people.add(Person("", acme.id, "Omar Haddad", title="CFO"))
    dana = book.people.add(Person("", acme.id, "Dana\x1b[31m Kovač", reports_to=omar.id))
    book.people.add(Person("", acme.id, "Ellis Wren"))
    book.seats.add(Seat("", acme.id, Role.DECIDES, omar.id, fact(5), fact(-1)))
    book.seats.add(Seat("", acme.id, Role.USER, dana.id))
    book.close()
    return book.path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main(["map", *map(str, words), *DAY])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_map_says_who_is_on_it_and_what_is_wrong(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, path, "acme")
    assert code == 0
    assert "Acme: 2 cards on the map as of 2026-03-12, 1 known and not on it" in out
    assert out.index("Omar Haddad") < out.index("Kovač") < out.index("Ellis Wren (not on it)")
    assert "Omar Haddad CFO Decides 5 doubtful — — —" in " ".join(out.split())
    assert "\x1b" not in out
    assert "Risks" in out
    assert "Omar Haddad" in out[out.index("Risks") :]


def test_a_further_map_tells_all_of_the_account_its_own_people_first(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Book.open(path) as book:
        acme = book.accounts.only("acme")
        dana = next(p for p in book.people.of(acme.id) if p.name.startswith("Dana"))
        book.map_edit.add_map(acme.id, "EMEA", [f"p:{dana.id}"])
    whole = json.loads(run(capsys, path, "acme", "--json")[1])
    part = json.loads(run(capsys, path, "acme", "--map", "emea", "--json")[1])
    assert part["map"] == "EMEA"
    assert part["figures"] == whole["figures"]
    assert part["departures"] == whole["departures"]
    assert len(part["risks"]) == len(whole["risks"])
    assert "Of the whole account:" in run(capsys, path, "acme", "--map", "emea")[1]


def test_the_customer_sees_no_judgement(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, path, "acme", "--customer")
    assert "Omar Haddad" in out
    for word in ("Decides", "doubtful", "Risks", "Ellis"):
        assert word not in out
    _, out, _ = run(capsys, path, "acme", "--customer", "--json")
    assert set(json.loads(out)["cards"][0]) == {"key", "name", "title", "department", "reports_to"}


def test_a_map_as_json_keeps_unknown_unknown(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, path, "acme", "--json")
    said = json.loads(out)
    cards = {card["name"]: card for card in said["cards"]}
    assert cards["Omar Haddad"]["influence"]["value"] == 5
    assert cards["Ellis Wren"]["influence"]["value"] is None
    assert said["risks"]
    assert {"value", "flag", "sentence"} <= set(said["figures"][0])


@pytest.mark.parametrize("ending", ["png", "svg", "pdf", "xlsx", "pptx"])
def test_a_map_is_written_for_its_owner_alone_and_nothing_is_overwritten(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    out = tmp_path / "out" / f"acme.{ending}"
    assert run(capsys, path, "acme", "--out", out) == (0, f"Wrote {out}\n", "")
    first = out.read_bytes()
    starts = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF", "xlsx": b"PK", "pptx": b"PK"}
    assert first.startswith(starts[ending])
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    code, said, _ = run(capsys, path, "acme", "--out", out, "--customer", "--json")
    assert code == 0
    assert json.loads(said)["files"] == [str(out.with_name(f"acme (2).{ending}"))]
    assert out.read_bytes() == first


def test_a_picture_is_drawn_where_no_window_ever_was(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "acme.pdf"
    words = [sys.executable, "-m", "csplanner", "map", str(path), "acme", "--out", str(out), *DAY]
    screenless = {k: v for k, v in os.environ.items() if not k.startswith("QT_")}
    made = subprocess.run(words, capture_output=True, text=True, check=False, env=screenless)
    assert (made.returncode, made.stderr) == (0, "")
    assert out.read_bytes().startswith(b"%PDF")


def test_what_changed_since_a_day_is_told_and_not_to_the_customer(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, path, "acme", "--since", "2026-03-01")
    assert code == 0
    assert "Since 2026-03-01" in out
    code, _, _ = run(capsys, path, "acme", "--since", "2026-03-01", "--out", tmp_path / "m.svg")
    assert code == 0
    assert "tags tell what changed since 1 March 2026" in (tmp_path / "m.svg").read_text("utf-8")
    assert run(capsys, path, "acme", "--since", "2026-03-01", "--customer")[0] == 1
    assert run(capsys, path, "acme", "--since", "2026-03-12")[0] == 1


def test_what_cannot_be_written_is_refused_with_the_way_out(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, path, "acme", "--out", tmp_path / "map.gif")
    assert code == 1
    assert ".png, .svg, .pdf, .xlsx, .pptx" in err
    code, _, err = run(capsys, path, "nobody", "--out", tmp_path / "map.png")
    assert code == 1
    assert "Nobody is on the map of Nobody Ltd" in err
    code, _, err = run(capsys, path, "acme", "--map", "EMEA")
    assert code == 1
    assert "No map of the account is called “EMEA”" in err
    assert not list(tmp_path.glob("map*"))
