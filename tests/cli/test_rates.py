"""Exchange rates from the command line: set, list, remove, and what stands apart without one."""

import json
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.cli.main import main
from csplanner.domain.account import Account, AccountId
from csplanner.domain.money import Money
from csplanner.domain.value import fact


@pytest.fixture
def path(book: Book) -> Path:
    """A closed book with 1,000 dollars and 100 euros of ARR."""
    book.accounts.add(Account(AccountId("a"), "Acme", arr=fact(Money(100_000, "USD"))))
    book.accounts.add(Account(AccountId("b"), "Brio", arr=fact(Money(10_000, "EUR"))))
    book.close()
    return book.path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main([*(str(w) for w in words), "--today", "2026-03-12"])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_a_rate_is_set_listed_and_removed(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "rates", path)
    assert "No rate: 100 EUR of ARR stands apart." in out
    code, out, _ = run(
        capsys, "rates", path, "--set", "eur", "usd", "1,08", "--on", "2026-03-01",
        "--source", "ECB", "--json",
    )  # fmt: skip
    found = json.loads(out)
    assert code == 0
    assert found["rates"] == [
        {"from": "EUR", "to": "USD", "rate": "1.08", "on": "2026-03-01", "source": "ECB"}
    ]
    assert found["total"] == [{"minor": 110_800, "currency": "USD"}]
    assert found["without_rate"] == []
    _, out, _ = run(capsys, "rates", path, "--remove", "EUR", "USD")
    assert "There is no exchange rate in the book." in out


@pytest.mark.parametrize(
    "words",
    [("--set", "EUR", "USD", "0"), ("--set", "EUR", "EUR", "1"), ("--set", "EURO", "USD", "1"),
     ("--remove", "EUR", "USD")],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_changes_nothing(
    path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    before = path.read_bytes()
    code, _, err = run(capsys, "rates", path, *words)
    assert code == 1
    assert err
    assert path.read_bytes() == before


def test_a_rate_of_several_days_is_removed_by_its_day(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for on in ("2026-01-01", "2026-02-01"):
        run(capsys, "rates", path, "--set", "EUR", "USD", "1.1", "--on", on)
    code, _, err = run(capsys, "rates", path, "--remove", "EUR", "USD")
    assert code == 1
    assert "--on" in err
    code, out, _ = run(capsys, "rates", path, "--remove", "EUR", "USD", "--on", "2026-01-01")
    assert code == 0
    assert "2026-02-01" in out
