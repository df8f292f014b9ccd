"""The inspector of Today: why an entry is here, why it ranks there, and what is next."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csplanner.language import tr
from csplanner.paint.bars import draw_pill
from csplanner.paint.chips import TIER_WORDS
from csplanner.paint.fonts import MEDIUM
from csplanner.paint.marks import mark_words
from csplanner.ui import veil
from csplanner.ui.look import theme_of
from csplanner.ui.today.peek import Fact, Figure, Part, Peek
from csplanner.ui.todo.rows import TaskRow
from csplanner.ui.widgets.buttons import Button, IconButton, changing
from csplanner.ui.widgets.chips import Chip, MarkWidget, TierChip
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import Inspector

_POINT_WIDTH = 3
_TOP = Qt.AlignmentFlag.AlignTop


class FactLine(QWidget):
    """An icon, a line that wraps, and a grey line under it."""

    def __init__(self, fact: Fact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        text = PlainLabel(fact.text)
        text.setWordWrap(True)
        source = PlainLabel(fact.source, self, px=12, colour="text3")
        source.setWordWrap(True)
        source.setVisible(bool(fact.source))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(text)
        words.addWidget(source)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(IconLabel(fact.icon, colour=fact.ink), 0, _TOP)
        row.addLayout(words, 1)
        self.setAccessibleName(f"{fact.text}. {fact.source}")


class FigureBlock(QWidget):
    """A caption over a mark and a figure."""

    def __init__(self, figure: Figure, parent: QWidget | None = None, *, px: int = 15) -> None:
        super().__init__(parent)
        row = QHBoxLayout()
        row.setSpacing(6)
        if figure.band:
            row.addWidget(MarkWidget(figure.band, form=figure.form, size=18))
        row.addWidget(PlainLabel(figure.text, px=px, weight=MEDIUM, colour=figure.ink))
        note = PlainLabel(figure.note, px=12, colour="text2")
        is_change = figure.form == "filled"
        if is_change and figure.note:
            row.addWidget(note)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(PlainLabel(figure.caption, px=12, colour="text3"))
        column.addLayout(row)
        mark = f", {mark_words(figure.band, figure.form)}" if figure.band else ""
        self.setAccessibleName(f"{figure.caption}: {figure.text}{mark}. {figure.note}")


class PartBar(QWidget):
    """Points of a part of the rank, on a track as long as the most there can be."""

    def __init__(self, part: Part, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = part
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("{0} of {1}").format(part.points, part.most))

    def sizeHint(self) -> QSize:
        return QSize(round(40 * _POINT_WIDTH), 16)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        track = QRectF(0, 5.5, self._part.most * _POINT_WIDTH, 5)
        share = self._part.points / self._part.most
        draw_pill(painter, track, share=share, theme=theme_of(self))
        painter.end()


_FOOT_ROOM = 288


class TodayInspector(Inspector):
    """Shows a Peek; `asked` carries what a button at its foot wants: verb, snooze or dismiss."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setMinimumWidth(296)

    def show_peek(self, peek: Peek | None) -> None:
        """Explain an entry, or say that none is chosen."""
        self.clear()
        if peek is None:
            self.set_title("")
            hint = PlainLabel(self.tr("Choose an account to see why it is here."), colour="text2")
            hint.setWordWrap(True)
            self.add_widget(hint)
            return
        self.set_title(peek.name)
        self._add_head(peek)
        reasons = self.add_section(self.tr("Why it is here"))
        for fact in peek.reasons:
            reasons.addWidget(FactLine(fact))
        self._add_rank(peek)
        if peek.others:
            also = self.add_section(self.tr("Also true"), str(len(peek.others)))
            for fact in peek.others:
                also.addWidget(FactLine(fact))
        self._add_next(peek)
        self._add_foot(peek)

    def show_task(self, row: TaskRow, kind: str) -> None:
        """Tell all of a task, with its verbs."""
        self.clear()
        self.set_title(row.title)
        self.add_widget(PlainLabel(kind, px=12, colour="text2"))
        if row.due:
            ink = "risk-ink" if row.is_late else "text2"
            self.add_widget(FactLine(Fact("calendar", ink, row.due, "")))
        if row.account:
            self.add_widget(FactLine(Fact("briefcase", "text2", row.account, "")))
        if row.task.note:
            self.add_widget(FactLine(Fact("sticky-note", "text2", veil.note(row.task.note), "")))
        if row.task.account_id:
            button = Button(self.tr("Open the account"), kind="link", small=True)
            button.clicked.connect(lambda: self.asked.emit("open"))
            self.add_widget(button)
        for text, verb, style in (
            (row.verb, "verb", "primary"), (self.tr("Put off…"), "snooze", "secondary"),
            (self.tr("Change…"), "edit", "quiet"),
        ):  # fmt: skip
            foot = Button(text, kind=style)
            foot.clicked.connect(lambda _on=False, verb=verb: self.asked.emit(verb))
            self.add_action(foot)

    def hide_peek(self, name: str) -> None:
        """Say that what is measured of an account is hidden for now."""
        self.clear()
        self.set_title(name)
        hint = PlainLabel(
            self.tr("Score and reasons are hidden until you said how you feel."), colour="text2"
        )
        hint.setWordWrap(True)
        self.add_widget(hint)

    def _add_head(self, peek: Peek) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        if peek.tier in TIER_WORDS:
            row.addWidget(TierChip(peek.tier), 0, _TOP)
        else:
            row.addWidget(Chip(self.tr("Not placed"), kind="outline"), 0, _TOP)
        words = PlainLabel(peek.line, colour="text2")
        words.setWordWrap(True)
        row.addWidget(words, 1)
        self.add_widget(line)
        block = QWidget()
        figures = QHBoxLayout(block)
        figures.setContentsMargins(0, 0, 0, 0)
        figures.setSpacing(12)
        for figure in peek.figures:
            figures.addWidget(FigureBlock(figure), 0 if figure.caption == tr("Gap") else 1)
        self.add_widget(block)
        button = Button(self.tr("Open the account"), kind="link", small=True)
        button.clicked.connect(lambda: self.asked.emit("open"))
        self.add_widget(button)

    def _add_rank(self, peek: Peek) -> None:
        body = self.add_section(peek.rank_title, self.tr("{} of 100").format(peek.total))
        grid = QGridLayout()
        grid.setVerticalSpacing(4)
        grid.setHorizontalSpacing(6)
        grid.setColumnStretch(0, 1)
        for place, part in enumerate(peek.parts):
            grid.addWidget(ElidedLabel(part.title, px=12, colour="text2"), place, 0)
            grid.addWidget(PartBar(part), place, 1)
            points = PlainLabel(str(part.points))
            points.setAlignment(Qt.AlignmentFlag.AlignRight)
            points.setMinimumWidth(24)
            grid.addWidget(points, place, 2)
        body.addLayout(grid)
        if peek.stake_note:
            note = PlainLabel(peek.stake_note, px=12, colour="text3")
            note.setWordWrap(True)
            body.addWidget(note)

    def _add_next(self, peek: Peek) -> None:
        body = self.add_section(self.tr("Next step"))
        row = QHBoxLayout()
        row.setSpacing(8)
        if peek.next_step:
            fact = Fact("list-checks", "text2", peek.next_step, peek.next_due)
            row.addWidget(FactLine(fact), 1)
            add = IconButton("pencil", self.tr("Change the next step"))
        else:
            row.addWidget(PlainLabel(self.tr("None yet."), colour="text2"), 1)
            add = IconButton("plus", self.tr("Set the next step"))
        add.clicked.connect(lambda: self.asked.emit("next"))
        row.addWidget(add, 0, _TOP)
        body.addLayout(row)

    def _in_rows(self, verb: Button, *others: Button) -> list[QWidget]:
        """The buttons beside each other; a long verb stands above the others."""
        buttons = (verb, *others)
        if sum(b.sizeHint().width() for b in buttons) + 8 * len(others) <= _FOOT_ROOM:
            return list(buttons)
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(verb)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in others:
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        return [box]

    def _add_foot(self, peek: Peek) -> None:
        verb = Button(peek.verb, kind="primary")
        verb.clicked.connect(lambda: self.asked.emit("verb"))
        snooze = Button(self.tr("Snooze"))
        snooze.setAccessibleDescription(self.tr("S snoozes for a week"))
        snooze.clicked.connect(lambda: self.asked.emit("snooze_menu"))
        dismiss = Button(self.tr("Dismiss…"), kind="quiet")
        changing(snooze, dismiss)
        dismiss.clicked.connect(lambda: self.asked.emit("dismiss"))
        for button in self._in_rows(verb, snooze, dismiss):
            self.add_action(button)
        self.snooze_button, self.dismiss_button = snooze, dismiss
