"""What taking an older change back would do, found without writing, and doing it.

The effect of a change on each row is taken as a whole. A field goes back only where nothing in
force set it since, and then to what it would hold had the change never been made (see `lines`). A
row that came with the change goes only when nothing was edited in it since and nothing that stays
needs it, and a row that went comes back only when what it belongs to is still there.
"""

import json
import sqlite3
from dataclasses import dataclass, field

from csplanner.book.journal import Table, write_image
from csplanner.book.lines import Cells, Write, root_of, standing, together, writes_of
from csplanner.book.row_links import BOOKKEEPING, DERIVED, Link, links_of, unique_of

Key = tuple[str, str]

_EDITED, _NEEDED, _PART = 1, 2, 3
_NAMED = 20


@dataclass(slots=True)
class Plan:
    """What goes back and what stays; rows that go are in the temporary table `going`."""

    sets: list[tuple[str, str, Cells]] = field(default_factory=list)
    returns: list[tuple[str, str, str]] = field(default_factory=list)
    fields_back: int = 0
    rows_gone: int = 0
    rows_back: int = 0
    edits_kept: int = 0
    """Fields and rows that were edited since, and rows that cannot come back."""
    rows_needed: int = 0
    """Rows that came with the change and stay because later ones need them."""
    staying: tuple[Key, ...] = ()
    """Some of the rows that stay."""
    needed: tuple[Key, ...] = ()
    """Some of those that later ones need."""
    later: dict[int, int] = field(default_factory=dict)
    """How many of the later edits each later change made, as far as that is known."""
    set_back: int = 0
    """Fields that hold already what they held before the change."""
    setter: int | None = None
    """A later change that set such fields, as far as that is known."""

    @property
    def kept(self) -> int:
        """Everything that stays as it is."""
        return self.edits_kept + self.rows_needed

    @property
    def does_something(self) -> bool:
        """Whether anything would go back."""
        return bool(self.fields_back or self.rows_gone or self.rows_back)

    def keep(self, later: int | None) -> None:
        """Count one edit that stays, made by that later change."""
        self.edits_kept += 1
        if later is not None:
            self.later[later] = self.later.get(later, 0) + 1


def plan(db: sqlite3.Connection, tables: tuple[Table, ...], change_id: int) -> Plan:
    """Find out what taking that change back would do; writes nothing but temporary tables."""
    return _Planner(db, tables, change_id).plan()


def carry_out(db: sqlite3.Connection, tables: tuple[Table, ...], found: Plan) -> None:
    """Do what was planned, inside an open change and in the same transaction."""
    by_name = {t.name: t for t in tables}
    db.execute("pragma defer_foreign_keys = on")
    for name, row_id, cells in found.sets:
        sets = ", ".join(f'"{c}" = ?' for c in cells)
        db.execute(f"update {name} set {sets} where id = ?", (*cells.values(), row_id))
    for table in reversed(tables):
        db.execute(
            f"delete from {table.name} where id in "
            "(select row_id from temp.going where tbl = ? and stays = 0)",
            (table.name,),
        )
    for name, row_id, image in found.returns:
        write_image(db, by_name[name], row_id, existed=False, image=image)


