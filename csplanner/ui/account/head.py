"""The head of the account page: name, chips, the figures that matter, and the tabs."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csplanner.language import tr
from csplanner.paint.chips import TIER_WORDS
from csplanner.paint.fonts import MEDIUM, SEMIBOLD
from csplanner.paint.marks import mark_words
from csplanner.ui.account.head_rows import HeadView
from csplanner.ui.account.parts import RowButton, clear, one_tab_stop
from csplanner.ui.today.peek import Figure
from csplanner.ui.widgets.buttons import Button, changing
from csplanner.ui.widgets.chips import Chip, MarkWidget, TierChip
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel, set_plain_tooltip
from csplanner.ui.widgets.panes import Ground
from csplanner.ui.widgets.tabs import Tabs

_NAME_ROOM, _MARGINS = 300, 40
_ROW_GAP, _ENDLESS = 10, 100_000
_BRIEF = ("score", "sentiment")


class FigureButton(RowButton):
    """One figure of the head; pressing it opens what it rests on."""

    def __init__(self, key: str, figure: Figure, head: "AccountHead") -> None:
        mark = f", {mark_words(figure.band, figure.form)}" if figure.band else ""
        name = f"{figure.caption}: {figure.text}{mark}. {figure.note}"
        super().__init__(name, run=lambda: head.evidence_asked.emit(key, self), line="")
        middle = QHBoxLayout()
        middle.setSpacing(6)
        if figure.band:
            middle.addWidget(MarkWidget(figure.band, form=figure.form, size=18))
        middle.addWidget(PlainLabel(figure.text, px=15, weight=MEDIUM, colour=figure.ink))
        middle.addStretch(1)
        column = QVBoxLayout()
        column.setContentsMargins(6, 4, 6, 4)
        column.setSpacing(2)
        column.addWidget(PlainLabel(figure.caption, px=12, colour="text3"))
        column.addLayout(middle)
        column.addWidget(PlainLabel(figure.note, px=12, colour="text2"))
        self.take(column)


class Brief(QWidget):
    """Score, sentiment and what stands between them, in one line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 8, 0)
        self._row.setSpacing(6)
        self._chips: list[Chip] = []

    def show_view(self, view: HeadView) -> None:
        """Show the marks of another account."""
        clear(self._row)
        self._chips = []
        for key, figure in view.figures:
            if key not in _BRIEF:
                continue
            if figure.band:
                self._row.addWidget(MarkWidget(figure.band, form=figure.form, size=18))
            words = PlainLabel(figure.text, weight=MEDIUM)
            set_plain_tooltip(words, f"{figure.caption}. {figure.note}")
            self._row.addWidget(words)
            self._row.addSpacing(6)
        for text, kind in view.chips:
            if kind == "watch":
                self._chips.append(Chip(text, kind=kind))
                self._row.addWidget(self._chips[-1])

    @property
    def chips_wide(self) -> int:
        """What the chips take, shown or not."""
        return sum(chip.sizeHint().width() + self._row.spacing() for chip in self._chips)

    def show_chips(self, *, shown: bool) -> None:
        """Show the chips, or leave their room to others."""
        for chip in self._chips:
            chip.setVisible(shown)


