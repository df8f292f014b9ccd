"""The third step: every change beside what the book says, what it comes to, and how to undo it."""

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from csplanner.book.book import Book
from csplanner.book.staged_problems import StagedProblems, csv_of
from csplanner.book.staged_review import Review, Wanted
from csplanner.book.staging_pages import StagedPages
from csplanner.crm.importing import Staged
from csplanner.ui.imports import answers, new_records
from csplanner.ui.imports.choices import Sheet
from csplanner.ui.imports.effect import effect_of
from csplanner.ui.imports.effect_panel import EffectPanel
from csplanner.ui.imports.key_hints import KeyHints, keys_of
from csplanner.ui.imports.lists import TITLES, entries_of, first_of
from csplanner.ui.imports.problems import ProblemsPanel
from csplanner.ui.imports.review_middle import Middle
from csplanner.ui.imports.review_model import ReviewModel, told_apart
from csplanner.ui.imports.review_side import ReviewSide
from csplanner.ui.imports.review_table import ReviewTable
from csplanner.ui.imports.review_wanted import field_entries, reason_entries, wanted_of
from csplanner.ui.imports.review_words import label_words
from csplanner.ui.imports.table import LineTable
from csplanner.ui.imports.trying import Trying
from csplanner.ui.imports.words import one_line
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.format import plural
from csplanner.ui.widgets.panes import Hairline, Pane

_ROOM_FOR_PANEL, _ROOM_FOR_KEYS = 1060, 1180
_OF_FIELDS = ("changed", "conflicts")
_OF_CHOICES = ("new", "matches", "gone", "merged")


