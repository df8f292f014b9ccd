"""Who looks after what is already sold, who sells more, how they interlock: ready strings."""

from dataclasses import dataclass

from csplanner.domain.care import ADOPTION, EXPANSION, INTERLOCK, Care, Keeper, care
from csplanner.domain.index import FileIndex
from csplanner.domain.wording import one_line
from csplanner.language import noted, tr
from csplanner.ui import veil
from csplanner.ui.account.kept import Kept
from csplanner.ui.widgets import format as words

_PROBLEMS = {
    "left": noted("{0} has left"),
    "several": noted("more than one is accountable"),
}


@dataclass(frozen=True, slots=True)
class CareRow:
    """One question; `strong` is who answers for it. An empty `cell_id` means nobody agreed."""

    title: str
    strong: str
    rest: str
    activity: str
    cell_id: str = ""
    is_wrong: bool = False

    @property
    def spoken(self) -> str:
        """The row as one sentence."""
        who = " ".join(text for text in (self.strong, self.rest) if text)
        return f"{self.title}: {who}"


def care_rows(index: FileIndex, kept: Kept) -> list[CareRow]:
    """Return the three questions every account has, and further lines that were agreed."""
    found, csm = care(index, kept.cells), kept.csm
    rows = [
        _sold(found, csm),
        _row(tr("Selling more"), EXPANSION, found.more, csm),
        _interlock(found, index, csm),
    ]
    return rows + [_row(tr(k.cell.activity), k.cell.activity, k, csm) for k in found.others]


def _sold(found: Care, csm: str) -> CareRow:
    row = _row(tr("Already sold"), ADOPTION, found.sold, csm)
    if found.renewing is None or not found.renewing.person:
        return row
    renewing = tr("renewal with {0}").format(one_line(found.renewing.person))
    same = found.sold is not None and found.renewing.person == found.sold.person
    rest = row.rest if same else ", ".join(text for text in (row.rest, renewing) if text)
    return CareRow(row.title, row.strong, rest, row.activity, row.cell_id, row.is_wrong)


def _row(title: str, activity: str, keeper: Keeper | None, csm: str) -> CareRow:
    if keeper is None:
        return CareRow(title, "", tr("nobody agreed yet"), activity)
    party = tr(keeper.cell.party)
    is_you = bool(csm) and keeper.person == csm
    name = tr("You") if is_you else one_line(keeper.person)
    if keeper.problem in _PROBLEMS:
        told = tr(_PROBLEMS[keeper.problem]).format(name or party)
        return CareRow(title, name or party, told, activity, keeper.cell.id, is_wrong=True)
    if not name:
        unnamed = tr("nobody named")
        return CareRow(title, party, unnamed, activity, keeper.cell.id, is_wrong=True)
    return CareRow(title, name, "" if is_you else party, activity, keeper.cell.id)


def _interlock(found: Care, index: FileIndex, csm: str) -> CareRow:
    keeper, title = found.interlock, tr("Interlock")
    if keeper is None:
        return CareRow(title, "", tr("not agreed yet"), INTERLOCK)
    last = keeper.cell.agreed_on
    held = tr("last held {0}").format(words.day(last, index.as_of)) if last else ""
    told = ", ".join(text for text in (veil.note(one_line(keeper.cell.note)), held) if text)
    told = told or _row(title, INTERLOCK, keeper, csm).strong
    return CareRow(title, "", told, INTERLOCK, keeper.cell.id)
