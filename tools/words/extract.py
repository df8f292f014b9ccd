"""Gathers every text the code marks for translation, without running the code."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ONE = {"tr": 0, "_tr": 0, "noted": 0, "translate": 1}
"""What marks one text, and which argument it is; a second one is what tells two meanings apart."""
_COUNTED = {"plural": 1, "count_text": 1}
"""What marks a noun that is counted; without a plural of its own it gets an s."""


@dataclass(frozen=True, order=True)
class Text:
    """One text to be translated; `many` is its plural, empty for a text without a number."""

    one: str
    many: str = ""
    context: str = ""


@dataclass(frozen=True)
class Unclear:
    """A call whose text cannot be read from the code: it would never be translated."""

    file: str
    line: int
    code: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.code}"


@dataclass(frozen=True)
class Gathered:
    """Every text with the files it stands in, and the calls that hide theirs."""

    texts: dict[Text, tuple[str, ...]]
    unclear: tuple[Unclear, ...]


def gather(package: Path) -> Gathered:
    """The texts of all files below a package, paths as from its parent."""
    found: dict[Text, set[str]] = {}
    unclear: list[Unclear] = []
    for path in sorted(package.rglob("*.py")):
        file = path.relative_to(package.parent).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                texts = list(_texts(node))
                for text in texts:
                    found.setdefault(text, set()).add(file)
                if not texts and _hides(node):
                    unclear.append(Unclear(file, node.lineno, ast.unparse(node)[:90]))
    return Gathered({t: tuple(sorted(files)) for t, files in sorted(found.items())}, tuple(unclear))


def called(node: ast.Call) -> str:
    """The last name of what is called: `tr` of `self.tr(…)`."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _texts(node: ast.Call) -> Iterator[Text]:
    name = called(node)
    if name in _ONE and len(node.args) > _ONE[name]:
        place = _ONE[name]
        rest = node.args[place + 1 :]
        context = "".join(_constants(rest[0])) if rest else ""
        for text in _constants(node.args[place]):
            if text.strip():
                yield Text(text, context=context)
    elif name == "ntr" and len(node.args) > 1:
        for one, many in zip(_constants(node.args[0]), _constants(node.args[1]), strict=False):
            yield Text(one, many)
    elif name in _COUNTED and len(node.args) > _COUNTED[name]:
        yield from _counted(node.args[_COUNTED[name] :])


def _counted(nouns: list[ast.expr]) -> Iterator[Text]:
    many = list(_constants(nouns[1])) if len(nouns) > 1 else []
    for number, one in enumerate(_constants(nouns[0])):
        other = many[number] if number < len(many) else f"{one}s"
        yield Text(f"{{0}} {one}", f"{{0}} {other}")


def _constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)


def _hides(node: ast.Call) -> bool:
    """Whether a text is glued where it should be marked: an f-string is never in a catalogue."""
    name = called(node)
    if name not in {*_ONE, *_COUNTED, "ntr"}:
        return False
    return any(isinstance(a, ast.JoinedStr | ast.BinOp) for a in node.args[_ONE.get(name, 0) :])
