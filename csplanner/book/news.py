"""The news of a book: what its snapshots changed, as it is read again later."""

import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from csplanner.book.rows import Cell
from csplanner.domain.account import AccountId
from csplanner.domain.money import Money
from csplanner.domain.news import HEARD, News, NewsKind, Told, ranked
from csplanner.domain.snapshot import Snapshot

if TYPE_CHECKING:
    from csplanner.book.book import Book

_COLUMNS = (
    'n.id, n.snapshot_id, n.account_id, n."on", n.kind, n.weight, n.facts, n.object, n.row_id'
)
_SUBJECT = """case n.object
    when 'account' then (select name from account x where x.id = n.row_id)
    when 'person' then (select name from person x where x.id = n.row_id)
    when 'opportunity' then (select name from opportunity x where x.id = n.row_id)
    when 'case' then (select coalesce(nullif(subject, ''), number) from support_case x
        where x.id = n.row_id)
    when 'subscription' then (select product from subscription x where x.id = n.row_id) end"""
_OTHER = (
    "(select x.name from account x where json_valid(n.facts) "
    "and x.id = json_extract(n.facts, '$.other'))"
)
_GONE = (
    "(select title from archived_record g where g.row_id = n.row_id "
    "and g.tbl = iif(n.object = 'case', 'support_case', n.object) limit 1)"
)
_KINDS = frozenset(kind.value for kind in NewsKind)
_HEARD = ", ".join(f"'{kind}'" for kind in sorted(HEARD))


class BookNews:
    """Reads the lines of news; they are written by imports and go with their undo."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def of(self, snapshot_id: str) -> list[Told]:
        """The lines of one snapshot, what matters most first."""
        return self._told("n.snapshot_id = ?", (snapshot_id,))

    def of_account(self, account_id: str) -> list[Told]:
        """The lines about one account, newest first, of one day what matters most first."""
        found = self._told("n.account_id = ?", (account_id,))
        return sorted(found, key=lambda t: t.news.on, reverse=True)

    def since(self, day: date) -> list[Told]:
        """The lines of every snapshot of that day or later, what matters most first."""
        return self._told('n."on" >= ?', (day.isoformat(),))

    def latest(self) -> Snapshot | None:
        """The snapshot that was brought in last and has news; None when there is none."""
        found = self._book.connection.execute(
            "select s.id from snapshot s where exists (select 1 from news n "
            "where n.snapshot_id = s.id) order by s.imported_at desc, s.rowid desc limit 1"
        ).fetchone()
        return None if found is None else self.snapshot(found[0])

    def snapshot(self, snapshot_id: str) -> Snapshot | None:
        """The snapshot itself; None when it is not in the book (any more)."""
        return next((s for s in self._book.snapshots.all() if s.id == snapshot_id), None)

    def count(self, snapshot_id: str) -> int:
        """How many changes a snapshot's news tell of, without figures, touches and details."""
        found = self._book.connection.execute(
            "select coalesce(sum(iif(account_id is null, json_extract(facts, '$.n'), 1)), 0) "
            "from news where snapshot_id = ? and kind not in ('summary', 'figures', 'touches', "
            "'details') and json_valid(facts)",
            (snapshot_id,),
        )
        return int(found.fetchone()[0])

    def snapshots_with_news(self) -> frozenset[str]:
        """The ids of the snapshots that have news."""
        rows = self._book.connection.execute("select distinct snapshot_id from news")
        return frozenset(i for (i,) in rows)

    def grouped(self, ids: Sequence[str]) -> dict[str, list[News]]:
        """The lines of accounts that the judgement reads, by account, oldest first."""
        found: dict[str, list[News]] = {}
        for row in self._book.connection.execute(
            f"select {_COLUMNS} from news n where n.account_id in "
            f"(select value from json_each(?)) and n.kind in ({_HEARD}) "
            'order by n."on", n.rowid',
            (json.dumps(list(ids)),),
        ):
            if is_line(str(row[3]), str(row[4])):
                news = _news(row)
                found.setdefault(str(news.account_id), []).append(news)
        return found

    def _told(self, condition: str, values: tuple[Cell, ...]) -> list[Told]:
        rows = self._book.connection.execute(
            f"select {_COLUMNS}, coalesce(a.name, ''), coalesce({_SUBJECT}, {_GONE}, ''), a.arr, "
            f"a.arr_currency, coalesce(s.source, ''), coalesce({_OTHER}, '') from news n "
            "left join account a on a.id = n.account_id "
            f"left join snapshot s on s.id = n.snapshot_id where {condition}",
            values,
        )
        return ranked(_tell(row) for row in rows if is_line(str(row[3]), str(row[4])))


def is_line(on: str, kind: str) -> bool:
    """Whether the day and the kind of a stored line can be read."""
    try:
        date.fromisoformat(on)
    except ValueError:
        return False
    return kind in _KINDS


def _tell(row: Sequence[Cell]) -> Told:
    name, subject, minor, currency, source, other = row[9:]
    arr = Money(int(minor), str(currency)) if minor is not None and currency else None
    return Told(_news(row), str(name), str(subject), arr, str(source), str(other))


def _news(row: Sequence[Cell]) -> News:
    news_id, snapshot_id, account_id, on, kind, weight, facts, object_, row_id = row[:9]
    return News(
        str(news_id),
        str(snapshot_id),
        None if account_id is None else AccountId(str(account_id)),
        date.fromisoformat(str(on)),
        NewsKind(str(kind)),
        int(weight or 0),
        _facts(str(facts)),
        str(object_),
        str(row_id),
    )


def _facts(text: str) -> dict[str, str | int | None]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
