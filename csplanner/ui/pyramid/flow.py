"""From wanting a move to having it: asks for the reason, writes, or collects it in a what-if."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book
from csplanner.domain.account import Tier
from csplanner.domain.capacity import moves_to_fit
from csplanner.domain.tiers import refusal
from csplanner.domain.wording import count_text, number_text, tier_word, unit_word
from csplanner.language import noted
from csplanner.ui.actions import Actions, writing
from csplanner.ui.pyramid.content import PLACED
from csplanner.ui.pyramid.moves import (
    REVIEW_DAYS,
    Asked,
    Move,
    apply_moves,
    asked_of,
    move_of,
    place_many,
    rule_text,
)
from csplanner.ui.pyramid.popovers import ManyPopover, ReasonPopover
from csplanner.ui.pyramid.rows import Hours
from csplanner.ui.session import BookSession
from csplanner.ui.tasks import Progress

SUGGESTED = noted("Smallest margin in its tier, healthy, no renewal near")


class PlacementFlow(QObject):
    """Moves accounts between tiers for a page.

    `gathered` is emitted when the moves of the what-if changed, `ended(account id)` when a move
    was made or given up, `applied` when the what-if was written. `moves` holds what the what-if
    collected, by account id.
    """

    gathered = Signal()
    ended = Signal(str)
    applied = Signal()
    working = Signal(int, int, str)
    """How far a large placement is; total 0 when it ended."""

    def __init__(self, session: BookSession, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._actions, self._page = session, actions, parent
        self.moves: dict[str, Move] = {}
        self.what_if = False
        self.popover: ReasonPopover | None = None

    # One account

    def ask(self, account_id: str, tier: Tier | None, *, short: str, at: QPoint) -> None:
        """Ask for the reason of a move; `at` is a point of the window. No tier: ask for it too."""
        line = self._session.read.overview.one(account_id)
        if line is None or not self._actions.can_write:
            self.ended.emit(account_id)
            return
        if tier is None:
            self._actions.set_tier(account_id)
            return
        refused = refusal(line, tier)
        if refused or (tier is line.tier and account_id not in self.moves):
            if refused:
                self._actions.refuse(refused)
            self.ended.emit(account_id)
            return
        book = self._session.read
        if tier is line.tier:
            self.take_out(account_id)
            return
        move = move_of(line, short or line.name, tier, book.settings, book.as_of())
        _, judgement = book.derived.judge(account_id)
        sentence = judgement.choice.sentence
        asked = asked_of(move, sentence, book.settings, what_if=self.what_if)
        popover = ReasonPopover(self._page.window(), asked, self._session.today)
        popover.given.connect(partial(self._given, popover, move))
        self._open(popover, at, account_id)

    def _given(self, popover: ReasonPopover, move: Move, reason: str, review_on: date) -> None:
        if self.what_if:
            self.moves[move.account_id] = Move(
                move.line, move.short, move.tier, move.hours, reason, review_on
            )
            popover.close_popover()
            self.gathered.emit()
            return
        work = partial(
            writing.place,
            account_id=move.account_id,
            tier=move.tier,
            reason=reason,
            review_on=review_on,
        )
        popover.setEnabled(False)
        self._session.write(work, partial(self._made, popover), failed=partial(_refuse, popover))

    def _made(self, popover: ReasonPopover, text: str) -> None:
        popover.close_popover()
        self._actions.say(text)

    def _open(self, popover: ReasonPopover, at: QPoint, account_id: str = "") -> None:
        self.popover = popover

        def closed() -> None:
            self.popover = None
            popover.deleteLater()
            self.ended.emit(account_id)

        popover.closed.connect(closed)
        popover.open_at(at)
        popover.reason.setFocus()

    # Many accounts

    def ask_many(
        self, account_ids: Sequence[str], *, at: QPoint, by_rule: bool, first: str = ""
    ) -> None:
        """Ask where to place several accounts at once, and why."""
        if not account_ids or not self._actions.can_write:
            return
        count = count_text(len(account_ids), "account")
        tiers = [("rule", self.tr("By the rule"))] if by_rule else []
        shown = (Tier.HIGH, Tier.MEDIUM, Tier.LOW) if by_rule else tuple(Tier)
        tiers += [(tier.value, tier_word(tier)) for tier in shown]
        asked = Asked(self.tr("Place {0}?").format(count), "", "")
        popover = ManyPopover(
            self._page.window(),
            asked,
            self._session.today,
            tiers=tiers,
            chosen=first or tiers[0][0],
        )
        if by_rule:
            popover.reason.setPlainText(self.tr("Placed by the rule, answers to follow"))
            popover.reason.selectAll()
        popover.tiers.chosen.connect(lambda _key: self._show_many(popover, len(account_ids)))
        self._show_many(popover, len(account_ids))
        popover.given.connect(partial(self._given_many, popover, tuple(account_ids)))
        self._open(popover, at)

    def _show_many(self, popover: ManyPopover, count: int) -> None:
        book, tier = self._session.read, popover.tier
        settings = book.settings
        if tier is None:
            words = rule_text(book.derived.context())
            popover.show_words(words, self.tr("Place {0}").format(number_text(count)))
            return
        promised = Hours(settings.hours_per).text(count * settings.hours_a_quarter[tier])
        words = self.tr("{0} touch promises them about {1} a {2} in all.")
        if tier is Tier.DIGITAL:
            words += self.tr(" Life-critical ones and those without answers stay where they are.")
        popover.show_words(
            words.format(tier_word(tier), promised, unit_word(settings.hours_per)),
            self.tr("Place {0}, {1} a {2}").format(
                number_text(count), promised, unit_word(settings.hours_per)
            ),
        )

    def _given_many(
        self, popover: ManyPopover, account_ids: tuple[str, ...], reason: str, review_on: date
    ) -> None:
        tier = popover.tier
        popover.setEnabled(False)

        def work(book: Book, progress: Progress) -> str:
            return place_many(
                book,
                account_ids,
                tier,
                reason=reason,
                review_on=review_on,
                step=lambda done, total: progress.step(done, total, ""),
            )

        def done(text: str) -> None:
            self.working.emit(0, 0, "")
            self._made(popover, text)

        def failed(sentence: str) -> None:
            self.working.emit(0, 0, "")
            _refuse(popover, sentence)

        words = self.tr("Placing accounts…")
        self._session.write_long(
            work,
            done,
            failed=failed,
            progress=lambda at, total, _words: self.working.emit(at, total, words),
        )

    # What-if

    def take_out(self, account_id: str) -> None:
        """Take a move out of the what-if."""
        if self.moves.pop(account_id, None) is not None:
            self.gathered.emit()
        self.ended.emit(account_id)

    def discard(self) -> None:
        """Forget every move."""
        self.moves.clear()
        self.gathered.emit()

    def apply(self) -> None:
        """Write every move in one change."""
        moves = tuple(self.moves.values())
        if not moves or not self._actions.can_write:
            return

        def done(text: str) -> None:
            self.moves.clear()
            self.applied.emit()
            self._actions.say(text)

        self._session.write(
            lambda book: apply_moves(book, moves), done, failed=self._actions.refuse
        )

    def suggest(self, shorts: Mapping[str, str]) -> None:
        """Collect the moves that bring the book under its hours, smallest margin first."""
        book = self._session.read
        settings, as_of = book.settings, book.as_of()
        found = moves_to_fit(book.overview.all(PLACED), settings, as_of)
        for line, tier in found:
            if line.account_id not in self.moves:
                short = shorts.get(line.account_id, line.name)
                move = move_of(line, short, tier, settings, as_of)
                self.moves[line.account_id] = Move(
                    line, short, tier, move.hours, SUGGESTED, self._review_day()
                )
        self.gathered.emit()

    def _review_day(self) -> date:
        return self._session.today + timedelta(days=REVIEW_DAYS)

    def renew(self) -> None:
        """Bring the moves in line with the book after it changed; those made meanwhile go."""
        book = self._session.read
        for key, move in list(self.moves.items()):
            line = book.overview.one(key)
            if line is None or line.tier is move.tier:
                del self.moves[key]
                continue
            fresh = move_of(line, move.short, move.tier, book.settings, book.as_of())
            self.moves[key] = Move(
                line, move.short, move.tier, fresh.hours, move.reason, move.review_on
            )


def _refuse(popover: ReasonPopover, sentence: str) -> None:
    popover.setEnabled(True)
    popover.refuse(sentence)
