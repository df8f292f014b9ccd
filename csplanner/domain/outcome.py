"""Why customers leave, buy or do not buy more: the words of methods §7, kept apart."""

from enum import StrEnum


class ExitKind(StrEnum):
    """What a record of reasons is about."""

    EXIT = "exit"
    WIN = "win"
    NO_EXPANSION = "no_expansion"


class Control(StrEnum):
    """Whether we could have done something about it."""

    BY_US = "by_us"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


class Foreseen(StrEnum):
    """Whether anybody saw it coming."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class ToldBy(StrEnum):
    """Whose word the cause is; an inference of ours is marked as one."""

    SENIOR = "senior"
    DAY_TO_DAY = "day_to_day"
    INFERENCE = "inference"
    THIRD_PARTY = "third_party"
    UNKNOWN = "unknown"
