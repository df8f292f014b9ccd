"""The second step: per file what each column becomes, and what the snapshot as a whole is."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from csplanner.book.staging_pages import StagedPages
from csplanner.crm.importing import Staged
from csplanner.crm.mapping import DATES, NUMBERS, ColumnMapping, FileMapping
from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.actions.typed import day_shown, read_day
from csplanner.ui.imports.file_tabs import FileTabs
from csplanner.ui.imports.mapping_table import MappingModel, MappingTable, kind_of
from csplanner.ui.imports.parts import Facts
from csplanner.ui.imports.words import new_accounts, one_line
from csplanner.ui.widgets.fields import Field
from csplanner.ui.widgets.format import number
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import PADDING, Ground, Hairline, Scroll, Section

_PANEL = 280
_LEFT_OUT = 12
_SAMPLE = "05/06/2026"
_DATE_RULES = (
    ("dmy", f"day/month/year: {_SAMPLE} is 5 June"),
    ("mdy", f"month/day/year: {_SAMPLE} is 6 May"),
    ("ymd", "year-month-day: 2026-06-05"),
)
_NUMBER_RULES = ((".", "1,234.50"), (",", "1.234,50"))


class MappingStep(QWidget):
    """`changed` is emitted when anything was chosen or typed."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mappings: dict[str, FileMapping] = {}
        self.edited: dict[str, FileMapping] = {}
        self.files = FileTabs(self.tr("Files of the snapshot"))
        self.model = MappingModel()
        self.table = MappingTable(self.model)
        self.whole = SnapshotFields(today)
        self.column = ColumnPanel()
        self.matching = Facts()
        self.files.chosen.connect(self._show_file)
        self.model.changed.connect(self._edit)
        self.table.moved.connect(self._show_column)
        self.column.rule_chosen.connect(
            lambda rule: self.model.read_by(self.table.currentIndex().row(), rule)
        )
        self.whole.changed.connect(self.changed)
        self._lay_out()
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        self._head = Ground("window", lines="b")
        head = QHBoxLayout(self._head)
        head.setContentsMargins(8, 0, 8, 1)
        head.addWidget(self.files, 1)
        inner = QWidget()
        right = QVBoxLayout(inner)
        right.setContentsMargins(PADDING + 1, 12, PADDING, PADDING)
        right.setSpacing(12)
        snapshot = Section(self.tr("This snapshot"))
        snapshot.body.addWidget(self.whole)
        matching = Section(self.tr("How accounts are matched"))
        matching.body.addWidget(self.matching)
        self._left = PlainLabel("", px=12, colour="text2")
        self._left.setWordWrap(True)
        self._not_used = Section(self.tr("Not used"))
        self._not_used.body.addWidget(self._left)
        line = Hairline()
        for part in (self.column, line, snapshot, Hairline(), matching, Hairline(), self._not_used):
            right.addWidget(part)
        right.addStretch(1)
        panel = Ground("window", lines="l")
        panel.setFixedWidth(_PANEL)
        outer = QVBoxLayout(panel)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(Scroll(inner))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._head)
        left.addWidget(self.table, 1)
        row.addLayout(left, 1)
        row.addWidget(panel)

    def show_staged(self, staged: Staged, pages: StagedPages, in_book: int) -> None:
        """Show how the files were read, beside a book of `in_book` accounts.

        What was chosen before stays chosen.
        """
        self.model.matched = _matched_kinds(staged, pages.matched())
        self._mappings = {m.file: m for m in staged.mappings}
        self.edited = {f: m for f, m in self._mappings.items() if f in self.edited}
        self._show_files()
        out = [f"{one_line(o.file)}: {one_line(o.reason)}" for o in staged.left_out]
        self._left.setText("\n".join(out[:_LEFT_OUT]))
        self._not_used.setVisible(bool(out))
        self.whole.show_staged(staged)
        self.matching.show_facts(_matching(staged, pages.matched(), in_book))

    def forget(self) -> None:
        """Forget what was chosen: other files come."""
        self.edited, self._mappings = {}, {}
        self.whole.forget()

    def used(self) -> tuple[int, int]:
        """How many columns of all files are used, and how many there are."""
        listed = self._mappings.values()
        return sum(len(m.used) for m in listed), sum(len(m.columns) for m in listed)

    def _show_files(self) -> None:
        """A tab per file; the one that was shown stays shown."""
        self.files.show_files(
            [(m.file, one_line(m.file), number(m.rows)) for m in self._mappings.values()]
        )
        self._head.setVisible(len(self._mappings) > 1)
        self._show_file(self.files.key)

    def _show_file(self, key: str) -> None:
        mapping = self._mappings.get(key)
        self.model.show(mapping)
        if mapping is not None:
            self.table.setCurrentIndex(self.model.index(0, 0))
            self._show_column(0)

    def _show_column(self, row: int) -> None:
        column, mapping = self.model.column(row), self.model.mapping
        if column is not None and mapping is not None:
            self.column.show_column(column, mapping)

    def _edit(self, mapping: FileMapping) -> None:
        self._mappings[mapping.file] = self.edited[mapping.file] = mapping
        self._show_column(self.table.currentIndex().row())
        self.changed.emit()


