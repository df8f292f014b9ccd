"""What the judged fields of a person on the map are called, and how their values are said."""

from csplanner.domain.map_lens import MOOD_WORDS, POLITICS_WORDS, ROLE_TITLES, role_words
from csplanner.domain.map_model import Card
from csplanner.domain.person import Adaptability, Level, Orientation, PersonStatus, Relation, Role
from csplanner.domain.wording import one_line
from csplanner.language import Spoken, noted, tr
from csplanner.ui import veil
from csplanner.ui.widgets.format import UNKNOWN

FIELD_TITLES = Spoken(
    {
        "role": noted("Role"),
        "influence": noted("Influence"),
        "mood": noted("Mood"),
        "politics": noted("Political standing"),
        "adaptability": noted("Takes to new ways"),
        "orientation": noted("Looks first at"),
        "relation_now": noted("Sees us as"),
        "relation_wanted": noted("Should see us as"),
        "has_power": noted("Has power and influence"),
        "sells_for_us": noted("Sells for us when we are not there"),
        "has_interest": noted("Gains if we succeed"),
        "level": noted("Level"),
        "title": noted("Title"),
        "status": noted("Status"),
    }
)
SECRET = frozenset({
    "role", "mood", "influence", "politics", "adaptability", "orientation", "relation_now",
    "relation_wanted", "has_power", "sells_for_us", "has_interest",
})  # fmt: skip
"""What a shared screen must not show: everything that is judged of somebody."""
_YES_NO = frozenset({"has_power", "sells_for_us", "has_interest"})
_VALUES = Spoken(
    {
        ("adaptability", Adaptability.INNOVATOR.value): noted("innovator, tries it first"),
        ("adaptability", Adaptability.VISIONARY.value): noted("visionary, sees the use early"),
        ("adaptability", Adaptability.PRAGMATIST.value): noted("pragmatist, wants proof"),
        ("adaptability", Adaptability.CONSERVATIVE.value): noted("conservative, follows late"),
        ("adaptability", Adaptability.LAGGARD.value): noted("laggard, changes when forced"),
        ("orientation", Orientation.FINANCIAL.value): noted("money"),
        ("orientation", Orientation.TECHNICAL.value): noted("technology"),
        ("orientation", Orientation.RELATIONSHIP.value): noted("people"),
        ("orientation", Orientation.BUSINESS.value): noted("the business"),
        ("relation", Relation.VENDOR.value): noted("a vendor"),
        ("relation", Relation.CREDIBLE.value): noted("a credible source"),
        ("relation", Relation.SOLVER.value): noted("a solver of problems"),
        ("relation", Relation.ADVISOR.value): noted("a trusted advisor"),
        ("level", Level.EXEC.value): noted("executive"),
        ("level", Level.DIRECTOR.value): noted("director"),
        ("level", Level.MANAGER.value): noted("manager"),
        ("level", Level.USER.value): noted("user"),
        ("status", PersonStatus.ACTIVE.value): noted("active"),
        ("status", PersonStatus.LEAVING.value): noted("leaving"),
        ("status", PersonStatus.LEFT.value): noted("left"),
        ("status", PersonStatus.ON_LEAVE.value): noted("on leave"),
        ("status", PersonStatus.UNVERIFIED.value): noted("not found in the newest snapshot"),
    }
)


def value_words(field: str, value: int | str | bool | None) -> str:
    """How a value is said: `4 of 5`, `for us`, `inner circle`, `yes`; unknown where there is none.

    What you judge is hidden while the screen is shared.
    """
    if value is None or value == "":
        return tr(UNKNOWN)
    said = _said(field, str(value))
    return veil.judged(said) if is_secret(field) else said


def roles_shown(card: Card) -> str:
    """What the roles of somebody make of them as a screen may show it: `Decides`.

    A vacant seat is called by its role and stays, and so does what outsiders are.
    """
    said = role_words(card)
    return said if card.person is None or card.outside else veil.judged(said)


def choice_words(field: str, key: str) -> str:
    """How one of the values a field may have is said; it tells nothing of anybody."""
    return _said(field, key)


def is_secret(field: str) -> bool:
    """Whether a field must not be seen on a shared screen."""
    return field in SECRET


def _said(field: str, text: str) -> str:
    if field == "influence":
        return tr("{0} of 5").format(text)
    if field == "mood":
        return MOOD_WORDS.get(int(text), text) if text.lstrip("-").isdigit() else text
    if field == "politics" and text in POLITICS_WORDS:
        return POLITICS_WORDS[text]
    if field == "role" and text in list(Role):
        return ROLE_TITLES[Role(text)]
    if field in _YES_NO:
        return tr("yes") if text in ("1", "True") else tr("no")
    kind = "relation" if field.startswith("relation") else field
    return _VALUES.get((kind, text), one_line(text))