class AccountHead(Ground):
    """What is said of an account on every tab; `verb` names what a button wants."""

    evidence_asked = Signal(str, object)
    verb = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="b")
        self._view: HeadView | None = None
        self.name = ElidedLabel("", px=20, weight=SEMIBOLD)
        self._place = ElidedLabel("", px=12, colour="text2")
        self._chips = QHBoxLayout()
        self._chips.setSpacing(8)
        self._figure_box = QWidget()
        self._figures = QHBoxLayout(self._figure_box)
        self._figures.setContentsMargins(0, 0, 0, 0)
        self._figures.setSpacing(4)
        self.tabs = Tabs(self.tr("Parts of the account"))
        self.tabs.setProperty("ownFocus", True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self._place)
        words.addSpacing(4)
        words.addLayout(self._chips)
        self._top = QHBoxLayout()
        self._top.setSpacing(16)
        self._top.addLayout(words, 1)
        self._top.addWidget(self._figure_box, 0, Qt.AlignmentFlag.AlignVCenter)
        self._upper = QWidget()
        self._column = QVBoxLayout(self._upper)
        self._column.setContentsMargins(0, 12, 0, 6)
        self._column.setSpacing(6)
        self._column.addLayout(self._top)
        self._brief = Brief()
        self._brief.hide()
        feel = Button(self.tr("Set sentiment…"), small=True)
        feel.clicked.connect(lambda: self.verb.emit("pulse"))
        edit = Button(self.tr("Edit…"), kind="quiet", small=True)
        changing(feel, edit)
        edit.clicked.connect(lambda: self.verb.emit("edit"))
        self._pin = Button("", kind="quiet", small=True)
        self._pin.clicked.connect(lambda: self.verb.emit("pin"))
        self._verbs = (edit, self._pin, feel)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._brief)
        row.addWidget(self.tabs, 1)
        for button in self._verbs:
            row.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 0, 8, 0)
        whole.setSpacing(0)
        whole.addWidget(self._upper)
        whole.addLayout(row)
        self._below = False

    def make_compact(self, *, compact: bool) -> None:
        """Keep to the tabs, with score and sentiment before them, where a part needs the room."""
        for part in (self._upper, *self._verbs):
            part.setVisible(not compact)
        self._brief.setVisible(compact)
        self.fit()

    def show_view(self, view: HeadView) -> None:
        """Show another account; one that looks the same keeps its buttons and the keyboard."""
        if view == self._view:
            return
        self._view = view
        self.name.setText(view.name)
        self._place.setText(view.place)
        clear(self._chips)
        tier = (
            TierChip(view.tier)
            if view.tier in TIER_WORDS
            else Chip(tr("Not placed"), kind="outline")
        )
        set_plain_tooltip(tier, view.tier_note)
        self._chips.addWidget(tier)
        tier.show()
        for text, kind in view.chips:
            chip = Chip(text, kind=kind)
            if kind == "outline":
                set_plain_tooltip(chip, view.judged_note)
            self._chips.addWidget(chip)
            chip.show()
        set_plain_tooltip(self.name, view.judged_note)
        self._chips.addStretch(1)
        self._pin.set_text(self.tr("Unpin") if view.is_pinned else self.tr("Pin"))
        clear(self._figures)
        buttons = [FigureButton(key, figure, self) for key, figure in view.figures]
        for button in buttons:
            self._figures.addWidget(button)
            # What is not shown yet counts for nothing when room is looked for.
            button.show()
        one_tab_stop(buttons)
        self._brief.show_view(view)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Put the figures beside the name, or under it where both have no room; where only the
        tabs are kept, their titles have the room first, then the chips, then their counts.
        """
        self._fit_tabs()
        words = max(_NAME_ROOM, self._chips.sizeHint().width())
        needed = self._figure_box.sizeHint().width() + words + _MARGINS
        below = self.width() < needed
        if below != self._below:
            self._below = below
            if below:
                self._top.removeWidget(self._figure_box)
                self._column.insertWidget(1, self._figure_box, 0, Qt.AlignmentFlag.AlignLeft)
            else:
                self._column.removeWidget(self._figure_box)
                self._top.addWidget(self._figure_box, 0, Qt.AlignmentFlag.AlignVCenter)

    def _fit_tabs(self) -> None:
        if not self._brief.isVisibleTo(self):
            self.tabs.fit(_ENDLESS)
            return
        self._brief.show_chips(shown=True)
        whole = self._brief.sizeHint().width()
        room = self.width() - _MARGINS // 2 - _ROW_GAP - whole
        chips = self._brief.chips_wide
        self.tabs.fit(room)
        if not self.tabs.fits(room):
            self._brief.show_chips(shown=False)
            self.tabs.fit(room + chips)
