"""How strong a tie is: the formula by hand, whose touch it is, and what you said beside it."""

from datetime import date, timedelta

import pytest

from csplanner.domain.account import AccountId
from csplanner.domain.map_model import Line, LineKind, TieState
from csplanner.domain.person import Level
from csplanner.domain.tie_strength import (
    Contact,
    contacts,
    diverges,
    met,
    state_of,
    stated_now,
    strength,
)
from csplanner.domain.touch import Channel, Touch

DAY = date(2026, 3, 12)
ACME = AccountId("a")


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def touch(days: int, channel: Channel, *people: str) -> Touch:
    return Touch(f"t{days}{channel}{people}", ACME, ago(days), channel, person_ids=people)


@pytest.mark.parametrize(
    ("level", "contact", "expected"),
    [
        (Level.USER, Contact(DAY, 3, 3), 100),
        (Level.USER, Contact(ago(30), 3, 3), 75),  # 50·½ + 30 + 20
        (Level.MANAGER, Contact(ago(45), 1, 2), 45),  # 25 + 10 + 10
        (Level.UNKNOWN, Contact(ago(45), 1, 2), 45),
        (Level.DIRECTOR, Contact(ago(60), 1, 4), 45),  # 25 + 15 + 5
        (Level.EXEC, Contact(ago(90), 1, 1), 75),
        (Level.EXEC, Contact(ago(180), 0, 0), 13),  # 12.5, rounded up
        (Level.EXEC, Contact(None, 0, 5), None),
    ],
)
def test_strength_is_half_recency_three_tenths_frequency_two_tenths_mutual(
    level: Level, contact: Contact, expected: int | None
) -> None:
    assert strength(contact, level, DAY) == expected


def test_a_tie_is_live_from_sixty_and_cooling_from_thirty() -> None:
    states = [state_of(s) for s in (100, 60, 59, 30, 29, 0, None)]
    assert states == [
        TieState.LIVE, TieState.LIVE, TieState.COOLING, TieState.COOLING, TieState.COLD,
        TieState.COLD, TieState.NONE,
    ]  # fmt: skip


def test_a_touch_is_of_those_of_ours_it_names_else_yours() -> None:
    log = (
        touch(3, Channel.CALL, "ann"),
        touch(10, Channel.MEETING, "ann", "olga"),
        touch(20, Channel.EMAIL, "ann", "olga"),
        touch(30, Channel.CAMPAIGN, "ann"),
        touch(200, Channel.CALL, "ann", "olga"),
        touch(-1, Channel.CALL, "ann", "olga"),
    )
    found = contacts(log, frozenset({"olga"}), frozenset({"ann"}), "you", DAY)
    assert found == {
        ("you", "ann"): Contact(ago(3), 1, 1),
        ("olga", "ann"): Contact(ago(10), 1, 2),
    }
    assert met(log, frozenset({"ann"}), DAY) == {"ann": Contact(ago(3), 2, 3)}


def test_what_you_said_fades_by_the_clock_of_the_level() -> None:
    assert stated_now(80, ago(45), Level.MANAGER, DAY) == 40
    assert stated_now(80, ago(90), Level.EXEC, DAY) == 40
    assert stated_now(80, None, Level.EXEC, DAY) == 80
    assert stated_now(80, DAY + timedelta(days=9), Level.EXEC, DAY) == 80


def test_more_than_thirty_points_apart_is_a_divergence() -> None:
    def tie(stated: int | None, last: date | None) -> Line:
        return Line("k", LineKind.TIE, "a", "b", strength=40, stated=stated, last=last)

    assert diverges(tie(71, DAY))
    assert not diverges(tie(70, DAY))
    assert not diverges(tie(90, None))
    assert not diverges(tie(None, DAY))
