"""The left column of the overview: what makes the score, its curve, and the points lost."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, REGULAR, SEMIBOLD, font
from csplanner.paint.goals import POINTS_HEIGHT, draw_score_bar
from csplanner.ui.account.curve import ScoreCurve
from csplanner.ui.account.parts import RowButton, WeightBar, clear, one_tab_stop
from csplanner.ui.account.score_rows import BucketRow, CurveView, LossRow, ScoreView
from csplanner.ui.look import theme_of
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel, set_plain_tooltip
from csplanner.ui.widgets.panes import Pane

_BAR, _POINTS, _KNOWN, _CHANGE = 42, 68, 38, 28
_TITLE, _REASON = 110, 24
_GAP = 5
_LOST = 42
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MOST_LOSSES = 6


class ScoreBar(QWidget):
    """The points of each bucket, of 100."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: tuple[float, ...] = ()
        self._cuts = (50, 75)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_view(self, view: ScoreView) -> None:
        """Show other points."""
        self._points, self._cuts = view.points, (view.watch, view.good)
        self.setAccessibleName(view.title)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, POINTS_HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        draw_score_bar(painter, rect, points=self._points, cuts=self._cuts, theme=theme_of(self))
        painter.end()


class ScorePane(Pane):
    """Bar and buckets; the sentences that say how sure it all is come with Why."""

    bucket_asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.why = Button("", kind="link", small=True)
        self.why.setCheckable(True)
        self.why.toggled.connect(self._show_why)
        self.add_action(self.why)
        self._chip = Chip("", kind="outline")
        self.add_action(self._chip)
        self._bar = ScoreBar()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self._sentences = QWidget()
        self._said = QVBoxLayout(self._sentences)
        self._said.setContentsMargins(0, 0, 0, 0)
        self._said.setSpacing(2)
        self.body.setContentsMargins(16, 0, 16, 4)
        self.body.setSpacing(0)
        self.body.addWidget(self._sentences)
        self.body.addWidget(self._bar)
        self.body.addLayout(self._rows)
        self._show_why(False)

    def _show_why(self, shown: bool) -> None:
        self.why.set_text(self.tr("Hide why") if shown else self.tr("Why"))
        self._sentences.setVisible(shown)

    def show_view(self, view: ScoreView) -> None:
        """Show another account's score."""
        self.set_title(view.title)
        self._chip.show_text(view.chip, "outline")
        self._bar.show_view(view)
        clear(self._rows)
        changes = any(row.change for row in view.buckets)
        metrics = QFontMetrics(font(13))
        titles = [metrics.horizontalAdvance(row.title) + 2 for row in view.buckets]
        wide = min(_TITLE, max(titles, default=0))
        points = max(_fitted(_POINTS, tr("Points")), *map(_points_width, view.buckets))
        self._rows.addWidget(_header(wide, points, changes))
        rows = [self._row(row, (wide, points), changes) for row in view.buckets]
        for row in rows:
            self._rows.addWidget(row)
        one_tab_stop(rows)
        clear(self._said)
        for text in view.sentences:
            label = PlainLabel(text, px=12, colour="text2")
            label.setWordWrap(True)
            self._said.addWidget(label)
        self.why.setVisible(bool(view.sentences))
        set_plain_tooltip(self.why, "\n".join(view.sentences))

    def _row(self, row: BucketRow, wide: tuple[int, int], changes: bool) -> RowButton:
        name = tr("{0}: {1} {2} points, {3} measures known. {4}. {5} in 90 days").format(
            row.title, row.points, row.most, row.known, row.why, row.change or tr("unknown change")
        )
        button = RowButton(name, run=lambda: self.bucket_asked.emit(row.key, button))
        known = PlainLabel(row.known, px=12, colour="watch-ink" if row.is_thin else "text2")
        change = PlainLabel(row.change, px=12, colour=row.change_ink)
        reason = ElidedLabel(row.why, px=12, colour="text2")
        reason.setMinimumWidth(_REASON)
        line = QHBoxLayout()
        line.setContentsMargins(0, 5, 0, 5)
        line.setSpacing(_GAP)
        _add(line, ElidedLabel(row.title), wide[0])
        _add(line, WeightBar(row.share), _BAR)
        _add(line, _points_box(row), wide[1])
        _add(line, known, _fitted(_KNOWN, tr("Known")), right=True)
        line.addWidget(reason, 1)
        if changes:
            _add(line, change, _CHANGE, right=True)
        button.take(line)
        set_plain_tooltip(button, row.why)
        return button


def _fitted(least: int, head: str) -> int:
    """The width of a column that does not cut its head, whatever the language."""
    return max(least, QFontMetrics(font(12, MEDIUM)).horizontalAdvance(head) + 2)


def _points_width(row: BucketRow) -> int:
    """How wide `15.8 of 20` is."""
    strong = QFontMetrics(font(13, SEMIBOLD)).horizontalAdvance(row.points)
    return strong + QFontMetrics(font(12)).horizontalAdvance(row.most) + 6