def _known(staged: Staged, kind: str) -> int:
    """How many records of a kind the book has already."""
    counts = staged.counts.get(kind, {})
    return counts.get("changed", 0) + counts.get("same", 0)


def _by_id(staged: Staged, matched: dict[str, int]) -> int:
    """How many accounts were found by their id."""
    return max(0, _known(staged, "account") - matched.get("name", 0) - matched.get("domain", 0))


def _matched_kinds(staged: Staged, matched: dict[str, int]) -> frozenset[str]:
    """The kinds of record of which some were found in the book by their id."""
    found = {kind for kind in staged.counts if kind != "account" and _known(staged, kind)}
    return frozenset(found | ({"account"} if _by_id(staged, matched) else set()))


def _matching(staged: Staged, matched: dict[str, int], in_book: int) -> list[tuple[str, str]]:
    known, absent = _known(staged, "account"), staged.counts.get("account", {}).get("absent", 0)
    by_name, by_domain = matched.get("name", 0), matched.get("domain", 0)
    facts = [
        (tr("By account ID"), _by_id(staged, matched)),
        (tr("By exact name"), by_name),
        (tr("By web domain"), by_domain),
        (tr("New in these files"), new_accounts(staged.counts)),
        (tr("Of this source, absent"), absent),
    ]
    elsewhere = in_book - known - absent
    if elsewhere > 0:
        facts.append((tr("In your book from elsewhere"), elsewhere))
    return [(words, number(max(0, n))) for words, n in facts]


class ColumnPanel(QWidget):
    """Why a column is read as it is, and other ways to read it; `rule_chosen` carries the rule."""

    rule_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel("", weight=SEMIBOLD)
        self._words = PlainLabel("", px=12, colour="text2")
        for label in (self._title, self._words):
            label.setWordWrap(True)
        self.rules: list[QRadioButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._title)
        self._column.addWidget(self._words)
        self._rules_of = ""

    def show_column(self, column: ColumnMapping, mapping: FileMapping) -> None:
        """Show the column of a file."""
        self._title.setText(one_line(column.header))
        self._words.setText(_why(column, mapping))
        kind = kind_of(column)
        rules = _DATE_RULES if kind in DATES else _NUMBER_RULES if kind in NUMBERS else ()
        self._show_rules(rules, column.rule, f"{mapping.file}\n{column.header}\n{kind}")

    def _show_rules(self, rules: Sequence[tuple[str, str]], chosen: str, of: str) -> None:
        if of != self._rules_of or not rules:
            for button in self.rules:
                button.hide()
                button.deleteLater()
            self.rules = [QRadioButton(words, self) for _, words in rules]
            for button, (key, _) in zip(self.rules, rules, strict=True):
                button.setProperty("rule", key)
                button.clicked.connect(lambda _on=False, key=key: self.rule_chosen.emit(key))
                self._column.addWidget(button)
        self._rules_of = of
        for button in self.rules:
            button.setChecked(button.property("rule") == chosen)


