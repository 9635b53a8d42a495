"""A list of issues, with the perspectives they rest on."""

from django.utils.text import slugify

from dialogue.issues.creating import create_issue, set_perspectives
from dialogue.models import Dialogue, Issue, StepChange
from dialogue.models.former.addresses import is_slug_taken
from ostberga.lib.refusal import Refusal
from surveys.lists.cells import read_several, text_of_at_most
from surveys.lists.declared import Created, ListColumn, ListContext, ListKind, Values
from surveys.lists.kinds.codebook import check_perspectives, known_perspective


def _create(context: ListContext, values: Values) -> Created:
    dialogue = Dialogue.objects.current().filter(collaboration=context.collaboration).first()
    if dialogue is None:
        raise Refusal("Det finns ingen dialog än. Börja en först.", code="no_dialogue")
    twin = dialogue.issues.filter(title__sv__iexact=values["title"]).first()
    if twin is not None:
        return Created(twin, is_new=False)
    issue = create_issue(
        dialogue=dialogue,
        slug=_free_slug(context, values["title"]),
        title={"sv": values["title"]},
        description={"sv": values.get("description", "")},
        by=context.by,
    )
    named = (known_perspective(context, title) for title in values.get("perspectives", ()))
    if resting := [perspective for perspective in named if perspective is not None]:
        set_perspectives(issue=issue, perspectives=resting, by=context.by)
    return Created(issue)


def _free_slug(context: ListContext, title: str) -> str:
    """Return the address of the title, with a number when another issue has or has had it."""
    stem = slugify(title)[:50].strip("-") or "fraga"
    slug, number = stem, 2
    while is_slug_taken(context.collaboration, slug):
        slug, number = f"{stem}-{number}", number + 1
    return slug


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
            read=text_of_at_most(120),
        ),
        ListColumn("description", "Beskrivning", frozenset({"text", "vad det gäller", "bakgrund"})),
        ListColumn("perspectives", "Perspektiv", frozenset({"kod", "koder"}), read=read_several),
    ),
    model=Issue,
    create=_create,
    take_back=_take_back,
    check=check_perspectives,
)  # fmt: skip
