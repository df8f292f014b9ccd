"""What a past import could not bring in: corrected, and brought in after all."""

from collections import defaultdict

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from csplanner.book.staged_problems import KeptProblems, csv_of
from csplanner.domain.snapshot import Quarantined
from csplanner.language import ntr, tr
from csplanner.ui.imports.problems import ProblemsPanel
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.dialogs import Dialog

_WIDTH, _HEIGHT = 900, 480


class SetAside(Dialog):
    """The problems left of one import. `bring_asked` carries the corrections by problem and column,
    `save_asked` the problems as CSV.
    """

    bring_asked = Signal(dict)
    save_asked = Signal(str)

    def __init__(self, title: str, found: list[Quarantined], parent: QWidget | None = None) -> None:
        """`found` are the problems of the import called `title` that nobody brought in since."""
        sentence = tr(
            "Correct a cell and bring its row in, as of the day of that import. "
            "It is one step that you can undo."
        )
        super().__init__(tr("Set aside by the import of {0}").format(title), sentence, parent)
        self._found = found
        self.panel = ProblemsPanel()
        self.panel.setMinimumSize(_WIDTH, _HEIGHT)
        self.panel.save.hide()
        self.panel.try_again.hide()
        self.body.addWidget(self.panel)
        self.save = Button(tr("Save as CSV…"), self)
        self.save.setAutoDefault(False)
        self.save.clicked.connect(lambda: self.save_asked.emit(csv_of(found)))
        self.stop = Button(tr("Close"), self)
        self.stop.clicked.connect(self.reject)
        self.bring = Button("", self, kind="primary")
        self.bring.clicked.connect(self._bring)
        for part in (self.save, self.stop, self.bring):
            self.foot.addWidget(part)
        self.panel.changed.connect(self._say)
        self.panel.show_problems(KeptProblems(found))
        self._say()

    def corrections(self) -> dict[str, dict[str, str]]:
        """By the id of a problem the cells of its row that were typed anew."""
        typed: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
        for fix in self.panel.corrections.fixes():
            typed[fix.file, fix.row][fix.column] = fix.value
        places = {q.id: (q.file, q.row) for q in self._found}
        return {key: dict(typed[place]) for key, place in places.items() if place in typed}

    def _say(self) -> None:
        rows = {(fix.file, fix.row) for fix in self.panel.corrections.fixes()}
        words = ntr("Bring in {0} row", "Bring in {0} rows", len(rows))
        self.bring.set_text(words if rows else tr("Bring in"))
        self.bring.setEnabled(bool(rows))

    def _bring(self) -> None:
        made = self.corrections()
        self.accept()
        self.bring_asked.emit(made)
