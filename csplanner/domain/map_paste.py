"""Reads a pasted list of names and titles: people, and who reports to whom where it says so."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from csplanner.domain.likeness import plain
from csplanner.domain.person import Role
from csplanner.language import tr

MOST = 2_000
"""Rows that are read; the rest is left out, and said."""
_HEADERS = {
    "name": "name", "full_name": "name", "person": "name", "contact": "name", "who": "name",
    "contact_name": "name", "first_name": "first", "firstname": "first", "given_name": "first",
    "last_name": "last", "lastname": "last", "surname": "last", "family_name": "last",
    "title": "title", "job_title": "title", "position": "title", "job": "title",
    "department": "department", "team": "department", "division": "department",
    "email": "email", "e_mail": "email", "mail": "email", "email_address": "email",
    "reports_to": "above", "reportsto": "above", "manager": "above", "boss": "above",
    "reports_to_name": "above", "supervisor": "above", "role": "role", "contact_role": "role",
}  # fmt: skip
"""What a column is called, as `_word` has it, and what it holds."""
_ROLES = {
    "sponsor": Role.SPONSOR, "executive_sponsor": Role.SPONSOR, "decision_maker": Role.DECIDES,
    "decides": Role.DECIDES, "decider": Role.DECIDES, "champion": Role.CHAMPION,
    "day_to_day": Role.DAY_TO_DAY, "day_to_day_contact": Role.DAY_TO_DAY, "finance": Role.FINANCE,
    "influencer": Role.INFLUENCER, "sceptic": Role.SCEPTIC, "skeptic": Role.SCEPTIC,
    "user": Role.USER, "end_user": Role.USER, "economic_buyer": Role.BUYER, "buyer": Role.BUYER,
    "coach": Role.COACH, "evaluator": Role.EVALUATOR, "technical_evaluator": Role.EVALUATOR,
    "technical_buyer": Role.EVALUATOR, "administrator": Role.ADMIN, "admin": Role.ADMIN,
    "procurement": Role.PROCUREMENT, "purchasing": Role.PROCUREMENT, "legal": Role.LEGAL,
    "economic_decision_maker": Role.BUYER,
}  # fmt: skip
_DELIMITERS = ("\t", ";", ",", "|")
_BULLET = re.compile(r"^(?:[-*•–·▪◦]|\d{1,3}[.)])\s+")
_MAIL = re.compile(r"[<(]?\b([\w.+'-]+@[\w-]+(?:\.[\w-]+)+)\b[>)]?")
_ABOVE = re.compile(r"[\s,;(–—-]*\breports to:? +([^()]+?)\)?\s*$", re.IGNORECASE)
_SPLIT = re.compile(r"\t+|\s+[–—|-]\s+|\s*[,;|]\s*|:\s+")
_TURNED = re.compile(r"^([^\s,;|]+),\s+([^\s,;|]+(?: [^\s,;|]+)?)\s*(?=[;|\t])")
"""`Koch, Peter; Buyer`: the surname first, and another sign before the title."""
_BRACKETS = re.compile(r"^([^()]+?)\s*\(([^()]+)\)$")
_LONGEST = 2_000
"""Characters of a line that are read."""
_SPAN = 8
"""Lines that a cell in quotation marks may go over."""
_SHOWN = 60
"""Characters of a line that a note repeats."""
_TAB = 4
"""Blanks that a tab indents by."""


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One person of the list; `above` is the place in the list of whom they report to."""

    name: str
    title: str = ""
    department: str = ""
    email: str = ""
    role: Role | None = None
    above: int | None = None
    above_name: str = ""
    """Whom they report to where the list does not hold that person."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """The people of a list, each once, and what of it was not taken as it stands."""

    rows: tuple[PastedRow, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as it is read: what it says, and how far it is indented."""

    row: PastedRow
    indent: int = 0


def read_pasted(text: str) -> Pasted:
    """The people of a pasted list.

    One a line: `Name, Title`, `Name – Title`, `Name (Title)` or with a tab between; or a table
    with a line of headings. Who reports to whom is told by indentation, a column, or the words
    `reports to`.
    """
    whole = text.replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    filled = [line[:_LONGEST] for line in whole.split("\n") if line.strip()]
    notes: list[str] = []
    if len(filled) > MOST:
        notes.append(tr("Only the first {0} lines were read.").format(f"{MOST:,}"))
        filled = filled[:MOST]
    if not filled:
        return Pasted()
    delimiter = _headed(filled[0])
    read = list(_table(filled, delimiter, notes) if delimiter else _list(filled))
    rows, more = _once(read)
    return Pasted(rows, (*notes, *more))


# --- a table ---


def _headed(line: str) -> str:
    """What parts the cells of a line of headings; empty where it is none."""
    for delimiter in _DELIMITERS:
        kinds = _kinds(line, delimiter)
        if len(kinds) > 1 and ({"name", "first", "last"} & set(kinds)):
            return delimiter
    return ""


def _kinds(line: str, delimiter: str) -> list[str]:
    cells = next(csv.reader([line], delimiter=delimiter))
    return [_HEADERS.get(_word(cell), "") for cell in cells]


