"""The relationship map: laid out beside graphviz `dot`, and frames of it on the canvas.

Where `dot` is not installed its floor is the time once measured: 24.5 ms, 41 ms and 1.31 s for
30, 200 and 2,000 people, on 2 cores with graphviz 2.43; only then the ratio is no more than a hint.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from benchmarks.bench_window import slow_one
from benchmarks.runner import Benchmark, Operation, Took
from csplanner.domain.map_layout import places
from csplanner.domain.map_model import Lens, LineKind, RelationMap
from tests.map_making import made_map

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent, QPointF

    from csplanner.ui.map.view import MapView

_DOT = shutil.which("dot")
_ONCE = {30: 0.0245, 200: 0.041, 2_000: 1.313}
"""Seconds of `dot` where it is not installed, by people."""
_FRAME = 1 / 60
_FRAMES = 120
_MANY = 2_000


def _lay_out(people: int, _: Path) -> tuple[Operation, Operation]:
    """Reporting lines and a third as many lines of influence: both place cards and know lines."""
    made = made_map(people)
    if _DOT is None:
        return partial(places, made), partial(Took, _ONCE[people])
    run = [_DOT, "-Tplain"]
    text = _as_dot(made).encode()
    return partial(places, made), partial(
        subprocess.run, run, input=text, check=True, capture_output=True
    )


def _as_dot(made: RelationMap) -> str:
    """The same cards and lines for graphviz, at its 72 points to an inch."""
    rows = [
        f'"{card.key}" [shape=box fixedsize=true width=2.83 height=1.03];' for card in made.cards
    ]
    reports = made.of_kind(LineKind.REPORTS)
    rows.extend(f'"{line.end}" -> "{line.start}";' for line in reports)
    others = made.of_kind(LineKind.INFLUENCES, LineKind.DOUBTS)
    rows.extend(f'"{line.start}" -> "{line.end}" [constraint=false];' for line in others)
    return "digraph {" + "\n".join(rows) + "}"


def _shown() -> "MapView":
    """A map of many at the size it has in the window, painted once."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from csplanner.ui.map.view import MapView
    from csplanner.ui.theme import ThemeController

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    ThemeController(app, "light")
    view = MapView()
    view.resize(896, 790)
    view.show()
    view.show_map(made_map(_MANY), Lens.REPORTING)
    QApplication.processEvents()
    return view


def _p95(frames: Callable[[], Iterator[float]], view: "MapView") -> Took:
    """The slow one of twenty frames of a view, which this keeps alive."""
    assert view.isVisible()
    return slow_one(frames, 20)


def _pan(zoom: float, _: Path) -> tuple[Operation, Operation]:
    from PySide6.QtCore import QPoint

    view = _shown()
    canvas = view.canvas
    canvas.zoom_to(zoom)
    sleep(0.2)

    def frames() -> Iterator[float]:
        for at in range(_FRAMES):
            start = perf_counter()
            canvas.pan(QPoint(37 if at < _FRAMES // 2 else -37, 23))
            canvas.viewport().repaint()
            yield perf_counter() - start

    return partial(_p95, frames, view), partial(sleep, _FRAME)


def _zoom(_: Path) -> tuple[Operation, Operation]:
    view = _shown()
    canvas = view.canvas

    def frames() -> Iterator[float]:
        for at in range(_FRAMES):
            start = perf_counter()
            canvas.zoom_to(0.25 * 1.06 ** (at if at < _FRAMES // 2 else _FRAMES - at))
            canvas.viewport().repaint()
            yield perf_counter() - start

    return partial(_p95, frames, view), partial(sleep, _FRAME)


def _drag(_: Path) -> tuple[Operation, Operation]:
    """A card that others report to, dragged across the map with the mouse."""
    from PySide6.QtCore import QEvent, QPointF

    view = _shown()
    canvas = view.canvas
    canvas.zoom_to(0.5)
    scene = canvas.map_scene
    key = max(scene.board.boxes, key=lambda key: len(scene.board.reports_of(key)))
    canvas.centre_on(scene.box(key).center())
    begin = QPointF(canvas.mapFromScene(scene.box(key).center()))
    kinds = QEvent.Type

    def frames() -> Iterator[float]:
        _mouse(canvas.viewport(), kinds.MouseButtonPress, begin)
        for at in range(_FRAMES):
            start = perf_counter()
            _mouse(canvas.viewport(), kinds.MouseMove, begin + QPointF(2.0 * at, at % 40))
            canvas.viewport().repaint()
            yield perf_counter() - start
        canvas.give_up()

    return partial(_p95, frames, view), partial(sleep, _FRAME)


def _mouse(port: object, kind: "QEvent.Type", spot: "QPointF") -> None:
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication, QWidget

    assert isinstance(port, QWidget)
    left = Qt.MouseButton.LeftButton
    button = left if kind == QEvent.Type.MouseButtonPress else Qt.MouseButton.NoButton
    event = QMouseEvent(
        kind, spot, port.mapToGlobal(spot), button, left, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(port, event)


_BESIDE = "" if _DOT else ", dot as once measured"

BENCHMARKS = [
    *(
        Benchmark(f"map: {n:,} people laid out{_BESIDE}", goal=0.2, prepare=partial(_lay_out, n))
        for n in _ONCE
    ),
    Benchmark("map: frames of a pan at 100 %, 2,000, p95", goal=1.0, prepare=partial(_pan, 1.0)),
    Benchmark("map: frames of a pan at 25 %, 2,000, p95", goal=1.0, prepare=partial(_pan, 0.25)),
    Benchmark("map: frames of zooming, 2,000, p95", goal=1.0, prepare=_zoom),
    Benchmark("map: frames of a drag at 50 %, 2,000, p95", goal=1.0, prepare=_drag),
]
