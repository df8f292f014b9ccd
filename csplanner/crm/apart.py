"""Staging in a process of its own, so that the window stays quick and can cancel at any moment."""

from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Any

from csplanner.book.beside_talk import Ended, Talk, talk
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
    # The process does not stand in the folder that relative paths are of.
    files = [path.absolute() for path in paths]
    line = order(files, book.absolute(), options or Options(), staging, key_of_file(book))
    try:
        with talk("csplanner.crm.worker", line) as worker:
            return _listen(worker, progress, cancelled)
    except Ended as ended:
        remove_folder(folder)
        raise _why(ended.code) from None
    except BaseException:
        remove_folder(folder)
        raise


def _listen(worker: Talk, progress: Progress | None, cancelled: Cancel | None) -> Staged:
    heard = began = monotonic()
    while True:
        if cancelled is not None and cancelled():
            raise Cancelled
        answer = worker.hear(_POLL)
        now = monotonic()
        if now - began > _LONGEST or now - heard > _SILENT_FOR:
            raise UserError(
                "Reading these files took too long and was stopped. Import fewer at once."
            )
        if answer is None:
            continue
        heard = now
        if "progress" not in answer:
            return _outcome(answer)
        if progress is not None:
            progress(*answer["progress"])


def _why(code: int) -> UserError:
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
