"""Tells how it felt: answers by touchpoint, and what did not go well."""

from csplanner.domain.wording import number_text
from csplanner.qbr.customer_view import Cases, CustomerView, Part
from csplanner.qbr.goal_words import spoken
from csplanner.qbr.goals import behind
from csplanner.qbr.slides import (
    Block,
    Chart,
    ChartKind,
    Column,
    Figure,
    Figures,
    Note,
    Series,
    Slide,
    Source,
    Table,
)
from csplanner.qbr.words import count_word, counted, even, full_day, sentence, short, short_day

_BARS = 7
_LOW_CSAT, _LOW_NPS = 3.0, 0.0
_ROWS = 6


def experience_slide(view: CustomerView) -> Slide | str:
    """Slide 8: NPS and CSAT by touchpoint as they answered."""
    charts = [
        (_chart("NPS by touchpoint", _named(view.nps), -100, 100, "−100 to 100"), view.nps),
        (_chart("CSAT by touchpoint", _named(view.csat), 0, 5, "1 to 5"), view.csat),
    ]
    shown = [(chart, parts) for chart, parts in charts if parts]
    if not shown:
        by_then = f" up to {full_day(view.as_of)}" if view.is_past else ""
        return f"no answers to NPS or CSAT questions{by_then} are in the book"
    columns: list[tuple[Block, ...]] = [(c, Note(_movement(_named(p)))) for c, p in shown]
    return Slide(
        key="experience",
        number=8,
        title=_title(_named(shown[0][1]), "NPS" if view.nps else "CSAT"),
        subtitle="What your people answered, by touchpoint",
        blocks=columns[0],
        beside=columns[1] if len(columns) > 1 else (),
        minutes=2,
        rests_on=_answer_sources(view),
    )


def _answer_sources(view: CustomerView) -> tuple[Source, ...]:
    newest = {
        name: max(p.on for p in parts)
        for name, parts in (("NPS", view.nps), ("CSAT", view.csat))
        if parts
    }
    if len(set(newest.values())) == 1:
        return (Source("Your answers to our surveys", next(iter(newest.values()))),)
    return tuple(Source(f"Your {name} answers", on) for name, on in newest.items())


