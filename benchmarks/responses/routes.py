"""The addresses that the urlconf knows, and real things for their gaps."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from django.conf import settings
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from django.utils import translation

GAP = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")


def language_of(path: str) -> str:
    """The language that an address begins with; Swedish has none."""
    first = path.split("/")[1] if path.startswith("/") else ""
    return first if first in dict(settings.LANGUAGES) else "sv"


@cache
def route_of(path: str) -> str:
    """The route in the urlconf that answers at this address; empty if none does."""
    with translation.override(language_of(path)):
        try:
            return str(resolve(urlsplit(path).path).route)
        except Resolver404:
            return ""


@cache
def kind_of(path: str) -> tuple[str, tuple[str, ...]]:
    """Addresses of a kind have the same route and the same names in their query."""
    names = [name for name, _value in parse_qsl(urlsplit(path).query, keep_blank_values=True)]
    return route_of(path), tuple(sorted(set(names)))


def all_routes() -> list[tuple[str, str]]:
    """Route and name of every address, in every language, but those of the administration."""
    result: dict[tuple[str, str], None] = {}
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            walked = _walk(get_resolver().url_patterns, "", "")
            result |= dict.fromkeys(item for item in walked if not item[0].startswith("admin/"))
    return list(result)


def _walk(patterns: Sequence[Any], before: str, space: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(
                pattern.url_patterns, route, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )
        elif isinstance(pattern, URLPattern):
            yield route.replace("/^", "/"), f"{space}{pattern.name or ''}"  # as a resolved address names it


def fill(route: str, known: dict[str, list[str]]) -> list[str]:
    """Addresses for a route that no link leads to, from addresses that share its beginning."""
    if "(?P" in route or "^" in route:
        return []
    gaps = list(GAP.finditer(route))
    if not gaps:
        return [f"/{route}"]
    stem = route[: gaps[-1].end()]
    result = []
    for other, paths in known.items():
        if other.startswith(stem):
            result += [_swapped(path, stem, route) for path in paths[:3]]
    return list(dict.fromkeys(path for path in result if path))


def _swapped(path: str, stem: str, route: str) -> str:
    """An address that begins so, with what comes after the stem put in from `route`."""
    parts = GAP.split(re.escape(stem).replace(r"\<", "<").replace(r"\>", ">"))
    pattern = "".join(part if number % 2 == 0 else "[^/]+" for number, part in enumerate(parts))
    match = re.match("/" + pattern, urlsplit(path).path)
    return match.group() + route[len(stem) :] if match else ""
