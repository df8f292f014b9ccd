"""Trying a staged snapshot on a private copy of the book: what it would move, before it is applied.

The book and the staging file are only read. The copy is judged as the book would be after the
import; in a large book only the accounts that the snapshot touches are judged again.
"""

import sqlite3
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from csplanner.book.as_of import need_ours
from csplanner.book.beside_work import Cancel, Progress, work_beside
from csplanner.book.book import Book
from csplanner.book.room import Room, copy_of
from csplanner.book.staging_apply import apply_staged
from csplanner.domain.account import AccountId, Tier
from csplanner.domain.context import BookContext
from csplanner.domain.money import Money, totals
from csplanner.domain.news_words import sentence
from csplanner.domain.reading import Band
from csplanner.domain.snapshot import Snapshot
from csplanner.domain.trial import LISTED, ScoreMove, Standing, TierMove, Trial, TrialNews
from csplanner.language import tr

__all__ = ["compute", "from_plain", "run", "to_plain"]

WHOLE = 1_000
"""Up to so many accounts all of them are judged again; beyond, only those that are touched."""


def run(
    book: Path,
    staged: Path,
    *,
    today: date,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> Trial | None:
    """What the staging file at `staged`, with what was decided in it so far, would do to the book.

    Waits for a process of its own: call it beside the window. None when it was cancelled, which
    takes effect within a tenth of a second. Raises UserError, such as for a full disk.
    """
    room = Room()
    try:
        order = {"staged": str(staged), "room": str(room.path), "today": today.isoformat()}
        answer = work_beside("trial", book, order, progress=progress, cancelled=cancelled)
    finally:
        room.close()
    return None if answer is None else from_plain(answer)


def compute(book: Path, staged: Path, room: Path, today: date, tell: Progress) -> Trial:
    """The same, here and now, with the copies in the folder `room`; `tell` hears each step."""
    tell(0, 0, tr("Copying your book"))
    stage = room / "staging.sqlite"
    copy_of(staged, room, stage.name).close()
    connection = copy_of(book, room, "copy.csbook")
    need_ours(connection)
    with closing(Book(connection, room / "copy.csbook", read_only=False, today=today)) as copy:
        copy.backs_up = False
        words = tr("Judging the accounts")
        copy.refresh(any_language=True, told=lambda done, total: tell(done, total, words))
        stood = copy.as_of(), copy.derived.context()
        before = _standing(copy)
        connection.execute(f"create temp table was as {_LINES}")
        connection.execute("create unique index temp.was_account on was (account_id)")
        tell(0, 0, tr("Applying the snapshot to the copy"))
        snapshot = apply_staged(copy, stage)
        if snapshot is None:
            return Trial(before, before)
        left_out = _judge(copy, snapshot, stood, tell)
        tell(0, 0, tr("Comparing"))
        return _compared(copy, before, _news(copy, snapshot), left_out)


_LINES = (
    "select account_id, name, score, band, band_reason, tier, tier_rank, arr, arr_currency "
    "from overview where archived = 0"
)
_SCORED = (
    "from overview o join temp.was w on w.account_id = o.account_id where o.archived = 0 "
    "and (o.score is not w.score or o.band <> w.band)"
)
_LINE = (
    "o.account_id, o.name, w.score, o.score, w.band, o.band, o.band_reason, o.arr, o.arr_currency"
)
_TIERED = (
    "from overview o join temp.was w on w.account_id = o.account_id where o.archived = 0 "
    "and o.tier is not w.tier"
)
_BANDS = {band.value: band for band in Band}


def _judge(copy: Book, snapshot: Snapshot, stood: tuple[date, BookContext], tell: Progress) -> str:
    """Judge the copy after the import; returns what was left out of it, in one sentence.

    Where neither the day nor what judging takes from the whole book is other than it `stood`,
    nothing else can have moved.
    """
    db = copy.connection
    copy.derived.forget()
    many = db.execute("select count(*) > ? from account where archived = 0", (WHOLE,)).fetchone()[0]
    left_out = ""
    if many:
        _only_touched(db, snapshot)
        if copy.as_of() != stood[0]:
            # Those that are not touched keep the line of the day before.
            db.execute("update overview set as_of = ?", (copy.as_of().isoformat(),))
        if (copy.as_of(), copy.derived.context()) != stood:
            left_out = tr("Only accounts that the snapshot touches were judged again.")
    words = tr("Judging the accounts")
    tell(0, 0, words)
    copy.refresh(any_language=True, told=lambda done, total: tell(done, total, words))
    return left_out


def _only_touched(db: sqlite3.Connection, snapshot: Snapshot) -> None:
    """Leave only those accounts to be judged that the import changed or brought something."""
    db.execute("create temp table reached (account_id text primary key) without rowid")
    change = db.execute(
        "select max(id) from change where snapshot_id = ?", (snapshot.id,)
    ).fetchone()[0]
    db.execute(
        "insert or ignore into temp.reached select account_id from change_row "
        "where change_id = ? and account_id is not null",
        (change,),
    )
    tables = db.execute(
        "select tbl from change_row where change_id = ? and batch is not null", (change,)
    ).fetchall()
    for (table,) in tables:
        columns = {row[1] for row in db.execute(f"pragma table_info({table})")}
        account = "id" if table == "account" else "account_id"
        if account in columns and (table == "account" or "account_id" in columns):
            db.execute(
                f"insert or ignore into temp.reached select {account} from {table} "
                f"where snapshot_id = ? and {account} is not null",
                (snapshot.id,),
            )
    db.execute(
        "delete from derived_dirty where account_id not in (select account_id from temp.reached)"
    )


def _standing(book: Book) -> Standing:
    db = book.connection
    accounts, unplaced = db.execute(
        "select count(*), coalesce(sum(tier is null), 0) from overview where archived = 0"
    ).fetchone()
    sums = db.execute(
        "select sum(arr), arr_currency from overview where archived = 0 and arr is not null "
        "group by arr_currency"
    )
    arr = totals(Money(minor, currency) for minor, currency in sums)
    return Standing(accounts, arr, book.derived.today().total, unplaced)


def _news(copy: Book, snapshot: Snapshot) -> tuple[TrialNews, ...]:
    told, day = copy.news.of(snapshot.id)[:LISTED], copy.as_of()
    return tuple(TrialNews(t.news.account_id or "", t.account, sentence(t, day)) for t in told)


def _compared(copy: Book, before: Standing, news: tuple[TrialNews, ...], left_out: str) -> Trial:
    db = copy.connection
    count, bands = db.execute(
        f"select count(*), coalesce(sum(o.band <> w.band), 0) {_SCORED}"
    ).fetchone()
    moves = db.execute(
        f"select {_LINE} {_SCORED} order by o.band = w.band, "
        "abs(coalesce(o.score, 0) - coalesce(w.score, 0)) desc, o.name_key limit ?",
        (LISTED,),
    ).fetchall()
    new = db.execute(
        "select account_id, name, null, score, 'none', band, band_reason, arr, arr_currency "
        "from overview where archived = 0 and account_id not in (select account_id from temp.was) "
        "order by urgency desc, name_key limit ?",
        (LISTED,),
    ).fetchall()
    tiers = db.execute(
        f"select o.account_id, o.name, w.tier, o.tier {_TIERED} order by o.tier_rank, o.name_key "
        "limit ?",
        (LISTED,),
    ).fetchall()
    return Trial(
        before,
        _standing(copy),
        tuple(_move(row) for row in moves),
        count,
        bands,
        tuple(_move(row, is_new=True) for row in new),
        tuple(TierMove(AccountId(i), name, _tier(a), _tier(b)) for i, name, a, b in tiers),
        db.execute(f"select count(*) {_TIERED}").fetchone()[0],
        news,
        left_out,
    )


def _move(row: tuple[Any, ...], *, is_new: bool = False) -> ScoreMove:
    account_id, name, was, score, band_was, band, because, arr, currency = row
    money = None if arr is None else Money(arr, currency)
    return ScoreMove(
        AccountId(account_id), name, was, score, _BANDS[band_was], _BANDS[band], because, money,
        is_new,
    )  # fmt: skip


def _tier(value: str | None) -> Tier | None:
    return None if value is None else Tier(value)


def to_plain(trial: Trial) -> dict[str, Any]:
    """Every field as plain data for JSON; `from_plain` reads it."""
    return asdict(trial)


def from_plain(plain: dict[str, Any]) -> Trial:
    """The trial that `to_plain` wrote down."""
    return Trial(
        _standing_of(plain["before"]),
        _standing_of(plain["after"]),
        tuple(_move_of(item) for item in plain["scores"]),
        plain["scores_total"],
        plain["band_changes"],
        tuple(_move_of(item) for item in plain["new_scores"]),
        tuple(
            TierMove(t["account_id"], t["name"], _tier(t["before"]), _tier(t["after"]))
            for t in plain["tiers"]
        ),
        plain["tiers_total"],
        tuple(TrialNews(**item) for item in plain["news"]),
        plain["left_out"],
    )


def _standing_of(plain: dict[str, Any]) -> Standing:
    return Standing(**{**plain, "arr": tuple(Money(**m) for m in plain["arr"])})


def _move_of(plain: dict[str, Any]) -> ScoreMove:
    arr = plain["arr"]
    return ScoreMove(
        **{
            **plain,
            "band_before": Band(plain["band_before"]),
            "band_after": Band(plain["band_after"]),
            "arr": Money(**arr) if arr is not None else None,
        }
    )