def _named(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(p if p.name else Part("Overall", p.value, p.on, p.before) for p in parts)


def _title(parts: tuple[Part, ...], measure: str) -> str:
    best, worst = parts[0], parts[-1]
    top, low = even([best.value, worst.value])
    if len(parts) == 1:
        return f"{measure} stands at {top} for {best.name.lower()}"
    return f"You rate {best.name} {top} highest and {worst.name} {low} lowest in {measure}"


def _chart(title: str, parts: tuple[Part, ...], low: float, high: float, unit: str) -> Chart:
    shown = parts if len(parts) <= _BARS else (*parts[: _BARS - 2], *parts[-2:])
    figures = even([p.value for p in shown])
    return Chart(
        kind=ChartKind.BAR,
        title=title,
        categories=tuple(p.name for p in shown),
        series=(
            Series(
                title,
                tuple(p.value for p in shown),
                labels=tuple(figures),
            ),
        ),
        alt="; ".join(f"{p.name} {f}" for p, f in zip(shown, figures, strict=True)) + ".",
        unit=unit,
        low=low,
        high=high,
    )


def _movement(parts: tuple[Part, ...]) -> str:
    moved = [(p.value - p.before, p) for p in parts if p.before is not None and p.value != p.before]
    if not moved:
        return "No earlier answers to compare with."
    change, part = max(moved, key=lambda pair: (abs(pair[0]), pair[1].name))
    before, now = even([part.before or 0, part.value])
    return f"{part.name} {'rose' if change > 0 else 'fell'} most: from {before} to {now}."


def trouble_slide(view: CustomerView) -> Slide | str:
    """Slide 5: goals behind plan, slow or escalated cases, low grades; nothing is invented."""
    rows = [*_goal_rows(view), *_case_rows(view), *_grade_rows(view)]
    if not rows:
        return "no goal is behind, no case is slow or escalated, and no grade is low"
    table = Table(
        "What did not go well",
        (
            Column("What did not go well", 4.0),
            Column("The figures", 3.4),
            Column("What we suggest", 3.4),
        ),
        tuple(rows[:_ROWS]),
    )
    blocks: list[Block] = [table]
    if view.cases is not None:
        blocks.insert(0, _case_figures(view.cases))
    each = "For each of these: agree" if len(rows) > 1 else "Agree"
    blocks.append(Note(f"{each} today who owns the fix, and by when."))
    return Slide(
        key="trouble",
        number=5,
        title=f"{sentence(counted(len(rows), 'thing'))} did not go well enough",
        subtitle="What we saw, said plainly",
        blocks=tuple(blocks),
        minutes=5,
        rests_on=_trouble_sources(view),
    )


def _trouble_sources(view: CustomerView) -> tuple[Source, ...]:
    found = []
    if view.cases is not None:
        found.append(Source("Your support cases", view.period_end))
    if behind(view):
        found.append(Source("Your figures", max(g.now_on for g in behind(view) if g.now_on)))
    graded = _low_grades(view)
    if graded:
        found.append(Source("Your answers to our surveys", max(p.on for _, p in graded)))
    return tuple(found)


def _goal_rows(view: CustomerView) -> list[tuple[str, str, str]]:
    return [
        (
            f"“{short(g.title, 56)}” is behind plan",
            f"{spoken(g, view).now} now, {spoken(g, view).target} by {short_day(g.due)}",
            f"Agree with {short(g.owner, 40)} what stands in the way"
            if g.owner
            else "Name an owner with you",
        )
        for g in behind(view)
    ]


def _case_rows(view: CustomerView) -> list[tuple[str, str, str]]:
    if view.cases is None:
        return []
    escalated = [c for c in view.cases.open if c.escalated]
    slow = [c for c in view.cases.slow(view.period_end) if not c.escalated]
    rows = []
    if escalated:
        rows.append(
            (
                f"{sentence(counted(len(escalated), 'open case'))} had to be escalated",
                _case_names([c.number for c in escalated]),
                "Bring the state of each to this meeting",
            )
        )
    if slow:
        rows.append(
            (
                f"{sentence(counted(len(slow), 'case'))} open for more than 30 days",
                _case_names([c.number for c in slow]),
                "Close, or give a date for each",
            )
        )
    return rows


def _case_names(numbers: list[str]) -> str:
    known = [n for n in numbers if n]
    if not known:
        return counted(len(numbers), "case")
    shown = ", ".join(known[:4])
    return f"{shown} and {len(numbers) - 4} more" if len(numbers) > 4 else shown


def _low_grades(view: CustomerView) -> list[tuple[str, Part]]:
    """Low grades with their words, such as `CSAT 1.8`."""
    found = []
    for measure, parts, least in (("CSAT", view.csat, _LOW_CSAT), ("NPS", view.nps, _LOW_NPS)):
        low = [p for p in _named(parts) if p.value < least]
        figures = even([p.value for p in low])
        found += [(f"{measure} {f}", p) for f, p in zip(figures, low, strict=True)]
    return found


def _grade_rows(view: CustomerView) -> list[tuple[str, str, str]]:
    """One row per touchpoint with low grades, with all of its grades."""
    touchpoints: dict[str, list[str]] = {}
    for words, part in _low_grades(view):
        touchpoints.setdefault(part.name, []).append(words)
    return [
        (f"Low grades for “{name}”", ", ".join(grades), "Hear from you what happened")
        for name, grades in touchpoints.items()
    ]


def _case_figures(cases: Cases) -> Figures:
    figures = [
        Figure(f"{cases.opened:,}", "cases opened this quarter"),
        Figure(f"{cases.closed:,}", "closed this quarter"),
        Figure(f"{len(cases.open):,}", "open now"),
    ]
    if cases.days_to_close is not None:
        figures.append(Figure(number_text(cases.days_to_close, 1), "days to close, median"))
    if cases.answers:
        mean = sum(cases.answers) / len(cases.answers)
        label = f"of 5, {count_word(len(cases.answers))} answers"
        figures.append(Figure(number_text(mean, 1), label))
    return Figures(tuple(figures))
