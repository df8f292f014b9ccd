"""Every user verb once: menus, shortcuts, palette and shortcut sheet are built from here."""

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from csplanner.paint.icons import icon
from csplanner.ui.look import theme_of

_ARROWS = (("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓"))
# The order of the Book menu, an empty name being a line: its commands come from two places.
BOOK_MENU = (
    "book.new", "book.open", "book.sample", "", "book.import", "book.doubles", "book.archived",
    "page.export", "",
    "book.copy", "book.backup", "book.check", "", "app.settings", "", "book.close", "app.quit",
)  # fmt: skip
MENUS = ("Book", "Edit", "Go", "Account", "View", "Help")


def always() -> bool:
    """Return True: the command can run whatever is shown."""
    return True


def nothing() -> str:
    """Return nothing: there is no more to say than that it cannot run."""
    return ""


@dataclass(frozen=True)
class Command:
    """One verb: what it is called, what it does, where it stands and when it can run.

    `menu` is one of MENUS; `shortcut` is written portably (`Ctrl+L`, `G, M`); `keywords` are more
    words the palette finds it by; `enabled` is asked whenever the registry refreshes.
    """

    id: str
    text: str
    run: Callable[[], object]
    _: KW_ONLY
    menu: str = ""
    shortcut: str = ""
    icon: str = ""
    keywords: str = ""
    enabled: Callable[[], bool] = always
    barred: Callable[[], str] = nothing
    """Why it cannot run though one may well ask for it: said instead. Empty otherwise."""


class CommandRegistry(QObject):
    """Holds the commands of a window and the one QAction of each."""

    changed = Signal()

    refused = Signal(str)
    """Why a command that was asked for cannot run."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}

    def add(self, *commands: Command) -> None:
        """Add commands; one with a known id takes the place of the former."""
        for command in commands:
            self._forget(command.id)
            self._commands[command.id] = command
            self._actions[command.id] = self._new_action(command)
        self.changed.emit()

    def remove(self, *ids: str) -> None:
        """Take commands away; unknown ids are passed over."""
        for name in ids:
            self._forget(name)
        self.changed.emit()

    def get(self, name: str) -> Command | None:
        """Return the command of that id, or None."""
        return self._commands.get(name)

    def all(self) -> Sequence[Command]:
        """Return every command in the order added."""
        return tuple(self._commands.values())

    def action(self, name: str) -> QAction:
        """Return the action of a command, to put in a menu; raises KeyError when unknown."""
        return self._actions[name]

    def run(self, name: str) -> bool:
        """Run a command when it is known and enabled; say whether it ran."""
        command = self._commands.get(name)
        if command is None:
            return False
        if not command.enabled():
            if sentence := command.barred():
                self.refused.emit(sentence)
            return False
        command.run()
        return True

    def set_text(self, name: str, text: str) -> None:
        """Change what a command is called in menus, such as `Undo rename account`."""
        if name in self._actions:
            self._actions[name].setText(text.replace("&", "&&"))

    def refresh(self) -> None:
        """Ask every command whether it can run, and dim the actions that can neither run nor tell
        why.
        """
        for name, command in self._commands.items():
            self._actions[name].setEnabled(_answers(command))

    def fill(self, menu: QMenu, title: str) -> None:
        """Put the commands of a menu into it, the Book's in its order and with lines between."""
        names = [c.id for c in self._commands.values() if c.menu == title]
        if title == "Book":
            others = [name for name in names if name not in BOOK_MENU]
            names = [n for n in (*BOOK_MENU, *others) if not n or n in self._commands]
        for name in names:
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()

    def dress(self, menu: QMenu) -> None:
        """Give the actions of a menu their icons in the colours of the theme, before it shows."""
        look = theme_of(self._window)
        for action in menu.actions():
            command = self._commands.get(action.objectName())
            if command is not None and command.icon:
                action.setIcon(icon(command.icon, look, token="text"))

    def matching(self, text: str) -> list[Command]:
        """Return enabled commands whose words or keywords hold every word of `text`, best first."""
        words = text.casefold().split()
        found: list[tuple[int, Command]] = []
        for command in self._commands.values():
            place = _rank(f"{command.text} {command.keywords}".casefold(), words)
            if place is not None and command.enabled():
                found.append((place, command))
        return [command for _, command in sorted(found, key=lambda pair: pair[0])]

    def _forget(self, name: str) -> None:
        self._commands.pop(name, None)
        action = self._actions.pop(name, None)
        if action is not None:
            self._window.removeAction(action)
            action.deleteLater()

    def _new_action(self, command: Command) -> QAction:
        action = QAction(command.text.replace("&", "&&"), self._window)
        action.setObjectName(command.id)
        action.setEnabled(_answers(command))
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
        action.triggered.connect(lambda _on=False, name=command.id: self.run(name))
        self._window.addAction(action)
        return action


def _answers(command: Command) -> bool:
    """Whether its keys do anything: a dimmed action would swallow them without a word."""
    return command.enabled() or bool(command.barred())


def key_words(shortcut: str) -> str:
    """Return a shortcut as people read it: `Ctrl Shift I`, `G then M`; empty for none."""
    if not shortcut:
        return ""
    text = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    for sign, word in (("++", "+Plus"), ("+", " "), (", ", " then "), *_ARROWS):
        text = text.replace(sign, word)
    return text


def _rank(subject: str, words: Sequence[str]) -> int | None:
    """Rank a subject for words typed: 0 starts with the first, 1 starts a word, 2 holds it."""
    if not all(word in subject for word in words):
        return None
    if not words or subject.startswith(words[0]):
        return 0
    return 1 if f" {words[0]}" in subject else 2
