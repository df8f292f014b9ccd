"""The verbs about whom cards report to, where they stand, and the lines between them."""

from collections.abc import Mapping
from functools import partial

from csplanner.domain.map_model import Line, LineKind
from csplanner.language import tr
from csplanner.ui.map import writing
from csplanner.ui.map.desk import MapDesk

_AT_ONCE = (LineKind.INFLUENCES, LineKind.DOUBTS)
"""Lines that say enough as they are drawn; opening one says more of it."""


class DrawingVerbs(MapDesk):
    """What a gesture on the canvas writes."""

    # Hierarchy, places, lines

    def report_to(self, child: str, above: str) -> None:
        """Let a card report to another one, or to nobody; a circle is refused at the card."""
        self.report_all((child,), above)

    def report_all(self, keys: tuple[str, ...], above: str) -> None:
        """Let these cards report to another one, or to nobody."""
        self._write(
            partial(
                writing.report_to, account_id=self._page.account_id, keys=keys, above=above or None
            ),
            at=keys[0],
        )

    def ask_above(self) -> None:
        """Ask whom the cards selected report to."""
        from csplanner.ui.map.report_form import ReportForm

        keys = tuple(card.key for card in self.chosen_cards())
        if keys:
            session = self._actions.session
            self._open(lambda parent, shown: ReportForm(session, parent, shown=shown, keys=keys))

    def place(self, spots: Mapping[str, tuple[int, int]]) -> None:
        """Keep where cards were put."""
        self._write(
            partial(
                writing.place, account_id=self._page.account_id, map_id=self._page.map_id,
                spots=dict(spots),
            ),
            at=next(iter(spots), ""),
        )  # fmt: skip

    def put_on_map(self, keys: tuple[str, ...], at: tuple[int, int] | None) -> None:
        """Put people who are parked on the map, at a point or where the layout decides."""
        self._write(
            partial(
                writing.put_on_map, account_id=self._page.account_id, map_id=self._page.map_id,
                keys=keys, at=at,
            )
        )  # fmt: skip

    def put_everybody_on_map(self) -> None:
        """Put everybody who is known on the map, where the layout wants them."""
        keys = tuple(card.key for card in self.shown.parking()) if self.shown is not None else ()
        if keys:
            self.put_on_map(keys, None)

    def show_parking(self) -> None:
        """Show who is known and not on the map."""
        self._page.open_parking(on=True)

    def park(self, keys: tuple[str, ...]) -> None:
        """Take cards off the map; they stay known, in the list beside it."""
        self._write(
            partial(
                writing.park, account_id=self._page.account_id, map_id=self._page.map_id, keys=keys
            )
        )

    def tidy(self) -> None:
        """Let the layout decide again, for the cards selected or for all."""
        self.lay_out(tuple(card.key for card in self.chosen_cards()))

    def lay_out(self, keys: tuple[str, ...]) -> None:
        """Let the layout decide again where these cards stand; none of them moved means all of
        the map, in the order with the shortest lines.
        """
        moved = {c.key for c in self.shown.placed() if c.at is not None} if self.shown else set()
        chosen = moved & set(keys)
        wanted = tuple(sorted(chosen or moved))
        if not chosen:
            self._page.forget_order()
        if not wanted:
            self._page.read()
            self._actions.say(tr("Every card stands where the layout puts it"), undo=False)
            return
        self._write(
            partial(
                writing.unplace, account_id=self._page.account_id, map_id=self._page.map_id,
                keys=wanted,
            )
        )  # fmt: skip

    def add_line(self) -> None:
        """Draw a line, from the first card selected to the second where there are any."""
        chosen = self._page.selected
        start, end = (*chosen[:2], "", "")[:2]
        self.draw_line(start, end, "")

    def draw_line(self, start: str, end: str, kind: str) -> None:
        """Draw a line: influence and doubt at once, of others it is asked what they say."""
        from csplanner.ui.map.tie_form import TieForm

        if kind == LineKind.REPORTS.value:
            self.report_to(start, end)
            return
        wanted = LineKind(kind) if kind else None
        if wanted is None and self._is_ours(end) and not self._is_ours(start):
            start, end = end, start
        there = self._kept_line(wanted, start, end)
        if there:
            # What is said of a line stays: drawn once more it is opened.
            self.open_line(there)
            return
        if wanted in _AT_ONCE and start and end:
            ends = (start, end)
            self._write(
                partial(writing.connect, account_id=self._page.account_id, kind=wanted, ends=ends),
                at=start,
            )
            return
        session = self._actions.session
        self._open(
            lambda parent, shown: TieForm(
                session, parent, shown=shown, start=start, end=end, kind=wanted
            )
        )  # fmt: skip

    def _kept_line(self, kind: LineKind | None, start: str, end: str) -> str:
        """The key of the line of that kind that is kept between the two; empty where none is."""
        lines = self.shown.lines if self.shown is not None else ()
        return next(
            (x.key for x in lines if x.tie_id and (x.kind, x.start, x.end) == (kind, start, end)),
            "",
        )

    def _is_ours(self, key: str) -> bool:
        return self.shown is not None and any(o.key == key for o in self.shown.ours)

    def line(self, key: str) -> Line | None:
        """The line of that key."""
        whole = self._page.whole
        found = whole.lines if whole is not None else ()
        return next((line for line in found if line.key == key), None)

    def open_line(self, key: str) -> None:
        """Change a line, or whom somebody reports to."""
        from csplanner.ui.map.report_form import ReportForm
        from csplanner.ui.map.tie_form import TieForm

        line, session = self.line(key), self._actions.session
        if line is None:
            return
        if line.kind is LineKind.REPORTS:
            keys = (line.start,)
            self._open(lambda parent, shown: ReportForm(session, parent, shown=shown, keys=keys))
        elif line.tie_id or line.kind is LineKind.TIE:
            self._open(lambda parent, shown: TieForm(session, parent, shown=shown, line=line))
        else:
            self.draw_line(line.start, line.end, line.kind.value)

    def remove_line(self, key: str) -> None:
        """Take a line away; contact that the touch log shows stays."""
        self._write(partial(writing.disconnect, account_id=self._page.account_id, keys=(key,)))

    def remove(self, keys: tuple[str, ...]) -> None:
        """Take away what Delete was pressed on: a line is removed, cards leave the map."""
        lines = tuple(key for key in keys if self.line(key) is not None)
        cards = tuple(key for key in keys if self.shown and key in self.shown.by_key())
        if lines:
            self.remove_line(lines[0])
        elif cards:
            self.park(cards)
