"""The pane beside the columns: the one chosen, how accounts are matched, the first rows."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from csplanner.book.staging_preview import FirstRows
from csplanner.language import tr
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.imports.column_panel import ColumnPanel
from csplanner.ui.imports.matching import Matched, MatchPanel
from csplanner.ui.imports.preview import Preview
from csplanner.ui.imports.remember import RememberLine
from csplanner.ui.imports.word_panel import WordPanel
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import PADDING, Ground, Hairline, Scroll

_WIDTH = 320


class MappingSide(Ground):
    """Its parts are `column`, `words`, `matching`, `preview`, `change_whole` and `remember`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="l")
        self.column = ColumnPanel()
        self.words = WordPanel()
        self.matching = MatchPanel()
        self.preview = Preview()
        self.remember = RememberLine()
        self.change_whole = Button(self.tr("Change…"), kind="link", small=True)
        self.change_whole.setAccessibleName(self.tr("Change day, source or completeness"))
        self._whole = PlainLabel("", px=12, colour="text2")
        self._whole.setWordWrap(True)
        self._matching = _block(tr("How accounts are matched"), (self.matching,))
        self._preview = _block(tr("Preview"), (), edge=self.preview)
        snapshot = _block(tr("This snapshot"), (self._whole, self.change_whole))
        inner = _Tall()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, PADDING)
        column.setSpacing(12)
        for part in (_block("", (self.column, self.words)), self._matching, self._preview,
                     snapshot):  # fmt: skip
            column.addWidget(part)
        column.addStretch(1)
        self._scroll = Scroll(inner, sideways=False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self.remember)
        self.setFixedWidth(_WIDTH)

    def show_matched(self, matched: Sequence[Matched]) -> None:
        """Show how accounts are matched; nothing while that is not known."""
        self._matching.setVisible(bool(matched))
        self.matching.show_matched(matched)

    def show_rows(self, rows: Sequence[FirstRows]) -> None:
        """Show the first rows of the file."""
        self._preview.setVisible(bool(rows))
        self.preview.show_rows(rows)

    def say_whole(self, sentence: str) -> None:
        """Say what holds for the snapshot as a whole."""
        self._whole.setText(sentence)

    def show_top(self) -> None:
        """Bring what concerns the chosen column into view."""
        self._scroll.verticalScrollBar().setValue(0)


class _Tall(QWidget):
    """As wide as the pane and as high as its words need at that width, so that it scrolls."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            layout = self.layout()
            if layout is not None:
                flows = layout.hasHeightForWidth()
                tall = layout.totalHeightForWidth(self.width()) if flows else 0
                self.setMinimumHeight(max(tall, layout.totalMinimumSize().height()))
        return done


def _block(title: str, parts: Sequence[QWidget], *, edge: QWidget | None = None) -> QWidget:
    """Parts under a title and a hairline, set in; `edge` reaches from side to side below them."""
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    inset = QVBoxLayout()
    inset.setContentsMargins(PADDING, 0, PADDING, 0)
    inset.setSpacing(8)
    if title:
        column.addWidget(Hairline())
        inset.addWidget(PlainLabel(title, weight=SEMIBOLD))
    else:
        inset.setContentsMargins(PADDING, 12, PADDING, 0)
    for part in parts:
        inset.addWidget(part)
    column.addLayout(inset)
    if edge is not None:
        column.addWidget(edge)
    return block
