"""The handbook says what is so: its links, the commands and shortcuts it names, its filters."""

import re

import pytest
from PySide6.QtWidgets import QApplication

from csplanner.cli.main import parser
from csplanner.domain import glossary
from csplanner.domain.filters import parse_filter
from csplanner.domain.filters_fields import known_names
from csplanner.domain.filters_groups import GROUPS
from csplanner.domain.filters_view import parse_view
from csplanner.domain.line_names import known
from csplanner.domain.touch_line import parse_touch
from csplanner.resources import resource
from csplanner.ui.book.columns import COLUMNS
from csplanner.ui.commands import MENUS, key_words
from csplanner.ui.help import handbook
from csplanner.ui.help.places import pages_named
from tests.lending import lent
from tools.handbook import HEADING, shortcut_tables, with_tables

_KEYS = re.compile(r"`((?:Ctrl|Alt|Shift|F\d)[^`]*)`")
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)]*)\)")
_PICTURE = re.compile(r"!\[[^\]]+\]\(\.\./pictures/([^)]*)\)")


@pytest.fixture
def opened(qtbot, frame, small_book):
    """The window on the small book."""
    assert frame.open_book(lent(small_book))
    qtbot.waitUntil(lambda: frame.session is None or frame.session.idle)
    QApplication.processEvents()
    return frame


def all_pages() -> list[handbook.HelpPage]:
    return [*handbook.pages(), handbook.news()]


def own_words(key: str) -> str:
    found = handbook.page(key)
    assert found is not None
    return found.text


def test_every_link_leads_to_a_page_and_every_page_is_in_the_contents():
    keys = {page.key for page in handbook.pages()}
    for page in all_pages():
        for link in _LINK.findall(page.text):
            key, _, heading = link.partition("#")
            target = handbook.page(key.removesuffix(".md"))
            assert target is not None, f"{page.key} links to {link}"
            assert not heading or target.has_part(heading), f"{page.key} links to {link}"
        assert "<" not in re.sub(r"`[^`]*`", "", page.text), f"{page.key} holds HTML"
        for picture in _PICTURE.findall(page.text):
            assert resource(f"docs/pictures/{picture}").is_file(), f"{page.key} shows {picture}"
    named = {link.removesuffix(".md") for link in _LINK.findall(own_words("index"))}
    assert keys == named | {"index"}


def test_every_place_of_the_window_has_a_page_and_the_heading_it_opens_at():
    for place in pages_named():
        key, _, heading = place.partition("#")
        page = handbook.page(key)
        assert page is not None, place
        assert not heading or page.has_part(heading), place


def test_the_shortcuts_menu_entries_and_settings_named_are_those_of_the_program(opened):
    check_shortcuts(opened)
    check_menus(opened)
    check_settings(opened)


def check_shortcuts(opened) -> None:
    commands = opened.commands.all()
    keyboard = own_words("keyboard")
    assert with_tables(keyboard, shortcut_tables(commands)) == keyboard, (
        "Other shortcuts: run python -m tools.handbook"
    )
    known_keys = {key_words(keys) for c in commands for keys in (c.shortcut, c.local) if keys}
    known_keys |= _FIXED
    for page in all_pages():
        for keys in _KEYS.findall(page.text):
            assert keys in known_keys, f"{page.key} names {keys}"


_FIXED = {
    "Shift", "Alt", "Ctrl", "Shift Tab", "Shift F10", "Shift Enter", "F2", "Ctrl Shift", "Alt Y",
    "Alt N", "Ctrl 1", "Ctrl Shift Z", "Alt ↑", "Alt ↓", "Ctrl Enter",
    "Ctrl Page Up", "Ctrl Page Down",
}  # fmt: skip
"""What parts of the window take without a command, and keys held while another is pressed."""


def check_menus(opened) -> None:
    texts = {
        _bare(text)
        for c in opened.commands.all()
        for text in (c.text, c.submenu)
        if c.menu and text
    } | _LISTS
    for page in all_pages():
        for named in re.findall(rf"\*((?:{'|'.join(MENUS)}) → [^*]+)\*", page.text):
            assert _bare(named.rpartition(" → ")[2]) in texts, f"{page.key} names {named}"


_LISTS = {"chart"}


def _bare(text: str) -> str:
    return text.replace("’", "'").removesuffix("…").casefold()


def check_settings(opened) -> None:
    opened.show_place("settings")
    page = opened.current_page().page
    titles = {pane.accessibleName() for pane in page.panes.values()}
    for each in all_pages():
        for named in re.findall(r"\*Settings → ([^*→]+)", each.text):
            assert named.strip() in titles, f"{each.key} names Settings → {named}"


def test_the_filters_shown_are_read_as_they_stand():
    cells = [
        cell
        for line in own_words("filters").splitlines()
        if line.startswith("| ") and "`" in line
        for cell in re.findall(r"`([^`]+)`", line)
    ]
    assert len(cells) > 35
    for text in cells:
        assert parse_filter(text), text
    shown = own_words("filters").partition("## The fields")[2]
    listed = re.sub(r"\*\*[^*]*\*\*|\band the roles\b", "", shown).replace("\n", " ")
    names = {name.strip(" .") for name in re.split(r"[,.]", listed)} - {""}
    assert names == set(known_names())


def test_the_view_shown_is_one_and_the_groups_told_are_all():
    text = next(line for line in own_words("book").splitlines() if line.startswith("    book:"))
    found = parse_view(text)
    assert found.view.group == "tier"
    assert len(found.view.conditions) == len(found.view.sorts) == 2
    assert set(found.columns) <= {column.key for column in COLUMNS}
    told = own_words("book").partition("**Group** by ")[2].partition(".")[0]
    for group in GROUPS.values():
        assert group.casefold().removesuffix("s").split()[-1] in told, group


def test_the_lines_of_touches_shown_are_read(today):
    lines = [each for each in own_words("touches").splitlines() if each.startswith("    ")]
    assert len(lines) == 3
    for line in lines:
        found = parse_touch(line.strip(), today, known((), [("a1", "Tidewater")]))
        assert found.channel is not None
        assert found.topic


def test_the_verbs_of_the_command_line_named_are_there():
    actions = parser()._subparsers._group_actions
    verbs = set(actions[0].choices)
    for page in all_pages():
        for verb in re.findall(r"`csplanner ([a-z-]+)", page.text):
            assert verb in verbs, f"{page.key} names csplanner {verb}"


def test_the_page_of_words_says_what_hovering_says():
    assert own_words("words") == glossary.page()
    assert glossary.tip("gap").startswith("Score minus sentiment")


def test_the_tables_of_the_keyboard_stand_below_its_words():
    words, _, tables = own_words("keyboard").partition(HEADING)
    assert len(words) > 500
    assert "| `Ctrl K` | Find anything |" in tables
