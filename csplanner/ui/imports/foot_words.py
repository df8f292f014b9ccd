"""What the foot of the import says at each step."""

from collections.abc import Iterable
from datetime import date

from csplanner.book.book import Book
from csplanner.book.staging_pages import StagedPages
from csplanner.crm.mapping import FileMapping
from csplanner.crm.staged import Staged
from csplanner.language import ntr, tr
from csplanner.ui.actions.typed import day_shown
from csplanner.ui.imports.answers import questions
from csplanner.ui.imports.decisions import is_known, open_conflicts
from csplanner.ui.imports.foot import Foot
from csplanner.ui.imports.mapping_step import MappingStep
from csplanner.ui.imports.new_records import coming, left_out
from csplanner.ui.imports.new_words import asked
from csplanner.ui.imports.reading import Reading
from csplanner.ui.imports.words import news, one_line
from csplanner.ui.widgets.format import number, plural


def what_comes(staged: Staged, pages: StagedPages) -> str:
    """`27 changes and 2 new accounts`; empty when nothing would happen."""
    missing = len(pages.missing(limit=-1))
    gone, merged = pages.gone_count(taken=True), sum(m.take for m in pages.merges())
    further = (
        ntr("{0} merge", "{0} merges", merged).format(number(merged)) if merged else "",
        ntr("{0} record to archive", "{0} records to archive", gone).format(number(gone))
        if gone
        else "",
    )
    taken = pages.field_count(taken=True)
    return news(coming(staged, pages), taken, missing, further=further)


def say_columns(foot: Foot, columns: MappingStep) -> None:
    """`14 of 17 columns used.`, what the mapping is remembered as, and what waits."""
    used, there = columns.used()
    words = tr("{0} of {1} used.").format(number(used), plural(there, "column"))
    recipe = recipes_words(columns.mappings.values(), columns.mapping)
    new = asked(columns.words_to_say())
    if columns.open:
        foot.say_waiting(
            f"{words} {recipe}".strip(),
            ntr("{0} column waits for your answer.", "{0} columns wait for your answer.",
                len(columns.open)),
        )  # fmt: skip
    else:
        foot.say_waiting(f"{words} {recipe or tr('Nothing has been changed yet.')}", new)
    foot.on.set_text(tr("Review changes"))


def recipes_words(mappings: Iterable[FileMapping], shown: FileMapping | None) -> str:
    """What the mappings are remembered as: of several files how many, of one its name."""
    found = list(mappings)
    known = [m.recalled for m in found if m.recalled is not None]
    if len(found) < 2 or not known:
        return recipe_words(shown)
    new = sum(len(k.new) for k in known)
    said = tr("{0} of {1} files by their recipes, last on {2}.").format(
        number(len(known)),
        number(len(found)),
        day_shown(date.fromisoformat(max(k.last_used for k in known))),
    )
    more = ntr("{0} column is new.", "{0} columns are new.", new) if new else ""
    return " ".join(filter(None, (said, more)))


def recipe_words(mapping: FileMapping | None) -> str:
    """`Recipe “Weekly CRM export”, used 9 times, last on 3 March.`; empty without one."""
    known = None if mapping is None else mapping.recalled
    if known is None:
        return ""
    said = tr("Recipe “{0}”, {1}, last on {2}.").format(
        one_line(known.name),
        ntr("used {0} time", "used {0} times", known.used),
        day_shown(date.fromisoformat(known.last_used)),
    )
    parts = [said]
    if known.new:
        parts.append(ntr("{0} column is new.", "{0} columns are new.", len(known.new)))
    if known.gone:
        parts.append(ntr("{0} column is gone.", "{0} columns are gone.", len(known.gone)))
    return " ".join(parts)


def say_decisions(foot: Foot, reading: Reading, book: Book, *, busy: bool) -> None:
    """How far the decisions are, and what applying would bring."""
    staged, pages = reading.snapshot, reading.pages
    if staged is None or pages is None:
        return
    total, still = pages.field_count(), open_conflicts(pages)
    foot.say_decided(total - still, total, still, left_out(pages))
    names = questions(pages)
    if names:
        foot.say_more(
            ntr("{0} name is asked about first.",
                "{0} names are asked about first.", names)
        )  # fmt: skip
    words = what_comes(staged, pages)
    known = not words and is_known(staged, pages, book.snapshots.all())
    foot.on.setEnabled(not known and not busy)
    if words:
        foot.on.set_text(tr("Apply {0}").format(words))
    else:
        same = tr("Keep as seen on {0}").format(day_shown(staged.as_of))
        foot.on.set_text(tr("Nothing new") if known else same)
