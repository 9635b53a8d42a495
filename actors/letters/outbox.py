"""The outbox: letters are written in the caller's transaction and sent once, by a task, after commit (sending.py)."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation

from actors.letters.flood import refuse_more
from actors.models import Collaboration, Letter
from ostberga.lib.servers.queue import call_after_commit

# Events registered later than this, such as decisions of ten years ago, need no letter.
LONG_AGO = dt.timedelta(days=60)


def is_history(at: dt.datetime) -> bool:
    """Whether an event is too old for a letter."""
    return timezone.now() - at > LONG_AGO


def write(
    *,
    kind: str,
    to: str,
    template: str,
    context: Mapping[str, Any],
    language: str = "sv",
    collaboration: Collaboration | None = None,
    calendar: str = "",
    unsubscribe: str = "",
    send_after: dt.datetime | None = None,
) -> Letter:
    """Write a letter from `templates/email/<template>.txt` and `.html`. The text's first line is the subject.

    It is sent after the surrounding transaction has been committed, and not at all if that is rolled back. Raises
    Refusal if staff have caused too many letters of this kind to the address today.
    """
    refuse_more(kind=kind, to=to, collaboration=collaboration)
    subject, text, html = render(template, context, language)
    words = {"text": text, "html": html, "unsubscribe": unsubscribe}
    more: dict[str, Any] = {"calendar": calendar, "send_after": send_after or timezone.now()}
    return _put(words, kind=kind, to=to, subject=subject, language=language, collaboration=collaboration, **more)


def render(template: str, context: Mapping[str, Any], language: str) -> tuple[str, str, str]:
    """Return the subject, the text and the html of a letter."""
    everything = {**context, "site_url": settings.SITE_URL, "demo": settings.DEMO, "language": language}
    with translation.override(language):
        subject, _, text = render_to_string(f"email/{template}.txt", everything).strip().partition("\n")
        return subject, text.strip(), render_to_string(f"email/{template}.html", {**everything, "subject": subject})


def post(
    *,
    kind: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    language: str = "sv",
    collaboration: Collaboration | None = None,
    useful_until: dt.datetime | None = None,
) -> Letter:
    """Put a letter with ready-made text in the outbox. The collaboration's coordinator sees whether it was sent."""
    words = {"text": text, "html": html}
    more: dict[str, Any] = {"collaboration": collaboration, "useful_until": useful_until}
    return _put(words, kind=kind, to=to, subject=subject, language=language, **more)


def _put(words: Mapping[str, str], *, subject: str, **fields: Any) -> Letter:
    letter = Letter(subject=subject[:200], **fields)
    letter.seal(**words)
    letter.save(force_insert=True)
    call_after_commit("actors.tasks.send_letter", str(letter.pk))
    return letter
