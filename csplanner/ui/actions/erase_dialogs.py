"""Before a person is erased for good: what that means; afterwards: which backups hold them yet."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from csplanner.book.book import Book
from csplanner.book.erase import Erased
from csplanner.book.erase_backups import backups_holding, rewrite_all, title_of
from csplanner.book.erase_preview import Preview
from csplanner.domain.wording import list_text
from csplanner.language import noted, tr
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.dialogs import Dialog
from csplanner.ui.widgets.format import number, plural
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Scroll

if TYPE_CHECKING:
    from csplanner.ui.actions.actions import Actions

_WIDE, _LIST = 520, 160
_LINKED = {
    "seat": (noted("{0} seat"), noted("{0} seats")),
    "touch_person": (noted("{0} touch"), noted("{0} touches")),
    "support_case": (noted("{0} case"), noted("{0} cases")),
    "tenure": (noted("{0} time in a seat"), noted("{0} times in a seat")),
    "rating": (noted("{0} rating"), noted("{0} ratings")),
    "tie": (noted("{0} tie"), noted("{0} ties")),
}


class EraseDialog(Dialog):
    """What goes, what stays, and that nothing brings it back; `choice` is `do` or `keep`."""

    def __init__(self, expected: Preview, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Erase {0} for good?").format(expected.name),
            tr("You cannot undo this, and later imports leave this person out."),
            parent,
        )
        self.setMinimumWidth(_WIDE)
        self.body.setSpacing(12)
        self.body.addLayout(_points(tr("What goes"), _going(expected)))
        self.body.addLayout(_points(tr("What stays"), _staying(expected)))
        self._also = QCheckBox(
            tr("Erase these {0} as well").format(plural(expected.doubtful, "mention"))
        )
        self._also.setVisible(expected.doubtful > 0)
        if expected.doubtful:
            self.body.addLayout(_points(tr("What may mean somebody else"), _doubtful(expected)))
            self.body.addWidget(self._also)
        safe = self.add_verb(tr("Keep this person"), key="keep")
        self.add_verb(tr("Erase for good"), kind="primary", key="do")
        safe.setDefault(True)
        safe.setFocus(Qt.FocusReason.TabFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as the sentences are at this width."""
        super().showEvent(event)
        column = self.layout()
        if column is not None:
            self.resize(self.width(), column.totalHeightForWidth(self.width()))

    @property
    def also_shared(self) -> bool:
        """Whether mentions that may mean others too go as well."""
        return self._also.isChecked()


def _counted(table: str, count: int) -> str:
    if table not in _LINKED:
        return plural(count, "other entry", "other entries")
    one, many = _LINKED[table]
    return tr(one if count == 1 else many).format(number(count))


def _going(expected: Preview) -> list[str]:
    linked = [
        _counted(table, count)
        for table, count in sorted(expected.linked.items())
        if table != "person"
    ]
    where = tr(", and the links to {0}").format(list_text(linked)) if linked else ""
    mentions = plural(expected.mentions, "mention")
    return [
        tr("Their record with name, e-mail and phone{0}.").format(where),
        tr("{0} of them in notes, titles and the history: each becomes “[erased]”.").format(
            mentions
        ),
        tr("Every trace in the file itself and in its search index."),
    ]


def _staying(expected: Preview) -> list[str]:
    firm = (
        [tr("The name of {0} called like them.").format(plural(expected.accounts_named, "account"))]
        if expected.accounts_named
        else []
    )
    return [
        tr("Their seats, now empty, and the touches and cases without them."),
        tr("First names alone in your notes."),
        *firm,
        tr("What left this book: exports, decks and copies you made or gave away."),
        tr("Backups, until you rewrite them: the next step lists them."),
    ]


def _doubtful(expected: Preview) -> list[str]:
    if expected.namesakes:
        people = plural(expected.namesakes, "other person", "other people")
        shares = "shares" if expected.namesakes == 1 else "share"
        why = tr("{0} {1} a name, an e-mail or a phone with them").format(people, shares)
    else:
        why = tr("the name is that of an account, or a single word")
    return [f"{plural(expected.doubtful, 'mention')}: {why}."]


def _points(title: str, lines: Sequence[str]) -> QVBoxLayout:
    """A heading with its sentences under it."""
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(PlainLabel(title, weight=SEMIBOLD))
    for line in lines:
        label = PlainLabel(f"•  {line}")
        label.setWordWrap(True)
        column.addWidget(label)
    return column


