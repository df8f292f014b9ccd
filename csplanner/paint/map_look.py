"""What a card of the relationship map says: ready words, and the names of its inks."""

from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum

from csplanner.domain.map_figures import ChangeKind, MapChange
from csplanner.domain.map_layout import OURS_WIDE
from csplanner.domain.map_lens import (
    HIDDEN,
    MOOD_WORDS,
    Foot,
    Seen,
    contact_words,
    foot,
    role_words,
)  # fmt: skip
from csplanner.domain.map_model import Card, Lens, Ours, RelationMap, Standing
from csplanner.domain.wording import day_text, one_line
from csplanner.language import noted, tr
from csplanner.paint import marks
from csplanner.paint.bars import INFLUENCE_LEVELS
from csplanner.paint.cells import Face, text_width
from csplanner.paint.fonts import MEDIUM

OURS_FACE: Face = (12, MEDIUM)
OURS_ROOM = OURS_WIDE - 44
"""What the name on a small card is written in where it is whole, and its room in pixels."""


class Change(Enum):
    """What became of a card since an earlier day."""

    NONE = ""
    JOINED = "joined"
    LEFT = "left"
    TURNED_FOR = "turned_for"
    TURNED_AGAINST = "turned_against"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class CardLook:
    """A card as ready words and the names of its inks."""

    key: str
    name: str
    second: str
    """The title, or what became of them."""
    initials: str
    band: str
    """Of the mood's mark, `none` where unknown, `hidden` where it must not be seen."""
    mood_fresh: float
    """1 to 0: how far the judgement of the mood has not faded."""
    foot: Foot
    level: int | None
    """Bars of influence, 0 to 4; None is unknown."""
    level_fresh: float
    dashed: bool
    """Nobody stands there any more, or yet."""
    struck: bool
    recheck: bool
    """A judgement on it is older than 90 days."""
    outside: bool
    spoken: str
    """All of it in words, for screen readers."""
    change: Change = Change.NONE
    plain: bool = False
    """Without mood and influence: for what leaves."""


def card_looks(shown: RelationMap, lens: Lens, *, hidden: bool = False) -> dict[str, CardLook]:
    """What every card of a map says through a lens, by key."""
    seen = Seen(shown)
    return {c.key: card_look(c, seen, lens, hidden=hidden) for c in shown.cards}


def card_look(card: Card, seen: Seen, lens: Lens, *, hidden: bool = False) -> CardLook:
    """What a card says through a lens; `hidden` keeps judgements from a shared screen."""
    band, level = _band(card), card.influence.value
    below = foot(card, seen, lens)
    if hidden:
        band = band if band == "none" else marks.HIDDEN
        below = _covered(below, card, lens)
    vacant = card.standing is Standing.VACANT
    return CardLook(
        key=card.key,
        name=one_line(card.name),
        second=_second(card, seen),
        initials="?" if vacant else initials(card.name),
        band=band,
        mood_fresh=card.mood.fresh,
        foot=below,
        level=None if level is None else max(0, min(INFLUENCE_LEVELS, int(level) - 1)),
        level_fresh=card.influence.fresh,
        dashed=vacant or card.standing is Standing.LEFT,
        struck=card.standing is Standing.LEFT,
        recheck=card.is_active and (card.influence.recheck or card.mood.recheck),
        outside=bool(card.outside),
        spoken=spoken(card, seen, hidden=hidden),
    )


def plain_look(card: Card) -> CardLook:
    """The card as it may leave: name, title and department alone."""
    where = card.person.department if card.person is not None else ""
    name, title = one_line(card.name), one_line(card.title)
    said = tuple(part for part in (name, title, where) if part)
    return CardLook(
        card.key, name, title, initials(name), "none", 1.0, Foot(one_line(where)), None, 1.0,
        dashed=False, struck=False, recheck=False, outside=False, spoken=", ".join(said),
        plain=True,
    )  # fmt: skip


MARKS = {
    ChangeKind.JOINED: Change.JOINED,
    ChangeKind.FILLED: Change.JOINED,
    ChangeKind.LEFT: Change.LEFT,
    ChangeKind.VACATED: Change.LEFT,
    ChangeKind.TURNED_FOR: Change.TURNED_FOR,
    ChangeKind.TURNED_AGAINST: Change.TURNED_AGAINST,
    ChangeKind.MOVED: Change.MOVED,
    ChangeKind.ROLE: Change.MOVED,
    ChangeKind.TITLE: Change.MOVED,
}
"""The tag a card gets for what became of somebody."""


def marks_of(changes: MapChange | None) -> dict[str, Change]:
    """The tag of each card by its key; of several changes the gravest is told."""
    found: dict[str, Change] = {}
    for change in changes.changes if changes is not None else ():
        if change.kind in MARKS:
            found.setdefault(change.key, MARKS[change.kind])
    return found


def changed(look: CardLook, change: Change) -> CardLook:
    """The same card with what became of it since an earlier day."""
    return replace(look, change=change)


def initials(name: str) -> str:
    """`Dr Lena Park` → `LP`; `?` where there is no letter. Titles before the name do not count."""
    parts = _without_title([p for p in one_line(name).split() if p[0].isalnum()])
    chosen = (parts[0], parts[-1]) if len(parts) > 1 else tuple(parts)
    return "".join(part[0] for part in chosen).upper() or "?"


_TITLES = frozenset({"dr", "prof", "mr", "mrs", "ms", "herr", "frau", "sir", "dame"})


