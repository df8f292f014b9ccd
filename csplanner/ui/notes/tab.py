"""The notes of an account: a list, and beside it the note to write or read, kept as one types."""

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from csplanner.book.book import Book, Changed
from csplanner.domain.note import Note
from csplanner.language import noted, tr
from csplanner.ui import veil
from csplanner.ui.account.forms import AccountForms
from csplanner.ui.actions import Actions
from csplanner.ui.actions.typed import day_shown
from csplanner.ui.notes.editor import NoteEditor, line_under, spot_of, words_chosen
from csplanner.ui.notes.keeping import Draft, keep_draft
from csplanner.ui.notes.list import NoteList
from csplanner.ui.notes.reader import NoteReader
from csplanner.ui.notes.rows import note_rows
from csplanner.ui.session import BookSession
from csplanner.ui.todo.reading import day_in_words
from csplanner.ui.todo.verbs import TaskVerbs
from csplanner.ui.widgets.buttons import Button, Segmented
from csplanner.ui.widgets.empty import EmptyState, Way, draw_dashed_rows
from csplanner.ui.widgets.fields import SearchField
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.menus import Menu
from csplanner.ui.widgets.panes import Ground

_PAUSE_MS = 1200
"""So long after a key the note is kept."""
_LIST_WIDTH, _SMALL_LIST, _NARROW = 300, 220, 980


