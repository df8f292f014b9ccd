"""Everything that is judged about an account on a day, in one call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from csplanner.domain.account import AccountId
from csplanner.domain.account_file import AccountFile
from csplanner.domain.bands import is_worse
from csplanner.domain.capacity import hours_spent, promised
from csplanner.domain.context import BookContext
from csplanner.domain.coverage import role_letters
from csplanner.domain.divergence import Divergence, Measured, divergence, gap_points
from csplanner.domain.health import Health, assess_index
from csplanner.domain.index import FileIndex, has_left
from csplanner.domain.measures import DEFAULT_DEFINITION, Definition
from csplanner.domain.measuring import Frame, situate
from csplanner.domain.overview import Overview
from csplanner.domain.reading import Band, Reading
from csplanner.domain.settings import BookSettings
from csplanner.domain.signals import Signal, View, finish
from csplanner.domain.signals_commercial import commercial_signals
from csplanner.domain.signals_judgement import judgement_signals
from csplanner.domain.signals_news import news_signals
from csplanner.domain.signals_people import people_signals
from csplanner.domain.signals_trends import trend_signals
from csplanner.domain.tag import words_of
from csplanner.domain.tiers import Choice

__all__ = ["BookContext", "Judgement", "judge", "reading_of"]

SPARK_MONTHS = 13


@dataclass(frozen=True, slots=True)
class Judgement:
    """Health, tier, gap, roles, signals (strongest first) and the line a list shows."""

    health: Health
    choice: Choice
    gap: int | None
    """Score minus sentiment in points."""
    divergence: Divergence
    roles: str
    signals: tuple[Signal, ...]
    overview: Overview


def judge(
    file: AccountFile,
    settings: BookSettings,
    *,
    as_of: date,
    context: BookContext | None = None,
    previous: Sequence[Reading] | None = None,
) -> Judgement:
    """Judges one account; `previous` are its readings before `as_of` (default: the file's)."""
    return judge_by(DEFAULT_DEFINITION, file, Asked(settings, as_of, context, previous))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a judgement is asked for: the book's settings, the day, the book, earlier readings."""

    settings: BookSettings
    as_of: date
    context: BookContext | None = None
    previous: Sequence[Reading] | None = None


def judge_by(definition: Definition, file: AccountFile, asked: Asked) -> Judgement:
    """The same under another definition of the score, such as a draft on trial."""
    context = asked.context or BookContext()
    settings = asked.settings
    index = FileIndex(file, asked.as_of)
    readings = file.readings if asked.previous is None else asked.previous
    frame = Frame(settings, context, definition)
    situation = situate(index, frame)
    health = assess_index(index, frame, situation, readings=readings)
    choice, standing = situation.choice, situation.standing
    pulse = index.pulse
    points = health.score if health.is_enough else None
    parted = divergence(
        Measured(points, health.coverage, health.raw_band),
        pulse.sentiment if pulse else None,
        index.days_since(pulse.on) if pulse else None,
    )
    letters = role_letters(index)
    view = View(
        index,
        health,
        choice,
        letters,
        parted,
        settings,
        context,
        standing.equipped,
        standing.potential,
        _fallen_from(readings, health),
    )
    gap = gap_points(points, pulse.sentiment if pulse else None)
    return Judgement(
        health, choice, gap, parted, letters, _signals(view), _overview(view, gap, readings)
    )


def _signals(view: View) -> tuple[Signal, ...]:
    if view.index.file.account.archived:
        return ()
    found = list(commercial_signals(view))
    if has_left(view.index) is None:
        found += people_signals(view)
        found += judgement_signals(view)
        found += trend_signals(view)
        found += news_signals(view)
    return finish(view, found)


def reading_of(health: Health, account_id: AccountId, *, reading_id: str) -> Reading:
    """The reading to store for a health: thousandths, and the caps as their sentences."""
    enough = health.is_enough and health.score is not None
    return Reading(
        reading_id,
        account_id,
        health.as_of,
        round(1000 * (health.score or 0)) if enough else None,
        round(1000 * health.low),
        round(1000 * health.high),
        round(1000 * health.coverage),
        health.raw_band,
        health.band,
        tuple(c.sentence for c in health.caps),
        DEFAULT_DEFINITION.version,
    )


def _fallen_from(readings: Sequence[Reading], health: Health) -> Band | None:
    """The best band shown in the last 30 days when it is better than the present one."""
    since = health.as_of - timedelta(days=30)
    recent = [r.band for r in readings if since <= r.as_of < health.as_of]
    for band in (Band.GOOD, Band.WATCH):
        if band in recent and is_worse(health.band, band):
            return band
    return None


def _overview(view: View, gap: int | None, readings: Sequence[Reading]) -> Overview:
    index, health, choice = view.index, view.health, view.choice
    account, term, pulse = index.file.account, index.term, index.pulse
    points = health.points
    tasks = [task for task in index.file.tasks if task.is_open]
    return Overview(
        account_id=account.id,
        name=account.name,
        sector=account.sector,
        tier=choice.tier,
        rule_tier=choice.rule,
        tier_reason=choice.sentence,
        is_override=choice.is_override,
        score=points,
        low=int(health.low),
        high=-int(-health.high // 1),
        coverage=int(100 * health.coverage + 1e-9),
        band=health.band,
        band_reason=health.band_reason,
        change_90d=_change(readings, points, health.as_of),
        spark=_spark(readings, points, health.as_of),
        sentiment=pulse.sentiment if pulse else None,
        sentiment_on=pulse.on if pulse else None,
        gap=gap,
        arr=index.arr,
        decision_on=term.decision_date if term else None,
        term_end=term.end if term else None,
        year=term.ordinal if term else None,
        last_touch=index.last_touch.on if index.last_touch else None,
        cadence_days=view.settings.overdue_days[choice.tier] if choice.tier else None,
        roles=view.letters,
        next_step=account.next_step,
        next_step_due=account.next_step_due,
        criticality=account.criticality.value,
        stage=health.stage.stage,
        equipped=view.equipped,
        potential=view.potential,
        hours_promised=promised(index, choice.tier, view.settings, health.band),
        hours_spent=hours_spent(index),
        regrettable=account.regrettable,
        open_cases=len(index.open_cases),
        pinned=account.pinned,
        owner=account.owner,
        segment=account.segment,
        country=account.country,
        city=account.city,
        tags=words_of(index.file.tags),
        open_tasks=len(tasks),
        task_due=min((task.due for task in tasks if task.due is not None), default=None),
    )


def _change(readings: Sequence[Reading], points: int | None, as_of: date) -> int | None:
    """Points since the newest reading that is 90 days old or older, up to 150 days."""
    if points is None:
        return None
    for reading in reversed(readings):
        age = (as_of - reading.as_of).days
        if age > 150:
            return None
        if age >= 90 and reading.score is not None:
            return points - round(reading.score / 1000)
    return None


def _spark(readings: Sequence[Reading], points: int | None, as_of: date) -> tuple[int | None, ...]:
    """The last score of each of 13 months, oldest first; the last point is now."""
    last = as_of.year * 12 + as_of.month
    by_month: dict[int, int | None] = {}
    for reading in readings:
        day = reading.as_of
        if day < as_of:
            score = None if reading.score is None else round(reading.score / 1000)
            by_month[day.year * 12 + day.month] = score
    return (*[by_month.get(last - back) for back in range(SPARK_MONTHS - 1, 0, -1)], points)
