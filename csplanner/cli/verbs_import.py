"""The verbs about snapshots: import one, look after its problems and what is remembered."""

import argparse
from pathlib import Path

from csplanner.cli.options import Verb, add_book, add_json, add_take_over, day

_OBJECTS = ("account", "person", "opportunity", "subscription", "term", "case")


def _import(verb: argparse.ArgumentParser) -> None:
    """The options of `import`, in groups."""
    add_book(verb)
    verb.add_argument("paths", type=Path, nargs="+", help="files, folders or zips of one snapshot")
    verb.add_argument(
        "--dry-run", action="store_true", help="show what would change, change nothing"
    )
    add_take_over(verb)
    add_json(verb)
    _add_snapshot(verb.add_argument_group("what the snapshot is"))
    _add_reading(verb.add_argument_group("how its files are read"))
    _add_matching(verb.add_argument_group("who is who, and what is taken"))


def _add_snapshot(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--as-of", type=day, help="the day the export was made (ISO)")
    group.add_argument("--source", help="what to call the system it came from")
    group.add_argument(
        "--complete", action="append", choices=_OBJECTS, default=[], metavar="KIND",
        help="the files hold every account (person, opportunity, …): what they lack is marked as "
        "missing, never deleted; may be repeated",
    )  # fmt: skip
    group.add_argument(
        "--within", metavar="OWNER", help="--complete speaks only of the accounts of this owner"
    )
    group.add_argument(
        "--scope", choices=("full", "partial"), default="partial",
        help="full says the same as --complete account",
    )  # fmt: skip
    group.add_argument(
        "--blanks", choices=("keep", "clear"), default="keep",
        help="keep: an empty cell says nothing; clear: it clears what the CRM said before",
    )  # fmt: skip


def _add_reading(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--mapping", type=Path, help="a mapping saved as JSON")
    group.add_argument(
        "--object", action="append", default=[], metavar="FILE=KIND",
        help="what the rows of a file are, such as list.csv=account; may be repeated",
    )  # fmt: skip
    group.add_argument(
        "--column", action="append", default=[], metavar="FILE:HEADER=TARGET",
        help="what a column becomes, such as list.csv:Firma=account.name; nothing behind = leaves "
        "it out; may be repeated",
    )  # fmt: skip
    group.add_argument("--date-order", choices=("dmy", "mdy"), help="for dates like 3/4/2026")
    group.add_argument("--decimal", choices=(".", ","), help="the decimal sign of 1.234 or 1,234")
    group.add_argument("--currency", help="ISO code for amounts without one")
    group.add_argument(
        "--encoding", action="append", default=[], metavar="FILE=NAME",
        help="how the letters of a text file are written, such as list.csv=cp1252; *=NAME for all",
    )  # fmt: skip
    group.add_argument(
        "--meaning", action="append", default=[], metavar="KIND:WORD=MEANING",
        help="what a word of a list means, such as stage:Verbal=won; remembered for the source",
    )  # fmt: skip
    group.add_argument(
        "--fix", action="append", default=[], metavar="FILE:ROW:HEADER=VALUE",
        help="read one cell as if it said VALUE; may be repeated",
    )  # fmt: skip
    group.add_argument(
        "--no-recall", action="store_true",
        help="map the columns anew, without what was remembered of earlier imports",
    )  # fmt: skip
    group.add_argument("--remember-as", metavar="NAME", help="the name to remember the mapping by")
    group.add_argument(
        "--no-remember", action="store_true", help="remember nothing of how the files were read"
    )


def _add_matching(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--match", action="append", default=[], metavar="ID=ACCOUNT",
        help="the CRM’s id of an account (or name:…) and the account of the book it is, by name "
        "or id, or “new”; may be repeated",
    )  # fmt: skip
    group.add_argument(
        "--same-names", action="store_true",
        help="take every account whose name fits exactly one of the book for that one",
    )  # fmt: skip
    group.add_argument(
        "--new-names", action="store_true",
        help="take accounts for new ones although the book has one of that name",
    )  # fmt: skip
    group.add_argument(
        "--always-mine", action="append", default=[], metavar="FIELD",
        help="always keep your value of a field, such as account.city; may be repeated",
    )  # fmt: skip
    group.add_argument(
        "--always-theirs", action="append", default=[], metavar="FIELD",
        help="always take the CRM’s value of a field; may be repeated",
    )  # fmt: skip
    group.add_argument(
        "--keep", action="append", default=[], metavar="OBJECT:ID:FIELD",
        help="leave one field of a record as it is in the book, such as account:Acme:city, by id "
        "or title; may be repeated",
    )  # fmt: skip
    group.add_argument(
        "--take", action="append", default=[], metavar="OBJECT:ID:FIELD",
        help="take the CRM’s value of one field that you set; may be repeated",
    )  # fmt: skip
    group.add_argument(
        "--keep-account", action="append", default=[], metavar="ACCOUNT",
        help="take nothing of an account, by name or id; may be repeated",
    )  # fmt: skip
    group.add_argument(
        "--leave-out", action="append", default=[], metavar="OBJECT:ID",
        help="do not take a new record, put a deleted one away or merge one, such as "
        "person:Dana Kovač; may be repeated",
    )  # fmt: skip


def _quarantine(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    # Rows set aside say whose they are by what their file said then.
    verb.set_defaults(new_names=True, keep=[], take=[], keep_account=[], leave_out=[])
    verb.add_argument("--snapshot", help="the id of one import; all of them when left out")
    verb.add_argument("--csv", type=Path, metavar="FILE", help="write the list as a CSV file")
    verb.add_argument(
        "--fix", action="append", default=[], metavar="ID:HEADER=VALUE",
        help="correct a cell of a listed row and bring the row in; may be repeated",
    )  # fmt: skip
    verb.add_argument(
        "--again", action="append", default=[], metavar="ID",
        help="try a listed row again as it stands; may be repeated",
    )  # fmt: skip
    verb.add_argument(
        "--dry-run", action="store_true", help="show what --fix would bring in, change nothing"
    )
    add_take_over(verb)
    add_json(verb)


def _remembered(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    which = verb.add_mutually_exclusive_group()
    which.add_argument("--rename", metavar="ID=NAME", help="give a mapping another name")
    which.add_argument(
        "--forget", metavar="ID", help="forget a mapping, the meaning of a word or a rule"
    )
    add_take_over(verb)
    add_json(verb)


SNAPSHOTS: dict[str, Verb] = {
    "import": ("Read a CRM snapshot, show what changed, apply it.", _import, "imports:import_"),
    "quarantine": ("List what imports set aside; correct it and bring it in.", _quarantine,
                   "quarantine:quarantine"),
    "remembered": ("List what imports remember; rename or forget it.", _remembered,
                   "remembered:remembered"),
}  # fmt: skip
"""Each by what it is called."""
