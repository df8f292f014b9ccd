"""Keeps how the columns of the Book stand, in a small file among the settings."""

import json
import os
from contextlib import suppress
from pathlib import Path

from csplanner.paths import config_dir
from csplanner.ui.book.columns import Layout, layout_of

_PRIVATE = 0o600
_MOST_BYTES = 65_536


def kept_layout() -> Layout:
    """The layout kept last, or the default when there is none to be read."""
    try:
        text = _file().read_text(encoding="utf-8")[:_MOST_BYTES]
        return layout_of(json.loads(text))
    except (OSError, ValueError):
        return Layout()


def keep_layout(layout: Layout) -> None:
    """Keep a layout; where nothing can be written it lasts until the window closes."""
    with suppress(OSError):
        path = _file()
        beside = path.with_suffix(".new")
        descriptor = os.open(beside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, _PRIVATE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(layout.plain(), stream)
        beside.replace(path)


def _file() -> Path:
    return config_dir() / "book-columns.json"
