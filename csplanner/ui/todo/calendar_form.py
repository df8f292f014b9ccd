"""The meetings of a calendar file, looked over before they are kept: one step to take back."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from csplanner.book.book import Book
from csplanner.crm.calendar import CalendarReview, Proposal, What, keep, review
from csplanner.domain.wording import count_text, list_text, one_line
from csplanner.errors import UserError
from csplanner.language import Spoken, noted, ntr, tr
from csplanner.ui.actions.account_field import AccountField
from csplanner.ui.actions.form import Form, Work
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.format import day as day_words
from csplanner.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

SUFFIX = ".ics"
_KEY = Qt.ItemDataRole.UserRole
_GROUPS = (
    (What.UNMATCHED, noted("Of no account yet: choose one, or leave them out")),
    (What.TOUCH, noted("Were held: become touches")),
    (What.TASK, noted("Lie ahead: become tasks")),
    (What.MOVED, noted("Were moved: their tasks follow")),
    (What.CANCELLED, noted("Were cancelled: their tasks go")),
)
_BECOMES = Spoken({
    What.TOUCH: noted("a touch"), What.TASK: noted("a task"), What.MOVED: noted("a moved task"),
    What.CANCELLED: noted("no task"), What.UNMATCHED: noted("left out"),
    What.NOTHING: noted("as it is"),
})  # fmt: skip
_WIDTH, _LEAST, _HEIGHT = 900, 520, 340
_COLUMN = 170
_MEETING, _ACCOUNT, _PEOPLE, _BECOME, _WHEN = range(5)


class CalendarForm(Form):
    """Lists what meetings would become; Space ticks, an account may be said of the unmatched."""

    def __init__(
        self, session: BookSession, parent: QWidget | None = None, *, found: CalendarReview
    ) -> None:
        super().__init__(
            session, parent, title=tr("Meetings in {0}").format(one_line(found.file)),
            sentence=_left_out(found), verb=tr("Keep the meetings"),
        )  # fmt: skip
        self._found = found
        self._accounts: dict[str, str] = {}
        self._proposals = {p.key: p for p in found.proposals}
        self.tree = QTreeWidget()
        self._lay_out(parent)
        self._fill()
        self.tree.currentItemChanged.connect(lambda *_: self._show_current())
        self.tree.itemChanged.connect(lambda *_: self._count())
        self._count()
        self._show_current()
        self.begin_at(self.tree)

    def _lay_out(self, parent: QWidget | None) -> None:
        self.tree.setHeaderLabels(
            [tr("Meeting"), tr("Account"), tr("People"), tr("Becomes"), tr("When")]
        )
        self.tree.setAccessibleName(tr("Meetings"))
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setMinimumSize(_LEAST, _HEIGHT)
        over = parent.width() - 80 if parent is not None else _WIDTH
        self.setMinimumWidth(max(_LEAST + 32, min(_WIDTH, over)))
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(_MEETING, QHeaderView.ResizeMode.Stretch)
        self.body.addWidget(self.tree)
        self.account = AccountField(self.session.read)
        self.account_line = self.add(tr("The account of the meeting chosen (Alt A)"), self.account)
        self.account.named.connect(self._name)
        self.may_be = PlainLabel("", px=12, colour="text2")
        self.may_be.setWordWrap(True)
        self.body.addWidget(self.may_be)
        keys = QShortcut(QKeySequence("Alt+A"), self)
        keys.activated.connect(self.account.setFocus)

    def _fill(self) -> None:
        for what, title in _GROUPS:
            there = [p for p in self._found.proposals if p.what is what]
            if not there:
                continue
            head = QTreeWidgetItem([f"{tr(title)}  {len(there)}"])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.tree.addTopLevelItem(head)
            head.setFirstColumnSpanned(True)
            for proposal in there:
                self._add(head, proposal)
            head.setExpanded(True)
        for column in (_ACCOUNT, _PEOPLE, _BECOME, _WHEN):
            self.tree.resizeColumnToContents(column)
            self.tree.setColumnWidth(column, min(_COLUMN, self.tree.columnWidth(column) + 12))
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first.child(0) or first)

    def _add(self, head: QTreeWidgetItem, proposal: Proposal) -> None:
        meeting = proposal.meeting
        people = list_text([one_line(p) for p in proposal.people or proposal.strangers])
        when = f"{day_words(meeting.on, self.session.today)} {meeting.at}".strip()
        cells = [one_line(meeting.title), one_line(proposal.account), people,
                 _BECOMES[proposal.what], when]  # fmt: skip
        item = QTreeWidgetItem(head, cells)
        item.setData(_MEETING, _KEY, proposal.key)
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(
            _MEETING,
            Qt.CheckState.Checked if proposal.does_something else Qt.CheckState.Unchecked,
        )

    # The meeting chosen

    def _current(self) -> Proposal | None:
        item = self.tree.currentItem()
        return self._proposals.get(item.data(_MEETING, _KEY)) if item is not None else None

    def _show_current(self) -> None:
        """The account may be said of a meeting nobody knows the account of."""
        proposal = self._current()
        asks = proposal is not None and proposal.what is What.UNMATCHED
        self.account.setEnabled(asks)
        self.account_line.show_error("")
        said = self._accounts.get(proposal.key, "") if proposal is not None else ""
        if said:
            self.account.take(said)
        else:
            self.account.setText(proposal.account if proposal is not None and not asks else "")
        names = []
        if proposal is not None and asks:
            names = [self.session.read.accounts.get(a).name for a in proposal.may_be]
        said_words = tr("People of several accounts were there: {0}.").format(list_text(names))
        self.may_be.setText(said_words if names else "")
        self.may_be.setVisible(bool(names))

    def _name(self, account_id: str) -> None:
        item, proposal = self.tree.currentItem(), self._current()
        if item is None or proposal is None or proposal.what is not What.UNMATCHED:
            return
        self._accounts[proposal.key] = account_id
        item.setText(_ACCOUNT, self.session.read.accounts.get(account_id).name)
        becomes = What.TOUCH if proposal.is_over else What.TASK
        item.setText(_BECOME, _BECOMES[becomes])
        item.setCheckState(_MEETING, Qt.CheckState.Checked)

    def ticked(self) -> list[str]:
        """The keys of the meetings ticked."""
        heads = [self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount())]
        items = [head.child(n) for head in heads if head for n in range(head.childCount())]
        return [
            str(item.data(_MEETING, _KEY))
            for item in items
            if item is not None and item.checkState(_MEETING) is Qt.CheckState.Checked
        ]

    def _count(self) -> None:
        count = len(self.ticked())
        words = ntr("Keep {0} meeting", "Keep {0} meetings", count)
        self.save_button.set_text(words if count else tr("Close"))

    # Saving

    def collect(self) -> Work | None:
        ticked = self.ticked()
        if not ticked:
            self.reject()
            return None
        for key in ticked:
            if self._proposals[key].what is What.UNMATCHED and key not in self._accounts:
                title = one_line(self._proposals[key].meeting.title)
                self.fault(
                    self.account_line,
                    tr("Say of which account “{0}” is, or untick it.").format(title),
                )
        return partial(
            keep_meetings, found=self._found, chosen=ticked, accounts=dict(self._accounts)
        )


def keep_meetings(
    book: Book, *, found: CalendarReview, chosen: list[str], accounts: Mapping[str, str]
) -> str:
    """Keep meetings in one step and return the line to say."""
    kept = keep(book, found, chosen=chosen, accounts=accounts)
    parts = [
        count_text(kept.touches, "touch", "touches") if kept.touches else "",
        count_text(kept.tasks, "task") if kept.tasks else "",
        tr("{0} moved").format(kept.moved) if kept.moved else "",
        tr("{0} removed").format(kept.removed) if kept.removed else "",
    ]
    return tr("Read from the calendar: {0}").format(list_text([p for p in parts if p]))


def choose_calendar(window: "BookWindow") -> None:
    """Ask for a calendar file and show what its meetings would become."""
    name, _ = QFileDialog.getOpenFileName(
        window, tr("Read meetings from a calendar file"), str(Path.home()),
        tr("Calendar files (*{0})").format(SUFFIX),
    )  # fmt: skip
    if name:
        read_calendar_file(window, Path(name))


def read_calendar_file(window: "BookWindow", path: Path) -> None:
    """Read a calendar file beside the window and show what its meetings would become."""
    session, actions = window.session, window.verbs
    if session is None or actions is None or not actions.may_write():
        return
    verbs = actions

    def show(found: CalendarReview) -> None:
        if any(p.what is not What.NOTHING for p in found.proposals):
            verbs.open_form(lambda parent: CalendarForm(session, parent, found=found))
        elif found.proposals:
            verbs.say(tr("Every meeting of the file is in the book as it is."), undo=False)
        else:
            words = tr("{0} has no meeting with anybody from outside in these months.")
            verbs.say(words.format(one_line(found.file)), undo=False)

    def refused(error: UserError) -> None:
        verbs.refuse(str(error))

    verbs.say(tr("Reading {0}…").format(one_line(path.name)), undo=False)
    session.ask(window, partial(_review, path=path), show, about="calendar", failed=refused)


def _review(book: Book, *, path: Path) -> CalendarReview:
    return review(book, path)


def _left_out(found: CalendarReview) -> str:
    """What of the file is not listed, as a sentence or two."""
    nothing = found.counts.get(What.NOTHING, 0)
    parts = [
        tr("{0} with nobody from outside left out.").format(count_text(found.inside, "meeting"))
        if found.inside else "",
        tr("{0} in the book as they are.").format(count_text(nothing, "meeting"))
        if nothing else "",
        tr("{0} could not be read.").format(count_text(found.unreadable, "event"))
        if found.unreadable else "",
        tr("Unknown time zones, taken as local: {0}.").format(list_text(list(found.zones[:5])))
        if found.zones else "",
    ]  # fmt: skip
    return " ".join(part for part in parts if part)
