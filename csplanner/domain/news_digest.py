"""The digest of a snapshot in words: what is gathered by kind, sums of money, and the whole."""

from collections.abc import Iterable, Mapping
from datetime import date

from csplanner.domain.money import Money
from csplanner.domain.news import Entry, NewsKind, Sum, Told
from csplanner.domain.news_words import counted_text, sentence
from csplanner.domain.snapshot import Snapshot
from csplanner.domain.wording import day_text, full_day_text, list_text, money_text, number_text
from csplanner.language import noted, ntr, tr

_MORE: Mapping[NewsKind, tuple[str, str]] = {
    NewsKind.LEFT: (noted("{0} more person has left"), noted("{0} more people have left")),
    NewsKind.LEAVING: (noted("{0} more person is leaving"), noted("{0} more people are leaving")),
    NewsKind.VANISHED: (
        noted("{0} more person is no longer in the CRM"),
        noted("{0} more people are no longer in the CRM"),
    ),
    NewsKind.BACK: (noted("{0} more person is back"), noted("{0} more people are back")),
    NewsKind.JOINED: (noted("{0} more person is new"), noted("{0} more people are new")),
    NewsKind.TOOK_ROLE: (
        noted("{0} more person took a role"), noted("{0} more people took a role"),
    ),
    NewsKind.TITLE: (
        noted("{0} person has a new title"), noted("{0} people have a new title"),
    ),
    NewsKind.NOTICE_GIVEN: (
        noted("{0} more account gave notice"), noted("{0} more accounts gave notice"),
    ),
    NewsKind.OPTED_OUT: (
        noted("{0} more account did not renew"), noted("{0} more accounts did not renew"),
    ),
    NewsKind.RENEWED: (
        noted("{0} more contract was renewed"), noted("{0} more contracts were renewed"),
    ),
    NewsKind.RENEWAL_MOVED: (
        noted("{0} more renewal moved"), noted("{0} more renewals moved"),
    ),
    NewsKind.NOTICE_MOVED: (
        noted("{0} more notice date moved"), noted("{0} more notice dates moved"),
    ),
    NewsKind.TERM_NEW: (
        noted("{0} more contract term is new"), noted("{0} more contract terms are new"),
    ),
    NewsKind.EXIT: (noted("{0} more exit is recorded"), noted("{0} more exits are recorded")),
    NewsKind.ARR: (noted("{0} more account changed its ARR"),
                   noted("{0} more accounts changed their ARR")),
    NewsKind.TERM_ARR: (
        noted("{0} more term changed its ARR"), noted("{0} more terms changed their ARR"),
    ),
    NewsKind.LINE_ARR: (
        noted("{0} more subscription changed its ARR"),
        noted("{0} more subscriptions changed their ARR"),
    ),
    NewsKind.SEATS: (
        noted("{0} more subscription changed its seats"),
        noted("{0} more subscriptions changed their seats"),
    ),
    NewsKind.DEAL_NEW: (noted("{0} more deal is new"), noted("{0} more deals are new")),
    NewsKind.WON: (noted("{0} more deal was won"), noted("{0} more deals were won")),
    NewsKind.LOST: (noted("{0} more deal was lost"), noted("{0} more deals were lost")),
    NewsKind.REOPENED: (
        noted("{0} more deal is open again"), noted("{0} more deals are open again"),
    ),
    NewsKind.STAGE: (
        noted("{0} more deal changed its stage"), noted("{0} more deals changed their stage"),
    ),
    NewsKind.CLOSE_MOVED: (
        noted("{0} more close date moved"), noted("{0} more close dates moved"),
    ),
    NewsKind.AMOUNT: (
        noted("{0} more deal changed its amount"), noted("{0} more deals changed their amount"),
    ),
    NewsKind.OWNER: (
        noted("{0} more account changed its owner"),
        noted("{0} more accounts changed their owner"),
    ),
    NewsKind.ACCOUNT_NEW: (
        noted("{0} more account is new"), noted("{0} more accounts are new"),
    ),
    NewsKind.MISSING: (
        noted("{0} more account is no longer in the CRM’s files"),
        noted("{0} more accounts are no longer in the CRM’s files"),
    ),
    NewsKind.FOUND: (
        noted("{0} more account is in the CRM’s files again"),
        noted("{0} more accounts are in the CRM’s files again"),
    ),
    NewsKind.ARCHIVED: (
        noted("{0} more account was archived"), noted("{0} more accounts were archived"),
    ),
    NewsKind.RENAMED: (
        noted("{0} account has a new name"), noted("{0} accounts have a new name"),
    ),
    NewsKind.MERGED: (
        noted("{0} more account was merged in the CRM"),
        noted("{0} more accounts were merged in the CRM"),
    ),
    NewsKind.GONE: (
        noted("{0} more record was deleted in the CRM"),
        noted("{0} more records were deleted in the CRM"),
    ),
    NewsKind.CASE_URGENT: (
        noted("{0} more urgent case"), noted("{0} more urgent cases"),
    ),
    NewsKind.ESCALATED: (
        noted("{0} more case escalated"), noted("{0} more cases escalated"),
    ),
    NewsKind.CASE_REOPENED: (
        noted("{0} more case is open again"), noted("{0} more cases are open again"),
    ),
    NewsKind.CASE_CLOSED: (noted("{0} case was closed"), noted("{0} cases were closed")),
    NewsKind.CASE_NEW: (noted("{0} case is new"), noted("{0} cases are new")),
    NewsKind.MEASURE: (
        noted("{0} more figure moved much"), noted("{0} more figures moved much"),
    ),
}  # fmt: skip


