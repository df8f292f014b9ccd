"""Why an account stands where it stands: the rule, its floors, answers, hours, your choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from csplanner.domain.account_file import AccountFile
from csplanner.domain.index import FileIndex
from csplanner.domain.judgement import Judgement
from csplanner.domain.measures import EQUIPPED_ITEMS, POTENTIAL_ITEMS
from csplanner.domain.settings import BookSettings
from csplanner.domain.wording import day_text, tier_word, unit_word
from csplanner.language import noted, tr
from csplanner.ui.pyramid.rows import Hours, letter_of
from csplanner.ui.words import amount

CRITICALITY = (
    noted("convenience"),
    noted("important"),
    noted("business-critical"),
    noted("lives or the operation depend on it"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and its answer from 0 to 4, None when nobody said."""

    title: str
    points: int | None


@dataclass(frozen=True, slots=True)
class Answers:
    """An axis: its value in words, and every question."""

    title: str
    value: str
    known: str
    lines: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """What the inspector says of one account."""

    account_id: str
    name: str
    band: str
    score: str
    arr: str
    tier: str
    """H, M, L, D or empty."""
    rule: str
    """The rule's letter where it differs."""
    sentence: str
    floors: tuple[str, ...]
    choice: tuple[str, ...]
    equipped: Answers
    potential: Answers
    criticality: str
    hours: tuple[str, ...]


def why_of(file: AccountFile, judgement: Judgement, settings: BookSettings, as_of: date) -> Why:
    """The reasons of one account's tier, from its full judgement."""
    line, choice = judgement.overview, judgement.choice
    hours = Hours(settings.hours_per)
    index = FileIndex(file, as_of)
    differs = choice.rule is not None and choice.rule is not choice.tier
    over = line.hours_promised and line.hours_spent > line.hours_promised
    spent = tr("{0} a {1} spent over the last 13 weeks").format(
        hours.text(line.hours_spent), unit_word(settings.hours_per)
    )
    return Why(
        line.account_id,
        line.name,
        line.band.value,
        tr("Score unknown") if line.score is None else str(line.score),
        tr("{0} ARR").format(amount(line.arr)) if line.arr else tr("ARR unknown"),
        letter_of(choice.tier) if choice.tier else "",
        letter_of(choice.rule) if differs and choice.rule else "",
        choice.sentence,
        choice.floors,
        _choice(judgement, as_of),
        _answers(index, EQUIPPED_ITEMS, tr("Equipped"), line.equipped),
        _answers(index, POTENTIAL_ITEMS, tr("Potential"), line.potential),
        tr("unknown") if line.criticality is None else tr(CRITICALITY[min(3, line.criticality)]),
        (
            tr("{0} promised a {1}").format(
                hours.text(line.hours_promised), unit_word(settings.hours_per)
            ),
            tr("{0}, more than promised").format(spent) if over else spent,
        ),
    )


def _choice(judgement: Judgement, as_of: date) -> tuple[str, ...]:
    choice = judgement.choice
    if not choice.reason and choice.review_on is None:
        return ()
    who = tr("You chose {0}").format(tier_word(choice.tier).lower())
    lines = [
        f"{who}: {choice.reason}" if choice.reason else tr("{0}, without a reason").format(who)
    ]
    if choice.review_on is not None:
        when = day_text(choice.review_on, as_of)
        late = choice.review_on < as_of
        lines.append(
            tr("The review was due {0}").format(when) if late else tr("Review on {0}").format(when)
        )
    return tuple(lines)


def _answers(index: FileIndex, items: Mapping[str, str], title: str, value: int | None) -> Answers:
    lines = []
    for item, words in items.items():
        found = index.newest(item)
        points = None if found is None or found.value.value is None else found.value.value // 1000
        lines.append(Answer(words, points))
    known = sum(line.points is not None for line in lines)
    shown = "unknown" if value is None else tr("{0} of 100").format(value)
    return Answers(title, shown, tr("{0} of {1} answered").format(known, len(lines)), tuple(lines))
