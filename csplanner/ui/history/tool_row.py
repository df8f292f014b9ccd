"""The row above the changes: words to find, kinds, the account, and copying what is shown."""

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from csplanner.book.book import Book
from csplanner.ui.actions.account_field import AccountField
from csplanner.ui.widgets.buttons import Button, Segmented
from csplanner.ui.widgets.chips import FilterChip
from csplanner.ui.widgets.fields import Field, SearchField
from csplanner.ui.widgets.format import plural
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground
from csplanner.ui.widgets.popover import Popover

_PAUSE_MS = 150
_FIELD = 220
_POPOVER = 260


class HistoryTools(Ground):
    """`changed` tells that something else is wanted; `copy_asked` that the list is to be copied."""

    changed = Signal()
    copy_asked = Signal()

    left = Signal()
    """An account was named: the keyboard goes to the list."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="b")
        self._book = book
        self.account_id: str | None = None
        self._chip: FilterChip | None = None
        self.search = SearchField(self.tr("Find in the words"), self)
        self.search.setFixedWidth(_FIELD)
        self.kinds = Segmented(
            [
                ("", self.tr("All")),
                ("edits", self.tr("Edits")),
                ("imports", self.tr("Imports")),
                ("undone", self.tr("Undone")),
            ],
            self,
            name=self.tr("Kind of change"),
        )
        self.account_button = Button(self.tr("Account"), self, kind="quiet", icon="list-filter")
        self.account_button.setAccessibleName(self.tr("Show the changes of one account"))
        self.copy_button = Button(self.tr("Copy"), self, kind="quiet", icon="copy")
        self.copy_button.setAccessibleName(self.tr("Copy the list as a table"))
        self._count = PlainLabel("", self, px=12, colour="text3")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.kinds.chosen.connect(lambda _key: self.changed.emit())
        self.account_button.clicked.connect(self._ask_account)
        self.copy_button.clicked.connect(self.copy_asked)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.setSpacing(8)
        for part in (self.search, self.kinds, self.account_button):
            self._row.addWidget(part)
        self._row.addWidget(self._count)
        self._row.addStretch(1)
        self._row.addWidget(self.copy_button)

    def show_account(self, account_id: str | None, name: str = "") -> None:
        """Show which account the changes are of; None for all."""
        self.account_id = account_id
        if self._chip is not None:
            had = self._chip.hasFocus()
            self._row.removeWidget(self._chip)
            self._chip.hide()
            self._chip.deleteLater()
            self._chip = None
            if had:
                self.account_button.setFocus()
        self.account_button.setVisible(account_id is None)
        if account_id is not None:
            self._chip = FilterChip(self.tr("Account is"), _short(name), self)
            self._chip.setAccessibleName(self.tr("Account is {0}").format(name))
            self._chip.edited.connect(self._ask_account)
            self._chip.removed.connect(self._remove_account)
            self._row.insertWidget(2, self._chip)

    def show_count(self, count: int) -> None:
        """Say how many changes are listed."""
        self._count.setText(plural(count, "change"))
        self.copy_button.setEnabled(count > 0)

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.search.text().strip() or self.kinds.key or self.account_id)

    def clear(self) -> None:
        """Show everything again."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.kinds.blockSignals(True)
        self.kinds.choose("")
        self.kinds.blockSignals(False)
        self.show_account(None)
        self.changed.emit()

    def _remove_account(self) -> None:
        self.show_account(None)
        self.changed.emit()

    def _ask_account(self) -> None:
        popover = Popover(self.window())
        field = AccountField(self._book)
        field.setMinimumWidth(_POPOVER)
        popover.body.addWidget(Field(self.tr("Changes of the account"), field))

        def named(account_id: str) -> None:
            self.show_account(account_id, self._book.accounts.get(account_id).name)
            popover.close_popover()
            self.changed.emit()
            self.left.emit()

        field.named.connect(named)
        popover.closed.connect(popover.deleteLater)
        under = self._chip or self.account_button
        popover.open_at(under.mapTo(self.window(), QPoint(0, under.height() + 4)))
        field.setFocus()


def _short(name: str) -> str:
    return name if len(name) <= 32 else f"{name[:31]}…"
