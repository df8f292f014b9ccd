"""What every step of settling and comparing a staged snapshot shares."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from csplanner.book.staging_shapes import Shape

OBJECTS_KEPT_ABSENT = ("opportunity", "case", "subscription", "term")
"""What is listed when a complete file lacks it, and kept."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Whose snapshot it is, of which day (ISO), and how it is to be understood."""

    source: str
    as_of: str
    complete: tuple[str, ...] = ()
    """Objects of which the files hold everything."""
    within: str = ""
    """`complete` speaks only of accounts of this owner; empty: of all."""
    blanks: str = "keep"
    """`clear`: an empty cell of a mapped column clears a value that is not the CSM's."""
    same_names: bool = False
    """Every suggestion that fits exactly one account is taken."""
    matches: Mapping[str, str] = field(default_factory=dict)
    """The CRM's id of an account, or `name:…`, to the book's id or `new`."""
    mapped: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The targets of each file's columns, such as `account.city`."""

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> Self:
        """The frame that `keep` wrote down among the facts of a staging file."""
        said = facts["frame"]
        return cls(
            facts["source"], facts["as_of"], tuple(said["complete"]), said["within"],
            said["blanks"], said["same_names"], said["matches"],
            {file: tuple(targets) for file, targets in said["mapped"].items()},
        )  # fmt: skip

    def keep(self, db: sqlite3.Connection) -> None:
        """Write it down in the attached staging file."""
        said = {
            "complete": self.complete, "within": self.within, "blanks": self.blanks,
            "same_names": self.same_names, "matches": dict(self.matches),
            "mapped": {file: list(targets) for file, targets in self.mapped.items()},
        }  # fmt: skip
        db.execute("insert or replace into stage.fact values ('frame', ?)", (json.dumps(said),))


def filled(db: sqlite3.Connection, shape: Shape) -> bool:
    """Whether the snapshot holds records of that kind."""
    return bool(db.execute(f"select exists (select 1 from {shape.staging})").fetchone()[0])


def note(db: sqlite3.Connection, text: str) -> None:
    """Keep a sentence about the snapshot for the person who imports it."""
    db.execute("insert into stage.note (text) values (?)", (text,))


def known_by_ref(db: sqlite3.Connection, shape: Shape, frame: Frame) -> None:
    """Take the id the book already gave to that record of the source."""
    values = (frame.source, shape.object)
    known = "select 1 from main.external_ref where source = ? and object = ?"
    if not db.execute(f"select exists ({known})", values).fetchone()[0]:
        return
    db.execute(
        f"update stage.{shape.staging} set id = r.row_id, moved = 1 "
        "from main.external_ref r where "
        f"r.source = ? and r.object = ? and r.external_id = {shape.staging}.ext "
        f"and r.row_id <> {shape.staging}.id",
        values,
    )
