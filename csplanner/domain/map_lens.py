"""What a lens shows of a relationship map: which lines, which cards stay bright, and the words at
the foot of a card.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from csplanner.domain.map_model import (
    Card,
    Lens,
    Line,
    LineKind,
    RelationMap,
    Standing,
    TieState,
)  # fmt: skip
from csplanner.domain.map_reach import THREAD, is_quiet
from csplanner.domain.person import Politics, Role
from csplanner.domain.wording import begin, day_text, one_line
from csplanner.language import Spoken, noted, ntr, tr

FEW = 12
"""Up to so many cards the reporting lens shows every line; above, one a card."""
HIDDEN = "•••"
"""What stands for a judgement while the screen is shared."""
_LIVE_FROM, _COLD_BELOW = 60, 30
_ALL = frozenset(LineKind) - {LineKind.REPORTS}
_CONTACT = frozenset({LineKind.TIE, LineKind.PAIRED, LineKind.RIVAL})
_ADDED = {
    Lens.REPORTING: frozenset[LineKind](),
    Lens.INFLUENCE: frozenset({LineKind.INFLUENCES, LineKind.DOUBTS, LineKind.RIVAL}),
    Lens.COVERAGE: frozenset({LineKind.TIE, LineKind.PAIRED}),
    Lens.SENTIMENT: frozenset({LineKind.DOUBTS}),
    Lens.FRESHNESS: frozenset({LineKind.TIE}),
}
"""The kinds a lens shows besides who reports to whom."""
ROLE_TITLES = Spoken(
    {
        Role.SPONSOR: noted("Sponsor"),
        Role.DECIDES: noted("Decides"),
        Role.CHAMPION: noted("Champion"),
        Role.DAY_TO_DAY: noted("Day-to-day"),
        Role.FINANCE: noted("Finance"),
        Role.INFLUENCER: noted("Influences"),
        Role.SCEPTIC: noted("Sceptic"),
        Role.USER: noted("User lead"),
        Role.BUYER: noted("Buys"),
        Role.COACH: noted("Coach"),
        Role.EVALUATOR: noted("Evaluates"),
        Role.ADMIN: noted("Admin"),
        Role.PROCUREMENT: noted("Procurement"),
        Role.LEGAL: noted("Legal"),
        Role.MEMBER: noted("No role yet"),
    }
)
"""A role as a card says it."""
MOOD_WORDS = Spoken(
    {
        -2: noted("against us"),
        -1: noted("doubtful"),
        0: noted("neutral"),
        1: noted("for us"),
        2: noted("our advocate"),
    }
)
POLITICS_WORDS = Spoken(
    {
        Politics.OUTSIDE.value: noted("outside"),
        Politics.STRUCTURE.value: noted("in the structure"),
        Politics.INNER.value: noted("inner circle"),
    }
)
LENS_TITLES = Spoken(
    {
        Lens.REPORTING: noted("Reporting"),
        Lens.INFLUENCE: noted("Influence"),
        Lens.COVERAGE: noted("Coverage"),
        Lens.SENTIMENT: noted("Sentiment"),
        Lens.FRESHNESS: noted("Freshness"),
    }
)


@dataclass(frozen=True, slots=True)
class Foot:
    """The last line of a card; `ink` names the colour of what stands at its right."""

    left: str
    right: str = ""
    ink: str = "text2"
    bars: bool = False
    """Whether the bars of influence follow what stands at the left."""


class Seen:
    """What the words of every card need of the whole map, gathered once."""

    def __init__(self, shown: RelationMap) -> None:
        self.day = shown.day
        self.names = {c.key: one_line(c.name) for c in shown.cards}
        self.names.update({o.key: tr("You") if o.is_you else one_line(o.name) for o in shown.ours})
        self.standing = {c.key: c.standing for c in shown.cards}
        self.of_us = Counter(
            line.end
            for line in shown.of_kind(LineKind.TIE)
            if line.state in (TieState.LIVE, TieState.COOLING)
        )
        """How many of us are in touch with a card."""
        cards = shown.by_key()
        self.quiet = frozenset(
            line.key
            for line in shown.of_kind(LineKind.TIE)
            if line.end in cards and not _in_touch(line, cards[line.end], shown.day)
        )
        """The ties that carry no more: weak, only stated, or longer ago than the half-life."""

    def name(self, key: str) -> str:
        """Of a card or of one of ours; `You` for you."""
        return self.names.get(key) or tr("somebody")


def _in_touch(line: Line, card: Card, day: date) -> bool:
    last = line.last
    return (line.strength or 0) >= THREAD and last is not None and not is_quiet(card, last, day)


def shown_lines(
    shown: RelationMap, lens: Lens, focus: frozenset[str] = frozenset()
) -> tuple[Line, ...]:
    """The lines a lens shows, in their order; those at a card of `focus` come on top of it.

    A line with an end that stands nowhere on the map is not shown, nor is contact with who left.
    """
    placed = {c.key for c in shown.placed()}
    left = {c.key for c in shown.placed() if c.standing is Standing.LEFT}
    ends = placed | {o.key for o in shown.ours}
    kinds = _ALL if lens is Lens.REPORTING and len(placed) <= FEW else _ADDED[lens]
    return tuple(
        line
        for line in shown.lines
        if line.start in ends
        and line.end in ends
        and (
            line.kind is LineKind.REPORTS
            or (line.kind in kinds and not (line.kind in _CONTACT and line.end in left))
            or line.start in focus
            or line.end in focus
        )
    )


def bright(shown: RelationMap, focus: frozenset[str]) -> frozenset[str]:
    """The keys that stay bright while `focus` is selected: it and whoever has a line with it.

    All of them where nothing is selected.
    """
    if not focus:
        return frozenset(c.key for c in shown.cards) | {o.key for o in shown.ours}
    near = {line.end for line in shown.lines if line.start in focus}
    return focus | near | {line.start for line in shown.lines if line.end in focus}


def role_words(card: Card) -> str:
    """What the first seat of a card makes of them: `Decides`; for outsiders what they are."""
    if card.outside:
        return _outside_words(card.outside)
    roles = card.roles
    return ROLE_TITLES[roles[0]] if roles else tr("No role yet")


def _outside_words(outside: str) -> str:
    named = {"partner": tr("Partner"), "consultant": tr("Consultant")}
    return named.get(outside, tr("Competitor"))


def foot(card: Card, seen: Seen, lens: Lens) -> Foot:
    """What a card says at its foot through a lens."""
    if card.standing is Standing.VACANT:
        return Foot(role_words(card), tr("find one"), "risk-ink")
    if card.standing is Standing.LEFT:
        return _reporting(card, seen)
    return _FEET[lens](card, seen)


def _reporting(card: Card, seen: Seen) -> Foot:
    words, ink = contact_words(card, seen.day)
    return Foot(role_words(card), words, ink, bars=card.is_active)


def _influence(card: Card, _seen: Seen) -> Foot:
    level, where = card.influence.value, card.politics.value
    said = tr("Influence {0}").format(level) if level is not None else tr("Influence ?")
    return Foot(said, POLITICS_WORDS.get(str(where), ""), "text2", bars=card.is_active)


def _coverage(card: Card, seen: Seen) -> Foot:
    known = seen.of_us[card.key]
    said = ntr("{0} of us", "{0} of us", known) if known else tr("nobody of us")
    return Foot(said, *_strength_words(card.strength))


def _strength_words(strength: int | None) -> tuple[str, str]:
    if strength is None:
        return tr("no contact"), "risk-ink"
    if strength >= _LIVE_FROM:
        return tr("live, {0}").format(strength), "text2"
    if strength >= _COLD_BELOW:
        return tr("cooling, {0}").format(strength), "watch-ink"
    return tr("cold, {0}").format(strength), "risk-ink"


def _sentiment(card: Card, seen: Seen) -> Foot:
    mood = card.mood
    if mood.value is None:
        return Foot(tr("Mood unknown"), tr("not judged"))
    said = MOOD_WORDS.get(int(mood.value), tr("unknown"))
    if mood.recheck:
        return Foot(begin(said), tr("re-check"), "watch-ink")
    return Foot(begin(said), day_text(mood.on, seen.day) if mood.on is not None else "")


def _freshness(card: Card, seen: Seen) -> Foot:
    known = [j for j in (card.influence, card.mood, card.politics) if j.is_known]
    if not known:
        return Foot(tr("Nothing judged"), tr("judge"), "watch-ink")
    oldest = min(known, key=lambda j: (j.on is not None, j.on or date.min))
    if oldest.on is None:
        return Foot(tr("Day not known"), tr("re-check"), "watch-ink")
    said = tr("Judged {0}").format(day_text(oldest.on, seen.day))
    if oldest.recheck:
        return Foot(said, tr("re-check"), "watch-ink")
    return Foot(said, _age(oldest.on, seen.day))


def _age(on: date, day: date) -> str:
    days = (day - on).days
    return tr("today") if days <= 0 else tr("{0} d").format(days)


def contact_words(card: Card, day: date) -> tuple[str, str]:
    """How long ago somebody was last in contact, and the ink it is said in.

    Longer than the half-life of their level (methods §5.3) is too long; outsiders need not be met.
    """
    missed = card.is_active and not card.outside
    if card.last_contact is None:
        return tr("never met"), "risk-ink" if missed else "text2"
    quiet = is_quiet(card, card.last_contact, day)
    return _age(card.last_contact, day), "risk-ink" if quiet and missed else "text2"


_FEET: dict[Lens, Callable[[Card, Seen], Foot]] = {
    Lens.REPORTING: _reporting,
    Lens.INFLUENCE: _influence,
    Lens.COVERAGE: _coverage,
    Lens.SENTIMENT: _sentiment,
    Lens.FRESHNESS: _freshness,
}
