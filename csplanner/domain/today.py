"""Today: a short ranked list of the accounts that need you, one entry each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from csplanner.domain.account import AccountId
from csplanner.domain.attention import Attention, Verdict
from csplanner.domain.overview import Overview
from csplanner.domain.signals import Group, Signal, group_order

LIMIT = 12
_SHARES = {Group.NOW: 6, Group.THIS_WEEK: 4, Group.DECISION: 2}


@dataclass(frozen=True, slots=True)
class TodayEntry:
    """One account: its strongest signal, and the others behind it."""

    position: int
    """1 for the first entry of the list."""
    overview: Overview
    signal: Signal
    others: tuple[Signal, ...] = ()
    twins: int = 0
    """Other accounts of the same name that call as well: they are listed under this one."""

    @property
    def account_id(self) -> AccountId:
        """The account it is about."""
        return self.overview.account_id

    @property
    def group(self) -> Group:
        """Now, this week or worth a decision."""
        return self.signal.group


@dataclass(frozen=True, slots=True)
class Today:
    """The list in its order, how many more there are by group, and what was put away."""

    as_of: date
    entries: tuple[TodayEntry, ...] = ()
    more: Mapping[Group, int] | None = None
    snoozed: tuple[Attention, ...] = ()
    done_today: tuple[Attention, ...] = ()
    total: int = 0
    """All accounts with a signal, shown or not."""

    def group(self, group: Group) -> tuple[TodayEntry, ...]:
        """The entries of one group."""
        return tuple(e for e in self.entries if e.group is group)

    @property
    def more_count(self) -> int:
        """How many accounts with a signal are not listed."""
        return self.total - len(self.entries)


def rank(
    items: Iterable[tuple[Overview, tuple[Signal, ...]]],
    verdicts: Iterable[Attention],
    as_of: date,
    *,
    limit: int | None = LIMIT,
) -> Today:
    """The list for a day; `limit` None lists everything. Ties go by name, then id."""
    put_away: dict[tuple[AccountId, str], Attention] = {
        (v.account_id, v.signal_kind): v for v in verdicts
    }
    entries: list[TodayEntry] = []
    snoozed: list[Attention] = []
    for overview, signals in items:
        kept = []
        for signal in signals:
            verdict = put_away.get((overview.account_id, signal.kind))
            if verdict is None or not verdict.hides(signal.digest, as_of):
                kept.append(signal)
            elif verdict.verdict is Verdict.SNOOZED:
                snoozed.append(verdict)
        if kept:
            entries.append(TodayEntry(0, overview, kept[0], tuple(kept[1:])))
    entries.sort(key=_order)
    entries = _once_by_name(entries)
    shown = entries if limit is None else _short(entries, limit)
    more = {
        g: sum(1 for e in entries if e.group is g) - sum(1 for e in shown if e.group is g)
        for g in Group
    }
    done = tuple(v for v in put_away.values() if v.verdict is not Verdict.SNOOZED and v.on == as_of)
    numbered = tuple(replace(e, position=n) for n, e in enumerate(shown, start=1))
    return Today(as_of, numbered, more, tuple(snoozed), done, len(entries))


def _order(entry: TodayEntry) -> tuple[int, int, int, str, str]:
    signal, overview = entry.signal, entry.overview
    return (
        group_order(signal.group),
        -signal.rank.total,
        -signal.severity,
        overview.name,
        overview.account_id,
    )


def _once_by_name(entries: list[TodayEntry]) -> list[TodayEntry]:
    """Each name once, by the entry that ranks first, with how many others bear it.

    A name that stands twice is nearly always one customer imported twice.
    """
    bearers = Counter(" ".join(e.overview.name.casefold().split()) for e in entries)
    found: dict[str, TodayEntry] = {}
    for entry in entries:
        name = " ".join(entry.overview.name.casefold().split())
        found.setdefault(name, replace(entry, twins=bearers[name] - 1))
    return list(found.values())


def _short(entries: list[TodayEntry], limit: int) -> list[TodayEntry]:
    """The best of each group up to its share; room a group leaves goes to the others in order."""
    groups = {g: [e for e in entries if e.group is g] for g in Group}
    whole = sum(_SHARES.values())
    take = {g: min(len(rows), limit * _SHARES[g] // whole) for g, rows in groups.items()}
    spare = limit - sum(take.values())
    for group, rows in groups.items():
        extra = min(spare, len(rows) - take[group])
        take[group] += extra
        spare -= extra
    return [e for g, rows in groups.items() for e in rows[: take[g]]]
