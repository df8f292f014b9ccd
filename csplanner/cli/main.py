"""`csplanner VERB BOOK …`: reads the words, runs the verb, exits 0 (done), 1 (refused), 2 (usage).

Verbs load what they need when they run: no verb but `qbr`, `demo` and `map --out` loads Qt, none
but `import` and `export` may load pandas.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

from csplanner import __version__
from csplanner.cli.options import day
from csplanner.cli.verbs import VERBS
from csplanner.errors import UserError

Run = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code; without a verb the window opens."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if arguments is None:
        sys.excepthook = _tell_mistake
    _say_what_cannot_be_written()
    for word in words:
        if not _is_text(word):
            from csplanner.cli.output import refuse

            shown = word.encode("utf-8", "replace").decode()
            return refuse(f"“{shown}” holds bytes that are no text. Type it again.")
    if _wants_window(words):
        return _guarded(lambda: _window(words))
    options = parser().parse_args(words)
    run: Run = options.run
    return _guarded(lambda: run(options))


def _is_text(word: str) -> bool:
    """Whether a word is text; the name of a file that is there may be any bytes."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return Path(word).exists()
    return True


def _tell_mistake(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Say where a mistake of our own happened, without its words, which may name somebody."""
    if not issubclass(kind, Exception):
        sys.__excepthook__(kind, error, trace)
        return
    from csplanner.fault_places import where

    print("csplanner made a mistake. What it had not said it did was not done. Where:",
          file=sys.stderr)  # fmt: skip
    print(where(error), file=sys.stderr)


def _guarded(run: Callable[[], int]) -> int:
    """Run, with every refusal as one sentence on stderr and exit code 1."""
    from csplanner.book.connection import sqlite_in_words
    from csplanner.cli.output import refuse

    try:
        with sqlite_in_words():
            code = run()
        sys.stdout.flush()
        return code
    except UserError as error:
        return refuse(str(error))
    except KeyboardInterrupt:
        return refuse("Stopped. What was not finished was not written.")
    except BrokenPipeError:
        # The reader (head, less) went away: nothing is wrong, and nothing more can be said.
        _drop_output()
        return 0
    except OSError as error:
        _drop_output()
        place = Path(error.filename).name if isinstance(error.filename, str) else "a file"
        return refuse(f"{place} could not be used: {error.strerror}. Check it, then try again.")


def _drop_output() -> None:
    """Send what is still to be printed nowhere, so that leaving does not fail on it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say_what_cannot_be_written() -> None:
    """Print a stand-in for a character that a terminal of another alphabet cannot show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def _wants_window(words: list[str]) -> bool:
    """No words, or a book to open, or `--today D` with either, in any order."""
    rest = list(words)
    if "--today" in rest:
        at = rest.index("--today")
        del rest[at : at + 2]
    if not rest:
        return True
    is_book = rest[0].endswith(".csbook") or Path(rest[0]).exists()
    return len(rest) == 1 and rest[0] not in VERBS and not rest[0].startswith("-") and is_book


def _window(words: list[str]) -> int:
    from csplanner.app import run_window

    window = argparse.ArgumentParser(prog="csplanner")
    window.add_argument("--today", type=day, default=None)
    window.add_argument("book", nargs="?", type=Path)
    options = window.parse_args(words)
    return run_window(options.book, today=options.today)


def parser() -> argparse.ArgumentParser:
    """The parser of every verb with its help."""
    top = argparse.ArgumentParser(
        prog="csplanner",
        description="Plan a book of accounts, offline. Without a verb the window opens.",
    )
    top.add_argument("--version", action="version", version=f"csplanner {__version__}")
    verbs = top.add_subparsers(dest="verb", required=True, metavar="VERB")
    for name, (summary, add_options, runs) in VERBS.items():
        verb = verbs.add_parser(name, help=summary, description=summary)
        verb.add_argument("--today", type=day, default=None, help="the day to count from (ISO)")
        verb.add_argument(
            "--passphrase-file", type=Path, default=None, metavar="FILE",
            help="holds the passphrase of an encrypted book; else CSPLANNER_PASSPHRASE, or asked",
        )  # fmt: skip
        add_options(verb)
        verb.set_defaults(run=_late(runs))
    return top


def _late(runs: str) -> Run:
    """The function `module:name` of this package, imported when it is called."""
    module, _, name = runs.partition(":")

    def run(options: argparse.Namespace) -> int:
        from importlib import import_module

        from csplanner.cli.passphrases import unlock_named

        if any(isinstance(getattr(options, who, None), list) for who in ("account", "person")):
            # What Python 3.11 makes of the word `--` where one word may stand.
            raise UserError("“--” names nobody. Type a name or an id.")
        options.today = options.today or date.today()  # noqa: DTZ011 - the user's own day
        unlock_named(options)
        chosen: Run = getattr(import_module(f"csplanner.cli.{module}"), name)
        return chosen(options)

    return run
