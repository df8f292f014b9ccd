"""The second step: per file what each column becomes, how accounts are matched, the first rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.book.staging_columns import ColumnFact
from csplanner.book.staging_preview import FirstRows
from csplanner.crm.mapping import FileMapping
from csplanner.crm.remembered import name_for
from csplanner.crm.staged import UnknownWord
from csplanner.language import tr
from csplanner.ui.imports.chooser import Choice, Chooser
from csplanner.ui.imports.file_bar import FileBar
from csplanner.ui.imports.mapping_side import MappingSide
from csplanner.ui.imports.mapping_table import MappingModel, MappingTable
from csplanner.ui.imports.matching import Matched
from csplanner.ui.imports.new_words import Place, new_words, to_say
from csplanner.ui.imports.targets import choices_of, heading
from csplanner.ui.imports.word_panel import words_of
from csplanner.ui.imports.words import one_line
from csplanner.ui.widgets.format import number

CURRENCY = "--currency"


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of the files: mappings, and once they are staged what comes of them."""

    mappings: Sequence[FileMapping] = ()
    matched: Sequence[Matched] = ()
    known: frozenset[str] = frozenset()
    """Kinds of record of which the book has some by their id."""
    open: Mapping[Place, str] = field(default_factory=dict)
    """Columns that wait for an answer, with the flag of the question."""
    currencies: Sequence[str] = ()
    """Those amounts may be in, where that is asked."""
    source: str = ""
    currency: str = ""
    words: Sequence[UnknownWord] = ()
    first_rows: Mapping[str, Sequence[FirstRows]] = field(default_factory=dict)
    facts: Mapping[tuple[str, str, str], ColumnFact] = field(default_factory=dict)
    """What columns turned out to hold, by file, kind of record and field."""


