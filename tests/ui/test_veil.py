"""One key hides money, sentiment and notes from whoever looks on, and nothing from a copy."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLabel, QWidget

from csplanner.ui import veil
from csplanner.ui.shell.watching import show_messages
from csplanner.ui.widgets.chart_menu import ChartMenu, shown_chart
from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.labels import PlainLabel
from tests.lending import lent

MONEY = re.compile(r"[$€£¥]\s?\d|\d\s?[€£]")
SECRETS = ("Uneasy", "uneasy", "New COO", "gap 4")
ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
)


@pytest.fixture(autouse=True)
def lifted() -> Iterator[None]:
    """The veil is off before and after."""
    yield
    veil.veil().turn(on=False)


@pytest.fixture
def opened(qtbot, frame, small_book):
    """The window on the small book."""
    assert frame.open_book(lent(small_book))
    settle(qtbot, frame)
    return frame


def settle(qtbot, frame):
    QApplication.processEvents()
    qtbot.waitUntil(lambda: frame.session is None or frame.session.idle)
    QApplication.processEvents()


def told(page: QWidget) -> list[str]:
    """Everything a page shows or speaks: words, names, descriptions, tooltips, cells."""
    found: list[str] = []
    for widget in (page, *page.findChildren(QWidget)):
        if not widget.isVisibleTo(page.window()):
            continue
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QAbstractButton):
            found.append(widget.text())
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found += cells(widget.model())
    return [text for text in found if text]


def cells(model: QAbstractItemModel) -> list[str]:
    return [
        str(value)
        for row in range(min(model.rowCount(), 40))
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount())
        for role in ROLES
        if (value := model.index(row, column).data(role))
    ]


def leaks(window: QWidget) -> list[str]:
    return [
        text
        for text in told(window)
        if MONEY.search(text) or any(secret in text for secret in SECRETS)
    ]


@pytest.mark.parametrize("key", ["today", "book", "account", "pyramid", "settings"])
def test_nothing_hidden_is_shown_or_spoken_anywhere(qtbot, opened, key) -> None:
    argument = "a1" if key == "account" else None
    opened.show_place(key, argument)
    settle(qtbot, opened)
    shown_before = leaks(opened)
    assert shown_before or key in ("pyramid", "settings")
    opened.commands.run("view.veil")
    settle(qtbot, opened)
    assert leaks(opened) == []
    opened.grab()
    opened.commands.run("view.veil")
    settle(qtbot, opened)
    assert len(leaks(opened)) >= len(shown_before)


def test_a_chip_says_what_is_hidden_and_shows_it_again(qtbot, opened) -> None:
    chip = opened.status._veil
    assert not chip.isVisible()
    opened.commands.run("view.veil")
    assert chip.isVisible()
    assert chip.text() == "Hidden: money, sentiment, notes"
    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert not veil.is_on()
    assert not chip.isVisible()


def test_copies_are_whole_while_the_screen_is_veiled(qtbot, opened) -> None:
    opened.show_place("account", "a1")
    settle(qtbot, opened)
    opened.commands.run("view.veil")
    settle(qtbot, opened)
    chart = shown_chart(opened.current_page())
    assert chart is not None
    chart.copy_data()
    assert "25" in QGuiApplication.clipboard().text()
    assert opened.windowTitle().endswith("csplanner")


def test_words_that_stand_already_are_hidden_and_come_back(qtbot, opened) -> None:
    label = PlainLabel("Worth $412k, you are uneasy", opened)
    chip = Chip("€9k", opened)
    opened.commands.run("view.veil")
    assert (label.text(), chip.accessibleName()) == ("Worth •••, you are •••", "•••")
    opened.commands.run("view.veil")
    assert (label.text(), chip.accessibleName()) == ("Worth $412k, you are uneasy", "€9k")


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("$4.82M + €310k without a rate", "••• + ••• without a rate"),
        ("4,82 Mio. €", "•••"),
        ("CHF 12k of ARR", "••• of ARR"),
        ("You were uneasy, gap 41", "You were •••, gap •••"),
        ("NPS 40, QBR 12 days ago, 11.2 h", "NPS 40, QBR 12 days ago, 11.2 h"),
    ],
)
def test_amounts_and_feelings_are_hidden_within_sentences(said: str, hidden: str) -> None:
    assert veil.sentence(said) == said
    veil.veil().turn(on=True)
    assert veil.sentence(said) == hidden


def test_every_chart_can_be_copied_and_read_as_a_table(qtbot, opened) -> None:
    for key, argument in (("account", "a1"), ("today", None), ("pyramid", None)):
        opened.show_place(key, argument)
        settle(qtbot, opened)
        chart = shown_chart(opened.current_page())
        assert chart is not None, key
        assert opened.commands.run("chart.image")
        assert not QGuiApplication.clipboard().pixmap().isNull()
        chart.chart.setFocus()
        qtbot.keyClick(chart.chart, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().text().count("\t") >= 2
        assert opened.commands.run("chart.table")
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        assert dialog.findChild(QAbstractItemView).accessibleName() == chart.title
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert [a.text() for a in chart.menu().actions() if a.text()] == [
            "Copy as image", "Copy data", "Show as table",
        ]  # fmt: skip


def test_what_was_said_is_kept_and_reached_by_a_key(qtbot, opened) -> None:
    opened.messages._kept.clear()
    opened.say("Logged a call worth $412k", undo=True)
    opened.say("The backup failed", undo=False, failed=True)
    assert opened.commands.run("view.messages")
    assert opened.toast.isAncestorOf(opened.focusWidget())
    qtbot.keyClick(opened.focusWidget(), Qt.Key.Key_Escape)
    assert not opened.toast.isVisible()
    veil.veil().turn(on=True)
    show_messages(opened)
    listing = opened.focusWidget()
    assert isinstance(listing, QAbstractItemView)
    said = [listing.model().index(row, 0).data() for row in range(2)]
    assert said[0].endswith("The backup failed")
    assert said[1].endswith("Logged a call worth •••")
    assert "warning" in str(listing.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    qtbot.keyClick(listing, Qt.Key.Key_Escape)
    assert not listing.isVisible()
    assert QAccessible.queryAccessibleInterface(opened.status._messages) is not None
    assert isinstance(opened.findChild(ChartMenu), ChartMenu)
