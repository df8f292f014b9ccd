"""The way to the economic buyer through named people, and the executives who are to meet."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.domain.coverage import CONTACT_DAYS
from csplanner.domain.map_figures import Introduction
from csplanner.domain.wording import one_line, quoted
from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM
from csplanner.ui import veil
from csplanner.ui.account.parts import clear
from csplanner.ui.map.beside import Pair
from csplanner.ui.map.side_parts import SideSection, alone, give_way, leaned, link, wrapped
from csplanner.ui.widgets.format import day, share
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel


class WayPane(QWidget):
    """A chain of people; `ask_asked(whom, goal)` asks for the introduction."""

    ask_asked = Signal(str, str)
    cards_asked = Signal(tuple)

    def __init__(self) -> None:
        super().__init__()
        self._section = SideSection(tr("Way to the economic buyer"), right=True)
        alone(self, self._section)

    def show_ways(self, ways: Sequence[Introduction]) -> None:
        """Show the warmest way to each of the buyers; without any, say who is missing."""
        clear(self._section.body)
        body = self._section.body
        if veil.is_on():
            self._section.set_note("")
            body.addWidget(wrapped(veil.cover_words()))
            return
        if not ways:
            body.addWidget(
                wrapped(tr("Nobody is known who buys or decides. Give somebody the role."))
            )
            self._section.set_note("")
            return
        self._section.set_note(_warmth(ways[0]))
        for way in ways:
            body.addWidget(Way(way))
            row = [link(tr("Show the way"), self._show(way))] if way.hops else []
            if way.ask and way.key != way.ask:
                ask = tr("Ask {0}").format(one_line(way.hops[-1].start_name))
                row.insert(0, link(ask, self._ask(way), writes=True))
            body.addWidget(leaned(*row))

    def _ask(self, way: Introduction) -> Callable[[], object]:
        return lambda: self.ask_asked.emit(way.ask, way.key)

    def _show(self, way: Introduction) -> Callable[[], object]:
        return lambda: self.cards_asked.emit(way.via)


class Way(QWidget):
    """From one of ours to the goal, a line for each part, and what it comes to."""

    def __init__(self, way: Introduction) -> None:
        super().__init__()
        give_way(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for hop in way.hops:
            column.addWidget(_hop(hop.start_name, hop.end_name, hop.words))
        column.addWidget(wrapped(way.sentence))
        parts = [f"{h.start_name}, {h.words}, {h.end_name}" for h in way.hops]
        self.setAccessibleName("; ".join((*parts, way.sentence)))


def _hop(start: str, end: str, said: str) -> QWidget:
    box = QWidget()
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    way = tr("{0} → {1}").format(_begin(start), one_line(end))
    row.addWidget(ElidedLabel(way, weight=MEDIUM, px=12), 1)
    row.addWidget(PlainLabel(said, px=12, colour="text2"))
    return box


def _begin(name: str) -> str:
    """A name as the first word of a line: `You`."""
    name = one_line(name)
    return name[:1].upper() + name[1:]


def _warmth(way: Introduction) -> str:
    return tr("warmth {0}").format(share(way.warmth, 100)) if way.hops else ""


class PairsPane(QWidget):
    """Executive trust: when the two last met, what ours did since, and what theirs asked for."""

    line_asked = Signal(str)
    """The key of the line between the two."""
    added = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._section = SideSection(tr("Executive pairs"), right=True)
        alone(self, self._section)

    def show_pairs(self, pairs: Sequence[Pair], today: date) -> None:
        """Show other pairs."""
        clear(self._section.body)
        live = sum(_is_live(p, today) for p in pairs)
        self._section.set_note(tr("{0} in touch").format(share(live, len(pairs))) if pairs else "")
        for pair in pairs:
            self._section.body.addWidget(_PairRow(pair, today, self._open(pair)))
        if not pairs:
            nothing = tr("No executive of ours is planned for one of theirs.")
            self._section.body.addWidget(wrapped(nothing))
        add = link(tr("Plan a pair"), self.added.emit, writes=True)
        self._section.body.addWidget(leaned(add))

    def _open(self, pair: Pair) -> Callable[[], object]:
        return lambda: self.line_asked.emit(pair.line)


class _PairRow(QWidget):
    """One pair with a line for each thing known of it."""

    def __init__(self, pair: Pair, today: date, run: Callable[[], object]) -> None:
        super().__init__()
        give_way(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(0)
        both = tr("{0} and {1}").format(pair.ours_name, pair.theirs_name)
        column.addWidget(wrapped(both, px=13, colour="text"))
        lines = pair_lines(pair, today)
        for text, ink in lines:
            column.addWidget(wrapped(text, colour=ink))
        open_it = link(tr("Note what happened"), run, writes=True)
        open_it.setAccessibleDescription(both)
        column.addWidget(leaned(open_it))
        self.setAccessibleName(". ".join((both, *(text for text, _ in lines))))


def pair_lines(pair: Pair, today: date) -> list[tuple[str, str]]:
    """What is known of a pair, a line each with its ink."""
    late = pair.due is not None and pair.due < today and (pair.last is None or pair.last < pair.due)
    if pair.last is None:
        lines = [(tr("They have not met yet."), "risk-ink" if late else "text2")]
    else:
        met = tr("Last met on {0}.").format(day(pair.last, today))
        lines = [(met, "text2" if _is_live(pair, today) else "watch-ink")]
    if pair.due is not None:
        said = tr("Was planned for {0}.") if late else tr("Planned for {0}.")
        shown = not (pair.last is not None and pair.last >= pair.due)
        if shown:
            lines.append((said.format(day(pair.due, today)), "risk-ink" if late else "text2"))
    if pair.ours_did:
        did = quoted(veil.note(pair.ours_did))
        lines.append((tr("Ours since then: {0}").format(did), "text2"))
    if pair.they_asked:
        asked = quoted(veil.note(pair.they_asked))
        lines.append((tr("Theirs asked for: {0}").format(asked), "text2"))
    if pair.last is not None and not pair.ours_did:
        lines.append((tr("What ours did since is not noted."), "text3"))
    return lines


def _is_live(pair: Pair, today: date) -> bool:
    return pair.last is not None and (today - pair.last).days <= CONTACT_DAYS
