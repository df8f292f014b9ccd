"""The parts of every screen: plain text, errors at the field, one filled verb, toasts that wait."""

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from csplanner.ui.theme import ThemeController
from csplanner.ui.widgets.buttons import Button, IconButton, Segmented
from csplanner.ui.widgets.chips import Chip, FilterChip, MarkWidget, TierChip
from csplanner.ui.widgets.dialogs import ask, choices, confirmation, message
from csplanner.ui.widgets.empty import EmptyState, Way
from csplanner.ui.widgets.fields import Field, SearchField
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel, set_plain_tooltip
from csplanner.ui.widgets.panes import Inspector, Pane
from csplanner.ui.widgets.popover import Popover, Toast
from csplanner.ui.widgets.progress import ProgressLine
from csplanner.ui.widgets.tabs import Tabs

POISON = '<img src="secret.png"><b>Acme</b>'
pytestmark = pytest.mark.usefixtures("themes")


@pytest.fixture
def ground(qtbot, themes: ThemeController) -> QWidget:
    """A shown window to put parts into."""
    window = QWidget()
    window.resize(900, 600)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    return window


def test_a_label_never_reads_text_as_markup(ground: QWidget) -> None:
    label = PlainLabel(POISON, ground)
    assert label.textFormat() == Qt.TextFormat.PlainText
    set_plain_tooltip(label, POISON)
    assert "<img" not in label.toolTip()
    assert "&lt;img" in label.toolTip()


def test_a_long_line_ends_in_an_ellipsis_and_is_whole_in_the_tooltip(
    qtbot, ground: QWidget
) -> None:
    label = ElidedLabel("Tidewater Health Network", ground)
    label.setGeometry(0, 0, 60, 20)
    label.show()
    label.grab()
    assert "Tidewater Health Network" in label.toolTip()
    label.setGeometry(0, 0, 400, 20)
    label.grab()
    assert label.toolTip() == ""


def test_wrapped_text_keeps_every_word_and_its_line_height(ground: QWidget) -> None:
    words = "Start from the list your CRM can already export. Everything stays in one file."
    label = PlainLabel(f"{words}\n\n{words}", ground)
    label.setWordWrap(True)
    lines = label._lines(200)
    assert " ".join(line for line in lines if line) == f"{words} {words}"
    assert "" in lines
    assert label.heightForWidth(200) == 18 * len(lines)
    label.setGeometry(0, 0, 200, 400)
    assert not label.grab().isNull()


def test_an_ampersand_in_a_name_is_not_a_mnemonic(ground: QWidget) -> None:
    button = Button("Open Ember & Oak", ground)
    assert button.text() == "Open Ember && Oak"
    assert button.accessibleName() == "Open Ember & Oak"
    assert button.shortcut().isEmpty()


def test_an_icon_button_is_large_enough_and_named(ground: QWidget) -> None:
    button = IconButton("plus", "Add a step", ground, keys="Ctrl N")
    assert min(button.sizeHint().width(), button.sizeHint().height()) >= 24
    assert button.accessibleName() == "Add a step"
    assert "Ctrl N" in button.toolTip()


def test_a_segmented_choice_is_one_tab_stop_with_arrows(qtbot, ground: QWidget) -> None:
    control = Segmented([("r", "Reporting"), ("i", "Influence"), ("c", "Coverage")], ground)
    control.show()
    seen: list[str] = []
    control.chosen.connect(seen.append)
    stops = [
        each
        for each in control.findChildren(QPushButton)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(stops) == 1
    stops[0].setFocus()
    qtbot.keyClick(stops[0], Qt.Key.Key_Right)
    qtbot.keyClick(control.focusWidget(), Qt.Key.Key_Left)
    qtbot.keyClick(control.focusWidget(), Qt.Key.Key_Left)
    assert seen == ["i", "r", "c"]
    assert control.key == "c"
    control.choose("c")
    assert len(seen) == 3


def test_a_filter_is_edited_or_taken_away(qtbot, ground: QWidget) -> None:
    chip = FilterChip("Tier", "is High", ground)
    chip.resize(chip.sizeHint())
    chip.show()
    assert chip.accessibleName() == "Tier is High"
    with qtbot.waitSignal(chip.edited):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    with qtbot.waitSignal(chip.removed):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 8, 10))
    with qtbot.waitSignal(chip.removed):
        qtbot.keyClick(chip, Qt.Key.Key_Delete)


