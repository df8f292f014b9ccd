"""Draws a diagram as PowerPoint shapes: boxes with text, and connectors that hold on to them."""

from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from csplanner.qbr.place import Box
from csplanner.qbr.slides import Diagram, DiagramBox, DiagramLink

if TYPE_CHECKING:
    from pptx.shapes.shapetree import SlideShapes

_NS = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_EMU = 914_400
_PIXEL_POINTS = 0.75
_LARGEST = 1.25 / 96
"""Inches a pixel of the diagram takes at most."""
_LEAST_POINTS = 6.0
_LEGEND = 0.34
TOP, LEFT, BOTTOM, RIGHT = 0, 1, 2, 3
"""The places of a rectangle a connector can hold on to, as PowerPoint numbers them."""

_INK, _QUIET, _LINE, _FIELD = "1B1B1F", "5E5E66", "8A8A92", "F3F2EE"
_ACCENT, _TIE, _RISK, _RIVAL = "4A4FC4", "A9ABE3", "A8143C", "9A5B00"


class _Stroke(NamedTuple):
    """How a kind of line looks: ink, dash of PowerPoint, whether it has an arrow."""

    ink: str
    dash: str = ""
    arrow: bool = False


_STROKES = {
    "reports": _Stroke(_LINE),
    "influences": _Stroke(_INK, arrow=True),
    "doubts": _Stroke(_RISK, "sysDash", arrow=True),
    "tie": _Stroke(_TIE),
    "paired": _Stroke(_ACCENT, "dash"),
    "rival": _Stroke(_RIVAL, "sysDot"),
}
_LEGEND_WORDS = {
    "reports": "reports to", "influences": "influences", "doubts": "doubts",
    "tie": "in contact", "paired": "planned", "rival": "contact of an outsider",
}  # fmt: skip
_PLAIN_WORDS = {"reports": "reports to", "tie": "looks after"}
_CARD_LEGEND = "4/5 influence   ○ for us   ◇ neutral   ▽ doubtful   ? unknown"


class _Spot(NamedTuple):
    """A box on the slide in EMU."""

    x: int
    y: int
    wide: int
    high: int

    def site(self, number: int) -> tuple[int, int]:
        """Where a connector holds on."""
        if number in (TOP, BOTTOM):
            return self.x + self.wide // 2, self.y + (self.high if number == BOTTOM else 0)
        return self.x + (self.wide if number == RIGHT else 0), self.y + self.high // 2


def draw_diagram(shapes: "SlideShapes", diagram: Diagram, area: Box) -> None:
    """Draw lines below and boxes above them into `area`, the legend at its foot."""
    from pptx.oxml import parse_xml

    ground = Box(area.left, area.top, area.width, area.height - _LEGEND - 0.08)
    scale = min(
        _LARGEST, ground.width / max(1.0, diagram.wide), ground.height / max(1.0, diagram.high)
    )
    left = ground.left + (ground.width - diagram.wide * scale) / 2
    first = shapes._next_shape_id  # noqa: SLF001
    spots = [
        _Spot(
            round((left + b.left * scale) * _EMU), round((ground.top + b.top * scale) * _EMU),
            round(b.wide * scale * _EMU), round(b.high * scale * _EMU),
        )
        for b in diagram.boxes
    ]  # fmt: skip
    parts: list[str] = []
    if diagram.band is not None:
        parts.append(_band(diagram, first + len(spots), scale, (left, ground.top)))
    number = first + len(spots) + len(parts)
    labels = []
    joined = {frozenset((li.start, li.end)) for li in diagram.links if li.kind == "reports"}
    for link in sorted(diagram.links, key=_depth):
        ends = (spots[link.start], spots[link.end])
        aside = link.kind != "reports" and frozenset((link.start, link.end)) in joined
        way = _beside(*ends) if aside else _way(link, *ends, spots)
        parts.append(_connector(link, number, way, (first + link.start, first + link.end), scale))
        number += 1
        if link.words:
            labels.append((link, way))
    for link, way in labels:
        parts.append(_label(link, number, way, scale))
        number += 1
    parts += [
        _card(box, first + n, spot, scale)
        for n, (box, spot) in enumerate(zip(diagram.boxes, spots, strict=True))
    ]
    foot = Box(area.left, area.top + area.height - _LEGEND, area.width, _LEGEND)
    parts.append(_legend(diagram, number, foot))
    for part in parts:
        shapes._spTree.append(parse_xml(part))  # noqa: SLF001


