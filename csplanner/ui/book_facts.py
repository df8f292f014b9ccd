"""What the frame says of the open book, kept true: saved, backed up, counted, and found."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from csplanner.book.book import Changed
from csplanner.book.open_file import Opening
from csplanner.language import tr
from csplanner.ui.book_counts import BookCounts
from csplanner.ui.book_state import Keeping, last_change, shell_state
from csplanner.ui.opening.keeper import Keeper
from csplanner.ui.opening.notices import (
    OPENING,
    Verbs,
    damaged_notice,
    found_at_opening,
    lost_notice,
)
from csplanner.ui.session import BookSession
from csplanner.ui.shell.banner import Notice
from csplanner.ui.start.known import KNOWN

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_SLOW_MS = 300
_PROOF_MS = 100


class BookFacts(QObject):
    """Watches a session and lets the window's frame say what it finds."""

    def __init__(self, window: "BookWindow", session: BookSession, verbs: Verbs) -> None:
        super().__init__(session)
        self._window, self._session, self._verbs = window, session, verbs
        self._saved_at = last_change(session.read)
        self._is_saving = False
        self._seen: set[str] = set()
        self._opened_at = datetime.now().astimezone().isoformat(timespec="seconds")
        self._counts = BookCounts(session)
        self.keeper = Keeper(session, self._saved_at)
        self._count = self._timer(0, self._ask_counts)
        self._slow = self._timer(_SLOW_MS, self._say_working)
        self._saving = self._timer(_SLOW_MS, self._say_saving)
        self._proof = self._timer(_PROOF_MS, lambda: session.prove(self._proved))
        self._counts.changed.connect(self.show)
        self._counts.changed.connect(self._keep_known)
        self.keeper.changed.connect(self.show)
        session.changed.connect(self._book_changed)
        session.working.connect(self._working)
        session.lost.connect(self._show_lost)
        session.unsaved.connect(self.show)
        session.damaged.connect(self._show_damage)

    def begin(self) -> None:
        """Say what is known, then find out the rest beside the window."""
        self._tell_opening(self._session.opened)
        self._slow.start()
        self._proof.start()
        self._session.refresh_later(self._up_to_date)
        self.keeper.begin()

    def show(self) -> None:
        """Let the frame say how things stand."""
        session = self._session
        keeping = Keeping(
            session.read_only,
            self._saved_at,
            self._is_saving,
            session.lost_because,
            session.unsaved_because,
            self.keeper.words(session.today),
            bool(self.keeper.failure),
        )
        self._window.show_state(shell_state(session.read, keeping, self._counts.counts))
        self._window.refresh_commands()

    def _timer(self, wait_ms: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait_ms)
        timer.timeout.connect(then)
        return timer

    def _tell_opening(self, opening: Opening) -> None:
        banners, session = self._window.banners, self._session
        banners.tell_away(self._note_away)
        found = found_at_opening(
            opening, self._window.books.ahead, self._verbs,
            name=session.path.name, today=session.today,
        )  # fmt: skip
        keys = {notice.key for notice in found}
        banners.drop(*(key for key in OPENING if key not in keys))
        for notice in found:
            if notice.text not in self._seen:
                banners.show_notice(notice)

    def _note_away(self, notice: Notice) -> None:
        """What was put away stays away until the book is opened again."""
        self._seen.add(notice.text)

    def _proved(self, opening: Opening) -> None:
        if opening.changed_outside or opening.unsound:
            self._tell_opening(opening)

    def _show_damage(self, found: str) -> None:
        self._window.banners.show_notice(damaged_notice(found, self._verbs))
        self.show()

    def _show_lost(self, sentence: str) -> None:
        if sentence:
            self._tell_lost(sentence)
        else:
            self._window.banners.drop("lost")
        self.show()

    def _tell_lost(self, sentence: str) -> None:
        self._window.banners.show_notice(
            lost_notice(
                sentence, self._session.path,
                open_now=(tr("Open what is there now…"), self._verbs.try_again),
                save_copy=("Save a copy…", self._verbs.save_copy),
            )
        )  # fmt: skip

    def _book_changed(self, changed: Changed) -> None:
        if changed.tables - {"overview"}:
            self._saved_at = datetime.now().astimezone()
        self.show()
        self._count.start()
        if changed.tables & {"setting", "snapshot"}:
            # Both may move every score: the book has marked them, and judges them beside.
            self._slow.start()
            self._session.refresh(self._up_to_date)

    def _working(self, working: bool) -> None:
        if working:
            if not self._saving.isActive():
                self._saving.start()
            return
        self._saving.stop()
        if self._session.lost_because:
            # What stands in its place may have changed.
            self._tell_lost(self._session.lost_because)
        if self._is_saving or self._session.lost_because:
            self._is_saving = False
            self.show()

    def _say_saving(self) -> None:
        self._is_saving = True
        self.show()

    def _ask_counts(self) -> None:
        page = self._window.current_page()
        self._counts.ask(today_shown=page is not None and page.key == "today")

    def _keep_known(self) -> None:
        """Let the start page say how large the book was and when it was open."""
        known = {"accounts": self._counts.counts.accounts, "opened": self._opened_at}
        self._session.memory.keep(KNOWN, known)

    def _up_to_date(self, _count: int) -> None:
        self._count.start()
        self._slow.stop()
        if self._window.status.note() == self._working_words():
            self._window.status.show_note("")

    def _say_working(self) -> None:
        if not self._window.status.note():  # what was said to you stays
            self._window.status.show_note(self._working_words())

    def _working_words(self) -> str:
        return self.tr("Bringing scores up to date…")
