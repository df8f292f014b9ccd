"""Settings: the book's own, the window's, its backups and a check; each change is one step."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from csplanner.book.book import Book, Changed
from csplanner.domain.account import Tier
from csplanner.domain.settings import BookSettings
from csplanner.domain.wording import tier_word, unit_word
from csplanner.errors import UserError
from csplanner.language import current, noted, tr
from csplanner.ui.actions import Actions
from csplanner.ui.actions.pick import Pick
from csplanner.ui.session import BookSession
from csplanner.ui.settings.appearance import AppearancePane
from csplanner.ui.settings.backups import BackupsPane
from csplanner.ui.settings.checking import CheckPane
from csplanner.ui.settings.currencies import CurrenciesPane
from csplanner.ui.settings.passphrase import PassphrasePane
from csplanner.ui.settings.remembered import RememberedPane
from csplanner.ui.settings.rows import Entry, entries, with_month, with_unit
from csplanner.ui.settings.shortcuts import ShortcutsPane
from csplanner.ui.shell.page import PageWidget
from csplanner.ui.widgets.buttons import Segmented
from csplanner.ui.widgets.chips import TierChip
from csplanner.ui.widgets.fields import Field
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground, Hairline, Pane, Scroll

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_WIDTH, _TWO = 640, 1120
_CARE = ("backups", "check", "currencies", "remembered", "passphrase")
"""The panes of the second column."""
_UNITS = (("week", noted("Week")), ("month", noted("Month")), ("quarter", noted("Quarter")))


class SettingsPage(PageWidget):
    """Opened with the key of a pane it shows that pane; with `check` it checks at once."""

    key = "settings"
    title = noted("Settings")

    def __init__(self, session: BookSession, actions: Actions, frame: "BookWindow") -> None:
        super().__init__()
        self._session, self._actions, self._frame = session, actions, frame
        self._entries = entries()
        self.fields: dict[str, Field] = {}
        self._stale = True
        self.backups = BackupsPane(session, actions, frame)
        self.checking = CheckPane(session, actions, self._show_damage)
        self.currencies = CurrenciesPane(session, actions)
        self.remembered = RememberedPane(session, actions)
        self.passphrase = PassphrasePane(session, actions, frame)
        self.window_pane = AppearancePane(frame)
        self.panes: dict[str, Pane] = {
            "book": self._book(), "hours": self._hours(), "bands": self._bands(),
            "window": self.window_pane, "keys": ShortcutsPane(frame), "currencies": self.currencies,
            "backups": self.backups, "check": self.checking, "remembered": self.remembered,
            "passphrase": self.passphrase,
        }  # fmt: skip
        inner = Ground("surface")
        self._sides = QBoxLayout(QBoxLayout.Direction.TopToBottom, inner)
        self._sides.setContentsMargins(0, 0, 0, 0)
        self._sides.setSpacing(0)
        self._between = Hairline(vertical=True)
        self._sides.addLayout(_column([p for k, p in self.panes.items() if k not in _CARE]), 1)
        self._sides.addWidget(self._between)
        self._sides.addLayout(_column([self.panes[key] for key in _CARE]), 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        self._scroll = Scroll(inner)
        whole.addWidget(self._scroll)
        session.changed.connect(self._book_changed)
        self.setFocusProxy(self.fields["name"].field)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in two columns where there is room for both."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= _TWO
        ways = QBoxLayout.Direction
        self._sides.setDirection(ways.LeftToRight if is_wide else ways.TopToBottom)
        self._sides.setStretch(0, int(is_wide))
        self._between.setVisible(is_wide)

    def open(self, argument: object) -> None:
        pane = self.panes.get(argument) if isinstance(argument, str) else None
        if pane is not None:
            # Once the panes have their places.
            QTimer.singleShot(0, pane, lambda: self._bring_up(pane))
        if argument == "check":
            self.checking.check()

    def refresh(self) -> None:
        """Show what is in force; what is being typed stays."""
        settings = self._session.read.settings
        for key, field in self.fields.items():
            line = field.field
            assert isinstance(line, QLineEdit)
            if not (line.hasFocus() and line.isModified()):
                line.setText(self._entries[key].text(settings))
                line.setModified(False)
                field.show_error("")
        self._month.blockSignals(True)
        self._month.choose(str(settings.fiscal_start_month))
        self._month.blockSignals(False)
        self._unit.blockSignals(True)
        self._unit.choose(settings.hours_per)
        self._unit.blockSignals(False)
        words = unit_word(settings.hours_per)
        self._per.setText(self.tr("Hours a {0}").format(words))
        self._have.setText(self.tr("a {0} for all accounts together").format(words))
        self.window_pane.show_settings()
        self.backups.refresh()
        self.currencies.refresh()
        self.remembered.refresh()
        self.passphrase.refresh()

    # Parts

    def _book(self) -> Pane:
        pane = Pane(self.tr("This book"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.addWidget(self._field("name"), 0, 0)
        grid.addWidget(self._field("csm"), 0, 1)
        grid.addWidget(self._field("currency"), 1, 0)
        self._month = Pick([(str(n), name) for n, name in enumerate(current().months, 1)])
        self._month.currentIndexChanged.connect(
            lambda: self._write(
                partial(with_month, number=self._month.key), tr("Change the fiscal year")
            )
        )
        grid.addWidget(Field(self.tr("Fiscal year starts in"), self._month), 1, 1)
        pane.body.addLayout(grid)
        note = self.tr(
            "The currency is what totals are in, and of amounts without one of their own."
        )
        pane.body.addWidget(PlainLabel(note, px=12, colour="text2"))
        return pane

    def _hours(self) -> Pane:
        pane = Pane(self.tr("Hours and cadence"))
        self._unit = Segmented(_UNITS, name=self.tr("Hours are shown per"))
        self._unit.chosen.connect(
            lambda unit: self._write(
                partial(with_unit, unit=unit), tr("Show hours per another unit")
            )
        )
        pane.add_action(self._unit)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        self._per = PlainLabel("", px=12, colour="text2")
        grid.addWidget(self._per, 0, 1)
        grid.addWidget(PlainLabel(self.tr("Overdue after days"), px=12, colour="text2"), 0, 2)
        for row, tier in enumerate(Tier, 1):
            chip = TierChip(tier.value[0].upper())
            chip.setAccessibleName(tier_word(tier))
            grid.addWidget(chip, row, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self._bare(f"hours.{tier.value}"), row, 1)
            grid.addWidget(self._bare(f"days.{tier.value}"), row, 2)
        grid.setColumnMinimumWidth(0, 96)
        pane.body.addLayout(grid)
        line = QHBoxLayout()
        line.setSpacing(8)
        available = self._field("available")
        available.setFixedWidth(140)
        line.addWidget(available)
        self._have = PlainLabel("", px=12, colour="text2")
        line.addWidget(self._have, 1, Qt.AlignmentFlag.AlignBottom)
        self._have.setContentsMargins(0, 0, 0, 8)
        pane.body.addLayout(line)
        return pane

    def _bands(self) -> Pane:
        pane = Pane(self.tr("Bands of the score"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._field("watch_from"))
        row.addWidget(self._field("good_from"))
        pane.body.addLayout(row)
        words = self.tr("Below watch an account is at risk. Scores run from 0 to 100.")
        pane.body.addWidget(PlainLabel(words, px=12, colour="text2"))
        return pane

    def _field(self, key: str, caption: str | None = None) -> Field:
        entry = self._entries[key]
        field = Field(entry.caption if caption is None else caption)
        line = field.field
        assert isinstance(line, QLineEdit)
        line.setAccessibleName(entry.caption)
        line.setReadOnly(self._session.read_only)
        line.editingFinished.connect(partial(self._typed, entry))
        self.fields[key] = field
        return field

    def _bare(self, key: str) -> QWidget:
        """A field whose caption stands above its column."""
        field = self._field(key, "")
        caption = field.findChild(PlainLabel)
        if caption is not None:
            caption.hide()
        return field

    # Changes

    def _typed(self, entry: Entry) -> None:
        field = self.fields[entry.key]
        line = field.field
        assert isinstance(line, QLineEdit)
        text = line.text()
        now = self._session.read.settings
        if text == entry.text(now):
            field.show_error("")
            return
        try:
            entry.change(now, text)
        except UserError as error:
            field.show_error(str(error))
            return
        field.show_error("")
        line.setModified(False)
        self._write(lambda settings: entry.change(settings, text), entry.label)

    def _write(self, change: Callable[[BookSettings], BookSettings], label: str) -> None:
        def work(book: Book) -> str:
            book.set_settings(change(book.settings), label)
            return label

        self._session.write(work, self._actions.say, failed=self._refused)

    def _refused(self, sentence: str) -> None:
        self._actions.refuse(sentence)
        self.refresh()

    def _show_damage(self, words: str) -> None:
        from csplanner.ui.opening.damage import show_damage

        show_damage(self._frame, self._session.path, words)

    def _bring_up(self, pane: Pane) -> None:
        bar = self._scroll.verticalScrollBar()
        bar.setValue(min(pane.y(), bar.maximum()))

    def _book_changed(self, changed: Changed) -> None:
        if "setting" in changed.tables and self.isVisible():
            self.refresh()
        elif self.isVisible():
            self.currencies.refresh()


def _column(panes: Sequence[Pane]) -> QVBoxLayout:
    """Panes below each other, each with a hairline under it."""
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 24)
    column.setSpacing(0)
    for pane in panes:
        pane.setMaximumWidth(_WIDTH)
        column.addWidget(pane)
        column.addWidget(Hairline())
    column.addStretch(1)
    return column