def _band(card: Card) -> str:
    mood = card.mood.value
    if mood is None or not card.is_active:
        return "none"
    return "good" if int(mood) > 0 else "risk" if int(mood) < 0 else "watch"


def _covered(below: Foot, card: Card, lens: Lens) -> Foot:
    told = {
        Lens.REPORTING: _is_judged(card),
        Lens.INFLUENCE: card.influence.is_known,
        Lens.SENTIMENT: card.mood.is_known,
    }
    left = HIDDEN if told.get(lens, False) or card.standing is Standing.LEFT else below.left
    right = HIDDEN if lens is Lens.INFLUENCE and below.right else below.right
    return replace(below, left=left, right=right, bars=False)


def _is_judged(card: Card) -> bool:
    """Whether its role is one that we gave somebody; a vacant seat is called by its role."""
    return card.person is not None and not card.outside


def _second(card: Card, seen: Seen) -> str:
    if card.standing is Standing.VACANT:
        return (
            one_line(card.title) if card.title != card.name and card.title else tr("nobody known")
        )
    person = card.person
    title = one_line(card.title)
    if card.standing is Standing.LEFT:
        if person is not None and person.left_on is not None:
            return tr("left on {0}").format(day_text(person.left_on, seen.day))
        return tr("left")
    if card.outside and person is not None and person.company:
        company = one_line(person.company)
        return f"{title}, {company}" if title else company
    if card.standing is Standing.AWAY and person is not None:
        away = _AWAY.get(person.status.value)
        if away is not None:
            return f"{title}, {tr(away)}" if title else tr(away)
    return title or tr("title unknown")


_AWAY = {
    "on_leave": noted("on leave"),
    "leaving": noted("leaving"),
    "unverified": noted("not in the last snapshot"),
}


def spoken(card: Card, seen: Seen, *, hidden: bool = False) -> str:
    """The card in words: name, title, role, influence, mood, last contact, and what has aged."""
    role = HIDDEN if hidden and _is_judged(card) else role_words(card)
    parts = [one_line(card.name), _second(card, seen), role]
    if card.standing is not Standing.VACANT:
        parts += _spoken_judgements(card, hidden=hidden)
        parts.append(tr("last contact {0}").format(contact_words(card, seen.day)[0]))
        if card.above in seen.names:
            parts.append(tr("reports to {0}").format(seen.name(card.above)))
    return ", ".join(part for part in parts if part)


def _spoken_judgements(card: Card, *, hidden: bool) -> list[str]:
    level = card.influence.value
    mood = card.mood.value if card.is_active else None
    unknown = tr("unknown")
    said_level = unknown if level is None else HIDDEN if hidden else tr("{0} of 5").format(level)
    said_mood = (
        unknown if mood is None else HIDDEN if hidden else MOOD_WORDS.get(int(mood), unknown)
    )
    parts = [tr("influence {0}").format(said_level), tr("mood {0}").format(said_mood)]
    if card.influence.recheck or card.mood.recheck:
        parts.append(tr("judged more than 90 days ago"))
    return parts


@dataclass(frozen=True, slots=True)
class OursLook:
    """One of our people as ready words."""

    key: str
    name: str
    second: str
    initials: str
    spoken: str
    short: str = ""
    """What stands for the name where that is too long."""


def ours_looks(shown: RelationMap, csm: str = "", *, plain: bool = False) -> tuple[OursLook, ...]:
    """What the small cards of our people say: first names, with a letter where two share one.

    `csm` is your name, for the letters on your card; `plain` for a map that leaves, where they
    are called by their whole names, or all of them by a letter and the last one where one of those
    is too long.
    """
    if plain:
        looks = tuple(_plain_ours(o) for o in shown.ours)
        whole = all(text_width(o.name, OURS_FACE) <= OURS_ROOM for o in looks)
        return looks if whole else tuple(replace(o, name=o.short) for o in looks)
    firsts = Counter(_first_name(o.name) for o in shown.ours if not o.is_you)
    return tuple(_ours_look(o, firsts, csm) for o in shown.ours)


def _plain_ours(ours: Ours) -> OursLook:
    name, what = one_line(ours.name), one_line(ours.function)
    said = ", ".join(part for part in (name, what) if part)
    words = _without_title(name.split())
    short = f"{words[0][0]}. {words[-1]}" if len(words) > 1 else name
    return OursLook(ours.key, name, what, initials(name), said, short)


def _ours_look(ours: Ours, firsts: Counter[str], csm: str) -> OursLook:
    name, what = one_line(ours.name), one_line(ours.function)
    if ours.is_you:
        known = csm or (name if ours.person is not None else "")
        return OursLook(
            ours.key, tr("You"), what or tr("CSM"), initials(known or tr("You")), tr("You")
        )
    short, words = _first_name(name), name.split()
    if firsts[short] > 1 and len(words) > 1:
        short = f"{short} {words[-1][0]}"
    said = ", ".join(part for part in (name, what, tr("one of us")) if part)
    return OursLook(ours.key, short, what, initials(name), said)


def _first_name(name: str) -> str:
    words = _without_title(one_line(name).split())
    return words[0] if words else tr("somebody")


def _without_title(words: list[str]) -> list[str]:
    """`Dr Lena Park` without `Dr`."""
    is_titled = len(words) > 1 and words[0].rstrip(".").casefold() in _TITLES
    return words[1:] if is_titled else words