class ReviewStep(QWidget):
    """The review of a staged snapshot; every decision goes straight into its staging file.

    `decided` is emitted after each decision. `restage_wanted` carries fields of `Options` the
    files are to be read again with, and `account_asked` an account to open. `has_decisions` tells
    whether anything was decided.
    """

    decided = Signal()
    restage_wanted = Signal(dict)
    account_asked = Signal(str)
    save_asked = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._staged: Staged | None = None
        self._pages: StagedPages | None = None
        self._review: Review | None = None
        self._title = ("", "")
        self._shown = self._again_at = ""
        self._pending: dict[str, str] = {}
        self.has_decisions = False
        self.trying = Trying(today)
        self.model = ReviewModel(today)
        self.side = ReviewSide()
        self.sections, self.labels = self.side.sections, self.side.labels
        self.table = ReviewTable(self.model)
        self.problems = ProblemsPanel()
        self.middle = Middle(self.table, self.problems)
        self.effect = EffectPanel(self.trying)
        self._pane = Pane("", padded=False)
        self.take_all = Button(self.tr("Take all new"))
        self.keep_all = Button(self.tr("Keep all mine"))
        self.read_again = Button(self.tr("Take these answers"))
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.model.decided.connect(self._decided)
        self.side.section_chosen.connect(self._show_section)
        self.side.filtered.connect(self._filter)
        self.take_all.clicked.connect(lambda: self._decide_all(take=True))
        self.keep_all.clicked.connect(lambda: self._decide_all(take=False))
        self.read_again.clicked.connect(self.flush)
        self.table.account_asked.connect(self.account_asked)
        self.effect.chosen.connect(self.go_to_account)
        self.trying.changed.connect(self._tried)
        self.problems.again.connect(self._try_problems_again)
        self.problems.save_asked.connect(self.save_asked)
        trying = self.trying
        self.destroyed.connect(lambda: trying.close())

    def _lay_out(self) -> None:
        self._keys = KeyHints()
        buttons = (self.take_all, self.keep_all, self.read_again, self._keys)
        for part in (*buttons, self.problems.save, self.problems.try_again):
            self._pane.add_action(part)
        self._pane.body.setContentsMargins(0, 0, 0, 0)
        self._pane.body.addWidget(Hairline())
        self._pane.body.setSpacing(0)
        self._pane.body.addWidget(self.middle, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.side)
        row.addWidget(self._pane, 1)
        row.addWidget(self.effect)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the table readable: without room, what it comes to stands above the table."""
        super().resizeEvent(event)
        self.effect.setVisible(event.size().width() >= _ROOM_FOR_PANEL)
        self._show_keys()
        self._say_title()

    def showEvent(self, event: QShowEvent) -> None:
        """Find out what moves once the review is looked at."""
        super().showEvent(event)
        if self._staged is not None and self.trying.found is None and not self.trying.stopped:
            self.trying.again()

    def _show_keys(self) -> None:
        keys = keys_of(self.side.key)
        self._keys.show_keys(keys)
        self._keys.setVisible(bool(keys) and self.width() >= _ROOM_FOR_KEYS)

    # What is shown

    def show_staged(self, staged: Staged | None, pages: StagedPages | None, book: Book) -> None:
        """Show a staged snapshot, or let go of the one shown."""
        self.let_go()
        self._staged, self._pages = staged, pages
        self.has_decisions = False
        self._pending = {}
        again_at, self._again_at = self._again_at, ""
        if staged is None or pages is None:
            self._again_at = again_at
            return
        self.problems.corrections.forget()
        self._review = Review(pages)
        self._totals = book.overview.totals()
        self.model.tell_apart = partial(told_apart, book)
        self.trying.take(book.path, staged.path)
        entries = entries_of(staged, pages, self._review)
        self._shown = first_of(entries, again_at)
        self.side.clear_filters()
        self.side.show_sections(entries, self._shown)
        self._show_section(self._shown)
        self.effect.show_notes(staged)
        self._show_effect()
        if self.isVisible():
            self.trying.again()

    def let_go(self) -> None:
        """Read nothing more of the snapshot shown: it is about to close."""
        self.trying.let_go()
        self._staged = self._pages = self._review = None
        self.model.show(None, Wanted())
        self.problems.show_problems(None)
        self.middle.let_go()

    def _show_section(self, key: str) -> None:
        if self._pages is None or self._review is None:
            return
        self._shown = key
        has_fields, has_choices = key in _OF_FIELDS, key in _OF_CHOICES
        for part in (self.take_all, self.keep_all):
            part.setVisible(has_fields or has_choices)
        for part in (self.problems.save, self.problems.try_again):
            part.setVisible(key == "quarantined")
        self._show_keys()
        self._show_pending()
        self.side.show_filters(shown=has_fields, can_band=self.trying.found is not None)
        if has_fields:
            self.take_all.set_text(self.tr("Take all new"))
            self.keep_all.set_text(self.tr("Keep all mine"))
            self._show_fields()
        elif key == "quarantined":
            self._show_problems()
        elif has_choices:
            self._show_choices(key)
        else:
            self._show_list(key)

    def _filter(self) -> None:
        """Another name or filter was chosen."""
        if self._shown == "quarantined":
            self._pick_reason()
        elif self._shown in _OF_FIELDS:
            self._show_fields()
        elif self._shown == "new":
            self._show_new()

    def _show_list(self, key: str) -> None:
        if self._staged is None or self._pages is None:
            return
        self.side.show_labels("", [])
        self._title = (TITLES[key], "")
        self._say_title()
        self.middle.show_list(key, self._staged, self._pages)

    @property
    def list(self) -> QWidget:
        """The list of the section shown last."""
        return self.middle.list

    # Questions

    def _show_choices(self, key: str) -> None:
        if self._pages is None:
            return
        kinds = new_records.kinds(self._pages) if key == "new" else []
        self.side.show_labels(self.tr("Kinds") if kinds else "", kinds)
        if key == "new":
            self._show_new()
        elif key == "matches":
            self._ask(answers.matches(self._pages, self._answered))
        else:
            self._ask(answers.ASKED[key](self._pages))

    def _show_new(self) -> None:
        if self._pages is not None:
            kind = self.labels.key
            self._ask(new_records.new_sheet(self._pages, kind))
            self._say_new()

    def _say_new(self) -> None:
        """How many of the new records shown are left out."""
        if self._pages is not None and self._shown == "new":
            self._title = (TITLES["new"], new_records.note(self._pages, self.labels.key))
            self._say_title()

    def _ask(self, sheet: Sheet) -> None:
        """Show questions with the buttons that answer all of them."""
        self._title = (sheet.title, "")
        self._say_title()
        for button, words in zip((self.take_all, self.keep_all), sheet.all_verbs, strict=True):
            button.set_text(words)
            button.setEnabled(sheet.total > 0)
        self.middle.show_choices(sheet).answered.connect(self._decided)

    def _decide_all(self, *, take: bool) -> None:
        choices = self.middle.choices
        if choices is not None:
            choices.answer(None, 0 if take else 1)
        else:
            self.model.decide_shown(take=take)

    def _answered(self, said: dict[str, str]) -> None:
        """Who is who is settled while the files are read: once more with these answers."""
        self._pending = said
        self._show_pending()

    def _show_pending(self) -> None:
        self.read_again.setVisible(bool(self._pending) and self._shown == "matches")

    def flush(self) -> bool:
        """Have the files read again with the answers and corrections given; False without any."""
        fixes = self.problems.corrections.fixes()
        if not self._pending and not fixes:
            return False
        self._restage({k: v for k, v in (("matches", self._pending), ("fixes", fixes)) if v})
        return True

    def ask_names(self) -> bool:
        """Go to the names that wait for an answer; False when none does."""
        if self._pages is None or not answers.questions(self._pages):
            return False
        self.sections.choose("matches")
        self.middle.go_to_open()
        return True

    def _restage(self, wanted: dict[str, object]) -> None:
        """Read again and come back to the section shown now."""
        self._again_at = self._shown
        self.restage_wanted.emit(wanted)

    # Changed fields

    def _wanted(self) -> Wanted:
        """What the section, the filters and the name chosen ask for."""
        label = self.labels.key if self._lists_fields else ""
        return wanted_of(self.side, self._shown, label, self.trying.found)

    @property
    def _lists_fields(self) -> bool:
        return self.labels.accessibleName() == self.tr("Fields")

    def _show_fields(self) -> None:
        review = self._review
        if review is None:
            return
        wanted = self._wanted()
        # The one chosen stays chosen while the filters let it through.
        entries = field_entries(review, wanted)
        self.side.show_labels(self.tr("Fields"), entries, wanted.label)
        wanted = self._wanted()
        self.model.show(review, wanted)
        changed = self.tr("{0} changed").format(plural(self.model.accounts, "account"))
        note = one_line(label_words(wanted.label)) if wanted.label else ""
        self._title = (changed, note or self.tr("largest effect first"))
        self._say_title()
        has_lines = self.model.rowCount() > 0
        for part in (self.take_all, self.keep_all):
            part.setEnabled(has_lines)
        self.middle.show_fields()
        if has_lines:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def go_to_account(self, account_id: str) -> None:
        """Show the changed fields of an account; where there are none, ask to open it."""
        self.side.clear_filters()
        self.side.show_labels("", [])
        self.sections.choose("changed")
        if self._shown != "changed":
            return
        self._show_fields()
        row = self.model.row_of(account_id)
        if row < 0:
            self.account_asked.emit(account_id)
            return
        index = self.model.index(row, 0)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index, LineTable.ScrollHint.PositionAtTop)
        self.table.setFocus()

    # Problems

    def _show_problems(self) -> None:
        if self._pages is None:
            return
        self.side.show_labels(self.tr("Reasons"), reason_entries(self._pages))
        self._pick_reason()

    def _pick_reason(self) -> None:
        source = StagedProblems(self._pages) if self._pages is not None else None
        self.problems.show_problems(source, self.labels.key)
        count = self.problems.model.rowCount()
        self._title = (TITLES["quarantined"], plural(count, "problem"))
        self._say_title()
        self.middle.show_problems()

    def _try_problems_again(self) -> None:
        self._restage({"fixes": self.problems.corrections.fixes()})

    def problems_csv(self) -> str:
        """What could not be read as CSV, all of it."""
        return csv_of(StagedProblems(self._pages).read(limit=-1)) if self._pages else ""

    # Titles and the effect

    def _say_title(self) -> None:
        title, note = self._title
        narrow = self.width() < _ROOM_FOR_PANEL and self._shown in _OF_FIELDS
        self._pane.set_title(title, self.effect.words if narrow else note)

    def _decided(self) -> None:
        self.has_decisions = True
        self.trying.again()
        self._show_effect()
        self._show_counts()
        self.decided.emit()

    def _show_counts(self) -> None:
        """Say beside the sections and in the title what was decided."""
        if self._staged is None or self._pages is None or self._review is None:
            return
        entries = entries_of(self._staged, self._pages, self._review)
        self.side.show_sections(entries, self._shown)
        self._say_new()

    def _tried(self) -> None:
        """What moves is known, or is being found out anew."""
        if self._shown in _OF_FIELDS:
            self.side.show_filters(shown=True, can_band=self.trying.found is not None)
        self._say_title()

    def _show_effect(self) -> None:
        if self._staged is not None and self._pages is not None:
            counts = new_records.coming(self._staged, self._pages)
            out = new_records.left_out_words(new_records.left_out(self._pages))
            self.effect.show_effect(effect_of(self._totals, self._pages, counts), out)
            self._say_title()
