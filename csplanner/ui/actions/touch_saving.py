"""Keeps a touch, or plans one, with the tasks that come out of it; each one step to take back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from csplanner.book.book import Book
from csplanner.domain.account import AccountId
from csplanner.domain.task import Task
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.wording import count_text, day_text
from csplanner.errors import UserError
from csplanner.language import Spoken, noted, tr

WORDS = Spoken({
    Channel.CALL: noted("a call"), Channel.MEETING: noted("a meeting"), Channel.QBR: noted("a QBR"),
    Channel.EMAIL: noted("an email"), Channel.VISIT: noted("a visit"),
    Channel.MESSAGE: noted("a message"),
    Channel.CAMPAIGN: noted("a campaign"), Channel.OTHER: noted("a touch"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Beside:
    """What is kept with a touch: the tasks out of it, and the id of the task it finishes."""

    tasks: Sequence[Task] = ()
    finishes: str = ""


def log_touch(book: Book, *, touch: Touch, beside: Beside = Beside()) -> str:
    """Keep a new touch with what comes beside it and return the line to say."""
    name = book.accounts.get(touch.account_id).name
    label = tr("Log {0}, {1}").format(WORDS[touch.channel], name)
    with book.change(label):
        kept = book.touches.add(touch)
        for task in beside.tasks:
            book.tasks.add(replace(task, touch_id=kept.id))
        if beside.finishes:
            book.tasks.done(beside.finishes, on=touch.on, touch_id=kept.id)
    what = WORDS[touch.channel]
    if beside.tasks:
        tasks = count_text(len(beside.tasks), "task")
        return tr("Logged {0} with {1}, and {2}").format(what, name, tasks)
    return tr("Logged {0} with {1}").format(what, name)


def change_touch(book: Book, *, touch: Touch) -> str:
    """Keep a touch as it is now, with its people, and return the line to say."""
    name = book.accounts.get(touch.account_id).name
    label = tr("Change {0}, {1}").format(WORDS[touch.channel], name)
    was = touch_of(book, touch.account_id, touch.id)
    said = tr("Changed {0} with {1}").format(WORDS[touch.channel], name)
    if was is not None and was.person_ids == touch.person_ids:
        book.touches.update(
            touch.id, label=label, on=touch.on, channel=touch.channel, topic=touch.topic,
            minutes=touch.minutes, two_way=touch.two_way, meaningful=touch.meaningful,
        )  # fmt: skip
        return said
    with book.change(label):
        book.touches.remove(touch.id)
        book.touches.insert([touch])
    return said


def plan_touch(book: Book, *, task: Task, beside: Beside = Beside()) -> str:
    """Keep a touch that lies ahead as a task, the one it was when it was planned before."""
    name = book.accounts.get(str(task.account_id)).name
    with book.change(tr("Plan a touch, {0}").format(name)):
        if beside.finishes:
            book.tasks.update(
                beside.finishes, title=task.title, due=task.due, at=task.at, minutes=task.minutes,
                person_id=task.person_id,
            )  # fmt: skip
        else:
            book.tasks.add(task)
        for other in beside.tasks:
            book.tasks.add(other)
    day = day_text(task.due, book.today) if task.due else ""
    return tr("Planned with {0} for {1}: {2}").format(name, day, task.title)


def touch_of(book: Book, account_id: str | None, touch_id: str | None) -> Touch | None:
    """The touch of that id, None when none is asked for; UserError when it is gone."""
    if touch_id is None or account_id is None:
        return None
    for touch in book.touches.of(AccountId(account_id)):
        if touch.id == touch_id:
            return touch
    raise UserError(tr("That touch is no longer in the log. Refresh the page."))
