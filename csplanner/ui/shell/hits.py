"""What the palette finds: hits in groups, and the source that finds commands."""

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial

from csplanner.ui.commands import CommandRegistry, key_words

MOST_COMMANDS = 6


@dataclass(frozen=True)
class Hit:
    """One row of the palette: choosing it calls `run`.

    The sign before it is a health mark when `band` is set, else an icon. `keys` are its shortcut
    in words. `actions` are the rows `Tab` leads to (what can be done with this account).
    """

    text: str
    run: Callable[[], object]
    _: KW_ONLY
    detail: str = ""
    group: str = ""
    icon: str = ""
    band: str = ""
    form: str = "filled"
    keys: str = ""
    actions: Callable[[], Sequence["Hit"]] | None = None


Source = Callable[[str], Sequence[Hit]]


def command_hits(commands: CommandRegistry, text: str, group: str) -> list[Hit]:
    """Return the commands found for `text`; after `>` all of them, else the first few."""
    only = text.startswith(">")
    wanted = text.removeprefix(">").strip()
    if not only and (text[:1] in ("@", "#") or not wanted):
        return []
    found = commands.matching(wanted)
    return [
        Hit(
            command.text,
            partial(commands.run, command.id),
            group=group,
            icon=command.icon,
            keys=key_words(command.shortcut),
        )
        for command in (found if only else found[:MOST_COMMANDS])
    ]
