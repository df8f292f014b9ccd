"""The verbs that look after a book and its file: its history, backups, encryption, exports."""

import argparse
from pathlib import Path

from csplanner.cli.options import Verb, add_as_of, add_book, add_json, add_take_over


def _undo(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument(
        "change", type=int, nargs="?", help="number from the history; the newest else"
    )
    verb.add_argument(
        "--back-to", type=int, metavar="CHANGE", help="take back every change newer than this one"
    )
    add_take_over(verb)


def _redo(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument("--all", action="store_true", help="bring all that was undone again")
    add_take_over(verb)


def _history(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument("--account", help="name or id: only what touched it")
    verb.add_argument(
        "--kind", choices=("edits", "imports", "undone"), help="only changes of that kind"
    )
    verb.add_argument("--text", help="only changes with these words")
    verb.add_argument(
        "--change", type=int, help="one change: every row before and after, and what undo would do"
    )
    add_json(verb)


def _check(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument("--repair", action="store_true", help="mend what can be mended, undoably")
    add_take_over(verb)
    add_json(verb)


def _salvage(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument("--out", type=Path, required=True, help="the new .csbook file")
    which = verb.add_mutually_exclusive_group()
    which.add_argument(
        "--backup", type=Path, help="a backup to take lost rows from; the newest good one else"
    )
    which.add_argument("--no-backup", action="store_true", help="take no rows from a backup")
    add_json(verb)


def _backup(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    which = verb.add_mutually_exclusive_group()
    which.add_argument("--out", type=Path, help="a file to write; the backups folder when left out")
    which.add_argument("--list", action="store_true", help="list the backups there are")
    add_json(verb)


def _restore(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument(
        "backup", type=Path, nargs="?", help="the backup to put in the book’s place; the newest "
        "good one when left out",
    )  # fmt: skip
    verb.add_argument(
        "--other-book", action="store_true", help="also when the backup is of another book"
    )
    add_take_over(verb)


def _export(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument("--out", type=Path, required=True, help="the folder to write to")
    verb.add_argument(
        "--format",
        choices=("csv", "csv-exact", "json", "jsonl", "xlsx"),
        default="csv",
        help="csv is safe to open in a spreadsheet, csv-exact is for data exchange; "
        "csplanner new BOOK --from makes an equal book of any of them",
    )
    add_as_of(verb)


def _encrypt(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument(
        "--copies", choices=("keep", "rewrite", "remove"), default="keep",
        help="what becomes of backups and weekly dumps that do not open with the passphrase",
    )  # fmt: skip
    verb.add_argument(
        "--earlier-passphrase-file", type=Path, metavar="FILE",
        help="holds the passphrase of copies made before it was changed, to rewrite them",
    )  # fmt: skip
    add_take_over(verb)


def _passphrase(verb: argparse.ArgumentParser) -> None:
    _encrypt(verb)
    verb.add_argument(
        "--new-passphrase-file", type=Path, metavar="FILE",
        help="holds the new passphrase; else CSPLANNER_NEW_PASSPHRASE, or asked",
    )  # fmt: skip


CARE: dict[str, Verb] = {
    "undo": ("Take a change back, or all after one.", _undo, "history:undo"),
    "redo": ("Bring what was undone last again.", _redo, "history:redo"),
    "history": ("List the changes, or show one.", _history, "history:history"),
    "check": ("Check the book’s integrity and rules.", _check, "care:check"),
    "salvage": ("Make a new book of what a damaged one still holds.", _salvage, "care:salvage"),
    "backup": ("Make a verified copy, or list those there are.", _backup, "backups:backup"),
    "restore": ("Put a backup in the book’s place.", _restore, "backups:restore"),
    "encrypt": ("Encrypt a book with a passphrase.", _encrypt, "passphrases:encrypt"),
    "decrypt": ("Make an encrypted book a plain one.", _encrypt, "passphrases:decrypt"),
    "passphrase": ("Give an encrypted book another passphrase.", _passphrase,
                   "passphrases:passphrase"),
    "export": ("Write the whole book in documented formats.", _export, "outputs:export"),
}  # fmt: skip
"""Each by what it is called."""
