"""A codebook: perspectives with what they hold, and the themes that they are in."""

from collections.abc import Sequence

from django.urls import reverse

from actors.models import Collaboration
from surveys.codebook.perspectives import create_perspective
from surveys.codebook.theme_editing import create_theme, place
from surveys.lists.cells import read_several, read_yes
from surveys.lists.declared import Created, ListColumn, ListContext, ListKind, RowCheck, Values
from surveys.lists.texts import match_names, text_columns, texts_of
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


def named_perspectives(context: ListContext, values: Values) -> tuple[list[Perspective], list[str]]:
    """Return the perspectives that a row names, and the names that none has."""
    return match_names(values.get("perspectives", ()), lambda title: known_perspective(context, title))


def check_perspectives(context: ListContext, values: Values) -> list[str]:
    """Return what is wrong with the perspectives that a row names."""
    return [
        f"Perspektivet «{title}» finns inte. Ta in kodboken först, eller skriv som det heter där."
        for title in named_perspectives(context, values)[1]
    ]


def _check_used(_context: ListContext, values: Values) -> list[str]:
    return [] if values.get("is_used", True) else ["Används inte längre, så det tas inte in."]


def _check_named(_context: ListContext, values: Values) -> list[str]:
    return [] if values.get("title") or values.get("themes") else ["Perspektiv saknas."]


def _create(context: ListContext, values: Values) -> Created:
    if not values.get("title"):
        made = [is_new for _, is_new in _themes(context, values)]
        return Created(None, is_new=any(made))
    mine: set[int] = context.made.setdefault("mine", set())  # the keys of those that this import made
    twin = standing_perspective(context.collaboration, values["title"])
    if twin is not None and twin.pk not in mine:
        return Created(twin, is_new=False)
    perspective = twin or create_perspective(
        collaboration=context.collaboration,
        title=texts_of(values, "title"),
        description=values.get("description", ""),
        is_dissenting=values.get("is_dissenting", False),
        by=context.by,
    )
    mine.add(perspective.pk)
    placed = [_place(context, perspective, theme) for theme, _ in _themes(context, values)]
    return Created(perspective, is_new=twin is None or any(placed))


def _place(context: ListContext, perspective: Perspective, theme: Theme) -> bool:
    """Put it in the theme, and return whether it was not there."""
    if perspective.placements.filter(theme=theme).exists():
        return False
    place(perspective=perspective, theme=theme, by=context.by)
    return True


def _themes(context: ListContext, values: Values) -> list[tuple[Theme, bool]]:
    """Return the themes that a row names, each with whether it was created for it."""
    return [_theme(context, title, values.get("about_theme", "")) for title in values.get("themes", ())]


def _theme(context: ListContext, title: str, about: str) -> tuple[Theme, bool]:
    same = Theme.objects.standing().filter(collaboration=context.collaboration, title__sv__iexact=title).first()
    if same is not None:
        return same, False
    theme = create_theme(collaboration=context.collaboration, title={"sv": title}, description=about, by=context.by)
    context.beside.append(theme)
    return theme, True


def _lead_to(collaboration: Collaboration, _perspectives: Sequence[Perspective]) -> list[tuple[str, str]]:
    return [("Kodboken", reverse("coordinate:codebook", args=[collaboration.slug]))]


def _delete(perspective: Perspective) -> None:
    perspective.delete()  # with its places in themes


CODEBOOK = ListKind(
    key="kodbok",
    title="Kodbok",
    unit="rader av kodboken",
    help=(
        "En rad för varje perspektiv, i vi-form: «Vi som …». Teman som inte finns skapas. En kodbok ur ett "
        "analysprogram (QDC) går också: koder blir perspektiv, mängder blir teman."
    ),
    columns=(
        ListColumn(
            "title", "Perspektiv", frozenset({"kod", "kodnamn", "namn", "code", "name"}), is_required=True,
            longest=300, may_be_empty=True,
        ),
        *text_columns("title", "Perspektiv", longest=300),
        ListColumn(
            "description", "Beskrivning", frozenset({"definition", "förklaring", "description", "om perspektivet"}),
        ),
        ListColumn("themes", "Tema", frozenset({"teman", "kategori", "grupp", "theme"}), read=read_several),
        ListColumn("about_theme", "Om temat", frozenset({"temats beskrivning"})),
        ListColumn("is_dissenting", "Nej-röst", frozenset({"minoritet", "avvikande"}), read=read_yes),
        ListColumn("is_used", "I bruk", frozenset({"används"}), read=read_yes),
    ),
    model=Perspective,
    create=_create,
    take_back=_delete,
    checks=(RowCheck(frozenset({"is_used"}), _check_used), RowCheck(frozenset({"title", "themes"}), _check_named)),
    lead_to=_lead_to,
    endings=".qdc",
)  # fmt: skip
