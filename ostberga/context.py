"""Context processor: links to the page in other languages, and whether this is the demo or a practice."""

from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, ResolverMatch, resolve, reverse
from django.utils.translation import get_language, override

from ostberga.lib.translations.languages import LANGUAGES, NATIVE_NAMES


def page(request: HttpRequest) -> dict[str, Any]:
    """Return links to the same page in each language, an empty list where it exists in Swedish only."""
    current = get_language() or "sv"
    links = [
        {"code": code, "name": NATIVE_NAMES[code], "url": url, "current": code == current}
        for code, url in _addresses(request).items()
    ]
    exists_in_all = len({link["url"] for link in links}) > 1
    return {
        "language_links": links if exists_in_all else [],
        "demo": settings.DEMO,
        "is_public_page": exists_in_all,
        "practice": getattr(request, "practice", None),
    }


def _addresses(request: HttpRequest) -> dict[str, str]:
    """Return the address of the page in each language; its own for a page that is not there, or in Swedish only.

    Django's `translate_url` would look for the path among all routes anew for each language.
    """
    try:  # a middleware may answer before the path has been looked for
        match = request.resolver_match or resolve(unquote(request.path))
    except Resolver404:
        return dict.fromkeys(LANGUAGES, request.path)
    return {code: _address(match, code) or request.path for code in LANGUAGES}


def _address(match: ResolverMatch, language: str) -> str | None:
    with override(language):
        try:
            return reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return None
