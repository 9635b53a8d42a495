"""What the documents name is there: a path that has moved must be mended where it is written."""

import re

import pytest

from tests.house.files import ROOT

DOCUMENTS = (
    *("CONTRIBUTING.md", "README.md", "docs/architecture.md", "docs/data-model.md", "docs/requests-and-tasks.md"),
    *("docs/privacy.md", "docs/not-done.md", "docs/adr/0029-one-package-per-subject.md"),
)
# A path of ours in backticks: from a folder at the top, to a file or a folder.
PATH = re.compile(
    r"`((?:actors|surveys|dialogue|reports|ostberga|templates|static|tests|benchmarks|locale|docs)/[\w./*-]*)`"
)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_path_named_in_a_document_is_there(name):
    text = (ROOT / name).read_text()
    named = {path for path in PATH.findall(text) if "<" not in path}

    assert [path for path in sorted(named) if not list(ROOT.glob(path.rstrip("/")))] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_in_a_document_leads_somewhere(name):
    links = LINK.findall((ROOT / name).read_text())

    assert [link for link in links if not ((ROOT / name).parent / link).exists()] == []


def test_contributing_names_twelve_changes_with_a_place_each():
    rows = re.findall(r"^\| \*\*(\d+)\. .*$", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)

    assert [int(number) for number in rows] == list(range(1, 13))
