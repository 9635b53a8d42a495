"""What a row of a list names: the dialogue, its issues and bodies, asked for once each; and cells with known words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from actors.models import Organisation
from actors.partners.body_search import bodies_known_in
from dialogue.models import Dialogue, Issue
from ostberga.lib.refusal import Refusal
from surveys.importing.columns.column_roles import normalise
from surveys.lists.declared import BadCell, ListColumn, ListContext, Values
from surveys.lists.kinds.contacts import body_with_name, say_unknown_body
from surveys.lists.texts import match_names

# The dialogue that a row belongs to; needed where several go on.
DIALOGUE = ListColumn("dialogue", "Dialog", frozenset({"process"}))


def dialogue_of(context: ListContext, values: Values) -> Dialogue:
    """Return the dialogue that a row goes to. Raises Refusal without one."""
    dialogue = _named_dialogue(context, values)
    if dialogue is None:
        raise Refusal("Det finns ingen dialog än. Börja en först.", code="no_dialogue")
    return dialogue


def check_dialogue(context: ListContext, values: Values) -> list[str]:
    """Return what is wrong with the dialogue that a row names, or does not name where several go on."""
    running = _running(context)
    if not running or _named_dialogue(context, values) is not None:
        return []
    names = ", ".join(f"«{dialogue}»" for dialogue in running)
    told = f"Dialogen «{values['dialogue']}» pågår inte." if values.get("dialogue") else "Fler dialoger pågår."
    return [f"{told} Skriv i kolumnen Dialog vilken av dem raden hör till: {names}."]


def known_issue(context: ListContext, values: Values, title: str) -> Issue | None:
    """Return the issue with this title in the row's dialogue, if any; case does not count."""
    dialogue = _named_dialogue(context, values)
    named = dialogue.issues.filter(title__sv__iexact=title) if dialogue else Issue.objects.none()
    issue: Issue | None = _once(context, f"issue of {dialogue.pk if dialogue else 0}", title, named.first)
    return issue


def named_issues(context: ListContext, values: Values, titles: Sequence[str]) -> tuple[list[Issue], list[str]]:
    """Return the issues with these titles in the row's dialogue, and the titles that none has."""
    return match_names(titles, lambda title: known_issue(context, values, title))


def check_issues(context: ListContext, values: Values, titles: Sequence[str]) -> list[str]:
    """Return what is wrong with the dialogue and the issues that a row names."""
    if wrong := check_dialogue(context, values):
        return wrong
    return [
        f"Sakfrågan «{title}» finns inte. Ta in sakfrågorna först, eller skriv som det heter där."
        for title in named_issues(context, values, titles)[1]
    ]


def known_body(context: ListContext, name: str) -> Organisation | None:
    """Return the body with this name that is or was a partner, or is asked from outside; case does not count.

    No other of the installation's bodies: it has nobody here who could see what is said of it, and object.
    """
    body: Organisation | None = _once(
        context, "body", name, lambda: body_with_name(bodies_known_in(context.collaboration), name)
    )
    return body


def check_body(context: ListContext, values: Values) -> list[str]:
    """Return what is wrong with the body that a row names, if it names one."""
    name = values.get("organisation", "")
    return [say_unknown_body(name)] if name and known_body(context, name) is None else []


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


def _running(context: ListContext) -> list[Dialogue]:
    """The dialogues that go on."""
    here = context.collaboration.dialogues.current().order_by("pk")
    dialogues: list[Dialogue] = _once(context, "dialogues", "", lambda: list(here))
    return dialogues


def _named_dialogue(context: ListContext, values: Values) -> Dialogue | None:
    """The one that a row names, by its name or its part of the address; without a name the only one there is."""
    named, running = values.get("dialogue", "").casefold(), _running(context)
    if named:
        return next((row for row in running if named in (str(row).casefold(), row.slug)), None)
    return running[0] if len(running) == 1 else None


def _once(context: ListContext, what: str, name: str, find: Callable[[], Any]) -> Any:
    known = context.made.setdefault(what, {})
    if name not in known:
        known[name] = find()
    return known[name]
