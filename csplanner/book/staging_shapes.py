"""What a staged snapshot may hold: one shape per kind of record, with its columns and labels.

A staging table has the columns of the book's own table, all nullable: null means the snapshot
says nothing, so the book keeps what it has.
"""

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Column:
    """One value a snapshot may bring: its column, its name for people, and how it is stored."""

    name: str
    label: str
    kind: str = "text"
    """text, plain (may stay empty), fact (with a state), money, person (a link) or flag."""
    default: str = "''"
    """SQL of what a new row has when the snapshot says nothing."""
    once: bool = False
    """Set when the record is first seen: only an older snapshot may put it earlier."""

    @property
    def staged(self) -> tuple[str, ...]:
        """The columns that hold it in the staging table."""
        return (self.name, f"{self.name}_currency") if self.kind == "money" else (self.name,)

    @property
    def stored(self) -> tuple[str, ...]:
        """The columns that hold it in the book."""
        if self.kind == "money":
            return (self.name, f"{self.name}_currency", f"{self.name}_state")
        return (self.name, f"{self.name}_state") if self.kind == "fact" else (self.name,)

    def new_values(self, row: str) -> tuple[str, ...]:
        """SQL of the stored columns for a new row, read from the staged `row`."""
        cell = f'{row}."{self.name}"'
        state = f"iif({cell} is null, 'unknown', 'known')"
        if self.kind == "money":
            return (cell, f'iif({cell} is null, null, {row}."{self.name}_currency")', state)
        if self.kind == "fact":
            return (cell, state)
        return (
            (cell,) if self.kind in ("plain", "person") else (f"coalesce({cell}, {self.default})",)
        )

    def differs(self, staged: str, kept: str) -> str:
        """SQL condition: the staged row says something else than the kept one."""
        cell = f'{staged}."{self.name}"'
        same = f'{cell} is {kept}."{self.name}"'
        if self.kind == "money":
            name = f"{self.name}_currency"
            same = f'{same} and {staged}."{name}" is {kept}."{name}"'
        return f"({cell} is not null and not ({same}))"

    def earlier(self, staged: str, kept: str) -> str:
        """SQL condition: the staged row has an earlier day than the kept one."""
        return f'({staged}."{self.name}" < {kept}."{self.name}")'

    def shown(self, row: str) -> str:
        """SQL of the value as one text."""
        cell = f'{row}."{self.name}"'
        if self.kind == "money":
            return f"""{cell} || ' ' || {row}."{self.name}_currency" """
        return f"cast({cell} as text)"


@dataclass(frozen=True, slots=True)
class Shape:
    """One kind of record: its name in a snapshot, the book's table, and its columns."""

    object: str
    table: str
    one: str
    many: str
    columns: tuple[Column, ...]
    title: str
    """SQL over a staged row `s` that names it for people."""
    links: tuple[str, ...] = ()
    """Columns that hold the CRM's own ids of other records until they are resolved."""
    has_refs: bool = True
    """Whether the CRM's id of each record is remembered in `external_ref`."""

    @property
    def staging(self) -> str:
        """Name of the staging table."""
        return f"s_{self.object}"

    @property
    def staged_columns(self) -> tuple[str, ...]:
        """Every column of the staging table that a reader fills in, in order."""
        link = () if self.object == "account" else ("account_ref",)
        extra = ("name_key", "weak") if self.object == "account" else ()
        values = tuple(c for column in self.columns for c in column.staged)
        return ("file", "row", "ext", "id", "gone", *link, *self.links, *extra, *values)


def _text(name: str, label: str) -> Column:
    return Column(name, label)


def _plain(name: str, label: str) -> Column:
    return Column(name, label, "plain")


def _flag(name: str, label: str) -> Column:
    return Column(name, label, "flag", "0")


def _fact(name: str, label: str) -> Column:
    return Column(name, label, "fact")


def _money(name: str, label: str) -> Column:
    return Column(name, label, "money")


def _choice(name: str, label: str, default: str) -> Column:
    return Column(name, label, "text", f"'{default}'")


