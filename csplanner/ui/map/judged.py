"""What can be judged of somebody on the map: fields, their choices, and what the book keeps."""

from collections.abc import Callable

from csplanner.book.map_roles import YESES
from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.map_model import Card
from csplanner.domain.person import (
    CHAMPIONS,
    Adaptability,
    Level,
    Orientation,
    Politics,
    Relation,
    Role,
    Seat,
)
from csplanner.domain.wording import begin
from csplanner.ui.map.value_words import choice_words

FIELDS = (
    "influence", "mood", "role", "has_power", "sells_for_us", "has_interest", "politics",
    "adaptability", "orientation", "relation_now", "relation_wanted", "level",
)  # fmt: skip
"""In the order they are asked."""
_VALUES: dict[str, tuple[str, ...]] = {
    "influence": ("1", "2", "3", "4", "5"),
    "mood": ("-2", "-1", "0", "1", "2"),
    "role": tuple(r.value for r in Role),
    "has_power": ("1", "0"), "sells_for_us": ("1", "0"), "has_interest": ("1", "0"),
    "politics": tuple(Politics), "adaptability": tuple(Adaptability),
    "orientation": tuple(Orientation), "relation_now": tuple(Relation),
    "relation_wanted": tuple(Relation),
    "level": tuple(level for level in Level if level is not Level.UNKNOWN),
}  # fmt: skip
_READ: dict[str, Callable[[str], object]] = {
    "influence": int, "mood": int, "role": Role, "has_power": lambda t: t == "1",
    "sells_for_us": lambda t: t == "1", "has_interest": lambda t: t == "1", "politics": Politics,
    "adaptability": Adaptability, "orientation": Orientation, "relation_now": Relation,
    "relation_wanted": Relation, "level": Level,
}  # fmt: skip


def choices_of(field: str) -> list[tuple[str, str]]:
    """The values a field may have, as keys and words; unknown is none of them."""
    if field == "role":
        return [(key, begin(ROLE_WORDS[Role(key)])) for key in _VALUES[field]]
    return [(str(key), begin(choice_words(field, str(key)))) for key in _VALUES[field]]


def read_value(field: str, key: str) -> object:
    """What the book keeps for the key of a choice; None, unknown, for none."""
    return _READ[field](key) if key else None


def value_of(card: Card, field: str) -> object:
    """What is known of a card now; None for unknown."""
    if field == "role":
        return card.seats[0].role if card.seats else None
    if field == "champion":
        return next((s.role for s in card.seats if s.role in CHAMPIONS), None)
    if field in YESES:
        return getattr(champion_seat(card), field, None)
    if field == "level":
        level = card.person.level if card.person is not None else Level.UNKNOWN
        return None if level is Level.UNKNOWN else level
    judged = {"relation_now": card.level_now, "relation_wanted": card.level_wanted}.get(field)
    return (judged if judged is not None else getattr(card, field)).value


def champion_seat(card: Card) -> Seat | None:
    """The seat the three yeses are said of: of a champion or coach, else their first."""
    first = card.seats[0] if card.seats else None
    return next((s for s in card.seats if s.role in CHAMPIONS), first)


def key_of(card: Card, field: str) -> str:
    """The key of the choice a card has now; empty for unknown."""
    value = value_of(card, field)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    return str(value)
