"""Who of ours knows whom of theirs, as ready cells: in touch, quiet, planned or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from csplanner.domain.map_model import YOU, Card, Line, LineKind, Ours, RelationMap
from csplanner.domain.map_reach import THREAD, is_quiet, is_senior, is_theirs, number_of
from csplanner.domain.wording import one_line
from csplanner.language import Spoken, noted, tr
from csplanner.ui.widgets import format as words

_TITLES = {"dr", "prof", "mr", "mrs", "ms", "herr", "frau"}


class Contact(StrEnum):
    """How one of ours stands with one of theirs.

    In touch: a strength of 30 or more, and contact in the log within the time of their level, as
    the foot of a card counts it. What was only stated, or is longer ago, is quiet.
    """

    IN_TOUCH = "in_touch"
    QUIET = "quiet"
    PLANNED = "planned"
    NOTHING = "nothing"


CONTACT_WORDS = Spoken(
    {
        Contact.IN_TOUCH: noted("in touch"),
        Contact.QUIET: noted("quiet"),
        Contact.PLANNED: noted("planned"),
        Contact.NOTHING: noted("no contact"),
    }
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One of ours and one of theirs: `strength` 0 to 100, None where there never was contact."""

    contact: Contact
    strength: int | None
    words: str
    """`in touch, strength 72, last contact 9 Mar`."""


@dataclass(frozen=True, slots=True)
class Head:
    """One of ours at the top of a column: `short` is what is written there."""

    key: str
    short: str
    name: str
    is_you: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One of theirs with a cell for each of ours."""

    key: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """All of theirs against all of ours; `note` says how many seniors are in touch."""

    heads: tuple[Head, ...] = ()
    rows: tuple[Row, ...] = ()
    note: str = ""


def matrix(seen: RelationMap, at: Mapping[str, tuple[int, int]] | None = None) -> Matrix:
    """Who stands on the map and is there, from the top of the hierarchy down, the more influential
    first; ours in the order of their places on the map, `at`, row by row.
    """
    at = at or {}
    ours = sorted(seen.ours, key=lambda o: at.get(o.key, (0, 0))[::-1])
    there = [c for c in seen.placed() if is_theirs(c)]
    depth = depths(seen.cards)
    there.sort(key=lambda c: (depth[c.key], -(number_of(c.influence) or 0), c.name))
    pairs = _pairs(seen)
    # Of 2,000 people times ours most know nobody: that cell is one and the same.
    nothing = Cell(Contact.NOTHING, None, CONTACT_WORDS[Contact.NOTHING])
    rows = tuple(
        Row(
            c.key,
            one_line(c.name),
            tuple(
                _cell(c, pairs[o.key, c.key], seen) if (o.key, c.key) in pairs else nothing
                for o in ours
            ),
        )
        for c in there
    )
    return Matrix(tuple(_head(o) for o in ours), rows, _seniors(there, rows))


def narrowed(matrix: Matrix, columns: int) -> Matrix:
    """The matrix without those of ours who know nobody, where it has more than so many columns;
    you always stay.
    """
    if len(matrix.heads) <= columns:
        return matrix
    kept = [
        place
        for place, head in enumerate(matrix.heads)
        if head.is_you or any(r.cells[place].contact is not Contact.NOTHING for r in matrix.rows)
    ]
    rows = tuple(replace(r, cells=tuple(r.cells[i] for i in kept)) for r in matrix.rows)
    return replace(matrix, heads=tuple(matrix.heads[i] for i in kept), rows=rows)


def depths(cards: Iterable[Card]) -> Mapping[str, int]:
    """How many stand above each card; a circle ends where it would begin again."""
    above = {c.key: c.above for c in cards}
    found: dict[str, int] = {}
    for key in above:
        chain: list[str] = []
        at: str | None = key
        while at is not None and at in above and at not in found and at not in chain:
            chain.append(at)
            at = above[at]
        start = found.get(at, -1) if at is not None and at not in chain else -1
        for place, each in enumerate(reversed(chain), 1):
            found[each] = start + place
    return found


def letters(name: str) -> str:
    """The first letters of the first and the last name, without a title: `LP` of Dr Lena Park."""
    parts = [p for p in one_line(name).split() if p.rstrip(".").casefold() not in _TITLES]
    parts = [p for p in parts if p[0].isalnum()] or [p for p in [one_line(name)] if p]
    if not parts:
        return "?"
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else parts[0][1:2])).upper()


def _head(ours: Ours) -> Head:
    you = ours.is_you or ours.key == YOU
    short = tr("You") if you else letters(ours.name)
    name = one_line(ours.name)
    told = tr("{0}, {1}").format(name, one_line(ours.function)) if ours.function else name
    return Head(ours.key, short, tr("You, {0}").format(told) if you and name else told, you)


def _pairs(seen: RelationMap) -> Mapping[tuple[str, str], tuple[Line, ...]]:
    found: dict[tuple[str, str], tuple[Line, ...]] = {}
    for line in seen.of_kind(LineKind.TIE, LineKind.PAIRED):
        pair = (line.start, line.end)
        found[pair] = (*found.get(pair, ()), line)
    return found


def _cell(card: Card, lines: Iterable[Line], seen: RelationMap) -> Cell:
    tie = next((x for x in lines if x.kind is LineKind.TIE and x.strength is not None), None)
    pair = next((x for x in lines if x.kind is LineKind.PAIRED), None)
    strength = tie.strength if tie is not None else None
    last = tie.last if tie is not None else None
    if (strength or 0) >= THREAD and last is not None and not is_quiet(card, last, seen.day):
        contact = Contact.IN_TOUCH
    elif pair is not None:
        contact = Contact.PLANNED
    else:
        contact = Contact.NOTHING if tie is None else Contact.QUIET
    said = [CONTACT_WORDS[contact]]
    if tie is not None:
        said.append(tr("strength {0}").format(words.number(strength)))
        if last is not None:
            said.append(tr("last contact {0}").format(words.day(last, seen.day)))
        else:
            said.append(tr("as you said, none in the touch log"))
    if pair is not None and pair.due is not None:
        said.append(tr("they are to meet on {0}").format(words.day(pair.due, seen.day)))
    return Cell(contact, strength, ", ".join(said))


def _seniors(there: list[Card], rows: tuple[Row, ...]) -> str:
    senior = {c.key for c in there if is_senior(c)}
    if not senior:
        return ""
    touched = sum(
        any(cell.contact is Contact.IN_TOUCH for cell in row.cells)
        for row in rows
        if row.key in senior
    )
    return tr("seniors: {0} of {1} in touch").format(
        words.number(touched), words.number(len(senior))
    )
