"""What you jot down yourself: tasks, notes and tags."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from csplanner.book.ids import new_id
from csplanner.book.records import Records, Rows, records_of
from csplanner.domain.note import LONGEST_NOTE, Note
from csplanner.domain.tag import Tag, tag_word, words_of
from csplanner.domain.tag import in_order as by_alphabet
from csplanner.domain.task import Task, in_order
from csplanner.domain.wording import count_text, number_text
from csplanner.errors import UserError
from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.book.book import Book

_MANY = 50
"""Rows from which a backup is made before a change."""


class Tasks(Rows[Task]):
    """The tasks of a book, with an account or without one."""

    def __init__(self, book: "Book") -> None:
        super().__init__(book, records_of(Task))

    def add(self, record: Task, label: str = "") -> Task:
        """Keep a task and return what was kept; UserError without a title."""
        kept = replace(record, title=_title(record.title))
        return super().add(kept, label or tr("Add the task {0}").format(kept.title))

    def _may_set(self, record_id: str, fields: dict[str, object]) -> dict[str, object]:
        del record_id
        return fields | {"title": _title(str(fields["title"]))} if "title" in fields else fields

    def done(self, task_id: str, *, on: date | None = None, touch_id: str | None = None) -> None:
        """Note that a task was done on a day (today when None), by the touch `touch_id` if any."""
        task = self.get(task_id)
        self.update(
            task_id,
            label=tr("Done: {0}").format(task.title),
            done_on=on or self._book.today,
            touch_id=touch_id or task.touch_id,
        )

    def reopen(self, task_id: str) -> None:
        """Note that a task is not done after all."""
        self.update(
            task_id, label=tr("Not done: {0}").format(self.get(task_id).title), done_on=None
        )

    def remove(self, record_id: str, *, label: str = "") -> None:
        """Delete a task (undo brings it back)."""
        super().remove(
            record_id, label=label or tr("Remove the task {0}").format(self.get(record_id).title)
        )

    def open(self, until: date | None = None) -> tuple[Task, ...]:
        """Every task that is not done, by when it is due, those without a day last.

        With `until` only those due on that day or before. Tasks of archived accounts are left out.
        """
        due, values = ("", ()) if until is None else ("and due <= ?", (until.isoformat(),))
        there = "(account_id is null or account_id in (select id from account where archived = 0))"
        return _sorted(self._where(f"done_on is null {due} and {there}", values))

    def done_since(self, day: date) -> tuple[Task, ...]:
        """Every task done on `day` or later, the newest last."""
        found = self._where("done_on >= ?", (day.isoformat(),))
        return tuple(sorted(found, key=lambda task: task.done_on or day))

    def of(self, account_id: str) -> tuple[Task, ...]:
        """The tasks of one account, open and done, by when they are due."""
        return _sorted(self._where("account_id = ?", (account_id,)))

    def grouped(self, account_ids: Sequence[str] | None = None) -> dict[str, list[Task]]:
        """The tasks of many accounts (all when None), by account id."""
        if account_ids is None:
            found = self._where("account_id is not null", ())
        else:
            marks = ", ".join("?" * len(account_ids))
            found = self._where(f"account_id in ({marks})", tuple(account_ids))
        groups: dict[str, list[Task]] = defaultdict(list)
        for task in _sorted(found):
            groups[str(task.account_id)].append(task)
        return groups


class Notes(Records[Note]):
    """The notes of a book."""

    def __init__(self, book: "Book") -> None:
        super().__init__(book, records_of(Note))

    def add(self, record: Note, label: str = "") -> Note:
        """Keep a note and return what was kept; UserError when it is empty."""
        return super().add(replace(record, text=_text(record.text)), label or "Write a note")

    def _may_set(self, record_id: str, fields: dict[str, object]) -> dict[str, object]:
        del record_id
        return fields | {"text": _text(str(fields["text"]))} if "text" in fields else fields

    def pin(self, note_id: str, *, pinned: bool) -> None:
        """Keep a note above the others, or no longer."""
        self.update(
            note_id, label=tr("Pin a note") if pinned else tr("Unpin a note"), pinned=pinned
        )

    def of(self, account_id: str) -> tuple[Note, ...]:
        """The notes of one account, oldest first, those that are pinned last."""
        return tuple(sorted(super().of(account_id), key=lambda note: note.pinned))


class Tags:
    """The tags of accounts, by their words."""

    def __init__(self, book: "Book") -> None:
        self._book = book
        self._rows = Records(book, records_of(Tag))

    def of(self, account_id: str) -> tuple[str, ...]:
        """The tags of one account, by alphabet."""
        return words_of(self._rows.of(account_id))

    def grouped(self, account_ids: Sequence[str] | None = None) -> dict[str, list[Tag]]:
        """The tags of many accounts (all when None), by account id."""
        return self._rows.grouped(account_ids)

    def all(self) -> tuple[tuple[str, int], ...]:
        """Every tag with how many accounts bear it, by alphabet."""
        found = self._book.connection.execute(
            "select word, count(*) from tag where account_id in "
            "(select id from account where archived = 0) group by word"
        ).fetchall()
        return tuple(sorted(((w, n) for w, n in found), key=lambda pair: by_alphabet(pair[0])))

    def add(self, account_id: str, word: str) -> str:
        """Tag one account; returns the word as it is kept. UserError when it is no tag."""
        return self.set([account_id], word)

    def set(self, account_ids: Iterable[str], word: str) -> str:
        """Tag many accounts in one change; returns the word as it is kept.

        A tag that differs only in its capitals is the same one. UserError when it is no tag.
        """
        kept = self._spelled(tag_word(word))
        there = self._bearers(kept)
        lacking = [a for a in dict.fromkeys(account_ids) if a not in there]
        with self._book.change(
            self._label(tr("Tag {0}: {1}"), lacking, kept), many=len(lacking) > _MANY
        ):
            self.insert(Tag(new_id(), a, kept) for a in lacking)  # type: ignore[arg-type]
        return kept

    def insert(self, tags: Iterable[Tag], snapshot_id: str | None = None) -> None:
        """Keep many tags inside an open change."""
        self._rows.insert(tags, snapshot_id)

    def remove(self, account_id: str, word: str) -> None:
        """Take a tag off one account; UserError when it does not bear it."""
        self.unset([account_id], word)

    def unset(self, account_ids: Iterable[str], word: str) -> None:
        """Take a tag off many accounts in one change; UserError when none of them bears it."""
        kept = self._spelled(tag_word(word))
        there = self._bearers(kept)
        bearers = [a for a in dict.fromkeys(account_ids) if a in there]
        if not bearers:
            raise UserError(
                tr("No tag {0} is there to take off. Look at the tags of the account.").format(kept)
            )
        with self._book.change(
            self._label(tr("Untag {0}: {1}"), bearers, kept), many=len(bearers) > _MANY
        ):
            self._book.connection.executemany(
                "delete from tag where account_id = ? and word = ?", [(a, kept) for a in bearers]
            )

    def rename(self, word: str, to: str) -> str:
        """Call a tag otherwise on every account, in one change; returns the word as it is kept.

        Where an account bears both, one stays. UserError when there is no such tag.
        """
        was, becomes = self._spelled(tag_word(word)), tag_word(to)
        if becomes.casefold() != was.casefold():
            becomes = self._spelled(becomes)
        db = self._book.connection
        count = db.execute("select count(*) from tag where word = ?", (was,)).fetchone()[0]
        if not count:
            raise UserError(tr("There is no tag {0}. Look at the tags there are.").format(was))
        with self._book.change(
            tr("Rename the tag {0} to {1}").format(was, becomes), many=count > _MANY
        ):
            if becomes != was:
                db.execute(
                    "delete from tag where word = ? and account_id in "
                    "(select account_id from tag where word = ?)",
                    (was, becomes),
                )
                db.execute("update tag set word = ? where word = ?", (becomes, was))
        return becomes

    def _bearers(self, word: str) -> frozenset[str]:
        """The accounts with that tag."""
        found = self._book.connection.execute("select account_id from tag where word = ?", (word,))
        return frozenset(account_id for (account_id,) in found)

    def _spelled(self, word: str) -> str:
        """The tag as the book spells it already, else as given."""
        plain = word.casefold()
        words = self._book.connection.execute("select distinct word from tag order by word")
        return next((known for (known,) in words if known.casefold() == plain), word)

    def _label(self, words: str, accounts: Sequence[str], word: str) -> str:
        if len(accounts) == 1:
            return words.format(self._book.accounts.get(accounts[0]).name, word)
        return words.format(count_text(len(accounts), "account"), word)


def _title(text: str) -> str:
    title = " ".join(text.split())
    if not title:
        raise UserError(tr("A task needs a title. Say what is to be done."))
    return title


def _text(text: str) -> str:
    kept = text.strip()
    if not kept:
        raise UserError(tr("The note is empty. Write something, or remove it."))
    if len(kept) > LONGEST_NOTE:
        sentence = tr("A note holds {0} characters. Write less, or several notes.")
        raise UserError(sentence.format(number_text(LONGEST_NOTE)))
    return kept


def _sorted(tasks: Iterable[Task]) -> tuple[Task, ...]:
    return tuple(sorted(tasks, key=in_order))