def _cells(lines: Sequence[str], delimiter: str, notes: list[str]) -> Iterator[list[str]]:
    """The cells of each row; a quotation mark that nothing closes ends with its line."""
    at = 0
    while at < len(lines):
        for ends in range(at + 1, min(at + _SPAN, len(lines)) + 1):
            rows = _rows(lines[at:ends], delimiter)
            if rows is not None:
                yield from rows
                at = ends
                break
        else:
            cells = [cell.strip().strip('"') for cell in lines[at].split(delimiter)]
            said = " ".join(cells)[:_SHOWN]
            notes.append(tr("A quotation mark is never closed: {0}.").format(said))
            yield cells
            at += 1


def _rows(lines: Sequence[str], delimiter: str) -> list[list[str]] | None:
    """The rows of lines that belong together; None where a quotation mark stays open."""
    try:
        return list(csv.reader([f"{li}\n" for li in lines], delimiter=delimiter, strict=True))
    except csv.Error:
        return None


def _table(lines: Sequence[str], delimiter: str, notes: list[str]) -> Iterator[_Line]:
    kinds = _kinds(lines[0], delimiter)
    for cells in _cells(lines[1:], delimiter, notes):
        said: dict[str, str] = {}
        for kind, cell in zip(kinds, cells, strict=False):
            if kind and cell.strip():
                said.setdefault(kind, " ".join(cell.split()))
        name = said.get("name") or " ".join(
            part for part in (said.get("first"), said.get("last")) if part
        )
        role = _ROLES.get(_word(said.get("role", "")))
        title = said.get("title") or ("" if role else said.get("role", ""))
        if name:
            yield _Line(
                PastedRow(
                    name, title, said.get("department", ""), said.get("email", ""), role,
                    above_name=said.get("above", ""),
                )
            )  # fmt: skip


# --- a list ---


def _list(lines: Sequence[str]) -> Iterator[_Line]:
    for line in lines:
        bare = line.lstrip(" \t\u00a0")
        before = line[: len(line) - len(bare)]
        indent = sum(_TAB if blank == "\t" else 1 for blank in before)
        row = _person(_BULLET.sub("", bare).strip())
        if row is not None:
            yield _Line(row, indent)


def _person(text: str) -> PastedRow | None:
    above = _ABOVE.search(text)
    text = text[: above.start()] if above else text
    mail = _MAIL.search(text)
    if mail:
        text = f"{text[: mail.start()]} {text[mail.end() :]}".strip(" ,;\t|–—-")
    text = _TURNED.sub(r"\2 \1", text.strip().strip('"'))
    brackets = _BRACKETS.match(text)
    if brackets:
        name, title = brackets[1], brackets[2]
    else:
        name, title = (*_SPLIT.split(text, maxsplit=1), "")[:2]
    name = " ".join(name.split()).strip('"')
    if not any(c.isalpha() for c in name):
        return None
    return PastedRow(
        name,
        " ".join(title.split()).strip('"'),
        email=mail[1] if mail else "",
        above_name=above[1].strip(" .") if above else "",
    )


# --- both ---


def _once(lines: Iterable[_Line]) -> tuple[tuple[PastedRow, ...], list[str]]:
    """Everybody once, with the place of whom they report to."""
    rows: list[PastedRow] = []
    notes: list[str] = []
    place: dict[str, int] = {}
    open_at: list[tuple[int, int]] = []
    for line in lines:
        key = _key(line.row.name)
        at = place.setdefault(key, len(rows))
        if at == len(rows):
            rows.append(line.row)
        else:
            notes.append(tr("{0} is in the list more than once.").format(line.row.name))
            rows[at] = _filled(rows[at], line.row)
        while open_at and open_at[-1][0] >= line.indent:
            open_at.pop()
        if open_at and rows[at].above is None and open_at[-1][1] != at:
            rows[at] = replace(rows[at], above=open_at[-1][1])
        open_at.append((line.indent, at))
    return _linked(rows, place, notes), notes


def _filled(row: PastedRow, more: PastedRow) -> PastedRow:
    return replace(
        row,
        title=row.title or more.title,
        department=row.department or more.department,
        email=row.email or more.email,
        role=row.role or more.role,
        above_name=row.above_name or more.above_name,
    )


def _linked(
    rows: list[PastedRow], place: dict[str, int], notes: list[str]
) -> tuple[PastedRow, ...]:
    """The rows with places for names; a circle loses the link that closes it, and it is said."""
    for at, row in enumerate(rows):
        there = place.get(_key(row.above_name)) if row.above_name else None
        if there is not None and there != at:
            rows[at] = replace(row, above=there, above_name="")
    for at, row in enumerate(rows):
        path, up = {at}, row.above
        while up is not None and up not in path:
            path.add(up)
            up = rows[up].above
        if up == at:
            notes.append(
                tr("{0} would report to themselves in a circle; that link was left out.").format(
                    row.name
                )
            )
            rows[at] = replace(row, above=None)
    return tuple(rows)


def _word(text: str) -> str:
    """`Reports To:` as `reports_to`."""
    return _key(text).replace(" ", "_")


def _key(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", plain(text)).split())
