"""Letters that are sent at once and never stored, because a row in the outbox would tell when something was done."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from actors.letters import dead_addresses, outbox, sending, smtp
from actors.models import Collaboration
from actors.rules.deliveries import DeliveryOutcome
from ostberga.lib.web.secret_links import token_hash


def send(
    *,
    key: uuid.UUID,
    kind: str,
    to: str,
    template: str,
    context: Mapping[str, Any],
    language: str,
    collaboration: Collaboration | None,
    unsubscribe: str,
) -> DeliveryOutcome:
    """Send a letter from `templates/email/<template>.txt` and `.html`. Returns what the mail server said.

    Nothing is logged either. The Message-ID is made from the key, so that a repeat can be recognised. The demo, which
    sends no e-mail, stores it in the outbox as it does all others, since it is read at /brev/.
    """
    letter: dict[str, Any] = {
        "to": to,
        "template": template,
        "context": context,
        "language": language,
        "unsubscribe": unsubscribe,
    }
    if settings.DEMO:
        outbox.write(kind=kind, collaboration=collaboration, **letter)
        return DeliveryOutcome.SENT
    delivery = smtp.deliver(_build(key, **letter))
    if delivery.is_dead:
        dead_addresses.mark(to, delivery.error)
    return delivery.outcome


def proof_of(key: object, to: str) -> str:
    """Return what stands in the Message-ID, so that a report about a letter that is not stored can be believed."""
    return token_hash("letter to", f"{key} {to.lower()}")[:20]


def _build(
    key: uuid.UUID, *, to: str, template: str, context: Mapping[str, Any], language: str, unsubscribe: str
) -> EmailMultiAlternatives:
    subject, text, html = outbox.render(template, context, language)
    headers = {
        "Message-ID": sending.message_id(f"{key}.{proof_of(key, to)}"),
        "From": settings.EMAIL_FROM,
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    mail = EmailMultiAlternatives(subject, text, settings.EMAIL_RETURN, [to], headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail
