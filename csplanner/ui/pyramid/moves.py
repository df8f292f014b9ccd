"""Moves between tiers: what one asks, what a what-if collects, and how they are written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from csplanner.book.book import Book
from csplanner.book.overview import Totals
from csplanner.domain.account import AccountId, Tier
from csplanner.domain.capacity import promised_after
from csplanner.domain.context import BookContext
from csplanner.domain.index import FileIndex
from csplanner.domain.overview import Overview
from csplanner.domain.placement import Placement
from csplanner.domain.settings import BookSettings
from csplanner.domain.stage import stage_of
from csplanner.domain.tiers import LIFE_CRITICAL, Standing, place, standing_of
from csplanner.domain.wording import count_text, number_text, tier_word, unit_word
from csplanner.language import tr, within
from csplanner.ui.pyramid.rows import Hours

REVIEW_DAYS = 90
_TOLD_EVERY = 100
Step = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Move:
    """One account on its way to another tier; `hours` more (thousandths a quarter)."""

    line: Overview
    short: str
    tier: Tier
    hours: int
    reason: str = ""
    review_on: date | None = None

    @property
    def account_id(self) -> str:
        """Whose move it is."""
        return self.line.account_id

    @property
    def follows_rule(self) -> bool:
        """Whether it brings the account where the rule wants it."""
        return self.line.rule_tier is self.tier


@dataclass(frozen=True, slots=True)
class Asked:
    """What the popover says about a move."""

    title: str
    rule: str
    verb: str


def move_of(line: Overview, short: str, tier: Tier, settings: BookSettings, as_of: date) -> Move:
    """A move with the hours it costs or frees."""
    hours = promised_after(line, tier, settings, as_of) - line.hours_promised
    return Move(line, short, tier, hours)


def asked_of(move: Move, rule_sentence: str, settings: BookSettings, *, what_if: bool) -> Asked:
    """The words of the popover for a move."""
    hours = Hours(settings.hours_per)
    verb = "Add" if what_if else "Move"
    change = hours.change(move.hours)
    again = tr(", you will read it at the next review.")
    if move.line.rule_tier is None:
        rule = tr("The rule cannot place it yet: {0} Say why{1}").format(
            _tail(rule_sentence), again
        )
    elif move.follows_rule:
        rule = tr("The rule suggests {0} too. Say why{1}").format(move.tier.value, again)
    else:
        rule = tr("The rule suggests {0}: {1} Say why{2}").format(
            move.line.rule_tier.value, _tail(rule_sentence), again
        )
    return Asked(
        tr("Move {0} to {1} touch?").format(move.short, within(tier_word(move.tier))),
        rule,
        tr("{0}, {1} a {2}").format(verb, change, unit_word(settings.hours_per)),
    )


def _tail(sentence: str) -> str:
    """What stands after the dash of the rule's sentence."""
    return sentence.rpartition("— ")[2]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a what-if changes: ready strings, before and after."""

    promised: tuple[str, str]
    room_title: str
    room: tuple[str, str]
    is_short: bool
    agrees: tuple[str, str]
    is_better: bool
    advice: str = ""


def effect_of(
    moves: Sequence[Move],
    totals: Totals,
    settings: BookSettings,
    *,
    placed: int,
    differ: int,
    costly: Iterable[Overview] = (),
) -> Effect:
    """Hours and agreement with the rule, now and after the moves."""
    hours = Hours(settings.hours_per)
    after = totals.hours_promised + sum(m.hours for m in moves)
    available = settings.available_a_quarter
    left = available - after
    now = available - totals.hours_promised
    entering = sum(m.line.tier is None for m in moves)
    differs = differ - sum(m.line.is_override for m in moves)
    differs += sum(m.line.rule_tier not in (None, m.tier) for m in moves)
    agree = (placed - differ, placed + entering - differs)
    word = tr("Short of") if left < 0 else tr("Free of")
    return Effect(
        (hours.text(totals.hours_promised), hours.text(after)),
        f"{word} {hours.text(available)}",
        (_signed_room(now, left, hours), hours.text(abs(left))),
        left < 0,
        (
            tr("{0} of {1}").format(number_text(agree[0]), number_text(placed)),
            tr("{0} of {1}").format(number_text(agree[1]), number_text(placed + entering)),
        ),
        differs < differ,
        _advice(left, costly, hours),
    )


def _signed_room(now: int, after: int, hours: Hours) -> str:
    """The room there is now, with its word where it changes from short to free or back."""
    text = hours.text(abs(now))
    if (now < 0) == (after < 0):
        return text
    return f"{text} {'short' if now < 0 else 'free'}"


def _advice(left: int, costly: Iterable[Overview], hours: Hours) -> str:
    lines = list(costly)
    beyond = sum(o.hours_spent - o.hours_promised for o in lines)
    if left >= 0 or not lines:
        return ""
    which = (
        tr("the high-maintenance account") if len(lines) == 1
        else tr("the {0} high-maintenance accounts").format(len(lines))
    )  # fmt: skip
    return tr("Still {0} short. Bringing {1} back to what was promised frees {2}.").format(
        hours.text(-left), which, hours.text(beyond)
    )


# Writing


def apply_moves(book: Book, moves: Sequence[Move]) -> str:
    """Place every account of a what-if in one change; returns the line to say."""
    label = tr("Move {0} in the pyramid").format(count_text(len(moves), "account"))
    with book.change(label):
        book.placements.insert(
            Placement(_id(), AccountId(m.account_id), book.today, m.tier, m.reason,
                      m.line.rule_tier, m.review_on)
            for m in moves
        )  # fmt: skip
    return tr("Applied {0}").format(count_text(len(moves), "move"))


def place_many(
    book: Book,
    account_ids: Sequence[str],
    tier: Tier | None,
    *,
    reason: str,
    review_on: date | None,
    step: Step = lambda _done, _total: None,
) -> str:
    """Place accounts in one change, in `tier` or (None) each where the rule puts it.

    Where answers are missing the rule takes them as middling, with its floors; that is no
    override and never digital. Accounts that cannot go to `tier` stay where they are.
    """
    settings, as_of, context = book.settings, book.as_of(), book.derived.context()
    found: list[Placement] = []
    kept = 0
    for done, file in enumerate(book.accounts.files(account_ids)):
        index = FileIndex(file, as_of)
        standing = standing_of(index, context, stage_of(index).stage)
        rule = place(standing, settings).tier
        goes_to = tier or rule or _provisional(standing, settings)
        is_safe = (standing.criticality or 0) < LIFE_CRITICAL and rule is not None
        if goes_to is Tier.DIGITAL and tier is not None and not is_safe:
            kept += 1
            continue
        found.append(
            Placement(_id(), file.account.id, book.today, goes_to, reason, rule, review_on)
        )
        if done % _TOLD_EVERY == 0:
            step(done, len(account_ids))
    label = tr("Place {0}").format(count_text(len(found), "account"))
    with book.change(label):
        book.placements.insert(found)
    said = tr("Placed {0}").format(count_text(len(found), "account"))
    return (
        tr("{0}; {1} cannot be digital and stayed").format(said, count_text(kept, "account"))
        if kept
        else said
    )


def _provisional(standing: Standing, settings: BookSettings) -> Tier:
    """The rule with unknown answers taken as middling (methods §4.3): low touch at least."""
    middling = Standing(
        equipped=standing.equipped or sum(settings.equipped_cuts) // 2,
        potential=standing.potential or sum(settings.potential_cuts) // 2,
        criticality=standing.criticality,
        top_arr=standing.top_arr,
        before_first_value=standing.before_first_value,
    )
    return place(middling, settings).tier or Tier.MEDIUM


def rule_text(context: BookContext) -> str:
    """What Place by rule does, in a sentence."""
    known = tr(" Your top fifth by ARR gets medium at least.") if context.arr_top_cut else ""
    return tr(
        "Unknown answers count as middling, and the floors of the "
        "rule hold: nobody "
        "goes to digital.{0} This is no override; answers you give later show where "
        "the rule differs."
    ).format(known)


def _id() -> str:
    from csplanner.book.ids import new_id

    return new_id()
