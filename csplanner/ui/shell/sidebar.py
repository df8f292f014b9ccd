"""The sidebar: book switcher, places, saved views, pinned accounts, import and settings."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from csplanner.paint.fonts import MEDIUM, font
from csplanner.paint.icons import draw_icon
from csplanner.paint.tokens import Theme
from csplanner.ui.commands import CommandRegistry
from csplanner.ui.look import theme_of
from csplanner.ui.shell.nav import NavList, Row
from csplanner.ui.shell.state import ShellState
from csplanner.ui.style_drawing import panel
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.menus import Menu
from csplanner.ui.widgets.panes import Ground, Scroll

WIDTH = 208
RAIL_WIDTH = 48
HEAD = 48
FOOT_COMMANDS = ("book.import", "edit.history", "app.settings")
_FOOT_OF_PAGE = {
    "import": "book.import",
    "news": "book.import",
    "history": "edit.history",
    "settings": "app.settings",
}


class Sidebar(Ground):
    """Where you can go; `navigate` carries the page key and what to open there."""

    navigate = Signal(str, object)

    def __init__(self, commands: CommandRegistry, parent: QWidget | None = None) -> None:
        super().__init__("sidebar", parent, lines="r")
        self.setAccessibleName(self.tr("Sidebar"))
        self._commands = commands
        self._rail = False
        self._book = _BookButton(commands, self)
        self._places = NavList(self.tr("Places"))
        self._views_title = _title(self.tr("Saved views"))
        self._views_hint = _hint(self.tr("Appear with your first accounts"))
        self._views = NavList(self.tr("Saved views"))
        self._pinned_title = _title(self.tr("Pinned accounts"))
        self._pinned = NavList(self.tr("Pinned accounts"))
        self._foot = NavList(self.tr("Import, history and settings"))
        for nav in (self._places, self._views, self._pinned):
            nav.chosen.connect(self._go)
        self._foot.chosen.connect(commands.run)
        commands.changed.connect(self._show_foot)
        self._lay_out()
        self.setFixedWidth(WIDTH)

    def show_state(self, state: ShellState, keys: frozenset[str]) -> None:
        """Show a book's places, of which only those with a registered page in `keys`."""
        self._book.show_name(state.book_name)
        self._places.show_rows(
            tuple(
                Row(place.title, (place.key, None), place.icon, count=place.count)
                for place in state.places
                if place.key in keys
            )
        )
        self._views.show_rows(
            tuple(
                Row(view.title, (view.key, view.argument), count=view.count, large=False)
                for view in state.views
                if view.key in keys
            )
        )
        self._pinned.show_rows(
            tuple(
                Row(pin.name, (pin.key, pin.argument), band=pin.band, large=False)
                for pin in state.pinned
                if pin.key in keys
            )
        )
        self._has_views, self._has_pins = bool(state.views), bool(state.pinned)
        self._can_have_views = "book" in keys
        self._show_titles()

    def light(self, key: str, page: str = "", account: str | None = None) -> None:
        """Light the place of that key, and the row below for the `page` or pinned `account`."""
        self._places.light((key, None))
        self._pinned.light(("account", account) if page == "account" else None)
        self._foot.light(_FOOT_OF_PAGE.get(page))

    def set_rail(self, rail: bool) -> None:
        """Shrink to a 48 px rail of icons, or grow back."""
        if rail == self._rail:
            return
        self._rail = rail
        self.setFixedWidth(RAIL_WIDTH if rail else WIDTH)
        for nav in (self._places, self._views, self._pinned, self._foot):
            nav.set_rail(rail)
        self._book.set_rail(rail)
        self._show_titles()

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 4, 0, 8)
        column.setSpacing(0)
        column.addWidget(self._places)
        column.addSpacing(8)
        for part in (self._views_title, self._views_hint, self._views):
            column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(self._pinned_title)
        column.addWidget(self._pinned)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 1, 8)
        whole.setSpacing(0)
        whole.addWidget(self._book)
        whole.addWidget(Scroll(inner, sideways=False), 1)
        whole.addWidget(self._foot)
        self._has_views = self._has_pins = self._can_have_views = False
        self._show_titles()
        self._show_foot()

    def _show_titles(self) -> None:
        self._views_title.setVisible(self._can_have_views and not self._rail)
        hint = self._can_have_views and not self._has_views and not self._rail
        self._views_hint.setVisible(hint)
        self._pinned_title.setVisible(self._has_pins and not self._rail)

    def _show_foot(self) -> None:
        found = (self._commands.get(name) for name in FOOT_COMMANDS)
        self._foot.show_rows(
            tuple(Row(each.text.rstrip("…"), each.id, each.icon) for each in found if each)
        )

    def _go(self, target: object) -> None:
        assert isinstance(target, tuple)
        self.navigate.emit(*target)


