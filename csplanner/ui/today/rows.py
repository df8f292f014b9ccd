"""What Today says, as ready strings: the list, the strip and the sentence, without a widget."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from csplanner.book.derived import OLD_AFTER_DAYS
from csplanner.domain.attention import Attention
from csplanner.domain.money import Money
from csplanner.domain.overview import Overview
from csplanner.domain.settings import BookSettings
from csplanner.domain.signals import Group
from csplanner.domain.today import Today, TodayEntry
from csplanner.domain.wording import money_full_text, one_line
from csplanner.language import tr
from csplanner.ui import veil
from csplanner.ui.today.words import shown_words, signal_icon, signal_words
from csplanner.ui.widgets import format as words
from csplanner.ui.words import (
    amount,
    amount_full,
    amounts,
    hours,
    isolated,
    renewal_words,
    sentiment_band,
    sentiment_word,
    tier_letter,
)

_LABEL_LENGTH = 16
_LABELS = 9
_HIDDEN_WEIGHT = 0.4
"""How large every mark of the strip is while money is hidden."""
_MINOR_WORDS = frozenset({"the", "st", "saint", "new", "de", "la", "le"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A group of the list with how many it holds."""

    title: str
    count: str


@dataclass(frozen=True, slots=True)
class Row:
    """One account of the list."""

    account_id: str
    kind: str
    rank: str
    name: str
    band: str
    sentiment: str
    tier: str
    sector: str
    icon: str
    headline: str
    why: str
    money: str
    money_full: str
    day: str
    verb: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a sentence; strong ones are set in ink and semibold."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Renewal:
    """One mark of the strip, with what its tooltip says."""

    account_id: str
    on: date
    band: str
    weight: float
    label: str
    spoken: str
    cells: tuple[str, ...] = ()
    """Name, day, whole amount and score, for a table of the strip."""


@dataclass(frozen=True, slots=True)
class Week:
    """The hours of one week."""

    title: str
    strong: str
    rest: str
    share: float
    is_over: bool


@dataclass(frozen=True, slots=True)
class PutAway:
    """A signal that was snoozed or finished: what, and until when or why."""

    attention: Attention
    name: str
    text: str


def unmeasured(line: Heading | Row, account_id: str) -> Heading | Row:
    """The line without what is measured or follows from it, when it is of that account."""
    if not isinstance(line, Row) or line.account_id != account_id:
        return line
    hidden = tr("Hidden until you said how you feel")
    return replace(
        line, band="none", headline=hidden, why="", icon="eye-off", spoken=f"{line.name}, {hidden}"
    )


def list_rows(today: Today) -> list[Heading | Row]:
    """Return the list in its order, each group under its heading."""
    found: list[Heading | Row] = []
    for group in Group:
        entries = today.group(group)
        if entries:
            more = today.more.get(group, 0) if today.more else 0
            whole = len(entries) + more
            count = words.share(len(entries), whole) if more else words.number(whole)
            found.append(Heading(group.heading, count))
            found += [entry_row(entry, today.as_of) for entry in entries]
    return found


def entry_row(entry: TodayEntry, as_of: date) -> Row:
    """Return the row of one entry."""
    line, signal = entry.overview, entry.signal
    money = amount(signal.at_stake)
    day = decision_day(line, as_of)
    feeling = tr("sentiment {0}").format(sentiment_word(line.sentiment).lower() or tr("unknown"))
    score = tr("health {0}").format(line.score) if line.score is not None else tr("health unknown")
    decides = tr("Renewal: {0}. ").format(renewal_words(line, as_of)) if day else ""
    why = shown_words(signal.kind, signal.why)
    if entry.twins:
        both = tr("{0} accounts bear this name and are listed once: review doubled names.")
        why = f"{both.format(words.number(entry.twins + 1))} {why}"
    spoken = tr("{0}. {1}, {2}, {3}. {4}. {5} ARR {6}. {7}{8}.").format(
        entry.position,
        one_line(line.name),
        score,
        feeling,
        shown_words(signal.kind, signal.headline),
        why,
        money,
        decides,
        signal.verb.label,
    )
    return Row(
        line.account_id,
        signal.kind,
        str(entry.position),
        one_line(line.name),
        line.band.value,
        sentiment_band(line.sentiment),
        tier_letter(line.tier),
        one_line(line.sector),
        signal_icon(signal.kind),
        shown_words(signal.kind, signal.headline),
        why,
        money,
        veil.sentence(signal.stake_note) or amount_full(signal.at_stake),
        day,
        signal.verb.label,
        spoken,
    )


