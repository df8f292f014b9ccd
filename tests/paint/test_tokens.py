"""Every pair of colours that meets in the window can be told apart, in every theme."""

import json

import pytest

from csplanner.paint.tokens import Theme, contrast, theme, themes
from csplanner.resources import resource

TEXT, GRAPHICS = 4.5, 3.0
GROUNDS = ("window", "sidebar", "surface", "subtle", "hover", "selected", "selected-row", "raised")
INKS = ("text", "text2", "text3")
ON_FILL = (
    *((f"on-{band}", band) for band in ("good", "watch", "risk", "none")),
    *((f"on-tier-{tier}", f"tier-{tier}") for tier in "hmld"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
)
ON_TINT = (
    ("good-ink", "good-tint"),
    ("watch-ink", "watch-tint"),
    ("risk-ink", "risk-tint"),
    ("none-ink", "none-tint"),
    ("text2", "none-tint"),
    ("accent-text", "accent-tint"),
)
COLOURED_INKS = ("good-ink", "watch-ink", "risk-ink", "none-ink", "accent-text")


def text_pairs() -> list[tuple[str, str]]:
    inked = [(ink, ground) for ink in (*INKS, "accent-text") for ground in GROUNDS]
    coloured = [
        (ink, ground) for ink in COLOURED_INKS for ground in ("surface", "window", "canvas")
    ]
    return [*inked, *coloured, *ON_FILL, *ON_TINT]


def graphics_pairs() -> list[tuple[str, str]]:
    charts = [(f"cat{number}", "surface") for number in range(1, 7)]
    borders = [("control", ground) for ground in ("surface", "subtle", "window")]
    rings = [("focus", ground) for ground in GROUNDS]
    outlines = [(f"{band}-ink", g) for band in ("good", "watch", "risk", "none") for g in GROUNDS]
    return [*charts, *borders, *rings, *outlines]


@pytest.fixture(params=["light", "dark", "light-contrast", "dark-contrast"])
def look(request: pytest.FixtureRequest) -> Theme:
    return theme(request.param)


@pytest.mark.parametrize(("ink", "ground"), text_pairs())
def test_text_can_be_read_on_its_ground(look: Theme, ink: str, ground: str) -> None:
    assert contrast(look.colour(ink), look.colour(ground)) >= TEXT


@pytest.mark.parametrize(("mark", "ground"), graphics_pairs())
def test_marks_and_borders_stand_out_from_their_ground(look: Theme, mark: str, ground: str) -> None:
    assert contrast(look.colour(mark), look.colour(ground)) >= GRAPHICS


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
