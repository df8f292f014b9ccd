"""The relationship map as an XLSX list: people, lines, and who knows whom."""

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from csplanner.book.outgoing import Cleaner
from csplanner.domain.map_customer import customer_map
from csplanner.domain.map_lens import role_words
from csplanner.domain.map_model import (
    Card,
    Judged,
    Line,
    LineKind,
    RelationMap,
    Standing,
)  # fmt: skip
from csplanner.language import speaking

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

Cell = str | float | date | None
_TEXT_ONLY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_PERSON = (
    "Name", "Title", "Department", "Company", "Reports to", "Role", "Standing", "Influence 1 to 5",
    "Mood −2 to 2", "Political status", "Adaptability", "Orientation", "How they see us",
    "How they should", "Strength 0 to 100", "Last contact", "Contacts in 90 days", "Judged on",
    "Judged by", "What it rests on", "On the map",
)  # fmt: skip
_CUSTOMER = ("Name", "Title", "Department", "Reports to", "Looked after by")
_LINE = (
    "From", "Line", "To", "Weight 1 to 3", "Strength 0 to 100", "You said", "Words", "Meets on",
    "Last contact", "What it rests on", "As of",
)  # fmt: skip
_KINDS = {
    LineKind.REPORTS: "reports to", LineKind.INFLUENCES: "influences", LineKind.DOUBTS: "doubts",
    LineKind.TIE: "is in contact with", LineKind.PAIRED: "is planned for",
    LineKind.RIVAL: "is in contact with",
}  # fmt: skip


@speaking("en")
def write_map_list(shown: RelationMap, *, customer: bool = False, csm: str = "") -> bytes:
    """A map as XLSX; `customer` writes names, titles, departments, who reports to whom and who of
    us looks after whom, and nothing else. Unknown stays empty. `csm` is your name.
    """
    from xlsxwriter import Workbook

    seen = customer_map(shown, csm) if customer else shown
    stream, clean = BytesIO(), Cleaner()
    with Workbook(stream, _TEXT_ONLY) as book:
        moment = datetime(shown.day.year, shown.day.month, shown.day.day)  # noqa: DTZ001
        title = clean.line(f"Relationship map: {shown.account_name}")
        book.set_properties({"title": title, "author": "", "comments": "", "created": moment})
        if customer:
            _sheet(book, "People", _customer_rows(seen), clean)
        else:
            _sheet(book, "People", [_PERSON, *_people(seen)], clean)
            _sheet(book, "Lines", [_LINE, *_lines(seen)], clean)
            _sheet(book, "Who knows whom", _matrix(seen), clean)
    return stream.getvalue()


def _names(seen: RelationMap) -> dict[str, str]:
    return {c.key: c.name for c in seen.cards} | {o.key: o.name for o in seen.ours}


def _customer_rows(seen: RelationMap) -> list[Sequence[Cell]]:
    names = _names(seen)
    rows: list[Sequence[Cell]] = [_CUSTOMER]
    for card in seen.cards:
        ours = [names[li.start] for li in seen.of_kind(LineKind.TIE) if li.end == card.key]
        where = card.person.department if card.person is not None else ""
        above = names.get(card.above or "", "")
        rows.append((card.name, card.title, where, above, ", ".join(ours)))
    return rows


def _people(seen: RelationMap) -> list[Sequence[Cell]]:
    names = _names(seen)
    return [_person(card, names) for card in seen.cards]


def _person(card: Card, names: dict[str, str]) -> Sequence[Cell]:
    person = card.person
    judged = [j for j in (card.influence, card.mood) if j.is_known]
    newest = max(judged, key=lambda j: j.on or date.min, default=Judged())
    notes = dict.fromkeys(j.note for j in judged if j.note)
    company = person.company if person is not None else ""
    standing = "open" if card.standing is Standing.VACANT else card.standing.value
    return (
        card.name, card.title, person.department if person is not None else "", company,
        names.get(card.above or "", ""), role_words(card), standing, _value(card.influence),
        _value(card.mood), _value(card.politics), _value(card.adaptability),
        _value(card.orientation), _value(card.level_now), _value(card.level_wanted),
        card.strength, card.last_contact, card.contacts_90, newest.on, newest.by,
        " ".join(notes), "no" if card.parked else "yes",
    )  # fmt: skip


def _value(judged: Judged) -> Cell:
    return judged.value


def _lines(seen: RelationMap) -> list[Sequence[Cell]]:
    names = _names(seen)
    return [_line(li, names) for li in seen.lines if li.start in names and li.end in names]


def _line(line: Line, names: dict[str, str]) -> Sequence[Cell]:
    judged = line.kind in (LineKind.INFLUENCES, LineKind.DOUBTS)
    return (
        names[line.start], _KINDS[line.kind], names[line.end], line.weight if judged else None,
        line.strength, line.stated, line.label, line.due, line.last, line.evidence, line.on,
    )  # fmt: skip


def _matrix(seen: RelationMap) -> list[Sequence[Cell]]:
    ties = {(li.start, li.end): li for li in seen.of_kind(LineKind.TIE)}
    planned = {(li.start, li.end) for li in seen.of_kind(LineKind.PAIRED)}
    rows: list[Sequence[Cell]] = [("", *(o.name for o in seen.ours))]
    for card in seen.cards:
        if card.person is None or card.outside:
            continue
        cells: list[Cell] = [card.name]
        for one in seen.ours:
            tie = ties.get((one.key, card.key))
            planning = "planned" if (one.key, card.key) in planned else None
            cells.append(planning if tie is None or tie.strength is None else tie.strength)
        rows.append(cells)
    return rows


def _sheet(book: "Workbook", name: str, rows: Sequence[Sequence[Cell]], clean: Cleaner) -> None:
    sheet = book.add_worksheet(name)
    heading = book.add_format({"bold": True})
    days: Format = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, max(1, len(rows[0]) - 1), 18)
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(r, c, clean.text(value), heading if r == 0 else None)
            elif isinstance(value, date):
                sheet.write_datetime(r, c, datetime(value.year, value.month, value.day), days)  # noqa: DTZ001
            elif value is not None:
                sheet.write_number(r, c, value)
