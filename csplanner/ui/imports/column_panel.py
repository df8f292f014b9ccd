"""The chosen column: how it is read and why, and the other ways to read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from csplanner.crm.mapping import (
    BY_MEMORY,
    BY_NAME,
    BY_YOU,
    DATES,
    ColumnMapping,
    FileMapping,
    Reading,
)
from csplanner.language import Spoken, noted, tr
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.imports.reading_words import kind_of
from csplanner.ui.imports.targets import shown
from csplanner.ui.imports.words import one_line
from csplanner.ui.widgets.format import day, number
from csplanner.ui.widgets.labels import PlainLabel

_RULES = Spoken(
    {
        "dmy": noted("day/month/year"),
        "mdy": noted("month/day/year"),
        "ymd": noted("year-month-day"),
        ".": noted("1,234.50, with a point"),
        ",": noted("1.234,50, with a comma"),
    }
)
_REASONS = Spoken(
    {
        BY_NAME: noted("Recognised by its name."),
        BY_YOU: noted("You chose this."),
        BY_MEMORY: noted("As last time."),
    }
)
_ASKED = Spoken(
    {
        "--date-order": noted("Every date in it can be read both ways. Say which comes first."),
        "--decimal": noted("Its numbers can be read with thousands or with a fraction. Say which."),
        "--currency": noted(
            "Its amounts name no currency, and your book has several. Say which they are in."
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a column, with what a cell would be and how many would fail."""

    rule: str
    words: str
    note: str = ""


def candidates(column: ColumnMapping) -> Sequence[Candidate]:
    """The ways to read a column of dates or figures; none where there is one alone."""
    # Cells that fail whichever way tell nothing for or against a way: they come as problems.
    always = min((r.fails for r in column.readings), default=0)
    return [
        Candidate(r.rule, _RULES.get(r.rule, r.rule), _note(r, always)) for r in column.readings
    ]


def _note(reading: Reading, always: int) -> str:
    """`05/06/2026 is 5 Jun 2026`, and how many cells would fail that another way reads."""
    parts = []
    if reading.reads:
        parts.append(tr("{0} is {1}").format(one_line(reading.example), _shown(reading.reads)))
    if reading.fails > always:
        parts.append(tr("{0} would fail").format(number(reading.fails - always)))
    return ", ".join(parts)


def _shown(text: str) -> str:
    """An ISO day or a plain number as people write it."""
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        pass
    else:
        return day(found, found)
    try:
        return number(float(text), 2).removesuffix("00").rstrip(".,")
    except ValueError:
        return one_line(text)


class ColumnPanel(QWidget):
    """Shows one column; `rule_chosen` carries the rule somebody chose."""

    rule_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel("", weight=SEMIBOLD)
        self._goal = PlainLabel("", px=12, colour="text2")
        self._words = PlainLabel("", px=12, colour="text2")
        for label in (self._title, self._goal, self._words):
            label.setWordWrap(True)
        self.rules: list[QRadioButton] = []
        self._lines: list[QWidget] = []
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        for label in (self._title, self._goal, self._words):
            self._column.addWidget(label)
        self._rules_of = ""

    def show_column(
        self,
        column: ColumnMapping,
        mapping: FileMapping,
        *,
        open_for: str = "",
        currencies: Sequence[str] = (),
    ) -> None:
        """Show the column of a file; `open_for` is the flag of the question it waits for, and
        `currencies` are those its amounts may be in.
        """
        self._title.setText(one_line(column.header) or tr("A column without a name"))
        if column.target:
            goal = tr("reads as {0}").format(shown(column.target, mapping.object))
        else:
            goal = tr("left out")
        self._goal.setText(goal)
        self._words.setText(_ASKED[open_for] if open_for else _why(column, mapping))
        self._words.set_colour("watch-ink" if open_for else "text2")
        ways = [Candidate(code, code) for code in currencies] or candidates(column)
        self._show_ways(ways, "" if open_for else column.rule, f"{mapping.file}\n{column.header}")

    def take_keyboard(self) -> None:
        """Give the keyboard to the first way to read the column."""
        if self.rules:
            self.rules[0].setFocus()

    def _show_ways(self, ways: Sequence[Candidate], chosen: str, of: str) -> None:
        told = "\n".join((of, *(f"{w.rule} {w.note}" for w in ways)))
        if told != self._rules_of:
            for part in (*self._lines, *self.rules):
                part.hide()
                part.deleteLater()
            self.rules, self._lines = [], []
            for way in ways:
                self._add(way)
        self._rules_of = told
        for button in self.rules:
            on = button.property("rule") == chosen
            self._group.setExclusive(False)
            button.setChecked(on)
            self._group.setExclusive(True)

    def _add(self, way: Candidate) -> None:
        button = QRadioButton(way.words)
        button.setProperty("rule", way.rule)
        button.setAccessibleName(f"{way.words} {way.note}".strip())
        button.clicked.connect(lambda _on=False: self.rule_chosen.emit(way.rule))
        note = PlainLabel(way.note, px=12, colour="text2")
        note.setWordWrap(True)
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(button)
        row.addWidget(note, 1)
        self._group.addButton(button)
        self._column.addWidget(line)
        self.rules.append(button)
        self._lines.append(line)


def _why(column: ColumnMapping, mapping: FileMapping) -> str:
    if not column.target:
        return tr("Choose where it goes to take it in.")
    parts = [_REASONS[reason] for reason in _REASONS if column.why.startswith(reason)]
    parts.append(_two_ways(column))
    missing = mapping.rows - column.filled
    if mapping.rows and 0 < missing < mapping.rows:
        parts.append(tr("{0} of {1} rows are empty.").format(number(missing), number(mapping.rows)))
    return " ".join(filter(None, parts))


def _two_ways(column: ColumnMapping) -> str:
    """`11 of 39 dates could be read two ways. The other 28 only work as day/month/year.`"""
    if not column.both_ways:
        return ""
    dates = kind_of(column) in DATES
    rest = column.looked_at - column.both_ways
    if not rest:
        return tr("All its dates can be read two ways.") if dates else tr(
            "All its numbers can be read two ways."
        )  # fmt: skip
    first = tr("{0} of {1} dates could be read two ways.") if dates else tr(
        "{0} of {1} numbers could be read two ways."
    )  # fmt: skip
    then = tr("The other {0} only work as {1}, so that is what we use.")
    words = first.format(number(column.both_ways), number(column.looked_at))
    return f"{words} {then.format(number(rest), _RULES.get(column.rule, column.rule))}"
