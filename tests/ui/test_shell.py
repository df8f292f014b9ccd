"""The frame: pages, history, keys, panes, palette, status, whatever the book."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from csplanner.paint.tokens import theme
from csplanner.ui.commands import Command, CommandRegistry, key_words
from csplanner.ui.main_window import MainWindow
from csplanner.ui.shell.history import History
from csplanner.ui.shell.hits import Hit
from csplanner.ui.shell.nav import NavRow
from csplanner.ui.shell.page import PageWidget
from csplanner.ui.shell.pane_cycle import first_reachable
from csplanner.ui.shell.shortcut_sheet import shortcut_sheet
from csplanner.ui.shell.state import PLACES, Pinned, SavedView, ShellState
from csplanner.ui.widgets.panes import Inspector


class Screen(PageWidget):
    """A page that remembers what it was asked."""

    def __init__(self, key: str, title: str, *, inspected: bool = True) -> None:
        self.key, self.title = key, title
        super().__init__()
        self.opened: list[object] = []
        self.field = QLineEdit(self)
        self.field.setAccessibleName("Find here")
        QVBoxLayout(self).addWidget(self.field)
        self._inspector = Inspector(title) if inspected else None

    def open(self, argument: object) -> None:
        self.opened.append(argument)

    def inspector(self) -> QWidget | None:
        return self._inspector


STATE = ShellState(
    book_name="Maren’s book",
    book_file="oduya-2026.csbook",
    saved_text="Saved 10:42",
    snapshot_text="Snapshot 2 days old, 10 Mar",
    snapshot_days=2,
    undo_text="set next step, Merrow Telecom",
    totals_text="41 accounts · $4.82M ARR",
    places=tuple(replace(place, count=9) for place in PLACES),
    views=(SavedView("Blind spots", 4, "blind"),),
    pinned=(Pinned("Merrow Telecom", "risk", "acc-1", key="book"),),
)


@pytest.fixture
def shown(window: MainWindow) -> MainWindow:
    """A window with two pages and a state."""
    window.add_page(Screen("today", "Today"))
    window.add_page(Screen("book", "Book", inspected=False))
    window.show_state(STATE)
    window.show_place("today")
    return window


def row_names(window: MainWindow) -> list[str]:
    rows = window.sidebar.findChildren(NavRow)
    return [row.accessibleName() for row in rows if row.isVisibleTo(window)]


def row(window: MainWindow, name: str) -> NavRow:
    rows = window.sidebar.findChildren(NavRow)
    return next(each for each in rows if each.accessibleName().startswith(name))


def screen(window: MainWindow, key: str) -> Screen:
    page = window.page(key)
    assert isinstance(page, Screen)
    return page


def test_only_registered_pages_appear_in_the_sidebar(shown: MainWindow) -> None:
    names = row_names(shown)
    assert names == ["Today, 9", "Book, 9", "Blind spots, 4", "Merrow Telecom, health at risk"]


def test_choosing_a_row_shows_its_page_with_its_argument(shown: MainWindow, qtbot) -> None:
    with qtbot.waitSignal(shown.navigate) as seen:
        qtbot.mouseClick(row(shown, "Blind spots"), Qt.MouseButton.LeftButton)
    assert seen.args == ["book", "blind"]
    assert screen(shown, "book").opened == ["blind"]
    assert row(shown, "Book").isChecked()
    assert not row(shown, "Today").isChecked()


def test_back_and_forward_follow_where_you_have_been(shown: MainWindow) -> None:
    shown.show_place("book", "blind")
    assert shown.commands.run("go.back")
    assert shown.current_page() is shown.page("today")
    assert not shown.commands.run("go.back")
    assert shown.commands.run("go.forward")
    assert screen(shown, "book").opened == ["blind", "blind"]
    shown.forget_history()
    assert not shown.can_go(-1)


def test_an_unknown_place_changes_nothing(shown: MainWindow) -> None:
    shown.show_place("nowhere")
    assert shown.current_page() is shown.page("today")


def test_history_drops_what_lay_ahead_of_a_new_visit() -> None:
    history = History()
    for visit in (("a", None), ("b", None), ("b", None), ("c", None)):
        history.visit(visit)
    history.go(-1)
    history.visit(("d", None))
    assert [key for key, _ in history.visits] == ["a", "b", "d"]
    with pytest.raises(IndexError):
        history.go(1)


def test_keys_go_to_places_panes_and_back(shown: MainWindow, qtbot) -> None:
    shown.activateWindow()
    qtbot.keyClick(shown, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shown.current_page() is shown.page("book")
    qtbot.keyClick(shown, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown.current_page() is shown.page("today")
    assert shown.content.inspector_shown()
    qtbot.keyClick(shown, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    assert not shown.content.inspector_shown()
    qtbot.keyClick(shown, Qt.Key.Key_Backslash, Qt.KeyboardModifier.ControlModifier)
    assert shown.sidebar.width() == 48
    qtbot.keyClick(shown, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert shown.focusWidget() is shown.find_bar.field


def test_the_theme_key_changes_the_theme(shown: MainWindow, qtbot) -> None:
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(shown, Qt.Key.Key_D, both)
    assert shown.themes.theme.name == "dark"


def test_f6_goes_round_the_panes(shown: MainWindow) -> None:
    parts = []
    for _ in range(3):
        shown.cycle_panes(1)
        focused = shown.focusWidget()
        assert focused is not None
        parts.append(
            next(
                name
                for name in ("sidebar", "header", "content")
                if getattr(shown, name).isAncestorOf(focused)
            )
        )
    assert sorted(parts) == ["content", "header", "sidebar"]


def test_the_sidebar_is_one_tab_stop_with_arrows_inside(shown: MainWindow, qtbot) -> None:
    today, book = row(shown, "Today"), row(shown, "Book")
    assert today.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert book.focusPolicy() == Qt.FocusPolicy.ClickFocus
    today.setFocus()
    qtbot.keyClick(today, Qt.Key.Key_Down)
    assert shown.focusWidget() is book
    qtbot.keyClick(book, Qt.Key.Key_Return)
    assert shown.current_page() is shown.page("book")


def test_a_narrow_window_shrinks_the_sidebar_and_lays_the_inspector_over(
    shown: MainWindow,
) -> None:
    wide = shown.content.stack.width()
    shown.resize(1270, 800)
    assert shown.sidebar.width() == 208
    assert shown.content.stack.width() == shown.content.width()
    assert not shown.content.inspector_shown()
    shown.toggle_inspector()
    assert shown.content.inspector_shown()
    shown.resize(1100, 720)
    assert shown.sidebar.width() == 48
    assert "Blind spots, 4" not in row_names(shown)
    assert "Today" in row(shown, "Today").toolTip()
    shown.resize(1440, 900)
    assert shown.content.stack.width() == wide


def test_the_status_bar_says_how_old_and_how_safe_things_are(shown: MainWindow) -> None:
    assert STATE.snapshot_colour() == "text2"
    assert replace(STATE, snapshot_days=15).snapshot_colour() == "watch-ink"
    assert replace(STATE, snapshot_days=31).snapshot_colour() == "risk-ink"
    shown.show_state(replace(STATE, saved_text="Not saved: the disk is full.", save_failed=True))
    failed = theme("light").colour("risk-ink")
    labels = [each for each in shown.status.children() if hasattr(each, "text")]
    alarm = next(each for each in labels if each.text().startswith("Not saved"))
    assert alarm.palette().color(alarm.foregroundRole()) == failed


def test_a_toast_is_repeated_in_the_status_bar_and_can_be_taken_back(
    shown: MainWindow, qtbot
) -> None:
    shown.say("Moved Delphine Cosmetics to medium touch")
    assert shown.toast.isVisible()
    assert shown.status.note() == "Moved Delphine Cosmetics to medium touch"
    undo = next(
        each for each in shown.toast.findChildren(QPushButton) if each.accessibleName() == "Undo"
    )
    with qtbot.waitSignal(shown.undo_asked):
        undo.click()
    assert not shown.toast.isVisible()


def test_buttons_of_commands_nobody_registered_stay_away(shown: MainWindow) -> None:
    names = {
        each.accessibleName()
        for each in shown.header.findChildren(QPushButton)
        if each.isVisibleTo(shown)
    }
    assert not names & {"Log a touch", "Undo", "Redo"}
    ran: list[str] = []
    shown.commands.add(
        Command("touch.log", "Log a touch…", lambda: ran.append("touch"), shortcut="Ctrl+L"),
        Command("edit.undo", "Undo", lambda: ran.append("undo"), menu="Edit", icon="undo-2"),
    )
    shown.show_state(STATE)
    button = next(
        each
        for each in shown.header.findChildren(QPushButton)
        if each.accessibleName() == "Log a touch"
    )
    button.click()
    assert ran == ["touch"]
    assert shown.commands.action("edit.undo").text() == "Undo set next step, Merrow Telecom"


def test_everything_that_takes_the_keyboard_has_a_name(shown: MainWindow) -> None:
    shown.palette_overlay.open()
    nameless = []
    for widget in shown.findChildren(QWidget):
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or not widget.isVisible():
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name):
            nameless.append(widget)
    assert nameless == []


# Commands


def test_commands_are_found_by_words_and_keywords(window: MainWindow) -> None:
    registry = CommandRegistry(window)
    registry.add(
        Command("a", "Set tier…", lambda: None, keywords="pyramid touch"),
        Command("b", "Touch log", lambda: None),
        Command("c", "Hidden touch", lambda: None, enabled=lambda: False),
    )
    assert [each.id for each in registry.matching("touch")] == ["b", "a"]
    assert [each.id for each in registry.matching("tier set")] == ["a"]
    assert registry.matching("nothing") == []
    registry.remove("a")
    assert registry.get("a") is None


def test_a_command_that_cannot_run_does_not(window: MainWindow) -> None:
    ran: list[int] = []
    registry = CommandRegistry(window)
    allowed = [False]
    registry.add(Command("a", "Go", lambda: ran.append(1), enabled=lambda: allowed[0]))
    assert not registry.run("a")
    assert not registry.action("a").isEnabled()
    allowed[0] = True
    registry.refresh()
    registry.action("a").trigger()
    assert ran == [1]
    assert not registry.run("unknown")


def test_shortcuts_read_as_people_say_them() -> None:
    assert key_words("Ctrl+Shift+I") == "Ctrl Shift I"
    assert key_words("G, M") == "G then M"
    assert key_words("") == ""


def test_every_command_is_in_a_menu(shown: MainWindow, qtbot) -> None:
    qtbot.waitUntil(lambda: len(shown.menuBar().actions()) >= 3)
    listed = [
        each.objectName()
        for top in shown.menuBar().actions()
        for each in top.menu().actions()
        if not each.isSeparator()
    ]
    assert sorted(command.id for command in shown.commands.all()) == sorted(listed)


def test_alt_alone_shows_and_hides_the_menu_bar(shown: MainWindow, qtbot) -> None:
    assert not shown.menuBar().isVisible()
    qtbot.keyClick(shown, Qt.Key.Key_Alt)
    assert shown.menuBar().isVisible()
    qtbot.keyClick(shown, Qt.Key.Key_Alt)
    assert not shown.menuBar().isVisible()


def test_the_shortcut_sheet_lists_what_has_a_shortcut(shown: MainWindow, qtbot) -> None:
    sheet = shortcut_sheet(shown.commands, shown)
    qtbot.addWidget(sheet)
    texts = {each.text() for each in sheet.findChildren(QWidget) if hasattr(each, "text")}
    assert {"Back", "Go to Today", "Find anything…"} <= texts
    assert {"On a relationship map", "Go to the lines of a card", "Move the chosen cards"} <= texts


# Palette


def test_the_palette_finds_and_runs(shown: MainWindow, qtbot) -> None:
    opened: list[str] = []

    def accounts(text: str) -> list[Hit]:
        if "tide" not in text:
            return []
        log = Hit("Log a touch with Tidewater…", lambda: opened.append("touch"), group="Do")
        return [
            Hit(
                "Tidewater Health Network",
                lambda: opened.append("account"),
                group="Accounts",
                band="good",
                detail="Health system",
                actions=lambda: [log],
            )
        ]

    shown.add_palette_source(accounts)
    palette = shown.palette_overlay
    qtbot.keyClick(shown, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert palette.isVisible()
    qtbot.keyClicks(palette.field, "tide")
    palette.search_now()
    choice = palette.list.choice()
    assert choice is not None
    assert choice.text == "Tidewater Health Network"
    spoken = palette.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Tidewater Health Network, Health system, health good"
    qtbot.keyClick(palette.field, Qt.Key.Key_Tab)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened == ["touch"]
    assert not palette.isVisible()


def test_an_angle_bracket_finds_commands_alone(shown: MainWindow, qtbot) -> None:
    asked: list[str] = []
    shown.add_palette_source(lambda text: asked.append(text) or [])  # type: ignore[func-returns-value]
    shown.palette_overlay.open("> back")
    assert asked == []
    shown.show_place("book")
    shown.palette_overlay.open("> back")
    choice = shown.palette_overlay.list.choice()
    assert choice is not None
    assert choice.keys == "Alt ←"
    qtbot.keyClick(shown.palette_overlay.field, Qt.Key.Key_Return)
    assert shown.current_page() is shown.page("today")


def test_the_palette_says_when_nothing_is_found_and_escape_closes_it(
    shown: MainWindow, qtbot
) -> None:
    field = first_reachable(screen(shown, "today"))
    assert field is not None
    field.setFocus()
    palette = shown.palette_overlay
    palette.open("zzz")
    assert palette.list.choice() is None
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert shown.focusWidget() is field


def test_arrows_pass_over_group_titles_and_go_round(shown: MainWindow, qtbot) -> None:
    hits = [Hit(name, lambda: None, group=name[0]) for name in ("a1", "a2", "b1")]
    shown.add_palette_source(lambda _text: hits)
    palette = shown.palette_overlay
    palette.open("zzz")
    seen = []
    for _ in range(4):
        choice = palette.list.choice()
        assert choice is not None
        seen.append(choice.text)
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert seen == ["a1", "a2", "b1", "a1"]