def _why(column: ColumnMapping, mapping: FileMapping) -> str:
    if not column.target:
        return tr("Left out. Choose where it goes to take it in.")
    reasons = {
        tr("Its name."): tr("Recognised by its name."),
        tr("You chose this."): tr("You chose this."),
    }
    first = column.why.removesuffix("Its dates can be read two ways.").strip()
    words = reasons.get(first, first)
    if first != column.why:
        words += tr(" All its dates can be read two ways.")
    missing = mapping.rows - column.filled
    if mapping.rows and 0 < missing < mapping.rows:
        words += tr(" {0} of {1} rows are empty: they change nothing.").format(
            number(missing), number(mapping.rows)
        )
    return words.strip()


class SnapshotFields(QWidget):
    """The day the files show, what they come from, and whether they hold every account."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.as_of, self.source = QLineEdit(), QLineEdit()
        self._typed = {"as_of": False, "source": False}
        self.as_of_field = Field(self.tr("As of"), self.as_of)
        source = Field(self.tr("Comes from"), self.source)
        self._why = PlainLabel("", px=12, colour="text2")
        self.partial = QRadioButton(self.tr("Some of your accounts"))
        self.full = QRadioButton(self.tr("Every account"))
        self.partial.setChecked(True)
        self._means = PlainLabel("", px=12, colour="text2")
        for label in (self._why, self._means):
            label.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        holds = PlainLabel(self.tr("The files hold"), px=12, colour="text2")
        for part in (self.as_of_field, self._why, source, holds, self.partial, self.full,
                     self._means):  # fmt: skip
            column.addWidget(part)
        self.as_of.textEdited.connect(lambda _text: self._edited("as_of"))
        self.source.textEdited.connect(lambda _text: self._edited("source"))
        self.full.toggled.connect(self._scope_changed)
        self._say_scope()

    def show_staged(self, staged: Staged) -> None:
        """Show what was found; what was typed stays."""
        if not self._typed["as_of"]:
            self.as_of.setText(day_shown(staged.as_of))
            self._why.setText(staged.as_of_why)
        if not self._typed["source"]:
            self.source.setText(one_line(staged.source))

    def forget(self) -> None:
        """Forget what was typed."""
        self._typed = {"as_of": False, "source": False}
        self.partial.setChecked(True)
        self.as_of_field.show_error("")

    def typed_day(self) -> date | None:
        """The day typed, None when it was not touched; UserError when it is none."""
        if not self._typed["as_of"]:
            return None
        try:
            found = read_day(self.as_of.text(), self._today)
            if found is not None and found > self._today:
                raise UserError(self.tr("A snapshot cannot show a day ahead. Type an earlier day."))
        except UserError as error:
            self.as_of_field.show_error(str(error))
            raise
        self.as_of_field.show_error("")
        return found

    def answer_day(self, found: date) -> None:
        """Take a day that was asked for."""
        self._typed["as_of"] = True
        self.as_of.setText(day_shown(found))
        self._why.setText(self.tr("You said so."))

    @property
    def typed_source(self) -> str:
        """The source typed, empty when it was not touched."""
        return " ".join(self.source.text().split()) if self._typed["source"] else ""

    @property
    def scope(self) -> str:
        """`full` or `partial`."""
        return "full" if self.full.isChecked() else "partial"

    def _edited(self, name: str) -> None:
        self._typed[name] = True
        if name == "as_of":
            self._why.setText("")
            self.as_of_field.show_error("")
        self.changed.emit()

    def _scope_changed(self) -> None:
        self._say_scope()
        self.changed.emit()

    def _say_scope(self) -> None:
        self._means.setText(
            self.tr("Accounts of this source that are absent are kept and marked as missing.")
            if self.full.isChecked()
            else self.tr("Accounts that are absent stay as they are.")
        )
