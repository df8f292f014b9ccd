"""Names and titles pasted as a first map: what will stand on it is shown before it is kept."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QPlainTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from csplanner.book.book import Book
from csplanner.domain.map_model import RelationMap
from csplanner.domain.map_paste import Pasted, read_pasted
from csplanner.domain.map_paste_plan import PastePlan, PlannedRow, plan_paste
from csplanner.language import ntr, tr
from csplanner.ui.actions.form import Form, Work
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.fields import Field
from csplanner.ui.widgets.labels import PlainLabel

_PAUSE_MS = 150
_HIGH, _NOTES = 150, 4
_LINE = 200
"""A longer line is prose, not a name and a title."""


def copied_list() -> str:
    """What was copied, where it looks like a list of people: several lines, or one with a title
    after the name, none of them long; else nothing.
    """
    text = QApplication.clipboard().text()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or max(map(len, lines)) > _LINE:
        return ""
    first = read_pasted(text).rows if len(lines) == 1 else ()
    return text if len(lines) > 1 or (first and first[0].title) else ""


class PasteForm(Form):
    """Reads what is pasted as one types; nothing is kept before it is confirmed."""

    def __init__(self, session: BookSession, parent: QWidget | None, *, shown: RelationMap) -> None:
        super().__init__(
            session, parent, title=tr("Paste a list of names"),
            sentence=tr(
                "One person a line: Name, Title. Indent a line below whom they report to, write "
                "“reports to …”, or paste a table with a line of headings."
            ),
            verb=tr("Put on the map"),
        )  # fmt: skip
        self.setMinimumWidth(600)
        self._shown = shown
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(_HIGH)
        self.text.setPlaceholderText(
            tr("Amara Nwosu, Chief operating officer\n    Joel Baptiste, Patient access")
        )
        self.add(tr("Names and titles"), self.text)
        self.preview = QTreeWidget()
        self.preview.setHeaderLabels([tr("Name"), tr("Title"), ""])
        self.preview.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.preview.setMinimumHeight(_HIGH)
        self.preview.setUniformRowHeights(True)
        self.preview.setColumnWidth(0, 240)
        self.preview.setColumnWidth(1, 220)
        self.body.addWidget(Field(tr("What will stand on the map"), self.preview))
        self.told = PlainLabel("", px=12, colour="text2")
        self.told.setWordWrap(True)
        self.body.addWidget(self.told)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.look)
        self.text.textChanged.connect(self._timer.start)
        self._offer_clipboard()

    def _offer_clipboard(self) -> None:
        """Begin with what was copied, where it looks like a list."""
        self.text.setPlainText(copied_list())
        self.look()

    def look(self) -> None:
        """Show what the text would become."""
        plan = plan_paste(self._pasted(), self._shown)
        self.save_button.setEnabled(bool(plan.rows))
        self._show_rows(plan)
        self.told.setText(_told(plan))

    def _pasted(self) -> Pasted:
        return read_pasted(self.text.toPlainText())

    def _show_rows(self, plan: PastePlan) -> None:
        self.preview.clear()
        items: dict[str, QTreeWidgetItem] = {}
        for row in plan.rows:
            above = items.get(row.above or "")
            cells = [row.row.name, row.row.title, _state(row)]
            items[row.key] = (
                QTreeWidgetItem(self.preview, cells)
                if above is None
                else QTreeWidgetItem(above, cells)
            )
        self.preview.expandAll()
        first = self.preview.topLevelItem(0)
        if first is not None:
            self.preview.scrollToItem(first)

    def collect(self) -> Work | None:
        account_id, map_id, pasted = self._shown.account_id, self._shown.map_id, self._pasted()
        return partial(_paste, account_id=account_id, map_id=map_id, pasted=pasted)


def _state(row: PlannedRow) -> str:
    if row.known is None:
        return tr("new")
    return tr("moves") if row.above and row.above != row.known.above else tr("known")


def _told(plan: PastePlan) -> str:
    if not plan.rows:
        return tr("Nobody is named yet.")
    known = len(plan.rows) - plan.new
    parts = [ntr("{0} new person.", "{0} new people.", plan.new).format(plan.new)]
    if known:
        stay = ntr(
            "{0} is known already and stays who they are.",
            "{0} are known already and stay who they are.", known,
        )  # fmt: skip
        parts.append(stay.format(known))
    parts += plan.notes[:_NOTES]
    if len(plan.notes) > _NOTES:
        more = len(plan.notes) - _NOTES
        parts.append(ntr("{0} more remark.", "{0} more remarks.", more).format(more))
    return " ".join(parts)


def _paste(book: Book, *, account_id: str, map_id: str, pasted: Pasted) -> str:
    """Put the people of a list on a map and return the line to say."""
    plan = book.map_edit.paste_people(account_id, pasted, map_id=map_id)
    count = len(plan.rows)
    return ntr("{0} person is on the map", "{0} people are on the map", count).format(count)
