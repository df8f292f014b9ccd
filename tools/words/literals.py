"""Finds texts for people that nothing marks for translation."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.words.extract import called

_SHOW = {
    "setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setPlaceholderText",
    "setWindowTitle", "setTitle", "addItem", "addTab", "QAction", "QPushButton", "QCheckBox",
    "QRadioButton", "QLabel", "PlainLabel", "Pane", "Field", "Button", "Chip", "Command",
    "UserError", "say", "refuse", "show_words", "show_error", "show_preview", "QGroupBox",
}  # fmt: skip
"""Whatever goes in there is seen, be it a single word."""
_MARK = {
    "tr", "_tr", "noted", "ntr", "translate", "plural", "count_text", "setObjectName", "icon",
    "change", "setShortcut", "getattr", "setProperty", "Path", "resource", "compile", "match",
    "fullmatch", "sub", "findall", "split", "partition", "rpartition", "startswith", "endswith",
    "removeprefix", "removesuffix", "strip", "rstrip", "lstrip", "join", "encode", "execute",
    "TypeVar", "warn", "debug", "info", "glob", "rglob", "QKeySequence", "NewType", "find",
    "RuntimeError", "ValueError", "TypeError", "KeyError", "AssertionError", "replace", "strftime",
    "isEnabledFor", "set_property",
}  # fmt: skip
"""What marks a text, and calls whose texts nobody reads."""
_TRIM = {"strip", "rstrip", "lstrip"}
_QUIET_KEYWORDS = {
    "keywords",
    "icon",
    "shortcut",
    "menu",
    "colour",
    "token",
    "fill",
    "key",
    "label",
}
_WORDS = re.compile(r"[A-Za-z]{2,}[^A-Za-z]* [^A-Za-z]*[A-Za-z]{2,}")
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_MARKUP = re.compile(r"</?qt>|^qt_\w+|\{\}month")
AREAS = ("ui", "domain")
"""The parts whose texts the window shows, and that are looked through."""
_NOT_SHOWN = re.compile(r"^csplanner/ui/(pictures|qt_facts)\.py$")


@dataclass(frozen=True)
class Literal:
    """A text that a person may see, and where it stands."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.text}"


def unmarked(package: Path) -> list[Literal]:
    """Every literal that looks like words for people and goes to the window unmarked."""
    found: list[Literal] = []
    for area in AREAS:
        for path in sorted((package / area).rglob("*.py")):
            file = path.relative_to(package.parent).as_posix()
            if not _NOT_SHOWN.match(file):
                found += _of_file(ast.parse(path.read_text(encoding="utf-8")), file)
    return found


def _of_file(tree: ast.Module, file: str) -> list[Literal]:
    return [Literal(file, line, text) for line, text in _walk(tree, is_shown=False)]


def _walk(node: ast.AST, *, is_shown: bool) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Constant | ast.JoinedStr):
        yield from _text(node, is_shown=is_shown)
        return
    if isinstance(node, ast.Call):
        name = called(node)
        if name in _MARK:
            # `"…".format(x)` and `", ".join(parts)`: what they are called on may be words.
            if name in _TRIM and isinstance(node.func, ast.Attribute):
                yield from _walk(node.func.value, is_shown=is_shown)
            for argument in node.args:
                if isinstance(argument, ast.Call):
                    yield from _walk(argument, is_shown=False)
            return
        named = [k.value for k in node.keywords if k.arg not in _QUIET_KEYWORDS]
        for argument in (node.func, *node.args, *named):
            yield from _walk(argument, is_shown=is_shown or name in _SHOW)
        return
    for child in _children(node):
        stays = isinstance(node, ast.IfExp | ast.BinOp | ast.BoolOp)
        yield from _walk(child, is_shown=is_shown and stays)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """What may hold a text: not docstrings, annotations, asserts, comparisons or keys."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.Assert | ast.Compare | ast.Subscript | ast.Import | ast.ImportFrom):
        return
    if isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
    elif isinstance(node, ast.AnnAssign):
        if node.value is not None:
            yield node.value
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from node.body
    else:
        yield from ast.iter_child_nodes(node)


def _text(node: ast.Constant | ast.JoinedStr, *, is_shown: bool) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Constant):
        text = node.value if isinstance(node.value, str) else ""
        glued = False
    else:
        parts = [p.value for p in node.values if isinstance(p, ast.Constant)]
        text, glued = "{}".join(str(part) for part in parts), True
    text = _MARKUP.sub("", text)
    looks = _LETTERS if is_shown or glued else _WORDS
    if looks.search(text) and not re.fullmatch(r"[a-z_.:%#/-]+[0-9]*", text):
        yield node.lineno, text