def _points_box(row: BucketRow) -> QWidget:
    """`15.8 of 20`, or in grey what there is instead."""
    box = QWidget()
    points = QHBoxLayout(box)
    points.setContentsMargins(0, 0, 0, 0)
    points.setSpacing(4)
    points.addStretch(1)
    missing = not row.most
    px, weight = (12, REGULAR) if missing else (13, SEMIBOLD)
    ink = "text3" if missing else "text"
    points.addWidget(PlainLabel(row.points, px=px, weight=weight, colour=ink))
    if row.most:
        points.addWidget(PlainLabel(row.most, px=12, colour="text2"))
    return box


def _header(wide: int, points: int, changes: bool) -> QWidget:
    """The names of the columns; the one of changes stays away while nothing is known to change."""
    box = QWidget()
    line = QHBoxLayout(box)
    line.setContentsMargins(0, 4, 0, 3)
    line.setSpacing(_GAP)
    for words, width, right in (
        (tr("Bucket"), wide, False),
        (tr("Weight"), _BAR, False),
        (tr("Points"), points, True),
        (tr("Known"), _fitted(_KNOWN, tr("Known")), True),
        (tr("Why"), 0, False),
        (tr("90 d"), _CHANGE if changes else -1, True),
    ):
        label = PlainLabel(words, px=12, weight=MEDIUM, colour="text3")
        if width > 0:
            _add(line, label, width, right=right)
        elif not width:
            line.addWidget(label, 1)
    return box


def _over_why(line: QHBoxLayout, why: str) -> QVBoxLayout:
    """A line of figures with its reason below, which so has the whole width."""
    column = QVBoxLayout()
    column.setContentsMargins(0, 4, 0, 5)
    column.setSpacing(0)
    column.addLayout(line)
    column.addWidget(ElidedLabel(why, px=12, colour="text2"))
    return column


def _add(line: QHBoxLayout, widget: QWidget, width: int, *, right: bool = False) -> None:
    # A label that may be cut would otherwise give its room to the others.
    widget.setSizePolicy(QSizePolicy.Policy.Fixed, widget.sizePolicy().verticalPolicy())
    widget.setFixedWidth(max(width, widget.minimumWidth()))
    if right and isinstance(widget, PlainLabel):
        widget.setAlignment(_RIGHT)
    line.addWidget(widget)


class CurvePane(Pane):
    """Score and sentiment over 13 months."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Score and sentiment"), parent, note=self.tr("13 months"))
        self.curve = ScoreCurve()
        self.add_action(self.curve.chart.button())
        self._hint = PlainLabel("", px=12, colour="text2")
        self._hint.setWordWrap(True)
        self.body.setContentsMargins(16, 0, 16, 4)
        self.body.addWidget(self.curve)
        self.body.addWidget(self._hint)

    def show_view(self, view: CurveView) -> None:
        """Show another account's curve; with too little to draw, say what would fill it."""
        self.curve.show_view(view)
        hint = ""
        if not view.scores:
            hint = self.tr("No score yet. Import usage, cases or touches to fill this.")
        elif len(view.scores) == 1:
            hint = self.tr(
                "One reading so far. Each import and each day you open the book adds one."
            )
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))


class LossPane(Pane):
    """Which measures cost points, and which are missing."""

    loss_asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Points lost"), parent, note=self.tr("and what is not known"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)

    def show_rows(self, rows: tuple[LossRow, ...]) -> None:
        """Show other losses, the largest first, then what is missing."""
        clear(self._rows)
        known = [r for r in rows if not r.is_missing][:_MOST_LOSSES]
        missing = [r for r in rows if r.is_missing]
        buttons = [self._row(row) for row in (*known, *missing)]
        for button in buttons:
            self._rows.addWidget(button)
        one_tab_stop(buttons)
        if not buttons:
            self._rows.addWidget(PlainLabel(self.tr("Nothing is lost."), colour="text2"))

    def _row(self, row: LossRow) -> RowButton:
        lost = tr("not known") if row.is_missing else tr("{0} points").format(row.lost)
        name = f"{row.title}: {lost}. {row.why}"
        button = RowButton(name, run=lambda: self.loss_asked.emit(row.bucket, button))
        line = QHBoxLayout()
        line.setSpacing(8)
        ink = "text2" if row.is_missing else "text"
        title = ElidedLabel(row.title, colour=ink)
        line.addWidget(title, 1)
        points = (
            Chip("?", kind="outline") if row.is_missing else PlainLabel(row.lost, weight=MEDIUM)
        )
        if isinstance(points, PlainLabel):
            _add(line, points, _LOST, right=True)
        else:
            line.addWidget(points)
        button.take(_over_why(line, row.why))
        set_plain_tooltip(button, f"{row.title}: {row.why}")
        return button
