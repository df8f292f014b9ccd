"""Draws a diagram as PowerPoint shapes: boxes with text, and connectors that hold on to them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from csplanner.qbr.map_text import fitting
from csplanner.qbr.map_ways import EMU, Spot, Way, beside, corner, in_column, straight, way
from csplanner.qbr.place import Box
from csplanner.qbr.slides import Diagram, DiagramBox, DiagramLink

if TYPE_CHECKING:
    from pptx.shapes.shapetree import SlideShapes

_NS = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_PIXEL_POINTS = 0.75
_LARGEST = 1.25 / 96
"""Inches a pixel of the diagram takes at most."""
_LEAST_POINTS = 9.0
_LEGEND = 0.34
_RAILED = 5
"""So many corners a line has that comes down a rail."""
_JOINT = 2.0
"""Pixels of the dot on a rail."""
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


def draw_diagram(shapes: "SlideShapes", diagram: Diagram, area: Box) -> None:
    """Draw lines below and boxes above them into `area`, the legend at its foot."""
    from pptx.oxml import parse_xml

    ground = Box(area.left, area.top, area.width, area.height - _LEGEND - 0.08)
    drawing = _Drawing(diagram, ground, shapes._next_shape_id)  # noqa: SLF001
    foot = Box(area.left, area.top + area.height - _LEGEND, area.width, _LEGEND)
    for part in (*drawing.parts(), _legend(diagram, drawing.next, foot)):
        shapes._spTree.append(parse_xml(part))  # noqa: SLF001


class _Drawing:
    """Where everything of a diagram stands on the slide, and the numbers of its shapes."""

    def __init__(self, diagram: Diagram, ground: Box, first: int) -> None:
        self.diagram = diagram
        self.scale = min(
            _LARGEST, ground.width / max(1.0, diagram.wide), ground.height / max(1.0, diagram.high)
        )
        self.left = ground.left + (ground.width - diagram.wide * self.scale) / 2
        self.top = ground.top
        self.spots = [self._spot(b.left, b.top, b.wide, b.high) for b in diagram.boxes]
        self.first = first
        self.next = first + len(self.spots)
        self._joints: dict[tuple[int, int], tuple[int, Spot]] = {}

    def _spot(self, x: float, y: float, wide: float, high: float) -> Spot:
        scale = self.scale
        return Spot(
            round((self.left + x * scale) * EMU), round((self.top + y * scale) * EMU),
            round(wide * scale * EMU), round(high * scale * EMU),
        )  # fmt: skip

    def _number(self) -> int:
        self.next += 1
        return self.next - 1

    def parts(self) -> list[str]:
        """Every shape but the legend, the lowest first."""
        made, labels = [], []
        if self.diagram.band is not None:
            spot = self._spot(*self.diagram.band)
            made.append(_band(spot, self._number(), self.scale, plain=self.diagram.plain))
        joined = {
            frozenset((li.start, li.end)) for li in self.diagram.links if li.kind == "reports"
        }
        for link in sorted(self.diagram.links, key=_depth):
            if len(link.via) == _RAILED:
                made += self._railed(link)
                continue
            ends = (self.spots[link.start], self.spots[link.end])
            aside = frozenset((link.start, link.end)) in joined and in_column(*ends)
            is_beside = aside and link.kind != "reports"
            run = beside(*ends) if is_beside else way(link, *ends, self.spots)
            numbers = (self.first + link.start, self.first + link.end)
            made.append(_connector(link, self._number(), run, numbers, self.scale))
            if link.words and not self._only_repeats(link, run):
                labels.append((link, run))
        made += [_label(link, self._number(), run, self.scale, self.spots) for link, run in labels]
        cards = zip(self.diagram.boxes, self.spots, strict=True)
        made += [_card(b, self.first + n, s, self.scale) for n, (b, s) in enumerate(cards)]
        return made

    def _only_repeats(self, link: DiagramLink, run: Way) -> bool:
        """Whether the words say what the arrow says, and would lie over a box."""
        if link.words.casefold() != link.kind:
            return False
        spot = run.words_at(*_words_size(link, self.scale), self.spots)
        return any(map(spot.meets, self.spots))

    def _railed(self, link: DiagramLink) -> list[str]:
        """A line to a rail beside a column of cards; the rail hangs below the manager once."""
        made = []
        key = (link.end, round(link.via[1][0]))
        if key not in self._joints:
            x, y = link.via[2]
            spot = self._spot(x - _JOINT / 2, y + _JOINT, _JOINT, _JOINT)
            number = self._number()
            self._joints[key] = (number, spot)
            made.append(_joint(number, spot, self.diagram.boxes[link.end].lines[0]))
            trunk = replace(link, via=(), alt=f"To {self.diagram.boxes[link.end].lines[0]}")
            run = way(trunk, spot, self.spots[link.end], ())
            ends = (number, self.first + link.end)
            made.append(_connector(trunk, self._number(), run, ends, self.scale))
        number, spot = self._joints[key]
        ends = (self.first + link.start, number)
        run = corner(spot, self.spots[link.start])
        return [*made, _connector(link, self._number(), run, ends, self.scale)]


def _joint(number: int, spot: Spot, name: str) -> str:
    """A dot on a rail, for the lines of a column to hold on to."""
    return (
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(f"Rail of {name}")}/>'
        f"<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>{_frame(spot)}"
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill>'
        f'<a:srgbClr val="{_LINE}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


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


def _card(box: DiagramBox, number: int, spot: Spot, scale: float) -> str:
    gone, ours = box.kind == "left", box.kind == "ours"
    sizes = [_points(size, scale) for size in ((12.0, 10.5) if ours else (14.5, 12.5, 12.0))]
    inset = round(8 * scale * EMU)
    room = (spot.wide - 1.5 * inset) / EMU * 72, spot.high / EMU * 72
    lines = fitting(box.lines, [size / 100 for size in sizes], room)
    paragraphs = "".join(
        "<a:p>"
        + _run(text, size, _QUIET if n else _INK, bold=n == 0, struck=gone and n == 0)
        + "</a:p>"
        for n, (text, size) in enumerate(zip(lines, sizes, strict=False))
        if text
    )
    dash = '<a:prstDash val="dash"/>' if box.kind in ("open", "left", "outside") else ""
    ink = {"outside": _RIVAL, "ours": "C9C9E8"}.get(box.kind, "BDBDC4")
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


def _frame(spot: Spot, more: str = "") -> str:
    return (
        f'<a:xfrm{more}><a:off x="{spot.x}" y="{spot.y}"/>'
        f'<a:ext cx="{spot.wide}" cy="{spot.high}"/></a:xfrm>'
    )


def _width(pixels: float, scale: float) -> int:
    return max(6_350, round(pixels * min(scale, 1 / 96) * EMU))


def _band(spot: Spot, number: int, scale: float, *, plain: bool) -> str:
    said = "Our team, who looks after whom" if plain else "Us, who covers whom"
    words = _run(said, _points(10.5, scale), _QUIET)
    return (
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{number}" name="Our people"/><p:cNvSpPr/><p:nvPr/>'
        f'</p:nvSpPr><p:spPr>{_frame(spot)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{_FIELD}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        f'<p:txBody><a:bodyPr lIns="91440" rIns="91440" tIns="22860" bIns="22860" anchor="b"/>'
        f"<a:lstStyle/><a:p>{words}</a:p></p:txBody></p:sp>"
    )


# Lines


def _connector(
    link: DiagramLink, number: int, way: Way, ends: tuple[int, int], scale: float
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


def _words_size(link: DiagramLink, scale: float) -> tuple[int, int]:
    size = _points(10.5, scale) / 100
    wide = round(len(link.words) * size * 0.6 / 72 * EMU) + 36_000
    return wide, round(size * 1.3 / 72 * EMU)


def _label(link: DiagramLink, number: int, way: Way, scale: float, taken: Sequence[Spot]) -> str:
    size = _points(10.5, scale)
    spot = way.words_at(*_words_size(link, scale), taken)
    ink = {"influences": _INK, "doubts": _RISK, "paired": _ACCENT}.get(link.kind, _QUIET)
    return (
        f'<p:sp {_NS}><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr("Words: " + link.alt)}/>'
        '<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
        f"<p:spPr>{_frame(spot)}"
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
    x, y = round(foot.left * EMU), round((foot.top + foot.height / 2) * EMU)
    parts, number = [], number + 1
    for kind in kinds:
        sample = straight((x, y), (x + 320_000, y), (0, 0))
        parts += [_sample(kind, number, sample), _words(words[kind], number + 1, (x + 380_000, y))]
        number += 2
        x += 380_000 + _wide(words[kind]) + 200_000
    if not diagram.plain and any(b.kind != "ours" for b in diagram.boxes):
        parts.append(_words(_CARD_LEGEND, number, (x, y)))
        x += _wide(_CARD_LEGEND)
    left, top = round(foot.left * EMU), round(foot.top * EMU)
    spot = Spot(left, top, max(1, x - left), round(foot.height * EMU))
    child = (
        f'<a:chOff x="{spot.x}" y="{spot.y}"/><a:chExt cx="{spot.wide}" cy="{spot.high}"/></a:xfrm>'
    )
    frame = _frame(spot).replace("</a:xfrm>", child)
    return (
        f'<p:grpSp {_NS}><p:nvGrpSpPr><p:cNvPr id="{number + 1}" name="Legend"/><p:cNvGrpSpPr/>'
        f"<p:nvPr/></p:nvGrpSpPr><p:grpSpPr>{frame}</p:grpSpPr>{''.join(parts)}</p:grpSp>"
    )


def _wide(words: str) -> int:
    return round(len(words) * 10 * 0.52 / 72 * EMU)


def _sample(kind: str, number: int, way: Way) -> str:
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
    high = round(0.2 * EMU)
    spot = Spot(at[0], at[1] - high // 2, _wide(text), high)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(text)}/><p:cNvSpPr txBox="1"/>'
        f'<p:nvPr/></p:nvSpPr><p:spPr>{_frame(spot)}<a:prstGeom prst="rect"><a:avLst/>'
        '</a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap="none" lIns="0" rIns="0" '
        'tIns="0" bIns="0" anchor="ctr"/><a:lstStyle/>'
        f"<a:p>{_run(text, 1000, _QUIET)}</a:p></p:txBody></p:sp>"
    )
