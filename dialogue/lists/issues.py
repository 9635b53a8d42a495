"""A list of issues, with the perspectives they rest on and the bodies that they concern."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.text import slugify

from actors.models import Collaboration, Organisation
from dialogue.issues.creating import create_issue, set_concerned_bodies, set_perspectives
from dialogue.lists.named_rows import (
    DIALOGUE,
    ask_dialogue,
    check_dialogue,
    dialogue_of,
    known_body,
    pages_of_issues,
    tell_dialogue,
)
from dialogue.models import Issue, StepChange
from dialogue.models.former.addresses import free_slug
from surveys.lists.cells import read_several
from surveys.lists.declared import BadCell, Created, ListColumn, ListContext, ListKind, RowCheck, Values
from surveys.lists.kinds.codebook import check_perspectives, named_perspectives
from surveys.lists.kinds.contacts import say_unknown_body
from surveys.lists.texts import text_columns, texts_of


def _create(context: ListContext, values: Values) -> Created:
    dialogue = dialogue_of(context, values)
    twin = dialogue.issues.filter(title__sv__iexact=values["title"]).first()
    if twin is not None:
        return Created(twin, is_new=False)
    issue = create_issue(
        dialogue=dialogue,
        slug=_free_slug(context, values.get("slug") or values["title"]),
        title=texts_of(values, "title"),
        description=texts_of(values, "description") or {"sv": ""},
        next_up=texts_of(values, "next_up"),
        by=context.by,
    )
    if resting := named_perspectives(context, values)[0]:
        set_perspectives(issue=issue, perspectives=resting, by=context.by)
    if concerned := _concerned(context, values)[0]:
        set_concerned_bodies(issue=issue, bodies=concerned, by=context.by)
    return Created(issue)


def _concerned(context: ListContext, values: Values) -> tuple[dict[Organisation, str], list[str]]:
    """Return the bodies of «Trafikkontoret: Sköter lamporna; Polisen», each with why, and the names that none has.

    What follows a semicolon and names no body belongs to the words before it.
    """
    why: dict[Organisation, list[str]] = {}
    latest: Organisation | None = None
    missing: list[str] = []
    for part in values.get("concerned", "").split(";"):
        name, _, words = part.strip().partition(":")
        body = known_body(context, name.strip()) if name.strip() else None
        if body is not None:
            latest = body
            why[body] = [words.strip()]
        elif latest is not None:
            why[latest].append(part.strip())
        elif name.strip():
            missing.append(name.strip())
    return {body: "; ".join(words) for body, words in why.items()}, missing


def _check_concerned(context: ListContext, values: Values) -> list[str]:
    return [say_unknown_body(name) for name in _concerned(context, values)[1]]


def _read_slug(cell: str) -> str:
    if slugify(cell) != cell or len(cell) > 80:
        raise BadCell("adressen får bara ha små bokstäver a–z, siffror och bindestreck.")
    return cell


def _free_slug(context: ListContext, title: str) -> str:
    """Return the address of the title, with a number when another issue has or has had it."""
    return free_slug(context.collaboration, slugify(title)[:50].strip("-") or "fraga")


def _lead_to(collaboration: Collaboration, issues: Sequence[Issue]) -> list[tuple[str, str]]:
    everything = ("Sakfrågor", reverse("coordinate:issues", args=[collaboration.slug]))
    return [everything, *pages_of_issues(collaboration, Issue.objects.filter(pk__in=[issue.pk for issue in issues]))]


def _take_back(issue: Issue) -> None:
    StepChange.objects.filter(round__issue=issue).delete()
    issue.rounds.all().delete()
    issue.delete()


ISSUES = ListKind(
    key="fragor",
    title="Sakfrågor",
    unit="sakfrågor",
    help="En rad för varje fråga. Ingen syns för boende förrän ni har publicerat den.",
    columns=(
        ListColumn(
            "title", "Sakfråga", frozenset({"titel", "fråga", "rubrik", "namn", "ärende"}), is_required=True,
            longest=120,
        ),
        *text_columns("title", "Sakfråga", "rubrik", longest=120),
        ListColumn("description", "Beskrivning", frozenset({"text", "vad det gäller", "bakgrund"})),
        *text_columns("description", "Beskrivning"),
        ListColumn("next_up", "Vad händer nu", frozenset({"nästa steg"})),
        *text_columns("next_up", "Vad händer nu"),
        DIALOGUE,
        ListColumn("perspectives", "Perspektiv", frozenset({"kod", "koder"}), read=read_several),
        ListColumn("concerned", "Berörda", frozenset({"berörda organisationer"})),
        ListColumn("slug", "Adress", read=_read_slug),
    ),
    model=Issue,
    create=_create,
    take_back=_take_back,
    checks=(
        RowCheck(frozenset({"dialogue"}), check_dialogue),
        RowCheck(frozenset({"perspectives"}), check_perspectives),
        RowCheck(frozenset({"concerned"}), _check_concerned),
    ),
    asks=ask_dialogue,
    tell=tell_dialogue,
    lead_to=_lead_to,
)  # fmt: skip
