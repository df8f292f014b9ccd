"""Passphrases on the command line: from a file or the environment, never from its words."""

from pathlib import Path

import pytest

from csplanner.book.key import is_encrypted
from csplanner.cli.main import main


@pytest.fixture
def words(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase.txt"
    file.write_text("correct horse battery\n")
    return file


def _forget_all() -> None:
    from csplanner.book import key

    key._held.clear()


def test_an_encrypted_book_from_beginning_to_end(
    tmp_path: Path, words: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book, given = str(tmp_path / "b.csbook"), ["--passphrase-file", str(words)]
    assert main(["new", book, "--encrypted", *given]) == 0
    assert is_encrypted(Path(book))
    _forget_all()
    assert main(["backup", book, *given]) == 0
    later = tmp_path / "later.txt"
    later.write_text("another horse battery")
    assert main(["passphrase", book, *given, "--new-passphrase-file", str(later)]) == 0
    said = capsys.readouterr().out
    assert "write it down" in said
    assert "do not open with the new passphrase" in said
    _forget_all()
    assert main(["check", book, *given]) == 1
    assert "not the passphrase" in capsys.readouterr().err
    now = ["--passphrase-file", str(later)]
    assert main(["restore", book, *now]) == 1
    assert "not the passphrase of 20" in capsys.readouterr().err
    earlier = ["--earlier-passphrase-file", str(words)]
    assert main(["encrypt", book, *now, "--copies", "rewrite", *earlier]) == 0
    assert "Rewrote 1 copy" in capsys.readouterr().out
    assert main(["restore", book, *now]) == 0
    assert main(["decrypt", book, *now, "--copies", "remove"]) == 0
    assert not is_encrypted(Path(book))


def test_where_nobody_can_be_asked_it_says_how_to_give_one(
    tmp_path: Path,
    words: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    book = str(tmp_path / "b.csbook")
    assert main(["new", book, "--encrypted"]) == 1
    assert "--passphrase-file" in capsys.readouterr().err
    monkeypatch.setenv("CSPLANNER_PASSPHRASE", "correct horse battery")
    assert main(["new", book, "--encrypted"]) == 0
    _forget_all()
    assert main(["today", book]) == 0
    monkeypatch.delenv("CSPLANNER_PASSPHRASE")
    _forget_all()
    assert main(["today", book]) == 1
    assert "CSPLANNER_PASSPHRASE" in capsys.readouterr().err
    empty = tmp_path / "empty.txt"
    empty.write_text("\n")
    assert main(["today", book, "--passphrase-file", str(empty)]) == 1
    assert "is empty" in capsys.readouterr().err
