"""What a line of contact rests on: the touches that stand behind its strength."""

from collections.abc import Iterable

from csplanner.domain.map_model import Line, RelationMap
from csplanner.domain.tie_strength import WINDOW_DAYS
from csplanner.domain.touch import Touch
from csplanner.domain.wording import list_text
from csplanner.language import ntr, tr
from csplanner.ui.account.event_rows import channel_word
from csplanner.ui.widgets.format import day, number

_TOLD = 3


def rests_on(line: Line, shown: RelationMap, touches: Iterable[Touch]) -> str:
    """The strength of a tie, and the newest contact it is worked out of, in words; empty where no
    contact is logged.
    """
    found = _between(line, shown, touches)
    if line.last is None or not found:
        return ""
    told = [f"{channel_word(t.channel)} {day(t.on, shown.day)}" for t in found[:_TOLD]]
    lately = sum((shown.day - t.on).days <= WINDOW_DAYS for t in found)
    count = ntr("{0} contact in 90 days", "{0} contacts in 90 days", lately)
    said = tr("From the touch log: strength {0}, {1}. Newest: {2}.")
    strength = tr("unknown") if line.strength is None else number(line.strength)
    return said.format(strength, count.format(number(lately)), list_text(told))


def _between(line: Line, shown: RelationMap, touches: Iterable[Touch]) -> list[Touch]:
    """The touches of the two, newest first: one that names nobody of ours is yours."""
    people = {o.person.id: o.key for o in shown.ours if o.person is not None}
    you = next((o.key for o in shown.ours if o.is_you), "")
    them = next((c.person.id for c in shown.cards if c.key == line.end and c.person), "")
    found = []
    for touch in touches:
        named = {people[p] for p in touch.person_ids if p in people} or {you}
        if touch.on <= shown.day and them in touch.person_ids and line.start in named:
            found.append(touch)
    return sorted(found, key=lambda touch: touch.on, reverse=True)
