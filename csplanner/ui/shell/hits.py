"""What the palette finds: hits in groups, and the source that finds commands."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import KW_ONLY, dataclass, replace
from functools import partial

from csplanner.language import noted
from csplanner.ui.commands import CommandRegistry, key_words
from csplanner.ui.menu_order import MENUS, in_order

MOST_COMMANDS = 6
_FIRST = (
    "touch.log", "pulse.set", "tier.set", "step.set", "account.add", "go.to_account",
    "book.import", "page.export", "help.shortcuts",
)  # fmt: skip
"""The commands that stand below where you were while nothing is typed."""

GROUPS = (
    noted("Recent"), noted("Pinned"), noted("Dates and filters"), noted("Accounts"),
    noted("People"), noted("Do"), noted("Notes"), noted("Objectives"), noted("Touches"),
    noted("Tasks"), noted("Deals"), noted("Cases"), noted("Tags"), noted("Views"),
    noted("Settings"), noted("Handbook"), noted("History"),
)  # fmt: skip
"""The groups in the order they stand; others follow as they come."""


@dataclass(frozen=True)
class Hit:
    """One row of the palette: choosing it calls `run`.

    The sign before it is a health mark when `band` is set, the initials of a person, or an icon.
    `keys` are its shortcut in words. `actions` are the rows `Tab` leads to (what can be done with
    this account). `marks` are the words it was found by.
    """

    text: str
    run: Callable[[], object]
    _: KW_ONLY
    detail: str = ""
    group: str = ""
    icon: str = ""
    band: str = ""
    form: str = "filled"
    person: str = ""
    keys: str = ""
    marks: str = ""
    actions: Callable[[], Sequence["Hit"]] | None = None
    why: str = ""
    """Why it cannot be chosen now; empty when it can."""
    far: str = ""
    """What it reaches, confirmed before it runs; empty for what reaches no further."""
    otherwise: bool = False
    """Whether it is a way on for when nothing is found, and shown only then."""


Shown = Callable[[Sequence[Hit]], None]


@dataclass(frozen=True)
class Later:
    """An answer that is still being looked for: `ask` has it brought when it is there."""

    ask: Callable[[Shown], None]


Answer = Sequence[Hit] | Later
Source = Callable[[str], Answer]


def in_groups(hits: Iterable[Hit]) -> list[Hit]:
    """The hits with those of a group together; ways on only when there is nothing else."""
    found = list(hits)
    found = [hit for hit in found if not hit.otherwise] or found
    seen = list(dict.fromkeys(hit.group for hit in found))
    order = {name: place for place, name in enumerate((*GROUPS, *seen))}
    known = {name: place for place, name in enumerate(GROUPS)}
    return sorted(found, key=lambda hit: known.get(hit.group, order[hit.group]))


def command_hits(commands: CommandRegistry, text: str, group: str) -> list[Hit]:
    """Return the commands found for `text`; after `>` all of them, else the first few.

    Those that cannot run now say why; without `>` they come only when their name begins so.
    """
    only = text.startswith(">")
    wanted = text.removeprefix(">").strip()
    if text[:1] in ("@", "#", "="):
        return []
    if not text:
        known = [name for name in _FIRST if commands.get(name) is not None]
        first = [command_hit(commands, name, group) for name in known]
        return [hit for hit in first if not hit.why]
    found = [command_hit(commands, c.id, group, wanted) for c in commands.matching(wanted)]
    if not only:
        return [hit for hit in found if len(wanted) > 1][:MOST_COMMANDS]
    return found if wanted else _by_menu(commands)


def _by_menu(commands: CommandRegistry) -> list[Hit]:
    """Every command that can run, menu by menu in their order, then those that cannot."""
    hits = []
    for menu in MENUS:
        names = [c.id for c in commands.all() if c.menu == menu]
        hits += [command_hit(commands, name, menu) for name in in_order(menu, names) if name]
    able, unable = ([h for h in hits if bool(h.why) is barred] for barred in (False, True))
    return [*able, *(replace(hit, group=_NOT_NOW) for hit in unable)]


_NOT_NOW = noted("Not now")


def command_hit(commands: CommandRegistry, name: str, group: str, wanted: str = "") -> Hit:
    """The row of one command."""
    command = commands.get(name)
    assert command is not None
    why = commands.why_not(command)
    hit = Hit(
        commands.text(name),
        partial(commands.run, name),
        group=group,
        icon=command.icon or "chevron-right",
        keys=key_words(command.shortcut or command.local),
        marks=wanted,
        detail=why,
        why=why,
    )
    return hit if why else replace(hit, far=command.far())
