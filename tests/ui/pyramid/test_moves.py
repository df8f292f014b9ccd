"""What a move says and asks, and what a what-if adds up to."""

from datetime import date

import pytest

from csplanner.book.book import Book
from csplanner.domain.account import Tier
from csplanner.domain.tiers import refusal
from csplanner.ui.pyramid.moves import (
    apply_moves,
    asked_of,
    effect_of,
    move_of,
    place_many,
)
from csplanner.ui.pyramid.points import costly_of, points_of, scatter_note
from csplanner.ui.pyramid.rows import Hours, differ_text, short_names

TODAY = date(2026, 3, 12)


@pytest.fixture
def move(placed_book: Book):
    """Makes a move of an account by name."""

    def make(name: str, tier: Tier):
        line = placed_book.overview.one(placed_book.accounts.only(name).id)
        assert line is not None
        return move_of(line, name.split()[0], tier, placed_book.settings, TODAY)

    return make


def test_a_move_says_its_hours_and_what_the_rule_says(placed_book: Book, move) -> None:
    asked = asked_of(move("Delphine", Tier.MEDIUM), "", placed_book.settings, what_if=False)
    assert asked.title == "Move Delphine to medium touch?"
    assert asked.rule.startswith("The rule suggests medium too")
    assert asked.verb == "Move, +4.5 h a quarter"


def test_life_critical_and_unanswered_accounts_never_go_digital(placed_book: Book) -> None:
    one = placed_book.overview.one
    lantern, meridian, redfern = one("a5"), one("a6"), one("a4")
    assert "depend on it" in refusal(lantern, Tier.DIGITAL)
    assert "Answer the questions" in refusal(meridian, Tier.DIGITAL)
    assert not refusal(lantern, Tier.LOW)
    assert not refusal(redfern, Tier.DIGITAL)


def test_a_what_if_adds_up_hours_and_agreement(placed_book: Book, move) -> None:
    moves = [move("Delphine", Tier.MEDIUM)]
    totals, placed = placed_book.overview.totals(), 5
    effect = effect_of(moves, totals, placed_book.settings, placed=placed, differ=2)
    hours = Hours("quarter")
    assert effect.promised == (
        hours.text(totals.hours_promised),
        hours.text(totals.hours_promised + 4500),
    )
    assert effect.agrees == ("3 of 5", "4 of 5")
    assert effect.is_better


def test_all_moves_are_one_step_to_undo(placed_book: Book, move) -> None:
    moves = [move("Delphine", Tier.MEDIUM), move("Corvane", Tier.MEDIUM)]
    before = {m.account_id: m.line.tier for m in moves}
    assert apply_moves(placed_book, moves) == "Applied 2 moves"
    assert {placed_book.overview.one(m.account_id).tier for m in moves} == {Tier.MEDIUM}
    placed_book.undo()
    assert {m.account_id: placed_book.overview.one(m.account_id).tier for m in moves} == before


def test_placing_by_rule_is_no_override_and_never_digital(placed_book: Book) -> None:
    place_many(placed_book, ["a6"], None, reason="Answers to follow", review_on=None)
    line = placed_book.overview.one("a6")
    assert line.tier in (Tier.HIGH, Tier.MEDIUM, Tier.LOW)
    assert not line.is_override
    assert not placed_book.placements.of("a6")[-1].is_override


def test_placing_many_in_digital_keeps_those_that_cannot(placed_book: Book) -> None:
    said = place_many(placed_book, ["a4", "a5", "a6"], Tier.DIGITAL, reason="Trial", review_on=None)
    assert said == "Placed 1 account; 2 accounts cannot be digital and stayed"
    assert placed_book.overview.one("a5").tier is not Tier.DIGITAL


def test_high_maintenance_with_low_potential_is_listed(placed_book: Book) -> None:
    costly = costly_of(placed_book.overview.all(), placed_book.settings, TODAY)
    assert [c.name for c in costly] == ["Grantley Brokers"]
    assert costly[0].spent == "8 h"
    assert costly[0].promised == "of 1.5 promised"


def test_points_leave_out_what_is_not_known_and_say_so(placed_book: Book) -> None:
    points = points_of(placed_book.overview.all())
    assert "a6" not in {p.key for p in points}
    assert [p.key for p in points if p.differs] == ["a2"]
    assert "2 without answers" in scatter_note(7, 7, 5)
    assert "400 largest of 9,000" in scatter_note(9000, 2000, 400)


def test_hours_are_shown_in_the_unit_of_the_book() -> None:
    assert Hours("month").text(12_000) == "4 h"
    assert Hours("month").change(-3_600) == "−1.2 h"
    assert Hours("quarter").change(0) == "0 h"


def test_short_names_tell_accounts_apart() -> None:
    names = ["Wren Street Dental", "Tern Airways", "Tern Hotels", "The Quay"]
    assert short_names(names) == ["Wren", "Tern Airways", "Tern Hotels", "Quay"]


def test_too_many_overrides_question_the_rule() -> None:
    assert differ_text(41, 8) == "8 of 41 differ from the rule"
    assert differ_text(40, 12).endswith("look at the rule")
