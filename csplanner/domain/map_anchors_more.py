"""The guided choice of politics, adaptability, orientation, how they see us, and level."""

from csplanner.domain.map_guide import Anchor, Answer, Guide, Question, Verdict, guide_of
from csplanner.domain.person import Adaptability, Level, Orientation, Politics, Relation
from csplanner.language import tr


def politics() -> Guide:
    """How near somebody stands to where it is decided, whatever the chart says."""
    inner = Anchor(
        Politics.INNER.value, tr("Inner circle"), tr("Is asked first and privately; two or three.")
    )
    structure = Anchor(
        Politics.STRUCTURE.value, tr("In the structure"), tr("Is in the room when it is decided.")
    )
    outside = Anchor(Politics.OUTSIDE.value, tr("Outside"), tr("Learns of it when it is decided."))
    first = Question(
        "asked",
        tr("Before something is decided, who asks them?"),
        (
            Answer(
                tr("Those who decide, first and privately"),
                Verdict(inner.value, tr("Those who decide ask them first.")),
            ),
            Answer(tr("They are in the room when it is decided"), "before"),
            Answer(
                tr("They are asked for their own part"),
                Verdict(structure.value, tr("They are asked for their own part.")),
            ),
            Answer(
                tr("Nobody; they learn of it later"),
                Verdict(outside.value, tr("They learn of it when it is decided.")),
            ),
            Answer(
                tr("I do not know"),
                Verdict(None, tr("Ask whom the decider called before the last decision.")),
            ),
        ),
    )
    second = Question(
        "before",
        tr("Do they know the outcome before the meeting?"),
        (
            Answer(tr("Mostly"), Verdict(inner.value, tr("They know before the meeting."))),
            Answer(
                tr("Hardly ever"),
                Verdict(structure.value, tr("They are in the room, and learn it there.")),
            ),
        ),
    )
    return guide_of(
        "politics", tr("Political standing"), (inner, structure, outside), (first, second)
    )


def adaptability() -> Guide:
    """How they took to the last new thing."""
    found = (
        Anchor(Adaptability.INNOVATOR.value, tr("Innovator"), tr("Tried it before anybody asked.")),
        Anchor(
            Adaptability.VISIONARY.value, tr("Visionary"), tr("Saw early what it changes; pushed.")
        ),
        Anchor(
            Adaptability.PRAGMATIST.value, tr("Pragmatist"), tr("Wanted to see it work elsewhere.")
        ),
        Anchor(
            Adaptability.CONSERVATIVE.value, tr("Conservative"), tr("Moved when most others had.")
        ),
        Anchor(
            Adaptability.LAGGARD.value, tr("Laggard"), tr("Held out until the old way was gone.")
        ),
    )
    asked = tr("When a new tool or process came last, what did they do?")
    unknown = tr("Ask how the last new tool was brought in, and who came late.")
    return guide_of(
        "adaptability", tr("Takes to new ways"), found, (_pick("new", asked, found, unknown),)
    )


def orientation() -> Guide:
    """What they ask first."""
    found = (
        Anchor(Orientation.FINANCIAL.value, tr("Money"), tr("What it costs and what it saves.")),
        Anchor(
            Orientation.TECHNICAL.value, tr("Technology"), tr("How it works and what it needs.")
        ),
        Anchor(
            Orientation.RELATIONSHIP.value, tr("People"), tr("Who is behind it, who else does.")
        ),
        Anchor(Orientation.BUSINESS.value, tr("Business"), tr("What it changes for their goals.")),
    )
    asked = tr("What do they ask first when we propose something?")
    unknown = tr("Listen for their first question in the next meeting.")
    return guide_of(
        "orientation", tr("Looks first at"), found, (_pick("first", asked, found, unknown),)
    )


def _relations() -> tuple[Anchor, ...]:
    return (
        Anchor(Relation.VENDOR.value, tr("Vendor"), tr("For price, delivery and support.")),
        Anchor(Relation.CREDIBLE.value, tr("Credible source"), tr("For facts they rely on.")),
        Anchor(
            Relation.SOLVER.value,
            tr("Problem solver"),
            tr("With a problem, before they look elsewhere."),
        ),
        Anchor(
            Relation.ADVISOR.value,
            tr("Trusted advisor"),
            tr("With a plan, before it is decided."),
        ),
    )


def relation_now() -> Guide:
    """What they come to us for."""
    found = _relations()
    asked = tr("What did they last come to us for, without being asked?")
    unknown = tr("They have not come to us yet; ask what they would come for.")
    return guide_of(
        "relation_now", tr("How they see us"), found, (_pick("came", asked, found, unknown),)
    )


def relation_wanted() -> Guide:
    """What they would have to come to us for, so that your plan comes true."""
    found = _relations()
    asked = tr("For your plan to come true, what must they come to us for?")
    unknown = tr("Decide it when the plan of the account is written.")
    return guide_of(
        "relation_wanted",
        tr("How they should see us"),
        found,
        (_pick("plan", asked, found, unknown),),
    )


def level() -> Guide:
    """How high somebody stands, by whom they lead; a title does not say it."""
    found = (
        Anchor(Level.EXEC.value, tr("Executive"), tr("Answers for a whole area of the firm.")),
        Anchor(Level.DIRECTOR.value, tr("Director"), tr("Leads people who lead others.")),
        Anchor(Level.MANAGER.value, tr("Manager"), tr("Leads a team.")),
        Anchor(Level.USER.value, tr("User"), tr("Leads nobody.")),
    )
    asked = tr("Whom do they lead?")
    unknown = tr("Ask who reports to them.")
    return guide_of("level", tr("Level"), found, (_pick("lead", asked, found, unknown),))


def _pick(key: str, asked: str, found: tuple[Anchor, ...], unknown: str) -> Question:
    """One question whose answers are the anchors themselves."""
    answers = [Answer(a.words, Verdict(a.value, f"{asked} {a.words}")) for a in found]
    return Question(key, asked, (*answers, Answer(tr("I do not know"), Verdict(None, unknown))))
