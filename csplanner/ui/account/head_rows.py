"""The head of an account, as ready strings."""

from dataclasses import dataclass, replace

from csplanner.domain.account import Stage
from csplanner.domain.bands import is_held_below
from csplanner.domain.index import FileIndex, is_running
from csplanner.domain.judgement import Judgement
from csplanner.domain.settings import BookSettings
from csplanner.domain.wording import band_word, one_line, unit_word
from csplanner.language import Spoken, noted, tr
from csplanner.ui import veil
from csplanner.ui.today.peek import Figure, figures
from csplanner.ui.widgets import format as words
from csplanner.ui.words import amount, hours, left_words, tier_letter

STAGES = Spoken(
    {
        Stage.ONBOARDING: noted("Onboarding"),
        Stage.ADOPTION: noted("Adopting"),
        Stage.MATURE: noted("Established"),
    }
)
_CRITICAL = Spoken({2: noted("Business-critical"), 3: noted("Mission-critical")})


@dataclass(frozen=True, slots=True)
class HeadView:
    """Name, where they are, chips as (text, kind), and the figures by key of their evidence."""

    name: str
    place: str
    tier: str
    tier_note: str
    chips: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, Figure], ...]
    is_pinned: bool = False
    judged_note: str = ""
    """How it is known how critical we are to them, and whether losing them would be regrettable."""


def head_view(index: FileIndex, judgement: Judgement, settings: BookSettings) -> HeadView:
    """Return the head of an account."""
    account, line = index.file.account, judgement.overview
    where = ", ".join(text for text in (account.city, account.country) if text)
    place = ", ".join(text for text in (account.sector or account.segment, where) if text)
    score, said, *_ = figures(line, index.as_of, settings.cuts)
    known = sum(1 for x in judgement.health.lines if x.score is not None)
    measures = tr("{0} measures").format(words.share(known, len(judgement.health.lines)))
    if is_held_below(line.score, line.band, settings.cuts):
        measures = tr("held down: {0}").format(band_word(line.band))
    score = Figure(score.caption, score.text, measures, score.band, score.form, score.ink)
    found = [("score", score), ("sentiment", said)]
    return HeadView(
        one_line(account.name),
        one_line(place) or tr("Sector and place unknown"),
        tier_letter(line.tier),
        _tier_note(judgement),
        tuple(_chips(index, judgement)),
        (
            *found,
            ("arr", _arr(index)),
            ("renewal", _renewal(index)),
            ("touch", _touch(index, judgement, settings)),
        ),
        account.pinned,
    )


def blinded(view: HeadView) -> HeadView:
    """Return the head without what is measured or follows from it."""
    hidden = Figure(tr("Score, measured"), "hidden", tr("until you said"), ink="text2")
    figures = tuple(
        (key, hidden if key == "score" else figure) for key, figure in view.figures if key != "gap"
    )
    chips = tuple((text, kind) for text, kind in view.chips if kind != "watch")
    return replace(view, chips=chips, figures=figures)


def _tier_note(judgement: Judgement) -> str:
    choice = judgement.choice
    own = tr("Your reason: {0}").format(veil.note(choice.reason)) if choice.reason else ""
    return " ".join(text for text in (choice.sentence, own) if text)


def _chips(index: FileIndex, judgement: Judgement) -> list[tuple[str, str]]:
    account, stage = index.file.account, judgement.health.stage
    found = [(STAGES[stage.stage], "plain")]
    if judgement.overview.year:
        found.append((tr("Year {0}").format(judgement.overview.year), "plain"))
    critical = _CRITICAL.get(account.criticality.value or 0)
    if critical:
        found.append((critical, "outline"))
    if judgement.divergence.words and not veil.is_on():
        found.append((judgement.divergence.words, "watch"))
    if stage.onboarding_overdue:
        found.append((tr("No first value yet"), "watch"))
    if account.missing_since:
        since = words.day(account.missing_since, index.as_of)
        found.append((tr("Not in snapshots since {0}").format(since), "risk"))
    if account.archived:
        found.append(("Archived", "outline"))
    return found


def _arr(index: FileIndex) -> Figure:
    seats = index.newest("usage.seats_bought")
    count = seats.value.value // 1000 if seats and seats.value.value else 0
    running = [s for s in index.file.subscriptions if is_running(s, index.as_of)]
    count = count or sum(s.seats or 0 for s in running)
    note = words.plural(count, "seat") if count else tr("seats unknown")
    unknown = index.arr is None
    return Figure("ARR", amount(index.arr), note, ink="text2" if unknown else "text")


def _renewal(index: FileIndex) -> Figure:
    term = index.term
    if term is None:
        return Figure("Renewal", "unknown", tr("no contract term"), ink="text2")
    on, left = term.decision_date, left_words(term.decision_date, index.as_of)
    if on < term.end:
        told = tr("notice, {0}; ends {1}").format(left, words.day(term.end, on))
    elif term.notice_deadline.value is None:
        told = tr("contract end, {0}; notice unknown").format(left)
    else:
        told = tr("contract end, {0}").format(left)
    day = f"{words.day(on, on)} {on.year}"
    ink = words.days_left_colour(on, index.as_of)
    return Figure(tr("Renewal"), day, told, ink="text" if ink == "text3" else ink)


def _touch(index: FileIndex, judgement: Judgement, settings: BookSettings) -> Figure:
    """Hours a week, month or quarter, as the book shows them."""
    line, unit = judgement.overview, settings.hours_per
    note = (
        tr("{0} promised").format(hours(line.hours_promised, unit))
        if line.tier
        else tr("not placed, none promised")
    )
    over = line.tier is not None and line.hours_spent > 1.5 * max(1, line.hours_promised)
    if not index.touches:
        return Figure(tr("Touch"), tr("none logged"), note, ink="text2")
    ink = "watch-ink" if over else "text"
    return Figure(
        tr("Touch"),
        tr("{0} a {1}").format(hours(line.hours_spent, unit), unit_word(unit)),
        note,
        ink=ink,
    )
