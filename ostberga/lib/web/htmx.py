"""Chooses between the whole page and the one part of it that htmx asked for."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    parts: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    """The page, or the part named in `parts` whose element htmx wants to replace.

    The part "_statements" is the file _statements.html beside the page and the element #statements in it.
    Only parts that the view names can be asked for; anything else gets the whole page.
    """
    part = _asked_for(request, parts)
    chosen = str(PurePosixPath(template).with_name(f"{part}.html")) if part else template
    response = render(request, chosen, dict(context or {}), status=status)
    if parts:
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _asked_for(request: HttpRequest, parts: Sequence[str]) -> str:
    htmx = getattr(request, "htmx", None)  # django-htmx's middleware puts it there; a bare request has none.
    if not htmx or htmx.boosted or htmx.history_restore_request:
        return ""
    wanted = f"_{htmx.target}"
    return wanted if wanted in parts else ""
