"""Three-state values: known, unknown, not applicable. Unknown is never zero and never neutral."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Never, TypeVar

T_co = TypeVar("T_co", covariant=True)


class State(StrEnum):
    """Whether a value is known."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Fact(Generic[T_co]):
    """A value with its state; `value` is None exactly when the state is not known."""

    value: T_co | None
    state: State = State.KNOWN

    def __post_init__(self) -> None:
        if (self.value is not None) != (self.state is State.KNOWN):
            raise ValueError("a fact has a value exactly when it is known")

    @property
    def is_known(self) -> bool:
        """True when there is a value."""
        return self.state is State.KNOWN


UNKNOWN: Fact[Never] = Fact(None, State.UNKNOWN)
NOT_APPLICABLE: Fact[Never] = Fact(None, State.NOT_APPLICABLE)


def fact(value: T_co | None) -> Fact[T_co]:
    """The known fact of `value`, or UNKNOWN for None."""
    return UNKNOWN if value is None else Fact(value)
