"""People who belong to several accounts, of which not all are in the files."""

from csplanner.book.book import Book
from csplanner.crm.importing import apply, stage


def test_who_names_an_unknown_account_first_belongs_to_the_next_known_one(book: Book, tmp_path):
    companies, contacts = (tmp_path / f"all-{n}-2026-03-10.csv" for n in ("companies", "contacts"))
    companies.write_text("Record ID,Company name\n1,Acme\n2,Beta\n")
    contacts.write_text(
        "Record ID,First Name,Last Name,Associated Company IDs\n"
        "51,Ann,Lee,9999;1\n52,Bo,Ray,1;9999;2\n53,Cy,Day,9999;2;1\n54,Di,Ono,9999\n"
    )
    staged = stage([companies, contacts], book.path)
    apply(book, staged)
    staged.discard()
    names = book.accounts.names()
    people = {p.name: names[p.account_id] for a in names for p in book.people.of(a)}
    assert people == {"Ann Lee": "Acme", "Bo Ray": "Acme", "Cy Day": "Beta"}
    further = book.connection.execute(
        "select p.name, a.name from account_person x join person p on p.id = x.person_id "
        "join account a on a.id = x.account_id order by 1"
    ).fetchall()
    assert further == [("Bo Ray", "Beta"), ("Cy Day", "Acme")]
