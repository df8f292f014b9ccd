"""What is wrong on a map, the worst first, each with the step that mends it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.domain.map_figures import MapRisk, MapVerb, RiskKind
from csplanner.domain.reading import Band
from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM
from csplanner.ui import veil
from csplanner.ui.account.parts import clear
from csplanner.ui.map.side_parts import (
    TOP,
    PressRow,
    SideSection,
    flag_icon,
    give_way,
    link,
    one_stop,
    wrapped,
)
from csplanner.ui.widgets.buttons import Button, why_barred
from csplanner.ui.widgets.format import number
from csplanner.ui.widgets.panes import PADDING, Hairline

_MOST = 6


class RisksPane(QWidget):
    """`mend_asked(risk)`: the step of a MapRisk; `cards_asked(keys)`: whom it is about;
    `plan_asked()`: the days after a departure are to be planned.
    """

    mend_asked = Signal(object)
    plan_asked = Signal()
    cards_asked = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._risks: Sequence[MapRisk] = ()
        self._nobody = False
        self._here: int | None = None
        """How many risks are about the map shown; None where all are."""
        self._given: object = None
        """What was shown last, and how."""
        self._all = False
        self._section = SideSection(tr("Risks on this map"))
        self._section.body.setContentsMargins(0, 0, 0, 4)
        self._section.body.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._section)

    def show_risks(
        self, risks: Sequence[MapRisk], *, nobody: bool = False, here: int | None = None
    ) -> None:
        """Show other risks; from the seventh on they wait behind a verb.

        Beside a further map the first `here` are about who stands on it, all others are told
        apart. With `nobody` of theirs known there is nothing to be told yet; on a shared screen
        all of it is hidden, since a risk says what you judge of somebody.
        """
        given = (tuple(risks), veil.is_on(), nobody, here, why_barred(self))
        if given == self._given and self._section.body.count():
            return
        self._given = given
        self._risks, self._nobody, self._here = given[0], nobody, here
        whole = tr("Risks of the whole account")
        self._section.set_title(tr("Risks on this map") if here is None else whole)
        self._section.set_note("" if nobody else number(len(risks)))
        self._fill()

    def _fill(self) -> None:
        clear(self._section.body)
        if veil.is_on():
            self._section.body.addWidget(_aside(veil.cover_words()))
            return
        shown = self._risks if self._all else self._risks[:_MOST]
        rows = []
        for place, risk in enumerate(shown):
            if place == self._here:
                self._section.body.addWidget(_aside(tr("Of who is not on this map")))
            row = _RiskRow(risk, mend=self._mend(risk), show=self._show(risk))
            if risk.kind is RiskKind.CHAMPION_GONE:
                row.add_step(tr("Plan the 30 days"), self.plan_asked.emit)
            self._section.body.addWidget(row)
            rows.append(row.press)
        one_stop(rows)
        if not self._risks:
            said = tr("Nothing on this map asks for a step.")
            if self._nobody:
                said = tr("What is at risk is told once somebody of theirs is known.")
            self._section.body.addWidget(_aside(said))
        elif len(self._risks) > _MOST:
            more = Button("", kind="link", small=True)
            more.set_text(
                tr("Fewer") if self._all else tr("All {0} risks").format(len(self._risks))
            )
            more.clicked.connect(self._turn)
            foot = QHBoxLayout()
            foot.setContentsMargins(PADDING - 2, 4, PADDING, 4)
            foot.addWidget(more)
            foot.addStretch(1)
            self._section.body.addLayout(foot)

    def _turn(self) -> None:
        self._all = not self._all
        self._fill()

    def _mend(self, risk: MapRisk) -> Callable[[], object]:
        return lambda: self.mend_asked.emit(risk)

    def _show(self, risk: MapRisk) -> Callable[[], object]:
        return lambda: self.cards_asked.emit(risk.cards)


def _aside(words: str) -> QWidget:
    said = wrapped(words)
    said.setContentsMargins(PADDING, 0, PADDING, 8)
    return said


class _RiskRow(QWidget):
    """The fact, why, and the step; pressed above the step it shows whom it is about."""

    def __init__(
        self, risk: MapRisk, *, mend: Callable[[], object], show: Callable[[], object]
    ) -> None:
        super().__init__()
        give_way(self)
        headline, why = risk.headline, risk.why
        told = f"{flag_words(risk)}: {headline}. {why}"
        self.press = PressRow(told, run=show, line="")
        words = QVBoxLayout()
        words.setSpacing(0)
        title = wrapped(headline, px=13, colour="text")
        weight = title.font()
        weight.setWeight(weight.Weight(MEDIUM))
        title.setFont(weight)
        words.addWidget(title)
        words.addWidget(wrapped(why))
        row = QHBoxLayout()
        row.setContentsMargins(PADDING, 8, PADDING, 0)
        row.setSpacing(8)
        row.addWidget(flag_icon(risk.severity), 0, TOP)
        row.addLayout(words, 1)
        self.press.take(row)
        step = link(risk.action, mend, writes=risk.verb is not MapVerb.SHOW)
        step.setAccessibleDescription(headline)
        self._headline = headline
        self._foot = foot = QHBoxLayout()
        foot.setContentsMargins(PADDING + 22, 0, PADDING, 6)
        foot.setSpacing(12)
        foot.addWidget(step)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Hairline())
        column.addWidget(self.press)
        column.addLayout(foot)

    def add_step(self, words: str, run: Callable[[], object]) -> None:
        """Offer a second step."""
        step = link(words, run, writes=True)
        step.setAccessibleDescription(self._headline)
        self._foot.insertWidget(1, step)


def flag_words(risk: MapRisk) -> str:
    """How grave a risk is, for who cannot see its sign."""
    return tr("At risk") if risk.severity is Band.RISK else tr("To watch")
