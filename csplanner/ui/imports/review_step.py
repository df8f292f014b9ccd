"""The third step: every change beside what the book says, what it comes to, and how to undo it."""

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from csplanner.book.book import Book
from csplanner.book.staging_pages import StagedPages
from csplanner.crm.importing import Staged
from csplanner.language import Spoken, noted
from csplanner.ui.imports.effect import Effect, effect_of
from csplanner.ui.imports.history import HistoryList
from csplanner.ui.imports.lists import sheet
from csplanner.ui.imports.parts import Entry, Facts, SideList
from csplanner.ui.imports.review_model import Filter, ReviewModel
from csplanner.ui.imports.review_table import ReviewTable
from csplanner.ui.imports.table import LineTable, ListModel
from csplanner.ui.imports.words import new_accounts, new_others, one_line, sums, unchanged
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.empty import EmptyState, draw_dashed_rows
from csplanner.ui.widgets.format import number, plural
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import PADDING, Ground, Hairline, Pane, Scroll, Section

_SIDE, _PANEL = 184, 280
_ROOM_FOR_PANEL = 1060
_NOTES = 8
_FIELDS, _LIST, _NOTHING = range(3)


class ReviewStep(QWidget):
    """`decided` is emitted after each decision; `has_decisions` tells whether there are any."""

    decided = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._staged: Staged | None = None
        self._pages: StagedPages | None = None
        self.has_decisions = False
        self._title = ("", "")
        self.model = ReviewModel(today)
        self.model.decided.connect(self._decided)
        self.sections = SideList(self.tr("What the files bring"))
        self.labels = SideList(self.tr("Fields that differ"))
        self.sections.chosen.connect(self._show_section)
        self.labels.chosen.connect(lambda _key: self._show_fields())
        self.table = ReviewTable(self.model)
        self.list: QWidget = QWidget()
        self._lines: ListModel | None = None
        self.effect = EffectPanel()
        self._pane = Pane("", padded=False)
        self.take_all = Button(self.tr("Take all new"))
        self.keep_all = Button(self.tr("Keep all mine"))
        self.take_all.clicked.connect(lambda: self.model.decide_shown(take=True))
        self.keep_all.clicked.connect(lambda: self.model.decide_shown(take=False))
        self._lay_out()
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        self._keys = QWidget()
        keys = QHBoxLayout(self._keys)
        keys.setContentsMargins(6, 0, 0, 0)
        keys.setSpacing(6)
        for key, words in (("A", self.tr("take")), ("K", self.tr("keep"))):
            keys.addWidget(Chip(key, kind="key"))
            keys.addWidget(PlainLabel(words, px=12, colour="text2"))
        for part in (self.take_all, self.keep_all, self._keys):
            self._pane.add_action(part)
        self._middle = QStackedWidget()
        self._middle.addWidget(self.table)
        self._middle.addWidget(self.list)
        nothing = EmptyState(
            self.tr("Nothing new"),
            self.tr("Your book already says what these files say in this section."),
            drawing=draw_dashed_rows,
        )
        self._middle.addWidget(nothing)
        self._pane.body.setContentsMargins(0, 0, 0, 0)
        self._pane.body.addWidget(Hairline())
        self._pane.body.setSpacing(0)
        self._pane.body.addWidget(self._middle, 1)
        side = Ground("window", lines="r")
        side.setFixedWidth(_SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 10, 1, 10)
        column.setSpacing(4)
        column.addWidget(self.sections)
        self._labels_title = PlainLabel(self.tr("Fields"), px=12, colour="text2")
        self._labels_title.setContentsMargins(16, 10, 0, 2)
        column.addWidget(self._labels_title)
        column.addWidget(self.labels, 100)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(side)
        row.addWidget(self._pane, 1)
        row.addWidget(self.effect)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the table readable: without room, what it comes to stands above the table."""
        super().resizeEvent(event)
        self.effect.setVisible(event.size().width() >= _ROOM_FOR_PANEL)
        has_fields = self.sections.key in ("changed", "conflicts")
        self._keys.setVisible(has_fields and event.size().width() >= _ROOM_FOR_PANEL)
        self._say_title()

    # What is shown

    def show_staged(self, staged: Staged | None, pages: StagedPages | None, book: Book) -> None:
        """Show a staged snapshot, or let go of the one shown."""
        self.let_go()
        self._staged, self._pages = staged, pages
        self.has_decisions = False
        if staged is None or pages is None:
            return
        self._totals = book.overview.totals()
        self.model.tell_apart = partial(told_apart, book)
        entries = self._entries(staged, pages)
        first = next((e.key for e in entries if e.count != "0"), "changed")
        self.sections.show_entries(entries, first)
        self.sections.setFixedHeight(self.sections.content_height())
        labels = pages.labels()
        everything = [Entry("", self.tr("All fields"), number(pages.field_count()))]
        self.labels.show_entries(
            [*everything, *(Entry(label, label, number(n)) for label, n in labels)]
            if labels else []
        )  # fmt: skip
        self._show_section(first)
        self.effect.show_notes(staged)
        self._show_effect()

    def let_go(self) -> None:
        """Read nothing more of the snapshot shown: it is about to close."""
        self._staged = self._pages = None
        self.model.show(None, Filter())
        if self._lines is not None:
            self._lines.let_go()
            self._lines = None

    def _entries(self, staged: Staged, pages: StagedPages) -> list[Entry]:
        tr, fields = self.tr, pages.field_count()
        accounts, others = new_accounts(staged.counts), new_others(staged.counts)
        missing = len(pages.missing(limit=-1))
        changed = plural(fields, "field") if fields else ""
        new_note = plural(others, "other") if others else ""
        entries = [
            Entry("new", tr("New accounts"), number(accounts), new_note, "plus"),
            Entry("changed", tr("Changed"), number(pages.changed_accounts()), changed, "pencil"),
            Entry("conflicts", tr("Conflicts"), number(staged.conflicts),
                  tr("you set these") if staged.conflicts else "", "git-compare",
                  "watch-ink" if staged.conflicts else "text2"),
            Entry("missing", tr("Missing from file"), number(missing),
                  tr("kept, marked") if missing else "", "circle-dashed"),
            Entry("unchanged", tr("Unchanged"), number(unchanged(staged.counts)), "", "equal"),
        ]  # fmt: skip
        odd = (
            ("quarantined", tr("Quarantined"), staged.quarantined, "triangle-alert"),
            ("doubled", tr("Doubled names"), staged.doubled, "users"),
            ("not_used", tr("Not used files"), len(staged.left_out), "eye-off"),
        )
        entries += [Entry(key, words, number(n), "", icon) for key, words, n, icon in odd if n]
        return entries

    def _show_section(self, key: str) -> None:
        staged, pages = self._staged, self._pages
        if staged is None or pages is None:
            return
        has_fields = key in ("changed", "conflicts")
        for part in (self.take_all, self.keep_all):
            part.setVisible(has_fields)
        self._keys.setVisible(has_fields and self.width() >= _ROOM_FOR_PANEL)
        has_labels = has_fields and self.labels.count() > 0
        self.labels.setVisible(has_labels)
        self._labels_title.setVisible(has_labels)
        if has_fields:
            self._show_fields()
            return
        self._title = (_TITLES[key], "")
        self._say_title()
        model, widths = sheet(key, staged, pages)
        made = LineTable(_TITLES[key], widths)
        made.setModel(model)
        model.setParent(made)
        if self._lines is not None:
            self._lines.let_go()
        self._lines = model
        self._middle.removeWidget(self.list)
        self.list.deleteLater()
        self._middle.insertWidget(_LIST, made)
        self.list = made
        self._middle.setCurrentIndex(_LIST if model.rowCount() else _NOTHING)

    def _show_fields(self) -> None:
        conflicts = True if self.sections.key == "conflicts" else None
        label = self.labels.key
        self.model.show(self._pages, Filter(conflicts, label))
        title = plural(self.model.accounts, "account") + " " + self.tr("changed")
        self._title = (title, one_line(label))
        self._say_title()
        has_lines = self.model.rowCount() > 0
        for part in (self.take_all, self.keep_all):
            part.setEnabled(has_lines)
        self._middle.setCurrentIndex(_FIELDS if has_lines else _NOTHING)
        if has_lines:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _say_title(self) -> None:
        title, note = self._title
        narrow = self.width() < _ROOM_FOR_PANEL
        self._pane.set_title(title, self.effect.words if narrow else note)

    # Decisions

    def _decided(self, _ids: list[int] | None) -> None:
        self.has_decisions = True
        self._show_effect()
        self.decided.emit()

    def _show_effect(self) -> None:
        if self._staged is not None and self._pages is not None:
            self.effect.show_effect(effect_of(self._totals, self._pages, self._staged.counts))
            self._say_title()


_TITLES = Spoken({
    "new": noted("New in these files"), "missing": noted("Missing from the files"),
    "quarantined": noted("What could not be "
        "read as it stands"), "doubled": noted("Names several accounts share"),
    "not_used": noted("Files that are not used"), "unchanged": noted("As it is in your book"),
})  # fmt: skip


class EffectPanel(Ground):
    """What applying comes to, what stays yours, how to undo, and the imports before."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="l")
        self.setFixedWidth(_PANEL)
        self.setAccessibleName(self.tr("If you apply this"))
        self.facts, self.history = Facts(), HistoryList()
        self.words = ""
        self._later = PlainLabel(
            self.tr("Where an account has no ARR of its own, its running subscriptions count."),
            px=12, colour="text2",
        )  # fmt: skip
        self._notes = PlainLabel("", px=12, colour="text2")
        stays = PlainLabel(
            self.tr(
                "Tiers, sentiment, relationship maps, objectives and your notes are never changed "
                "by a snapshot."
            ),
            px=12, colour="text2",
        )  # fmt: skip
        undo = PlainLabel(
            self.tr(
                "Right after applying with Ctrl Z, or any time later from this list. What you "
                "edited since stays."
            ),
            px=12, colour="text2",
        )  # fmt: skip
        for label in (self._later, self._notes, stays, undo):
            label.setWordWrap(True)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(PADDING + 1, 12, PADDING, PADDING)
        column.setSpacing(12)
        self._noted = Section(self.tr("Worth knowing"))
        self._noted.body.addWidget(self._notes)
        now = Section(self.tr("If you apply this"))
        yours, back = Section(self.tr("What stays yours")), Section(self.tr("You can undo"))
        now.body.addWidget(self.facts)
        now.body.addWidget(self._later)
        yours.body.addWidget(stays)
        back.body.addWidget(undo)
        back.body.addWidget(self.history)
        self._noted_line = Hairline()
        parts = (now, self._noted_line, self._noted, Hairline(), yours, Hairline(), back)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(Scroll(inner))

    def show_effect(self, effect: Effect) -> None:
        """Show accounts and ARR before and after."""
        before, after = effect.accounts
        arr = [sums(amounts) for amounts in effect.arr]
        facts = [
            (self.tr("Accounts"), _change(number(before), number(after))),
            (self.tr("Recorded ARR"), _change(*arr)),
        ]
        self.facts.show_facts(facts)
        self.words = ", ".join(f"{words} {figure}" for words, figure in facts)
        self._later.setVisible(effect.from_subscriptions)

    def show_notes(self, staged: Staged) -> None:
        """Show what was noticed while reading."""
        notes = [one_line(note) for note in staged.notes[:_NOTES]]
        more = len(staged.notes) - _NOTES
        if more > 0:
            notes.append(self.tr("{0} more.").format(number(more)))
        self._notes.setText("\n".join(notes))
        self._noted.setVisible(bool(notes))
        self._noted_line.setVisible(bool(notes))


def told_apart(book: Book, ids: Sequence[str]) -> dict[str, str]:
    """City and id of accounts that share a name."""
    found = [book.accounts.get(key) for key in ids]
    return {a.id: ", ".join(filter(None, (one_line(a.city), a.id))) for a in found}


def _change(before: str, after: str) -> str:
    return before if before == after else f"{before} → {after}"
