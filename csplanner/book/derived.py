"""What the book derives from its records: judged lines and stored readings, always rebuildable."""

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from csplanner.book.ids import derived_id
from csplanner.book.uncollected import uncollected
from csplanner.domain.context import BookContext
from csplanner.domain.wording import read_later
from csplanner.domain.worth import factors
from csplanner.errors import UserError
from csplanner.language import current

# The judgement is loaded when something is first judged: a window opens before that.
if TYPE_CHECKING:
    from csplanner.book.book import Book, Changed
    from csplanner.domain.account_file import AccountFile
    from csplanner.domain.judgement import Judgement
    from csplanner.domain.today import Today

OLD_AFTER_DAYS = 35
"""A book whose newest fact is older than this is judged as of that fact."""

_TODAY_LOOKS_AT = 80

_AT_ONCE = 50
_PAGE = 200
"""So many accounts are held in memory at once while all are judged."""
_NO_CUT = 2**63 - 1
_CONTEXT_TABLES = frozenset(
    {"account", "measurement", "support_case", "touch", "person", "rate", "setting"}
)
_MOVE_ALL = frozenset({"setting", "snapshot", "rate"})
"""Tables whose change may move the judgement of every account."""
_INERT = frozenset(
    {"saved_view", "attention", "field_history", "quarantine", "external_ref", "definition_log",
     "export_log", "reading", "note", "recipe", "meaning", "field_rule", "news",
     "archived_record", "refusal", "account_map", "map_place", "map_answer"}
)  # fmt: skip

_LINES_IN_FORCE = "select account_id from overview where as_of = ? and (? or language = ?)"
"""Judged on that day, with sentences in that language, or in any."""


