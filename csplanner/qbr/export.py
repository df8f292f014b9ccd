"""One review as files: the customer's deck, your brief, and the figures as a workbook."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from csplanner.book.as_known import as_known
from csplanner.book.book import Book
from csplanner.book.outgoing import Cleaner, place, safe_file_name
from csplanner.domain.account_file import AccountFile
from csplanner.domain.index import FileIndex
from csplanner.domain.judgement import Judgement, judge
from csplanner.domain.period import Quarter, quarter_of
from csplanner.language import speaking
from csplanner.paint.document import Document
from csplanner.qbr.brief import brief
from csplanner.qbr.brief_glance import Known
from csplanner.qbr.customer_view import CustomerView, customer_view, review_day
from csplanner.qbr.people_slide import with_people
from csplanner.qbr.slides import Kind, Omitted, Story
from csplanner.qbr.story import story
from csplanner.qbr.then import known_on


@dataclass(frozen=True, slots=True)
class Prepared:
    """A review before anything is written: what the deck and the brief will say."""

    view: CustomerView
    story: Story
    brief: Document
    warnings: tuple[str, ...]
    judgement: Judgement
    """What is judged of the account on the day of the review."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: deck, brief, and workbook when asked for, in this order."""

    files: tuple[Path, ...]
    omitted: tuple[Omitted, ...]
    warnings: tuple[str, ...]
    story: Story


@speaking("en")
def prepare_qbr(
    book: Book,
    account_id: str,
    *,
    quarter: Quarter | None = None,
    kind: Kind | str = Kind.QBR,
    today: date | None = None,
    with_map: bool = False,
) -> Prepared:
    """The review of one account for a fiscal quarter (default: the one that holds `today`).

    It speaks as of `today`, by default the day the book is judged on, and never as of a day after
    its quarter: whatever is dated later is left out. `with_map` adds who works with whom, as a
    customer may see it. Only reads. Raises UserError when there is no such account.
    """
    settings = book.settings
    newest = book.as_of()
    day = newest if today is None else min(today, newest)
    period = quarter or quarter_of(day, settings.fiscal_start_month)
    day = review_day(period, settings, day)
    file, judgement = _judged(book, account_id, day)
    is_past = day < newest
    cleaner = Cleaner()
    view = customer_view(file, settings, period, as_of=day, is_past=is_past, cleaner=cleaner)
    told = story(view, Kind(kind))
    if with_map:
        told = with_people(told, book.relation_map.read(account_id, day=day), view.csm)
    known = Known(file, judgement, settings, told, FileIndex(file, day), is_past)
    return Prepared(view, told, brief(known), cleaner.warnings(), judgement)


def _judged(book: Book, account_id: str, day: date) -> tuple[AccountFile, Judgement]:
    """The account and what is judged of it, both as of `day`."""
    file, judgement = book.derived.judge(account_id)
    if day >= book.as_of():
        return file, judgement
    then = known_on(as_known(book, file, day), day)
    context = book.derived.context()
    if context.usage_through is not None:
        context = replace(context, usage_through=min(context.usage_through, day))
    return then, judge(then, book.settings, as_of=day, context=context)


@speaking("en")
def export_qbr(
    book: Book,
    account_id: str,
    out_dir: Path,
    *,
    quarter: Quarter | None = None,
    kind: Kind | str = Kind.QBR,
    template: Path | None = None,
    workbook: bool = False,
    today: date | None = None,
    with_map: bool = False,
) -> Exported:
    """Write deck (PPTX), brief (PDF) and on request the figures (XLSX) into `out_dir`.

    Nothing is overwritten: a file of the same name stays and the new one is numbered. `with_map`
    adds who works with whom. Raises UserError when the folder, the template or the account cannot
    be used.
    """
    from csplanner.paint.print_document import print_document
    from csplanner.qbr.deck import write_deck
    from csplanner.qbr.template import read_template

    clean = None if template is None else read_template(template)
    ready = prepare_qbr(
        book, account_id, quarter=quarter, kind=kind, today=today, with_map=with_map
    )
    view, told = ready.view, ready.story
    warnings = list(ready.warnings)
    if clean is not None and clean.removed:
        warnings.append(f"Taken out of the template: {', '.join(clean.removed)}.")
    deck = write_deck(
        told,
        day=view.as_of,
        author=view.csm,
        template=None if clean is None else clean.content,
    )
    name = f"{safe_file_name(view.account_name)} {view.quarter} {told.kind.value.upper()}"
    files = [
        place(out_dir, f"{name} deck.pptx", deck),
        place(out_dir, f"{name} internal brief.pdf", print_document(ready.brief)),
    ]
    if workbook:
        from csplanner.qbr.workbook import write_workbook

        files.append(write_workbook(told, out_dir, f"{name} figures.xlsx"))
    return Exported(tuple(files), told.omitted, tuple(warnings), told)
