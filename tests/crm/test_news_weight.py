"""What an account is worth and how near its renewal is order what a snapshot tells of it."""

from datetime import date

from csplanner.domain.news import NewsKind
from csplanner.domain.news_rank import BASE, lift_of, move_factor

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