_DEPTHS = ("tie", "rival", "reports", "paired", "influences", "doubts")


def _depth(link: DiagramLink) -> int:
    return _DEPTHS.index(link.kind)


# Boxes


def _points(pixels: float, scale: float) -> int:
    """The size of text in hundredths of a point, as large as the diagram is drawn."""
    return round(max(_LEAST_POINTS, pixels * _PIXEL_POINTS * scale * 96) * 100)


def _run(text: str, size: int, ink: str, *, bold: bool = False, struck: bool = False) -> str:
    more = (' b="1"' if bold else "") + (' strike="sngStrike"' if struck else "")
    return (
        f'<a:r><a:rPr lang="en-GB" sz="{size}"{more}><a:solidFill><a:srgbClr val="{ink}"/>'
        f"</a:solidFill></a:rPr><a:t>{escape(text)}</a:t></a:r>"
    )


def _card(box: DiagramBox, number: int, spot: _Spot, scale: float) -> str:
    gone, ours = box.kind == "left", box.kind == "ours"
    sizes = (12.0, 10.5) if ours else (14.5, 12.5, 12.0)
    paragraphs = "".join(
        "<a:p>"
        + _run(
            text, _points(size, scale), _QUIET if n else _INK, bold=n == 0, struck=gone and n == 0
        )
        + "</a:p>"
        for n, (text, size) in enumerate(zip(box.lines, sizes, strict=False))
        if text
    )
    dash = '<a:prstDash val="dash"/>' if box.kind in ("open", "left", "outside") else ""
    ink = {"outside": _RIVAL, "ours": "C9C9E8"}.get(box.kind, "BDBDC4")
    inset = round(8 * scale * _EMU)
    return (
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(box.lines[0])} '
        f"descr={quoteattr(box.alt)}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>"
        f'<p:spPr>{_frame(spot)}<a:prstGeom prst="roundRect"><a:avLst>'
        f'<a:gd name="adj" fmla="val 7000"/></a:avLst></a:prstGeom><a:solidFill>'
        f'<a:srgbClr val="FFFFFF"/></a:solidFill><a:ln w="{_width(1.2, scale)}"><a:solidFill>'
        f'<a:srgbClr val="{ink}"/></a:solidFill>{dash}</a:ln></p:spPr>'
        f'<p:txBody><a:bodyPr wrap="square" lIns="{inset}" rIns="{inset // 2}" tIns="0" bIns="0" '
        f'anchor="ctr"><a:noAutofit/></a:bodyPr><a:lstStyle/>{paragraphs}</p:txBody></p:sp>'
    )


def _frame(spot: _Spot, more: str = "") -> str:
    return (
        f'<a:xfrm{more}><a:off x="{spot.x}" y="{spot.y}"/>'
        f'<a:ext cx="{spot.wide}" cy="{spot.high}"/></a:xfrm>'
    )


def _width(pixels: float, scale: float) -> int:
    return max(6_350, round(pixels * min(scale, 1 / 96) * _EMU))


