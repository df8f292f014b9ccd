"""What opening a book found, as lasting strips: each says one thing and what can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from csplanner.book.lock import Holder
from csplanner.book.open_file import Opening
from csplanner.language import tr
from csplanner.ui.opening.ahead import Ahead
from csplanner.ui.shell.banner import Notice, Verb
from csplanner.ui.widgets.format import day

OPENING = ("read-only", "unsound", "place", "outside", "upgraded", "aside", "recovered")
"""The keys of what was found at opening."""


@dataclass(frozen=True, slots=True)
class Verbs:
    """What the window can do about it."""

    try_again: Callable[[], object]
    take_over: Callable[[], object]
    save_copy: Callable[[], object]
    show_backups: Callable[[], object]
    check: Callable[[], object]
    rescue: Callable[[], object]
    without_code: Callable[[], object]


def found_at_opening(
    opening: Opening, ahead: Ahead, verbs: Verbs, *, name: str, today: date
) -> list[Notice]:
    """A strip for each thing that was found, none for a book as it was left."""
    found = [_read_only(opening, verbs, today)]
    if opening.unsound:
        found.append(
            Notice(
                "unsound", tr("{0} can be used, but a check "
                    "should look at it: {1}.").format(name, opening.unsound),
                ((tr("Check the book"), verbs.check),), "watch",
            )
        )  # fmt: skip
    if opening.place_warning:
        found.append(Notice("place", opening.place_warning, gravity="watch"))
    if opening.changed_outside:
        found.append(
            Notice(
                "outside", _outside(ahead, today, is_sound=not opening.unsound), icon="file-clock"
            )
        )
    found += _of_the_file(opening, verbs)
    return [notice for notice in found if notice is not None]


def _read_only(opening: Opening, verbs: Verbs, today: date) -> Notice | None:
    """Why nothing can be changed, with the way out there is."""
    because = opening.read_only_because
    if not because:
        return None
    copy: Verb = ("Save a copy…", verbs.save_copy)
    holder = opening.holder
    if holder is not None and holder.is_here:
        text = tr("Read-only: open in csplanner by {0}.").format(holder_words(holder, today))
        ways: tuple[Verb, ...] = ((tr("Try again"), verbs.try_again), copy)
    elif holder is not None:
        who = holder_words(holder, today)
        text = tr("Read-only: left open in csplanner by {0}. That is another computer.").format(who)
        ways = ((tr("Try again"), verbs.try_again), (tr("Take over…"), verbs.take_over), copy)
    elif because.startswith("it is damaged"):
        text = tr("Read-only: the book is damaged, and some of it may not be shown.")
        ways = ((tr("See what can be done…"), verbs.rescue),)
    elif opening.foreign:
        text = tr("Read-only, because {0}. A copy would hold it too.").format(because)
        ways = ((tr("Make a book without it…"), verbs.without_code),)
    else:
        text = tr("Read-only, because {0}.").format(because)
        ways = (copy,)
    if opening.upgraded_from is not None and opening.upgrade_backup is None:
        text += tr(" An older version made it; you see an upgraded copy.")
    return Notice("read-only", text, ways, "watch", "lock", can_close=False)


def _of_the_file(opening: Opening, verbs: Verbs) -> list[Notice]:
    """News of what was done with the file itself."""
    found = []
    if opening.upgraded_from is not None and opening.upgrade_backup is not None:
        text = tr("Upgraded from an older version. A backup of the book as it was is kept.")
        found.append(Notice("upgraded", text, ((tr("Show backups"), verbs.show_backups),)))
    if opening.moved_aside is not None:
        text = tr(
            "Files of another book lay beside this one. They were not used and are kept in “{0}”."
        ).format(opening.moved_aside.name)
        found.append(Notice("aside", text))
    if opening.recovered:
        text = tr(
            "csplanner was cut off in the middle of a change, which was "
            "taken back "
            "whole. All that was shown as saved is there."
        )
        found.append(Notice("recovered", text))
    return found


def _outside(ahead: Ahead, today: date, *, is_sound: bool) -> str:
    sound = tr(" It was checked and is sound.") if is_sound else ""
    written, closed = ahead.written_at, ahead.closed_at
    if written is None or closed is None:
        return tr("The file was changed outside csplanner.{0}").format(sound)
    then, left = moment_words(written, today), moment_words(closed, today)
    if written < closed:
        return tr(
            "This is not the file you closed on {0}: it was written on "
            "{1}, before that. "
            "A sync program may have brought an older one back.{2}"
        ).format(left, then, sound)
    after = (
        tr("right after you closed it")
        if then == left
        else tr("after you closed it on {0}").format(left)
    )
    return tr("The file was changed outside csplanner on {0}, {1}.{2}").format(then, after, sound)


def holder_words(holder: Holder, today: date) -> str:
    """`anna on laptop-2 since 9:41`, with the day when it is another."""
    local = holder.since.astimezone()
    clock = f"{local.hour}:{local.minute:02}"
    since = clock if local.date() == today else moment_words(holder.since, today)
    return tr("{0} on {1} since {2}").format(holder.user, holder.host, since)


def moment_words(moment: datetime, today: date) -> str:
    """`3 Mar, 9:41` in local time."""
    local = moment.astimezone()
    return f"{day(local.date(), today)}, {local.hour}:{local.minute:02}"


def lost_notice(sentence: str, path: Path, *, open_now: Verb, save_copy: Verb) -> Notice:
    """Others moved, replaced or changed the file: nothing is written, and what can be done."""
    if not path.exists():
        text = tr("{0} Nothing can be saved there until it is back.").format(sentence)
        return Notice("lost", text, (save_copy,), "risk", can_close=False)
    if sentence.startswith("The book is no longer"):
        sentence = tr("Another file has taken the place of the book ({0}).").format(path.absolute())
    text = tr("{0} Nothing more is written to it.").format(sentence)
    return Notice("lost", text, (open_now, save_copy), "risk", can_close=False)


def damaged_notice(found: str, verbs: Verbs) -> Notice:
    """Damage that showed after the book was opened."""
    text = tr("The file of this book is damaged: {0}. Nothing more is written to it.").format(found)
    ways = ((tr("See what can be done…"), verbs.rescue), ("Save a copy…", verbs.save_copy))
    return Notice("damaged", text, ways, "risk", can_close=False)
