"""Asking for the passphrase of an encrypted book, and for a new one; the text typed stays."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from csplanner.book.key import NO_WAY_BACK, SHORTEST, Key, unlock
from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.ui.tasks import Cancelled, Tasks
from csplanner.ui.widgets.dialogs import Dialog
from csplanner.ui.widgets.fields import Field


class _Typed(Dialog):
    """A dialog with hidden fields, a box that shows them, and two verbs."""

    def __init__(self, title: str, sentence: str, *, verb: str, parent: QWidget | None) -> None:
        super().__init__(title, sentence, parent)
        self.shown = QCheckBox(self.tr("Show what is typed"))
        self.shown.toggled.connect(self._show_typed)
        self._lines: list[QLineEdit] = []
        # The safe verb closes; the other one looks at what was typed first.
        self.leave = self.add_verb(self.tr("Not now"), key="keep")
        self.go = self.add_verb(verb, kind="primary", key="do")
        self.go.clicked.disconnect()
        self.go.clicked.connect(self.check)
        self.go.setDefault(True)
        self.leave.setAutoDefault(False)

    def add_hidden(self, caption: str) -> Field:
        """Add a field whose text is hidden until it is asked for."""
        field = Field(caption)
        line = field.field
        assert isinstance(line, QLineEdit)
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setInputMethodHints(
            Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhSensitiveData
        )
        self._lines.append(line)
        self.body.addWidget(field)
        return field

    def text(self, at: int) -> str:
        """What is typed in a field."""
        return self._lines[at].text()

    def check(self) -> None:
        """Look at what was typed and go on, or say what is wrong with it."""
        raise NotImplementedError

    def _begin(self) -> None:
        """Show the fields, the first with the keyboard."""
        self.body.addWidget(self.shown)
        self._lines[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _say(self, field: Field, sentence: str) -> None:
        """Show what is wrong below a field, and be as high as that takes."""
        field.show_error(sentence)
        column = self.layout()
        if column is not None:
            column.activate()
        self.adjustSize()

    def _show_typed(self, is_shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password
        for line in self._lines:
            line.setEchoMode(mode)


class PassphraseDialog(_Typed):
    """Asks for the passphrase of the file at `path`; `choice` is `do` once it is unlocked."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("{0} is encrypted").format(path.name),
            tr(
                "Type its passphrase to open it. It is asked for once, until you close csplanner.",
            ),
            verb=tr("Unlock it"),
            parent=parent,
        )
        self._path = path
        self._tasks = Tasks("passphrase", self)
        self.field = self.add_hidden(self.tr("Passphrase"))
        self._begin()
        self.finished.connect(lambda _code: self._tasks.close())

    def check(self) -> None:
        """Try what was typed, beside the window: that takes a quarter of a second."""
        words, path = self.text(0), self._path
        if not words:
            self._say(self.field, self.tr("Type the passphrase first."))
            return
        if not self._tasks.idle:
            return
        self.go.setEnabled(False)
        self._tasks.run(lambda _: unlock(path, words), done=self._unlocked, failed=self._refused)

    def _unlocked(self, _key: Key) -> None:
        self.choice = "do"
        self.accept()

    def _refused(self, error: UserError | Cancelled) -> None:
        self.go.setEnabled(True)
        self._say(self.field, str(error))
        self._lines[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._lines[0].selectAll()


class NewPassphraseDialog(_Typed):
    """Asks for a new passphrase, twice; `passphrase` holds it when `choice` is `do`."""

    def __init__(
        self, title: str, sentence: str, *, verb: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, f"{sentence} {NO_WAY_BACK}", verb=verb, parent=parent)
        self.passphrase = ""
        self.first = self.add_hidden(self.tr("New passphrase"))
        self.again = self.add_hidden(self.tr("The same again"))
        self._begin()

    def check(self) -> None:
        """Close when both are the same and long enough."""
        words = self.text(0)
        is_short = len(words) < SHORTEST
        few = self.tr("At least {0} letters; several words are easy to remember.")
        self._say(self.first, few.format(SHORTEST) if is_short else "")
        differs = not is_short and self.text(1) != words
        unlike = self.tr("The two differ. Show what is typed to compare them.")
        self._say(self.again, unlike if differs else "")
        if is_short or differs:
            self._lines[0 if is_short else 1].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.passphrase, self.choice = words, "do"
        self.accept()


def ask_passphrase(
    parent: QWidget,
    path: Path,
    unlocked: Callable[[], object],
    *,
    left: Callable[[], object] | None = None,
) -> PassphraseDialog:
    """Ask for the passphrase of the file at `path`; call `unlocked` once it was right, `left` when
    nobody wanted to give it.
    """
    dialog = PassphraseDialog(path, parent)

    def answered() -> None:
        is_unlocked = dialog.choice == "do"
        dialog.deleteLater()
        if is_unlocked:
            unlocked()
        elif left is not None:
            left()

    dialog.finished.connect(answered)
    dialog.open()
    return dialog
