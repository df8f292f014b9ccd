"""A small account whose map has everything the panel beside it tells of."""

from datetime import date, timedelta

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId, Tier
from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.map_record import LineSaid
from csplanner.domain.person import Level, Person, Role, Seat, Side
from csplanner.domain.placement import Placement
from csplanner.domain.tie import TieKind
from csplanner.domain.touch import Channel, Touch

ACCOUNT = AccountId("a1")
TODAY = date(2026, 3, 12)
NOTE = "Said so in the March call"


def fill(book: Book) -> None:
    """Lena is met by you, Omar was met by Tomas long ago, Amara decides and was never met, and
    Rosa, the champion, has left.
    """
    book.accounts.add(Account(ACCOUNT, "Northwind"))
    book.placements.add(Placement("", ACCOUNT, TODAY, Tier.HIGH))
    settings = book.settings
    book.set_settings(type(settings)(csm="Maren Oduya"))
    _people(book)
    _touches(book)
    edit = book.map_edit
    edit.report_to(ACCOUNT, "p:lena", "p:amara")
    edit.report_to(ACCOUNT, "p:omar", "p:lena")
    told = Evidence(EvidenceKind.TOLD, by="Lena Park", note=NOTE, on=date(2026, 3, 2))
    edit.judge(ACCOUNT, "p:amara", "influence", 5, told)
    old = Evidence(EvidenceKind.OBSERVED, on=date(2025, 9, 1))
    edit.judge(ACCOUNT, "p:lena", "mood", 2, old)
    edit.judge(ACCOUNT, "p:lena", "influence", 4, old)
    edit.judge(ACCOUNT, "p:omar", "influence", 2, old)
    edit.connect(
        ACCOUNT, TieKind.INFLUENCES, "p:lena", "p:amara", said=LineSaid(label="budget", weight=3)
    )
    edit.connect(
        ACCOUNT, TieKind.PAIRED, "p:helen", "p:amara",
        said=LineSaid(due=date(2026, 3, 5), ours_did="Sent a welcome", they_asked="A road map"),
    )  # fmt: skip


def _people(book: Book) -> None:
    for key, name, title, level in (
        ("amara", "Amara Nwosu", "COO", Level.EXEC),
        ("lena", "Dr Lena Park", "Chief medical officer", Level.DIRECTOR),
        ("omar", "Omar Haddad", "Team leader", Level.USER),
        ("rosa", "Rosa Delgado", "Director of access", Level.MANAGER),
    ):
        left = date(2026, 2, 24) if key == "rosa" else None
        book.people.add(Person(key, ACCOUNT, name, title=title, level=level, left_on=left))
    for key, name, function in (
        ("maren", "Maren Oduya", "CSM"), ("tomas", "Tomas Lind", "Sales"),
        ("helen", "Helen Castellan", "Sponsor"),
    ):  # fmt: skip
        book.people.add(Person(key, ACCOUNT, name, side=Side.OURS, function=function))
    for key, role in (
        ("amara", Role.DECIDES), ("lena", Role.INFLUENCER), ("omar", Role.DAY_TO_DAY),
        ("rosa", Role.CHAMPION),
    ):  # fmt: skip
        book.seats.add(Seat(f"seat-{key}", ACCOUNT, role, key))


def _touches(book: Book) -> None:
    for ago in (2, 20, 50):
        _touch(book, ago, "maren", "lena")
    _touch(book, 200, "tomas", "omar")


def _touch(book: Book, ago: int, ours: str, theirs: str) -> None:
    book.touches.add(
        Touch(
            "", ACCOUNT, TODAY - timedelta(days=ago), Channel.CALL, "Plans", two_way=True,
            person_ids=(ours, theirs),
        )
    )  # fmt: skip
