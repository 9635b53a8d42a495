"""Render the whole page, or only the part of it that htmx asked for."""

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
    """Render the page, or the one of `parts` whose element htmx is about to replace.

    The part "_statements" is the file _statements.html beside the page and the element #statements in it.
    Any target that is not listed in `parts` gets the whole page.
    """
    part = _requested_part(request, parts)
    name = str(PurePosixPath(template).with_name(f"{part}.html")) if part else template
    response = render(request, name, dict(context or {}), status=status)
    if parts:
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _requested_part(request: HttpRequest, parts: Sequence[str]) -> str:
    htmx = getattr(request, "htmx", None)  # Set by django-htmx's middleware; a bare request lacks it.
    if not htmx or htmx.boosted or htmx.history_restore_request:
        return ""
    part = f"_{htmx.target}"
    return part if part in parts else ""
