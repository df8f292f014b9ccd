"""Changes of cells planned before they are made: what would change, what cannot, and the effect."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from csplanner.book.book import Book
from csplanner.domain.capacity import promised_after
from csplanner.domain.money import Money
from csplanner.domain.overview import Overview
from csplanner.domain.tiers import refusal
from csplanner.domain.wording import tier_word
from csplanner.errors import UserError
from csplanner.language import ntr, tr
from csplanner.ui.book.cell_values import FIELDS, FIXED, Choice, Reading
from csplanner.ui.book.columns import COLUMNS, Col
from csplanner.ui.book.words import hours_change
from csplanner.ui.widgets import format as words

MOST_CELLS = 20_000
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text for one cell: the row id of its account, and the column."""

    row_id: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A value for one cell."""

    account_id: str
    column: int
    value: Any


@dataclass(frozen=True, slots=True)
class Refused:
    """A cell that cannot be set, and why."""

    name: str
    column: int
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What changing cells comes to.

    `lines` are the accounts as they will look, by row id. `hours` a quarter, in thousandths, and
    `arr` are what it adds. `unexplained` accounts go to another tier than the rule's without a
    reason.
    """

    edits: tuple[Edit, ...] = ()
    refused: tuple[Refused, ...] = ()
    lines: dict[int, Overview] = field(default_factory=dict)
    hours: int = 0
    arr: tuple[Money, ...] = ()
    unexplained: int = 0
    unit: str = "month"
    beyond: int = 0
    """Cells of what was pasted that lie outside the table and go nowhere."""

    @property
    def accounts(self) -> int:
        """How many accounts change."""
        return len({edit.account_id for edit in self.edits})

    @property
    def columns(self) -> str:
        """The names of the columns that change: `Next step, Owner`."""
        places = dict.fromkeys(edit.column for edit in self.edits)
        return ", ".join(tr(COLUMNS[place].title) for place in sorted(places))

    @property
    def emptied(self) -> int:
        """How many cells lose what they hold."""
        return sum(edit.value in (None, "", ()) for edit in self.edits)

    def text(self) -> str:
        """`3 accounts, 5 cells, +12 h a month, +$30k ARR`."""
        parts = [words.plural(self.accounts, "account"), words.plural(len(self.edits), "cell")]
        return ", ".join([*parts, *effect(self.hours, self.arr, self.unit)])


def effect(hours: int, arr: Sequence[Money], unit: str) -> list[str]:
    """What a change adds, in words: `+12 h a month`, `+$30k ARR`; nothing where it adds nothing."""
    found = [hours_change(hours, unit)] if hours else []
    for amount in arr:
        sign = "+" if amount.minor > 0 else words.MINUS
        money = words.money(abs(amount.minor), amount.currency)
        found.append(tr("{0} ARR").format(f"{sign}{money}"))
    return found


def reading_of(book: Book) -> Reading:
    """What reading a cell needs to know of a book."""
    return Reading(book.today, book.settings.currency)


def check(line: Overview, column: int, value: object) -> str:
    """Why an account cannot have a value, in a sentence; empty when it can."""
    if column == Col.TIER and isinstance(value, Choice):
        return refusal(line, value.tier)
    if column == Col.STEP_DUE and value is not None and not line.next_step:
        return tr("Write the next step first, then the day it is due.")
    return ""


def needs_reason(line: Overview, choice: Choice) -> bool:
    """Whether a tier other than the rule's still wants a word on why."""
    rule = line.rule_tier
    return rule is not None and choice.tier is not rule and not choice.reason


def reason_sentence(line: Overview, choice: Choice) -> str:
    """What asks for that word."""
    return tr("The rule says {0}. Say in a few words why you choose {1}.").format(
        tier_word(line.rule_tier), tier_word(choice.tier)
    )


