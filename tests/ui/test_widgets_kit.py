"""Every part drawn on one page, in both themes; set CSPLANNER_SHOTS to a folder to look at it."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QScrollBar,
    QSpinBox,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from csplanner.paint.bars import Points, draw_coverage, draw_influence, draw_points, draw_touch_bar
from csplanner.paint.sparks import Spark, draw_spark
from csplanner.paint.tokens import theme
from csplanner.ui.look import theme_of
from csplanner.ui.theme import ThemeController
from csplanner.ui.widgets.buttons import Button, IconButton, Segmented
from csplanner.ui.widgets.chips import Chip, FilterChip, MarkWidget, TierChip
from csplanner.ui.widgets.dialogs import confirmation
from csplanner.ui.widgets.fields import Field
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.menus import Menu
from csplanner.ui.widgets.panes import Ground
from csplanner.ui.widgets.tabs import Tabs


class Cells(QWidget):
    """The small drawings of table cells."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look = theme_of(self)
            seats = ["in_touch", "quiet", "nobody", "in_touch", "quiet"]
            draw_coverage(painter, QRectF(0, 4, 62, 10), seats=seats, theme=look)
            rising = [56, 58, 57, 60, 62, 64, 66, 67, 69, 70, 72, 74, 76]
            falling = [None, None, None, 66, 67, 64, 62, 60, 58, 55, 50, 46, 41]
            ended = [60, 62, 61, 60, 61, 60, 59, 58, 57, None, None, None, None]
            for place, (values, band) in enumerate(
                ((rising, "good"), (falling, "risk"), (ended, "none"))
            ):
                spark = Spark(values, band)
                draw_spark(painter, QRectF(110 + place * 90, 0, 68, 22), spark=spark, theme=look)
            for level in range(1, 5):
                box = QRectF(380 + level * 32, 2, 20, 12)
                draw_influence(painter, box, level=level, theme=look)
            for place, days in enumerate((2, 9, 41, None)):
                box = QRectF(place * 70, 32, 44, 12)
                draw_touch_bar(painter, box, days=days, cadence=28, theme=look)
            parts = [Points(14), Points(24, "tier-m"), Points(16), Points(10, "tier-m"), Points(12)]
            draw_points(painter, QRectF(0, 62, 400, 18), parts=parts, theme=look)