def test_marks_and_chips_speak(ground: QWidget) -> None:
    mark = MarkWidget("good", ground)
    mark.show_band("risk", "hollow")
    assert mark.accessibleName() == "your judgement: at risk"
    assert TierChip("D", ground).accessibleName() == "Tier Digital"
    chip = Chip("Adopting", ground)
    before = chip.sizeHint().width()
    chip.show_text("Better than it looks", "good")
    assert chip.sizeHint().width() > before


def test_an_error_stands_at_the_field_and_keeps_what_was_typed(ground: QWidget) -> None:
    field = Field("Renewal", parent=ground)
    field.show()
    assert isinstance(field.field, QLineEdit)
    field.field.setText("31/02/2026")
    sentence = "February has no 31st day. Type 28/02/2026 or pick a date."
    field.show_error(sentence)
    assert field.error == sentence
    assert field.field.text() == "31/02/2026"
    assert field.field.accessibleDescription() == sentence
    assert field.field.accessibleName() == "Renewal"
    field.show_error("")
    assert field.field.accessibleDescription() == ""


def test_a_search_field_is_named_by_what_it_finds(ground: QWidget) -> None:
    assert SearchField("Filter accounts", ground).accessibleName() == "Filter accounts"


def test_an_inspector_is_filled_and_cleared(ground: QWidget) -> None:
    inspector = Inspector("Tidewater", ground)
    inspector.add_section("Why it is here", "3").addWidget(PlainLabel("Rosa Delgado left"))
    inspector.add_action(Button("Plan first meeting", kind="primary"))
    inspector.show()
    texts = {each.text() for each in inspector.findChildren(PlainLabel) if each.isVisible()}
    assert texts == {"Tidewater", "Why it is here", "3", "Rosa Delgado left"}
    inspector.clear()
    inspector.set_title("Merrow")
    texts = {each.text() for each in inspector.findChildren(PlainLabel) if each.isVisible()}
    assert texts == {"Merrow"}


def test_a_pane_shows_its_title_and_note(ground: QWidget) -> None:
    pane = Pane("Objectives", ground, note="agreed 29 Jan")
    pane.add_action(Button("Add"))
    pane.body.addWidget(PlainLabel("None yet"))
    pane.set_title("Objectives", "agreed 30 Jan")
    assert pane.accessibleName() == "Objectives"
    assert pane.sizeHint().height() > 38


def test_an_empty_page_offers_at_most_three_ways_on(ground: QWidget) -> None:
    taken: list[str] = []
    ways = [
        Way("Import a snapshot", "CSV or Excel.", lambda: taken.append("import"), "file-input"),
        Way("Add one account", "Type a name.", lambda: taken.append("add")),
    ]
    page = EmptyState("Your book is empty", "Start from a list.", ways=ways, parent=ground)
    page.findChildren(QPushButton)[0].click()
    assert taken == ["import"]
    with pytest.raises(ValueError, match="three"):
        EmptyState("Empty", "Start.", ways=ways * 2)


def test_a_toast_goes_after_a_while_but_waits_under_the_mouse(qtbot, ground: QWidget) -> None:
    toast = Toast(ground)
    toast.say("Moved Delphine Cosmetics to medium touch")
    assert toast.isVisible()
    assert toast.panel_rect().translated(toast.pos()).bottom() <= ground.height()
    words = toast.findChildren(PlainLabel)[0]
    assert words.width() >= words.fontMetrics().horizontalAdvance(toast.text)
    QApplication.sendEvent(toast, QEnterEvent(QPointF(5, 5), QPointF(5, 5), QPointF(5, 5)))
    assert not toast._timer.isActive()
    QApplication.sendEvent(toast, _leave())
    assert toast._timer.isActive()
    toast._timer.setInterval(1)
    toast._timer.start()
    qtbot.waitUntil(lambda: not toast.isVisible())


def _leave():
    from PySide6.QtCore import QEvent

    return QEvent(QEvent.Type.Leave)


def test_a_toast_with_the_keyboard_stays(qtbot, ground: QWidget) -> None:
    toast = Toast(ground)
    toast.say("Removed a step")
    toast.findChildren(QPushButton)[0].setFocus()
    toast._end()
    assert toast.isVisible()
    toast.say("Saved", undo=False)
    assert not toast.findChildren(QPushButton)[0].isVisible()


def test_a_toast_makes_room_for_an_inspector_that_comes_after_it(qtbot, ground: QWidget) -> None:
    side = QWidget(ground)
    side.setGeometry(600, 0, 300, 600)
    side.hide()
    toast = Toast(ground, clear_of=side)
    toast.say("Imported 41 accounts")
    assert toast.panel_rect().translated(toast.pos()).right() > 600
    side.show()
    assert toast.panel_rect().translated(toast.pos()).right() <= 600
    side.setGeometry(450, 0, 450, 600)
    assert toast.panel_rect().translated(toast.pos()).right() <= 450


