"""Verbs for what you jot down: touches of one line, tasks, notes, tags, meetings of a calendar."""

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING

from csplanner.book.book import Book
from csplanner.cli.books import opened
from csplanner.cli.output import day, one_line, print_json, print_table
from csplanner.domain.account import Account, AccountId
from csplanner.domain.line_days import Days
from csplanner.domain.line_names import known
from csplanner.domain.line_words import PartKind, words_of_line
from csplanner.domain.note import Note
from csplanner.domain.task import Task
from csplanner.domain.touch_line import TouchLine, Unclear, parse_touch
from csplanner.domain.wording import count_text, list_text
from csplanner.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable

_SHORT = 8
"""So much of an id is printed; it may be given back."""
_NONE = {PartKind.DAY: "no day of the calendar", PartKind.MINUTES: "longer than a day"}


def touch(options: Namespace) -> int:
    """Log a touch of one line, or plan it where it lies ahead, with the tasks it names."""
    with opened(options, read_only=options.dry_run) as book:
        at = book.accounts.only(options.account).id if options.account else None
        accounts = book.accounts.all()
        who = known(book.people.all(), ((a.id, a.name) for a in accounts))
        line = parse_touch(options.line, book.today, who, account_id=at)
        _need_clear(book, line, accounts)
        account = book.accounts.get(str(line.account_id))
        if not options.dry_run:
            _keep(book, line, account.id)
        _tell_touch(book, line, account, options)
    return 0


def _need_clear(book: Book, line: TouchLine, accounts: list[Account]) -> None:
    """Raise UserError where the line may mean several, or no account at all."""
    names = {a.id: a.name for a in accounts}
    for doubt in line.doubtful:
        said, what = line.text[doubt.start : doubt.end], _NONE[doubt.kind]
        raise UserError(f"“{said}” is {what}. Correct it, or put a colon before the topic.")
    for unclear in line.unclear:
        said = line.text[unclear.start : unclear.end]
        raise UserError(f"“{said}” {_may_be(book, unclear, names)}")
    if line.account_id is None:
        raise UserError(
            "The line names no account and nobody of one. Say which with --account NAME."
        )


def _may_be(book: Book, unclear: Unclear, names: dict[AccountId, str]) -> str:
    if unclear.kind is PartKind.ACCOUNT:
        listed = [names[AccountId(i)] for i in unclear.ids]
    else:
        people = [book.people.get(i) for i in unclear.ids]
        listed = [f"{p.name} ({names.get(p.account_id, 'archived')})" for p in people]
    if len(listed) == 1:
        return f"is {listed[0]}, at another account. Leave out --account, or name that account."
    return (
        f"could be {list_text(listed[:5])}. Write the whole name, or say which account with "
        "--account NAME."
    )


def _keep(book: Book, line: TouchLine, account_id: str) -> None:
    with book.change("Plan a touch" if line.is_planned else "Log a touch"):
        touch_id = None
        if line.is_planned:
            book.tasks.add(line.planned(account_id))
        else:
            touch_id = book.touches.add(line.touch(account_id)).id
        for task in line.tasks(account_id, touch_id):
            book.tasks.add(task)


def _tell_touch(book: Book, line: TouchLine, account: Account, options: Namespace) -> None:
    people = [book.people.get(i).name for i in line.person_ids]
    if options.json:
        print_json({
            "kept": not options.dry_run, "planned": line.is_planned, "account": account.name,
            "account_id": account.id, "channel": line.channel, "on": line.on, "at": line.at,
            "minutes": line.minutes, "people": people, "topic": line.topic,
            "tasks": [{"title": f.title, "due": f.due} for f in line.followups],
        })  # fmt: skip
        return
    verb = "Would be" if options.dry_run else "Planned" if line.is_planned else "Logged"
    when = " ".join(filter(None, (line.on.isoformat(), line.at)))
    parts = [
        line.channel.value, list_text(people), when,
        "" if line.minutes is None else count_text(line.minutes, "minute"), line.topic,
    ]  # fmt: skip
    print(one_line(f"{verb}: {account.name}, " + ", ".join(filter(None, parts))))
    for followup in line.followups:
        print(one_line(f"  Task: {followup.title}, {_due(followup.due)}"))


def _due(due: date | None) -> str:
    return "no day" if due is None else f"due {due.isoformat()}"


# --- tasks ---


def tasks(options: Namespace) -> int:
    """List the open tasks by when they are due."""
    with opened(options, read_only=True) as book:
        found = book.tasks.all() if options.all else book.tasks.open(options.until)
        names = _names(book)
        if options.json:
            print_json({"tasks": [_as_json(t, names) for t in found]})
        elif found:
            _print_tasks(found, names)
        else:
            print("There is nothing to do.")
    return 0


def _names(book: Book) -> dict[str, str]:
    return {str(a.id): a.name for a in (*book.accounts.all(), *book.accounts.archived())}


def _as_json(task: Task, names: dict[str, str]) -> dict[str, object]:
    return {
        "id": task.id, "title": task.title, "kind": task.kind, "account_id": task.account_id,
        "account": names.get(str(task.account_id)), "due": task.due, "at": task.at or None,
        "minutes": task.minutes, "done_on": task.done_on, "note": task.note,
    }  # fmt: skip


