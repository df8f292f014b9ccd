"""The canvas of a map with real mouse and key events: choose, move, reparent, draw, zoom."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QDropEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from csplanner.domain.map_layout import WIDE
from csplanner.domain.map_model import YOU, Lens, LineKind
from csplanner.paint.map_look import Change
from csplanner.ui import veil
from csplanner.ui.map.canvas import CARD_MIME, Canvas
from csplanner.ui.map.view import MapView
from csplanner.ui.motion import set_still
from tests.map_making import made_map
from tests.map_tidewater import tidewater

AMARA, VICTOR, LENA, JOEL, ROSA = "p:amara", "p:victor", "p:lena", "p:joel", "p:rosa"
KIM, MARCUS, PRISCILLA, SPONSOR = "p:kim", "p:marcus", "p:priscilla", "s:sponsor"
LEFT = Qt.MouseButton.LeftButton
NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Asked:
    """Everything a view asks for, in its order."""

    def __init__(self, view: MapView) -> None:
        self.all: list[tuple] = []
        for name in (
            "opened", "line_opened", "report_asked", "reports_asked",
            "line_asked", "placed", "park_asked",
            "remove_asked", "unplace_asked", "vacancy_asked", "menu_asked", "dropped",
        ):  # fmt: skip
            getattr(view, name).connect(lambda *told, name=name: self.all.append((name, *told)))

    def last(self) -> tuple:
        """The newest of them."""
        assert self.all, "nothing was asked for"
        return self.all[-1]


@pytest.fixture
def view(qtbot, themes) -> MapView:
    """The map of the design's picture at 100 %, with the keyboard on it."""
    made = MapView()
    qtbot.addWidget(made)
    made.resize(1180, 800)
    made.set_us("Halyard", "Maren Oduya")
    made.set_editable(True)
    made.show_map(tidewater(), Lens.REPORTING)
    made.show()
    made.activateWindow()
    made.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    return made


@pytest.fixture
def asked(view: MapView) -> Asked:
    """What the view asks for from now on."""
    return Asked(view)


def spot_of(view: MapView, key: str, at: QPointF | None = None) -> QPoint:
    """A point of the window on a card: its middle, or so far from its corner."""
    box = view.scene.box(key)
    return view.canvas.mapFromScene(box.topLeft() + at if at is not None else box.center())


def click(view: MapView, key: str, held: Qt.KeyboardModifier = NONE) -> None:
    """Press a card with the mouse."""
    QTest.mouseClick(view.canvas.viewport(), LEFT, held, spot_of(view, key))


def drag(
    canvas: Canvas,
    start: QPoint,
    end: QPoint,
    held: Qt.KeyboardModifier = NONE,
    *,
    drop: bool = True,
) -> None:
    """Take the mouse from one point to another with the button down."""
    port = canvas.viewport()
    QTest.mousePress(port, LEFT, held, start)
    for step in range(1, 5):
        QTest.mouseMove(port, start + (end - start) * step / 4)
    if drop:
        QTest.mouseRelease(port, LEFT, held, end)


def move_with_shift(view: MapView, at: QPoint) -> None:
    """Go on with a drag while Shift is held."""
    port = view.canvas.viewport()
    where = QPointF(port.mapToGlobal(at))
    kind = QMouseEvent.Type.MouseMove
    QApplication.sendEvent(port, QMouseEvent(kind, QPointF(at), where, LEFT, LEFT, SHIFT))


