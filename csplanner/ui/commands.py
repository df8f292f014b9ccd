"""Every user verb once: menus, shortcuts, palette and shortcut sheet are built from here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from csplanner.domain.likeness import SLIPPED, rank_of
from csplanner.paint.icons import icon
from csplanner.ui.look import theme_of
from csplanner.ui.menu_order import MENUS, UNMET, in_order

__all__ = ["MENUS", "Command", "CommandRegistry", "SubList", "always", "is_letter", "key_words"]

_ARROWS = (("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓"))


def always() -> bool:
    """Return True: the command can run whatever is shown."""
    return True


def nothing() -> str:
    """Return nothing: there is no more to say than that it cannot run."""
    return ""


@dataclass(frozen=True)
class Command:
    """One verb: what it is called, what it does, where it stands and when it can run.

    `menu` is one of MENUS, `submenu` the title of a menu within it; `shortcut` is written portably
    (`Ctrl+L`, `G, M`); `keywords` are more words the palette finds it by; `enabled` is asked
    whenever the registry refreshes. `writes` says that it changes the book: in a book that cannot
    be changed it says why.
    """

    id: str
    text: str
    run: Callable[[], object]
    _: KW_ONLY
    menu: str = ""
    submenu: str = ""
    shortcut: str = ""
    icon: str = ""
    keywords: str = ""
    writes: bool = False
    enabled: Callable[[], bool] = always
    barred: Callable[[], str] = nothing
    """Why it cannot run though one may well ask for it: said instead. Empty otherwise."""
    needs: str = ""
    """What must be there before it can run, as a sentence the palette shows until it is."""
    far: Callable[[], str] = nothing
    """What it reaches, as a sentence the palette shows and has confirmed first. Empty: nothing."""
    local: str = ""
    """The key that does it within its own list or scene, handled there: `E`."""


@dataclass(frozen=True)
class SubList:
    """A menu within a menu whose entries are asked for each time it opens."""

    id: str
    title: str
    menu: str
    entries: Callable[[], Sequence[tuple[str, Callable[[], object]]]]


class CommandRegistry(QObject):
    """Holds the commands of a window and the one QAction of each."""

    changed = Signal()

    refused = Signal(str)
    """Why a command that was asked for cannot run."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._given: dict[str, Command] = {}
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}
        self._lists: dict[str, SubList] = {}
        self._own_keys: Mapping[str, str] = {}
        self._letters = True

    def add(self, *commands: Command) -> None:
        """Add commands; one with a known id takes the place of the former."""
        for command in commands:
            self._forget(command.id)
            self._given[command.id] = command
            kept = self._commands[command.id] = self._with_keys(command)
            self._actions[command.id] = self._new_action(kept)
        self.changed.emit()

    def add_list(self, *lists: SubList) -> None:
        """Add menus within menus, filled when they open."""
        self._lists |= {each.id: each for each in lists}
        self.changed.emit()

    def remove(self, *ids: str) -> None:
        """Take commands or lists away; unknown ids are passed over."""
        for name in ids:
            self._forget(name)
            self._lists.pop(name, None)
        self.changed.emit()

    def get(self, name: str) -> Command | None:
        """Return the command of that id with the shortcut in force, or None."""
        return self._commands.get(name)

    def all(self) -> Sequence[Command]:
        """Return every command in the order added, with the shortcut in force."""
        return tuple(self._commands.values())

    def given_keys(self, name: str) -> str:
        """Return the shortcut a command comes with, whatever you made of it."""
        return self._given[name].shortcut

    def set_keys(self, own: Mapping[str, str], *, letters: bool) -> None:
        """Let your own shortcuts hold, by the id of the command, an empty one being none.

        Without `letters`, shortcuts that begin with a letter alone do nothing.
        """
        if (dict(own), letters) == (dict(self._own_keys), self._letters):
            return
        self._own_keys, self._letters = dict(own), letters
        for name, command in self._given.items():
            kept = self._commands[name] = self._with_keys(command)
            self._actions[name].setShortcut(QKeySequence(kept.shortcut))
        self.changed.emit()

    @property
    def letters(self) -> bool:
        """Whether a letter alone does anything."""
        return self._letters

    def action(self, name: str) -> QAction:
        """Return the action of a command, to put in a menu; raises KeyError when unknown."""
        return self._actions[name]

    def run(self, name: str) -> bool:
        """Run a command when it is known and enabled; say whether it ran."""
        command = self._commands.get(name)
        if command is None:
            return False
        if not command.enabled():
            if sentence := command.barred() or command.needs:
                self.refused.emit(sentence)
            return False
        command.run()
        return True

    def why_not(self, command: Command) -> str:
        """Why a command cannot run now, as a sentence; empty when it can."""
        if command.enabled():
            return ""
        return command.barred() or command.needs or UNMET.get(command.menu, "")

    def text(self, name: str) -> str:
        """What a command is called now, such as `Undo rename account`."""
        return self._actions[name].text().replace("&&", "&")

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
        """Put the commands of a menu into it in its order, with lines and menus between them."""
        names = [c.id for c in self._commands.values() if c.menu == title]
        names += [each.id for each in self._lists.values() if each.menu == title]
        inner: dict[str, QMenu] = {}
        for name in in_order(title, names):
            command = self._commands.get(name)
            if not name:
                menu.addSeparator()
            elif command is None:
                self._fill_list(menu, self._lists[name])
            elif command.submenu:
                if command.submenu not in inner:
                    inner[command.submenu] = _submenu(menu, command.submenu)
                inner[command.submenu].addAction(self._actions[name])
            else:
                menu.addAction(self._actions[name])

    def dress(self, menu: QMenu) -> None:
        """Give the actions of a menu their icons in the colours of the theme, before it shows."""
        look = theme_of(self._window)
        for action in menu.actions():
            command = self._commands.get(action.objectName())
            if command is not None and command.icon:
                action.setIcon(icon(command.icon, look, token="text"))

    def matching(self, text: str) -> list[Command]:
        """Return the commands whose words or keywords hold every word of `text`, best first.

        Those that cannot run come last, and only when it can be said why.
        """
        found: list[tuple[bool, int, Command]] = []
        for command in self._commands.values():
            named = self.text(command.id)
            place = rank_of(text, named, f"{command.keywords} {command.text}")
            if place is None:
                continue
            why = self.why_not(command)
            if why or command.enabled():
                found.append((bool(why), place, command))
        best = min((place for _, place, _ in found), default=0)
        near = [each for each in found if each[1] < SLIPPED or best == SLIPPED]
        return [command for _, _, command in sorted(near, key=lambda each: each[:2])]

    def _fill_list(self, menu: QMenu, listed: SubList) -> None:
        inner = _submenu(menu, listed.title)
        inner.menuAction().setObjectName(listed.id)

        def fill() -> None:
            inner.clear()
            for text, run in listed.entries():
                action = inner.addAction(text.replace("&", "&&"))
                action.triggered.connect(lambda _on=False, run=run: run())
            if inner.isEmpty():
                inner.addAction(self.tr("None yet")).setEnabled(False)

        inner.aboutToShow.connect(fill)

    def _with_keys(self, command: Command) -> Command:
        keys = self._own_keys.get(command.id, command.shortcut)
        if not self._letters and is_letter(keys):
            keys = ""
        return command if keys == command.shortcut else replace(command, shortcut=keys)

    def _forget(self, name: str) -> None:
        self._given.pop(name, None)
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


def _submenu(menu: QMenu, title: str) -> QMenu:
    from csplanner.ui.widgets.menus import Menu

    inner = Menu(menu, title)
    menu.addMenu(inner)
    return inner


def _answers(command: Command) -> bool:
    """Whether its keys do anything: a dimmed action would swallow them without a word."""
    return command.enabled() or bool(command.barred())


def is_letter(shortcut: str) -> bool:
    """Whether a shortcut begins with a letter or digit alone, as `G, M` does."""
    first = shortcut.partition(",")[0].strip()
    return len(first) == 1 and first.isalnum()


def key_words(shortcut: str) -> str:
    """Return a shortcut as people read it: `Ctrl Shift I`, `G then M`; empty for none."""
    if not shortcut:
        return ""
    text = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    for sign, word in (("++", "+Plus"), ("+", " "), (", ", " then "), *_ARROWS):
        text = text.replace(sign, word)
    return text
