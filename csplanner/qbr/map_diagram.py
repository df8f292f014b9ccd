"""A relationship map as plain boxes and links, split by branch into pages that can be read."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from csplanner.domain.map_customer import customer_map
from csplanner.domain.map_layout import OURS_HIGH, OURS_WIDE, Places, places
from csplanner.domain.map_lens import FEW, contact_words, role_words, shown_lines
from csplanner.domain.map_model import Card, Lens, Line, LineKind, Ours, RelationMap, Standing
from csplanner.domain.map_routes import Drawn, Route, routes
from csplanner.domain.wording import day_text, full_day_text, list_text, one_line
from csplanner.qbr.map_fit import Fit, behind, fit
from csplanner.qbr.map_paging import Part, split
from csplanner.qbr.slides import Diagram, DiagramBox, DiagramLink

_MOODS = {-2: "▽", -1: "▽", 0: "◇", 1: "○", 2: "○"}
_NAME, _TITLE = 40, 60


@dataclass(frozen=True, slots=True)
class _Asked:
    """The whole map, the lens, and whether the customer will see it."""

    seen: RelationMap
    lens: Lens
    customer: bool
    named: frozenset[str] = frozenset()
    """Lines in whose place the card says who of ours looks after them."""


def diagrams(
    shown: RelationMap, lens: Lens = Lens.REPORTING, *, customer: bool = False, csm: str = ""
) -> tuple[Diagram, ...]:
    """The pages of a map, the top of the house first; `customer` shows what they may see alone.

    `csm` is your name, for where none of our people bears it.
    """
    seen = customer_map(shown, csm) if customer else shown
    seen = replace(seen, cards=seen.placed())
    if not seen.cards:
        return ()

    asked = _Asked(seen, lens, customer)
    if customer:
        asked = replace(asked, named=_named(asked))

    def fits(keys: Sequence[str]) -> bool:
        return fit(_laid(asked, keys, whole=False)[1]).is_readable

    parts = split({c.key: c.above for c in seen.cards}, fits)
    whole = len(parts) == 1
    return tuple(_diagram(asked, p, *_laid(asked, p.keys, whole=whole)) for p in parts)


def _named(asked: _Asked) -> frozenset[str]:
    """All contact on a large map, and on a small one what would run behind somebody else."""
    seen = asked.seen
    ties = tuple(seen.of_kind(LineKind.TIE))
    if len(seen.cards) > FEW:
        return frozenset(li.key for li in ties)
    _, at = _laid(asked, [c.key for c in seen.cards], whole=True)
    return behind(ties, at)


def _laid(asked: _Asked, some: Sequence[str], *, whole: bool) -> tuple[RelationMap, Places]:
    """The part of a map that one page shows, and where it stands there."""
    seen, keys = asked.seen, set(some)
    cards = tuple(
        replace(c, above=c.above if c.above in keys else None, at=c.at if whole else None)
        for c in seen.cards
        if c.key in keys
    )
    ends = keys | {o.key for o in seen.ours}
    lines = tuple(li for li in seen.lines if li.start in ends and li.end in ends)
    part = replace(seen, cards=cards, lines=lines)
    met = {li.start for li in _lines(part, asked)}
    if asked.customer and len(seen.cards) <= FEW:
        met |= {li.start for li in part.lines}
    part = replace(part, ours=tuple(o for o in seen.ours if o.key in met))
    return part, places(part)


# Boxes and links


def _diagram(asked: _Asked, page: Part, part: RelationMap, at: Places) -> Diagram:
    on = fit(at)
    boxes = [_box(c, asked, at, _more(c.key, page)) for c in part.cards]
    boxes += [_ours_box(o, at) for o in part.ours]
    moved = tuple(_moved(b, on) for b in boxes)
    order = {
        key: n for n, key in enumerate([c.key for c in part.cards] + [o.key for o in part.ours])
    }
    names = [b.lines[0] for b in moved]
    lines = tuple(_lines(part, asked))
    ways = routes((li for li in lines if li.kind is LineKind.REPORTS), at)
    links = tuple(
        replace(_link(li, order, names, asked), via=_corners(ways.get(li.key), on)) for li in lines
    )
    bounds = at.bounds
    return Diagram(
        title=f"{one_line(part.account_name)}: who works with whom",
        boxes=moved, links=links, wide=on.x(bounds.x + bounds.wide),
        high=on.y(bounds.y + bounds.high),
        band=_band(at, on) if part.ours and at.row.high else None, head=_head(part, page),
        alt=_alt(part, links), plain=asked.customer,
    )  # fmt: skip


def _moved(box: DiagramBox, on: Fit) -> DiagramBox:
    """A box where it stands on the slide, and as large as it is there."""
    left, top = on.x(box.left), on.y(box.top)
    wide, high = on.x(box.left + box.wide) - left, on.y(box.top + box.high) - top
    return replace(box, left=left, top=top, wide=wide, high=high)


def _band(at: Places, on: Fit) -> tuple[float, float, float, float]:
    left, top = on.x(at.row.x), on.y(at.row.y)
    return left, top, on.x(at.row.x + at.row.wide) - left, on.y(at.row.y + at.row.high) - top


def _corners(way: Route | None, on: Fit) -> tuple[tuple[float, float], ...]:
    if way is None or way.kind is Drawn.CURVE:
        return ()
    return tuple((on.x(x), on.y(y)) for x, y in way.points)


def _head(part: RelationMap, page: Part) -> str:
    """Whose people a page shows."""
    names = {c.key: one_line(c.name) for c in part.cards}
    tops = [names[c.key] for c in part.cards if c.above is None]
    return names.get(page.head, "") if len(tops) == 1 else ", ".join(tops[:3])


def _more(key: str, page: Part) -> str:
    if key not in page.below:
        return ""
    return f"{page.below[key]} below, part {page.parts[key]}"


def _lines(part: RelationMap, asked: _Asked) -> Iterable[Line]:
    shown: Iterable[Line] = shown_lines(part, asked.lens)
    if asked.customer and len(asked.seen.cards) <= FEW:
        shown = (li for li in part.lines if li.key not in asked.named)
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


def _box(card: Card, asked: _Asked, at: Places, more: str) -> DiagramBox:
    rect = at.rect(card.key)
    assert rect is not None
    name = _cut(card.name, _NAME)
    if asked.customer:
        lines = (name, _cut(card.title, _TITLE), _cut(_where(card, asked), _TITLE))
    else:
        lines = (name, _second(card, asked.seen), _foot(card, asked.seen))
    if more:
        lines = (*lines[:2], ", ".join(filter(None, (lines[2], more))))
    return DiagramBox(
        lines, rect.x, rect.y, rect.wide, rect.high, _kind(card), ", ".join(filter(None, lines))
    )


def _where(card: Card, asked: _Asked) -> str:
    """The department, and who of ours looks after them where no line says it."""
    seen, where = asked.seen, card.person.department if card.person is not None else ""
    names = {o.key: o.name for o in seen.ours}
    ties = (li for li in seen.of_kind(LineKind.TIE) if li.key in asked.named)
    ours = [names[li.start] for li in ties if li.end == card.key]
    return ", ".join(filter(None, (where, f"with {list_text(ours)}" if ours else "")))


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


def _link(line: Line, order: Mapping[str, int], names: Sequence[str], asked: _Asked) -> DiagramLink:
    start, end = order[line.start], order[line.end]
    words = _cut(line.label, _NAME)
    if line.kind is LineKind.PAIRED:
        words = f"planned, {day_text(line.due, asked.seen.day)}" if line.due else "planned"
    width = 1.2
    if line.kind in (LineKind.TIE, LineKind.RIVAL):
        width = 1.2 + 2.4 * (line.strength if line.strength is not None else line.stated or 0) / 100
    elif line.kind in (LineKind.INFLUENCES, LineKind.DOUBTS):
        width = 0.8 + 0.6 * max(1, min(3, line.weight))
    says = "looks after" if asked.customer and line.kind is LineKind.TIE else _WORDS[line.kind]
    alt = f"{names[start]} {says} {names[end]}"
    return DiagramLink(start, end, line.kind.value, words, width, alt)


def _alt(part: RelationMap, links: Sequence[DiagramLink]) -> str:
    people = sum(1 for c in part.cards if c.standing is not Standing.VACANT)
    return (
        f"Relationship map of {one_line(part.account_name)} on {full_day_text(part.day)}: "
        f"{people} of them, {len(part.ours)} of us, {len(links)} lines."
    )
