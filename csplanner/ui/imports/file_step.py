"""The first step: drop or choose files, see what they are, or take an import back."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from csplanner.crm.question import Question
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.imports.drop_area import DropArea
from csplanner.ui.imports.files_panel import FilesPanel
from csplanner.ui.imports.history import HistoryList
from csplanner.ui.imports.parts import TroubleLine
from csplanner.ui.imports.question_panel import QuestionPanel
from csplanner.ui.imports.recent import RecentPlaces
from csplanner.ui.widgets.dropped import local_paths
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground, Scroll

_WIDTH = 640
_START, _FOUND = 0, 1


class FileStep(Ground):
    """`chosen` carries paths, `added` further ones; `answered` (flag, answer) what a question was
    answered with; `pasted` asks to read the clipboard.
    """

    chosen = Signal(object)
    added = Signal(object)
    answered = Signal(str, str)
    pasted = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.drop = DropArea()
        self.question = QuestionPanel()
        self.recent = RecentPlaces()
        self.history = HistoryList()
        self.found = FilesPanel(today)
        self._upper = QStackedWidget()
        self._upper.addWidget(self.drop)
        self._upper.addWidget(self.question)
        self._start_trouble = TroubleLine()
        self._adding = False
        self._pages = QStackedWidget()
        self._pages.addWidget(self._start_page())
        self._pages.addWidget(self.found)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self.setAcceptDrops(True)
        self._connect()
        self.setFocusProxy(self.drop)

    def _connect(self) -> None:
        self.drop.dropped.connect(self._take)
        self.drop.pasted.connect(self.pasted)
        self.recent.chosen.connect(self._take)
        self.recent.browsed.connect(self._browse)
        self.question.answered.connect(self.answered)
        self.found.more.connect(self._add_more)
        self.found.others.connect(self._choose_others)
        paste = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        paste.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        paste.activated.connect(self.pasted)

    def _start_page(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 32, 24, 24)
        column.setSpacing(10)
        self._recent_title = PlainLabel(self.tr("Folders used lately"), weight=SEMIBOLD)
        before = PlainLabel(self.tr("Imported before"), weight=SEMIBOLD)
        for title in (self._recent_title, before):
            title.setContentsMargins(0, 14, 0, 0)
        for part in (self._upper, self._start_trouble, self._recent_title, self.recent, before,
                     self.history):  # fmt: skip
            part.setFixedWidth(_WIDTH)
            column.addWidget(part, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return Scroll(inner)

    # What is shown

    @property
    def trouble(self) -> TroubleLine:
        """The line for what is wrong, where you are."""
        return self.found.trouble if self.shows_files else self._start_trouble

    @property
    def troubles(self) -> tuple[TroubleLine, TroubleLine]:
        """Every line that may say what is wrong."""
        return self._start_trouble, self.found.trouble

    @property
    def shows_files(self) -> bool:
        """Whether the files that were read are shown."""
        return self._pages.currentIndex() == _FOUND

    def show_files(self, *, on: bool) -> None:
        """Show the files that were read, or where to drop them."""
        self._pages.setCurrentIndex(_FOUND if on else _START)
        self.setFocusProxy(self.found.table if on else self.drop)

    def show_recent(self, places: Sequence[str]) -> None:
        """Show folders used before."""
        self.recent.show_places(places)
        self._recent_title.setVisible(bool(self.recent.buttons))
        if self.recent.buttons:
            self.drop.start = Path(places[0])

    def ask(self, question: Question | None) -> None:
        """Show a question in place of the drop area, or the drop area again."""
        self._upper.setCurrentIndex(0 if question is None else 1)
        if question is not None:
            self.show_files(on=False)
            self.question.ask(question)
            self.setFocusProxy(self.question)

    @property
    def is_asking(self) -> bool:
        """Whether a question waits for its answer."""
        return self._upper.currentIndex() == 1

    def set_enabled(self, on: bool) -> None:
        """Let files be chosen, or not."""
        self.drop.setEnabled(on)
        self.recent.setEnabled(on)

    # Files dropped anywhere on the step

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.drop.isEnabled() and local_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._adding = self.shows_files
        self._take(local_paths(event))

    def _add_more(self) -> None:
        self._adding = True
        self.drop.ask_files()
        self._adding = False

    def _browse(self, place: Path) -> None:
        self.drop.start = place
        self.drop.ask_files()

    def _choose_others(self) -> None:
        self.drop.ask_files()

    def _take(self, paths: list[Path]) -> None:
        adding, self._adding = self._adding, False
        if paths:
            (self.added if adding else self.chosen).emit(paths)


def paths_of(argument: object) -> Sequence[Path]:
    """The paths a page was opened with; none when it was opened with anything else."""
    if not isinstance(argument, list | tuple):
        return ()
    return [p for p in argument if isinstance(p, Path)]