def keys(view: MapView, *pressed: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    """Press keys one after the other."""
    for key in pressed:
        for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
            QApplication.sendEvent(view.canvas, QKeyEvent(kind, key, held))


def chosen(view: MapView) -> set[str]:
    return set(view.scene.selected)


# Choosing


def test_a_click_chooses_one_card_and_control_adds_another(view: MapView, qtbot) -> None:
    with qtbot.waitSignal(view.selected) as told:
        click(view, AMARA)
    assert told.args == [(AMARA,)]
    click(view, VICTOR, CTRL)
    assert chosen(view) == {AMARA, VICTOR}
    click(view, AMARA, CTRL)
    assert chosen(view) == {VICTOR}
    QTest.mouseClick(view.canvas.viewport(), LEFT, NONE, QPoint(12, 300))
    assert chosen(view) == set()


def test_a_band_chooses_what_it_touches(view: MapView) -> None:
    corner = spot_of(view, JOEL, QPointF(150, -10))
    drag(view.canvas, corner, spot_of(view, KIM))
    assert {JOEL, KIM} <= chosen(view)
    assert AMARA not in chosen(view)
    assert view.scene.band.isEmpty()


def test_arrows_walk_the_hierarchy_and_shift_gathers(view: MapView) -> None:
    view.select((SPONSOR,))
    keys(view, Qt.Key.Key_Down)
    below = view.scene.current
    assert view.scene.cards[below].above == SPONSOR
    keys(view, Qt.Key.Key_Up)
    assert chosen(view) == {SPONSOR}
    keys(view, Qt.Key.Key_Down, held=SHIFT)
    assert chosen(view) == {SPONSOR, below}
    keys(view, Qt.Key.Key_A, held=CTRL)
    assert len(chosen(view)) == 9
    keys(view, Qt.Key.Key_Escape)
    assert chosen(view) == set()


def test_arrows_reach_every_card_and_everyone_of_ours(view: MapView) -> None:
    board, seen, waiting = view.scene.board, set(), [SPONSOR]
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            ways = ((0, -1), (0, 1), (-1, 0), (1, 0))
            waiting += [board.step(key, QPointF(*way)) for way in ways]
    assert seen == set(board.boxes)


def test_focus_alone_chooses_nobody(view: MapView) -> None:
    assert view.scene.has_keys
    assert chosen(view) == set()
    assert view.scene.current == SPONSOR


# Moving


def test_a_card_dropped_on_the_ground_stays_on_the_grid(view: MapView, asked: Asked) -> None:
    start = spot_of(view, JOEL, QPointF(20, 10))
    before = view.scene.box(JOEL).topLeft()
    drag(view.canvas, start, start + QPoint(-61, 58), SHIFT)
    name, places = asked.last()
    assert name == "placed"
    x, y = places[JOEL]
    assert (x % 4, y % 4) == (0, 0)
    assert abs(x - before.x() + 61) <= 8
    assert abs(y - before.y() - 58) <= 8
    assert view.scene.box(JOEL).topLeft() == QPointF(x, y)


def test_a_moved_card_is_drawn_into_line_with_its_neighbour(view: MapView, asked: Asked) -> None:
    start = spot_of(view, MARCUS)
    level = view.scene.box(KIM).top()
    assert view.scene.box(MARCUS).top() == level
    drag(view.canvas, start, start + QPoint(41, 4), drop=False)
    assert view.scene.guides
    assert view.scene.box(MARCUS).top() == level
    keys(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.canvas.viewport(), LEFT, NONE, start)
    drag(view.canvas, start, start + QPoint(41, 4), drop=False)
    move_with_shift(view, start + QPoint(41, 4))
    QTest.mouseRelease(view.canvas.viewport(), LEFT, SHIFT, start + QPoint(41, 4))
    assert asked.last()[1][MARCUS][1] == level + 4


def test_escape_gives_a_drag_up(view: MapView, asked: Asked) -> None:
    home = view.scene.box(JOEL)
    start = spot_of(view, JOEL)
    drag(view.canvas, start, start + QPoint(-90, 60), drop=False)
    assert view.scene.box(JOEL) != home
    keys(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.canvas.viewport(), LEFT, NONE, start + QPoint(-90, 60))
    assert view.scene.box(JOEL) == home
    assert asked.all == []


def test_alt_and_arrows_move_what_is_chosen_in_one_step(view: MapView, asked: Asked) -> None:
    x, y = view.scene.places.at[JOEL]
    view.select((JOEL,))
    keys(view, Qt.Key.Key_Left, Qt.Key.Key_Left, held=ALT)
    keys(view, Qt.Key.Key_Down, held=ALT | SHIFT)
    assert asked.all == []
    QTest.keyRelease(view.canvas, Qt.Key.Key_Alt)
    assert asked.all == [("placed", {JOEL: (x - 8, y + 20)})]


def test_control_shift_and_arrows_line_cards_up(view: MapView, asked: Asked) -> None:
    view.select((JOEL, ROSA, KIM))
    keys(view, Qt.Key.Key_Up, held=CTRL | SHIFT)
    _, places = asked.last()
    top = min(view.scene.places.at[key][1] for key in (JOEL, ROSA, KIM))
    assert {y for _, y in places.values()} == {top}
    assert set(places) == {JOEL, ROSA, KIM}
    across = sorted(x for x, _ in places.values())
    assert all(b - a > WIDE for a, b in pairwise(across))


def test_s_lets_chosen_cards_stand_equally_far_apart(view: MapView, asked: Asked) -> None:
    view.select((VICTOR, AMARA, LENA))
    keys(view, Qt.Key.Key_S)
    _, places = asked.last()
    across = {key: view.scene.places.at[key][0] for key in (VICTOR, AMARA, LENA)}
    first, *_, last = sorted(across.values())
    assert set(places.values()) == {(round((first + last) / 8) * 4, view.scene.places.at[AMARA][1])}


def test_several_cards_dropped_on_one_report_to_it_in_one_step(view: MapView, asked: Asked) -> None:
    view.select((JOEL, KIM, PRISCILLA))
    drag(view.canvas, spot_of(view, KIM), spot_of(view, VICTOR))
    assert [told[0] for told in asked.all] == ["reports_asked"]
    assert set(asked.last()[1]) == {JOEL, PRISCILLA}, "Kim goes on reporting to Joel"
    assert asked.last()[2] == VICTOR


def test_a_parked_card_dropped_on_the_map_is_put_under_the_pointer(
    view: MapView, asked: Asked
) -> None:
    data = QMimeData()
    data.setData(CARD_MIME, b"p:new\np:other")
    at = QPointF(200, 500)
    event = QDropEvent(at, Qt.DropAction.CopyAction, data, LEFT, NONE)
    view.canvas.dropEvent(event)
    name, keys_dropped, (x, y) = asked.last()
    assert (name, keys_dropped) == ("dropped", ("p:new", "p:other"))
    middle = view.canvas.mapToScene(at.toPoint())
    assert abs(x + 102 - middle.x()) <= 2
    assert abs(y + 37 - middle.y()) <= 2


# Reporting lines


def test_a_card_dropped_on_another_one_asks_to_report_to_it(view: MapView, asked: Asked) -> None:
    drag(view.canvas, spot_of(view, KIM), spot_of(view, LENA), drop=False)
    assert view.scene.target == LENA
    assert view.aim.label.text() == "Kim Sato reports to Dr Lena Park"
    QTest.mouseRelease(view.canvas.viewport(), LEFT, NONE, spot_of(view, LENA))
    assert asked.all == [("report_asked", KIM, LENA)]
    assert not view.aim.isVisible()
    assert view.scene.offsets == {}


def test_a_drag_onto_somebody_below_says_that_it_would_be_a_circle(view: MapView) -> None:
    drag(view.canvas, spot_of(view, AMARA), spot_of(view, KIM), drop=False)
    assert "Kim Sato is below Amara Nwosu" in view.aim.label.text()
    keys(view, Qt.Key.Key_Escape)
    QTest.mouseRelease(view.canvas.viewport(), LEFT, NONE, spot_of(view, KIM))


def test_a_refusal_is_said_at_the_card_and_nothing_stays_moved(view: MapView) -> None:
    view.scene.move({AMARA: QPointF(40, 40)})
    view.say(AMARA, "Amara Nwosu and Kim Sato would report to each other.")
    assert view.said.isVisible()
    assert view.scene.offsets == {}
    below = view.canvas.mapFromScene(view.scene.box(AMARA).bottomLeft())
    assert (view.said.pos() - below).manhattanLength() < 20
    assert view.canvas.accessibleDescription().startswith("Amara Nwosu and Kim Sato")


def test_r_arrows_and_enter_reparent_by_keyboard(view: MapView, asked: Asked) -> None:
    view.select((AMARA,))
    keys(view, Qt.Key.Key_R)
    assert view.aim.label.text().startswith("Amara Nwosu reports to …")
    keys(view, Qt.Key.Key_Return)
    assert asked.all == []
    keys(view, Qt.Key.Key_Right)
    aimed = view.scene.target
    assert aimed not in ("", AMARA)
    keys(view, Qt.Key.Key_Return)
    assert asked.all == [("report_asked", AMARA, aimed)]
    keys(view, Qt.Key.Key_R, Qt.Key.Key_Backspace)
    assert asked.last() == ("report_asked", AMARA, "")
    keys(view, Qt.Key.Key_R, Qt.Key.Key_Escape)
    assert view.scene.pending is None
    assert chosen(view) == {AMARA}


# Other lines


def test_a_line_is_drawn_from_the_handle_at_a_cards_edge(view: MapView, asked: Asked) -> None:
    port = view.canvas.viewport()
    for at in (QPoint(5, 400), spot_of(view, LENA)):
        QTest.mouseMove(port, at)
        QApplication.processEvents()
    assert view.scene.hovered == LENA
    handle = view.canvas.mapFromScene(QPointF(view.scene.box(LENA).center().x(),
                                              view.scene.box(LENA).bottom()))  # fmt: skip
    drag(view.canvas, handle, spot_of(view, VICTOR))
    assert asked.all == [("line_asked", LENA, VICTOR, LineKind.INFLUENCES)]


def test_alt_and_a_drag_draw_and_the_row_of_ours_makes_it_contact(
    view: MapView, asked: Asked
) -> None:
    drag(view.canvas, spot_of(view, LENA), spot_of(view, VICTOR), ALT)
    drag(view.canvas, spot_of(view, VICTOR), spot_of(view, YOU), ALT)
    drag(view.canvas, spot_of(view, YOU), spot_of(view, AMARA))
    assert asked.all == [
        ("line_asked", LENA, VICTOR, LineKind.INFLUENCES),
        ("line_asked", YOU, VICTOR, LineKind.TIE),
        ("line_asked", YOU, AMARA, LineKind.TIE),
    ]


def test_tools_draw_their_own_kind_of_line(view: MapView, asked: Asked, qtbot) -> None:
    tools = {button.accessibleName(): button for button in view.tools._buttons}
    qtbot.mouseClick(tools["Say who reports to whom"], LEFT)
    drag(view.canvas, spot_of(view, KIM), spot_of(view, VICTOR))
    qtbot.mouseClick(tools["Plan who of us meets whom"], LEFT)
    drag(view.canvas, spot_of(view, VICTOR), spot_of(view, YOU))
    drag(view.canvas, spot_of(view, VICTOR), spot_of(view, LENA))
    assert asked.all == [
        ("report_asked", KIM, VICTOR),
        ("line_asked", YOU, VICTOR, LineKind.PAIRED),
    ]
    assert "needs one of ours" in view.said.label.text()
    qtbot.mouseClick(tools["Select and move"], LEFT)
    assert view.canvas.tool is None


def test_a_line_by_keyboard_can_become_another_kind(view: MapView, asked: Asked) -> None:
    view.select((LENA,))
    keys(view, Qt.Key.Key_L, Qt.Key.Key_D, Qt.Key.Key_Left)
    aimed = view.scene.target
    assert view.aim.label.text().startswith("Dr Lena Park doubts ")
    keys(view, Qt.Key.Key_Return)
    assert asked.all == [("line_asked", LENA, aimed, LineKind.DOUBTS)]


def test_e_goes_through_the_lines_at_a_card(view: MapView, asked: Asked) -> None:
    view.select((AMARA,))
    seen = []
    for _ in view.scene.lines_at(AMARA):
        keys(view, Qt.Key.Key_E)
        seen.append(view.scene.line)
    assert set(seen) == {line.key for line in view.scene.lines_at(AMARA)}
    spoken = view.scene.lines_item.look_of(seen[-1]).spoken
    assert view.canvas.accessibleDescription().startswith(spoken)
    keys(view, Qt.Key.Key_Return)
    keys(view, Qt.Key.Key_Delete)
    assert asked.all == [("line_opened", seen[-1]), ("remove_asked", (seen[-1],))]


def test_a_line_can_be_clicked_and_opened(view: MapView, asked: Asked) -> None:
    line = next(i for i in view.scene.lines() if i.kind is LineKind.DOUBTS)
    points = view.scene.line_way(line.key).points
    middle = QPointF(*points[0]) * 0.125 + QPointF(*points[1]) * 0.375
    if len(points) == 4:
        middle += QPointF(*points[2]) * 0.375 + QPointF(*points[3]) * 0.125
    at = view.canvas.mapFromScene(middle)
    QTest.mouseClick(view.canvas.viewport(), LEFT, NONE, at)
    assert view.scene.line == line.key
    QTest.mouseDClick(view.canvas.viewport(), LEFT, NONE, at)
    assert asked.last() == ("line_opened", line.key)


# Verbs


def test_keys_ask_for_what_menus_do(view: MapView, asked: Asked) -> None:
    view.select((JOEL,))
    keys(view, Qt.Key.Key_Return, Qt.Key.Key_P, Qt.Key.Key_U, Qt.Key.Key_V, Qt.Key.Key_Delete)
    assert asked.all == [
        ("opened", JOEL),
        ("park_asked", (JOEL,)),
        ("unplace_asked", (JOEL,)),
        ("vacancy_asked", JOEL),
        ("remove_asked", (JOEL,)),
    ]
    keys(view, Qt.Key.Key_Menu)
    assert asked.last()[:2] == ("menu_asked", JOEL)


def test_letters_can_be_switched_off(view: MapView, asked: Asked) -> None:
    view.select((JOEL,))
    view.canvas.keys.letters = False
    keys(view, Qt.Key.Key_P, Qt.Key.Key_V, Qt.Key.Key_R)
    assert asked.all == []
    assert view.scene.pending is None


def test_a_map_of_the_past_is_looked_at_alone(view: MapView, asked: Asked) -> None:
    view.set_editable(False, "This is the past.")
    start = spot_of(view, JOEL)
    drag(view.canvas, start, start + QPoint(-90, 60))
    drag(view.canvas, spot_of(view, LENA), spot_of(view, VICTOR), ALT)
    view.select((JOEL,))
    keys(view, Qt.Key.Key_P, Qt.Key.Key_R, Qt.Key.Key_Delete)
    keys(view, Qt.Key.Key_Left, held=ALT)
    assert asked.all == []
    assert view.said.label.text() == "This is the past."
    keys(view, Qt.Key.Key_Return)
    assert asked.all == [("opened", JOEL)]


def test_the_map_keeps_its_keys_from_the_window_and_gives_back_the_rest(view: MapView) -> None:
    def wanted(key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> bool:
        return view.canvas.keys.wants(QKeyEvent(QKeyEvent.Type.ShortcutOverride, key, held))

    assert not wanted(Qt.Key.Key_Left, ALT)
    view.select((JOEL,))
    assert wanted(Qt.Key.Key_Left, ALT)
    assert wanted(Qt.Key.Key_Escape)
    assert not wanted(Qt.Key.Key_Down, CTRL)
    assert not wanted(Qt.Key.Key_K, CTRL)


# Zoom


def test_the_wheel_zooms_around_the_pointer_between_25_and_200_percent(view: MapView) -> None:
    at = QPointF(spot_of(view, LENA))
    before = view.canvas.mapToScene(at.toPoint())

    def turn(by: int) -> None:
        port = view.canvas.viewport()
        event = QWheelEvent(
            at, QPointF(port.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, by),
            Qt.MouseButton.NoButton, CTRL, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(port, event)

    turn(120)
    after = view.canvas.mapToScene(at.toPoint())
    assert (after - before).manhattanLength() < 3
    for _ in range(20):
        turn(120)
    assert view.canvas.zoom == 2.0
    for _ in range(40):
        turn(-120)
    assert view.canvas.zoom == 0.25
    assert "25%" in view.zoom._zoom.text()
    keys(view, Qt.Key.Key_F)
    seen = view.canvas.seen_part()
    assert all(seen.contains(box) for box in view.scene.board.boxes.values())


def test_zooming_in_shows_the_small_map_and_a_press_on_it_goes_there(view: MapView, qtbot) -> None:
    assert not view.minimap.isVisible()
    for _ in range(4):
        keys(view, Qt.Key.Key_Plus)
    assert view.minimap.isVisible()
    before = view.canvas.seen_part().center()
    QTest.mouseClick(view.minimap, LEFT, NONE, QPoint(24, 20))
    after = view.canvas.seen_part().center()
    assert after.x() < before.x()
    assert after.y() < before.y()


def test_space_and_a_drag_pan(view: MapView, asked: Asked) -> None:
    before = view.canvas.seen_part().topLeft()
    QTest.keyPress(view.canvas, Qt.Key.Key_Space)
    start = spot_of(view, JOEL)
    drag(view.canvas, start, start + QPoint(40, 30))
    QTest.keyRelease(view.canvas, Qt.Key.Key_Space)
    moved = view.canvas.seen_part().topLeft() - before
    assert (moved + QPointF(40, 30) / view.canvas.zoom).manhattanLength() < 3
    assert asked.all == []


# What is told


def test_a_screen_reader_hears_the_card_and_how_many_there_are(view: MapView) -> None:
    view.select((VICTOR,))
    told = view.canvas.accessibleDescription()
    assert told.startswith("Victor Hale, VP finance, Finance, influence 4 of 5, mood neutral")
    assert "9 cards on the map, 7 of us" in told


def test_a_screen_reader_walks_over_the_cards_and_lines(view: MapView) -> None:
    view.select((VICTOR,))
    told = QAccessible.queryAccessibleInterface(view.canvas)
    found = [told.child(at) for at in range(told.childCount())]
    names = [each.text(QAccessible.Text.Name) for each in found]
    assert all(names)
    shown = len(view.scene.board.boxes) + len(view.scene.lines())
    assert len(names) == shown
    victor = next(each for each in found if each.text(QAccessible.Text.Name).startswith("Victor"))
    assert "influence 4 of 5" in victor.text(QAccessible.Text.Name)
    lines = names[len(view.scene.board.boxes) :]
    assert "Victor Hale reports to Executive sponsor" in lines
    assert victor.state().selected
    assert told.indexOfChild(victor) == names.index(victor.text(QAccessible.Text.Name))
    assert told.text(QAccessible.Text.Name) == "Relationship map"
    port = view.canvas.viewport()
    middle = port.mapToGlobal(spot_of(view, VICTOR))
    assert victor.rect().contains(middle)
    assert told.childAt(middle.x(), middle.y()) is victor
    assert told.focusChild() is victor
    assert victor.parent() is told


def test_who_left_the_map_is_no_child_any_more(view: MapView) -> None:
    told = QAccessible.queryAccessibleInterface(view.canvas)
    marcus = next(
        each for each in (told.child(at) for at in range(told.childCount()))
        if each.text(QAccessible.Text.Name).startswith("Marcus")
    )  # fmt: skip
    known = QAccessible.uniqueId(marcus)
    shown = tidewater()
    cards = tuple(card for card in shown.cards if card.key != MARCUS)
    lines = tuple(x for x in shown.lines if MARCUS not in (x.start, x.end))
    view.show_map(replace(shown, cards=cards, lines=lines), Lens.REPORTING)
    names = [told.child(at).text(QAccessible.Text.Name) for at in range(told.childCount())]
    assert not any("Marcus" in name for name in names)
    assert QAccessible.accessibleInterface(known) is None


def test_the_table_tells_every_card_and_line_and_chooses_on_the_map(
    view: MapView, asked: Asked
) -> None:
    view.select((VICTOR,))
    keys(view, Qt.Key.Key_T)
    table = view.table
    assert table.isVisible()
    names = [row[1][0] for row in table.model.rows]
    assert {"Amara Nwosu", "Executive sponsor", "You"} <= set(names)
    assert table.cells.currentIndex().row() == names.index("Victor Hale")
    QTest.keyClick(table.cells, Qt.Key.Key_Down)
    assert chosen(view) == {table.model.rows[names.index("Victor Hale") + 1][0]}
    QTest.keyClick(table.cells, Qt.Key.Key_Return)
    assert asked.last()[0] == "opened"
    QTest.keyClick(table.cells, Qt.Key.Key_P)
    assert asked.last() == ("park_asked", tuple(view.scene.selected))
    table.parts.choose("lines")
    said = [row[1][-1] for row in table.model.rows]
    assert any(words.startswith("Amara Nwosu reports to Executive sponsor") for words in said)
    assert len(said) == len(view.scene.shown.lines)
    QTest.keyClick(table.cells, Qt.Key.Key_Escape)
    assert not table.isVisible()
    assert view.canvas.hasFocus()


def test_all_that_floats_over_the_map_has_a_name_and_is_large_enough(view: MapView) -> None:
    view.show_table()
    for button in (b for b in view.findChildren(QAbstractButton) if b.isVisible()):
        assert button.accessibleName()
        assert min(button.width(), button.height()) >= 24
    for widget in (view.canvas, view.table.cells, view.tools, view.zoom, view.minimap):
        assert widget.accessibleName()
    stops = [b for b in view.tools.findChildren(QAbstractButton)
             if b.focusPolicy() & Qt.FocusPolicy.TabFocus]  # fmt: skip
    assert len(stops) == 1
    stops[0].setFocus()
    QTest.keyClick(stops[0], Qt.Key.Key_Down)
    assert QApplication.focusWidget().accessibleName() == "Add a person"


def test_the_veil_hides_mood_and_influence_in_words_too(view: MapView) -> None:
    veil.veil().turn(on=True)
    try:
        view.show_map(tidewater(), Lens.REPORTING)
        view.select((PRISCILLA,))
        assert "doubtful" not in view.canvas.accessibleDescription()
        view.show_table()
        cells = " ".join(" ".join(row[1]) for row in view.table.model.rows)
        assert "of 5" not in cells
        assert "doubtful" not in cells
        view.table.parts.choose("lines")
        assert "doubts" not in " ".join(" ".join(row[1]) for row in view.table.model.rows)
    finally:
        veil.veil().turn(on=False)


def test_a_change_since_an_earlier_day_is_marked_on_its_card(view: MapView) -> None:
    view.show_map(tidewater(), Lens.REPORTING, changes={LENA: Change.TURNED_FOR})
    assert view.scene.look_of(LENA).change is Change.TURNED_FOR
    assert view.scene.look_of(AMARA).change is Change.NONE


def test_what_is_chosen_and_looked_at_outlives_a_new_reading(view: MapView) -> None:
    view.select((LENA,))
    view.zoom_by(1)
    zoom, seen = view.canvas.zoom, view.canvas.seen_part()
    view.show_map(tidewater(), Lens.COVERAGE)
    assert chosen(view) == {LENA}
    assert (view.canvas.zoom, view.canvas.seen_part()) == (zoom, seen)


def test_choosing_fades_who_has_nothing_to_do_with_it(view: MapView, themes) -> None:
    view.select((AMARA,))
    assert {AMARA, VICTOR, LENA, JOEL} <= view.scene.bright
    assert view.scene.is_faded(KIM)
    assert not view.scene.is_faded(JOEL)
    themes.choose_contrast("high")
    QApplication.processEvents()
    assert not view.scene.is_faded(KIM), "nothing fades where more contrast is asked for"
    themes.choose_contrast("system")


def test_of_many_people_one_line_each_is_drawn_until_one_is_chosen(view: MapView) -> None:
    large = made_map(120, 5)
    view.show_map(large, Lens.REPORTING)
    assert view.minimap.isVisible()
    assert {line.kind for line in view.scene.lines()} == {LineKind.REPORTS}
    tied = next(line for line in large.lines if line.kind is LineKind.TIE)
    view.select((tied.end,))
    shown = {line.key for line in view.scene.lines()}
    assert {i.key for i in large.lines if tied.end in (i.start, i.end)} <= shown
    assert view.canvas.seen_part().contains(view.scene.box(tied.end))


@pytest.mark.parametrize("zoom", [1.0, 0.4, 0.25])
def test_every_zoom_is_drawn(view: MapView, zoom: float) -> None:
    view.canvas.zoom_to(zoom)
    QApplication.processEvents()
    drawn = view.canvas.viewport().grab().toImage()
    box = view.canvas.mapFromScene(view.scene.box(LENA)).boundingRect()
    inside = drawn.pixelColor(box.left() + box.width() * 3 // 4, box.top() + 2)
    assert inside.name() == "#ffffff"


def test_cards_glide_to_new_places_unless_nothing_is_to_move(view: MapView, qtbot) -> None:
    shown = tidewater()
    before = view.scene.box(JOEL).topLeft()
    moved = replace(
        shown,
        cards=tuple(replace(c, at=(900, 420)) if c.key == JOEL else c for c in shown.cards),
    )
    view.show_map(moved, Lens.REPORTING)
    assert view.scene.box(JOEL).topLeft() != QPointF(900, 420)
    qtbot.waitUntil(lambda: view.scene.box(JOEL).topLeft() == QPointF(900, 420))
    assert view.scene.offsets == {}
    set_still(QApplication.instance(), still=True)
    try:
        view.show_map(shown, Lens.REPORTING)
        assert view.scene.box(JOEL).topLeft() == before
    finally:
        set_still(QApplication.instance(), still=False)


def test_a_new_reading_leaves_in_place_what_the_keys_have_in_hand(
    view: MapView, asked: Asked
) -> None:
    view.select((JOEL,))
    keys(view, Qt.Key.Key_Left, held=ALT)
    there = view.scene.box(JOEL).topLeft()
    view.show_map(tidewater(), Lens.REPORTING)
    assert view.scene.box(JOEL).topLeft() == there
    QTest.keyRelease(view.canvas, Qt.Key.Key_Alt)
    assert asked.last() == ("placed", {JOEL: (round(there.x()), round(there.y()))})
