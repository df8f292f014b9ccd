"""The snapshots a book was fed with, each with its way back."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.book.book import Book
from csplanner.book.history import Change
from csplanner.domain.snapshot import Snapshot
from csplanner.language import ntr, tr
from csplanner.ui.actions.typed import day_shown
from csplanner.ui.change_words import with_day
from csplanner.ui.imports.words import one_line
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.format import day, plural
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import Hairline

_LOOK_BACK = 2_000


@dataclass(frozen=True, slots=True)
class Import:
    """One import of the book's history; `change` is None once it was taken back."""

    title: str
    note: str
    change: int | None
    snapshot: str = ""
    """The id of its snapshot, while it is in the book."""
    as_of: date | None = None
    problems: int = 0
    """How much it could not bring in and nobody corrected since."""


def imports_of(book: Book, today: date, limit: int) -> list[Import]:
    """The newest imports of a book."""
    snapshots = {snapshot.id: snapshot for snapshot in book.snapshots.all()}
    problems = book.snapshots.open_problems()
    found: list[Import] = []
    for change in book.history(_LOOK_BACK):
        if change.kind != "import" or change.state == "dropped":
            continue
        is_done = change.state == "done"
        snapshot = snapshots.get(change.batch or "") if is_done else None
        at = day(date.fromisoformat(change.at[:10]), today)
        note = (
            tr("{0}, imported {1}").format(_brought(snapshot), at)
            if snapshot is not None
            else tr("imported {0}").format(at)
        )
        number = change.id if is_done else None
        title = _title(change, snapshot)
        if snapshot is None:
            found.append(Import(title, note, number))
        else:
            left = problems.get(snapshot.id, 0)
            found.append(Import(title, note, number, snapshot.id, snapshot.as_of, left))
        if len(found) == limit:
            break
    return found


def _title(change: Change, snapshot: Snapshot | None) -> str:
    """Of what and of which day; of an import taken back, what its step is called."""
    if snapshot is None:
        return with_day(one_line(change.label.partition(" ")[2] or change.label))
    return f"{one_line(snapshot.source)}, {day_shown(snapshot.as_of)}"


def _brought(snapshot: Snapshot) -> str:
    """How much was new in it and how much changed."""
    new = sum(n for name, n in snapshot.counts.items() if name.endswith(" new"))
    changed = sum(n for name, n in snapshot.counts.items() if name.endswith(" changed"))
    parts = [
        ntr("{0} new record", "{0} new records", new) if new else "",
        ntr("{0} record changed", "{0} records changed", changed) if changed else "",
    ]
    return ", ".join(filter(None, parts)) or tr("nothing new")


class HistoryList(QWidget):
    """Recent imports, newest first, each with its ways on.

    `undo_asked` carries the one to take back, `look_asked` the one whose day is to be looked at,
    `news_asked` the one whose news are wanted, `problems_asked` the one with problems left.
    """

    undo_asked = Signal(object)
    look_asked = Signal(object)
    news_asked = Signal(object)
    problems_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._rows: list[QWidget] = []
        self._shown: list[Import] | None = None

    def show_imports(self, found: list[Import], *, can_undo: bool) -> None:
        """Show these imports; without `can_undo` they stand without their button."""
        if found == self._shown:
            return
        self._shown = found
        for row in self._rows:
            row.hide()
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [self._row(entry, can_undo=can_undo) for entry in found] or [
            PlainLabel(self.tr("No snapshot was imported yet."), px=12, colour="text2")
        ]
        for row in self._rows:
            self._column.addWidget(row)

    def _row(self, entry: Import, *, can_undo: bool) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(1)
        column.addWidget(ElidedLabel(entry.title))
        column.addWidget(ElidedLabel(entry.note, px=12, colour="text2"))
        column.addLayout(self._ways(entry, can_undo=can_undo))
        column.addWidget(Hairline())
        return whole

    def _ways(self, entry: Import, *, can_undo: bool) -> QVBoxLayout:
        rows, row = QVBoxLayout(), QHBoxLayout()
        rows.setSpacing(0)
        rows.addLayout(row)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(12)
        tr = self.tr
        if entry.change is None:
            row.addWidget(PlainLabel(tr("undone"), px=12, colour="text3"))
        elif can_undo:
            spoken = tr("Undo the import of {0}").format(entry.title)
            self._way(row, (tr("Undo…"), spoken), entry, self.undo_asked)
        if entry.snapshot:
            spoken = tr("What changed with {0}").format(entry.title)
            self._way(row, (tr("What changed"), spoken), entry, self.news_asked)
            spoken = tr("Look at the book as of {0}").format(entry.title)
            self._way(row, (tr("Look"), spoken), entry, self.look_asked)
        if entry.problems:
            row.addStretch(1)
            row = QHBoxLayout()
            row.setContentsMargins(0, 0, 0, 4)
            rows.addLayout(row)
            words = plural(entry.problems, "problem")
            spoken = tr("{0} left of {1}").format(words, entry.title)
            self._way(row, (words, spoken), entry, self.problems_asked)
        row.addStretch(1)
        return rows

    def _way(
        self, row: QHBoxLayout, words: tuple[str, str], entry: Import, asked: SignalInstance
    ) -> None:
        link = Button(words[0], kind="link", small=True)
        link.setAccessibleName(words[1])
        link.clicked.connect(lambda _on=False: asked.emit(entry))
        row.addWidget(link)


def kept_words(title: str, stays: str) -> str:
    """What to say after an import was taken back; `stays` are sentences about what was kept."""
    return tr("Undone: import of {0}").format(title) + (f". {one_line(stays)}" if stays else "")
