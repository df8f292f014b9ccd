"""Which line is meant when one is drawn between two cards, and why there may be none."""

from typing import TYPE_CHECKING

from csplanner.domain.map_model import LineKind
from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.ui.map.scene import MapScene

Meant = tuple[str, str, LineKind]
_OF_US = (LineKind.TIE, LineKind.PAIRED)


def meant_line(scene: "MapScene", start: str, end: str, kind: LineKind) -> tuple[Meant | None, str]:
    """Return the line that is meant, its ends the right way round, or None and why not.

    From one of ours it is contact, whatever the tool, and a planned pair where that is the tool.
    """
    ours = [key for key in (start, end) if key in scene.ours]
    if start == end:
        return None, tr("A line needs two ends.")
    if len(ours) == 2:
        return None, tr("Both are ours. End the line at one of theirs.")
    if ours:
        theirs = end if ours[0] == start else start
        return (ours[0], theirs, kind if kind in _OF_US else LineKind.TIE), ""
    outsiders = [key for key in (start, end) if scene.cards[key].outside]
    if kind is LineKind.PAIRED:
        return None, tr("A planned pair needs one of ours: end the line in the row at the foot.")
    if kind in (LineKind.TIE, LineKind.RIVAL):
        if len(outsiders) != 1:
            return None, tr("Contact needs one of ours: end the line in the row at the foot.")
        theirs = end if outsiders[0] == start else start
        return (outsiders[0], theirs, LineKind.RIVAL), ""
    return (start, end, kind), ""
