"""A field that names an account by typing a part of its name."""

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from csplanner.book.book import Book
from csplanner.domain.account import Account
from csplanner.errors import UserError
from csplanner.language import tr

_OFFERED = 8
_CANDIDATES = 40


class AccountField(QLineEdit):
    """Offers accounts while you type; `named(account_id)` tells when another one is meant."""

    named = Signal(str)

    def __init__(
        self, book: Book, account_id: str | None = None, parent: QWidget | None = None
    ) -> None:
        """Search in `book`; start with an account when given."""
        super().__init__(parent)
        self._book = book
        self._ids: dict[str, str] = {}
        self._names = QStringListModel(self)
        self._told = account_id or ""
        self.setPlaceholderText(self.tr("Type a part of the name"))
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        completer.activated.connect(self._tell)
        self.textEdited.connect(self._offer)
        self.editingFinished.connect(self._tell)
        if account_id is not None:
            name = book.accounts.get(account_id).name
            self._ids[name] = account_id
            self._write(name)

    def take(self, account_id: str) -> None:
        """Name an account without telling that it was typed."""
        name = self._book.accounts.get(account_id).name
        self._ids[name] = account_id
        self._told = account_id
        self._write(name)

    def _write(self, name: str) -> None:
        """Write a name so that its beginning is seen, however long it is."""
        self.setText(name)
        self.setCursorPosition(0)

    def account(self) -> Account:
        """The one account meant; raises UserError when nothing, none or several are."""
        text = self.text().strip()
        if not text:
            raise UserError(tr("Name the account. A part of its name is enough."))
        if text in self._ids:
            return self._book.accounts.get(self._ids[text])
        found = self._book.accounts.find(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise UserError(tr("No account is called “{0}”. Type a part of its name.").format(text))
        names = ", ".join(account.name for account in found[:3])
        raise UserError(
            tr("“{0}” could be {1} accounts: {2}. Type more of the name.").format(
                text, len(found), names
            )
        )

    def _offer(self, text: str) -> None:
        found = [f for f in self._book.search(text, _CANDIDATES) if f.kind == "account"]
        for hit in found[:_OFFERED]:
            self._ids.setdefault(hit.title, hit.id)
        self._names.setStringList(list(dict.fromkeys(hit.title for hit in found[:_OFFERED])))

    def _tell(self) -> None:
        try:
            account_id = self.account().id
        except UserError:
            return
        if account_id != self._told:
            self._told = account_id
            self.named.emit(account_id)