def need_few(cells: int) -> None:
    """Raises UserError when these are more cells than are changed at once."""
    if cells > MOST_CELLS:
        sentence = tr("That is {0} cells at once. Choose {1} at most.")
        raise UserError(sentence.format(words.number(cells), words.number(MOST_CELLS)))


def plan(book: Book, wanted: Sequence[Wanted]) -> Plan:
    """Read every text and say what comes of it; nothing is written."""
    need_few(len(wanted))
    made = _Planning(book)
    by_row: dict[int, list[Wanted]] = {}
    for each in wanted:
        by_row.setdefault(each.row_id, []).append(each)
    ids = list(by_row)
    for at in range(0, len(ids), _AT_ONCE):
        for row_id, line in book.overview.by_id(ids[at : at + _AT_ONCE]).items():
            # A step stands before its day: the day alone may not be set.
            made.take(row_id, line, sorted(by_row[row_id], key=lambda one: one.column))
    return made.plan()


class _Planning:
    """Gathers the plan, account by account."""

    def __init__(self, book: Book) -> None:
        self._settings, self._as_of = book.settings, book.as_of()
        self._reading = reading_of(book)
        self._edits: list[Edit] = []
        self._refused: list[Refused] = []
        self._lines: dict[int, Overview] = {}
        self._arr: dict[str, int] = {}
        self._hours = self._unexplained = 0

    def take(self, row_id: int, line: Overview, wanted: Iterable[Wanted]) -> None:
        now = line
        for each in wanted:
            try:
                value = _read(each, self._reading.of(line))
                barred = check(now, each.column, value)
                if barred:
                    raise UserError(barred)
            except UserError as error:
                self._refused.append(Refused(line.name, each.column, str(error)))
                continue
            shown = FIELDS[each.column].show(now, value)
            if shown == now:
                continue
            now = shown
            self._edits.append(Edit(line.account_id, each.column, value))
            self._unexplained += isinstance(value, Choice) and needs_reason(line, value)
        if now != line:
            self._lines[row_id] = now
            self._add_effect(line, now)

    def _add_effect(self, line: Overview, now: Overview) -> None:
        if now.tier is not line.tier and now.tier is not None:
            after = promised_after(line, now.tier, self._settings, self._as_of)
            self._hours += after - line.hours_promised
        if now.arr != line.arr:
            for amount, sign in ((line.arr, -1), (now.arr, 1)):
                if amount is not None:
                    before = self._arr.get(amount.currency, 0)
                    self._arr[amount.currency] = before + sign * amount.minor

    def plan(self) -> Plan:
        arr = tuple(Money(minor, code) for code, minor in sorted(self._arr.items()) if minor)
        return Plan(
            tuple(self._edits), tuple(self._refused), self._lines, self._hours, arr,
            self._unexplained, self._settings.hours_per,
        )  # fmt: skip


def _read(wanted: Wanted, reading: Reading) -> object:
    known = FIELDS.get(wanted.column)
    if known is None:
        raise UserError(tr(FIXED[wanted.column]))
    if not wanted.text.strip() and not known.is_clearable:
        title = tr(COLUMNS[wanted.column].title)
        raise UserError(tr("{0} cannot be empty. Type another value instead.").format(title))
    return known.read(wanted.text, reading)


def refusals_text(refused: Sequence[Refused], most: int = 6) -> list[str]:
    """Why cells cannot be set, one line for each reason, with how many it concerns."""
    reasons: dict[tuple[int, str], list[str]] = {}
    for each in refused:
        reasons.setdefault((each.column, each.reason), []).append(each.name)
    lines = []
    for (column, reason), names in list(reasons.items())[:most]:
        title = tr(COLUMNS[column].title)
        who = names[0] if len(names) == 1 else words.plural(len(names), "account")
        lines.append(tr("{0}, {1}: {2}").format(who, title, reason))
    rest = len(reasons) - most
    if rest > 0:
        lines.append(ntr("and {0} more reason", "and {0} more reasons", rest))
    return lines
