"""What the window said since it was opened, kept when the toast is gone."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import SEMIBOLD
from csplanner.paint.icons import icon
from csplanner.ui import veil
from csplanner.ui.look import theme_of
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.popover import Popover

_KEPT = 50
_SIZE = (420, 260)


@dataclass(frozen=True, slots=True)
class Message:
    """One line the window said, when, and whether something failed."""

    at: datetime
    text: str
    failed: bool = False

    @property
    def spoken(self) -> str:
        """The message in words: `10:42, warning: The backup failed.`"""
        words = tr("{0}, warning: {1}") if self.failed else tr("{0}: {1}")
        return words.format(f"{self.at:%H:%M}", self.text)


class Messages(QObject):
    """The last 50 messages, newest first; `changed` says that there is another one."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept: deque[Message] = deque(maxlen=_KEPT)

    def keep(self, text: str, *, failed: bool = False, at: datetime | None = None) -> None:
        """Keep a line that is being said."""
        self._kept.appendleft(Message(at or datetime.now(), text, failed))  # noqa: DTZ005
        self.changed.emit()

    def all(self) -> tuple[Message, ...]:
        """Return what was said, newest first."""
        return tuple(self._kept)


class MessagesPopover(Popover):
    """The messages as a list above the status bar; Escape closes it."""

    def __init__(self, messages: Messages, window: QWidget) -> None:
        super().__init__(window)
        self._messages = messages
        self.setAccessibleName(self.tr("Messages"))
        self.body.addWidget(PlainLabel(self.tr("Messages"), weight=SEMIBOLD))
        self.list = _List()
        self.list.setAccessibleName(self.tr("Messages, newest first"))
        self.list.setFixedSize(*_SIZE)
        self.body.addWidget(self.list)

    def open_above(self, corner: QPoint) -> None:
        """Show what was said, with the lower right of the panel near `corner` of the window."""
        look = theme_of(self)
        self.list.clear()
        for message in self._messages.all():
            name, ink = ("triangle-alert", "watch-ink") if message.failed else ("check", "good-ink")
            shown = veil.sentence(message.text)
            item = QListWidgetItem(icon(name, look, token=ink), f"{message.at:%H:%M}  {shown}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, veil.sentence(message.spoken))
            self.list.addItem(item)
        if not self.list.count():
            self.list.addItem(self.tr("Nothing was said yet."))
        self.list.setCurrentRow(0)
        self._fit()
        panel = self.panel_rect().size().toSize()
        self.open_at(corner - QPoint(panel.width(), panel.height()))
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)


class _List(QListWidget):
    """Wraps long lines; letters do not jump, Escape goes to the panel."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideNone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)
