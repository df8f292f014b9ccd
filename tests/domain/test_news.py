"""The lines of a digest: which stand first, which are gathered, and how they are worded."""

from datetime import date

import pytest

from csplanner.domain.account import Account, AccountId, Opportunity, Subscription
from csplanner.domain.account_file import AccountFile
from csplanner.domain.index import FileIndex
from csplanner.domain.judgement import judge
from csplanner.domain.money import Money
from csplanner.domain.news import HEARD, News, NewsKind, Told, digest, money_moves
from csplanner.domain.news_digest import digest_text, entry_text, sums_text
from csplanner.domain.news_rank import BASE, lift_of, move_factor, role_factor, weight_of
from csplanner.domain.news_words import sentence
from csplanner.domain.settings import BookSettings
from csplanner.domain.signals_news import moved
from tests.domain.build import ACME, TODAY, account, ago, term

DAY = date(2026, 3, 3)


def line(kind: NewsKind, name: str = "Tern", subject: str = "", weight: int = 50, **facts) -> Told:
    news = News(f"{kind}{name}{subject}", "s", AccountId(name), DAY, kind, weight, facts, "x", "y")
    return Told(news, name, subject, Money(100_00, "EUR"))


def gathered(kind: NewsKind, **facts) -> Told:
    return Told(News(f"all {kind}", "s", None, DAY, kind, 0, facts))


def test_who_left_is_told_with_the_role_they_held():
    left = line(NewsKind.LEFT, subject="Dana Whitfield", role="champion")
    assert sentence(left, DAY) == "Dana Whitfield, champion at Tern, has left"
    assert sentence(left, DAY, is_short=True) == "Dana Whitfield, champion, has left"
    nobody = line(NewsKind.LEFT, role="champion")
    assert sentence(nobody, DAY) == "Somebody no longer in the book, champion at Tern, has left"


def test_a_date_that_moved_says_how_often_it_did():
    third = line(NewsKind.RENEWAL_MOVED, was="2026-04-30", becomes="2026-05-15", times=3)
    assert sentence(third, DAY) == "Tern: Renewal moved from 30 Apr to 15 May, the third time"
    first = line(NewsKind.RENEWAL_MOVED, was="2026-04-30", becomes="2027-05-15", times=1)
    assert sentence(first, DAY, is_short=True) == "Renewal moved from 30 Apr to 15 May ’27"
    lost = line(NewsKind.CLOSE_MOVED, subject="More seats", was="2026-04-30", becomes=None)
    assert sentence(lost, DAY, is_short=True) == "“More seats” has no close date any more"


def test_amounts_that_look_alike_are_written_in_full():
    small = line(NewsKind.ARR, was="13500000 EUR", becomes="13507700 EUR")
    assert sentence(small, DAY, is_short=True) == "ARR up from €135,000 to €135,077"


@pytest.mark.parametrize("kind", [k for k in NewsKind if k is not NewsKind.SUMMARY])
def test_every_kind_has_a_weight_and_a_sentence(kind):
    assert BASE[kind] > 0
    told = line(kind, was="2026-04-30", becomes="2026-05-15", times=2, n=3, accounts=2)
    assert sentence(told, DAY).strip()


def test_large_accounts_near_their_renewal_come_first():
    cut = 100_000
    large, small = lift_of(400_000, cut, 200), lift_of(1_000, cut, 200)
    assert large == 2.0
    assert small < lift_of(None, cut, 200) < large
    assert lift_of(400_000, cut, 0) == 2 * large
    assert lift_of(400_000, cut, -400) == large
    kind = NewsKind.LEFT
    assert weight_of(kind, role_factor("champion")) > weight_of(kind, role_factor(None))


def test_a_fall_weighs_more_than_a_rise_and_a_push_more_each_time():
    fell = move_factor("arr", "1000 EUR", "800 EUR", 0)
    assert fell > move_factor("arr", "800 EUR", "1000 EUR", 0)
    once = move_factor("close_moved", "2026-04-01", "2026-05-01", 1)
    assert move_factor("close_moved", "2026-04-01", "2026-05-01", 3) > once
    assert once > move_factor("close_moved", "2026-04-01", "2026-04-03", 1)


def test_small_things_and_what_is_too_much_are_gathered():
    closes = [line(NewsKind.CASE_CLOSED, f"A{n}") for n in range(12)]
    deals = [line(NewsKind.STAGE, f"B{n}", weight=100 - n) for n in range(9)]
    figures = gathered(NewsKind.FIGURES, n=12)
    found = digest([*closes, *deals, figures, gathered(NewsKind.STAGE, n=40)])
    assert [e.one.account for e in found[:6]] == [f"B{n}" for n in range(6)]
    said = [entry_text(e, DAY) for e in found[6:]]
    assert said == [
        "43 more deals changed their stage",
        "12 cases were closed",
        "12 accounts have new usage figures or answers",
    ]
    assert len(found[6].rest) == 3


def test_no_more_stand_alone_than_are_read_in_a_minute():
    kinds = [k for k in NewsKind if BASE[k] >= 25 and k is not NewsKind.SUMMARY]
    told = [line(k, f"{k}{n}", weight=BASE[k] - n) for k in kinds for n in range(5)]
    found = digest(told)
    alone = [e for e in found if e.one is not None]
    assert 24 <= len(alone) < 32
    assert sum(e.count for e in found) == len(told)


