"""The text of an iCalendar file, cut into its events."""

import re
from collections.abc import Iterator
from pathlib import Path

from csplanner.domain.wording import number_text
from csplanner.errors import UserError
from csplanner.language import tr

MOST_BYTES = 20 * 1024 * 1024
MOST_EVENTS = 20_000
_MOST_LINES = 4_000
"""Lines of one event that are looked at."""


def text_of(path: Path) -> str:
    """The text of a file with its long lines joined; UserError when it is no calendar."""
    try:
        if not path.is_file():
            raise UserError(tr("{0} is not a file. Choose an .ics file.").format(path.name))
        if path.stat().st_size > MOST_BYTES:
            raise UserError(
                tr("{0} has more than {1} MB. Export fewer months.").format(
                    path.name, MOST_BYTES // 1024**2
                )
            )
        raw = path.read_bytes()
    except OSError as error:
        raise UserError(
            tr("{0} cannot be read: {1}. Check its rights.").format(
                path.name, error.strerror or error
            )
        ) from error
    text = raw.decode("utf-8-sig", errors="replace").lstrip()
    if text[:15].upper() != "BEGIN:VCALENDAR" or "\0" in text:
        raise UserError(
            tr("{0} is no iCalendar file. Export the calendar as .ics.").format(path.name)
        )
    # A long line goes on behind a line break and a blank.
    return re.sub(r"\r?\n[ \t]", "", text)


def is_withdrawn_in(text: str) -> bool:
    """Whether all that the calendar holds is called off."""
    return re.search(r"^METHOD:CANCEL\s*$", text, re.MULTILINE | re.IGNORECASE) is not None


def events_in(text: str, name: str) -> Iterator[list[str]]:
    """The lines of each event, without what is nested in it; UserError for too many."""
    inside: list[str] | None = None
    depth = count = 0
    for line in text.splitlines():
        start = line[:14].upper()
        if inside is None:
            if start.startswith("BEGIN:VEVENT"):
                inside, depth = [], 0
                count += 1
                if count > MOST_EVENTS:
                    raise UserError(
                        tr("{0} has more than {1} events. Export fewer months.").format(
                            name, number_text(MOST_EVENTS)
                        )
                    )
        elif start.startswith("BEGIN:"):
            depth += 1
        elif start.startswith("END:"):
            depth -= 1
            if depth < 0:
                yield inside
                inside = None
        elif not depth and line.strip() and len(inside) < _MOST_LINES:
            inside.append(line)
