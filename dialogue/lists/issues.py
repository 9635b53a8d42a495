"""A list of issues, with the perspectives they rest on and the bodies that they concern."""

from django.utils.text import slugify

from actors.models import Organisation
from dialogue.issues.creating import create_issue, set_concerned_bodies, set_perspectives
from dialogue.lists.named_rows import DIALOGUE, check_dialogue, dialogue_of, known_body
from dialogue.models import Issue, StepChange
from dialogue.models.former.addresses import is_slug_taken
from surveys.lists.cells import read_several, text_of_at_most
from surveys.lists.declared import BadCell, Created, ListColumn, ListContext, ListKind, Values
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


def _check(context: ListContext, values: Values) -> list[str]:
    missing = (say_unknown_body(name) for name in _concerned(context, values)[1])
    return [*check_dialogue(context, values), *check_perspectives(context, values), *missing]


def _read_slug(cell: str) -> str:
    if slugify(cell) != cell or len(cell) > 80:
        raise BadCell("adressen får bara ha små bokstäver a–z, siffror och bindestreck.")
    return cell


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
        *text_columns("title", "Sakfråga", "rubrik", read=text_of_at_most(120)),
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
    check=_check,
)  # fmt: skip
