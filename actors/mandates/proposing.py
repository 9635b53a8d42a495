"""Proposing a mandate: the organisation's registry gets a link, and its people with a mandate get a letter."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from actors.letters.flood import is_flooded
from actors.mandates import letters
from actors.mandates.obstacles import ADMINISTRATOR, MENDED_BY, registry_obstacle
from actors.models import Affiliation, Collaboration, Invitation, Mandate, Organisation, User
from actors.models.history import Kind, record_event
from actors.models.membership import collaborations_that_show
from actors.rules.mandates import in_order, in_words, scopes_for
from actors.rules.rights import PREPARE
from ostberga.lib.authorization import require
from ostberga.lib.locking import take_turns
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import new_token, token_hash

# The purpose of the links that confirm.
LINK = "mandate"
# The kind of the letters that ask.
ASKED = "mandate-asked"
# How long a link confirms.
OPEN_FOR = dt.timedelta(days=30)


@transaction.atomic
def propose(
    *,
    person: User,
    organisation: Organisation,
    collaboration: Collaboration,
    scopes: Iterable[str],
    by: User,
    title: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Mandate:
    """Propose that a person answers for an organisation in a collaboration, and ask its registry by letter.

    Raises Refusal unless `by` coordinates the collaboration, the person belongs to the organisation, it is shown there,
    the scopes suit its kind, and its registry can confirm; or when a proposal for her is waiting already.
    """
    require(by, PREPARE, collaboration)
    if not Affiliation.objects.current().filter(user=person, organisation=organisation).exists():
        raise Refusal(f"{person} hör inte till {organisation}. Bjud in först.", code="not_affiliated")
    if why := registry_obstacle(organisation):
        raise Refusal(why, who=_mender(organisation), code="no_registry")
    mandate = _create(
        Mandate(
            person=person,
            organisation=organisation,
            collaboration=collaboration,
            scopes=in_order(scopes),
            title=title,
            since=since or timezone.localdate(),
            until=until,
            proposed_by=by,
        )
    )
    _send(mandate)
    return mandate


@transaction.atomic
def propose_for_invited(invitation: Invitation, *, person: User) -> Mandate | None:
    """Propose what an accepted invitation holds; None when it holds nothing, or a proposal for her waits already.

    When the registry cannot confirm yet, the proposal waits without a letter: the coordinator sees why, and sends it.
    """
    organisation = invitation.organisation
    if organisation is None or not invitation.scopes:
        return None
    own = {"person": person, "organisation": organisation, "collaboration": invitation.collaboration}
    if Mandate.objects.waiting().filter(**own).exists():
        return None
    given = {"scopes": in_order(invitation.scopes), "title": invitation.title, "proposed_by": invitation.invited_by}
    mandate = _create(Mandate(**own, **given))
    if not registry_obstacle(organisation):
        _send(mandate)
    return mandate


def mandate_waits(invitation: Invitation) -> str:
    """What the mandate that an invitation holds will wait for; empty when it waits for nothing."""
    body = invitation.organisation
    return registry_obstacle(body) if body is not None and invitation.scopes else ""


@transaction.atomic
def send_again(mandate: Mandate, *, by: User) -> None:
    """Send the registry a new link; the old one stops working.

    Raises Refusal unless the mandate waits, `by` coordinates its collaboration and the registry can confirm.
    """
    require(by, PREPARE, mandate)
    mandate.refresh_from_db(from_queryset=Mandate.objects.select_for_update(no_key=True))
    if not mandate.is_waiting:
        raise Refusal("Organisationen har redan svarat, eller så är förslaget återtaget.", code="not_waiting")
    if why := registry_obstacle(mandate.organisation):
        raise Refusal(why, who=_mender(mandate.organisation), code="no_registry")
    _send(mandate)


@transaction.atomic
def send_those_that_wait(organisation: Organisation) -> int:
    """Ask the organisation's registry about the proposals that it has not been asked about; returns how many.

    Call it from a verb that has just made the address count. What one collaboration may not send today waits.
    """
    waiting = organisation.mandates.waiting().exclude(sent_to=organisation.registry_email)
    sent = 0
    for mandate in waiting.select_for_update(no_key=True, of=("self",)).order_by("pk"):
        to, collaboration = organisation.registry_email, mandate.collaboration
        if is_flooded(kind=ASKED, to=to, collaboration=collaboration):
            continue
        _send(mandate)
        sent += 1
    return sent


def _create(mandate: Mandate) -> Mandate:
    organisation, collaboration = mandate.organisation, mandate.collaboration
    take_turns(collaboration)  # serialises two proposals at once
    if not mandate.scopes:
        raise Refusal("Välj vad mandatet ska omfatta.", code="no_scopes")
    if wider := set(mandate.scopes) - set(scopes_for(organisation.kind)):
        raise Refusal(f"{organisation} kan inte ge mandat att {in_words(wider)}.", code="wrong_scopes")
    if mandate.until and mandate.until < mandate.since:
        raise Refusal("Sista dagen kan inte ligga före den första.", code="ended_before_start")
    if not collaborations_that_show(organisation).contains(collaboration):
        raise Refusal(f"{organisation} är inte med i {collaboration}.", code="not_here")
    own = {"person": mandate.person, "organisation": organisation, "collaboration": collaboration}
    if Mandate.objects.waiting().filter(**own).exists():
        raise Refusal(f"Ett mandat för {mandate.person} väntar redan. Skicka det igen i stället.", code="waits_already")
    mandate.save()
    by = mandate.proposed_by or mandate.person
    record_event(collaboration, Kind.MANDATE_ASKED, by=by, what=f"{mandate}, {mandate.scopes_in_words}")
    letters.tell_colleagues(mandate)
    return mandate


def _send(mandate: Mandate) -> None:
    token = new_token()
    mandate.token_hash, mandate.expires_at = token_hash(LINK, token), timezone.now() + OPEN_FOR
    mandate.sent_to = mandate.organisation.registry_email
    mandate.save(update_fields=["token_hash", "expires_at", "sent_to"])
    letters.ask_registry(mandate, token)


def _mender(organisation: Organisation) -> str:
    return MENDED_BY if not organisation.registry_email else ADMINISTRATOR
