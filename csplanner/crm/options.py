"""What a person may say about a snapshot, and how it is written down for another process."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from csplanner.crm.mapping import FileMapping, from_json
from csplanner.crm.targets import header_key

Progress = Callable[[int, int, str], None]
"""Called with (done, total, words); done and total count bytes read, then steps."""
Cancel = Callable[[], bool]
"""Asked now and then; True stops the import with `Cancelled`."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One cell of a file that is read as if it said something else."""

    file: str
    row: int
    """The row's number in the file, as quarantine names it."""
    column: str
    """The header of the column."""
    value: str


@dataclass(frozen=True, slots=True)
class Options:
    """What a person may say about a snapshot; everything has a default."""

    source: str = ""
    """Name of the CRM; empty: told from the files. Of files of several CRMs only those of it."""
    only_told: bool = False
    """With `source`: leave out files that tell no CRM where others are from another."""
    as_of: date | None = None
    scope: str = "partial"
    """`full` says the same as `complete=("account",)`."""
    date_order: str = ""
    """`dmy` or `mdy` for dates that read both ways."""
    currency: str = ""
    """ISO code for amounts that name none; empty: the book's."""
    decimal: str = ""
    """`.` or `,`: the decimal sign of amounts that read both ways."""
    today: date | None = None
    """The day of the import; None: the computer's."""
    mappings: Mapping[str, FileMapping] = field(default_factory=dict)
    """Edited mappings by file name; other files are mapped as proposed."""
    encodings: Mapping[str, str] = field(default_factory=dict)
    """The encoding of text files by file name; other files tell it themselves."""
    complete: tuple[str, ...] = ()
    """Objects of which the files hold everything, such as `account` and `person`."""
    within: str = ""
    """`complete` speaks only of accounts of this owner; empty: of all."""
    blanks: str = "keep"
    """`clear`: an empty cell clears a value the CSM did not set; `keep`: it says nothing."""
    matches: Mapping[str, str] = field(default_factory=dict)
    """The CRM's account id, or a key such as `name:acme`, to the book's account id or `new`."""
    same_names: bool = False
    """Take every account whose name fits exactly one account of the book for that account."""
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Kind of value, such as `stage`, to a word in any spelling to what the word means."""
    fixes: tuple[Fix, ...] = ()
    """Cells read as corrected."""
    mended: tuple[str, ...] = ()
    """Ids of rows set aside earlier that this import brings in."""
    recall: bool = True
    """Use the mappings and meanings the book remembers."""

    @property
    def complete_objects(self) -> tuple[str, ...]:
        """`complete`, with accounts where the scope is full."""
        whole = ("account",) if self.scope == "full" and "account" not in self.complete else ()
        return (*whole, *self.complete)

    @property
    def worded(self) -> dict[str, dict[str, tuple[str, str]]]:
        """`meanings` by the words' keys: kind to key to the word as written and its meaning."""
        return {
            kind: {header_key(word) or word: (word, meaning) for word, meaning in words.items()}
            for kind, words in self.meanings.items()
        }


_DAYS = ("as_of", "today")


def to_plain(options: Options) -> dict[str, Any]:
    """Every field as plain data for JSON; `from_plain` reads it."""
    plain: dict[str, Any] = {f.name: getattr(options, f.name) for f in fields(options)}
    for name in _DAYS:
        plain[name] = plain[name].isoformat() if plain[name] else None
    plain["mappings"] = {file: mapping.to_json() for file, mapping in options.mappings.items()}
    plain["fixes"] = [[fix.file, fix.row, fix.column, fix.value] for fix in options.fixes]
    for name in ("encodings", "matches"):
        plain[name] = dict(plain[name])
    plain["meanings"] = {kind: dict(words) for kind, words in options.meanings.items()}
    return plain


def from_plain(plain: Mapping[str, Any]) -> Options:
    """The options that `to_plain` wrote down."""
    given = dict(plain)
    for name in _DAYS:
        given[name] = date.fromisoformat(given[name]) if given[name] else None
    given["mappings"] = {file: from_json(m) for file, m in given["mappings"].items()}
    given["fixes"] = tuple(Fix(*fix) for fix in given["fixes"])
    for name in ("complete", "mended"):
        given[name] = tuple(given[name])
    return Options(**given)
