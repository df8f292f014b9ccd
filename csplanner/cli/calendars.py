"""The verb that reads the meetings of an iCalendar file."""

from argparse import Namespace
from collections.abc import Iterator

from csplanner.cli.books import opened
from csplanner.cli.output import one_line, print_json, print_table
from csplanner.crm.calendar import CalendarKept, CalendarReview, Proposal, What, keep, review
from csplanner.domain.wording import count_text, list_text

_WORDS = {
    What.TOUCH: "touch", What.TASK: "task", What.MOVED: "task moved", What.CANCELLED: "task gone",
    What.NOTHING: "there already", What.UNMATCHED: "not matched",
}  # fmt: skip


def calendar(options: Namespace) -> int:
    """Show what the meetings of a file become, and keep it unless it is a dry run."""
    with opened(options, read_only=options.dry_run) as book:
        found = review(book, options.file, since=options.since, until=options.until)
        kept = CalendarKept() if options.dry_run else keep(book, found)
        if options.json:
            print_json({
                "kept": not options.dry_run, "meetings": [_as_json(p) for p in found.proposals],
                "inside": found.inside, "unreadable": found.unreadable,
                "unknown_zones": list(found.zones), "counts": kept,
            })  # fmt: skip
            return 0
        _print(found)
        if options.dry_run:
            print("Nothing was changed.")
        else:
            print(
                f"Kept {count_text(kept.touches, 'touch', 'touches')} and "
                f"{count_text(kept.tasks, 'task')}; moved {kept.moved}, removed {kept.removed}."
            )
    return 0


def _as_json(proposal: Proposal) -> dict[str, object]:
    meeting = proposal.meeting
    return {
        "what": proposal.what, "on": meeting.on, "at": meeting.at or None,
        "minutes": meeting.minutes, "title": meeting.title, "account": proposal.account or None,
        "account_id": proposal.account_id, "people": list(proposal.people),
        "may_be": list(proposal.may_be), "strangers": list(proposal.strangers),
    }  # fmt: skip


def _print(found: CalendarReview) -> None:
    if found.proposals:
        print_table(
            ("Day", "At", "Meeting", "Account", "People", "Becomes"),
            [
                (
                    p.meeting.on.isoformat(), p.meeting.at or "—", p.meeting.title,
                    p.account or "—", list_text(list(p.people or p.strangers)) or "—",
                    _WORDS[p.what],
                )
                for p in found.proposals
            ],
        )  # fmt: skip
    else:
        print(one_line(f"{found.file} has no meeting with anybody from outside in these days."))
    for words in _left_out(found):
        print(one_line(words))


def _left_out(found: CalendarReview) -> Iterator[str]:
    if found.inside:
        yield f"{count_text(found.inside, 'meeting')} with nobody from outside left out."
    if found.unreadable:
        yield f"{count_text(found.unreadable, 'event')} could not be read."
    if found.zones:
        yield f"Unknown time zones, taken as local time: {list_text(list(found.zones[:5]))}."
    if found.counts.get(What.UNMATCHED):
        yield (
            f"{count_text(found.counts[What.UNMATCHED], 'meeting')} not matched: add the guests "
            "as people, or the domain to the account, then read the file again."
        )