def entry_text(entry: Entry, as_of: date, *, is_short: bool = False) -> str:
    """The sentence of one line of the digest, single or gathered."""
    if entry.one is not None:
        return sentence(entry.one, as_of, is_short=is_short)
    one, many = _MORE[entry.kind]
    return ntr(one, many, entry.count).format(number_text(entry.count))


def sums_text(sums: Iterable[Sum]) -> list[str]:
    """`ARR: up $12k in 3 accounts, down $40k in 2`, one sentence per kind and currency."""
    lines = []
    for found in sums:
        parts = []
        up, down = Money(found.up, found.currency), Money(found.down, found.currency)
        if found.ups:
            parts.append(tr("up {0} ({1})").format(money_text(up), number_text(found.ups)))
        if found.downs:
            parts.append(tr("down {0} ({1})").format(money_text(down), number_text(found.downs)))
        kind = tr("ARR") if found.kind is NewsKind.ARR else tr("Open deals")
        lines.append(f"{kind} {list_text(parts)}")
    return lines


def came_with(count: int, snapshot: Snapshot, as_of: date) -> str:
    """`12 pieces of news came with the snapshot of 3 Mar`: changes that belong together are one,
    and what is told of many accounts at once is one for each.
    """
    day = day_text(snapshot.as_of, as_of)
    if not count:
        return tr("No news came with the snapshot of {0}").format(day)
    return ntr(
        "{0} piece of news came with the snapshot of {1}",
        "{0} pieces of news came with the snapshot of {1}",
        count,
    ).format(number_text(count), day)  # fmt: skip


def headline(told: Iterable[Told], count: int, snapshot: Snapshot, as_of: date) -> str:
    """What a digest is headed with: how much came, or what came in for the first time."""
    found = list(told)
    first = _headed(found, count)
    if first is None:
        if found and not count:
            day = day_text(snapshot.as_of, as_of)
            return tr("Only figures and smaller things came with the snapshot of {0}").format(day)
        return came_with(count, snapshot, as_of)
    day = full_day_text(snapshot.as_of)
    if first.news.number("account"):
        return tr("First snapshot of {0}: {1} came in").format(day, counted_text(first.news))
    return tr("{0} came in for the first time with the snapshot of {1}").format(
        counted_text(first.news), day
    )


def below_headline(entries: Iterable[Entry], told: Iterable[Told], count: int) -> list[Entry]:
    """The lines that stand below the headline, without what it says itself."""
    first = _headed(told, count)
    return [e for e in entries if first is None or e.kind is not NewsKind.SUMMARY]


def _headed(told: Iterable[Told], count: int) -> Told | None:
    """What came in for the first time, where the headline tells it."""
    first = next((t for t in told if t.news.kind is NewsKind.SUMMARY), None)
    if first is None or (count and not first.news.number("account")):
        return None
    return first


def digest_text(title: str, sums: Iterable[Sum], entries: Iterable[Entry], as_of: date) -> str:
    """The whole digest as Markdown."""
    lines = [f"## {_escaped(title)}", ""]
    lines += [f"- {_escaped(words)}" for words in sums_text(sums)]
    for entry in entries:
        worth = f" ({money_text(entry.one.arr)})" if entry.one and entry.one.arr else ""
        lines.append(f"- {_escaped(entry_text(entry, as_of) + worth)}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    """The text as Markdown shows it as it is."""
    return "".join(f"\\{c}" if c in "\\`*_[]<>#|" else c for c in text)
