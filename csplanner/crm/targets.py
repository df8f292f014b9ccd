"""What a column may become, and how its header is compared with the names CRMs use."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Target:
    """What a column may become: `object.field`, its title, how it is read, its usual names."""

    object: str
    field: str
    title: str
    kind: str
    aliases: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """`account.name` and the like."""
        return f"{self.object}.{self.field}"


@lru_cache(maxsize=8192)
def header_key(header: str) -> str:
    """A header without case, accents, spaces and signs, without `__c` and `property_`."""
    bare = re.sub(r"(?i)__c$|^property_(?=.)", "", header.strip()).casefold()
    if not bare.isascii():
        parts = unicodedata.normalize("NFKD", bare)
        bare = "".join(sign for sign in parts if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", "", bare)


def targets(object_: str, lines: str) -> tuple[Target, ...]:
    """The targets of an object, one a line: `field | title | kind | names`; `+` goes on."""
    made = []
    for entry in re.sub(r"\s*\n\s*\+", "", lines.strip()).splitlines():
        field, title, kind, aliases = (part.strip() for part in entry.split("|"))
        made.append(Target(object_, field, title, kind, tuple(aliases.split())))
    return tuple(made)


def slug(text: str) -> str:
    """A name for keys: lower-case words joined by `_`, at most 60 characters."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    words = "".join(s for s in bare if not unicodedata.combining(s))
    return re.sub(r"[\W_]+", "_", words).strip("_")[:60].strip("_")


def with_name(found: Sequence[Target], key: str) -> bool:
    """Whether any of the targets goes by that header key."""
    return any(key in t.aliases for t in found)
