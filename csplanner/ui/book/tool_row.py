"""The row above the table: filters as sentences, how it is grouped and sorted, its columns."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from csplanner.domain.filters import Condition, View
from csplanner.domain.filters_groups import GROUPS
from csplanner.language import noted, tr
from csplanner.ui.book.columns import COLUMNS, FROZEN, SORT_TITLES, Layout
from csplanner.ui.book.flow import Flow
from csplanner.ui.book.words import condition_words
from csplanner.ui.widgets import format as words
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.chips import FilterChip
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.menus import Menu
from csplanner.ui.widgets.panes import Ground, Hairline

if TYPE_CHECKING:
    from csplanner.ui.book.filter_form import FilterForm

_WORDS_FROM = 1020


class ToolRow(Ground):
    """`view_changed(view)` and `column_shown(key, on)` carry what was chosen here."""

    view_changed = Signal(object)
    column_shown = Signal(str, bool)
    columns_reset = Signal()
    save_asked = Signal()
    export_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="b")
        self._view = View()
        self._layout = Layout()
        self._today = date.min
        self._form: FilterForm | None = None
        self._changing = -1
        self._chips: list[FilterChip] = []
        self._left = QWidget(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self._left.setSizePolicy(policy)
        self._flow = Flow(self._left)
        self._flow.addWidget(IconLabel("list-filter", self._left))
        self.add_button = Button(self.tr("Add filter"), self._left, kind="quiet", icon="plus")
        self.add_button.clicked.connect(lambda: self._open_form(self.add_button, -1))
        self._count = PlainLabel("", self._left, px=12, colour="text3")
        self._flow.addWidget(self.add_button)
        self._flow.addWidget(self._count)
        self.group_button = self._quiet("rows-3", self._open_groups)
        self.sort_button = self._quiet("arrow-up-down", self._open_sorts)
        self.columns_button = self._quiet("columns-3", self._open_columns)
        self.save_button = Button(self.tr("Save view"), self, small=True)
        self.save_button.clicked.connect(self.save_asked)
        self.export_button = self._quiet("download", self.export_asked.emit)
        self._lay_out()

    def _quiet(self, icon: str, run: Callable[[], object]) -> Button:
        button = Button("", self, kind="quiet", icon=icon)
        button.clicked.connect(lambda: run())
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(4)
        row.addWidget(self._left, 1)
        row.addSpacing(8)
        for button in (self.group_button, self.sort_button, self.columns_button):
            row.addWidget(button)
        line = Hairline(self, vertical=True)
        line.setFixedHeight(18)
        row.addSpacing(4)
        row.addWidget(line)
        row.addSpacing(4)
        row.addWidget(self.save_button)
        row.addWidget(self.export_button)

    # Showing

    def show_view(self, view: View, layout: Layout, *, today: date, is_changed: bool) -> None:
        """Show what is in force."""
        self._view, self._layout, self._today = view, layout, today
        self.save_button.setVisible(is_changed)
        self._show_chips(view.conditions)
        self._name_buttons()

    def show_count(self, shown: int, whole: int) -> None:
        """Say how many accounts are shown."""
        share = words.share(shown, whole) if shown != whole else words.number(whole)
        self._count.setText(f"{share} {'account' if whole == 1 else 'accounts'}")
        self._flow.invalidate()

    def _show_chips(self, conditions: Sequence[Condition]) -> None:
        had_focus = any(chip.hasFocus() for chip in self._chips)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for part in (self.add_button, self._count):
            self._flow.removeWidget(part)
        for place, condition in enumerate(conditions):
            chip = FilterChip(*condition_words(condition, self._today), self._left)
            chip.edited.connect(lambda at=place, c=chip: self._open_form(c, at))
            chip.removed.connect(lambda at=place: self._remove(at))
            self._flow.addWidget(chip)
            chip.show()
            self._chips.append(chip)
        for part in (self.add_button, self._count):
            self._flow.addWidget(part)
        if had_focus:
            (self._chips[-1] if self._chips else self.add_button).setFocus()

    def _name_buttons(self) -> None:
        group = self._view.group
        grouped = tr(GROUPS[group]).lower() if group else self.tr("none")
        title = SORT_TITLES.get(self._view.sort, self._view.sort)
        sorted_ = title if title.isupper() else title.lower()
        texts = (
            (self.group_button, self.tr("Group: {0}").format(grouped)),
            (self.sort_button, self.tr("Sort: {0}").format(sorted_)),
            (self.columns_button, self.tr("Columns")),
            (self.export_button, self.tr("Export")),
        )
        wide = self.width() >= _WORDS_FROM
        for button, text in texts:
            button.set_text(text if wide else "")
            button.setAccessibleName(text)
            button.setToolTip("" if wide else text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._name_buttons()

    # Filters

    def _open_form(self, beside: QWidget, place: int) -> None:
        self._changing = place
        if self._form is None:
            from csplanner.ui.book.filter_form import FilterForm

            self._form = FilterForm(self.window(), today=self._today)
            self._form.chosen.connect(self._take)
        corner = beside.mapTo(self.window(), QPoint(0, beside.height() + 4))
        known = self._view.conditions[place] if place >= 0 else None
        self._form.open_for(corner, known)

    def _take(self, conditions: tuple[Condition, ...]) -> None:
        now = list(self._view.conditions)
        if 0 <= self._changing < len(now):
            now[self._changing : self._changing + 1] = conditions
        else:
            now.extend(conditions)
        self._emit(replace(self._view, conditions=tuple(dict.fromkeys(now))))

    def _remove(self, place: int) -> None:
        now = self._view.conditions
        self._emit(replace(self._view, conditions=now[:place] + now[place + 1 :]))

    # Menus

    def _open_groups(self) -> None:
        menu = Menu(self, self.tr("Group by"))
        choices = QActionGroup(menu)
        for key, text in (("", noted("No groups")), *GROUPS.items()):
            action = self._choice(menu, choices, tr(text), chosen=self._view.group == key)
            action.triggered.connect(lambda _on, k=key: self._emit(replace(self._view, group=k)))
            if not key:
                menu.addSeparator()
        self._pop(menu, self.group_button)

    def _open_sorts(self) -> None:
        menu = Menu(self, self.tr("Sort by"))
        choices = QActionGroup(menu)
        for key, title in SORT_TITLES.items():
            action = self._choice(menu, choices, title, chosen=self._view.sort == key)
            action.triggered.connect(
                lambda _on, k=key: self._emit(
                    self._view.sorted_by(k, descending=self._view.descending)
                )
            )
        menu.addSeparator()
        ways = QActionGroup(menu)
        for text, down in ((self.tr("Smallest first"), False), (self.tr("Largest first"), True)):
            action = self._choice(menu, ways, text, chosen=self._view.descending == down)
            action.triggered.connect(
                lambda _on, d=down: self._emit(self._view.sorted_by(self._view.sort, descending=d))
            )
        self._pop(menu, self.sort_button)

    def _open_columns(self) -> None:
        menu = Menu(self, self.tr("Columns"))
        for column in COLUMNS[FROZEN:]:
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(column.key not in self._layout.hidden)
            action.toggled.connect(lambda on, key=column.key: self.column_shown.emit(key, on))
        menu.addSeparator()
        menu.addAction(self.tr("Columns as they were")).triggered.connect(self.columns_reset)
        self._pop(menu, self.columns_button)

    def _emit(self, view: View) -> None:
        self.view_changed.emit(view)

    def _choice(self, menu: Menu, group: QActionGroup, text: str, *, chosen: bool) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(chosen)
        group.addAction(action)
        return action

    def _pop(self, menu: Menu, button: Button) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))
