"""The mouse and the keys on the map of a book: what is dragged is written, refused, and undone."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from csplanner.ui.map.page import MapTab
from csplanner.ui.motion import set_still

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture(autouse=True)
def still(qapp) -> Iterator[None]:
    """Cards are at their places at once, where the mouse looks for them."""
    set_still(qapp, still=True)
    yield
    set_still(qapp, still=False)


def spot_of(tab: MapTab, key: str) -> QPoint:
    return tab.view.canvas.mapFromScene(tab.view.scene.box(key).center())


def drag(tab: MapTab, start: QPoint, end: QPoint) -> None:
    port = tab.view.canvas.viewport()
    QTest.mousePress(port, LEFT, NONE, start)
    for step in range(1, 5):
        QTest.mouseMove(port, start + (end - start) * step / 4)
    QTest.mouseRelease(port, LEFT, NONE, end)


def test_what_is_dragged_is_written_or_refused_and_can_be_undone(page, settle, qtbot) -> None:
    page.open((page.current_account, "map"))
    settle()
    tab, session = page.map.tab, page.story_session
    canvas, scene = tab.view.canvas, tab.view.scene
    tab.view.fit()
    above, below = [card.key for card in tab.shown.placed() if card.person is not None][:2]
    assert tab.shown.by_key()[below].above is None

    drag(tab, spot_of(tab, below), spot_of(tab, above))
    settle()
    assert tab.shown.by_key()[below].above == above
    session.undo()
    settle()
    assert tab.shown.by_key()[below].above is None
    session.redo()
    settle()
    tab.view.fit()

    steps, home = session.read.can_undo, scene.box(above)
    drag(tab, spot_of(tab, above), spot_of(tab, below))
    settle()
    assert tab.view.said.label.text().startswith(f"{scene.name_of(above)} would report to ")
    assert scene.box(above) == home
    assert session.read.can_undo == steps

    before = scene.places.at[below]
    start = spot_of(tab, below)
    drag(tab, start, start + QPoint(-23, 97))
    settle()
    moved = scene.places.at[below]
    assert tab.shown.by_key()[below].at == moved != before
    QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    settle()
    assert scene.places.at[below] == (moved[0] + 4, moved[1])
    QTest.keyClick(canvas, Qt.Key.Key_U)
    settle()
    assert scene.places.at[below] == before
    QTest.keyClick(canvas, Qt.Key.Key_P)
    settle()
    assert below in {card.key for card in tab.shown.parking()}
