"""Which file of a snapshot is shown: tabs for a few, a list to search for many."""

from collections.abc import Sequence, Set

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from csplanner.language import ntr
from csplanner.ui.imports.chooser import Choice, Chooser
from csplanner.ui.imports.file_tabs import FileTabs
from csplanner.ui.widgets.buttons import Button, IconButton
from csplanner.ui.widgets.format import share
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground

_MOST_TABS = 8
_LONGEST = 48
FileEntry = tuple[str, str, str, str]
"""Key, name, count of rows, and what its rows are."""


class FileBar(Ground):
    """`chosen` carries the key of the file to show; hidden while there is one file alone."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="b")
        self.tabs = FileTabs(self.tr("Files of the snapshot"))
        self.many = Button("", icon="file-spreadsheet")
        self.before = IconButton("chevron-left", self.tr("File before"))
        self.after = IconButton("chevron-right", self.tr("Next file"))
        self._place = PlainLabel("", px=12, colour="text2")
        self._files: Sequence[FileEntry] = ()
        self._key = ""
        self._marked: Set[str] = frozenset()
        self._chooser: Chooser | None = None
        many = QWidget()
        row = QHBoxLayout(many)
        row.setContentsMargins(8, 5, 8, 5)
        row.setSpacing(6)
        for part in (self.before, self.after, self.many, self._place):
            row.addWidget(part)
        row.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.tabs)
        self._stack.addWidget(many)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 0, 8, 1)
        line.addWidget(self._stack)
        self.tabs.chosen.connect(self.choose)
        self.many.clicked.connect(self._offer)
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))

    @property
    def key(self) -> str:
        """The key of the file shown; empty without one."""
        return self._key

    def show_files(self, files: Sequence[FileEntry]) -> None:
        """Show these files; the one that was shown stays shown."""
        self._files = files
        keys = [key for key, *_ in files]
        self._key = self._key if self._key in keys else keys[0] if keys else ""
        many = len(files) > _MOST_TABS
        self._stack.setCurrentIndex(int(many))
        self.tabs.show_files([] if many else [(k, name, rows) for k, name, rows, _ in files])
        if not many:
            self.tabs.blockSignals(True)
            self.tabs.choose(self._key)
            self.tabs.blockSignals(False)
        self.setVisible(len(files) > 1)
        self._say()

    def mark(self, keys: Set[str]) -> None:
        """Mark the files of those keys: something of them is to be said."""
        self._marked = keys
        self.tabs.mark(keys)
        self._say()

    def choose(self, key: str) -> None:
        """Show the file of that key."""
        if key and key != self._key:
            self._key = key
            self.tabs.choose(key)
            self._say()
            self.chosen.emit(key)

    def step(self, by: int) -> None:
        """Show the file so many places further."""
        keys = [key for key, *_ in self._files]
        if self._key in keys:
            at = keys.index(self._key) + by
            if 0 <= at < len(keys):
                self.choose(keys[at])

    def _say(self) -> None:
        keys = [key for key, *_ in self._files]
        if self._key not in keys:
            return
        at = keys.index(self._key)
        name = self._files[at][1]
        half = _LONGEST // 2
        short = name if len(name) <= _LONGEST else f"{name[:half]}…{name[-half:]}"
        self.many.set_text(short)
        asks = ntr("{0} file asks something", "{0} files ask something", len(self._marked))
        place = share(at + 1, len(keys))
        self._place.setText(f"{place} · {asks}" if self._marked else place)
        self.before.setEnabled(at > 0)
        self.after.setEnabled(at < len(keys) - 1)

    def _offer(self) -> None:
        if self._chooser is None:
            self._chooser = Chooser(self.window())
        choices = [Choice(key, name, f"{what}, {rows}") for key, name, rows, what in self._files]
        corner = self.many.mapTo(self.window(), QPoint(0, self.many.height() + 4))
        self._chooser.offer(
            choices, corner, self.choose, chosen=self._key, name=self.tr("Files of the snapshot")
        )
