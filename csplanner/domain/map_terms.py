"""The terms of the relationship map with one line of meaning each; part of the glossary."""

from csplanner.language import noted

MAP_TERMS: dict[str, tuple[str, str]] = {
    "threads": (
        noted("Threads"),
        noted("People of theirs in contact with us, strength 30 or more. One is single-threaded."),
    ),
    "strength": (
        noted("Strength"),
        noted("0 to 100 from how lately, how often and how mutually two were in contact."),
    ),
    "influence": (
        noted("Influence"),
        noted("1 to 5, your judgement of how much happens because of somebody, not of a title."),
    ),
    "mood": (
        noted("Mood"),
        noted("How somebody feels about us, in your judgement; unknown is not neutral."),
    ),
    "reach": (
        noted("Influence we reach"),
        noted("The share of the known influence that contact and influence lead us to."),
    ),
    "roles_covered": (
        noted("Roles covered"),
        noted("Required roles of the tier whose holder is in contact: strength 30 or more."),
    ),
    "levels_covered": (
        noted("Levels covered"),
        noted("In contact among executives, directors, managers and users."),
    ),
    "opposition": (
        noted("Opposition"),
        noted("The share of influence whose mood is below neutral; 30 % is too much."),
    ),
    "buyer_path": (
        noted("Path to the economic buyer"),
        noted("The fewest steps from us through live contact and influence; two are enough."),
    ),
    "key_person": (
        noted("If one person left"),
        noted("What would break: roles nobody else covers, influence out of reach, the path."),
    ),
    "alignment": (
        noted("Executive alignment"),
        noted("Planned pairs of executives that met in the last 90 days, of all planned."),
    ),
    "headcount": (
        noted("Our headcount"),
        noted("How many of us came for how many of them; five, or three more, are too many."),
    ),
    "coach": (
        noted("Coach"),
        noted("Wants us to win and says how, and lacks one of a champion’s three yeses."),
    ),
    "parking": (
        noted("Parking lot"),
        noted("People who are known and do not stand on this map yet."),
    ),
}
MAP_ALSO: dict[str, tuple[str, ...]] = {
    "strength": (noted("Strength of the contact"),),
    "mood": (noted("Mood, your judgement"),),
    "key_person": (noted("If this person left"),),
    "headcount": (noted("Who is in the room"),),
}
"""Other words of the window for the same thing."""
