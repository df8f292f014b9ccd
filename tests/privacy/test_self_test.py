"""`csplanner self-test`: one line for each capability, quick, and nothing of yours is touched."""

from pathlib import Path

import pytest

from csplanner.cli import self_test
from csplanner.cli.main import main


@pytest.mark.soak
def test_every_capability_has_its_line(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    see_lines(home, capsys)


def test_every_capability_but_the_sample_has_its_line(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading thirteen snapshots takes seconds; the decks are of the book made of them."""
    long = ("Import", "Exports")
    quick = tuple(check for check in self_test._CHECKS if check[0] not in long)
    assert len(quick) == len(self_test._CHECKS) - len(long)
    monkeypatch.setattr(self_test, "_CHECKS", quick)
    see_lines(home, capsys)


def see_lines(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["self-test"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == f"{len(lines) - 1} checks, 0 failed"
    assert all(line.startswith("ok ") for line in lines[:-1])
    said = "\n".join(lines)
    for what in ("Folders", "Lock", "Seal", "Backup", "Salvage", "Undo", "Encryption", "Rebuild"):
        assert f"{what}:" in said
    assert [file for file in home.rglob("*") if file.is_file()] == []


def test_one_that_fails_is_said_and_the_others_go_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_folder: Path) -> str:
        raise RuntimeError("the book forgot a change")

    checks = (("Book", fail), ("Folders", self_test._folders))
    monkeypatch.setattr(self_test, "_CHECKS", checks)
    assert main(["self-test"]) == 1
    said = capsys.readouterr().out
    assert "FAILED  Book: RuntimeError: the book forgot a change" in said
    assert "ok      Folders" in said
    assert "2 checks, 1 failed" in said
