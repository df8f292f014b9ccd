"""The inspector of the Book: one account in short, with what stands behind its score."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from csplanner.domain.health import BucketResult
from csplanner.domain.judgement import Judgement
from csplanner.domain.overview import Overview
from csplanner.domain.signals import Signal as Call
from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM
from csplanner.ui import veil
from csplanner.ui.actions.actions import Actions
from csplanner.ui.book.rows import BookRow
from csplanner.ui.widgets import format as words
from csplanner.ui.widgets.buttons import Button, changing
from csplanner.ui.widgets.chips import MarkWidget, TierChip
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Inspector

_SIGNALS = 4


class Peek(Inspector):
    """Shows one account; `show_row` fills it anew."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._verbs = actions
        self.account_id = ""

    def show_row(self, row: BookRow, judgement: Judgement) -> None:
        """Show the account of a row with its judgement of today."""
        self.account_id = row.account_id
        self.clear()
        self.set_title(row.name)
        self._add_head(row)
        self._add_numbers(row, judgement)
        self._add_signals(judgement.signals)
        self._add_buckets(judgement)
        self._add_step(row.line)
        open_ = Button(self.tr("Open account"), self, kind="primary")
        open_.clicked.connect(lambda: self._verbs.open_account(self.account_id))
        touch = Button(self.tr("Log a touch"), self)
        changing(touch)
        touch.clicked.connect(lambda: self._verbs.log_touch(self.account_id))
        self.add_action(open_)
        self.add_action(touch)

    def _add_head(self, row: BookRow) -> None:
        line = self._line()
        if row.tier:
            line.addWidget(TierChip(row.tier, self))
        renewal = tr("renews {0}").format(row.renewal) if row.renewal else tr("renewal unknown")
        arr = row.arr if row.line.arr else tr("ARR unknown")
        line.addWidget(PlainLabel(f"{arr}, {renewal}", colour="text2"))
        line.addStretch(1)

    def _add_numbers(self, row: BookRow, judgement: Judgement) -> None:
        line = self._line()
        line.addWidget(MarkWidget(row.band, self))
        line.addWidget(PlainLabel(row.score or tr(words.UNKNOWN), weight=MEDIUM))
        line.addSpacing(8)
        form = "hollow" if row.feeling else "dashed"
        line.addWidget(MarkWidget(row.feeling_band, self, form=form))
        line.addWidget(PlainLabel(row.feeling or tr(words.UNKNOWN)))
        line.addStretch(1)
        if row.gap:
            line.addWidget(PlainLabel(tr("gap {0}").format(row.gap), colour=row.gap_token))
        for cap in judgement.health.caps:
            self.add_widget(_wrapped(cap.sentence))
        if judgement.health.robust:
            self.add_widget(_wrapped(judgement.health.robust))

    def _add_signals(self, signals: tuple[Call, ...]) -> None:
        if not signals:
            return
        body = self.add_section(self.tr("What calls for you"), words.number(len(signals)))
        for signal in sorted(signals, key=lambda s: -s.rank.total)[:_SIGNALS]:
            headline = PlainLabel(signal.headline, weight=MEDIUM)
            headline.setWordWrap(True)
            body.addWidget(headline)
            body.addWidget(_wrapped(signal.why))

    def _add_buckets(self, judgement: Judgement) -> None:
        known = tr("{0}% known").format(round(judgement.health.coverage * 100))
        body = self.add_section(self.tr("What makes the score"), known)
        for bucket in judgement.health.buckets:
            line = QHBoxLayout()
            line.addWidget(PlainLabel(bucket.title))
            line.addStretch(1)
            line.addWidget(PlainLabel(_points(bucket), colour="text2"))
            body.addLayout(line)

    def _add_step(self, line: Overview) -> None:
        body = self.add_section(self.tr("Next step"))
        body.addWidget(_wrapped(veil.note(line.next_step) or self.tr("None written down.")))

    def _line(self) -> QHBoxLayout:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.add_widget(holder)
        return row


def _wrapped(text: str) -> PlainLabel:
    label = PlainLabel(text, px=12, colour="text2")
    label.setWordWrap(True)
    return label


def _points(bucket: BucketResult) -> str:
    if bucket.score is None:
        return tr(words.UNKNOWN)
    return tr("{0:.0f} of {1:.0f} points").format(bucket.points, bucket.max_points)
