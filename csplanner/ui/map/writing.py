"""The writes behind the verbs of the map: each takes the writing book and returns what to say."""

from collections.abc import Mapping
from dataclasses import replace

from csplanner.book.book import Book
from csplanner.book.map_edit import NewPerson
from csplanner.book.map_keys import end_of
from csplanner.book.suppress import erased_before
from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.evidence import Evidence
from csplanner.domain.map_layout import HIGH
from csplanner.domain.map_model import YOU, LineKind
from csplanner.domain.map_proposals import Choice, Proposal
from csplanner.domain.map_record import LineSaid
from csplanner.domain.person import Role
from csplanner.domain.tie import TieKind
from csplanner.domain.wording import begin
from csplanner.language import Spoken, noted, ntr, tr

KEPT_AS = {
    LineKind.REPORTS: TieKind.REPORTS, LineKind.INFLUENCES: TieKind.INFLUENCES,
    LineKind.DOUBTS: TieKind.DOUBTS, LineKind.TIE: TieKind.KNOWS, LineKind.RIVAL: TieKind.KNOWS,
    LineKind.PAIRED: TieKind.PAIRED,
}  # fmt: skip
"""What a line of the map is kept as."""


SAYINGS = Spoken({
    LineKind.REPORTS: noted("{0} reports to {1}"), LineKind.INFLUENCES: noted("{0} influences {1}"),
    LineKind.DOUBTS: noted("{0} doubts {1}"), LineKind.TIE: noted("{0} knows {1}"),
    LineKind.RIVAL: noted("{0} is in contact with {1}"),
    LineKind.PAIRED: noted("{0} is planned for {1}"),
})  # fmt: skip
"""A line in words, filled in with the names of its ends."""


def report_to(book: Book, *, account_id: str, keys: tuple[str, ...], above: str | None) -> str:
    """Let cards report to another one, or to nobody; a circle is refused with its names."""
    names = _names(book, account_id, keys)
    chief = _names(book, account_id, (above,))[0] if above else tr("nobody")
    many = ntr("{0} person reports to {1}", "{0} people report to {1}", len(keys))
    said = many.format(len(keys), chief)
    if len(keys) == 1:
        said = tr("{0} reports to {1}").format(names[0], chief)
        book.map_edit.report_to(account_id, keys[0], above)
        return said
    with book.change(tr("Let {0} people report to {1}").format(len(keys), chief)):
        for key in keys:
            book.map_edit.report_to(account_id, key, above)
    return said


def place(book: Book, *, account_id: str, map_id: str, spots: Mapping[str, tuple[int, int]]) -> str:
    """Keep where cards were put; nothing is said, for it is seen."""
    book.map_edit.place(account_id, map_id, spots)
    return ""


def unplace(book: Book, *, account_id: str, map_id: str, keys: tuple[str, ...]) -> str:
    """Let the layout decide where cards stand."""
    book.map_edit.unplace(account_id, map_id, keys)
    many = ntr(
        "{0} card stands where the layout puts it", "{0} cards stand where the layout puts them",
        len(keys),
    )  # fmt: skip
    return many.format(len(keys))


def park(book: Book, *, account_id: str, map_id: str, keys: tuple[str, ...]) -> str:
    """Take cards off the map."""
    names = _names(book, account_id, keys)
    book.map_edit.park(account_id, map_id, keys)
    if len(keys) == 1:
        return tr("{0} is off the map, and still known").format(names[0])
    return tr("{0} people are off the map, and still known").format(len(keys))


def put_on_map(
    book: Book, *, account_id: str, map_id: str, keys: tuple[str, ...], at: tuple[int, int] | None
) -> str:
    """Put cards on the map, from a point on downwards or where the layout wants them."""
    names = _names(book, account_id, keys)
    said = ntr("{0} card is on the map", "{0} cards are on the map", len(keys)).format(len(keys))
    if len(keys) == 1:
        said = tr("{0} is on the map").format(names[0])
    label = ntr("Put {0} card on the map", "Put {0} cards on the map", len(keys))
    with book.change(label.format(len(keys))):
        book.map_edit.unpark(account_id, map_id, keys)
        if at is not None:
            x, y = at
            spots = {key: (x, y + n * (HIGH + 16)) for n, key in enumerate(keys)}
            book.map_edit.place(account_id, map_id, spots)
    return said


