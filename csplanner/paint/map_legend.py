"""The legend of the relationship map: a sample of each line and mark, and what it says."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from csplanner.domain.map_model import LineKind
from csplanner.domain.map_routes import Drawn, Route
from csplanner.language import tr
from csplanner.paint.bars import draw_influence
from csplanner.paint.cells import Face, text_width
from csplanner.paint.fonts import REGULAR, font
from csplanner.paint.map_card import draw_clock
from csplanner.paint.map_lines import QUIET, LineLook, draw_line
from csplanner.paint.map_look import CardLook
from csplanner.paint.marks import draw_mark
from csplanner.paint.tokens import Theme

LEGEND_HEIGHT = 24.0
_FACE: Face = (11, REGULAR)
_GAP, _SAMPLE, _AFTER = 14.0, 24.0, 6.0
_TIGHT, _TIGHT_SAMPLE = 6.0, 13.0
_LINES = {
    LineKind.REPORTS: LineLook("control", 1.6),
    LineKind.INFLUENCES: LineLook("text", 2.0, arrow=True),
    LineKind.DOUBTS: LineLook("risk-ink", 1.6, arrow=True),
    LineKind.TIE: LineLook("tier-l", 3.0),
    LineKind.PAIRED: LineLook("accent", 1.6, (4.0, 3.0)),
    LineKind.RIVAL: LineLook("cat4", 1.6, (9.0, 2.5, 2.0, 2.5)),
}


class _Sign(StrEnum):
    BARS = "bars"
    MOOD = "mood"
    CLOCK = "clock"
    OUTSIDE = "outside"
    QUIET = "quiet"
    MORE = "more"


_SIGNS = {
    _Sign.BARS: 18.0,
    _Sign.MOOD: 42.0,
    _Sign.CLOCK: 10.0,
    _Sign.OUTSIDE: 22.0,
    _Sign.QUIET: 16.0,
    _Sign.MORE: 0.0,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One sample and its words; `short` ones stand where there is little room."""

    sign: LineKind | _Sign
    words: str
    short: str = ""
    tight: bool = False
    """Closer together, with a shorter sample."""

    @property
    def gap(self) -> float:
        """What is free after it."""
        return _TIGHT if self.tight else _GAP

    @property
    def sample(self) -> float:
        """What its sign takes."""
        if isinstance(self.sign, LineKind):
            return _TIGHT_SAMPLE if self.tight else _SAMPLE
        return _SIGNS[self.sign]

    @property
    def width(self) -> float:
        """What it takes, the gap after it included."""
        return float(self.sample + _AFTER + text_width(self.words, _FACE) + self.gap)


def entries(
    kinds: Iterable[LineKind],
    cards: Iterable[CardLook] = (),
    *,
    plain: bool = False,
    hidden: bool = False,
    quiet: bool = False,
    more: bool = False,
) -> tuple[Entry, ...]:
    """What a legend explains for lines of those kinds and what stands on those cards.

    Without cards it explains influence and mood; `plain` for a map that leaves, `hidden` for a
    shared screen, which tells no judgement from another; `quiet` where a tie carries no more,
    `more` where other lines are seen once a card is chosen.
    """
    words = {
        LineKind.REPORTS: tr("reports to"),
        LineKind.INFLUENCES: tr("influences"),
        LineKind.DOUBTS: tr("doubts"),
        LineKind.TIE: tr("looks after") if plain else tr("in contact"),
        LineKind.PAIRED: tr("planned"),
        LineKind.RIVAL: tr("knows an outsider"),
    }
    present = set(kinds)
    if hidden:
        words = _covered(words, present)
    shorter = {LineKind.RIVAL: tr("outside tie")}
    found = [
        Entry(kind, said, shorter.get(kind, "")) for kind, said in words.items() if kind in present
    ]
    if quiet:
        found.insert(_after_tie(found), Entry(_Sign.QUIET, tr("gone quiet"), tr("quiet")))
    if plain:
        return tuple(found)
    said = (
        Entry(_Sign.MORE, tr("choose a card to see its other lines"), tr("choose a card for more")),
    )
    return (*found, *_on_cards(tuple(cards), hidden=hidden), *(said if more else ()))


def _after_tie(found: Sequence[Entry]) -> int:
    return next((n for n, e in enumerate(found, 1) if e.sign is LineKind.TIE), len(found))


