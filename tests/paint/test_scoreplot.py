"""The chart of score and sentiment: what stands at its edge is never cut."""

from datetime import date

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from csplanner.paint.fonts import MEDIUM, font
from csplanner.paint.scoreplot import ScorePlot, plot_room

pytestmark = pytest.mark.usefixtures("qapp")


def test_the_words_at_the_line_ends_have_room_beside_the_plot() -> None:
    rect = QRectF(0, 0, 360, 226)
    words = "Comfortable 70, a rather long ending"
    plot = ScorePlot(date(2025, 3, 12), date(2026, 3, 12), sentiment_words=words)
    width = QFontMetricsF(font(11, MEDIUM)).horizontalAdvance(words)
    assert plot_room(rect, plot).right() + 11 + width < rect.right()
