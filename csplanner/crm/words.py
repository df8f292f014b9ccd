"""The words CRMs use for what the book keeps as a choice: priority, role, stage, kind, outcome."""

import re
from collections.abc import Callable

from csplanner.book.rows import Cell
from csplanner.crm.fields import header_key
from csplanner.domain.measures import WATCHED

_PRIORITY = {
    "low": "low", "normal": "medium", "medium": "medium", "moderate": "medium", "high": "high",
    "major": "high", "urgent": "urgent", "critical": "urgent", "blocker": "urgent", "p1": "urgent",
    "p2": "high", "p3": "medium", "p4": "low", "1": "urgent", "2": "high", "3": "medium",
    "4": "low",
}  # fmt: skip
_ROLE = {
    "sponsor": "sponsor", "executivesponsor": "sponsor", "execsponsor": "sponsor",
    "decides": "decides", "decisionmaker": "decides", "economicdecisionmaker": "decides",
    "economicbuyer": "decides", "businessuser": "user", "champion": "champion",
    "daytoday": "day_to_day", "administrator": "day_to_day", "admin": "day_to_day",
    "projectmanager": "day_to_day", "finance": "finance", "budgetholder": "finance",
    "procurement": "finance", "purchasing": "finance", "influencer": "influencer",
    "evaluator": "influencer", "technicalbuyer": "influencer", "sceptic": "sceptic",
    "skeptic": "sceptic", "blocker": "sceptic", "detractor": "sceptic", "user": "user",
    "enduser": "user",
}  # fmt: skip
_STATUS = {"active": "active", "leaving": "leaving", "left": "left", "inactive": "left",
           "onleave": "on_leave", "leave": "on_leave", "unverified": "unverified"}  # fmt: skip
_SIDE = {"theirs": "theirs", "customer": "theirs", "ours": "ours", "us": "ours",
         "internal": "ours"}  # fmt: skip
_STATE = {"open": "open", "won": "won", "closedwon": "won", "lost": "lost", "closedlost": "lost"}
_CHANNEL = {
    "call": "call", "phonecall": "call", "phone": "call", "meeting": "meeting",
    "onlinemeeting": "meeting", "event": "meeting", "appointment": "meeting", "qbr": "qbr",
    "ebr": "qbr", "review": "qbr", "email": "email", "mail": "email", "letter": "email",
    "visit": "visit", "onsite": "visit", "message": "message", "chat": "message",
    "sms": "message", "linkedin": "message", "campaign": "campaign", "listemail": "campaign",
    "webinar": "campaign",
}  # fmt: skip
_OUTCOME = {
    "renewed": "renewed", "optedout": "opted_out", "notrenewed": "opted_out",
    "churned": "opted_out", "cancelled": "opted_out", "canceled": "opted_out",
    "terminated": "opted_out", "undecided": "undecided", "notdue": "not_due",
}  # fmt: skip
_CRITICALITY = {
    "convenience": 0, "important": 1, "businesscritical": 2, "missioncritical": 3,
    "lifesafety": 3, "missioncriticalorlifesafety": 3, "0": 0, "1": 1, "2": 2, "3": 3,
}  # fmt: skip
_MEASURES = {header_key(m): m for m in WATCHED} | {header_key(t): m for m, t in WATCHED.items()}
_RENEWAL = re.compile(r"renew|verläng|reconduc", re.IGNORECASE)
_EXPANSION = re.compile(r"existing|upgrade|upsell|cross|expan|add-?on", re.IGNORECASE)
_NEW = re.compile(r"new", re.IGNORECASE)


def _among(words: dict[str, str] | dict[str, int], otherwise: Cell = None) -> Callable[[str], Cell]:
    def read(cell: str) -> Cell:
        return words.get(header_key(cell), otherwise)

    return read


def _known(words: dict[str, str] | dict[str, int], what: str) -> Callable[[str], Cell]:
    def read(cell: str) -> Cell:
        found = words.get(header_key(cell))
        if found is None:
            raise ValueError(f"This {what} is not known.")
        return found

    return read


def roles(cell: str) -> str:
    """The book's roles named in a cell, joined by `;`; unknown ones become influencers."""
    named = [header_key(part) for part in re.split(r"[;,/]", cell) if part.strip()]
    return ";".join(dict.fromkeys(_ROLE.get(word, "influencer") for word in named))


def opportunity_kind(cell: str) -> str:
    """Renewal, expansion, new or other, from a deal's type or name."""
    if _RENEWAL.search(cell):
        return "renewal"
    if _EXPANSION.search(cell):
        return "expansion"
    return "new" if _NEW.search(cell) else "other"


def is_renewal(text: str) -> bool:
    """Whether a deal's name says it is a renewal."""
    return bool(_RENEWAL.search(text))


READERS: dict[str, Callable[[str], Cell]] = {
    "priority": _known(_PRIORITY, "priority"),
    "personstatus": _among(_STATUS),
    "side": _among(_SIDE),
    "oppstate": _among(_STATE),
    "channel": _among(_CHANNEL),
    "outcome": _among(_OUTCOME),
    "criticality": _known(_CRITICALITY, "criticality"),
    "measure": _known(_MEASURES, "measure"),
    "roles": roles,
    "oppkind": opportunity_kind,
    "taskstatus": lambda cell: int(
        header_key(cell) in ("completed", "closed", "done", "held", "complete")
    ),
}
"""Readers of cells by kind of target."""
