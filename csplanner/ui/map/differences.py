"""Who joined, left, moved or turned between the day shown and now, as words to press."""

from dataclasses import replace

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


def marks(changes: MapChange | None) -> dict[str, Change]:
    """How each card is marked, by its key; no turn of a mood while moods are hidden."""
    if changes is None or not veil.is_on():
        return marks_of(changes)
    seen = tuple(change for change in changes.changes if change.kind not in _TURNED)
    return marks_of(replace(changes, changes=seen))


def differences(changes: MapChange | None) -> list[Difference]:
    """What is different now, kind by kind; moods stay out of it while they are hidden."""
    if changes is None:
        return []
    found: list[Difference] = []
    for kinds, words in _GROUPS:
        if kinds is _TURNED and veil.is_on():
            continue
        keys = tuple(dict.fromkeys(change.key for change in changes.kinds(*kinds)))
        if keys:
            found.append(Difference(tr(words).format(len(keys)), keys))
    return found
