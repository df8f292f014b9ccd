"""What a shortcut may be: nothing that another command, a list or the keyboard itself needs."""

from collections.abc import Iterator

from PySide6.QtGui import QKeySequence

from csplanner.language import noted, tr
from csplanner.ui.commands import Command, CommandRegistry, key_words

FIXED = (
    (noted("Move to the next part and back"), "Tab, Shift+Tab"),
    (noted("Open what is chosen"), "Return"),
    (noted("Peek at what is chosen"), "Space"),
    (noted("Change what is chosen"), "F2"),
    (noted("Close, or clear the selection"), "Esc"),
    (noted("Open the menu of what is chosen"), "Menu, Shift+F10"),
    (noted("Move what is chosen up or down where it can be ordered"), "Alt+Up, Alt+Down"),
    (noted("Import: take the new value"), "A"),
    (noted("Import: keep your value"), "K"),
)
"""Keys that lists and scenes have for themselves, written as Qt does, with commas between."""

ON_MAP = (
    (noted("Go to the next card"), "Left,Right,Up,Down"),
    (noted("Choose one more card"), "Shift+Left,Shift+Right"),
    (noted("Choose all cards"), "Ctrl+A"),
    (noted("Choose a card, or leave it out"), "Ctrl+Space"),
    (noted("Go to the lines of a card"), "E,Shift+E"),
    (noted("Open a card or line"), "Return"),
    (noted("Move the chosen cards"), "Alt+Left,Alt+Right,Alt+Up,Alt+Down"),
    (noted("Remove a line, or take cards off the map"), "Del"),
    (noted("Draw the map at 100 %"), "Ctrl+0"),
)
"""Keys that the picture of a relationship map has for itself, written the same way."""


def fixed_words(keys: str) -> str:
    """Those keys as people read them."""
    return " / ".join(key_words(key.strip()) for key in keys.split(","))


def clash(commands: CommandRegistry, name: str, keys: str) -> Command | None:
    """The other command that has these keys, or keys that begin with them or that they begin
    with.
    """
    return next(_clashes(commands, name, keys), None)


def why_not(commands: CommandRegistry, name: str, keys: str) -> str:
    """Why a command cannot have these keys, as a sentence; empty when it can."""
    words = key_words(keys)
    for title, fixed in FIXED:
        held = {part.strip() for part in fixed.split(",")}
        if keys in held and len(keys) > 1:
            return tr("{0} is kept for lists: {1}. Press other keys.").format(words, tr(title))
    for each in commands.all():
        if each.local and each.id != name and _strokes(each.local) == _strokes(keys):
            sentence = tr("{0} is kept for lists: {1}. Press other keys.")
            return sentence.format(words, each.text)
    other = clash(commands, name, keys)
    if other is not None:
        sentence = tr("{0} is the shortcut of “{1}”. Press other keys, or take it from there.")
        return sentence.format(words, other.text)
    return ""


def _clashes(commands: CommandRegistry, name: str, keys: str) -> Iterator[Command]:
    wanted = _strokes(keys)
    for other in commands.all():
        held = _strokes(other.shortcut)
        least = min(len(wanted), len(held))
        if other.id != name and least and wanted[:least] == held[:least]:
            yield other


def _strokes(keys: str) -> list[str]:
    """The strokes of a shortcut in one spelling."""
    text = QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)
    return text.split(", ") if text else []
