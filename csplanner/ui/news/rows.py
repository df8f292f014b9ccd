"""The lines of the news as they are shown: mark, account, sentence, ARR, and where they lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from csplanner.book.book import Book
from csplanner.domain.news import (
    MONEY,
    Entry,
    News,
    NewsKind,
    Told,
    digest,
    money_moves,
)
from csplanner.domain.news_digest import (
    below_headline,
    digest_text,
    entry_text,
    headline,
    sums_text,
)
from csplanner.domain.news_words import sentence
from csplanner.domain.snapshot import Snapshot
from csplanner.domain.wording import full_day_text, one_line
from csplanner.language import noted, tr
from csplanner.ui import veil
from csplanner.ui.words import amount

_RISK, _WATCH, _GOOD, _PLAIN = "risk-ink", "watch-ink", "good-ink", "text2"
_MARKS: Mapping[NewsKind, tuple[str, str]] = {
    NewsKind.SUMMARY: ("file-input", _PLAIN),
    NewsKind.LEFT: ("user-x", _RISK),
    NewsKind.LEAVING: ("user-x", _WATCH),
    NewsKind.VANISHED: ("user-search", _WATCH),
    NewsKind.BACK: ("users", _GOOD),
    NewsKind.JOINED: ("users", _PLAIN),
    NewsKind.TOOK_ROLE: ("users", _GOOD),
    NewsKind.TITLE: ("users", _PLAIN),
    NewsKind.NOTICE_GIVEN: ("octagon-alert", _RISK),
    NewsKind.OPTED_OUT: ("log-out", _RISK),
    NewsKind.RENEWED: ("circle-check", _GOOD),
    NewsKind.RENEWAL_MOVED: ("calendar-clock", _WATCH),
    NewsKind.NOTICE_MOVED: ("calendar-clock", _WATCH),
    NewsKind.TERM_NEW: ("calendar-plus", _PLAIN),
    NewsKind.EXIT: ("log-out", _RISK),
    NewsKind.DEAL_NEW: ("handshake", _PLAIN),
    NewsKind.WON: ("circle-check", _GOOD),
    NewsKind.LOST: ("x", _RISK),
    NewsKind.REOPENED: ("redo-2", _WATCH),
    NewsKind.STAGE: ("arrow-right", _PLAIN),
    NewsKind.CLOSE_MOVED: ("calendar-clock", _WATCH),
    NewsKind.OWNER: ("git-branch", _PLAIN),
    NewsKind.ACCOUNT_NEW: ("plus", _GOOD),
    NewsKind.MISSING: ("circle-question-mark", _WATCH),
    NewsKind.FOUND: ("eye", _PLAIN),
    NewsKind.ARCHIVED: ("archive", _WATCH),
    NewsKind.RENAMED: ("pencil", _PLAIN),
    NewsKind.MERGED: ("git-compare", _WATCH),
    NewsKind.GONE: ("trash-2", _PLAIN),
    NewsKind.CASE_URGENT: ("octagon-alert", _RISK),
    NewsKind.ESCALATED: ("arrow-up", _RISK),
    NewsKind.CASE_REOPENED: ("redo-2", _WATCH),
    NewsKind.CASE_CLOSED: ("check", _PLAIN),
    NewsKind.CASE_NEW: ("life-buoy", _PLAIN),
    NewsKind.FIGURES: ("activity", _PLAIN),
    NewsKind.TOUCHES: ("message-square", _PLAIN),
    NewsKind.DETAILS: ("pencil", _PLAIN),
}
_TABS = {
    "person": "people", "case": "deals", "opportunity": "deals", "subscription": "deals",
    "touch": "touches",
}  # fmt: skip
_NO_RECORD = frozenset({NewsKind.GONE, NewsKind.MERGED})
"""What is told of records that are no longer listed."""
_ARE_WORSE_WHEN_MORE = ("commercial.",)
UP, DOWN = ("trending-up", _GOOD), ("trending-down", _RISK)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the list and how many changes stand below it."""

    title: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class NewsRow:
    """One line; `account_id` is empty for a gathered one, which `entry` opens in place."""

    entry: Entry
    icon: str
    ink: str
    account: str
    words: str
    arr: str
    account_id: str = ""
    section: str = ""
    """The part of the account's page the line leads to."""
    record: str = ""
    is_open: bool = False
    """A gathered line whose lines stand below it."""
    is_inner: bool = False
    """A line of a gathered one."""

    @property
    def target(self) -> str:
        """The tab of the account's page, and the row in it: of the record, else of the news."""
        return f"{self.section}#{self.record}" if self.section else ""

    @property
    def can_unfold(self) -> bool:
        """Whether it is gathered and its lines are kept."""
        return bool(self.entry.rest)

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        state = ""
        if self.can_unfold:
            state = tr("opened") if self.is_open else tr("closed")
        worth = tr("ARR {0}").format(self.arr) if self.arr else ""
        return ", ".join(filter(None, (self.account, self.words, worth, state)))


