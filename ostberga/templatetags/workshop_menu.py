"""The coordinator's menu: seven sections, and the pages of the current one."""

from dataclasses import dataclass

from django import template
from django.urls import reverse

from actors.models import Collaboration

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
            ("Utsagor", "statements", ()),
            ("Perspektiv", "perspectives", ("kodbok/",)),
            ("Teman", "themes", ()),
        ),
    ),
    ("Frågor", (("Sakfrågor", "issues", ()), ("Dialogen", "dialogues", ()))),
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


@register.simple_tag(takes_context=True)
def workshop_sections(context: template.Context, collaboration: Collaboration) -> list[MenuSection]:
    """Return the sections of the menu, with the current page marked.

    Only those that are open to her who prepares, as long as the data controller has not confirmed that she coordinates,
    and only those of a practice in one.
    """
    path, slug = context["request"].path, collaboration.slug
    shown = _PRACTISED if collaboration.practice_of_id else _PREPARED if collaboration.awaits_controller else None
    opened = [(text, [page for page in pages if shown is None or page[1] in shown]) for text, pages in _SECTIONS]
    return [MenuSection(text, tuple(_link(path, slug, *page) for page in pages)) for text, pages in opened if pages]


def _link(path: str, slug: str, text: str, name: str, under: tuple[str, ...]) -> MenuLink:
    home, url = reverse("coordinate:home", args=[slug]), reverse(f"coordinate:{name}", args=[slug])
    # Every path begins with that of the week, without being a page of it.
    below = () if url == home else (url, *(home + path for path in under))
    current = "page" if path == url else "true" if path.startswith(below) else ""
    return MenuLink(text, url, current)
