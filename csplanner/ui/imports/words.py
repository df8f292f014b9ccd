"""Words of the import: values as people write them, counts as sentences, lines of the review."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from csplanner.book.staging_shapes import SHAPES
from csplanner.domain.money import Money
from csplanner.domain.wording import list_text
from csplanner.language import tr
from csplanner.ui.actions.typed import day_shown
from csplanner.ui.widgets.format import UNKNOWN, money, money_full, number, plural

_LONGEST = 200
_ISO_DAY = re.compile(r"(?<![\w“-])\d{4}-\d\d-\d\d(?![\w”-])")
_NAME = 40
Counts = Mapping[str, Mapping[str, int]]


def value(kind: str, raw: str | None) -> str:
    """A staged value as people write it; empty for none."""
    if raw is None or raw == "":
        return ""
    if kind in ("money", "money_full"):
        amount = amount_of(raw)
        if amount is None:
            return one_line(raw)
        write = money_full if kind == "money_full" else money
        return write(amount.minor, amount.currency)
    if kind == "date":
        try:
            return day_shown(date.fromisoformat(raw[:10]))
        except ValueError:
            return one_line(raw)
    if kind == "flag":
        return tr("yes") if raw == "1" else tr("no")
    if kind == "thousandths" and raw.lstrip("-").isdigit():
        return _trimmed(int(raw))
    return one_line(raw)


def amount_of(raw: str | None) -> Money | None:
    """The amount in a staged text of minor units and currency; None when it is none."""
    minor, _, currency = (raw or "").strip().partition(" ")
    return Money(int(minor), currency) if minor.lstrip("-").isdigit() and currency else None


def _trimmed(thousandths: int) -> str:
    decimals = next(n for n in (0, 1, 2, 3) if thousandths % 10 ** (3 - n) == 0)
    return number(thousandths / 1000, decimals)


def one_line(text: str) -> str:
    """Text of the file on one line, at most 200 characters, without control characters."""
    plain = "".join(c if c.isprintable() else " " for c in text[: _LONGEST + 1])
    return plain[:_LONGEST] + "…" if len(plain) > _LONGEST else plain


def with_days(sentence: str) -> str:
    """The sentence with its days as days are written; what it quotes stays as the file has it."""
    return _ISO_DAY.sub(lambda found: value("date", found[0]), sentence)


# Sums


def new_accounts(counts: Counts) -> int:
    """How many accounts are new."""
    return counts.get("account", {}).get("new", 0)


def new_others(counts: Counts) -> int:
    """How many records other than accounts are new."""
    return sum(n.get("new", 0) for name, n in counts.items() if name != "account")


def unchanged(counts: Counts) -> int:
    """How many records are as they were."""
    return sum(n.get("same", 0) for n in counts.values())


def news(counts: Counts, taken: int, missing: int = 0, *, further: Sequence[str] = ()) -> str:
    """`27 changes and 2 new accounts`; empty when nothing would happen."""
    accounts, others = new_accounts(counts), new_others(counts)
    parts = [
        plural(taken, "change") if taken else "",
        plural(accounts, "new account") if accounts else "",
        _others(counts, others) if others else "",
        *further,
        plural(missing, "missing account") if missing else "",
    ]
    return list_text([p for p in parts if p])


def _others(counts: Counts, total: int) -> str:
    kinds = [name for name, n in counts.items() if name != "account" and n.get("new")]
    if len(kinds) == 1:
        return named(kinds[0], total, new=True)
    return plural(total, "other new record") if new_accounts(counts) else plural(
        total, "new record"
    )  # fmt: skip


def named(object_: str, count: int, *, new: bool = False) -> str:
    """`2 new people`, `1 case`."""
    shape = SHAPES[object_]
    if new:
        return tr("{0} new {1}").format(number(count), tr(shape.one if count == 1 else shape.many))
    return f"{number(count)} {tr(shape.one if count == 1 else shape.many)}"


def kind_of(object_: str) -> str:
    """`Contract term`: what one record is."""
    one = tr(SHAPES[object_].one) if object_ in SHAPES else object_
    return one[:1].upper() + one[1:]


def objects(object_: str) -> str:
    """`Contract terms`: a kind of record as a heading."""
    many = tr(SHAPES[object_].many) if object_ in SHAPES else object_
    return many[:1].upper() + many[1:]


def sums(amounts: Sequence[Money]) -> str:
    """`$4.82M + €120k`; unknown when there is none."""
    return " + ".join(money(a.minor, a.currency) for a in amounts) or tr(UNKNOWN)


def files_words(names: Sequence[str], rows: int, columns: int) -> str:
    """`accounts.csv, 39 rows, 17 columns`, or `4 files, 256 rows`."""
    if len(names) == 1:
        return f"{_short(one_line(names[0]))}, {plural(rows, 'row')}, {plural(columns, 'column')}"
    return f"{plural(len(names), 'file')}, {plural(rows, 'row')}"


def _short(name: str) -> str:
    """A file's name cut in its middle, so that its ending stays."""
    return name if len(name) <= _NAME else f"{name[: _NAME // 2]}…{name[-_NAME // 2 :]}"
