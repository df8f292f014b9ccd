"""The check of the book: run beside the window, told with examples, mended when you say so."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.book.book import Book
from csplanner.book.check import Finding
from csplanner.book.check_examples import Example, examples
from csplanner.domain.wording import one_line
from csplanner.errors import UserError
from csplanner.paint.fonts import MEDIUM
from csplanner.ui.actions import Actions
from csplanner.ui.session import BookSession
from csplanner.ui.settings.rows import finding_text, mended_text, mending_text
from csplanner.ui.tasks import Cancelled, Progress, Tasks
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.dialogs import Dialog, confirmation
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.format import number
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import Hairline, Pane
from csplanner.ui.widgets.progress import ProgressLine

_NAMED = 3
DAMAGE = "damage"
"""The key of the finding that no repair mends."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding with its first rows by name."""

    finding: Finding
    rows: tuple[Example, ...]


class CheckPane(Pane):
    """Checks the book and mends it; `dialog` is what it asks before, `findings` what it found.

    `to_damage` is called for the ways out, with what was found, when the file itself is damaged.
    """

    def __init__(
        self,
        session: BookSession,
        actions: Actions,
        to_damage: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(actions.tr("Check the book"))
        self._session, self._actions, self._to_damage = session, actions, to_damage
        self._tasks = Tasks("check", self)
        self._handle: Progress | None = None
        self.dialog: Dialog | None = None
        self.findings: list[Found] = []
        self.check_button = Button(self.tr("Check now"), icon="clipboard-check", small=True)
        self.check_button.clicked.connect(self.check)
        self.mend_button = Button("", small=True)
        self.mend_button.clicked.connect(self.ask_to_mend)
        self.mend_button.hide()
        self.add_action(self.mend_button)
        self.add_action(self.check_button)
        self._icon = IconLabel("circle-check", px=16)
        self.result = PlainLabel("", colour="text2")
        self.result.setWordWrap(True)
        told = QHBoxLayout()
        told.setSpacing(8)
        told.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        told.addWidget(self.result, 1)
        self.progress = ProgressLine()
        self.progress.cancelled.connect(self.cancel)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addLayout(told)
        self.body.addWidget(self.progress)
        self.body.addLayout(self._list)
        self._tell(
            self.tr("Reads every page of the file and every record, and says what does not fit."),
            icon="",
        )
        session.closing.connect(self._let_go)

    def check(self) -> None:
        """Check the file and the rules beside the window."""
        if self._handle is not None:
            return
        session = self._session

        def work(progress: Progress) -> list[Found]:
            from csplanner.book.check import check

            book = session.beside()
            try:
                found = check(book, progress.step)
                if progress.cancelled():
                    raise Cancelled
                return [Found(f, tuple(examples(book, f, _NAMED))) for f in found]
            finally:
                book.close()

        self.check_button.setEnabled(False)
        self.mend_button.hide()
        self.progress.begin(self.tr("Checking the book…"))
        self._handle = self._tasks.run(
            work, done=self._checked, failed=self._failed, progress=self.progress.step
        )

    @property
    def is_checking(self) -> bool:
        """Whether a check is under way."""
        return self._handle is not None

    def cancel(self) -> None:
        """Stop the check at its next step."""
        if self._handle is not None:
            self._handle.cancel()

    def ask_to_mend(self) -> None:
        """Say what mending does, then do it as one step and check again."""
        found = [f.finding for f in self.findings if f.finding.repairable]
        self.dialog = confirmation(
            self.window(), self.mend_button.text().replace("&&", "&").removesuffix("…") + "?",
            sentence=mending_text(found), verb=self.tr("Mend them"), keep=self.tr("Leave them"),
        )  # fmt: skip
        self.dialog.finished.connect(lambda _code: self._answered())
        self.dialog.open()

    # Inside

    def _answered(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        dialog.deleteLater()
        if dialog.choice != "do":
            return

        def work(book: Book) -> str:
            from csplanner.book.check import repair

            return mended_text(repair(book))

        def told(text: str) -> None:
            self._actions.say(text)
            self.check()

        self.mend_button.setEnabled(False)
        self._session.write(work, told, failed=self._refused)

    def _refused(self, sentence: str) -> None:
        self.mend_button.setEnabled(True)
        self._actions.refuse(sentence)

    def _checked(self, found: list[Found]) -> None:
        self._end()
        self.findings = found
        now = datetime.now().astimezone()
        at = f"{now.hour}:{now.minute:02}"
        if not found:
            self._tell(self.tr("The book is sound, checked {0}.").format(at), icon="circle-check")
        else:
            self._tell(self.tr("Checked {0}. Found:").format(at), icon="circle-alert")
        for each in found:
            self._list.addWidget(self._finding(each))
        rows = sum(f.finding.count for f in found if f.finding.repairable)
        self.mend_button.set_text(self.tr("Mend {0}…").format(number(rows)))
        self.mend_button.setEnabled(True)
        self.mend_button.setVisible(rows > 0 and self._actions.can_write)

    def _failed(self, error: UserError | Cancelled) -> None:
        self._end()
        if isinstance(error, Cancelled):
            self._tell(self.tr("The check was stopped before it was done."), icon="")
        else:
            self._tell(str(error), icon="octagon-alert", ink="risk-ink")

    def _end(self) -> None:
        self._handle = None
        self.progress.end()
        self.check_button.setEnabled(True)
        self.findings = []
        while self._list.count():
            item = self._list.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()

    def _finding(self, found: Found) -> QWidget:
        finding = found.finding
        box = QWidget()
        title = PlainLabel(finding_text(finding), weight=MEDIUM)
        title.setWordWrap(True)
        column = QVBoxLayout()
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(2)
        column.addWidget(title)
        if finding.fix:
            does = self.tr("Mending: {0}") if finding.repairable else self.tr("What to do: {0}")
            fix = PlainLabel(does.format(finding.fix), px=12, colour="text2")
            fix.setWordWrap(True)
            column.addWidget(fix)
        for row in found.rows:
            column.addLayout(self._row(row))
        more = finding.count - len(found.rows)
        if found.rows and more > 0:
            words = self.tr("and {0} more").format(number(more))
            column.addWidget(PlainLabel(words, px=12, colour="text3"))
        if finding.key == DAMAGE and self._to_damage is not None:
            ways = Button(self.tr("What can be done…"), small=True)
            ways.clicked.connect(partial(self._show_ways, finding_text(finding)))
            column.addWidget(ways)
        whole = QVBoxLayout(box)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(Hairline())
        whole.addLayout(column)
        return box

    def _show_ways(self, words: str, _on: bool = False) -> None:
        if self._to_damage is not None:
            self._to_damage(words)

    def _row(self, row: Example) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(ElidedLabel(one_line(row.words), px=12, colour="text2"), 1)
        if row.account_id:
            go = Button(one_line(row.account)[:60], kind="link", small=True)
            go.setAccessibleName(self.tr("Open {0}").format(row.account))
            go.clicked.connect(partial(self._open, row.account_id))
            line.addWidget(go)
        return line

    def _open(self, account_id: str, _on: bool = False) -> None:
        self._actions.open_account(account_id)

    def _tell(self, words: str, *, icon: str, ink: str = "text2") -> None:
        self.result.setText(words)
        self._icon.setVisible(bool(icon))
        if icon:
            self._icon.show_icon(icon, ink)

    def _let_go(self) -> None:
        """Stop reading before the book is closed."""
        self.cancel()
        self._tasks.close()
