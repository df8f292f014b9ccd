"""What the sample's CSM wrote down of answers, promises and who looks after what."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from csplanner.book.book import Book
from csplanner.domain.account import AccountId
from csplanner.domain.journey import CHOOSE_AGAIN
from csplanner.domain.measurement import Measurement
from csplanner.domain.measures import LOYALTY_ITEMS
from csplanner.domain.person import Person, Side
from csplanner.domain.promise import Promise, PromiseState
from csplanner.domain.raci import Letter, RaciCell
from csplanner.domain.rating import Rating, Respondent, Scale
from csplanner.domain.value import Fact

Step = Mapping[str, Any]
_ASSESSED = "your assessment"


class Answers:
    """Records one step each; `place` is an id that no other step of the sample has."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def rating(self, account: AccountId, step: Step, place: str) -> None:
        """An answer about a touchpoint."""
        self._book.ratings.add(
            Rating(
                place, account, date.fromisoformat(step["on"]), step["touchpoint"],
                Scale(step["scale"]), Fact(step["value"]), self._person(account, step["person"]),
                Respondent(step["level"]), step.get("words", ""), step.get("function", ""),
                step.get("owner", ""), step.get("cause", ""), step.get("fix", ""),
                _day(step, "closed_on"),
            )
        )  # fmt: skip

    def again(self, account: AccountId, step: Step, place: str) -> None:
        """Whether they would choose us again, and what holds them."""
        on = date.fromisoformat(step["on"])
        self._book.ratings.add(
            Rating(
                place, account, on, CHOOSE_AGAIN, Scale.NPS, Fact(step["value"]),
                level=Respondent.SENIOR, words=step.get("words", ""),
            )
        )  # fmt: skip
        for at, (item, held) in enumerate(zip(LOYALTY_ITEMS, step["held"], strict=True)):
            self._book.measurements.add(
                Measurement(f"{place}{at}", account, item, Fact(held * 1000), on, source=_ASSESSED)
            )

    def promise(self, account: AccountId, step: Step, place: str) -> None:
        """A promise of theirs or of ours."""
        kept = _day(step, "kept_on")
        self._book.promises.add(
            Promise(
                place, account, step["what"], Side(step["side"]), step["owner"],
                step["to_whom"], date.fromisoformat(step["on"]), _day(step, "due"), kept,
                PromiseState.OPEN if kept is None else PromiseState.KEPT,
            )
        )  # fmt: skip

    def care(self, account: AccountId, step: Step, place: str) -> None:
        """Who looks after an activity; somebody of ours who is not known yet is added."""
        person = self._person(account, step["person"])
        if person is None:
            known = Person(
                f"{place}p", account, step["person"], Side.OURS, step["party"],
                function=step["party"],
            )  # fmt: skip
            person = self._book.people.add(known).id
        self._book.raci.add(
            RaciCell(
                place, account, step["activity"], step["party"], Letter.ACCOUNTABLE,
                person_id=person, agreed_on=_day(step, "agreed_on"), note=step.get("note", ""),
            )
        )  # fmt: skip

    def value_promised(self, account: AccountId, step: Step, _place: str) -> None:
        """The day they were told first value would come."""
        self._book.accounts.update(account, first_value_promised=_day(step, "day"))

    def _person(self, account: AccountId, name: str) -> str | None:
        return next((p.id for p in self._book.people.of(account) if p.name == name), None)


def _day(step: Step, key: str) -> date | None:
    text = step.get(key)
    return None if text is None else date.fromisoformat(text)
