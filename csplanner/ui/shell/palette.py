"""The palette over the window: type to find an account, a person, a note or a command."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from csplanner.domain.likeness import rank_of
from csplanner.paint.shadow import draw_panel
from csplanner.ui.commands import CommandRegistry
from csplanner.ui.look import theme_of
from csplanner.ui.shell.hits import Hit, Later, Source, command_hits, in_groups
from csplanner.ui.shell.palette_panel import PalettePanel

WIDTH = 640
TOP = 113
MOST_LIST = 420


@dataclass(frozen=True)
class _Step:
    """What the palette has gone into: rows about one subject, and how to come back from it."""

    subject: str
    hits: tuple[Hit, ...]
    typed: str
    asks: bool = False


class Palette(QWidget):
    """Covers the window while open; Escape or a click outside closes it.

    `>` finds commands alone; `@`, `#` and `=` are left to the sources, which get the text as
    typed. A source may answer later: what is shown stays until then, and an answer to what was
    typed before is dropped.
    """

    def __init__(
        self, commands: CommandRegistry, sources: Sequence[Source], window: QWidget
    ) -> None:
        """Ask `sources`, a list that may grow, on each change."""
        super().__init__(window)
        self._ground = window
        self._commands = commands
        self._sources = sources
        self._before: QWidget | None = None
        self._step: _Step | None = None
        self._prefix = ""
        self._number = 0
        self._parts: list[Sequence[Hit]] = []
        self._waiting = 0
        self._run_when_there = False
        self.setAccessibleName(self.tr("Command palette"))
        self._panel = PalettePanel(self)
        self.field = self._panel.field
        self.list = self._panel.list
        # Several keys that wait in one turn of the event loop make one question.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.search_now)
        self.field.textChanged.connect(self._timer.start)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._run_choice)
        window.installEventFilter(self)
        self.hide()

    def open(self, text: str = "", *, scope: str = "") -> None:
        """Open over the window with `text` typed; within the scope `account`, for those alone."""
        self._before = self.window().focusWidget() if not self.isVisible() else self._before
        self._step, self._prefix = None, "=" if scope == "account" else ""
        self._panel.show_subject(self.tr("Go to account") if scope else "", asks=True)
        self.setGeometry(self._ground.rect())
        self.list.show_hits(())
        self.field.setText(text)
        self.search_now()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def open_step(self, subject: str, hits: Sequence[Hit]) -> None:
        """Open within rows about one subject; going back finds anything."""
        typed = self.field.text()
        if not self.isVisible():
            self.open(typed)
        self._go_into(_Step(subject, tuple(hits), typed, asks=True))

    def close_palette(self) -> None:
        """Close, and give the keyboard back to what had it."""
        self._timer.stop()
        self._number += 1
        before, self._before = self._before, None
        self.hide()
        if before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def is_waiting(self) -> bool:
        """Whether an answer is still to come."""
        return self._waiting > 0 or self._timer.isActive()

    def search_now(self) -> None:
        """Ask the sources for what is typed."""
        self._timer.stop()
        self._number += 1
        typed = self.field.text().strip()
        if self._step is not None:
            self._show(_of_step(self._step, typed))
            return
        text = self._prefix + typed
        self._parts, self._waiting = [], 0
        if not text.startswith(">"):
            for source in self._sources:
                self._take_answer(source(text))
        self._parts.append(command_hits(self._commands, text, "Do"))
        if not self._waiting:
            self._show_parts()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the choice from the field; stay as large as the window."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            return self._take_key(event)
        if event.type() == QEvent.Type.FocusOut and watched is self.field:
            self._leave(event)
        elif event.type() == QEvent.Type.Resize and watched is self._ground:
            self.setGeometry(self._ground.rect())
            self._place()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look = theme_of(self)
            scrim = QColor(0, 0, 0, 90) if look.dark else QColor(29, 32, 37, 26)
            painter.fillRect(self.rect(), scrim)
            draw_panel(painter, QRectF(self._panel.geometry()), theme=look, radius=12)

    # Answers

    def _take_answer(self, answer: Sequence[Hit] | Later) -> None:
        """Keep an answer in its place, or wait for it."""
        place = len(self._parts)
        self._parts.append(())
        if not isinstance(answer, Later):
            self._parts[place] = answer
            return
        self._waiting += 1
        answer.ask(partial(self._arrived, self._number, place))

    def _arrived(self, number: int, place: int, hits: Sequence[Hit]) -> None:
        """Take what was still to come, unless something else is asked by now."""
        if number != self._number:
            return
        self._parts[place] = hits
        self._waiting -= 1
        if not self._waiting and len(self._parts) > len(self._sources):
            self._show_parts()

    def _show_parts(self) -> None:
        self._show(in_groups(hit for part in self._parts for hit in part))
        if self._run_when_there:
            self._run_choice()

    def _show(self, hits: Sequence[Hit]) -> None:
        self.list.show_hits(hits)
        found = bool(hits) and not hits[0].otherwise
        typed = self.field.text().strip()
        words = self.tr("Nothing is found for “{0}”.").format(typed)
        self._panel.show_nothing("" if found or not typed else words)
        self.list.setVisible(bool(hits))
        self.field.suggest(hits[0].text if found and self._step is None else "")
        self._place()

    # Keys

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if key in steps:
            self.list.move_choice(steps[Qt.Key(key)])
        elif key in pages:
            self.list.page_choice(pages[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._turn()
        elif key == Qt.Key.Key_Backspace and not self.field.text():
            return self._go_back()
        else:
            return False
        return True

    def _enter(self) -> None:
        """Run the choice; while the answer is still to come, run it once it is there."""
        if self._timer.isActive():
            self.search_now()
        self._run_when_there = bool(self._waiting)
        if not self._waiting:
            self._run_choice()

    def _leave(self, event: QEvent) -> None:
        """Close when the keyboard goes elsewhere in the window, and leave it there."""
        assert isinstance(event, QFocusEvent)
        stays = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in stays and self.isVisible():
            self._before = None
            self.hide()

    def _run_choice(self) -> None:
        self._run_when_there = False
        hit = self.list.choice()
        if hit is None:
            return
        if hit.why:
            self._panel.show_nothing(hit.why)
            self._place()
        elif hit.far:
            self._go_into(_Step(hit.text, self._confirming(hit), self.field.text(), asks=True))
        else:
            self.close_palette()
            hit.run()

    def _confirming(self, hit: Hit) -> tuple[Hit, ...]:
        """The second step before what reaches far; the safe way has the choice."""
        keep = Hit(self.tr("Leave it as it is"), lambda: None, group=hit.far, icon="x")
        go_on = Hit(hit.text, hit.run, group=hit.far, icon=hit.icon)
        return keep, go_on

    # Steps

    def _turn(self) -> None:
        """Go into what can be done with the choice; from there, go back."""
        if self._step is not None:
            self._go_back()
            return
        hit = self.list.choice()
        if hit is not None and hit.actions is not None:
            self._go_into(_Step(hit.text, tuple(hit.actions()), self.field.text()))

    def _go_into(self, step: _Step) -> None:
        self._step = step
        self._panel.show_subject(step.subject, asks=step.asks)
        self._type("")

    def _go_back(self) -> bool:
        """Leave the step, or the scope, for what was typed before; False when there is none."""
        step, self._step = self._step, None
        if step is None and not self._prefix:
            return False
        if step is None:
            self._prefix = ""
        self._panel.show_subject(self.tr("Go to account") if self._prefix else "", asks=True)
        self._type(step.typed if step is not None else "")
        return True

    def _type(self, text: str) -> None:
        self.field.setText(text)
        self.search_now()

    def _place(self) -> None:
        room = self.rect()
        width = min(WIDTH, room.width() - 32)
        top = min(TOP, room.height() // 8)
        most = min(MOST_LIST, room.height() - top - 150)
        self.list.setFixedHeight(self.list.wanted_height(most))
        height = self._panel.sizeHint().height()
        self._panel.setGeometry(QRect((room.width() - width) // 2, top, width, height))
        self.update()


def _of_step(step: _Step, typed: str) -> list[Hit]:
    """The rows of a step that hold what is typed."""
    return [hit for hit in step.hits if rank_of(typed, hit.text) is not None]
