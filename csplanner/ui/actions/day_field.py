"""A field for a day: type it, or pick it from a calendar."""

from datetime import date

from PySide6.QtCore import QDate, QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QPalette, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QToolButton, QWidget, QWidgetAction

from csplanner.errors import UserError
from csplanner.paint.icons import icon
from csplanner.ui.actions.typed import day_shown, read_day
from csplanner.ui.look import colour_of, theme_of
from csplanner.ui.widgets.menus import Menu


class DayField(QLineEdit):
    """Holds a day as `12 Mar 2026`; Alt+Down or the icon opens the calendar."""

    def __init__(self, today: date, day: date | None = None, parent: QWidget | None = None) -> None:
        super().__init__(day_shown(day), parent)
        self._today = today
        self._pick = QAction(self.tr("Pick a day"), self)
        self._pick.triggered.connect(self.open_calendar)
        self.addAction(self._pick, QLineEdit.ActionPosition.TrailingPosition)
        self._tint()
        keys = QAction(self)
        keys.setShortcut("Alt+Down")
        keys.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        keys.triggered.connect(self.open_calendar)
        self.addAction(keys)

    def open_calendar(self) -> Menu:
        """Show the calendar below the field, at the day typed where it is one."""
        menu = Menu(self, self.tr("Pick a day"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(menu)
        calendar.setAccessibleName(self.tr("Pick a day"))
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        # Qt paints weekends red, which here would mean at risk.
        plain = QTextCharFormat()
        plain.setForeground(colour_of(self, "text"))
        for weekday in Qt.DayOfWeek:
            calendar.setWeekdayTextFormat(weekday, plain)
        _quieten(calendar, self)
        shown = self._day() or self._today
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        calendar.activated.connect(lambda picked: self._take(picked, menu))
        calendar.clicked.connect(lambda picked: self._take(picked, menu))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(calendar)
        menu.addAction(holder)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))
        calendar.setFocus(Qt.FocusReason.PopupFocusReason)
        return menu

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _day(self) -> date | None:
        try:
            return read_day(self.text(), self._today)
        except UserError:
            return None

    def _take(self, picked: QDate, menu: Menu) -> None:
        self.setText(day_shown(date(picked.year(), picked.month(), picked.day())))
        self.setModified(True)
        menu.close()

    def _tint(self) -> None:
        self._pick.setIcon(icon("calendar", theme_of(self)))


def _quieten(calendar: QCalendarWidget, field: QWidget) -> None:
    """Give the head of a calendar the ground of a menu: Qt fills it with the accent."""
    look = theme_of(field)
    head = calendar.findChild(QWidget, "qt_calendar_navigationbar")
    if head is None:
        return
    palette = head.palette()
    palette.setColor(QPalette.ColorRole.Highlight, look.colour("raised"))
    palette.setColor(QPalette.ColorRole.HighlightedText, look.colour("text"))
    head.setPalette(palette)
    for name, sign in (("prev", "chevron-left"), ("next", "chevron-right")):
        button = calendar.findChild(QToolButton, f"qt_calendar_{name}month")
        if button is not None:
            button.setIcon(icon(sign, look))
            button.setPalette(palette)
