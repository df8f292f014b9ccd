"""Accounts in the book: add, change, find, archive, merge, and read whole with all records."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from csplanner.book.field_history import YOURS, Written, forget, remember
from csplanner.book.ids import new_id
from csplanner.book.joining import join_accounts, part_account
from csplanner.book.journal import belonging
from csplanner.book.records import Records, records_of
from csplanner.book.rows import Cell, codec
from csplanner.domain.account import Account, AccountId, Regrettable
from csplanner.domain.account_file import AccountFile
from csplanner.domain.evidence import Evidence
from csplanner.domain.likeness import plain
from csplanner.domain.reading import Reading
from csplanner.errors import UserError
from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.book.book import Book

_CODEC = codec(Account)
_PAGE = 500
_MANY = 50
"""Rows from which a backup is made before a change."""


def fold(text: str) -> str:
    """`text` without accents, strokes and case, for comparing and searching."""
    return plain(text).strip()


class Accounts:
    """The accounts of a book."""

    def __init__(self, book: "Book") -> None:
        self._book = book
        self._readings = Records(book, records_of(Reading))

    def add(self, account: Account, label: str = "") -> Account:
        """Keep a new account (an empty id gets a new one) and return what was kept."""
        if not account.name.strip():
            raise UserError("An account needs a name. Type one, then add it again.")
        kept = account if account.id else replace(account, id=new_id())  # type: ignore[arg-type]
        with self._book.change(label or tr("Add {0}").format(kept.name)):
            self.insert([kept])
        return kept

    def insert(self, accounts: Sequence[Account], snapshot_id: str | None = None) -> None:
        """Keep many accounts inside an open change."""
        columns = (*_CODEC.columns, "name_key", "snapshot_id")
        names = ", ".join(f'"{c}"' for c in columns)
        marks = ", ".join("?" * len(columns))
        self._book.connection.executemany(
            f"insert into account ({names}) values ({marks})",
            ((*_CODEC.encode(a), fold(a.name), snapshot_id) for a in accounts),
        )

    def update(
        self,
        account_id: str,
        *,
        label: str = "",
        source: str = YOURS,
        on_evidence: Evidence | None = None,
        **fields: object,
    ) -> None:
        """Set `fields` of one account; each value that changes is kept in the field history.

        `source` says whose value it is (`csm` for you): later snapshots respect it. With
        `on_evidence` a value that was only confirmed is kept too.
        """
        was = self.get(account_id)
        if fields.get("regrettable", was.regrettable) is not was.regrettable:
            decided = fields["regrettable"] is not Regrettable.UNDECIDED
            fields = {"regrettable_on": self._book.today if decided else None, **fields}
        columns: dict[str, Cell] = {}
        for name, value in fields.items():
            columns |= _CODEC.encode_field(name, value)
        before = dict(zip(_CODEC.columns, _CODEC.encode(was), strict=True))
        written = Written("account", account_id, before, dict(columns))
        if "name" in columns:
            columns["name_key"] = fold(str(columns["name"]))
        sets = ", ".join(f'"{c}" = ?' for c in columns)
        with self._book.change(label or tr("Change {0}").format(was.name)):
            remember(self._book, written, on_evidence, source)
            self._book.connection.execute(
                f"update account set {sets} where id = ?", (*columns.values(), account_id)
            )

    def get(self, account_id: str) -> Account:
        """The account with that id; raises UserError when it is not there."""
        found = self._where("id = ?", (account_id,))
        if not found:
            raise UserError("That account is no longer in the book. Refresh the page.")
        return found[0]

    def find(self, text: str) -> list[Account]:
        """Accounts whose id or name is `text`, else whose name starts with or holds it."""
        key = fold(text)
        for condition, value in (
            ("id = ?", text),
            ("name_key = ?", key),
            ("name_key like ? escape '!'", f"{_literal(key)}%"),
            ("name_key like ? escape '!'", f"%{_literal(key)}%"),
        ):
            found = self._where(f"{condition} and archived = 0", (value,))
            if found:
                return found
        return []

    def only(self, text: str) -> Account:
        """The one account meant by `text`; raises UserError when none or several are."""
        found = self.find(text) if text.strip() else []
        if not found:
            raise UserError(f"No account is called “{text}”. List them with csplanner accounts.")
        if len(found) > 1:
            names = ", ".join(f"{a.name} ({a.id})" for a in found[:5])
            raise UserError(
                f"“{text}” could be {len(found)} accounts: {names}. Give the id of one."
            )
        return found[0]

    def names(self, account_ids: Collection[str] | None = None) -> dict[str, str]:
        """What accounts are called, by id: those of `account_ids`, or all that are not archived."""
        if account_ids is None:
            rows = self._book.connection.execute("select id, name from account where archived = 0")
            return dict(rows.fetchall())
        rows = self._book.connection.execute(
            "select id, name from account where id in (select value from json_each(?))",
            (json.dumps(list(account_ids)),),
        )
        return dict(rows.fetchall())

    def all(self) -> list[Account]:
        """Every account that is not archived, by name."""
        return self._where("archived = 0", ())

    def file(self, account_id: str) -> AccountFile:
        """Everything the book knows about one account."""
        for found in self.files([account_id]):
            return found
        raise UserError("That account is no longer in the book. Refresh the page.")

    def files(self, account_ids: Sequence[str] | None = None) -> Iterator[AccountFile]:
        """The files of many accounts (all that are not archived when None), in name order."""
        if account_ids is None:
            account_ids = [
                i for (i,) in self._book.connection.execute(
                    "select id from account where archived = 0 order by name_key, id"
                )
            ]  # fmt: skip
        for at in range(0, len(account_ids), _PAGE):
            yield from self._page(account_ids[at : at + _PAGE])

    def _page(self, ids: Sequence[str]) -> Iterator[AccountFile]:
        book = self._book
        marks = ", ".join("?" * len(ids))
        shelves = [
            shelf.grouped(ids)
            for shelf in (
                book.terms, book.people, book.seats, book.opportunities, book.cases,
                book.subscriptions, book.exits, book.touches, book.measurements, book.pulses,
                book.objectives, book.placements, self._readings, book.tasks, book.tags, book.news,
            )
        ]  # fmt: skip
        for account in self._where(f"id in ({marks})", tuple(ids)):
            yield AccountFile(account, *(tuple(s.get(account.id, ())) for s in shelves))  # type: ignore[arg-type]

    def external_ids(self, account_id: str) -> list[str]:
        """What other systems call the account."""
        found = self._book.connection.execute(
            "select external_id from external_ref where tbl = 'account' and row_id = ? "
            "order by source, external_id",
            (account_id,),
        )
        return [text for (text,) in found]

    def archived(self) -> list[Account]:
        """Every account put away, by name."""
        return sorted(self._where("archived = 1", ()), key=lambda account: fold(account.name))

    def any_archived(self) -> bool:
        """Whether an account is put away."""
        found = self._book.connection.execute(
            "select exists (select 1 from account where archived = 1)"
        )
        return bool(found.fetchone()[0])

    def any_active(self) -> bool:
        """Whether the book has an account that is not put away."""
        found = self._book.connection.execute(
            "select exists (select 1 from account where archived = 0)"
        )
        return bool(found.fetchone()[0])

    def archive(self, account_id: str, *, archived: bool = True) -> None:
        """Put an account away, or bring it back; nothing of it is lost."""
        label = tr("Archive {0}") if archived else tr("Bring back {0}")
        name = self.get(account_id).name
        self.update(account_id, label=label.format(name), archived=archived)

    def pin(self, account_id: str, *, pinned: bool) -> None:
        """Pin an account to the sidebar, or take it off."""
        label = tr("Pin {0}") if pinned else tr("Unpin {0}")
        name = self.get(account_id).name
        self.update(account_id, label=label.format(name), pinned=pinned)

    def doubled_names(self) -> list[tuple[Account, ...]]:
        """Groups of accounts that share a name: offered for merging, never merged unasked."""
        groups: dict[str, list[Account]] = {}
        for account in self._where(
            "archived = 0 and name_key in (select name_key from account where archived = 0 "
            "group by name_key having count(*) > 1)",
            (),
        ):
            groups.setdefault(fold(account.name), []).append(account)
        return [tuple(g) for g in groups.values()]

    def merge(self, keep: str, other: str) -> None:
        """Move everything of `other` to `keep` and archive `other`; one step, undoable."""
        if keep == other:
            raise UserError("An account cannot be merged with itself. Choose two accounts.")
        kept, gone = self.get(keep), self.get(other)
        with self._book.change(tr("Merge {0} into {1}").format(gone.name, kept.name)):
            join_accounts(self._book.connection, keep, other)
            self.update(other, archived=True)

    def split(
        self,
        account_id: str,
        name: str,
        rows: Mapping[str, Collection[str]],
        refs: Collection[str] = (),
    ) -> tuple[Account, dict[str, int]]:
        """Part an account in two, as one undoable step; what merging did wrong, or a CRM.

        `rows` are the ids of the records that go to the new account, by table; `refs` those of
        the CRM's ids (see `refs`), which later snapshots follow. What hangs on them goes along.
        Returns the new account and how many rows of each table moved. Raises UserError without a
        name, or when nothing would go.
        """
        kept = self.get(account_id)
        if not name.strip():
            raise UserError("The new account needs a name. Type one, then split again.")
        if not refs and not any(rows.values()):
            raise UserError("Nothing would go to the new account. Choose what goes, then split.")
        new = Account(AccountId(new_id()), name.strip())
        if not refs:
            # No snapshot will say it.
            new = replace(new, owner=kept.owner, segment=kept.segment, sector=kept.sector,
                          country=kept.country)  # fmt: skip
        with self._book.change(tr("Split {0} off {1}").format(new.name, kept.name)):
            self.insert([new])
            moved = part_account(self._book.connection, account_id, new.id, rows, refs)
        return new, moved

    def refs(self, account_id: str) -> list[tuple[str, str, str]]:
        """What other systems call the account: (id of the reference, source, their id)."""
        return self._book.connection.execute(
            "select id, source, external_id from external_ref where tbl = 'account' "
            "and row_id = ? order by source, external_id",
            (account_id,),
        ).fetchall()

    def delete(self, account_id: str) -> None:
        """Delete an account with everything that belongs to it, in one step that can be undone.

        A later import that still holds the account brings it again as a new one: archive it to
        keep it away.
        """
        gone = self.get(account_id)
        db = self._book.connection
        tables = belonging(db)
        counts = [
            db.execute(f"select count(*) from {t} where account_id = ?", (account_id,)).fetchone()
            for t in tables
        ]
        with self._book.change(
            tr("Delete {0}").format(gone.name), many=sum(n for (n,) in counts) > _MANY
        ):
            for table in tables:
                rows = f"select id from {table} where account_id = ?"
                forget(db, table, rows, (account_id,))
            forget(db, "account", "?", (account_id,))
            db.execute("delete from account where id = ?", (account_id,))

    def _where(self, condition: str, values: tuple[Cell, ...]) -> list[Account]:
        rows = self._book.connection.execute(
            f"select {_CODEC.select} from account where {condition} order by name_key, id", values
        )
        return _CODEC.decode_all(rows)


def _literal(text: str) -> str:
    """`text` for a LIKE pattern with `!` as escape, which would end at a zero byte."""
    plain = text.replace("\0", "\ufffd")
    return plain.replace("!", "!!").replace("%", "!%").replace("_", "!_")
