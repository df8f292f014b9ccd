"""The foot of the import: what is wrong, how far the decisions are, and the way on."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from csplanner.language import ntr
from csplanner.paint.fonts import MEDIUM
from csplanner.ui.imports.parts import TroubleLine
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.format import number
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import Ground

_ROOM_FOR_BAR, _ROOM_FOR_REST = 800, 1000


class Foot(Ground):
    """Cancel, words, Back and the one filled button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="t")
        self.cancel = Button(self.tr("Cancel"))
        self.back = Button(self.tr("Back"))
        self.on = Button("", kind="primary")
        self._words = PlainLabel("", px=12, colour="text2")
        self._open = ElidedLabel("", px=12, weight=MEDIUM, colour="watch-ink")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(112, 4)
        self._bar.setAccessibleName(self.tr("Fields decided"))
        self._has_bar = False
        self._need = self._rest = ""
        self.trouble = TroubleLine()
        self.trouble.layout().setContentsMargins(16, 8, 16, 0)  # type: ignore[union-attr]
        row = QHBoxLayout()
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        for part in (self.cancel, self._words, self._bar):
            row.addWidget(part)
        row.addWidget(self._open, 1)
        row.addWidget(self.back)
        row.addWidget(self.on)
        self._row = QWidget()
        self._row.setLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.trouble)
        column.addWidget(self._row)
        self.say("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the bar, and what goes without saying, where words need the room."""
        super().resizeEvent(event)
        self._fit_bar()
        self._fit_words()

    def _fit_bar(self) -> None:
        self._bar.setVisible(self._has_bar and self.width() >= _ROOM_FOR_BAR)

    def _fit_words(self) -> None:
        roomy = self.width() >= _ROOM_FOR_REST
        self._open.setText(" ".join(filter(None, (self._need, self._rest if roomy else ""))))
        self._open.set_plain_tooltip(" ".join(filter(None, (self._need, self._rest))))

    def say(self, words: str) -> None:
        """Say one thing beside Cancel."""
        self._words.setText(words)
        self._has_bar = False
        self._fit_bar()
        self._need = self._rest = ""
        self._fit_words()

    def say_waiting(self, words: str, waits: str) -> None:
        """Say one thing, and what waits for an answer."""
        self.say(words)
        self._need = waits
        self._fit_words()

    def say_more(self, waits: str) -> None:
        """Say what else waits for an answer."""
        self._need = " ".join(filter(None, (self._need, waits)))
        self._fit_words()

    def say_decided(self, decided: int, total: int, still: int, left_out: int = 0) -> None:
        """Say how many fields are decided, what becomes of those that are not, and how many new
        records stay out.
        """
        out = ntr("{0} new record left out", "{0} new records left out", left_out).format(
            number(left_out)
        )
        if not total:
            self.say(out if left_out else "")
            return
        words = self.tr("{0} of {1} decided").format(number(decided), number(total))
        self._words.setText(f"{words}, {out}" if left_out else words)
        self._bar.setRange(0, total)
        self._bar.setValue(decided)
        self._has_bar = True
        self._fit_bar()
        need = self.tr("1 conflict needs you.") if still == 1 else self.tr(
            "{0} conflicts need you."
        ).format(number(still))  # fmt: skip
        self._need = need if still else ""
        self._rest = self.tr("Undecided fields keep your value.") if still else ""
        self._fit_words()
