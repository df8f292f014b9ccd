"""The verbs for the work on a book: import, read, judge, note, review."""

import argparse
from pathlib import Path

from csplanner.cli.options import Verb, add_as_of, add_book, add_json, add_take_over, day


def _news(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    which = verb.add_mutually_exclusive_group()
    which.add_argument("--snapshot", help="the id of a snapshot; the last one when left out")
    which.add_argument("--account", help="all that snapshots told about one: its name or id")
    which.add_argument("--since", type=day, help="what snapshots told since that day (ISO)")
    add_json(verb)


def _accounts(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    which = verb.add_mutually_exclusive_group()
    which.add_argument("--view", help="the name of a saved view")
    which.add_argument(
        "--filter", help="such as: tier is not digital and renewal before 2026-06-30"
    )
    add_as_of(verb)
    add_json(verb)


def _account(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument("account", help="name or id")
    add_as_of(verb)
    add_json(verb)


def _map(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument("account", help="name or id")
    verb.add_argument("--map", help="the name of a further map; that of everybody when left out")
    verb.add_argument(
        "--out", type=Path, metavar="FILE", help="write it: .png, .svg, .pdf, .xlsx or .pptx"
    )
    verb.add_argument(
        "--lens", default="reporting", help="what a picture is drawn for",
        choices=("reporting", "influence", "coverage", "sentiment", "freshness"),
    )  # fmt: skip
    verb.add_argument("--since", type=day, help="tell what changed on it since that day (ISO)")
    verb.add_argument(
        "--customer", action="store_true",
        help="only what the customer may see: no judgement, role, strength or note",
    )  # fmt: skip
    add_as_of(verb)
    add_json(verb)


def _merge(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument("keep", help="the account that stays, by name or id")
    verb.add_argument("other", help="the account that goes into it and is archived")
    add_take_over(verb)
    add_json(verb)


def _split(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument("account", help="name or id")
    verb.add_argument("--name", help="of the new account; lists what could go to it when left out")
    verb.add_argument(
        "--ref", action="append", default=[], metavar="ID",
        help="what the CRM calls the account that goes: later snapshots follow; may be repeated",
    )  # fmt: skip
    verb.add_argument(
        "--record", action="append", default=[], metavar="KIND:ID",
        help="a record that goes with all that hangs on it, such as person:Dana; may be repeated",
    )  # fmt: skip
    add_take_over(verb)
    add_json(verb)


def _health(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument("account", nargs="?", help="name or id; all when left out")
    verb.add_argument("--explain", action="store_true", help="points lost, measure by measure")
    add_as_of(verb)
    add_json(verb)


def _judged(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    add_as_of(verb)
    add_json(verb)


def _qbr(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument("account", help="name or id")
    verb.add_argument("--out", type=Path, required=True, help="the folder to write to")
    verb.add_argument(
        "--quarter", help="such as 2026Q1; the quarter that holds the day when left out"
    )
    verb.add_argument("--template", type=Path, help="your company’s .pptx")
    verb.add_argument("--kind", choices=("qbr", "ebr"), default="qbr")
    verb.add_argument("--workbook", action="store_true", help="an XLSX with the figures as well")
    verb.add_argument("--map", action="store_true", help="a slide of who works with whom as well")
    add_json(verb)


def _rates(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    which = verb.add_mutually_exclusive_group()
    which.add_argument(
        "--set", nargs=3, metavar=("FROM", "TO", "RATE"),
        help="what one unit is worth, such as EUR USD 1.08",
    )  # fmt: skip
    which.add_argument("--remove", nargs=2, metavar=("FROM", "TO"), help="remove a rate")
    verb.add_argument("--on", type=day, help="the day from which it holds (ISO); today else")
    verb.add_argument("--source", help="where the rate is from")
    add_take_over(verb)
    add_json(verb)


def _touch(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument("line", help="such as: call Dana 20m renewal pricing !send deck fri")
    verb.add_argument("--account", help="name or id, where the line does not say it")
    verb.add_argument("--dry-run", action="store_true", help="show what was read, keep nothing")
    add_take_over(verb)
    add_json(verb)


def _tasks(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    which = verb.add_mutually_exclusive_group()
    which.add_argument("--until", type=day, help="only those due by that day (ISO)")
    which.add_argument("--all", action="store_true", help="those that are done as well")
    add_json(verb)


def _task(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument("what", choices=("add", "done", "reopen", "remove"))
    verb.add_argument("task", help="the title of a new one; title or id of one there is")
    verb.add_argument("--account", help="name or id of the account it belongs to")
    verb.add_argument("--due", help="such as 2026-03-20, fri or “in 3 days”")
    verb.add_argument("--note", help="more about it")
    add_take_over(verb)
    add_json(verb)


def _note(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument("account", help="name or id")
    verb.add_argument(
        "text", nargs="?", help="plain or Markdown; the notes there are when left out"
    )
    verb.add_argument("--on", type=day, help="the day it is of (ISO); today else")
    add_take_over(verb)
    add_json(verb)


def _tag(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument("what", nargs="?", choices=("add", "remove", "rename"),
                      help="the tags there are when left out")  # fmt: skip
    verb.add_argument("word", nargs="?", help="the tag")
    verb.add_argument("accounts", nargs="*", help="names or ids; the new word to rename")
    add_take_over(verb)
    add_json(verb)


def _calendar(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
    verb.add_argument("file", type=Path, help="an .ics file")
    verb.add_argument("--dry-run", action="store_true", help="show what would come, keep nothing")
    verb.add_argument("--since", type=day, help="the first day (ISO); 92 days back else")
    verb.add_argument("--until", type=day, help="the last day (ISO); 92 days ahead else")
    add_take_over(verb)
    add_json(verb)


def _person(verb: argparse.ArgumentParser) -> None:
    add_book(verb)
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
    add_take_over(verb)
    add_json(verb)


WORK: dict[str, Verb] = {
    "news": ("What the last snapshot changed, ranked by what matters.", _news, "news:news"),
    "accounts": ("List the book.", _accounts, "accounts:accounts"),
    "account": ("Everything known about one account.", _account, "accounts:account"),
    "map": ("Who is on the map of an account, and what it says.", _map, "map:show"),
    "merge": ("Make one account of two.", _merge, "parting:merge"),
    "split": ("Make two accounts of one.", _split, "parting:split"),
    "person": ("Everything about one person: show, export, erase.", _person, "people:person"),
    "health": ("Score, bounds, coverage, band and reasons.", _health, "judgements:health"),
    "tiers": ("Tier by rule and by choice, hours and load.", _judged, "judgements:tiers"),
    "today": ("What needs attention now, and why.", _judged, "judgements:today"),
    "touch": ("Log or plan a touch in one line.", _touch, "jottings:touch"),
    "tasks": ("List what is to be done.", _tasks, "jottings:tasks"),
    "task": ("Add a task, or say it is done.", _task, "jottings:task"),
    "note": ("Write or list notes about an account.", _note, "jottings:note"),
    "tag": ("List tags, put them on accounts, take them off.", _tag, "jottings:tag"),
    "calendar": ("Read the meetings of an .ics file.", _calendar, "calendars:calendar"),
    "qbr": ("Write the customer deck and the internal brief.", _qbr, "outputs:qbr"),
    "rates": ("List, set or remove exchange rates.", _rates, "rates:rates"),
}  # fmt: skip
"""Each by what it is called."""
