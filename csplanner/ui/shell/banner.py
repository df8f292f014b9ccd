"""Lasting strips under the header: what is special about the open book, with a verb or two."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csplanner.ui.look import colour_of
from csplanner.ui.widgets.buttons import Button, IconButton
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import PlainLabel

_GROUNDS = {"news": "accent-tint", "watch": "watch-tint", "risk": "risk-tint"}
_INKS = {"news": "accent-text", "watch": "watch-ink", "risk": "risk-ink"}
_ORDER = ("risk", "watch", "news")
_MOST = 2
"""Strips shown at once; the others come when one of these is gone."""

Verb = tuple[str, Callable[[], object]]


@dataclass(frozen=True)
class Notice:
    """One line, what it is about (`key`), how grave it is (news, watch or risk), and its verbs.

    News and what was said for good (`can_close`) can be put away.
    """

    key: str
    text: str
    verbs: tuple[Verb, ...] = ()
    gravity: str = "news"
    icon: str = ""
    can_close: bool = True


class Banners(QWidget):
    """Shows the gravest notices, one strip each; takes no room without any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Notices"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._notices: dict[str, Notice] = {}
        self._away: Callable[[Notice], object] = _nothing
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show a notice in place of the one with the same key."""
        if self._notices.get(notice.key) != notice:
            self._notices[notice.key] = notice
            self._build()

    def tell_away(self, told: Callable[[Notice], object]) -> None:
        """Tell which notice was put away by hand."""
        self._away = told

    def _put_away(self, notice: Notice) -> None:
        self.drop(notice.key)
        self._away(notice)

    def drop(self, *keys: str) -> None:
        """Take notices away; those that are not shown change nothing."""
        if any(self._notices.pop(key, None) is not None for key in keys):
            self._build()

    def clear(self) -> None:
        """Take every notice away."""
        self.drop(*list(self._notices))

    def notices(self) -> list[Notice]:
        """Every notice, the gravest first, shown or waiting."""
        return sorted(self._notices.values(), key=lambda one: _ORDER.index(one.gravity))

    def notice(self, key: str) -> Notice | None:
        """The notice of that key."""
        return self._notices.get(key)

    def _build(self) -> None:
        while self._column.count():
            item = self._column.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for notice in self.notices()[:_MOST]:
            self._column.addWidget(_Strip(notice, partial(self._put_away, notice), self))
        self.setVisible(bool(self._notices))


class _Strip(QWidget):
    """One notice."""

    def __init__(self, notice: Notice, close: Callable[[], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._notice = notice
        self.setAccessibleName(notice.text)
        ink = _INKS[notice.gravity]
        words = PlainLabel(notice.text)
        words.setWordWrap(True)
        words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 7)
        row.setSpacing(8)
        row.addWidget(IconLabel(notice.icon or _icon(notice.gravity), colour=ink, px=16))
        row.addWidget(words, 1)
        for title, run in notice.verbs:
            button = Button(title, self, small=True)
            button.clicked.connect(partial(_later, run))
            row.addWidget(button)
        if notice.can_close:
            away = IconButton("x", self.tr("Put this notice away"), self)
            away.clicked.connect(partial(_later, close))
            row.addWidget(away)
        self.setMinimumHeight(38)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colour_of(self, _GROUNDS[self._notice.gravity]))
            painter.setPen(colour_of(self, "hair"))
            painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())


def _icon(gravity: str) -> str:
    return {"news": "circle-check", "watch": "triangle-alert", "risk": "octagon-alert"}[gravity]


def _nothing(_notice: Notice) -> None:
    """Nobody asks."""


def _later(run: Callable[[], object], _checked: bool = False) -> None:
    """Run a verb; it may take its own strip away, which outlives this."""
    run()
