"""What a body outside says itself about the reply that the coordinator told of: a link to its registry, used once.

Its words stand beside the coordinator's, with their day and whose they are. Nobody here changes either.
"""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from actors.letters import outbox
from actors.mandates.obstacles import ADMINISTRATOR, MENDED_BY, registry_obstacle
from actors.models import User
from actors.rules.rights import COORDINATE
from dialogue.models import AddresseeWords, OutsideQuestion, Petition
from ostberga.lib.authorization import require
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import new_token, token_hash

OutsideEnquiry = Petition | OutsideQuestion
# The purpose of its secret links.
LINK = "addressee-words"
# How long a link can be used.
OPEN_FOR = dt.timedelta(days=60)
_RELATED = tuple(f"{kind}__issue__dialogue__collaboration" for kind in ("petition", "question"))


def show_to_registry(enquiry: OutsideEnquiry) -> None:
    """Send the body's registry the words that are told as its reply, and where its address counts a link to answer.

    Call it with the enquiry locked. Any earlier link stops working.
    """
    body, collaboration = enquiry.addressee, enquiry.issue.dialogue.collaboration
    context: dict[str, Any] = {"enquiry": enquiry, "collaboration": collaboration}
    context["link"] = settings.SITE_URL + enquiry.issue.get_absolute_url()
    if not registry_obstacle(body):
        token = new_token()
        context["answer_link"] = settings.SITE_URL + reverse("own-words-link", args=[token])
        context["expires_at"] = _store_link(enquiry, token)
    letter: dict[str, Any] = {"template": "outside_replied", "context": context, "collaboration": collaboration}
    outbox.write(kind="outside-replied", to=body.registry_email, **letter)


@transaction.atomic
def show_again(*, enquiry: OutsideEnquiry, by: User) -> None:
    """The coordinator sends the registry the words and a new link. Raises Refusal when it has spoken, or can not."""
    require(by, COORDINATE, enquiry.issue)
    lock_enquiry(enquiry)
    if enquiry.replied_on is None:
        raise Refusal("Inget svar är inskrivet än.", code="no_reply")
    if AddresseeWords.objects.about(enquiry).filter(said_at__isnull=False).exists():
        raise Refusal(f"{enquiry.addressee} har redan skrivit egna ord.", code="already_replied")
    if why := registry_obstacle(enquiry.addressee):
        who = ADMINISTRATOR if enquiry.addressee.registry_email else MENDED_BY
        raise Refusal(why, who=who, code="no_registry")
    show_to_registry(enquiry)


def find_by_token(token: str) -> AddresseeWords | None:
    """What this link lets a body say, unless it is used, too old or the address has changed. Changes nothing."""
    live = AddresseeWords.objects.filter(token_hash=token_hash(LINK, token), expires_at__gt=timezone.now())
    row = live.select_related(*_RELATED, "petition__addressee", "question__addressee").first()
    return row if row and row.sent_to == row.enquiry.addressee.registry_email else None


@transaction.atomic
def say_by_link(token: str, *, words: str, function: str) -> AddresseeWords:
    """Store the body's own words; the link opens nothing more. Raises Refusal when it is used, or a word is missing."""
    row = find_by_token(token)
    if row is not None:  # asked again when nobody else can use it
        lock_enquiry(row.enquiry)
        row = find_by_token(token)
    if row is not None and (why := registry_obstacle(row.enquiry.addressee)):
        raise Refusal(why, who=ADMINISTRATOR, code="no_registry")
    if row is None:
        raise Refusal("Länken är redan använd eller för gammal.", who="Samordnaren skickar en ny", code="not_open")
    if not words.strip() or not function.strip():
        raise Refusal("Skriv vad ni vill säga, och er funktion.", code="words")
    row.words, row.function, row.said_at = words.strip(), function.strip()[:120], timezone.now()
    row.said_as, row.token_hash = row.enquiry.addressee.name, ""
    row.save()
    _tell_coordinators(row)
    row.enquiry.issue.dialogue.collaboration.bump_public_version()
    return row


def lock_enquiry(enquiry: OutsideEnquiry) -> None:
    """Lock and reload it: its reply is registered once, and so are the words about that."""
    if isinstance(enquiry, Petition):
        enquiry.refresh_from_db(from_queryset=Petition.objects.select_for_update(no_key=True))
    else:
        enquiry.refresh_from_db(from_queryset=OutsideQuestion.objects.select_for_update(no_key=True))


def _store_link(enquiry: OutsideEnquiry, token: str) -> dt.datetime:
    """Store the link of the letter in place of any earlier one; returns how long it can be used."""
    expires_at = timezone.now() + OPEN_FOR
    sent: dict[str, Any] = {"sent_to": enquiry.addressee.registry_email, "expires_at": expires_at}
    sent["token_hash"] = token_hash(LINK, token)
    named: dict[str, Any] = {"petition": enquiry} if isinstance(enquiry, Petition) else {"question": enquiry}
    AddresseeWords.objects.update_or_create(**named, defaults=sent)
    return expires_at


def _tell_coordinators(row: AddresseeWords) -> None:
    """They read what everybody reads."""
    enquiry = row.enquiry
    collaboration = enquiry.issue.dialogue.collaboration
    name = "coordinate:petition" if isinstance(enquiry, Petition) else "coordinate:outside-question"
    link = settings.SITE_URL + reverse(name, args=[collaboration.slug, enquiry.pk])
    context = {"enquiry": enquiry, "row": row, "collaboration": collaboration, "link": link}
    letter: dict[str, Any] = {"template": "outside_spoke", "context": context, "collaboration": collaboration}
    active = collaboration.appointments.coordinating().filter(user__is_active=True)
    for address in sorted(set(active.values_list("user__email", flat=True))):
        outbox.write(kind="outside-spoke", to=address, **letter)
