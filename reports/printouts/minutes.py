"""The minutes of a meeting as PDF, rendered on first request and cached by content."""

import hashlib
import logging

from django.template.loader import render_to_string
from django.utils import translation

from dialogue.meetings import minutes_document
from dialogue.models import Meeting
from reports.printouts.one_at_a_time import PrintoutBusy, get_or_render
from reports.rendering.pdf import PrintError, render_pdf

logger = logging.getLogger("ostberga.reports")

# Seconds in the cache. The key is a hash of the content, so that an addition renders a new PDF.
CACHE_SECONDS = 7 * 24 * 3600


def render_minutes_pdf(meeting: Meeting, *, public: bool) -> bytes | None:
    """The minutes as an accessible PDF, in the public version or the group's own; None when it cannot be made now."""
    with translation.override("sv"):
        document = minutes_document.build_minutes(meeting, public=public)
        key = f"minutes:{meeting.pk}:{hashlib.sha256(repr(document).encode()).hexdigest()}"
        try:
            return get_or_render(key, lambda: _render(document), seconds=CACHE_SECONDS)
        except PrintoutBusy:
            return None


def _render(document: minutes_document.MinutesDocument) -> bytes | None:
    try:
        return render_pdf(render_to_string("print/minutes.html", {"minutes": document}))
    except PrintError:
        logger.exception("the minutes of meeting %s could not be printed", document.pk)
        return None
