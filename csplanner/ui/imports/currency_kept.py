"""The currency somebody said amounts without one are in, kept per source for the next import."""

from csplanner.crm.targets import header_key
from csplanner.ui.book_memory import BookMemory

_PLACE = "import.currency"


def currency_of(memory: BookMemory, source: str) -> str:
    """The ISO code said last for a source; empty when none was."""
    kept = memory.get(_PLACE)
    code = kept.get(header_key(source)) if isinstance(kept, dict) else None
    return code if isinstance(code, str) else ""


def keep_currency(memory: BookMemory, source: str, code: str) -> None:
    """Keep the code said for a source."""
    kept = memory.get(_PLACE)
    known = kept if isinstance(kept, dict) else {}
    memory.keep(_PLACE, {**known, header_key(source): code})
