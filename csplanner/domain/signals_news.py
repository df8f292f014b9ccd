"""The signal of what snapshots changed: dates pushed, seats and amounts cut, another owner.

One signal an account whatever moved, so that one story is not counted twice, and none for what
has a signal of its own (who left, urgent tickets, use, answers, subscriptions that ended). It
enters no score and no cap: methods §3.5 names none for it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from csplanner.domain.account import OpportunityState
from csplanner.domain.index import FileIndex
from csplanner.domain.news import News, NewsKind, Told
from csplanner.domain.news_words import sentence
from csplanner.domain.signals import Evidence, Found, Group, Verb, View, state_line
from csplanner.language import noted, ntr, tr

EVIDENCE_DAYS = 90
"""So long a change of the CRM stands as evidence."""
SIGNAL_DAYS = 30
"""So new the newest has to be for a signal."""
CUT = 0.1
"""The share by which an amount or seats fall before it counts."""
PUSHES = 2
"""So often a close date moved before it counts; a renewal counts from the first time."""
_KEY_ROLES = frozenset({"sponsor", "champion", "decides"})
_SOURCE = noted("CRM snapshot")


@dataclass(frozen=True, slots=True)
class Moved:
    """A change that speaks about the health of an account: its line, how grave, which bucket."""

    told: Told
    severity: int
    bucket: str
    is_risk: bool = True

    def evidence(self, index: FileIndex) -> Evidence:
        """The line with its day and its source."""
        words = sentence(self.told, index.as_of, is_short=True)
        grade = "watch" if self.is_risk else "info"
        return Evidence(words, _SOURCE, self.told.news.on, grade)


def moved(index: FileIndex) -> tuple[Moved, ...]:
    """What snapshots of the last 90 days changed that speaks about health, the gravest first.

    Of a record that moved more than once the newest line, which says how often.
    """
    newest: dict[tuple[NewsKind, str], News] = {}
    for news in index.file.news:
        if news.kind in _RULES and 0 <= index.days_since(news.on) <= EVIDENCE_DAYS:
            newest[news.kind, news.row_id] = news
    found = [m for news in newest.values() if (m := _RULES[news.kind](index, news)) is not None]
    found.sort(key=lambda m: (-m.severity, -m.told.news.on.toordinal(), m.told.news.id))
    return tuple(found)


def news_signals(view: View) -> Iterator[Found]:
    """One signal while the newest of those changes is at most 30 days old."""
    found = [m for m in moved(view.index) if view.index.days_since(m.told.news.on) <= SIGNAL_DAYS]
    if not found:
        return
    rest = len(found) - 1
    more = ntr("{0} more change in the CRM.", "{0} more changes in the CRM.", rest).format(rest)
    words = [more if rest else "", state_line(view)]
    top = found[0]
    yield Found(
        "crm_moved",
        top.severity,
        Group.THIS_WEEK if top.is_risk else Group.DECISION,
        sentence(top.told, view.as_of, is_short=True),
        " ".join(filter(None, words)) or tr("No score and no word from you yet."),
        tuple(m.evidence(view.index) for m in found[:4]),
        Verb("open_account", tr("See what changed")),
        tuple(sorted(m.told.news.id for m in found)),
        view.index.term.decision_date if view.index.term else None,
        9,
    )


def _subject(news: News, index: FileIndex) -> Told:
    names: dict[str, str] = {}
    if news.object == "opportunity":
        names = {o.id: o.name for o in index.file.opportunities}
    elif news.object == "subscription":
        names = {s.id: s.product for s in index.file.subscriptions}
    elif news.object == "person":
        names = {p.id: p.name for p in index.file.people}
    return Told(news, subject=names.get(news.row_id, ""))


def _lost(news: News) -> float:
    """The share of an amount or a number that is gone; 0 where it grew."""
    was, becomes = news.amount("was"), news.amount("becomes")
    before = was.minor if was else news.number("was")
    after = becomes.minor if becomes else news.number("becomes")
    if was is not None and becomes is not None and was.currency != becomes.currency:
        return 0.0
    return max(0.0, 1 - after / before) if before > 0 else 0.0


def _is_open(index: FileIndex, news: News) -> bool:
    return any(
        o.id == news.row_id and o.state is OpportunityState.OPEN for o in index.file.opportunities
    )


def _arr(index: FileIndex, news: News) -> Moved | None:
    # Of subscriptions what fell is judged from the subscriptions themselves.
    if _lost(news) < CUT or any(s.arr.value is not None for s in index.file.subscriptions):
        return None
    return Moved(_subject(news, index), 58, "commercial")


def _seats(index: FileIndex, news: News) -> Moved | None:
    return Moved(_subject(news, index), 54, "adoption") if _lost(news) >= CUT else None


def _amount(index: FileIndex, news: News) -> Moved | None:
    if _lost(news) < CUT or not _is_open(index, news):
        return None
    return Moved(_subject(news, index), 44, "commercial")


def _renewal(index: FileIndex, news: News) -> Moved | None:
    if news.change <= 0 or index.term is None or index.term.id != news.row_id:
        return None
    return Moved(_subject(news, index), min(60, 50 + 4 * news.number("times")), "commercial")


def _close(index: FileIndex, news: News) -> Moved | None:
    times = news.number("times")
    if news.change <= 0 or times < PUSHES or not _is_open(index, news):
        return None
    return Moved(_subject(news, index), min(56, 40 + 4 * times), "commercial")


def _owner(index: FileIndex, news: News) -> Moved | None:
    if not news.text("was") or index.file.account.owner != news.text("becomes"):
        return None
    return Moved(_subject(news, index), 30, "relationship", is_risk=False)


def _vanished(index: FileIndex, news: News) -> Moved | None:
    if news.text("role") not in _KEY_ROLES:
        return None
    told = _subject(news, index)
    return Moved(replace(told, account=""), 55, "relationship")


_RULES: Mapping[NewsKind, Callable[[FileIndex, News], Moved | None]] = {
    NewsKind.ARR: _arr,
    NewsKind.SEATS: _seats,
    NewsKind.AMOUNT: _amount,
    NewsKind.RENEWAL_MOVED: _renewal,
    NewsKind.CLOSE_MOVED: _close,
    NewsKind.OWNER: _owner,
    NewsKind.VANISHED: _vanished,
}
