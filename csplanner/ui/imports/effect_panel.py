"""What applying comes to: figures, scores that move, what stays yours, how to undo."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.crm.importing import Staged
from csplanner.domain.trial import Standing, Trial
from csplanner.language import ntr
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.imports.effect import Effect
from csplanner.ui.imports.history import HistoryList
from csplanner.ui.imports.moves import Figure, Figures, MoveList
from csplanner.ui.imports.trying import Trying
from csplanner.ui.imports.words import one_line, sums, with_days
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.format import number
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import PADDING, Ground, Hairline, Scroll, Section

WIDTH = 280
_NOTES = 8
_MOVES = 8


class EffectPanel(Ground):
    """What applying comes to, what stays yours, how to undo, and the imports before.

    `chosen` carries an account whose score moves. The figures of the trial are grey while it is
    made anew.
    """

    chosen = Signal(str)

    def __init__(self, trying: Trying, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="l")
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("If you apply this"))
        self._trying = trying
        self._effect: Effect | None = None
        self._doing = ""
        self.facts, self.moves, self.history = Figures(), MoveList(), HistoryList()
        self.words = ""
        self.moves.chosen.connect(self.chosen)
        trying.changed.connect(self._show)
        trying.progressed.connect(self._show_progress)
        self._lay_out()

    def _lay_out(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(PADDING + 1, 12, PADDING, PADDING)
        column.setSpacing(12)
        self._later = _small(
            self.tr("Where an account has no ARR of its own, its running subscriptions count.")
        )
        self._out = _small("")
        self._state, self._stop = _small(""), Button("", kind="link", small=True)
        self._stop.clicked.connect(self._stop_or_start)
        working = QHBoxLayout()
        working.setContentsMargins(0, 0, 0, 0)
        working.addWidget(self._state, 1)
        working.addWidget(self._stop)
        now = Section(self.tr("If you apply this"))
        now.body.addWidget(self.facts)
        now.body.addWidget(self._out)
        now.body.addWidget(self._later)
        now.body.addLayout(working)
        self._moving = QWidget()
        self._lay_out_moves()
        self._noted = Section(self.tr("Worth knowing"))
        self._notes = _small("")
        self._noted.body.addWidget(self._notes)
        self._noted_line = Hairline()
        yours, back = Section(self.tr("What stays yours")), Section(self.tr("You can undo"))
        yours.body.addWidget(_small(self.tr(
            "Tiers, sentiment, relationship maps, objectives and your notes are never changed "
            "by a snapshot."
        )))  # fmt: skip
        back.body.addWidget(_small(self.tr(
            "Right after applying with Ctrl Z, or any time later from this list. What you "
            "edited since stays."
        )))  # fmt: skip
        back.body.addWidget(_small(self.tr("Import history")))
        back.body.addWidget(self.history)
        parts = (now, self._moving, self._noted_line, self._noted, Hairline(), yours, Hairline(),
                 back)  # fmt: skip
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(Scroll(inner, sideways=False))

    def _lay_out_moves(self) -> None:
        column = QVBoxLayout(self._moving)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(Hairline())
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PlainLabel(self.tr("Scores that move"), weight=SEMIBOLD))
        self._moves_note = ElidedLabel("", px=12, colour="text2")
        head.addWidget(self._moves_note, 1)
        column.addLayout(head)
        column.addWidget(self.moves)
        self._more = _small("")
        column.addWidget(self._more)

    # What is shown

    def show_effect(self, effect: Effect, left_out: str = "") -> None:
        """Show accounts and ARR before and after as counted from the decisions, and what stays
        out.
        """
        self._out.setText(left_out)
        self._out.setVisible(bool(left_out))
        self._effect = effect
        self._later.setVisible(effect.from_subscriptions)
        self._show()

    def show_notes(self, staged: Staged) -> None:
        """Show what was noticed while reading."""
        notes = [with_days(one_line(note)) for note in staged.notes[:_NOTES]]
        more = len(staged.notes) - _NOTES
        if more > 0:
            notes.append(self.tr("{0} more.").format(number(more)))
        self._notes.setText("\n".join(notes))
        self._noted.setVisible(bool(notes))
        self._noted_line.setVisible(bool(notes))

    def _show(self) -> None:
        effect, trying = self._effect, self._trying
        if effect is None:
            return
        found, is_old = trying.found, trying.is_old or trying.is_busy
        figures = self._figures(effect, found, is_old=is_old)
        self.facts.show_figures(figures)
        self.words = ", ".join(figure.words for figure in figures)
        if not trying.is_busy:
            self._doing = ""
        self._show_state()
        self._show_moves(found)

    def _figures(self, effect: Effect, found: Trial | None, *, is_old: bool) -> list[Figure]:
        tr = self.tr
        arr = (sums(effect.arr[0]), sums(effect.arr[1]))
        accounts = (number(effect.accounts[0]), number(effect.accounts[1]))
        if found is not None and not is_old:
            arr = (sums(found.before.arr), sums(found.after.arr))
            accounts = (number(found.before.accounts), number(found.after.accounts))
        figures = [
            Figure(tr("Recorded ARR"), *arr),
            Figure(tr("Accounts"), *accounts),
        ]
        if found is not None:
            figures.append(_needs(tr("Needs you today"), found.before, found.after, is_old=is_old))
        return figures

    def _show_state(self) -> None:
        trying = self._trying
        words = ""
        if trying.is_busy:
            words = self._doing or self.tr("Working out what moves")
        elif trying.stopped:
            words = (
                self.tr("These are of before your last decisions.")
                if trying.is_old
                else self.tr("What moves is not worked out.")
            )
        elif trying.trouble:
            words = one_line(trying.trouble)
        elif trying.found is not None and trying.found.left_out:
            words = trying.found.left_out
        self._state.setText(words)
        self._state.setVisible(bool(words))
        can = trying.is_busy or trying.stopped or bool(trying.trouble)
        self._stop.setVisible(can)
        self._stop.set_text(self.tr("Stop") if trying.is_busy else self.tr("Work it out"))

    def _show_progress(self, done: int, total: int, words: str) -> None:
        share = f" {100 * done // total}%" if total > 0 and done > 0 else ""
        self._doing = words + share
        self._show_state()

    def _stop_or_start(self) -> None:
        if self._trying.is_busy:
            self._trying.stop()
        else:
            self._trying.start()

    def _show_moves(self, found: Trial | None) -> None:
        self._moving.setVisible(found is not None)
        if found is None:
            return
        self.moves.show_moves(found.scores[:_MOVES])
        bands = ntr("{0} changes band", "{0} change band", found.band_changes)
        note = number(found.scores_total)
        self._moves_note.setText(f"{note}, {bands}" if found.band_changes else note)
        more = found.scores_total - min(len(found.scores), _MOVES)
        words = self.tr("{0} more.").format(number(more)) if more else ""
        self._more.setText(words if found.scores_total else self.tr("No score moves."))
        self._more.setVisible(bool(self._more.text()))


def _needs(title: str, before: Standing, after: Standing, *, is_old: bool) -> Figure:
    return Figure(title, number(before.needs_you), number(after.needs_you), is_old)


def _small(words: str) -> PlainLabel:
    label = PlainLabel(words, px=12, colour="text2")
    label.setWordWrap(True)
    return label
