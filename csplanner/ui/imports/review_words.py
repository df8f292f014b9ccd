"""Words of the review: an account's heading and a changed field as they are shown and heard."""

from dataclasses import dataclass
from datetime import date

from csplanner.book.staged_review import ChangedAccount, ReviewedField, is_open
from csplanner.book.staging_kept import KEPT, UNCHANGED
from csplanner.book.staging_pages import DECIDED, FieldChange
from csplanner.book.staging_rules import ALWAYS_THEIRS, ALWAYS_YOURS
from csplanner.domain.measures import MEASURES, WATCHED
from csplanner.language import Spoken, noted, tr
from csplanner.paint.marks import mark_words
from csplanner.ui.actions.typed import day_shown
from csplanner.ui.imports.words import one_line, value
from csplanner.ui.widgets.format import UNKNOWN, day, days_left, money, number, plural

_OWN = "other."
"""What the measures of a book's own are called begins so."""
TAKE, KEEP, UNDECIDED = "take", "keep", "undecided"
_WHY = Spoken(
    {
        "gone": noted("deleted in the CRM"),
        "absent": noted("not in the files"),
        "cleared": noted("empty in the file"),
        "reopened": noted("goes on in the CRM"),
        "moved": noted("moved in the CRM"),
    }
)
_REASONS = Spoken(
    {
        UNCHANGED: noted("Unchanged in the CRM since you set it"),
        ALWAYS_YOURS: noted("You always keep yours"),
        ALWAYS_THEIRS: noted("You always take theirs"),
    }
)


@dataclass(frozen=True, slots=True)
class Group:
    """The heading of an account in the review, with how many of its fields differ."""

    account_id: str
    name: str
    fields: int
    is_open: bool
    detail: str = ""
    """What tells it from another account of the same name."""
    band: str = "none"
    worth: str = ""
    """Its ARR and when its renewal is decided."""

    @property
    def spoken(self) -> str:
        """The heading as a sentence."""
        state = tr("open") if self.is_open else tr("folded")
        name = f"{self.name} ({self.detail})" if self.detail else self.name
        health = tr("health {0}").format(mark_words(self.band))
        said = (name, health, plural(self.fields, "field"), self.worth, state)
        return ", ".join(filter(None, said))


@dataclass(frozen=True, slots=True)
class Line:
    """One field in the review: ready words, and what will happen to it."""

    id: int
    label: str
    detail: str
    was: str
    becomes: str
    note: str
    state: str
    is_conflict: bool

    @property
    def spoken(self) -> str:
        """The whole line as a sentence."""
        name = tr("{0} of {1}").format(self.label, self.detail) if self.detail else self.label
        happens = {
            TAKE: tr("take new"),
            KEEP: tr("keep mine"),
            UNDECIDED: tr("not decided, keeps your value"),
        }
        note = f", {self.note}" if self.note else ""
        return tr("{0}: {1} in your book, {2} in the file{3}, {4}").format(
            name, self.was, self.becomes, note, happens[self.state]
        )


def group_of(
    account: ChangedAccount, today: date, *, is_open: bool = True, detail: str = ""
) -> Group:
    """The heading of an account."""
    parts = []
    if account.arr is not None:
        parts.append(money(account.arr, account.currency))
    due = _day(account.due)
    if due is not None:
        left = days_left(due, today)
        parts.append(tr("renewal to decide by {0}, {1}").format(day(due, today), left))
    return Group(
        account.account_id,
        one_line(account.name),
        account.fields,
        is_open,
        detail,
        account.band,
        ", ".join(parts),
    )


def label_words(label: str) -> str:
    """What a field is called; figures are called by their measure."""
    if label in WATCHED:
        return WATCHED[label]
    if label in MEASURES:
        return MEASURES[label].title
    measure, _, part = label.partition(", ")
    if part and (measure in MEASURES or measure.startswith(_OWN)):
        return f"{label_words(measure)}, {part}"
    own = label.removeprefix(_OWN).replace("_", " ") if label.startswith(_OWN) else ""
    return own[:1].upper() + own[1:] if own else tr(label)


def state_of(change: FieldChange) -> str:
    """What will happen to a field: take, keep, or undecided (which keeps the book's value)."""
    if is_open(change):
        return UNDECIDED
    return TAKE if change.take else KEEP


def line_of(field: ReviewedField, today: date) -> Line:
    """A changed field as the review shows it."""
    change = field.change
    was, becomes = _pair(change)
    if change.field == "missing_since":
        was, becomes = tr("missing since {0}").format(was), tr("back in the file")
    return Line(
        change.id,
        label_words(change.title) if _is_figure(change) else tr(change.label),
        _detail(change),
        was,
        becomes,
        _note(field, today),
        state_of(change),
        change.is_conflict,
    )


def _is_figure(change: FieldChange) -> bool:
    return change.object == "measurement" and change.field == "value"


def _detail(change: FieldChange) -> str:
    """Which record of the account it is, where the field alone does not say it."""
    if change.object == "account" or _is_figure(change):
        return ""
    if change.object == "term":
        end = _day(change.title[-10:]) if change.field != "end" else None
        return tr("to {0}").format(day_shown(end)) if end is not None else ""
    return _without(one_line(change.account), one_line(change.title))


def _without(account: str, title: str) -> str:
    """The title of a record without the account's name it begins with."""
    rest = title.removeprefix(account).lstrip(" :,-–—·|/") if account else ""
    return rest or title


def _pair(change: FieldChange) -> tuple[str, str]:
    was, becomes = _said(change, change.was), _said(change, change.becomes)
    if was == becomes and change.kind == "money":
        return value("money_full", change.was), value("money_full", change.becomes)
    return was or tr(UNKNOWN), becomes or tr("no value")


_STATUS = Spoken(
    {
        "active": noted("active"),
        "left": noted("left"),
        "unverified": noted("no longer in the CRM"),
    }
)


def _said(change: FieldChange, raw: str | None) -> str:
    if raw and (change.object, change.field) == ("person", "status"):
        return _STATUS.get(raw, raw)
    return value(change.kind, raw)


def _note(field: ReviewedField, today: date) -> str:
    change = field.change
    if is_open(change) or (change.is_conflict and change.reason == DECIDED):
        since = _day(change.since)
        if since is None:
            return tr("You set this")
        return tr("You set this on {0}").format(day(since, today))
    kept = _day(change.kept_on)
    if kept is not None and change.reason == KEPT:
        return tr("You kept yours on {0}").format(day(kept, today))
    if change.reason not in ("", DECIDED):
        known = _REASONS.get(change.reason)
        return known if known is not None else tr(change.reason.rstrip("."))
    if change.how in _WHY:
        return _WHY[change.how]
    if change.how == "figure":
        before, now = _day(change.day_before), _day(change.day)
        return f"{day(before, today)} → {day(now, today)}"
    if field.moved == 1:
        return tr("moved once before")
    if field.moved:
        return tr("moved {0} times before").format(number(field.moved))
    return ""


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
