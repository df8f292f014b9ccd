"""The colours and sizes of the product, read once from `resources/themes/tokens.json`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from PySide6.QtGui import QColor

from csplanner.resources import resource

CONTRAST = "-contrast"
"""What the name of a theme of high contrast ends in."""
_DIGITS_WITH_ALPHA = 9


@dataclass(frozen=True)
class Theme:
    """One look: `light`, `dark`, or either with `-contrast` for those who ask for more."""

    name: str
    hexes: Mapping[str, str]
    sizes: Mapping[str, int]

    def colour(self, token: str) -> QColor:
        """Return the colour of a token such as `good-ink`; raises KeyError for an unknown token."""
        return QColor.fromRgba(_rgba(self.hexes[token]))

    def size(self, token: str) -> int:
        """Return a length in logical pixels, such as `h-row` (30)."""
        return self.sizes[token]

    @property
    def dark(self) -> bool:
        """Say whether this is a dark look."""
        return self.name.startswith("dark")

    @property
    def outlined(self) -> bool:
        """Say whether grounds have outlines instead of tints, as in high contrast."""
        return self.name.endswith(CONTRAST)


def theme(name: str = "light") -> Theme:
    """Return the theme called `light`, `dark`, `light-contrast` or `dark-contrast`."""
    return themes()[name]


@cache
def themes() -> Mapping[str, Theme]:
    """Return every theme by name."""
    tokens = json.loads(resource("themes/tokens.json").read_text(encoding="utf-8"))
    found: dict[str, Theme] = {}
    for name in ("light", "dark"):
        strong, sizes = name + CONTRAST, tokens["size"]
        found[name] = Theme(name, tokens[name], sizes)
        found[strong] = Theme(
            strong, tokens[name] | tokens[strong], sizes | tokens["size-contrast"]
        )
    return found


def contrast(one: QColor, other: QColor) -> float:
    """Return the WCAG 2.2 contrast ratio of two opaque colours, 1.0 to 21.0."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def _rgba(value: str) -> int:
    """Read `#RRGGBB`, or `#RRGGBBAA` as tokens write it; Qt wants the alpha first."""
    if len(value) == _DIGITS_WITH_ALPHA:
        value = "#" + value[7:9] + value[1:7]
    return QColor(value).rgba()


def _luminance(colour: QColor) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
