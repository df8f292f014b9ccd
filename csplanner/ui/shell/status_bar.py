"""The status bar: saved or not, which file, how old the facts are; the next undo and totals."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import REGULAR
from csplanner.ui.look import colour_of
from csplanner.ui.shell.state import OFFLINE, ShellState
from csplanner.ui.style_drawing import SMALL
from csplanner.ui.widgets.buttons import Button, IconButton
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel, set_plain_tooltip
from csplanner.ui.widgets.panes import Ground

HEIGHT = 26
_TIGHT = 800
"""Below that width only what was saved, what is hidden and the totals have room."""


class StatusBar(Ground):
    """One line at the foot of the window; it also repeats what a toast said.

    `history_asked` tells that the next undo was pressed: the history says what it is.
    """

    history_asked = Signal()
    unveil_asked = Signal()
    """The chip that says what is hidden was pressed: show it again."""
    messages_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("sidebar", parent, lines="t")
        self.setAccessibleName(self.tr("Status"))
        self.setFixedHeight(HEIGHT)
        self._saved_icon = IconLabel("check", colour="good-ink", px=14)
        self._saved = _text()
        self._backup_icon = IconLabel("database-backup", px=14)
        self._backup = _text()
        self._file = _text()
        self._snapshot_icon = IconLabel("file-clock", px=14)
        self._snapshot = _text()
        self._offline_icon = IconLabel("wifi-off", px=14)
        self._offline = _text(self.tr(OFFLINE))
        self._note = ElidedLabel("", px=12, colour="text2")
        self._undo = _NextUndo(self.history_asked.emit)
        self._undo.set_plain_tooltip(self.tr("Open the history"))
        self._totals = _text()
        self._veil = Button(self.tr("Hidden: money, sentiment, notes"), icon="eye-off", small=True)
        self._veil.setAccessibleDescription(self.tr("Press to show them again"))
        set_plain_tooltip(self._veil, self.tr("Show money, sentiment and notes again"))
        self._veil.clicked.connect(self.unveil_asked)
        self._messages = IconButton("message-square", self.tr("Messages"))
        self._messages.setProperty(SMALL, True)
        self._messages.clicked.connect(self.messages_asked)
        for button in (self._veil, self._messages):
            button.setProperty("tightFocus", True)
            button.hide()
        self._bars = [_Bar() for _ in range(5)]
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 1, 16, 0)
        self._row.setSpacing(6)
        left = (
            (self._saved_icon, self._saved),
            (self._bars[4], self._backup_icon, self._backup),
            (self._bars[0], self._file),
            (self._bars[1], self._snapshot_icon, self._snapshot),
            (self._bars[2], self._offline_icon, self._offline),
        )
        for group in left:
            for part in group:
                self._row.addWidget(part)
        self._row.addWidget(self._note, 1)
        right: tuple[QWidget, ...] = (
            self._veil, self._messages, self._undo, self._bars[3], self._totals
        )  # fmt: skip
        for widget in right:
            self._row.addWidget(widget)
        self._narrow = False
        self._chosen = ""
        self.show_state(ShellState())

    def show_state(self, state: ShellState) -> None:
        """Show a book's state; what is empty takes no room."""
        failed = state.save_failed
        tick = ("lock", "text2") if state.read_only else ("check", "good-ink")
        self._saved_icon.show_icon(*(("triangle-alert", "risk-ink") if failed else tick))
        self._saved.set_colour("risk-ink" if failed else "text2")
        self._fill(self._saved, state.saved_text, self._saved_icon)
        warns = state.backup_failed
        ink = "watch-ink" if warns else "text2"
        self._backup_icon.show_icon("triangle-alert" if warns else "database-backup", ink)
        self._backup.set_colour(ink)
        self._fill(self._backup, state.backup_text, self._backup_icon, self._bars[4])
        self._fill(self._file, state.book_file, self._bars[0])
        self._fill(self._snapshot, state.snapshot_text, self._bars[1], self._snapshot_icon)
        self._snapshot.set_colour(state.snapshot_colour())
        self._snapshot_icon.show_icon("file-clock", state.snapshot_colour())
        self._fill(self._undo, tr("Undo: {0}").format(state.undo_text) if state.undo_text else "")
        self._state = state
        self._show_totals()
        self._make_room()

    def show_chosen(self, text: str) -> None:
        """Show what is selected in place of the book's totals; empty brings those back."""
        if text != self._chosen:
            self._chosen = text
            self._show_totals()
            self._make_room()

    def _show_totals(self) -> None:
        self._fill(self._totals, self._chosen or self._state.totals_text)

    @property
    def totals(self) -> str:
        """What it says of the selection, else of the book."""
        return self._totals.text()

    def show_veil(self, *, on: bool) -> None:
        """Say that money, sentiment and notes are hidden, or nothing."""
        self._veil.setVisible(on)
        self._make_room()

    def show_messages(self, count: int) -> None:
        """Offer the messages once there are any."""
        self._messages.setVisible(count > 0)
        self._messages.set_name(self.tr("Messages, {0}").format(count), "F8")

    def show_note(self, text: str) -> None:
        """Show a passing line, such as what a toast said; empty clears it."""
        self._note.setText(f"   {text}" if text else "")

    def note(self) -> str:
        """Return the passing line."""
        return self._note.text().strip()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the offline promise to its icon when the window is narrow."""
        self._narrow = narrow
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if (event.oldSize().width() < _TIGHT) != (event.size().width() < _TIGHT):
            self._make_room()

    def _make_room(self) -> None:
        """What goes wrong is read whole; in a narrow window other things give way to it."""
        state, narrow = self._state, self._narrow
        is_tight = 0 < self.width() < _TIGHT
        worries = is_tight or (narrow and (state.save_failed or state.backup_failed))
        self._offline.setVisible(not narrow and self._veil.isHidden())
        set_plain_tooltip(self._offline_icon, self._offline.text() if narrow else "")
        self._offline_icon.setVisible(not worries)
        self._bars[2].setVisible(bool(state.book_file) and not worries)
        has_file = bool(state.book_file) and not narrow
        has_age = bool(state.snapshot_text) and not worries
        shown: tuple[tuple[QWidget, bool], ...] = (
            (self._file, has_file), (self._bars[0], has_file), (self._snapshot, has_age),
            (self._snapshot_icon, has_age), (self._bars[1], has_age),
        )  # fmt: skip
        for part, is_shown in shown:
            part.setVisible(is_shown)
        self._undo.setVisible(bool(state.undo_text) and not worries)
        self._bars[3].setVisible(bool(state.undo_text and self._totals.text()) and not worries)

    @staticmethod
    def _fill(label: PlainLabel, text: str, *companions: QWidget) -> None:
        label.setText(text)
        for part in (label, *companions):
            part.setVisible(bool(text))


class _NextUndo(PlainLabel):
    """The next undo; pressing it opens the history, which has a command of its own as well."""

    def __init__(self, run: Callable[[], object]) -> None:
        super().__init__("", px=12, weight=REGULAR, colour="text3")
        self._run = run
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # A label passes presses on, and would not hear of the release.

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside:
            self._run()


class _Bar(QWidget):
    """A short upright line between two facts."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(15, 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(7, 0, 1, 12, colour_of(self, "line"))


def _text(text: str = "", colour: str = "text2") -> PlainLabel:
    return PlainLabel(text, px=12, weight=REGULAR, colour=colour)
