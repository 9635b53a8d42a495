"""The menu of the workshop: the coordinator's seven sections and the pages of the current one, or a helper's pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import template
from django.urls import reverse

from actors.models import Collaboration, User
from actors.rules.helping import HelperTask

register = template.Library()

# The sections, each with its pages: link text, URL name, and other paths (below the workshop) that belong to the page.
_SECTIONS: tuple[tuple[str, tuple[tuple[str, str, tuple[str, ...]], ...]], ...] = (
    ("Vecka", (("Min vecka", "home", ()), ("Takt", "pace", ()), ("Sök", "search", ()))),
    (
        "Lyssna",
        (
            ("Formulär", "surveys", ("ta-med/",)),
            ("Samtal", "interviews", ()),
            ("Koda", "coding", ()),
            ("Högar", "piles", ()),
            ("Utsagor", "statements", ()),
            ("Perspektiv", "perspectives", ("kodbok/",)),
            ("Teman", "themes", ()),
        ),
    ),
    ("Frågor", (("Sakfrågor", "issues", ()), ("Dialogen", "dialogues", ()), ("Texter", "public-texts", ()))),
    ("Grupper", (("Arbetsgrupper", "groups", ("moten/",)), ("Förslag", "proposals", ()))),
    (
        "Beslut",
        (
            ("Alla beslut", "decisions", ()),
            ("Aktiviteter", "activities", ("ataganden/",)),
            ("Utanför", "outside", ()),
        ),
    ),
    ("Berätta", (("Rapporter", "reports", ()), ("Vilka har läst", "readers", ()))),
    (
        "Samverkan",
        (
            ("Parter", "partners", ("organisationer/", "ansvar/")),
            ("Plan", "plan", ()),
            ("Personer", "people", ()),
            ("Handlingar", "papers", ()),
            ("Skruva", "adjusting", ()),
            ("Brev", "letters", ()),
            ("Ta ut allt", "take-out", ()),
        ),
    ),
)

# The pages that whoever prepares may open before the data controller has confirmed that she coordinates.
_PREPARED = frozenset(["home", "surveys", "dialogues", "partners", "plan", "people", "papers"])

# The pages of a practice: what is made of answers, and nothing that asks anybody for anything.
_PRACTISED = frozenset(
    [
        *("home", "search", "surveys", "interviews", "coding", "statements", "perspectives", "themes"),
        *("issues", "dialogues", "reports", "take-out"),
    ]
)


# The pages of a helper, by her task. She has no others.
_HELPERS: tuple[tuple[HelperTask, tuple[tuple[str, str], ...]], ...] = (
    (HelperTask.CONVERSATIONS, (("Samtal", "interviews"),)),
    (HelperTask.CODING, (("Koda", "coding"), ("Koda igen", "second-coding"))),
    (HelperTask.COMMUNICATION, (("Texter", "public-texts"),)),
    (
        HelperTask.READING,
        (
            *(("Sakfrågor", "issues"), ("Grupper", "groups"), ("Förslag", "proposals"), ("Beslut", "decisions")),
            *(("Aktiviteter", "activities"), ("Perspektiv", "perspectives"), ("Utsagor", "statements")),
            ("Takt", "pace"),
        ),
    ),
)


@dataclass(frozen=True)
class MenuLink:
    """A link with its aria-current: «page» on the page itself, «true» on pages below it, else empty."""

    text: str
    url: str
    current: str


@dataclass(frozen=True)
class MenuSection:
    """A section of the menu. Its own link leads to the first of its pages."""

    text: str
    links: tuple[MenuLink, ...]

    @property
    def is_current(self) -> bool:
        """Return whether the current page belongs to the section."""
        return any(link.current for link in self.links)


@dataclass(frozen=True)
class WorkshopMenu:
    """The sections of the menu, and whether the search of the workshop is open to the reader."""

    sections: tuple[MenuSection, ...]
    has_search: bool


@register.simple_tag(takes_context=True)
def workshop_menu(context: template.Context, collaboration: Collaboration) -> WorkshopMenu:
    """Return the menu, with the current page marked.

    Only the pages of a helper's tasks, for whoever does not coordinate; and only those that are open to her who
    prepares, as long as the data controller has not confirmed that she coordinates; and of a practice in one.
    """
    path, slug, user = context["request"].path, collaboration.slug, context["request"].user
    prepares = collaboration.is_prepared_by_reader
    if not (Collaboration.objects.prepared_by(user).contains(collaboration) if prepares is None else prepares):
        return WorkshopMenu(tuple(_of_helper(path, collaboration, user)), has_search=False)
    return WorkshopMenu(
        tuple(_of_coordinator(path, slug, collaboration)), has_search=not collaboration.awaits_controller
    )


def _of_helper(path: str, collaboration: Collaboration, user: User) -> Iterator[MenuSection]:
    tasks = set(user.helper_roles.in_force().filter(collaboration=collaboration).values_list("task", flat=True))
    for task, pages in _HELPERS:
        if task in tasks:
            for text, name in pages:
                yield MenuSection(text, (_link(path, collaboration.slug, text, name, ()),))


def _of_coordinator(path: str, slug: str, collaboration: Collaboration) -> Iterator[MenuSection]:
    shown = _PRACTISED if collaboration.practice_of_id else _PREPARED if collaboration.awaits_controller else None
    opened = [(text, [page for page in pages if shown is None or page[1] in shown]) for text, pages in _SECTIONS]
    return (MenuSection(text, tuple(_link(path, slug, *page) for page in pages)) for text, pages in opened if pages)


def _link(path: str, slug: str, text: str, name: str, under: tuple[str, ...]) -> MenuLink:
    home, url = reverse("coordinate:home", args=[slug]), reverse(f"coordinate:{name}", args=[slug])
    # Every path begins with that of the week, without being a page of it.
    below = () if url == home else (url, *(home + path for path in under))
    current = "page" if path == url else "true" if path.startswith(below) else ""
    return MenuLink(text, url, current)
