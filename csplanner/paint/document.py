"""A printed document as plain data: sections of text, facts, tables, bars and lines to write on."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["body", "strong", "quiet"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str
    tone: Tone = "body"


@dataclass(frozen=True, slots=True)
class Marked:
    """A line that begins with a health mark: `band` as in `draw_mark`, hollow when judged."""

    band: str
    text: str
    detail: str = ""
    form: str = "filled"


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, set in two columns."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column of a grid: heading and share of the width."""

    title: str
    share: float = 1.0
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; its heading is repeated where it runs on to the next page."""

    columns: tuple[GridColumn, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """What one part gives of the most it could give; None when nothing of it is known."""

    title: str
    points: float | None
    most: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Bars:
    """Parts of a whole, one bar each, to one scale."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """Points of a list; `box` draws a square to tick before each."""

    items: tuple[str, ...]
    box: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """A label with empty lines under it, to write on."""

    label: str
    count: int = 2


Part = Paragraph | Marked | Facts | Grid | Bars | Items | Lines


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    title: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document; `banner` stands on every page."""

    title: str
    subtitle: str
    banner: str
    sections: tuple[Section, ...]
    author: str = ""