class _Planner:
    def __init__(self, db: sqlite3.Connection, tables: tuple[Table, ...], change_id: int) -> None:
        self._db = db
        self._tables = {t.name: t for t in tables}
        self._change_id = change_id
        self._root = root_of(db, change_id)
        self._links = links_of(db, tuple(self._tables))
        self._unique = {t.name: unique_of(db, t.name) for t in tables}
        self._found = Plan()

    def plan(self) -> Plan:
        db = self._db
        db.execute(
            "create temp table if not exists going (tbl text, row_id text, stays integer not null "
            "default 0, primary key (tbl, row_id)) without rowid"
        )
        db.execute("delete from temp.going")
        effects, batches = self._effects(self._change_id)
        for name, batch in batches:
            self._note_batch(name, batch)
        for (name, row_id), (before, after) in effects.items():
            if before is None and after is not None:
                self._note_row(name, row_id, after)
        freed = self._plan_fields(effects, dict(batches))
        if self._root != self._change_id:
            freed |= self._plan_rest()
        self._keep_needed(freed)
        self._plan_returns(effects)
        self._count()
        return self._found

    def _effects(
        self, change_id: int
    ) -> tuple[dict[Key, tuple[str | None, str | None]], list[Key]]:
        """Before and after of each row, however often the change touched it; and its batches."""
        effects: dict[Key, tuple[str | None, str | None]] = {}
        batches: list[Key] = []
        for name, row_id, before, after, batch in self._db.execute(
            "select tbl, row_id, before, after, batch from change_row where change_id = ? "
            "order by id",
            (change_id,),
        ):
            if batch is not None:
                batches.append((name, batch))
            else:
                first = effects.get((name, row_id))
                effects[name, row_id] = (first[0] if first else before, after)
        return effects, batches

    # Rows that came with the change

    def _note_batch(self, name: str, batch: str) -> None:
        db = self._db
        db.execute(
            f"insert or ignore into temp.going (tbl, row_id) "
            f"select '{name}', id from {name} where snapshot_id = ?",
            (batch,),
        )
        later = db.execute(
            "select g.row_id, (select r.before from change_row r where r.tbl = g.tbl "
            "and r.row_id = g.row_id and r.change_id > :change order by r.id limit 1) "
            "from temp.going g where g.tbl = :tbl and exists (select 1 from change_row r "
            "join change c on c.id = r.change_id where r.tbl = g.tbl and r.row_id = g.row_id "
            "and r.change_id > :change and c.state in ('done', 'reverted'))",
            {"tbl": name, "change": self._change_id},
        ).fetchall()
        for row_id, was in later:
            if was is None or not self._is(name, row_id, was):
                self._stay(name, row_id, _EDITED)

    def _note_row(self, name: str, row_id: str, image: str) -> None:
        if self._row(name, row_id) is None:
            return
        self._db.execute(
            "insert or ignore into temp.going (tbl, row_id) values (?, ?)", (name, row_id)
        )
        if not self._is(name, row_id, image):
            self._stay(name, row_id, _EDITED)

    def _stay(self, name: str, row_id: str, why: int) -> None:
        self._db.execute(
            "update temp.going set stays = ? where tbl = ? and row_id = ?", (why, name, row_id)
        )

    def _keep_needed(self, freed: set[tuple[str, str, str]]) -> None:
        """Let rows stay that a row needs which is not going; until nothing more has to stay."""
        db = self._db
        present = {name for (name,) in db.execute("select distinct tbl from temp.going")}
        moved = True
        while moved:
            moved = False
            for link in self._links:
                if link.parent in present and link.child not in DERIVED:
                    moved |= self._keep_parents(link, freed)
            moved |= bool(db.execute(_PARTS, {"part": _PART}).rowcount)

    def _keep_parents(self, link: Link, freed: set[tuple[str, str, str]]) -> bool:
        only = f"and c.tbl = '{link.parent}'" if link.child == "external_ref" else ""
        needed = self._db.execute(
            f'select c.id, c."{link.column}" from {link.child} c join temp.going p '
            f'on p.tbl = ? and p.row_id = c."{link.column}" and p.stays = 0 where not exists '
            f"(select 1 from temp.going g where g.tbl = '{link.child}' and g.row_id = c.id "
            f"and g.stays = 0) {only}",
            (link.parent,),
        ).fetchall()
        parents = {p for child, p in needed if (link.child, child, link.column) not in freed}
        for parent in parents:
            self._stay(link.parent, parent, _NEEDED)
        return bool(parents)

    # Rows that were changed

    def _plan_fields(
        self, effects: dict[Key, tuple[str | None, str | None]], batches: dict[str, str]
    ) -> set[tuple[str, str, str]]:
        """Note the fields that go back; returns the links that are let go by it."""
        freed: set[tuple[str, str, str]] = set()
        for (name, row_id), (before, after) in effects.items():
            if before is None or after is None:
                continue
            was, became = json.loads(before), json.loads(after)
            if was.get("snapshot_id") is not None and was["snapshot_id"] == batches.get(name):
                continue  # It came with the same import and goes or stays with it.
            cells = self._fields_back((name, row_id), was, became, self._found)
            if cells:
                self._found.sets.append((name, row_id, cells))
                freed |= {(name, row_id, column) for column in cells}
        return freed

    def _plan_rest(self) -> set[tuple[str, str, str]]:
        """Note the fields that taking the root back had left, as others stood over them."""
        planned = {(name, row_id): cells for name, row_id, cells in self._found.sets}
        state = self._db.execute("select state from change where id = ?", (self._root,)).fetchone()
        freed: set[tuple[str, str, str]] = set()
        for key, (before, after) in self._effects(self._root)[0].items():
            if before is None or after is None:
                continue
            images = (before, after) if state == ("done",) else (after, before)
            was, became = map(json.loads, images)
            cells = self._fields_back(key, was, became, Plan())
            cells = {c: v for c, v in cells.items() if c not in planned.get(key, {})}
            if cells:
                self._found.sets.append((*key, cells))
                self._found.fields_back += len(together(tuple(cells)))
                freed |= {(*key, column) for column in cells}
        return freed

    def _fields_back(self, key: Key, was: Cells, became: Cells, found: Plan) -> Cells:
        name, row_id = key
        if {was["id"], became["id"]} != {row_id}:
            raise ValueError(f"the image of another row than {row_id}")
        row = self._row(name, row_id)
        counted = name not in BOOKKEEPING
        if row is None:
            if counted:
                found.keep(self._last(name, row_id))
            return {}
        writes = writes_of(self._db, name, row_id)
        back: Cells = {}
        for group in together(self._tables[name].columns):
            known = tuple(c for c in group if c in was and c in became)
            if all(was[c] == became[c] for c in known):
                continue
            if all(row[c] == was[c] for c in known):
                if counted:
                    found.set_back += 1
                    held = standing(writes, known, self._root)
                    found.setter = found.setter if held is None else held.last
                continue
            wanted, later = self._wanted(writes, known, row, (was, became))
            if wanted and self._may_be(name, row_id, wanted, row):
                back |= wanted
                found.fields_back += counted
            elif counted and (wanted or later != self._root):
                found.keep(later)
        return back

    def _wanted(
        self, writes: list[Write], columns: tuple[str, ...], row: Cells, seen: tuple[Cells, Cells]
    ) -> tuple[Cells, int | None]:
        """What columns go back to, empty when they stay; and the last change that wrote them."""
        was, became = seen
        holds = tuple(row[c] for c in columns)
        found = standing(writes, columns, self._root)
        if found is None or found.now != holds:
            # Something wrote here that the journal does not tell.
            if all(row[c] == became[c] for c in columns):
                return {c: was[c] for c in columns}, None
            return {}, None
        if found.without == holds:
            return {}, found.last
        return dict(zip(columns, found.without, strict=True)), found.last

    def _last(self, name: str, row_id: str) -> int | None:
        """The newest change in force that touched a row after this one."""
        found = self._db.execute(
            "select max(c.id) from change_row r join change c on c.id = r.change_id "
            "where r.tbl = ? and r.row_id = ? and c.id > ? and c.state = 'done'",
            (name, row_id, self._change_id),
        ).fetchone()
        return None if found[0] is None else int(found[0])

    def _may_be(self, name: str, row_id: str, cells: Cells, row: Cells) -> bool:
        """Whether a row may have these values: what they name is there and none is doubled."""
        for link in self._links:
            named = link.child == name and cells.get(link.column) is not None
            if named and not self._exists(link, cells):
                return False
        return not self._is_doubled(name, row_id, row | cells)

    def _exists(self, link: Link, cells: Cells) -> bool:
        if link.child == "external_ref":
            return True
        return self._row(link.parent, str(cells[link.column])) is not None

    def _is_doubled(self, name: str, row_id: str, cells: Cells) -> bool:
        for columns in self._unique[name]:
            where = " and ".join(f'"{c}" = ?' for c in columns)
            values = tuple(cells.get(c) for c in columns)
            if self._db.execute(
                f"select 1 from {name} where {where} and id <> ?", (*values, row_id)
            ).fetchone():
                return True
        return False

    # Rows that went with the change

    def _plan_returns(self, effects: dict[Key, tuple[str | None, str | None]]) -> None:
        wanted: dict[Key, Cells] = {}
        for (name, row_id), (before, after) in reversed(effects.items()):
            if before is None or after is not None:
                continue
            cells = json.loads(before)
            if self._row(name, row_id) is None and not self._is_doubled(name, row_id, cells):
                wanted[name, row_id] = cells
            elif name not in BOOKKEEPING:
                self._found.keep(self._last(name, row_id))
        while lost := [
            key for key, cells in wanted.items() if not self._has_home(key, cells, wanted)
        ]:
            for name, row_id in lost:
                del wanted[name, row_id]
                if name not in BOOKKEEPING:
                    self._found.keep(None)
        self._found.rows_back = sum(name not in BOOKKEEPING for name, _ in wanted)
        for (name, row_id), cells in wanted.items():
            self._found.returns.append((name, row_id, json.dumps(cells)))

    def _has_home(self, key: Key, cells: Cells, wanted: dict[Key, Cells]) -> bool:
        for link in self._links:
            if link.child != key[0] or link.child == "external_ref":
                continue
            parent = cells.get(link.column)
            if parent is None or (link.parent, str(parent)) in wanted:
                continue
            if self._row(link.parent, str(parent)) is None:
                if not link.loose:
                    return False
                cells[link.column] = None
        return True

    # Reading

    def _row(self, name: str, row_id: str) -> Cells | None:
        columns = self._tables[name].columns
        listed = ", ".join(f'"{c}"' for c in columns)
        row = self._db.execute(f"select {listed} from {name} where id = ?", (row_id,)).fetchone()
        return None if row is None else dict(zip(columns, row, strict=True))

    def _is(self, name: str, row_id: str, image: str) -> bool:
        """Whether the row is what the image says, which may be of an older schema."""
        row, was = self._row(name, row_id), json.loads(image)
        return row is not None and all(was[c] == cell for c, cell in row.items() if c in was)

    def _count(self) -> None:
        found = self._found
        for name, stays, count in self._db.execute(
            "select tbl, stays, count(*) from temp.going group by tbl, stays"
        ):
            if name in BOOKKEEPING:
                continue
            found.rows_gone += count if stays == 0 else 0
            found.edits_kept += count if stays == _EDITED else 0
            found.rows_needed += count if stays == _NEEDED else 0
        if found.edits_kept:
            self._blame_edits()
        found.needed = self._some(_NEEDED)
        found.staying = (*self._some(_EDITED), *found.needed)[:_NAMED]

    def _blame_edits(self) -> None:
        for name, row_id in self._db.execute(
            "select tbl, row_id from temp.going where stays = ?", (_EDITED,)
        ).fetchall():
            later = self._last(name, row_id) if name not in BOOKKEEPING else None
            if later is not None:
                self._found.later[later] = self._found.later.get(later, 0) + 1

    def _some(self, why: int) -> tuple[Key, ...]:
        """Some rows that stay, those people know best first."""
        found = self._db.execute(
            "select tbl, row_id from temp.going where stays = ? order by case tbl "
            "when 'account' then 0 when 'person' then 1 else 2 end, tbl, row_id limit ?",
            (why, _NAMED),
        )
        return tuple(found)


# The parts of a row that stays stay with it: who took part in a touch, what the CRM calls it.
_PARTS = """update temp.going set stays = :part where stays = 0 and (
    (tbl = 'external_ref' and row_id in (select r.id from external_ref r join temp.going g
        on g.tbl = r.tbl and g.row_id = r.row_id and g.stays > 0))
    or (tbl = 'touch_person' and row_id in (select p.id from touch_person p join temp.going g
        on g.tbl = 'touch' and g.row_id = p.touch_id and g.stays > 0)))"""
