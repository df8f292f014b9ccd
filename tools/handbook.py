"""`python -m tools.handbook`: write the pages of the handbook that the program itself knows.

The terms of the trade, and every shortcut there is after the words that stand above them.
"""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from csplanner.domain import glossary

if TYPE_CHECKING:
    from csplanner.ui.commands import Command

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "handbook"
HEADING = "## Every shortcut"
_PLACES = {
    "cell": "In the table of the Book", "column": "In the table of the Book",
    "many": "In the table of the Book", "view": "On a tab of a view", "today": "In Today",
    "task": "In tasks", "map": "On the relationship map",
}  # fmt: skip
"""Where the key of a command acts, by the beginning of its id."""


def shortcut_tables(commands: Iterable["Command"]) -> str:
    """Every shortcut, those of each menu, then those of each list."""
    from csplanner.ui.commands import MENUS

    commands = list(commands)
    parts = [HEADING, ""]
    for menu in MENUS:
        rows = [(c.shortcut, c.text) for c in commands if c.menu == menu and c.shortcut]
        parts += _table(menu, rows)
    for place in dict.fromkeys(_PLACES.values()):
        rows = [(c.local, _verb(c)) for c in commands if c.local and _place(c) == place]
        parts += _table(place, rows)
    return "\n".join(parts).rstrip() + "\n"


def _place(command: "Command") -> str:
    return _PLACES.get(command.id.partition(".")[0], "In other lists")


def _verb(command: "Command") -> str:
    """What a command does, without the place it says before: `Task: finish it`."""
    _, _, after = command.text.partition(": ")
    return after[:1].upper() + after[1:] if after else command.text


def _table(title: str, rows: list[tuple[str, str]]) -> list[str]:
    from csplanner.ui.commands import key_words

    lines = [f"| `{key_words(keys)}` | {text.removesuffix('…')} |" for keys, text in rows]
    return [f"**{title}**", "", "| keys | what they do |", "|---|---|", *lines, ""] if rows else []


def with_tables(page: str, tables: str) -> str:
    """The page of the keyboard with other tables below its own words."""
    return page.partition(HEADING)[0] + tables


def main() -> int:
    """Write both pages."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with TemporaryDirectory() as home:
        os.environ["CSPLANNER_HOME"] = home
        tables = shortcut_tables(_commands(Path(home)))
    page = FOLDER / "keyboard.md"
    page.write_text(with_tables(page.read_text(encoding="utf-8"), tables), encoding="utf-8")
    (FOLDER / "words.md").write_text(glossary.page(), encoding="utf-8")
    return 0


def _commands(home: Path) -> list["Command"]:
    """Every command of a window with a book."""
    from PySide6.QtWidgets import QApplication  # noqa: TID251 - asks the window

    from csplanner.book.book import Book
    from csplanner.settings import AppSettings
    from csplanner.ui.book_window import BookWindow
    from csplanner.ui.theme import ThemeController

    app = QApplication(["csplanner"])
    Book.create(home / "a.csbook").close()
    window = BookWindow(ThemeController(app, "light"), AppSettings())
    window.start_with(home / "a.csbook")
    found = list(window.commands.all())
    window.close()
    return found


if __name__ == "__main__":
    sys.exit(main())