def buttons(parent: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    off = Button("Disabled", parent)
    off.setEnabled(False)
    for each in (
        Button("Apply 6 moves", parent, kind="primary"),
        Button("Snooze", parent),
        Button("Dismiss…", parent, kind="quiet"),
        Button("Delete account…", parent, kind="danger"),
        Button("Open inspection", parent, kind="link"),
        off,
        Button("Log a touch", parent, icon="plus"),
        IconButton("undo-2", "Undo", parent),
    ):
        row.addWidget(each)
    row.addStretch(1)
    return row


def controls(parent: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    on, part = QCheckBox(parent), QCheckBox("Partly", parent)
    on.setChecked(True)
    part.setTristate(True)
    part.setCheckState(part.checkState().PartiallyChecked)
    radio = QRadioButton("Every quarter", parent)
    radio.setChecked(True)
    segments = [("r", "Reporting"), ("i", "Influence"), ("c", "Coverage")]
    for each in (
        Button("Small", parent, small=True),
        Segmented(segments, parent, name="Layout"),
        FilterChip("Tier", "is High", parent),
        on,
        QCheckBox("Empty", parent),
        part,
        radio,
    ):
        row.addWidget(each)
    row.addStretch(1)
    return row


def fields(parent: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    good = Field("Account", QLineEdit("Tidewater Health Network"), parent)
    wrong = Field("Renewal", QLineEdit("31/02/2026"), parent)
    wrong.show_error("February has no 31st day. Type 28/02/2026 or pick a date.")
    choice = QComboBox(parent)
    choice.addItems(["Adopting", "Established"])
    number = QSpinBox(parent)
    number.setValue(26)
    for each in (good, wrong, Field("Stage", choice, parent), Field("Hours", number, parent)):
        column.addWidget(each)
    return column


def marks(parent: QWidget) -> QGridLayout:
    grid = QGridLayout()
    for row, band in enumerate(("good", "watch", "risk", "none")):
        grid.addWidget(PlainLabel(band, colour="text2"), row, 0)
        column = 1
        for form in ("filled", "hollow"):
            for size in (20, 18, 16, 14, 12):
                grid.addWidget(MarkWidget(band, parent, form=form, size=size), row, column)
                column += 1
    grid.setColumnStretch(column, 1)
    return grid


def chips(parent: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for tier in "HMLD":
        row.addWidget(TierChip(tier, parent))
    row.addWidget(TierChip("H", parent, form="letter"))
    row.addWidget(TierChip("M", parent, form="outline"))
    for text, kind in (
        ("Adopting", "plain"),
        ("Weights v6", "outline"),
        ("Better than it looks", "good"),
        ("Yeah, but…", "watch"),
        ("At risk", "risk"),
        ("Draft v7", "accent"),
        ("Ctrl Z", "key"),
    ):
        row.addWidget(Chip(text, parent, kind=kind))
    row.addStretch(1)
    return row


def table(parent: QWidget) -> QTreeWidget:
    view = QTreeWidget(parent)
    view.setColumnCount(3)
    view.setHeaderLabels(["Account", "Tier", "Renewal"])
    view.setSortingEnabled(True)
    for name in ("Tidewater Health Network", "Merrow Telecom", "Corvane Bank"):
        view.addTopLevelItem(QTreeWidgetItem([name, "High", "30 Jun"]))
    view.setCurrentItem(view.topLevelItem(1))
    view.setFixedHeight(120)
    return view


def test_a_row_of_tabs_too_narrow_for_them_stays_one_stop_of_the_keyboard(qtbot):
    tabs = Tabs("Account")
    qtbot.addWidget(tabs)
    for place in range(20):
        tabs.add(str(place), f"A long title {place}")
    tabs.resize(120, 40)
    tabs.show()
    arrows = [arrow for arrow in tabs.findChildren(QToolButton) if arrow.isVisible()]
    assert len(arrows) == 2
    assert all(arrow.focusPolicy() == Qt.FocusPolicy.NoFocus for arrow in arrows)


@pytest.fixture
def kit(qtbot, themes: ThemeController) -> QWidget:
    page = Ground("surface")
    page.resize(860, 900)
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.setSpacing(12)
    column.addLayout(buttons(page))
    column.addLayout(controls(page))
    column.addLayout(fields(page))
    column.addLayout(marks(page))
    column.addLayout(chips(page))
    cells = Cells(page)
    cells.setFixedHeight(90)
    column.addWidget(cells)
    tabs = Tabs("Account", page)
    for key, name, count in (("o", "Overview", None), ("m", "Relationship map", 9)):
        tabs.add(key, name, count)
    column.addWidget(tabs)
    column.addWidget(table(page))
    bar = QScrollBar(page)
    bar.setRange(0, 100)
    bar.setPageStep(30)
    bar.setFixedHeight(80)
    column.addWidget(bar)
    page.show()
    return page


def keep(picture: QWidget, name: str) -> None:
    """Save a picture when a person asked to look at it."""
    folder = os.environ.get("CSPLANNER_SHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        picture.grab().save(str(Path(folder) / f"{name}.png"))


@pytest.mark.parametrize("name", ["light", "dark", "light-contrast", "dark-contrast"])
def test_every_part_is_drawn_in_its_theme(
    qtbot, kit: QWidget, themes: ThemeController, name: str
) -> None:
    plain, _, strong = name.partition("-")
    themes.choose(plain)
    themes.choose_contrast("high" if strong else "normal")
    look = theme(name)
    image = kit.grab().toImage()
    keep(kit, f"kit-{name}")
    seen = {
        image.pixel(x, y) & 0xFFFFFF
        for x in range(0, image.width(), 2)
        for y in range(image.height())
    }
    expected = ("surface", "accent", "good", "watch", "risk", "tier-h", "tier-d", "good-tint")
    themes.choose_contrast("system")
    assert [token for token in expected if look.colour(token).rgb() & 0xFFFFFF not in seen] == []


def test_menus_and_dialogs_are_drawn(qtbot, kit: QWidget, themes: ThemeController) -> None:
    menu = Menu(kit, "Account")
    qtbot.addWidget(menu)
    for words in ("Open\tReturn", "Log a touch…\tCtrl+L", "Set tier…\tCtrl+T"):
        menu.addAction(words)
    menu.addSeparator()
    menu.addAction("Delete…\tDel")
    menu.setActiveAction(menu.actions()[0])
    dialog = confirmation(
        kit,
        "Undo the import of 3 March?",
        sentence="24 values go back to what they were. The 6 edits you made since then stay.",
        verb="Undo import",
        keep="Keep import",
    )
    qtbot.addWidget(dialog)
    for name in ("light", "dark"):
        themes.choose(name)
        keep(menu, f"menu-{name}")
        keep(dialog, f"dialog-{name}")
        raised = theme(name).colour("raised")
        image = menu.grab().toImage()
        assert image.pixelColor(image.width() - 12, image.height() // 2) == raised
