"""Letters that are sent at once and never stored, because a row in the outbox would tell when something was done."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from actors.letters import outbox
from actors.models import Collaboration


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
) -> bool:
    """Send a letter from `templates/email/<template>.txt` and `.html`. Returns whether the mail server took it.

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
        return True
    try:
        _build(key, **letter).send()
    except (OSError, ValueError):  # the network's and smtplib's errors, and an address that no server takes
        return False
    return True


def _build(
    key: uuid.UUID, *, to: str, template: str, context: Mapping[str, Any], language: str, unsubscribe: str
) -> EmailMultiAlternatives:
    subject, text, html = outbox.render(template, context, language)
    host = settings.SITE_URL.partition("//")[2].partition(":")[0]
    headers = {
        "Message-ID": f"<{key}@{host}>",
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    mail = EmailMultiAlternatives(subject, text, settings.EMAIL_FROM, [to], headers=headers)
    mail.attach_alternative(html, "text/html")
    return mail
