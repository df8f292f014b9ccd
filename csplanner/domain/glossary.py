"""The terms of the trade with one line of meaning each: for hovering, and for the handbook."""

import re
from collections.abc import Mapping

from csplanner.domain.map_terms import MAP_ALSO, MAP_TERMS
from csplanner.language import current, noted, tr

_TERMS: dict[str, tuple[str, str]] = {
    "account": (noted("Account"), noted("A customer you look after, with its own contract.")),
    "touch": (
        noted("Touch"),
        noted(
            "A contact with the customer: a call, a meeting, an e-mail. Two-way ones count most."
        ),
    ),
    "tier": (
        noted("Tier"),
        noted("How much touch an account is promised: high, medium, low or digital."),
    ),
    "score": (
        noted("Score"),
        noted("Health from 0 to 100: the weighted mean of what is known, your feeling left out."),
    ),
    "sentiment": (
        noted("Sentiment"),
        noted("How you feel about the account, said by you on a scale of five before the score."),
    ),
    "gap": (
        noted("Gap"),
        noted("Score minus sentiment: far apart, one of the two has not seen something yet."),
    ),
    "yeah_but": (
        noted("Yeah, but…"),
        noted("The score is 25 points or more above your sentiment, or good while you are unsure."),
    ),
    "coverage": (
        noted("Coverage"),
        noted("The share of the evidence that is known; below 60 % there is no colour."),
    ),
    "bounds": (
        noted("Bounds"),
        noted("The score if everything unknown were 0, and if it were 100."),
    ),
    "band": (
        noted("Band"),
        noted("Good, watch or at risk: the range a score falls into, and what may cap it."),
    ),
    "cap": (
        noted("Cap"),
        noted("A fact that limits the band whatever the number says, such as notice given."),
    ),
    "arr": (
        noted("ARR"),
        noted("Annual recurring revenue: what the customer pays for a year of the subscription."),
    ),
    "renewal": (
        noted("Renewal"),
        noted("The customer’s decision to go on for another term, due before the notice date."),
    ),
    "notice": (
        noted("Notice date"),
        noted("The last day on which the customer can say that the contract shall end."),
    ),
    "sponsor": (
        noted("Sponsor"),
        noted("The person who pays for it and answers for its result on the customer’s side."),
    ),
    "champion": (
        noted("Champion"),
        noted("The person who wants it to succeed and speaks for it when you are not there."),
    ),
    "objective": (
        noted("Objective"),
        noted("What the customer wants to reach, in their own figure: from where, to where, when."),
    ),
    "promise": (
        noted("Promise"),
        noted("What one side said it would do for the other, with the day it is due."),
    ),
    "qbr": (
        noted("QBR"),
        noted("Quarterly business review: what was reached, what was not, and what comes next."),
    ),
    "nps": (
        noted("NPS"),
        noted("Net promoter score: promoters minus detractors, from −100 to 100."),
    ),
    "csat": (
        noted("CSAT"),
        noted("Customer satisfaction: the share of answers that were satisfied."),
    ),
    "ces": (
        noted("CES"),
        noted("Customer effort score: how easy it was for the customer to get something done."),
    ),
    "gross_retention": (
        noted("Gross retention"),
        noted(
            "The share of recurring revenue kept after losses and reductions; never above 100 %."
        ),
    ),
    "net_retention": (
        noted("Net retention"),
        noted("The share of recurring revenue kept after losses, with growth counted in."),
    ),
    "equipped": (
        noted("Equipped"),
        noted("How well the customer can work without you: the mean of seven answers."),
    ),
    "potential": (
        noted("Potential"),
        noted("How much more the account could become: the mean of five answers."),
    ),
    "criticality": (
        noted("Criticality"),
        noted("How fast a disruption becomes unacceptable to the customer, from 0 to 3."),
    ),
    "cadence": (
        noted("Cadence"),
        noted("How many days may pass between two-way touches before one is overdue."),
    ),
    "hours": (
        noted("Hours promised"),
        noted("The time a tier gives each account, set against the hours you have."),
    ),
    "placement": (
        noted("Placement"),
        noted("Your choice of a tier, with the reason and the day to look at it again."),
    ),
    "regrettable": (
        noted("Regrettable"),
        noted("Whether losing the account would be a loss, said before it happens."),
    ),
    "loyal_or_stuck": (
        noted("Loyal or stuck"),
        noted("Whether they would choose us again, or stay because leaving is hard."),
    ),
    "stage": (
        noted("Stage"),
        noted("Onboarding until first value is confirmed, then adoption, then mature."),
    ),
    "snapshot": (
        noted("Snapshot"),
        noted("An export of your CRM as of a day, read in and compared with the book."),
    ),
    "raci": (
        noted("Who looks after what"),
        noted("For each task who does it, who answers for it, who is asked and who is told."),
    ),
    "effective_contacts": (
        noted("Effective contacts"),
        noted("How many people your contacts rest on, when those with few count for less."),
    ),
    "stagnant": (
        noted("Stagnant"),
        noted("Everything bought is in use and nothing new came for three quarters."),
    ),
    "roles": (
        noted("Who is in touch"),
        noted("The roles an account should have, and for each whether somebody in it talks to us."),
    ),
    "spent": (
        noted("Hours spent"),
        noted("The time of the touches of the last month, set against the hours promised."),
    ),
    "rank": (
        noted("Rank"),
        noted("What is at stake, how little time is left, how much agrees, and how sure it is."),
    ),
    "lens": (
        noted("Two lenses"),
        noted("How we measure a result, and how the customer measures the same one."),
    ),
    "decision": (
        noted("Take new, keep mine"),
        noted("Of a field you set and the snapshot has otherwise: which of the two stands."),
    ),
    "conflict": (
        noted("Conflict"),
        noted("A field you set that a snapshot has otherwise: yours stays until you decide."),
    ),
    "recipe": (
        noted("Recipe"),
        noted("How the columns of a file are read, kept under a name for the next import."),
    ),
    "same_name": (
        noted("Same name?"),
        noted("Two accounts are called alike: only you can say whether they are one."),
    ),
    "changed": (
        noted("What changed"),
        noted("What a snapshot changed, in sentences, those that matter most first."),
    ),
    "view": (
        noted("View"),
        noted("Filters, groups, order and columns of the Book, kept under a name."),
    ),
    "step": (
        noted("Next step"),
        noted("The one thing to do next with the account, who does it, and by when."),
    ),
    **MAP_TERMS,
}

