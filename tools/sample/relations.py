"""Answers, promises, and who looks after what: the words of the sample's CSM."""

from collections.abc import Mapping

_TIDEWATER = "Tidewater Health Network"
Step = dict[str, object]


def _entry(day: str, label: str, *steps: Mapping[str, object]) -> dict[str, object]:
    return {"on": day, "label": label, "do": list(steps)}


def _rating(
    account: str, day: str, what: tuple[str, str, int], who: tuple[str, str], **more: object
) -> dict[str, object]:
    """An answer as one change: (touchpoint, scale, value), (person, level)."""
    touchpoint, scale, value = what
    person, level = who
    step: Step = {
        "op": "rating", "account": account, "on": day, "touchpoint": touchpoint, "scale": scale,
        "value": value, "person": person, "level": level, **more,
    }  # fmt: skip
    return _entry(day, f"Add an answer on {touchpoint}, {account}", step)


def _promise(
    account: str, side: str, what: str, days: tuple[str, str, str | None], who: tuple[str, str]
) -> dict[str, object]:
    """A promise as one change: (made, due, kept), (who keeps it, to whom)."""
    made, due, kept = days
    step: Step = {
        "op": "promise", "account": account, "on": made, "side": side, "what": what, "due": due,
        "owner": who[0], "to_whom": who[1],
    }  # fmt: skip
    if kept is not None:
        step["kept_on"] = kept
    return _entry(kept or made, f"Add a promise, {account}", step)


def _again(
    account: str, day: str, value: int, held: tuple[int, ...], words: str
) -> dict[str, object]:
    step: Step = {
        "op": "again", "account": account, "on": day, "value": value, "held": list(held),
        "words": words,
    }  # fmt: skip
    return _entry(day, f"Say whether {account} would choose us again", step)


_CARE = (
    ("Adoption of what is sold", "CSM", "Maren Oduya"),
    ("Renewal terms", "Renewals", "Priya Raman"),
    ("Expansion", "Sales", "Tomas Lindqvist"),
    ("Buying", "Sales", "Tomas Lindqvist"),
    ("Contract", "Legal", "Renée Abbot"),
    ("Onboarding", "Services", "Dele Akinwale"),
    ("Training", "Education", "Emre Kaya"),
    ("Product", "Product", "Sofia Brandt"),
    ("Support", "Support", "Ingrid Moe"),
    ("Billing", "Finance", "Marcus Feld"),
    ("Renewal", "Renewals", "Priya Raman"),
)


def _care(account: str, activity: str, party: str, person: str) -> Step:
    return {"op": "care", "account": account, "activity": activity, "party": party,
            "person": person, "agreed_on": "2026-03-03"}  # fmt: skip


RELATIONS: list[dict[str, object]] = [
    _entry(
        "2026-03-10", f"Say who looks after what at {_TIDEWATER}",
        *(_care(_TIDEWATER, *line) for line in _CARE),
        _care(_TIDEWATER, "Interlock", "CSM", "Maren Oduya") | {"note": "Tuesdays"},
    ),
    _entry(
        "2026-03-10", f"Say when {_TIDEWATER} was promised first value",
        {"op": "value_promised", "account": _TIDEWATER, "day": "2024-08-15"},
    ),
    _rating(_TIDEWATER, "2026-03-03", ("Billing", "csat", 2), ("Victor Hale", "senior"),
            words="Night rates again. We said so in autumn.", function="Finance",
            owner="Marcus Feld", cause="Night rates are set by hand"),
    _rating(_TIDEWATER, "2026-03-03", ("Support", "csat", 5), ("Joel Baptiste", "day_to_day"),
            words="They answer before I put the phone down."),
    _rating(_TIDEWATER, "2026-03-04", ("Product", "nps", 9), ("Kim Sato", "day_to_day"),
            words="Rotas take me an hour now, not a day."),
    _promise(_TIDEWATER, "ours", "Credit the wrong night rates, 6,240 dollars",
             ("2026-01-29", "2026-02-13", "2026-02-11"), ("Marcus Feld", "Victor Hale")),
    _promise(_TIDEWATER, "ours", "A QBR deck of ten slides",
             ("2026-01-29", "2026-04-10", None), ("Maren Oduya", "Joel Baptiste")),
    _promise(_TIDEWATER, "ours", "Corrected invoices for both months",
             ("2026-02-11", "2026-03-06", None), ("Marcus Feld", "Victor Hale")),
    _promise(_TIDEWATER, "theirs", "Introduce us to the new COO",
             ("2026-03-06", "2026-03-20", None), ("Lena Park", "Maren Oduya")),
    _rating("Tern Airways", "2026-03-05", ("Billing", "csat", 1), ("", "unknown"),
            words="Three invoices, three mistakes.", function="Finance", owner="Marcus Feld"),
    _promise("Merrow Telecom", "ours", "A recovery plan, agreed with support",
             ("2026-03-10", "2026-03-13", None), ("Maren Oduya", "")),
    _again("Corvane Bank", "2026-02-18", 9, (1, 2, 1, 0, 0), "Without a second look."),
    _again("Solace Insurance Group", "2026-02-23", 4, (4, 3, 3, 3, 2),
           "Moving would take us a year."),
    _again("Merrow Telecom", "2026-03-09", 2, (1, 1, 2, 0, 0), ""),
    _again("Lantern Crisis Line", "2026-02-12", 10, (1, 1, 2, 2, 0), "You never let us down."),
]  # fmt: skip
"""What was written down of how it felt, what was promised, and who sees to it."""