def test_a_popover_stays_inside_and_gives_the_keyboard_back(qtbot, ground: QWidget) -> None:
    field = QLineEdit(ground)
    field.show()
    field.setFocus()
    popover = Popover(ground)
    inner = QLineEdit()
    popover.body.addWidget(inner)
    popover.open_at(QPoint(5000, 5000))
    panel = popover.panel_rect().translated(QPointF(popover.pos()))
    assert QRectF(ground.rect()).contains(panel)
    assert ground.focusWidget() is inner
    with qtbot.waitSignal(popover.closed):
        qtbot.keyClick(popover, Qt.Key.Key_Escape)
    assert ground.focusWidget() is field
    popover.open_at(QPoint(300, 300))
    with qtbot.waitSignal(popover.closed):
        QTest.mouseClick(ground, Qt.MouseButton.LeftButton, pos=QPoint(20, 300))
    assert not popover.isVisible()


def test_progress_shows_nothing_at_first_and_can_be_stopped(qtbot, ground: QWidget) -> None:
    line = ProgressLine(ground)
    line.begin("Reading accounts.csv")
    assert not line.isVisible()
    qtbot.waitUntil(line.isVisible, timeout=2000)
    line.step(50, 100, "Reading 50 of 100 rows")
    with qtbot.waitSignal(line.cancelled):
        line.findChildren(QPushButton)[0].click()
    line.end()
    assert not line.isVisible()


def test_the_safe_verb_has_the_keyboard(qtbot, ground: QWidget) -> None:
    dialog = confirmation(
        ground,
        "Undo the import of 3 March?",
        sentence="24 values go back to what they were.",
        verb="Undo import",
        keep="Keep import",
    )
    qtbot.addWidget(dialog)
    dialog.open()
    focused = dialog.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.accessibleName() == "Keep import"
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert dialog.choice == "keep"


def test_asking_returns_what_was_chosen(qtbot, ground: QWidget) -> None:
    from PySide6.QtCore import QTimer

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        buttons = dialog.findChildren(QPushButton)
        next(each for each in buttons if each.text() == "Delete book").click()

    QTimer.singleShot(0, press)
    assert ask(ground, "Delete the book?", sentence="Gone.", verb="Delete book", keep="Keep it")


def test_a_message_shows_details_as_plain_text(qtbot, ground: QWidget) -> None:
    dialog = message(ground, "The book is read-only.", sentence="Save a copy.", details=POISON)
    qtbot.addWidget(dialog)
    box = dialog.findChild(QPlainTextEdit)
    assert box is not None
    assert box.toPlainText() == POISON
    offered = choices(
        ground, "Not saved", sentence="The disk is full.", verbs=[("again", "Try again")]
    )
    qtbot.addWidget(offered)
    offered.findChildren(QPushButton)[0].click()
    assert offered.choice == "again"


def test_tabs_are_known_by_key_and_show_counts(qtbot, ground: QWidget) -> None:
    tabs = Tabs("Account", ground)
    seen: list[str] = []
    tabs.chosen.connect(seen.append)
    tabs.add("overview", "Overview")
    tabs.add("map", "Relationship map", 9)
    narrow = tabs.tabSizeHint(1).width()
    tabs.set_title("map", "Relationship map", 1200)
    assert tabs.tabSizeHint(1).width() > narrow
    assert tabs.key == "overview"
    tabs.choose("map")
    assert (tabs.key, seen) == ("map", ["map"])


def test_tabs_leave_out_their_counts_where_all_have_room_only_without(qtbot, ground) -> None:
    tabs = Tabs("Account", ground)
    for key, title, count in (("map", "Relationship map", 9), ("log", "Touch log", 1200)):
        tabs.add(key, title, count)
    whole = sum(tabs.tabSizeHint(at).width() for at in range(2))
    tabs.fit(whole)
    assert tabs.tabText(1) == "Touch log\t1200"
    tabs.fit(whole - 1)
    assert tabs.tabText(1) == "Touch log"
    assert tabs.accessibleTabName(1) == "Touch log 1200"
    assert tabs.fits(whole - 1)
    bare = sum(tabs.tabSizeHint(at).width() for at in range(2))
    tabs.fit(bare - 4)
    assert tabs.fits(bare - 4)
    tabs.fit(whole)
    assert tabs.tabText(1) == "Touch log\t1200"
