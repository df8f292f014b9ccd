"""Files that use the same ids for different accounts: they cannot be one snapshot of one CRM."""

import sqlite3

from csplanner.errors import UserError

_FEW = 1
"""One id with two names may be a renamed account; more are two systems that count alike."""


def refuse_clashing_ids(db: sqlite3.Connection) -> None:
    """Raise UserError where two files name many accounts differently under the same ids.

    `s_account` still holds every row; those that say it is another file's account are told apart
    by name, without case.
    """
    several = "select 1 from stage.s_account where file <> (select min(file) from stage.s_account)"
    if not db.execute(f"select exists ({several})").fetchone()[0]:
        return
    clashing = db.execute(
        "select a.ext, min(a.file), max(b.file), min(a.name), max(b.name) from stage.s_account a "
        "join stage.s_account b on b.ext = a.ext and b.file > a.file "
        "where a.weak = 0 and b.weak = 0 and a.name_key <> b.name_key group by a.ext "
        "order by min(a.n)"
    ).fetchall()
    shared = db.execute(
        "select count(*) from (select ext from stage.s_account where weak = 0 and name is not null "
        "group by ext having count(distinct file) > 1)"
    ).fetchone()[0]
    if len(clashing) <= _FEW or len(clashing) * 5 < shared:
        return
    ext, file, other, name, named = clashing[0]
    raise UserError(
        f"{file} and {other} give the same ids to different accounts: {ext} is “{name}” in one and "
        f"“{named}” in the other. They come from different systems: import one at a time, each "
        "with a --source of its own."
    )
