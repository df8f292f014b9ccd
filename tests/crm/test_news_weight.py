"""The news of an import, weighed in SQL, weigh what the formula of the domain says."""

from datetime import date, timedelta

from csplanner.book.book import Book
from csplanner.domain.account import Account
from csplanner.domain.news import MONEY, NewsKind
from csplanner.domain.news_rank import (
    BASE,
    PAST_DAYS,
    lift_of,
    move_factor,
    role_factor,
    weight_of,
)
from csplanner.domain.value import Fact

HEAD = "Id,Name,ARR__c,CurrencyIsoCode"
TERMS = "Id,AccountId,StartDate,EndDate,ARR__c,CurrencyIsoCode,Status"
IDS = [f"001Nq00000J1Mp{n}" for n in range(4)]


def test_news_are_weighed_by_arr_and_by_the_nearness_of_the_renewal(book, write, bring_in) -> None:
    worth = {"Small": 1_000, "Large": 100_000, "Near": 1_000, "Tiny": 500}
    terms = write("Contract.csv", TERMS, f"800Nq00000J1Mp1,{IDS[2]},2025-04-01,2026-04-08,,,Active")

    def accounts(part: float):
        rows = (f"{i},{n},{a * part:g},EUR" for i, (n, a) in zip(IDS, worth.items(), strict=True))
        return write("Account.csv", HEAD, *rows)

    bring_in(accounts(1), terms, as_of=date(2026, 3, 2))
    bring_in(accounts(0.5), as_of=date(2026, 3, 9))
    told = book.news.of(book.snapshots.all()[0].id)
    found = {t.account: t.news.weight for t in told if t.news.kind is NewsKind.ARR}
    assert list(found) == ["Near", "Large", "Small", "Tiny"]
    factor = move_factor("arr", "100 EUR", "50 EUR", 1)
    cut = 5_000_000
    for name, days in (("Large", None), ("Small", None), ("Tiny", None), ("Near", 30)):
        lift = lift_of(int(worth[name] * 50), cut, days)
        assert found[name] == round(BASE[NewsKind.ARR] * factor * lift), name


FIRST, DAY = date(2026, 3, 2), date(2026, 3, 9)
ARR = {1: "400000", 2: "200000", 3: "90000", 4: "20000", 5: "1000", 6: "10", 7: "", 8: "0"}
"""Of accounts in euro: the second of six that have any is the last of the top fifth."""
CUT = {"EUR": 200_000_00, "USD": 700_00}
DOLLARS = {9: "700", 10: "300"}
ENDS = {1: 30, 2: 400, 3: -40, 4: 0, 5: 179, 6: 181, 7: 90, 9: -200, 10: -90}
"""Days from the second import to the end of the term of an account."""


def _lines(changed: bool) -> dict[str, list[str]]:
    owner, title, gone = ("Bo Orr", "CEO", "true") if changed else ("Ann Lee", "COO", "false")
    arr = {**ARR, **DOLLARS}
    if not changed:
        arr |= {1: "800000", 3: "80000", 9: "650"}
    money = {n: "EUR" if n in ARR else "USD" for n in arr}
    ends = {n: DAY + timedelta(days=d) for n, d in ENDS.items()}
    if not changed:
        ends |= {1: ends[1] - timedelta(days=60), 7: ends[7] + timedelta(days=2)}
    roles = {1: "champion", 2: "finance", 5: "", 9: "sponsor"}
    return {
        "Account": [
            "Id,Name,ARR__c,CurrencyIsoCode,Owner.Name",
            *(f"001Nq000{n:07},Account {n},{a},{money[n]},{owner}" for n, a in arr.items()),
        ],
        "Contact": [
            "Id,AccountId,LastName,Title,Role__c,No_Longer_at_Company__c",
            *(f"003Nq000{n:07},001Nq000{n:07},Person {n},COO,{r},{gone}"
              for n, r in roles.items()),
            f"003Nq0000000099,001Nq0000000004,Who stays,{title},,false",
        ],
        "Contract": [
            "Id,AccountId,StartDate,EndDate,Status",
            *(f"800Nq000{n:07},001Nq000{n:07},2025-01-01,{e},Activated" for n, e in ends.items()),
        ],
    }  # fmt: skip


def _factor(kind: NewsKind, facts) -> float:
    if kind in (NewsKind.LEFT, NewsKind.VANISHED):
        return role_factor(facts["role"])
    if kind in MONEY or kind is NewsKind.RENEWAL_MOVED:
        return move_factor(kind, facts["was"], facts["becomes"], facts["times"])
    return 1.0


def _lift(book: Book, account: Account) -> float:
    arr = account.arr.value
    since = DAY - timedelta(days=PAST_DAYS)
    decided = [t.decision_date for t in book.terms.of(account.id) if t.end >= since]
    days = (min(decided) - DAY).days if decided else None
    return lift_of(arr and arr.minor, CUT[arr.currency] if arr else None, days)


def test_every_line_weighs_its_kind_its_strength_and_its_account(book, write, bring_in):
    for changed, day in ((False, FIRST), (True, DAY)):
        files = [write(f"{day}/{n}.csv", *lines) for n, lines in _lines(changed).items()]
        bring_in(*files, as_of=day, source="Salesforce")
        if not changed:
            # A notice is due before the end.
            (term,) = book.terms.of(book.accounts.only("Account 2").id)
            book.terms.update(term.id, notice_deadline=Fact(DAY + timedelta(days=60)))
    told = [t.news for t in book.news.of(book.snapshots.all()[0].id) if t.news.account_id]
    lifts = {a.id: _lift(book, a) for a in book.accounts.all()}
    for n in told:
        factor = _factor(n.kind, n.facts)
        assert n.weight == weight_of(n.kind, factor, lifts[n.account_id]), n
    assert {n.kind for n in told} == {
        NewsKind.OWNER, NewsKind.ARR, NewsKind.LEFT, NewsKind.TITLE, NewsKind.RENEWAL_MOVED
    }  # fmt: skip
    # Of one kind and strength only the account tells the lines apart, from none to four times.
    owners = [n.weight for n in told if n.kind is NewsKind.OWNER]
    assert owners == sorted(owners, reverse=True)
    assert len(owners) == len(ARR) + len(DOLLARS)
    assert len(set(owners)) == len(owners) - 1