class MappingStep(QWidget):
    """`changed` is emitted when anything was chosen; `whole_asked` when the snapshot's day, source
    or completeness is to be changed; `account_asked` carries the account to look at.
    """

    changed = Signal()
    whole_asked = Signal()
    account_asked = Signal(str)
    currency_said = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mappings: dict[str, FileMapping] = {}
        self._found = Found()
        self.edited: dict[str, FileMapping] = {}
        self.open: dict[Place, str] = {}
        self.answered: set[Place] = set()
        """Columns somebody said how to read."""
        self._seen: set[Place] = set()
        """Columns whose new words were shown."""
        self.files = FileBar()
        self.model = MappingModel()
        self.table = MappingTable(self.model)
        self.side = MappingSide()
        self.column, self.words = self.side.column, self.side.words
        self.matching, self.preview = self.side.matching, self.side.preview
        self.remember = self.side.remember
        self._shown: Place = ("", "")
        self._chooser: Chooser | None = None
        self._connect()
        self._lay_out()
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.files.chosen.connect(self._show_file)
        self.model.changed.connect(self._edit)
        self.table.moved.connect(self._show_column)
        self.table.goal_asked.connect(self._offer_goals)
        self.column.rule_chosen.connect(self._read_by)
        self.words.said.connect(self._said)
        self.remember.changed.connect(self._remember)
        self.side.change_whole.clicked.connect(self.whole_asked)
        self.matching.asked.connect(self._list)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.files)
        left.addWidget(self.table, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.side)

    # What is shown

    def show_found(self, found: Found) -> None:
        """Show how the files are read. What was chosen before stays chosen."""
        self._found = found
        self.model.matched, self.model.currency = found.known, found.currency
        self.model.facts = dict(found.facts)
        self._mappings = {m.file: m for m in found.mappings}
        self.edited = {f: m for f, m in self._mappings.items() if f in self.edited}
        self.open = dict(found.open)
        self._show_files()
        self.side.show_matched(found.matched)

    def say_whole(self, sentence: str) -> None:
        """Say what holds for the snapshot as a whole."""
        self.side.say_whole(sentence)

    def forget(self) -> None:
        """Forget what was chosen: other files come."""
        self.edited, self._mappings = {}, {}
        self.open, self.answered, self._seen = {}, set(), set()
        self.words.forget()
        self.remember.forget()

    def used(self) -> tuple[int, int]:
        """How many columns of all files are used, and how many there are."""
        listed = self._mappings.values()
        return sum(len(m.used) for m in listed), sum(len(m.columns) for m in listed)

    @property
    def mapping(self) -> FileMapping | None:
        """The mapping of the file shown."""
        return self.model.mapping

    @property
    def mappings(self) -> dict[str, FileMapping]:
        """The mapping of every file as it stands, by its name."""
        return dict(self._mappings)

    def show_open(self) -> None:
        """Go to the first column that waits for an answer."""
        if self.open:
            file = self.files.key
            if all(f != file for f, _ in self.open):
                file = next(f for f in self._mappings if any(o == f for o, _ in self.open))
                self.files.choose(file)
            row = min(self.model.row_of(header) for f, header in self.open if f == file)
            self.table.setCurrentIndex(self.model.index(row, 0))
            self.column.take_keyboard()

    def words_to_say(self) -> dict[Place, int]:
        """Columns with new words nobody said the meaning of, and how many of each."""
        return to_say(self._new_words(), self.words.meanings)

    def show_words(self) -> bool:
        """Go to the first column whose new words were not shown; False when there is none."""
        place = next((p for p in self.words_to_say() if p not in self._seen), None)
        if place is None:
            return False
        self.files.choose(place[0])
        self.table.setCurrentIndex(self.model.index(self.model.row_of(place[1]), 0))
        self._show_column(self.table.currentIndex().row())
        self.words.take_keyboard()
        return True

    def _new_words(self) -> dict[Place, Sequence[UnknownWord]]:
        return new_words(self._mappings.values(), self._found.words)

    def _show_files(self) -> None:
        self.files.show_files(
            [
                (m.file, one_line(m.file), number(m.rows), heading(m.object))
                for m in self._mappings.values()
            ]
        )
        self._mark_files()
        self._show_file(self.files.key)

    def _mark_files(self) -> None:
        """Mark the files with something to say."""
        words = {file for file, _ in self.words_to_say()}
        self.files.mark({file for file, _ in self.open} | words)

    def _show_file(self, key: str) -> None:
        mapping = self._mappings.get(key)
        kept = self.model.column(self.table.currentIndex().row())
        self._tell(key)
        self.model.show(mapping)
        self.side.show_rows(self._found.first_rows.get(key, ()))
        if mapping is not None:
            name = name_for(mapping, self._found.source)
            self.remember.show_name(
                one_line(name.strip()), typed=mapping.remember_as, on=mapping.remember
            )
            row = max(0, self.model.row_of(kept.header) if kept is not None else 0)
            self.table.setCurrentIndex(self.model.index(row, 0))
            self._show_column(row)

    def _tell(self, file: str) -> None:
        """Tell the table which columns of a file wait, and which bring new words."""
        self.model.open = {header: flag for (f, header), flag in self.open.items() if f == file}
        mapping = self._mappings.get(file)
        self.model.new_words = {} if mapping is None else {
            c.header: len(words_of(c, self._found.words)) for c in mapping.used
        }  # fmt: skip

    def _show_column(self, row: int) -> None:
        column, mapping = self.model.column(row), self.model.mapping
        if column is not None and mapping is not None:
            flag = self.open.get((mapping.file, column.header), "")
            currencies = self._found.currencies if flag == CURRENCY else ()
            self.column.show_column(column, mapping, open_for=flag, currencies=currencies)
            self.words.show_words(column, words_of(column, self._found.words))
            if self.isVisible():
                self._seen.add((mapping.file, column.header))
            if (mapping.file, column.header) != self._shown:
                self._shown = (mapping.file, column.header)
                self.side.show_top()

    # What is chosen

    def _offer_goals(self, row: int, corner: QPoint) -> None:
        column, mapping = self.model.column(row), self.model.mapping
        if column is None or mapping is None:
            return
        name = tr("Where {0} goes").format(one_line(column.header))
        self._chooser_now().offer(
            choices_of(mapping.object),
            corner,
            lambda key: self.model.choose(row, key),
            chosen=column.target,
            name=name,
        )

    def _list(self, choices: Sequence[Choice], name: str, corner: QPoint) -> None:
        self._chooser_now().offer(choices, corner, self._open_account, name=name)

    def _open_account(self, key: str) -> None:
        if key:
            self.account_asked.emit(key)

    def _chooser_now(self) -> Chooser:
        if self._chooser is None:
            self._chooser = Chooser(self.window())
        return self._chooser

    def _read_by(self, rule: str) -> None:
        """Read the chosen column so, and every other that waits for the same answer."""
        row, mapping = self.table.currentIndex().row(), self.model.mapping
        column = self.model.column(row)
        if column is None or mapping is None:
            return
        if (mapping.file, column.header) not in self.open:
            self.model.read_by(row, rule)
            return
        flag = self.open[(mapping.file, column.header)]
        for place in [place for place, waits in self.open.items() if waits == flag]:
            self._answer(place, rule)
        if flag == CURRENCY:
            self.currency_said.emit(rule)
        self._tell(mapping.file)
        self._mark_files()
        self.model.show(self._mappings[mapping.file])
        row = self.model.row_of(column.header)
        self.table.setCurrentIndex(self.model.index(row, 0))
        self._show_column(row)
        self.changed.emit()

    def _answer(self, place: Place, rule: str) -> None:
        file, header = place
        if self.open.pop(place) != CURRENCY:
            changed = self._mappings[file].with_rule(header, rule)
            self._mappings[file] = self.edited[file] = changed
        self.answered.add(place)

    def _remember(self) -> None:
        """Remember the columns of the file shown, or not, and by the name typed."""
        mapping = self._mappings.get(self.files.key)
        if mapping is not None:
            changed = replace(
                mapping, remember=self.remember.is_on, remember_as=self.remember.typed
            )
            self._mappings[mapping.file] = self.edited[mapping.file] = changed
            self.model.renew(changed)
            self.changed.emit()

    def _said(self) -> None:
        self._mark_files()
        self.changed.emit()

    def _edit(self, mapping: FileMapping) -> None:
        self._mappings[mapping.file] = self.edited[mapping.file] = mapping
        self.open = {
            (f, h): flag for (f, h), flag in self.open.items()
            if f != mapping.file or any(c.header == h and c.target for c in mapping.columns)
        }  # fmt: skip
        self._tell(mapping.file)
        self._mark_files()
        self._show_column(self.table.currentIndex().row())
        self.changed.emit()
