"""The guided choice of a role, and the three yeses that make a champion (methods §5.1)."""

from collections.abc import Mapping

from csplanner.domain.map_guide import (
    YESES,
    Anchor,
    Answer,
    Guide,
    Question,
    Verdict,
    guide_of,
)
from csplanner.domain.map_lens import ROLE_TITLES
from csplanner.domain.person import Role
from csplanner.domain.wording import list_text
from csplanner.language import noted, tr

_MISSING = {
    "has_power": noted("power and influence"),
    "sells_for_us": noted("speaking for us when we are not there"),
    "has_interest": noted("a gain of their own"),
}


def role() -> Guide:
    """What somebody does when it comes to us."""
    words = {
        Role.SPONSOR: tr("Watches over it from above and clears the way."),
        Role.BUYER: tr("Says yes to the money when everybody else says no."),
        Role.DECIDES: tr("Says yes or no to us within a budget that is given."),
        Role.CHAMPION: tr("Has power, sells for us when we are not there, and gains by it."),
        Role.COACH: tr("Wants us to win and tells us how, without the power to do it."),
        Role.DAY_TO_DAY: tr("Runs our topics from day to day."),
        Role.FINANCE: tr("Looks after the budget and our bills."),
        Role.USER: tr("Uses it, or leads those who do."),
        Role.ADMIN: tr("Sets it up and looks after it."),
        Role.EVALUATOR: tr("Checks the technology and may refuse it."),
        Role.PROCUREMENT: tr("Negotiates price and terms."),
        Role.LEGAL: tr("Checks law, privacy and security."),
        Role.INFLUENCER: tr("Holds no vote, and others listen."),
        Role.SCEPTIC: tr("Said, wrote or voted against us."),
        Role.MEMBER: tr("In the picture, with no role found yet."),
    }
    anchors = tuple(Anchor(r.value, ROLE_TITLES[r], said) for r, said in words.items())
    first = Question(
        "part",
        tr("What do they do when it comes to us?"),
        (
            Answer(tr("Decide about us, or about the money"), "decide"),
            Answer(tr("Want us to win"), "has_power"),
            Answer(tr("Work with us, or use it"), "work"),
            Answer(tr("Check us, or the bill"), "check"),
            Answer(
                tr("Others listen to them"),
                _as(Role.INFLUENCER, tr("They hold no vote, and others listen to them.")),
            ),
            Answer(tr("Speak against us"), "against"),
            Answer(
                tr("I do not know"),
                _as(Role.MEMBER, tr("No role is found yet: ask what their part is.")),
            ),
        ),
    )
    rest = (_decide(), _engaged(), _work(), _check(), _against())
    return guide_of("role", tr("Role"), anchors, (first, *rest, *_three()))


def champion() -> Guide:
    """The three questions alone, for somebody called champion."""
    anchors = (
        Anchor(Role.CHAMPION.value, ROLE_TITLES[Role.CHAMPION], tr("Three yeses.")),
        Anchor(Role.COACH.value, ROLE_TITLES[Role.COACH], tr("One of the three is missing.")),
    )
    return guide_of("champion", tr("Champion or coach"), anchors, _three())


def yeses_verdict(answered: Mapping[str, bool | None]) -> Verdict:
    """Champion with three yeses, else coach, naming what is missing."""
    given = tuple((field, answered.get(field)) for field in _MISSING)
    refused = [tr(_MISSING[f]) for f, yes in given if yes is False]
    unknown = [tr(_MISSING[f]) for f, yes in given if yes is None]
    if not refused and not unknown:
        said = tr("They have power, sell for us when we are not there, and gain by it.")
        return Verdict(Role.CHAMPION.value, said, notes=given)
    parts = []
    if refused:
        parts.append(tr("Coach: it lacks {0}.").format(list_text(refused)))
    if unknown:
        parts.append(tr("Not known yet: {0}.").format(list_text(unknown)))
    return Verdict(Role.COACH.value, " ".join(parts), notes=given)


def _as(found: Role, because: str, *, wants_note: bool = False) -> Verdict:
    return Verdict(found.value, because, wants_note)


def _three() -> tuple[Question, ...]:
    return (
        _yes_or_no("has_power", tr("Have they moved somebody above them, or money?"), "sells"),
        _yes_or_no(
            "sells_for_us", tr("Have they spoken for us where we were not?"), "interest", "sells"
        ),
        _yes_or_no(
            "has_interest", tr("Do they gain something of their own if we succeed?"), YESES,
            "interest",
        ),
    )  # fmt: skip


def _yes_or_no(field: str, words: str, leads: str, key: str = "") -> Question:
    return Question(
        key or field,
        words,
        (
            Answer(tr("Yes, I saw or heard it"), leads, ((field, True),)),
            Answer(tr("No"), leads, ((field, False),)),
            Answer(tr("I do not know"), leads, ((field, None),)),
        ),
    )


def _decide() -> Question:
    return Question(
        "decide",
        tr("What do they decide?"),
        (
            Answer(
                tr("The money, even if everybody else says no"),
                _as(Role.BUYER, tr("They can say yes to the money when others say no.")),
            ),
            Answer(
                tr("Yes or no to us, within a given budget"),
                _as(Role.DECIDES, tr("They say yes or no to us within a given budget.")),
            ),
            Answer(tr("Nothing day to day; they stand above it"), "engaged"),
        ),
    )


def _engaged() -> Question:
    return Question(
        "engaged",
        tr("Have they done something for it in the last six months?"),
        (
            Answer(
                tr("Yes: met us, cleared the way, gave people or money"),
                _as(Role.SPONSOR, tr("They cleared the way for it in the last six months.")),
            ),
            Answer(
                tr("No, they are only named as sponsor"),
                _as(Role.MEMBER, tr("They are named as sponsor and were not seen to act as one.")),
            ),
        ),
    )


def _work() -> Question:
    return Question(
        "work",
        tr("Which is nearest?"),
        (
            Answer(
                tr("Runs our topics from day to day"),
                _as(Role.DAY_TO_DAY, tr("They run our topics from day to day.")),
            ),
            Answer(
                tr("Sets it up and looks after it"),
                _as(Role.ADMIN, tr("They set it up and look after it.")),
            ),
            Answer(
                tr("Uses it, or leads those who do"),
                _as(Role.USER, tr("They use it, or lead those who do.")),
            ),
        ),
    )


def _check() -> Question:
    return Question(
        "check",
        tr("What do they check?"),
        (
            Answer(tr("The technology"), _as(Role.EVALUATOR, tr("They check the technology."))),
            Answer(
                tr("Price and terms"),
                _as(Role.PROCUREMENT, tr("They negotiate price and terms.")),
            ),
            Answer(
                tr("Law, privacy or security"),
                _as(Role.LEGAL, tr("They check law, privacy or security.")),
            ),
            Answer(
                tr("The budget and our bills"),
                _as(Role.FINANCE, tr("They look after the budget and our bills.")),
            ),
        ),
    )


def _against() -> Question:
    return Question(
        "against",
        tr("How do you know?"),
        (
            Answer(
                tr("They said it, wrote it or voted so"),
                _as(Role.SCEPTIC, tr("They said, wrote or voted against us."), wants_note=True),
            ),
            Answer(
                tr("They are silent, or their title suggests it"),
                _as(Role.MEMBER, tr("Silence and a title are no evidence of opposition.")),
            ),
        ),
    )
