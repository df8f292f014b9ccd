"""Who joined, left, moved or turned between the day shown and now, as words to press."""

from csplanner.domain.map_change import count_words, without_judgements
from csplanner.domain.map_figures import ChangeKind, MapChange
from csplanner.paint.map_look import Change, marks_of
from csplanner.ui import veil
from csplanner.ui.map.time_row import Difference

_GROUPS = (
    (ChangeKind.JOINED, ChangeKind.FILLED),
    (ChangeKind.LEFT, ChangeKind.VACATED),
    (ChangeKind.MOVED, ChangeKind.ROLE, ChangeKind.TITLE),
    (ChangeKind.TURNED_FOR, ChangeKind.TURNED_AGAINST),
)


def visible(changes: MapChange | None) -> MapChange | None:
    """What became of everybody as a screen may show it: what was judged is left out on a shared
    one.
    """
    return without_judgements(changes) if changes is not None and veil.is_on() else changes


def marks(changes: MapChange | None) -> dict[str, Change]:
    """How each card is marked, by its key."""
    return marks_of(visible(changes))


def differences(changes: MapChange | None) -> list[Difference]:
    """What is different now, kind by kind."""
    changes = visible(changes)
    if changes is None:
        return []
    found: list[Difference] = []
    for kinds in _GROUPS:
        keys = tuple(dict.fromkeys(change.key for change in changes.kinds(*kinds)))
        if keys:
            found.append(Difference(count_words(kinds[0], len(keys)), keys))
    return found
