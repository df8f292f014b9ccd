"""Verbs that judge: health, tiers, today."""

from argparse import Namespace
from collections.abc import Iterator

from csplanner.book.book import Book
from csplanner.cli.books import looked
from csplanner.cli.output import day, money, number, one_line, print_json, print_table
from csplanner.domain.account import Tier
from csplanner.domain.account_file import AccountFile
from csplanner.domain.capacity import Load, load
from csplanner.domain.judgement import Judgement, judge


def health(options: Namespace) -> int:
    """Score, bounds, coverage, band, caps and reasons of one account or all."""
    with looked(options) as book:
        judged = list(_judged(book, options))
        as_of = book.as_of()
    if options.json:
        rows = [_health_row(file, j, explain=options.explain) for file, j in judged]
        print_json({"as_of": as_of, "accounts": rows})
        return 0
    print_table(
        ("Account", "Band", "Score", "Bounds", "Known", "Sentiment", "Gap", "Why"),
        [_health_line(j) for _, j in judged],
        "llrrrlrl",
    )
    print(f"as of {as_of}")
    if options.explain:
        for file, judgement in judged:
            _explain(file, judgement)
    return 0


def _judged(book: Book, options: Namespace) -> Iterator[tuple[AccountFile, Judgement]]:
    chosen = [book.accounts.only(options.account).id] if options.account else None
    for file in book.accounts.files(chosen):
        yield (
            file,
            judge(file, book.settings, as_of=book.as_of(), context=book.derived.context()),
        )


def _health_line(judgement: Judgement) -> tuple[str, ...]:
    line = judgement.overview
    return (
        line.name, line.band.value, number(line.score), f"{line.low}–{line.high}",
        f"{line.coverage} %", line.sentiment.word if line.sentiment else "—",
        number(line.gap, signed=True), line.band_reason,
    )  # fmt: skip


def _explain(file: AccountFile, judgement: Judgement) -> None:
    print(f"\n{one_line(file.account.name)}: points lost")
    lines = sorted(judgement.health.lines, key=lambda m: -(m.lost or 0))
    print_table(
        ("Measure", "Lost", "Score", "As of", "Source", "Why"),
        [
            (
                m.title, "—" if m.lost is None else f"{m.lost:.1f}",
                "—" if m.score is None else f"{m.score:.0f}", day(m.as_of), m.source or "—", m.why,
            )
            for m in lines
        ],
        "lrrlll",
    )  # fmt: skip
    for cap in judgement.health.caps:
        print(f"Cap: {one_line(cap.sentence)}")
    print(one_line(judgement.health.robust))


def _health_row(file: AccountFile, judgement: Judgement, *, explain: bool) -> dict[str, object]:
    found = judgement.health
    row: dict[str, object] = {
        "id": file.account.id, "name": file.account.name, "stage": found.stage.stage,
        "score": round(found.score, 1) if found.is_enough and found.score is not None else None,
        "low": round(found.low, 1), "high": round(found.high, 1),
        "coverage": round(found.coverage, 3), "band": found.band, "raw_band": found.raw_band,
        "band_reason": found.band_reason, "could_be": found.could_be, "caps": found.caps,
        "sentiment": judgement.overview.sentiment.word if judgement.overview.sentiment else None,
        "gap": judgement.gap, "divergence": judgement.divergence.words or None,
    }  # fmt: skip
    if explain:
        row |= {"buckets": found.buckets, "measures": found.lines, "robust": found.robust}
    return row


def tiers(options: Namespace) -> int:
    """Tier by rule and by choice, with hours promised and spent against the hours there are."""
    with looked(options) as book:
        judged = [(j.choice, j.overview) for _, j in book.derived.judge_all()]
        found = load((line for _, line in judged), book.settings)
        as_of = book.as_of()
    if options.json:
        rows = [
            {
                "id": line.account_id, "name": line.name, "tier": choice.tier,
                "rule_tier": choice.rule, "is_override": choice.is_override,
                "rule_reason": choice.sentence, "reason": choice.reason,
                "review_on": choice.review_on, "equipped": line.equipped,
                "potential": line.potential, "criticality": line.criticality,
                "hours_promised_a_quarter": line.hours_promised / 1000,
                "hours_spent_a_quarter": line.hours_spent / 1000,
            }
            for choice, line in judged
        ]  # fmt: skip
        print_json({"as_of": as_of, "accounts": rows, "load": _load_row(found)})
        return 0
    print_table(
        ("Account", "Tier", "Rule", "Equipped", "Potential", "Hours", "Spent", "Why"),
        [
            (
                line.name, choice.tier.value if choice.tier else "not placed",
                choice.rule.value if choice.rule else "—", number(line.equipped),
                number(line.potential), f"{line.hours_promised / 1000:.1f}",
                f"{line.hours_spent / 1000:.1f}", choice.sentence,
            )
            for choice, line in judged
        ],
        "lllrrrrl",
    )  # fmt: skip
    print(
        f"{found.promised / 1000:.1f} h a quarter promised, {found.spent / 1000:.1f} h spent, "
        f"{found.available / 1000:.1f} h available, as of {as_of}"
    )
    return 0


def _load_row(found: Load) -> dict[str, object]:
    return {
        "promised_a_quarter": found.promised / 1000,
        "spent_a_quarter": found.spent / 1000,
        "available_a_quarter": found.available / 1000,
        "share": found.share,
        "by_tier": {
            tier.value: {
                "accounts": found.by_tier[tier].accounts,
                "promised_a_quarter": found.by_tier[tier].promised / 1000,
                "spent_a_quarter": found.by_tier[tier].spent / 1000,
            }
            for tier in Tier
        },
    }


def today(options: Namespace) -> int:
    """What needs attention now, ranked, each with its reason."""
    with looked(options) as book:
        found = book.derived.today()
    if options.json:
        entries = [
            {
                "position": e.position, "id": e.account_id, "name": e.overview.name,
                "group": e.group, "signal": e.signal.kind, "headline": e.signal.headline,
                "why": e.signal.why, "evidence": e.signal.evidence, "verb": e.signal.verb,
                "rank": e.signal.rank.total, "rank_parts": e.signal.rank,
                "arr": e.overview.arr, "at_stake": e.signal.at_stake, "due": e.signal.due,
                "others": [s.headline for s in e.others],
            }
            for e in found.entries
        ]  # fmt: skip
        print_json({"as_of": found.as_of, "total": found.total, "accounts": entries})
        return 0
    for entry in found.entries:
        if entry.position == 1 or found.entries[entry.position - 2].group is not entry.group:
            print(f"{entry.group.heading}")
        stake = money(entry.signal.at_stake or entry.overview.arr)
        print(one_line(f"{entry.position:>3}  {entry.overview.name}: {entry.signal.headline}"))
        print(one_line(f"     {entry.signal.why} [{stake}] → {entry.signal.verb.label}"))
    if not found.entries:
        print("Nothing needs you today.")
    elif found.more_count:
        print(f"{found.more_count} more accounts have something to look at.")
    print(f"as of {found.as_of}")
    return 0
