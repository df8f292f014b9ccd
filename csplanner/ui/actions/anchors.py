"""What each answer from 0 to 4 means, item by item (methods §4.1)."""

ANCHORS: dict[str, tuple[str, str, str, str, str]] = {
    "equipped.owner": (
        "Nobody owns it.",
        "Somebody is named but has no time for it.",
        "An owner gives it time when there is some.",
        "An owner has fixed hours for it.",
        "An owner and an administrator have it in their goals.",
    ),
    "equipped.trained": (
        "Nobody was trained.",
        "Up to a quarter of the intended users are trained and know what it is for.",
        "About half of them.",
        "About three quarters of them.",
        "Nearly all, and newcomers are trained without us.",
    ),
    "equipped.process": (
        "No process or use case is written down.",
        "A use case is talked about.",
        "A use case is written, their process is not.",
        "Their process is written and in use for one team.",
        "Their process is written, in use and kept up to date.",
    ),
    "equipped.integrated": (
        "No data or systems are connected.",
        "Data is brought in by hand now and then.",
        "Data is brought in regularly by hand.",
        "The main systems are connected.",
        "All they need is connected and watched by them.",
    ),
    "equipped.self_solving": (
        "Every question comes to us.",
        "Most routine questions come to us.",
        "About half are solved with documents or colleagues.",
        "Few routine questions come to us.",
        "Only what is new or broken comes to us.",
    ),
    "equipped.backing": (
        "No executive knows of it.",
        "An executive knows, without money or word.",
        "An executive speaks for it, money is open.",
        "An executive speaks for it and this year's money is there.",
        "An executive leads the change and its money is in the plan.",
    ),
    "equipped.resilience": (
        "Nobody there could run it.",
        "One person, who may leave.",
        "One person, with notes others could follow.",
        "Two people can run it.",
        "Three or more can, and it was proved in an absence.",
    ),
    "potential.whitespace": (
        "Nothing left to buy.",
        "Up to a quarter of what they could use is not bought.",
        "A quarter to a half is not bought.",
        "A half to three quarters is not bought.",
        "Three quarters or more is not bought.",
    ),
    "potential.growth": (
        "Their business shrinks.",
        "It stands still.",
        "It grows slowly.",
        "It grows well.",
        "It grows fast, with new places, teams or markets.",
    ),
    "potential.fit": (
        "Nothing we sell beyond this fits a goal of theirs.",
        "Something might, nobody has said so.",
        "Something fits a goal they mention.",
        "Something fits a goal they have stated.",
        "Something fits a goal they have stated, with an owner and a date.",
    ),
    "potential.strategic": (
        "Nothing beyond the revenue.",
        "A name worth showing.",
        "They speak for us when asked.",
        "They are a reference or open a market.",
        "They shape the product with us or bring others in.",
    ),
    "potential.appetite": (
        "No appetite, no way to money.",
        "Curious, no way to money.",
        "Willing, money must be found.",
        "Willing, and we know who holds the money.",
        "They ask for more and the money is in their plan.",
    ),
}

UNANSWERED = "Not answered. An unknown answer counts neither way."