def put_known(book: Book, *, account_id: str, map_id: str, key: str, above: str | None) -> str:
    """Put somebody who is known on the map, and let them report to somebody where one is named."""
    name = _names(book, account_id, (key,))[0]
    with book.change(tr("Put {0} on the map").format(name)):
        book.map_edit.keep_on_map(account_id, map_id, (key,))
        if above is not None and above != key:
            book.map_edit.report_to(account_id, key, above)
    return tr("{0} is on the map").format(name)


def _names(book: Book, account_id: str, keys: tuple[str, ...]) -> list[str]:
    return [end_of(book, account_id, key).name for key in keys]


def connect(
    book: Book, *, account_id: str, kind: LineKind, ends: tuple[str, str],
    told: LineSaid | None = None, csm: str = "",
) -> str:  # fmt: skip
    """Draw a line, or say something else of the one there is; `csm` is your name, where the
    settings do not hold it yet.
    """
    named = [tr("you") if k == YOU else end_of(book, account_id, k).name for k in ends]
    with book.change(tr("Draw a line from {0} to {1}").format(*named)):
        if csm:
            book.set_settings(replace(book.settings, csm=csm))
        start, end = _names(book, account_id, ends)
        book.map_edit.connect(account_id, KEPT_AS[kind], *ends, said=told)
    return SAYINGS[kind].format(start, end)


def restate(book: Book, *, tie_id: str, kind: LineKind, told: LineSaid) -> str:
    """Say anew what a line says."""
    book.map_edit.restate(tie_id, KEPT_AS[kind], told)
    return tr("Changed the line")


def disconnect(book: Book, *, account_id: str, keys: tuple[str, ...]) -> str:
    """Take lines away, by their keys on the map."""
    said = ntr("{0} line is gone", "{0} lines are gone", len(keys)).format(len(keys))
    with book.change(ntr("Remove {0} line", "Remove {0} lines", len(keys)).format(len(keys))):
        for key in keys:
            book.map_edit.disconnect(account_id, key)
    return said


def add_vacancy(
    book: Book, *, account_id: str, map_id: str, role: Role, title: str, above: str | None
) -> str:
    """Add a seat nobody holds."""
    book.map_edit.add_vacancy(account_id, role, title=title, above=above, map_id=map_id)
    return tr("Added a vacant seat: {0}").format(title or begin(ROLE_WORDS[role]))


def add_card(book: Book, *, account_id: str, map_id: str, new: NewPerson, above: str | None) -> str:
    """Add a person of theirs and put them on the map; says where they were erased before."""
    book.map_edit.add_person(account_id, new, above=above, map_id=map_id)
    before = erased_before(book.connection, account_id=account_id, name=new.name, email=new.email)
    said = tr("{0} is on the map").format(new.name)
    return f"{said}. {before}" if before else said


def add_outsider(
    book: Book, *, account_id: str, map_id: str, new: NewPerson, close_to: str | None
) -> str:
    """Add somebody from outside, with the line to whom they are in contact with."""
    said = tr("{0} is on the map").format(new.name)
    with book.change(tr("Add {0} from outside").format(new.name)):
        key = book.map_edit.add_person(account_id, new, map_id=map_id)
        if close_to:
            book.map_edit.connect(account_id, TieKind.KNOWS, key, close_to)
    return said


def judge(
    book: Book, *, account_id: str, key: str, values: Mapping[str, object], evidence: Evidence,
    seat: str = "",
) -> str:  # fmt: skip
    """Keep judgements of one card with what they rest on, also when they are only confirmed.

    `seat` says which of their roles is meant, as `book.map_roles` has it.
    """
    name = _names(book, account_id, (key,))[0]
    book.map_edit.judge_all(account_id, key, values, evidence, seat=seat)
    return tr("Kept what you think of {0}").format(name)


def answer(book: Book, *, account_id: str, proposal: Proposal, choice: Choice | None) -> str:
    """Do what a choice says, or leave the map as it is; the same is not proposed again."""
    if choice is None:
        book.map_proposals.refuse(account_id, proposal)
        return tr("The map stays as it is")
    book.map_proposals.take(account_id, proposal, choice)
    return choice.words


def add_map(book: Book, *, account_id: str, name: str, keys: tuple[str, ...]) -> str:
    """Make a further map and return its id."""
    return book.map_edit.add_map(account_id, name, keys).id


def rename_map(book: Book, *, map_id: str, name: str) -> str:
    """Give a map another name."""
    book.map_edit.rename_map(map_id, name)
    return tr("The map is called {0}").format(name)


def remove_map(book: Book, *, map_id: str) -> str:
    """Remove a further map; its people stay in the account."""
    name = book.maps.get(map_id).name
    book.map_edit.remove_map(map_id)
    return tr("The map {0} is gone; its people are still known").format(name)
