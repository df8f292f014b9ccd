"""The verbs of the relationship map: everything a map shows is changed through them."""

from csplanner.book.ids import new_id
from csplanner.book.map_merging import MapMerging
from csplanner.book.map_people import NewPerson
from csplanner.domain.account import AccountId
from csplanner.domain.map_record import LineSaid, MapAnswer, MapVerdict
from csplanner.language import tr

__all__ = ["LineSaid", "MapEdit", "NewPerson"]


class MapEdit(MapMerging):
    """Every verb of the map; each is one step of undo, and joins a change that is open."""

    def answer(self, account_id: str, proposal: str, verdict: MapVerdict) -> None:
        """Keep what you said to a proposed change, so that it is not proposed again."""
        there = [a for a in self._book.map_answers.of(account_id) if a.proposal == proposal]
        on = self._book.today
        with self._book.change(tr("Answer a proposal")):
            if there:
                self._book.map_answers.update(there[0].id, verdict=verdict, on=on)
                return
            self._book.map_answers.add(
                MapAnswer(new_id(), AccountId(account_id), proposal, verdict, on)
            )