_ACCOUNT = Shape(
    "account", "account", "account", "accounts",
    (
        _text("name", "Name"), _text("sector", "Sector"), _text("city", "City"),
        _text("country", "Country"), _text("domain", "Web domain"), _text("owner", "Owner"),
        _text("segment", "Segment"), _money("arr", "ARR"), _fact("criticality", "Criticality"),
        _fact("customer_since", "Customer since"), _fact("first_value_on", "First value on"),
    ),
    "s.name",
)  # fmt: skip
_PERSON = Shape(
    "person", "person", "person", "people",
    (
        _text("name", "Name"), _choice("side", "Side", "theirs"), _text("title", "Title"),
        _text("email", "E-mail"), _text("phone", "Phone"), _text("department", "Department"),
        _choice("status", "Status", "active"), _plain("left_on", "Left on"),
        _plain("last_activity_on", "Last activity"), Column("reports_to", "Reports to", "person"),
    ),
    "s.name",
    ("reports_ref",),
)  # fmt: skip
_SEAT = Shape(
    "seat", "seat", "seat", "seats",
    (
        _choice("role", "Role", "user"), Column("person_id", "Person", "person"),
        _fact("influence", "Influence"), _fact("mood", "Mood"),
    ),
    "s.role",
    ("person_ref",),
    has_refs=False,
)  # fmt: skip
_TERM = Shape(
    "term", "term", "contract term", "contract terms",
    (
        _plain("start", "Start"), _plain("end", "End"), _fact("notice_deadline", "Notice deadline"),
        _plain("ordinal", "Number of the term"), _money("arr", "ARR of the term"),
        _choice("outcome", "Outcome", "undecided"), _flag("notice_given", "Notice given"),
    ),
    "'Term to ' || s.\"end\"",
)  # fmt: skip
_OPPORTUNITY = Shape(
    "opportunity", "opportunity", "opportunity", "opportunities",
    (
        _text("name", "Name"), _text("stage", "Stage"), _choice("state", "State", "open"),
        _choice("kind", "Kind", "other"), _money("amount", "Amount"),
        _plain("close_on", "Close date"),
        Column("first_close_on", "First close date", "plain", once=True),
        _plain("probability", "Probability"),
        _text("next_step", "Next step"), _text("loss_reason", "Loss reason"),
    ),
    "s.name",
)  # fmt: skip
_CASE = Shape(
    "case", "support_case", "case", "cases",
    (
        _text("number", "Number"), _text("subject", "Subject"), _text("status", "Status"),
        _choice("priority", "Priority", "medium"), _plain("opened_on", "Opened on"),
        _plain("closed_on", "Closed on"), _flag("is_closed", "Closed"),
        _flag("escalated", "Escalated"), Column("person_id", "Person", "person"),
        _fact("satisfaction", "Satisfaction"),
    ),
    "coalesce(nullif(s.subject, ''), 'Case ' || coalesce(s.number, s.ext))",
    ("person_ref",),
)  # fmt: skip
_SUBSCRIPTION = Shape(
    "subscription", "subscription", "subscription", "subscriptions",
    (
        _text("product", "Product"), _plain("start", "Start"), _plain("end", "End"),
        _plain("seats", "Seats"), _money("arr", "ARR"), _flag("is_trial", "Trial"),
        _plain("auto_renew", "Renews by itself"), _flag("superseded", "Superseded"),
    ),
    "coalesce(s.product, 'Subscription')",
    ("is_plan",),
)  # fmt: skip
_EXIT = Shape(
    "exit", "exit", "exit", "exits",
    (
        _plain("on", "On"), _text("outcome", "Outcome"), _text("destination", "Destination"),
        _text("cause", "Cause"), _text("evidence", "Evidence"),
        _flag("is_reactivation", "Came back"),
    ),
    "'Exit on ' || s.\"on\"",
)  # fmt: skip
_TOUCH = Shape(
    "touch", "touch", "touch", "touches",
    (
        _plain("on", "On"), _choice("channel", "Channel", "other"), _text("topic", "Topic"),
        _text("note", "Note"), _plain("minutes", "Minutes"), _flag("two_way", "Two-way"),
        _fact("meaningful", "Meaningful"),
    ),
    "coalesce(nullif(s.topic, ''), s.channel)",
    ("person_ref",),
)  # fmt: skip
_MEASUREMENT = Shape(
    "measurement", "measurement", "measurement", "measurements",
    (
        _text("measure", "Measure"), _text("dimension", "Part"), _fact("value", "Value"),
        _plain("as_of", "As of"), _text("source", "Source"), _text("note", "Note"),
    ),
    "s.measure",
    ("subscription_ref",),
    has_refs=False,
)  # fmt: skip

SHAPES = MappingProxyType(
    {
        s.object: s
        for s in (
            _ACCOUNT, _PERSON, _SEAT, _TERM, _OPPORTUNITY, _CASE, _SUBSCRIPTION, _EXIT, _TOUCH,
            _MEASUREMENT,
        )
    }
)  # fmt: skip
"""Every kind of record by its name in a snapshot, parents before children."""
