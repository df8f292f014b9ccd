"""What a person says of a staged snapshot besides single fields: who is who, and what goes."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from csplanner.book.staged_refused import refuse
from csplanner.book.staging_rules import ALWAYS_THEIRS, ALWAYS_YOURS, YOURS, decide_by

DECIDED = "Decided by you."
NEW = "new"
"""The answer for an account of the file that is none of the book's."""


@dataclass(frozen=True, slots=True)
class Match:
    """An account of the file and the account of the book it is, or may be."""

    ext: str
    """The CRM's id, or `name:…` where the file has none: the key of `Options.matches`."""
    name: str
    file: str
    row: int
    account_id: str
    """The book's account; empty when you said it is none of them."""
    account: str
    how: str
    """id, domain, name or chosen."""
    state: str
    """taken, open (asked; comes in as new meanwhile), ambiguous (never taken) or refused."""
    shares: tuple[str, ...] = ()
    """What both say alike: domain, city, country, owner, sector, arr."""


@dataclass(frozen=True, slots=True)
class GoneRecord:
    """A record deleted in the CRM that the book has: it is put away unless you keep it."""

    id: int
    object: str
    row_id: str
    account_id: str
    account: str
    title: str
    file: str
    take: bool
    reason: str


@dataclass(frozen=True, slots=True)
class MergedRecord:
    """A record the CRM merged into another: so are they in the book unless you refuse it."""

    id: int
    object: str
    loser_id: str
    loser: str
    master_id: str
    master: str
    take: bool


