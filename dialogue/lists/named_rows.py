"""What a row of a list names: the dialogue, its issues and bodies, asked for once each; and cells with known words."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from actors.models import Collaboration, Organisation
from actors.partners.body_search import bodies_known_in
from dialogue.models import Dialogue, Issue
from ostberga.lib.refusal import Refusal
from surveys.importing.asks import Ask, Chosen, ask
from surveys.importing.columns.column_roles import normalise
from surveys.lists.declared import BadCell, ListColumn, ListContext, RowCheck, Values
from surveys.lists.kinds.contacts import body_with_name, say_unknown_body
from surveys.lists.texts import match_names

# The dialogue that a row belongs to; needed where several go on and nothing else says which.
DIALOGUE = ListColumn("dialogue", "Dialog", frozenset({"process"}))
_FOR_ALL = "dialogue"  # the name of the question about all rows
_SHOWN = 20  # issues that are linked to


def ask_dialogue(context: ListContext, chosen: Chosen) -> list[Ask]:
    """Return the question of which dialogue the rows belong to that do not say it, where several go on."""
    running = _running(context)
    if len(running) < 2:
        return []
    options = [("", "Står på varje rad"), *((str(dialogue.pk), str(dialogue)) for dialogue in running)]
    help_text = "En rad vars sakfråga finns i en enda dialog hör till den, vad du än väljer."
    return [ask(chosen, _FOR_ALL, "Rader utan dialog hör till", options, help=help_text)]


def tell_dialogue(context: ListContext, values: Values) -> str:
    """Return in words where a row goes that does not say so itself, where several dialogues go on."""
    is_open = len(_running(context)) > 1 and not values.get("dialogue")
    return f"Hör till dialogen «{_dialogue_of_row(context, values)}»." if is_open else ""


def dialogue_of(context: ListContext, values: Values) -> Dialogue:
    """Return the dialogue that a row goes to. Raises Refusal without one."""
    dialogue = _dialogue_of_row(context, values)
    if dialogue is None:
        raise Refusal("Det finns ingen dialog än. Börja en först.", code="no_dialogue")
    return dialogue


def check_dialogue(context: ListContext, values: Values) -> list[str]:
    """Return what is wrong with the dialogue that a row names, or does not say where several go on."""
    running = _running(context)
    if not running or _dialogue_of_row(context, values) is not None:
        return []
    names = ", ".join(f"«{dialogue}»" for dialogue in running)
    if values.get("dialogue"):
        return [f"Dialogen «{values['dialogue']}» pågår inte. Skriv i kolumnen Dialog en av dem som gör det: {names}."]
    return [f"Fler dialoger pågår. Välj ovan var rader utan dialog hör hemma, eller skriv i kolumnen Dialog: {names}."]


def known_issue(context: ListContext, values: Values, title: str) -> Issue | None:
    """Return the issue with this title in the row's dialogue, if any; case does not count."""
    dialogue = _dialogue_of_row(context, values)
    return _issue_in(context, dialogue, title) if dialogue else None


def named_issues(context: ListContext, values: Values, titles: Sequence[str]) -> tuple[list[Issue], list[str]]:
    """Return the issues with these titles in the row's dialogue, and the titles that none has."""
    return match_names(titles, lambda title: known_issue(context, values, title))


def check_issues(context: ListContext, values: Values) -> list[str]:
    """Return what is wrong with the dialogue and the issues that a row names.

    Of a row that could go to several, the issues that none of them has are told as well.
    """
    dialogue = _dialogue_of_row(context, values)
    among = [dialogue] if dialogue else _running(context)
    where = f" i dialogen «{dialogue}»" if dialogue and len(_running(context)) > 1 else ""
    missing = match_names(_titles(values), lambda title: _issue_in_any(context, among, title))[1]
    return [
        *check_dialogue(context, values),
        *(
            f"Sakfrågan «{title}» finns inte{where}. Ta in sakfrågorna först, eller skriv som det heter där."
            for title in missing
        ),
    ]


def pages_of_issues(collaboration: Collaboration, issues: QuerySet[Issue]) -> list[tuple[str, str]]:
    """Return the titles and the coordinator's pages of the issues, at most a page full. One query."""
    return [
        (f"Sakfrågan «{issue}»", reverse("coordinate:issue", args=[collaboration.slug, issue.pk]))
        for issue in issues.order_by("pk")[:_SHOWN]
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


def _dialogue_of_row(context: ListContext, values: Values) -> Dialogue | None:
    """The one that a row names, by its name or its part of the address; else the only one that has its issues.

    Else the only one there is, or the one chosen for all rows that do not say it.
    """
    named, running = values.get("dialogue", "").casefold(), _running(context)
    if named:
        return next((row for row in running if named in (str(row).casefold(), row.slug)), None)
    if len(running) == 1:
        return running[0]
    fitting = _with_all(context, _titles(values))
    if len(fitting) == 1:
        return fitting[0]
    return next((row for row in running if str(row.pk) == context.answers.get(_FOR_ALL)), None)


def _titles(values: Values) -> Sequence[str]:
    """The titles of the issues that a row names, in either of the columns that lists have for them."""
    several: Sequence[str] = values.get("issues", ())
    return several or ([values["issue"]] if values.get("issue") else [])


def _with_all(context: ListContext, titles: Sequence[str]) -> list[Dialogue]:
    """The dialogues that have issues with all these titles; none when there are no titles."""
    return [
        dialogue
        for dialogue in _running(context)
        if titles and not match_names(titles, partial(_issue_in, context, dialogue))[1]
    ]


def _issue_in(context: ListContext, dialogue: Dialogue, title: str) -> Issue | None:
    named = dialogue.issues.filter(title__sv__iexact=title)
    issue: Issue | None = _once(context, f"issue of {dialogue.pk}", title, named.first)
    return issue


def _issue_in_any(context: ListContext, dialogues: Sequence[Dialogue], title: str) -> Issue | None:
    issues = (_issue_in(context, dialogue, title) for dialogue in dialogues)
    return next((issue for issue in issues if issue is not None), None)


def _once(context: ListContext, what: str, name: str, find: Callable[[], Any]) -> Any:
    known = context.made.setdefault(what, {})
    if name not in known:
        known[name] = find()
    return known[name]


CHECK_BODY = RowCheck(frozenset({"organisation"}), check_body)
CHECK_ISSUES = RowCheck(frozenset({"dialogue", "issue", "issues"}), check_issues)
