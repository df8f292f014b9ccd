"""Passphrases on the command line: asked for without being shown, or read from a file or the
environment, never from the words of a command; and the verbs encrypt, decrypt and passphrase.
"""

import os
import shlex
import sys
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from csplanner.book.key import NO_WAY_BACK, Key, WrongPassphrase, is_locked, new_key, unlock
from csplanner.cli.output import one_line
from csplanner.errors import UserError

_ENV, _NEW_ENV = "CSPLANNER_PASSPHRASE", "CSPLANNER_NEW_PASSPHRASE"
_LONGEST = 10_000


def unlock_named(options: Namespace) -> None:
    """Unlock every encrypted book among the words of a command, asking where nothing else says.

    Raises UserError when a passphrase is wrong or cannot be asked for.
    """
    for value in (getattr(options, "book", None), getattr(options, "backup", None)):
        if isinstance(value, Path):
            unlock_file(value, options)


def unlock_file(path: Path, options: Namespace) -> None:
    """Unlock one file if it is encrypted and locked still."""
    if path.suffix == ".csbook" and path.is_file() and is_locked(path):
        unlock(path, _given(options) or _asked(f"Passphrase of {path.name}: ", path.name))


def key_of_new_book(options: Namespace) -> Key | None:
    """The key of a book to be made; None unless it is to be encrypted."""
    if not options.encrypted:
        return None
    from csplanner.book.cipher import need_driver

    need_driver()
    if options.book.exists():
        raise UserError(f"{options.book.name} is already there. Choose another name.")
    return new_key(_given(options) or _asked_twice())


def encrypt(options: Namespace) -> int:
    """Encrypt a book; says which copies made before anybody can still read."""
    from csplanner.book.cipher import need_driver
    from csplanner.book.encrypting import TRACES
    from csplanner.book.encrypting import encrypt as run
    from csplanner.book.key import is_encrypted

    need_driver()
    if is_encrypted(options.book):
        if options.copies == "keep":
            raise UserError(
                f"{options.book.name} is encrypted already. To change its passphrase: "
                f"csplanner passphrase {options.book}"
            )
        return _see_to_copies(options, "")
    words = _given(options) or _asked_twice()
    _take_over(options)
    run(options.book, words, today=options.today)
    print(one_line(f"Encrypted {options.book}. {NO_WAY_BACK}"))
    print(TRACES)
    return _see_to_copies(options, "can be read without the passphrase")


def decrypt(options: Namespace) -> int:
    """Make an encrypted book plain."""
    from csplanner.book.encrypting import decrypt as run
    from csplanner.book.key import is_encrypted

    if not is_encrypted(options.book) and options.copies != "keep":
        return _see_to_copies(options, "")
    _take_over(options)
    run(options.book, today=options.today)
    print(one_line(f"Decrypted {options.book}. Anybody who has the file can read it now."))
    return _see_to_copies(options, "still need the passphrase")


def passphrase(options: Namespace) -> int:
    """Give an encrypted book another passphrase."""
    from csplanner.book.encrypting import change_passphrase

    new = _read(options.new_passphrase_file, _NEW_ENV) or _asked_twice()
    _take_over(options)
    change_passphrase(options.book, new, today=options.today)
    print(one_line(f"{options.book} opens with the new passphrase only. {NO_WAY_BACK}"))
    return _see_to_copies(options, "do not open with the new passphrase")


def _take_over(options: Namespace) -> None:
    """Take a lock away that another computer left, where that is asked for."""
    if options.take_over:
        from csplanner.book.book import Book

        Book.open(options.book, today=options.today, take_over=True).close()


def _see_to_copies(options: Namespace, words: str) -> int:
    """Keep, rewrite or remove copies made before; exit 1 when some stay that should not."""
    from csplanner.book.encrypting import other_copies, remove_copies, rewrite_copies

    copies = other_copies(options.book)
    if not copies:
        return 0
    verb = "decrypt" if options.verb == "decrypt" else "encrypt"
    if options.copies == "keep":
        print(f"Copies made before {words}:")
        for copy in copies:
            print(one_line(f"  {copy}"))
        again = f"csplanner {verb} {shlex.quote(str(options.book))} --copies"
        print(one_line(f"To bring them in line: {again} rewrite"))
        print(one_line(f"To delete them: {again} remove"))
        return 0
    if options.copies == "rewrite":
        _unlock_earlier(copies, _read(options.earlier_passphrase_file, ""))
        failed = rewrite_copies(options.book, copies)
    else:
        failed = remove_copies(copies)
    done = len(copies) - len(failed)
    did = "Rewrote" if options.copies == "rewrite" else "Removed"
    print(f"{did} {done} {'copy' if done == 1 else 'copies'} made before.")
    for copy, sentence in failed:
        print(one_line(f"As it was: {copy}. {sentence}"), file=sys.stderr)
    return 1 if failed else 0


def _unlock_earlier(copies: list[Path], words: str) -> None:
    """Unlock what opens with an earlier passphrase; what does not is told of later."""
    for copy in copies:
        if words and copy.suffix == ".csbook" and is_locked(copy):
            with suppress(WrongPassphrase):
                unlock(copy, words)


def _given(options: Namespace) -> str:
    """The passphrase a file or the environment says; empty when neither does."""
    return _read(options.passphrase_file, _ENV)


def _read(file: Path | None, variable: str) -> str:
    if file is None:
        return os.environ.get(variable, "") if variable else ""
    try:
        with file.open(encoding="utf-8") as stream:
            words = stream.read(_LONGEST).removesuffix("\n").removesuffix("\r")
    except (OSError, UnicodeDecodeError):
        raise UserError(f"{file.name} cannot be read. Name a text file of one line.") from None
    if not words:
        raise UserError(f"{file.name} is empty. It must hold the passphrase in its first line.")
    return words


def _asked_twice() -> str:
    print(NO_WAY_BACK, file=sys.stderr)
    first = _asked("New passphrase: ", "The book")
    if _asked("The same again: ", "The book") != first:
        raise UserError("The two passphrases differ. Nothing was changed; try again.")
    return first


def _asked(prompt: str, name: str) -> str:
    """What is typed unseen; UserError where nobody is there to type."""
    if not sys.stdin.isatty():
        raise UserError(
            f"{name} needs a passphrase. Give it with --passphrase-file FILE or in {_ENV}."
        )
    from getpass import getpass

    return getpass(one_line(prompt))
