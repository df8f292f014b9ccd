"""A story as plain data: slides made of blocks, and what was left out. Writers only place it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

Align = Literal["left", "right"]


class Kind(StrEnum):
    """Quarterly (operational, 60 minutes) or executive (strategic, 40 minutes) review."""

    QBR = "qbr"
    EBR = "ebr"


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures come from and of which day they are; None where no day is known."""

    words: str
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: heading, share of the width, side on which its text stands."""

    title: str
    share: float = 1.0
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text; the first column is the row's name."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


class ChartKind(StrEnum):
    """How figures are drawn: bars along, lines over time, or the way from start to goal."""

    BAR = "bar"
    LINE = "line"
    PROGRESS = "progress"


@dataclass(frozen=True, slots=True)
class Series:
    """Values by category, None where there is none; `labels` replace the figures drawn."""

    name: str
    values: tuple[float | None, ...]
    labels: tuple[str, ...] = ()
    stale: tuple[bool, ...] = ()
    """True where the figure is too old to build on: drawn hollow."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A native chart: what it shows is also said in words in `alt`."""

    kind: ChartKind
    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    unit: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered point: the fact, and under it why or what we suggest."""

    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """A short numbered list, with a heading where two of them stand side by side."""

    items: tuple[Item, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """One large figure and what it counts."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Figures:
    """A strip of large figures."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A quiet sentence under the rest: the so-what, or what is asked."""

    text: str


@dataclass(frozen=True, slots=True)
class DiagramBox:
    """A person or an open seat: a name, and lines under it; pixels of the diagram.

    `kind` is `card`, `open`, `left`, `outside` or `ours`.
    """

    lines: tuple[str, ...]
    left: float
    top: float
    wide: float
    high: float
    kind: str = "card"
    alt: str = ""


@dataclass(frozen=True, slots=True)
class DiagramLink:
    """A line between two boxes, by their places in the list; `kind` says what it means."""

    start: int
    end: int
    kind: str
    words: str = ""
    width: float = 1.2
    """In pixels of the diagram."""
    alt: str = ""
    via: tuple[tuple[float, float], ...] = ()
    """The corners of a line that bends squarely, its ends included; pixels of the diagram."""


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes joined by lines, drawn as shapes that can be moved and keep their lines."""

    title: str
    boxes: tuple[DiagramBox, ...]
    links: tuple[DiagramLink, ...]
    wide: float
    high: float
    band: tuple[float, float, float, float] | None = None
    """Left, top, width and height of the ground our people stand on."""
    head: str = ""
    """Whose part it shows, where a diagram takes several pages."""
    alt: str = ""
    plain: bool = False
    """Without judgements: it may be shown to the customer."""


Block = Table | Chart | Points | Figures | Note | Diagram


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: a headline that is a sentence with a number, blocks, and what they rest on."""

    key: str
    number: int | None
    """Place in the plan of methods §13.2; None for cover and appendix."""
    title: str
    subtitle: str = ""
    blocks: tuple[Block, ...] = ()
    beside: tuple[Block, ...] = ()
    """Blocks of a right-hand column."""
    minutes: int = 0
    rests_on: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Omitted:
    """A slide of the plan that was left out, and why."""

    number: int
    title: str
    why: str


@dataclass(frozen=True, slots=True)
class Story:
    """What is said to the customer, slide by slide, and what was left out."""

    kind: Kind
    account_name: str
    slides: tuple[Slide, ...]
    omitted: tuple[Omitted, ...]

    @property
    def minutes(self) -> int:
        """Minutes all slides take together."""
        return sum(slide.minutes for slide in self.slides)
