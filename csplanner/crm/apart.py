"""Staging in a process of its own, so that the window stays quick and can cancel at any moment."""

import json
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import IO, Any

from csplanner.book.connection import key_of_file
from csplanner.book.room import STAGED, new_folder, remove_folder
from csplanner.crm.importing import UnknownColumns
from csplanner.crm.mapping import from_json
from csplanner.crm.options import Cancel, Options, Progress
from csplanner.crm.question import Cancelled, Question
from csplanner.crm.staged import Staged, from_plain
from csplanner.crm.worker import order
from csplanner.errors import UserError

_POLL = 0.02
_NOTHING: dict[str, Any] = {}
"""Stands for no answer within one look."""
_SILENT_FOR = 60.0
"""Seconds without a sign of life after which the process is given up: a hostile file tells none,
an honest one does with every block of rows, however many there are.
"""
_ABORTED, _KILLED = -6, (-9, -15)
"""How the process ends when it aborts for want of memory, and when others kill it."""
_LONGEST = 3_600.0
"""Seconds after which the process is given up whatever it tells."""


def stage_apart(
    paths: Sequence[Path],
    book: Path,
    options: Options | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> Staged:
    """`importing.stage` in a process with its own memory limit; raises what that raises."""
    folder = new_folder(STAGED)
    # The key of an encrypted book goes through the pipe: others can see neither end of it.
    staging = folder / "staging.sqlite"
    line = order(list(paths), book, options or Options(), staging, key_of_file(book))
    process = subprocess.Popen(
        [sys.executable, "-m", "csplanner.crm.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        cwd=Path(__file__).resolve().parent.parent.parent,
    )
    try:
        return _converse(process, line, progress, cancelled)
    except BaseException:
        remove_folder(folder)
        raise
    finally:
        process.kill()
        process.communicate()


def _converse(
    process: "subprocess.Popen[str]", line: str, progress: Progress | None, cancelled: Cancel | None
) -> Staged:
    stdin, stdout = process.stdin, process.stdout
    if stdin is None or stdout is None:
        raise RuntimeError("the process has no pipes")
    answers: queue.Queue[dict[str, Any] | None] = queue.Queue()
    reader = threading.Thread(target=_listen, args=(stdout, answers), daemon=True)
    reader.start()
    with suppress(BrokenPipeError):  # why it ended already is told below
        stdin.write(line + "\n")
        stdin.flush()
    heard = began = monotonic()
    while True:
        if cancelled is not None and cancelled():
            raise Cancelled
        try:
            answer = answers.get(timeout=_POLL)
        except queue.Empty:
            answer = _NOTHING
        now = monotonic()
        if now - began > _LONGEST or now - heard > _SILENT_FOR:
            raise UserError(
                "Reading these files took too long and was stopped. Import fewer at once."
            )
        if answer is _NOTHING:
            continue
        heard = now
        if answer is None:
            raise _ended(process.wait())
        if "progress" in answer:
            if progress is not None:
                progress(*answer["progress"])
            continue
        return _outcome(answer)


def _ended(code: int) -> UserError:
    """What to say of a process that ended without an answer: killed for its memory, or broken."""
    if code == _ABORTED:
        return UserError(
            "These files cannot be read: reading them took more memory than an import may take. "
            "Import fewer at once."
        )
    if code in _KILLED:
        return UserError(
            "Reading these files was ended from outside, as your computer does when its memory is "
            "full. Your book is unchanged. Close other programs and try again, or import fewer "
            "files at once."
        )
    return UserError(
        "These files cannot be read: something in them stopped the part of csplanner that reads "
        f"files (code {code}). Your book is unchanged. Save them anew, or import them one by one "
        "to find which it is."
    )


def _outcome(answer: dict[str, Any]) -> Staged:
    if "question" in answer:
        sentence, flag, choices, where = answer["question"]
        raise Question(sentence, flag, choices=tuple(choices), where=where)
    if "unknown" in answer:
        raise UnknownColumns(tuple(from_json(mapping) for mapping in answer["unknown"]))
    if "error" in answer:
        raise UserError(answer["error"])
    return from_plain(answer["staged"])


def _listen(stdout: IO[str], answers: "queue.Queue[dict[str, Any] | None]") -> None:
    for line in stdout:
        answers.put(json.loads(line))
    answers.put(None)
