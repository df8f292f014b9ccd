"""What breaks if somebody left: roles, reach and the way to the buyer, before and after."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from csplanner.domain.departure import percent_text, stranded_text
from csplanner.domain.map_figures import Departure
from csplanner.domain.reading import Band
from csplanner.language import ntr, tr
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui import veil
from csplanner.ui.account.parts import clear
from csplanner.ui.map.person_rows import lost_words
from csplanner.ui.map.side_parts import FactRow, SideSection, alone, give_way, one_stop, wrapped
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.format import UNKNOWN
from csplanner.ui.widgets.labels import PlainLabel

_SHOWN = 3
_HEAVY = 0.15
"""From so much of the influence on, that of one person alone is missed."""
_MUCH = 0.1
"""From this share of the shortest ways on, somebody stands between others."""
_RIGHT = Qt.AlignmentFlag.AlignRight


class DeparturePane(QWidget):
    """A preview: nothing in the book changes."""

    def __init__(self) -> None:
        super().__init__()
        self._section = SideSection(tr("If this person left"))
        alone(self, self._section)

    def show_departure(self, lost: Departure) -> None:
        """Show what one departure would cost."""
        body = self._section.body
        clear(body)
        if veil.is_on():
            body.addWidget(wrapped(veil.cover_words()))
            return
        body.addWidget(wrapped(lost.sentence, px=13, colour="text"))
        body.addWidget(_Grid(lost))
        for text in departure_lines(lost):
            body.addWidget(wrapped(text))


class MissedPane(QWidget):
    """Whose going would cost most besides themselves; `card_asked(key)` looks at them."""

    card_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._section = SideSection(tr("Whom you would miss most"))
        self._section.body.setSpacing(2)
        alone(self, self._section)

    def show_departures(self, lost: Mapping[str, Departure]) -> None:
        """Show the costliest of the departures, which come with the costliest first."""
        clear(self._section.body)
        if veil.is_on():
            self._section.body.addWidget(wrapped(veil.cover_words()))
            return
        missed = [d for d in lost.values() if _costs(d)]
        # After those on whom others hang: whose own influence is much of what we reach.
        missed += sorted(
            (d for d in lost.values() if not (_costs(d) or d.has_left) and d.loss >= _HEAVY),
            key=lambda d: -d.loss,
        )
        missed = missed[:_SHOWN]
        rows = [_missed_row(d, self._ask(d.key)) for d in missed]
        for row in rows:
            self._section.body.addWidget(row)
        one_stop([row.press for row in rows])
        if not rows:
            said = tr("No role, nobody else and no way to the buyer hangs on one person alone.")
            self._section.body.addWidget(wrapped(said))

    def _ask(self, key: str) -> Callable[[], object]:
        return lambda: self.card_asked.emit(key)


def _costs(lost: Departure) -> bool:
    """Whether more than the person would be lost; who has left is not missed any more."""
    return not lost.has_left and bool(lost.roles_lost or lost.stranded or lost.cuts_path)


def _missed_row(lost: Departure, run: Callable[[], object]) -> FactRow:
    """What else would be lost, as words; the share of influence that would be out of reach."""
    parts = []
    if lost.roles_lost:
        parts.append(tr("{0}: nobody else in contact.").format(lost_words(lost.roles_lost)))
    if lost.cuts_path:
        parts.append(tr("No way to the economic buyer."))
    if lost.stranded:
        parts.append(stranded_text(lost))
    if not parts:
        parts.append(tr("Their own influence is much of what we reach."))
    value = tr("reach {0}").format(_share(lost.reach_after))
    return FactRow(lost.name, value, " ".join(parts), flag=Band.NONE, run=run)


class _Grid(QWidget):
    """Before and after, line by line."""

    def __init__(self, lost: Departure) -> None:
        super().__init__()
        give_way(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        told = []
        for at, (title, before, after) in enumerate(departure_rows(lost)):
            worse = before != after
            grid.addWidget(PlainLabel(title, px=12, colour="text2"), at, 0)
            grid.addWidget(PlainLabel(before, px=12, colour="text2"), at, 1, _RIGHT)
            grid.addWidget(IconLabel("arrow-right", colour="text3", px=12), at, 2)
            ink = "risk-ink" if worse else "text"
            grid.addWidget(PlainLabel(after, px=12, weight=SEMIBOLD, colour=ink), at, 3, _RIGHT)
            told.append(tr("{0}: {1}, then {2}").format(title, before, after))
        self.setAccessibleName("; ".join(told))


def departure_rows(lost: Departure) -> list[tuple[str, str, str]]:
    """Title, before and after of roles, reach and the way to the economic buyer."""
    needed = tr("{0} of {1}")
    rows = [
        (
            tr("Roles covered"),
            needed.format(lost.roles_before, lost.roles_needed),
            needed.format(lost.roles_after, lost.roles_needed),
        ),
        (tr("Influence we reach"), _share(lost.reach_before), _share(lost.reach_after)),
    ]
    before, after = _way(lost.path_before), _way(lost.path_after)
    return [*rows, (tr("Way to the economic buyer"), before, after)]


def departure_lines(lost: Departure) -> list[str]:
    """What else to know: roles lost, who is stranded, whose reports are left, what it divides."""
    lines = []
    if lost.roles_lost:
        lines.append(tr("{0}: nobody else in contact.").format(lost_words(lost.roles_lost)))
    if lost.stranded_share > 0:
        said = tr("Of the reach, {0} leaves with the person, {1} is stranded.")
        lines.append(said.format(percent_text(lost.own_share), percent_text(lost.stranded_share)))
    if lost.stranded:
        lines.append(stranded_text(lost))
    if lost.divides:
        lines.append(tr("Without them the map falls into parts."))
    if lost.between is not None and lost.between >= _MUCH:
        said = tr("{0} of the shortest ways between others lead through them.")
        lines.append(said.format(percent_text(lost.between)))
    if lost.reports:
        count = len(lost.reports)
        lines.append(ntr("{0} person reports to them.", "{0} people report to them.", count))
    return lines


def _share(share: float | None) -> str:
    return tr(UNKNOWN) if share is None else percent_text(share)


def _way(path: tuple[str, ...]) -> str:
    if not path:
        return tr("none")
    return ntr("{0} step", "{0} steps", len(path) - 1)
