"""The outbox: letters are written in the caller's transaction and sent once, by a task, after commit."""

import datetime as dt
import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from actors.models import Collaboration, Letter
from ostberga.lib.queue import call_after_commit
from ostberga.lib.refusal import Refusal

logger = logging.getLogger("ostberga.letters")

# Minutes between attempts; after the last one the letter is marked as failed.
PAUSES = (1, 5, 30, 120, 720)
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

    It is sent after the surrounding transaction has been committed, and not at all if that is rolled back.
    """
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
) -> Letter:
    """Put a letter with ready-made text in the outbox. The collaboration's coordinator sees whether it was sent."""
    words = {"text": text, "html": html}
    return _put(words, kind=kind, to=to, subject=subject, language=language, collaboration=collaboration)


def _put(words: Mapping[str, str], *, subject: str, **fields: Any) -> Letter:
    letter = Letter(subject=subject[:200], **fields)
    letter.seal(**words)
    letter.save(force_insert=True)
    call_after_commit("actors.tasks.send_letter", str(letter.pk))
    return letter


def send(pk: str) -> bool:
    """Send one letter if it is still waiting. Returns whether it was sent now.

    The row is locked meanwhile, so that two workers never send the same letter. The Message-ID is its key, so that a
    mail server can recognise a repeat if a worker dies between sending and saving.
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
    if letter.unsubscribe:  # RFC 8058: the mail program posts to the link without opening it
        headers |= {
            "List-Unsubscribe": f"<{letter.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    mail = EmailMultiAlternatives(letter.subject, letter.text, settings.EMAIL_FROM, [letter.to], headers=headers)
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    if letter.calendar:
        # Mail programs read the method (invitation or cancellation) from the header, not from the file.
        method = "CANCEL" if "\nSTATUS:CANCELLED" in letter.calendar else "REQUEST"
        mail.attach("mote.ics", letter.calendar, f"text/calendar; method={method}")
    try:
        mail.send()
    except (OSError, ValueError) as error:
        # Errors of smtplib and of the network are OSErrors. A ValueError is an invalid address, which the form cannot
        # detect: it must not stop the letters behind it.
        _note_failure(letter, error)
        return False
    letter.state, letter.sent_at, letter.error = Letter.State.SENT, timezone.now(), ""
    if not settings.DEMO:  # The demo sends nothing: its letters are read, and their links followed, at /brev/.
        letter.sealed = ""
    letter.save(update_fields=["state", "sent_at", "attempts", "error", "sealed"])
    logger.info("letter sent kind=%s", letter.kind)  # neither address nor content
    return True


def _note_failure(letter: Letter, error: OSError | ValueError) -> None:
    letter.error = type(error).__name__
    if letter.attempts > len(PAUSES):
        letter.state = Letter.State.FAILED
        if letter.collaboration_id is None:  # Nobody sees it, so nobody can try again.
            letter.sealed = ""
    else:
        letter.send_after = timezone.now() + dt.timedelta(minutes=PAUSES[letter.attempts - 1])
    letter.save(update_fields=["state", "attempts", "error", "send_after", "sealed"])


@transaction.atomic
def retry_failed(letter: Letter) -> None:
    """Put a failed letter back in the outbox. Does nothing in any other state. Raises Refusal if its link is gone."""
    letter.refresh_from_db(from_queryset=Letter.objects.select_for_update())
    if letter.state == Letter.State.FAILED and not letter.can_be_sent:
        raise Refusal(
            "Brevets länk är borttagen, eftersom brevet har legat så länge. Skicka ett nytt.", code="link_gone"
        )
    if letter.state == Letter.State.FAILED:
        letter.state, letter.attempts, letter.send_after = Letter.State.WAITING, 0, timezone.now()
        letter.save(update_fields=["state", "attempts", "send_after"])
        call_after_commit("actors.tasks.send_letter", str(letter.pk))
