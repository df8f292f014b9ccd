"""Who joined, left, moved or turned between the day shown and now, as words to press."""

from csplanner.domain.map_change import without_judgements
from csplanner.domain.map_figures import ChangeKind, MapChange
from csplanner.language import noted, tr
from csplanner.paint.map_look import Change, marks_of
from csplanner.ui import veil
from csplanner.ui.map.time_row import Difference

_TURNED = (ChangeKind.TURNED_FOR, ChangeKind.TURNED_AGAINST)
_MOVED = (ChangeKind.MOVED, ChangeKind.ROLE, ChangeKind.TITLE)


_GROUPS = (
    ((ChangeKind.JOINED, ChangeKind.FILLED), noted("{0} joined")),
    ((ChangeKind.LEFT, ChangeKind.VACATED), noted("{0} left")),
    (_MOVED, noted("{0} moved")),
    (_TURNED, noted("{0} turned")),
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
    for kinds, words in _GROUPS:
        keys = tuple(dict.fromkeys(change.key for change in changes.kinds(*kinds)))
        if keys:
            found.append(Difference(tr(words).format(len(keys)), keys))
    return found
