"""A codebook: perspectives with what they hold, and the themes that they are in."""

from actors.models import Collaboration
from surveys.codebook.perspectives import create_perspective
from surveys.codebook.theme_editing import create_theme, place
from surveys.lists.cells import read_several, read_yes, text_of_at_most
from surveys.lists.declared import Created, ListColumn, ListContext, ListKind, Values
from surveys.models import Perspective, Theme


def standing_perspective(collaboration: Collaboration, title: str) -> Perspective | None:
    """Return the perspective in use with this title, if any; case does not count."""
    return Perspective.objects.standing().filter(collaboration=collaboration, title__sv__iexact=title).first()


def known_perspective(context: ListContext, title: str) -> Perspective | None:
    """Return the same, asked for once in an import that creates no perspectives."""
    known: dict[str, Perspective | None] = context.made.setdefault("perspectives", {})
    if title not in known:
        known[title] = standing_perspective(context.collaboration, title)
    return known[title]


def check_perspectives(context: ListContext, values: Values) -> list[str]:
    """Return what is wrong with the perspectives that a row names."""
    return [
        f"Perspektivet «{title}» finns inte. Ta in kodboken först, eller skriv som det heter där."
        for title in values.get("perspectives", ())
        if known_perspective(context, title) is None
    ]


def _create(context: ListContext, values: Values) -> Created:
    twin = standing_perspective(context.collaboration, values["title"])
    perspective = twin or create_perspective(
        collaboration=context.collaboration,
        title={"sv": values["title"]},
        description=values.get("description", ""),
        is_dissenting=values.get("is_dissenting", False),
        by=context.by,
    )
    for title in values.get("themes", ()) if twin is None else ():
        place(perspective=perspective, theme=_theme(context, title), by=context.by)
    return Created(perspective, is_new=twin is None)


def _theme(context: ListContext, title: str) -> Theme:
    same = Theme.objects.standing().filter(collaboration=context.collaboration, title__sv__iexact=title).first()
    if same is None:
        same = create_theme(collaboration=context.collaboration, title={"sv": title}, by=context.by)
        context.beside.append(same)
    return same


def _delete(perspective: Perspective) -> None:
    perspective.delete()  # with its places in themes


CODEBOOK = ListKind(
    key="kodbok",
    title="Kodbok",
    unit="perspektiv",
    help="En rad för varje perspektiv, i vi-form: «Vi som …». Teman som inte finns skapas.",
    columns=(
        ListColumn(
            "title", "Perspektiv", frozenset({"kod", "kodnamn", "namn", "code", "name"}), is_required=True,
            read=text_of_at_most(300),
        ),
        ListColumn("description", "Beskrivning", frozenset({"definition", "förklaring", "description"})),
        ListColumn("themes", "Tema", frozenset({"teman", "kategori", "grupp", "theme"}), read=read_several),
        ListColumn("is_dissenting", "Nej-röst", frozenset({"minoritet", "avvikande"}), read=read_yes),
    ),
    model=Perspective,
    create=_create,
    take_back=_delete,
)  # fmt: skip
