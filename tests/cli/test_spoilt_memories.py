"""What imports keep as documents, spoilt by another program: the verbs answer, a check finds it."""

import sqlite3
from pathlib import Path

import pytest

from csplanner.cli.main import main

TODAY = ["--today", "2026-04-12"]
SPOILT = (
    (
        "update snapshot set files = 'oh', counts = 'oh'",
        "update news set kind = 'zzz'",
        "update quarantine set cells = 'oh'",
        "update recipe set mapping = 'oh'",
    ),
    (
        "update snapshot set files = '[{\"zz\": 1}]', counts = '[]'",
        "update news set facts = 'oh'",
        "update quarantine set cells = '[1]'",
        "update recipe set mapping = '{\"columns\": [{}]}'",
    ),
)
FOUND = (
    "imports whose files or counts cannot be read",
    "lines of news that cannot be read",
    "rows set aside whose cells cannot be read",
    "remembered mappings that cannot be read",
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A book that two snapshots came into, with news and a row set aside."""
    folder = tmp_path_factory.mktemp("made")
    book = folder / "my.csbook"
    main(["new", str(book), *TODAY])
    for day, arr, seats in (("2026-03-01", "1200", "lots"), ("2026-04-01", "2400", "more")):
        path = folder / "Account.csv"
        path.write_text(
            "Id,Name,ARR,Renewal Date\n"
            f"0015000000000AB,Acme,{arr},2026-09-01\n0015000000000AC,Birch,{seats},\n"
        )
        assert main(["import", str(book), str(path), "--as-of", day, *TODAY]) == 0
    return book.read_bytes()


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    """Runs a command; returns its code and what it said."""

    def told(*words: object) -> tuple[int, str]:
        capsys.readouterr()
        code = main([str(w) for w in words])
        out = capsys.readouterr()
        return code, out.out + out.err

    return told


def spoil(made: bytes, book: Path, *statements: str) -> None:
    book.write_bytes(made)
    db = sqlite3.connect(book)
    for sql in statements:
        assert db.execute(sql).rowcount, sql
    db.commit()
    db.close()


@pytest.mark.parametrize("statements", SPOILT)
def test_verbs_answer_and_a_check_mends(
    statements: tuple[str, ...], made: bytes, tmp_path: Path, run
) -> None:
    book = tmp_path / "my.csbook"
    spoil(made, book, *statements)
    verbs = (("news",), ("quarantine",), ("accounts", "--as-of", "2026-03-15"), ("history",))
    for verb, *words in verbs:
        code, told = run(verb, book, *words, *TODAY)
        assert (code, "Traceback" in told) == (0, False), (verb, told)
    code, told = run("check", book, *TODAY)
    assert [words for words in FOUND if words not in told] == []
    assert run("check", book, "--repair", *TODAY)[0] == 0
    assert "sound" in run("check", book, *TODAY)[1]
    path = tmp_path / "Account.csv"
    path.write_text("Id,Name,ARR,Renewal Date\n0015000000000AB,Acme,3600,2026-09-01\n")
    code, told = run("import", book, path, "--as-of", "2026-04-08", *TODAY)
    assert code == 0, told


def test_a_day_that_is_none_is_told_in_a_sentence(made: bytes, tmp_path: Path, run) -> None:
    book = tmp_path / "my.csbook"
    spoil(made, book, "update snapshot set as_of = 'zzz'")
    code, told = run("news", book, *TODAY)
    assert (code, "an import of a day that cannot be read. Run csplanner check" in told) == (
        1,
        True,
    )
    assert "dates that are no dates" in run("check", book, *TODAY)[1]
