"""The QBR page: choose an account, see every slide as the deck will show it, then export."""

from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import (
    QFileDialog,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from csplanner.book.book import Book
from csplanner.errors import UserError
from csplanner.language import noted
from csplanner.qbr.export import Exported, Prepared, export_qbr, prepare_qbr
from csplanner.ui.actions import Actions
from csplanner.ui.first_steps import add_way, import_way
from csplanner.ui.qbr import rows
from csplanner.ui.qbr.chooser import AccountChooser
from csplanner.ui.qbr.panel import QbrPanel
from csplanner.ui.qbr.review import ReviewView
from csplanner.ui.session import BookSession
from csplanner.ui.session_page import SessionPage
from csplanner.ui.widgets.empty import EmptyState, draw_dashed_rows

_CHOOSER, _REVIEW, _EMPTY = 0, 1, 2


class QbrPage(SessionPage):
    """Prepares a review; the preview is drawn from the very story the deck is written from."""

    key = "qbr"
    title = noted("QBR prep")

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, actions, parent)
        self._account = ""
        self._name = ""
        self.prepared: Prepared | None = None
        self.ask_folder = self._ask_folder
        self.chooser = AccountChooser(session)
        self.review = ReviewView()
        self.panel = QbrPanel()
        self._whole = QStackedWidget()
        for part in (self.chooser, self.review, self._first_steps()):
            self._whole.addWidget(part)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._whole)
        self._connect()

    def _first_steps(self) -> EmptyState:
        return EmptyState(
            self.tr("No account to prepare for yet"),
            self.tr(
                "A review shows a customer their own goals and figures. Bring in an account first."
            ),
            drawing=draw_dashed_rows,
            ways=(import_way(self._actions), add_way(self._actions)),
        )

    def _connect(self) -> None:
        self.chooser.chosen.connect(self.show_account)
        self.review.left.connect(self.show_chooser)
        self.review.chosen.connect(self._prepare)
        self.panel.asked.connect(self._run)
        self.panel.looked.connect(self.review.show_slide)
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
        """Prepare the review of the account of that id; `(id, "map")` asks for its map as well."""
        if isinstance(argument, tuple):
            self._open_with_map(str(argument[0]))
        elif isinstance(argument, str) and argument and argument != self._account:
            self._account = argument
            self.review.begin_anew()
            self.panel.say_nothing_written()
            self._stale = True

    def _open_with_map(self, account_id: str) -> None:
        """Prepare the review of an account with who works with whom in it, and show that slide."""
        if account_id != self._account:
            self.open(account_id)
        with QSignalBlocker(self.review.map_too):
            self.review.map_too.setChecked(True)
        self.refresh()
        self.review.show_map()

    # What the page shows

    def read_book(self) -> None:
        """Prepare the review again, or list the accounts anew."""
        book = self._session.read
        if not book.overview.totals().accounts:
            self._account = ""
            self._show(_EMPTY, "")
        elif self._account and book.overview.one(self._account) is not None:
            self.review.offer_quarters(
                rows.quarters(book.as_of(), book.settings.fiscal_start_month)
            )
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

    def _prepare(self) -> None:
        book = self._session.read
        try:
            prepared = prepare_qbr(
                book,
                self._account,
                quarter=self.review.period,
                kind=self.review.kind.key,
                with_map=self.review.map_too.isChecked(),
            )
        except UserError as error:
            self._actions.refuse(str(error))
            self.show_chooser()
            return
        self.prepared = prepared
        found = rows.checks(prepared)
        self.panel.show_checks(found, rows.checks_note(found))
        self._show(_REVIEW, prepared.judgement.overview.name)
        self.review.show_story(prepared.story, self._renewal(book))

    def _renewal(self, book: Book) -> str:
        """The clock of today, also beside the review of a quarter that is over."""
        line = book.overview.one(self._account)
        return "" if line is None else rows.renewal_text(line, book.as_of())

    def _show(self, which: int, name: str) -> None:
        other = which != self._whole.currentIndex()
        self._whole.setCurrentIndex(which)
        self.setFocusProxy(self.review.sections if which == _REVIEW else self.chooser)
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
        account, kind, quarter = self._account, self.review.kind.key, self.review.period
        self.panel.begin(self.tr("Writing deck and brief…"))
        with_map = self.review.map_too.isChecked()
        self._session.write(
            lambda book: export_qbr(
                book, account, folder, quarter=quarter, kind=kind, with_map=with_map
            ),
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
