"""What the frame shows of a book, as plain values."""

from dataclasses import dataclass

from csplanner.language import noted

STALE_DAYS = 14
OLD_DAYS = 30
OFFLINE = noted("Works offline, nothing leaves this machine")


@dataclass(frozen=True)
class Place:
    """One sidebar entry; it appears once a page of that key is registered."""

    key: str
    title: str
    icon: str
    count: int | None = None


@dataclass(frozen=True)
class SavedView:
    """A saved view: choosing it opens the page `key` with `argument`."""

    title: str
    count: int | None
    argument: object
    key: str = "book"


@dataclass(frozen=True)
class Pinned:
    """A pinned account with the band of its health: good, watch, risk or none."""

    name: str
    band: str
    argument: object
    key: str = "account"


PLACES = (
    Place("today", noted("Today"), "sun"),
    Place("book", noted("Book"), "book-open"),
    Place("pyramid", noted("Touch pyramid"), "pyramid"),
    Place("health", noted("Health"), "activity"),
    Place("renewals", noted("Renewals"), "calendar-sync"),
    Place("scorecards", noted("Scorecards"), "clipboard-check"),
    Place("qbr", noted("QBR prep"), "presentation"),
)


@dataclass(frozen=True)
class ShellState:
    """Everything the sidebar, header and status bar say; empty texts are left out.

    `saved_text` is `Saved 10:42`; with `save_failed` it is the sentence that stays until solved.
    `backup_text` is `Backup 9:30`; with `backup_failed` it says since when there is none.
    `snapshot_days` colours the age: watch after 14 days, risk after 30. `undo_text` and
    `redo_text` name the next step (`set next step, Merrow Telecom`).
    """

    book_name: str = ""
    book_file: str = ""
    saved_text: str = ""
    save_failed: bool = False
    read_only: bool = False
    backup_text: str = ""
    backup_failed: bool = False
    snapshot_text: str = ""
    snapshot_days: int | None = None
    undo_text: str = ""
    redo_text: str = ""
    totals_text: str = ""
    places: tuple[Place, ...] = PLACES
    views: tuple[SavedView, ...] = ()
    pinned: tuple[Pinned, ...] = ()

    def snapshot_colour(self) -> str:
        """Return the token of the snapshot's age."""
        if self.snapshot_days is None or self.snapshot_days <= STALE_DAYS:
            return "text2"
        return "watch-ink" if self.snapshot_days <= OLD_DAYS else "risk-ink"
