"""The inspector of the History: each field before and after, and the ways back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from csplanner.book.history_details import ChangeDetails, RowChange
from csplanner.book.history_list import Preview
from csplanner.domain.wording import count_text, one_line
from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM
from csplanner.ui.change_words import label_shown
from csplanner.ui.history import rows
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.format import number
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Inspector

_NAME_WIDTH = 104
_LONGEST = 400


class HistoryPanel(Inspector):
    """Shows one change; `asked` carries what a button wants: back, back_to, more or account."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setMinimumWidth(296)
        self.back_button: Button | None = None
        self.back_to_button: Button | None = None
        self._rows_column: QVBoxLayout | None = None
        self._more: Button | None = None
        self._ahead: PlainLabel | None = None
        self._newer: PlainLabel | None = None

    def show_nothing(self, sentence: str) -> None:
        """Say why there is nothing to explain."""
        self._forget()
        self.set_title("")
        self.add_widget(_wrapped(sentence))

    def show_change(self, found: ChangeDetails, *, account_id: str = "", part: str = "") -> None:
        """Explain a change, or its `part` in the account of that name, and offer to open the
        account `account_id`; the buttons wait for `show_ahead`.
        """
        self._forget()
        change = found.change
        self.set_title(label_shown(change))
        self.add_widget(self._head(found, account_id))
        self._add_counts(found, part)
        self._rows_column = self.add_section(self._rows_title(found))
        self._rows_column.setSpacing(12)
        self.add_rows(found)
        if change.thinned:
            self._rows_column.addWidget(
                _wrapped(self.tr("What stood in these rows is no longer kept."), "text2")
            )
        self._add_foot()

    def add_rows(self, found: ChangeDetails) -> None:
        """Add the rows of a page below those shown."""
        column = self._rows_column
        if column is None:
            return
        if self._more is not None:
            column.removeWidget(self._more)
            self._more.hide()
            self._more.deleteLater()
            self._more = None
        for row in found.rows:
            column.addWidget(_RowBlock(row))
        left = found.total - found.offset - len(found.rows)
        if left > 0 and found.rows:
            words = self.tr("Show more, {0} left").format(number(left))
            self._more = Button(words, kind="link", small=True)
            self._more.clicked.connect(lambda: self.asked.emit("more"))
            column.addWidget(self._more)

    def show_ahead(self, ahead: Preview, *, newer: int, barred: str, read_only: str) -> None:
        """Say what taking the change back would do; `barred` says why going back to it cannot be,
        `read_only` why nothing can.
        """
        if self._ahead is None or self._newer is None:
            return
        self._ahead.setText(ahead.told + self._staying(ahead))
        after = self.tr("{0} came after it.").format(count_text(newer, "change")) if newer else ""
        self._newer.setText(read_only or barred or after)
        self._newer.setVisible(bool(self._newer.text()))
        assert self.back_button is not None
        assert self.back_to_button is not None
        self.back_button.setEnabled(ahead.does_something and not read_only)
        self.back_to_button.setEnabled(bool(newer) and not barred and not read_only)
        for button, why in ((self.back_button, ahead.refused), (self.back_to_button, barred)):
            button.setAccessibleDescription(read_only or why)

    def _staying(self, ahead: Preview) -> str:
        others = list(dict.fromkeys(name for name in ahead.staying if name not in ahead.stays))
        if not others:
            return ""
        more = ahead.edits_kept + ahead.rows_needed > len(ahead.staying)
        names = ", ".join(one_line(name) for name in others)
        others_too = self.tr(" and others") if more else ""
        return "\n• " + self.tr("What stays: {0}{1}.").format(names, others_too)

    def _forget(self) -> None:
        self.clear()
        self._rows_column = self._more = self._ahead = self._newer = None
        self.back_button = self.back_to_button = None

    def _head(self, found: ChangeDetails, account_id: str) -> QWidget:
        change = found.change
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        number = tr("no. {0}").format(change.id)
        line = f"{rows.when_words(change)}  ·  {rows.KIND_WORDS[change.kind]}  ·  {number}"
        column.addWidget(_wrapped(line, "text2", px=12))
        chip, kind = rows.state_chip(change)
        if chip:
            row = QHBoxLayout()
            row.addWidget(Chip(chip, kind=kind))
            row.addStretch(1)
            column.addLayout(row)
        if account_id:
            button = Button(self.tr("Open the account"), kind="link", small=True)
            button.clicked.connect(lambda: self.asked.emit("account"))
            column.addWidget(button)
        return whole

    def _rows_title(self, found: ChangeDetails) -> str:
        return self.tr("Before → after") if found.total else self.tr("Nothing more is known")

    def _add_counts(self, found: ChangeDetails, part: str) -> None:
        if len(found.counts) < 2:
            return
        title = self.tr("What it did to {0}").format(part) if part else self.tr("What it did")
        body = self.add_section(title, count_text(found.total, "record"))
        body.setSpacing(2)
        for count in found.counts:
            body.addWidget(PlainLabel(count.words, colour="text2"))

    def _add_foot(self) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._ahead = _wrapped(self.tr("Looking what came after…"), "text2")
        self._newer = _wrapped("", "text3", px=12)
        self._newer.hide()
        column.addWidget(self._ahead)
        column.addWidget(self._newer)
        self.back_button = Button(self.tr("Take this back…"), kind="primary", icon="undo-2")
        self.back_to_button = Button(self.tr("Undo everything after this…"))
        for button, verb in ((self.back_button, "back"), (self.back_to_button, "back_to")):
            button.setEnabled(False)
            button.clicked.connect(lambda _on=False, verb=verb: self.asked.emit(verb))
            column.addWidget(button)
        self.add_action(box)


class _RowBlock(QWidget):
    """A row of the book and its fields, before and after."""

    def __init__(self, row: RowChange) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(_wrapped(rows.row_title(row), weight=MEDIUM))
        column.addWidget(PlainLabel(rows.row_note(row), px=12, colour="text3"))
        grid = QGridLayout()
        grid.setContentsMargins(0, 2, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for place, field in enumerate(rows.fields_shown(row)):
            name = _wrapped(field.name, "text2", px=12)
            name.setFixedWidth(_NAME_WIDTH)
            grid.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
            words = rows.veiled_words(field, row.table)
            grid.addWidget(_wrapped(_cut(words)), place, 1)
        column.addLayout(grid)
        spoken = "; ".join(f"{f.name}: {rows.veiled_words(f, row.table)}" for f in row.fields)
        self.setAccessibleName(f"{rows.row_title(row)}, {rows.row_note(row)}. {spoken}")


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _wrapped(text: str, colour: str = "text", *, px: int = 13, weight: int = 400) -> PlainLabel:
    label = PlainLabel(text, px=px, weight=weight, colour=colour)
    label.setWordWrap(True)
    return label
