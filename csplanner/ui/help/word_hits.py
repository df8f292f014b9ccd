"""What the palette says of the terms of the trade: `what is gap`, or `gap`."""

from functools import partial
from typing import TYPE_CHECKING

from csplanner.domain import glossary
from csplanner.domain.likeness import SLIPPED, rank_of
from csplanner.language import noted, tr
from csplanner.ui.help.commands import open_help
from csplanner.ui.shell.hits import Hit

if TYPE_CHECKING:
    from csplanner.ui.main_window import MainWindow

_ASKED = (noted("what is "), noted("what are "), noted("meaning of "))
_MOST = 3
_FEWEST = 2


def word_hits(window: "MainWindow", text: str) -> list[Hit]:
    """The terms whose words begin so, with their meaning; each opens its line of the handbook."""
    asked = _without_asking(text)
    if len(asked) < _FEWEST:
        return []
    ranked = []
    for key in glossary.terms():
        place = rank_of(asked, glossary.word(key))
        if place is not None and place < SLIPPED:
            ranked.append((place, key))
    if exact := glossary.key_of(asked):
        ranked = [(min(place for place, _ in ranked) if ranked else 0, exact)] + [
            each for each in ranked if each[1] != exact
        ]
    return [_hit(window, key, asked) for _, key in ranked[:_MOST]]


def _hit(window: "MainWindow", key: str, asked: str) -> Hit:
    return Hit(
        tr("What is {0}?").format(glossary.word(key)),
        partial(open_help, window, f"words#{glossary.english(key)}"),
        detail=glossary.tip(key), group="Handbook", icon="life-buoy", marks=asked,
    )  # fmt: skip


def _without_asking(text: str) -> str:
    """The term alone of `what is gap?`."""
    words = text.strip().rstrip("?").strip()
    for asking in (*_ASKED, *map(tr, _ASKED)):
        if words.casefold().startswith(asking.casefold()):
            return words[len(asking) :].strip()
    return words
