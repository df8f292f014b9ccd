"""The first step: drop or choose files, answer what they leave open, or take an import back."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csplanner.crm.question import Question
from csplanner.errors import UserError
from csplanner.language import Spoken, noted, tr
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.actions.typed import read_day
from csplanner.ui.imports.history import HistoryList
from csplanner.ui.imports.parts import TroubleLine
from csplanner.ui.imports.words import one_line
from csplanner.ui.look import theme_of
from csplanner.ui.style_drawing import panel
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.dropped import local_paths
from csplanner.ui.widgets.fields import Field, IconLabel
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground, Scroll

_WIDTH = 640
_KINDS = noted(
    "CSV, Excel, JSON, zip (*.csv *.txt *.tsv *.xlsx *.xlsm *.xls *.json *.zip *.htm *.html)"
)


class FileStep(Ground):
    """`chosen` carries paths, `answered` (flag, answer) what a question was answered with."""

    chosen = Signal(object)
    answered = Signal(str, str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.drop = DropArea()
        self.drop.dropped.connect(self.chosen)
        self.question = QuestionPanel(today)
        self.question.answered.connect(self.answered)
        self.history = HistoryList()
        self._upper = QStackedWidget()
        self._upper.addWidget(self.drop)
        self._upper.addWidget(self.question)
        self.trouble = TroubleLine()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 32, 24, 24)
        column.setSpacing(10)
        before = PlainLabel(self.tr("Imported before"), weight=SEMIBOLD)
        before.setContentsMargins(0, 14, 0, 0)
        for part in (self._upper, self.trouble, before, self.history):
            part.setFixedWidth(_WIDTH)
            column.addWidget(part, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inner))
        self.setFocusProxy(self.drop)

    def ask(self, question: Question | None) -> None:
        """Show a question in place of the drop area, or the drop area again."""
        self._upper.setCurrentIndex(0 if question is None else 1)
        self.setFocusProxy(self.drop if question is None else self.question)
        if question is not None:
            self.question.ask(question)

    @property
    def is_asking(self) -> bool:
        """Whether a question waits for its answer."""
        return self._upper.currentIndex() == 1

    def set_enabled(self, on: bool) -> None:
        """Let files be chosen, or not."""
        self.drop.setEnabled(on)


class DropArea(QWidget):
    """A dashed area that takes files and folders, with buttons for the keyboard."""

    dropped = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Drop CRM exports here"))
        self.files = Button(self.tr("Choose files…"), kind="primary", icon="file-input")
        self.folder = Button(self.tr("Choose a folder…"), icon="folder-open")
        self.files.clicked.connect(self._ask_files)
        self.folder.clicked.connect(self._ask_folder)
        words = PlainLabel(
            self.tr(
                "CSV, Excel or JSON as Salesforce, Dynamics or your own sheet export "
                "them; several files, a folder or a zip. Your book stays as it is until you apply."
            ),
            colour="text2",
        )
        words.setWordWrap(True)
        words.setFixedWidth(460)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        centre = Qt.AlignmentFlag.AlignHCenter
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.files)
        row.addWidget(self.folder)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 28, 24, 28)
        column.setSpacing(8)
        column.addWidget(IconLabel("file-spreadsheet", colour="accent-text", px=24),
                         alignment=centre)  # fmt: skip
        title = PlainLabel(self.tr("Drop CRM exports here"), px=15, weight=SEMIBOLD)
        column.addWidget(title, alignment=centre)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(words)
        line.addStretch(1)
        column.addLayout(line)
        column.addSpacing(8)
        column.addLayout(row)
        self.setFocusProxy(self.files)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look, rect = theme_of(self), QRectF(self.rect())
            if self._over:
                panel(painter, rect, fill="accent-tint", border="", theme=look, radius=8)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(look.colour("accent" if self._over else "control"), 1.2)
            pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 8, 8)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event):
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        del event
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        event.acceptProposedAction()
        self.dropped.emit(local_paths(event))

    def _ask_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Choose CRM exports"),
            str(Path.home()),
            f"{tr(_KINDS)};;{tr('All files (*)')}",
        )
        if names:
            self.dropped.emit([Path(name) for name in names])

    def _ask_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Choose a folder of CRM exports"), str(Path.home())
        )
        if name:
            self.dropped.emit([Path(name)])


_CHOICES = Spoken(
    {
        "dmy": noted("Day first: 05/06/2026 is 5 June"),
        "mdy": noted("Month first: 05/06/2026 is 6 May"),
        ".": noted("Decimal point: 1.234 is a little more than one"),
        ",": noted("Decimal comma: 1.234 is more than a thousand"),
    }
)


class QuestionPanel(QWidget):
    """One question of an import with its possible answers; `answered` carries flag and answer."""

    answered = Signal(str, str)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._flag = today, ""
        self._title = PlainLabel("", px=15, weight=SEMIBOLD)
        self._words = PlainLabel("", colour="text2")
        for label in (self._title, self._words):
            label.setWordWrap(True)
        self.choices: list[QRadioButton] = []
        self._answers = QVBoxLayout()
        self._answers.setSpacing(6)
        self.day = Field(self.tr("The day the export was made"))
        self.day.field.setFixedWidth(160)
        self.go_on = Button(self.tr("Go on"), kind="primary")
        self.go_on.clicked.connect(self._answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addLayout(self._answers)
        column.addWidget(self.day)
        column.addWidget(self.go_on)
        column.addStretch(1)
        self.day.field.returnPressed.connect(self._answer)  # type: ignore[attr-defined]

    def ask(self, question: Question) -> None:
        """Show a question."""
        self._flag = question.flag
        for old in self.choices:
            old.hide()
            old.deleteLater()
        self.choices = [QRadioButton(_CHOICES.get(c, c), self) for c in question.choices]
        for button, key in zip(self.choices, question.choices, strict=True):
            button.setProperty("answer", key)
            self._answers.addWidget(button)
        self.day.setVisible(question.flag == "--as-of")
        self.day.show_error("")
        title, words = self._wording(question)
        self._title.setText(title)
        self._words.setText(words)
        self.setAccessibleName(title)
        self.setFocusProxy(self.choices[0] if self.choices else self.day.field)

    def _wording(self, question: Question) -> tuple[str, str]:
        if question.flag == "--as-of":
            return (
                self.tr("Which day do these files show?"),
                self.tr("Nothing in them tells. It is usually the day the export was made."),
            )
        if question.flag == "--date-order":
            where = one_line(question.where)
            return (
                self.tr("Does the day or the month come first?"),
                self.tr("Every date in {0} can be read both ways.").format(where),
            )
        if question.flag == "--decimal":
            where = one_line(question.where)
            return (
                self.tr("Is the sign for thousands or for fractions?"),
                self.tr("Every number in {0} can be read both ways.").format(where),
            )
        return self.tr("One thing is open"), str(question)

    def _answer(self) -> None:
        if self._flag == "--as-of":
            self._answer_day()
            return
        for button in self.choices:
            if button.isChecked():
                self.answered.emit(self._flag, str(button.property("answer")))
                return
        self._words.setText(self.tr("Choose one of the two, then go on."))

    def _answer_day(self) -> None:
        text = self.day.field.text()  # type: ignore[attr-defined]
        try:
            found = read_day(text, self._today)
        except UserError as error:
            self.day.show_error(str(error))
            return
        if found is None:
            self.day.show_error(self.tr("Type the day, such as 10 Mar 2026."))
            return
        self.answered.emit(self._flag, found.isoformat())


def paths_of(argument: object) -> Sequence[Path]:
    """The paths a page was opened with; none when it was opened with anything else."""
    if not isinstance(argument, list | tuple):
        return ()
    return [p for p in argument if isinstance(p, Path)]
