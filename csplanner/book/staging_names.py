"""What accounts of the book are called: their names, and what they were called before."""

import sqlite3

from csplanner.book.accounts import fold


def list_names(db: sqlite3.Connection) -> None:
    """Make `temp.called` of `name_key` and `id`, of the accounts of the book that are not archived.

    A name somebody changed still finds its account, as the CRM may go on using it, unless another
    account bears it now.
    """
    db.create_function("fold", 1, lambda text: fold(str(text)), deterministic=True)
    db.execute("drop table if exists temp.called")
    db.execute(
        "create temp table called (name_key text, id text, primary key (name_key, id)) "
        "without rowid"
    )
    db.execute(
        "insert or ignore into temp.called select name_key, id from main.account "
        "where archived = 0 and name_key <> ''"
    )
    db.execute(
        "insert or ignore into temp.called select o.name_key, o.id from ("
        "select fold(was) as name_key, row_id as id from main.field_history where tbl = 'account' "
        "and field = 'name' and was <> '' union select fold(became), row_id "
        "from main.field_history where tbl = 'account' and field = 'name' and became <> '' "
        "and source <> 'csm' union select fold(substr(external_id, 6)), row_id "
        "from main.external_ref where tbl = 'account' and external_id like 'name:%') o "
        "join main.account a on a.id = o.id and a.archived = 0 where o.name_key <> '' "
        "and not exists (select 1 from main.account b where b.name_key = o.name_key "
        "and b.archived = 0 and b.id <> o.id)"
    )
