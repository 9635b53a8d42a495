"""Every address of ours and who it is for.

An app declares it by the list in its urls.py: `everyone` and `public` need no login, `staff` does, `coordinator` is for
the coordinator of that collaboration. What the wiring itself adds is declared here; anything else fails.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.files import OUR_APPS

EVERYONE, SIGNED_IN, COORDINATOR = "everyone", "signed in", "coordinator"
LISTS = {"everyone": EVERYONE, "public": EVERYONE, "staff": SIGNED_IN, "coordinator": COORDINATOR}
# Addresses that stand in ostberga/urls.py itself.
WIRING = {"health": EVERYONE, "front": EVERYONE, "set_language": EVERYONE}
# Views that are for others than the rest of their list.
EXCEPTIONS = {
    # A body that is asked to take something on; the link is the key.
    "dialogue.activities.views.commitment_link.commitment_link": EVERYONE,
    # Who works together is asked how it goes; the link is the key, and says nothing of whose it is.
    "dialogue.pulse.views.pulse.pulse": EVERYONE,
    # The demo's outbox, without language; 404 everywhere but in the demo.
    "actors.letters.views.outbox": EVERYONE,
    "actors.letters.views.letter": EVERYONE,
    # Who is invited has no account yet; the link is the key.
    "actors.people.views.welcome.welcome": EVERYONE,
}
# A value for each kind of thing in an address.
SAMPLES: dict[str, Any] = {
    "int": 999_999, "slug": "finns-inte", "str": "finns-inte", "path": "finns/inte",
    "uuid": "00000000-0000-4000-8000-000000000000",
}  # fmt: skip


@dataclass(frozen=True)
class Address:
    """One address: its view, whom it was declared for, and a path to try."""

    name: str
    view: Any
    audience: str | None
    path: str
    route: str = ""

    @property
    def open_to_all(self) -> bool:
        """Whether the middleware lets a person in who has not signed in."""
        return getattr(self.view, "login_required", True) is False


def ours(slug: str = "finns-inte") -> list[Address]:
    """All addresses whose view is in our apps. `slug` is put in as the collaboration's name."""
    declared = dict(_declared())
    found = []
    for pattern, route in _walk(get_resolver().url_patterns, ""):
        if pattern.callback.__module__.split(".")[0] in OUR_APPS:
            view = f"{pattern.callback.__module__}.{pattern.callback.__name__}"
            audience = EXCEPTIONS.get(view) or declared.get(id(pattern)) or WIRING.get(pattern.name or "")
            found.append(Address(pattern.name or route, pattern.callback, audience, _sample(route, slug), route))
    return found


def _declared() -> Iterator[tuple[int, str]]:
    for app in OUR_APPS[1:]:
        module = import_module(f"{app}.urls")
        for name, audience in LISTS.items():
            for pattern, _ in _walk(getattr(module, name, []), ""):
                yield id(pattern), audience


def _walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[tuple[URLPattern, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        else:
            yield pattern, route


def _sample(route: str, slug: str) -> str:
    """The route with something in each of its gaps."""
    path = route.replace("<slug:slug>", slug)
    while "<" in path:
        before, _, rest = path.partition("<")
        gap, _, after = rest.partition(">")
        kind = gap.partition(":")[0] if ":" in gap else "str"
        path = f"{before}{SAMPLES.get(kind, 'finns-inte')}{after}"
    return f"/{path}"
