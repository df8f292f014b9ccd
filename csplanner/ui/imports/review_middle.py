"""The middle of the review: the changed fields, a plain list, questions, problems, or nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from csplanner.book.staging_pages import StagedPages
from csplanner.crm.importing import Staged
from csplanner.ui.imports.choices import ChoiceModel, ChoiceTable, Sheet
from csplanner.ui.imports.lists import TITLES, sheet
from csplanner.ui.imports.problems import ProblemsPanel
from csplanner.ui.imports.review_table import ReviewTable
from csplanner.ui.imports.table import LineTable, ListModel
from csplanner.ui.widgets.empty import EmptyState, draw_dashed_rows

_FIELDS, _PROBLEMS, _NOTHING, _LIST = range(4)


class Middle(QStackedWidget):
    """Shows one of them at a time; lists are made anew for each section."""

    def __init__(
        self, table: ReviewTable, problems: ProblemsPanel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._table, self._problems = table, problems
        self.list: QWidget = QWidget()
        self._lines: ListModel | ChoiceModel | None = None
        nothing = EmptyState(
            self.tr("Nothing here"),
            self.tr("Your book already says what these files say in this section."),
            drawing=draw_dashed_rows,
        )
        for part in (table, problems, nothing, self.list):
            self.addWidget(part)

    def show_fields(self) -> None:
        """Show the changed fields, or that there are none."""
        self.setCurrentIndex(_FIELDS if self._table.model().rowCount() else _NOTHING)

    def show_problems(self) -> None:
        """Show what could not be read, or that there is nothing."""
        self.setCurrentIndex(_PROBLEMS if self._problems.model.rowCount() else _NOTHING)

    def show_list(self, key: str, staged: Staged, pages: StagedPages) -> None:
        """Show the plain list of a section."""
        model, widths = sheet(key, staged, pages)
        made = LineTable(TITLES[key], widths)
        made.setModel(model)
        model.setParent(made)
        self._put(made, model)

    def show_choices(self, wanted: Sheet) -> ChoiceModel:
        """Show questions; returns the model that hears the answers."""
        made = ChoiceTable(wanted)
        self._put(made, made.model_)
        return made.model_

    @property
    def choices(self) -> ChoiceModel | None:
        """The questions shown now."""
        here = self.currentIndex() == _LIST
        return self._lines if here and isinstance(self._lines, ChoiceModel) else None

    def go_to_open(self) -> None:
        """Give the keyboard to the first question that waits for its answer."""
        if isinstance(self.list, ChoiceTable):
            self.list.setCurrentIndex(self.list.model_.index(self.list.first_open(), 0))
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def let_go(self) -> None:
        """Read nothing more of what is about to close."""
        if self._lines is not None:
            self._lines.let_go()
            self._lines = None

    def _put(self, made: LineTable, model: ListModel | ChoiceModel) -> None:
        self.let_go()
        self._lines = model
        self.removeWidget(self.list)
        self.list.deleteLater()
        self.insertWidget(_LIST, made)
        self.list = made
        self.setCurrentIndex(_LIST if model.rowCount() else _NOTHING)