def decision_day(line: Overview, as_of: date) -> str:
    """Return `notice 1 May` where a notice deadline decides, else `30 Jun`; empty if unknown."""
    if line.decision_on is None:
        return ""
    day = words.day(line.decision_on, as_of)
    is_notice = line.term_end is not None and line.decision_on < line.term_end
    return tr("notice {0}").format(day) if is_notice else day


def title(today: date, as_of: date, *, from_snapshot: bool) -> tuple[str, str]:
    """Return `Thursday 12 March` and, when judged on another day, which and why."""
    if as_of == today:
        return words.long_day(today), ""
    whose = tr("your newest snapshot") if from_snapshot else tr("your newest facts")
    month = words.long_day(as_of).split(" ", 1)[1]
    return words.long_day(today), tr("as of {0} {1}, {2}").format(month, as_of.year, whose)


def moved_note(today: date, as_of: date, snapshot_day: date | None) -> str:
    """Say why an old book is judged as of today: something newer than its snapshot is in it."""
    if as_of != today or snapshot_day is None:
        return ""
    if snapshot_day >= today - timedelta(days=OLD_AFTER_DAYS):
        return ""
    said = tr("Judged as of today since you logged something; the snapshot is from {0}")
    return said.format(words.day(snapshot_day, today))


@dataclass(frozen=True, slots=True)
class Sums:
    """ARR of the whole book, of what renews in 90 days, and of the part of it at risk."""

    whole: tuple[Money, ...]
    renewing: tuple[Money, ...]
    at_risk: tuple[Money, ...]
    renewals: int
    unknown: tuple[Money, ...] = ()
    """The part of what renews whose health is unknown."""
    is_dated: bool = True
    """Whether any renewal date is known at all."""


def sentence(count: int, sums: Sums) -> list[Run]:
    """Return how many accounts need you, and what renews in the next 90 days."""
    need = tr("account needs") if count == 1 else tr("accounts need")
    runs = [
        Run(
            tr("{0} {1} you. ").format(words.number(count), need)
            if count
            else tr("Nothing needs you today. ")
        )
    ]
    if not sums.is_dated:
        return [*runs, Run(tr("No renewal date is known."))]
    if not sums.renewals:
        return [*runs, Run(tr("Nothing renews in the next 90 days."))]
    if not sums.renewing:
        who = words.plural(sums.renewals, "account")
        verb = "renews" if sums.renewals == 1 else "renew"
        return [*runs, Run(tr("{0} {1} in the next 90 days, ARR unknown.").format(who, verb))]
    runs += [Run(amounts(sums.renewing), strong=True)]
    runs += [Run(tr(" of {0} renews in the next 90 days").format(amounts(sums.whole)))]
    if sums.at_risk:
        runs += [Run(", "), Run(amounts(sums.at_risk), strong=True), Run(tr(" of it at risk"))]
    if sums.unknown == sums.renewing:
        return [*runs, Run(tr(", its health is unknown."))]
    if sums.unknown:
        runs += [Run(tr(", the health of ")), Run(amounts(sums.unknown), strong=True)]
        return [*runs, Run(tr(" of it is unknown."))]
    return [*runs, Run("." if sums.at_risk else tr(", none of it at risk."))]


