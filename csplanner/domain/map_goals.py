"""How many of the roles an account needs are held, and how far its map is from telling anything."""

from csplanner.domain.account import Tier
from csplanner.domain.coverage import ROLE_WORDS, required_roles
from csplanner.domain.map_figures import Goal, Ladder
from csplanner.domain.map_model import Card, RelationMap
from csplanner.domain.map_reach import holders, is_thread, number_of, theirs
from csplanner.domain.person import Politics, Role
from csplanner.domain.wording import begin, list_text
from csplanner.language import ntr, tr

KEY_INFLUENCE = 4
"""Who has so much influence is a key player until somebody judges where they stand."""
_KEY_POLITICS = (Politics.STRUCTURE, Politics.INNER)
_TWICE = {
    Tier.HIGH: (Role.CHAMPION, Role.DAY_TO_DAY),
    Tier.MEDIUM: (Role.DAY_TO_DAY,),
}
"""Roles of which one person is too few: a thread that hangs on one is single."""


def goals(seen: RelationMap) -> tuple[Goal, ...]:
    """Each required role of the tier with how many are wanted, known and in contact.

    One is wanted of each; at High tier two champions and two day-to-day contacts, at Medium two
    day-to-day contacts.
    """
    return tuple(_goal(seen, role) for role in required_roles(seen.tier))


def _goal(seen: RelationMap, role: Role) -> Goal:
    wanted = 2 if role in _TWICE.get(seen.tier or Tier.LOW, ()) else 1
    found = holders(seen, role)
    covered = [c for c in found if is_thread(c)]
    quiet = [c.name for c in found if not is_thread(c)]
    doubted = _unproven(seen) if role is Role.CHAMPION else []
    title = begin(ROLE_WORDS[role])
    if not found:
        said = tr("Nobody is known.")
        if doubted:
            said = tr("{0} is called champion without three fresh yeses.").format(doubted[0])
    elif quiet:
        said = tr("Not in contact: {0}.").format(list_text(quiet))
    elif len(found) < wanted:
        said = tr("Only {0}.").format(found[0].name)
    else:
        said = f"{list_text([c.name for c in found])}."
    return Goal(role, title, wanted, len(found), len(covered), tuple(c.key for c in found), said)


def _unproven(seen: RelationMap) -> list[str]:
    return [c.name for c in theirs(seen) if c.unproven]


def is_key_player(card: Card) -> bool:
    """Whether somebody is where it is decided: judged so, or by influence while not judged."""
    if card.politics.is_known:
        return card.politics.value in _KEY_POLITICS
    return (number_of(card.influence) or 0) >= KEY_INFLUENCE


def ladder(seen: RelationMap) -> Ladder:
    """0 nobody on the map, 1 no key player, 2 no key player on our side, 3 as it should be."""
    people = [c for c in theirs(seen) if not c.parked]
    if not people:
        return Ladder(0, tr("Nobody is on the map. Paste a list of names to begin."))
    players = [c for c in people if is_key_player(c)]
    if not players:
        said = ntr(
            "{0} person is on the map and no key player. Who decides behind them?",
            "{0} people are on the map and no key player. Who decides behind them?",
            len(people),
        )
        return Ladder(1, said)
    keys = tuple(c.key for c in players)
    friends = [c for c in players if (number_of(c.mood) or 0) > 0]
    if not friends:
        names = list_text([c.name for c in players[:4]])
        said = tr("No key player is known to be for us. Begin with {0}.").format(names)
        return Ladder(2, said, keys)
    names = list_text([c.name for c in friends[:4]])
    said = ntr("Key player for us: {1}.", "Key players for us: {1}.", len(friends))
    return Ladder(3, said.replace("{1}", names), tuple(c.key for c in friends))
