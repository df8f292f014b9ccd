"""What a change of the book is called where the window names it: days as people write them."""

import re
from datetime import date

from csplanner.book.history import Change
from csplanner.domain.wording import full_day_text, one_line
from csplanner.language import tr, within

_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}$")


def label_shown(change: Change) -> str:
    """The label on one line; the day an import's ends with is written as days are."""
    label = one_line(change.label)
    return label if change.kind == "edit" else with_day(label)


def with_day(label: str) -> str:
    """`Salesforce 1 Aug 2024` of `Salesforce 2024-08-01`."""
    found = _DAY.search(label)
    if found is None:
        return label
    try:
        return label[: found.start()] + full_day_text(date.fromisoformat(found[0]))
    except ValueError:
        return label


def step_words(change: Change | None) -> str:
    """The label as it stands after a verb: its first word in lower case unless it is a name.

    What took a change back is called by that change: `taking back “Import HubSpot 3 Mar 2026”`.
    """
    if change is None:
        return ""
    label = label_shown(change)
    if change.kind != "undo":
        return within(label) if label[1:2].islower() else label
    # What takes the taking back of a change back brings it again, and is named twice so.
    before, sign, _ = label.partition(": ")
    turns = 0
    while sign and label.startswith(f"{before}{sign}"):
        label = label.removeprefix(f"{before}{sign}")
        turns += 1
    said = tr("bringing back “{0}”") if turns % 2 == 0 else tr("taking back “{0}”")
    return said.format(label)
