"""The process of its own that reads snapshots: a hostile file can at worst end this process.

Started as `python -m csplanner.crm.worker`; takes one JSON order on standard input and answers
with one JSON object per line: progress, then the staged snapshot, a question or an error.
"""

import json
import os
import sys
import threading
from pathlib import Path

from csplanner.book.key import Key, hold
from csplanner.crm import options as options_data
from csplanner.crm import staged as staged_data
from csplanner.crm.importing import UnknownColumns, stage_into
from csplanner.crm.options import Options
from csplanner.crm.question import Question
from csplanner.errors import UserError

MEMORY = 1 << 30
"""Bytes of address space the process may take."""


def order(
    paths: list[Path], book: Path, options: Options, staging: Path, key: Key | None = None
) -> str:
    """What `main` reads: one line of JSON, with the key of an encrypted book."""
    return json.dumps(
        {
            "paths": [str(p) for p in paths],
            "book": str(book),
            "staging": str(staging),
            "key": [key.raw.hex(), key.salt.hex()] if key else None,
            "options": options_data.to_plain(options),
        }
    )


def main() -> int:
    """Read the order, stage, answer."""
    _limit_memory()
    data = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_asker, daemon=True).start()
    if data["key"]:
        hold(Key(*map(bytes.fromhex, data["key"])))
    paths = [Path(p) for p in data["paths"]]
    try:
        staged = stage_into(
            Path(data["staging"]),
            paths,
            Path(data["book"]),
            options_data.from_plain(data["options"]),
            progress=_tell,
        )
    except Question as question:
        _answer(question=[str(question), question.flag, list(question.choices), question.where])
    except UnknownColumns as error:
        _answer(unknown=[mapping.to_json() for mapping in error.mappings])
    except UserError as error:
        _answer(error=str(error))
    except MemoryError:
        _answer(error="These files need more memory than an import may take. Import fewer at once.")
    else:
        _answer(staged=staged_data.to_plain(staged))
    return 0


def _end_with_asker() -> None:
    """End at once when who asked is gone: nobody is left to read the answer or to cancel."""
    # Not through `sys.stdin`, whose lock the interpreter wants at its own end.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


def _tell(done: int, total: int, words: str) -> None:
    _answer(progress=[done, total, words])


def _answer(**answer: object) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))


if __name__ == "__main__":
    sys.exit(main())
