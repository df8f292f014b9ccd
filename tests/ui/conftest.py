"""Fixtures of the window's tests."""

import pytest
from PySide6.QtWidgets import QApplication

from csplanner.ui.main_window import MainWindow
from csplanner.ui.theme import ThemeController


@pytest.fixture(scope="session")
def _controller(qapp: QApplication) -> ThemeController:
    return ThemeController(qapp, "light")


@pytest.fixture
def themes(_controller: ThemeController) -> ThemeController:
    """The one controller of the application, light at the start of each test."""
    _controller.choose("light")
    return _controller


@pytest.fixture
def window(qtbot, themes: ThemeController) -> MainWindow:
    """A window without pages, shown at the size of the pictures."""
    made = MainWindow(themes)
    qtbot.addWidget(made)
    made.show()
    return made
