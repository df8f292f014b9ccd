"""The theme is chosen, followed and switched without a restart, and set in one place alone."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTreeView, QVBoxLayout, QWidget

from csplanner.paint.tokens import theme
from csplanner.ui.look import colour_of, palette_of, theme_of
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


def focus_pixels(window: QWidget) -> int:
    image = window.grab().toImage()
    ring = theme("light").colour("focus")
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
