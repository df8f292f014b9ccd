"""The QBR page: choose an account, see every slide as the deck will show it, then export."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csplanner.book.book import Book
from csplanner.domain.period import parse_quarter
from csplanner.errors import UserError
from csplanner.qbr.export import Exported, Prepared, export_qbr, prepare_qbr
from csplanner.ui.actions import Actions
from csplanner.ui.qbr import rows
from csplanner.ui.qbr.chooser import AccountChooser
from csplanner.ui.qbr.panel import QbrPanel
from csplanner.ui.qbr.preview import SlideView, Thumbnails
from csplanner.ui.qbr.sections import SectionList
from csplanner.ui.session import BookSession
from csplanner.ui.shell.page import PageWidget
from csplanner.ui.widgets.buttons import Button, IconButton, Segmented
from csplanner.ui.widgets.empty import EmptyState, Way, draw_dashed_rows
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import Ground, Hairline, Pane

_CHOOSER, _REVIEW, _EMPTY = 0, 1, 2
_SECTIONS_WIDTH = 232
_AROUND_SLIDE = 38 + 8 + 88 + 8
"""Title, thumbnails and what is between them."""


class QbrPage(PageWidget):
    """Prepares a review; the preview is drawn from the very story the deck is written from."""

    key = "qbr"
    title = "QBR prep"

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._actions = session, actions
        self._stale = True
        self._account = ""
        self._name = ""
        self._at = 0
        self.prepared: Prepared | None = None
        self.ask_folder = self._ask_folder
        self.chooser = AccountChooser(session)
        self.sections = SectionList()
        self.slide = SlideView()
        self.thumbs = Thumbnails()
        self.panel = QbrPanel()
        self.quarter = QComboBox()
        self.kind = Segmented(rows.KINDS, name=self.tr("Kind of review"))
        self._clock = ElidedLabel("", colour="text2")
        self._clock.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._rests = PlainLabel("", colour="text2")
        self._rests.setWordWrap(True)
        self._back = IconButton("chevron-left", self.tr("Slide before"))
        self._on = IconButton("chevron-right", self.tr("Next slide"))
        self._whole = QStackedWidget()
        self._lay_out()
        self._connect()

    # Parts

    def _lay_out(self) -> None:
        self._sections_pane = Pane(self.tr("Sections"), token="window", padded=False)
        self._sections_pane.setFixedWidth(_SECTIONS_WIDTH)
        self._sections_pane.body.addWidget(self.sections)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._sections_pane)
        middle.addWidget(Hairline(vertical=True))
        middle.addLayout(self._centre(), 1)
        review = QWidget()
        column = QVBoxLayout(review)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tool_row())
        column.addLayout(middle, 1)
        self._whole.addWidget(self.chooser)
        self._whole.addWidget(review)
        self._whole.addWidget(self._first_steps())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._whole)

    def _tool_row(self) -> QWidget:
        bar = Ground("window", lines="b")
        bar.setFixedHeight(44)
        other = Button(self.tr("Other account"), kind="quiet", icon="arrow-left")
        other.clicked.connect(self.show_chooser)
        self.quarter.setAccessibleName(self.tr("Period"))
        self.quarter.setMinimumWidth(104)
        row = QHBoxLayout(bar)
        row.setContentsMargins(10, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(other)
        row.addWidget(PlainLabel(self.tr("Period"), colour="text2"))
        row.addWidget(self.quarter)
        row.addWidget(self.kind)
        row.addWidget(self._clock, 1)
        return bar

    def _centre(self) -> QVBoxLayout:
        self._slide_pane = Pane("", token="window")
        self._slide_pane.add_action(self._back)
        self._slide_pane.add_action(self._on)
        self._slide_pane.body.setContentsMargins(12, 0, 12, 8)
        self._slide_pane.body.addWidget(self.slide, 1)
        self._slide_pane.body.addWidget(self.thumbs)
        notes = Pane(
            self.tr("What it rests on"), note=self.tr("goes into the speaker notes, nothing else")
        )
        notes.body.addWidget(self._rests)
        notes.body.addStretch(1)
        notes.setMinimumHeight(92)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._slide_pane, 100)
        column.addWidget(Hairline())
        column.addWidget(notes, 1)
        return column

    def _first_steps(self) -> EmptyState:
        actions = self._actions
        return EmptyState(
            self.tr("No account to prepare for yet"),
            self.tr(
                "A review shows a customer their own goals and figures. Bring in an account first."
            ),
            drawing=draw_dashed_rows,
            ways=(
                Way(
                    self.tr("Import a snapshot"),
                    self.tr("CSV or Excel from Salesforce, HubSpot, Gainsight or your own sheet."),
                    lambda: actions.import_snapshot(),
                    "file-input",
                    "Ctrl Shift I",
                ),
                Way(
                    self.tr("Add one account"),
                    self.tr("Type a name, then its goals in its own metrics."),
                    lambda: actions.add_account(),
                    "plus",
                    "Ctrl N",
                ),
            ),
        )

    def _connect(self) -> None:
        self._session.changed.connect(lambda _changed: self._changed())
        self.chooser.chosen.connect(self.show_account)
        self.sections.chosen.connect(self.show_slide)
        self.thumbs.chosen.connect(self.show_slide)
        self.slide.stepped.connect(lambda by: self.show_slide(self._at + by))
        self.slide.fitted.connect(
            lambda height: self._slide_pane.setMaximumHeight(height + _AROUND_SLIDE)
        )
        self._back.clicked.connect(lambda: self.show_slide(self._at - 1))
        self._on.clicked.connect(lambda: self.show_slide(self._at + 1))
        self.quarter.activated.connect(lambda _at: self._prepare())
        self.kind.chosen.connect(lambda _key: self._prepare())
        self.panel.asked.connect(self._run)
        self.panel.looked.connect(self.show_slide)
        self.panel.export_asked.connect(self.export)

    # What the frame asks

    @property
    def current_account(self) -> str | None:
        """The account the review is about."""
        return self._account or None

    def breadcrumb(self) -> list[str]:
        """Return the place, and the account when there is one."""
        return [self.title, self._name] if self._name else [self.title]

    def inspector(self) -> QWidget | None:
        """Return the checks, while a review is shown."""
        return self.panel if self._whole.currentIndex() == _REVIEW else None

    def open(self, argument: object) -> None:
        """Prepare the review of the account of that id."""
        if isinstance(argument, str) and argument and argument != self._account:
            self._account = argument
            self._at = 0
            self.panel.say_nothing_written()
            self._stale = True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    # What the page shows

    def refresh(self) -> None:
        """Prepare the review again, or list the accounts anew."""
        self._stale = False
        book = self._session.read
        if not book.overview.totals().accounts:
            self._account = ""
            self._show(_EMPTY, "")
        elif self._account and book.overview.one(self._account) is not None:
            self._offer_quarters(book)
            self._prepare()
        else:
            self._account = ""
            self.chooser.refresh()
            self._show(_CHOOSER, "")

    def show_account(self, account_id: str) -> None:
        """Prepare the review of an account, as a visit of its own."""
        self.navigate.emit(self.key, account_id)

    def show_chooser(self) -> None:
        """Go back to the list of accounts."""
        self._account = ""
        self.refresh()
        self.chooser.table.setFocus()

    def show_slide(self, number: int) -> None:
        """Show a slide, counted from 0; beyond the ends nothing happens."""
        story = self.prepared.story if self.prepared else None
        if story is None or not 0 <= number < len(story.slides):
            return
        self._at = number
        slide = story.slides[number]
        self.slide.show_slide(slide, number + 1)
        self.thumbs.show_current(number)
        self.sections.show_slide(number)
        self._slide_pane.set_title(
            self.tr("Slide {0}").format(number + 1), rows.slide_note(story, number)
        )
        self._rests.setText(rows.notes_text(slide))
        self._back.setEnabled(number > 0)
        self._on.setEnabled(number + 1 < len(story.slides))

    def _offer_quarters(self, book: Book) -> None:
        offered = rows.quarters(book.as_of(), book.settings.fiscal_start_month)
        shown = [self.quarter.itemData(at) for at in range(self.quarter.count())]
        if shown != [key for key, _ in offered]:
            self.quarter.clear()
            for key, words in offered:
                self.quarter.addItem(words, key)

    def _prepare(self) -> None:
        book = self._session.read
        try:
            prepared = prepare_qbr(
                book,
                self._account,
                quarter=parse_quarter(str(self.quarter.currentData())),
                kind=self.kind.key,
            )
        except UserError as error:
            self._actions.refuse(str(error))
            self.show_chooser()
            return
        self.prepared = prepared
        story = prepared.story
        self._clock.setText(self._renewal(book))
        self._sections_pane.set_title(self.tr("Sections"), rows.section_note(story))
        self._at = min(self._at, len(story.slides) - 1)
        self.thumbs.show_slides(story.slides)
        self.sections.show_rows(rows.section_rows(story), self._at)
        found = rows.checks(prepared)
        self.panel.show_checks(found, rows.checks_note(found))
        self._show(_REVIEW, prepared.judgement.overview.name)
        self.show_slide(self._at)

    def _renewal(self, book: Book) -> str:
        """The clock of today, also beside the review of a quarter that is over."""
        line = book.overview.one(self._account)
        return "" if line is None else rows.renewal_text(line, book.as_of())

    def _show(self, which: int, name: str) -> None:
        other = which != self._whole.currentIndex()
        self._whole.setCurrentIndex(which)
        self.setFocusProxy(self.sections if which == _REVIEW else self.chooser)
        if other:
            self.inspector_changed.emit()
        if name != self._name:
            self._name = name
            self.heading_changed.emit()

    # Verbs

    def _run(self, verb: str) -> None:
        if self._account:
            self._actions.run_verb(verb, self._account)

    def export(self) -> None:
        """Ask for a folder and write deck and brief there, beside the window."""
        if not self._account or self.prepared is None:
            return
        folder = self.ask_folder()
        if folder is None:
            return
        account, kind = self._account, self.kind.key
        quarter = parse_quarter(str(self.quarter.currentData()))
        self.panel.begin(self.tr("Writing deck and brief…"))
        self._session.write(
            lambda book: export_qbr(book, account, folder, quarter=quarter, kind=kind),
            self._exported,
            failed=self._not_exported,
        )

    def _exported(self, exported: Exported) -> None:
        names = " and ".join(path.name for path in exported.files)
        self.panel.end(exported.files, self.tr("Written: {0}").format(names))
        self._actions.say(
            self.tr("Deck and brief are in the folder {0}").format(exported.files[0].parent.name),
            undo=False,
        )

    def _not_exported(self, sentence: str) -> None:
        self.panel.end(note=sentence)
        self._actions.refuse(sentence)

    def _ask_folder(self) -> Path | None:
        start = str(self._session.path.parent)
        chosen = QFileDialog.getExistingDirectory(
            self, self.tr("Where should deck and brief go?"), start
        )
        return Path(chosen) if chosen else None
