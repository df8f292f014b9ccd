"""Backups in words: when and why each was made, what it holds, which stay, what a restore takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from csplanner.book.shelf import Kept, Shelf
from csplanner.domain.wording import one_line
from csplanner.language import tr
from csplanner.ui.widgets.format import day, number, plural

_NAMED = 4
_MEGA, _GIGA = 1_000_000, 1_000_000_000


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One backup as its row shows it; `state_ink` and `icon` go with the words of its state."""

    kept: Kept
    when: str
    why: str
    records: str
    size: str
    state: str
    state_ink: str
    icon: str
    detail: str


def kept_rows(found: Shelf, today: date) -> list[KeptRow]:
    """The backups of a shelf, newest first."""
    return [_row(kept, today) for kept in found.kept]


def _row(kept: Kept, today: date) -> KeptRow:
    state, ink, icon, detail = (
        tr("sound"),
        "text2",
        "circle-check",
        tr("It was verified when it was made."),
    )
    if not kept.sound:
        state, ink, icon = tr("damaged"), "risk-ink", "octagon-alert"
        detail = tr("The file is damaged or was changed since. It is kept in case of need.")
    elif kept.flaws:
        state, ink, icon = tr("sound, with flaws"), "watch-ink", "circle-alert"
        detail = tr("The book had these when it was made: {0}").format(kept.flaws)
    return KeptRow(
        kept, moment_words(kept.made_at, today), kept.why.words,
        number(kept.rows) if kept.sound else tr("unknown"), size_words(kept.size), state, ink, icon,
        detail,
    )  # fmt: skip


def day_now() -> date:
    """The day of the clock that dates backups, which moves on while a window stays open."""
    return datetime.now().astimezone().date()


def moment_words(moment: datetime, today: date) -> str:
    """`Today 9:41`, `Yesterday 17:05`, `3 Mar 9:41`: local time."""
    local = moment.astimezone()
    clock = f"{local.hour}:{local.minute:02}"
    days = (today - local.date()).days
    if days in (0, 1):
        return (tr("Yesterday {0}") if days else tr("Today {0}")).format(clock)
    return f"{day(local.date(), today)} {clock}"


def size_words(size: int) -> str:
    """`1.2 MB`, `840 kB`, `1.4 GB`."""
    if size >= _GIGA:
        return tr("{0} GB").format(number(size / _GIGA, 1))
    if size >= _MEGA:
        return tr("{0} MB").format(number(size / _MEGA, 1))
    return tr("{0} kB").format(number(max(1, round(size / 1000))))


def note_of(found: Shelf) -> str:
    """`43 kept, 182 MB`; empty when there is none."""
    return (
        tr("{0} kept, {1}").format(number(len(found.kept)), size_words(found.size))
        if found.kept
        else ""
    )


def rule_words() -> str:
    """When backups are made and which stay, in two sentences."""
    from csplanner.book.backup import MOST_BYTES
    from csplanner.book.thinning import DAILY, MONTHLY, WEEKLY

    return tr(
        "Made by themselves: every 30 minutes while you work, on "
        "closing, and before "
        "an import, an upgrade, a restore, a repair or a large change. All of the "
        "last two days stay, then one a day for {0} days, one a week for {1} weeks "
        "and one a month for {2} months, at most {3} together."
    ).format(DAILY, WEEKLY, MONTHLY, size_words(MOST_BYTES).replace(".0", ""))


def folder_words(folder: Path) -> str:
    """Where they lie, with `~` for your own folder."""
    home = str(Path.home())
    text = str(folder)
    return f"~{text[len(home) :]}" if text.startswith(home) else text


def restore_words(lost: Sequence[str] | None, book: Path) -> str:
    """What a restore takes out of the book, and where the present book goes."""
    if lost is None:
        taken = tr("What is newer in the book as it is now could not be read.")
    elif not lost:
        taken = tr("No change was made since.")
    else:
        named = ", ".join(f"“{one_line(label)}”" for label in lost[:_NAMED])
        more = tr(" and {0} more").format(number(len(lost) - _NAMED)) if len(lost) > _NAMED else ""
        verb = "leaves" if len(lost) == 1 else "leave"
        taken = tr("{0} made since {1} the book: {2}{3}.").format(
            plural(len(lost), "change"), verb, named, more
        )
    return tr(
        "{0} The book as it is now is not lost: it moves to a folder "
        "beside it, “{1} "
        "before restore …”."
    ).format(taken, book.stem)
