"""Chips: one or two words on a small ground, and the tier of an account."""

from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from csplanner.language import Spoken, noted
from csplanner.paint.fonts import MEDIUM, REGULAR, SEMIBOLD, font
from csplanner.paint.tokens import Theme

ChipKind = Literal["plain", "outline", "good", "watch", "risk", "accent", "key"]
Tier = Literal["H", "M", "L", "D"]

TIER_WORDS: Mapping[str, str] = Spoken(
    {"H": noted("High"), "M": noted("Medium"), "L": noted("Low"), "D": noted("Digital")}
)
TIER_HEIGHT = 18
_PADDING = 7
_GROUNDS = {
    "plain": ("none-tint", "text2"),
    "outline": ("", "text2"),
    "good": ("good-tint", "good-ink"),
    "watch": ("watch-tint", "watch-ink"),
    "risk": ("risk-tint", "risk-ink"),
    "accent": ("accent-tint", "accent-text"),
    "key": ("subtle", "text3"),
}


def chip_size(text: str, kind: str = "plain") -> QSize:
    """Return the width and height a chip of that text needs, in logical pixels."""
    px = 11 if kind == "key" else 12
    width = QFontMetricsF(font(px)).horizontalAdvance(text)
    return QSize(round(width + 2 * (5 if kind == "key" else _PADDING)), 18 if px == 11 else 20)


def draw_chip(
    painter: QPainter, rect: QRectF, *, text: str, theme: Theme, kind: str = "plain"
) -> None:
    """Draw a word chip filling `rect`; `key` is the small frame of a keyboard shortcut."""
    ground, ink = _GROUNDS[kind]
    outlined = kind in ("outline", "key") or theme.outlined
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = "line" if kind in ("outline", "key") else ink
    painter.setPen(theme.colour(edge) if outlined else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground) if ground else Qt.BrushStyle.NoBrush)
    shift = 0.5 if outlined else 0.0
    painter.drawRoundedRect(rect.adjusted(shift, shift, -shift, -shift), 4, 4)
    painter.setPen(theme.colour(ink))
    face = font(11 if kind == "key" else 12, REGULAR)
    _write(painter, rect, text=text, face_px=face.pixelSize(), weight=REGULAR)
    painter.restore()


def tier_size(tier: str, form: str = "word") -> QSize:
    """Return the size of a tier chip: `word` (High), `letter` (H, filled) or `outline` (H)."""
    if form != "word":
        return QSize(16, 16) if form == "outline" else QSize(TIER_HEIGHT, TIER_HEIGHT)
    width = QFontMetricsF(font(11, SEMIBOLD)).horizontalAdvance(TIER_WORDS[tier])
    return QSize(round(width) + 10, TIER_HEIGHT)


def draw_tier(
    painter: QPainter, rect: QRectF, *, tier: str, theme: Theme, form: str = "word"
) -> None:
    """Draw a tier chip filling `rect`; `tier` is H, M, L or D."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    text = TIER_WORDS[tier] if form == "word" else tier
    if form == "outline":
        painter.setPen(theme.colour("line"))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 3.5, 3.5)
        painter.setPen(theme.colour("text2"))
        _write(painter, rect, text=text, face_px=10, weight=MEDIUM)
    else:
        edge = theme.colour("control") if theme.outlined else Qt.PenStyle.NoPen
        painter.setPen(edge)
        painter.setBrush(theme.colour(f"tier-{tier.lower()}"))
        shift = 0.5 if theme.outlined else 0.0
        painter.drawRoundedRect(rect.adjusted(shift, shift, -shift, -shift), 4, 4)
        painter.setPen(theme.colour(f"on-tier-{tier.lower()}"))
        _write(painter, rect, text=text, face_px=11, weight=SEMIBOLD)
    painter.restore()


def _write(painter: QPainter, rect: QRectF, *, text: str, face_px: int, weight: int) -> None:
    painter.setFont(font(face_px, weight))
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), text)