def _print_tasks(found: tuple[Task, ...], names: dict[str, str]) -> None:
    print_table(
        ("Due", "At", "Task", "Account", "Done", "Id"),
        [
            (
                day(t.due), t.at or "—", t.title, names.get(str(t.account_id), "—"),
                day(t.done_on), t.id[:_SHORT],
            )
            for t in found
        ],
    )  # fmt: skip


def task(options: Namespace) -> int:
    """Add a task, or note that one is done, open again, or gone."""
    with opened(options) as book:
        if options.what == "add":
            due = _day_said(options.due, book.today) if options.due else None
            account = book.accounts.only(options.account).id if options.account else None
            found = book.tasks.add(
                Task("", account, options.task, due=due, note=options.note or "")
            )
            said = f"Added: {found.title}, {_due(found.due)} ({found.id[:_SHORT]})"
        else:
            if options.due or options.account or options.note:
                raise UserError("--due, --account and --note belong to csplanner task BOOK add.")
            found, done = _changed(book, options)
            said = f"{done}: {found.title}"
        if options.json:
            print_json({"what": options.what, "task": _as_json(found, _names(book))})
        else:
            print(one_line(said))
    return 0


def _changed(book: Book, options: Namespace) -> tuple[Task, str]:
    """The task as it is after the change, or was before it went, and a word for that."""
    found = _only(book, options.task)
    if options.what == "remove":
        book.tasks.remove(found.id)
        return found, "Removed"
    if options.what == "done":
        book.tasks.done(found.id)
        return book.tasks.get(found.id), "Done"
    book.tasks.reopen(found.id)
    return book.tasks.get(found.id), "Open again"


def _day_said(text: str, today: date) -> date:
    found = Days(today, ahead=True).read(words_of_line(text))
    if found is None:
        raise UserError(f"“{text}” is no day. Type one like 2026-03-20, fri or in 3 days.")
    return found


def _only(book: Book, text: str) -> Task:
    """The one task of that id, or whose title is or holds the text, the open ones first."""
    every = book.tasks.all()
    wanted = text.strip().casefold()
    tests: tuple[Callable[[Task], bool], ...] = (
        lambda t: t.id == wanted,
        lambda t: len(wanted) >= 4 and t.id.startswith(wanted),
        lambda t: t.is_open and t.title.casefold() == wanted,
        lambda t: t.is_open and wanted in t.title.casefold(),
        lambda t: wanted in t.title.casefold(),
    )
    for test in tests:
        found = [t for t in every if wanted and test(t)]
        if len(found) == 1:
            return found[0]
        if found:
            listed = list_text([f"{t.title} ({t.id[:_SHORT]})" for t in found[:5]])
            raise UserError(f"“{text}” could be {listed}. Give the id of one.")
    raise UserError(f"No task is called “{text}”. List them with csplanner tasks BOOK.")


# --- notes and tags ---


def note(options: Namespace) -> int:
    """Write a note about an account, or list those there are."""
    with opened(options, read_only=options.text is None) as book:
        account = book.accounts.only(options.account)
        if options.text is not None:
            made = book.notes.add(Note("", account.id, options.on or book.today, options.text))
            if options.json:
                print_json({"account": account.name, "note": made})
            else:
                print(one_line(f"Noted about {account.name}."))
            return 0
        found = book.notes.of(account.id)
        if options.json:
            print_json({"account": account.name, "notes": list(found)})
            return 0
        for one in reversed(found):
            print(f"{one.on.isoformat()}{' (pinned)' if one.pinned else ''}")
            for line in one.text.splitlines():
                print(one_line(f"  {line}"))
        if not found:
            print(one_line(f"There is no note about {account.name}."))
    return 0


def tag(options: Namespace) -> int:
    """List the tags, or put one on accounts, take it off, or call it otherwise."""
    what, word, rest = options.what, options.word, options.accounts
    with opened(options, read_only=what is None) as book:
        if what is None:
            _print_tags(book, as_json=options.json)
            return 0
        if word is None or not rest or (what == "rename" and len(rest) != 1):
            raise UserError(
                "Say csplanner tag BOOK add WORD ACCOUNT, remove WORD ACCOUNT, or rename WORD NEW."
            )
        accounts = [] if what == "rename" else [book.accounts.only(name) for name in rest]
        ids, many = [a.id for a in accounts], count_text(len(accounts), "account")
        if what == "rename":
            kept = book.tags.rename(word, rest[0])
            said = f"The tag is called {kept} now."
        elif what == "add":
            kept = book.tags.set(ids, word)
            said = f"Tagged {many}: {kept}"
        else:
            book.tags.unset(ids, word)
            kept, said = word, f"Took the tag off {many}: {word}"
        if options.json:
            print_json({"what": what, "tag": kept, "accounts": [a.name for a in accounts]})
        else:
            print(one_line(said))
    return 0


def _print_tags(book: Book, *, as_json: bool) -> None:
    found = book.tags.all()
    if as_json:
        print_json({"tags": [{"word": word, "accounts": n} for word, n in found]})
    elif found:
        print_table(("Tag", "Accounts"), [(word, f"{n:,}") for word, n in found], "lr")
    else:
        print("There is no tag in the book.")
