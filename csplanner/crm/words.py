"""The words CRMs use for what the book keeps as a choice, and how words nobody knows are read.

A word is compared without case, accents, spaces and signs. What a person said of a word of their
CRM wins; a word nobody knows is read in a sensible way and reported, so that it is asked once.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from csplanner.book.rows import Cell
from csplanner.crm.targets import header_key, slug
from csplanner.crm.vocabulary import CHOICES, LEFT_OUT, VOCABULARY, vocabulary_of
from csplanner.domain.measures import OTHER

__all__ = ["CHOICES", "LEFT_OUT", "WORDED", "Words", "is_renewal", "stage_state"]

WORDED = frozenset((*VOCABULARY, "roles", "oppkind", "measure"))
"""Kinds of targets whose cells are words of a picklist."""
_NAMES = MappingProxyType({"roles": "role", "oppkind": "kind", "oppstate": "status",
                           "stagestate": "stage"})  # fmt: skip
_RENEWAL = re.compile(r"renew|verlang|verläng|reconduc|renov|rinnov|prolong|vernieuw", re.I)
_EXPANSION = re.compile(
    r"existing|upgrade|upsell|up-sell|cross|expan|add-?on|bestandskunde|erweiterung|replacement|"
    r"downgrade|amend", re.I
)  # fmt: skip
_NEW = re.compile(r"\bnew|neu|nouve|nuev|nuov|newbusiness", re.I)


@dataclass(slots=True)
class Words:
    """Reads the cells of one kind of picklist; words it does not know are kept in `unknown`."""

    kind: str
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What a person said: kind → `header_key(word)` → meaning."""
    unknown: dict[str, str] = field(default_factory=dict)
    """Word as written → how it was read meanwhile, empty: left out."""

    @property
    def name(self) -> str:
        """The name of the kind for people and in `meanings`: `stage`, `status`, `role`, …"""
        return _NAMES.get(self.kind, self.kind)

    def read(self, cell: str) -> Cell:
        """The meaning of a cell; None where it has none."""
        if self.kind == "roles":
            return self._roles(cell)
        return self._one(cell)

    def _one(self, cell: str) -> Cell:
        said = self.meanings.get(self.name, {}).get(header_key(cell))
        if said is not None:
            return self._meant(said, cell)
        if self.kind == "oppkind":
            return self._kind(cell)
        found = _look_up(self.kind, header_key(cell))
        if found is not None:
            return None if found == LEFT_OUT else found
        return self._unknown(cell)

    def _meant(self, said: str, cell: str) -> Cell:
        if said in ("", LEFT_OUT):
            return None
        if self.kind == "measure" and said == OTHER:
            return f"{OTHER}.{slug(cell)}"
        if said == "on_hold":
            return "open"
        return int(said) if said.lstrip("-").isdigit() else said

    def _unknown(self, cell: str) -> Cell:
        if self.kind == "measure" and slug(cell):
            self.unknown[cell] = OTHER
            return f"{OTHER}.{slug(cell)}"
        otherwise = {"stagestate": "open", "roles": "influencer", "channel": "other"}.get(self.kind)
        self.unknown[cell] = otherwise or ""
        return otherwise

    def _roles(self, cell: str) -> Cell:
        """The book's roles named in a cell, joined by `;`."""
        whole = self.meanings.get(self.name, {}).get(header_key(cell))
        if whole is not None or _look_up(self.kind, header_key(cell)) is not None:
            return self._one(cell)
        parts = [part.strip() for part in re.split(r"[;,/]", cell) if part.strip()]
        found = [self._one(part) for part in parts]
        return ";".join(dict.fromkeys(str(f) for f in found if f is not None)) or None

    def _kind(self, cell: str) -> Cell:
        """Renewal, expansion, new or other, from a deal's type."""
        if _RENEWAL.search(cell):
            return "renewal"
        if _EXPANSION.search(cell):
            return "expansion"
        if _NEW.search(cell):
            return "new"
        if header_key(cell) != "other":
            self.unknown[cell] = "other"
        return "other"


def _look_up(kind: str, key: str) -> Cell:
    """What a known word means, None for another."""
    words = vocabulary_of(kind)
    found = words.get(key)
    if found is None and kind in ("stagestate", "oppstate"):
        bare = key.lstrip("0123456789")
        found = words.get(bare)
        for sign, state in (("closedwon", "won"), ("closedlost", "lost")):
            if found is None and sign in bare:
                return state
    return found


def stage_state(words: Words) -> Callable[[Cell], Cell]:
    """What a stage's name says of its deal: open, won, lost; None for no text."""

    def read(stage: Cell) -> Cell:
        return words.read(stage) if isinstance(stage, str) else None

    return read


def is_renewal(text: str) -> bool:
    """Whether a deal's name, pipeline or record type says it is a renewal."""
    return bool(_RENEWAL.search(text))
