"""Which column becomes what: proposed with the reason, changed by people, kept as plain data."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from csplanner.crm.choosing import choose_columns
from csplanner.crm.fields import CATALOGUE, named_for, target
from csplanner.errors import UserError

DATES = frozenset(("date", "stamp", "created", "asof"))
NUMBERS = frozenset(("money", "thousandths", "asminutes"))
_NAMED = 3
"""Columns that are named where some are new or gone; of more it is said how many."""
BY_NAME = "Its name."
BY_YOU = "You chose this."
BY_MEMORY = "As last time."
_READ_AS = {
    "dmy": "day/month/year", "mdy": "month/day/year", "ymd": "year-month-day",
    ".": "number, 1,234.50", ",": "number, 1.234,50",
}  # fmt: skip
_KIND_WORDS = {
    "id": "id", "ref": "id", "email": "e-mail", "bool": "yes or no", "domain": "web address",
    "roles": "roles", "count": "whole number", "percent": "percent", "currency": "currency",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """One way a column of dates or figures can be read."""

    rule: str
    fails: int
    """How many of the cells looked at cannot be read so."""
    example: str = ""
    """A cell that shows the difference."""
    reads: str = ""
    """What that cell is when read so: an ISO day or a plain number; empty: nothing."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """One column of a file: what it becomes (`target` empty: left out) and how it is read."""

    header: str
    target: str
    why: str = ""
    samples: tuple[str, ...] = ()
    filled: int = 0
    rule: str = ""
    """dmy, mdy or ymd for dates; the decimal sign for numbers, empty: as each cell shows it."""
    readings: tuple[Reading, ...] = ()
    """The ways to read it, where there is more than one."""
    looked_at: int = 0
    """How many filled cells `readings` and `both_ways` count."""
    both_ways: int = 0
    """How many of those read two ways."""

    @property
    def read_as(self) -> str:
        """The reading rule in words."""
        if not self.target:
            return ""
        return rule_words(self.rule) or _KIND_WORDS.get(target(self.target).kind, "text")


def rule_words(rule: str) -> str:
    """A reading rule in words, empty for none."""
    return _READ_AS.get(rule, "")


def _columns_words(names: tuple[str, ...], word: str) -> str:
    """`columns “Tier” and “Region” are new`; of many the first."""
    said = [f"“{name}”" for name in names[:_NAMED]]
    if len(names) > _NAMED:
        said.append(f"{len(names) - _NAMED:,} more")
    listed = " and ".join(filter(None, (", ".join(said[:-1]), said[-1])))
    is_one = len(names) == 1
    return f"column{'' if is_one else 's'} {listed} {'is' if is_one else 'are'} {word}"


@dataclass(frozen=True, slots=True)
class Recalled:
    """The remembered mapping a file was read by."""

    id: str
    name: str
    used: int
    """How many imports used it."""
    last_used: str
    """The as-of date of the newest of them, ISO."""
    new: tuple[str, ...] = ()
    """Columns it did not know."""
    gone: tuple[str, ...] = ()
    """Columns it knew that the file lacks."""

    @property
    def changes(self) -> str:
        """What changed about the columns since, in words; empty for nothing."""
        parts = [
            _columns_words(names, word)
            for names, word in ((self.new, "new"), (self.gone, "gone"))
            if names
        ]
        said = f"{', '.join(parts)} since {self.last_used}." if parts else ""
        return said[:1].upper() + said[1:]


@dataclass(frozen=True, slots=True)
class FileMapping:
    """How one file is read. `object` is empty or not in the catalogue when it is not used."""

    file: str
    object: str
    source: str
    reason: str
    rows: int = 0
    columns: tuple[ColumnMapping, ...] = field(default=())
    recalled: Recalled | None = None
    """The remembered mapping it was read by."""
    remember: bool = True
    """Whether the import remembers it."""
    remember_as: str = ""
    """The name to remember it by; empty: as before, or by source and object."""
    encoding: str = ""
    """How the text of the file was read; empty: it is no text file."""

    @property
    def used(self) -> tuple[ColumnMapping, ...]:
        """The columns that are taken in."""
        return tuple(c for c in self.columns if c.target)

    def to_json(self) -> dict[str, Any]:
        """Plain data: what `from_json` reads and a `--mapping` file holds per file."""
        return asdict(self)

    def with_target(self, header: str, key: str) -> "FileMapping":
        """The mapping with one column changed; its former holder of that target is left out."""
        key = named_for(key, header)
        if key:
            target(key)
        columns = tuple(
            replace(c, target=key, why=BY_YOU)
            if c.header == header
            else replace(c, target="")
            if key and c.target == key
            else c
            for c in self.columns
        )
        return replace(self, columns=columns)

    def with_rule(self, header: str, rule: str) -> "FileMapping":
        """The mapping with one column read by another rule."""
        columns = tuple(replace(c, rule=rule) if c.header == header else c for c in self.columns)
        return replace(self, columns=columns)

    def with_object(self, object_: str) -> "FileMapping":
        """The mapping of a file whose rows are that object: its columns are proposed anew.

        Raises UserError for an object there is not.
        """
        if object_ not in CATALOGUE:
            known = ", ".join(sorted(CATALOGUE))
            raise UserError(f"“{object_}” is no kind of record. Say one of {known}.")
        chosen = choose_columns(
            object_, [c.header for c in self.columns], source=self.source, file=self.file
        )
        columns = tuple(
            ColumnMapping(c.header, goal.key if goal else "", goal.why if goal else "", c.samples)
            for c, goal in ((c, chosen.get(at)) for at, c in enumerate(self.columns))
        )
        return replace(self, object=object_, reason=BY_YOU, columns=columns, recalled=None)


def from_json(data: Mapping[str, Any]) -> FileMapping:
    """A mapping from plain data; raises UserError naming what is wrong."""
    try:
        head = {k: _word(data, k) for k in ("file", "object")}
        said = {k: _word(data, k, "") for k in ("source", "reason", "remember_as", "encoding")}
        columns = tuple(_column(c) for c in data["columns"])
        return FileMapping(
            **head, **said, rows=int(data.get("rows", 0)), columns=columns,
            recalled=_recalled(data.get("recalled")), remember=bool(data.get("remember", True)),
        )  # fmt: skip
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise UserError(f"The mapping cannot be read: {error}. Propose it anew.") from None


def _recalled(data: Mapping[str, Any] | None) -> Recalled | None:
    if data is None:
        return None
    new, gone = (tuple(str(h) for h in data.get(k, ())) for k in ("new", "gone"))
    name, day = _word(data, "name"), _word(data, "last_used")
    return Recalled(_word(data, "id"), name, int(data["used"]), day, new, gone)


def _word(data: Mapping[str, Any], name: str, otherwise: str | None = None) -> str:
    found = data[name] if otherwise is None else data.get(name, otherwise)
    if not isinstance(found, str):
        raise TypeError(f"“{name}” is no text")
    return found


def _column(data: Mapping[str, Any]) -> ColumnMapping:
    words = {k: _word(data, k, "") for k in ("target", "why", "rule")}
    if words["target"]:
        target(words["target"])
    if words["rule"] and words["rule"] not in _READ_AS:
        raise ValueError(f"“{words['rule']}” is no rule")
    samples = tuple(str(sample) for sample in data.get("samples", ()))
    readings = tuple(
        Reading(_word(r, "rule"), int(r["fails"]), _word(r, "example"), _word(r, "reads"))
        for r in data.get("readings", ())
    )
    filled, looked_at, both_ways = (
        int(data.get(k, 0)) for k in ("filled", "looked_at", "both_ways")
    )
    return ColumnMapping(
        _word(data, "header"), **words, samples=samples, filled=filled, readings=readings,
        looked_at=looked_at, both_ways=both_ways,
    )  # fmt: skip
