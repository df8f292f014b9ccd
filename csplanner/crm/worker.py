"""The process of its own that reads snapshots: a hostile file can at worst end this process.

Started as `python -m csplanner.crm.worker`; takes one JSON order on standard input and answers
with one JSON object per line: progress, then the staged snapshot, a question or an error.
"""

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from csplanner.book.key import Key, hold
from csplanner.crm.importing import Options, Staged, stage_into
from csplanner.crm.mapping import from_json
from csplanner.crm.question import Question
from csplanner.crm.table import LeftOut
from csplanner.errors import UserError

MEMORY = 2 << 30
"""Bytes of address space the process may take."""
_SAID = ("source", "scope", "date_order", "currency", "decimal")


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
            "options": {
                **{k: getattr(options, k) for k in _SAID},
                "as_of": options.as_of.isoformat() if options.as_of else None,
                "today": options.today.isoformat() if options.today else None,
                "mappings": {f: m.to_json() for f, m in options.mappings.items()},
            },
        }
    )


def staged_of(data: dict[str, Any]) -> Staged:
    """The staged snapshot of an answer."""
    return Staged(
        **{
            **data,
            "path": Path(data["path"]),
            "as_of": date.fromisoformat(data["as_of"]),
            "mappings": tuple(from_json(m) for m in data["mappings"]),
            "left_out": tuple(LeftOut(**item) for item in data["left_out"]),
            "notes": tuple(data["notes"]),
        }
    )


def main() -> int:
    """Read the order, stage, answer."""
    _limit_memory()
    data = json.loads(sys.stdin.readline())
    given = data["options"]
    if data["key"]:
        hold(Key(*map(bytes.fromhex, data["key"])))
    options = Options(
        **{
            **given,
            "as_of": date.fromisoformat(given["as_of"]) if given["as_of"] else None,
            "today": date.fromisoformat(given["today"]) if given["today"] else None,
            "mappings": {f: from_json(m) for f, m in given["mappings"].items()},
        }
    )
    paths = [Path(p) for p in data["paths"]]
    try:
        staged = stage_into(
            Path(data["staging"]), paths, Path(data["book"]), options, progress=_tell
        )
    except Question as question:
        _answer(question=[str(question), question.flag, list(question.choices), question.where])
    except UserError as error:
        _answer(error=str(error))
    except MemoryError:
        _answer(error="These files need more memory than an import may take. Import fewer at once.")
    else:
        _answer(
            staged={
                **{k: v for k, v in asdict(staged).items() if k not in ("path", "as_of")},
                "path": str(staged.path),
                "as_of": staged.as_of.isoformat(),
            }
        )
    return 0


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
