"""The verb `remembered`: the mappings, words and rules that imports keep."""

from argparse import Namespace

from csplanner.book.book import Book
from csplanner.cli.books import opened, tell
from csplanner.cli.output import one_line, print_json, print_table
from csplanner.domain.recipe import FieldRule, Meaning, Recipe
from csplanner.errors import UserError

_SHORT = 8
"""Characters of an id that are shown; as many as are needed to tell it apart are understood."""
_WHOSE = {"mine": "always yours", "theirs": "always the CRM’s"}


def remembered(options: Namespace) -> int:
    """List what imports remember, or rename or forget one of it."""
    if options.rename is None and options.forget is None:
        with Book.open(options.book, read_only=True, today=options.today) as book:
            tell(book.opened)
            _list(book, options)
        return 0
    with opened(options) as book:
        words = _rename(book, options.rename) if options.rename else _forget(book, options.forget)
    if options.json:
        print_json({"done": words})
    else:
        print(one_line(words))
    return 0


def _list(book: Book, options: Namespace) -> None:
    recipes, meanings, rules = book.recipes.all(), book.meanings.all(), book.field_rules.all()
    if options.json:
        print_json({"mappings": recipes, "meanings": meanings, "rules": rules})
        return
    if not (recipes or meanings or rules):
        print("Nothing is remembered yet. What an import reads is, once it is applied.")
        return
    rows = [
        (r.id[:_SHORT], "mapping", r.source, f"{r.name} ({r.object})", _used(r)) for r in recipes
    ]
    rows += [
        (m.id[:_SHORT], "word", m.source, f"{m.kind} “{m.word}”", f"means {m.meaning}")
        for m in meanings
    ]
    rows += [
        (r.id[:_SHORT], "rule", r.source or "every source", f"{r.object}.{r.field}",
         _WHOSE[r.whose])
        for r in rules
    ]  # fmt: skip
    print_table(("Id", "What", "Source", "Of", "How"), rows)


def _used(recipe: Recipe) -> str:
    times = "once" if recipe.used == 1 else f"{recipe.used} times"
    return f"used {times}, last on {recipe.last_used}"


def _rename(book: Book, text: str) -> str:
    key, sign, name = text.partition("=")
    name = " ".join(name.split())
    if not (sign and name):
        raise UserError("A new name is missing. Write --rename ID=NAME.")
    found = _one(book, key)
    if not isinstance(found, Recipe):
        raise UserError("Only mappings have names. List them with csplanner remembered.")
    book.recipes.rename(found.id, name)
    return f"{found.name} is called {name} now."


def _forget(book: Book, key: str) -> str:
    found = _one(book, key)
    if isinstance(found, Recipe):
        book.recipes.forget(found.id)
        return f"The mapping {found.name} was forgotten."
    if isinstance(found, Meaning):
        book.meanings.remove(found.id)
        return f"What “{found.word}” means was forgotten."
    book.field_rules.remove(found.id)
    return f"The rule for {found.object}.{found.field} was forgotten."


def _one(book: Book, key: str) -> Recipe | Meaning | FieldRule:
    everything: list[Recipe | Meaning | FieldRule] = [
        *book.recipes.all(), *book.meanings.all(), *book.field_rules.all(),
    ]  # fmt: skip
    found = [one for one in everything if key and one.id.startswith(key)]
    if len(found) != 1:
        raise UserError(
            f"“{key}” stands for {'nothing' if not found else 'several things'} remembered. "
            "Take an id that csplanner remembered lists."
        )
    return found[0]
