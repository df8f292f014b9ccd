"""What a view of the Book is made of: conditions as sentences, sorts and a grouping."""

from dataclasses import dataclass

FIRST_SORT = "renewal"


@dataclass(frozen=True, slots=True)
class Condition:
    """One sentence: field, operator, value (lower case words, ISO dates, plain numbers).

    `within` takes a number of days: ahead for what is to come, back for what has been. `also` are
    further values, of which any will do (none, after “is not”); `either` are further conditions
    of which any will do in place of this one.
    """

    field: str
    operator: str
    value: str = ""
    also: tuple[str, ...] = ()
    either: tuple["Condition", ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """Every value it names."""
        return (self.value, *self.also)

    @property
    def sides(self) -> tuple["Condition", ...]:
        """The conditions of which any will do, each without the others."""
        first = Condition(self.field, self.operator, self.value, self.also)
        return (first, *self.either)

    def __str__(self) -> str:
        from csplanner.domain.filters_text import condition_text

        return condition_text(self)


@dataclass(frozen=True, slots=True)
class Sort:
    """One order: by a field, the smallest first unless descending; unknown always comes last."""

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True, init=False)
class View:
    """What the Book shows: conditions (all must hold), sorts (the first counts most), grouping."""

    conditions: tuple[Condition, ...]
    sorts: tuple[Sort, ...]
    """At least one."""
    group: str
    """Empty, or a field of `filters_groups.GROUPS`."""

    def __init__(
        self,
        conditions: tuple[Condition, ...] = (),
        sort: str | None = None,
        descending: bool | None = None,
        group: str = "",
        *,
        sorts: tuple[Sort, ...] = (),
    ) -> None:
        """Sort by `sorts`; `sort` stands for one alone, `descending` turns the first around."""
        first = sorts[0] if sorts else Sort(FIRST_SORT)
        if sort is not None:
            sorts = (Sort(sort, bool(descending)),)
        elif descending is not None:
            sorts = (Sort(first.field, descending), *sorts[1:])
        object.__setattr__(self, "conditions", conditions)
        object.__setattr__(self, "sorts", sorts or (first,))
        object.__setattr__(self, "group", group)

    @property
    def sort(self) -> str:
        """The field that counts most."""
        return self.sorts[0].field

    @property
    def descending(self) -> bool:
        """Whether the largest of it comes first."""
        return self.sorts[0].descending

    @property
    def looks_back(self) -> bool:
        """Whether finding its accounts means looking through what was kept of the past."""
        from csplanner.domain.filters_fields import CHANGES, field_of

        sides = [side for condition in self.conditions for side in condition.sides]
        return any(s.operator in CHANGES or field_of(s.field).kind == "measure" for s in sides)

    def __str__(self) -> str:
        from csplanner.domain.filters_view import view_text

        return view_text(self)

    def sorted_by(self, field: str, *, descending: bool, further: bool = False) -> "View":
        """The view sorted by one field alone, or by it after the sorts it has."""
        sort = Sort(field, descending)
        if not further:
            return View(self.conditions, group=self.group, sorts=(sort,))
        known = tuple(sort if s.field == field else s for s in self.sorts)
        sorts = known if sort in known else (*known, sort)
        return View(self.conditions, group=self.group, sorts=sorts)
