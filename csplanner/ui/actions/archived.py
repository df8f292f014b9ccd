"""Accounts put away: look at one, bring it back, or delete it for good."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.domain.account import Account
from csplanner.language import tr
from csplanner.ui.actions.deleting import ask_to_delete
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.dialogs import Dialog
from csplanner.ui.widgets.format import money, plural
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import Scroll

if TYPE_CHECKING:
    from csplanner.ui.actions.actions import Actions

_SHOWN = 200
_MOST_HEIGHT = 420


class ArchivedDialog(Dialog):
    """Lists the accounts put away; bringing one back is one undoable step."""

    def __init__(self, actions: "Actions", parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Archived accounts"),
            tr(
                "They are in no list and no sum. Nothing of them is lost: "
                "bring one back and "
                "it stands where it stood."
            ),
            parent,
        )
        self.setMinimumWidth(600)
        self._actions = actions
        self.buttons: dict[str, Button] = {}
        self.delete_buttons: dict[str, Button] = {}
        self.count = PlainLabel("", px=12, colour="text2")
        self._scroll: Scroll | None = None
        self.body.addWidget(self.count)
        self.add_verb(self.tr("Close"), key="close").setDefault(True)
        actions.session.changed.connect(self.show_accounts)
        self.finished.connect(self.deleteLater)
        self.show_accounts()

    def show_accounts(self) -> None:
        """Read the accounts anew."""
        if self._scroll is not None:
            self._scroll.hide()
            self.body.removeWidget(self._scroll)
            self._scroll.deleteLater()
        found = self._actions.session.read.accounts.archived()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 0)
        self.buttons, self.delete_buttons = {}, {}
        for account in found[:_SHOWN]:
            column.addLayout(self._row(account))
        column.addStretch(1)
        self._scroll = Scroll(inner)
        self._scroll.setFixedHeight(min(_MOST_HEIGHT, inner.sizeHint().height() + 8))
        self._scroll.setVisible(bool(found))
        self.body.addWidget(self._scroll)
        more = self.tr(", the first {0} are listed").format(_SHOWN) if len(found) > _SHOWN else ""
        self.count.setText(f"{plural(len(found), 'account')}{more}")

    def _row(self, account: Account) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(ElidedLabel(account.name), 1)
        amount = account.arr.value
        words = self.tr("ARR unknown") if amount is None else money(amount.minor, amount.currency)
        row.addWidget(PlainLabel(words, px=12, colour="text2"))
        look = Button(self.tr("Open"), kind="quiet", small=True)
        look.clicked.connect(partial(self._open, account.id))
        back = Button(self.tr("Bring back"), small=True)
        back.setAccessibleName(self.tr("Bring back {0}").format(account.name))
        back.setEnabled(self._actions.can_write)
        back.clicked.connect(partial(self._bring_back, account.id))
        gone = Button(self.tr("Delete for good…"), kind="quiet", small=True)
        gone.setAccessibleName(self.tr("Delete {0} for good").format(account.name))
        gone.setEnabled(self._actions.can_write)
        gone.clicked.connect(partial(self._delete, account.id))
        self.buttons[account.id] = back
        self.delete_buttons[account.id] = gone
        for button in (look, gone, back):
            row.addWidget(button)
        return row

    def _open(self, account_id: str, _on: bool = False) -> None:
        self.accept()
        self._actions.open_account(account_id)

    def _bring_back(self, account_id: str, _on: bool = False) -> None:
        self._actions.archive(account_id)

    def _delete(self, account_id: str, _on: bool = False) -> None:
        ask_to_delete(self._actions, self, account_id, lambda: None)