def _covered(words: dict[LineKind, str], present: set[LineKind]) -> dict[LineKind, str]:
    """One sample for whatever is judged; adds it to the kinds present where only doubts are."""
    said: dict[LineKind, str] = dict(words)
    del said[LineKind.DOUBTS]
    said[LineKind.INFLUENCES] = tr("a judgement")
    if LineKind.DOUBTS in present:
        present.add(LineKind.INFLUENCES)
    return said


def _on_cards(cards: tuple[CardLook, ...], *, hidden: bool) -> Iterator[Entry]:
    if not hidden:
        if not cards or any(look.foot.bars for look in cards):
            yield Entry(_Sign.BARS, tr("influence"))
        yield Entry(_Sign.MOOD, tr("their mood, your judgement"), tr("mood"))
    if any(look.recheck for look in cards):
        yield Entry(_Sign.CLOCK, tr("judged over 90 days ago"), tr("re-check"))
    if any(look.outside for look in cards):
        yield Entry(_Sign.OUTSIDE, tr("not one of theirs"), tr("outsider"))


def legend_rows(shown: Iterable[Entry], width: float) -> list[list[Entry]]:
    """The entries in rows of at most that width: shorter and closer, where one row then does."""
    given = tuple(shown)
    for tried in (given, _closer(given), _shorter(given), _closer(_shorter(given))):
        if sum(entry.width for entry in tried) - (tried[-1].gap if tried else 0) <= width:
            return [list(tried)]
    return _wrapped(_closer(given), width)


def _shorter(shown: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(replace(entry, words=entry.short or entry.words) for entry in shown)


def _closer(shown: tuple[Entry, ...]) -> tuple[Entry, ...]:
    return tuple(replace(entry, tight=True) for entry in shown)


def _wrapped(shown: Iterable[Entry], width: float) -> list[list[Entry]]:
    rows: list[list[Entry]] = [[]]
    left = width
    for entry in shown:
        if rows[-1] and entry.width > left:
            rows.append([])
            left = width
        rows[-1].append(entry)
        left -= entry.width
    return rows


def draw_legend(painter: QPainter, rect: QRectF, shown: Iterable[Entry], theme: Theme) -> None:
    """Draw entries from the left of `rect`, in as many rows of 24 as it takes."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for at, row in enumerate(legend_rows(shown, rect.width())):
        x, middle = rect.left(), rect.top() + (at + 0.5) * LEGEND_HEIGHT
        for entry in row:
            _draw(painter, QPointF(x, middle), entry, theme)
            x += entry.width
    painter.restore()


def _draw(painter: QPainter, at: QPointF, entry: Entry, theme: Theme) -> None:
    x, y = at.x(), at.y()
    end = x + entry.sample + _AFTER
    if isinstance(entry.sign, LineKind):
        look, tip = _LINES[entry.sign], (x + entry.sample, y)
        if theme.outlined and entry.sign is LineKind.TIE:
            look = replace(look, ink="accent")
        way = Route(((x, y), tip), Drawn.STRAIGHT, (x, y), tip, (x, y))
        draw_line(painter, way, look, theme)
    elif entry.sign is _Sign.QUIET:
        tip = (x + entry.sample, y)
        ink = "accent" if theme.outlined else "tier-l"
        way = Route(((x, y), tip), Drawn.STRAIGHT, (x, y), tip, (x, y))
        draw_line(painter, way, LineLook(ink, 2.0, QUIET), theme)
    elif entry.sign is _Sign.BARS:
        draw_influence(painter, QRectF(x, y - 5, 18, 10), level=3, theme=theme)
    elif entry.sign is _Sign.CLOCK:
        draw_clock(painter, QPointF(x + 5, y), theme)
    elif entry.sign is _Sign.OUTSIDE:
        painter.setPen(QPen(theme.colour("control"), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(x + 0.5, y - 6.5, 21, 13), 3, 3)
        painter.drawRoundedRect(QRectF(x + 3.5, y - 3.5, 15, 7), 1.5, 1.5)
    elif entry.sign is _Sign.MOOD:
        for place, band in enumerate(("good", "watch", "risk")):
            box = QRectF(x + place * 15, y - 6, 12, 12)
            draw_mark(painter, box, band=band, theme=theme, form="hollow")
    painter.setFont(font(*_FACE))
    painter.setPen(theme.colour("text2"))
    box = QRectF(end, y - 8, entry.width, 16)
    painter.drawText(
        box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), entry.words
    )
