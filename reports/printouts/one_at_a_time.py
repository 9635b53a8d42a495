"""Renders a printout once, however many ask for it, and leaves room for other pages while it is rendered."""

import threading
from collections.abc import Callable

from django.core.cache import cache

from ostberga.lib.refusal import Refusal

# Threads of a process that may be held by printouts: one renders, the others wait for it. A process has four
# (ostberga/http/gunicorn_config.py), so that answers can always be received.
MOST_HELD = 3
_held = threading.BoundedSemaphore(MOST_HELD)
_rendering = threading.Lock()


class PrintoutBusy(Refusal):
    """Raised when as many printouts as there is room for are being rendered or waited for."""

    def __init__(self) -> None:
        super().__init__("Andra filer görs just nu. Försök igen om en stund.", code="busy")


def get_or_render(key: str, render: Callable[[], bytes | None], *, seconds: int) -> bytes | None:
    """Return the PDF in the cache, or render it and keep it there; None if `render` returns None.

    A process renders one at a time, and whoever asks for the same meanwhile gets what was rendered.
    Raises PrintoutBusy.
    """
    pdf: bytes | None = cache.get(key)
    if pdf is not None:
        return pdf
    if not _held.acquire(blocking=False):
        raise PrintoutBusy
    try:
        with _rendering:
            pdf = cache.get(key)
            return pdf if pdf is not None else _render(key, render, seconds)
    finally:
        _held.release()


def _render(key: str, render: Callable[[], bytes | None], seconds: int) -> bytes | None:
    pdf = render()
    if pdf is not None:
        cache.set(key, pdf, seconds)
    return pdf
