"""A relationship map as plain boxes and links, split by branch into pages that can be read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from csplanner.domain.map_customer import customer_map
from csplanner.domain.map_layout import OURS_HIGH, OURS_WIDE, Places, places
from csplanner.domain.map_lens import contact_words, role_words, shown_lines
from csplanner.domain.map_model import Card, Lens, Line, LineKind, Ours, RelationMap, Standing
from csplanner.domain.wording import day_text, full_day_text, one_line
from csplanner.qbr.slides import Diagram, DiagramBox, DiagramLink

MOST = 40
"""So many people stand on one page at most; fewer where the boxes would get too small."""
_SIZES = (MOST, 32, 26, 20, 16, 12)
_READABLE = (1_560.0, 700.0)
"""Pixels of a map, across and down, up to which its boxes can still be read on a slide."""
_MOODS = {-2: "▽", -1: "▽", 0: "◇", 1: "○", 2: "○"}
_NAME, _TITLE = 40, 60


@dataclass(frozen=True, slots=True)
class _Page:
    """The cards of one page, and those of them whose people stand on another one."""

    keys: tuple[str, ...]
    more: Mapping[str, int]


def diagrams(
    shown: RelationMap, lens: Lens = Lens.REPORTING, *, customer: bool = False
) -> tuple[Diagram, ...]:
    """The pages of a map, the top of the house first; `customer` shows what they may see alone."""
    seen = customer_map(shown) if customer else shown
    seen = replace(seen, cards=seen.placed())
    if not seen.cards:
        return ()
    for most in _SIZES:
        pages = _pages(seen.cards, most)
        laid = [_laid(seen, page, whole=len(pages) == 1) for page in pages]
        if all(_is_readable(at) for _, at in laid):
            break
    return tuple(
        _diagram(part, at, page, lens, customer=customer)
        for (part, at), page in zip(laid, pages, strict=True)
    )


def _is_readable(at: Places) -> bool:
    return at.bounds.wide <= _READABLE[0] and at.bounds.high <= _READABLE[1]


# Pages


def _pages(cards: Sequence[Card], most: int) -> list[_Page]:
    below: dict[str | None, list[str]] = {}
    known = {c.key for c in cards}
    for card in cards:
        below.setdefault(card.above if card.above in known else None, []).append(card.key)
    whole = {key: _branch(key, below) for key in known}
    if len(known) <= most:
        return [_Page(tuple(c.key for c in cards), {})]
    found: list[_Page] = []
    heads: list[tuple[str | None, list[str]]] = [(None, below.get(None, []))]
    while heads:
        head, kids = heads.pop(0)
        cut = _fill(found, head, kids, whole, most)
        packed: list[str] = []
        for key in cut:
            if len(whole[key]) > most:
                heads.append((key, below.get(key, [])))
            elif len(packed) + len(whole[key]) <= most:
                packed += whole[key]
            else:
                found.append(_Page(tuple(packed), {}))
                packed = list(whole[key])
        if packed:
            found.append(_Page(tuple(packed), {}))
    return found


def _branch(head: str, below: Mapping[str | None, Sequence[str]]) -> list[str]:
    """A card and everybody below it, managers before their people."""
    found, waiting = [], [head]
    while waiting:
        key = waiting.pop(0)
        found.append(key)
        waiting += below.get(key, ())
    return found


def _fill(
    found: list[_Page],
    head: str | None,
    kids: Sequence[str],
    whole: Mapping[str, Sequence[str]],
    most: int,
) -> list[str]:
    """Add pages of a manager with all direct reports, whole branches where there is room for
    them; returns whose branches stand elsewhere.
    """
    top = [] if head is None else [head]
    step = most - len(top)
    cut: list[str] = []
    for start in range(0, len(kids), step):
        some = kids[start : start + step]
        keys, room = [*top, *some], step - len(some)
        more = {}
        for kid in some:
            extra = whole[kid][1:]
            if len(extra) <= room:
                keys += extra
                room -= len(extra)
            else:
                more[kid] = len(extra)
        found.append(_Page(tuple(keys), more))
        cut += more
    return cut


def _laid(seen: RelationMap, page: _Page, *, whole: bool) -> tuple[RelationMap, Places]:
    """The part of a map that one page shows, and where it stands there."""
    keys = set(page.keys)
    cards = tuple(
        replace(c, above=c.above if c.above in keys else None, at=c.at if whole else None)
        for c in seen.cards
        if c.key in keys
    )
    ends = keys | {o.key for o in seen.ours}
    lines = tuple(li for li in seen.lines if li.start in ends and li.end in ends)
    met = {li.start for li in lines if li.kind in (LineKind.TIE, LineKind.PAIRED)}
    ours = tuple(o for o in seen.ours if o.key in met)
    part = replace(seen, cards=cards, ours=ours, lines=lines)
    return part, places(part)


# Boxes and links


def _diagram(part: RelationMap, at: Places, page: _Page, lens: Lens, *, customer: bool) -> Diagram:
    left, top = at.bounds.x, at.bounds.y
    boxes = [_box(c, part, at, page.more.get(c.key, 0), customer=customer) for c in part.cards]
    boxes += [_ours_box(o, at) for o in part.ours]
    moved = tuple(replace(b, left=b.left - left, top=b.top - top) for b in boxes)
    order = {
        key: n for n, key in enumerate([c.key for c in part.cards] + [o.key for o in part.ours])
    }
    names = [b.lines[0] for b in moved]
    links = tuple(_link(li, order, names, part) for li in _lines(part, lens, customer=customer))
    row = at.row
    band = (row.x - left, row.y - top, row.wide, row.high) if part.ours and row.high else None
    return Diagram(
        title=f"{one_line(part.account_name)}: who works with whom",
        boxes=moved, links=links, wide=at.bounds.wide, high=at.bounds.high, band=band,
        head=_head(part, page),
        alt=_alt(part, links), plain=customer,
    )  # fmt: skip


def _head(part: RelationMap, page: _Page) -> str:
    """Whose branch a page shows; empty for a whole map."""
    tops = [c for c in part.cards if c.above is None]
    if len(page.keys) == len(part.cards) and len(tops) == 1 and page.keys[0] == tops[0].key:
        return one_line(tops[0].name)
    return ", ".join(one_line(c.name) for c in tops[:3]) + (" and others" if len(tops) > 3 else "")


def _lines(part: RelationMap, lens: Lens, *, customer: bool) -> Iterable[Line]:
    shown = part.lines if customer else shown_lines(part, lens)
    above = {c.key: c.above for c in part.cards}
    gone = {c.key for c in part.cards if c.standing is Standing.LEFT}
    done = set()
    for line in shown:
        if line.kind is LineKind.REPORTS:
            # One line a card, as the card says it; a page may have cut it.
            if above.get(line.start) == line.end and line.start not in done:
                done.add(line.start)
                yield line
        elif not (line.kind is LineKind.TIE and line.end in gone):
            yield line


def _box(card: Card, part: RelationMap, at: Places, more: int, *, customer: bool) -> DiagramBox:
    rect = at.rect(card.key)
    assert rect is not None
    name = _cut(card.name, _NAME)
    if customer:
        where = card.person.department if card.person is not None else ""
        lines = (name, _cut(card.title, _TITLE), _cut(where, _TITLE))
    else:
        lines = (name, _second(card, part), _foot(card, part))
    if more:
        lines = (*lines[:2], f"{lines[2]}, {more} more below" if lines[2] else f"{more} more below")
    return DiagramBox(
        lines, rect.x, rect.y, rect.wide, rect.high, _kind(card), ", ".join(filter(None, lines))
    )


def _cut(text: str, limit: int) -> str:
    line = one_line(text)
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def _kind(card: Card) -> str:
    if card.standing is Standing.VACANT:
        return "open"
    if card.standing is Standing.LEFT:
        return "left"
    return "outside" if card.outside else "card"


def _second(card: Card, part: RelationMap) -> str:
    if card.standing is Standing.VACANT:
        return "nobody known"
    person = card.person
    if card.standing is Standing.LEFT:
        on = person.left_on if person is not None else None
        return f"left on {day_text(on, part.day)}" if on else "left"
    if card.outside and person is not None and person.company:
        return _cut(", ".join(filter(None, (card.title, person.company))), _TITLE)
    return _cut(card.title, _TITLE) or "title unknown"


def _foot(card: Card, part: RelationMap) -> str:
    if not card.is_active:
        return role_words(card)
    level, mood = card.influence.value, card.mood.value
    return " · ".join(
        (
            role_words(card),
            f"{level}/5" if level is not None else "?/5",
            _MOODS.get(int(mood), "?") if mood is not None else "?",
            contact_words(card, part.day)[0],
        )
    )


def _ours_box(ours: Ours, at: Places) -> DiagramBox:
    rect = at.rect(ours.key)
    assert rect is not None
    lines = (_cut(ours.name, _NAME), _cut(ours.function, _TITLE))
    alt = ", ".join((*filter(None, lines), "one of us"))
    return DiagramBox(lines, rect.x, rect.y, OURS_WIDE, OURS_HIGH, "ours", alt)


_WORDS = {
    LineKind.REPORTS: "reports to", LineKind.INFLUENCES: "influences",
    LineKind.DOUBTS: "doubts", LineKind.TIE: "is in contact with",
    LineKind.PAIRED: "is planned for", LineKind.RIVAL: "is in contact with",
}  # fmt: skip


def _link(
    line: Line, order: Mapping[str, int], names: Sequence[str], part: RelationMap
) -> DiagramLink:
    start, end = order[line.start], order[line.end]
    words = _cut(line.label, _NAME)
    if line.kind is LineKind.PAIRED:
        words = f"planned, {day_text(line.due, part.day)}" if line.due else "planned"
    width = 1.2
    if line.kind in (LineKind.TIE, LineKind.RIVAL):
        width = 1.2 + 2.4 * (line.strength if line.strength is not None else line.stated or 0) / 100
    elif line.kind in (LineKind.INFLUENCES, LineKind.DOUBTS):
        width = 0.8 + 0.6 * max(1, min(3, line.weight))
    alt = f"{names[start]} {_WORDS[line.kind]} {names[end]}"
    return DiagramLink(start, end, line.kind.value, words, width, alt)


def _alt(part: RelationMap, links: Sequence[DiagramLink]) -> str:
    people = sum(1 for c in part.cards if c.standing is not Standing.VACANT)
    return (
        f"Relationship map of {one_line(part.account_name)} on {full_day_text(part.day)}: "
        f"{people} of them, {len(part.ours)} of us, {len(links)} lines."
    )
