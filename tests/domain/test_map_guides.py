"""The guided choice: every way through the questions ends, quickly, in a reasoned verdict."""

import pytest

from csplanner.domain.map_anchors import GUIDES, guide, longest, walk
from csplanner.domain.map_guide import Question, Verdict
from csplanner.domain.person import (
    Adaptability,
    Level,
    Orientation,
    Politics,
    Relation,
    Role,
)

VALUES = {
    "role": {r.value for r in Role},
    "champion": {Role.CHAMPION.value, Role.COACH.value},
    "influence": {1, 2, 3, 4, 5, None},
    "mood": {-2, -1, 0, 1, 2, None},
    "politics": {p.value for p in Politics} | {None},
    "adaptability": {a.value for a in Adaptability} | {None},
    "orientation": {o.value for o in Orientation} | {None},
    "relation_now": {r.value for r in Relation} | {None},
    "relation_wanted": {r.value for r in Relation} | {None},
    "level": {x.value for x in Level if x is not Level.UNKNOWN} | {None},
}


def verdicts(field, chosen=()):
    """Every verdict a field can end in."""
    at = walk(field, chosen)
    if isinstance(at, Verdict):
        return [at]
    return [v for n in range(len(at.answers)) for v in verdicts(field, (*chosen, n))]


@pytest.mark.parametrize("field", GUIDES)
def test_every_value_can_be_reached_and_says_why(field):
    found = verdicts(field)
    assert {v.value for v in found} == VALUES[field]
    assert all(v.because.endswith(".") for v in found)
    named = {a.value for a in guide(field).anchors}
    assert VALUES[field] - {None} <= named


@pytest.mark.parametrize("field", GUIDES)
def test_a_guide_asks_at_most_four_short_questions(field):
    asked = guide(field)
    assert longest(field) <= 4
    for question in asked.questions.values():
        assert 2 <= len(question.answers) <= 7
        assert sum(len(a.words) for a in question.answers) + len(question.words) <= 330
        assert len({a.words for a in question.answers}) == len(question.answers)


def test_three_yeses_make_a_champion():
    verdict = walk("champion", (0, 0, 0))
    assert verdict.value == Role.CHAMPION
    assert verdict.notes == (("has_power", True), ("sells_for_us", True), ("has_interest", True))


def test_a_champion_without_power_is_a_coach_and_told_why():
    verdict = walk("role", (1, 1, 0, 2))
    assert verdict.value == Role.COACH
    assert verdict.because == (
        "Coach: it lacks power and influence. Not known yet: a gain of their own."
    )
    assert dict(verdict.notes) == {"has_power": False, "sells_for_us": True, "has_interest": None}


def test_silence_makes_nobody_a_sceptic_and_no_mood():
    silent = walk("role", (5, 1))
    assert silent.value == Role.MEMBER
    assert walk("role", (5, 0)).wants_note
    assert walk("mood", (5,)).value is None


def test_answers_beyond_the_verdict_are_refused():
    assert isinstance(walk("mood", ()), Question)
    with pytest.raises(ValueError, match="no question left"):
        walk("mood", (0, 0))
    with pytest.raises(IndexError):
        walk("mood", (-1,))
    with pytest.raises(IndexError):
        walk("mood", (17,))