class NotesTab(QWidget):
    """Shows and writes the notes of one account at a time; nothing typed waits for a button."""

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._actions = session, actions
        self._account_id = ""
        self._notes: tuple[Note, ...] = ()
        self._draft: Draft | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.keep)
        self.list = NoteList()
        self.search = SearchField(tr("Search the notes"))
        self.editor, self.reader = NoteEditor(), NoteReader()
        self.how = Segmented([("write", noted("Write")), ("read", noted("Read"))], name=tr("Note"))
        self.state = PlainLabel("", px=12, colour="text3")
        self._lay_out()
        self._connect()

    # Building

    def _lay_out(self) -> None:
        left = Ground("window", lines="r")
        left.setFixedWidth(_LIST_WIDTH)
        self._left = left
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 8, 1, 0)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 8, 0)
        head.addWidget(self.search, 1)
        self.add_button = Button(tr("New"), icon="plus", small=True)
        self.add_button.setAccessibleName(tr("Write a note…"))
        head.addWidget(self.add_button)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.editor)
        self._stack.addWidget(self.reader)
        self._stack.addWidget(self._nothing())
        right = QWidget()
        below = QVBoxLayout(right)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        below.addWidget(self._tools())
        below.addWidget(self._stack, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(right, 1)
        self.setFocusProxy(self.list)

    def _tools(self) -> QWidget:
        tools = Ground("surface", lines="b")
        row = QHBoxLayout(tools)
        row.setContentsMargins(16, 6, 12, 6)
        row.setSpacing(6)
        self.pin_button = Button(tr("Pin"), icon="pin", kind="quiet", small=True)
        self.task_button = Button(tr("Make it a task…"), icon="list-checks", small=True)
        self.promise_button = Button(tr("Make it a promise…"), icon="handshake", small=True)
        self.remove_button = Button(tr("Remove"), icon="trash-2", kind="quiet", small=True)
        row.addWidget(self.how)
        row.addWidget(self.state)
        row.addStretch(1)
        for button in (
            self.task_button, self.promise_button, self.pin_button, self.remove_button,
        ):  # fmt: skip
            row.addWidget(button)
        self._toolbar = tools
        return tools

    def _nothing(self) -> EmptyState:
        way = Way(
            tr("Write a note"), tr("In plain words or Markdown. It is kept as you type."),
            self.new_note, "sticky-note",
        )  # fmt: skip
        sentence = tr("What you hear between the figures belongs here, and stays in your book.")
        return EmptyState(tr("No note yet"), sentence, ways=(way,), drawing=draw_dashed_rows)

    def _connect(self) -> None:
        self.editor.textChanged.connect(self._typed)
        self.editor.refused.connect(self._actions.refuse)
        self.search.textChanged.connect(lambda _text: self._show_list())
        self.list.chosen.connect(self._choose)
        self.list.entered.connect(self.write)
        self.list.removed.connect(self.remove)
        self.how.chosen.connect(lambda _key: self._show_note())
        self.add_button.clicked.connect(self.new_note)
        self.pin_button.clicked.connect(self.pin)
        self.remove_button.clicked.connect(self.remove)
        self.task_button.clicked.connect(self.make_task)
        self.promise_button.clicked.connect(self.make_promise)
        for view in (self.editor, self.reader):
            view.menu_asked.connect(self._open_menu)
        self._session.closing.connect(self.keep)
        self._session.changed.connect(self._book_changed)
        veil.veil().changed.connect(self._show_all)

    # What is shown

    def show_account(self, account_id: str) -> None:
        """Show the notes of an account, those that changed included."""
        if account_id != self._account_id:
            self.keep()
            self._account_id, self._draft = account_id, None
            self.search.clear()
            self.how.choose("write")
        self.read_again()

    def read_again(self) -> None:
        """Show what the book holds now; what is being typed stays."""
        if not self._account_id:
            return
        self._notes = self._session.read.notes.of(self._account_id)
        draft = self._draft
        note = self._note()
        if draft is not None and draft.waiting:
            pass  # what is being kept is the newest there is
        elif draft is not None and not draft.is_new and note is None and not self._is_unkept():
            self._draft = None  # taken away meanwhile, as by undo
        elif draft is not None and note is not None and not self._is_unkept():
            draft.text = draft.base = note.text
            if note.text != self.editor.toPlainText().strip():
                self._fill(note.text)
        self._show_list()
        if self._draft is None:
            rows = self.list.rows()
            self._choose(rows[0].note.id if rows else "")
        self._show_note()

    def _note(self) -> Note | None:
        """The note shown as the book holds it; None while it was never kept."""
        wanted = self._draft.note_id if self._draft is not None else ""
        return next((note for note in self._notes if note.id == wanted), None)

    def _book_changed(self, _changed: Changed) -> None:
        self.read_again()

    def _show_all(self, _veiled: bool = False) -> None:
        self._show_list()
        self._show_note()

    def _show_list(self) -> None:
        rows = note_rows(self._notes, self._session.today, self.search.text())
        self.list.show_rows(rows, self._draft.note_id if self._draft is not None else "")

    def _show_note(self) -> None:
        """Show the note to write, as it reads, or that there is none."""
        has_note = self._draft is not None
        note = self._note()
        self._toolbar.setVisible(has_note)
        can_write = self._actions.can_write
        self.editor.setReadOnly(not can_write)
        for button in (self.pin_button, self.remove_button):
            button.setEnabled(can_write and note is not None)
        self.pin_button.set_text(tr("Unpin") if note and note.pinned else tr("Pin"))
        hidden = veil.is_on()
        if self.how.key == "read" or hidden:
            self.reader.show_text(self.editor.toPlainText())
        at = 1 if self.how.key == "read" or hidden else 0
        self._stack.setCurrentIndex(at if has_note else 2)
        self._say_state()

    def _say_state(self) -> None:
        if self._draft is None or not self.editor.toPlainText().strip():
            self.state.setText("")
        else:
            self.state.setText(tr("Not kept yet") if self._is_unkept() else tr("Kept"))

    def _fill(self, text: str) -> None:
        blocked = self.editor.blockSignals(True)
        cursor = self.editor.textCursor()
        at = cursor.position()
        self.editor.setPlainText(text)
        cursor.setPosition(min(at, len(self.editor.toPlainText())))
        self.editor.setTextCursor(cursor)
        self.editor.blockSignals(blocked)

    def _choose(self, note_id: str) -> None:
        if self._draft is not None and note_id == self._draft.note_id:
            return
        self.keep()
        note = next((n for n in self._notes if n.id == note_id), None)
        self._draft = Draft.of(note) if note is not None else None
        self._fill(note.text if note is not None else "")
        self._show_note()

    # Writing

    def new_note(self) -> None:
        """Begin a note; it is in the book with its first words."""
        if not self._actions.may_write() or not self._account_id:
            return
        self.keep()
        self._draft = Draft(self._account_id, self._session.today).begun()
        self._fill("")
        self.search.clear()
        self._show_list()
        self.write()

    def write(self) -> None:
        """Give the note the keyboard."""
        self.how.choose("write")
        self._show_note()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        self._say_state()
        self._timer.start()

    def _is_unkept(self) -> bool:
        draft = self._draft
        return draft is not None and self.editor.toPlainText().strip() != draft.text.strip()

    def keep(self) -> None:
        """Keep what was typed since it was kept last; the book is asked only when there is any."""
        self._timer.stop()
        draft, text = self._draft, self.editor.toPlainText()
        if draft is None or not self._is_unkept() or not self._actions.can_write:
            return
        draft.text = text.strip()
        draft.waiting += 1

        def work(book: Book) -> int | None:
            return keep_draft(book, draft, text)

        def kept(step: int | None) -> None:
            draft.change_id, draft.is_new = step, False
            draft.waiting -= 1
            if draft.parted:
                draft.parted = False
                self.read_again()
                words = tr("Another window wrote in this note too. Yours is kept beside it.")
                self._actions.say(words)
            self._say_state()

        def refused(sentence: str) -> None:
            # It is not in the book, and will be tried again.
            draft.text = "\0"
            draft.waiting -= 1
            self._actions.refuse(sentence)
            self._say_state()

        self._session.write(work, kept, failed=refused)

    def pin(self) -> None:
        """Keep the note above the others, or no longer."""
        self.keep()
        note = self._note()
        if note is not None:
            pinned = not note.pinned
            self._session.write(lambda book: book.notes.pin(note.id, pinned=pinned))

    def remove(self) -> None:
        """Take the note away; undo brings it back."""
        note = self._note()
        if note is None or not self._actions.may_write():
            return
        self._timer.stop()
        self._draft = None
        self._actions.write(lambda book: _remove(book, note.id))

    # Out of a note

    def words(self) -> str:
        """The words chosen in the note, or the line the cursor stands in."""
        view = self.reader if self._stack.currentWidget() is self.reader else self.editor
        return line_under(view)

    def has_words(self) -> bool:
        """Whether a note is shown whose words can become something."""
        return self.isVisible() and self._draft is not None and bool(self.words())

    def make_task(self) -> None:
        """Open a task of the words chosen, with the day they name."""
        self._make_task(self.words())

    def make_promise(self) -> None:
        """Open a promise of the words chosen, with the day they name."""
        self._make_promise(self.words())

    def _make_task(self, words: str) -> None:
        self.keep()
        due = day_in_words(words, self._session.today)
        TaskVerbs(self._actions).add(self._account_id, words, due)

    def _make_promise(self, words: str) -> None:
        self.keep()
        AccountForms(self._actions).promise(self._account_id)
        form = self._actions.form
        due = day_in_words(words, self._session.today)
        for name, text in (("what", words), ("due", day_shown(due))):
            field = getattr(form, name, None)
            if field is not None:
                field.field.setText(text)

    def _open_menu(self, chosen: str, at: QPoint) -> None:
        view = self.reader if self._stack.currentWidget() is self.reader else self.editor
        menu = view.createStandardContextMenu()
        words = words_chosen(chosen) or self.words()
        own = Menu(self, tr("Note"))
        own.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, run in (
            (tr("Make it a task…"), self._make_task),
            (tr("Make it a promise…"), self._make_promise),
        ):  # fmt: skip
            action = own.addAction(text)
            action.setEnabled(bool(words) and self._actions.can_write)
            action.triggered.connect(lambda _on=False, run=run: run(words))
        own.addSeparator()
        menu.setParent(own)
        for action in menu.actions():
            own.addAction(action)
        own.popup(at)

    def open_menu(self) -> None:
        """Open the menu of the note at the cursor."""
        self._open_menu(self.editor.textCursor().selectedText(), spot_of(self.editor))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the list gives way, and two verbs are said in a word."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self._left.setFixedWidth(_SMALL_LIST if narrow else _LIST_WIDTH)
        for button, short, words in (
            (self.task_button, tr("Task…"), tr("Make it a task…")),
            (self.promise_button, tr("Promise…"), tr("Make it a promise…")),
        ):
            button.set_text(short if narrow else words)
            button.setAccessibleName(words)

    def hideEvent(self, event: QHideEvent) -> None:
        self.keep()
        super().hideEvent(event)


def _remove(book: Book, note_id: str) -> str:
    note = book.notes.get(note_id)
    name = book.accounts.get(note.account_id).name
    book.notes.remove(note_id, label=f"Remove a note, {name}")
    return tr("Removed a note of {0}").format(name)
