"""What a staged snapshot may hold: one shape per kind of record, with its columns and labels.

A staging table has the columns of the book's own table, all nullable: null means the snapshot
says nothing, so the book keeps what it has.
"""

from dataclasses import dataclass
from types import MappingProxyType

from csplanner.language import noted


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
        extra: tuple[str, ...] = ("name_key", "weak") if self.object == "account" else ()
        # Named by rows of other objects alone.
        extra += ("weak",) if self.object == "person" else ()
        # The CRM's ids: of the record it was merged into, and of those merged into it (`;`).
        if self.object in ("account", "person"):
            extra += ("merged_into", "merged_ids")
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
    "account",
    "account",
    noted("account"),
    noted("accounts"),
    (
        _text("name", noted("Name")),
        _text("sector", noted("Sector")),
        _text("city", noted("City")),
        _text("country", noted("Country")),
        _text("domain", noted("Web domain")),
        _text("owner", noted("Owner")),
        _text("segment", noted("Segment")),
        _money("arr", noted("ARR")),
        _fact("criticality", noted("Criticality")),
        _fact("customer_since", noted("Customer since")),
        _fact("first_value_on", noted("First value on")),
    ),
    "s.name",
)
_PERSON = Shape(
    "person",
    "person",
    noted("person"),
    noted("people"),
    (
        _text("name", noted("Name")),
        _choice("side", noted("Side"), "theirs"),
        _text("title", noted("Title")),
        _text("email", noted("E-mail")),
        _text("phone", noted("Phone")),
        _text("department", noted("Department")),
        _choice("status", noted("Status"), "active"),
        _plain("left_on", noted("Left on")),
        _plain("last_activity_on", noted("Last activity")),
        Column("reports_to", noted("Reports to"), "person"),
    ),
    "s.name",
    ("reports_ref",),
)
_SEAT = Shape(
    "seat",
    "seat",
    noted("seat"),
    noted("seats"),
    (
        _choice("role", noted("Role"), "user"),
        Column("person_id", noted("Person"), "person"),
        _fact("influence", noted("Influence")),
        _fact("mood", noted("Mood")),
    ),
    "s.role",
    ("person_ref",),
    has_refs=False,
)
_TERM = Shape(
    "term",
    "term",
    noted("contract term"),
    noted("contract terms"),
    (
        _plain("start", noted("Start")),
        _plain("end", noted("End")),
        _fact("notice_deadline", noted("Notice deadline")),
        _plain("ordinal", noted("Number of the term")),
        _money("arr", noted("ARR of the term")),
        _choice("outcome", noted("Outcome"), "undecided"),
        _flag("notice_given", noted("Notice given")),
    ),
    "'Term to ' || s.\"end\"",
)
_OPPORTUNITY = Shape(
    "opportunity",
    "opportunity",
    noted("deal"),
    noted("deals"),
    (
        _text("name", noted("Name")),
        _text("stage", noted("Stage")),
        _choice("state", noted("State"), "open"),
        _choice("kind", noted("Kind"), "other"),
        _money("amount", noted("Amount")),
        _plain("close_on", noted("Close date")),
        Column("first_close_on", noted("First close date"), "plain", once=True),
        _plain("probability", noted("Probability")),
        _text("next_step", noted("Next step")),
        _text("loss_reason", noted("Loss reason")),
    ),
    "s.name",
)
_CASE = Shape(
    "case",
    "support_case",
    noted("case"),
    noted("cases"),
    (
        _text("number", noted("Number")),
        _text("subject", noted("Subject")),
        _text("status", noted("Status")),
        _choice("priority", noted("Priority"), "medium"),
        _plain("opened_on", noted("Opened on")),
        _plain("closed_on", noted("Closed on")),
        _flag("is_closed", noted("Closed")),
        _flag("escalated", noted("Escalated")),
        Column("person_id", noted("Person"), "person"),
        _fact("satisfaction", noted("Satisfaction")),
    ),
    "coalesce(nullif(s.subject, ''), 'Case ' || coalesce(s.number, s.ext))",
    ("person_ref",),
)
_SUBSCRIPTION = Shape(
    "subscription",
    "subscription",
    noted("subscription"),
    noted("subscriptions"),
    (
        _text("product", noted("Product")),
        _plain("start", noted("Start")),
        _plain("end", noted("End")),
        _plain("seats", noted("Seats")),
        _money("arr", noted("ARR")),
        _flag("is_trial", noted("Trial")),
        _plain("auto_renew", noted("Renews by itself")),
        _flag("superseded", noted("Superseded")),
    ),
    "coalesce(s.product, 'Subscription')",
    ("is_plan",),
)
_EXIT = Shape(
    "exit",
    "exit",
    noted("exit"),
    noted("exits"),
    (
        _plain("on", noted("On")),
        _text("outcome", noted("Outcome")),
        _text("destination", noted("Destination")),
        _text("cause", noted("Cause")),
        _text("evidence", noted("Evidence")),
        _flag("is_reactivation", noted("Came back")),
    ),
    "'Exit on ' || s.\"on\"",
)
_TOUCH = Shape(
    "touch",
    "touch",
    noted("touch"),
    noted("touches"),
    (
        _plain("on", noted("On")),
        _choice("channel", noted("Channel"), "other"),
        _text("topic", noted("Topic")),
        _text("note", noted("Note")),
        _plain("minutes", noted("Minutes")),
        _flag("two_way", noted("Two-way")),
        _fact("meaningful", noted("Meaningful")),
    ),
    "coalesce(nullif(s.topic, ''), s.channel)",
    ("person_ref",),
)
_MEASUREMENT = Shape(
    "measurement",
    "measurement",
    noted("measurement"),
    noted("measurements"),
    (
        _text("measure", noted("Measure")),
        _text("dimension", noted("Part")),
        _fact("value", noted("Value")),
        _plain("as_of", noted("As of")),
        _text("source", noted("Source")),
        _text("note", noted("Note")),
    ),
    "s.measure",
    ("subscription_ref", "person_ref"),
    has_refs=False,
)
_TAG = Shape(
    "tag", "tag", noted("tag"), noted("tags"), (_text("word", noted("Tag")),), "s.word",
    has_refs=False,
)  # fmt: skip
_FURTHER = Shape(
    "account_person",
    "account_person",
    noted("further account"),
    noted("further accounts"),
    (Column("person_id", noted("Person"), "person"),),
    "'Further account'",
    ("person_ref",),
    has_refs=False,
)

SHAPES = MappingProxyType(
    {
        s.object: s
        for s in (
            _ACCOUNT,
            _PERSON,
            _SEAT,
            _TERM,
            _OPPORTUNITY,
            _CASE,
            _SUBSCRIPTION,
            _EXIT,
            _TOUCH,
            _MEASUREMENT,
            _TAG,
            _FURTHER,
        )
    }
)
"""Every kind of record by its name in a snapshot, parents before children."""
