"""Cards on their way from where they stood to where they stand now."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEasingCurve, QObject, QPointF, QVariantAnimation

from csplanner.ui.motion import is_still

SETTLE_MS = 160
_MOST = 200
"""More cards than this are at their places at once."""


class Glide(QObject):
    """Tells `moved` how far each card still is from its place, until nothing is left to go."""

    def __init__(self, moved: Callable[[dict[str, QPointF]], object], parent: QObject) -> None:
        super().__init__(parent)
        self._moved = moved
        self._shifts: Mapping[str, QPointF] = {}
        self._way = QVariantAnimation(self)
        self._way.setDuration(SETTLE_MS)
        self._way.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._way.setStartValue(0.0)
        self._way.setEndValue(1.0)
        self._way.valueChanged.connect(self._step)
        self._way.finished.connect(lambda: self._moved({}))

    def start(self, shifts: Mapping[str, QPointF]) -> None:
        """Let cards come from so far away; at once where less motion is asked for."""
        if shifts and len(shifts) <= _MOST and not is_still():
            self._shifts = shifts
            self._step(0.0)
            self._way.start()

    def stop(self) -> None:
        """Let all be at their places at once."""
        if self._way.state() == QVariantAnimation.State.Running:
            self._way.stop()
            self._moved({})

    def _step(self, share: float) -> None:
        self._moved({key: shift * (1.0 - share) for key, shift in self._shifts.items()})