Line = Heading | NewsRow


@dataclass(frozen=True, slots=True)
class Seen:
    """The news of one snapshot, as a page shows them."""

    snapshot: Snapshot | None = None
    told: tuple[Told, ...] = ()
    entries: tuple[Entry, ...] = ()
    count: int = 0
    as_of: date = date.min
    others: tuple[tuple[str, str], ...] = ()
    """Every snapshot with news: its id and its name, newest first."""

    @property
    def title(self) -> str:
        """`12 pieces of news came with the snapshot of 3 Mar`, or what came in first."""
        if self.snapshot is None:
            return tr("No snapshot has told anything yet")
        return headline(self.told, self.count, self.snapshot, self.as_of)

    @property
    def sums(self) -> str:
        """What ARR and open deals did, per currency."""
        return " · ".join(sums_text(money_moves(self.told)))

    def markdown(self) -> str:
        """The digest as text to paste; amounts are hidden while the veil is drawn."""
        if self.snapshot is None:
            return ""
        text = digest_text(self.title, money_moves(self.told), self.entries, self.as_of)
        return "\n".join(veil.sentence(line) for line in text.split("\n"))


def look(book: Book, snapshot_id: str = "") -> Seen:
    """Read the news of a snapshot, of the one brought in last when no id is given."""
    asked = book.news.snapshot(snapshot_id) if snapshot_id else book.news.latest()
    known = book.news.snapshots_with_news()
    others = tuple(
        (s.id, f"{one_line(s.source)}, {full_day_text(s.as_of)}")
        for s in book.snapshots.all()
        if s.id in known
    )
    as_of = book.as_of()
    if asked is None:
        return Seen(as_of=as_of, others=others)
    told = tuple(book.news.of(asked.id))
    count = book.news.count(asked.id)
    entries = tuple(below_headline(digest(told), told, count))
    return Seen(asked, told, entries, count, as_of, others)


def mark(news: News) -> tuple[str, str]:
    """The icon of a line and the token of its colour; the icon tells alone as well."""
    kind = news.kind
    if kind in (*MONEY, NewsKind.SEATS):
        return DOWN if news.change < 0 else UP
    if kind is NewsKind.MEASURE:
        is_worse = (news.change > 0) == news.text("measure").startswith(_ARE_WORSE_WHEN_MORE)
        icon = "trending-up" if news.change > 0 else "trending-down"
        return icon, _RISK if is_worse else _GOOD
    return _MARKS[kind]


def lines_of(seen: Seen, opened: frozenset[NewsKind]) -> list[Line]:
    """What stands in the list: what matters alone, then what is gathered, with those `opened`."""
    single = [e for e in seen.entries if e.one is not None and e.one.news.account_id is not None]
    first = [e for e in seen.entries if e.one is not None and e.kind is NewsKind.SUMMARY]
    gathered = [e for e in seen.entries if e not in single and e not in first]
    found: list[Line] = [_row(e, seen.as_of) for e in first]
    if single:
        are_new = all(e.kind is NewsKind.ACCOUNT_NEW for e in single)
        title = tr("New accounts") if are_new else tr("What matters most")
        found.append(Heading(title, str(len(single))))
        found += [_row(e, seen.as_of) for e in single]
    if gathered:
        found.append(Heading(tr("Gathered")))
        for entry in gathered:
            is_open = entry.kind in opened and bool(entry.rest)
            found.append(_row(entry, seen.as_of, is_open=is_open))
            if is_open:
                found += [
                    _row(Entry(t.news.kind, t), seen.as_of, is_inner=True) for t in entry.rest
                ]
                if entry.more:
                    found.append(_row(Entry(entry.kind, None, (), entry.more), seen.as_of))
    return found


def _row(entry: Entry, as_of: date, *, is_open: bool = False, is_inner: bool = False) -> NewsRow:
    one = entry.one
    if one is None:
        icon, ink = _MARKS.get(entry.kind) or mark(entry.rest[0].news) if entry.rest else ("", "")
        words = entry_text(entry, as_of)
        return NewsRow(entry, icon or "ellipsis", _PLAIN, "", words, "", is_open=is_open)
    icon, ink = mark(one.news)
    tab = "" if one.news.kind in _NO_RECORD else _TABS.get(one.news.object, "")
    if one.news.account_id is None:
        return NewsRow(entry, icon, ink, "", sentence(one, as_of), "")
    return NewsRow(
        entry,
        icon,
        ink,
        one_line(one.account) or tr("No longer in the book"),
        sentence(one, as_of, is_short=True),
        amount(one.arr) if one.arr else "",
        str(one.news.account_id) if one.account else "",
        tab or "timeline",
        f"{one.news.object}/{one.news.row_id}" if tab else f"news/{one.news.id}",
        is_inner=is_inner,
    )


def spoken_list(rows: Sequence[Line]) -> str:
    """How many lines there are, for a screen reader."""
    count = sum(isinstance(row, NewsRow) for row in rows)
    return tr(noted("{0} lines of news")).format(count)
