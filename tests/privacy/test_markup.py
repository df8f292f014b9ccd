"""A book of nothing but markup: no picture it names is opened, and all is shown as it is stored."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QMenu,
    QTextEdit,
    QWidget,
)

from csplanner.book.book import Book
from csplanner.book.export import export_book
from csplanner.qbr.export import export_qbr
from csplanner.settings import AppSettings
from csplanner.ui.book_window import BookWindow
from csplanner.ui.shell.banner import Notice
from csplanner.ui.shell.shortcut_sheet import shortcut_sheet
from csplanner.ui.widgets.dialogs import message

_PLACES = ("today", "book", "account", "pyramid", "qbr", "import", "history", "settings")
_TABS = ("overview", "score", "people", "touches", "plan", "deals")
might_be_rich = QtGui.Qt.mightBeRichText
_ROWS, _COLUMNS = 12, 12


class Look:
    """Looks at all a window holds as Qt would show it."""

    def __init__(self, poison: str) -> None:
        self.poison = poison
        self.seen = 0
        """Texts and tooltips that held the poison whole."""
        self._tips: dict[str, str] = {}
        self.taken: list[str] = []
        """What Qt would take for markup, or what was made readable twice over."""

    def at(self, root: QWidget) -> None:
        """Look at a widget and all within it, and have its tooltips drawn."""
        root.grab()
        for widget in (root, *root.findChildren(QWidget)):
            self._tip(widget.toolTip(), widget)
            self._tip(widget.whatsThis(), widget)
            self._text(widget)

    def _text(self, widget: QWidget) -> None:
        if isinstance(widget, QLabel):
            text = widget.text()
            rich = Qt.TextFormat.RichText, Qt.TextFormat.MarkdownText
            guessed = widget.textFormat() is Qt.TextFormat.AutoText and might_be_rich(text)
            self._shown(text, widget, markup=widget.textFormat() in rich or guessed)
        elif isinstance(widget, QTextEdit):
            self._shown(widget.toPlainText(), widget, markup=widget.acceptRichText())
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            self._rows(widget, widget.model())
        elif isinstance(widget, QMenu) and widget.toolTipsVisible():
            for action in widget.actions():
                self._tip(action.toolTip(), widget)

    def _rows(self, view: QAbstractItemView, model: QAbstractItemModel) -> None:
        is_list = isinstance(model, QAbstractListModel)
        columns = 1 if is_list else min(model.columnCount(QModelIndex()), _COLUMNS)
        for row in range(min(model.rowCount(QModelIndex()), _ROWS)):
            for column in range(columns):
                index = model.index(row, column)
                self._tip(model.data(index, Qt.ItemDataRole.ToolTipRole) or "", view)
                self._shown(model.data(index, Qt.ItemDataRole.DisplayRole), view, markup=False)

    def _tip(self, tip: str, widget: QWidget) -> None:
        if tip not in self._tips:
            self._tips[tip] = self._drawn(tip, widget)
        self._shown(self._tips[tip], widget, markup=False)

    def _drawn(self, tip: str, widget: QWidget) -> str:
        """What a tooltip shows; many widgets have the same, and each is drawn once."""
        if "canary" in tip:
            QLabel(tip).grab()  # what Qt shows a tooltip in
        if not might_be_rich(tip):
            return tip
        document = QTextDocument()
        document.setHtml(tip)
        document.size()  # what it names is loaded now
        text = document.toPlainText()
        if "canary" in tip and "<img src=" not in text:
            self.taken.append(f"tooltip of {type(widget).__name__}: {tip}")
        return text

    def _shown(self, text: object, widget: QWidget, *, markup: bool) -> None:
        if not isinstance(text, str) or "canary" not in text:
            return
        if markup or "&lt;img" in text or "&amp;lt;" in text:
            self.taken.append(f"{type(widget).__name__}: {text}")
        self.seen += self.poison in text


@pytest.fixture
def look(poison: str) -> Look:
    return Look(poison)


@pytest.fixture
def settle(qtbot) -> Callable[[BookWindow], None]:
    def wait(window: BookWindow) -> None:
        QApplication.processEvents()
        qtbot.waitUntil(lambda: window.session is None or window.session.idle, timeout=60_000)
        QApplication.processEvents()

    return wait


@pytest.fixture
def opened(qtbot, themes, today, poisoned, settle):
    made = BookWindow(themes, AppSettings(), today=today)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    made.start_with(poisoned)
    settle(made)
    yield made
    if made.verbs is not None and made.verbs.form is not None:
        made.verbs.form.done(0)
    made.close()


def test_the_watch_sees_a_picture_that_a_text_brings_in(qtbot, poison, opens):
    label = QLabel(poison)
    qtbot.addWidget(label)
    label.grab()
    assert opens() > 0


def test_no_page_takes_what_a_book_holds_for_markup(opened, look, opens, settle):
    account = opened.session.read.accounts.all()[0].id
    for place in _PLACES:
        opened.show_place(place, account if place in ("account", "qbr") else None)
        settle(opened)
        before = look.seen
        look.at(opened)
        # A snapshot about to be read and what is kept of backups show nothing of the book.
        assert look.seen > before or place in ("import", "settings"), place
    for tab in _TABS:
        opened.show_place("account", (account, tab))
        settle(opened)
        look.at(opened)
    assert look.taken == []
    assert look.seen > 300
    assert opens() == 0


def test_no_form_or_dialog_takes_what_a_book_holds_for_markup(opened, look, opens, settle):
    session, verbs = opened.session, opened.verbs
    person = next(p for p in session.read.people.all() if p.side == "theirs")
    account = person.account_id
    file = session.read.accounts.file(account)
    forms = [
        partial(ask, account)
        for ask in (
            verbs.log_touch, verbs.set_pulse, verbs.explain_gap, verbs.set_tier, verbs.assess,
            verbs.edit_account, verbs.edit_renewal, verbs.set_next_step, verbs.add_person,
            verbs.add_objective, verbs.delete_account,
        )
    ]  # fmt: skip
    forms += [verbs.add_account, verbs.review_doubles, verbs.show_archived]
    forms.append(partial(verbs.edit_person, person.id, account))
    forms.append(partial(verbs.person_data.erase, person.id))
    forms += [partial(verbs.edit_touch, t.id, account) for t in file.touches[:1]]
    forms += [partial(verbs.edit_objective, o.id, account) for o in file.objectives[:1]]
    verbs.write(partial(archived, account=session.read.accounts.all()[-1].id))
    settle(opened)
    shown = 0
    for ask in forms:
        ask()
        settle(opened)
        if verbs.form is None:
            continue
        shown += 1
        look.at(verbs.form)
        verbs.form.done(0)
        settle(opened)
    assert shown > len(forms) - 3
    assert look.taken == []
    assert look.seen > 10
    assert opens() == 0


def archived(book: Book, *, account: str) -> str:
    name = book.accounts.get(account).name
    book.accounts.archive(account)
    return f"{name} is archived"


def test_what_the_window_says_is_shown_as_it_is(opened, look, opens, settle, poison):
    opened.say(poison)
    opened.banners.show_notice(Notice("test", poison, icon="timer"))
    opened.status.show_note(poison)
    opened.open_palette("img")
    QApplication.processEvents()
    look.at(opened)
    opened.palette_overlay.close_palette()
    for dialog in (
        message(opened, poison, sentence=poison, details=poison),
        shortcut_sheet(opened.commands, opened),
    ):
        dialog.open()
        look.at(dialog)
        dialog.done(0)
    for menu in opened.findChildren(QMenu):
        look.at(menu)
    assert look.taken == []
    assert look.seen >= 5
    assert opens() == 0


def test_a_snapshot_of_markup_is_read_as_it_stands(opened, look, opens, settle, poison, tmp_path):
    cell = poison.replace('"', '""')
    heads = f'Account ID,Account Name,Sector,"{cell}"\n'
    rows = "".join(f'{number},"{cell} {number}","{cell}","{cell}"\n' for number in range(4))
    snapshot = tmp_path / "accounts.csv"
    snapshot.write_text(heads + rows)
    opened.show_place("import", [snapshot])
    settle(opened)
    look.at(opened)
    assert look.taken == []
    assert look.seen > 1
    assert opens() == 0


def test_the_name_in_the_head_is_the_name_in_the_book(opened, settle, poison):
    opened.show_place("account", opened.session.read.accounts.all()[0].id)
    settle(opened)
    assert opened.page("account").page.head.name.text() == poison


def test_no_export_opens_what_a_book_names(poisoned: Path, tmp_path, today, opens):
    with Book.open(poisoned, today=today) as book:
        account = book.accounts.all()[0].id
        made = export_qbr(book, account, tmp_path / "qbr", today=today, workbook=True)
        for kind in ("csv", "json", "xlsx"):
            export_book(book, tmp_path / kind, kind)
    assert made.files
    assert opens() == 0
