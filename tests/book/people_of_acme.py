"""A book in which one person is everywhere: every kind of link, mention and history."""

from dataclasses import replace
from datetime import UTC, date, datetime

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId, Case
from csplanner.domain.archived import ArchivedRecord, PersonAccount
from csplanner.domain.attention import Attention, Verdict
from csplanner.domain.objective import Objective
from csplanner.domain.person import Person, Role, Seat, Side
from csplanner.domain.recipe import Meaning
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.domain.snapshot import Quarantined, Snapshot
from csplanner.domain.touch import Channel, Touch

TODAY = date(2026, 3, 12)
NAME, EMAIL, PHONE = "Zoë Łukasik-Öz", "zoe.lukasik@acme.example", "+48 601 234 567"
SPELLINGS = (
    NAME, NAME.upper(), "zoe lukasik oz", "Łukasik-Öz, Zoë", "Zoë  Łukasik-Öz", EMAIL.upper(),
    "Zoe\u0308 Łukasik-O\u0308z", "+48601234567",
)  # fmt: skip


def fill(book: Book) -> tuple[str, str]:
    """Acme with Zoë and Ben; returns the ids of both."""
    acme = book.accounts.add(Account(AccountId("acme"), "Acme", owner="Dana"))
    book.accounts.add(Account(AccountId("other"), "Other", next_step=f"Ask {NAME} about Acme"))
    zoe = book.people.add(
        Person("zoe", acme.id, NAME, email=EMAIL, phone=PHONE, title="CFO"), f"Add {NAME}"
    )
    ben = book.people.add(
        Person("ben", acme.id, "Ben Ito", title=f"Assistant to {NAME}", reports_to=zoe.id)
    )
    book.seats.add(Seat("", acme.id, Role.SPONSOR, zoe.id), f"Give {NAME} the seat")
    book.seats.add(Seat("", acme.id, Role.USER, ben.id))
    book.cases.add(Case("", acme.id, "C-1", f"{NAME} cannot log in", person_id=zoe.id))
    for at, spelling in enumerate(SPELLINGS):
        book.touches.add(
            Touch(
                "", acme.id, date(2026, 3, 1 + at), Channel.CALL, f"Call {at}",
                f"Spoke with {spelling}, and Zoë was glad.", person_ids=(zoe.id, ben.id),
            )
        )  # fmt: skip
    book.pulses.add(Pulse("", acme.id, TODAY, Sentiment(4), f"{NAME} is for us"))
    book.objectives.add(Objective("", acme.id, "Close faster", owner=NAME))
    book.accounts.update(acme.id, next_step=f"Write to {EMAIL}")
    book.accounts.update(acme.id, next_step="Write to Ben")
    book.people.update(zoe.id, email="zoe@old.example", label=f"Change {NAME}")
    book.people.update(zoe.id, email=EMAIL)
    book.attention.set(
        Attention(acme.id, "silent", Verdict.SNOOZED, "d", reason=f"{NAME} is away"), "Snooze"
    )
    book.archived_records.add(
        ArchivedRecord(
            "",
            acme.id,
            "touch",
            "t9",
            f"Call with {NAME}",
            {"id": "t9", "account_id": "acme", "note": f'{NAME} was "glad"', "person_id": "zoe"},
            TODAY,
        )
    )
    book.archived_records.add(
        ArchivedRecord("", acme.id, "person", "zoe", NAME, {"id": "zoe", "name": NAME}, TODAY)
    )
    book.person_accounts.add(PersonAccount("", AccountId("other"), "zoe"))
    book.meanings.add(Meaning("", "CRM", "roles", "zoe", f"As {NAME}", "sponsor"))
    with book.change("Take in"):
        moment = datetime(2026, 3, 1, 9, tzinfo=UTC)
        cell = Quarantined("a.csv", 3, "ARR", "x", "No amount.", {"Contact": NAME, "Note": '"'})
        book.snapshots.add(Snapshot("s1", "CRM", TODAY, moment), (cell,))
    book.views.add(f"Where {NAME} sits", {"conditions": [["owner", "is", NAME]]})
    for at in range(3):
        book.touches.add(Touch("", acme.id, TODAY, Channel.EMAIL, f"Mail {at}"))
    book.refresh()
    return zoe.id, ben.id


def add_namesake(book: Book) -> Person:
    """Another person of the same name in another account."""
    return book.people.add(
        replace(Person("two", AccountId("other"), NAME), side=Side.THEIRS, title="Buyer")
    )
