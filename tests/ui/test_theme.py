"""The theme is chosen, followed and switched without a restart, and set in one place alone."""

import os
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPropertyAnimation, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTreeView, QVBoxLayout, QWidget

from csplanner.paint.tokens import theme
from csplanner.ui.account.lists import RecordTable
from csplanner.ui.look import colour_of, palette_of, theme_of
from csplanner.ui.motion import slide_in
from csplanner.ui.scale import SMALLEST, ask_for_scale, smallest_size
from csplanner.ui.theme import ThemeController
from csplanner.ui.widgets.labels import PlainLabel

UI = Path(__file__).resolve().parents[2] / "csplanner" / "ui"


def test_widgets_wear_the_chosen_theme_at_once(qtbot, themes: ThemeController) -> None:
    label = PlainLabel("Renews 30 Jun", colour="text2")
    qtbot.addWidget(label)
    assert label.palette().color(label.foregroundRole()) == theme("light").colour("text2")
    with qtbot.waitSignal(themes.changed):
        themes.toggle()
    assert theme_of(label).name == "dark"
    assert label.palette().color(label.foregroundRole()) == theme("dark").colour("text2")


def test_a_light_slide_can_sit_in_a_dark_window(qtbot, themes: ThemeController) -> None:
    themes.choose("dark")
    window = QWidget()
    qtbot.addWidget(window)
    slide = QWidget(window)
    slide.setPalette(palette_of(theme("light")))
    inner = QWidget(slide)
    assert theme_of(window).name == "dark"
    assert theme_of(inner).name == "light"
    assert colour_of(inner, "surface") == theme("light").colour("surface")


def test_an_unknown_choice_is_refused(themes: ThemeController) -> None:
    with pytest.raises(ValueError, match="sepia"):
        themes.choose("sepia")
    assert themes.choice == "light"


def test_the_system_theme_is_light_where_the_system_does_not_say(themes: ThemeController) -> None:
    themes.choose("system")
    assert themes.theme.name == "light"


def test_tables_show_selected_rows_in_their_own_tint(qtbot, themes: ThemeController) -> None:
    view = QTreeView()
    qtbot.addWidget(view)
    view.show()
    light = theme("light")
    chosen = view.palette().color(QPalette.ColorRole.Highlight)
    assert chosen == light.colour("selected-row")
    assert view.palette().color(QPalette.ColorRole.HighlightedText) == light.colour("text")


def test_no_style_sheet_slows_every_widget_down() -> None:
    users = [
        path.name
        for path in UI.rglob("*.py")
        if re.search(r"\.setStyleSheet\(", path.read_text(encoding="utf-8"))
    ]
    assert users == []


def focus_pixels(window: QWidget, name: str = "light") -> int:
    image = window.grab().toImage()
    ring = theme(name).colour("focus")
    return sum(
        image.pixelColor(x, y) == ring for x in range(image.width()) for y in range(image.height())
    )


@pytest.fixture
def form(qtbot, themes: ThemeController) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(QLineEdit(window))
    column.addWidget(QPushButton("Snooze", window))
    window.setFocus()
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    return window


def test_a_ring_shows_what_has_the_keyboard(qtbot, form: QWidget) -> None:
    field, button = form.findChild(QLineEdit), form.findChild(QPushButton)
    assert field is not None
    assert button is not None
    none = focus_pixels(form)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    around_field = focus_pixels(form)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    around_button = focus_pixels(form)
    assert none == 0
    assert around_field > 200
    assert around_button > 200


def test_the_ring_follows_and_outlives_what_it_is_around(qtbot, form: QWidget) -> None:
    button = form.findChild(QPushButton)
    assert button is not None
    button.setFocus(Qt.FocusReason.TabFocusReason)
    button.resize(button.width() - 40, button.height())
    assert focus_pixels(form) > 100
    button.hide()
    QApplication.processEvents()
    button.deleteLater()
    QApplication.sendPostedEvents()
    form.resize(300, 200)


def test_high_contrast_is_chosen_apart_from_light_and_dark(qtbot, themes: ThemeController) -> None:
    themes.choose("dark")
    themes.choose_contrast("high")
    assert themes.theme.name == "dark-contrast"
    themes.toggle()
    assert themes.theme.name == "light-contrast"
    themes.choose_contrast("system")
    assert themes.theme.name == "light"
    with pytest.raises(ValueError, match="glaring"):
        themes.choose_contrast("glaring")


def test_the_ring_is_wider_in_high_contrast(qtbot, themes, form: QWidget) -> None:
    button = form.findChild(QPushButton)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    usual = focus_pixels(form)
    themes.choose_contrast("high")
    form.setFocus()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert focus_pixels(form, "light-contrast") > 1.3 * usual
    themes.choose_contrast("system")


def test_rows_are_as_high_as_asked_at_once(qtbot, themes: ThemeController) -> None:
    rows = RecordTable(("What",), 0, name="Cases")
    qtbot.addWidget(rows)
    heights = []
    for choice in ("compact", "normal", "roomy"):
        themes.choose_rows(choice)
        heights.append(rows.verticalHeader().defaultSectionSize())
    themes.choose_rows("normal")
    assert heights == [26, 30, 38]


def test_nothing_moves_for_those_who_ask_for_less(qtbot, themes: ThemeController) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    panel = QWidget(window)
    panel.move(40, 40)
    themes.choose_motion("none")
    slide_in(panel, QPoint(0, 16))
    assert not panel.findChildren(QPropertyAnimation)
    themes.choose_motion("full")
    slide_in(panel, QPoint(0, 16))
    moves = panel.findChildren(QPropertyAnimation)
    assert [move.loopCount() for move in moves] == [1]
    assert moves[0].duration() <= 120
    qtbot.waitUntil(lambda: panel.pos() == QPoint(40, 40))
    themes.choose_motion("system")


@pytest.mark.parametrize(
    ("outside", "percent", "factor"),
    [(None, 150, "1.5"), (None, 100, None), ("2", 125, "2.5"), ("much", 200, "2")],
)
def test_the_size_is_asked_of_qt_before_it_starts(monkeypatch, outside, percent, factor) -> None:
    monkeypatch.delenv("QT_SCALE_FACTOR", raising=False)
    if outside:
        monkeypatch.setenv("QT_SCALE_FACTOR", outside)
    ask_for_scale(percent)
    assert os.environ.get("QT_SCALE_FACTOR") == factor


def test_a_window_is_no_larger_than_its_screen(qtbot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    screen = window.screen().availableSize()
    assert smallest_size(window) == SMALLEST.boundedTo(screen)


_SAFE_TIPS = ("tooltip_of(", ".toolTip()", "<qt>")
"""What a tooltip may be given: a text made safe, or that of another widget."""


def test_no_tooltip_guesses_markup_in_what_a_book_holds() -> None:
    guessing = [
        f"{path.name}: {line.strip()}"
        for path in UI.rglob("*.py")
        for line in path.read_text(encoding="utf-8").splitlines()
        if ".setToolTip(" in line and not any(safe in line for safe in _SAFE_TIPS)
    ]
    assert guessing == []
