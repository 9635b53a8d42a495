"""Templates hold no inline script or style, no other servers, and no text that cannot be translated."""

import re
from pathlib import Path

import pytest

from dialogue.history.events.event_types import Event
from dialogue.history.receipt_story import ReceiptLine
from tests.house.files import ROOT, inside, ours

TEMPLATES = ours(".html", below=("templates",))
FORBIDDEN = {
    "skript i sidan": re.compile(r"<script(?![^>]*\ssrc=)", re.I),
    "stil i sidan": re.compile(r"<style\b", re.I),
    "händelse i taggen": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[:\w-]*)=", re.I),
    "stil i taggen": re.compile(r"<[^>]*\sstyle=", re.I),
    "annans server": re.compile(
        r"""<(?!a\b)[^>]*\s(?:src|href|action|data|poster|srcset)=["']?\s*(?:https?:)?//""", re.I
    ),
}
# E-mail programs read no style sheets.
IN_LETTERS = {"stil i sidan", "stil i taggen"}
# A report is shown in the language it was written in, whatever the language of the page.
IN_ONE_LANGUAGE = ROOT / "templates" / "reports" / "document"
SAID_TO_PEOPLE = re.compile(r"""\s(?:title|alt|aria-label|placeholder)=["']([^"']*)["']""")
WEB_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
NOT_TEXT = re.compile(
    r"{%\s*block \w*class\w*\s*%}.*?{%\s*endblock[^%]*%}|{#.*?#}"
    r"|{%\s*comment.*?endcomment\s*%}|{%\s*blocktranslate.*?endblocktranslate\s*%}|{%.*?%}|{{.*?}}"
    r"|<!--.*?-->|<(?:svg|code)\b.*?</(?:svg|code)>",
    re.DOTALL,
)


@pytest.mark.parametrize("path", TEMPLATES, ids=inside)
def test_nothing_inline_and_nobody_elses_server(path):
    text = re.sub(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", "", path.read_text(), flags=re.DOTALL)
    in_letters = "email" in path.parts
    assert [
        what for what, bad in FORBIDDEN.items() if bad.search(text) and not (in_letters and what in IN_LETTERS)
    ] == []


# Templates that are included by a variable, of which each value has its own file in a folder.
BY_VARIABLE = {
    "event.template": ROOT / "templates" / "dialogue" / "history" / "events",
    "line.template": ROOT / "templates" / "dialogue" / "history" / "receipt_lines",
}


def included_in(text: str) -> list[Path]:
    """The templates that a template may include. A variable that is not known here is an error."""
    names = [ROOT / "templates" / name for name in re.findall(r'{%\s*include "([^"]+)"', text)]
    folders = [BY_VARIABLE[name] for name in re.findall(r"{%\s*include ([^\s\"]+)", text)]
    return names + [path for folder in folders for path in TEMPLATES if path.parent == folder]


def residents_templates() -> list[Path]:
    """Return templates that extend base.html, with all that they include. Staff pages exist in Swedish only."""
    pages = [path for path in TEMPLATES if path.name != "base_staff.html"]
    waiting = [path for path in pages if '{% extends "base.html" %}' in path.read_text()]
    seen: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in seen and path.exists() and IN_ONE_LANGUAGE not in path.parents:
            seen.add(path)
            waiting += included_in(path.read_text())
    return sorted(seen)


@pytest.mark.parametrize("path", residents_templates(), ids=inside)
def test_all_that_residents_read_can_be_translated(path):
    text = NOT_TEXT.sub(" ", path.read_text())
    texts = [*SAID_TO_PEOPLE.findall(text), *re.split(r"<[^>]*>", text)]
    phrases = [phrase.strip() for phrase in texts if re.search(r"[^\W\d_]{2}", phrase)]
    assert [phrase for phrase in phrases if not WEB_ADDRESS.fullmatch(phrase)] == []


def test_what_htmx_sends_by_post_is_known_to_do_nothing_twice():
    """No act remembers an answer that is a part (ADR 41). The tests of the coding pages tap these twice."""
    sent = [goal for path in TEMPLATES for goal in re.findall(r'hx-post="{% url "([\w:-]+)"', path.read_text())]

    assert sorted(sent) == ["coordinate:coding-attach", "coordinate:coding-attach", "coordinate:coding-detach"]
    assert sum(path.read_text().count("hx-post") for path in TEMPLATES) == len(sent)


def test_each_kind_of_event_has_a_template_that_residents_texts_are_checked_in():
    kinds, lines = leaves(Event), leaves(ReceiptLine)

    assert {ROOT / "templates" / kind.template for kind in [*kinds, *lines]} <= {*residents_templates()}
    assert sorted(kind.order for kind in kinds) == list(range(len(kinds)))


def leaves(base):
    """The classes below one that have none below themselves: those that are made."""
    return [kind for child in base.__subclasses__() for kind in (leaves(child) or [child])]
