"""What floats over the map: the strip of tools, the zoom, and short notes."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from csplanner.domain.map_model import LineKind
from csplanner.paint.fonts import MEDIUM
from csplanner.paint.map_legend import LEGEND_HEIGHT, Entry, draw_legend, legend_rows
from csplanner.ui.look import theme_of
from csplanner.ui.style_drawing import panel
from csplanner.ui.widgets.buttons import Button, IconButton
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Hairline

_INSET = 4


class Floating(QWidget):
    """A small raised panel; its buttons are one stop of the keyboard, arrows go between them."""

    def __init__(self, parent: QWidget, *, name: str, direction: QBoxLayout.Direction) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.row = QBoxLayout(direction, self)
        self.row.setContentsMargins(_INSET, _INSET, _INSET, _INSET)
        self.row.setSpacing(2)
        self._buttons: list[Button] = []

    def add_button(self, button: Button) -> None:
        """Put a button at the end."""
        first = not self._buttons
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if first else Qt.FocusPolicy.ClickFocus)
        button.installEventFilter(self)
        self._buttons.append(button)
        self.row.addWidget(button)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from button to button by the arrow keys."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {
                Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1,
            }.get(Qt.Key(event.key()))  # fmt: skip
            if by is not None and isinstance(watched, Button):
                self._step(watched, by)
                return True
        return super().eventFilter(watched, event)

    def _step(self, now: Button, by: int) -> None:
        able = [button for button in self._buttons if button.isEnabled()]
        if now not in able:
            return
        found = able[(able.index(now) + by) % len(able)]
        for button in self._buttons:
            chosen = button is found
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus
            )
        found.setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect, theme = self.rect().toRectF(), theme_of(self)
            panel(painter, rect, fill="raised", border="line", theme=theme, radius=8)


class ToolStrip(Floating):
    """Select, or draw a line of one kind; and what is added to a map.

    `tool_chosen(kind)`: lines of that kind are drawn, None selects. `asked(what)`: `person`,
    `vacancy` or `tidy`.
    """

    tool_chosen = Signal(object)
    asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent, name=parent.tr("Map tools"), direction=QBoxLayout.Direction.TopToBottom
        )
        self._tools: dict[LineKind | None, IconButton] = {}
        self._add_tool(None, "mouse-pointer-2", self.tr("Select and move"), "Esc")
        self.row.addWidget(Hairline())
        self._add_verb("person", "user-plus", self.tr("Add a person"))
        self._add_tool(LineKind.REPORTS, "network", self.tr("Say who reports to whom"), "R")
        self._add_tool(LineKind.INFLUENCES, "spline", self.tr("Draw who influences whom"), "L")
        self._add_tool(LineKind.PAIRED, "handshake", self.tr("Plan who of us meets whom"), "X")
        self.row.addWidget(Hairline())
        self._add_verb("vacancy", "sticky-note", self.tr("Add a seat nobody holds"), "V")
        self._add_verb("tidy", "wand-sparkles", self.tr("Lay out anew"), "U")
        self.show_tool(None)

    def show_tool(self, tool: LineKind | None) -> None:
        """Mark the tool in force."""
        for each, button in self._tools.items():
            button.setChecked(each is tool)

    def set_editable(self, *, editable: bool) -> None:
        """Let what changes the map be pressed, or not."""
        for button in self._buttons[1:]:
            button.setEnabled(editable)

    def _add_tool(self, tool: LineKind | None, icon: str, name: str, keys: str) -> None:
        button = IconButton(icon, name, self, keys=keys)
        button.setCheckable(True)
        button.clicked.connect(lambda: self._choose(tool))
        self._tools[tool] = button
        self.add_button(button)

    def _add_verb(self, what: str, icon: str, name: str, keys: str = "") -> None:
        button = IconButton(icon, name, self, keys=keys)
        button.clicked.connect(lambda: self.asked.emit(what))
        self.add_button(button)

    def _choose(self, tool: LineKind | None) -> None:
        self.show_tool(tool)
        self.tool_chosen.emit(tool)


class ZoomBar(Floating):
    """Smaller, how large, larger, everything. The words between say the zoom; a press is 100 %."""

    step_asked = Signal(int)
    whole_asked = Signal()
    fit_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, name=parent.tr("Zoom"), direction=QBoxLayout.Direction.LeftToRight)
        smaller = IconButton("minus", self.tr("Smaller"), self, keys="−")
        self._zoom = Button("100%", self, kind="quiet", small=True)
        self._zoom.setFixedWidth(42)
        self.row.setSpacing(0)
        larger = IconButton("plus", self.tr("Larger"), self, keys="+")
        fit = IconButton("maximize", self.tr("All of it in sight"), self, keys="F")
        smaller.clicked.connect(lambda: self.step_asked.emit(-1))
        larger.clicked.connect(lambda: self.step_asked.emit(1))
        self._zoom.clicked.connect(self.whole_asked)
        fit.clicked.connect(self.fit_asked)
        for button in (smaller, self._zoom, larger, fit):
            self.add_button(button)

    def show_zoom(self, zoom: float) -> None:
        """Say how large the map is drawn."""
        words = self.tr("{0}%").format(round(zoom * 100))
        self._zoom.setText(words)
        self._zoom.setAccessibleName(self.tr("Zoom {0}, press for 100%").format(words))


class FloatingNote(QWidget):
    """One or two lines over the map: what a gesture would do, or why something cannot be."""

    def __init__(self, parent: QWidget, *, ink: str = "text", widest: int = 420) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._widest = widest
        self.label = PlainLabel("", self, px=12, weight=MEDIUM, colour=ink)
        self.label.setWordWrap(True)
        self.hide()

    def show_words(self, words: str) -> None:
        """Show words, or nothing where there are none."""
        self.label.setText(words)
        natural = self.label.fontMetrics().horizontalAdvance(words) + 6
        width = min(self._widest, natural)
        self.label.resize(width, self.label.heightForWidth(width))
        self.label.move(10, 6)
        self.resize(self.label.width() + 20, self.label.height() + 12)
        self.setVisible(bool(words))
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect, theme = self.rect().toRectF(), theme_of(self)
            panel(painter, rect, fill="raised", border="line", theme=theme, radius=6)


class Legend(QWidget):
    """What the lines and marks of the map mean."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._entries: tuple[Entry, ...] = ()

    def show_entries(self, shown: tuple[Entry, ...]) -> None:
        """Explain these."""
        self._entries = shown
        self.setAccessibleName(self.tr("Legend: {0}").format(", ".join(e.words for e in shown)))
        self.update()

    def fit(self, width: int) -> None:
        """Take as much of a width as it needs, in as many rows."""
        rows = legend_rows(self._entries, width)
        needed = max((sum(entry.width for entry in row) for row in rows), default=0.0)
        self.resize(round(min(width, needed)) + 8, round(len(rows) * LEGEND_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            theme = theme_of(self)
            ground = theme.colour("canvas")
            ground.setAlphaF(0.9)
            painter.fillRect(self.rect(), ground)
            draw_legend(painter, self.rect().toRectF().adjusted(4, 0, 0, 0), self._entries, theme)
