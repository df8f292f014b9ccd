"""What was read, before its columns are matched: the files, and the snapshot as a whole."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.imports.chooser import Chooser
from csplanner.ui.imports.found_files import (
    FilesModel,
    FilesTable,
    FoundFile,
    encoding_choices,
    object_choices,
)
from csplanner.ui.imports.parts import TroubleLine
from csplanner.ui.imports.snapshot_fields import SnapshotFields
from csplanner.ui.imports.words import one_line
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import PADDING, Ground, Scroll, Section

_PANEL = 320


class FilesPanel(QWidget):
    """`object_said` and `encoding_said` carry a file and what was said of it; `more` asks for
    further files, `others` for different ones.
    """

    object_said = Signal(str, str)
    encoding_said = Signal(str, str)
    more = Signal()
    others = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = FilesModel()
        self.table = FilesTable(self.model)
        self.whole = SnapshotFields(today)
        self.trouble = TroubleLine()
        self.add = Button(self.tr("Add files…"), icon="plus")
        self.change = Button(self.tr("Choose others…"), kind="quiet")
        self._chooser: Chooser | None = None
        self._title = PlainLabel(self.tr("What was read"), weight=SEMIBOLD)
        self._note = ElidedLabel("", px=12, colour="text2")
        self.table.object_asked.connect(self._offer_objects)
        self.table.encoding_asked.connect(self._offer_encodings)
        self.add.clicked.connect(self.more)
        self.change.clicked.connect(self.others)
        self._lay_out()
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        head = Ground("window", lines="b")
        line = QHBoxLayout(head)
        line.setContentsMargins(PADDING, 6, 8, 7)
        line.setSpacing(8)
        line.addWidget(self._title)
        line.addWidget(self._note, 1)
        line.addWidget(self.change)
        line.addWidget(self.add)
        left = QVBoxLayout()
        left.setSpacing(0)
        self.trouble.layout().setContentsMargins(PADDING, 8, PADDING, 8)  # type: ignore[union-attr]
        for part in (head, self.trouble):
            left.addWidget(part)
        left.addWidget(self.table, 1)
        inner = QWidget()
        right = QVBoxLayout(inner)
        right.setContentsMargins(PADDING + 1, 12, PADDING, PADDING)
        snapshot = Section(self.tr("This snapshot"))
        snapshot.body.addWidget(self.whole)
        right.addWidget(snapshot)
        right.addStretch(1)
        panel = Ground("window", lines="l")
        panel.setFixedWidth(_PANEL)
        outer = QVBoxLayout(panel)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(Scroll(inner, sideways=False))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(panel)

    def show_files(self, files: Sequence[FoundFile]) -> None:
        """Show these files, those that are not used last."""
        self.model.show_files(sorted(files, key=lambda f: not f.object))
        self.table.setCurrentIndex(self.model.index(0, 0))
        out = sum(1 for f in files if not f.object and f.can_use)
        self._note.setText(
            tr("{0} not used. Choose what its rows are to use it anyway.").format(out)
            if out else ""
        )  # fmt: skip

    def _offer_objects(self, row: int, at: QPoint) -> None:
        found = self.model.file(row)
        if found is not None:
            self._chooser_now().offer(
                object_choices(), at, lambda key: self.object_said.emit(found.file, key),
                chosen=found.object,
                name=tr("What the rows of {0} are").format(one_line(found.file)),
            )  # fmt: skip

    def _offer_encodings(self, row: int, at: QPoint) -> None:
        found = self.model.file(row)
        if found is not None:
            self._chooser_now().offer(
                encoding_choices(), at, lambda key: self.encoding_said.emit(found.file, key),
                chosen=found.encoding,
                name=tr("The encoding of {0}").format(one_line(found.file)),
            )  # fmt: skip

    def _chooser_now(self) -> Chooser:
        if self._chooser is None:
            self._chooser = Chooser(self.window())
        return self._chooser
