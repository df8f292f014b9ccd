"""Every pair of colours that meets in the window can be told apart, in every theme."""

import json
import re
from pathlib import Path

import pytest

import csplanner
from csplanner.paint.tokens import Theme, contrast, theme, themes
from csplanner.resources import resource

TEXT, GRAPHICS = 4.5, 3.0
GROUNDS = (
    "window", "sidebar", "surface", "subtle", "hover", "selected", "selected-row", "raised",
    "canvas",
)  # fmt: skip
INKS = (
    "text", "text2", "text3", "accent-text", "good-ink", "watch-ink", "risk-ink", "none-ink",
)  # fmt: skip
BANDS, TIERS = ("good", "watch", "risk", "none"), "hmld"
TINTS = (*(f"{band}-tint" for band in BANDS), "accent-tint")
ON_FILL = (
    *((f"on-{band}", band) for band in BANDS),
    *((f"on-tier-{tier}", f"tier-{tier}") for tier in TIERS),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
)
ON_TINT = (
    *((f"{band}-ink", f"{band}-tint") for band in BANDS),
    *((ink, tint) for ink in ("text", "text2", "text3") for tint in TINTS),
    ("accent-text", "accent-tint"),
)
NO_INK = {"disabled", "on-accent"}
"""What cannot be used needs no contrast; the ink on the accent is told with its fill."""
SOURCES = Path(csplanner.__file__).parent


def text_pairs() -> list[tuple[str, str]]:
    return [*((ink, ground) for ink in INKS for ground in GROUNDS), *ON_FILL, *ON_TINT]


def graphics_pairs() -> list[tuple[str, str]]:
    charts = [(f"cat{number}", "surface") for number in range(1, 7)]
    borders = [("control", g) for g in ("surface", "subtle", "window", "raised", "canvas")]
    rings = [("focus", ground) for ground in (*GROUNDS, *TINTS)]
    lines = [("accent", ground) for ground in GROUNDS]
    bars = [(fill, "surface") for fill in ("tier-h", "tier-m", "risk")]
    outlines = [(f"{band}-ink", g) for band in BANDS for g in (*GROUNDS, f"{band}-tint")]
    return [*charts, *borders, *rings, *lines, *bars, *outlines]


@pytest.fixture(params=["light", "dark", "light-contrast", "dark-contrast"])
def look(request: pytest.FixtureRequest) -> Theme:
    return theme(request.param)


def too_faint(look: Theme, pairs: list[tuple[str, str]], least: float) -> list[str]:
    measured = [(a, b, contrast(look.colour(a), look.colour(b))) for a, b in pairs]
    return [f"{a} on {b}: {value:.2f}" for a, b, value in measured if value < least]


def test_text_can_be_read_on_its_ground(look: Theme) -> None:
    assert too_faint(look, text_pairs(), TEXT) == []


def test_marks_and_borders_stand_out_from_their_ground(look: Theme) -> None:
    assert too_faint(look, graphics_pairs(), GRAPHICS) == []


def test_high_contrast_goes_further(look: Theme) -> None:
    if look.outlined:
        inks = [(ink, ground) for ink in INKS for ground in ("surface", "window", "raised")]
        assert too_faint(look, inks, 7.0) == []
        lines = [(line, g) for line in ("hair", "line", "disabled") for g in ("surface", "window")]
        assert too_faint(look, lines, TEXT) == []


def test_every_ink_a_label_asks_for_is_measured() -> None:
    asked = {
        found
        for path in SOURCES.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if "Label(" in line or "setPen(" in line or "token=" in line or "_text(" in line
        for found in re.findall(r"""(?:colour|token|ink)(?:=|\()"([a-z0-9-]+)\"""", line)
    }
    graphics = {mark for mark, _ in graphics_pairs()}
    quiet = {"hair", "line", "grid", "dot", *GROUNDS, *TINTS}
    measured = {*INKS, *NO_INK, *(ink for ink, _ in text_pairs()), *graphics, *quiet}
    assert asked - measured == set()
    assert len(asked) > 8


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    from PySide6.QtGui import QColor

    assert contrast(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21.0)


def test_both_themes_name_the_same_colours() -> None:
    tokens = json.loads(resource("themes/tokens.json").read_text(encoding="utf-8"))
    assert tokens["light"].keys() == tokens["dark"].keys()


def test_more_contrast_turns_separators_into_borders() -> None:
    for name in ("light", "dark"):
        plain, strong = theme(name), theme(f"{name}-contrast")
        assert strong.colour("hair") == strong.colour("line") == strong.colour("control")
        assert contrast(strong.colour("hair"), strong.colour("surface")) >= TEXT
        assert strong.colour("risk-tint") == strong.colour("surface")
        assert (plain.size("focus"), strong.size("focus")) == (2, 3)
        assert (plain.outlined, strong.outlined) == (False, True)


def test_the_shadow_is_see_through() -> None:
    assert 0 < theme("light").colour("shadow").alpha() < 255
    assert len({look.colour("hair").rgb() for look in themes().values()}) == len(themes())
