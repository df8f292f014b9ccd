"""The list of changes as lines of words: a heading a day, then its changes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from csplanner.book.history import Change
from csplanner.book.history_details import FieldChange, RowChange
from csplanner.book.history_list import Entry
from csplanner.book.history_words import column_word, table_word
from csplanner.domain.wording import full_day_text, one_line
from csplanner.language import Spoken, noted, tr
from csplanner.ui import veil
from csplanner.ui.change_words import label_shown
from csplanner.ui.map.value_words import SECRET

KIND_ICONS = {"edit": "pencil", "import": "file-input", "undo": "undo-2"}
KIND_WORDS = Spoken(
    {"edit": noted("Edit"), "import": noted("Import"), "undo": noted("Taking back")}
)
_STATES = {
    "done": ("", ""),
    "undone": (noted("Undone"), "outline"),
    "dropped": (noted("Undone"), "outline"),
    "reverted": (noted("Taken back"), "outline"),
}
_FOR_GOOD = (noted("For good"), "plain")
_SHORTEST = 3
_WRITTEN_TABLES = frozenset({"promise", "task"})
"""Records whose title is what you wrote; their other words are among `_WRITTEN`."""
_WRITTEN = (
    "note", "text", "topic", "next_step", "because", "reason", "words", "what", "cause", "fix",
)  # fmt: skip
_THINNED = (noted("Values no longer kept"), "plain")


@dataclass(frozen=True, slots=True)
class Heading:
    """A day."""

    title: str


@dataclass(frozen=True, slots=True)
class Row:
    """A change as the list shows it; `chip` says its state where it is not simply in force."""

    number: int
    time: str
    icon: str
    label: str
    accounts: str
    counted: str
    chip: str
    chip_kind: str
    is_in_force: bool
    spoken: str
    account_id: str = ""
    """The account, when the change touched one alone."""


Line = Heading | Row


def lines(entries: Sequence[Entry], today: date, shown: date | None = None) -> list[Line]:
    """Headings and rows of the entries, which come newest first; `today` is the clock's.

    The day `shown` has its heading already.
    """
    found: list[Line] = []
    for entry in entries:
        day = moment(entry.change).date()
        if day != shown:
            shown = day
            found.append(Heading(day_title(day, today)))
        found.append(row(entry))
    return found


def row(entry: Entry) -> Row:
    """The row of a change."""
    change = entry.change
    time, chip = time_words(change), state_chip(change)
    label, accounts = label_shown(change), _accounts(entry)
    about = "" if accounts and accounts in label else accounts
    kind = KIND_WORDS[change.kind]
    spoken = ". ".join(part for part in (label, about, entry.counted, chip[0], kind, time) if part)
    only = entry.account_ids[0] if len(entry.account_ids) == 1 else ""
    return Row(
        change.id, time, KIND_ICONS[change.kind], label, accounts, entry.counted,
        *chip, change.state == "done" or change.is_for_good, spoken, only,
    )  # fmt: skip


def _accounts(entry: Entry) -> str:
    names = [one_line(name) for name in entry.accounts]
    return ", ".join(names) + (tr(" and others") if entry.more_accounts else "")


def moment(change: Change) -> datetime:
    """When a change was made, in local time."""
    return datetime.fromisoformat(change.at).astimezone()


def time_words(change: Change) -> str:
    """`9:41`, in local time."""
    at = moment(change)
    return f"{at.hour}:{at.minute:02}"


def day_title(day: date, today: date) -> str:
    """Today, Yesterday, or `12 Mar 2026`."""
    if day == today:
        return tr("Today")
    if day == today - timedelta(days=1):
        return tr("Yesterday")
    return day_words(day)


def day_words(day: date) -> str:
    """`12 Mar 2026`."""
    return full_day_text(day)


def when_words(change: Change) -> str:
    """`12 Mar 2026, 9:41`."""
    return f"{day_words(moment(change).date())}, {time_words(change)}"


def state_chip(change: Change) -> tuple[str, str]:
    """The words and look of a change's state; empty for one simply in force."""
    if change.thinned and change.state == "done":
        words, kind = _THINNED
    else:
        words, kind = _FOR_GOOD if change.is_for_good else _STATES[change.state]
    return tr(words), kind


def row_title(found: RowChange) -> str:
    """`Tidewater · Dana Kovač`."""
    written = found.table in _WRITTEN_TABLES
    title = veil.note(one_line(found.title)) if written else one_line(found.title)
    return " · ".join(part for part in (one_line(found.account), title) if part)


def row_note(found: RowChange) -> str:
    """`person, added`."""
    return tr(_NOTES[found.what]).format(table_word(found.table))


def fields_shown(found: RowChange) -> list[FieldChange]:
    """The fields of a row, without those its title says already when it came or went."""
    if found.what == "changed":
        return list(found.fields)
    title = found.title.casefold()
    return [field for field in found.fields if not _is_in(field_words(field).casefold(), title)]


def _is_in(words: str, title: str) -> bool:
    if len(words) < _SHORTEST or words == tr("yes"):
        return False
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", title) is not None


def veiled_words(field: FieldChange, table: str) -> str:
    """As `field_words`, as it may be shown: what you wrote or judged is hidden while the
    veil is on.
    """
    written = (*_WRITTEN, "title") if table in _WRITTEN_TABLES else _WRITTEN
    if table in ("seat", "person"):
        written = (*written, *SECRET)
    is_written = field.name in {column_word(table, column) for column in written}
    return veil.note(field_words(field)) if is_written else veil.sentence(field_words(field))


def field_words(field: FieldChange) -> str:
    """`81 % → 84 %`, or the one value of a row that was added or removed."""
    if field.before is None or field.after is None:
        return field.after if field.before is None else field.before  # type: ignore[return-value]
    return f"{field.before} → {field.after}"


_NOTES = {
    "added": noted("{0}, added"),
    "changed": noted("{0}, changed"),
    "removed": noted("{0}, removed"),
}
TSV_HEADS = ("When", "What", "Accounts", "Touched", "State")


def tsv(entries: Sequence[Entry]) -> str:
    """The changes as a table to paste: one line each, parted by tabs."""
    table = [TSV_HEADS]
    for entry in entries:
        at = moment(entry.change).isoformat(sep=" ", timespec="minutes")[:16]
        shown = row(entry)
        table.append((at, shown.label, shown.accounts, shown.counted, shown.chip or tr("In force")))
    return "\n".join("\t".join(map(_cell, cells)) for cells in table) + "\n"


def _cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "@", "-") else text
