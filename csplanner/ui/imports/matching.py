"""How the accounts of a snapshot are matched with the book: counts that open their lists."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.imports.chooser import Choice
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.format import number
from csplanner.ui.widgets.labels import PlainLabel


@dataclass(frozen=True, slots=True)
class Matched:
    """One way accounts were matched: words, how many, and what lists them (None: nothing to)."""

    key: str
    words: str
    count: int
    names: Callable[[], Sequence[Choice]] | None = None


class MatchPanel(QWidget):
    """`asked` carries what to list, its name, and where its count stands in the window."""

    asked = Signal(object, str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._parts: list[QWidget] = []
        self.buttons: dict[str, Button] = {}
        self._shown: Sequence[Matched] = ()

    def show_matched(self, matched: Sequence[Matched]) -> None:
        """Show these counts in place of the former ones."""
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts, self.buttons, self._shown = [], {}, matched
        for row, each in enumerate(matched):
            name = PlainLabel(each.words, colour="text2")
            name.setWordWrap(True)
            figure = self._figure(each)
            self._grid.addWidget(name, row, 0)
            self._grid.addWidget(figure, row, 1, Qt.AlignmentFlag.AlignRight)
            self._parts += [name, figure]

    def words(self) -> list[str]:
        """Everything shown, in order."""
        return [text for each in self._shown for text in (each.words, number(each.count))]

    def _figure(self, each: Matched) -> QWidget:
        text = number(each.count)
        if each.names is None or not each.count:
            figure = PlainLabel(text, weight=SEMIBOLD)
            figure.setContentsMargins(0, 4, 2, 4)
            return figure
        button = Button(text, self, kind="link", small=True)
        button.setAccessibleName(tr("{0}: {1}, list them").format(each.words, text))
        button.clicked.connect(lambda: self._ask(each, button))
        self.buttons[each.key] = button
        return button

    def _ask(self, each: Matched, button: Button) -> None:
        if each.names is not None:
            corner = button.mapTo(self.window(), QPoint(0, button.height() + 4))
            self.asked.emit(each.names(), each.words, corner)
