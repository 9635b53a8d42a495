"""Context processor: links to the page in other languages, and whether this is the demo or a practice."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from ostberga.lib.translations.languages import LANGUAGES, NATIVE_NAMES


def page(request: HttpRequest) -> dict[str, Any]:
    """Return links to the same page in each language, an empty list where it exists in Swedish only."""
    path = request.path
    current = get_language() or "sv"
    links = [
        {"code": code, "name": NATIVE_NAMES[code], "url": translate_url(path, code), "current": code == current}
        for code in LANGUAGES
    ]
    exists_in_all = len({link["url"] for link in links}) > 1
    return {
        "language_links": links if exists_in_all else [],
        "demo": settings.DEMO,
        "is_public_page": exists_in_all,
        "practice": getattr(request, "practice", None),
    }
