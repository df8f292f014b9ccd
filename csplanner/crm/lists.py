"""Cells that hold several values, and cells that are documents: lists of ids, names, HTML."""

import html
import re

from csplanner.crm.table import MAX_CELL
from csplanner.crm.values import email, external_id, line, text

NOTE_LENGTH = 4_000
"""Characters of a note that are kept."""
_MARKUP = re.compile(
    r"<(?:!doctype|html|head|body|div|p|br|span|table|ul|ol|strong|em|meta|style)\b[^<>]*>", re.I
)
_HIDDEN = (("<style", "</style>"), ("<script", "</script>"), ("<head", "</head>"), ("<!--", "-->"))
_LONGEST = 500_000


def plain_text(cell: str) -> str:
    """The words of an HTML document or fragment; other text as it is; at most 4,000 characters."""
    if not _MARKUP.search(cell[:MAX_CELL]):
        return text(cell)[:NOTE_LENGTH]
    bare = cell[:_LONGEST]
    for begins, ends in _HIDDEN:
        bare = _without(bare, begins, ends)
    words = html.unescape(re.sub(r"<[^<>]*>", " ", bare))
    return " ".join(text(words).split())[:NOTE_LENGTH]


def _without(document: str, begins: str, ends: str) -> str:
    """The document without what stands between such marks; one that never ends stays."""
    lower = document.lower()
    if len(lower) != len(document):
        return document
    parts, at = [], 0
    while (start := lower.find(begins, at)) >= 0:
        end = lower.find(ends, start)
        if end < 0:
            break
        parts.append(document[at:start])
        at = end + len(ends)
    return " ".join((*parts, document[at:]))


def _parted(cell: str, signs: str) -> list[str]:
    return [part.strip() for part in re.split(f"[{signs}]", cell) if part.strip()]


def first_id(cell: str) -> str:
    """The first of several ids joined by `;`: the primary one."""
    parts = _parted(cell, ";")
    return external_id(parts[0]) if parts else ""


def ids(cell: str) -> str:
    """Several ids joined by `;`."""
    return ";".join(dict.fromkeys(external_id(part) for part in _parted(cell, ";,")))


def merged_ids(cell: str) -> str:
    """Ids of merged records; HubSpot writes `id:milliseconds` each."""
    parts = (part.partition(":")[0].strip() for part in _parted(cell, ";,"))
    return ";".join(dict.fromkeys(external_id(part) for part in parts if part))


def names(cell: str) -> str:
    """Several names joined by `;`, each on one line."""
    return ";".join(dict.fromkeys(line(part) for part in _parted(cell, ";")))


def emails(cell: str) -> str:
    """Several e-mail addresses joined by `;`."""
    return ";".join(dict.fromkeys(email(part) for part in _parted(cell, r";,\s")))


def mail(cell: str) -> str | None:
    """An e-mail address in lower case that tells who somebody is; None for other text."""
    return email(cell).casefold() if "@" in cell else None


def tags(cell: str) -> str:
    """Words to keep as tags, joined by `;`, each at most 60 characters."""
    return ";".join(dict.fromkeys(line(part)[:60].strip() for part in _parted(cell, ";,|")))


def owner(cell: str) -> str:
    """The id or e-mail of an owner, or the name itself where a name stands."""
    return external_id(cell)


def inactive(cell: str) -> int | None:
    """1 where a record's state says it is inactive, else None."""
    word = cell.casefold()
    return 1 if word in ("inactive", "inaktiv", "inactif", "inactivo", "1") else None


def ended(cell: str) -> int | None:
    """1 where `is active` is denied."""
    return 1 if cell.casefold() in ("false", "0", "no", "f", "n", "falsch", "nein") else None
