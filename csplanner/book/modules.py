"""What is sold at all: the modules any account of a book is measured in."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csplanner.book.book import Book

_ACCOUNTS = 1_000
"""In a large book so many accounts tell what is sold: looking at all would keep a page waiting."""
_MODULES = f"""select distinct m.dimension from (select id from account limit {_ACCOUNTS}) a
join measurement m on m.account_id = a.id and m.measure = 'usage.module_share'
where m.dimension <> ''"""


def sold_modules(book: "Book") -> tuple[str, ...]:
    """The names of the modules of which some account uses a share, in the order of the alphabet."""
    return tuple(sorted(name for (name,) in book.connection.execute(_MODULES)))