class _BookButton(QPushButton):
    """The name of the book; opens the menu of books."""

    def __init__(self, commands: CommandRegistry, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = commands
        self._name = ""
        self._rail = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEAD)
        self.setAutoDefault(False)
        self.setProperty("ownFocus", True)
        self.clicked.connect(self._open_menu)
        self.show_name("")

    def show_name(self, name: str) -> None:
        """Show the name of a book."""
        self._name = name or self.tr("No book open")
        self.setAccessibleName(self.tr("Book: {0}. Opens the menu of books").format(self._name))
        self.update()

    def set_rail(self, rail: bool) -> None:
        """Show the sign alone."""
        self._rail = rail
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(RAIL_WIDTH, HEAD)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look, rect = theme_of(self), QRectF(self.rect())
            box = rect.adjusted(8, 8, -7, -8)
            if self.underMouse() and not self._rail:
                panel(painter, box, fill="hover", border="", theme=look)
            if self.hasFocus():
                panel(painter, box, fill="", border="focus", theme=look)
            draw_sign(painter, QRectF(18 if not self._rail else 16, 16, 17, 15), look)
            if not self._rail:
                painter.setFont(font(13, MEDIUM))
                painter.setPen(look.colour("text"))
                words = QFontMetrics(painter.font()).elidedText(
                    self._name, Qt.TextElideMode.ElideRight, int(rect.width()) - 80
                )
                painter.drawText(
                    rect.adjusted(44, 0, -36, 0), int(Qt.AlignmentFlag.AlignVCenter), words
                )
                arrow = QRectF(rect.right() - 31, 0, 16, rect.height())
                ink = look.colour("text2")
                draw_icon(painter, arrow, name="chevrons-up-down", colour=ink, px=14)

    def _open_menu(self) -> None:
        menu = Menu(self)
        self._commands.refresh()
        self._commands.fill(menu, "Book")
        self._commands.dress(menu)
        if not menu.isEmpty():
            menu.popup(self.mapToGlobal(self.rect().bottomLeft()) + QPointF(8, -4).toPoint())


def draw_sign(painter: QPainter, rect: QRectF, look: Theme) -> None:
    """Draw the sign of the product: a pyramid of two tiers."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    middle, top, bottom = rect.center().x(), rect.top(), rect.bottom()
    half, height = rect.width() / 2, rect.height()

    def at(share: float) -> tuple[QPointF, QPointF]:
        y = top + height * share
        return QPointF(middle - half * share, y), QPointF(middle + half * share, y)

    painter.setBrush(look.colour("tier-h"))
    painter.drawPolygon(QPolygonF([QPointF(middle, top), *reversed(at(0.52))]))
    painter.setBrush(look.colour("tier-m"))
    left, right = at(0.62)
    painter.drawPolygon(
        QPolygonF([left, right, QPointF(rect.right(), bottom), QPointF(rect.left(), bottom)])
    )
    painter.restore()


def _title(text: str) -> PlainLabel:
    label = PlainLabel(text, px=11, weight=MEDIUM, colour="text3")
    label.setFixedHeight(26)
    label.setContentsMargins(16, 0, 8, 0)
    return label


def _hint(text: str) -> PlainLabel:
    label = PlainLabel(text, px=12, colour="text2")
    label.setFixedHeight(26)
    label.setContentsMargins(16, 0, 0, 0)
    return label
