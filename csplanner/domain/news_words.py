"""The sentences of the news: what a snapshot changed, in plain words."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.news import PERSONAL, News, NewsKind, Told
from csplanner.domain.person import Role
from csplanner.domain.wording import (
    day_text,
    list_text,
    money_full_text,
    money_text,
    number_text,
    one_line,
    quoted,
)
from csplanner.language import Spoken, noted, ntr, tr

Says = Callable[[Told, date], str]
_MEASURES = Spoken(
    {
        "voice.nps": noted("NPS"),
        "voice.csat": noted("Satisfaction"),
        "voice.ces": noted("Effort"),
        "usage.seats_active": noted("Seats in use"),
        "usage.seats_bought": noted("Seats bought"),
        "usage.modules_used": noted("Modules in use"),
        "usage.module_share": noted("Use of a module"),
        "usage.active_users": noted("Active users"),
        "usage.logins": noted("Logins"),
        "commercial.invoice_overdue_days": noted("Days an invoice is overdue"),
        "commercial.billing_disputes": noted("Billing disputes"),
    }
)


def sentence(told: Told, as_of: date, *, is_short: bool = False) -> str:
    """What happened, as one sentence without a full stop.

    With the account's name, unless `is_short` because the name stands beside it. Days of another
    year than `as_of` carry theirs.
    """
    if is_short:
        told = replace(told, account="")
    words = _SAID[told.news.kind](told, as_of)
    if is_short or told.news.account_id is None or told.news.kind in PERSONAL:
        return words
    account = one_line(told.account) or tr("An account no longer in the book")
    return f"{account}: {words}"


def _who(told: Told) -> str:
    return one_line(told.subject) or tr("Somebody no longer in the book")


def _what(told: Told, unnamed: str) -> str:
    return one_line(told.subject) or unnamed


def _role(news: News) -> str:
    """`champion`, empty where none is known."""
    try:
        return ROLE_WORDS[Role(news.text("role"))]
    except ValueError:
        return ""


def _person(words: str, moved: str = "") -> Says:
    """`{0}` is who, with role and account where they are to be said; `{1}` where they moved."""

    def said(told: Told, _as_of: date) -> str:
        meant = moved if moved and told.other else words
        return tr(meant).format(_in_role(told), one_line(told.other))

    return said


def _in_role(told: Told) -> str:
    who, role, account = _who(told), _role(told.news), one_line(told.account)
    if role and account:
        return tr("{0}, {1} at {2},").format(who, role, account)
    if role:
        return tr("{0}, {1},").format(who, role)
    return tr("{0} of {1}", "a person").format(who, account) if account else who


def _took_role(told: Told, as_of: date) -> str:
    del as_of
    role = _role(told.news) or tr("user")
    if told.account:
        return tr("{0} is now the {1} at {2}").format(_who(told), role, one_line(told.account))
    return tr("{0} is now the {1}").format(_who(told), role)


def _title(told: Told, as_of: date) -> str:
    del as_of
    title = one_line(told.news.text("becomes"))
    return tr("{0} has a new title: {1}").format(_who(told), title)


def times_text(times: int) -> str:
    """`, the third time` from the second time on, else nothing."""
    if times < 2:
        return ""
    words = {2: tr("the second time"), 3: tr("the third time"), 4: tr("the fourth time"),
             5: tr("the fifth time")}  # fmt: skip
    return ", " + (words.get(times) or tr("{0} times by now").format(number_text(times)))


def _moved(from_to: str, unknown: str, gone: str) -> Says:
    """A day that moved: `{0}` what, `{1}` from, `{2}` to."""

    def said(told: Told, as_of: date) -> str:
        was, becomes = told.news.day("was"), told.news.day("becomes")
        what = _deal(told)
        if becomes is None:
            return tr(gone).format(what)
        after = day_text(becomes, as_of)
        if was is None:
            return tr(unknown).format(what, after)
        moved = tr(from_to).format(what, day_text(was, as_of), after)
        return moved + times_text(told.news.number("times"))

    return said


def _deal(told: Told) -> str:
    return quoted(one_line(told.subject)) if told.subject else tr("a deal")


def _from_to(up: str, down: str, new: str) -> Says:
    """An amount: `{0}` the record, `{1}` from, `{2}` to."""

    def said(told: Told, as_of: date) -> str:
        del as_of
        was, becomes = told.news.amount("was"), told.news.amount("becomes")
        what = _deal(told)
        if becomes is None:
            return tr("{0} is no longer known").format(tr("The amount"))
        if was is None:
            return tr(new).format(what, money_text(becomes))
        words = down if told.news.change < 0 else up
        before, after = money_text(was), money_text(becomes)
        if before == after:
            before, after = money_full_text(was, cents=False), money_full_text(becomes, cents=False)
        return tr(words).format(what, before, after)

    return said


def _seats(told: Told, as_of: date) -> str:
    del as_of
    was, becomes = told.news.number("was"), told.news.number("becomes")
    words = tr("Seats of {0} cut from {1} to {2}") if becomes < was else tr(
        "Seats of {0} up from {1} to {2}"
    )  # fmt: skip
    what = one_line(told.subject) or tr("a subscription")
    return words.format(what, number_text(was), number_text(becomes))


def _worth(news: News) -> str:
    amount = news.amount("amount")
    return "" if amount is None else f", {money_text(amount)}"


def _about(words: str) -> Says:
    """A deal with what it is worth."""

    def said(told: Told, as_of: date) -> str:
        del as_of
        return tr(words).format(_deal(told)) + _worth(told.news)

    return said


def _plain(words: str) -> Says:
    def said(told: Told, as_of: date) -> str:
        del told, as_of
        return tr(words)

    return said


def _stage(told: Told, as_of: date) -> str:
    del as_of
    was, becomes = one_line(told.news.text("was")), one_line(told.news.text("becomes"))
    if not was:
        return tr("{0} is now in {1}").format(_deal(told), becomes)
    return tr("{0} went from {1} to {2}").format(_deal(told), was, becomes)


def _owner(told: Told, as_of: date) -> str:
    del as_of
    was, becomes = one_line(told.news.text("was")), one_line(told.news.text("becomes"))
    if not becomes:
        return tr("The account has no owner any more, it was {0}").format(was)
    if not was:
        return tr("The owner is now {0}").format(becomes)
    return tr("The owner changed from {0} to {1}").format(was, becomes)


def _case(words: str) -> Says:
    def said(told: Told, as_of: date) -> str:
        del as_of
        return tr(words).format(quoted(_what(told, tr("no subject"))))

    return said


def _account_new(told: Told, as_of: date) -> str:
    del as_of
    people, deals = told.news.number("people"), told.news.number("deals")
    parts = []
    if people:
        parts.append(ntr("{0} person", "{0} people", people).format(number_text(people)))
    if deals:
        parts.append(ntr("{0} deal", "{0} deals", deals).format(number_text(deals)))
    with_it = list_text(parts)
    return tr("New account, with {0}").format(with_it) if with_it else tr("New account")


def _renamed(told: Told, as_of: date) -> str:
    del as_of
    return tr("Was called {0} before").format(one_line(told.news.text("was")))


def _term_new(told: Told, as_of: date) -> str:
    end = told.news.day("end")
    if end is None:
        return tr("New contract term")
    return tr("New contract term to {0}").format(day_text(end, as_of)) + _worth(told.news)


def _renewed(told: Told, as_of: date) -> str:
    end = told.news.day("end")
    if end is None:
        return tr("The contract was renewed")
    return tr("The contract was renewed to {0}").format(day_text(end, as_of)) + _worth(told.news)


def _measure(told: Told, as_of: date) -> str:
    del as_of
    news = told.news
    key = news.text("measure")
    name = _MEASURES.get(key, key.partition(".")[2].replace("_", " ").capitalize())
    part = one_line(news.text("part"))
    what = f"{name}, {part}" if part else name
    was, becomes = news.number("was") / 1000, news.number("becomes") / 1000
    words = tr("{0} fell from {1} to {2}") if becomes < was else tr("{0} rose from {1} to {2}")
    return words.format(what, number_text(was, 1), number_text(becomes, 1))


def _merged(told: Told, as_of: date) -> str:
    del as_of
    other = one_line(told.subject) or tr("An account no longer in the book")
    arr = told.news.amount("arr")
    if arr is None or not arr.minor:
        return tr("{0} was merged into it in the CRM").format(other)
    words = tr("{0} was merged into it in the CRM, its ARR of {1} was not added")
    return words.format(other, money_text(arr))


def _gone(told: Told, as_of: date) -> str:
    del as_of
    what = _RECORDS.get(told.news.object, tr("record"))
    if not told.subject:
        return tr("A {0} was deleted in the CRM").format(what)
    return tr("The {0} {1} was deleted in the CRM").format(what, quoted(one_line(told.subject)))


_RECORDS = Spoken(
    {
        "opportunity": noted("deal"), "case": noted("case"), "term": noted("contract term"),
        "subscription": noted("subscription"), "person": noted("person"), "seat": noted("role"),
        "exit": noted("exit record"), "touch": noted("touch"), "measurement": noted("figure"),
    }
)  # fmt: skip
_COUNTED: Mapping[str, tuple[str, str]] = {
    "account": (noted("{0} account"), noted("{0} accounts")),
    "person": (noted("{0} person"), noted("{0} people")),
    "seat": (noted("{0} role"), noted("{0} roles")),
    "term": (noted("{0} contract term"), noted("{0} contract terms")),
    "opportunity": (noted("{0} deal"), noted("{0} deals")),
    "case": (noted("{0} case"), noted("{0} cases")),
    "subscription": (noted("{0} subscription"), noted("{0} subscriptions")),
    "exit": (noted("{0} exit record"), noted("{0} exit records")),
    "touch": (noted("{0} touch"), noted("{0} touches")),
    "measurement": (noted("{0} figure"), noted("{0} figures")),
}


def counted_text(news: News) -> str:
    """`94 accounts, 64 people and 40 cases`: the records a line counts by kind."""
    parts = []
    for object_, (one, many) in _COUNTED.items():
        count = news.number(object_)
        if count:
            parts.append(ntr(one, many, count).format(number_text(count)))
    return list_text(parts)


def _summary(told: Told, as_of: date) -> str:
    del as_of
    return tr("{0} came in for the first time").format(counted_text(told.news))


def _figures(told: Told, as_of: date) -> str:
    del as_of
    n = told.news.number("n")
    return ntr(
        "{0} account has new usage figures or answers",
        "{0} accounts have new usage figures or answers", n,
    ).format(number_text(n))  # fmt: skip


def _touches(told: Told, as_of: date) -> str:
    del as_of
    n, accounts = told.news.number("n"), told.news.number("accounts")
    count = ntr("{0} new touch", "{0} new touches", n).format(number_text(n))
    at = ntr("{0} account", "{0} accounts", accounts).format(number_text(accounts))
    return tr("{0} at {1}").format(count, at)


def _details(told: Told, as_of: date) -> str:
    del as_of
    n, accounts = told.news.number("n"), told.news.number("accounts")
    count = ntr("{0} smaller detail", "{0} smaller details", n).format(number_text(n))
    at = ntr("{0} account", "{0} accounts", accounts).format(number_text(accounts))
    return tr("{0} changed at {1}").format(count, at)


_SAID: Mapping[NewsKind, Says] = {
    NewsKind.SUMMARY: _summary,
    NewsKind.LEFT: _person(noted("{0} has left"), noted("{0} has moved to {1}")),
    NewsKind.LEAVING: _person(noted("{0} is leaving")),
    NewsKind.VANISHED: _person(noted("{0} is no longer in the CRM")),
    NewsKind.BACK: _person(noted("{0} is back")),
    NewsKind.JOINED: _person(noted("{0} is new"), noted("{0} is new, from {1}")),
    NewsKind.TOOK_ROLE: _took_role,
    NewsKind.TITLE: _title,
    NewsKind.NOTICE_GIVEN: _plain(noted("They gave notice of non-renewal")),
    NewsKind.OPTED_OUT: _plain(noted("They did not renew")),
    NewsKind.RENEWED: _renewed,
    NewsKind.RENEWAL_MOVED: _moved(
        noted("Renewal moved from {1} to {2}"), noted("The contract ends {1}"),
        noted("The end of the contract is no longer known"),
    ),
    NewsKind.NOTICE_MOVED: _moved(
        noted("Notice date moved from {1} to {2}"), noted("Notice has to be given by {1}"),
        noted("The notice date is no longer known"),
    ),
    NewsKind.TERM_NEW: _term_new,
    NewsKind.EXIT: _plain(noted("An exit is recorded")),
    NewsKind.ARR: _from_to(
        noted("ARR up from {1} to {2}"), noted("ARR down from {1} to {2}"),
        noted("ARR is now known: {1}"),
    ),
    NewsKind.TERM_ARR: _from_to(
        noted("ARR of a term up from {1} to {2}"), noted("ARR of a term down from {1} to {2}"),
        noted("ARR of a term is now known: {1}"),
    ),
    NewsKind.LINE_ARR: _from_to(
        noted("Subscription {0} up from {1} to {2}"),
        noted("Subscription {0} down from {1} to {2}"),
        noted("ARR of the subscription {0} is now known: {1}"),
    ),
    NewsKind.SEATS: _seats,
    NewsKind.DEAL_NEW: _about(noted("New deal {0}")),
    NewsKind.WON: _about(noted("Won {0}")),
    NewsKind.LOST: _about(noted("Lost {0}")),
    NewsKind.REOPENED: _about(noted("Open again: {0}")),
    NewsKind.STAGE: _stage,
    NewsKind.CLOSE_MOVED: _moved(
        noted("Close date of {0} moved from {1} to {2}"), noted("{0} is to close {1}"),
        noted("{0} has no close date any more"),
    ),
    NewsKind.AMOUNT: _from_to(
        noted("{0} up from {1} to {2}"), noted("{0} down from {1} to {2}"),
        noted("{0} is now worth {1}"),
    ),
    NewsKind.OWNER: _owner,
    NewsKind.ACCOUNT_NEW: _account_new,
    NewsKind.MISSING: _plain(noted("No longer in the CRM’s files, kept in your book")),
    NewsKind.FOUND: _plain(noted("In the CRM’s files again")),
    NewsKind.ARCHIVED: _plain(noted("Deleted in the CRM, archived in your book")),
    NewsKind.RENAMED: _renamed,
    NewsKind.GONE: _gone,
    NewsKind.MERGED: _merged,
    NewsKind.CASE_URGENT: _case(noted("Urgent case {0}")),
    NewsKind.ESCALATED: _case(noted("Case escalated: {0}")),
    NewsKind.CASE_REOPENED: _case(noted("Case open again: {0}")),
    NewsKind.CASE_CLOSED: _case(noted("Case closed: {0}")),
    NewsKind.CASE_NEW: _case(noted("New case {0}")),
    NewsKind.MEASURE: _measure,
    NewsKind.FIGURES: _figures,
    NewsKind.TOUCHES: _touches,
    NewsKind.DETAILS: _details,
}  # fmt: skip
