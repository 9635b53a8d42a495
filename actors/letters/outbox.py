"""The outbox: an act writes a letter in its own transaction, and the queue sends it once, after commit."""

import datetime as dt
import logging
from collections.abc import Mapping
from functools import partial
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from actors.models import Collaboration, Letter

logger = logging.getLogger("ostberga.letters")

# Waiting between tries, in minutes; after the last one the letter is shown as failed.
PAUSES = (1, 5, 30, 120, 720)
# What is written in so long afterwards, such as decisions of ten years ago, needs no letter.
LONG_AGO = dt.timedelta(days=60)


def is_history(at: dt.datetime) -> bool:
    """Whether something happened so long ago that nobody needs a letter about it today."""
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

    It is sent when the surrounding transaction has been committed; if that is rolled back there never was a letter.
    """
    everything = {**context, "site_url": settings.SITE_URL, "demo": settings.DEMO, "language": language}
    with translation.override(language):
        subject, _, text = render_to_string(f"email/{template}.txt", everything).strip().partition("\n")
        html = render_to_string(f"email/{template}.html", {**everything, "subject": subject})
    written: dict[str, Any] = {"subject": subject, "text": text.strip(), "html": html}
    more: dict[str, Any] = {
        "calendar": calendar,
        "unsubscribe": unsubscribe,
        "send_after": send_after or timezone.now(),
    }
    return _put(kind=kind, to=to, language=language, collaboration=collaboration, **written, **more)


def post(
    *,
    kind: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    language: str = "sv",
    collaboration: Collaboration | None = None,
) -> Letter:
    """Put a letter that is already written in the outbox. With a collaboration, its coordinator sees how it goes."""
    envelope = {"kind": kind, "to": to, "language": language, "collaboration": collaboration}
    return _put(subject=subject, text=text, html=html, **envelope)


def _put(*, subject: str, **fields: Any) -> Letter:
    letter = Letter.objects.create(subject=subject[:200], **fields)
    # Robust: if the queue is away the letter waits for the sweep instead of failing what people did.
    transaction.on_commit(partial(current_app.send_task, "actors.tasks.send_letter", [str(letter.pk)]), robust=True)
    return letter


def send(pk: str) -> bool:
    """Send one letter if it still waits. Says whether it was sent now.

    The row is locked while it is sent, so two workers never send the same letter; its Message-ID is its key, so that a
    mail server can tell a repeat should a worker die between sending and noting it.
    """
    with transaction.atomic():
        letter = Letter.objects.select_for_update(skip_locked=True).waiting().filter(pk=pk).first()
        if letter is None:
            return False
        return _send(letter)


def _send(letter: Letter) -> bool:
    letter.attempts += 1
    host = settings.SITE_URL.partition("//")[2].partition(":")[0]
    headers = {"Message-ID": f"<{letter.pk}@{host}>"}
    if letter.unsubscribe:  # RFC 8058: the mail program's own button posts to the link, without opening it
        headers |= {
            "List-Unsubscribe": f"<{letter.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    mail = EmailMultiAlternatives(letter.subject, letter.text, settings.EMAIL_FROM, [letter.to], headers=headers)
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    if letter.calendar:
        # Mail programs ask in the header, not in the file, whether this is a call or something called off.
        method = "CANCEL" if "\nSTATUS:CANCELLED" in letter.calendar else "REQUEST"
        mail.attach("mote.ics", letter.calendar, f"text/calendar; method={method}")
    try:
        mail.send()
    except (OSError, ValueError) as error:
        # smtplib's errors and the network's are all OSErrors. A ValueError is an address that no mail can be written to
        # (the form can not know): it must not stop the letters that wait behind it.
        _note_failure(letter, error)
        return False
    letter.state, letter.sent_at, letter.error = Letter.State.SENT, timezone.now(), ""
    letter.save(update_fields=["state", "sent_at", "attempts", "error"])
    logger.info("letter sent kind=%s", letter.kind)  # never to whom, never what
    return True


def _note_failure(letter: Letter, error: OSError | ValueError) -> None:
    letter.error = type(error).__name__
    if letter.attempts > len(PAUSES):
        letter.state = Letter.State.FAILED
    else:
        letter.send_after = timezone.now() + dt.timedelta(minutes=PAUSES[letter.attempts - 1])
    letter.save(update_fields=["state", "attempts", "error", "send_after"])


@transaction.atomic
def retry_failed(letter: Letter) -> None:
    """Put a failed letter back in the outbox."""
    letter.refresh_from_db(from_queryset=Letter.objects.select_for_update())
    if letter.state == Letter.State.FAILED:
        letter.state, letter.attempts, letter.send_after = Letter.State.WAITING, 0, timezone.now()
        letter.save(update_fields=["state", "attempts", "send_after"])
        transaction.on_commit(partial(current_app.send_task, "actors.tasks.send_letter", [str(letter.pk)]), robust=True)
