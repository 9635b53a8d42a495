"""All URLs of the project, each with its audience.

An app declares the audience by the list in its urls.py: `everyone` and `public` need no login, `staff` does,
`coordinator` is for the coordinator of that collaboration. The URLs of ostberga/urls.py are declared here; any other
URL has no audience, which fails a test.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.house.files import OUR_APPS

EVERYONE, SIGNED_IN, COORDINATOR = "everyone", "signed in", "coordinator"
LISTS = {"everyone": EVERYONE, "public": EVERYONE, "staff": SIGNED_IN, "coordinator": COORDINATOR}
# URLs in ostberga/urls.py itself.
PROJECT_URLS = {
    "robots": EVERYONE,
    "sitemap": EVERYONE,
    "health": EVERYONE,
    "front": EVERYONE,
    "set_language": EVERYONE,
}
# Django's admin, also where our site answers for it: tests/actors/test_admin.py asks who comes in there.
ADMIN = "admin/"
# Views with another audience than the rest of their list.
EXCEPTIONS = {
    # A body that is asked for a commitment; the link is the key.
    "dialogue.activities.views.commitment_link.commitment_link": EVERYONE,
    # A registry has no account; the link is the key.
    "actors.mandates.views.links.mandate_link": EVERYONE,
    "actors.mandates.views.links.registry_link": EVERYONE,
    "actors.mandates.views.links.removal_link": EVERYONE,
    "dialogue.decisions.views.links.transfer_link": EVERYONE,
    "dialogue.leaving.views.links.succession_link": EVERYONE,
    "dialogue.external.views.links.own_words_link": EVERYONE,
    # The pulse; the link is the key, and does not tell whose it is.
    "dialogue.pulse.views.pulse.pulse": EVERYONE,
    # The demo's outbox; 404 everywhere but in the demo.
    "actors.letters.views.demo.outbox": EVERYONE,
    "actors.letters.views.demo.letter": EVERYONE,
    # The data controller answers who shall coordinate; the link is the key.
    "actors.people.views.appointment_link.appointment_link": EVERYONE,
    # An invited person has no account yet; the link is the key.
    "actors.people.views.welcome.welcome": EVERYONE,
    # Nobody has an account before the founding; the printed code is the key.
    "actors.founding.views.founding_page.first": EVERYONE,
    # A calendar program signs in nowhere; the address is the key.
    "dialogue.calendars.views.own.my_calendar_file": EVERYONE,
    # Whoever signs in at the city's login is on her way in, and whoever comes from there has signed out.
    "actors.people.views.city_login.sign_in": EVERYONE,
    "actors.people.views.city_login.come_back": EVERYONE,
    "actors.people.views.city_login.signed_out": EVERYONE,
    "actors.people.views.city_login.accept_invitation": EVERYONE,
    # Whoever lost her account can not sign in; the link is the key.
    "actors.people.views.account_change.stop": EVERYONE,
}
# A value for each path converter.
SAMPLES: dict[str, Any] = {
    "int": 999_999, "slug": "finns-inte", "str": "finns-inte", "path": "finns/inte",
    "uuid": "00000000-0000-4000-8000-000000000000",
}  # fmt: skip


@dataclass(frozen=True)
class Address:
    """A URL pattern: its view, its declared audience, and a path to try."""

    name: str
    view: Any
    audience: str | None
    path: str
    route: str = ""

    @property
    def open_to_all(self) -> bool:
        """Return whether LoginRequiredMiddleware lets anonymous users in."""
        return getattr(self.view, "login_required", True) is False


def ours(slug: str = "finns-inte") -> list[Address]:
    """Return all URLs whose view is in our apps. `slug` fills in for the collaboration."""
    declared = dict(_declared())
    urls = []
    for pattern, route in _walk(get_resolver().url_patterns, ""):
        if pattern.callback.__module__.split(".")[0] in OUR_APPS and not route.startswith(ADMIN):
            view = f"{pattern.callback.__module__}.{pattern.callback.__name__}"
            audience = EXCEPTIONS.get(view) or declared.get(id(pattern)) or PROJECT_URLS.get(pattern.name or "")
            urls.append(Address(pattern.name or route, pattern.callback, audience, _sample(route, slug), route))
    return urls


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
    """Return the route with a sample value for each parameter."""
    path = route.replace("<slug:slug>", slug)
    while "<" in path:
        before, _, rest = path.partition("<")
        parameter, _, after = rest.partition(">")
        kind = parameter.partition(":")[0] if ":" in parameter else "str"
        path = f"{before}{SAMPLES.get(kind, 'finns-inte')}{after}"
    return f"/{path}"
