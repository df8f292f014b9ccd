"""Every judgement of one person: what it is, how it is known, how far it has faded."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM
from csplanner.ui import veil
from csplanner.ui.account.parts import clear
from csplanner.ui.map.person_rows import JudgedRow
from csplanner.ui.map.side_parts import (
    TOP,
    Fading,
    PressRow,
    SideSection,
    alone,
    give_way,
    one_stop,
    wrapped,
)
from csplanner.ui.map.value_words import is_secret
from csplanner.ui.widgets.buttons import IconButton, changing
from csplanner.ui.widgets.format import share
from csplanner.ui.widgets.labels import PlainLabel, set_plain_tooltip


class JudgedPane(QWidget):
    """Pressed, a judgement is made anew; the tick confirms that it still holds."""

    judge_asked = Signal(str)
    """The field."""
    confirm_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._section = SideSection(tr("What you judge of them"), right=True)
        self._section.body.setSpacing(0)
        alone(self, self._section)

    def show_rows(self, rows: Sequence[JudgedRow]) -> None:
        """Show other judgements."""
        clear(self._section.body)
        known = sum(row.is_known for row in rows)
        self._section.set_note(tr("{0} known").format(share(known, len(rows))))
        made = [_Row(r, judge=self._judge(r), confirm=self._confirm(r)) for r in rows]
        for row in made:
            self._section.body.addWidget(row)
        one_stop([row.press for row in made])

    def _judge(self, row: JudgedRow) -> Callable[[], object]:
        return lambda: self.judge_asked.emit(row.field)

    def _confirm(self, row: JudgedRow) -> Callable[[], object]:
        return lambda: self.confirm_asked.emit(row.field)


class _Row(QWidget):
    """One judgement: field and value, how fresh it is, and under it how it is known."""

    def __init__(
        self, row: JudgedRow, *, judge: Callable[[], object], confirm: Callable[[], object]
    ) -> None:
        super().__init__()
        give_way(self)
        self.press = PressRow(spoken(row), run=judge)
        self.press.setObjectName(f"judge:{row.field}")
        set_plain_tooltip(self.press, tr("Change it, with help to decide"))
        column = QVBoxLayout()
        column.setContentsMargins(0, 5, 0, 5)
        column.setSpacing(0)
        column.addLayout(_first_line(row))
        if row.source or row.fresh is not None or row.recheck:
            column.addLayout(_second_line(row))
        self.press.take(column)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(self.press, 1)
        if row.is_known and row.field in CONFIRMED:
            tick = IconButton("check", tr("{0}: still so today").format(row.title))
            changing(tick)
            tick.clicked.connect(lambda: confirm())
            line.addWidget(tick)
        else:
            line.addSpacing(30)


CONFIRMED = frozenset({
    "influence", "mood", "politics", "adaptability", "orientation", "relation_now",
    "relation_wanted", "has_power", "sells_for_us", "has_interest",
})  # fmt: skip
"""Judgements that can be confirmed as they are."""


def _first_line(row: JudgedRow) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    title = PlainLabel(row.title, px=12, colour="text2")
    line.addWidget(title)
    line.addStretch(1)
    ink = "text" if row.is_known else "text3"
    line.addWidget(PlainLabel(row.value, weight=MEDIUM, colour=ink))
    return line


def _second_line(row: JudgedRow) -> QHBoxLayout:
    """How it is known, and at the right how far it has faded."""
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addWidget(wrapped(row.source, colour="text3"), 1)
    if row.recheck:
        line.addWidget(PlainLabel(tr("re-check"), px=12, colour="watch-ink"), 0, TOP)
    if row.fresh is not None and not (veil.is_on() and is_secret(row.field)):
        line.addWidget(Fading(row.fresh, old=row.recheck), 0, TOP)
    return line


def spoken(row: JudgedRow) -> str:
    """A judgement as a screen reader says it: `Mood: for us, told by Dana, 12 Mar, re-check`."""
    parts = [row.value, row.source]
    if row.fresh is not None and not (veil.is_on() and is_secret(row.field)):
        parts.append(tr("{0}% of it still counts").format(round(100 * row.fresh)))
    if row.recheck:
        parts.append(tr("re-check"))
    return f"{row.title}: {', '.join(part for part in parts if part)}"
