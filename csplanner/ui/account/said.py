"""How a judged value came to be known, in words: from whom, when, and what it was before."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from csplanner.book.book import Book
from csplanner.domain.evidence import EvidenceKind, FieldChange
from csplanner.domain.index import FileIndex
from csplanner.domain.measures import EQUIPPED_ITEMS, POTENTIAL_ITEMS
from csplanner.domain.tenure import Tenure
from csplanner.domain.wording import one_line, quoted
from csplanner.language import noted, tr
from csplanner.ui import veil
from csplanner.ui.widgets import format as words

_PULSES = 12
_KINDS = {
    EvidenceKind.OBSERVED: noted("observed"),
    EvidenceKind.TOLD: noted("told"),
    EvidenceKind.GUESSED: noted("guessed"),
}
_SET = noted("set")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Background:
    """What stands behind the judged values of an account: by table, row and column, newest first;
    and who held each seat before. `csm` is your own name.
    """

    said: dict[tuple[str, str, str], tuple[FieldChange, ...]] = field(default_factory=dict)
    tenures: tuple[Tenure, ...] = ()
    csm: str = ""

    def of(self, table: str, row_id: str, column: str) -> tuple[FieldChange, ...]:
        """The changes of one value, newest first."""
        return self.said.get((table, row_id, column), ())

    def how(self, table: str, row_id: str, column: str, today: date) -> str:
        """`told by Dana’s assistant, 12 Mar`; empty where nobody said how they know."""
        found = self.of(table, row_id, column)
        if not found or (found[0].evidence is EvidenceKind.UNSAID and not found[0].note):
            return ""
        return how_words(found[0], today, self.csm)

    def before(self, seat_id: str) -> tuple[Tenure, ...]:
        """Who held a seat before, newest first."""
        return tuple(t for t in reversed(self.tenures) if t.seat_id == seat_id)


def background(book: Book, index: FileIndex) -> Background:
    """Read what stands behind the judged values of an account."""
    file, history = index.file, book.field_history
    account = file.account.id
    wanted = [("seat", seat.id) for seat in file.seats]
    wanted += [("pulse", pulse.id) for pulse in file.pulses[-_PULSES:]]
    for item in (*EQUIPPED_ITEMS, *POTENTIAL_ITEMS):
        newest = index.newest(item)
        if newest is not None:
            wanted.append(("measurement", newest.id))
    said: dict[tuple[str, str, str], tuple[FieldChange, ...]] = {}
    for table, row_id in wanted:
        _sort_in(said, table, row_id, history.of(table, row_id))
    for column in ("criticality", "regrettable"):
        _sort_in(said, "account", account, history.of("account", account, column))
    return Background(said, book.tenures.of(account), book.settings.csm)


def how_words(change: FieldChange, today: date, csm: str = "") -> str:
    """`told by Dana’s assistant, 12 Mar`, `observed, 3 Feb, “in the QBR”`."""
    kind = tr(_KINDS.get(change.evidence, _SET))
    yours = change.said_by in ("", csm, "csm")
    by = (
        tr(" by {0}").format(one_line(change.said_by))
        if not yours
        else tr(" by you")
        if change.evidence not in _KINDS
        else ""
    )
    note = f", {quoted(veil.note(one_line(change.note)))}" if change.note else ""
    return f"{kind}{by}, {words.day(change.as_of, today)}{note}"


def value_line(
    title: str,
    changes: Sequence[FieldChange],
    today: date,
    *,
    csm: str = "",
    shown: Callable[[str], str] = str,
) -> str:
    """`Influence 4, told by Dana’s assistant, 12 Mar; was 2`; empty without a history."""
    if not changes:
        return ""
    newest = changes[0]
    now = shown(newest.became) if newest.became else tr(words.UNKNOWN)
    was = next((c.was for c in changes if c.was != newest.became), None)
    earlier = tr("; was {0}").format(shown(was)) if was else ""
    return f"{title} {now}, {how_words(newest, today, csm)}{earlier}"


def judged_note(behind: Background, account_id: str, today: date) -> str:
    """How criticality and regret are known, a line each; empty where nobody set them."""
    said = [
        value_line(
            title, behind.of("account", account_id, column), today, csm=behind.csm, shown=shown
        )
        for title, column, shown in (
            (tr("How critical we are, 0 to 3:"), "criticality", str),
            (tr("Losing them regrettable:"), "regrettable", str),
        )
    ]
    return "\n".join(line for line in said if line)


def tenure_words(tenure: Tenure, name: str, today: date) -> str:
    """`Dana Kovač until 3 Mar, left`; the days that are known."""
    since = tr(" from {0}").format(words.day(tenure.since, today)) if tenure.since else ""
    until = tr(" until {0}").format(words.day(tenure.until, today)) if tenure.until else ""
    why = f", {veil.note(one_line(tenure.why))}" if tenure.why else ""
    return f"{one_line(name)}{since}{until}{why}"


def _sort_in(
    said: dict[tuple[str, str, str], tuple[FieldChange, ...]],
    table: str,
    row_id: str,
    changes: Iterable[FieldChange],
) -> None:
    for change in changes:
        key = (table, row_id, change.field)
        said[key] = (*said.get(key, ()), change)
