"""What the verb `import` prints: the difference as text, or as one document."""

from collections.abc import Callable, Sequence
from typing import Any

from csplanner.book.staging_answers import Match
from csplanner.book.staging_pages import FieldChange, StagedPages
from csplanner.book.staging_shapes import SHAPES
from csplanner.cli.output import money, one_line, print_table
from csplanner.crm.importing import Staged
from csplanner.crm.mapping import FileMapping
from csplanner.crm.staged import UnknownWord
from csplanner.crm.vocabulary import CHOICES
from csplanner.domain.money import Money
from csplanner.domain.snapshot import Quarantined

_SHOWN = 20
_ALL = -1
"""No limit, as SQLite says it."""


# As one document


def document(staged: Staged, pages: StagedPages) -> dict[str, object]:
    """What the snapshot brings, as one document."""
    return {
        "source": staged.source,
        "as_of": staged.as_of,
        "as_of_why": staged.as_of_why,
        "scope": staged.scope,
        "currency": staged.currency,
        "counts": staged.counts,
        "changed_fields": [_field(change) for change in pages.fields(limit=_ALL)],
        "new": [record for name in SHAPES for record in pages.new(name, limit=_ALL)],
        "conflicts": staged.conflicts,
        "missing": [{"id": i, "name": name} for i, name in pages.missing(limit=_ALL)],
        "quarantined": pages.quarantined(limit=_ALL),
        "doubled_names": [{"name": n, "ids": list(ids)} for n, ids in pages.doubled()],
        "matches": pages.matches(limit=_ALL),
        "match_counts": pages.match_counts(),
        "merged": pages.merges(),
        "deleted": pages.gone(limit=_ALL),
        "absent": pages.absent(limit=_ALL),
        "unknown_words": staged.unknown_words,
        "not_used": staged.left_out,
        "notes": staged.notes,
        "mappings": [m.to_json() for m in staged.mappings],
        "unknown_files": [m.to_json() for m in staged.unused if not m.object],
    }


def _field(change: FieldChange) -> dict[str, object]:
    return {
        "account_id": change.account_id,
        "account": change.account,
        "object": change.object,
        "id": change.row_id,
        "title": change.title,
        "field": change.field,
        "label": change.label,
        "was": _value(change.kind, change.was),
        "becomes": _value(change.kind, change.becomes),
        "is_conflict": change.is_conflict,
        "take": change.take,
        "reason": change.reason,
    }


def _value(kind: str, raw: str | None) -> Money | bool | float | str | None:
    """A staged value as what it is: an amount, a truth, a number, else text or an ISO date."""
    if raw is None or raw == "":
        return None
    if kind == "money":
        minor, _, currency = raw.strip().partition(" ")
        return Money(int(minor), currency)
    if kind == "flag":
        return raw == "1"
    return int(raw) / 1000 if kind == "thousandths" else raw


# As text


def tell_difference(staged: Staged, pages: StagedPages) -> None:
    print(one_line(f"{staged.source}, as of {staged.as_of} ({staged.as_of_why})"))
    rows = [
        (name, *(f"{found.get(k, 0):,}" for k in ("new", "changed", "same", "absent")))
        for name, found in staged.counts.items()
    ]
    print_table(("Object", "New", "Changed", "Same", "Absent"), rows, "lrrrr")
    more = staged.counts.get("measurement", {}).get("more", 0)
    if more:
        print(f"Further figures of measures that are changed or unchanged: {more:,}.")
    missing = pages.missing(limit=_ALL)
    print(
        f"Conflicts: {staged.conflicts:,} (fields you set, your values stay). "
        f"Missing: {len(missing):,}. Quarantined: {staged.quarantined:,}."
    )
    total = pages.field_count()
    _list("Changed", [_change_words(c) for c in pages.fields(limit=_SHOWN)], total)
    _list("Missing", [name for _, name in missing], len(missing))
    quarantined = [_place(q) + q.reason for q in pages.quarantined(limit=_SHOWN)]
    _list("Quarantined", quarantined, staged.quarantined)
    doubled = [_doubled_words(name, ids) for name, ids in pages.doubled()]
    _list("Same name, offered for merging", doubled, len(doubled))
    asked = [_match_words(m) for m in pages.matches(limit=_ALL) if m.state != "refused"]
    _list("Who is who", asked, len(asked))
    gone = [f"{g.account}, {g.title}" for g in pages.gone(limit=_SHOWN)]
    _list("Deleted in the CRM", gone, pages.gone_count())
    merged = [f"{m.loser} into {m.master}" for m in pages.merges()]
    _list("Merged in the CRM", merged, len(merged))
    unknown = [_word_words(word) for word in staged.unknown_words]
    _list("Unknown word", unknown, len(unknown))
    recalled = [w for m in staged.mappings if (w := _recalled_words(m))]
    _list("As last time", recalled, len(recalled))
    not_used = [f"{o.file}: {o.reason}" for o in staged.left_out]
    not_used += [words for m in staged.mappings if (words := _unused_columns(m))]
    _list("Not used", not_used, len(not_used))
    _list("Note", staged.notes, len(staged.notes))


