"""The coordinator's menu: seven rooms, and the pages of the one she is in."""

from dataclasses import dataclass

from django import template
from django.urls import reverse

register = template.Library()

# The rooms, each with its pages: what the link says, the name of the address, and what else lies under it.
_ROOMS: tuple[tuple[str, tuple[tuple[str, str, tuple[str, ...]], ...]], ...] = (
    ("Vecka", (("Min vecka", "home", ()), ("Takt", "pace", ()), ("Sök", "search", ()))),
    (
        "Lyssna",
        (
            ("Formulär", "surveys", ()),
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
            ("Skruva", "adjusting", ()),
            ("Brev", "letters", ()),
        ),
    ),
)


@dataclass(frozen=True)
class Entry:
    """A link, and whether the page that is open is it («page») or lies below it («true»)."""

    text: str
    url: str
    current: str


@dataclass(frozen=True)
class Room:
    """A part of the work, with its pages. Its own link leads to the first of them."""

    text: str
    entries: tuple[Entry, ...]

    @property
    def is_current(self) -> bool:
        """Whether the page that is open is one of its own."""
        return any(one.current for one in self.entries)


@register.simple_tag(takes_context=True)
def workshop_rooms(context: template.Context, slug: str) -> list[Room]:
    """The rooms, as seen from the page that is open."""
    path = context["request"].path
    return [Room(text, tuple(_entry(path, slug, *page) for page in pages)) for text, pages in _ROOMS]


def _entry(path: str, slug: str, text: str, name: str, under: tuple[str, ...]) -> Entry:
    home, url = reverse("coordinate:home", args=[slug]), reverse(f"coordinate:{name}", args=[slug])
    # Everything lies below the week, and is not a part of it.
    below = () if url == home else (url, *(home + one for one in under))
    current = "page" if path == url else "true" if path.startswith(below) else ""
    return Entry(text, url, current)
