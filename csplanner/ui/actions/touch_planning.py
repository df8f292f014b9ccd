"""Between a planned touch and its line: the task a touch is until its day, and back again."""

from collections.abc import Sequence
from datetime import date

from csplanner.domain.task import Task, TaskKind
from csplanner.domain.touch import Channel, Touch
from csplanner.language import tr
from csplanner.ui.actions.touch_line import CHANNEL_WORDS

_MEETINGS = frozenset({Channel.MEETING, Channel.QBR, Channel.VISIT})


def planned(touch: Touch, people: Sequence[str], at: str) -> Task:
    """The task that a touch with `people` (names) `at` a time is until its day."""
    how = "" if touch.channel is Channel.OTHER else CHANNEL_WORDS[touch.channel]
    who = " ".join(part for part in (how, ", ".join(people[:2])) if part)
    title = ": ".join(part for part in (who, touch.topic) if part)
    is_meeting = touch.channel in _MEETINGS and bool(at)
    return Task(
        "", touch.account_id, title or tr("Be in touch"),
        TaskKind.MEETING if is_meeting else TaskKind.TOUCH, touch.on, at, touch.minutes,
        person_id=touch.person_ids[0] if touch.person_ids else None,
    )  # fmt: skip


def line_of(task: Task, today: date) -> str:
    """The line that logs what was planned: `Call Dana 30m 2026-03-10: renewal pricing`."""
    head, colon, topic = task.title.partition(":")
    how = f"{CHANNEL_WORDS[Channel.MEETING]} " if _lacks_channel(task) else ""
    length = f" {task.minutes}m" if task.minutes else ""
    day = f" {task.due.isoformat()}" if task.due is not None and task.due < today else ""
    return f"{how}{head.strip()}{length}{day}" + (f":{topic}" if colon else "")


def _lacks_channel(task: Task) -> bool:
    """Whether it is a meeting whose title does not begin with how it is held."""
    first = task.title.partition(" ")[0].strip(":,").casefold()
    said = {str(CHANNEL_WORDS[channel]).casefold() for channel in Channel}
    return task.kind is TaskKind.MEETING and first not in said
