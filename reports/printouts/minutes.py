"""The minutes of a meeting on paper: made when first asked for, and kept until something is added to them."""

import hashlib
import logging

from django.core.cache import cache
from django.template.loader import render_to_string
from django.utils import translation

from dialogue.meetings import minutes_document
from dialogue.models import Meeting
from reports.rendering.pdf import PrintError, render_pdf

logger = logging.getLogger("ostberga.reports")

# Seconds a made PDF is kept. Its key is made of all that it says, so that an addition makes a new one at once.
KEEP = 7 * 24 * 3600


def render_minutes_pdf(meeting: Meeting, *, public: bool) -> bytes | None:
    """The minutes as an accessible PDF, in the public version or the group's own; None when it could not be made."""
    with translation.override("sv"):
        told = minutes_document.build_minutes(meeting, public=public)
        key = f"minutes:{meeting.pk}:{hashlib.sha256(repr(told).encode()).hexdigest()}"
        made: bytes | None = cache.get(key)
        if made is None:
            made = _made(told)
            if made is not None:
                cache.set(key, made, KEEP)
        return made


def _made(told: minutes_document.MinutesDocument) -> bytes | None:
    try:
        return render_pdf(render_to_string("print/minutes.html", {"minutes": told}))
    except PrintError:
        logger.exception("the minutes of meeting %s could not be printed", told.pk)
        return None
