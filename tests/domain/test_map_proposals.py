"""What a map could take over by itself, from news, seats and what was answered."""

from dataclasses import replace
from datetime import date

from csplanner.domain.account import AccountId
from csplanner.domain.map_proposals import Answer, Happened, ProposalKind, proposals
from csplanner.domain.map_record import MapAnswer, MapVerdict
from csplanner.domain.news import News, NewsKind
from csplanner.domain.person import Outside, Person, PersonStatus, Role, Seat, Side

HERE, DAY = AccountId("a"), date(2026, 3, 12)
DANA = Person("d", HERE, "Dana", title="Head", department="Care", reports_to="i")
IRIS = Person("i", HERE, "Iris", title="COO")
RAVI = Person("r", HERE, "Ravi", title="Lead", department="Care", reports_to="d")


def _news(kind, person, on=date(2026, 3, 10), **facts):
    return News("n", "s", HERE, on, kind, 1, facts, "person", person)


def _happened(*people, seats=(), news=(), answers=()):
    return Happened(people, tuple(seats), tuple(news), tuple(answers), DAY)


def test_who_is_no_longer_in_the_snapshot_is_asked_about():
    gone = replace(DANA, status=PersonStatus.UNVERIFIED)
    seat = Seat("s", HERE, Role.CHAMPION, "d")
    happened = _happened(gone, IRIS, seats=[seat], news=[_news(NewsKind.VANISHED, "d")])
    (found,) = proposals(happened)
    assert found.headline == "Snapshot of 10 Mar: Dana is no longer in it."
    assert [c.answer for c in found.choices] == [Answer.MARK_LEFT, Answer.STILL_THERE]
    back = replace(happened, people=(DANA, IRIS))
    assert proposals(back) == (), "somebody who is back is asked about no more"


def test_a_seat_the_account_does_not_need_may_go_with_who_left():
    left = replace(DANA, left_on=date(2026, 3, 1))
    seats = [Seat("s", HERE, Role.USER, "d")]
    (found,) = proposals(_happened(left, IRIS, RAVI, seats=seats))
    assert found.headline == "Dana left on 1 Mar."
    assert [c.answer for c in found.choices] == [Answer.KEEP_OPEN, Answer.CLOSE, Answer.GIVE]
    needed = [Seat("s", HERE, Role.SPONSOR, "d")]
    (kept,) = proposals(_happened(left, IRIS, RAVI, seats=needed))
    assert [c.words for c in kept.choices] == ["Keep the seat open: sponsor", "Give it to Ravi"]


def test_who_acts_for_the_one_who_left_is_named_first():
    left = replace(DANA, left_on=date(2026, 3, 1))
    peer = Person("p", HERE, "Abe", title="Acting head", reports_to="i")
    happened = _happened(left, RAVI, peer, seats=[Seat("s", HERE, Role.CHAMPION, "d")])
    (found,) = proposals(happened)
    assert [c.words for c in found.choices][1:] == ["Give it to Abe", "Give it to Ravi"]


def test_who_came_may_fill_an_open_seat_and_old_news_are_not_proposed():
    seats = [Seat("s", HERE, Role.SPONSOR, title="Executive sponsor")]
    news = _news(NewsKind.JOINED, "i")
    (found,) = proposals(_happened(IRIS, seats=seats, news=[news]))
    assert found.headline == "Snapshot of 10 Mar: Iris, COO is new."
    assert [c.words for c in found.choices] == [
        "Put Iris on the map", "Iris is the Executive sponsor",
    ]  # fmt: skip
    old = replace(news, on=date(2025, 12, 1))
    assert proposals(_happened(IRIS, seats=seats, news=[old])) == ()
    ours = replace(IRIS, side=Side.OURS)
    outsider = replace(IRIS, outside=Outside.PARTNER)
    for other in (ours, outsider):
        assert proposals(_happened(other, seats=seats, news=[news])) == ()


def test_a_choice_is_found_again_by_its_key_and_an_answer_ends_the_question():
    left = replace(DANA, left_on=date(2026, 3, 1))
    happened = _happened(left, RAVI, seats=[Seat("s", HERE, Role.CHAMPION, "d")])
    (found,) = proposals(happened)
    assert found.kind is ProposalKind.LEFT
    assert found.card == "p:d"
    for choice in found.choices:
        assert found.choice(choice.key) == choice
    assert "Dana" not in found.key
    answer = MapAnswer("m", HERE, found.key, MapVerdict.REFUSED, DAY)
    assert proposals(replace(happened, answers=(answer,))) == ()


def test_who_is_new_and_stands_on_the_map_already_is_not_put_there():
    news = _news(NewsKind.JOINED, "i")
    placed = replace(_happened(IRIS, news=[news]), standing=frozenset({"i"}))
    assert proposals(placed) == ()
    seats = [Seat("s", HERE, Role.SPONSOR, title="Executive sponsor")]
    (found,) = proposals(replace(placed, seats=tuple(seats)))
    assert [c.answer for c in found.choices] == [Answer.FILL]


def test_who_moved_between_accounts_is_told_from_where_and_to_where():
    left = replace(DANA, left_on=date(2026, 3, 10))
    seats = [Seat("s", HERE, Role.CHAMPION, "d")]
    news = [_news(NewsKind.LEFT, "d", other="b"), _news(NewsKind.JOINED, "i", other="b")]
    happened = replace(_happened(left, IRIS, seats=seats, news=news), accounts={"b": "Southby"})
    assert [p.headline for p in proposals(happened)] == [
        "Snapshot of 10 Mar: Dana moved to Southby.",
        "Snapshot of 10 Mar: Iris, COO is new, from Southby.",
    ]
