"""The area that takes files: dropped on it, chosen, or pasted as a table."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from csplanner.language import noted, tr
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.look import theme_of
from csplanner.ui.style_drawing import panel
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.dropped import local_paths
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import PlainLabel

_KINDS = noted(
    "CSV, Excel, JSON, zip (*.csv *.txt *.tsv *.xlsx *.xlsm *.xls *.json *.jsonl *.ndjson *.zip "
    "*.htm *.html)"
)


class DropArea(QWidget):
    """A dashed area that takes files and folders, with buttons for the keyboard."""

    dropped = Signal(object)
    pasted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._over = False
        self.start = Path.home()
        """Where choosing begins."""
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Drop CRM exports here"))
        self.files = Button(self.tr("Choose files…"), kind="primary", icon="file-input")
        self.folder = Button(self.tr("Choose a folder…"), icon="folder-open")
        self.files.clicked.connect(self.ask_files)
        self.folder.clicked.connect(self.ask_folder)
        self.paste = Button(self.tr("Paste a table"), icon="clipboard-check")
        self.paste.clicked.connect(self.pasted)
        words = PlainLabel(
            self.tr(
                "CSV, Excel or JSON as Salesforce, HubSpot, Dynamics or your own sheet "
                "export them; several files, folders or a zip. Your book stays as it is until you "
                "apply."
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
        row.addWidget(self.paste)
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

    def ask_files(self) -> None:
        """Let files be chosen."""
        names, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Choose CRM exports"),
            str(self.start),
            f"{tr(_KINDS)};;{tr('All files (*)')}",
        )
        if names:
            self.dropped.emit([Path(name) for name in names])

    def ask_folder(self) -> None:
        """Let a folder be chosen."""
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Choose a folder of CRM exports"), str(self.start)
        )
        if name:
            self.dropped.emit([Path(name)])