def _band(diagram: Diagram, number: int, scale: float, origin: tuple[float, float]) -> str:
    assert diagram.band is not None
    x, y, wide, high = diagram.band
    spot = _Spot(
        round((origin[0] + x * scale) * _EMU), round((origin[1] + y * scale) * _EMU),
        round(wide * scale * _EMU), round(high * scale * _EMU),
    )  # fmt: skip
    said = "Our team, who looks after whom" if diagram.plain else "Us, who covers whom"
    words = _run(said, _points(10.5, scale), _QUIET)
    return (
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{number}" name="Our people"/><p:cNvSpPr/><p:nvPr/>'
        f'</p:nvSpPr><p:spPr>{_frame(spot)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{_FIELD}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="91440" rIns="91440" tIns="22860" bIns="22860" anchor="b"/>'
        f"<a:lstStyle/><a:p>{words}</a:p></p:txBody></p:sp>"
    )


# Lines


class _Way(NamedTuple):
    """A connector: its shape, its frame, how it is turned, and the sites it holds on to."""

    shape: str
    spot: _Spot
    turned: str
    sites: tuple[int, int]
    bends: tuple[int, ...] = ()
    middle: tuple[int, int] = (0, 0)


def _way(link: DiagramLink, start: _Spot, end: _Spot, others: list[_Spot]) -> _Way:
    """How a line runs; the sites are those of its start and its end."""
    if link.kind == "reports":
        # From whom they report to, so that it hangs below the manager.
        return _hanging("bentConnector", start, end, swapped=True)
    if start.y >= end.y + end.high:
        return _hanging("curvedConnector", start, end, swapped=True)
    if end.y >= start.y + start.high:
        return _hanging("curvedConnector", end, start, swapped=False)
    if _between(start, end, others):
        return _below(start, end)
    sites = (RIGHT, LEFT) if start.x < end.x else (LEFT, RIGHT)
    return _straight(start.site(sites[0]), end.site(sites[1]), sites)


