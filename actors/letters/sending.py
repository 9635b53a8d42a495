"""Sending letters: a row is claimed, the mail server is talked to without a transaction, and the row says how it went.

A claimed letter is due again after LEASE, should its worker die meanwhile. Its Message-ID is its key, so that a letter
that is sent once more, because the server's reply was lost, is the same letter to every mail program.
"""

import datetime as dt
import logging
import re

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from actors.letters import dead_addresses, smtp
from actors.models import Letter
from actors.models.letters import SIGN_IN
from actors.rules import deliveries, letter_hours
from actors.rules.deliveries import Delivery, DeliveryOutcome
from ostberga.lib.privacy.encrypted import UnreadableText

logger = logging.getLogger("ostberga.letters")

# Far longer than a conversation with the mail server may take.
LEASE = dt.timedelta(minutes=10)
# A letter that cannot be read waits for its key.
UNREADABLE_PAUSE = dt.timedelta(hours=1)
A_SWEEP = 200
_METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


def send(pk: str) -> bool:
    """Send one letter if it is waiting and due. Returns whether it was sent now. No transaction may be open."""
    letter = _claim(pk)
    if letter is None:
        return False
    try:
        message = _build(letter)
    except UnreadableText:
        _note_unreadable(letter)
        return False
    delivery = smtp.deliver(message)
    _note(letter, delivery)
    return delivery.outcome == DeliveryOutcome.SENT


def send_waiting() -> int:
    """Send the letters that are due, those to sign in with first. Returns how many went."""
    due = Letter.objects.waiting()
    sign_in = due.filter(kind__in=SIGN_IN).order_by("send_after")
    others = due.exclude(kind__in=SIGN_IN).order_by("send_after")
    keys = [*sign_in.values_list("pk", flat=True)[:A_SWEEP], *others.values_list("pk", flat=True)[:A_SWEEP]]
    return sum(send(str(pk)) for pk in keys)


@transaction.atomic
def _claim(pk: str) -> Letter | None:
    """Take a letter that is due, and count the try. None if somebody has it, or if it must wait."""
    row = Letter.objects.select_for_update(skip_locked=True).waiting().defer("sealed").filter(pk=pk)
    letter, now = row.first(), timezone.now()
    if letter is None:
        return None
    if letter.useful_until is not None and letter.useful_until < now:
        letter.state, letter.error, letter.sealed = Letter.State.FAILED, deliveries.TOO_LATE, ""
        letter.save(update_fields=["state", "error", "sealed"])
        return None
    at = letter_hours.earliest(letter.kind, now, is_retry=letter.attempts > 0)
    if at > now:
        letter.send_after = at
        letter.save(update_fields=["send_after"])
        return None
    if letter.kind not in SIGN_IN and not smtp.breaker.lets_through():
        return None
    letter.attempts, letter.tried_since = letter.attempts + 1, letter.tried_since or now
    letter.send_after = now + LEASE
    letter.save(update_fields=["attempts", "tried_since", "send_after"])
    return letter


def message_id(key: object) -> str:
    """Return the Message-ID of the letter with this key, for its header."""
    return f"<{key}@{settings.SITE_URL.partition('//')[2].partition(':')[0]}>"


def _build(letter: Letter) -> EmailMultiAlternatives:
    """Return the message. Raises UnreadableText when its key is missing."""
    headers = {"Message-ID": message_id(letter.pk), "From": settings.EMAIL_FROM}
    if letter.unsubscribe:  # RFC 8058: the mail program posts to the link without opening it
        headers |= {
            "List-Unsubscribe": f"<{letter.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    mail = EmailMultiAlternatives(letter.subject, letter.text, settings.EMAIL_RETURN, [letter.to], headers=headers)
    if letter.html:
        mail.attach_alternative(letter.html, "text/html")
    if letter.calendar:
        # Mail programs offer «Ja / Nej / Kanske» for a part of the text whose header has the method, as in the file.
        method = _METHOD.search(letter.calendar)
        mail.attach_alternative(letter.calendar, f"text/calendar; method={method[1] if method else 'PUBLISH'}")
        # The same to save, under a type that no mail program takes for a second invitation.
        mail.attach("mote.ics", letter.calendar.encode(), "application/ics")
    return mail


@transaction.atomic
def _note(letter: Letter, delivery: Delivery) -> None:
    """Write down how it went. A letter that has been sent by another worker meanwhile stays sent."""
    row = (
        Letter.objects.select_for_update(no_key=True)
        .defer("sealed")
        .filter(pk=letter.pk, state=Letter.State.WAITING)
        .first()
    )
    if delivery.is_dead:
        dead_addresses.mark(letter.to, delivery.error)
    if row is None:
        return
    if delivery.outcome == DeliveryOutcome.SENT:
        _note_sent(row)
        return
    row.error, changed = delivery.error, ["state", "error", "send_after"]
    since = row.tried_since or timezone.now()
    if delivery.outcome == DeliveryOutcome.NEVER or timezone.now() - since >= deliveries.TRIED_FOR:
        row.state = Letter.State.FAILED
        changed += _forget_code(row)
    else:
        again = timezone.now() + deliveries.pause_after(row.attempts)
        row.send_after = letter_hours.earliest(row.kind, again, is_retry=True)
    row.save(update_fields=changed)


def _forget_code(row: Letter) -> list[str]:
    """Take the words from a letter that is of no use later, such as a code. Returns the changed fields."""
    if row.useful_until is None:
        return []
    row.sealed = ""
    return ["sealed"]


def _note_sent(row: Letter) -> None:
    row.state, row.sent_at, row.error = Letter.State.SENT, timezone.now(), ""
    changed = ["state", "sent_at", "error"]
    if not settings.DEMO:  # The demo sends nothing: its letters are read, and their links followed, at /brev/.
        row.sealed = ""
        changed.append("sealed")
    row.save(update_fields=changed)
    logger.info("letter sent kind=%s", row.kind)  # neither address nor content


def _note_unreadable(letter: Letter) -> None:
    """Let it wait for its key, however long; the try does not count."""
    logger.error("a letter cannot be read: the key that locked it is not among ours")
    smtp.breaker.give_back()
    waits = {"send_after": timezone.now() + UNREADABLE_PAUSE, "attempts": letter.attempts - 1, "tried_since": None}
    Letter.objects.filter(pk=letter.pk).update(error=deliveries.NO_KEY, **waits)
