"""Tells how what they bought is used: seats over time, modules and features, what lies idle."""

from collections.abc import Sequence
from datetime import date

from csplanner.domain.aggregate import freshness
from csplanner.domain.measures import USAGE
from csplanner.domain.wording import number_text
from csplanner.qbr.customer_view import CustomerView, Part, Point
from csplanner.qbr.slides import Block, Chart, ChartKind, Note, Series, Slide, Source
from csplanner.qbr.words import count_word, counted, month_label, month_name, quoted, sentence

_BARS = 6
_IDLE_BELOW = 1.0
_HALF = 0.5
_OURS = "Our usage records"


def usage_slide(view: CustomerView) -> Slide | str:
    """Slide 7: one so-what line for each chart; figures of the last 13 months."""
    left = _seats(view)
    right = _parts(view)
    if not left and not right:
        return "no usage figures for the period are in the book"
    rests_on = {Source(_OURS, point.on) for point in (*view.seats_active[-1:],)}
    rests_on |= {Source(_OURS, p.on) for p in (view.module_shares or view.features)[:1]}
    return Slide(
        key="usage",
        number=7,
        title=_title(view),
        subtitle="Use of what you bought",
        blocks=left or right,
        beside=right if left else (),
        minutes=4,
        rests_on=tuple(sorted(rests_on, key=lambda s: str(s.as_of))[-1:]),
    )


def when(on: date, as_of: date) -> str:
    """` in November 2025` for a figure too old to speak of as present, else nothing.

    Too old is what counts less than half as evidence of use.
    """
    return f" in {month_name(on)}" if freshness((as_of - on).days, USAGE) < _HALF else ""


def _title(view: CustomerView) -> str:
    active, bought = _last(view.seats_active), _last(view.seats_bought)
    if active is not None:
        then = when(active.on, view.as_of)
        if bought is None or not bought.value:
            return f"{number_text(active.value)} people used it{then or ' in the last 30 days'}"
        seats = f"{number_text(active.value)} of {number_text(bought.value)} seats"
        share = number_text(100 * active.value / bought.value)
        return f"{seats} {_are(2, then)} active{then}, {share}%"
    if view.modules_used is not None and view.modules_bought is not None:
        used, total = int(view.modules_used.value), int(view.modules_bought.value)
        then = when(view.modules_used.on, view.as_of)
        words = f"{count_word(used)} of {counted(total, 'module')}"
        return sentence(f"{words} {_are(used, then)} in use{then}")
    if view.module_shares:
        live = sum(1 for p in view.module_shares if p.value >= _IDLE_BELOW)
        then = when(max(p.on for p in view.module_shares), view.as_of)
        words = f"{count_word(live)} of {counted(len(view.module_shares), 'module')}"
        return sentence(f"{words} {_are(live, then)} in use{then}")
    top = view.features[0]
    return f"“{top.name}” is used most: {number_text(top.value)} times this quarter"


def _are(count: int, then: str) -> str:
    if then:
        return "was" if count == 1 else "were"
    return "is" if count == 1 else "are"


def _last(points: tuple[Point, ...]) -> Point | None:
    return points[-1] if points else None


def _seats(view: CustomerView) -> tuple[Block, ...]:
    active = view.seats_active
    if len(active) < 2:
        return ()
    bought = {(p.on.year, p.on.month): p.value for p in view.seats_bought}
    first, last = active[0], active[-1]
    series = [_seat_line("Seats active", [p.value for p in active], "active")]
    if bought:
        held: list[float | None] = []
        for p in active:
            known = bought.get((p.on.year, p.on.month))
            held.append(known if known is not None else (held[-1] if held else None))
        series.append(_seat_line("Seats bought", held, "bought"))
    change = last.value - first.value
    words = (
        f"Active seats {'rose' if change > 0 else 'fell'} from {number_text(first.value)} to "
        f"{number_text(last.value)} since {month_name(first.on)}."
        if change
        else f"Active seats stayed at {number_text(last.value)} since {month_name(first.on)}."
    )
    chart = Chart(
        kind=ChartKind.LINE,
        title="Seats active and seats bought" if bought else "Seats active",
        categories=tuple(month_label(p.on) for p in active),
        series=tuple(series),
        alt=words,
        unit="seats, last figure of each month",
        low=0,
    )
    return (chart, Note(words))


def _seat_line(name: str, values: Sequence[float | None], word: str) -> Series:
    """A line that carries its words at its last point."""
    end = "" if values[-1] is None else f"{number_text(values[-1])} {word}"
    return Series(name, tuple(values), labels=(*[""] * (len(values) - 1), end))


def _parts(view: CustomerView) -> tuple[Block, ...]:
    if view.module_shares:
        title, unit, parts = "Modules", "% of seats active", view.module_shares
    elif view.features:
        title, unit, parts = "Features", "uses this quarter", view.features
    else:
        return _modules_note(view)
    shown = parts[:_BARS]
    is_share = bool(view.module_shares)
    then = when(max(p.on for p in parts), view.as_of) if is_share else ""
    tail = "%" if is_share else ""
    chart = Chart(
        kind=ChartKind.BAR,
        title=title,
        categories=tuple(p.name for p in shown),
        series=(
            Series(
                title,
                tuple(round(p.value, 1) for p in shown),
                labels=tuple(f"{number_text(p.value)}{tail}" for p in shown),
            ),
        ),
        alt="; ".join(f"{p.name} {number_text(p.value)}{tail}" for p in shown) + ".",
        unit=f"{unit}{then}",
        low=0,
        high=100 if is_share else None,
    )
    return (chart, Note(_so_what(parts, then, is_share=is_share)))


def _so_what(parts: tuple[Part, ...], then: str, *, is_share: bool) -> str:
    idle = [p.name for p in parts if p.value < _IDLE_BELOW]
    if idle:
        return f"Not in use{then}: {quoted(idle)}."
    low = parts[-1]
    if len(parts) > _BARS:
        return f"The {_BARS} most used of {len(parts)} are shown."
    if is_share:
        return f"Most room to grow: “{low.name}”, used at {number_text(low.value)}% of seats{then}."
    return f"Least used: “{low.name}”."


def _modules_note(view: CustomerView) -> tuple[Block, ...]:
    if view.modules_used is None or view.modules_bought is None:
        return ()
    used, bought = view.modules_used.value, view.modules_bought.value
    then = when(view.modules_used.on, view.as_of)
    rest = int(bought - used)
    idle = f"; {counted(rest, 'module')} you pay for {_lie(rest, then)} idle" if rest > 0 else ""
    words = f"{number_text(used)} of {number_text(bought)} modules {_are(2, then)} in use"
    return (Note(f"{words}{then}{idle}."),)


def _lie(count: int, then: str) -> str:
    if then:
        return "lay"
    return "lies" if count == 1 else "lie"
