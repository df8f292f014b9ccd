"""Finding by the keys typed in the palette, in a book of 100,000 accounts and 300,000 records."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from benchmarks.big_book import TODAY
from benchmarks.runner import Benchmark, Operation
from csplanner.book.book import Book
from csplanner.book.search_find import Wanted
from csplanner.domain.account import Account, AccountId
from csplanner.domain.person import Person

_COUNT = 100_000
_FIRST = ("Amber", "Birch", "Cedar", "Delta", "Ember", "Fjord", "Harbor", "Iris", "Łódź", "Tidal")
_SECOND = ("North", "Vale", "Slate", "Maple", "Zephyr", "River", "Stone")
_THIRD = ("Transit", "Clinics", "Foods", "Labs", "Hotels", "Bank", "Energy", "Software")
_MOST = {"account": 6, "person": 4, "objective": 2, "tag": 3, "note": 3, "touch": 3, "task": 3}


def _name(n: int) -> str:
    return f"{_FIRST[n % 10]} {_SECOND[n // 10 % 7]} {_THIRD[n // 70 % 8]} {n}"


def _fill(path: Path) -> Path:
    """A book of accounts and two people each, indexed, without judgements."""
    with Book.create(path, today=TODAY) as book:
        with book.change("Fill", kind="import", batch="bench"):
            ids = [AccountId(f"a{n:06}") for n in range(_COUNT)]
            book.accounts.insert([Account(a, _name(n)) for n, a in enumerate(ids)], "bench")
            plain = Person("", ids[0], "", title="Director of operations")
            book.people.insert(
                [
                    replace(plain, id=f"p{n:06}", account_id=ids[n // 2], name=f"Rosa {_name(n)}")
                    for n in range(2 * _COUNT)
                ],
                "bench",
            )
        book._search.catch_up()  # noqa: SLF001 - judging is left out, indexing is not
    return path


def _keystrokes(
    words: Sequence[str], meant: Sequence[str], folder: Path
) -> tuple[Operation, Operation]:
    """Every beginning of the words, as typed key by key; the floor asks the bare index for the
    same beginnings of what was meant.
    """
    path = _fill(folder / "search.csbook")
    texts = [word[:end] for word in words for end in range(2, len(word) + 1)]
    right = [word[:end] for word in meant for end in range(2, len(word) + 1)]
    book = Book.open(path, read_only=True, today=TODAY)
    bare = sqlite3.connect(path)

    def ours() -> None:
        for text in texts:
            book.find(Wanted(text, most=_MOST))

    def floor() -> None:
        for text in right:
            query = " ".join(f'"{word}"*' for word in text.lower().split())
            bare.execute(
                "select t.title, t.detail from search s join search_text t on t.id = s.rowid "
                "where s.search match ? order by s.rowid limit 50",
                (query,),
            ).fetchall()

    return ours, floor


BENCHMARKS = [
    Benchmark(
        "search: a name key by key, 100,000 accounts",
        goal=2.0,
        prepare=partial(_keystrokes, ("harbor slate", "lodz vale"), ("harbor slate", "lodz vale")),
    ),
    Benchmark(
        "search: a name with slips, 100,000 accounts",
        goal=2.0,
        prepare=partial(_keystrokes, ("habror", "zehpyr"), ("harbor", "zephyr")),
    ),
]
