"""The guided choice of influence and mood, by what somebody did and said."""

from csplanner.domain.map_guide import Anchor, Answer, Guide, Question, Verdict, guide_of
from csplanner.domain.map_lens import MOOD_WORDS
from csplanner.domain.wording import begin
from csplanner.language import tr


def influence() -> Guide:
    """1 to 5, by what happened because of them; a title is no answer."""
    anchors = (
        Anchor(1, tr("Carries out"), tr("Is told afterwards; nobody changes course for them.")),
        Anchor(2, tr("Heard in the team"), tr("Their own team follows; others do not ask.")),
        Anchor(3, tr("Asked before"), tr("Is asked before it is decided, by other teams too.")),
        Anchor(4, tr("Turns decisions"), tr("People above follow, or they stopped something.")),
        Anchor(5, tr("Decides"), tr("Makes the decision, or overrules those above.")),
    )
    return guide_of(
        "influence", tr("Influence"), anchors,
        (_decision(), _stopped(), _followed(), _team()),
    )  # fmt: skip


def _decision() -> Question:
    return Question(
        "decision",
        tr("Think of the last decision that touched us. What was their part in it?"),
        (
            Answer(
                tr("They made it; nobody else had to agree"),
                Verdict(5, tr("They made the last decision that touched us alone.")),
            ),
            Answer(tr("They had to agree, or could have stopped it"), "stopped"),
            Answer(tr("They were asked before it was made"), "followed"),
            Answer(tr("They were told afterwards"), "team"),
            Answer(
                tr("I do not know"),
                Verdict(None, tr("Ask somebody who was there how the last decision came about.")),
            ),
        ),
    )


def _stopped() -> Question:
    return Question(
        "stopped",
        tr("Have they stopped or turned something?"),
        (
            Answer(
                tr("Yes, against somebody above them"),
                Verdict(5, tr("They overruled somebody above them.")),
            ),
            Answer(tr("Yes"), Verdict(4, tr("They stopped or turned a decision."))),
            Answer(
                tr("Not that I saw"),
                Verdict(3, tr("They must agree, and were never seen to stop anything.")),
            ),
        ),
    )


def _followed() -> Question:
    return Question(
        "followed",
        tr("Who follows their view?"),
        (
            Answer(tr("People above them"), Verdict(4, tr("People above follow their view."))),
            Answer(
                tr("Colleagues of other teams"),
                Verdict(3, tr("They are asked before it is decided, by other teams too.")),
            ),
            Answer(tr("Their own team"), Verdict(2, tr("Their own team follows their view."))),
            Answer(
                tr("Nobody I could name"),
                Verdict(1, tr("They are asked, and nobody is known to follow.")),
            ),
        ),
    )


def _team() -> Question:
    return Question(
        "team",
        tr("Would their team work differently if they said so?"),
        (
            Answer(tr("Yes"), Verdict(2, tr("They are told afterwards, and their team follows."))),
            Answer(tr("No"), Verdict(1, tr("They are told afterwards and carry it out."))),
        ),
    )


def mood() -> Guide:
    """−2 to +2, by what they said and did in the last 90 days; silence is unknown."""
    words = {
        2: tr("Speaks up for us when we are not there, or where it costs something."),
        1: tr("Agrees, praises, introduces; helps where it is easy."),
        0: tr("Works with us and takes no side."),
        -1: tr("Complains or puts us off, and still wants it mended."),
        -2: tr("Argues against us or for another, to others."),
    }
    anchors = tuple(Anchor(v, begin(MOOD_WORDS[v]), said) for v, said in words.items())
    unknown = Anchor(None, tr("Unknown"), tr("Not heard in 90 days. Silence is not neutral."))
    return guide_of("mood", tr("Mood"), (*anchors, unknown), (_said(), _cost(), _whom()))


def _said() -> Question:
    return Question(
        "said",
        tr("What did they say or do about us in the last 90 days?"),
        (
            Answer(
                tr("Spoke up for us when we were not there"),
                Verdict(2, tr("They spoke up for us when we were not there.")),
            ),
            Answer(tr("Helped: agreed, praised, introduced us"), "cost"),
            Answer(
                tr("Worked with us and took no side"),
                Verdict(0, tr("They work with us and take no side.")),
            ),
            Answer(tr("Complained, or put us off"), "whom"),
            Answer(
                tr("Argued against us, or for another"),
                Verdict(-2, tr("They argued against us."), wants_note=True),
            ),
            Answer(
                tr("Nothing I know of"),
                Verdict(None, tr("Silence is not neutral: ask them, or whom they talk to.")),
            ),
        ),
    )


def _cost() -> Question:
    return Question(
        "cost",
        tr("Did it cost them anything: time, standing, an argument?"),
        (
            Answer(tr("Yes"), Verdict(2, tr("They helped us where it cost them something."))),
            Answer(tr("No"), Verdict(1, tr("They helped us where it was easy."))),
        ),
    )


def _whom() -> Question:
    return Question(
        "whom",
        tr("To whom, and to what end?"),
        (
            Answer(
                tr("To us, so that we mend it"),
                Verdict(-1, tr("They complained to us and want it mended.")),
            ),
            Answer(
                tr("They put us off without a reason"),
                Verdict(-1, tr("They put us off without a reason.")),
            ),
            Answer(
                tr("To others, to be rid of us"),
                Verdict(-2, tr("They complained of us to others."), wants_note=True),
            ),
        ),
    )
