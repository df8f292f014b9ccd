"""What the README and the documents name is there, and their pictures are small."""

import importlib.util
import re

import pytest

from csplanner.resources import resource

ROOT = resource("README.md").parent
DOCUMENTS = ("README.md", "docs/book-format.md", "docs/export-formats.md", "docs/methods.md")
MOST_PICTURES = 1_500_000


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_of_a_document_leads_to_a_file(name):
    document = ROOT / name
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8"))
    for link in links:
        assert (document.parent / link).exists(), f"{name} links to {link}"


def test_the_folders_and_programs_the_readme_names_are_there():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    table = [line for line in text.splitlines() if line.startswith("| `")]
    for line in table:
        for folder in re.findall(r"`([^`]+)`", line.split("|")[1]):
            assert (ROOT / folder).exists(), folder
    for module in re.findall(r"`(?:python -m )?(tools\.[a-z_]+)`", text):
        assert importlib.util.find_spec(module) is not None, module
    packages = {path.parent.name for path in (ROOT / "csplanner").glob("*/__init__.py")}
    assert packages <= set(re.findall(r"`csplanner/(\w+)`", text))


def test_the_pictures_of_the_documents_stay_small():
    pictures = list((ROOT / "docs" / "pictures").glob("*.png"))
    assert len(pictures) >= 4
    assert sum(path.stat().st_size for path in pictures) < MOST_PICTURES
