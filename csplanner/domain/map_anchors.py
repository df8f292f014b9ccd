"""The guided choice of what you judge of a person: few questions, and the answer says why.

Every value has a written anchor. Questions ask for what somebody did, not for their title
(methods §5.1).
"""

from collections.abc import Callable, Mapping, Sequence

from csplanner.domain.map_anchors_more import (
    adaptability,
    level,
    orientation,
    politics,
    relation_now,
    relation_wanted,
)
from csplanner.domain.map_anchors_role import champion, role, yeses_verdict
from csplanner.domain.map_anchors_standing import influence, mood
from csplanner.domain.map_guide import YESES, Guide, Question, Verdict

GUIDES: Mapping[str, Callable[[], Guide]] = {
    "role": role,
    "champion": champion,
    "influence": influence,
    "mood": mood,
    "politics": politics,
    "adaptability": adaptability,
    "orientation": orientation,
    "relation_now": relation_now,
    "relation_wanted": relation_wanted,
    "level": level,
}
"""What can be judged with guidance; the names are those of `book.map_edit.judge`, `champion`
being the three yeses of the role.
"""


def guide(field: str) -> Guide:
    """Anchors and questions of a field, in the language in force; KeyError for any other."""
    return GUIDES[field]()


def walk(field: str, chosen: Sequence[int]) -> Question | Verdict:
    """Where the answers chosen so far lead: the next question, or the verdict.

    `chosen` are the places of the answers, the first question's first. Raises IndexError for an
    answer that is not there and ValueError for answers beyond the verdict.
    """
    asked = guide(field)
    at: Question | Verdict = asked.questions[asked.first]
    noted: dict[str, bool | None] = {}
    for place in chosen:
        if isinstance(at, Verdict):
            raise ValueError("there is no question left to answer")
        if place < 0:
            raise IndexError(place)
        answer = at.answers[place]
        noted |= dict(answer.notes)
        if isinstance(answer.leads, Verdict):
            at = answer.leads
        elif answer.leads == YESES:
            at = yeses_verdict(noted)
        else:
            at = asked.questions[answer.leads]
    return at


def longest(field: str) -> int:
    """The most questions a field can ask."""
    asked = guide(field)

    def below(key: str) -> int:
        steps = [a.leads for a in asked.questions[key].answers]
        return 1 + max((below(s) for s in steps if isinstance(s, str) and s != YESES), default=0)

    return below(asked.first)
