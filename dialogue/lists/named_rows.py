"""What a row of a list names: the dialogue and its issues, asked for once in an import; and cells with known words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dialogue.models import Dialogue, Issue
from ostberga.lib.refusal import Refusal
from surveys.importing.columns.column_roles import normalise
from surveys.lists.declared import BadCell, ListContext, Values
from surveys.lists.texts import match_names


def dialogue_of(context: ListContext) -> Dialogue:
    """Return the dialogue that the rows go to. Raises Refusal without one."""
    dialogue: Dialogue | None = _once(context, "dialogue", "", lambda: _current(context))
    if dialogue is None:
        raise Refusal("Det finns ingen dialog än. Börja en först.", code="no_dialogue")
    return dialogue


def known_issue(context: ListContext, title: str) -> Issue | None:
    """Return the issue of the dialogue with this title, if any; case does not count."""
    dialogue = _once(context, "dialogue", "", lambda: _current(context))
    named = dialogue.issues.filter(title__sv__iexact=title) if dialogue else Issue.objects.none()
    issue: Issue | None = _once(context, "issue", title, named.first)
    return issue


def named_issues(context: ListContext, titles: Sequence[str]) -> tuple[list[Issue], list[str]]:
    """Return the issues with these titles, and the titles that none has."""
    return match_names(titles, lambda title: known_issue(context, title))


def check_issues(context: ListContext, titles: Sequence[str]) -> list[str]:
    """Return what is wrong with the issues that a row names."""
    return [
        f"Sakfrågan «{title}» finns inte. Ta in sakfrågorna först, eller skriv som det heter där."
        for title in named_issues(context, titles)[1]
    ]


def tell_public_pages(context: ListContext, rows: Sequence[Values]) -> None:
    """Let the public pages show the rows."""
    if rows:
        context.collaboration.bump_public_version()


def word_reader(words: Mapping[str, str], what: str) -> Callable[[str], str]:
    """Return a reader of cells with one of these words, which are compared without case. Raises BadCell for another."""
    known = {normalise(word): value for word, value in words.items()}

    def read(cell: str) -> str:
        if normalise(cell) not in known:
            raise BadCell(f"«{cell[:30]}» är inget av {what}.")
        return known[normalise(cell)]

    return read


def _current(context: ListContext) -> Dialogue | None:
    return Dialogue.objects.current().filter(collaboration=context.collaboration).first()


def _once(context: ListContext, what: str, name: str, find: Callable[[], Any]) -> Any:
    known = context.made.setdefault(what, {})
    if name not in known:
        known[name] = find()
    return known[name]
