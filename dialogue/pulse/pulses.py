"""The pulse: four questions by link, twice a year, to those who work together. Nobody can see who answered what.

A link's token is random and only its hash is stored. Answers wait for a batch, which deletes the hashes of used links:
see pulse_answers. Letters name their readers and are deleted when the pulse has closed.
"""

import datetime as dt
import random
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from actors.letters import outbox
from actors.letters.outbox import LONG_AGO
from actors.models import Collaboration, Letter, User
from actors.people.memberships import affiliations_of
from actors.rules.rights import COORDINATE
from dialogue.models import Pulse, PulseInvite, Seat
from dialogue.pulse.pulse_answers import LINK
from dialogue.rules.pulse_questions import MIN_ASKED
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import new_token, token_hash

MIN_INTERVAL = dt.timedelta(days=120)
KIND = "pulse"
# For so long after closing, cached pages with the figures are refreshed daily, in case a nightly run was missed.
REFRESH_DAYS = dt.timedelta(days=7)


@dataclass(frozen=True)
class OpenedPulse:
    """A new pulse, and its tokens when no letters were sent: one held long ago is answered by them, in the demo."""

    pulse: Pulse
    tokens: tuple[str, ...]


@transaction.atomic
def open_pulse(*, collaboration: Collaboration, closes_on: dt.date, by: User, on: dt.date | None = None) -> OpenedPulse:
    """Open a pulse and send everybody a link. Raises Refusal when one was held recently, or when too few can answer."""
    require(by, COORDINATE, collaboration)
    on = on or timezone.localdate()
    take_turns(collaboration)
    _refuse_if_lately(collaboration, on)
    if closes_on < on:
        raise Refusal("Sista dagen kan inte ligga före den första.", code="closes_before_it_opens")
    addresses = recipients(collaboration)
    if len(addresses) < MIN_ASKED:
        text = f"Minst {MIN_ASKED} behöver kunna svara, annars kan svaren aldrig visas. Nu är det {len(addresses)}."
        raise Refusal(text, who="Bjud in fler från parterna och grupperna", code="too_few")
    pulse = Pulse.objects.create(
        collaboration=collaboration, opens_on=on, closes_on=closes_on, invited=len(addresses), opened_by=by
    )
    tokens = [new_token() for _ in addresses]
    _keep_hashes(pulse, tokens)
    if timezone.localdate() - on > LONG_AGO:
        return OpenedPulse(pulse, tuple(tokens))
    _write(pulse, addresses, tokens)
    return OpenedPulse(pulse, ())


def recipients(collaboration: Collaboration) -> list[str]:
    """The addresses of the bodies' people and of those with a seat in a group, each once, in random order."""
    bodies = affiliations_of(collaboration).filter(user__is_active=True).values_list("user__email", flat=True)
    today = Seat.objects.on(timezone.localdate()).filter(
        Q(group__ended_on__isnull=True) | Q(group__ended_on__gte=timezone.localdate()),
        group__dialogue__collaboration=collaboration,
    )
    own = today.filter(user__is_active=True).values_list("user__email", flat=True)
    invited = today.filter(invitation__accepted_by__is_active=True)
    through = invited.values_list("invitation__accepted_by__email", flat=True)
    addresses = list({address.lower() for address in (*bodies, *own, *through) if address})
    random.SystemRandom().shuffle(addresses)
    return addresses


@transaction.atomic
def clean_up_closed(today: dt.date) -> None:
    """Delete links and letters of closed pulses, and refresh the cached pages that may now show their figures."""
    closed, still_open = Pulse.objects.filter(closes_on__lt=today), Pulse.objects.filter(closes_on__gte=today)
    PulseInvite.objects.filter(pulse__in=closed).delete()
    Letter.objects.filter(kind=KIND).exclude(collaboration__in=still_open.values("collaboration")).delete()
    for pulse in closed.filter(closes_on__gte=today - REFRESH_DAYS).select_related("collaboration"):
        pulse.collaboration.bump_public_version()


def next_allowed_day(collaboration: Collaboration, today: dt.date) -> dt.date | None:
    """The first day the next pulse may open; None when that is today."""
    near = collaboration.pulses.filter(opens_on__gt=today - MIN_INTERVAL).order_by("-opens_on").first()
    return near.opens_on + MIN_INTERVAL if near is not None else None


def _refuse_if_lately(collaboration: Collaboration, on: dt.date) -> None:
    """Refuse a pulse within MIN_INTERVAL of another: asked too often, people stop answering."""
    near = (
        collaboration.pulses.filter(opens_on__gt=on - MIN_INTERVAL, opens_on__lt=on + MIN_INTERVAL)
        .order_by("-opens_on")
        .first()
    )
    if near is not None:
        again = f"Fråga tidigast {near.opens_on + MIN_INTERVAL:%Y-%m-%d}."
        raise Refusal(f"En puls gick ut {near.opens_on:%Y-%m-%d}. {again}", code="too_soon")


def _keep_hashes(pulse: Pulse, tokens: list[str]) -> None:
    """Store the hashes sorted, so that their order does not follow that of the letters."""
    PulseInvite.objects.bulk_create(
        PulseInvite(pulse=pulse, token_hash=hashed) for hashed in sorted(token_hash(LINK, token) for token in tokens)
    )


def _write(pulse: Pulse, addresses: list[str], tokens: list[str]) -> None:
    for address, token in zip(addresses, tokens, strict=True):
        link = settings.SITE_URL + reverse("pulse", args=[token])
        context = {"pulse": pulse, "collaboration": pulse.collaboration, "link": link}
        outbox.write(kind=KIND, to=address, template="pulse", context=context, collaboration=pulse.collaboration)
