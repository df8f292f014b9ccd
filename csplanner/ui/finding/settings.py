"""The settings the palette finds: each leads to its pane, or is set at once."""

from collections.abc import Callable, Iterator
from functools import partial

from csplanner.domain.likeness import SLIPPED, rank_of
from csplanner.language import noted, tr
from csplanner.ui.shell.hits import Hit
from csplanner.ui.theme import ThemeController

_MOST = 4
_SHORT = 3

_PANES = (
    (noted("Name of the book"), "book", "rename title"),
    (noted("Your name"), "book", "csm me"),
    (noted("Currency"), "book", "money usd eur dollars euros"),
    (noted("Fiscal year"), "book", "quarter starts month"),
    (noted("Hours promised"), "hours", "capacity tier week month quarter"),
    (noted("Cadence"), "hours", "overdue days touch tier"),
    (noted("Hours you have"), "hours", "available capacity"),
    (noted("Bands of the score"), "bands", "good watch risk cut health"),
    (noted("Exchange rates"), "currencies", "currency currencies euro dollar"),
    (noted("Theme and contrast"), "window", "dark light high appearance"),
    (noted("Size of text and interface"), "window", "scale zoom big larger"),
    (noted("Language"), "window", "english deutsch german"),
    (noted("Single letters in lists"), "window", "keys shortcuts"),
    (noted("Shortcuts"), "keys", "keyboard change keys"),
    (noted("Backups"), "backups", "keep copy restore"),
    (noted("Check the book"), "check", "integrity damage repair"),
    (noted("Passphrase"), "passphrase", "encrypt password lock"),
)
_THEMES = (
    (noted("Theme: light"), "light"), (noted("Theme: dark"), "dark"),
    (noted("Theme: as the system"), "system"),
)  # fmt: skip


class SettingsHits:
    """The palette's source for the settings of the open book and the window."""

    def __init__(self, themes: ThemeController, navigate: Callable[[str, object], None]) -> None:
        self._themes = themes
        self._navigate = navigate

    def hits(self, text: str) -> list[Hit]:
        """The settings whose name or words begin so, at most a few."""
        ranked = [(place, hit) for hit, more in self._all() if (place := _rank(text, hit, more))]
        return [hit for _, hit in sorted(ranked, key=lambda each: each[0])][:_MOST]

    def _all(self) -> Iterator[tuple[Hit, str]]:
        for title, choice in _THEMES:
            run = partial(self._themes.choose, choice)
            here = tr("in force") if self._themes.choice == choice else ""
            yield Hit(tr(title), run, group="Settings", icon="sun-moon", detail=here), "appearance"
        for title, pane, more in _PANES:
            run = partial(self._navigate, "settings", pane)
            yield Hit(tr(title), run, group="Settings", icon="settings-2"), more


def _rank(text: str, hit: Hit, more: str) -> int:
    """1 and up, better first; 0 for what does not answer the text."""
    place = rank_of(text, hit.text, more)
    most = 1 if len(text) < _SHORT else SLIPPED - 1
    return 0 if place is None or place > most else place + 1
