"""Lenses: few lines on large maps, who stays bright, and what a card says at its foot."""

from dataclasses import replace
from datetime import timedelta

from csplanner.domain.map_lens import Seen, bright, foot, shown_lines
from csplanner.domain.map_model import Card, Judged, Lens, LineKind, RelationMap
from tests.map_making import made_map
from tests.map_tidewater import DAY, tidewater


def kinds(shown: RelationMap, lens: Lens) -> set[LineKind]:
    return {line.kind for line in shown_lines(shown, lens)}


def of(key: str) -> Card:
    return tidewater().by_key()[f"p:{key}"]


def said(card: Card, lens: Lens = Lens.REPORTING) -> tuple[str, str, str]:
    below = foot(card, Seen(tidewater()), lens)
    return below.left, below.right, below.ink


def test_a_small_map_shows_every_line_and_each_lens_its_own() -> None:
    shown = tidewater()
    assert kinds(shown, Lens.REPORTING) == set(LineKind) - {LineKind.RIVAL}
    assert kinds(shown, Lens.COVERAGE) == {LineKind.REPORTS, LineKind.TIE, LineKind.PAIRED}
    assert kinds(shown, Lens.INFLUENCE) == {
        LineKind.REPORTS, LineKind.INFLUENCES, LineKind.DOUBTS
    }  # fmt: skip


def test_thirty_people_have_one_line_each_and_the_rest_comes_with_the_selection() -> None:
    shown = made_map(30, 3)
    lines = shown_lines(shown, Lens.REPORTING)
    assert {line.kind for line in lines} == {LineKind.REPORTS}
    assert len(lines) == len({line.start for line in lines}) <= 30
    other = next(line for line in shown.lines if line.kind is LineKind.INFLUENCES)
    assert other in shown_lines(shown, Lens.REPORTING, frozenset({other.end}))


def test_a_parked_person_has_no_line_and_who_left_no_contact() -> None:
    shown = tidewater()
    parked = replace(shown, cards=tuple(replace(c, parked=c.key == "p:joel") for c in shown.cards))
    ends = {end for li in shown_lines(parked, Lens.REPORTING) for end in (li.start, li.end)}
    assert "p:joel" not in ends
    rosa = list(shown.of_kind(LineKind.TIE))
    old = replace(shown, lines=(*shown.lines, replace(rosa[0], key="t:r", end="p:rosa")))
    assert "t:r" not in {li.key for li in shown_lines(old, Lens.REPORTING)}
    assert "t:r" in {li.key for li in shown_lines(old, Lens.REPORTING, frozenset({"p:rosa"}))}


def test_selecting_somebody_keeps_those_bright_whom_a_line_joins() -> None:
    shown = tidewater()
    assert bright(shown, frozenset({"p:lena"})) == {
        "p:lena", "s:sponsor", "p:priscilla", "p:amara", "you"
    }  # fmt: skip
    assert bright(shown, frozenset()) >= {c.key for c in shown.cards}


def test_a_card_says_its_role_and_how_long_nobody_was_in_touch() -> None:
    assert said(of("amara")) == ("Decides", "never met", "risk-ink")
    assert said(of("joel")) == ("Day-to-day", "3 d", "text2")
    assert said(of("priscilla")) == ("Sceptic", "64 d", "risk-ink")
    assert said(of("rosa")) == ("Champion", "16 d", "text2")
    assert said(tidewater().by_key()["s:sponsor"]) == ("Sponsor", "find one", "risk-ink")


def test_every_lens_says_unknown_where_nobody_judged() -> None:
    blank = replace(of("amara"), influence=Judged(), mood=Judged())
    assert said(blank, Lens.INFLUENCE)[0] == "Influence ?"
    assert said(blank, Lens.SENTIMENT)[:2] == ("Mood unknown", "not judged")
    assert said(blank, Lens.COVERAGE) == ("nobody of us", "no contact", "risk-ink")
    assert said(blank, Lens.FRESHNESS)[:2] == ("Nothing judged", "judge")


def test_an_old_judgement_asks_to_be_checked_again() -> None:
    old = Judged(2, DAY - timedelta(days=100), fresh=0.9, recheck=True)
    card = replace(of("lena"), mood=old)
    assert said(card, Lens.FRESHNESS) == ("Judged 2 Dec ’25", "re-check", "watch-ink")
    assert said(card, Lens.SENTIMENT)[:2] == ("Our advocate", "re-check")
    assert said(of("lena"), Lens.FRESHNESS) == ("Judged 20 Feb", "20 d", "text2")


def test_coverage_counts_those_of_us_who_are_in_touch() -> None:
    assert said(of("kim"), Lens.COVERAGE) == ("2 of us", "live, 90", "text2")
    assert said(of("priscilla"), Lens.COVERAGE) == ("1 of us", "cold, 22", "risk-ink")
