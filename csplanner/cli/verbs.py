"""The verbs of the command line: what each is called, what it takes, and where it runs."""

import argparse
from pathlib import Path

from csplanner.cli.options import Verb, add_book
from csplanner.cli.verbs_file import CARE
from csplanner.cli.verbs_import import SNAPSHOTS
from csplanner.cli.verbs_work import WORK


def _new(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument(
        "--encrypted", action="store_true",
        help="ask for a passphrase, without which nobody can read it again",
    )  # fmt: skip
    filled = verb.add_mutually_exclusive_group()
    filled.add_argument("--sample", action="store_true", help="fill it with a made-up book")
    filled.add_argument(
        "--from", dest="source", type=Path,
        help="make it of an export of csplanner (a folder of CSV files, JSON, JSONL, XLSX) or of "
        "a weekly dump",
    )  # fmt: skip


def _out(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--out", type=Path, required=True, help="the folder to write to")


def _nothing(verb: argparse.ArgumentParser) -> None:
    del verb


VERBS: dict[str, Verb] = {
    "new": ("Create a book: empty, with a made-up sample, or from an export.", _new, "books:new"),
    **SNAPSHOTS,
    **WORK,
    **CARE,
    "demo": ("Sample book, decks, briefs and pictures, no display needed.", _out, "demo:demo"),
    "self-test": ("One line for each capability of this installation.", _nothing,
                  "self_test:self_test"),
}  # fmt: skip
"""Every verb in the order in which they are listed."""
