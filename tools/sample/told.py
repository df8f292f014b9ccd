"""The words of the story: pulses with their reasons, overrides, next steps, and how it closes."""

from collections.abc import Mapping
from datetime import date

_D = date
PULSES: dict[str, tuple[tuple[date, int, str], ...]] = {
    "Tidewater Health Network": (
        (_D(2025, 3, 10), 4, "Go-live went well and Rosa carries it."),
        (_D(2025, 8, 11), 5, "They show our figures to their board."),
        (_D(2025, 12, 8), 4, "The outage cost trust, Rosa held the line."),
        (_D(2026, 2, 24), 2, "Champion left, the new COO has not met us."),
    ),
    "Merrow Telecom": (
        (_D(2025, 9, 8), 4, ""),
        (_D(2025, 12, 8), 3, "Onboarding drags on and the first bill was wrong."),
        (_D(2026, 2, 9), 2, "Second dispute. Usage falls every week."),
        (_D(2026, 3, 10), 1, "Their CTO is talking to others."),
    ),
    "Solace Insurance Group": (
        (_D(2025, 6, 9), 4, ""),
        (_D(2025, 12, 8), 3, "Nothing new for two quarters."),
        (_D(2026, 2, 23), 3, "Stagnant, the sponsor is bored."),
    ),
    "Bluebell Nurseries": (
        (_D(2025, 9, 8), 3, ""),
        (_D(2026, 1, 12), 1, "They ask who signed the contract."),
    ),
    "Pinnace Software": (
        (_D(2025, 9, 8), 4, ""),
        (_D(2026, 2, 26), 3, "We only know the administrator."),
    ),
}
BECAUSE = {
    "Brightwell Energy": "The outage review decides how they renew.",
    "Corvane Bank": "Branch wave 2 is theirs to lose.",
    "Lantern Crisis Line": "Staff rely on us every night.",
    "Larkhill Charities": "Trustees love it, few seats.",
    "Kestrel Freight": "Nobody answers since the sponsor's office moved.",
    "Tern Airways": "Three wrong invoices and a new accountant.",
    "Calder County Council": "Procurement has been quiet for five weeks.",
    "Grantley Brokers": "We do their work for them.",
    "Ostrava Transit": "No idea what happens there.",
    "Delphine Cosmetics": "Two more shops asked by themselves.",
    "Foxglove Pharmacy": "They offered to be a case study.",
    "Tallow & Wick": "They compare prices.",
}
OVERRIDES: dict[str, tuple[date, str]] = {
    "Brightwell Energy": (_D(2026, 1, 20), "Outage and renewal in one season: keep them close."),
    "Northgate University": (_D(2026, 1, 20), "Clearing week needs us, whatever they can do."),
    "Ostrava Transit": (_D(2026, 1, 20), "No way in at present, more hours would not land."),
    "Mosaic Learning": (_D(2026, 1, 21), "Wants to learn by itself. Look again after the term."),
    "Sandpiper Rentals": (_D(2026, 1, 21), "Off season now, the help pages are enough."),
    "Haldane Plumbing": (_D(2026, 1, 21), "Twelve thousand a year cannot carry a monthly call."),
    "Vantage Print": (_D(2026, 1, 22), "Their administrator retires soon, stay until then."),
    "Delphine Cosmetics": (_D(2026, 1, 22), "Runs well on quarterly calls."),
}
NEXT_STEPS: tuple[tuple[str, date, str, date], ...] = (
    ("Corvane Bank", _D(2026, 3, 2), "Branch wave 2", _D(2026, 3, 25)),
    ("Harbour & Lane", _D(2026, 3, 2), "Holiday peak review", _D(2026, 4, 2)),
    ("Solace Insurance Group", _D(2026, 3, 2), "Ask what is next", _D(2026, 3, 18)),
    ("Foxglove Pharmacy", _D(2026, 3, 2), "Case study", _D(2026, 4, 10)),
    ("Ember & Oak Hotels", _D(2026, 3, 3), "Thank you call", _D(2026, 3, 20)),
    ("Northgate University", _D(2026, 3, 3), "Term-start check", _D(2026, 4, 14)),
    ("Veridian Labs", _D(2026, 3, 3), "Value review", _D(2026, 3, 24)),
    ("Palisade Security", _D(2026, 3, 4), "Inspect renewal", _D(2026, 3, 17)),
    ("Okapi Mobility", _D(2026, 3, 4), "Second city go-live", _D(2026, 5, 4)),
    ("Lantern Crisis Line", _D(2026, 3, 4), "Night-shift training", _D(2026, 3, 27)),
    ("Tern Airways", _D(2026, 3, 5), "Fix the bills", _D(2026, 3, 16)),
    ("Brightwell Energy", _D(2026, 3, 5), "Close outage review", _D(2026, 3, 19)),
    ("Kestrel Freight", _D(2026, 3, 6), "Find a sponsor", _D(2026, 3, 20)),
    ("Calder County Council", _D(2026, 3, 6), "Second pair of eyes", _D(2026, 3, 13)),
    ("Grantley Brokers", _D(2026, 3, 6), "Equip or let go", _D(2026, 4, 15)),
    ("Alder Dental Group", _D(2026, 3, 9), "Admin training", _D(2026, 3, 26)),
    ("Tidewater Health Network", _D(2026, 3, 9), "Meet the new COO", _D(2026, 3, 27)),
    ("Merrow Telecom", _D(2026, 3, 12), "Recovery plan to CTO", _D(2026, 3, 13)),
)
TIDEWATER_SEATS = {
    "amara": (5, 0), "lena": (4, 1), "victor": (3, 0), "priscilla": (3, -1), "joel": (2, 2),
    "rosa": (4, 2), "kim": (2, 1), "marcus": (2, 1),
}  # fmt: skip
"""Influence 1 to 5 and mood −2 to 2."""
_OURS = (
    ("Maren Oduya", "CSM"), ("Ingrid Moe", "Support"), ("Dele Akinwale", "Services"),
    ("Tomas Lindqvist", "Sales"), ("Priya Raman", "Renewals"), ("Helen Castellan", "Sponsor"),
    ("Sofia Brandt", "Product"), ("Marcus Feld", "Finance"),
)  # fmt: skip
_PINNED = (
    "Tidewater Health Network", "Merrow Telecom", "Corvane Bank", "Lantern Crisis Line",
    "Solace Insurance Group",
)  # fmt: skip
_REGRETTABLE = {
    "yes": ("Tidewater Health Network", "Merrow Telecom", "Corvane Bank", "Brightwell Energy",
            "Lantern Crisis Line"),
    "no": ("Grantley Brokers",),
}  # fmt: skip


