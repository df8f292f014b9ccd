"""Signals about who left and who came: a role nobody took over, somebody senior nobody met."""

from collections.abc import Iterator
from datetime import date, timedelta

from csplanner.domain.account import Tier
from csplanner.domain.coverage import ROLE_WORDS, unfilled_departures
from csplanner.domain.departed import has_plan, what_broke
from csplanner.domain.news import NewsKind
from csplanner.domain.person import Person, Role, is_senior_person
from csplanner.domain.signals import Evidence, Found, Group, Verb, View, state_line
from csplanner.domain.wording import count_text, day_text
from csplanner.language import noted, tr

NEAR_RENEWAL = 120
NEWCOMER_DAYS = 60
"""So long after somebody senior came a first meeting is due."""
_SENIOR = (Role.SPONSOR, Role.DECIDES, Role.BUYER)
_PLACED_HIGH = (Tier.HIGH, Tier.MEDIUM)


def departure_signals(view: View) -> Iterator[Found]:
    """Who left without a successor, and who came without having met you."""
    yield from _departures(view)
    yield from _newcomers(view)


def _departures(view: View) -> Iterator[Found]:
    for role, person in unfilled_departures(view.index)[:1]:
        when = f" {day_text(person.left_on, view.as_of)}" if person.left_on else ""
        word = ROLE_WORDS[role]
        yield Found(
            "person_left",
            90,
            Group.NOW,
            tr("The {0} left and nobody has taken over").format(word),
            tr("{0} left{1}. {2}").format(person.name, when, state_line(view)).rstrip(),
            (
                Evidence(
                    tr("{0}, {1}, left").format(person.name, word),
                    noted("people"),
                    person.left_on,
                    "risk",
                ),
                *(
                    Evidence(words, noted("relationship map"), person.left_on)
                    for words in what_broke(view.index, role, person, view.choice.tier)
                ),
                *renewal_evidence(view),
            ),
            _way_on(view, role, person),
            (person.id, role.value, str(person.left_on)),
            view.index.term.decision_date if view.index.term else None,
            9,
        )


def _way_on(view: View, role: Role, person: Person) -> Verb:
    """First the plan of 30 days; once there is one, whom it is to find."""
    if has_plan(view.index, person):
        return Verb("add_person", tr("Find a {0}").format(ROLE_WORDS[role]))
    return Verb("plan_departure", tr("Plan the next 30 days"))


def _newcomers(view: View) -> Iterator[Found]:
    """Somebody senior who came lately and has not met you: the window of 60 days (methods §5.4)."""
    if view.choice.tier not in _PLACED_HIGH:
        return
    fresh = [(day, p) for p in view.index.present() if (day := _came(view, p)) is not None]
    for day, person in sorted(fresh, key=lambda f: (f[0], f[1].name))[:1]:
        left = NEWCOMER_DAYS - view.index.days_since(day)
        yield Found(
            "newcomer",
            52,
            Group.THIS_WEEK,
            tr("{0} is new and has not met you").format(person.name),
            tr("{0} since {1}. {2} left of the first {3}.").format(
                person.title or tr("Here"), day_text(day, view.as_of),
                count_text(left, "day"), NEWCOMER_DAYS,
            ),
            (Evidence(tr("No contact with {0}").format(person.name), noted("touch log"), day),),
            Verb("log_touch", tr("Plan a meeting")),
            (person.id, day.isoformat()),
            day + timedelta(days=NEWCOMER_DAYS),
            8,
        )  # fmt: skip


def _came(view: View, person: Person) -> date | None:
    """The day a senior person nobody has met came, within the window; else None."""
    index = view.index
    if person.id in index.last_contact:
        return None
    seats = [s for s in index.file.seats if s.person_id == person.id]
    senior = is_senior_person(person) or any(s.role in _SENIOR for s in seats)
    told = (n.on for n in index.file.news if n.kind is NewsKind.JOINED and n.row_id == person.id)
    said = [d for d in (person.joined_on, *(s.since for s in seats)) if d is not None]
    # The snapshot that first holds somebody is later than the day they came.
    came = max(said or told, default=None)
    if not senior or came is None or not 0 <= index.days_since(came) <= NEWCOMER_DAYS:
        return None
    return came


def renewal_evidence(view: View) -> tuple[Evidence, ...]:
    """The renewal that is decided within 120 days, if there is one."""
    days = view.index.days_to_decision
    if days is None or view.index.term is None or not 0 <= days <= NEAR_RENEWAL:
        return ()
    return (
        Evidence(
            tr("Renewal is decided in {0}").format(count_text(days, "day")),
            noted("contract"),
            view.index.term.decision_date,
        ),
    )
