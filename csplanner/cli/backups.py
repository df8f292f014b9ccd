"""Verbs about copies of a book: backup, restore; and the backup that writing verbs make."""

import sys
from argparse import Namespace
from pathlib import Path

from csplanner.book.book import Book
from csplanner.book.connection import key_of_file
from csplanner.cli.books import tell
from csplanner.cli.output import one_line, print_json, print_table
from csplanner.cli.passphrases import unlock_file
from csplanner.errors import UserError

_NAMED = 5


def backup(options: Namespace) -> int:
    """Make a verified copy, or list those there are."""
    from csplanner.book.backup import backup as copy

    if options.list:
        return _list(options)
    # Not brought up to date first: a book that cannot be judged can still be copied.
    with Book.open(options.book, read_only=True, today=options.today) as book:
        tell(book.opened)
        made = copy(book, options.out)
    if options.json:
        print_json({"path": str(made)})
    else:
        print(f"Backed up to {made}")
    return 0


def restore(options: Namespace) -> int:
    """Put a backup in the book's place: the one named, or the newest good one."""
    from csplanner.book.backup import lost_by
    from csplanner.book.backup import restore as put_back
    from csplanner.book.restoring_erased import returning

    chosen = options.backup or _newest(options)
    unlock_file(chosen, options)
    before = key_of_file(options.book)
    lost = lost_by(options.book, chosen)
    back = returning(options.book, chosen).words(options.book)
    aside = put_back(
        options.book, chosen, other_book=options.other_book, take_over=options.take_over
    )
    which = "" if options.backup else f" from the backup of {chosen.stem[:19]} UTC ({chosen})"
    kept = f" The book as it was stands in {aside}" if aside else ""
    print(one_line(f"Restored {options.book}{which}.{_words_of(lost, aside is not None)}{kept}"))
    if back:
        print(one_line(back))
    if before is not None and before != (now := key_of_file(options.book)):
        plain = "The backup is not encrypted, so the book is plain now. Next: csplanner encrypt"
        print("It opens with the passphrase it had when the backup was made." if now else plain)
    return 0


def back_up_after_writing(book: Book, before: str) -> None:
    """A backup when the book is not what it was at `before` (see `history.stamp`), see
    `backup_on_closing`; what was written stands also when none can be made.
    """
    from csplanner.book.backup import backup_on_closing
    from csplanner.book.dump import dump_when_due
    from csplanner.book.history import stamp

    if book.read_only or stamp(book.connection) == before:
        return
    try:
        backup_on_closing(book)
        dump_when_due(book)
    except (UserError, OSError) as error:
        said = f"Note: your change is saved, but not backed up. {_reason(error)}"
        print(one_line(said), file=sys.stderr)


def _reason(error: UserError | OSError) -> str:
    """Why no backup could be made, without advice that is about a change that failed."""
    if isinstance(error, OSError):
        return f"{error.filename or 'The backups folder'}: {error.strerror or 'no answer'}."
    words = str(error).removesuffix("; the book is unchanged.")
    return words if words == str(error) else f"{words.removesuffix(', then try again')}."


def _list(options: Namespace) -> int:
    """Print the backups of the book; where it has none, those of other books and places."""
    from csplanner.book.shelf import barred, folder_of, look, shelves

    if why := barred(options.book):
        raise UserError(why)
    found = look(folder_of(options.book))
    others = [] if found.kept else shelves()
    if options.json:
        named = [
            {"book": o.book, "path": str(o.place or ""), "folder": str(o.folder),
             "backups": len(o.kept), "newest": o.kept[0].made_at} for o in others
        ]  # fmt: skip
        backups = [
            {"path": str(k.path), "made_at": k.made_at, "why": k.why, "size": k.size,
             "sha256": k.sha256, "schema": k.schema, "rows": k.rows, "sound": k.sound,
             "flaws": k.flaws}
            for k in found.kept
        ]  # fmt: skip
        print_json({"folder": str(found.folder), "backups": backups, "others": named})
        return 0
    if found.kept:
        print_table(
            ("When (UTC)", "Made", "MB", "Records", "Sound", "File"),
            [
                (f"{kept.made_at:%Y-%m-%d %H:%M}", kept.why.words, f"{kept.size / 1e6:,.1f}",
                 f"{kept.rows:,}", (kept.flaws or "yes") if kept.sound else "no", kept.path.name)
                for kept in found.kept
            ],
            "llrrl",
        )  # fmt: skip
        print(one_line(f"They take {found.size / 1e6:,.1f} MB in {found.folder}"))
        return 0
    print(one_line(f"There is no backup of a book at {options.book}"))
    if others:
        print_table(
            ("Book", "Newest (UTC)", "Backups", "It lay at", "Folder"),
            [
                (o.book, f"{o.kept[0].made_at:%Y-%m-%d %H:%M}", str(len(o.kept)),
                 str(o.place or "unknown"), str(o.folder))
                for o in others
            ],
            "llr",
        )  # fmt: skip
    return 0


def _newest(options: Namespace) -> Path:
    from csplanner.book.backup import newest_good
    from csplanner.book.shelf import barred

    if why := barred(options.book):
        raise UserError(why)
    found = newest_good(options.book)
    if found is None:
        raise UserError(
            f"There is no good backup of {options.book.name} under this path. Name one: csplanner "
            f"restore {options.book} BACKUP. All there are: csplanner backup {options.book} --list"
        )
    return found.path


def _words_of(lost: list[str] | None, replaced: bool) -> str:
    """What the backup does not have, in words."""
    if not replaced:
        return ""
    if lost is None:
        return " What was newer in the book as it was could not be read."
    if not lost:
        return " No newer change was in the book."
    named = ", ".join(f"“{label}”" for label in lost[:_NAMED])
    more = f" and {len(lost) - _NAMED:,} more" if len(lost) > _NAMED else ""
    changes = "1 newer change is" if len(lost) == 1 else f"{len(lost):,} newer changes are"
    return f" {changes} not in it: {named}{more}."
