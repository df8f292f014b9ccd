"""The process of its own that works on private copies of a book.

Started as `python -m csplanner.book.beside_worker`; takes one JSON order on standard input and
answers with one JSON object per line: progress, then the result or an error.
"""

import json
import os
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from csplanner import language
from csplanner.book.key import Key, hold
from csplanner.errors import UserError

_NICE = 5
"""How far behind the window it stands for the processor."""


def main() -> int:
    """Read the order, do it, answer."""
    order = json.loads(sys.stdin.readline())
    if order["key"]:
        hold(Key(*map(bytes.fromhex, order["key"])))
    language.use(order["language"])
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(_NICE)
    try:
        _answer(_WORKS[order["what"]](order))
    except UserError as error:
        _answer({"error": str(error)})
    return 0


def _trial(order: dict[str, Any]) -> dict[str, Any]:
    from csplanner.book.trial import compute, to_plain

    room, today = Path(order["room"]), date.fromisoformat(order["today"])
    return to_plain(compute(Path(order["book"]), Path(order["staged"]), room, today, _tell))


def _as_of(order: dict[str, Any]) -> dict[str, Any]:
    from csplanner.book.as_of import make

    day, today = (date.fromisoformat(order[name]) for name in ("day", "today"))
    return make(Path(order["book"]), Path(order["room"]), day, today, _tell)


_WORKS = {"as_of": _as_of, "trial": _trial}


def _tell(done: int, total: int, words: str) -> None:
    _answer({"progress": [done, total, words]})


def _answer(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
