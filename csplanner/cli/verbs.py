"""The verbs of the command line: what each is called, what it takes, and where it runs."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

_FIRST_YEAR, _LAST_YEAR = 1970, 2199


def day(text: str) -> date:
    """The date a word says; for `type=` of an option."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date like 2026-03-12") from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise argparse.ArgumentTypeError(f"{text} is not between {_FIRST_YEAR} and {_LAST_YEAR}")
    return found


def _book(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("book", type=Path, help="the .csbook file")


def _json(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--json", action="store_true", help="print one JSON document")


def _take_over(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--take-over", action="store_true",
        help="also when another computer seems to have the book open",
    )  # fmt: skip


def _new(verb: argparse.ArgumentParser) -> None:
    _book(verb)
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


def _import(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument("paths", type=Path, nargs="+", help="files, a folder or a zip")
    verb.add_argument(
        "--dry-run", action="store_true", help="show what would change, change nothing"
    )
    verb.add_argument("--as-of", type=day, help="the day the export was made (ISO)")
    verb.add_argument("--source", help="what to call the system it came from")
    verb.add_argument("--scope", choices=("full", "partial"), default="partial",
                      help="full: accounts not in it are marked missing")  # fmt: skip
    verb.add_argument("--mapping", type=Path, help="a mapping saved as JSON")
    verb.add_argument("--date-order", choices=("dmy", "mdy"), help="for dates like 3/4/2026")
    verb.add_argument("--decimal", choices=(".", ","), help="the decimal sign of 1.234 or 1,234")
    verb.add_argument("--currency", help="ISO code for amounts without one")
    _take_over(verb)
    _json(verb)


def _accounts(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    which = verb.add_mutually_exclusive_group()
    which.add_argument("--view", help="the name of a saved view")
    which.add_argument(
        "--filter", help="such as: tier is not digital and renewal before 2026-06-30"
    )
    _json(verb)


def _account(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument("account", help="name or id")
    _json(verb)


def _health(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument("account", nargs="?", help="name or id; all when left out")
    verb.add_argument("--explain", action="store_true", help="points lost, measure by measure")
    verb.add_argument("--as-of", type=day, help="judge with what was known on that day (ISO)")
    _json(verb)


def _book_json(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    _json(verb)


def _qbr(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument("account", help="name or id")
    verb.add_argument("--out", type=Path, required=True, help="the folder to write to")
    verb.add_argument(
        "--quarter", help="such as 2026Q1; the quarter that holds the day when left out"
    )
    verb.add_argument("--template", type=Path, help="your company’s .pptx")
    verb.add_argument("--kind", choices=("qbr", "ebr"), default="qbr")
    verb.add_argument("--workbook", action="store_true", help="an XLSX with the figures as well")
    _json(verb)


def _undo(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument(
        "change", type=int, nargs="?", help="number from the history; the newest else"
    )
    verb.add_argument(
        "--back-to", type=int, metavar="CHANGE", help="take back every change newer than this one"
    )
    _take_over(verb)


def _redo(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument("--all", action="store_true", help="bring all that was undone again")
    _take_over(verb)


def _history(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument("--account", help="name or id: only what touched it")
    verb.add_argument(
        "--kind", choices=("edits", "imports", "undone"), help="only changes of that kind"
    )
    verb.add_argument("--text", help="only changes with these words")
    verb.add_argument(
        "--change", type=int, help="one change: every row before and after, and what undo would do"
    )
    _json(verb)


def _check(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument("--repair", action="store_true", help="mend what can be mended, undoably")
    _take_over(verb)
    _json(verb)


def _rates(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    which = verb.add_mutually_exclusive_group()
    which.add_argument(
        "--set", nargs=3, metavar=("FROM", "TO", "RATE"),
        help="what one unit is worth, such as EUR USD 1.08",
    )  # fmt: skip
    which.add_argument("--remove", nargs=2, metavar=("FROM", "TO"), help="remove a rate")
    verb.add_argument("--on", type=day, help="the day from which it holds (ISO); today else")
    verb.add_argument("--source", help="where the rate is from")
    _take_over(verb)
    _json(verb)


def _touch(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument("line", help="such as: call Dana 20m renewal pricing !send deck fri")
    verb.add_argument("--account", help="name or id, where the line does not say it")
    verb.add_argument("--dry-run", action="store_true", help="show what was read, keep nothing")
    _take_over(verb)
    _json(verb)


def _tasks(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    which = verb.add_mutually_exclusive_group()
    which.add_argument("--until", type=day, help="only those due by that day (ISO)")
    which.add_argument("--all", action="store_true", help="those that are done as well")
    _json(verb)


def _task(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument("what", choices=("add", "done", "reopen", "remove"))
    verb.add_argument("task", help="the title of a new one; title or id of one there is")
    verb.add_argument("--account", help="name or id of the account it belongs to")
    verb.add_argument("--due", help="such as 2026-03-20, fri or “in 3 days”")
    verb.add_argument("--note", help="more about it")
    _take_over(verb)


def _note(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument("account", help="name or id")
    verb.add_argument(
        "text", nargs="?", help="plain or Markdown; the notes there are when left out"
    )
    verb.add_argument("--on", type=day, help="the day it is of (ISO); today else")
    _take_over(verb)
    _json(verb)


def _tag(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument("what", nargs="?", choices=("add", "remove", "rename"),
                      help="the tags there are when left out")  # fmt: skip
    verb.add_argument("word", nargs="?", help="the tag")
    verb.add_argument("accounts", nargs="*", help="names or ids; the new word to rename")
    _take_over(verb)
    _json(verb)


def _calendar(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument("file", type=Path, help="an .ics file")
    verb.add_argument("--dry-run", action="store_true", help="show what would come, keep nothing")
    verb.add_argument("--since", type=day, help="the first day (ISO); 92 days back else")
    verb.add_argument("--until", type=day, help="the last day (ISO); 92 days ahead else")
    _take_over(verb)
    _json(verb)


def _salvage(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument("--out", type=Path, required=True, help="the new .csbook file")
    which = verb.add_mutually_exclusive_group()
    which.add_argument(
        "--backup", type=Path, help="a backup to take lost rows from; the newest good one else"
    )
    which.add_argument("--no-backup", action="store_true", help="take no rows from a backup")
    _json(verb)


def _backup(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    which = verb.add_mutually_exclusive_group()
    which.add_argument("--out", type=Path, help="a file to write; the backups folder when left out")
    which.add_argument("--list", action="store_true", help="list the backups there are")
    _json(verb)


def _restore(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument(
        "backup", type=Path, nargs="?", help="the backup to put in the book’s place; the newest "
        "good one when left out",
    )  # fmt: skip
    verb.add_argument(
        "--other-book", action="store_true", help="also when the backup is of another book"
    )
    _take_over(verb)


def _export(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument("--out", type=Path, required=True, help="the folder to write to")
    verb.add_argument(
        "--format",
        choices=("csv", "csv-exact", "json", "jsonl", "xlsx"),
        default="csv",
        help="csv is safe to open in a spreadsheet, csv-exact is for data exchange; "
        "csplanner new BOOK --from makes an equal book of any of them",
    )


def _encrypt(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument(
        "--copies", choices=("keep", "rewrite", "remove"), default="keep",
        help="what becomes of backups and weekly dumps that do not open with the passphrase",
    )  # fmt: skip
    verb.add_argument(
        "--earlier-passphrase-file", type=Path, metavar="FILE",
        help="holds the passphrase of copies made before it was changed, to rewrite them",
    )  # fmt: skip
    _take_over(verb)


def _passphrase(verb: argparse.ArgumentParser) -> None:
    _encrypt(verb)
    verb.add_argument(
        "--new-passphrase-file", type=Path, metavar="FILE",
        help="holds the new passphrase; else CSPLANNER_NEW_PASSPHRASE, or asked",
    )  # fmt: skip


def _person(verb: argparse.ArgumentParser) -> None:
    _book(verb)
    verb.add_argument("person", nargs="?", help="name, e-mail or id")
    verb.add_argument("--account", help="name or id of the account they belong to")
    verb.add_argument("--export", type=Path, metavar="DIR", help="write all about them there")
    verb.add_argument("--erase", action="store_true", help="show what erasing them would do")
    verb.add_argument("--yes", action="store_true", help="erase for good; nothing undoes it")
    verb.add_argument(
        "--all-mentions", action="store_true", help="also words that may mean somebody else"
    )
    verb.add_argument(
        "--rewrite-backups", action="store_true", help="erase them from the backups too"
    )
    _take_over(verb)
    _json(verb)


def _out(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--out", type=Path, required=True, help="the folder to write to")


def _nothing(verb: argparse.ArgumentParser) -> None:
    del verb


VERBS: dict[str, tuple[str, Callable[[argparse.ArgumentParser], None], str]] = {
    "new": ("Create a book: empty, with a made-up sample, or from an export.", _new, "books:new"),
    "import": ("Read a CRM snapshot, show what changed, apply it.", _import, "imports:import_"),
    "accounts": ("List the book.", _accounts, "accounts:accounts"),
    "account": ("Everything known about one account.", _account, "accounts:account"),
    "person": ("Everything about one person: show, export, erase.", _person, "people:person"),
    "health": ("Score, bounds, coverage, band and reasons.", _health, "judgements:health"),
    "tiers": ("Tier by rule and by choice, hours and load.", _book_json, "judgements:tiers"),
    "today": ("What needs attention now, and why.", _book_json, "judgements:today"),
    "touch": ("Log or plan a touch in one line.", _touch, "jottings:touch"),
    "tasks": ("List what is to be done.", _tasks, "jottings:tasks"),
    "task": ("Add a task, or say it is done.", _task, "jottings:task"),
    "note": ("Write or list notes about an account.", _note, "jottings:note"),
    "tag": ("List tags, put them on accounts, take them off.", _tag, "jottings:tag"),
    "calendar": ("Read the meetings of an .ics file.", _calendar, "calendars:calendar"),
    "qbr": ("Write the customer deck and the internal brief.", _qbr, "outputs:qbr"),
    "undo": ("Take a change back, or all after one.", _undo, "history:undo"),
    "redo": ("Bring what was undone last again.", _redo, "history:redo"),
    "history": ("List the changes, or show one.", _history, "history:history"),
    "check": ("Check the book’s integrity and rules.", _check, "care:check"),
    "rates": ("List, set or remove exchange rates.", _rates, "rates:rates"),
    "salvage": ("Make a new book of what a damaged one still holds.", _salvage, "care:salvage"),
    "backup": ("Make a verified copy, or list those there are.", _backup, "backups:backup"),
    "restore": ("Put a backup in the book’s place.", _restore, "backups:restore"),
    "encrypt": ("Encrypt a book with a passphrase.", _encrypt, "passphrases:encrypt"),
    "decrypt": ("Make an encrypted book a plain one.", _encrypt, "passphrases:decrypt"),
    "passphrase": ("Give an encrypted book another passphrase.", _passphrase,
                   "passphrases:passphrase"),
    "export": ("Write the whole book in documented formats.", _export, "outputs:export"),
    "demo": ("Sample book, decks, briefs and pictures, no display needed.", _out, "demo:demo"),
    "self-test": ("One line for each capability of this installation.", _nothing,
                  "self_test:self_test"),
}  # fmt: skip
