"""Work on private copies of a book in a process of its own, which can be stopped at any moment."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from csplanner.book.beside_talk import Ended, talk
from csplanner.book.connection import key_of_file
from csplanner.errors import UserError
from csplanner.language import current

Progress = Callable[[int, int, str], None]
"""Called with (done, total, words)."""
Cancel = Callable[[], bool]
"""Asked twenty times a second; True ends the work."""

_POLL = 0.05


def work_beside(
    what: str,
    book: Path,
    order: Mapping[str, object],
    *,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> dict[str, Any] | None:
    """What `beside_worker` answers to an order about the book; None when it was cancelled.

    Raises UserError as the work does. The key of an encrypted book goes through the pipe, of
    which others can see neither end.
    """
    key = key_of_file(book)
    line = json.dumps(
        {
            "what": what,
            "book": str(book),
            "key": [key.raw.hex(), key.salt.hex()] if key else None,
            "language": current().code,
            **order,
        }
    )
    with talk("csplanner.book.beside_worker", line) as worker:
        while True:
            if cancelled is not None and cancelled():
                return None
            try:
                answer = worker.hear(_POLL)
            except Ended as ended:
                raise _why(ended) from None
            if answer is None:
                continue
            if "error" in answer:
                raise UserError(answer["error"])
            if "progress" not in answer:
                return answer
            if progress is not None:
                progress(*answer["progress"])


def _why(ended: Ended) -> Exception:
    if ended.code == 1 and "MemoryError" not in ended.said:
        return RuntimeError(ended.said)  # a bug of ours
    return UserError(
        "The private copy could not be worked on: there was too little memory. "
        "Close other programs, then try again."
    )
