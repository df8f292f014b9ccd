"""Verbs that write files for others, and the way back from them: qbr, export, new --from."""

from argparse import Namespace

from csplanner.cli.books import looked, opened
from csplanner.cli.output import one_line, print_json
from csplanner.domain.period import parse_quarter
from csplanner.errors import UserError


def qbr(options: Namespace) -> int:
    """Write the customer deck and the internal brief of one account."""
    from csplanner.qbr.export import export_qbr

    try:
        quarter = parse_quarter(options.quarter) if options.quarter else None
    except ValueError as error:
        raise UserError(f"{error}.") from None
    with opened(options) as book:
        account = book.accounts.only(options.account)
        made = export_qbr(
            book,
            account.id,
            options.out,
            quarter=quarter,
            kind=options.kind,
            template=options.template,
            workbook=options.workbook,
            with_map=options.map,
        )
    if options.json:
        print_json({"files": [str(p) for p in made.files], "omitted": made.omitted,
                    "warnings": made.warnings})  # fmt: skip
        return 0
    for path in made.files:
        print(f"Wrote {path}")
    for left_out in made.omitted:
        print(one_line(f"Left out: {left_out.title}. {left_out.why}"))
    for warning in made.warnings:
        print(one_line(f"Note: {warning}"))
    return 0


def export(options: Namespace) -> int:
    """Write the whole book, as it is or was on a day, as CSV, JSON, lines of JSON or XLSX."""
    from csplanner.book.export import export_book

    with looked(options) as book:
        made = export_book(book, options.out, options.format)
    for path in made.files:
        print(f"Wrote {path}")
    for warning in made.warnings:
        print(one_line(f"Note: {warning}"))
    return 0


def rebuilt(options: Namespace) -> int:
    """Make a book equal to the one that was exported."""
    from csplanner.book.rebuild import rebuild
    from csplanner.cli.passphrases import key_of_new_book

    key = key_of_new_book(options)
    made = rebuild(options.source, options.book, today=options.today, key=key)
    came = ", ".join(
        f"{count:,} {one if count == 1 else many}"
        for table, one, many in (
            ("account", "account", "accounts"),
            ("person", "person", "people"),
            ("touch", "touch", "touches"),
        )
        for count in (made.rows.get(table, 0),)
    )
    rows = sum(made.rows.values())
    print(
        one_line(
            f"Created {options.book} from {options.source.name}: {came}, and the history; "
            f"{rows:,} rows in all, every one as it was exported."
        )
    )
    for note in made.notes:
        print(one_line(f"Note: {note}"))
    return 0
