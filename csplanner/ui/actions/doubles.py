"""Accounts that share a name: choose the one to keep, or leave them apart."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from csplanner.domain.account import Account
from csplanner.language import tr
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.actions import writing
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.dialogs import Dialog
from csplanner.ui.widgets.format import money, plural
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import Scroll

if TYPE_CHECKING:
    from csplanner.ui.actions.actions import Actions

_SHOWN = 100
_MOST_HEIGHT = 420
_INDENT = 24
_LONGEST = 48


class DoublesDialog(Dialog):
    """Lists groups of accounts with one name; merging one is one undoable step."""

    def __init__(self, actions: "Actions", parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Accounts that share a name"),
            tr(
                "Merging moves people, touches and everything else to the "
                "one you keep and "
                "archives the others. You can undo it."
            ),
            parent,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(640)
        self._actions = actions
        self._inner = QWidget()
        self._groups = QVBoxLayout(self._inner)
        self._groups.setContentsMargins(0, 0, 12, 0)
        self._groups.setSpacing(16)
        self._scroll = Scroll(self._inner)
        self.body.addWidget(self._scroll)
        self._none = PlainLabel(self.tr("No two accounts share a name."))
        self.body.addWidget(self._none)
        self.add_verb(self.tr("Close"), key="close").setDefault(True)
        actions.session.changed.connect(self.show_groups)
        self.show_groups()

    def show_groups(self) -> None:
        """Read the groups anew."""
        while self._groups.count():
            item = self._groups.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        found = self._actions.session.read.accounts.doubled_names()
        for group in found[:_SHOWN]:
            self._groups.addWidget(_Group(group, self._actions))
        self._groups.addStretch(1)
        self._none.setVisible(not found)
        self._scroll.setVisible(bool(found))
        self._scroll.setFixedHeight(min(_MOST_HEIGHT, self._inner.sizeHint().height() + 8))


class _Group(QWidget):
    """Accounts of one name: which to keep, and the verb that merges them."""

    def __init__(self, accounts: tuple[Account, ...], actions: "Actions") -> None:
        super().__init__()
        self._accounts, self._actions = accounts, actions
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(ElidedLabel(accounts[0].name, weight=SEMIBOLD), 1)
        merge = Button(actions.tr("Merge into the one chosen"), kind="secondary", small=True)
        merge.setAutoDefault(False)
        merge.setEnabled(actions.can_write)
        merge.clicked.connect(self._merge)
        head.addWidget(merge)
        column.addLayout(head)
        self._choices: list[QRadioButton] = []
        for account in accounts:
            where, details = _words(account, actions)
            choice = QRadioButton(actions.tr("Keep {0}").format(where).replace("&", "&&"))
            choice.setAccessibleDescription(details)
            self._choices.append(choice)
            column.addWidget(choice)
            below = PlainLabel(details, px=12, colour="text2")
            below.setWordWrap(True)
            below.setContentsMargins(_INDENT, 0, 0, 4)
            column.addWidget(below)
        self._choices[0].setChecked(True)

    def _merge(self) -> None:
        keep = next(
            account
            for account, choice in zip(self._accounts, self._choices, strict=True)
            if choice.isChecked()
        )
        others = tuple(account.id for account in self._accounts if account.id != keep.id)
        self._actions.write(partial(writing.merge, keep=keep.id, others=others))


def _words(account: Account, actions: "Actions") -> tuple[str, str]:
    """What tells one account from its namesakes: where it is and its id, then what hangs on it."""
    book = actions.session.read
    place = ", ".join(part for part in (account.city, account.country) if part)
    ids = book.accounts.external_ids(account.id) or [account.id]
    where = place or account.sector or actions.tr("place unknown")
    amount = account.arr.value
    held = (
        actions.tr("ARR unknown") if amount is None else money(amount.minor, amount.currency),
        plural(len(book.opportunities.of(account.id)), "deal"),
        plural(len(book.cases.of(account.id)), "case"),
        plural(len(book.people.of(account.id)), "person", "people"),
        plural(len(book.touches.of(account.id)), "touch", "touches"),
    )
    shown = where if len(where) <= _LONGEST else f"{where[: _LONGEST - 1]}…"
    return f"{shown} ({ids[0][:20]})", ", ".join(
        part for part in (account.sector if place else "", *held) if part
    )
