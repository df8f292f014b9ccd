"""The parts of the palette: the field with what it acts on, the list, and the line of keys."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.paint.fonts import font
from csplanner.ui.shell.ghost import GhostField
from csplanner.ui.shell.hit_list import HitList
from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import Hairline

_SIDE = 18


class PalettePanel(QWidget):
    """The field, the list and the line of keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = GhostField(self)
        self.field.setFont(font(15))
        self.field.setMinimumHeight(32)
        self.list = HitList(self)
        self._subject = Chip("", kind="accent")
        self._subject.hide()
        self._hint = PlainLabel("", px=12, colour="text3")
        self.nothing = ElidedLabel("", colour="text2")
        self.nothing.setContentsMargins(_SIDE, 8, _SIDE, 8)
        self._act = PlainLabel("", px=11, colour="text2")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(Hairline())
        column.addSpacing(4)
        column.addWidget(self.nothing)
        column.addWidget(self.list)
        column.addSpacing(8)
        column.addWidget(Hairline())
        column.addLayout(self._foot())
        self.show_subject("")

    def show_subject(self, subject: str, *, asks: bool = False) -> None:
        """Say what the rows act on, before the field; nothing for finding anything."""
        self._subject.show_text(self._elided(subject), "accent")
        self._subject.setVisible(bool(subject))
        words = self.tr("Find an account, person, note or command")
        if subject:
            words = self.tr("Type to choose") if asks else self.tr("Type what to do")
        self.field.setPlaceholderText(words)
        self.field.setAccessibleName(f"{subject}: {words}" if subject else words)
        plain = self.tr("> commands   @ people   # tags")
        self._hint.setText(self.tr("Backspace goes back") if subject else plain)
        self._act.setText(self.tr("go back") if subject else self.tr("act on this account"))

    def show_nothing(self, sentence: str) -> None:
        """Say that nothing was found; an empty sentence says nothing."""
        self.nothing.setText(sentence)
        self.nothing.setVisible(bool(sentence))

    def _elided(self, subject: str) -> str:
        return subject if len(subject) <= 28 else f"{subject[:27]}…"

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(_SIDE, 10, _SIDE, 10)
        row.setSpacing(6)
        row.addWidget(IconLabel("search", px=18))
        row.addWidget(self._subject)
        row.addWidget(self.field, 1)
        row.addWidget(self._hint)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(_SIDE, 8, _SIDE, 9)
        row.setSpacing(6)
        move, enter = self.tr("move"), self.tr("open")
        for keys, words in (
            ("↑ ↓", PlainLabel(move, px=11, colour="text2")),
            (self.tr("Enter"), PlainLabel(enter, px=11, colour="text2")),
            (self.tr("Tab"), self._act),
        ):
            row.addWidget(Chip(keys, kind="key"))
            row.addWidget(words)
            row.addSpacing(10)
        row.addStretch(1)
        row.addWidget(Chip(self.tr("Esc"), kind="key"))
        row.addWidget(PlainLabel(self.tr("close"), px=11, colour="text2"))
        return row