def test_money_is_summed_per_currency_and_never_across():
    told = [
        line(NewsKind.ARR, "A", was="10000 EUR", becomes="15000 EUR"),
        line(NewsKind.ARR, "B", was="10000 EUR", becomes="4000 EUR"),
        line(NewsKind.ARR, "C", was="10000 USD", becomes="12000 USD"),
        line(NewsKind.ARR, "D", was="10000 USD", becomes="12000 EUR"),
        line(NewsKind.AMOUNT, "A", was="100000 EUR", becomes="90000 EUR"),
    ]
    assert sums_text(money_moves(told)) == [
        "ARR up €50 (1) and down €60 (1)",
        "ARR up $20 (1)",
        "Open deals down €100 (1)",
    ]


def test_the_copied_digest_shows_what_was_written_as_it_was():
    told = [line(NewsKind.CASE_URGENT, "Tern", "*Bold* [claim](x)")]
    text = digest_text("1 change", [], digest(told), DAY)
    assert text == "## 1 change\n\n- Tern: Urgent case “\\*Bold\\* \\[claim\\](x)” (€100)\n"


def heard(kind: NewsKind, days: int = 5, row: str = "d", **facts) -> News:
    object_ = {"seats": "subscription", "owner": "account", "renewal_moved": "term"}
    return News(
        f"{kind}{row}{days}", "s", ACME, ago(days), kind, 50, facts,
        object_.get(kind, "opportunity"), row,
    )  # fmt: skip


def file(*news: News, **more) -> AccountFile:
    return AccountFile(
        account(owner="Bo"),
        terms=(term(100),),
        opportunities=(Opportunity("d", ACME, "More seats"),),
        subscriptions=(Subscription("sub", ACME, "Voice", seats=80),),
        news=news,
        **more,
    )


def test_a_date_pushed_twice_is_evidence_and_once_is_not():
    once = heard(NewsKind.CLOSE_MOVED, 40, was="2026-01-01", becomes="2026-02-01", times=1)
    twice = heard(NewsKind.CLOSE_MOVED, 5, was="2026-02-01", becomes="2026-04-01", times=2)
    assert moved(FileIndex(file(once), TODAY)) == ()
    (found,) = moved(FileIndex(file(once, twice), TODAY))
    evidence = found.evidence(FileIndex(file(once, twice), TODAY))
    assert evidence.text == (
        "Close date of “More seats” moved from 1 Feb to 1 Apr, the second time"
    )
    assert (evidence.as_of, evidence.source) == (ago(5), "CRM snapshot")


def test_what_moved_is_one_signal_however_much_it_is():
    news = (
        heard(NewsKind.SEATS, row="sub", was=100, becomes=80),
        heard(NewsKind.AMOUNT, was="1000 USD", becomes="500 USD"),
        heard(NewsKind.OWNER, row="acme", was="Ann", becomes="Bo"),
    )
    before = judge(file(), BookSettings(), as_of=TODAY)
    after = judge(file(*news), BookSettings(), as_of=TODAY)
    (signal,) = [s for s in after.signals if s.kind == "crm_moved"]
    assert signal.headline == "Seats of Voice cut from 100 to 80"
    assert len(signal.evidence) == 3
    assert after.health.score == before.health.score
    assert after.health.caps == before.health.caps
    old = judge(file(*(heard(NewsKind.SEATS, 60, "sub", was=100, becomes=80),)), BookSettings(),
                as_of=TODAY)  # fmt: skip
    assert not [s for s in old.signals if s.kind == "crm_moved"]


def test_what_was_made_good_is_no_evidence():
    won = heard(NewsKind.AMOUNT, row="gone", was="1000 USD", becomes="500 USD")
    grown = heard(NewsKind.SEATS, row="sub", was=80, becomes=100)
    back = heard(NewsKind.OWNER, row="acme", was="Bo", becomes="Cy")
    assert moved(FileIndex(file(won, grown, back), TODAY)) == ()
    assert moved(FileIndex(AccountFile(Account(ACME, "Acme")), TODAY)) == ()


def test_the_judgement_is_given_every_kind_it_hears():
    rows = {
        NewsKind.ARR: {"was": "1000 USD", "becomes": "500 USD"},
        NewsKind.SEATS: {"was": 100, "becomes": 50},
        NewsKind.AMOUNT: {"was": "1000 USD", "becomes": "500 USD"},
        NewsKind.RENEWAL_MOVED: {"was": "2026-04-01", "becomes": "2026-06-01", "times": 1},
        NewsKind.CLOSE_MOVED: {"was": "2026-04-01", "becomes": "2026-06-01", "times": 2},
        NewsKind.OWNER: {"was": "Ann", "becomes": "Bo"},
        NewsKind.VANISHED: {"role": "champion"},
    }
    # Who joined is heard by the finding of a newcomer instead, see `domain/signals_departures`.
    assert {*rows, NewsKind.JOINED} == HEARD
    ids = {NewsKind.SEATS: "sub", NewsKind.RENEWAL_MOVED: "term"}
    for kind, facts in rows.items():
        news = heard(kind, row=ids.get(kind, "d"), **facts)
        assert [m.told.news for m in moved(FileIndex(file(news), TODAY))] == [news]
