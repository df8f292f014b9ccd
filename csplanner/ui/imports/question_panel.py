"""A question of an import that is not about one column, with its possible answers."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from csplanner.crm.question import Question
from csplanner.crm.text import ENCODINGS
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.imports.words import one_line
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.labels import PlainLabel


class QuestionPanel(QWidget):
    """One question with its possible answers; `answered` carries flag and answer."""

    answered = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flag = ""
        self._title = PlainLabel(self.tr("One thing is open"), px=15, weight=SEMIBOLD)
        self._words = PlainLabel("", colour="text2")
        self._words.setWordWrap(True)
        self.choices: list[QRadioButton] = []
        self._answers = QVBoxLayout()
        self._answers.setSpacing(6)
        self.go_on = Button(self.tr("Go on"), kind="primary")
        self.go_on.clicked.connect(self._answer)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addLayout(self._answers)
        column.addWidget(self.go_on)
        column.addStretch(1)

    def ask(self, question: Question) -> None:
        """Show a question."""
        self._flag = question.flag
        for old in self.choices:
            old.hide()
            old.deleteLater()
        self.choices = [QRadioButton(one_line(ENCODINGS.get(c, c)), self) for c in question.choices]
        for button, key in zip(self.choices, question.choices, strict=True):
            button.setProperty("answer", key)
            self._answers.addWidget(button)
        self._words.setText(str(question))
        self.setAccessibleName(str(question))
        self.setFocusProxy(self.choices[0] if self.choices else self.go_on)

    def _answer(self) -> None:
        for button in self.choices:
            if button.isChecked():
                self.answered.emit(self._flag, str(button.property("answer")))
                return
        self._words.setText(self.tr("Choose one of these, then go on."))