def _doubled_words(name: str, ids: Sequence[str]) -> str:
    """How often a name stands, and what makes one account of them, in case they are."""
    more = f", and so on for {len(ids) - 2} more" if len(ids) > 2 else ""
    merge = f"csplanner merge BOOK {ids[0]} {ids[1]}"
    return f"{name} ({len(ids)} accounts). If they are one: {merge}{more}"


def _match_words(match: Match) -> str:
    """One account of the file, the book's account it is or may be, and how to say otherwise."""
    how = "as you said" if match.how == "chosen" else f"by its {match.how}"
    found = f"{match.name} is {match.account}, {how}."
    if match.state == "taken":
        return f"{found} If not: --match {match.ext}=new"
    if match.state == "ambiguous":
        return (
            f"{match.name}: {match.account} ({match.account_id}), one of several called so. It "
            f"comes in as new unless you say --match {match.ext}={match.account_id}"
        )
    return (
        f"{match.name}: {match.account} ({match.account_id}), in your book already? If so say "
        f"--match {match.ext}={match.account_id}, if not --match {match.ext}=new"
    )


def _word_words(word: UnknownWord) -> str:
    """A word nobody knows, how it is read meanwhile, and how to say what it means."""
    rows = "row" if word.count == 1 else "rows"
    read = f"read as {word.read_as}" if word.read_as else "left out"
    meanings = "|".join(CHOICES.get(word.kind, ()))
    return (
        f"{word.kind} “{word.word}” in {word.count:,} {rows}, {read}. "
        f"Say --meaning {word.kind}:{word.word}={meanings}"
    )


def _recalled_words(mapping: FileMapping) -> str:
    known = mapping.recalled
    if known is None:
        return ""
    times = "once" if known.used == 1 else f"{known.used} times"
    return f"{mapping.file} by “{known.name}”, used {times}, last on {known.last_used}."


def _unused_columns(mapping: FileMapping) -> str:
    unused = [c.header for c in mapping.columns if c.header and not c.target]
    word = "column" if len(unused) == 1 else "columns"
    return f"{mapping.file}, {word} {', '.join(unused)}" if unused else ""


def _list(title: str, entries: Sequence[str], total: int) -> None:
    for entry in entries[:_SHOWN]:
        print(one_line(f"{title}: {entry}"))
    if total > _SHOWN:
        print(f"{title}: {total - _SHOWN:,} more (all of them with --json)")


def _change_words(change: FieldChange) -> str:
    was, becomes = (_words(_value(change.kind, raw)) for raw in (change.was, change.becomes))
    title = "" if change.object == "account" else f", {change.title}"
    why = f"You kept yours on {change.kept_on}." if change.kept_on else change.reason
    kept = "" if change.take else f" — kept: {why}"
    days = f" ({change.day_before} → {change.day})" if change.day else ""
    return f"{change.account}{title}, {change.label}: {was} → {becomes}{days}{kept}"


def _words(value: Any) -> str:  # noqa: ANN401 - any of `_value`
    shown: dict[type, Callable[[Any], str]] = {
        Money: money,
        bool: lambda truth: "yes" if truth else "no",
        float: lambda number: f"{number:,g}".replace("-", "−"),
        type(None): lambda _: "—",
    }
    return shown.get(type(value), str)(value)


def _place(found: Quarantined) -> str:
    column = f", {found.column}" if found.column else ""
    return f"{found.file}, row {found.row}{column}: "
