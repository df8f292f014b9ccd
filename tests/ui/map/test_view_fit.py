"""How a map comes into sight: as large as there is room, clear of the tools, and who is folded."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csplanner.domain.map_foot import MORE
from csplanner.domain.map_model import Lens, LineKind, Ours, RelationMap
from csplanner.paint.map_card import Detail, detail_at
from csplanner.ui.map.view import MapView
from csplanner.ui.map.zooming import LEAST_ZOOM
from tests.map_making import made_map
from tests.map_tidewater import tidewater

LEFT = Qt.MouseButton.LeftButton


def with_strangers(count: int) -> RelationMap:
    """The map of the design's picture with more of us who know nobody there."""
    made = tidewater()
    more = tuple(Ours(f"p:stranger{n}", f"Stranger {n}") for n in range(count))
    return replace(made, ours=(*made.ours, *more))


@pytest.fixture
def view(qtbot, themes) -> MapView:
    """A view of the size it has beside the side panel in a window of 1440 × 900."""
    made = MapView()
    qtbot.addWidget(made)
    made.resize(897, 741)
    made.set_editable(True)
    made.show()
    made.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    return made


def press(view: MapView, key: Qt.Key) -> None:
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        QApplication.sendEvent(view.canvas, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


def is_clear(view: MapView) -> bool:
    """Whether no card lies below the tools."""
    covered = view.canvas.mapToScene(view.tools.geometry()).boundingRect()
    return not view.scene.board.within(covered)


def test_the_map_of_the_picture_opens_whole_and_about_as_large_as_it_is(view: MapView) -> None:
    view.show_map(tidewater(), Lens.REPORTING)
    assert view.canvas.zoom > 0.95
    assert view.canvas.shows_all()
    assert is_clear(view)
    assert view.legend.geometry().right() < view.zoom.geometry().left()
    assert view.legend.height() < 30


def test_a_map_that_grows_is_brought_into_sight_until_somebody_moved_it(view: MapView) -> None:
    view.show_map(replace(made_map(1, 3), map_id=""), Lens.REPORTING)
    grown = made_map(24, 3)
    view.show_map(grown, Lens.REPORTING)
    assert view.canvas.shows_all()
    view.zoom_by(1)
    zoom = view.canvas.zoom
    view.show_map(made_map(26, 3), Lens.REPORTING)
    assert view.canvas.zoom == zoom
    assert not view.canvas.shows_all()
    view.fit()
    assert view.canvas.shows_all()


def test_a_map_too_large_for_the_window_shows_its_top(view: MapView) -> None:
    view.show_map(made_map(2000, 3), Lens.REPORTING)
    view.fit()
    assert view.canvas.zoom == pytest.approx(LEAST_ZOOM)
    top = view.scene.board.first()
    seen = view.canvas.seen_part()
    assert seen.contains(view.scene.box(top))
    assert abs(seen.center().x() - view.scene.box(top).center().x()) < seen.width() / 4


def test_who_of_us_knows_nobody_is_folded_away_until_asked_for(view: MapView) -> None:
    view.show_map(with_strangers(3), Lens.REPORTING)
    scene = view.scene
    assert len(scene.places.folded) == 3
    assert "p:stranger0" not in scene.board.boxes
    lines = {scene.box(key).top() for key in scene.ours}
    assert len(lines) == 1
    assert scene.more_words() == "+3 more"
    QTest.mouseClick(
        view.canvas.viewport(), LEFT, pos=view.canvas.mapFromScene(scene.box(MORE).center())
    )
    assert {"p:stranger0", "p:stranger2"} <= set(scene.board.boxes)
    assert scene.more_words() == "Show fewer"
    assert not scene.selected


def test_who_is_folded_away_is_reached_by_keyboard_and_told(view: MapView) -> None:
    view.show_map(with_strangers(3), Lens.REPORTING)
    view.scene.choose([], current=MORE)
    assert "3 more of us" in view.scene.spoken()
    press(view, Qt.Key.Key_Return)
    assert "p:stranger1" in view.scene.board.boxes
    assert view.scene.current == MORE
    press(view, Qt.Key.Key_Return)
    assert "p:stranger1" not in view.scene.board.boxes
    view.select(["p:stranger1"])
    assert view.scene.selected == {"p:stranger1"}


def test_cards_glide_while_the_row_of_ours_changes(view: MapView) -> None:
    view.show_map(with_strangers(3), Lens.REPORTING)
    made = with_strangers(3)
    first = made.cards[0]
    moved = tuple(replace(c, at=(900, 900)) if c.key == first.key else c for c in made.cards)
    view.show_map(replace(made, cards=moved), Lens.REPORTING)
    assert MORE not in view.scene.offsets
    view.grab()


def test_a_card_dropped_on_one_of_us_asks_for_contact(view: MapView) -> None:
    view.show_map(tidewater(), Lens.REPORTING)
    asked: list[tuple[str, str, object]] = []
    view.line_asked.connect(lambda *told: asked.append(told))
    scene, canvas = view.scene, view.canvas
    key, ours = "p:kim", next(iter(scene.ours))
    port = canvas.viewport()
    start, end = (canvas.mapFromScene(scene.box(each).center()) for each in (key, ours))
    QTest.mousePress(port, LEFT, pos=start)
    for step in range(1, 5):
        QTest.mouseMove(port, start + (end - start) * step / 4)
    QTest.mouseRelease(port, LEFT, pos=QPoint(end))
    assert asked == [(ours, key, LineKind.TIE)]
    assert not scene.offsets


def test_a_click_on_one_of_us_chooses_them(view: MapView) -> None:
    view.show_map(tidewater(), Lens.REPORTING)
    ours = next(iter(view.scene.ours))
    spot = view.canvas.mapFromScene(view.scene.box(ours).center())
    QTest.mouseClick(view.canvas.viewport(), LEFT, pos=spot)
    assert view.scene.selected == {ours}
    assert view.scene.pending is None


def test_arrows_draw_no_line_to_who_is_folded_away(view: MapView) -> None:
    view.show_map(with_strangers(3), Lens.REPORTING)
    told: list[str] = []
    view.canvas.told.connect(told.append)
    view.begin_line(LineKind.INFLUENCES, "p:marcus")
    for _ in range(4):
        press(view, Qt.Key.Key_Down)
        press(view, Qt.Key.Key_Right)
    assert all("influences ." not in words for words in told)
    assert view.scene.target != MORE


def test_the_small_map_stays_away_while_most_of_a_map_is_in_sight(view: MapView) -> None:
    view.show_map(tidewater(), Lens.REPORTING)
    view.canvas.pan(QPoint(60, 0))
    assert not view.minimap.isVisible()
    view.canvas.zoom_to(2.0)
    assert view.minimap.isVisible()
    view.minimap.wanted.emit(view.scene.bounds().topLeft())
    seen, whole = view.canvas.seen_part(), view.scene.bounds()
    assert seen.left() > whole.left() - 2
    assert seen.top() > whole.top() - 2


def test_a_map_follows_its_window_until_somebody_moved_it(view: MapView) -> None:
    view.resize(640, 480)
    view.show_map(tidewater(), Lens.REPORTING)
    small = view.canvas.zoom
    view.select(["p:kim"])
    view.resize(897, 741)
    QApplication.processEvents()
    assert view.canvas.zoom > 1.5 * small
    view.zoom_whole()
    view.resize(640, 480)
    QApplication.processEvents()
    assert view.canvas.zoom == 1.0


def test_the_legend_says_that_other_lines_are_seen_at_who_is_chosen(view: MapView) -> None:
    view.show_map(made_map(30, 3), Lens.REPORTING)
    assert "choose a card" in view.legend.accessibleName()
    view.show_map(made_map(30, 3), Lens.COVERAGE)
    assert "choose a card" not in view.legend.accessibleName()
    view.show_map(tidewater(), Lens.REPORTING)
    assert "choose a card" not in view.legend.accessibleName()


def test_whole_cards_can_be_read_on_a_map_of_thirty(view: MapView) -> None:
    for seed in (0, 3, 7):
        view.show_map(replace(made_map(30, seed), map_id=f"m{seed}"), Lens.REPORTING)
        assert view.canvas.shows_all()
        assert detail_at(view.canvas.zoom) is Detail.FULL, seed


def test_who_is_chosen_is_named_where_cards_are_too_small_for_it(view: MapView) -> None:
    view.show_map(made_map(200, 3), Lens.REPORTING)
    key = view.scene.board.first()
    canvas = view.canvas
    for zoom, named in ((0.25, True), (0.6, False)):
        view.select([])
        canvas.zoom_to(zoom)
        canvas.centre_on(view.scene.box(key).center())
        card = canvas.mapFromScene(view.scene.box(key)).boundingRect()
        below = QRect(card.left() + 2, card.bottom() + 5, card.width() // 3, 10)
        before = canvas.grab(below).toImage()
        view.select([key])
        assert (canvas.grab(below).toImage() != before) == named
