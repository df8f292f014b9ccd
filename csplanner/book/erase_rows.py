"""Erasing one person from every table of an open connection: rows, links, images and words."""

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass

from csplanner.book.erase_images import (
    ANSWER,
    ARCHIVED,
    NEWS,
    SEAT,
    Eraser,
    Image,
    news_object,
)
from csplanner.book.erase_rules import PERSON, Rules, quoted, rules_of
from csplanner.book.mentions import Mentions
from csplanner.book.person_marks import Known
from csplanner.book.seat_judgements import EMPTY, judged_ids


@dataclass(frozen=True, slots=True)
class Gone:
    """What erasing took: rows deleted, mentions replaced in records and labels, tables touched."""

    rows: int
    mentions: int
    tables: frozenset[str]


def erase_rows(db: sqlite3.Connection, who: Known, *, also_shared: bool) -> Gone:
    """Erase a person inside an open transaction whose writes leave no images.

    Words that may mean others too stay unless `also_shared`.
    """
    return _Erasing(db, who, also_shared=also_shared).run()


class _Erasing:
    def __init__(self, db: sqlite3.Connection, who: Known, *, also_shared: bool) -> None:
        self.db = db
        self.who = who
        self.eraser = Eraser(rules_of(db), who, also_shared=also_shared)
        self.tables: set[str] = set()

    def run(self) -> Gone:
        rules = self.eraser.rules.values()
        # A backup of an early schema keeps no history of judgements.
        if {"field_history", "tenure"} <= self.eraser.rules.keys():
            self.eraser.doomed["field_history"] |= judged_ids(self.db, self.who.id)
        if ANSWER in self.eraser.rules:
            sql = f"select id from {ANSWER} where instr(proposal, ?)"
            found = self.db.execute(sql, (self.who.id,))
            self.eraser.doomed[ANSWER] |= {row_id for (row_id,) in found}
        while self._doom_rows() | self._doom_images():
            pass
        mentions = self._own_labels()
        self._erase_images()
        self._empty_links()
        rows = self._delete() + self._erase_archived()
        mentions += sum(self._erase_words(one) for one in rules)
        return Gone(rows, mentions, frozenset(self.tables))

    # --- what goes with the person ---

    def _doom_rows(self) -> bool:
        """Rows that cannot be without a row that goes; True when there are more than before."""
        before = self.eraser.count()
        doomed = self.eraser.doomed
        for rules in self.eraser.rules.values():
            for link in rules.links:
                for parent_id in tuple(doomed[link.parent]) if link.goes else ():
                    found = self.db.execute(
                        f'select id from {rules.name} where "{link.column}" = ?', (parent_id,)
                    )
                    doomed[rules.name] |= {row_id for (row_id,) in found}
        return self.eraser.count() > before

    def _doom_images(self) -> bool:
        before = self.eraser.count()
        going = [
            r.name
            for r in self.eraser.rules.values()
            if r.name == ANSWER or any(k.goes for k in r.links)
        ]
        marks = ", ".join("?" * len(going))
        self._let_sql_ask()
        for name, row_id, *both in self.db.execute(
            f"select tbl, row_id, before, after from change_row where tbl in ({marks}) "
            "and batch is null and names_doomed(before, after)",
            going,
        ).fetchall():
            for text in both:
                self.eraser.doom(name, row_id, json.loads(text) if text else {})
        return self.eraser.count() > before

    def _let_sql_ask(self) -> None:
        """Give SQL the functions that know the person, as far as they are known by now."""
        ids = self.eraser.parents_doomed()
        one = self.eraser.mentions

        def names_doomed(*texts: str | None) -> bool:
            return any(i in text for text in texts if text for i in ids)

        def mentions(*cells: object) -> bool:
            return one.any_in(cells)

        def may_hold(*cells: object) -> bool:
            return any(map(one.may_hold, cells))

        self.db.create_function("names_doomed", -1, names_doomed)
        self.db.create_function("mentions", -1, mentions)
        self.db.create_function("may_hold", -1, may_hold)

    # --- the journal ---

    def _own_labels(self) -> int:
        """Labels of changes to the person's own row mean them, whoever bears that name too."""
        every = Mentions((*self.who.marks, *self.who.shared))
        count = 0
        for number, label in self.db.execute(
            "select id, label from change where id in "
            "(select change_id from change_row where tbl = 'person' and row_id = ?)",
            (self.who.id,),
        ).fetchall():
            becomes, found = every.erase(label)
            count += found
            self.db.execute("update change set label = ? where id = ?", (becomes, number))
        return count

    def _erase_images(self) -> None:
        self._let_sql_ask()
        ids = [(t, i) for t, doomed in self.eraser.doomed.items() for i in doomed]
        self.db.execute("create temp table doomed (tbl text, id text, primary key (tbl, id))")
        self.db.executemany("insert into temp.doomed values (?, ?)", ids)
        emptied: Counter[int] = Counter()
        for entry, number, name, row_id, before, after in self.db.execute(
            "select id, change_id, tbl, row_id, before, after from change_row c "
            "where batch is null and (exists (select 1 from temp.doomed d "
            "where d.tbl = c.tbl and d.id = c.row_id) or names_doomed(before, after) "
            "or may_hold(before, after))"
        ).fetchall():
            was, becomes = self._text(name, row_id, before), self._text(name, row_id, after)
            if was == becomes:  # both None where the row goes
                self.db.execute("delete from change_row where id = ?", (entry,))
                emptied[number] += 1
            else:
                self.db.execute(
                    "update change_row set before = ?, after = ? where id = ?",
                    (was, becomes, entry),
                )
        self.db.execute("drop table temp.doomed")
        # What is left of a change is all of it from now on, and can still be taken back.
        self.db.executemany(
            "update change set rows = max(rows - ?, 0) where id = ? and kind <> 'import'",
            ((count, number) for number, count in emptied.items()),
        )
        # A change that nothing is left of cannot be taken back: it stays in the list as words.
        self.db.executemany(
            "update change set state = 'dropped', rows = 0 where id = ? "
            "and state in ('done', 'undone') "
            "and not exists (select 1 from change_row where change_id = change.id)",
            ((number,) for number in emptied),
        )

    def _text(self, name: str, row_id: str, text: str | None) -> str | None:
        if text is None:
            return None
        image = self.eraser.image(name, row_id, json.loads(text))
        if image is None:
            return None
        return json.dumps(image, ensure_ascii=False, separators=(",", ":"))

    # --- the records ---

    def _empty_links(self) -> None:
        """Empty what a seat knows of who holds it, and ids that the history of links keeps."""
        who = (self.who.id,)
        columns = {c for (c,) in self.db.execute("select name from pragma_table_info(?)", (SEAT,))}
        there = {column: cell for column, cell in EMPTY.items() if column in columns}
        sets = ", ".join(f"{column} = ?" for column in there)
        self._run(f"update {SEAT} set {sets} where person_id = ?", (*there.values(), *who), SEAT)
        for rules in self.eraser.rules.values():
            for column in ("was", "became") if rules.points and "was" in rules.texts else ():
                sql = f"update {rules.name} set {column} = null where {column} = ?"
                self._run(sql, who, rules.name)

    def _delete(self) -> int:
        count = 0
        rules = self.eraser.rules.values()
        doomed = {name: set(ids) for name, ids in self.eraser.doomed.items()}
        for name, ids in doomed.items():
            for row_id in ids:
                for one in (r for r in rules if r.points):
                    sql = f"delete from {one.name} where tbl = ? and row_id = ?"
                    count += self._run(sql, (name, row_id), one.name)
                if NEWS in self.eraser.rules:
                    sql = f"delete from {NEWS} where object = ? and row_id = ?"
                    count += self._run(sql, (news_object(name), row_id), NEWS)
        # The person last: what hangs on them is counted before it goes with them.
        for name in sorted(doomed, key=lambda name: name == PERSON):
            for row_id in doomed[name]:
                count += self._run(f"delete from {name} where id = ?", (row_id,), name)
        # Links that may be empty were emptied with the row they led to.
        self.tables |= {r.name for r in rules if any(k.parent == PERSON for k in r.links)}
        return count

    def _erase_archived(self) -> int:
        """Records kept whole lose their links to the person, or go as they would have gone."""
        if ARCHIVED not in self.eraser.rules:
            return 0
        count = 0
        for row_id, table, of, image in self.db.execute(
            f"select id, tbl, row_id, image from {ARCHIVED} where names_doomed(image)"
        ).fetchall():
            becomes = self.eraser.kept_whole({"tbl": table, "row_id": of, "image": image})
            if becomes is None:
                count += self._run(f"delete from {ARCHIVED} where id = ?", (row_id,), ARCHIVED)
            else:
                sql = f"update {ARCHIVED} set image = ? where id = ?"
                self._run(sql, (becomes, row_id), ARCHIVED)
        return count

    def _run(self, sql: str, values: tuple[str | int | None, ...], table: str) -> int:
        count = self.db.execute(sql, values).rowcount
        self.tables |= {table} if count else set()
        return count

    def _erase_words(self, rules: Rules) -> int:
        if not rules.texts:
            return 0
        self._let_sql_ask()
        beside = ("tbl", "row_id") if rules.points else ()
        columns = (*rules.texts, *beside)
        count = 0
        for rowid, row_id, account, *cells in self.db.execute(
            f"select rowid, id, {rules.account or 'null'}, {quoted(columns)} from {rules.name} "
            f"where mentions({quoted(rules.texts)})"
        ).fetchall():
            own = account if rules.name == "overview" else row_id
            row: Image = dict(zip(columns, cells, strict=True))
            changed, found = self.eraser.words(rules, {"row_id": own, **row}, str(row_id))
            count += found
            if changed:
                sets = ", ".join(f'"{c}" = ?' for c in changed)
                sql = f"update {rules.name} set {sets} where rowid = ?"
                self._run(sql, (*changed.values(), rowid), rules.name)
        return 0 if rules.name == "overview" else count
