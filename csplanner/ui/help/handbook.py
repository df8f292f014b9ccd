"""The pages of the handbook as they ship: their order, their texts, and what is found in them."""

import re
from dataclasses import dataclass
from functools import cache

from csplanner.resources import resource

FIRST = "index"
NEWS = "news"
_FOLDER = "docs/handbook"
_LINK = re.compile(r"\]\(([a-z-]+)\.md(?:#[^)]*)?\)")
_OF_PLACE = {
    "today": "today", "book": "book", "account": "account", "pyramid": "pyramid",
    "qbr": "reviews", "import": "snapshots", "history": "history", "settings": "settings",
    "start": "first-hour", "tasks": "tasks",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One page: its key is the name of its file, its text is Markdown."""

    key: str
    title: str
    text: str

    @property
    def plain(self) -> str:
        """The text as it is read, without the marks of Markdown."""
        text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", self.text)
        return re.sub(r"[*`#|]|^[-\s|]+$", "", text, flags=re.MULTILINE)

    def has_part(self, heading: str) -> bool:
        """Whether the page has a part of that heading, or a paragraph that begins with it."""
        marks = rf"^(?:#+ |\*\*){re.escape(heading)}"
        return re.search(marks, self.text, flags=re.MULTILINE) is not None


@dataclass(frozen=True, slots=True)
class Found:
    """A page that holds what was looked for: how often, and the words around the first place."""

    page: HelpPage
    count: int
    around: str


@cache
def pages() -> tuple[HelpPage, ...]:
    """Every page, in the order of the contents, those the contents do not name last."""
    folder = resource(_FOLDER)
    contents = _read(FIRST)
    named = list(dict.fromkeys(_LINK.findall(contents.text)))
    others = sorted(path.stem for path in folder.glob("*.md"))
    rest = [key for key in others if key not in (*named, FIRST)]
    return (contents, *(_read(key) for key in (*named, *rest)))


@cache
def news() -> HelpPage:
    """What changed from version to version."""
    text = resource("CHANGELOG.md").read_text(encoding="utf-8")
    return _made(NEWS, text.replace("# Changes", "# What is new", 1))


def page(key: str) -> HelpPage | None:
    """The page of that key; None when there is none."""
    if key == NEWS:
        return news()
    return next((each for each in pages() if each.key == key), None)


def key_for(place: str) -> str:
    """The key of the page about a place of the window; of the contents for any other."""
    return _OF_PLACE.get(place, FIRST)


def find(wanted: str) -> list[Found]:
    """The pages that hold every word wanted, those with it in their title and most often first."""
    words = wanted.casefold().split()
    if not words:
        return []
    found = []
    for each in pages():
        text = each.plain
        folded = text.casefold()
        if all(word in folded for word in words):
            count = sum(folded.count(word) for word in words)
            found.append(Found(each, count, _around(text, folded.find(words[0]))))
    in_title = {f.page.key: words[0] in f.page.title.casefold() for f in found}
    return sorted(found, key=lambda f: (not in_title[f.page.key], -f.count))


def _around(text: str, at: int) -> str:
    start = max(0, text.rfind("\n\n", 0, at) + 2, at - 60)
    return " ".join(text[start : at + 90].split())


def _read(key: str) -> HelpPage:
    return _made(key, resource(f"{_FOLDER}/{key}.md").read_text(encoding="utf-8"))


def _made(key: str, text: str) -> HelpPage:
    head = next((line for line in text.splitlines() if line.startswith("# ")), f"# {key}")
    return HelpPage(key, head.removeprefix("# ").strip(), text)