def _entry(day: str, label: str, *steps: Mapping[str, object]) -> dict[str, object]:
    return {"on": day, "label": label, "do": list(steps)}


LEFT = _entry(
    "2026-02-24", "Rosa Delgado left Tidewater Health Network",
    {"op": "left", "account": "Tidewater Health Network", "person": "Rosa Delgado",
     "on": "2026-02-24"},
)  # fmt: skip
CLOSING: list[dict[str, object]] = [
    _entry(
        "2026-01-29", "Agree the objectives of Tidewater Health Network again",
        *(
            {"op": "agree", "account": "Tidewater Health Network", "key": f"g{n}",
             "on": "2026-01-29"}
            for n in (1, 2, 3, 4)
        ),
    ),
    _entry(
        "2026-03-10", "Add our people at Tidewater Health Network",
        *(
            {"op": "ours", "account": "Tidewater Health Network", "name": name, "title": title}
            for name, title in _OURS
        ),
    ),
    *(
        _entry("2026-03-10", f"Pin {name}", {"op": "pin", "account": name}) for name in _PINNED
    ),
    *(
        _entry("2026-03-10", f"Say whether losing {name} would be regrettable",
               {"op": "regrettable", "account": name, "value": value})
        for value, names in _REGRETTABLE.items() for name in names
    ),
]  # fmt: skip
"""What was recorded besides."""


def _put_away(name: str, signal: str, until: str, reason: str) -> dict[str, object]:
    """A verdict on a signal: snoozed until a day, or done on the day of the story without one."""
    step: dict[str, object] = {"op": "verdict", "account": name, "signal": signal, "reason": reason}
    step |= {"verdict": "snoozed", "until": until} if until else {"verdict": "done"}
    word = "Snooze" if until else "Finish"
    return _entry("2026-03-12", f"{word} a signal of {name}", step)


PUT_AWAY: list[dict[str, object]] = [
    _put_away("Kestrel Freight", "renewal_near", "2026-03-20", "First find a sponsor."),
    _put_away("Kestrel Freight", "health_fell", "2026-03-20", "Same cause."),
    _put_away("Tern Airways", "health_at_risk", "2026-03-19", "The bills come first."),
    _put_away("Tern Airways", "invoice_overdue", "2026-03-19", "The invoices are wrong."),
    _put_away("Ostrava Transit", "touch_overdue", "2026-03-26", "Nobody answers, a way in first."),
    _put_away("Ostrava Transit", "health_at_risk", "2026-03-26", "The score rests on little."),
    _put_away("Grantley Brokers", "renewal_near", "2026-04-01", "Decide on the hours first."),
    _put_away("Solace Insurance Group", "yeah_but", "", "It is stagnation."),
    _put_away("Lantern Crisis Line", "better_than_it_looks", "", "Few seats, used every night."),
    _put_away("Larkhill Charities", "better_than_it_looks", "", "Few seats, by design."),
]
"""Verdicts on signals of Today: snoozed, or finished on the day itself."""