def _between(start: _Spot, end: _Spot, others: list[_Spot]) -> bool:
    """Whether somebody stands between two boxes of one row."""
    low, high = sorted((start.x + start.wide // 2, end.x + end.wide // 2))
    top = max(start.y, end.y)
    foot = min(start.y + start.high, end.y + end.high)
    return any(
        low < o.x + o.wide // 2 < high and o.y < foot and o.y + o.high > top
        for o in others
        if o not in (start, end)
    )


def _hanging(kind: str, lower: _Spot, upper: _Spot, *, swapped: bool) -> _Way:
    """From the foot of the upper box to the top of the lower one, down, across and down.

    `swapped` where the line starts at the lower box.
    """
    a, b = upper.site(BOTTOM), lower.site(TOP)
    if b[1] <= a[1]:
        sites = (LEFT, LEFT)
        points = (lower.site(LEFT), upper.site(LEFT))
        return _straight(*(points if swapped else points[::-1]), sites)
    if abs(a[0] - b[0]) < _EMU // 200:
        sites = (TOP, BOTTOM) if swapped else (BOTTOM, TOP)
        return _straight(*((b, a) if swapped else (a, b)), sites)
    return _down(f"{kind}3", a, b, swapped=swapped)


def _down(shape: str, a: tuple[int, int], b: tuple[int, int], *, swapped: bool) -> _Way:
    """A bent line that leaves `a` downwards: the frame is the way turned by a quarter."""
    wide, high = b[1] - a[1], abs(b[0] - a[0])
    middle = ((a[0] + b[0]) // 2, (a[1] + b[1]) // 2)
    spot = _Spot(middle[0] - wide // 2, middle[1] - high // 2, wide, high)
    right = b[0] > a[0]
    if swapped:
        # The same way, walked from its lower end.
        turned = ' rot="5400000" flipH="1"' if right else ' rot="16200000"'
        return _Way(shape, spot, turned, (TOP, BOTTOM), (50_000,), middle)
    turned = ' rot="16200000" flipH="1"' if right else ' rot="5400000"'
    return _Way(shape, spot, turned, (BOTTOM, TOP), (50_000,), middle)


def _below(start: _Spot, end: _Spot) -> _Way:
    """Under whoever stands between, from foot to foot."""
    a, b = start.site(BOTTOM), end.site(BOTTOM)
    drop = start.high // 2
    high, wide = abs(b[0] - a[0]), max(1, abs(b[1] - a[1]))
    middle = ((a[0] + b[0]) // 2, (a[1] + b[1]) // 2)
    spot = _Spot(middle[0] - wide // 2, middle[1] - high // 2, wide, high)
    turned = ' rot="16200000" flipH="1"' if b[0] > a[0] else ' rot="5400000"'
    bend = round(100_000 * drop / wide)
    return _Way(
        "curvedConnector3", spot, turned, (BOTTOM, BOTTOM), (bend,), (middle[0], middle[1] + drop)
    )


def _beside(start: _Spot, end: _Spot) -> _Way:
    """Around the right of two boxes whose reporting line runs between them."""
    a, b = start.site(RIGHT), end.site(RIGHT)
    if a[1] == b[1]:
        return _below(start, end)
    wide, high = max(1, abs(b[0] - a[0])), abs(b[1] - a[1])
    out = max(a[0], b[0]) - a[0] + start.high // 2
    left = b[0] < a[0]
    turned = (' flipH="1"' if left else "") + (' flipV="1"' if b[1] < a[1] else "")
    spot = _Spot(min(a[0], b[0]), min(a[1], b[1]), wide, high)
    bend = round((-1 if left else 1) * 100_000 * out / wide)
    middle = (a[0] + out, (a[1] + b[1]) // 2)
    return _Way("curvedConnector3", spot, turned, (RIGHT, RIGHT), (bend,), middle)


def _straight(a: tuple[int, int], b: tuple[int, int], sites: tuple[int, int]) -> _Way:
    spot = _Spot(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1]))
    turned = (' flipH="1"' if b[0] < a[0] else "") + (' flipV="1"' if b[1] < a[1] else "")
    # Words stand above a level line and on any other one.
    level = _EMU // 10 if abs(a[1] - b[1]) < _EMU // 20 else 0
    middle = ((a[0] + b[0]) // 2, (a[1] + b[1]) // 2 - level)
    return _Way("line", spot, turned, sites, (), middle)


def _connector(
    link: DiagramLink, number: int, way: _Way, ends: tuple[int, int], scale: float
) -> str:
    stroke = _STROKES[link.kind]
    bends = "".join(
        f'<a:gd name="adj{n}" fmla="val {bend}"/>' for n, bend in enumerate(way.bends, 1)
    )
    dash = f'<a:prstDash val="{stroke.dash}"/>' if stroke.dash else ""
    arrow = '<a:tailEnd type="triangle" w="med" len="med"/>' if stroke.arrow else ""
    alt = quoteattr(link.alt)
    return (
        f'<p:cxnSp {_NS}><p:nvCxnSpPr><p:cNvPr id="{number}" name={alt} descr={alt}/>'
        f'<p:cNvCxnSpPr><a:stCxn id="{ends[0]}" idx="{way.sites[0]}"/>'
        f'<a:endCxn id="{ends[1]}" idx="{way.sites[1]}"/></p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr>'
        f'<p:spPr>{_frame(way.spot, way.turned)}<a:prstGeom prst="{way.shape}"><a:avLst>{bends}'
        f'</a:avLst></a:prstGeom><a:ln w="{_width(link.width, scale)}"><a:solidFill>'
        f'<a:srgbClr val="{stroke.ink}"/></a:solidFill>{dash}<a:round/>{arrow}</a:ln></p:spPr>'
        "</p:cxnSp>"
    )


def _label(link: DiagramLink, number: int, way: _Way, scale: float) -> str:
    size = _points(10.5, scale)
    wide = round(len(link.words) * size / 100 * 0.6 / 72 * _EMU) + 36_000
    high = round(size / 100 * 1.3 / 72 * _EMU)
    x, y = way.middle
    ink = {"influences": _INK, "doubts": _RISK, "paired": _ACCENT}.get(link.kind, _QUIET)
    return (
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr("Words: " + link.alt)}/>'
        '<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        f"<p:spPr>{_frame(_Spot(x - wide // 2, y - high // 2, wide, high))}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="bg1"/>'
        '</a:solidFill></p:spPr><p:txBody><a:bodyPr wrap="none" lIns="0" rIns="0" tIns="0" '
        'bIns="0" anchor="ctr"/><a:lstStyle/><a:p><a:pPr algn="ctr"/>'
        f"{_run(link.words, size, ink)}</a:p></p:txBody></p:sp>"
    )


# The legend


def _legend(diagram: Diagram, number: int, foot: Box) -> str:
    """One group: a sample of each kind of line on this page with its words."""
    kinds = [k for k in _STROKES if any(li.kind == k for li in diagram.links)]
    words = _PLAIN_WORDS if diagram.plain else _LEGEND_WORDS
    x, y = round(foot.left * _EMU), round((foot.top + foot.height / 2) * _EMU)
    parts, number = [], number + 1
    for kind in kinds:
        sample = _straight((x, y), (x + 320_000, y), (0, 0))
        parts += [_sample(kind, number, sample), _words(words[kind], number + 1, (x + 380_000, y))]
        number += 2
        x += 380_000 + _wide(words[kind]) + 200_000
    if not diagram.plain and any(b.kind != "ours" for b in diagram.boxes):
        parts.append(_words(_CARD_LEGEND, number, (x, y)))
        x += _wide(_CARD_LEGEND)
    left, top = round(foot.left * _EMU), round(foot.top * _EMU)
    spot = _Spot(left, top, max(1, x - left), round(foot.height * _EMU))
    child = (
        f'<a:chOff x="{spot.x}" y="{spot.y}"/><a:chExt cx="{spot.wide}" cy="{spot.high}"/></a:xfrm>'
    )
    frame = _frame(spot).replace("</a:xfrm>", child)
    return (
        f'<p:grpSp {_NS}><p:nvGrpSpPr><p:cNvPr id="{number + 1}" name="Legend"/><p:cNvGrpSpPr/>'
        f"<p:nvPr/></p:nvGrpSpPr><p:grpSpPr>{frame}</p:grpSpPr>{''.join(parts)}</p:grpSp>"
    )


def _wide(words: str) -> int:
    return round(len(words) * 10 * 0.52 / 72 * _EMU)


def _sample(kind: str, number: int, way: _Way) -> str:
    stroke = _STROKES[kind]
    dash = f'<a:prstDash val="{stroke.dash}"/>' if stroke.dash else ""
    arrow = '<a:tailEnd type="triangle"/>' if stroke.arrow else ""
    return (
        f'<p:cxnSp><p:nvCxnSpPr><p:cNvPr id="{number}" name="Sample"/><p:cNvCxnSpPr/><p:nvPr/>'
        f'</p:nvCxnSpPr><p:spPr>{_frame(way.spot)}<a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="19050"><a:solidFill><a:srgbClr val="{stroke.ink}"/></a:solidFill>{dash}{arrow}'
        "</a:ln></p:spPr></p:cxnSp>"
    )


def _words(text: str, number: int, at: tuple[int, int]) -> str:
    high = round(0.2 * _EMU)
    spot = _Spot(at[0], at[1] - high // 2, _wide(text), high)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(text)}/><p:cNvSpPr txBox="1"/>'
        f'<p:nvPr/></p:nvSpPr><p:spPr>{_frame(spot)}<a:prstGeom prst="rect"><a:avLst/>'
        '</a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap="none" lIns="0" rIns="0" '
        'tIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>'
        f"<a:p>{_run(text, 1000, _QUIET)}</a:p></p:txBody></p:sp>"
    )
