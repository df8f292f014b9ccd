"""The row above the table: filters as sentences, how it is grouped and sorted, its columns."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from csplanner.domain.filters import Condition, View
from csplanner.domain.filters_groups import GROUPS
from csplanner.language import tr, within
from csplanner.ui.book.columns import Layout
from csplanner.ui.book.filter_chips import FilterChips
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.buttons import Button, IconButton
from csplanner.ui.widgets.chips import FilterChip
from csplanner.ui.widgets.labels import set_plain_tooltip
from csplanner.ui.widgets.menus import Menu
from csplanner.ui.widgets.panes import Ground, Hairline

if TYPE_CHECKING:
    from csplanner.ui.book.filter_form import FilterForm

_WORDS_FROM = 1020


class ToolRow(Ground):
    """`view_changed(view)` carries what was chosen here; `columns_asked` asks for their list.

    `pasted(ViewText)` carries a whole view whose text was put into the filter's field;
    `undo_asked` wants the view as it was saved.
    """

    view_changed = Signal(object)
    pasted = Signal(object)
    columns_asked = Signal()
    save_asked = Signal()
    undo_asked = Signal()
    export_asked = Signal()

    def __init__(self, session: BookSession, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="b")
        self._session = session
        self._view = View()
        self._layout = Layout()
        self._today = date.min
        self._form: FilterForm | None = None
        self._changing = -1
        self._filters = FilterChips(self)
        self.add_button = self._filters.add_button
        self._filters.edited.connect(self.open_form)
        self._filters.removed.connect(self._remove)
        self.group_button = self._quiet("rows-3", self._open_groups)
        self.sort_button = self._quiet("arrow-up-down", self._open_sorts)
        self.columns_button = self._quiet("columns-3", self.columns_asked.emit)
        self.undo_button = IconButton("undo-2", self.tr("Undo the changes of this view"), self)
        self.undo_button.clicked.connect(self.undo_asked)
        self.save_button = Button(self.tr("Save view"), self, small=True)
        self.save_button.clicked.connect(self.save_asked)
        self.export_button = self._quiet("download", self.export_asked.emit)
        self._lay_out()

    def _quiet(self, icon: str, run: Callable[[], object]) -> Button:
        button = Button("", self, kind="quiet", icon=icon)
        button.clicked.connect(lambda: run())
        return button

    def _lay_out(self) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 8, 8, 8)
        whole.setSpacing(12)
        whole.addWidget(self._filters, 1)
        # Filters may take several lines; what is done with the view stays in the first.
        row = QHBoxLayout()
        row.setSpacing(4)
        whole.addLayout(row)
        whole.setAlignment(row, Qt.AlignmentFlag.AlignTop)
        for button in (self.group_button, self.sort_button, self.columns_button):
            row.addWidget(button)
        line = Hairline(self, vertical=True)
        line.setFixedHeight(18)
        row.addSpacing(4)
        row.addWidget(line)
        row.addSpacing(4)
        for button in (self.undo_button, self.save_button, self.export_button):
            row.addWidget(button)

    # Showing

    def show_view(self, view: View, layout: Layout, *, today: date, is_changed: bool) -> None:
        """Show what is in force."""
        self._view, self._layout, self._today = view, layout, today
        self.save_button.setVisible(is_changed)
        self.undo_button.setVisible(is_changed)
        self._filters.show_conditions(view.conditions, today)
        self._name_buttons()

    def show_count(self, shown: int, whole: int) -> None:
        """Say how many accounts are shown."""
        self._filters.show_count(shown, whole)

    @property
    def chips(self) -> list[FilterChip]:
        """The filters in force, a chip each."""
        return self._filters.chips

    def _name_buttons(self) -> None:
        from csplanner.ui.book.tool_menus import sort_words

        group = self._view.group
        grouped = within(tr(GROUPS[group])) if group else self.tr("none")
        texts = (
            (self.group_button, self.tr("Group: {0}").format(grouped)),
            (self.sort_button, self.tr("Sort: {0}").format(sort_words(self._view))),
            (self.columns_button, self.tr("Columns")),
            (self.export_button, self.tr("Export")),
        )
        wide = self.width() >= _WORDS_FROM
        for button, text in texts:
            button.set_text(text if wide else "")
            button.setAccessibleName(text)
            set_plain_tooltip(button, "" if wide else text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_buttons()

    # Filters

    def open_form(self, place: int = -1) -> None:
        """Open the form for a filter in force, or for a further one."""
        self._changing = place
        if self._form is None:
            self._form = self._new_form()
        beside = self._filters.beside(place)
        corner = beside.mapTo(self.window(), QPoint(0, beside.height() + 4))
        now = self._view.conditions
        known = now[place] if 0 <= place < len(now) else None
        self._form.open_for(corner, known, tuple(c for c in now if c is not known))

    def _new_form(self) -> "FilterForm":
        from csplanner.ui.book.filter_form import FilterForm

        session = self._session
        form = FilterForm(
            self.window(),
            ask=lambda work, done: session.ask(self, work, done, about="filter form"),
            today=lambda: session.read.as_of(),
        )
        form.chosen.connect(self._take)
        form.pasted.connect(self.pasted)
        return form

    def add_condition(self, condition: Condition) -> None:
        """Filter further by one condition; one that is in force already stays alone."""
        if condition not in self._view.conditions:
            conditions = (*self._view.conditions, condition)
            self.view_changed.emit(replace(self._view, conditions=conditions))

    def remove_condition(self, condition: Condition) -> None:
        """Filter no longer by one condition."""
        if condition in self._view.conditions:
            self._remove(self._view.conditions.index(condition))

    def _take(self, conditions: tuple[Condition, ...]) -> None:
        now = list(self._view.conditions)
        if 0 <= self._changing < len(now):
            now[self._changing : self._changing + 1] = conditions
        else:
            now.extend(conditions)
        self.view_changed.emit(replace(self._view, conditions=tuple(dict.fromkeys(now))))

    def _remove(self, place: int) -> None:
        now = self._view.conditions
        self.view_changed.emit(replace(self._view, conditions=now[:place] + now[place + 1 :]))

    # Menus

    def _open_groups(self) -> None:
        from csplanner.ui.book.tool_menus import group_menu

        self._pop(group_menu(self._view, self.view_changed.emit, self), self.group_button)

    def _open_sorts(self) -> None:
        from csplanner.ui.book.tool_menus import sort_menu

        self._pop(sort_menu(self._view, self.view_changed.emit, self), self.sort_button)

    def _pop(self, menu: Menu, button: Button) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))
