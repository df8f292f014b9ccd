"""The records a snapshot brings that the book does not have: each is taken in or left out."""

from collections.abc import Mapping
from functools import partial

from csplanner.book.staged_new import NewRow, new_rows
from csplanner.book.staging_pages import StagedPages
from csplanner.book.staging_shapes import SHAPES
from csplanner.crm.staged import Staged
from csplanner.language import Spoken, noted, ntr, tr
from csplanner.ui.imports.choices import FIRST, SECOND, STRETCH, Choice, Sheet, Verb
from csplanner.ui.imports.parts import Entry
from csplanner.ui.imports.review_words import label_words
from csplanner.ui.imports.words import kind_of, objects, one_line, value
from csplanner.ui.widgets.format import number, plural

_WITH = Spoken(
    {"account": noted("left out with its account"), "person": noted("left out with the person")}
)


def coming(staged: Staged, pages: StagedPages) -> dict[str, Mapping[str, int]]:
    """The counts of a staged snapshot, new records without those left out."""
    taken = pages.new_counts()
    return {
        name: {**counts, "new": taken.get(name, (0, 0))[1]}
        for name, counts in staged.counts.items()
    }


def left_out(pages: StagedPages, kind: str = "") -> int:
    """How many new records stay out, of one kind or all."""
    return pages.new_count(kind, taken=False)


def left_out_words(count: int) -> str:
    """What becomes of new records that stay out; empty when there are none."""
    if not count:
        return ""
    return ntr(
        "{0} new record is left out, and stays so until you take it.",
        "{0} new records are left out, and stay so until you take them.",
        count,
    ).format(number(count))


def kinds(pages: StagedPages) -> list[Entry]:
    """The kinds of new records with how many of each, accounts first."""
    found = _kinds_of(pages, "")
    if len(found) < 2:
        return []
    total = sum(count for _, count in found)
    every = Entry("", tr("All kinds"), number(total))
    return [every, *(Entry(kind, objects(kind), number(count)) for kind, count in found)]


def _kinds_of(pages: StagedPages, wanted: str) -> list[tuple[str, int]]:
    found = [(kind, n) for kind, (n, _) in pages.new_counts().items() if wanted in ("", kind)]
    return sorted(found, key=lambda k: k[0] != "account")


def note(pages: StagedPages, kind: str = "") -> str:
    """`2 of 41 left out`; how many there are while none is."""
    total, out = pages.new_count(kind), left_out(pages, kind)
    if out:
        return tr("{0} of {1} left out").format(number(out), number(total))
    return plural(total, "record")


def new_sheet(pages: StagedPages, kind: str = "") -> Sheet:
    """The new records, of one kind where it is named, each to be taken in or left out."""
    found = _kinds_of(pages, kind)

    def load(offset: int, limit: int) -> list[Choice]:
        read: list[Choice] = []
        for name, count in found:
            if offset < count and limit > 0:
                rows = new_rows(pages, name, offset=offset, limit=min(limit, count - offset))
                read += [_choice(row) for row in rows]
                limit -= count - offset
                offset = count
            offset -= count
        return read

    return Sheet(
        tr("New in these files"),
        (tr("New record"), tr("Kind"), tr("Says")),
        (STRETCH, 112, 190),
        (tr("Take"), tr("Leave out")),
        sum(count for _, count in found),
        load,
        partial(_answer, pages, kind),
        (tr("Take all"), tr("Leave all out")),
        more=partial(_more, pages),
        spare=2,
    )


def _choice(row: NewRow) -> Choice:
    title = label_words(row.title) if row.object == "measurement" else one_line(row.title)
    whose = one_line(row.account)
    facts = ", ".join(filter(None, (value(kind, raw) for kind, raw in row.facts)))
    cells = (
        f"{whose}: {title}" if whose else title,
        kind_of(row.object),
        _WITH.get(row.refused_with, "") or facts,
    )
    place = tr("{0}, row {1}").format(one_line(row.file), number(row.row))
    return Choice(row, cells, FIRST if row.take else SECOND, place)


def _answer(pages: StagedPages, kind: str, choice: Choice | None, place: int) -> None:
    """Take or leave out one record, or all of the kind shown; a record comes with its account."""
    take = place == FIRST
    if choice is None:
        pages.decide_new(take=take, object_=kind)
        return
    row: NewRow = choice.key
    if take and row.refused_with == "account":
        pages.decide_new(take=True, object_="account", account_id=row.account_id)
    pages.decide_new([row.row_id], take=take, object_=row.object)


def _more(pages: StagedPages, choice: Choice) -> list[Verb]:
    """The same for everything new of the record's account, and of its kind."""
    row: NewRow = choice.key
    account = one_line(row.account or row.title)
    many = tr(SHAPES[row.object].many)
    of_account = partial(pages.decide_new, account_id=row.account_id)
    of_kind = partial(pages.decide_new, object_=row.object)
    verbs = [
        Verb(tr("Take all new {0}").format(many), partial(of_kind, take=True)),
        Verb(tr("Leave out all new {0}").format(many), partial(of_kind, take=False)),
    ]
    if row.account_id:
        verbs += [
            Verb(tr("Take everything new of {0}").format(account), partial(of_account, take=True)),
            Verb(
                tr("Leave out everything new of {0}").format(account),
                partial(of_account, take=False),
            ),
        ]
    return verbs