class ErasedDialog(Dialog):
    """What was erased, and the backups that still hold the person with a button to rewrite them."""

    def __init__(self, done: Erased, actions: "Actions", parent: QWidget | None = None) -> None:
        super().__init__(tr("The person is erased"), _said(done), parent)
        self.setMinimumWidth(_WIDE)
        self._actions = actions
        self._is_rewriting = False
        self.finished.connect(self._go)
        self._marks = done.marks
        self._holding = done.backups_holding
        self.words = PlainLabel("")
        self.words.setWordWrap(True)
        self.body.addWidget(self.words)
        self._inner = QWidget()
        self._inner.setAccessibleName(self.tr("Backups that still hold the person"))
        self._list = QVBoxLayout(self._inner)
        self._list.setContentsMargins(0, 0, 12, 0)
        self._list.setSpacing(2)
        self._scroll = Scroll(self._inner)
        self.body.addWidget(self._scroll)
        self.close_button = self.add_verb(self.tr("Close"), key="close")
        self.rewrite_button = Button(self.tr("Rewrite these backups"), self, kind="primary")
        self.rewrite_button.clicked.connect(self.rewrite)
        self.foot.addWidget(self.rewrite_button)
        self._show(done.backups_holding)
        (self.rewrite_button if done.backups_holding else self.close_button).setFocus(
            Qt.FocusReason.TabFocusReason
        )

    def rewrite(self) -> None:
        """Erase the person from the backups too, and show those that are left."""
        self._is_rewriting = True
        self.rewrite_button.setEnabled(False)
        self.words.setText(self.tr("Rewriting…"))
        holding, marks = self._holding, self._marks

        def work(book: Book) -> tuple[list[Path], list[tuple[Path, str]]]:
            failed = rewrite_all(book, holding, marks)
            return backups_holding(book, marks), failed

        self._actions.session.write_long(
            lambda book, _: work(book), self._rewritten, failed=self._not
        )

    def _rewritten(self, found: tuple[list[Path], list[tuple[Path, str]]]) -> None:
        left, failed = found
        self._is_rewriting = False
        if self.isHidden():  # closed meanwhile
            done = plural(len(self._holding) - len(left), "backup")
            self._actions.say(self.tr("Rewritten: {0}").format(done), undo=False)
            self.deleteLater()
            return
        self._show(left)
        if failed:
            self.words.setText(failed[0][1])

    def _not(self, sentence: str) -> None:
        self._is_rewriting = False
        if self.isHidden():
            self._actions.refuse(sentence)
            self.deleteLater()
            return
        self.rewrite_button.setEnabled(True)
        self.words.setText(sentence)

    def _go(self) -> None:
        """Closed: gone as soon as nothing is to be told any more."""
        if not self._is_rewriting:
            self.deleteLater()

    def _show(self, holding: list[Path]) -> None:
        self._holding = holding
        while self._list.count():
            item = self._list.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for path in holding:
            self._list.addWidget(PlainLabel(title_of(path), px=12, colour="text2"))
        self._scroll.setVisible(bool(holding))
        self._scroll.setFixedHeight(min(_LIST, self._inner.sizeHint().height() + 4))
        self.rewrite_button.setVisible(bool(holding))
        self.rewrite_button.setEnabled(bool(holding))
        self.words.setText(
            self.tr("{0} still hold this person:").format(plural(len(holding), "backup"))
            if len(holding) > 1
            else self.tr("1 backup still holds this person:")
            if holding
            else self.tr("No backup holds this person.")
        )


def _said(done: Erased) -> str:
    parts = [tr("{0} became “[erased]”.").format(plural(done.mentions, "mention"))]
    if done.left:
        parts.append(
            tr("{0} may mean somebody else and stayed.").format(plural(done.left, "mention"))
        )
    if done.traces:
        parts.append(
            tr("The file still holds their name in {0}.").format(plural(done.traces, "place"))
        )
    elif done.left:
        parts.append(tr("Nothing else in the file names them."))
    else:
        parts.append(tr("No byte of the book holds their name or e-mail any more."))
    if done.thrown_away:
        parts.append(tr("An import that waited and named them was thrown away."))
    return " ".join(parts)
