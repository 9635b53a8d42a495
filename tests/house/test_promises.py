"""docs/promises.md: every promise stands where it is said to stand, has its test, and none is left out."""

import ast
import re

import pytest

from tests.house.files import ROOT

PAGE = (ROOT / "docs/promises.md").read_text()
ROW = re.compile(r"^\| (.+?) \| `([^`]+)` \| `([^`:]+)::(\w+)` \|$", re.MULTILINE)
PROMISES = ROW.findall(PAGE)
NO_PROMISES = re.findall(r"^- (.+)$", PAGE, re.MULTILINE)
WORDS = re.compile(
    r"\b(aldrig|ingen kan|inget sparas|sparas inte|sparar inte|sparar det|raderas|tas bort|frågar inte|frågar vi inte|"
    r"hemlig\w*|vet inte vem|visas inte|visar inget|inte vem|utan namn|ingen kaka|kopplas|anonym\w*|bara)\b",
    re.IGNORECASE,
)


def normal(text: str) -> str:
    """The text with single spaces, as one line."""
    return " ".join(text.split())


def residents_sentences() -> list[str]:
    """Every string that is translated for residents, in Swedish."""
    source = (ROOT / "locale/en/LC_MESSAGES/django.po").read_text()
    entries = re.findall(r"^msgid (.*?)^msgstr", source, re.MULTILINE | re.DOTALL)
    return ["".join(ast.literal_eval(part) for part in re.findall(r'".*"', entry)) for entry in entries]


@pytest.mark.parametrize(("sentence", "path", "module", "test"), PROMISES)
def test_the_sentence_stands_there_and_its_test_exists(sentence, path, module, test):
    text = (ROOT / path).read_text()
    # A long string in Python is written as several.
    joined = re.sub(r'"\s*\n\s*"', "", text) if path.endswith(".py") else text

    assert normal(sentence) in normal(joined)
    assert re.search(rf"^\s*def {test}\(", (ROOT / module).read_text(), re.MULTILINE)


def test_every_sentence_for_residents_with_a_word_of_promise_is_listed():
    listed = [normal(sentence) for sentence, *_ in PROMISES]
    promising = [normal(sentence) for sentence in residents_sentences() if WORDS.search(sentence)]
    loose = [text for text in promising if text not in NO_PROMISES and not any(part in text for part in listed)]

    assert len(promising) > 20
    assert loose == []


def test_every_row_of_the_table_is_read():
    table = PAGE.partition("## Promises")[2].partition("## Not promises")[0]

    assert len(PROMISES) == sum(line.startswith("| ") for line in table.splitlines()) - 1