_ALSO: dict[str, tuple[str, ...]] = {
    "account": (noted("Accounts"),),
    "touch": (
        noted("Log a touch"), noted("Last touch"), noted("Touches"), noted("Touches overdue"),
    ),
    "tier": (noted("Tiers"), noted("Touch pyramid")),
    "score": (
        noted("Health"), noted("Score, measured"), noted("Mean score"),
        noted("What makes the score"), noted("Score and sentiment"),
    ),
    "sentiment": (noted("Sentiment, yours"), noted("Set sentiment…")),
    "coverage": (noted("Known"), noted("How sure we are"), noted("Evidence known")),
    "band": (noted("Bands of the score"), noted("Good from"), noted("Watch from")),
    "arr": (noted("ARR at stake"),),
    "renewal": (noted("Renewals"), noted("Renewal date")),
    "objective": (noted("Objectives"), noted("Objectives, in their own metrics")),
    "promise": (noted("Promises"),),
    "qbr": (noted("QBR prep"), noted("Reviews")),
    "potential": (noted("Equipped × potential"),),
    "criticality": (noted("If we stopped working"),),
    "cadence": (noted("Overdue after days"),),
    "hours": (
        noted("Hours"), noted("Promised"), noted("Hours and cadence"), noted("Hours a month"),
    ),
    "spent": (noted("Spent"), noted("Touch hours")),
    "placement": (
        noted("Place in the pyramid"), noted("Override log"), noted("What the rule says"),
    ),
    "regrettable": (noted("Regrettable if they left?"), noted("Eyes wide open")),
    "loyal_or_stuck": (noted("Would choose again"), noted("Would choose us again")),
    "snapshot": (noted("Import snapshot"), noted("Imported before")),
    "raci": (noted("Who does what"),),
    "roles": (noted("Required roles in touch"),),
    "rank": (noted("Why it ranks first"), noted("Why it ranks where it does")),
    "decision": (noted("Decision"), noted("Undecided")),
    "conflict": (noted("Conflicts"),),
    "recipe": (noted("Remember as"), noted("Remembered by imports")),
    "changed": (noted("What changed since the last snapshot"),),
    "view": (noted("Saved views"),),
    "step": (noted("Next steps"),),
    "nps": (noted("Journey experience"),),
    **MAP_ALSO,
}  # fmt: skip
"""Other words of the window for the same thing: heads, titles and captions that stand for it."""

_LONGEST = 40
_NUMBER = re.compile(r"^[\d.,−+-]+\s+|\s+[\d.,−+-]+( .*)?$")


def terms() -> tuple[str, ...]:
    """The keys of all terms, as they stand in the handbook: by their English word."""
    return tuple(sorted(_TERMS, key=lambda key: _TERMS[key][0].casefold()))


def word(key: str) -> str:
    """The term itself, such as `Gap`; KeyError when there is none of that key."""
    return tr(_TERMS[key][0])


def tip(key: str) -> str:
    """What the term means, in one sentence; KeyError when there is none of that key."""
    return tr(_TERMS[key][1])


def english(key: str) -> str:
    """The term as the handbook, which is in English, writes it; KeyError when there is none."""
    return _TERMS[key][0]


def key_of(text: str) -> str:
    """The key of the term a head, a title or a chip stands for; empty when it is none.

    Numbers around it and what follows a comma do not count: `Equipped  61 of 100`, `43 NPS`.
    """
    if not text or len(text) > _LONGEST:
        return ""
    known = _known()
    folded = text.strip().casefold()
    if folded in known:
        return known[folded]
    bare = _NUMBER.sub("", folded).strip()
    return known.get(bare) or known.get(bare.partition(", ")[0]) or ""


def meaning(text: str) -> str:
    """What the term means that a head, a title or a chip stands for; empty when it is none."""
    key = key_of(text)
    return tip(key) if key else ""


_KNOWN: dict[str, Mapping[str, str]] = {}


def _known() -> Mapping[str, str]:
    """The keys of terms by their words, folded, in the language spoken."""
    code = current().code
    if code not in _KNOWN:
        words = {tr(other).casefold(): key for key, others in _ALSO.items() for other in others}
        _KNOWN[code] = words | {word(key).casefold(): key for key in _TERMS}
    return _KNOWN[code]


def page() -> str:
    """The handbook’s page of words, in Markdown and English."""
    lines = ["# Words", ""]
    lines += ["Rest the pointer on one of these words in the window to read its line there.", ""]
    for key in terms():
        term, meaning = _TERMS[key]
        lines += [f"**{term}.** {meaning}", ""]
    return "\n".join(lines)
