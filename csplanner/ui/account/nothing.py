"""What stands in a pane that holds nothing yet: one dashed drawing and one quiet sentence."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.language import tr
from csplanner.ui.actions.actions import Actions
from csplanner.ui.first_steps import add_way
from csplanner.ui.look import theme_of
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.empty import EmptyState, Way, draw_dashed_rows
from csplanner.ui.widgets.labels import PlainLabel

Drawing = Callable[[QPainter, QRectF], None]
_WIDE, _HIGH = 44, 28


class NothingYet(QWidget):
    """A small dashed drawing, a sentence, and the verb that would fill the pane, if any."""

    def __init__(
        self, sentence: str, drawing: Drawing, *, verb: str = "", run: Callable[[], object] = bool
    ) -> None:
        super().__init__()
        self.words = PlainLabel(sentence, px=12, colour="text2")
        self.words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        row.addWidget(_Sketch(drawing), 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.words)
        row.addLayout(said, 1)
        if verb:
            button = Button(verb, kind="link", small=True)
            button.clicked.connect(lambda: run())
            said.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)


class _Sketch(QWidget):
    """The drawing, in dashes."""

    def __init__(self, drawing: Drawing) -> None:
        super().__init__()
        self._drawing = drawing
        self.setFixedSize(_WIDE, _HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme_of(self).colour("none-ink"), 1)
        pen.setDashPattern([2.5, 2])
        painter.setPen(pen)
        self._drawing(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()


def draw_dashed_journey(painter: QPainter, rect: QRectF) -> None:
    """Draw three marks on a line."""
    y = rect.center().y()
    painter.drawLine(QPointF(rect.left() + 10, y), QPointF(rect.right() - 10, y))
    for share in (0.12, 0.5, 0.88):
        painter.drawEllipse(QPointF(rect.left() + rect.width() * share, y), 4.5, 4.5)


def draw_dashed_goal(painter: QPainter, rect: QRectF) -> None:
    """Draw an empty way to a goal."""
    y = rect.center().y()
    painter.drawRoundedRect(QRectF(rect.left(), y - 3, rect.width() - 6, 6), 3, 3)
    painter.drawLine(QPointF(rect.right() - 1, y - 9), QPointF(rect.right() - 1, y + 9))


def draw_dashed_pair(painter: QPainter, rect: QRectF) -> None:
    """Draw two lenses."""
    middle, reach = rect.center(), rect.height() / 2 - 2
    painter.drawEllipse(QPointF(middle.x() - reach - 1, middle.y()), reach, reach)
    painter.drawEllipse(QPointF(middle.x() + reach + 1, middle.y()), reach, reach)


def draw_dashed_bars(painter: QPainter, rect: QRectF) -> None:
    """Draw bars of use."""
    for at in range(3):
        box = QRectF(rect.left() + at * 15, rect.center().y() - 3, 12, 6)
        painter.drawRect(box)


def draw_dashed_person(painter: QPainter, rect: QRectF) -> None:
    """Draw somebody who is not known."""
    painter.drawEllipse(QRectF(rect.left(), rect.top(), rect.height(), rect.height()))
    left = rect.left() + rect.height() + 6
    for y in (0.35, 0.65):
        level = rect.top() + rect.height() * y
        painter.drawLine(QPointF(left, level), QPointF(rect.right(), level))


def no_account(actions: Actions, choose: Callable[[], object]) -> EmptyState:
    """What stands in place of an account that is not in the book, with the ways on."""
    another = Way(
        tr("Choose another"), tr("Every account stands in the Book in one line."), choose,
        "book-open", "Ctrl 2",
    )  # fmt: skip
    return EmptyState(
        tr("No account"),
        tr("This account is not in the book: it was deleted, or none was chosen."),
        ways=(another, add_way(actions)),
        drawing=draw_dashed_rows,
    )
