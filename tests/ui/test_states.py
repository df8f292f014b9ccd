"""Pages with little, much or odd in them: why they are empty, what is found, hidden and refused."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTabBar

from csplanner.book.history_details import FieldChange, RowChange
from csplanner.domain.account import Account, AccountId
from csplanner.domain.person import Side
from csplanner.domain.promise import Promise
from csplanner.ui import veil
from csplanner.ui.book.bulk_forms import BulkForm
from csplanner.ui.book.columns import Col
from csplanner.ui.book.table import BookTable
from csplanner.ui.history.rows import row_title, veiled_words
from csplanner.ui.shown_page import page_widget
from csplanner.ui.today.strip import RenewalStrip
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Inspector
from csplanner.ui.words import isolated
from tests.lending import lent

LONG = "The Very Long Name Of An International Holding " * 4
ARABIC = "شركة الخليج للتجارة"


@pytest.fixture(autouse=True)
def lifted() -> Iterator[None]:
    """The veil is off before and after."""
    yield
    veil.veil().turn(on=False)


@pytest.fixture
def opened(qtbot, frame, small_book):
    """The window on the small book, with a promise and names that are hard to show."""
    small_book.promises.add(
        Promise("", AccountId("a1"), "Send the secret roadmap", Side.OURS, made_on=date(2026, 3, 2))
    )
    for key, name in (("long", LONG), ("arabic", ARABIC)):
        small_book.accounts.add(Account(AccountId(key), name, sector="Energy"))
    assert frame.open_book(lent(small_book))
    settle(qtbot, frame)
    return frame


def settle(qtbot, frame) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(lambda: frame.session is None or frame.session.idle)
    QApplication.processEvents()


def show(qtbot, frame, key: str, argument: object = None):
    frame.show_place(key, argument)
    settle(qtbot, frame)
    return page_widget(frame, key)


def words(page) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_what_a_chart_shows_is_found_and_a_wrong_view_text_stays(qtbot, opened):
    show(qtbot, opened, "today")
    opened.commands.run("go.find")
    bar = opened.find_bar
    qtbot.keyClicks(bar.field, "merrow")
    assert bar.said.text() == "1 of 1"
    assert isinstance(bar.current.widget, RenewalStrip)
    bar.leave()
    palette = opened.palette_overlay
    palette.open("book: health < 50")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert palette.field.text() == "book: health < 50"
    palette.field.setText("book: tier is unknown | group sector | sort arr")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    settle(qtbot, opened)
    assert not palette.isVisible()
    assert opened.current_page().key == "book"
    palette.open("#")
    settle(qtbot, opened)
    assert "No account has a tag yet" in palette.list.choice().text


def test_what_you_wrote_is_hidden_and_not_typed_over_unseen(qtbot, opened):
    page = show(qtbot, opened, "account", "a1")
    assert "secret roadmap" in words(page)
    opened.commands.run("view.veil")
    settle(qtbot, opened)
    assert "secret roadmap" not in words(page)
    table = show(qtbot, opened, "book").findChild(BookTable)
    table.go_to(1, Col.ARR)
    table.editing.begin()
    assert not table.editing.is_open
    assert "hidden now" in table.editing.note
    table.go_to(1, Col.SECTOR)
    fields = (FieldChange("What", "", "Secret"), FieldChange("Due", "", "2 Mar"))
    row = RowChange("added", "promise", "Secret", "a1", "Tidewater", fields)
    assert row_title(row) == "Tidewater · •••"
    assert veiled_words(fields[0], row.table).endswith("•••")
    assert veil.sentence("Credit 6,240 dollars") == "Credit •••"
    assert veil.sentence("Undo: add the task Call, about it") == "Undo: add the task •••"
    assert veil.sentence("Done: Secret. Tidewater. Edit") == "Done: •••. Tidewater. Edit"


def test_an_empty_part_says_why_and_offers_ways_on(qtbot, opened):
    page = show(qtbot, opened, "account", "nobody")
    assert "not in the book" in words(page)
    ways = [b for b in page.findChildren(QPushButton) if b.isVisible() and b.accessibleName()]
    assert [b.accessibleName() for b in ways] == ["Choose another", "Add one account"]
    qtbot.mouseClick(ways[0], Qt.MouseButton.LeftButton)
    assert opened.current_page().key == "book"
    page = show(qtbot, opened, "account", "long")
    tabs = page.findChild(QTabBar)
    tabs.choose("timeline")
    assert "Nothing happened yet that the book knows of." in words(page)
    assert not any("Clear the filters" in label.text() for label in page.findChildren(QLabel)
                   if label.isVisible())  # fmt: skip


def test_a_book_of_which_nothing_is_known_does_not_say_that_all_is_answered(qtbot, frame, book):
    book.accounts.add(Account(AccountId("a1"), "Solo Works"))
    assert frame.open_book(lent(book))
    settle(qtbot, frame)
    page = show(qtbot, frame, "today")
    assert "Nothing calls for you yet" in words(page)
    assert "Every signal is answered" not in words(page)


def test_figures_are_whole_beside_any_name_and_names_keep_their_direction(qtbot, opened):
    for key in ("long", "a1", "arabic"):
        head = show(qtbot, opened, "account", key).head
        box = head._figure_box
        assert box.width() >= box.sizeHint().width(), key
        assert box.mapTo(head, box.rect().topRight()).x() <= head.width(), key
    assert isolated("Merrow") == "Merrow"
    assert isolated(ARABIC) == f"\u2068{ARABIC}\u2069"


def test_long_words_never_push_a_panel_over_its_edge(qtbot, themes):
    panel = Inspector("Tidewater")
    qtbot.addWidget(panel)
    panel.add_section("Why it ranks first", "86 of 100").addWidget(PlainLabel(LONG))
    panel.resize(320, 400)
    panel.show()
    inner = panel.findChild(PlainLabel).parentWidget()
    assert inner.width() <= 320


def test_the_keyboard_goes_to_the_topmost_field_with_a_fault(qtbot, actions, small_book):
    actions.log_touch()
    form = actions.form
    fields = {edit.accessibleName(): edit for edit in form.findChildren(QLineEdit)}
    fields["Topic"].setText("Kept as typed")
    fields["Day"].setText("31/02/2026")
    fields["Account"].setText("Nobody at all")
    form.save()
    assert form.focusWidget() is fields["Account"]
    assert fields["Topic"].text() == "Kept as typed"
    assert "February has no 31st day" in words(form)
    assert "No account is called “Nobody at all”" in words(form)


def test_a_change_of_many_says_at_the_field_what_is_missing(qtbot, opened):
    table = show(qtbot, opened, "book").findChild(BookTable)
    for line in (1, 2):
        table.go_to(line)
        opened.commands.run("cell.tick")
        settle(qtbot, opened)
    for verb, sentence in (
        ("many.tier", "Choose a tier: h, m, l or d."),
        ("many.criticality", "Choose a value first."),
    ):
        assert opened.commands.run(verb)
        settle(qtbot, opened)
        form = opened.findChildren(BulkForm)[-1]
        before = form.preview
        form.save()
        assert sentence in words(form)
        assert "2 accounts" in form.preview == before
        assert isinstance(form.focusWidget(), QPushButton)
        form.done(0)
        settle(qtbot, opened)