@dataclass(frozen=True, slots=True)
class AbsentRecord:
    """A record that complete files lack; it is kept."""

    object: str
    row_id: str
    account_id: str
    account: str
    title: str


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided in a staged snapshot, to be made again when it is staged anew."""

    fields: tuple[tuple[str, str, str, str | None, int], ...] = ()
    gone: tuple[tuple[str, str, int], ...] = ()
    merges: tuple[tuple[str, str, int], ...] = ()
    rules: tuple[tuple[str, str, str, str], ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    """New records that stay out: object and id."""
    accepted: tuple[tuple[str, str], ...] = ()
    """New records that were left out before and come in now."""


class StagedAnswers:
    """The part of `StagedPages` about identity, deletions, merges and rules."""

    _db: sqlite3.Connection

    # Who is who

    def matches(
        self, *, state: str = "", how: str = "", offset: int = 0, limit: int = 200
    ) -> list[Match]:
        """Accounts of the files with the book's, by name; only one state, only one way.

        `how="id"` lists those known by their id, which are not listed otherwise. An ambiguous
        account has a line for each account it may be.
        """
        if how == "id":
            return self._known(offset, limit)
        rows = self._db.execute(
            'select ext, name, file, coalesce("row", 0), account_id, account, how, state, shares '
            "from d_match where (:state = '' or state = :state) and (:how = '' or how = :how) "
            "order by name, ext, account, account_id limit :limit offset :offset",
            {"state": state, "how": how, "limit": limit, "offset": offset},
        )
        return [
            Match(*(*row[:8], tuple(word for word in json.loads(row[8]) if word))) for row in rows
        ]

    def _known(self, offset: int, limit: int) -> list[Match]:
        rows = self._db.execute(
            "select coalesce(s.ext, ''), coalesce(s.name, ''), coalesce(s.file, ''), "
            "coalesce(s.\"row\", 0), s.id, coalesce(s.name, '') from s_account s "
            "join k_account k on k.id = s.id where s.ext not in (select ext from matched where "
            "object = 'account') order by s.name, s.n limit ? offset ?",
            (limit, offset),
        )
        return [Match(*(*row, "id", "taken")) for row in rows]

    def match_count(self, *, state: str = "", how: str = "") -> int:
        """How many accounts of the files have such a line in `matches`."""
        found = self._db.execute(
            "select count(distinct ext) from d_match where (:state = '' or state = :state) "
            "and (:how = '' or how = :how)",
            {"state": state, "how": how},
        ).fetchone()
        return int(found[0])

    def match_counts(self) -> dict[str, int]:
        """Accounts by how they were found: `id`, `domain`, `name`, `chosen`, then `new`, `open`,
        `ambiguous`, and `book` for those of this source that are not in the files.
        """
        counts = dict.fromkeys(("id", "domain", "name", "chosen", "new", "open", "ambiguous"), 0)
        for key, n in self._db.execute(
            "select iif(state = 'taken', how, state), count(distinct ext) from d_match "
            "where state <> 'refused' group by 1"
        ):
            counts[key] = n
        found: dict[str, int] = dict(
            self._db.execute(
                "select what, sum(n) from d_count where object = 'account' group by what"
            ).fetchall()
        )
        known = found.get("changed", 0) + found.get("same", 0)
        taken = self._db.execute(
            "select count(distinct account_id) from d_match where state = 'taken' "
            "and account_id in (select id from s_account)"
        ).fetchone()[0]
        return counts | {
            "id": max(known - taken, 0), "new": found.get("new", 0), "book": found.get("absent", 0)
        }  # fmt: skip

    def answer_matches(self, answers: Mapping[str, str]) -> dict[str, str]:
        """Note what accounts of the files are (an id of the book, or `new`), and return all
        answers given so far: what `Options.matches` is to hold when the files are staged again.
        """
        known = self._fact("frame").get("matches", {})
        kept = {**known, **answers}
        frame = self._fact("frame") | {"matches": kept}
        self._db.execute("insert or replace into fact values ('frame', ?)", (json.dumps(frame),))
        for ext, answer in answers.items():
            self._db.execute(
                "update d_match set state = iif(?2 = 'new', 'refused', iif(account_id = ?2, "
                "'taken', 'refused')) where ext = ?1",
                (ext, answer),
            )
        return kept

    def _fact(self, name: str) -> dict[str, dict[str, str]]:
        found = self._db.execute("select value from fact where name = ?", (name,)).fetchone()
        return json.loads(found[0]) if found else {}

    # What was deleted or merged in the CRM, and what complete files lack

    def gone(self, *, offset: int = 0, limit: int = 200) -> list[GoneRecord]:
        """Records deleted in the CRM, by account."""
        rows = self._db.execute(
            "select id, object, row_id, account_id, account, title, file, take, reason from d_gone "
            "order by account, account_id, object, id limit ? offset ?",
            (limit, offset),
        )
        return [GoneRecord(*(*row[:7], bool(row[7]), row[8])) for row in rows]

    def gone_count(self, *, taken: bool | None = None) -> int:
        """How many records were deleted in the CRM; how many of them will be put away or kept."""
        which = "" if taken is None else f" where take = {int(taken)}"
        return int(self._db.execute(f"select count(*) from d_gone{which}").fetchone()[0])

    def decide_gone(self, ids: Sequence[int] | None, *, take: bool) -> None:
        """Put those records away (None: all), or keep them."""
        self._decide("d_gone", ids, take=take)

    def merges(self) -> list[MergedRecord]:
        """Accounts and people of the book that the CRM merged."""
        rows = self._db.execute(
            "select id, object, loser_id, loser, master_id, master, take from d_merge "
            "where loser_id <> '' order by object, loser, id"
        )
        return [MergedRecord(*(*row[:6], bool(row[6]))) for row in rows]

    def decide_merges(self, ids: Sequence[int] | None, *, take: bool) -> None:
        """Merge those records (None: all), or leave them apart."""
        self._decide("d_merge", ids, take=take)

    def absent(self, object_: str = "", *, offset: int = 0, limit: int = 200) -> list[AbsentRecord]:
        """Open records that complete files lack, by account; of one object when it is named."""
        rows = self._db.execute(
            "select object, row_id, account_id, account, title from d_absent "
            "where (:object = '' or object = :object) order by account, account_id, object, row_id "
            "limit :limit offset :offset",
            {"object": object_, "limit": limit, "offset": offset},
        )
        return [AbsentRecord(*row) for row in rows]

    def _decide(self, table: str, ids: Sequence[int] | None, *, take: bool) -> None:
        if ids is None:
            self._db.execute(f"update {table} set take = ?", (int(take),))
        else:
            self._db.executemany(
                f"update {table} set take = ? where id = ?", ((int(take), i) for i in ids)
            )

    # Rules for fields

    def set_rule(self, object_: str, field: str, whose: str, *, label: str = "") -> None:
        """Say whose value of a field always wins, `mine` or `theirs`; empty takes it back.

        Every conflict of that field is decided by it at once. The book remembers it with the
        import, and forgets it when the import is undone.
        """
        self._db.execute("delete from d_rule where object = ? and field = ?", (object_, field))
        if whose:
            self._db.execute(
                "insert into d_rule values (?, ?, ?, ?)", (object_, field, label, whose)
            )
            decide_by(self._db, f"(select * from d_rule where field = {_text(field)}) r")
            return
        self._db.execute(
            "update d_field set take = 0, reason = ? where object = ? and field = ? "
            "and whose = 'csm' and reason in (?, ?)",
            (YOURS, object_, field, ALWAYS_YOURS, ALWAYS_THEIRS),
        )

    def rules(self) -> list[tuple[str, str, str]]:
        """Object, field and whose value wins, of each rule said in this review."""
        return self._db.execute(
            "select object, field, whose from d_rule order by object, field"
        ).fetchall()

    # Staging again

    def decisions(self) -> Decisions:
        """Everything decided so far, for `decide_again` after the files were staged anew."""
        read = self._db.execute
        return Decisions(
            tuple(read("select object, row_id, field, becomes, take from d_field where reason = ?",
                       (DECIDED,))),
            tuple(read("select object, row_id, take from d_gone")),
            tuple(read("select object, loser_ext, take from d_merge")),
            tuple(read("select object, field, label, whose from d_rule")),
            tuple(read("select object, id from d_refused where reason = ''")),
            tuple(read("select object, id from d_recalled except "
                       "select object, id from d_refused")),
        )  # fmt: skip

    def decide_again(self, made: Decisions) -> None:
        """Make the same decisions where the same question is still open."""
        for object_, field, label, whose in made.rules:
            self.set_rule(object_, field, whose, label=label)
        write = self._db.executemany
        write(
            "update d_field set take = ?5, reason = ?6 where object = ?1 and row_id = ?2 "
            "and field = ?3 and becomes is ?4",
            ((*row, DECIDED) for row in made.fields),
        )
        write("update d_gone set take = ?3 where object = ?1 and row_id = ?2", made.gone)
        write("update d_merge set take = ?3 where object = ?1 and loser_ext = ?2", made.merges)
        write("delete from d_refused where object = ? and id = ?", made.accepted)
        refuse(self._db, made.refused)


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
