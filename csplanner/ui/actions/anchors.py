"""What each answer from 0 to 4 means, item by item (methods §4.1)."""

from csplanner.language import noted

ANCHORS: dict[str, tuple[str, str, str, str, str]] = {
    "equipped.owner": (
        noted("Nobody owns it."),
        noted("Somebody is named but has no time for it."),
        noted("An owner gives it time when there is some."),
        noted("An owner has fixed hours for it."),
        noted("An owner and an administrator have it in their goals."),
    ),
    "equipped.trained": (
        noted("Nobody was trained."),
        noted("Up to a quarter of the intended users are trained and know what it is for."),
        noted("About half of them."),
        noted("About three quarters of them."),
        noted("Nearly all, and newcomers are trained without us."),
    ),
    "equipped.process": (
        noted("No process or use case is written down."),
        noted("A use case is talked about."),
        noted("A use case is written, their process is not."),
        noted("Their process is written and in use for one team."),
        noted("Their process is written, in use and kept up to date."),
    ),
    "equipped.integrated": (
        noted("No data or systems are connected."),
        noted("Data is brought in by hand now and then."),
        noted("Data is brought in regularly by hand."),
        noted("The main systems are connected."),
        noted("All they need is connected and watched by them."),
    ),
    "equipped.self_solving": (
        noted("Every question comes to us."),
        noted("Most routine questions come to us."),
        noted("About half are solved with documents or colleagues."),
        noted("Few routine questions come to us."),
        noted("Only what is new or broken comes to us."),
    ),
    "equipped.backing": (
        noted("No executive knows of it."),
        noted("An executive knows, without money or word."),
        noted("An executive speaks for it, money is open."),
        noted("An executive speaks for it and this year's money is there."),
        noted("An executive leads the change and its money is in the plan."),
    ),
    "equipped.resilience": (
        noted("Nobody there could run it."),
        noted("One person, who may leave."),
        noted("One person, with notes others could follow."),
        noted("Two people can run it."),
        noted("Three or more can, and it was proved in an absence."),
    ),
    "potential.whitespace": (
        noted("Nothing left to buy."),
        noted("Up to a quarter of what they could use is not bought."),
        noted("A quarter to a half is not bought."),
        noted("A half to three quarters is not bought."),
        noted("Three quarters or more is not bought."),
    ),
    "potential.growth": (
        noted("Their business shrinks."),
        noted("It stands still."),
        noted("It grows slowly."),
        noted("It grows well."),
        noted("It grows fast, with new places, teams or markets."),
    ),
    "potential.fit": (
        noted("Nothing we sell beyond this fits a goal of theirs."),
        noted("Something might, nobody has said so."),
        noted("Something fits a goal they mention."),
        noted("Something fits a goal they have stated."),
        noted("Something fits a goal they have stated, with an owner and a date."),
    ),
    "potential.strategic": (
        noted("Nothing beyond the revenue."),
        noted("A name worth showing."),
        noted("They speak for us when asked."),
        noted("They are a reference or open a market."),
        noted("They shape the product with us or bring others in."),
    ),
    "potential.appetite": (
        noted("No appetite, no way to money."),
        noted("Curious, no way to money."),
        noted("Willing, money must be found."),
        noted("Willing, and we know who holds the money."),
        noted("They ask for more and the money is in their plan."),
    ),
}

UNANSWERED = noted("Not answered. An unknown answer counts neither way.")
