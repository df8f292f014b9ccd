"""Work on private copies of a book in a process of its own, which can be stopped at any moment."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

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
    process = subprocess.Popen(
        [sys.executable, "-m", "csplanner.book.beside_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).resolve().parent.parent.parent,
    )
    try:
        return _converse(process, line, progress, cancelled)
    finally:
        process.kill()
        process.communicate()


def _converse(
    process: "subprocess.Popen[str]", line: str, progress: Progress | None, cancelled: Cancel | None
) -> dict[str, Any] | None:
    stdin, stdout = process.stdin, process.stdout
    if stdin is None or stdout is None:
        raise RuntimeError("the process has no pipes")
    answers: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(stdout, answers), daemon=True).start()
    stdin.write(line + "\n")
    stdin.flush()
    while True:
        if cancelled is not None and cancelled():
            return None
        try:
            answer = answers.get(timeout=_POLL)
        except queue.Empty:
            continue
        if answer is None:
            raise _why_it_ended(process)
        if "error" in answer:
            raise UserError(answer["error"])
        if "progress" not in answer:
            return answer
        if progress is not None:
            progress(*answer["progress"])


def _why_it_ended(process: "subprocess.Popen[str]") -> Exception:
    said = process.stderr.read() if process.stderr is not None else ""
    if process.wait() == 1 and "MemoryError" not in said:
        return RuntimeError(said)  # a bug of ours
    return UserError(
        "The private copy could not be worked on: there was too little memory. "
        "Close other programs, then try again."
    )


def _listen(stdout: IO[str], answers: "queue.SimpleQueue[dict[str, Any] | None]") -> None:
    for line in stdout:
        answers.put(json.loads(line))
    answers.put(None)