class Derived:
    """Keeps `overview`, `reading` and the context of judgement in step with the records."""

    def __init__(self, book: "Book") -> None:
        self._book = book
        self._as_of: date | None = None
        self._first: object = None
        self._has_past: bool | None = None
        self._has_archived: bool | None = None
        self._context: BookContext | None = None
        self._stale = _CONTEXT_TABLES
        self.waits = False
        """Whether the few accounts a change touches, too, are judged by the next refresh only."""

    def forget(self, tables: frozenset[str] = _CONTEXT_TABLES) -> None:
        """Read the day, and what the context takes from `tables`, anew when next asked."""
        self._as_of = self._first = self._has_past = self._has_archived = None
        self._stale = self._stale | (tables & _CONTEXT_TABLES)

    def as_of(self) -> date:
        """Today, or the day of the newest fact where even that is old."""
        if self._as_of is None:
            self._as_of = self._newest_day()
            read_later(self._as_of, self._book.today)
        return self._as_of

    def _newest_day(self) -> date:
        newest = self._book.connection.execute(
            "select max(day) from (select max(as_of) as day from snapshot "
            'union all select max("on") from touch where snapshot_id is null '
            'union all select max("on") from pulse union all select max("on") from placement '
            "union all select max(as_of) from measurement where snapshot_id is null)"
        ).fetchone()[0]
        today = self._book.today
        if newest is None:
            return today
        day = date.fromisoformat(newest)
        return day if day < today - timedelta(days=OLD_AFTER_DAYS) else today

    def first_day(self) -> date | None:
        """The day of the oldest fact, None in an empty book."""
        if self._first is None:
            self._first = self._one(
                "select min(day) from (select min(as_of) as day from snapshot "
                'union all select min("on") from touch union all select min("on") from pulse '
                "union all select min(as_of) from measurement)"
            )
        return date.fromisoformat(str(self._first)) if self._first else None

    def has_past(self) -> bool:
        """Whether any fact of the book has a day; quick, also in a large book."""
        if self._has_past is None:
            found = self._one(
                "select exists (select 1 from snapshot) or exists (select 1 from touch) "
                "or exists (select 1 from pulse) or exists (select 1 from measurement)"
            )
            self._has_past = bool(found)
        return self._has_past

    def has_archived(self) -> bool:
        """Whether an account is put away; looked up once until the book changes."""
        if self._has_archived is None:
            self._has_archived = self._book.accounts.any_archived()
        return self._has_archived

    def context(self) -> BookContext:
        """What judging one account needs to know of the whole book."""
        if self._context is None or self._stale:
            self._context = self._read_context(self._context or BookContext(), self._stale)
            self._stale = frozenset()
        return self._context

    def _read_context(self, known: BookContext, stale: frozenset[str]) -> BookContext:
        """`known` with everything read again that rests on the `stale` tables."""
        made = known
        if stale & {"account", "rate", "setting"}:
            made = replace(made, arr_top_cut=self._top_cuts())
        if "measurement" in stale:
            # Only counted use can stop; newer seat counts must not make it look as if it did.
            usage = self._one("select max(as_of) from measurement where measure = 'usage.events'")
            any_usage = self._one(
                "select exists (select 1 from measurement where measure like 'usage.%')"
            )
            made = replace(
                made,
                has_usage=bool(any_usage),
                usage_through=date.fromisoformat(str(usage)) if usage else None,
            )
        if "support_case" in stale:
            made = replace(
                made, has_cases=bool(self._one("select exists (select 1 from support_case)"))
            )
        if "touch" in stale:
            made = replace(made, has_touches=bool(self._one("select exists (select 1 from touch)")))
        if "person" in stale:
            theirs = (
                "select exists (select 1 from person where side = 'theirs' and outside is null)"
            )
            made = replace(made, has_people=bool(self._one(theirs)))
        return made

    def _one(self, sql: str, values: tuple[str | bool, ...] = ()) -> object:
        return self._book.connection.execute(sql, values).fetchone()[0]

    def _top_cuts(self) -> dict[str, int]:
        """Per currency, the ARR from which an account is in the top fifth of the book.

        Currencies with a rate to the book's are ranked together, each of the others by itself.
        """
        cuts = self._own_cuts()
        known = factors(self._book.rates.all(), self._book.settings.currency, self.as_of())
        together = [code for code in known if code in cuts]
        if len(together) < 2:
            return cuts
        rows = self._book.connection.execute(
            "select arr_currency, arr from account where archived = 0 and arr is not null "
            "and arr_currency in (select value from json_each(?))",
            (json.dumps(together),),
        ).fetchall()
        ranked = sorted((minor * known[code] for code, minor in rows), reverse=True)
        lowest = ranked[math.ceil(len(ranked) / 5) - 1]
        for code in together:
            own = [m for c, m in rows if c == code and m * known[code] >= lowest]
            cuts[code] = min(own) if own else math.ceil(lowest / known[code])
        return cuts

    def _own_cuts(self) -> dict[str, int]:
        """The same with each currency ranked by itself."""
        rows = self._book.connection.execute(
            "select arr_currency, min(arr) from (select arr_currency, arr, "
            "ntile(5) over (partition by arr_currency order by arr desc) as fifth "
            "from account where archived = 0 and arr is not null) where fifth = 1 "
            "group by arr_currency"
        )
        return dict(rows.fetchall())

    def after(self, changed: "Changed", batch: str | None = None) -> None:
        """Judge the few accounts the open change touched at once; mark many for the next refresh,
        and all of them after an import (`batch`).
        """
        if not changed.tables - _INERT:
            return
        known = None if self._stale else self._context
        self.forget(changed.tables)
        db = self._book.connection
        accounts = changed.accounts
        if changed.tables & _MOVE_ALL or (accounts is None and batch is not None):
            self._note_all()
        elif accounts is None or len(accounts) > _AT_ONCE or self.waits:
            # More accounts than a change names have been noted all the same, but for an import's.
            db.execute("insert or ignore into derived_dirty select account_id from temp.touched")
            if accounts is None:
                self._note_moved(known)
        else:
            self._judge_and_keep(sorted(accounts))

    def _note_all(self) -> None:
        self._book.connection.execute("insert or ignore into derived_dirty select id from account")

    def _note_moved(self, known: BookContext | None) -> None:
        """Mark the accounts that stand otherwise in the book than it was `known` to be."""
        now = self.context()
        if known is None or replace(known, arr_top_cut=now.arr_top_cut) != now:
            self._note_all()
            return
        for code in {*known.arr_top_cut, *now.arr_top_cut}:
            ends = [cuts.get(code, _NO_CUT) for cuts in (known.arr_top_cut, now.arr_top_cut)]
            # Its top fifth gains or loses those from one cut to the other.
            self._book.connection.execute(
                "insert or ignore into derived_dirty select id from account "
                "where arr_currency = ? and arr >= ? and arr < ?",
                (code, min(ends), max(ends)),
            )

    def doubt_all(self) -> None:
        """Have every account judged anew by the next refresh, in the open transaction: others may
        have changed the records without the lines made of them.
        """
        self.forget()
        self._note_all()

    @property
    def is_behind(self) -> bool:
        """Whether a change touched too many accounts to judge them at once."""
        return bool(self._one("select exists (select 1 from derived_dirty)"))

    @property
    def is_of_the_day(self) -> bool:
        """Whether every account was judged for the day the book is judged on, in any language."""
        return not self.is_behind and not self._one(
            "select exists (select 1 from account where archived = 0 and id not in "
            f"({_LINES_IN_FORCE}))",
            (self.as_of().isoformat(), True, current().code),
        )

    def refresh(
        self, *, any_language: bool = False, told: Callable[[int, int], object] | None = None
    ) -> int:
        """Judge what is dirty, everything when the day or the language has moved on; returns how
        many.
        """
        book = self._book
        if book.read_only:
            return 0
        db = book.connection
        self.forget()
        stale = db.execute(
            "select id from account where archived = 0 and (id in (select account_id from "
            f"derived_dirty) or id not in ({_LINES_IN_FORCE}))",
            (self.as_of().isoformat(), any_language, current().code),
        ).fetchall()
        put_away = db.execute(
            "select id from account where archived = 1 and (id in (select account_id from "
            "derived_dirty) or id not in (select account_id from overview where archived = 1))"
        ).fetchall()
        if not (stale or put_away or self.is_behind):
            return 0
        db.execute("begin immediate")
        try:
            self._judge_and_keep([i for (i,) in put_away])
            count = self._refresh_readings([i for (i,) in stale], told)
            db.execute("delete from derived_dirty")
            db.execute("commit")
        except BaseException as error:
            # A full or failing disk makes SQLite take it back by itself.
            try:
                if db.in_transaction:
                    db.execute("rollback")
            finally:
                book.doubt_file(error)
            raise
        return count

    def _refresh_readings(
        self, accounts: list[str], told: Callable[[int, int], object] | None
    ) -> int:
        newest = self._book.snapshots.newest()
        day = self.as_of()
        origin = newest.id if newest is not None and newest.as_of == day else "day"
        count = 0
        for at in range(0, len(accounts), _PAGE):
            with uncollected():
                judged = list(self._judged(accounts[at : at + _PAGE]))
                self._keep_readings((j for _, j in judged), day, origin)
                self._book.overview.write(((j.overview, _urgency(j)) for _, j in judged), day)
            count += len(judged)
            if told is not None:
                told(count, len(accounts))
        return count

    def _judge_and_keep(self, accounts: Sequence[str]) -> None:
        """Lines of accounts; those that are archived have one too, apart from the others."""
        if not accounts:
            return
        judged = list(self._judged(accounts))
        for archived in (False, True):
            lines = [(j.overview, _urgency(j)) for f, j in judged if f.account.archived is archived]
            self._book.overview.write(lines, self.as_of(), archived=archived)

    def _judged(self, accounts: Sequence[str] | None) -> "Iterator[tuple[AccountFile, Judgement]]":
        from csplanner.domain.judgement import judge

        settings, day, context = self._book.settings, self.as_of(), self.context()
        for file in self._book.accounts.files(accounts):
            yield file, judge(file, settings, as_of=day, context=context)

    def judge(self, account_id: str) -> "tuple[AccountFile, Judgement]":
        """One account with its full judgement, computed now."""
        for judged in self._judged([account_id]):
            return judged
        raise UserError("That account is no longer in the book. Refresh the page.")

    def today(self, *, whole: bool = False) -> "Today":
        """The accounts that need attention, ranked; only the most urgent are judged again.

        A short list unless `whole`, which lists every one of those.
        """
        from csplanner.domain.today import LIMIT, rank

        limit = None if whole else LIMIT
        verdicts = self._book.attention.all()
        wanted = self._book.overview.most_urgent(_TODAY_LOOKS_AT + len(verdicts))
        items = [(j.overview, j.signals) for _, j in self._judged(wanted)]
        found = rank(items, verdicts, self.as_of(), limit=limit)
        beyond = self._book.overview.urgent_count() - len(wanted)
        return replace(found, total=found.total + beyond)

    def judge_all(self) -> "Iterator[tuple[AccountFile, Judgement]]":
        """Every account with its full judgement, computed now."""
        return self._judged(None)

    def _keep_readings(self, judged: "Iterable[Judgement]", day: date, origin: str) -> None:
        from csplanner.domain.judgement import reading_of

        self._book.connection.executemany(
            "insert or ignore into reading (id, account_id, as_of, score, low, high, coverage, "
            "raw_band, band, caps, definition, origin) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    derived_id("reading", r.account_id, day.isoformat(), origin), r.account_id,
                    day.isoformat(), r.score, r.low, r.high, r.coverage, r.raw_band.value,
                    r.band.value, json.dumps(list(r.caps)), r.definition, origin,
                )
                for r in (
                    reading_of(j.health, j.overview.account_id, reading_id="") for j in judged
                )
            ),
        )  # fmt: skip


def _urgency(judgement: "Judgement") -> int:
    """The rank of the strongest signal, 0 when nothing calls."""
    return max((s.rank.total for s in judgement.signals), default=0)
