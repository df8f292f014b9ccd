"""Finding in the search index: by beginnings of words, forgiving slips, ranked within bounds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from csplanner.book.vocabulary import Vocabulary
from csplanner.domain.likeness import plain, slips, words_of

if TYPE_CHECKING:
    import sqlite3

KINDS = (
    "account", "person", "objective", "tag", "note", "touch", "task", "opportunity",
    "support_case",
)  # fmt: skip
"""What can be found, in the order hits stand."""
_FEW_WORDS = 50_000
"""From how many records on a single letter finds only what begins with it."""
_AT_START = 24
_LOOKED_AT, _LOOKED_AT_LARGE = 900, 150
_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: words, kinds (all unless named), and how many hits of each kind.

    `recent` are ids of records gone to, the newest first: they come before others.
    """

    text: str
    kinds: tuple[str, ...] = KINDS
    recent: tuple[str, ...] = ()
    most: Mapping[str, int] = field(default_factory=dict)
    """Hits by kind; of a kind that is not named, as many as there are."""
    looked_at: int = 0
    """How many records are ranked, of more those indexed first; 0 for what a keystroke allows."""
    account: str = ""
    """Only what belongs to this account, where one is named."""


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: what it is, by the name of its table, and where it leads.

    That is one of KINDS; the account is empty for a task that belongs to none. `words` are what
    was looked for, those that slipped put right: they mark what was found.
    """

    kind: str
    id: str
    account_id: str
    title: str
    detail: str
    words: str = ""


class Finder:
    """Finds in the index of one book."""

    def __init__(self) -> None:
        self._vocabulary = Vocabulary()

    def find(self, db: "sqlite3.Connection", wanted: Wanted, *, is_behind: bool) -> list[Found]:
        """The hits, kind by kind, best first; titles that begin so, recent, pinned, then ARR."""
        words = words_of(wanted.text)
        if not words:
            return []
        groups = [[word] for word in words]
        rows = self._rows(db, groups, wanted, is_behind=is_behind)
        if not rows:
            groups = self._meant(db, words)
            if groups == [[word] for word in words]:
                return []
            rows = self._rows(db, groups, wanted, is_behind=is_behind)
        return _ranked(rows, groups, wanted)

    def inside(self, db: "sqlite3.Connection", folded: str, limit: int) -> list[Found]:
        """Records that hold the text anywhere, also within words."""
        rows = db.execute(
            f"select {_SHOWN} from search s join search_text t on t.id = s.rowid "
            "where instr(s.folded, ?) > 0 limit ?",
            (folded, limit),
        )
        order = {kind: place for place, kind in enumerate(KINDS)}
        found = [_found(row, folded) for row in rows]
        return sorted(found, key=lambda each: order.get(each.kind, len(order)))

    def _meant(self, db: "sqlite3.Connection", words: Sequence[str]) -> list[list[str]]:
        """Each word with what it may have been meant for; words that nothing begins with go."""
        groups = []
        for word in words:
            known = self._vocabulary.knows(db, word)
            near = self._vocabulary.meant(db, word, slips(word)) if slips(word) else []
            groups.append(list(dict.fromkeys([*([word] if known or not near else []), *near])))
        return groups

    def _rows(
        self, db: "sqlite3.Connection", groups: Sequence[Sequence[str]], wanted: Wanted, *,
        is_behind: bool,
    ) -> list[tuple[Any, ...]]:  # fmt: skip
        found = _at_start(db, wanted) if "account" in wanted.kinds else []
        large = _is_large(db)
        if large and sum(map(len, wanted.text.split())) == 1:
            return found
        most = wanted.looked_at or (_LOOKED_AT_LARGE if large else _LOOKED_AT)
        query = " AND ".join("(" + " OR ".join(f'"{w}"*' for w in group) + ")" for group in groups)
        # Until the index has caught up it may name accounts that are no more.
        there = "(t.account_id = '' or t.account_id in (select id from account))"
        where = [there] if is_behind else []
        values: list[object] = [query, _ALL if wanted.account else most]
        if set(wanted.kinds) != set(KINDS):
            where.append(f"t.kind in ({', '.join('?' * len(wanted.kinds))})")
            values += wanted.kinds
            values[1] = 10 * most
        if wanted.account:
            where.append("t.account_id = ?")
            values.append(wanted.account)
        rows = db.execute(
            f"select {_SHOWN}, o.pinned, o.arr from search_text t "
            "left join overview o on o.account_id = t.account_id "
            "where t.id in (select rowid from search where search match ? limit ?)"
            + "".join(f" and {part}" for part in where),
            values,
        )
        return list({(row[0], row[1]): row for row in [*found, *rows]}.values())


def _found(row: Sequence[Any], words: str) -> Found:
    kind, record, account, title, detail = row[:5]
    return Found(kind, record, account, title, detail, words)


def whole_texts(db: "sqlite3.Connection", found: Iterable[Found]) -> dict[str, tuple[str, str]]:
    """Of notes and touches found, by id, the topic (empty for a note) and the text."""
    texts: dict[str, tuple[str, str]] = {}
    for hit in found:
        if hit.kind in _TEXTS:
            row = db.execute(_TEXTS[hit.kind], (hit.id,)).fetchone()
            texts |= {hit.id: (row[0], row[1])} if row is not None else {}
    return texts


def newest_texts(db: "sqlite3.Connection", account_id: str, limit: int) -> list[Found]:
    """The notes and touches of an account that were written last."""
    rows = db.execute(
        f"select {_SHOWN} from search_text t where account_id = ? and kind in ('note', 'touch') "
        "order by detail desc limit ?",
        (account_id, limit),
    )
    return [_found(row, "") for row in rows]


_TEXTS = {
    "note": "select '', text from note where id = ?",
    "touch": "select topic, note from touch where id = ?",
}
_SHOWN = "t.kind, t.row_id, t.account_id, t.title, t.detail"


def _at_start(db: "sqlite3.Connection", wanted: Wanted) -> list[tuple[Any, ...]]:
    """Accounts whose name begins with what is typed: an index knows them, however many match."""
    start = plain(wanted.text).strip()
    rows = db.execute(
        "select 'account', account_id, account_id, name, sector, pinned, arr from overview "
        "where archived = 0 and name_key >= ? and name_key < ? order by name_key limit ?",
        (start, f"{start}\U0010ffff", _AT_START),
    )
    return [row for row in rows if not wanted.account or row[2] == wanted.account]


def _is_large(db: "sqlite3.Connection") -> bool:
    last = db.execute("select max(id) from search_text").fetchone()[0]
    return (last or 0) > _FEW_WORDS


def _ranked(
    rows: Iterable[Sequence[Any]], groups: Sequence[Collection[str]], wanted: Wanted
) -> list[Found]:
    start = plain(wanted.text).strip()
    words = " ".join(word for group in groups for word in group)
    at = {record: place for place, record in enumerate(wanted.recent)}
    far = len(at)

    def key(row: Sequence[Any]) -> tuple[Any, ...]:
        begins = plain(row[3]).startswith(start)
        # People, notes and the like are as recent as they themselves were gone to.
        recent = at.get(row[1], far)
        return (not begins, recent, not row[5], -(row[6] or 0), len(row[3]), row[3])

    found: list[Found] = []
    for kind in wanted.kinds:
        of_kind = sorted((row for row in rows if row[0] == kind), key=key)
        found += [_found(row, words) for row in of_kind[: wanted.most.get(kind, _ALL)]]
    return found