def week(as_of: date, promised: int, settings: BookSettings, *, is_now: bool = True) -> Week:
    """Return the week's hours; `promised` is a quarter's, in thousandths of an hour."""
    given = settings.available_a_quarter
    return Week(
        tr("Week {0}").format(as_of.isocalendar().week) if is_now else "A week",
        tr("{0} planned").format(hours(promised, "week", places=0))
        if promised
        else tr("none planned"),
        tr(" of {0}").format(hours(given, "week", places=0)),
        promised / given if given else 0.0,
        promised > given,
    )


def renewals(lines: Sequence[Overview], as_of: date) -> list[Renewal]:
    """Return the marks of the strip by day; the largest ones carry a name."""
    largest: dict[str, int] = {}
    for line in lines:
        if line.arr:
            largest[line.arr.currency] = max(largest.get(line.arr.currency, 0), line.arr.minor)
    by_size = sorted(lines, key=lambda o: -(o.arr.minor if o.arr else 0))
    named = {o.account_id for o in by_size[:_LABELS] if o.arr}
    first = Counter(_short(one_line(o.name)) for o in lines)
    found = []
    for line in sorted(lines, key=lambda o: (o.decision_on or as_of, o.name)):
        if line.decision_on is None:
            continue
        weight = line.arr.minor / largest[line.arr.currency] if line.arr and line.arr.minor else 0.0
        weight = _HIDDEN_WEIGHT if veil.is_on() else weight
        whole = one_line(line.name)
        short = _short(whole)
        name = short if first[short] == 1 else _elide(whole)
        label = f"{isolated(name)} {amount(line.arr)}" if line.account_id in named else ""
        score = (
            tr("score {0}").format(line.score) if line.score is not None else tr("score unknown")
        )
        spoken = f"{whole}, {amount(line.arr)}, {renewal_words(line, as_of)}, {score}"
        found.append(
            Renewal(
                line.account_id,
                line.decision_on,
                line.band.value,
                weight,
                label,
                spoken,
                _cells(line, whole),
            )
        )
    return found


def _cells(line: Overview, name: str) -> tuple[str, ...]:
    """A line of the strip's table: what is copied, whatever is hidden on the screen."""
    day = line.decision_on.isoformat() if line.decision_on else ""
    arr = money_full_text(line.arr) if line.arr else ""
    return (name, day, arr, "" if line.score is None else str(line.score))


def _short(name: str) -> str:
    """The first word that tells an account from others, elided to a label's length."""
    parts = name.split()
    while len(parts) > 1 and parts[0].casefold().strip(".") in _MINOR_WORDS:
        parts.pop(0)
    text = parts[0].rstrip(",;:") if parts else name
    return _elide(text)


def _elide(text: str) -> str:
    return text if len(text) <= _LABEL_LENGTH else text[: _LABEL_LENGTH - 1].rstrip() + "…"


def put_away(attention: Attention, name: str, as_of: date) -> PutAway:
    """Return the line of a signal that was put away."""
    what = signal_words(attention.signal_kind)
    if attention.until is not None:
        what = tr("{0}, until {1}").format(what, words.day(attention.until, as_of))
    said = f"{what}: {one_line(attention.reason)}" if attention.reason else what
    return PutAway(attention, one_line(name), said)


def snooze_choices(entry: TodayEntry, as_of: date) -> list[tuple[str, date]]:
    """Return how long a signal may be put off, one week first."""
    found = [
        (tr("{0}, until {1}").format(text, words.day(as_of + timedelta(days=days), as_of)),
         as_of + timedelta(days=days))
        for text, days in (("1 week", 7), ("2 weeks", 14), ("1 month", 30), ("1 quarter", 91))
    ]  # fmt: skip
    decision = entry.overview.decision_on
    if decision is not None and (decision - as_of).days > 67:
        day = decision - timedelta(days=60)
        found.append((tr("60 days before the renewal, {0}").format(words.day(day, as_of)), day))
    return found
